//! What a lint is given that looks at the documents of a contract.

use std::collections::HashSet;

use crate::model::contract::{Contract, Requirement};
use crate::model::roadmap::Feature;
use crate::prose::documents::{ContractDocument, ContractDocuments, DocumentPromise, ReadDocument};
use crate::prose::statement::Statement;
use crate::source::Span;

use super::Lint;
use super::context::{JudgedContract, LintContext};
use super::finding::{Finding, feature_in_quotes};

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
        let own = self.contract().requirements.iter().flat_map(Requirement::known_features);
        own.chain(self.contract().declared_elsewhere.iter().copied()).collect()
    }

    /// A finding about some words of a document, or several such; at no place yet.
    pub(crate) fn finding(
        &self,
        lint: &'static Lint,
        title: impl AsRef<str>,
        words: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Finding {
        let words: Vec<_> = words.into_iter().collect();
        self.judged.finding(lint, title).of_words(&words).sentences(&words)
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
