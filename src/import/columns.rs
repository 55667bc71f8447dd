//! Which column of a table holds what.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::diagnostic::Problem;
use crate::input::decode::in_one_word;
use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::sheet::{SheetCell, SheetRow, Spreadsheet};
use crate::text::{and_list, in_backticks, nearest, or_list};

use super::ImportOptions;
use super::profile::{Profile, is_called, record};
use super::rejects::WHY;

/// The columns of a table by the keys that they hold.
#[derive(Debug)]
pub(crate) struct ColumnMap {
    /// For each key its columns, the first that says something first; columns of one header stand together.
    by_key: BTreeMap<&'static str, Vec<Vec<usize>>>,
    /// The columns that are called by a month, with its last day first.
    pub months: Vec<usize>,
    /// The columns that tell which rows are meant.
    chosen: Vec<usize>,
}

/// Which column of a table was read as what.
#[derive(Debug)]
pub(crate) struct ColumnAccount {
    /// What the table is.
    title: &'static str,
    /// Where each key came from: the key, and the headers of its columns.
    read: Vec<(&'static str, String)>,
    /// The headers of the columns that were not read.
    unread: Vec<String>,
    /// The keys that have no column.
    free: Vec<&'static str>,
    /// The keys that no column can hold, in words.
    by_hand: &'static str,
}

impl ColumnAccount {
    /// As it is told of a table, a line each.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        let mut lines = vec![format!("{name} is read as {}:", self.title)];
        lines.extend(self.read.iter().map(|(key, headers)| format!("  {key:12} {headers}")));
        if !self.unread.is_empty() {
            lines.push(format!("  not read     {}", self.unread.join(", ")));
            let free = in_backticks(&self.free);
            let free = if free.is_empty() { String::new() } else { format!(" as {}", or_list(&free)) };
            lines.push(format!(
                "  `--map KEY=HEADER` reads a column{free}; {} are written by hand",
                self.by_hand
            ));
        }
        lines
    }
}

/// What the cells of a row say of a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Saying<'r> {
    /// Nothing; the column where it would stand, if there is one.
    Nothing(Option<usize>),
    /// This, in this column.
    One(usize, &'r SheetCell),
    /// Two different things, in columns of one header.
    Two(usize),
}

impl ColumnMap {
    /// Finds the columns of a table. What is mapped by hand comes before what the profile says.
    pub(super) fn new(
        name: &str,
        sheet: &Spreadsheet,
        profile: &Profile,
        options: &ImportOptions<'_>,
    ) -> Result<Self, Problem> {
        let mapped = options.mapped;
        let record = record(&sheet.header);
        let called = |wanted: &str| -> Vec<usize> {
            let columns = sheet.header.iter().enumerate();
            columns
                .filter(|(_, header)| is_called(header, wanted, record.as_deref()))
                .map(|(at, _)| at)
                .collect()
        };
        let mut by_key: BTreeMap<&'static str, Vec<Vec<usize>>> = BTreeMap::new();
        for (key, headers) in profile.columns {
            let columns: Vec<_> =
                headers.iter().map(|header| called(header)).filter(|at| !at.is_empty()).collect();
            by_key.insert(key, columns);
        }
        for (at, (key, header)) in mapped.iter().enumerate() {
            let columns = columns_called(name, sheet, header, "--map")?;
            // Of several columns for one key the first that says something counts.
            match mapped[..at].iter().any(|(before, _)| before == key) {
                true => by_key.entry(key).or_default().push(columns),
                false => drop(by_key.insert(key, vec![columns])),
            }
        }
        if mapped.iter().any(|(key, _)| *key == "target") {
            by_key.remove("release");
            by_key.remove("release-date");
        }
        let mut chosen = Vec::new();
        for (header, _) in options.only {
            chosen.extend(columns_called(name, sheet, header, "--only")?);
        }
        let months = if profile.months { months(&sheet.header) } else { Vec::new() };
        Ok(Self { by_key, months, chosen })
    }

    /// The columns of a key, header by header.
    pub(super) fn of(&self, key: &str) -> &[Vec<usize>] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether any column may hold a key.
    pub(super) fn has(&self, key: &str) -> bool {
        !self.of(key).is_empty()
    }

    /// What a row says of a key.
    pub(super) fn get<'r>(&self, row: &'r SheetRow, key: &str) -> Saying<'r> {
        for columns in self.of(key) {
            let mut said = columns.iter().filter_map(|column| Some((*column, row.cells.get(column)?)));
            let Some((column, cell)) = said.next() else { continue };
            return match said.all(|(_, other)| other.text() == cell.text()) {
                true => Saying::One(column, cell),
                false => Saying::Two(column),
            };
        }
        Saying::Nothing(self.of(key).first().and_then(|columns| columns.first()).copied())
    }

    /// All cells of a row that may hold a key, from the first column on.
    pub(super) fn all<'r>(
        &self,
        row: &'r SheetRow,
        key: &str,
    ) -> impl Iterator<Item = (usize, &'r SheetCell)> {
        self.of(key).iter().flatten().filter_map(|column| Some((*column, row.cells.get(column)?)))
    }

    /// The columns by what they are read as, and those with content that nobody reads.
    pub(super) fn account(
        &self,
        sheet: &Spreadsheet,
        (title, keys, by_hand): (&'static str, &[&'static str], &'static str),
        rows: &[usize],
    ) -> ColumnAccount {
        let headers = |key: &str| {
            let own = self.of(key).iter().map(|columns| sheet.header[columns[0]].clone());
            let months =
                self.months.first().filter(|_| key == "target").map(|_| "the columns of months".to_owned());
            own.chain(months).collect::<Vec<_>>().join(", else ")
        };
        let (read, free): (Vec<_>, Vec<_>) =
            keys.iter().map(|key| (*key, headers(key))).partition(|(_, headers)| !headers.is_empty());
        let free = free.into_iter().map(|(key, _)| key).collect();
        ColumnAccount { title, read, unread: self.unread(sheet, rows), free, by_hand }
    }

    /// What the columns are called that nobody reads although some rows say something in them, each once.
    fn unread(&self, sheet: &Spreadsheet, rows: &[usize]) -> Vec<String> {
        let read = self.by_key.values().flatten().flatten().chain(&self.months).chain(&self.chosen);
        let read: HashSet<&usize> = read.collect();
        let rows = rows.iter().map(|&at| &sheet.rows[at]).filter(|row| row.fault.is_none());
        let filled: BTreeSet<&usize> =
            rows.flat_map(|row| row.cells.keys()).filter(|at| !read.contains(at)).collect();
        let mut seen = HashSet::new();
        let called = filled.into_iter().map(|&at| match sheet.header.get(at) {
            Some(header) if !header.is_empty() => header.clone(),
            _ => format!("column {} (without a header)", at + 1),
        });
        called.filter(|header| header != WHY && seen.insert(header.clone())).collect()
    }
}

/// The columns that are called by a month, the latest first.
fn months(header: &[String]) -> Vec<usize> {
    let calendar = Calendar::default();
    let month = |header: &String| {
        let window = parse_date(header, &calendar).ok()?;
        let is_month = window.earliest.day() == 1 && window.latest == window.earliest.last_of_month();
        is_month.then_some(window.latest)
    };
    let mut months: Vec<(jiff::civil::Date, usize)> =
        header.iter().enumerate().filter_map(|(at, header)| Some((month(header)?, at))).collect();
    months.sort_unstable_by(|one, other| other.cmp(one));
    months.into_iter().map(|(_, at)| at).collect()
}

/// The columns of a header that was typed.
pub(super) fn columns_called(
    name: &str,
    sheet: &Spreadsheet,
    wanted: &str,
    option: &str,
) -> Result<Vec<usize>, Problem> {
    let wanted_word = in_one_word(wanted);
    let columns = sheet.header.iter().enumerate();
    let found: Vec<usize> =
        columns.filter(|(_, header)| in_one_word(header) == wanted_word).map(|(at, _)| at).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let problem = Problem::in_file(name, format!("{name} has no column `{wanted}`, which `{option}` names"));
    let near = nearest(wanted, sheet.header.iter().map(String::as_str));
    Err(problem.help_near(near, columns_in_words(sheet)))
}

/// The headers of a table, in words.
pub(super) fn columns_in_words(sheet: &Spreadsheet) -> String {
    const MOST: usize = 40;
    let mut seen = HashSet::new();
    let mut headers: Vec<String> = Vec::new();
    for header in sheet.header.iter().filter(|header| !header.is_empty() && seen.insert(header.as_str())) {
        if headers.len() == MOST {
            headers.push("others".to_owned());
            break;
        }
        headers.push(format!("`{header}`"));
    }
    match headers.as_slice() {
        [] => "its first row has no headers".to_owned(),
        headers => format!("its columns are {}", and_list(headers)),
    }
}
