//! The documents that a contract consists of, as they were read, and where in them something is said.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::document::Document;
use crate::input::decode::Text;
use crate::source::{FileId, Source, Span};

use super::names::FeatureNames;
use super::parties::Parties;
use super::ruling::{RuledMention, RuledStatement};
use super::statement::{Statement, statements};
use super::verdict::StatementVerdict;

/// The documents of a contract, in its order.
#[derive(Debug, Default)]
pub(crate) struct ContractDocuments {
    /// Those that were read.
    pub(crate) read: Vec<ContractDocument>,
    /// Those that could not be.
    pub(crate) unread: Vec<UnreadDocument>,
    /// Where all of them are.
    pub(crate) files: Vec<DocumentFile>,
}

/// Where a document is.
#[derive(Debug)]
pub(crate) struct DocumentFile {
    /// Where.
    pub(crate) path: PathBuf,
    /// How it is shown.
    pub(crate) name: String,
    /// Whether it lies outside of the repository.
    pub(crate) is_outside: bool,
}

/// A document that could not be read.
#[derive(Debug)]
pub(crate) struct UnreadDocument {
    /// Where the contract names it.
    pub(crate) entry: Text,
    /// Why.
    pub(crate) reason: Problem,
}

/// A document of a contract.
#[derive(Debug)]
pub(crate) struct ContractDocument {
    /// Where the contract names it.
    pub(crate) entry: Text,
    /// What it says.
    pub(crate) document: Document,
    /// The same, sentence by sentence.
    pub(crate) statements: Vec<Statement>,
    parties: Parties,
    file: FileId,
    source: OnceLock<Arc<Source>>,
}

/// A statement of a document that promises features.
pub(crate) struct DocumentPromise<'a> {
    /// The document.
    pub(crate) document: &'a ContractDocument,
    /// The statement, taken apart.
    pub(crate) ruled: RuledStatement<'a>,
    /// What it promises.
    pub(crate) promised: Vec<RuledMention>,
}

impl ContractDocuments {
    /// No documents.
    pub(crate) const NONE: &'static Self = &Self { read: Vec::new(), unread: Vec::new(), files: Vec::new() };

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.unread.is_empty()
    }

    /// What they promise, in their order.
    pub(crate) fn promises<'a>(&'a self, names: &FeatureNames) -> Vec<DocumentPromise<'a>> {
        let said = self
            .read
            .iter()
            .flat_map(|document| document.statements.iter().map(move |statement| (document, statement)));
        let promises = said.filter_map(|(document, statement)| {
            match StatementVerdict::on(statement, names, &document.parties) {
                StatementVerdict::Promise(ruled, promised) => {
                    Some(DocumentPromise { document, ruled, promised })
                }
                StatementVerdict::Unnamed(_) | StatementVerdict::NoPromise(_) => None,
            }
        });
        promises.collect()
    }

    /// The texts that something was found in.
    pub(crate) fn sources(&self) -> impl Iterator<Item = Arc<Source>> {
        self.read.iter().filter_map(|document| document.source.get().cloned())
    }
}

impl ContractDocument {
    /// Takes a document apart. `file` is the id that its places carry; `product` is the roadmap's.
    ///
    /// # Errors
    ///
    /// It says more than is judged.
    pub(crate) fn new(
        entry: Text,
        document: Document,
        file: FileId,
        product: Option<&str>,
    ) -> Result<Self, Problem> {
        let statements = statements(&document)?;
        let parties = Parties::find(document.blocks.iter().map(|block| block.text.as_str()), product);
        Ok(Self { entry, document, statements, parties, file, source: OnceLock::new() })
    }

    /// Where a statement stands.
    pub(crate) fn place(&self, statement: &Statement) -> Span {
        self.part(statement, 0..statement.text.len())
    }

    /// Where a part of a statement stands.
    pub(crate) fn part(&self, statement: &Statement, part: Range<usize>) -> Span {
        let source = self.source.get_or_init(|| Arc::new(self.document.source(self.file)));
        let start = statement.place.start;
        self.document.place(source, statement.block, start + part.start..start + part.end)
    }

    /// A statement's place in words: `clause 2.3 of msa.docx`.
    pub(crate) fn place_in_words(&self, statement: &Statement) -> String {
        let name = &self.document.name;
        clause_in_words(statement).map_or_else(|| name.clone(), |clause| format!("{clause} of {name}"))
    }
}

impl UnreadDocument {
    /// A document that could not be read, for this reason.
    pub(crate) fn new(entry: Text, reason: Problem) -> Self {
        Self { entry, reason }
    }
}

/// The number of a statement's clause, in words: `clause 2.3`, `Section 2`.
pub(crate) fn clause_in_words(statement: &Statement) -> Option<String> {
    match statement.clause.trim_end_matches('.') {
        "" => None,
        clause if clause.starts_with(char::is_alphabetic) && clause.contains(' ') => Some(clause.to_owned()),
        clause => Some(format!("clause {clause}")),
    }
}
