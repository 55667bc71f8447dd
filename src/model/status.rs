//! Where an offer stands on its way into the product and out of it.

use std::collections::BTreeMap;
use std::fmt;

use crate::text::{clean_truncated, in_backticks, or_list, toml_key};

use super::misread::{Misread, ReadError, one_of};
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
    ("wontfix", Status::Rejected),
];

/// Words for finished work, which is not a shipped feature.
// Never in the vocabulary above: Jira closes what nobody built as done, and a promise of it would be kept.
const FINISHED: &[&str] = &["done", "closed", "complete", "completed", "finished", "resolved"];

/// How far a deal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContractStatus {
    /// Still to be signed: its words can be changed.
    Draft,
    /// Signed: its words cannot be changed.
    Signed,
    /// Over; never linted.
    Ended,
    /// Not won; never linted.
    Lost,
}

impl ContractStatus {
    /// All of them, as they are written.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Signed, Self::Ended, Self::Lost];

    /// Whether the deal's promises are judged.
    pub fn is_linted(self) -> bool {
        matches!(self, Self::Draft | Self::Signed)
    }

    /// Reads a contract's status: the configuration's words first. A deal is called closed when it is signed as well as
    /// when it is over: nobody can tell which is meant.
    pub fn parse(text: &str, custom: &Statuses<Self>) -> Result<Self, ReadError> {
        let own = |wanted: &str| Self::ALL.into_iter().find(|status| status.to_string() == wanted);
        if let Some(status) = custom.read(text, own)? {
            return Ok(status);
        }
        let word = text.trim();
        let mapped =
            format!("under `[contract-statuses]` in dealcheck.toml, such as `{}`", line(word, "signed"));
        if word.eq_ignore_ascii_case("closed") {
            let title = format!("`{word}` is said of deals that are signed, and of deals that are over");
            return Err(Misread::new(title, "signed, or ended?")
                .instead("signed", "write `signed` if what it promises is still to be kept")
                .instead("ended", "write `ended` if it is over: then it is not checked")
                .help(format!("or say what it means in all contracts, {mapped}"))
                .into());
        }
        let misread = match Self::parse_meaning(text) {
            Ok(status) => return Ok(status),
            Err(misread) => misread,
        };
        // What is like a word is that word with a letter wrong: to give it a meaning would keep the mistake.
        Err(if misread.helps.is_empty() {
            misread.help(format!("to say what it means here, add a line {mapped}")).into()
        } else {
            misread.into()
        })
    }

    /// Reads what the configuration says that a word means.
    pub fn parse_meaning(text: &str) -> Result<Self, Misread> {
        one_of(text, &Self::ALL, "a contract's status")
    }
}

impl fmt::Display for ContractStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Ended => "ended",
            Self::Lost => "lost",
        })
    }
}

/// Further words for statuses, of offers or of contracts, as a configuration gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct Statuses<S = Status> {
    /// Each word with what it means; none where that could not be read.
    pub words: BTreeMap<String, Option<S>>,
    /// Whether words may have been lost to an error.
    pub incomplete: bool,
}

impl<S> Default for Statuses<S> {
    fn default() -> Self {
        Self { words: BTreeMap::new(), incomplete: false }
    }
}

impl<S: Copy> Statuses<S> {
    /// Reads a status: these words first, then the own ones. What is none of them may be one that was lost.
    pub fn read(&self, text: &str, own: impl FnOnce(&str) -> Option<S>) -> Result<Option<S>, ReadError> {
        let wanted = folded(text);
        if let Some((_, status)) = self.words.iter().find(|(word, _)| folded(word) == wanted) {
            return status.map(Some).ok_or(ReadError::Reported);
        }
        match own(&wanted) {
            // The configuration may have said what it means: a second error would send people to the wrong file.
            None if self.incomplete => Err(ReadError::Reported),
            known => Ok(known),
        }
    }
}

/// The line of a configuration that gives a word a meaning.
fn line(word: &str, meaning: &str) -> String {
    format!("{} = \"{meaning}\"", toml_key(&clean_truncated(word, LONGEST_WORD)))
}

/// The most characters of a word in a line to paste.
const LONGEST_WORD: usize = 60;

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
        let nine = |wanted: &str| {
            let letters = |status: &Self| status.name().bytes().filter(|letter| *letter != b'-');
            Self::ALL.into_iter().find(|status| letters(status).eq(wanted.bytes()))
        };
        if let Some(status) = custom.read(text, nine)? {
            return Ok(status);
        }
        let wanted = folded(text);
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

    /// Whether it has shipped and is still there.
    pub(crate) const fn is_released(self) -> bool {
        matches!(self, Self::Shipped | Self::Deprecated)
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

/// A status without what makes no difference: case, blanks, hyphens, underscores and apostrophes.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\'' | '\u{2019}'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn unknown(text: &str, wanted: &str, custom: &Statuses) -> Misread {
    if is_finished(wanted) {
        let title = format!("`{}` says that work is finished, not that the feature shipped", short(text));
        return Misread::new(title, expected()).help(format!(
            "to say what it means here, add `{wanted} = \"shipped\"` under `[statuses]` in dealcheck.toml"
        ));
    }
    let known = custom.words.keys().map(String::as_str).chain(Status::ALL.map(Status::name));
    let misread = none_of_the_nine(text, known);
    if !misread.helps.is_empty() {
        return misread;
    }
    misread.help(format!(
        "to say what it means here, add a line under `[statuses]` in dealcheck.toml, such as `{}`",
        line(text, Status::Planned.name())
    ))
}

/// Whether a word says that work is finished, which is not that a feature shipped.
pub(crate) fn is_finished(text: &str) -> bool {
    FINISHED.contains(&folded(text).as_str())
}

fn none_of_the_nine<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Misread {
    Misread::new(format!("`{}` is not a status", short(text)), expected()).did_you_mean(near(text, known))
}

fn expected() -> String {
    format!("expected {}", or_list(&in_backticks(Status::ALL)))
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
