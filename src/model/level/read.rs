//! Levels as they are written, in words, amounts and scales.

use std::sync::Arc;

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::text::{and_list, fold, in_backticks, nearest};

use super::super::constraint::{Constraint, Relation, one_way, split_relation};
use super::super::misread::Misread;
use super::super::number::{short, within};
use super::super::quantity::Quantity;
use super::{Attainment, LevelConstraint, LevelScale, LevelScales, LevelStep, WrittenLevel, is_same};

impl LevelScale {
    /// Reads a scale; what is wrong with it is added to `problems`.
    pub(in super::super) fn read(name: &Text, texts: &[Text], problems: &mut Vec<Problem>) -> Option<Self> {
        if texts.len() < 2 {
            let title = format!("the scale `{}` puts nothing in order", name.value);
            let problem = Problem::at(name.span, title, "expected two words or more");
            problems.push(problem.help("list its words from the least to the most"));
            return None;
        }
        for (at, text) in texts.iter().enumerate() {
            if let Some(first) = texts[..at].iter().find(|first| is_same(&first.value, &text.value)) {
                let title = format!("`{}` has two places on one scale", text.value);
                let problem = Problem::at(text.span, title, "named again here");
                problems.push(problem.label(first.span, "first named here").help("remove one of the two"));
                return None;
            }
        }
        Some(Self(texts.iter().map(|text| text.value.trim().into()).collect()))
    }

    /// The step of a word.
    pub(in super::super) fn reached(self: &Arc<Self>, text: &str) -> Result<Attainment, Misread> {
        self.step(text).map(Attainment::Step).ok_or_else(|| self.unknown(text.trim()))
    }

    fn step(self: &Arc<Self>, text: &str) -> Option<LevelStep> {
        let at = self.0.iter().position(|step| is_same(step, text))?;
        Some(LevelStep { scale: Arc::clone(self), at })
    }

    fn unknown(&self, text: &str) -> Misread {
        let steps = in_backticks(&self.0);
        Misread::new(
            format!("`{}` is not on the scale of this level", short(text)),
            "expected a word of the scale",
        )
        .did_you_mean(nearest(text, self.0.iter().map(CompactString::as_str)))
        .help(format!("the scale is {}, from the least to the most", and_list(&steps)))
    }
}

impl LevelScales {
    /// The scale of a level; an error where it may be one of those that could not be read.
    pub(in super::super) fn of(&self, name: &str) -> Result<Option<&Arc<LevelScale>>, ()> {
        let key = fold(name.trim());
        match self.known.get(key.as_ref()) {
            Some(scale) => Ok(Some(scale)),
            None if self.incomplete || self.unreadable.contains(key.as_ref()) => Err(()),
            None => Ok(None),
        }
    }
}

impl Attainment {
    /// Reads what is reached; what is wrong with it is added to `problems`.
    pub(in super::super) fn read(
        name: &Text,
        written: &WrittenLevel,
        scales: &LevelScales,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        if let Some(scale) = scales.of(&name.value).ok()? {
            return on_scale(name, written, problems, |word| scale.reached(word));
        }
        if let [text] = written.value.as_slice() {
            match Quantity::parse(&text.value) {
                Ok(quantity) => return Some(Self::Quantity(quantity)),
                // A misspelt amount must not pass for a word.
                Err(misread) if is_amount(&text.value) => {
                    problems.push(misread.at(text));
                    return None;
                }
                Err(_) => {}
            }
        }
        words(written, problems).map(Self::Texts)
    }
}

impl LevelConstraint {
    /// Reads what is asked; what is wrong with it is added to `problems`.
    pub(in super::super) fn read(
        name: &Text,
        written: &WrittenLevel,
        scales: &LevelScales,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        if let Some(scale) = scales.of(&name.value).ok()? {
            return on_scale(name, written, problems, |word| bound_on(scale, word));
        }
        let problem = match written.value.as_slice() {
            [] => {
                let title = format!("`{}` asks for nothing", name.value);
                let problem = Problem::at(written.span, title, "expected what is needed");
                Some(problem.help(format!("name what is needed, or remove `{}`", name.value)))
            }
            [text] => match Constraint::parse(&text.value) {
                Ok(constraint) => return Some(Self::Quantity(constraint)),
                Err(misread) => {
                    let misread =
                        unordered(name, &text.value).or_else(|| is_amount(&text.value).then_some(misread));
                    misread.map(|misread| misread.at(text))
                }
            },
            texts => texts.iter().find_map(|text| Some(unordered(name, &text.value)?.at(text))),
        };
        match problem {
            Some(problem) => {
                problems.push(problem);
                None
            }
            None => words(written, problems).map(Self::Texts),
        }
    }

    /// Whether a text is meant as words, rather than as an amount or a bound.
    pub fn is_meant_as_words(text: &str) -> bool {
        !is_amount(text) && split_relation(text.trim()).is_none() && Quantity::parse(text).is_err()
    }
}

/// Whether a text is meant as an amount, rightly written or not; else it is words.
fn is_amount(text: &str) -> bool {
    text.contains(['<', '>', '≤', '≥']) || Constraint::is_meant(text) || Quantity::is_meant(text)
}

/// Reads the one word that a level on a scale has.
fn on_scale<T>(
    name: &Text,
    written: &WrittenLevel,
    problems: &mut Vec<Problem>,
    read: impl Fn(&str) -> Result<T, Misread>,
) -> Option<T> {
    let [text] = written.value.as_slice() else {
        let title = format!("`{}` is on a scale, and so is one word of it", name.value);
        problems.push(Problem::at(written.span, title, "expected one word of the scale"));
        return None;
    };
    read(&text.value).map_err(|misread| problems.push(misread.at(text))).ok()
}

/// All words of a list, none of which is an amount.
fn words(written: &WrittenLevel, problems: &mut Vec<Problem>) -> Option<Vec<CompactString>> {
    let mut words = Vec::with_capacity(written.value.len());
    for text in &written.value {
        let value = text.value.trim();
        if Quantity::parse(value).is_ok() || is_amount(value) {
            let title = format!("a list of words holds the amount `{}`", short(value));
            let problem = Problem::at(text.span, title, "expected a word");
            problems.push(problem.help("state one amount for a level, or words only"));
            return None;
        }
        words.push(value.into());
    }
    Some(words)
}

pub(in super::super) fn bound_on(scale: &Arc<LevelScale>, text: &str) -> Result<LevelConstraint, Misread> {
    if let Some(step) = scale.step(text) {
        return Ok(LevelConstraint::Step(Relation::Equal, step));
    }
    let (relation, bound) = split_relation(text.trim()).unwrap_or((Relation::Equal, text.trim()));
    let step = scale.step(bound).ok_or_else(|| within(scale.unknown(bound), text, bound))?;
    one_way(text, &bound)?;
    Ok(LevelConstraint::Step(relation, step))
}

/// The misreading of words that are asked for as if they were in some order.
fn unordered(name: &Text, text: &str) -> Option<Misread> {
    let (relation, bound) = split_relation(text.trim())?;
    if bound.is_empty() || Quantity::parse(bound).is_ok() || is_amount(bound) {
        return None;
    }
    let sign = relation.sign();
    let title = format!("`{}` is in no order, so that `{sign}` says nothing of it", short(bound));
    let scale = format!("`{} = [\"…\", \"{bound}\", \"…\"]` under `[scales]`", name.value);
    Some(
        Misread::new(title, "words, and no scale that they are on")
            .instead(bound, format!("write `{bound}` to ask for just that"))
            .help(format!("or put such words in order in the roadmap, from the least to the most: {scale}")),
    )
}
