//! What may be said of a feature.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::delivery::Delivery;
use crate::diagnostic::Problem;
use crate::model::annotations::Annotations;
use crate::model::window::{Date, Window};

/// Whether a feature may be promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sellability {
    /// By the day that was asked for.
    Yes,
    /// From this day on.
    From(Date),
    /// Not at all.
    No,
    /// It cannot be said, since something could not be read.
    Unread,
}

/// Dimensions with the values that something may be promised for.
pub(crate) type Limits = Vec<(String, Vec<String>)>;

/// What may be said of one feature.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The feature's id.
    pub id: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Whether it may be promised.
    pub sellability: Sellability,
    /// The verdict by the day that was asked for.
    pub delivery: Delivery,
    /// For what is late: whether it is so even by the first day of its target.
    pub certain: Option<bool>,
    /// The first day by which it may be promised, from today on.
    pub first: Option<Date>,
    /// When what is not there yet is expected, with all that it waits for.
    pub expected: Option<Window>,
    /// Days from then to the day that was asked for: those to spare, or negative where it is late.
    pub spare: Option<i64>,
    /// Whether it is a beta that is there, or expected.
    pub by_beta: bool,
    /// Whether it may be promised to a customer who takes a beta, where that was not asked.
    pub with_beta: bool,
    /// Unnamed dimensions in which not everything may be promised, with the values that may.
    pub only: Limits,
    /// Levels that were asked for and that the roadmap does not state.
    pub unstated: Vec<String>,
    /// The last day it works.
    pub sunset: Option<Date>,
    /// The id of the feature that takes its place.
    pub replaced_by: Option<String>,
    /// Days of work for each customer who is promised it.
    pub custom_effort: Option<Decimal>,
    /// What lint would report of a contract that promises it by the day that was asked for.
    pub lints: BTreeSet<&'static str>,
    /// Why, in words, without what it is limited to.
    pub why: String,
    /// Where more can be looked up about the feature, and whose it is.
    pub annotations: Option<Box<Annotations>>,
}

/// All answers to a question.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// The answers: what may be promised first, then by day; what cannot be said last.
    pub answers: Vec<Answer>,
    /// What could not be compared.
    pub problems: Vec<Problem>,
    /// Days that are kept between a plan and a promise.
    pub margin: i64,
}

impl Answer {
    /// That nothing can be said, and why.
    pub(super) fn unread(id: String, name: Option<String>, why: &str) -> Self {
        Self {
            id,
            name,
            sellability: Sellability::Unread,
            delivery: Delivery::Unresolved,
            certain: None,
            first: None,
            expected: None,
            spare: None,
            by_beta: false,
            with_beta: false,
            only: Vec::new(),
            unstated: Vec::new(),
            sunset: None,
            replaced_by: None,
            custom_effort: None,
            lints: BTreeSet::new(),
            why: why.to_owned(),
            annotations: None,
        }
    }
}
