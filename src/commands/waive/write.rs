//! Adds entries to a file of waivers. Every byte that is there stays; the file is replaced whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, Value};

use crate::input::path::folder_of;
use crate::lint::finding::fingerprint;
use crate::model::acceptance::scopes_in_toml;
use crate::model::matter::list;
use crate::model::waiver::{Expiry, Subject};
use crate::model::window::Date;
use crate::text::{reason, toml_string};

use super::super::replace::FileReplacement;
use super::decide::WaiverEntry;

const KEY: &str = "waivers";
const BYTE_ORDER_MARK: char = '\u{feff}';

const HEADER: &str = "\
# Waivers: findings of `dealcheck lint` that somebody has accepted, each with a name, a reason and an end.
# An entry is a decision: whoever owns this file reviews every change of it.
";

/// Adds entries to a file, which is created where there is none. Others that add to it at the same time wait.
pub(super) fn add(path: &Path, entries: &[WaiverEntry]) -> Result<(), String> {
    // Forty at once, as in a script over many findings, left one waiver: each replaced what another had written.
    let _alone = alone(path);
    let mut file = FileReplacement::of(path)?;
    let text = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Err("it is no file".to_owned()),
        _ => fs::read_to_string(path),
    };
    let text = match text {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEADER.to_owned(),
        Err(error) => return Err(format!("cannot read: {}", reason(&error))),
    };
    let text = appended(&text, entries)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.commit());
    written.map_err(|error| format!("cannot write: {}", reason(&error)))
}

/// A lock on the files of a folder, held until it is dropped. Of the folder itself, since the file is replaced; where
/// folders cannot be locked, of a file by its name among those that are thrown away. None where there are no locks.
fn alone(path: &Path) -> Option<File> {
    let folder = folder_of(path);
    let of_folder = || File::open(folder).and_then(|file| file.lock().map(|()| file));
    let by_name = || {
        let name = fingerprint(&[folder.to_string_lossy()]);
        let file = File::create(std::env::temp_dir().join(format!("dealcheck-{name}.lock")))?;
        file.lock().map(|()| file)
    };
    if cfg!(unix) { of_folder().ok() } else { by_name().ok() }
}

/// The text with entries added: as further `[[waivers]]`, or to the list where it is written as one.
fn appended(text: &str, entries: &[WaiverEntry]) -> Result<String, String> {
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark = &text[..text.len() - body.len()];
    let document = parse(body)?;
    let before = count(&document);
    let body = if document.get(KEY).is_some_and(Item::is_value) {
        // `toml_edit` writes LF alone.
        with_line_ends(&in_list(document, entries)?, body)
    } else {
        // Appended as text, not through `toml_edit`: every byte before it stays.
        as_tables(body, entries)
    };
    // Whatever the file looks like, what was there is still there, and what was added can be read.
    if count(&parse(&body)?) != before + entries.len() {
        return Err("its layout leaves no room for a further entry; add `[[waivers]]` by hand".to_owned());
    }
    Ok(format!("{mark}{body}"))
}

fn parse(text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|error: toml_edit::TomlError| format!("it is no TOML: {}", error.message()))
}

fn count(document: &DocumentMut) -> usize {
    match document.get(KEY) {
        Some(Item::ArrayOfTables(tables)) => tables.len(),
        Some(Item::Value(Value::Array(list))) => list.len(),
        _ => 0,
    }
}

/// An entry as a table of its own, with a question where nobody has said how the customer knows.
pub(super) fn shown(entry: &WaiverEntry) -> String {
    let mut document = DocumentMut::new();
    let tables = ArrayOfTables::from_iter([fields(entry).collect::<Table>()]);
    document.insert(KEY, Item::ArrayOfTables(tables));
    let question =
        if entry.is_undisclosed() { "# disclosed = \"…\" # by which clause or letter?\n" } else { "" };
    format!("{}{question}", document.to_string().trim_start())
}

fn as_tables(body: &str, entries: &[WaiverEntry]) -> String {
    let added = entries.iter().map(shown).collect::<Vec<_>>().join("\n");
    let (end, ends) = (line_end(body), body.is_empty() || body.ends_with('\n'));
    let break_line = if ends { "" } else { "\n" };
    let apart = body.trim_start().is_empty() || body.ends_with("\n\n") || body.ends_with("\n\r\n");
    let blank = if apart { "" } else { "\n" };
    let added = format!("{break_line}{blank}{added}");
    // A file that ends without a line break goes on doing so.
    let added = if ends { added.as_str() } else { added.trim_end() };
    format!("{body}{}", added.replace('\n', end))
}

/// A list is laid out as its last entry is; an empty one gets a line for each entry.
fn in_list(mut document: DocumentMut, entries: &[WaiverEntry]) -> Result<String, String> {
    let list = document.get_mut(KEY).and_then(Item::as_array_mut);
    let list = list.ok_or_else(|| format!("`{KEY}` is not a list"))?;
    let prefix = list.iter().last().map(|last| {
        let prefix = last.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        prefix.rfind('\n').map_or(" ".to_owned(), |at| format!("\n{}", &prefix[at + 1..]))
    });
    let prefix = match prefix {
        Some(prefix) if prefix.trim().is_empty() => prefix,
        Some(_) => "\n    ".to_owned(),
        None => {
            list.set_trailing("\n");
            list.set_trailing_comma(true);
            "\n    ".to_owned()
        }
    };
    // What stands on the line of the last entry, behind its comma or instead of one, stays there.
    let (remark, rest) = after_last(list);
    let mut prefix = format!("{remark}{prefix}");
    if remark.contains('#') && !prefix[remark.len()..].starts_with('\n') {
        prefix.insert(remark.len(), '\n');
    }
    for (at, entry) in entries.iter().enumerate() {
        let mut table = InlineTable::new();
        for (key, value) in fields(entry) {
            table.insert(key, value);
        }
        let prefix = if at == 0 { prefix.as_str() } else { &prefix[remark.len()..] };
        list.push_formatted(Value::InlineTable(table).decorated(prefix, ""));
    }
    if list.trailing_comma() {
        list.set_trailing(rest);
    } else if let Some(last) = list.iter_mut().last() {
        last.decor_mut().set_suffix(rest);
    }
    Ok(document.to_string())
}

/// Takes what follows the last entry of a list: the remark on its line, and the rest up to the list's end.
fn after_last(list: &mut Array) -> (String, String) {
    let text = |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let after = if list.trailing_comma() {
        text(Some(list.trailing()))
    } else {
        let trailing = text(Some(list.trailing()));
        let suffix = list.iter_mut().last().map(|last| {
            let suffix = text(last.decor().suffix());
            last.decor_mut().set_suffix("");
            suffix
        });
        list.set_trailing("");
        suffix.unwrap_or_default() + &trailing
    };
    let end = after.find('\n').unwrap_or(after.len());
    match after[..end].contains('#') {
        true => (after[..end].trim_end_matches('\r').to_owned(), after[end..].to_owned()),
        false => (String::new(), after),
    }
}

fn fields(entry: &WaiverEntry) -> impl Iterator<Item = (&'static str, Value)> {
    let decision = &entry.decision;
    let subject = match &entry.subject {
        Subject::Contract => None,
        Subject::Requirement(name) => Some(("requirement", name)),
        Subject::Term(name) => Some(("term", name)),
    };
    [
        Some(("contract", words(&entry.contract))),
        subject.map(|(key, name)| (key, words(name))),
        (!entry.features.is_empty()).then(|| ("feature", toml(&list(&entry.features)))),
        (!entry.scopes.is_empty()).then(|| ("for", toml(&scopes_in_toml(&entry.scopes)))),
        Some(("lint", words(entry.lint.name))),
        Some(("reason", words(&decision.reason))),
        Some(("approved-by", toml(&list(&decision.approved_by)))),
        Some(("approved-on", day(decision.approved_on))),
        entry.accepts.as_ref().map(|accepts| ("accepts", toml(&accepts.to_string()))),
        Some(("expires", expiry(decision.expires))),
        decision.disclosed.as_ref().map(|by| ("disclosed", words(by))),
        decision.is_baseline.then(|| ("baseline", Value::from(true))),
        entry.of.as_ref().map(|of| ("of", toml(&of.to_string()))),
    ]
    .into_iter()
    .flatten()
}

fn words(text: &str) -> Value {
    toml(&toml_string(text))
}

fn toml(text: &str) -> Value {
    text.parse().unwrap_or_else(|_| Value::from(text))
}

fn day(date: Date) -> Value {
    toml(&date.to_string())
}

fn expiry(expires: Expiry) -> Value {
    match expires {
        Expiry::On(days) => day(days.latest),
        Expiry::End => words(Expiry::END),
    }
}

fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A text with the line ends of another.
fn with_line_ends(text: &str, like: &str) -> String {
    match line_end(like) {
        "\n" => text.to_owned(),
        end => text.replace("\r\n", "\n").replace('\n', end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::waive::decide::Decision;
    use crate::model::acceptance::Acceptance;
    use crate::model::window::Window;

    fn entry(subject: Subject, reason: &str, accepts: Option<Date>) -> WaiverEntry {
        WaiverEntry {
            contract: "ACME-1".to_owned(),
            subject,
            features: Vec::new(),
            scopes: Vec::new(),
            accepts: accepts.map(|day| Acceptance::Day(Window::day(day))),
            of: None,
            is_of_draft: false,
            lint: crate::lints::find("late-feature").unwrap(),
            decision: Decision {
                reason: reason.to_owned(),
                approved_by: vec!["priya@vendor.example".to_owned()],
                approved_on: Date::constant(2026, 11, 22),
                accepts: None,
                expires: Expiry::On(Window::day(Date::constant(2027, 9, 30))),
                disclosed: None,
                is_baseline: false,
            },
        }
    }

    fn one() -> [WaiverEntry; 1] {
        [entry(Subject::Requirement("R2".to_owned()), "Why.", Some(Date::constant(2027, 6, 30)))]
    }

    const ENTRY: &str = "[[waivers]]\ncontract = \"ACME-1\"\nrequirement = \"R2\"\nlint = \"late-feature\"\n\
        reason = \"Why.\"\napproved-by = \"priya@vendor.example\"\napproved-on = 2026-11-22\n\
        accepts = 2027-06-30\nexpires = 2027-09-30\n";

    #[test]
    fn a_blank_line_is_between_entries() {
        assert_eq!(appended("", &one()).unwrap(), ENTRY);
        assert_eq!(appended("# Ours.\n", &one()).unwrap(), format!("# Ours.\n\n{ENTRY}"));
        let two = [one(), one()].concat();
        assert_eq!(appended("# Ours.\n\n", &two).unwrap(), format!("# Ours.\n\n{ENTRY}\n{ENTRY}"));
        let again = appended(ENTRY, &one()).unwrap();
        assert_eq!(again, format!("{ENTRY}\n{ENTRY}"));
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let windows = ENTRY.replace('\n', "\r\n");
        assert_eq!(appended(&windows, &one()).unwrap(), format!("{windows}\r\n{windows}"));
        let open = ENTRY.trim_end();
        assert_eq!(appended(open, &one()).unwrap(), format!("{open}\n\n{open}"));
        assert_eq!(appended("\u{feff}# x\n", &one()).unwrap(), format!("\u{feff}# x\n\n{ENTRY}"));
    }

    #[test]
    fn a_list_stays_a_list() {
        let added = appended("# Ours.\nwaivers = []\n", &one()).unwrap();
        assert!(
            added.starts_with("# Ours.\nwaivers = [\n    { contract = \"ACME-1\", requirement = \"R2\", ")
        );
        assert!(added.ends_with("expires = 2027-09-30 },\n]\n"), "{added}");
        let text =
            "waivers = [\r\n  # first\r\n  { contract = \"A\", lint = \"x\" }, # why\r\n]\r\n# end\r\n";
        let added = appended(text, &one()).unwrap();
        assert!(added.contains("  # first\r\n  { contract = \"A\", lint = \"x\" },"), "{added}");
        assert!(added.contains("# why\r\n") && added.ends_with("]\r\n# end\r\n"), "{added}");
        assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
    }

    #[test]
    fn a_remark_stays_with_its_entry() {
        const OLD: &str = "{ contract = \"C2\", lint = \"x\" }";
        let new = appended("waivers = []", &one()).unwrap();
        let new = new.lines().nth(1).unwrap().trim().trim_end_matches(',').to_owned();
        for (before, after) in [
            (format!("[\n  {OLD}, # signed\n]\n"), format!("[\n  {OLD}, # signed\n  {new},\n]\n")),
            (format!("[\n  {OLD} # signed\n]\n"), format!("[\n  {OLD}, # signed\n  {new}\n]\n")),
            (format!("[\n  {OLD},\n  # the end\n]\n"), format!("[\n  {OLD},\n  {new},\n  # the end\n]\n")),
            (format!("[\n  {OLD}\n  # the end\n]\n"), format!("[\n  {OLD},\n  {new}\n  # the end\n]\n")),
            (format!("[{OLD}, # signed\n]\n"), format!("[{OLD}, # signed\n {new},\n]\n")),
            (format!("[{OLD}]\n"), format!("[{OLD}, {new}]\n")),
            (format!("[{OLD} # signed\n, # too\n]\n"), format!("[{OLD} # signed\n, # too\n {new},\n]\n")),
        ] {
            assert_eq!(
                appended(&format!("waivers = {before}"), &one()).unwrap(),
                format!("waivers = {after}")
            );
        }
    }

    #[test]
    fn hostile_words_are_valid_and_visible() {
        let reason = "a\"b\\c\nd\r\te\u{1b}[31m\u{202e}f\u{7f}'''\"\"\" ü";
        let text = appended("", &[entry(Subject::Contract, reason, None)]).unwrap();
        assert!(text.contains("\\n") && text.contains("\\U0000001B") && text.contains("\\U0000202E"));
        let read: DocumentMut = text.parse().unwrap();
        assert_eq!(read["waivers"][0]["reason"].as_str(), Some(reason));
        assert!(read["waivers"][0].get("requirement").is_none());
    }

    #[test]
    fn what_is_no_toml_is_refused() {
        assert!(appended("[[waivers]\n", &one()).is_err());
        assert!(appended("waivers = 3\n", &one()).is_err());
    }
}
