//! What prose says: sentences with what they stand in, who promises in them, and which features, days, scopes and levels
//! they name.
//!
//! Three gates decide together what is a promise: a feature is named ([`names`]), in the words of a promise, and in none
//! that are no promise ([`rules`]); [`verdict`] asks all three.

mod answers;
mod asides;
pub(crate) mod attachments;
mod belonging;
mod beside;
pub(crate) mod blanks;
pub(crate) mod claims;
mod clauses;
pub(crate) mod conditions;
pub(crate) mod dates;
pub(crate) mod definitions;
mod denials;
pub(crate) mod disclaimers;
mod division;
pub(crate) mod documents;
mod functions;
pub(crate) mod glance;
mod heads;
mod leads;
mod legend;
pub(crate) mod levels;
mod measures;
pub(crate) mod names;
mod naming;
pub(crate) mod parties;
mod present;
pub(crate) mod promise;
mod pronouns;
mod purposes;
pub(crate) mod reader;
mod rows;
pub(crate) mod rules;
pub(crate) mod ruling;
pub(crate) mod scopes;
pub(crate) mod sections;
mod sellers;
mod siblings;
mod sides;
pub(crate) mod statement;
mod subjects;
mod tasks;
pub(crate) mod terms;
#[cfg(test)]
mod tests;
mod titles;
mod told;
pub(crate) mod verbs;
pub(crate) mod verdict;
pub(crate) mod words;
