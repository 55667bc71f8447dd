//! What a lint is given that looks at the documents of a contract.

use std::collections::HashSet;

use crate::model::contract::{Contract, Requirement};
use crate::model::roadmap::Feature;
use crate::prose::documents::{ContractDocument, ContractDocuments, DocumentPromise};
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
    pub(crate) promises: Vec<DocumentPromise<'r>>,
    /// What they are held against.
    pub context: &'a LintContext<'r>,
}

impl<'a, 'r> DocumentsCase<'a, 'r> {
    /// The documents of a contract, taken apart.
    pub(crate) fn new(judged: &'a JudgedContract<'r>, context: &'a LintContext<'r>) -> Self {
        let promises = judged.documents.promises(context.names.features(context.roadmap));
        Self { judged, promises, context }
    }

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
        Finding { words: Some(fingerprint(&words)), ..self.judged.finding(lint, title) }
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

/// Whether a requirement quotes a statement: its text is the same, or a part of it.
pub(crate) fn quotes(requirement: &Requirement, statement: &Statement) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    requirement.text.as_ref().is_some_and(|text| {
        let (text, said) = (words(&text.value), words(&statement.text));
        !text.is_empty()
            && (text.contains(said.trim_end_matches('.')) || said.contains(text.trim_end_matches('.')))
    })
}
