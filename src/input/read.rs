//! One file: its bytes to a source, a source to a record.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

use memchr::memmem;
use rapidfuzz::distance::osa;

use crate::diagnostic::Problem;
use crate::source::{FileId, Source};
use crate::text::reason;

use super::decode::{Record, decode_file, in_one_word, is_extension};
use super::files::{Files, bounded};
use super::parse::{Arena, Entry, FileFormat, Map, Node, NodeKind, parse};
use super::records::{ContractRecord, RoadmapRecord};

/// Reads a file's text. Where that fails there may still be a source, to show the place of what is wrong.
///
/// `name` is the path as it is shown.
pub(crate) fn source(
    files: &dyn Files,
    path: &Path,
    name: &str,
    id: FileId,
) -> Result<Source, Box<UnreadFile>> {
    text(files.read(path), name, id)
}

/// Reads standard input, or anything else that can be read.
pub(crate) fn bytes(reader: impl Read, name: &str, id: FileId) -> Result<Source, Box<UnreadFile>> {
    text(bounded(reader, 0), name, id)
}

fn text(bytes: io::Result<Vec<u8>>, name: &str, id: FileId) -> Result<Source, Box<UnreadFile>> {
    let bytes = bytes.map_err(|error| UnreadFile::whole(name, &error))?;
    // Before UTF-8: text of ASCII letters in UTF-16 is valid UTF-8 with a NUL between them.
    if is_utf16(&bytes) {
        return Err(UnreadFile::utf16(name));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            // A byte order mark, which editors of Windows write: no format counts it as text.
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
                return Ok(Source::new(id, name, text).after_mark());
            }
            Ok(Source::new(id, name, text))
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            Err(UnreadFile::not_utf8(error.as_bytes(), valid, name, id))
        }
    }
}

/// Whether bytes begin as those of UTF-16, with its mark or without: no file that is read has a NUL.
fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..])
}

fn not_utf8(name: &str) -> String {
    format!("{name} is not UTF-8 text")
}

/// A file that could not be read.
#[derive(Debug)]
pub(crate) struct UnreadFile {
    /// The text as far as it can be shown.
    pub source: Option<Source>,
    /// What is wrong.
    pub problem: Problem,
}

impl UnreadFile {
    fn whole(name: &str, error: &io::Error) -> Box<Self> {
        let problem = if error.kind() == io::ErrorKind::FileTooLarge {
            Problem::in_file(name, format!("{name} is larger than 1 GiB"))
                .help("split it, or leave it out with `exclude` in dealcheck.toml")
        } else {
            Problem::in_file(name, format!("cannot read {name}: {}", reason(error)))
        };
        Box::new(Self { source: None, problem })
    }

    fn utf16(name: &str) -> Box<Self> {
        let problem =
            Problem::in_file(name, not_utf8(name)).note("it looks like UTF-16").help("save it as UTF-8");
        Box::new(Self { source: None, problem })
    }

    fn not_utf8(bytes: &[u8], valid: usize, name: &str, id: FileId) -> Box<Self> {
        let title = not_utf8(name);
        let source = Source::new(id, name, String::from_utf8_lossy(bytes));
        let span = source.span(valid..valid + char::REPLACEMENT_CHARACTER.len_utf8());
        let problem =
            Problem::at(span, title, "this is no character in UTF-8").help("save the file as UTF-8");
        Box::new(Self { source: Some(source), problem })
    }
}

/// Whether a text is empty but for comments. A file of waivers is so before the first decision and after the last.
pub(crate) fn holds_nothing(text: &str) -> bool {
    // A lone CR ends a line, too: what follows it is no comment any more.
    text.split(['\n', '\r']).map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'))
}

/// Reads a text as a tree, in the format that its name tells; one that nothing tells is YAML, as contracts are.
pub(crate) fn tree<'s>(source: &'s Source, arena: &'s Arena) -> (Option<Node<'s>>, Vec<Problem>) {
    parse(source, FileFormat::of(source.name()).unwrap_or(FileFormat::Yaml), arena)
}

/// Reads a text as a record, in the format that its name tells; what contracts share is TOML otherwise. Every problem of
/// the file is added in the order of the file.
pub(crate) fn record<R: Record>(source: &Source, problems: &mut Vec<Problem>) -> Option<R> {
    let arena = Arena::of(source);
    let format = FileFormat::of(source.name()).unwrap_or(FileFormat::Toml);
    let (node, found) = parse(source, format, &arena);
    let (record, mut found) = record_of(node.as_ref(), found);
    problems.append(&mut found);
    record
}

/// Reads a tree as a record; every problem of the file comes back in the order of the file.
pub fn record_of<R: Record>(
    node: Option<&Node<'_>>,
    mut problems: Vec<Problem>,
) -> (Option<R>, Vec<Problem>) {
    let record = node.and_then(|node| decode_file(node, &mut problems));
    sort(&mut problems);
    (record, problems)
}

/// Orders problems as they stand in the file, each once: what YAML repeats is read as often.
pub(crate) fn sort(problems: &mut Vec<Problem>) {
    let place = |problem: &Problem| problem.diagnostic.primary().map(|label| label.span);
    problems.sort_by_key(place);
    let mut sorted: Vec<Problem> = Vec::with_capacity(problems.len());
    for problem in problems.drain(..) {
        let mut same_place = sorted.iter().rev().take_while(|before| place(before) == place(&problem));
        if place(&problem).is_none() || same_place.all(|before| *before != problem) {
            sorted.push(problem);
        }
    }
    *problems = sorted;
}

/// What a file is, told by the keys of its top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// At least two of `CONTRACT_KEYS` are keys of its top level, or of an entry of a list.
    Contract,
    /// `features` or `product` are, and it is no contract.
    Roadmap,
    /// `waivers` is, and none of the keys of the others.
    Settings,
    /// Anything else.
    Other,
}

/// What a text is that was not parsed yet.
pub(crate) fn role_of(source: &Source) -> Role {
    if ![Role::Roadmap, Role::Settings].into_iter().any(|role| may_be(source.text(), role)) {
        return Role::Other;
    }
    let arena = Arena::of(source);
    let (node, problems) = tree(source, &arena);
    role(node.as_ref(), !problems.is_empty(), source.text())
}

const REQUIREMENTS_KEY: &str = "requirements";
const CONTRACT_KEYS: [&str; 5] = ["contract", "customer", REQUIREMENTS_KEY, "amends", "drop"];
const WAIVERS_KEY: &str = "waivers";
const ROADMAP_KEYS: [&str; 2] = ["features", "product"];

/// What a file that somebody named is. One that cannot be parsed, or is no table, is told by the words of its text.
pub fn role(node: Option<&Node<'_>>, broken: bool, text: &str) -> Role {
    let is_key = |key: &str| node.is_some_and(|node| has_key(&node.kind, key));
    // First: a contract with a stray `features` was once taken for a roadmap, and its promises passed over.
    if has_contract_keys(node) {
        return Role::Contract;
    }
    if ROADMAP_KEYS.into_iter().any(is_key) || node.is_some_and(|node| is_part_of_roadmap(&node.kind)) {
        return Role::Roadmap;
    }
    let words = lost_words(node, broken, text);
    if names_contract(&words) || node.is_some_and(|node| holds_contract(&node.kind)) {
        Role::Contract
    } else if ROADMAP_KEYS.into_iter().any(|key| words.contains(key)) {
        Role::Roadmap
    } else if is_key(WAIVERS_KEY) || words.contains(WAIVERS_KEY) {
        Role::Settings
    } else {
        Role::Other
    }
}

/// Whether a file that nobody named is to be read as a contract: it has the keys of one, as they are or nearly so, or
/// may have had them before it was broken, whatever else it has.
pub(crate) fn looks_like_contract(node: Option<&Node<'_>>, broken: bool, text: &str) -> bool {
    has_contract_keys(node)
        || names_contract(&lost_words(node, broken, text))
        || node.is_some_and(|node| is_nearly_contract(&node.kind) || holds_contract(&node.kind))
}

/// Whether all keys are some of a roadmap's: a part of one, such as the standard terms.
fn is_part_of_roadmap(kind: &NodeKind<'_>) -> bool {
    let is_key = |entry: &Entry<'_>| RoadmapRecord::KEYS.iter().any(|key| key.name == entry.key.value);
    let NodeKind::Map(map) = kind else { return false };
    let mut own = own_entries(map).peekable();
    own.peek().is_some() && own.all(is_key)
}

/// Whether keys were meant as those of a contract: its requirements and another one, or three.
fn is_nearly_contract(kind: &NodeKind<'_>) -> bool {
    match kind {
        NodeKind::Map(map) => are_nearly_contract(map.entries.iter().map(|entry| entry.key.value)),
        _ => false,
    }
}

fn are_nearly_contract<'t>(words: impl Iterator<Item = &'t str>) -> bool {
    let meant: BTreeSet<&str> = words.filter_map(meant_key).collect();
    meant.len() > 2 || meant.len() == 2 && meant.contains(REQUIREMENTS_KEY)
}

/// The key of a contract that a word is, in another spelling or with one letter wrong, or that people write it for.
fn meant_key(word: &str) -> Option<&'static str> {
    // Nothing that is longer or shorter is any of them.
    if !(4..=2 * REQUIREMENTS_KEY.len()).contains(&word.len()) {
        return None;
    }
    let word = in_one_word(word);
    let is_near = |key: &str| {
        // With one letter wrong, or two that changed their places, its first third or its last one is as it was.
        let third = key.len() / 3;
        let is_alike = word.starts_with(&key[..third]) || word.ends_with(&key[key.len() - third..]);
        third > 1
            && is_alike
            && word.len().abs_diff(key.len()) < 2
            && osa::distance(word.chars(), key.chars()) < 2
    };
    let is_called = |key: &str| {
        let known = ContractRecord::KEYS.iter().find(|known| known.name == key);
        known.is_some_and(|known| known.also.contains(&&*word))
    };
    let is_meant = |key: &&&str| word == **key || is_near(key) || is_called(key);
    CONTRACT_KEYS.iter().find(is_meant).copied()
}

/// How many tables and lists deep a contract is looked for.
const MOST_DEPTH: usize = 8;

/// Whether a contract stands below some key. Of what stands under the only key two keys of a contract are enough;
/// elsewhere, it promises something, too: that many a file of another program names a contract and its customer.
fn holds_contract(kind: &NodeKind<'_>) -> bool {
    let NodeKind::Map(map) = kind else { return false };
    // What `lint` wrote repeats the contracts that it read.
    let is_told = ["version", "today"].into_iter().all(|key| has_key(kind, key));
    let own = || own_entries(map).filter(|entry| entry.key.value != "$schema");
    let only = own().next().filter(|_| own().nth(1).is_none());
    only.is_some_and(|only| has_contract_keys(Some(&only.value)))
        || !is_told && has_promises(kind, MOST_DEPTH)
}

/// The entries of a table whose keys are not somebody's own.
fn own_entries<'m>(map: &'m Map<'_>) -> impl Iterator<Item = &'m Entry<'m>> {
    map.entries.iter().filter(|entry| !is_extension(entry.key.value))
}

/// Whether something is a contract that promises or changes promises, or holds one, at most so many tables and lists deep.
fn has_promises(kind: &NodeKind<'_>, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    match kind {
        NodeKind::Map(map) => {
            promises(map) || own_entries(map).any(|entry| has_promises(&entry.value.kind, depth - 1))
        }
        NodeKind::List(items) => items.iter().any(|item| has_promises(&item.kind, depth - 1)),
        _ => false,
    }
}

/// Whether a table says whose contract it is and what changes by it, or holds requirements of features. A table says neither
/// if it describes keys, as a schema does.
fn promises(map: &Map<'_>) -> bool {
    // What `index` wrote has each `promise` by that key.
    let is_requirement = |node: &Node<'_>| {
        ["feature", "service"].into_iter().any(|key| has_key(&node.kind, key))
            && !has_key(&node.kind, "promise")
    };
    let (mut keys, mut is_named, mut is_change) = (0, false, false);
    for entry in map.entries {
        let is_text = matches!(entry.value.kind, NodeKind::Text(_) | NodeKind::Number(_));
        match CONTRACT_KEYS.into_iter().find(|key| entry.key.value.eq_ignore_ascii_case(key)) {
            Some(key @ ("contract" | "customer" | "amends")) if is_text => {
                (keys, is_named, is_change) = (keys + 1, true, is_change || key == "amends");
            }
            Some(REQUIREMENTS_KEY | "drop") if !matches!(entry.value.kind, NodeKind::Null) => {
                (keys, is_change) = (keys + 1, true);
            }
            _ => {}
        }
        let is_meant = || meant_key(entry.key.value) == Some(REQUIREMENTS_KEY);
        let is_list = match &entry.value.kind {
            NodeKind::List(items) => items.iter().any(is_requirement),
            _ => is_requirement(&entry.value),
        };
        if is_list && is_meant() {
            return true;
        }
    }
    keys > 1 && is_named && is_change
}

fn has_contract_keys(node: Option<&Node<'_>>) -> bool {
    let has_keys = |kind: &NodeKind<'_>| CONTRACT_KEYS.iter().filter(|key| has_key(kind, key)).count() >= 2;
    node.is_some_and(|node| match &node.kind {
        // A list of contracts is no contract, and must be an error instead of a file that is passed over.
        NodeKind::List(entries) => entries.iter().any(|entry| has_keys(&entry.kind)),
        kind => has_keys(kind),
    })
}

fn has_key(kind: &NodeKind<'_>, key: &str) -> bool {
    match kind {
        // `Contract:` is a mistake that is told only if the file is read.
        NodeKind::Map(map) => map.entries.iter().any(|entry| entry.key.value.eq_ignore_ascii_case(key)),
        _ => false,
    }
}

fn names_contract(words: &str) -> bool {
    CONTRACT_KEYS.into_iter().filter(|key| words.contains(key)).nth(1).is_some()
}

/// The text where keys may be lost in it: it was not read whole, or as something that has no keys.
fn lost_words(node: Option<&Node<'_>>, broken: bool, text: &str) -> String {
    let has_structure = node.is_some_and(|node| matches!(node.kind, NodeKind::Map(_) | NodeKind::List(_)));
    let is_lost = (broken || !has_structure) && !holds_nothing(text);
    if is_lost { plain_words(text) } else { String::new() }
}

/// Whether a text can have the role of a roadmap or a contract at all: a quick look before it is parsed.
pub(crate) fn may_be(text: &str, role: Role) -> bool {
    let has_keys = |text: &str| match role {
        Role::Roadmap => RoadmapRecord::KEYS.iter().any(|key| mentions(text, key.name)),
        // The second key that is found settles it: the rarest ones, which take a look at all of the text, are last.
        Role::Contract => CONTRACT_KEYS.into_iter().filter(|key| mentions(text, key)).nth(1).is_some(),
        Role::Settings => mentions(text, WAIVERS_KEY),
        Role::Other => true,
    };
    let is_nearly_one = || {
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        role == Role::Contract && are_nearly_contract(text.split(|letter| !is_part(letter)))
    };
    has_keys(text) || has_keys(&plain_words(text)) || is_nearly_one()
}

/// A text in which each letter is itself, and small: where a format lets it be escaped, what it stands for.
fn plain_words(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // A text in double quotes goes on where the next line begins: `"con\` and `tract"` are one word to YAML.
        if let Some(next) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) {
            rest = next.trim_start_matches([' ', '\t']);
            continue;
        }
        let digits = match rest.bytes().next() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let escaped = rest.get(1..=digits).filter(|digits| !digits.is_empty());
        let number = escaped.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match number.and_then(char::from_u32) {
            Some(letter) => {
                plain.push(letter);
                rest = &rest[digits + 1..];
            }
            None => plain.push('\\'),
        }
    }
    plain.push_str(rest);
    // Between the letters of UTF-16.
    plain.retain(|letter| letter != '\0');
    plain.make_ascii_lowercase();
    plain
}

/// Whether a text has a word somewhere.
pub(crate) fn mentions(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role_of(text: &str, format: FileFormat) -> Role {
        let source = Source::new(FileId(0), "x", text);
        let arena = Arena::of(&source);
        let (node, problems) = parse(&source, format, &arena);
        role(node.as_ref(), !problems.is_empty(), source.text())
    }

    #[test]
    fn a_file_is_what_its_top_level_says() {
        assert_eq!(role_of("features: {}", FileFormat::Yaml), Role::Roadmap);
        assert_eq!(role_of("contract: A\ncustomer: B", FileFormat::Yaml), Role::Contract);
        assert_eq!(role_of("contract: A\nx: {customer: B}", FileFormat::Yaml), Role::Other);
        assert_eq!(role_of("[[requirements]]\n[x]\n", FileFormat::Toml), Role::Other);
        assert_eq!(role_of("features: {}\namends: A\ndrop: B", FileFormat::Yaml), Role::Contract);
        assert_eq!(role_of("[terms.payment]\nstandard = \"<= 45 days\"", FileFormat::Toml), Role::Roadmap);
        assert_eq!(role_of("[teams]\n[releases]", FileFormat::Toml), Role::Roadmap);
        assert_eq!(role_of("[terms]\n[period]", FileFormat::Toml), Role::Other);
    }

    #[test]
    fn a_broken_contract_is_a_contract() {
        assert_eq!(role_of("contract: [A\ncustomer: B\n", FileFormat::Yaml), Role::Contract);
        assert_eq!(role_of("contract = \ncustomer = 'B'\n", FileFormat::Toml), Role::Contract);
        assert_eq!(role_of("{\"contract\": 1,\n \"customer\": }", FileFormat::Json), Role::Contract);
        assert_eq!(
            role_of("# of contract and customer\nfeatures:\n  a: [\n", FileFormat::Yaml),
            Role::Roadmap
        );
    }

    #[test]
    fn invalid_utf8_is_shown_at_its_place() {
        let unread = bytes(&b"a: b\nc: \xff\xfe\n"[..], "x.yaml", FileId(0)).unwrap_err();
        let span = unread.problem.diagnostic.primary().unwrap().span;
        assert_eq!(unread.source.unwrap().position(span.start as usize).line, 2);
    }
}
