//! What is asked of a feature, and which of the levels that are asked for an offer reaches.

use crate::model::contract::{Contract, Need, Requirement};
use crate::model::level::Attainment;
use crate::model::roadmap::{Feature, Offer, StatedLevel};
use crate::model::window::Window;
use crate::source::Spanned;

/// One feature of one requirement.
pub(super) struct FeatureRequirement<'r> {
    pub(super) contract: &'r Contract,
    pub(super) requirement: &'r Requirement,
    pub(super) at: usize,
    pub(super) feature: &'r Feature,
    /// The day on which the customer accepted it, for the cell that is judged.
    pub(super) met: Option<Spanned<Window>>,
}

/// How an offer stands to the levels that are asked for.
pub(super) struct Reach<'r> {
    pub(super) low: Vec<(&'r Need, &'r StatedLevel)>,
    pub(super) unstated: Vec<&'r Need>,
}

impl<'r> Reach<'r> {
    pub(super) fn of(offer: &'r Offer, ask: &FeatureRequirement<'r>) -> Self {
        let mut reach = Self { low: Vec::new(), unstated: Vec::new() };
        // What was accepted reached what was needed.
        if ask.met.is_some() {
            return reach;
        }
        for need in &ask.requirement.needs {
            match offer.levels.get(&need.name.value) {
                // Counts as reached: what is not stated is not too low. `unknown-level` asks for it.
                None => reach.unstated.push(need),
                Some(level) if !admits(need, &level.value) => reach.low.push((need, level)),
                Some(_) => {}
            }
        }
        reach
    }

    /// From the best: all stated and reached, some not stated, some too low.
    pub(super) fn rank(&self) -> u8 {
        match (self.low.is_empty(), self.unstated.is_empty()) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        }
    }
}

/// Levels that cannot be compared were reported when the contract was read, and its requirement is not judged.
fn admits(need: &Need, level: &Attainment) -> bool {
    need.constraint.value.admits(level).unwrap_or(true)
}
