//! The words of the command line, each with its place, so that messages can point at them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::input::records::ScopeTable;
use crate::model::assemble::ambiguous;
use crate::model::contract::ContractReading;
use crate::model::date::parse_date;
use crate::model::deadline::{DayExpr, Deadline, DueExpr, EventDate, Events};
use crate::model::level::{LevelConstraint, WrittenLevel};
use crate::model::misread::{Misread, ReadError};
use crate::model::roadmap::{Reference, Roadmap};
use crate::model::scope::same;
use crate::source::{FileId, Source, Spanned};
use crate::text::{self, and_list, fold, in_backticks, nearest};

use super::QuestionSubject;

/// The most letters of a value that may be a code, as of a country.
const LONGEST_CODE: usize = 3;

/// The most values of a dimension that are named beside one that is not among them.
const MOST_VALUES: usize = 10;

pub(super) struct QuestionReader<'a> {
    pub(super) reading: ContractReading<'a>,
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) problems: Vec<Problem>,
    pub(super) unnamed: Vec<String>,
}

impl QuestionReader<'_> {
    /// Makes what was typed a text to point into, an argument a line. Comes with the place of each argument.
    fn typed(&mut self, name: &str, arguments: &[impl AsRef<str>]) -> (Arc<Source>, Vec<Range<usize>>) {
        let mut all = String::new();
        let mut places = Vec::new();
        for argument in arguments {
            if !places.is_empty() {
                all.push('\n');
            }
            let start = all.len();
            all.push_str(argument.as_ref());
            places.push(start..all.len());
        }
        // From the last id on, those of files come from the first.
        let id = u32::MAX - u32::try_from(self.sources.len()).unwrap_or(0);
        let source = Arc::new(Source::new(FileId(id), name, all));
        self.sources.push(Arc::clone(&source));
        (source, places)
    }

    pub(super) fn by(&mut self, typed: &str) -> Option<(Deadline, String)> {
        let (source, _) = self.typed("--by", &[typed]);
        let text = Text::new(typed.into(), source.span(0..typed.len()));
        let calendar = self.reading.calendar;
        match parse_date(typed, calendar) {
            Ok(window) if window.has_passed(self.reading.today) => {
                let title = format!("`{}` is over", typed.trim());
                let label = format!("expected today, {}, or later", self.reading.today);
                self.problems.push(Misread::new(title, label).at(&text));
                None
            }
            Ok(_) => {
                let deadline = DueExpr::parse_date(typed, calendar).ok()?;
                Some((
                    deadline.resolve(typed, &Events::new(), calendar).ok()?.into_deadline()?,
                    typed.trim().to_owned(),
                ))
            }
            Err(error) => {
                let counted = counts_from_an_event(typed, self.reading).map(ReadError::from);
                counted.unwrap_or(error).report(&text, &mut self.problems);
                None
            }
        }
    }

    pub(super) fn scope(&mut self, arguments: &[String]) -> Field<ScopeTable> {
        if arguments.is_empty() {
            return Field::Absent;
        }
        let (source, places) = self.typed("--for", arguments);
        let mut entries = Vec::new();
        for place in places {
            for part in split(source.text(), place, ',') {
                match split_at_sign(&source, part.clone(), |byte| byte == '=') {
                    Some((dimension, value)) => entries.push((dimension, Field::Given(vec![value]))),
                    None => self.problems.push(
                        Problem::at(
                            trimmed(&source, part.clone()).span,
                            format!("{} is no dimension with its value", in_quotes(&source.text()[part])),
                            "expected DIMENSION=VALUE",
                        )
                        .help("write it as in `--for platform=windows,region=eu`")
                        .help("for several values, name the dimension with each: `--for platform=linux,platform=windows`"),
                    ),
                }
            }
        }
        for (dimension, values) in &entries {
            self.known_value(dimension, values.given().map_or(&[], Vec::as_slice));
        }
        Field::Given(Table { entries, span: source.span(0..source.text().len()), cut: false })
    }

    /// Checks a value that no feature names. It is asked for all the same, as what most customers have, unless it
    /// looks like a slip. An unknown dimension is found with the contract.
    fn known_value(&mut self, dimension: &Text, values: &[Text]) {
        let roadmap = self.reading.roadmap;
        let Some(known) = roadmap.dimension(&dimension.value).filter(|_| roadmap.is_whole()) else {
            return;
        };
        let names = || known.values.iter().map(String::as_str);
        for value in values.iter().filter(|value| !names().any(|name| same(name, &value.value))) {
            let near = nearest(&value.value, names());
            // Codes such as `uk` and `us` are a letter apart, and not the same.
            if let Some(near) = near.filter(|_| value.value.chars().count() > LONGEST_CODE) {
                let title = format!("no feature in the roadmap is limited to `{}`", value.value);
                let label = format!("unknown value of `{}`", known.name);
                let problem = Problem::at(value.span, title, label);
                self.problems.push(problem.help(format!("did you mean `{near}`?")));
                continue;
            }
            let all: Vec<_> =
                names().take(MOST_VALUES).map(|name| text::clean_truncated(name, 100)).collect();
            let named = match known.values.len() - all.len() {
                0 => and_list(&all),
                more => format!("{} and {more} more", all.join(", ")),
            };
            let (value, dimension) =
                (text::clean_truncated(&value.value, 100), text::clean_truncated(&known.name, 100));
            self.unnamed
                .push(format!("the roadmap does not name \"{value}\"; for {dimension} it names {named}"));
        }
    }

    pub(super) fn needs(&mut self, arguments: &[String]) -> Field<Table<WrittenLevel>> {
        if arguments.is_empty() {
            return Field::Absent;
        }
        let (source, places) = self.typed("--needs", arguments);
        let mut entries: Vec<(Text, Field<WrittenLevel>)> = Vec::new();
        for place in places {
            let Some((name, constraint)) = split_at_sign(&source, place.clone(), |sign| {
                matches!(sign, '=' | ':' | '<' | '>' | '≤' | '≥')
            }) else {
                let title = format!("{} is no level with a bound", in_quotes(&source.text()[place.clone()]));
                self.problems.push(
                    Problem::at(trimmed(&source, place).span, title, "expected LEVEL=BOUND")
                        .help("write it as in `--needs \"retention >= 365 days\"` or `--needs \"certificates: ISO 27001, SOC 2\"`"),
                );
                continue;
            };
            if let Some((first, _)) = entries.iter().find(|(known, _)| same(&known.value, &name.value)) {
                self.problems.push(
                    Problem::at(name.span, format!("`{}` is asked for twice", name.value), "the second time")
                        .label(first.span, "the first time")
                        .help("give each level one bound"),
                );
                continue;
            }
            self.known_level(&name);
            let range = constraint.span.range();
            let is_word = LevelConstraint::is_meant_as_words(&constraint.value);
            let parts = if is_word { split(source.text(), range.clone(), ',') } else { vec![range] };
            let texts = parts.into_iter().map(|part| trimmed(&source, part));
            let texts: Vec<Text> = texts.filter(|text| !text.value.is_empty()).collect();
            entries.push((name, Field::Given(Spanned::new(texts, constraint.span))));
        }
        Field::Given(Table { entries, span: source.span(0..source.text().len()), cut: false })
    }

    fn known_level(&mut self, name: &Text) {
        let roadmap = self.reading.roadmap;
        // A slip is told where the level is read.
        if roadmap.near_level(&name.value).is_some_and(|near| text::is_slip(&name.value, near)) {
            return;
        }
        let levels = level_names(roadmap);
        if !roadmap.is_whole() || levels.iter().any(|level| same(level, &name.value)) {
            return;
        }
        let title = format!("no feature in the roadmap states a level called `{}`", name.value);
        let all = in_backticks(&levels);
        let otherwise = match all.as_slice() {
            [] => "the roadmap states no `levels`: leave it out".to_owned(),
            all => format!("the roadmap's levels are {}", and_list(all)),
        };
        self.problems.push(
            Problem::at(name.span, title, "unknown level").help_nearest(&name.value, levels, otherwise),
        );
    }

    pub(super) fn subjects(&mut self, names: &[String]) -> Vec<QuestionSubject> {
        let (source, places) = self.typed("<FEATURE>", names);
        let mut subjects: Vec<QuestionSubject> = Vec::new();
        for place in places {
            let name = trimmed(&source, place);
            let subject = match self.reading.roadmap.find(&name.value) {
                Reference::Feature(at) => QuestionSubject::Feature(at),
                Reference::Unreadable => QuestionSubject::Unreadable(name.value.into()),
                Reference::Ambiguous => {
                    self.problems.push(ambiguous(self.reading.roadmap, &name));
                    continue;
                }
                Reference::Unknown => {
                    self.problems.push(unknown_feature(&name, self.reading.roadmap));
                    continue;
                }
            };
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        subjects
    }
}

/// Why a text that is no date counts from an event, if it does.
fn counts_from_an_event(typed: &str, reading: ContractReading<'_>) -> Option<Misread> {
    let expression = DayExpr::parse(typed, reading.calendar).ok()?;
    let mut events = Events::new();
    // Missing, not unknown: the message is then about the contract that is not there, not about the word.
    for event in ["signing", "start", "end"] {
        events.push(event, EventDate::Missing);
    }
    let Err(ReadError::Misread(misread)) = expression.resolve(typed, &events, reading.calendar) else {
        return None;
    };
    let part = misread.part?;
    let alone = part.start == typed.len() - typed.trim_start().len();
    if alone && events.find(typed.get(part.clone())?).is_none() {
        return None;
    }
    let title = format!("`{}` counts from a day of a contract", typed.trim());
    let misread = Misread::new(title, "there is no contract here that says when this is").part(part);
    Some(misread.help("write a day or a period, such as `--by 2027-03-31` or `--by \"Q2 2027\"`"))
}

fn unknown_feature(name: &Text, roadmap: &Roadmap) -> Problem {
    let title = format!("{} is not in the roadmap", in_quotes(&name.value));
    let problem = Problem::at(name.span, title, "unknown feature");
    match (roadmap.nearest(&name.value), roadmap.candidates(&name.value).first()) {
        (Some(near), _) => problem.help(format!("did you mean `{}`?", near.id.value)),
        (None, Some(like)) => problem.help(format!("did you mean `{}`, {}?", like.id.value, like.title())),
        (None, None) => problem.help("leave the names out to see every feature"),
    }
}

fn in_quotes(text: &str) -> String {
    match text.trim() {
        "" => "an empty text".to_owned(),
        text => format!("`{}`", text::clean_truncated(text, 100)),
    }
}

/// The levels that some feature states, each once, in the order of the files.
fn level_names(roadmap: &Roadmap) -> Vec<&str> {
    let offers = roadmap.features.iter().flat_map(|feature| &feature.offers);
    let mut known = HashSet::new();
    let names = offers.flat_map(|offer| &offer.levels).map(|level| level.name.as_str());
    names.filter(|name| known.insert(fold(name))).collect()
}

/// The places of the parts of a text between a sign.
fn split(text: &str, place: Range<usize>, sign: char) -> Vec<Range<usize>> {
    let mut start = place.start;
    let mut parts = Vec::new();
    for part in text[place].split(sign) {
        parts.push(start..start + part.len());
        start += part.len() + sign.len_utf8();
    }
    parts
}

/// The two sides of the first such sign; `=` and `:` belong to neither of them, and any other one to the second.
pub(crate) fn split_at_sign(
    source: &Source,
    place: Range<usize>,
    is_sign: impl Fn(char) -> bool,
) -> Option<(Text, Text)> {
    let text = &source.text()[place.clone()];
    let (at, sign) = text.char_indices().find(|&(_, character)| is_sign(character))?;
    let after = if matches!(sign, '=' | ':') { at + 1 } else { at };
    let name = trimmed(source, place.start..place.start + at);
    let value = trimmed(source, place.start + after..place.end);
    (!name.value.is_empty() && !value.value.is_empty()).then_some((name, value))
}

/// A part of a text without the blanks around it; all of the part where it is nothing else.
fn trimmed(source: &Source, place: Range<usize>) -> Text {
    let text = &source.text()[place.clone()];
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Text::new("".into(), source.span(place));
    }
    let start = place.start + text.len() - text.trim_start().len();
    Text::new(trimmed.into(), source.span(start..start + trimmed.len()))
}
