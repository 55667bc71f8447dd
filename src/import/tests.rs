use std::path::Path;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::input::read;
use crate::input::records::{ContractRecord, RoadmapRecord};
use crate::model::assemble::{assemble, known_releases};
use crate::model::contract::ContractReading;
use crate::model::roadmap::Roadmap;
use crate::source::{FileId, Source};

const TODAY: Date = date(2026, 11, 22);

/// A roadmap with what a table came to.
#[derive(Debug)]
struct Outcome {
    text: String,
    imported: ImportedRoadmap,
    left_out: Vec<LeftOutRow>,
    gone: Vec<(String, String)>,
    sheet: Spreadsheet,
}

/// Imports a table into a roadmap, which then is read without a problem.
fn import(table: &str, base: &str, today: Date) -> Outcome {
    let sheet = unguarded(crate::sheet::read(Path::new("a.csv"), "a.csv", table.as_bytes(), None).unwrap());
    let vocabulary = Vocabulary::default();
    let record = record(base, &vocabulary);
    let releases = known_releases(&record, &vocabulary);
    let options = ImportOptions {
        profile: None,
        mapped: &[],
        only: &[],
        date_order: None,
        vocabulary: &vocabulary,
        releases: &releases,
        reviewed: None,
        statuses: &KnownStatuses::of(&record, &vocabulary),
    };
    let imported = roadmap("a.csv", &sheet, &options).unwrap();
    let merged =
        merge(("r.toml", base, &record), ("a.csv", &imported), &options, (today, GonePolicy::Keep)).unwrap();
    super::tests::record(&merged.text, &vocabulary);
    let left_out = [imported.left_out.as_slice(), &merged.left_out].concat();
    Outcome { text: merged.text, imported, left_out, gone: merged.gone, sheet }
}

#[track_caller]
fn record(text: &str, vocabulary: &Vocabulary) -> RoadmapRecord {
    let source = Source::new(FileId(0), "r.toml", text);
    let mut problems = Vec::new();
    if text.lines().all(|line| line.is_empty() || line.starts_with('#')) {
        return RoadmapRecord::default();
    }
    let record = read::record::<RoadmapRecord>(&source, &mut problems);
    assemble(&[(FileId(0), record.clone())], vocabulary, false, &mut problems);
    assert!(problems.is_empty(), "{problems:#?}\n{text}");
    record.unwrap()
}

/// A table with these columns of the rows.
fn table(rows: &[[String; 9]], columns: [usize; 9]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["Key", "Name", "Status", "Target", "Team", "Aliases", "Release", "Release date", "Sunset"];
    writer.write_record(columns.map(|at| header[at])).unwrap();
    for row in rows {
        writer.write_record(columns.map(|at| &row[at])).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

const INORDER: [usize; 9] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

prop_compose! {
    fn row()(
        key in "(A-[1-9]|B-[1-3]|)",
        name in "([a-d]|[A-C] ?[+#]|ü|=x|'y|\\PC{0,4})",
        status in prop::sample::select(vec!["planned", "In progress", "GA", "idea", "rejected", "Done", "", "retired"]),
        target in prop::sample::select(vec!["", "2027-Q3", "2027-06-30T00:00:00Z", "30/Apr/27", "03/04/2027", "TBD", "soon", "31.12.2027", "2027"]),
        team in "(|Heat|\"Q\"|-1)",
        aliases in "(|[a-d]; ?[e-h]|x)",
        release in prop::sample::select(vec!["", "", "9.9", "Spring", "spring", "R, S", "2027-Q4", "TBD"]),
        day in prop::sample::select(vec!["", "", "2027-03-31", "2027-04-30", "Q2 2027", "03/04/2027", "TBD"]),
        sunset in prop::sample::select(vec!["", "", "2029-12-31", "soon"]),
    ) -> [String; 9] {
        let [status, target, release, day, sunset] = [status, target, release, day, sunset].map(str::to_owned);
        [key, name, status, target, team, aliases, release, day, sunset]
    }
}

fn rows() -> impl Strategy<Value = Vec<[String; 9]>> {
    prop::collection::vec(row(), 1..8)
}

proptest! {
    #[test]
    fn a_second_import_changes_no_byte(rows in rows()) {
        let table = table(&rows, INORDER);
        let first = import(&table, "", TODAY);
        let second = import(&table, &first.text, date(2027, 2, 3));
        prop_assert_eq!(&second.text, &first.text);
        prop_assert_eq!(second.left_out, first.left_out);
        prop_assert!(second.gone.is_empty());
    }

    #[test]
    fn no_row_is_lost(rows in rows()) {
        let outcome = import(&table(&rows, INORDER), "", TODAY);
        prop_assert_eq!(outcome.imported.features.len() + outcome.left_out.len(), outcome.sheet.rows.len());
        prop_assert_eq!(outcome.text.matches("[features.").count(), outcome.imported.features.len());
    }

    #[test]
    fn the_order_of_columns_makes_no_difference(rows in rows(), columns in Just(INORDER.to_vec()).prop_shuffle()) {
        let columns: [usize; 9] = columns.try_into().unwrap();
        let one = import(&table(&rows, INORDER), "", TODAY);
        let other = import(&table(&rows, columns), "", TODAY);
        prop_assert_eq!(one.text, other.text);
        prop_assert_eq!(one.left_out, other.left_out);
    }

    /// What was rejected and is put right comes in, and nothing else is called gone or changed.
    #[test]
    fn a_rejected_row_that_is_put_right_comes_in(rows in rows()) {
        let first = import(&table(&rows, INORDER), "", TODAY);
        let rejected = rejects(&first.sheet, &first.left_out);
        prop_assume!(!first.left_out.is_empty());
        for row in csv::Reader::from_reader(rejected.as_bytes()).records() {
            prop_assert!(row.unwrap().iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{}", rejected);
        }
        let again = import(&rejected, &first.text, TODAY);
        prop_assert_eq!(again.imported.features.len() + again.imported.left_out.len(), first.left_out.len());
        prop_assert!(again.gone.is_empty());
        let mut right = String::from("Key,Name,Status,Target,Left out because\n");
        for at in 0..first.left_out.len() {
            right += &format!("A-1{at},Put right {at},planned,2027-Q1,so\n");
        }
        let right = import(&right, &first.text, TODAY);
        prop_assert!(right.gone.is_empty() && right.left_out.is_empty());
        let added = right.text.strip_prefix(first.text.trim_end()).unwrap_or_default();
        prop_assert_eq!(added.matches("[features.").count(), first.left_out.len());
    }

    /// Whatever a table says, a roadmap that people wrote keeps what they wrote.
    #[test]
    fn what_people_wrote_stays(rows in rows()) {
        let base = "# Ours.\n[releases]\n\"9.9\" = \"TBD\" # not yet\n\n[features.a] # first\nref = \"A-1\"\nstatus = \"planned\"\n# why\ntarget = \"2026-Q4\" # said\n\
            # asked\nconfirmed = 2026-11-01\ncommitted = true\nfor = { os = [\"x\"] }\n\n[features.z]\nstatus = \"idea\"\n# The end.\n";
        let outcome = import(&table(&rows, INORDER), base, TODAY);
        for kept in ["# Ours.\n[releases]\n\"9.9\" = ", " # not yet\n", "\n[features.a] # first\nref = ", "\"A-1\"", "\n# why\ntarget = ", " # said\n", "# asked\n", "for = { os = [\"x\"] }", "[features.z]\nstatus = \"", "# The end.\n"] {
            prop_assert!(outcome.text.contains(kept), "{}", outcome.text);
        }
        let is_moved = !outcome.text.contains("target = \"2026-Q4\" # said");
        prop_assert_eq!(outcome.text.contains("{ on = 2026-11-22, target = \"2026-Q4\" }"), is_moved);
        prop_assert_eq!(!outcome.text.contains("confirmed"), is_moved);
        prop_assert_eq!(!outcome.text.contains("committed"), is_moved);
        let again = import(&table(&rows, INORDER), &outcome.text, date(2027, 2, 3));
        prop_assert_eq!(again.text, outcome.text);
    }
}

#[test]
fn only_what_is_of_the_same_source_is_gone() {
    let base = "[features.a]\nref = \"A-1\"\nstatus = \"idea\"\n[features.b]\nref = \"A-2\"\nstatus = \"idea\"\n\
        [features.c]\nref = \"C-1\"\nstatus = \"idea\"\n[features.d]\nstatus = \"idea\"\n";
    let gone = |table: &str| import(table, base, TODAY).gone;
    assert_eq!(gone("Key,Name,Status\nA-1,a,idea\n"), [("b".to_owned(), "A-2".to_owned())]);
    assert_eq!(gone("Key,Name,Status\nA-1,a,idea\nA-2,b,Done\n"), []);
    assert_eq!(gone("Key,Name,Status\nA-1,a,idea\n\"A-2\"x,b,idea\n"), []);
    assert_eq!(gone("Name,Status\na,idea\n"), []);
}

#[test]
fn an_id_is_never_what_another_feature_is_called() {
    let text = import("Key,Name,Status\nA-1,C++,planned\nA-2,C,idea\nA-3,c-a-1,idea\n", "", TODAY).text;
    assert!(
        text.contains("[features.c-2]\nname = \"C++\"") && text.contains("[features.c]\nname = \"C\"\n"),
        "{text}"
    );
}

#[test]
fn line_ends_and_the_mark_stay_as_they_are() {
    let base = "\u{feff}# Ours.\r\n[features.a]\r\nref = \"A-1\"\r\nstatus = \"idea\"\r\n";
    let text = import("Key,Name,Status\nA-1,a,planned\nA-2,b,idea\n", base, TODAY).text;
    assert!(
        text.starts_with("\u{feff}# Ours.\r\n[features.a]\r\nref = \"A-1\"\r\nstatus = \"planned\"\r\n"),
        "{text:?}"
    );
    assert!(
        text.ends_with("[features.b]\r\nname = \"b\"\r\nref = \"A-2\"\r\nstatus = \"idea\"\r\n"),
        "{text:?}"
    );
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

/// What a stranger exports costs no more than its length.
#[test]
fn alike_names_and_long_cells_are_no_trouble() {
    let mut table = String::from("Name,Status,Aliases\n");
    for at in 0..5_000 {
        table += &format!("a{}b{},idea,\n", "!".repeat(at % 140 + 1), "?".repeat(at / 140));
    }
    let aliases: Vec<String> = (0..50_000).map(|at| format!("x{at}")).collect();
    table += &format!("long,idea,{}\n", aliases.join(";"));
    let text = import(&table, "", TODAY).text;
    assert!(text.contains("[features.a-b-50") && text.contains("\"x49999\""));
}

prop_compose! {
    fn promise()(
        contract in "(O-[1-3]|o-1|)",
        customer in "(|Acme|=1\\+1|\"Q\": #x)",
        status in prop::sample::select(vec!["", "draft", "Signed", "lost", "closed", "Negotiation"]),
        value in prop::sample::select(vec!["", "100 EUR", "5", "1.000 EUR"]),
        feature in prop::sample::select(vec!["", "sso", "a; b", "yes", "- [x]"]),
        due in prop::sample::select(vec!["", "2027-03-31", "03/04/2027", "31.12.2027", "soon", "Q3 2027"]),
        lost in prop::sample::select(vec!["", "", "", "voice"]),
    ) -> [String; 7] {
        [contract, customer, status.to_owned(), value.to_owned(), feature.to_owned(), due.to_owned(), lost.to_owned()]
    }
}

proptest! {
    /// Every row is in a contract or left out, a contract is whole or not there, and each is read without a problem.
    #[test]
    fn a_contract_comes_whole_or_not_at_all(rows in prop::collection::vec(promise(), 1..8)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Contract", "Customer", "Status", "Value", "Feature", "Due", "Lost because"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let table = writer.into_inner().unwrap();
        let sheet = crate::sheet::read(Path::new("a.csv"), "a.csv", &table, None).unwrap();
        prop_assume!(!sheet.rows.is_empty());
        let vocabulary = Vocabulary::default();
        let options = ImportOptions {
            profile: None,
            mapped: &[],
            only: &[],
            date_order: None,
            vocabulary: &vocabulary,
            releases: &BTreeMap::new(),
            reviewed: None,
            statuses: &KnownStatuses::default(),
        };
        let imported = contracts("a.csv", &sheet, &options).unwrap();
        let left_out: Vec<usize> = imported.left_out.iter().map(|row| row.number).collect();
        let number = |at: usize| sheet.rows[at].cells.get(&0).map(|cell| cell.text().to_lowercase());
        let lost: Vec<_> = imported.left_out.iter().filter_map(|row| number(row.at)).collect();
        let mut promises = 0;
        for contract in &imported.contracts {
            prop_assert!(!lost.contains(&contract.id.to_lowercase()), "{:?}", contract);
            let source = Source::new(FileId(0), &contract.file, &contract.text);
            let mut problems = Vec::new();
            let record = read::record::<ContractRecord>(&source, &mut problems).unwrap();
            let roadmap = Roadmap::default();
            let reading = ContractReading {
                roadmap: &roadmap,
                calendar: &vocabulary.calendar,
                statuses: &vocabulary.contract_statuses,
                today: TODAY,
            };
            promises += crate::model::contract::contract(record, reading, &mut problems).requirements.len();
            prop_assert!(problems.is_empty(), "{:#?}\n{}", problems, contract.text);
        }
        let asked = |row: &&SheetRow| row.cells.contains_key(&4) && !left_out.contains(&row.number);
        prop_assert_eq!(promises, sheet.rows.iter().filter(asked).count());
    }
}
