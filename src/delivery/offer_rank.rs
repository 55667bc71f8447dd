//! Which of the offers of a feature counts.

use std::cmp::Reverse;

use crate::model::window::Date;

use super::Delivery;

/// How good an offer is for a cell, the best the lowest: the order of `docs/verdicts.md`, field by field, so that no order
/// of offers in the file shows. A worse row of an offer that breaks nothing is better than a better row of one that is gone
/// in the term or missed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OfferRank {
    pub(super) is_dropped: bool,
    pub(super) reach: u8,
    /// What surely is in time is better than what could not be read, and that than what is not.
    pub(super) is_unsure: bool,
    pub(super) is_read: bool,
    pub(super) delivery: Delivery,
    pub(super) is_deprecated: bool,
    /// No date is later than any; what is there and does not say since when always was.
    pub(super) has_no_date: bool,
    pub(super) expected: Option<Date>,
    pub(super) low_levels: usize,
    /// What stays is later than any last day.
    pub(super) ends: bool,
    pub(super) last_day: Option<Reverse<Date>>,
    pub(super) is_missed: bool,
}
