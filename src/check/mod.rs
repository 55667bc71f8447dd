//! One run over a workspace: every contract judged and linted, levels and waivers settled, what contracts share looked
//! at, all of it counted. Knows levels; knows no output.

mod contract;
pub mod counts;
mod levels;
pub mod outcome;
mod run;
mod shared;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod waive;

pub use contract::contract;
pub use run::{Run, Steps, run};
pub use shared::shared;
