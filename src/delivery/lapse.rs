//! Deadlines that are over: then the day says more than the verdict.

use crate::model::contract::ContractStatus;
use crate::model::roadmap::Offer;
use crate::model::status::Status;
use crate::model::window::{Date, Window};

use super::reach::FeatureRequirement;
use super::{Delivery, Row};

/// A deadline that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lapse {
    /// A draft promises a day before today.
    BeforeToday,
    /// A draft promises a day before its own signature.
    BeforeSigning(Window),
    /// A signed contract's deadline passed without delivery.
    Missed,
}

impl Lapse {
    /// How the deadline of a draft is over, whatever is promised.
    pub(crate) fn of_draft(deadline: Date, signing: Option<Window>, today: Date) -> Option<Self> {
        match signing.filter(|signing| deadline < signing.earliest) {
            _ if deadline < today => Some(Self::BeforeToday),
            signing => signing.map(Self::BeforeSigning),
        }
    }

    /// The row that takes the place of the verdict's.
    pub(super) fn row(self) -> Row {
        match self {
            Self::BeforeToday | Self::BeforeSigning(_) => Row::Past,
            Self::Missed => Row::Missed,
        }
    }
}

/// What was judged, as far as it matters to whether a deadline is over.
#[derive(Clone, Copy)]
pub(super) struct LapseCase<'a> {
    /// The row of time, or of existence where that fails.
    pub(super) delivery: Delivery,
    pub(super) offer: Option<&'a Offer>,
    pub(super) by_beta: bool,
}

impl LapseCase<'_> {
    /// Whether, and how, the deadline of a judged promise is over. Unknown features are left alone: it may be a
    /// name that is wrong, not a promise that was broken.
    pub(super) fn lapse(self, ask: &FeatureRequirement<'_>, today: Date) -> Option<Lapse> {
        let FeatureRequirement { contract, requirement, met, .. } = ask;
        if matches!(self.delivery, Delivery::Unknown | Delivery::Unresolved) {
            return None;
        }
        // What ships only after the last day on which it was needed was never there for the customer.
        let end = requirement.end(contract).given().filter(|_| met.is_none());
        if contract.status == ContractStatus::Signed && end.is_some_and(|end| self.came_after(end.value)) {
            return Some(Lapse::Missed);
        }
        let deadline = requirement.due.window()?.latest;
        match contract.status {
            // What works already may be promised from a day that is over; a term of years often starts so.
            ContractStatus::Draft if self.was_there(deadline) => None,
            ContractStatus::Draft => {
                Lapse::of_draft(deadline, contract.signing.map(|signing| signing.value), today)
            }
            ContractStatus::Signed => {
                (deadline < today && !self.was_delivered(deadline)).then_some(Lapse::Missed)
            }
            ContractStatus::Ended | ContractStatus::Lost => None,
        }
    }

    /// Whether it was there on a day. What does not say since when it is there is taken to have been.
    fn was_there(self, day: Date) -> bool {
        let since = self.offer.and_then(|offer| offer.since(self.by_beta));
        self.was_delivered(day) && since.is_none_or(|since| since.value.earliest <= day)
    }

    /// Whether it came only when it had to hold no longer: then it was never there in time.
    fn came_after(self, end: Window) -> bool {
        let is_there = matches!(self.delivery, Delivery::Shipped | Delivery::Dropped);
        let since = self.offer.filter(|_| is_there).and_then(|offer| offer.since(self.by_beta));
        since.is_some_and(|since| since.value.latest > end.latest)
    }

    /// Whether it was delivered, be it late, and not gone by the day on which it was due. What was dropped after that
    /// was dropped, not missed.
    fn was_delivered(self, due: Date) -> bool {
        match (self.delivery, self.offer) {
            (Delivery::Shipped, _) => true,
            (Delivery::Dropped, Some(offer)) => {
                let is_gone = offer.sunset.is_some_and(|sunset| sunset.value.earliest <= due);
                let has_shipped =
                    matches!(offer.status.value, Status::Shipped | Status::Deprecated | Status::Retired);
                !is_gone && (has_shipped || offer.shipped.is_some())
            }
            _ => false,
        }
    }
}
