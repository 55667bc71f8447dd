//! Where an offer stands on its way into the product and out of it.

use std::collections::BTreeMap;
use std::fmt;

use super::misread::Misread;
use super::number::{short, within};
use crate::text::{nearest, or_list};

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
    pub fn parse(text: &str, custom: &BTreeMap<String, Self>) -> Result<Self, Misread> {
        let wanted = folded(text);
        let known = custom
            .iter()
            .find_map(|(word, &status)| (folded(word) == wanted).then_some(status))
            .or_else(|| Self::ALL.into_iter().find(|status| folded(status.name()) == wanted))
            .or_else(|| VOCABULARY.iter().find_map(|&(word, status)| (word == wanted).then_some(status)));
        known.ok_or_else(|| within(misread(text.trim(), &wanted, custom), text, text.trim()))
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

fn misread(text: &str, wanted: &str, custom: &BTreeMap<String, Status>) -> Misread {
    let names = Status::ALL.map(|status| format!("`{status}`"));
    let misread = if FINISHED.contains(&wanted) {
        return Misread::new(
            format!("`{}` says that work is finished, not that the feature shipped", short(text)),
            format!("expected {}", or_list(&names)),
        )
        .help(format!(
            "to say what it means here, add `{wanted} = \"shipped\"` under `[statuses]` in dealcheck.toml"
        ));
    } else {
        Misread::new(format!("`{}` is not a status", short(text)), format!("expected {}", or_list(&names)))
    };
    let known = custom.keys().map(String::as_str).chain(Status::ALL.map(Status::name));
    let like = if text.len() > 60 { None } else { nearest(text, known) };
    let misread =
        like.into_iter().fold(misread, |misread, like| misread.help(format!("did you mean `{like}`?")));
    misread.help("other words are given a meaning under `[statuses]` in dealcheck.toml")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Result<Status, Misread> {
        Status::parse(text, &BTreeMap::new())
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
        let custom = [("Done".to_owned(), Status::Shipped), ("alpha".to_owned(), Status::Beta)].into();
        assert_eq!(Status::parse("done", &custom), Ok(Status::Shipped));
        assert_eq!(Status::parse("Alpha", &custom), Ok(Status::Beta));
    }

    #[test]
    fn finished_work_is_not_a_shipped_feature() {
        for word in FINISHED {
            let misread = plain(word).unwrap_err();
            assert_eq!(
                misread.title,
                format!("`{word}` says that work is finished, not that the feature shipped")
            );
            assert!(misread.helps[0].contains(&format!("{word} = \"shipped\"")));
        }
    }

    #[test]
    fn unknown_words_show_the_nearest() {
        let misread = plain("shiped").unwrap_err();
        assert_eq!(misread.title, "`shiped` is not a status");
        assert_eq!(misread.helps[0], "did you mean `shipped`?");
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
