//! Commercial terms, held against what is standard.

mod amount;
mod bound;
mod fee_multiple;
mod stand;

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::{Items, Scalar, Text};
use crate::input::records::{BandRecord, TermRecord};
use crate::source::Span;

use super::annotations::Annotations;
use super::fees::Fees;
use super::level::{LevelScale, LevelScales};
use super::misread::value;
use super::scope::same;

pub(crate) use amount::{TermAmount, in_full};
use fee_multiple::Unpriced;
use stand::stand;
pub(crate) use stand::{OutOfBounds, PricedTerm, TermBound, TermExcess, TermStanding, Unheld, written};

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
    /// Where more can be looked up, and whose it is.
    pub annotations: Option<Box<Annotations>>,
    /// The words that it is one of, in their order.
    scale: Option<Arc<LevelScale>>,
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
    /// Where more can be looked up, and whose it is.
    pub annotations: Option<Box<Annotations>>,
}

/// How far an exception from a standard goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    pub(super) fn read(
        name: &Text,
        record: &TermRecord,
        scales: &LevelScales,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let standard = record.standard.given()?.clone();
        let scale = scales.of(&name.value).ok()?;
        check_bounds(&standard, scale, problems);
        let bands = record.bands.given().map_or(&[][..], |Items(bands, _)| bands);
        let read: Vec<Option<Band>> =
            bands.iter().map(|band| Band::read(band.as_ref()?, scale, problems)).collect();
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
        let is_sound = outwards(&standard, &bands, scale, problems);
        let scale = scale.cloned();
        let absent = record.absent.given().cloned();
        let is_required = record.required.given().is_some_and(|required| required.value);
        let (name, annotations) = (name.clone(), Annotations::of(&record.refs, &record.owner, &record.note));
        let term = Self { name, standard, approver, bands, absent, is_required, annotations, scale };
        (is_sound && term.holds_silence(problems)).then_some(term)
    }

    /// Where what is standard is stated.
    pub fn place(&self) -> Span {
        place(&self.standard).unwrap_or(self.name.span)
    }

    /// Whether it is one of some words that have an order.
    pub fn is_on_a_scale(&self) -> bool {
        self.scale.is_some()
    }

    /// Holds a value against the standard.
    pub(crate) fn stand(&self, value: &Scalar, fees: &Fees) -> Result<TermStanding, Unheld> {
        stand(PricedTerm { value, fees }, &self.standard, self.scale.as_ref())
    }

    /// Whether a value goes beyond the standard, and further than another one did.
    pub(crate) fn goes_further(&self, is: PricedTerm<'_>, was: Option<PricedTerm<'_>>) -> bool {
        let Some(now) = self.excess(is) else { return false };
        let Some((was, before)) = was.and_then(|was| Some((was, self.excess(was)?))) else {
            return true;
        };
        let are_words = now.standing == TermStanding::Other && before.standing == TermStanding::Other;
        now.goes_further(&before) || (are_words && written(is.value) != written(was.value))
    }

    /// How far a value goes beyond the standard; none where it is standard, or cannot be held against that.
    pub(crate) fn excess(&self, term: PricedTerm<'_>) -> Option<TermExcess> {
        let standing = self.stand(term.value, term.fees).ok().filter(|it| *it != TermStanding::Standard)?;
        let fees = term.fees.only(&term_fees(term.value, Some(self)));
        Some(TermExcess { standing, reach: self.reach(Some(term.value), term.fees), fees })
    }

    /// The names of the fees that the standard and its bands may be multiples of.
    fn fee_names(&self) -> Vec<String> {
        let bands = self.bands.iter().flat_map(|band| &band.accept);
        let bounds = self.standard.iter().chain(bands).filter_map(|value| self.bound(value));
        bounds.flat_map(|bound| bound.fee_names()).collect()
    }

    /// Whether how a value stands to the standard hangs on what the contract pays regularly.
    pub(crate) fn hangs_on_fees(&self, value: &Scalar) -> bool {
        matches!(self.stand(value, &Fees::default()), Err(Unheld::Unpriced(_)))
    }

    /// How far a value goes that is not standard: into the first band that accepts it. Silence of which nobody has said what
    /// it means may be anything.
    pub fn reach(&self, value: Option<&Scalar>, fees: &Fees) -> TermReach {
        if self.bands.is_empty() {
            return TermReach::Anywhere;
        }
        let is_in = |band: &Band, value| {
            let value = PricedTerm { value, fees };
            stand(value, &band.accept, self.scale.as_ref()) == Ok(TermStanding::Standard)
        };
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

impl Term {
    /// Whether what silence means can be held against the standard.
    fn holds_silence(&self, problems: &mut Vec<Problem>) -> bool {
        let Some(absent) = &self.absent else { return true };
        let problem = match self.stand(absent, &Fees::default()) {
            // What is a multiple of a fee, or held against one, depends on the contract.
            Ok(_) | Err(Unheld::Unpriced(_)) => return true,
            Err(Unheld::Reported) => return false,
            Err(Unheld::Misread(misread)) => misread.at_scalar(absent),
            Err(Unheld::Incomparable(why)) => {
                let (absent_side, _) = why.sides();
                Problem::at(
                    absent.span(),
                    "what silence means cannot be held against the standard",
                    format!("this is {absent_side}"),
                )
            }
        };
        problems.push(problem.label(self.name.span, "the standard that it is held against"));
        false
    }
}

impl Band {
    fn read(
        record: &BandRecord,
        scale: Option<&Arc<LevelScale>>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let (accept, approver) = (record.accept.given()?.clone(), record.approver.given()?.clone());
        check_bounds(&accept, scale.filter(|_| !is_any(&accept)), problems);
        let needed = [
            (accept.is_empty(), "accept", "name what lies in it, such as `<= 60 days`"),
            (approver.is_empty(), "approver", "name the role that decides"),
        ];
        if let Some((_, key, help)) = needed.into_iter().find(|(is_empty, ..)| *is_empty) {
            let title = format!("`{key}` of a band is empty");
            problems.push(Problem::at(record.anchor, title, "in this band").help(help));
            return None;
        }
        Some(Self { accept, approver })
    }

    /// Whether it is whatever lies beyond the other bands.
    pub fn is_any(&self) -> bool {
        is_any(&self.accept)
    }

    /// Where it says what lies in it.
    pub fn place(&self) -> Span {
        place(&self.accept).unwrap_or(Span::NOWHERE)
    }
}

/// Where a list of values stands, from its first to its last.
fn place(values: &[Scalar]) -> Option<Span> {
    Some(Span { end: values.last()?.span().end, ..values.first()?.span() })
}

/// The names of the fees that a term, and what it is held against, may be multiples of.
pub(crate) fn term_fees(value: &Scalar, standard: Option<&Term>) -> Vec<String> {
    let of_value = match value {
        Scalar::Text(text) => {
            TermAmount::parse(&text.value).map(|amount| amount.fee_names()).unwrap_or_default()
        }
        Scalar::Bool(_) => Vec::new(),
    };
    of_value.into_iter().chain(standard.into_iter().flat_map(Term::fee_names)).collect()
}

/// Whether what lies in a band is whatever lies beyond the others.
fn is_any(accept: &[Scalar]) -> bool {
    matches!(accept, [Scalar::Text(any)] if same(any.value.trim(), "any"))
}

/// Reports the bounds that cannot be read, and the words that are not on the scale.
fn check_bounds(values: &[Scalar], scale: Option<&Arc<LevelScale>>, problems: &mut Vec<Problem>) {
    for text in values.iter().filter_map(|it| TermBound::meant(it, scale)) {
        value(text, problems, |text| TermBound::parse(text, scale));
    }
}

/// The only bound, where there is nothing else.
fn only_bound(values: &[Scalar], scale: Option<&Arc<LevelScale>>) -> Option<TermBound> {
    match values {
        [only] => TermBound::of(only, scale),
        _ => None,
    }
}

/// Whether each band goes further than those before it: another could never be reached, and the wrong people would
/// decide.
fn outwards(
    standard: &[Scalar],
    bands: &[Band],
    scale: Option<&Arc<LevelScale>>,
    problems: &mut Vec<Problem>,
) -> bool {
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
        if let (Some(inner), Some(outer)) = (only_bound(before, scale), only_bound(&band.accept, scale)) {
            let fault = match inner.goes_further(&outer) {
                Err(Unpriced::Incomparable(_)) => {
                    Some(("cannot be held against what stands before it", "write it in the same unit"))
                }
                // What is a multiple of a fee depends on the contract.
                Err(Unpriced::NoFee(_) | Unpriced::TooLarge | Unpriced::Unreadable) | Ok(true) => None,
                Ok(false) => Some((
                    "goes no further than what stands before it",
                    "write bands from the standard outwards",
                )),
            };
            if let Some((what, help)) = fault {
                problems.push(
                    Problem::at(band.place(), format!("the band `{outer}` {what}"), "this band")
                        .label(place(before).unwrap_or(Span::NOWHERE), "what stands before it")
                        .help(help),
                );
                return false;
            }
        }
        before = &band.accept;
    }
    true
}

#[cfg(test)]
mod tests;
