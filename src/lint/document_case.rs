//! What a lint is given that looks at the documents of a contract.

use std::collections::{HashMap, HashSet};

use crate::model::contract::{Contract, Requirement};
use crate::model::roadmap::Feature;
use crate::prose::dates::{DateReader, NamedDate};
use crate::prose::documents::{ContractDocument, ContractDocuments, DocumentPromise, ReadDocument};
use crate::prose::promise::PromiseGroup;
use crate::prose::statement::Statement;
use crate::source::Span;
use crate::text::clean;

use super::Lint;
use super::context::{JudgedContract, LintContext};
use super::finding::{Finding, feature_in_quotes, fingerprint};

/// The documents of a contract, with what they promise.
pub struct DocumentsCase<'a, 'r> {
    /// The contract.
    pub judged: &'a JudgedContract<'r>,
    /// What its documents promise, in their order.
    pub(crate) promises: &'a [DocumentPromise<'r>],
    /// What they are held against.
    pub context: &'a LintContext<'r>,
}

impl<'a, 'r> DocumentsCase<'a, 'r> {
    /// The documents.
    pub(crate) fn documents(&self) -> &'r ContractDocuments {
        self.judged.documents
    }

    /// The contract.
    pub fn contract(&self) -> &'r Contract {
        self.judged.contract
    }

    /// The features that the contract's requirements name, by their places in the roadmap; in whichever of its files.
    pub fn declared(&self) -> HashSet<usize> {
        let own = self.contract().requirements.iter().flat_map(|requirement| &requirement.features);
        let own = own.filter_map(|promised| promised.target.feature());
        own.chain(self.contract().declared_elsewhere.iter().copied()).collect()
    }

    /// A finding about some words of a document, or several such; at no place yet.
    pub(crate) fn finding(
        &self,
        lint: &'static Lint,
        title: impl AsRef<str>,
        words: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Finding {
        let words: Vec<String> = words.into_iter().map(|words| clean(words.as_ref()).into_owned()).collect();
        Finding { words: Some(fingerprint(&words)), ..self.judged.finding(lint, title).sentences(words) }
    }

    /// The same about a feature that is promised there.
    pub(crate) fn feature_finding(
        &self,
        feature: &Feature,
        lint: &'static Lint,
        title: impl AsRef<str>,
        words: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Finding {
        let finding = self.finding(lint, title, words).feature(&feature.id.value);
        finding.refs(&feature_in_quotes(feature), feature.annotations.as_deref())
    }

    /// The label of what the contract names a document by.
    pub(crate) fn entry(&self, document: &ContractDocument) -> (Span, &'static str) {
        (document.entry.span, "read with this contract")
    }
}

/// Collateral, held against the roadmap.
pub struct ClaimsCase<'a, 'r> {
    /// What was read.
    pub(crate) document: &'a ReadDocument,
    /// What it is held against.
    pub context: &'a LintContext<'r>,
}

/// Whether a requirement quotes a statement.
fn quotes(requirement: &Requirement, statement: &Statement) -> bool {
    requirement.text.as_ref().is_some_and(|text| is_quoted(&on_one_line(&text.value), statement))
}

/// Whether a text, which is on one line, is what a statement says, or a part of it.
pub(crate) fn is_quoted(text: &str, statement: &Statement) -> bool {
    /// Shorter ones stand in many sentences.
    const SHORTEST: usize = 16;
    let bare = |text: &str| text.trim_end_matches(['.', ';', ',']).len();
    let (text, said) = (&text[..bare(text)], &statement.text[..bare(&statement.text)]);
    text.len() >= SHORTEST && said.len() >= SHORTEST && (text.contains(said) || said.contains(text))
}

/// The words of a text on one line.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the documents of a contract promise, its days counted as the contract counts them.
pub(crate) fn document_promises<'r>(
    contract: &Contract,
    documents: &'r ContractDocuments,
    context: &LintContext<'_>,
) -> Vec<DocumentPromise<'r>> {
    if documents.read.is_empty() {
        return Vec::new();
    }
    let calendar = contract.calendar.as_ref().map_or(context.calendar, |own| &own.value);
    let dates = DateReader::new(&contract.events, calendar);
    documents.promises(context.names.features(context.roadmap), &dates)
}

/// What a sentence of a document says of a requirement.
#[derive(Clone, Copy)]
pub(crate) struct SaidPromise<'a> {
    /// The sentence.
    pub(crate) promise: &'a DocumentPromise<'a>,
    /// What of it is about the requirement.
    pub(crate) group: &'a PromiseGroup,
    /// The days by which that is due; none where not all could be read.
    pub(crate) days: Option<&'a [NamedDate]>,
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
        for feature in requirement.features.iter().filter_map(|promised| promised.target.feature()) {
            naming.entry(feature).or_default().push(at);
        }
    }
    let mut said: HashMap<usize, Vec<SaidPromise<'a>>> = HashMap::new();
    for promise in promises {
        for (group, days) in &promise.groups {
            let names = |at: usize, feature: &usize| {
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
            said.entry(meant).or_default().push(SaidPromise { promise, group, days: days.as_deref() });
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
    own.strip_suffix(&said).is_some_and(|before| is_apart(before.chars().next_back()))
}
