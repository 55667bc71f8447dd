//! A contract file from the documents that people really have.
//!
//! Three gates decide together what is a promise: a feature is named (`names`), in the words of a promise, and in none
//! that are no promise (`rules`). What is certain becomes a field; what is not stands in a comment beside it; and every
//! statement of the document is accounted for.

mod context;
mod coverage;
mod due;
mod facts;
mod judge;
mod requirement;
mod rest;
mod write;

use rayon::prelude::*;

use crate::diagnostic::Problem;
use crate::document::Document;
use crate::model::calendar::Calendar;
use crate::model::roadmap::Roadmap;

use crate::prose::dates::DateReader;
use crate::prose::definitions::defined_words;
use crate::prose::names::FeatureNames;
use crate::prose::parties::Parties;
use crate::prose::scopes::ScopeWords;
use crate::prose::statement::{Statement, statements};
use context::DraftContext;
use facts::Facts;

pub(crate) use coverage::table as coverage_table;
pub(crate) use write::DraftFormat;
pub(crate) use write::scalar as yaml_text;
pub(crate) use write::write;

/// A contract that was drafted from documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftedContract {
    /// Whether it was read out of documents, of which each word has to be accounted for.
    pub(crate) is_read: bool,
    /// What holds for the whole contract.
    pub(crate) fields: Vec<DraftLine>,
    /// The promises, in the order of the documents.
    pub(crate) requirements: Vec<Vec<DraftLine>>,
    /// What became of each statement.
    pub(crate) coverage: Vec<CoveredStatement>,
    /// What no reader could read, in words.
    pub(crate) unread: Vec<String>,
}

/// A key with its value, or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DraftLine {
    Field(&'static str, DraftValue),
    Comment(String),
}

/// A value of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DraftValue {
    Text(String),
    List(Vec<String>),
    Table(Vec<(String, DraftValue)>),
}

/// A statement, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CoveredStatement {
    /// The document, where there are several.
    pub(crate) document: String,
    pub(crate) clause: String,
    pub(crate) text: String,
    /// The requirements that it became; else why it became none.
    pub(crate) taken: Result<Vec<String>, String>,
}

/// Drafts a contract.
pub(crate) fn draft(
    documents: &[Document],
    paths: &[String],
    roadmap: &Roadmap,
    calendar: &Calendar,
) -> Result<DraftedContract, Problem> {
    let blocks = documents.iter().flat_map(|document| &document.blocks);
    let texts = blocks.map(|block| block.text.as_str());
    let defined = defined_words(texts.clone());
    let said = documents.iter().map(|document| statements(document, &defined));
    let said = said.collect::<Result<Vec<Vec<Statement>>, _>>()?;
    let product = roadmap.product.as_ref().map(|product| product.value.as_str());
    let parties = Parties::find(texts, product);
    let names = FeatureNames::new(roadmap);
    let facts = Facts::find(&said, documents, &parties, &names, roadmap, calendar);
    let context = DraftContext {
        roadmap,
        scopes: ScopeWords::new(roadmap),
        dates: DateReader::new(facts.events(), calendar),
        names: &names,
        parties: &parties,
        facts: &facts,
    };
    let mut draft = DraftedContract {
        is_read: true,
        fields: facts.fields(&parties, paths),
        ..DraftedContract::default()
    };
    for (number, (document, said)) in documents.iter().zip(said).enumerate() {
        let name = if documents.len() > 1 { document.name.as_str() } else { "" };
        let verdicts =
            said.par_iter().enumerate().map(|(at, statement)| context.take((number, at), statement));
        let verdicts: Vec<_> = verdicts.collect();
        for (statement, verdict) in said.into_iter().zip(verdicts) {
            let taken = verdict.map(|requirements| draft.number(requirements));
            let Statement { clause, text, .. } = statement;
            draft.coverage.push(CoveredStatement { document: name.to_owned(), clause, text, taken });
        }
        draft.unread.extend(unread(document));
    }
    Ok(draft)
}

impl DraftedContract {
    /// Takes requirements in, and gives their ids.
    fn number(&mut self, requirements: Vec<Vec<DraftLine>>) -> Vec<String> {
        let mut ids = Vec::with_capacity(requirements.len());
        for mut lines in requirements {
            let id = format!("R{}", self.requirements.len() + 1);
            lines.insert(0, DraftLine::Field("id", DraftValue::Text(id.clone())));
            self.requirements.push(lines);
            ids.push(id);
        }
        ids
    }
}

/// What a document holds that could not be read.
fn unread(document: &Document) -> Option<String> {
    document.unread.words().map(|words| format!("{words} in {} could not be read", document.name))
}

#[cfg(test)]
mod tests;
