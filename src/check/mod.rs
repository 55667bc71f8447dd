//! One run over a workspace: every contract judged and linted, levels and waivers settled, what contracts share looked
//! at, all of it counted. Knows levels; knows no output.

mod batch;
mod claims;
mod contract;
pub(crate) mod counts;
mod facts;
mod family;
mod levels;
pub(crate) mod outcome;
mod places;
mod run;
mod shared;
pub(crate) mod tally;
#[cfg(test)]
mod tests;
mod together;
pub(crate) mod waive;

pub(crate) use contract::contract;
pub use run::{Run, Steps, run};
pub(crate) use shared::{alone, of_roadmap};
