//! What is asked: the words of the command line, read as those of a contract.

mod read;

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{ContractRecord, RequirementRecord, ScopeTable};
use crate::model::contract::{self, Contract, ContractReading, Need};
use crate::model::deadline::{Deadline, DueDay};
use crate::model::level::WrittenLevel;
use crate::model::scope::Scope;
use crate::model::window::Window;
use crate::source::{Source, Span, Spanned};

use read::QuestionReader;
pub(crate) use read::split_at_sign;

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QuestionArgs<'a> {
    /// Features, by id, name or alias; none means all.
    pub features: &'a [String],
    /// The date, if there is one.
    pub by: Option<&'a str>,
    /// `platform=windows,region=eu`
    pub scope: &'a [String],
    /// `retention=>= 365 days`
    pub needs: &'a [String],
    /// Whether the customer takes a beta.
    pub beta: bool,
}

/// A promise that is not made yet: all of it but the feature.
#[derive(Debug)]
pub(crate) struct Question {
    /// The date with its words; none means today.
    pub by: Option<(Deadline, String)>,
    /// The days by which it must be there.
    pub deadline: Window,
    /// What it is for.
    pub scope: Scope,
    /// The levels that it must reach.
    pub needs: Vec<Need>,
    /// Whether the customer takes a beta.
    pub beta: bool,
    /// What it is about; none means all features.
    pub subjects: Option<Vec<QuestionSubject>>,
    /// What is said of each value of its scope that the roadmap does not name.
    pub unnamed: Vec<String>,
    scope_table: Field<ScopeTable>,
    needs_table: Field<Table<WrittenLevel>>,
}

/// Something that was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum QuestionSubject {
    /// A feature, by its place in `Roadmap::features`.
    Feature(usize),
    /// What may be a feature, in a part of the roadmap that could not be read.
    Unreadable(String),
}

/// A question, with the typed words as texts to point into.
#[derive(Debug)]
pub(crate) struct QuestionReading {
    /// The question; none where its date, scope or levels could not be read, which has been reported.
    pub question: Option<Question>,
    /// The words of the command line.
    pub sources: Vec<Arc<Source>>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
}

impl QuestionReading {
    /// Reads a question. What is wrong with a feature's name leaves the others sound.
    pub(crate) fn new(typed: QuestionArgs<'_>, reading: ContractReading<'_>) -> Self {
        let mut reader =
            QuestionReader { reading, sources: Vec::new(), problems: Vec::new(), unnamed: Vec::new() };
        let by = typed.by.map(|text| reader.by(text));
        let date_is_lost = matches!(by, Some(None));
        let scope_table = reader.scope(typed.scope);
        let needs_table = reader.needs(typed.needs);
        let today = Window::day(reading.today);
        let mut question = Question {
            deadline: by.as_ref().and_then(Option::as_ref).map_or(today, |(deadline, _)| deadline.window),
            by: by.flatten(),
            scope: scope_of(&scope_table),
            needs: Vec::new(),
            beta: typed.beta,
            subjects: None,
            unnamed: std::mem::take(&mut reader.unnamed),
            scope_table,
            needs_table,
        };
        let mut contract = question.contract(None, typed.beta, reading, &mut reader.problems);
        let sound = reader.problems.is_empty() && !date_is_lost;
        if let Some(requirement) = contract.requirements.pop() {
            question.needs = requirement.needs;
        }
        question.subjects = (!typed.features.is_empty()).then(|| reader.subjects(typed.features));
        let QuestionReader { sources, problems, .. } = reader;
        Self { question: sound.then_some(question), sources, problems }
    }
}

impl Question {
    /// The draft of a contract that makes one promise, without its deadline: see [`Question::set_deadline`].
    pub(super) fn contract(
        &self,
        feature: Option<&str>,
        beta: bool,
        reading: ContractReading<'_>,
        problems: &mut Vec<Problem>,
    ) -> Contract {
        let text = |text: &str| Text::new(text.into(), Span::NOWHERE);
        let requirement = RequirementRecord {
            feature: feature.map_or(Field::Absent, |id| Field::Given(vec![text(id)])),
            accept: Field::Given(text(if beta { "beta" } else { "ga" })),
            scope: self.scope_table.clone(),
            needs: self.needs_table.clone(),
            ..RequirementRecord::default()
        };
        let record = ContractRecord {
            contract: Field::Given(text("a promise")),
            customer: Field::Given(text("a customer")),
            requirements: Field::Given(Items(vec![Some(requirement)], Span::NOWHERE)),
            ..ContractRecord::default()
        };
        contract::contract(record, reading, problems)
    }

    /// Gives the promise of such a contract its deadline. The contract ends with it, since how long the customer
    /// will use a feature is not known here.
    pub(super) fn set_deadline(&self, contract: &mut Contract, deadline: Window) {
        for requirement in &mut contract.requirements {
            let due = &mut requirement.due;
            due.day = DueDay::On(Deadline {
                window: deadline,
                written: deadline,
                ..Deadline::day(deadline.latest)
            });
            due.span = Some(Span::NOWHERE);
            due.words = deadline.to_string().into();
        }
        contract.end = Field::Given(Spanned::new(Window::day(deadline.latest), Span::NOWHERE));
    }
}

/// What was asked for, also where a part of the roadmap that could not be read may have its dimensions.
fn scope_of(table: &Field<ScopeTable>) -> Scope {
    let mut scope = Scope::default();
    for (dimension, values) in table.given().into_iter().flat_map(|table| &table.entries) {
        let values = values.given().into_iter().flatten().map(|value| value.value.as_str());
        // Names and values that are empty were reported.
        let _ = scope.add(&dimension.value, values);
    }
    scope
}
