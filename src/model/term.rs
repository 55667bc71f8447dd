//! Commercial terms, held against what is standard.

use crate::input::decode::{Scalar, Text};

use super::constraint::Constraint;
use super::misread::Misread;
use super::quantity::{Incomparable, Quantity};
use super::scope::same;

/// How a contract's term compares with the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermStanding {
    /// It is standard.
    Standard,
    /// It is outside a bound.
    OutOfBounds(Box<OutOfBounds>),
    /// It is none of the standard words.
    Other,
}

/// A term that misses a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfBounds {
    /// What is standard.
    pub bound: Constraint,
    /// What is agreed.
    pub agreed: Quantity,
    /// By how much it misses, where that has a number.
    pub distance: Option<Quantity>,
}

/// Why a term cannot be held against the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unheld {
    /// The standard is a bound on a number, and this is no number.
    Misread(Misread),
    /// It is a number of something else.
    Incomparable(Incomparable),
    /// The standard itself could not be read, which has been reported.
    Reported,
}

/// Holds a term against a standard: a bound, or words of which any is standard. It is standard where any part
/// of the standard admits it, whatever the others say.
pub fn stand(term: &Scalar, standard: &[Scalar]) -> Result<TermStanding, Unheld> {
    let mut missed = None;
    let mut unheld = None;
    let mut has_words = false;
    for scalar in standard {
        match (scalar, term) {
            (Scalar::Bool(standard), Scalar::Bool(term)) if standard.value == term.value => {
                return Ok(TermStanding::Standard);
            }
            (Scalar::Text(bound), Scalar::Text(term)) if Constraint::is_meant(&bound.value) => {
                match within(term, bound) {
                    Ok(TermStanding::Standard) => return Ok(TermStanding::Standard),
                    Ok(other) => missed = missed.or(Some(other)),
                    Err(why) => unheld = unheld.or(Some(why)),
                }
            }
            (Scalar::Text(standard), Scalar::Text(term))
                if same(standard.value.trim(), term.value.trim()) =>
            {
                return Ok(TermStanding::Standard);
            }
            _ => has_words = true,
        }
    }
    match (missed, unheld) {
        (Some(missed), _) => Ok(missed),
        // Where words may be standard, words that are not are no misreading.
        (None, Some(Unheld::Misread(_))) if has_words => Ok(TermStanding::Other),
        (None, Some(why)) => Err(why),
        (None, None) => Ok(TermStanding::Other),
    }
}

fn within(term: &Text, bound: &Text) -> Result<TermStanding, Unheld> {
    let bound = Constraint::parse(&bound.value).map_err(|_| Unheld::Reported)?;
    let quantity = Quantity::parse(&term.value).map_err(Unheld::Misread)?;
    if bound.admits(&quantity).map_err(Unheld::Incomparable)? {
        return Ok(TermStanding::Standard);
    }
    let distance = bound.shortfall(&quantity);
    Ok(TermStanding::OutOfBounds(Box::new(OutOfBounds { bound, agreed: quantity, distance })))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{FileId, Span, Spanned};

    fn text(text: &str) -> Scalar {
        Scalar::Text(Spanned::new(text.into(), Span { file: FileId(0), start: 0, end: 0 }))
    }

    fn standing(term: &str, standard: &[&str]) -> String {
        let standard: Vec<Scalar> = standard.iter().map(|words| text(words)).collect();
        match stand(&text(term), &standard) {
            Ok(TermStanding::Standard) => "standard".to_owned(),
            Ok(TermStanding::OutOfBounds(missed)) => {
                format!(
                    "out by {}",
                    missed.distance.map_or("no number".to_owned(), |distance| distance.to_string())
                )
            }
            Ok(TermStanding::Other) => "other".to_owned(),
            Err(Unheld::Misread(misread)) => misread.title,
            Err(Unheld::Incomparable(why)) => why.to_string(),
            Err(Unheld::Reported) => "reported".to_owned(),
        }
    }

    #[test]
    fn numbers_and_words_alike() {
        assert_eq!(standing("45 days", &["<= 45 days"]), "standard");
        assert_eq!(standing("90 days", &["<= 45 days"]), "out by 45 days");
        assert_eq!(standing("unlimited", &["<= 100 %"]), "out by no number");
        assert_eq!(standing("ny", &["NY", "Delaware"]), "standard");
        assert_eq!(standing("Texas", &["NY", "Delaware"]), "other");
        assert!(standing("90 %", &["<= 45 days"]).contains("day"), "{}", standing("90 %", &["<= 45 days"]));
        assert!(standing("soon", &["<= 45 days"]).contains("soon"));
    }

    #[test]
    fn a_bound_and_words_together() {
        let standard = ["<= 30 days", "on delivery"];
        assert_eq!(standing("on delivery", &standard), "standard");
        assert_eq!(standing("30 days", &standard), "standard");
        assert_eq!(standing("45 days", &standard), "out by 15 days");
        assert_eq!(standing("soon", &standard), "other");
        assert!(standing("5 %", &standard).contains("%"));
    }

    fn any_part() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["<= 30 days", ">= 60 days", "= 1 month", "<= 5 %", "NY", "on delivery"])
    }

    proptest! {
        #[test]
        fn any_part_of_the_standard_will_do(
            term in prop_oneof![
                Just("ny".to_owned()),
                Just("unlimited".to_owned()),
                (0..99u8).prop_map(|days| format!("{days} days")),
            ],
            mut parts in prop::collection::vec(any_part(), 1..5),
        ) {
            let whole = standing(&term, &parts) == "standard";
            prop_assert_eq!(whole, parts.iter().any(|part| standing(&term, &[part]) == "standard"));
            parts.reverse();
            prop_assert_eq!(whole, standing(&term, &parts) == "standard");
        }
    }
}
