//! The workbook of a report, as a spreadsheet reads it: days are days, amounts are numbers, nothing is a formula, and
//! sums are right.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::io::Cursor;

use calamine::{Data, DataType, Range, Reader, Xlsx};
use common::{Folder, root};

/// The sheets of a workbook, by their names.
fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = workbook.sheet_names();
    names
        .into_iter()
        .map(|name| {
            assert!(workbook.worksheet_formula(&name).unwrap().is_empty(), "{name} has a formula");
            let range = workbook.worksheet_range(&name).unwrap();
            (name, range)
        })
        .collect()
}

/// The column of a sheet, below its heading.
fn column<'r>(sheet: &'r Range<Data>, title: &str) -> Vec<&'r Data> {
    let at = sheet.rows().next().unwrap().iter().position(|cell| cell.get_string() == Some(title)).unwrap();
    sheet.rows().skip(1).map(|row| &row[at]).collect()
}

fn report(folder: &Folder, args: &[&str]) -> Vec<u8> {
    let args = [&["report", "--format", "xlsx", "--output", "deals.xlsx"], args].concat();
    let ran = folder.run(&args);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""), "{ran:#?}");
    std::fs::read(folder.path().join("deals.xlsx")).unwrap()
}

#[test]
fn a_workbook_has_a_sheet_for_each_question() {
    let folder = Folder::copy_of(&root().join("examples"));
    let bytes = report(&folder, &[]);
    assert_eq!(bytes, report(&folder, &[]), "the same deals give the same bytes");
    let sheets = sheets(&bytes);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["contracts", "promises", "findings", "terms"]);
    let [contracts, promises, findings, terms] = [0, 1, 2, 3].map(|at| &sheets[at].1);
    let is_sum = |sheet: &Range<Data>| -> f64 {
        column(sheet, "value").iter().map(|cell| cell.as_f64_or_zero()).sum()
    };
    assert!(is_sum(contracts) > 0.0);
    assert_eq!(is_sum(contracts), is_sum(promises));
    let days = column(promises, "deadline");
    assert!(days.iter().any(|day| matches!(day, Data::DateTime(_))));
    assert!(days.iter().all(|day| matches!(day, Data::DateTime(_) | Data::Empty)));
    assert!(column(promises, "days").iter().all(|days| matches!(days, Data::Float(_) | Data::Empty)));
    let found =
        column(promises, "lints").iter().filter(|lints| lints.to_string().contains("late-feature")).count();
    assert!(found > 0 && found <= column(findings, "lint").len());
    assert!(terms.height() > 1);
}

trait Amount {
    fn as_f64_or_zero(&self) -> f64;
}

impl Amount for &&Data {
    fn as_f64_or_zero(&self) -> f64 {
        match self {
            Data::Float(value) => *value,
            Data::Int(value) => *value as f64,
            Data::Empty => 0.0,
            other => panic!("{other:?} is no amount"),
        }
    }
}

#[test]
fn promises_alone_are_one_sheet_and_the_same_as_in_csv() {
    let folder = Folder::copy_of(&root().join("examples"));
    let sheets = sheets(&report(&folder, &["--by", "promise"]));
    assert_eq!(sheets.len(), 1);
    let (name, sheet) = &sheets[0];
    assert_eq!(name, "promises");
    let ran = folder.run(&["report", "--by", "promise", "--format", "csv"]);
    let mut csv = csv::Reader::from_reader(ran.stdout.as_bytes());
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(csv.headers().unwrap().iter().collect::<Vec<_>>(), header);
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len() + 1, sheet.height());
    for (at, title) in header
        .iter()
        .enumerate()
        .filter(|(_, title)| ["contract", "requirement", "delivery"].contains(&title.as_str()))
    {
        let csv: Vec<&str> = rows.iter().map(|row| &row[at]).collect();
        let cells: Vec<String> = column(sheet, title).iter().map(ToString::to_string).collect();
        assert_eq!(csv, cells, "{title}");
    }
}

#[test]
fn no_text_of_a_file_is_a_formula() {
    let folder = Folder::new();
    folder.write("roadmap.toml", "[features.a]\nname = '=A1'\nstatus = 'shipped'\n");
    let contract = "contract: '=1+1'\ncustomer: '@SUM(A1)'\nseller: \"-x\\u0007\"\nrequirements:\n  - { feature: a, text: '=HYPERLINK(\"http://x\")' }\n";
    folder.write("a.yaml", contract);
    let sheets = sheets(&report(&folder, &["a.yaml"]));
    let promises = &sheets[1].1;
    assert_eq!(column(promises, "contract")[0], &Data::String("=1+1".to_owned()));
    assert_eq!(column(promises, "text")[0], &Data::String("=HYPERLINK(\"http://x\")".to_owned()));
}
