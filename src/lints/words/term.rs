//! What findings about commercial terms say alike.

use crate::input::decode::Scalar;
use crate::model::term::{self, Term};

/// A term in its own words.
pub(in crate::lints) fn written(term: &Scalar) -> String {
    term::written(term).trim().to_owned()
}

/// What a standard takes silence for.
pub(in crate::lints) fn silence_means(absent: &Scalar) -> String {
    format!("silence means {}", written(absent))
}

/// A part of a standard, or of a band of it, as a sentence says it.
pub(in crate::lints) fn standard_in_words(term: &Term, part: &Scalar) -> String {
    term.bound(part).map_or_else(|| written(part), |bound| bound.words())
}

/// The value that is just standard; none where a bound has none.
pub(in crate::lints) fn standard_value(term: &Term, part: &Scalar) -> Option<String> {
    term.bound(part).map_or_else(|| Some(written(part)), |bound| bound.value())
}
