//! What words say of a requirement: those of its own text, and those of the documents of its contract.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::model::calendar::Calendar;
use crate::model::contract::{Contract, Requirement};
use crate::model::deadline::Events;
use crate::prose::dates::{DateReader, NamedDate};
use crate::prose::documents::{ContractDocuments, DocumentPromise};
use crate::prose::promise::{DatedGroup, PromiseGroup};
use crate::prose::ruling::RuledStatement;
use crate::prose::statement::Statement;
use crate::prose::verdict::quoted;

use super::context::LintContext;
use super::document_case::{is_quoted, on_one_line};

/// How the days of a contract are read; worked out for the first text that is asked.
pub(crate) struct ContractDates<'r> {
    events: &'r Events,
    calendar: &'r Calendar,
    reader: OnceCell<DateReader<'r>>,
}

impl<'r> ContractDates<'r> {
    /// Those of a contract: counted as it counts them.
    pub(crate) fn new(contract: &'r Contract, context: &LintContext<'r>) -> Self {
        let calendar = contract.calendar.as_ref().map_or(context.calendar, |own| &own.value);
        Self { events: &contract.events, calendar, reader: OnceCell::new() }
    }

    /// The events that they count from.
    pub(crate) fn events(&self) -> &'r Events {
        self.events
    }

    /// How they are read.
    pub(crate) fn reader(&self) -> &DateReader<'r> {
        self.reader.get_or_init(|| DateReader::new(self.events, self.calendar))
    }

    /// What the documents of the contract promise.
    pub(crate) fn promises<'d>(
        &self,
        documents: &'d ContractDocuments,
        context: &LintContext<'_>,
    ) -> Vec<DocumentPromise<'d>> {
        match documents.read.is_empty() {
            true => Vec::new(),
            false => documents.promises(
                context.names.features(context.roadmap),
                self.reader(),
                context.roadmap,
                context.names.scopes(context.roadmap),
            ),
        }
    }
}

/// What a sentence says of a requirement.
#[derive(Clone, Copy)]
pub(crate) struct SaidPromise<'a> {
    /// The sentence.
    pub(crate) ruled: &'a RuledStatement<'a>,
    /// The same in its document, where it stands in one.
    pub(crate) promise: Option<&'a DocumentPromise<'a>>,
    /// What of it is about the requirement.
    pub(crate) group: &'a PromiseGroup,
    /// The days by which that is due; none where not all could be read.
    pub(crate) days: Option<&'a [NamedDate]>,
}

impl SaidPromise<'_> {
    /// The words that are not about the requirement.
    pub(crate) fn others(&self) -> [Range<usize>; 2] {
        let part = &self.group.part;
        [0..part.start, part.end..self.ruled.tokens.len()]
    }
}

/// A sentence that a requirement quotes.
pub(crate) struct QuotedSentence<'a> {
    pub(crate) ruled: RuledStatement<'a>,
    groups: Vec<DatedGroup>,
}

impl<'a> QuotedSentence<'a> {
    /// The sentences that a requirement quotes.
    pub(crate) fn all(
        sentences: &'a [Statement],
        context: &LintContext<'a>,
        dates: &ContractDates<'_>,
    ) -> Vec<Self> {
        let (names, parties) = (context.names.features(context.roadmap), context.names.parties());
        let sentence = |statement| {
            let (ruled, mentions) = quoted(statement, names, parties)?;
            let scopes = context.names.scopes(context.roadmap);
            let groups = ruled.dated_groups(&mentions, dates.reader(), context.roadmap, scopes);
            Some(Self { ruled, groups })
        };
        sentences.iter().filter_map(sentence).collect()
    }

    /// What these say of the requirement: what names its features or none; all, where all that is named are others.
    pub(crate) fn said<'s>(all: &'s [QuotedSentence<'s>], requirement: &Requirement) -> Vec<SaidPromise<'s>> {
        let own: Vec<usize> = requirement.known_features().collect();
        let is_own = |group: &PromiseGroup| {
            let mut mentions = group.features.iter();
            group.features.is_empty()
                || mentions.any(|(mention, _)| mention.features.iter().any(|feature| own.contains(feature)))
        };
        let said = |is_meant: &dyn Fn(&PromiseGroup) -> bool| {
            let sentences = all.iter().flat_map(|sentence| {
                let groups = sentence.groups.iter();
                groups.filter(|(group, _)| is_meant(group)).map(move |(group, days)| SaidPromise {
                    ruled: &sentence.ruled,
                    promise: None,
                    group,
                    days: days.as_deref(),
                })
            });
            sentences.collect::<Vec<_>>()
        };
        Some(said(&is_own)).filter(|said| !said.is_empty()).unwrap_or_else(|| said(&|_| true))
    }
}

/// What documents say of the requirements of a contract, by their places: of each sentence what only one of them can be
/// about, since it alone names the features, or quotes the sentence or its clause.
pub(crate) fn by_requirement<'a>(
    contract: &Contract,
    promises: &'a [DocumentPromise<'a>],
) -> HashMap<usize, Vec<SaidPromise<'a>>> {
    /// Of more requirements of one feature nobody can tell.
    const MOST: usize = 64;
    let mut naming: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, requirement) in contract.requirements.iter().enumerate().filter(|_| !promises.is_empty()) {
        for feature in requirement.known_features() {
            naming.entry(feature).or_default().push(at);
        }
    }
    let mut said: HashMap<usize, Vec<SaidPromise<'a>>> = HashMap::new();
    for promise in promises {
        for (group, days) in &promise.groups {
            let names = |at: usize, feature: &usize| {
                // Sorted, since they were added in the order of the requirements.
                naming.get(feature).is_some_and(|all| all.binary_search(&at).is_ok())
            };
            let is_named = |at: &usize| {
                group
                    .features
                    .iter()
                    .all(|(mention, _)| mention.features.iter().any(|feature| names(*at, feature)))
            };
            let first = group.features.first().into_iter().flat_map(|(mention, _)| &mention.features);
            let may = first.filter_map(|feature| naming.get(feature)).flatten().copied();
            let all: Vec<usize> = may.take(MOST + 1).filter(is_named).collect();
            let states = |at: &&usize| {
                let requirement = &contract.requirements[**at];
                quotes(requirement, promise.ruled.statement) || cites(requirement, promise.ruled.statement)
            };
            let stating: Vec<usize> = all.iter().filter(states).copied().collect();
            let meant = match (&stating[..], &all[..]) {
                ([one], _) | ([], [one]) => *one,
                _ => continue,
            };
            said.entry(meant).or_default().push(SaidPromise {
                ruled: &promise.ruled,
                promise: Some(promise),
                group,
                days: days.as_deref(),
            });
        }
    }
    said
}

/// Whether a requirement names the clause of a statement.
fn cites(requirement: &Requirement, statement: &Statement) -> bool {
    let plain = |text: &str| text.trim_end_matches('.').replace(' ', "").to_lowercase();
    let (own, said) = match &requirement.clause {
        Some(clause) if !statement.clause.is_empty() => (plain(&clause.value), plain(&statement.clause)),
        _ => return false,
    };
    let is_apart =
        |before: Option<char>| before.is_none_or(|before| !before.is_ascii_digit() && before != '.');
    // `Exhibit B, 4.2` names the clause 4.2; `14.2` and `1.4.2` are others.
    own.strip_suffix(&said).is_some_and(|before| is_apart(before.chars().next_back()))
}

/// Whether a requirement quotes a statement.
fn quotes(requirement: &Requirement, statement: &Statement) -> bool {
    requirement.text.as_ref().is_some_and(|text| is_quoted(&on_one_line(&text.value), statement))
}
