//! What findings about commercial terms say alike.

use crate::input::decode::Scalar;
use crate::model::term::Term;
use crate::source::Span;

/// A term in its own words.
pub(in crate::lints) fn written(term: &Scalar) -> String {
    match term {
        Scalar::Bool(value) => value.value.to_string(),
        Scalar::Text(text) => text.value.trim().to_owned(),
    }
}

/// What a standard takes silence for.
pub(in crate::lints) fn silence_means(absent: &Scalar) -> String {
    format!("silence means {}", written(absent))
}

/// Where a standard is stated, a list from its first entry to its last.
pub(in crate::lints) fn standard_place(standard: &Term) -> Span {
    match standard.standard.as_slice() {
        [] => standard.name.span,
        [first, .., last] => Span { end: last.span().end, ..first.span() },
        [only] => only.span(),
    }
}

/// A part of a standard, or of a band of it, as a sentence says it.
pub(in crate::lints) fn standard_in_words(term: &Term, part: &Scalar) -> String {
    term.bound(part).map_or_else(|| written(part), |bound| bound.words())
}

/// The value that is just standard; none where a bound has none.
pub(in crate::lints) fn standard_value(term: &Term, part: &Scalar) -> Option<String> {
    term.bound(part).map_or_else(|| Some(written(part)), |bound| bound.value())
}
