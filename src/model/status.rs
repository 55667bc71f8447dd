//! Where an offer stands on its way into the product and out of it.

use std::collections::BTreeMap;
use std::fmt;

use crate::text::or_list;

use super::misread::{Misread, ReadError};
use super::number::{short, within};
use super::unit::near;

/// The nine statuses, in the order of a feature's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Thought of, not decided.
    Idea,
    /// Decided, not begun.
    Planned,
    /// Being built.
    InProgress,
    /// Used by some customers before its release.
    Beta,
    /// Available.
    Shipped,
    /// Begun or planned, and stopped for now.
    Paused,
    /// Available, and on its way out.
    Deprecated,
    /// No longer available.
    Retired,
    /// Decided against.
    Rejected,
}

/// What other tools call the statuses, without blanks, hyphens and underscores.
const VOCABULARY: &[(&str, Status)] = &[
    ("ga", Status::Shipped),
    ("generallyavailable", Status::Shipped),
    ("generalavailability", Status::Shipped),
    ("launched", Status::Shipped),
    ("released", Status::Shipped),
    ("live", Status::Shipped),
    ("preview", Status::Beta),
    ("publicpreview", Status::Beta),
    ("earlyaccess", Status::Beta),
    ("limitedavailability", Status::Beta),
    ("rollingout", Status::Beta),
    ("indevelopment", Status::InProgress),
    ("inreview", Status::InProgress),
    ("codecomplete", Status::InProgress),
    ("alpha", Status::InProgress),
    ("privatepreview", Status::InProgress),
    ("scheduled", Status::Planned),
    ("underconsideration", Status::Idea),
    ("candidate", Status::Idea),
    ("backlog", Status::Idea),
    ("onhold", Status::Paused),
    ("deferred", Status::Paused),
    ("endoflife", Status::Retired),
    ("removed", Status::Retired),
    ("cancelled", Status::Rejected),
    ("canceled", Status::Rejected),
    ("declined", Status::Rejected),
    ("withdrawn", Status::Rejected),
    ("wontdo", Status::Rejected),
];

/// What tools call work that is over, which says nothing about what customers can use.
const FINISHED: &[&str] = &["done", "closed", "complete", "completed", "finished", "resolved"];

/// Further words for statuses, as a configuration gives them.
#[derive(Clone, Debug, Default)]
pub struct Statuses {
    /// Each word with what it means; none where that could not be read.
    pub words: BTreeMap<String, Option<Status>>,
    /// Whether words may have been lost to an error.
    pub incomplete: bool,
}

impl Status {
    /// All of them, in the order of a feature's life.
    pub const ALL: [Self; 9] = [
        Self::Idea,
        Self::Planned,
        Self::InProgress,
        Self::Beta,
        Self::Shipped,
        Self::Paused,
        Self::Deprecated,
        Self::Retired,
        Self::Rejected,
    ];

    /// Reads a status: the configuration's own words first, then the nine, then common vocabularies. Case,
    /// hyphens, underscores, apostrophes and blanks make no difference. No unknown word is ever a status.
    pub fn parse(text: &str, custom: &Statuses) -> Result<Self, ReadError> {
        let wanted = folded(text);
        if let Some((_, status)) = custom.words.iter().find(|(word, _)| folded(word) == wanted) {
            return status.ok_or(ReadError::Reported);
        }
        if let Some(status) = Self::ALL.into_iter().find(|status| folded(status.name()) == wanted) {
            return Ok(status);
        }
        if custom.incomplete {
            return Err(ReadError::Reported);
        }
        let common = VOCABULARY.iter().find_map(|&(word, status)| (word == wanted).then_some(status));
        Ok(common.ok_or_else(|| within(unknown(text.trim(), &wanted, custom), text, text.trim()))?)
    }

    /// Reads what the configuration says that a word means: one of the nine, or of the common vocabularies.
    pub fn parse_meaning(text: &str) -> Result<Self, Misread> {
        Self::parse(text, &Statuses::default()).map_err(|_| {
            let trimmed = text.trim();
            within(none_of_the_nine(trimmed, Self::ALL.map(Self::name)), text, trimmed)
        })
    }

    /// Whether it is still to ship.
    pub const fn is_before_release(self) -> bool {
        matches!(self, Self::Idea | Self::Planned | Self::InProgress | Self::Beta | Self::Paused)
    }

    /// As it is written in files: `in-progress`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::Beta => "beta",
            Self::Shipped => "shipped",
            Self::Paused => "paused",
            Self::Deprecated => "deprecated",
            Self::Retired => "retired",
            Self::Rejected => "rejected",
        }
    }

    /// As it reads in a sentence: `in progress`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::InProgress => "in progress",
            other => other.name(),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\'' | '\u{2019}'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn unknown(text: &str, wanted: &str, custom: &Statuses) -> Misread {
    if FINISHED.contains(&wanted) {
        let title = format!("`{}` says that work is finished, not that the feature shipped", short(text));
        return Misread::new(title, expected()).help(format!(
            "to say what it means here, add `{wanted} = \"shipped\"` under `[statuses]` in dealcheck.toml"
        ));
    }
    let known = custom.words.keys().map(String::as_str).chain(Status::ALL.map(Status::name));
    none_of_the_nine(text, known).help("other words are given a meaning under `[statuses]` in dealcheck.toml")
}

fn none_of_the_nine<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Misread {
    let misread = Misread::new(format!("`{}` is not a status", short(text)), expected());
    match near(text, known) {
        Some(like) => misread.did_you_mean(like),
        None => misread,
    }
}

fn expected() -> String {
    format!("expected {}", or_list(&Status::ALL.map(|status| format!("`{status}`"))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Result<Status, Misread> {
        Status::parse(text, &Statuses::default()).map_err(|error| match error {
            ReadError::Misread(misread) => misread,
            ReadError::Reported => panic!("{text}: nothing is broken"),
        })
    }

    #[test]
    fn common_words_are_read() {
        for (text, status) in [
            ("In_Progress", Status::InProgress),
            ("in progress", Status::InProgress),
            ("GA", Status::Shipped),
            ("Generally-Available", Status::Shipped),
            ("private preview", Status::InProgress),
            ("Public Preview", Status::Beta),
            ("won't do", Status::Rejected),
            ("Won\u{2019}t Do", Status::Rejected),
            ("wont-do", Status::Rejected),
            (" on hold ", Status::Paused),
        ] {
            assert_eq!(plain(text), Ok(status), "{text}");
        }
    }

    #[test]
    fn the_configuration_wins() {
        let words = [("Done".to_owned(), Some(Status::Shipped)), ("alpha".to_owned(), Some(Status::Beta))];
        let custom = Statuses { words: words.into(), incomplete: false };
        assert_eq!(Status::parse("done", &custom), Ok(Status::Shipped));
        assert_eq!(Status::parse("Alpha", &custom), Ok(Status::Beta));
    }

    #[test]
    fn a_broken_meaning_is_told_once() {
        let mut custom = Statuses { words: [("alpha".to_owned(), None)].into(), incomplete: false };
        assert_eq!(Status::parse("Alpha", &custom), Err(ReadError::Reported));
        assert_eq!(Status::parse("GA", &custom), Ok(Status::Shipped));
        custom.incomplete = true;
        assert_eq!(Status::parse("GA", &custom), Err(ReadError::Reported));
        assert_eq!(Status::parse("planned", &custom), Ok(Status::Planned));
    }

    #[test]
    fn finished_work_is_not_a_shipped_feature() {
        for word in FINISHED {
            let misread = plain(word).unwrap_err();
            assert_eq!(
                misread.title,
                format!("`{word}` says that work is finished, not that the feature shipped")
            );
            assert!(misread.helps[0].text.contains(&format!("{word} = \"shipped\"")));
        }
    }

    #[test]
    fn unknown_words_show_the_nearest() {
        let misread = plain("shiped").unwrap_err();
        assert_eq!(misread.title, "`shiped` is not a status");
        assert_eq!(misread.helps[0].text, "did you mean `shipped`?");
        assert!(plain("").is_err());
    }

    #[test]
    fn the_vocabulary_is_folded_and_unambiguous() {
        for (at, (word, _)) in VOCABULARY.iter().enumerate() {
            assert_eq!(folded(word), *word);
            let names = Status::ALL.map(|status| folded(status.name()));
            assert!(!FINISHED.contains(word) && !names.iter().any(|name| name == word), "{word}");
            assert!(VOCABULARY[at + 1..].iter().all(|(other, _)| other != word), "{word}");
        }
        for status in Status::ALL {
            assert_eq!(plain(status.name()), Ok(status));
            assert_eq!(plain(status.words()), Ok(status));
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in ".*") {
            let _ = plain(&text);
        }
    }
}
