//! A row of a table as a feature, or what has to be asked about it.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::model::capacity::parse_effort;
use crate::model::misread::ReadError;
use crate::model::status::{Status, is_finished};
use crate::model::target::{Targets, parse_target};
use crate::sheet::{SheetCell, SheetRow};
use crate::text::{fold, in_backticks, or_list};

use super::RowReason;
use super::cells::{CellReader, ImportedDate, Read, kept, one_line};
use super::columns::Saying;
use super::dates::as_written;
use super::profile::is_called;
use super::releases::{TableReleases, names};

/// The seconds of a day of work, as tools count them that nobody has told otherwise: eight hours.
const WORKING_DAY: Decimal = Decimal::from_parts(28_800, 0, 0, false, 0);

/// A feature as a row states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportedFeature {
    /// The row's place among those of the table, and its number.
    pub at: usize,
    /// As a spreadsheet shows it.
    pub number: usize,
    /// The tool's own key.
    pub reference: Option<String>,
    /// What people call it.
    pub name: String,
    /// What else they call it.
    pub aliases: Vec<String>,
    /// How far it is.
    pub status: Status,
    /// The day it shipped.
    pub shipped: Option<ImportedDate>,
    /// When it is planned to ship, or was.
    pub target: Option<ImportedDate>,
    /// Whether there is no target, rather than one that could not be read and does not matter any more.
    pub has_no_target: bool,
    /// When its beta begins.
    pub beta: Option<ImportedDate>,
    /// The last day it works.
    pub sunset: Option<ImportedDate>,
    /// The feature that takes its place: a key or a name, as the table writes it.
    pub replaced_by: Option<String>,
    /// The team that builds it.
    pub team: Option<String>,
    /// The work still to do.
    pub effort: Option<String>,
    /// What it cannot ship before: keys or names, as the table writes them.
    pub depends_on: Vec<String>,
}

/// Reads the rows of a table, of which each is another feature.
pub(super) struct RowReader<'a> {
    cells: CellReader<'a>,
    /// The keys of the tool and the names of features, each with the row that has it.
    keys: HashMap<String, usize>,
    names: HashMap<String, usize>,
    releases: TableReleases,
    /// How many rows have a key of a tool, or a name.
    times: HashMap<(&'static str, String), usize>,
    /// The rows whose status is that of the roadmap.
    pub(super) without_status: Vec<usize>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(cells: CellReader<'a>, rows: &[usize]) -> Self {
        let releases = TableReleases::of(&cells, rows);
        let mut times = HashMap::new();
        for &at in rows {
            for key in ["ref", "name"] {
                if let Ok(Some(text)) = cells.text(&cells.sheet.rows[at], key) {
                    *times.entry((key, fold(&text).into_owned())).or_default() += 1;
                }
            }
        }
        Self {
            cells,
            keys: HashMap::new(),
            names: HashMap::new(),
            releases,
            times,
            without_status: Vec::new(),
        }
    }

    /// The releases that the table has a date for, as far as the target of a feature is one of them.
    pub(super) fn releases(&self, features: &[ImportedFeature]) -> Vec<(String, ImportedDate)> {
        self.releases.named(features.iter().filter_map(|feature| feature.target.as_ref()))
    }

    /// Reads a row. All that is wrong with it comes back together.
    pub(super) fn feature(&mut self, at: usize) -> Result<ImportedFeature, Vec<RowReason>> {
        let row = &self.cells.sheet.rows[at];
        if let Some(fault) = self.cells.row_fault(row) {
            return Err(vec![fault]);
        }
        let mut reasons = Vec::new();
        let reference = kept(self.cells.text(row, "ref"), &mut reasons).flatten();
        let name = kept(self.name(row), &mut reasons);
        let aliases = kept(self.cells.texts(row, "aliases", &[';', '\n']), &mut reasons);
        let known = name.as_deref().and_then(|name| self.known_status(reference.as_deref(), name));
        let status = kept(self.status(row, known), &mut reasons);
        let mut has_no_target = false;
        let target = match status {
            // What never will ship is due on no day, whatever its tool has left there.
            Some(Status::Retired | Status::Rejected) => Some(None),
            // Of what has shipped the day may be wrong, or the status: then `lint` says so.
            Some(status) if !status.is_before_release() => {
                let target = self.target(row, Some(status));
                has_no_target = matches!(target, Ok(None));
                Some(target.unwrap_or_default())
            }
            status => kept(self.target(row, status), &mut reasons),
        };
        let is_out = status.is_none_or(|status| !status.is_before_release());
        let shipped = if is_out { kept(self.cells.date(row, "shipped"), &mut reasons) } else { Some(None) };
        let beta = kept(self.cells.planned(row, "beta"), &mut reasons);
        let sunset = kept(self.cells.planned(row, "sunset"), &mut reasons);
        let replaced_by = kept(self.cells.text(row, "replaced-by"), &mut reasons);
        let team = kept(self.cells.text(row, "team"), &mut reasons);
        let effort = kept(self.effort(row), &mut reasons);
        let depends_on = kept(self.cells.texts(row, "depends-on", &[';', '\n']), &mut reasons);
        let days = shipped.zip(target).zip(beta.zip(sunset));
        let read = (name, aliases, status, days, replaced_by, team, effort, depends_on);
        let (
            Some(name),
            Some(aliases),
            Some(status),
            Some(((shipped, target), (beta, sunset))),
            Some(replaced_by),
            Some(team),
            Some(effort),
            Some(depends_on),
        ) = read
        else {
            return Err(reasons);
        };
        let feature = ImportedFeature {
            at,
            number: row.number,
            reference,
            name,
            aliases,
            status,
            shipped,
            target,
            has_no_target,
            beta,
            sunset,
            replaced_by,
            team,
            effort,
            depends_on,
        };
        reasons.extend(self.repeated(row, &feature));
        if !reasons.is_empty() {
            return Err(reasons);
        }
        if let Some(key) = &feature.reference {
            self.keys.insert(fold(key).into_owned(), row.number);
        }
        for name in std::iter::once(&feature.name).chain(&feature.aliases) {
            self.names.insert(fold(name).into_owned(), row.number);
        }
        if self.cells.is_empty(row, "status") {
            self.without_status.push(row.number);
        }
        Ok(feature)
    }

    /// What a row shares with one that stands: features are told apart by their keys and by their names.
    fn repeated(&self, row: &SheetRow, feature: &ImportedFeature) -> Vec<RowReason> {
        let of_key = feature.reference.iter().filter_map(|key| {
            let other = self.keys.get(&*fold(key))?;
            let what = format!("`{key}` is the key of row {other}, too");
            Some(self.cells.reason(
                row,
                "ref",
                what,
                ["leave one of the two out, or give it a key of its own"],
            ))
        });
        let of_names = [("name", vec![&feature.name]), ("aliases", feature.aliases.iter().collect())];
        let of_names = of_names.into_iter().flat_map(|(key, names)| {
            names.into_iter().filter_map(move |name| {
                let other = self.names.get(&*fold(name))?;
                let what = format!(
                    "`{name}` is a name of row {other}, too, so that no contract could say which it means"
                );
                Some(self.cells.reason(row, key, what, ["give one of the two another name"]))
            })
        });
        of_key.chain(of_names).collect()
    }

    fn name(&self, row: &SheetRow) -> Read<String> {
        let name = self.cells.text(row, "name")?;
        name.ok_or_else(|| self.cells.reason(row, "name", "it is empty", ["give the row a name"]))
    }

    /// The status that the roadmap states of the feature of a row, if no other row can be about it.
    fn known_status(&self, key: Option<&str>, name: &str) -> Option<Status> {
        let subject = key.map_or(("name", name), |key| ("ref", key));
        // Of two rows with one key or name, the status of the roadmap may be that of either.
        let is_only = self.times.get(&(subject.0, fold(subject.1).into_owned())) == Some(&1);
        self.cells.options.statuses.find(key, name).filter(|_| is_only)
    }

    /// The status. One that a row leaves empty stays as it is known; what its resolution says that it was not done never
    /// ships, whatever the status.
    fn status(&self, row: &SheetRow, known: Option<Status>) -> Read<Status> {
        if let Some(undone) = self.undone(row)? {
            return Ok(undone);
        }
        let Some(text) = self.cells.text(row, "status")? else {
            return known.ok_or_else(|| self.cells.reason(row, "status", "it is empty", [statuses()]));
        };
        Status::parse(&text, &self.cells.options.vocabulary.statuses).map_err(|error| match error {
            ReadError::Misread(misread) => {
                let help = if is_finished(&text) {
                    format!("if customers can use it, add `--status \"{text}=shipped\"`; {}", statuses())
                } else {
                    give_meaning(&text)
                };
                self.cells.reason(row, "status", misread.title, [help])
            }
            ReadError::Reported => self.broken_meaning(row, "status", &text),
        })
    }

    /// What a row has come to by its resolution, if it was not done. One that is in no vocabulary is asked about, since no
    /// list of them is whole.
    fn undone(&self, row: &SheetRow) -> Read<Option<Status>> {
        let Some(text) = self.cells.text(row, "resolution")?.filter(|text| !is_done(text)) else {
            return Ok(None);
        };
        match Status::parse(&text, &self.cells.options.vocabulary.statuses) {
            Ok(status) => Ok(Some(status).filter(|status| !status.is_released())),
            Err(ReadError::Misread(_)) => {
                let what = format!("`{text}` may say that it was not done");
                let helps = [format!("{}; `shipped` if it was done all the same", give_meaning(&text))];
                Err(self.cells.reason(row, "resolution", what, helps))
            }
            Err(ReadError::Reported) => Err(self.broken_meaning(row, "resolution", &text)),
        }
    }

    fn broken_meaning(&self, row: &SheetRow, key: &str, text: &str) -> RowReason {
        let what = format!("what `{text}` means could not be read in the configuration");
        self.cells.reason(row, key, what, ["put `[statuses]` right"])
    }

    fn target(&self, row: &SheetRow, status: Option<Status>) -> Read<Option<ImportedDate>> {
        let marked =
            self.cells.columns.months.iter().find(|&column| row.cells.get(column).is_some_and(is_mark));
        if let Some(&column) =
            marked.filter(|_| matches!(self.cells.columns.get(row, "target"), Saying::Nothing(_)))
        {
            let month = SheetCell::Text(self.cells.sheet.header[column].clone());
            return self.read_target(column, &month);
        }
        match self.cells.cell(row, "target")? {
            Some((column, cell)) => self.read_target(column, cell),
            None => self.release(row, status),
        }
    }

    fn read_target(&self, column: usize, cell: &SheetCell) -> Read<Option<ImportedDate>> {
        let text = as_written(&cell.text(), self.cells.options.date_order).into_owned();
        let targets = Targets {
            calendar: &self.cells.options.vocabulary.calendar,
            releases: &self.releases.known,
            reviewed: self.cells.options.reviewed,
        };
        let window =
            parse_target(&text, &targets).map_err(|error| self.cells.misread(column, &cell.text(), error))?;
        let is_release = self.releases.find(&text).is_some();
        let target = |window| match is_release {
            true => ImportedDate { text, window },
            false => ImportedDate::new(text, window),
        };
        Ok(window.map(target))
    }

    /// The release that a row is assigned to: only one that the table or the roadmap knows has a date. What nobody has decided
    /// to build may be parked in one that never ships.
    fn release(&self, row: &SheetRow, status: Option<Status>) -> Read<Option<ImportedDate>> {
        if let Some(date) = self.releases.date(&self.cells, row)? {
            return Ok(Some(date));
        }
        let releases = names(&self.cells, row)?;
        let column = self.cells.columns.all(row, "release").map(|(column, _)| column).next();
        // What is not decided needs no day, so a release without one is no question.
        let is_undecided = matches!(status, Some(Status::Idea | Status::Paused));
        let is_known = |release: &String| self.releases.find(release).is_some();
        let release = match releases.as_slice() {
            [] => return Ok(None),
            releases if is_undecided && !releases.iter().all(is_known) => return Ok(None),
            [release] => release,
            several => {
                let what = format!("it may ship with {}", or_list(&in_backticks(several)));
                return Err(self.cells.reason_at(
                    column,
                    what,
                    ["leave the one with which customers get it"],
                ));
            }
        };
        match self.releases.find(release) {
            Some(window) => Ok(window.map(|window| ImportedDate { text: release.clone(), window })),
            None => {
                let what = format!("`{release}` is no release with a date");
                let help = format!(
                    "write `{} = \"2027-03-15\"`, with its day or `TBD`, under `[releases]` of a roadmap, and import into that with `--update`",
                    crate::text::toml_string(release)
                );
                Err(self.cells.reason_at(column, what, [help]))
            }
        }
    }

    /// The work still to do. A bare number has a unit only where the header states it.
    fn effort(&self, row: &SheetRow) -> Read<Option<String>> {
        let Some((column, cell)) = self.cells.cell(row, "effort")? else { return Ok(None) };
        let written = one_line(&cell.text());
        let header = &self.cells.sheet.header[column];
        let in_days = header.to_lowercase().contains("(days)");
        let in_seconds = self.cells.profile.in_seconds.iter().any(|wanted| is_called(header, wanted, None));
        let is_bare = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let text = match written.parse::<Decimal>() {
            Ok(_) if is_bare && in_days => format!("{written} days"),
            Ok(seconds) if is_bare && in_seconds => {
                format!("{} days", (seconds / WORKING_DAY).round_dp(2).normalize())
            }
            _ => written,
        };
        match parse_effort(&text) {
            Ok(_) => Ok(Some(text)),
            Err(misread) => {
                let helps = misread.helps.into_iter().map(|help| help.text);
                let helps: Vec<String> = std::iter::once(misread.label).chain(helps).collect();
                Err(self.cells.reason_at(Some(column), misread.title, helps))
            }
        }
    }
}

/// How to say what a word means. No meaning is offered: `Not planned` is near to `planned`.
fn give_meaning(text: &str) -> String {
    format!("add `--status \"{text}=MEANING\"` with what it means; {}", statuses())
}

/// Whether a resolution says that work came to its end, or has not, and so nothing more than the status does.
fn is_done(resolution: &str) -> bool {
    const AS_STATUS_SAYS: [&str; 5] = ["fixed", "implemented", "delivered", "unresolved", "none"];
    is_finished(resolution) || AS_STATUS_SAYS.contains(&&*resolution.trim().to_lowercase())
}

fn statuses() -> String {
    format!("a status is {}", or_list(&in_backticks(Status::ALL)))
}

/// Whether the column of a month is marked.
fn is_mark(cell: &SheetCell) -> bool {
    !["false", "no", "0", "-", "–"].contains(&cell.text().to_lowercase().as_str())
}

/// Splits what features depend on where only its parts are known: keys between commas.
pub(super) fn resolve_dependencies(features: &mut [ImportedFeature]) {
    let known: std::collections::HashSet<String> = features
        .iter()
        .flat_map(|feature| feature.reference.iter().chain([&feature.name]).chain(&feature.aliases))
        .map(|name| fold(name).into_owned())
        .collect();
    for feature in features {
        let split = |text: String| {
            let parts: Vec<String> = text.split(',').map(one_line).filter(|part| !part.is_empty()).collect();
            let is_list =
                !known.contains(&*fold(&text)) && parts.iter().any(|part| known.contains(&*fold(part)));
            if is_list { parts } else { vec![text] }
        };
        feature.depends_on = std::mem::take(&mut feature.depends_on).into_iter().flat_map(split).collect();
    }
}
