//! Commercial terms, held against what is standard.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::diagnostic::Problem;
use crate::input::decode::{Items, Scalar, Text};
use crate::input::records::{BandRecord, TermRecord};
use crate::source::Span;

use super::constraint::{Constraint, Relation};
use super::misread::{Misread, value};
use super::quantity::{Amount, Incomparable, Quantity};
use super::scope::same;

/// A standard commercial term.
#[derive(Debug)]
pub struct Term {
    /// The name, at its place.
    pub name: Text,
    /// What is standard, as written.
    pub standard: Vec<Scalar>,
    /// The roles that may approve an exception together, however far it goes. None where there are bands.
    pub approver: Vec<Text>,
    /// Exceptions from the standard outwards, with who may approve them.
    pub bands: Vec<Band>,
    /// What silence means.
    pub absent: Option<Scalar>,
    /// Whether each contract must state it.
    pub is_required: bool,
}

/// A range of exceptions.
#[derive(Debug)]
pub struct Band {
    /// What lies in it, as written.
    pub accept: Vec<Scalar>,
    /// The roles that may approve it together.
    pub approver: Vec<Text>,
}

/// A term as a contract has it.
#[derive(Clone, Debug)]
pub struct AgreedTerm {
    /// The name as written; of a term that the contract does not state the standard's name, where the contract begins.
    pub name: Text,
    /// What was agreed, or what silence means; none where silence is all there is.
    pub value: Option<Scalar>,
    /// Whether the contract does not state it.
    pub is_silent: bool,
}

/// How far an exception from a standard goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermReach {
    /// The standard tells no exceptions apart.
    Anywhere,
    /// Into this band, by its place.
    Band(usize),
    /// Beyond all bands.
    Beyond,
}

impl Term {
    /// Reads a standard; none where a part of it could not be read.
    pub fn read(name: &Text, record: &TermRecord, problems: &mut Vec<Problem>) -> Option<Self> {
        let standard = record.standard.given()?.clone();
        check_bounds(&standard, problems);
        let bands = record.bands.given().map_or(&[][..], |Items(bands, _)| bands);
        let read: Vec<Option<Band>> = bands.iter().map(|band| Band::read(band.as_ref()?, problems)).collect();
        let bands: Vec<Band> = read.into_iter().collect::<Option<_>>()?;
        let approver = record.approver.given().cloned().unwrap_or_default();
        if record.bands.is_broken() || record.approver.is_broken() || record.absent.is_broken() {
            return None;
        }
        if let (Some(approver), Some(band)) = (approver.first(), bands.first()) {
            let title = format!("`approver` of `{}` and its `bands` both say who decides", name.value);
            let last = approver.value.escape_default();
            problems.push(
                Problem::at(approver.span, title, "decides on what, beside the bands?")
                    .label(band.place(), "this band has an approver of its own")
                    .help(format!("make it the last band: `{{ accept = \"any\", approver = \"{last}\" }}`")),
            );
            return None;
        }
        let is_sound = outwards(&standard, &bands, problems);
        let absent = record.absent.given().cloned();
        let is_required = record.required.given().is_some_and(|required| required.value);
        is_sound.then_some(Self { name: name.clone(), standard, approver, bands, absent, is_required })
    }

    /// Holds a value against the standard.
    pub fn stand(&self, value: &Scalar) -> Result<TermStanding, Unheld> {
        stand(value, &self.standard)
    }

    /// How far a value goes that is not standard: into the first band that accepts it. Silence of which nobody has said what
    /// it means may be anything.
    pub fn reach(&self, value: Option<&Scalar>) -> TermReach {
        if self.bands.is_empty() {
            return TermReach::Anywhere;
        }
        let is_in = |band: &Band, value| stand(value, &band.accept) == Ok(TermStanding::Standard);
        let accepts = |band: &Band| band.is_any() || value.is_some_and(|value| is_in(band, value));
        self.bands.iter().position(accepts).map_or(TermReach::Beyond, TermReach::Band)
    }

    /// The groups of roles each of which may together decide on an exception: of bands, those of its own and of all
    /// beyond it. None where nobody may; an empty list where nothing says who.
    pub fn deciders(&self, reach: TermReach) -> Option<Vec<&[Text]>> {
        match reach {
            TermReach::Anywhere => {
                Some(Vec::from_iter((!self.approver.is_empty()).then_some(&*self.approver)))
            }
            TermReach::Band(at) => Some(self.bands.iter().skip(at).map(|band| &*band.approver).collect()),
            TermReach::Beyond => None,
        }
    }
}

impl Band {
    fn read(record: &BandRecord, problems: &mut Vec<Problem>) -> Option<Self> {
        let (accept, approver) = (record.accept.given()?.clone(), record.approver.given()?.clone());
        check_bounds(&accept, problems);
        for (values, key) in [(accept.is_empty(), "accept"), (approver.is_empty(), "approver")] {
            if values {
                let title = format!("`{key}` of a band is empty");
                problems.push(Problem::at(record.anchor, title, "in this band").help(format!(
                    "name {}",
                    match key {
                        "accept" => "what lies in it, such as `<= 60 days`",
                        _ => "the role that decides",
                    }
                )));
                return None;
            }
        }
        Some(Self { accept, approver })
    }

    /// Whether it is whatever lies beyond the other bands.
    pub fn is_any(&self) -> bool {
        matches!(self.accept.as_slice(), [Scalar::Text(any)] if same(any.value.trim(), "any"))
    }

    /// Where it says what lies in it.
    pub fn place(&self) -> Span {
        place(&self.accept)
    }
}

/// Where a list of values stands, from its first to its last. It is not empty.
fn place(values: &[Scalar]) -> Span {
    match values {
        [first, .., last] => Span { end: last.span().end, ..first.span() },
        [only] => only.span(),
        [] => Span { file: crate::source::FileId(0), start: 0, end: 0 },
    }
}

fn check_bounds(values: &[Scalar], problems: &mut Vec<Problem>) {
    for text in values.iter().filter_map(meant_as_bound) {
        value(text, problems, |text| {
            Constraint::parse(&in_full(text)).map_err(|misread| match in_full(text) {
                Cow::Borrowed(_) => misread,
                Cow::Owned(_) => misread.of_all(),
            })
        });
    }
}

fn meant_as_bound(value: &Scalar) -> Option<&Text> {
    match value {
        Scalar::Text(text) if Constraint::is_meant(&in_full(&text.value)) => Some(text),
        Scalar::Text(_) | Scalar::Bool(_) => None,
    }
}

/// A part of a standard that is a bound.
pub(crate) fn bound(value: &Scalar) -> Option<Constraint> {
    Constraint::parse(&in_full(&meant_as_bound(value)?.value)).ok()
}

/// The only bound, where there is nothing else.
fn only_bound(values: &[Scalar]) -> Option<Constraint> {
    match values {
        [only] => bound(only),
        _ => None,
    }
}

/// Whether each band goes further than what stands before it. One that does not could never be reached, and who decides
/// would not be who is meant.
fn outwards(standard: &[Scalar], bands: &[Band], problems: &mut Vec<Problem>) -> bool {
    let mut before = standard;
    for (at, band) in bands.iter().enumerate() {
        if band.is_any() {
            let Some(after) = bands.get(at + 1) else { continue };
            problems.push(
                Problem::at(after.place(), "nothing lies beyond `any`", "never reached")
                    .label(band.place(), "this band is whatever lies beyond the others")
                    .help("write the band with `any` last"),
            );
            return false;
        }
        if let (Some(inner), Some(outer)) = (only_bound(before), only_bound(&band.accept)) {
            let fault = match inner.quantity.compare(&outer.quantity) {
                Err(_) => Some(("cannot be held against what stands before it", "write it in the same unit")),
                Ok(order) => {
                    let goes_on = match (inner.relation, outer.relation) {
                        (Relation::AtMost | Relation::LessThan, Relation::AtMost | Relation::LessThan) => {
                            order.is_lt()
                        }
                        (Relation::AtLeast | Relation::MoreThan, Relation::AtLeast | Relation::MoreThan) => {
                            order.is_gt()
                        }
                        _ => true,
                    };
                    (!goes_on).then_some((
                        "goes no further than what stands before it",
                        "write bands from the standard outwards",
                    ))
                }
            };
            if let Some((what, help)) = fault {
                problems.push(
                    Problem::at(band.place(), format!("the band `{outer}` {what}"), "this band")
                        .label(place(before), "what stands before it")
                        .help(help),
                );
                return false;
            }
        }
        before = &band.accept;
    }
    true
}

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
pub(super) fn stand(term: &Scalar, standard: &[Scalar]) -> Result<TermStanding, Unheld> {
    let mut missed = None;
    let mut unheld = None;
    let mut has_words = false;
    for scalar in standard {
        match (scalar, term) {
            _ if truth(scalar).is_some() && truth(scalar) == truth(term) => {
                return Ok(TermStanding::Standard);
            }
            (Scalar::Text(bound), _) if Constraint::is_meant(&in_full(&bound.value)) => {
                match within(&words(term), bound) {
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

fn within(term: &str, bound: &Text) -> Result<TermStanding, Unheld> {
    let bound = Constraint::parse(&in_full(&bound.value)).map_err(|_| Unheld::Reported)?;
    let quantity = quantity(term, &bound).map_err(Unheld::Misread)?;
    if bound.admits(&quantity).map_err(Unheld::Incomparable)? {
        return Ok(TermStanding::Standard);
    }
    let distance = bound.shortfall(&quantity);
    Ok(TermStanding::OutOfBounds(Box::new(OutOfBounds { bound, agreed: quantity, distance })))
}

/// Reads what is held against a bound. What is none is answered with the forms that are.
fn quantity(term: &str, bound: &Constraint) -> Result<Quantity, Misread> {
    let read = Quantity::parse(&in_full(term));
    let trimmed = term.trim();
    let is_nothing = ["none", "no", "false", "no cap", "no limit", "uncapped", "not capped"];
    if is_nothing.iter().any(|word| same(word, trimmed)) {
        let title = format!("`{trimmed}` may mean that there is no limit, or that there is nothing at all");
        let misread = Misread::new(title, "no limit, or nothing?");
        let misread = misread.instead("unlimited", "write `unlimited` if there is no limit");
        return Err(match &bound.quantity {
            Quantity::Amount(amount) => {
                let nothing = Quantity::Amount(Amount { value: Decimal::ZERO, ..amount.clone() });
                misread.instead(nothing.to_string(), format!("write `{nothing}` if there is nothing at all"))
            }
            Quantity::Unlimited => misread,
        });
    }
    read.map_err(|misread| if in_full(term) == term { misread } else { misread.of_all() })
}

/// A period for payment as a quantity: `net 30`, `30 days net` and `net thirty (30) days` are 30 days. A bound too:
/// `<= net 30`.
pub(crate) fn in_full(text: &str) -> Cow<'_, str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_net = |word: &&&str| word.eq_ignore_ascii_case("net");
    if words.iter().filter(is_net).count() != 1 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text.into();
    }
    let rest: Vec<&str> = words.iter().filter(|word| !is_net(word)).copied().collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_bare = rest.last().map(|last| last.trim_matches(['(', ')'])).as_ref().is_some_and(is_number);
    Cow::Owned(rest.join(" ") + if is_bare { " days" } else { "" })
}

/// Whether a value is a yes or a no, as YAML 1.1 has it or between quotes.
fn truth(value: &Scalar) -> Option<bool> {
    match value {
        Scalar::Bool(value) => Some(value.value),
        Scalar::Text(text) => {
            let said = |words: [&str; 2]| words.iter().any(|word| same(word, text.value.trim()));
            if said(["yes", "true"]) { Some(true) } else { said(["no", "false"]).then_some(false) }
        }
    }
}

fn words(value: &Scalar) -> Cow<'_, str> {
    match value {
        Scalar::Bool(value) => value.value.to_string().into(),
        Scalar::Text(text) => text.value.as_str().into(),
    }
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
    fn net_periods_are_days() {
        for term in ["net 60", "Net 60 days", "60 days net", "net 60 days"] {
            assert_eq!(standing(term, &["<= 45 days"]), "out by 15 days", "{term}");
            assert_eq!(standing(term, &["<= net 60"]), "standard", "{term}");
        }
        assert_eq!(standing("net income", &["<= 45 days", "net income"]), "standard");
        for term in ["thirty (30) days", "net thirty (30)", "Net thirty (30) days"] {
            assert_eq!(standing(term, &["<= 45 days"]), "standard", "{term}");
        }
        assert!(standing("thirty (60) days", &["<= 45 days"]).contains("two numbers"));
    }

    #[test]
    fn yes_and_no_are_told_in_words_too() {
        let yes = |value| Scalar::Bool(Spanned::new(value, Span { file: FileId(0), start: 0, end: 0 }));
        for (term, standard) in [("no", false), ("False", false), ("yes", true), ("true", true)] {
            assert_eq!(stand(&text(term), &[yes(standard)]), Ok(TermStanding::Standard), "{term}");
            assert_eq!(stand(&text(term), &[yes(!standard)]), Ok(TermStanding::Other), "{term}");
            assert_eq!(stand(&yes(standard), &[text(term)]), Ok(TermStanding::Standard), "{term}");
        }
        for term in [text("none"), text("no"), yes(false)] {
            assert!(matches!(stand(&term, &[text("<= 5 EUR")]), Err(Unheld::Misread(_))), "{term:?}");
        }
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
