//! How JSON is laid out.

use serde::Serialize;

/// An object of its own, with every value on a line.
#[expect(clippy::expect_used, reason = "texts and numbers under keys that are texts always serialize")]
pub(crate) fn object(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("texts and numbers always serialize") + "\n"
}
