//! The documents that a contract consists of, as they were read, and where in them something is said.

use std::ops::{Deref, Range};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::document::Document;
use crate::input::decode::Text;
use crate::model::roadmap::Roadmap;
use crate::source::{FileId, Source, Span};

use super::dates::DateReader;
use super::definitions::defined_words;
use super::names::FeatureNames;
use super::parties::Parties;
use super::promise::DatedGroup;
use super::ruling::{RuledMention, RuledStatement};
use super::scopes::ScopeWords;
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
    /// What state it is in, whatever its file is called from where the run stands: the reason, and a hash of what the file
    /// holds.
    pub(crate) state: [String; 2],
}

/// A document of a contract.
#[derive(Debug)]
pub(crate) struct ContractDocument {
    /// Where the contract names it.
    pub(crate) entry: Text,
    read: ReadDocument,
}

impl Deref for ContractDocument {
    type Target = ReadDocument;

    fn deref(&self) -> &ReadDocument {
        &self.read
    }
}

/// A document that was read.
#[derive(Debug)]
pub(crate) struct ReadDocument {
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
    /// The same, by what is promised together.
    pub(crate) groups: Vec<DatedGroup>,
}

impl DocumentPromise<'_> {
    /// Where some of its words stand; the whole statement where they stand in what that goes on with.
    pub(crate) fn place(&self, words: &Range<usize>) -> Span {
        self.document.part(self.ruled.statement, self.ruled.place(words))
    }
}

impl ContractDocuments {
    /// No documents.
    pub(crate) const NONE: &'static Self = &Self { read: Vec::new(), unread: Vec::new(), files: Vec::new() };

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.unread.is_empty()
    }

    /// What they promise, in their order.
    pub(crate) fn promises<'a>(
        &'a self,
        names: &FeatureNames,
        dates: &DateReader<'_>,
        roadmap: &Roadmap,
        scopes: &ScopeWords,
    ) -> Vec<DocumentPromise<'a>> {
        let said = self
            .read
            .iter()
            .flat_map(|document| document.statements.iter().map(move |statement| (document, statement)));
        let promises = said.filter_map(|(document, statement)| {
            let StatementVerdict::Promise(ruled, promised) =
                StatementVerdict::on_named(statement, names, &document.parties)
            else {
                return None;
            };
            let groups = ruled.dated_groups(&promised, dates, roadmap, scopes);
            Some(DocumentPromise { document, ruled, promised, groups })
        });
        promises.collect()
    }

    /// The texts that something was found in.
    pub(crate) fn sources(&self) -> impl Iterator<Item = Arc<Source>> {
        self.read.iter().filter_map(|document| document.source())
    }
}

impl ContractDocument {
    /// A document that a contract names.
    pub(crate) fn new(entry: Text, read: ReadDocument) -> Self {
        Self { entry, read }
    }
}

impl ReadDocument {
    /// Takes a document apart. `file` is the id that its places carry; `product` is the roadmap's.
    ///
    /// # Errors
    ///
    /// It says more than is judged.
    pub(crate) fn new(document: Document, file: FileId, product: Option<&str>) -> Result<Self, Problem> {
        let texts = || document.blocks.iter().map(|block| block.text.as_str());
        let statements = statements(&document, &defined_words(texts()))?;
        let parties = Parties::find(texts(), product);
        Ok(Self { document, statements, parties, file, source: OnceLock::new() })
    }

    /// The text that something was found in; none where nothing was.
    pub(crate) fn source(&self) -> Option<Arc<Source>> {
        self.source.get().cloned()
    }

    /// The statements that are no headings, and not too long to be judged.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.is_judged())
    }

    /// Who its parties are.
    pub(crate) fn parties(&self) -> &Parties {
        &self.parties
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
    /// A document that could not be read, for this reason. `name` is how it is shown, and `hash` is of what its file holds,
    /// where that may be known.
    pub(crate) fn new(entry: Text, name: &str, reason: Problem, hash: Option<String>) -> Self {
        let why = reason.diagnostic.title.replace(name, &entry.value);
        Self { entry, reason, state: [why, hash.unwrap_or_default()] }
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
