//! A pseudonymised export of what contracts promise, for teams that may see what depends on their roadmap, but no
//! contract. `dealcheck index` writes it, `dealcheck impact --promises` reads it.
//!
//! Written are the features, the days, the scopes, the levels and whether a beta is accepted, each as far as the
//! roadmap knows the words, since those are the product's own, and as it spells them. Services are left out, which no
//! roadmap changes, and `strength`, which changes no verdict.
//!
//! Whatever else identifies a contract, a customer or a requirement becomes a pseudonym: an HMAC-SHA-256 under a key that
//! stays with the contracts. The same contract has the same pseudonym in every file, and nobody without the key can find
//! a name by guessing. Ids are taken to the letter; customers and unknown words without regard to case, by which they are
//! compared elsewhere, too.

mod read;
mod write;

pub(crate) use read::read_contracts;
pub(crate) use write::{Index, PseudonymKey, SerializedContract};

/// The version of the file's shape.
pub(crate) const VERSION: u32 = 1;

/// `unscheduled`: the event that it is due after has no day yet.
const OPEN: &str = "open";

/// `unscheduled`: due as soon as the feature is available.
const WHEN_AVAILABLE: &str = "when available";
