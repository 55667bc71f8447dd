//! Why a text is not the value that it should be.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

use crate::diagnostic::{Help, Problem};
use crate::input::decode::{Field, Scalar, Text};
use crate::source::{Span, Spanned};
use crate::text::{in_backticks, nearest, or_list};

/// What to write instead of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// In words.
    pub text: String,
    /// The corrected text as a whole, if known.
    pub instead: Option<String>,
}

impl<T: Into<String>> From<T> for Advice {
    fn from(text: T) -> Self {
        Self { text: text.into(), instead: None }
    }
}

#[cfg(test)]
impl PartialEq<&str> for Advice {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

/// What is wrong with a text, before it is known where the text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// One sentence: what is wrong.
    pub title: String,
    /// Words under the text: what was expected. Lower case, no full stop.
    pub label: String,
    /// What to write instead; where a text is ambiguous, every reading.
    pub helps: Vec<Advice>,
    /// The bytes of the text that are wrong, where it is not all of it.
    pub part: Option<Range<usize>>,
}

impl Misread {
    /// Something wrong with all of a text.
    pub fn new(title: impl Into<String>, label: impl Into<String>) -> Self {
        Self { title: title.into(), label: label.into(), helps: Vec::new(), part: None }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(Advice::from(help));
        self
    }

    /// Adds what to write instead, with the text that is then right.
    #[must_use]
    pub fn instead(mut self, instead: impl Into<String>, help: impl Into<String>) -> Self {
        self.helps.push(Advice { text: help.into(), instead: Some(instead.into()) });
        self
    }

    /// Asks whether a word was meant, where one is near.
    #[must_use]
    pub fn did_you_mean(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.instead(near, format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// Takes what is right instead of a part of a text for what is right instead of all of it.
    #[must_use]
    pub fn around(mut self, text: &str, part: Range<usize>) -> Self {
        let (before, after) = (text.get(..part.start), text.get(part.end..));
        for help in &mut self.helps {
            let whole = |part: String| Some(format!("{}{part}{}", before?, after?));
            help.instead = help.instead.take().and_then(whole);
        }
        self
    }

    /// Narrows what is wrong to a range of the text's bytes.
    #[must_use]
    pub fn part(mut self, part: Range<usize>) -> Self {
        self.part = Some(part);
        self
    }

    /// Widens what is wrong to all of the text.
    #[must_use]
    pub fn of_all(mut self) -> Self {
        self.part = None;
        self
    }

    /// The problem at the place of a term that is a text, or a yes or no.
    pub(super) fn at_scalar(self, scalar: &Scalar) -> Problem {
        match scalar {
            Scalar::Text(text) => self.at(text),
            Scalar::Bool(value) => self.at(&Text::new(value.value.to_string().into(), value.span)),
        }
    }

    /// The problem at the place of the text.
    pub fn at(self, text: &Text) -> Problem {
        let span = self.part.map_or(text.span, |part| place_of(text, part));
        let problem = Problem::at(span, self.title, self.label);
        let help = |Advice { text: words, instead }| match instead {
            Some(instead) => Help::from(words).replacing(text.span, instead),
            None => words.into(),
        };
        problem.helps(self.helps.into_iter().map(help))
    }
}

/// Reads a setting that is one of some words; what is wrong with it is reported.
pub(super) fn setting<T: Copy>(
    field: &Field<Text>,
    name: &str,
    choices: &[(&str, T)],
    problems: &mut Vec<Problem>,
) -> Field<T> {
    field.and_then(|text| Some(value(text, problems, |text| choice(text, name, choices))?.value))
}

/// Reads a setting that is one of some words, in any case.
pub(crate) fn choice<T: Copy>(text: &str, setting: &str, choices: &[(&str, T)]) -> Result<T, Misread> {
    let wanted = text.trim();
    let found = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map(|&(_, value)| value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|&(name, _)| name).collect();
        none_of(&names, wanted, format!("`{wanted}` is no value of `{setting}`"))
    })
}

/// Reads one of some words, in any case.
pub(crate) fn one_of<T: Copy + fmt::Display>(text: &str, known: &[T], what: &str) -> Result<T, Misread> {
    let found = known.iter().find(|known| known.to_string().eq_ignore_ascii_case(text.trim()));
    found.copied().ok_or_else(|| {
        let names: Vec<String> = known.iter().map(T::to_string).collect();
        none_of(&names, text, format!("`{text}` is not {what}"))
    })
}

/// Says that a text is none of some words, and which of them it is spelled most like.
pub(crate) fn none_of(words: &[impl AsRef<str>], text: &str, title: String) -> Misread {
    let words = || words.iter().map(AsRef::as_ref);
    let quoted = in_backticks(words());
    Misread::new(title, format!("expected {}", or_list(&quoted))).did_you_mean(nearest(text, words()))
}

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// To be reported at the text.
    Misread(Misread),
    /// What it is read with is broken, and was reported there: nothing to say.
    Reported,
}

impl ReadError {
    /// Reports it at the text, where that is still to be done.
    pub fn report(self, text: &Text, problems: &mut Vec<Problem>) {
        if let Self::Misread(misread) = self {
            problems.push(misread.at(text));
        }
    }
}

impl From<Misread> for ReadError {
    fn from(misread: Misread) -> Self {
        Self::Misread(misread)
    }
}

/// The place of a part of a text; all of the text where it does not stand in the file as it is.
pub(crate) fn place_of(text: &Text, part: Range<usize>) -> Span {
    narrow(text, part).unwrap_or(text.span)
}

/// The place of a part of a text, if the text stands in the file as it is, plain or between quotes.
fn narrow(text: &Text, part: Range<usize>) -> Option<Span> {
    let written = (text.span.end - text.span.start) as usize;
    let quote = match written.checked_sub(text.value.len())? {
        0 => 0,
        2 => 1,
        _ => return None,
    };
    let offset = |byte: usize| u32::try_from(byte + quote).ok().map(|byte| text.span.start + byte);
    Some(Span { file: text.span.file, start: offset(part.start)?, end: offset(part.end)? })
}

/// Reads the meaning of a text; what is wrong with it is reported, and makes the field broken.
pub(crate) fn meaning<T, E: Into<ReadError>>(
    field: &Field<Text>,
    problems: &mut Vec<Problem>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Field<Spanned<T>> {
    field.and_then(|text| value(text, problems, parse))
}

/// Reads the meaning of one text; `None` where it has been reported.
pub(crate) fn value<T, E: Into<ReadError>>(
    text: &Text,
    problems: &mut Vec<Problem>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Option<Spanned<T>> {
    match parse(&text.value).map_err(E::into) {
        Ok(value) => Some(Spanned::new(value, text.span)),
        Err(error) => {
            error.report(text, problems);
            None
        }
    }
}

/// The entries of a table, by their places, whose name another one has, too, once both are folded: nobody knows which of
/// them is meant.
pub(super) fn twins<T>(
    entries: &[(Text, T)],
    fold: impl Fn(&str) -> String,
    noun: &str,
    note: &str,
    problems: &mut Vec<Problem>,
) -> BTreeSet<usize> {
    if entries.len() < 2 {
        return BTreeSet::new();
    }
    let mut first: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    let mut twins = BTreeSet::new();
    for (at, (name, _)) in entries.iter().enumerate() {
        let before = *first.entry(fold(&name.value)).or_insert(at);
        if before == at {
            continue;
        }
        twins.extend([before, at]);
        problems.push(
            Problem::at(name.span, format!("two {noun} are called `{}`", name.value), "the second one")
                .label(entries[before].0.span, "the first one")
                .note(note)
                .help("give one of them another name"),
        );
    }
    twins
}
