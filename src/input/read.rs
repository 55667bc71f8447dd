//! One file: its bytes to a source, a source to a record.

use std::io::{self, Read};
use std::path::Path;

use memchr::memmem;

use crate::diagnostic::Problem;
use crate::source::{FileId, Source};
use crate::text::reason;

use super::decode::{Record, decode_file};
use super::files::{Files, bounded};
use super::parse::{Kind, Node};

/// Reads a file's text. Where that fails there may still be a source, to show the place of what is wrong.
///
/// `name` is the path as it is shown.
pub fn source(files: &dyn Files, path: &Path, name: &str, id: FileId) -> Result<Source, Box<Unread>> {
    text(files.read(path), name, id)
}

/// Reads standard input, or anything else that can be read.
pub fn bytes(reader: impl Read, name: &str, id: FileId) -> Result<Source, Box<Unread>> {
    text(bounded(reader, 0), name, id)
}

fn text(bytes: io::Result<Vec<u8>>, name: &str, id: FileId) -> Result<Source, Box<Unread>> {
    let bytes = bytes.map_err(|error| Unread::whole(name, &error))?;
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
                return Ok(Source::new(id, name, text).after_mark());
            }
            Ok(Source::new(id, name, text))
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            Err(Unread::not_utf8(error.as_bytes(), valid, name, id))
        }
    }
}

/// A file that could not be read.
#[derive(Debug)]
pub struct Unread {
    /// The text as far as it can be shown.
    pub source: Option<Source>,
    /// What is wrong.
    pub problem: Problem,
}

impl Unread {
    fn whole(name: &str, error: &io::Error) -> Box<Self> {
        let problem = if error.kind() == io::ErrorKind::FileTooLarge {
            Problem::in_file(name, format!("{name} is larger than 1 GiB"))
                .help("split it, or leave it out with `exclude` in dealcheck.toml")
        } else {
            Problem::in_file(name, format!("cannot read {name}: {}", reason(error)))
        };
        Box::new(Self { source: None, problem })
    }

    fn not_utf8(bytes: &[u8], valid: usize, name: &str, id: FileId) -> Box<Self> {
        let title = format!("{name} is not UTF-8 text");
        if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            let problem = Problem::in_file(name, title).note("it looks like UTF-16").help("save it as UTF-8");
            return Box::new(Self { source: None, problem });
        }
        let source = Source::new(id, name, String::from_utf8_lossy(bytes));
        let span = source.span(valid..valid + char::REPLACEMENT_CHARACTER.len_utf8());
        let problem =
            Problem::at(span, title, "this is no character in UTF-8").help("save the file as UTF-8");
        Box::new(Self { source: Some(source), problem })
    }
}

/// Whether a text is empty but for comments. A file of waivers is so before the first decision and after the last.
pub fn holds_nothing(text: &str) -> bool {
    text.lines().map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'))
}

/// Reads a tree as a record; every problem of the file comes back in the order of the file.
pub fn record<R: Record>(node: Option<&Node<'_>>, mut problems: Vec<Problem>) -> (Option<R>, Vec<Problem>) {
    let record = node.and_then(|node| decode_file(node, &mut problems));
    sort(&mut problems);
    (record, problems)
}

/// Orders problems as they stand in the file, each once: what YAML repeats is read as often.
pub fn sort(problems: &mut Vec<Problem>) {
    let place = |problem: &Problem| problem.diagnostic.primary().map(|label| label.span);
    problems.sort_by_key(place);
    let mut kept: Vec<Problem> = Vec::with_capacity(problems.len());
    for problem in problems.drain(..) {
        let mut same_place = kept.iter().rev().take_while(|before| place(before) == place(&problem));
        if place(&problem).is_none() || same_place.all(|before| *before != problem) {
            kept.push(problem);
        }
    }
    *problems = kept;
}

/// What a file is, told by the keys of its top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `features` or `product` are keys of its top level.
    Roadmap,
    /// At least two of `contract`, `customer`, `requirements`, `amends` are.
    Contract,
    /// `waivers` is, and none of the keys of the others.
    Settings,
    /// Anything else.
    Other,
}

const CONTRACT_KEYS: [&str; 4] = ["contract", "customer", "requirements", "amends"];
const WAIVERS_KEY: &str = "waivers";
const ROADMAP_KEYS: [&str; 2] = ["features", "product"];

/// What a file is. One that cannot be parsed is told by keys in its text, so that a broken contract is
/// never passed over.
pub fn role(node: Option<&Node<'_>>, broken: bool, text: &str) -> Role {
    let in_tree = |key: &str| match node.map(|node| &node.kind) {
        Some(Kind::Map(map)) => map.entries.iter().any(|entry| entry.key.value == key),
        _ => false,
    };
    let in_text = |key: &str| broken && has_key_in_text(text, key);
    if ROADMAP_KEYS.into_iter().any(in_tree) {
        Role::Roadmap
    } else if CONTRACT_KEYS.into_iter().filter(|key| in_tree(key) || in_text(key)).count() >= 2 {
        Role::Contract
    } else if ROADMAP_KEYS.into_iter().any(in_text) {
        Role::Roadmap
    } else if in_tree(WAIVERS_KEY) || in_text(WAIVERS_KEY) {
        Role::Settings
    } else {
        Role::Other
    }
}

/// Whether a text can have the role of a roadmap or a contract at all: a quick look before it is parsed.
pub fn may_be(text: &str, role: Role) -> bool {
    match role {
        Role::Roadmap => ROADMAP_KEYS.into_iter().any(|key| mentions(text, key)),
        // The second key that is found settles it: the rarest one, which takes a look at all of the text, is last.
        Role::Contract => CONTRACT_KEYS.into_iter().filter(|key| mentions(text, key)).nth(1).is_some(),
        Role::Settings => mentions(text, WAIVERS_KEY),
        Role::Other => true,
    }
}

/// Whether a text has a word somewhere.
pub fn mentions(text: &str, word: &str) -> bool {
    memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// Whether some line of the text begins as `key:`, `"key":`, `key =`, `[key` or `[[key` do.
fn has_key_in_text(text: &str, key: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches([' ', '\t', '{', '[', '"', '\'']);
        line.strip_prefix(key).is_some_and(|rest| {
            rest.trim_start_matches(['"', '\'']).trim_start().starts_with([':', '=', ']', '.'])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::parse::{Arena, Format, parse};

    fn role_of(text: &str, format: Format) -> Role {
        let source = Source::new(FileId(0), "x", text);
        let arena = Arena::of(&source);
        let (node, problems) = parse(&source, format, &arena);
        role(node.as_ref(), !problems.is_empty(), source.text())
    }

    #[test]
    fn a_file_is_what_its_top_level_says() {
        assert_eq!(role_of("features: {}", Format::Yaml), Role::Roadmap);
        assert_eq!(role_of("contract: A\ncustomer: B", Format::Yaml), Role::Contract);
        assert_eq!(role_of("contract: A\nx: {customer: B}", Format::Yaml), Role::Other);
        assert_eq!(role_of("[[requirements]]\n[x]\n", Format::Toml), Role::Other);
    }

    #[test]
    fn a_broken_contract_is_a_contract() {
        assert_eq!(role_of("contract: [A\ncustomer: B\n", Format::Yaml), Role::Contract);
        assert_eq!(role_of("contract = \ncustomer = 'B'\n", Format::Toml), Role::Contract);
        assert_eq!(role_of("{\"contract\": 1,\n \"customer\": }", Format::Json), Role::Contract);
    }

    #[test]
    fn invalid_utf8_is_shown_at_its_place() {
        let unread = bytes(&b"a: b\nc: \xff\xfe\n"[..], "x.yaml", FileId(0)).unwrap_err();
        let span = unread.problem.diagnostic.primary().unwrap().span;
        assert_eq!(unread.source.unwrap().position(span.start as usize).line, 2);
    }
}
