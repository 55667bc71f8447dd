//! Tables that other tools export, as files that `lint` reads. Nothing is guessed: what a row does not say plainly is
//! asked for, and the row is left out until it is answered.

mod cells;
mod columns;
mod contracts;
mod dates;
mod edit;
mod feature;
mod ids;
mod known;
mod matches;
mod merge;
mod profile;
mod profiles;
mod promise;
mod rejects;
mod releases;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Problem;
use crate::model::assemble::Vocabulary;
use crate::model::window::{Date, Window};
use crate::sheet::{SheetCell, SheetRow, Spreadsheet};
use crate::text::{count, in_backticks, nearest, or_list};

use cells::{CellReader, ImportedDate};
use columns::{ColumnMap, Saying, columns_called, columns_in_words};
use feature::RowReader;
use profiles::recognise;
use rejects::is_rejects;

pub(crate) use columns::ColumnAccount;
pub(crate) use contracts::{CONTRACT_KEYS, ImportedContracts, contracts};
pub(crate) use dates::DateOrder;
use feature::ImportedFeature;
pub(crate) use known::KnownStatuses;
pub(crate) use merge::{GonePolicy, merge};
pub(crate) use profile::Profile;
pub(crate) use profiles::{PROFILES, profile};
pub(crate) use rejects::{rejects, unguarded};

/// The keys of a feature that a table may hold; `resolution` says of work that is over whether it was done, `release` is a target
/// that only a release can be, and `release-date` its day.
pub(crate) const ROADMAP_KEYS: [&str; 15] = [
    "ref", "name", "aliases", "status", "resolution", "shipped", "target", "release", "release-date", "beta",
    "sunset", "replaced-by", "team", "effort", "depends-on",
];

/// The keys of a feature that no column holds.
const BY_HAND: &str = "`for`, `levels` and further `offers`";

/// Those without which there is no feature.
const REQUIRED: [&str; 2] = ["name", "status"];

/// How a table is read.
#[derive(Debug)]
pub(crate) struct ImportOptions<'a> {
    /// The tool that it is from; none where its header tells.
    pub profile: Option<&'static Profile>,
    /// Keys with the headers of their columns.
    pub mapped: &'a [(&'static str, &'a str)],
    /// Headers with the values of the rows that are meant; of several values of one header any.
    pub only: &'a [(String, String)],
    /// How days such as 03/04/2027 are read.
    pub date_order: Option<DateOrder>,
    /// What words and dates mean.
    pub vocabulary: &'a Vocabulary,
    /// The releases that have a date, or are known to have none.
    pub releases: &'a BTreeMap<String, Option<Window>>,
    /// The day from which `now` and `next` count.
    pub reviewed: Option<Date>,
    /// What the roadmap that is updated says of features.
    pub statuses: &'a KnownStatuses,
}

/// What a table comes to.
#[derive(Debug)]
pub(crate) struct ImportedRoadmap {
    /// The tool that it is from.
    pub profile: &'static Profile,
    /// Which column was read as what.
    pub account: ColumnAccount,
    /// Whether a target has a column.
    pub has_target: bool,
    /// The keys of all rows of the table, those that are left out included; none where some cannot be known, or are not in it.
    pub all_keys: Option<Vec<String>>,
    /// The features, in the order of the rows.
    pub features: Vec<ImportedFeature>,
    /// The releases that the table has a date for, as far as a target is one of them.
    pub releases: Vec<(String, ImportedDate)>,
    /// The numbers of the rows without a status of their own, whose features have one in the roadmap.
    pub without_status: Vec<usize>,
    /// The rows that are asked about.
    pub left_out: Vec<LeftOutRow>,
}

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOutRow {
    /// Its place among the rows of the table.
    pub at: usize,
    /// Its number, as a spreadsheet shows it.
    pub number: usize,
    /// All reasons, in the order of the keys.
    pub reasons: Vec<RowReason>,
}

/// A reason why a row is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RowReason {
    /// The header of the column that is wrong; empty where it is the row.
    pub header: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub helps: Vec<String>,
}

impl LeftOutRow {
    /// As it is told.
    pub(crate) fn problem(&self, name: &str) -> Problem {
        let problem = Problem::in_file(name, format!("row {} of {name} is left out", self.number));
        let problem = problem.notes(self.reasons.iter().map(RowReason::words));
        problem.helps(self.reasons.iter().flat_map(|reason| reason.helps.iter().cloned()))
    }
}

impl RowReason {
    /// The column and what is wrong with it: `Status: it is empty`.
    pub(crate) fn words(&self) -> String {
        let Self { header, what, .. } = self;
        if header.is_empty() { what.clone() } else { format!("{header}: {what}") }
    }
}

/// Reads a table as features of a roadmap.
pub(crate) fn roadmap(
    name: &str,
    sheet: &Spreadsheet,
    options: &ImportOptions<'_>,
) -> Result<ImportedRoadmap, Problem> {
    let profile = options.profile.unwrap_or_else(|| recognise(&sheet.header));
    let columns = ColumnMap::new(name, sheet, profile, options)?;
    if let Some(key) = REQUIRED.into_iter().find(|key| !columns.has(key)) {
        return Err(missing_column(name, sheet, profile, key));
    }
    let rows = meant(name, sheet, options.only)?;
    let mut reader = RowReader::new(CellReader { sheet, columns: &columns, profile, options }, &rows);
    let account = columns.account(sheet, (profile.title, &ROADMAP_KEYS, BY_HAND), &rows);
    let (mut features, mut left_out) = (Vec::new(), Vec::new());
    for at in rows {
        let row = &sheet.rows[at];
        match reader.feature(at) {
            Ok(feature) => features.push(feature),
            Err(reasons) => left_out.push(LeftOutRow { at, number: row.number, reasons }),
        }
    }
    feature::resolve_dependencies(&mut features);
    let releases = reader.releases(&features);
    let without_status = reader.without_status;
    let has_target = ["target", "release", "release-date"].iter().any(|key| columns.has(key))
        || !columns.months.is_empty();
    // What `--only` leaves out is not gone from the tool.
    let all_keys = if options.only.is_empty() { all_keys(sheet, &columns) } else { None };
    Ok(ImportedRoadmap {
        profile,
        account,
        has_target,
        all_keys,
        features,
        releases,
        without_status,
        left_out,
    })
}

fn all_keys(sheet: &Spreadsheet, columns: &ColumnMap) -> Option<Vec<String>> {
    let mut keys = Vec::new();
    for row in &sheet.rows {
        match columns.get(row, "ref") {
            _ if row.fault.is_some() => return None,
            Saying::Two(_) | Saying::One(_, SheetCell::Fault(_) | SheetCell::UnclearDay(_)) => return None,
            Saying::Nothing(_) => {}
            Saying::One(_, cell) => keys.push(cell.text().into_owned()),
        }
    }
    (!is_rejects(sheet)).then_some(keys)
}

fn missing_column(name: &str, sheet: &Spreadsheet, profile: &Profile, key: &str) -> Problem {
    let known = profile.headers(key).iter().map(|header| format!("`{}`", header.replace('*', "…")));
    let title = format!("{name} has no column for `{key}`; it was read as {}", profile.title);
    let problem = Problem::in_file(name, title)
        .note(format!("such a column is called {}", or_list(&known.collect::<Vec<_>>())))
        .help(format!("say which one it is: `--map {key}=HEADER`; {}", columns_in_words(sheet)));
    match sheet.header.iter().filter(|header| !header.is_empty()).count() {
        0..=2 => problem
            .help("if this is a title, and what columns are called stands below it, take the title out"),
        _ => problem,
    }
}

/// The rows that are meant, by their places.
fn meant(name: &str, sheet: &Spreadsheet, only: &[(String, String)]) -> Result<Vec<usize>, Problem> {
    let mut wanted: BTreeMap<Vec<usize>, Vec<&str>> = BTreeMap::new();
    for (header, value) in only {
        wanted.entry(columns_called(name, sheet, header, "--only")?).or_default().push(value);
    }
    let same = |one: &str, other: &str| crate::model::scope::same(one.trim(), other.trim());
    let is_meant = |row: &SheetRow| {
        row.fault.is_some()
            || wanted.iter().all(|(columns, values)| {
                let mut cells = columns.iter().filter_map(|column| row.cells.get(column));
                cells.any(|cell| values.iter().any(|value| same(&cell.text(), value)))
            })
    };
    for (columns, values) in &wanted {
        let cells =
            || sheet.rows.iter().flat_map(|row| columns.iter().filter_map(|column| row.cells.get(column)));
        for value in values {
            if !cells().any(|cell| same(&cell.text(), value)) {
                let header = &sheet.header[columns[0]];
                let problem = Problem::in_file(name, format!("no row of {name} has `{value}` in `{header}`"));
                let texts: BTreeSet<String> =
                    cells().map(|cell| cell.text().into_owned()).take(1000).collect();
                let near = nearest(value, texts.iter().map(String::as_str));
                let others = in_backticks(texts.iter().take(12));
                let otherwise = format!("what stands there is {}", or_list(&others));
                return Err(problem
                    .help_near(near, if others.is_empty() { "the column is empty" } else { &otherwise }));
            }
        }
    }
    match sheet.rows.as_slice() {
        [] => Err(Problem::in_file(name, format!("{name} has no row below its header"))
            .help("export it again, with the rows that are meant")),
        rows => Ok((0..rows.len()).filter(|&at| is_meant(&rows[at])).collect()),
    }
}

/// What came of a table, in a sentence.
pub(crate) fn outcome(number: usize, noun: &str, left_out: usize) -> String {
    let rows = match left_out {
        0 => "no row is left out".to_owned(),
        1 => "1 row is left out".to_owned(),
        many => format!("{many} rows are left out"),
    };
    format!("{}; {rows}", count(number, noun))
}

#[cfg(test)]
mod tests;
