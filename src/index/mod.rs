//! What is promised, without who promised it to whom: for teams that may see what hangs on their roadmap, and no
//! contract. `index` writes it, `impact` reads it.
//!
//! Written are the features, the days, the scopes, the levels and whether a beta is accepted, each as far as the
//! roadmap knows the words, since those are the product's own. Whatever else tells contracts, customers and
//! requirements apart is a pseudonym: an HMAC-SHA-256 under a key that stays with the contracts, so that the same
//! contract has the same pseudonym in every file, and that nobody who lacks the key can try names until one fits.

mod read;
mod write;

pub(crate) use read::read_contracts;
pub(crate) use write::{Index, IndexEntry, PseudonymKey};

/// The version of the file's shape.
pub(crate) const VERSION: u32 = 1;

/// What is due after an event for which there is no day yet.
const OPEN: &str = "open";

/// What is due when it is available.
const WHEN_AVAILABLE: &str = "when available";
