//! Deadlines that are over: then the day says more than the verdict.

use crate::model::contract::{Contract, ContractStatus, Requirement};
use crate::model::status::Status;
use crate::model::window::{Date, Window, days_between};

use super::{Delivery, Judgement};

/// A deadline that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// A draft promises a day before today.
    BeforeToday,
    /// A draft promises a day before its own signature.
    BeforeSigning(Window),
    /// A signed contract's deadline passed without delivery.
    Breached,
}

/// Whether, and how, the deadline of a judged promise is over. Unknown features are left alone: it may be a
/// name that is wrong, not a promise that was broken.
pub(super) fn lapse(
    judgement: &Judgement<'_>,
    contract: &Contract,
    requirement: &Requirement,
    today: Date,
) -> Option<Lapse> {
    let deadline = requirement.due.deadline.window.latest;
    if matches!(judgement.delivery, Delivery::Unknown | Delivery::Unresolved) {
        return None;
    }
    match contract.status {
        ContractStatus::Draft if was_available(judgement, deadline) => None,
        ContractStatus::Draft if deadline < today => Some(Lapse::BeforeToday),
        ContractStatus::Draft => contract
            .signing
            .map(|signing| signing.value)
            .filter(|signing| deadline < signing.earliest)
            .map(Lapse::BeforeSigning),
        ContractStatus::Signed => {
            let open = deadline < today && judgement.delivery != Delivery::Shipped;
            // What was delivered in time and dropped since was dropped, not breached.
            let kept = judgement.delivery == Delivery::Dropped && !was_rejected(judgement);
            (open && !kept).then_some(Lapse::Breached)
        }
        ContractStatus::Closed | ContractStatus::Lost => None,
    }
}

/// Whether what is available was so by a day that is over.
fn was_available(judgement: &Judgement<'_>, day: Date) -> bool {
    let since = judgement.offer.and_then(|offer| if judgement.by_beta { offer.beta } else { offer.shipped });
    judgement.delivery == Delivery::Shipped
        && since.is_none_or(|since| days_between(day, since.earliest) <= 0)
}

fn was_rejected(judgement: &Judgement<'_>) -> bool {
    judgement.offer.is_some_and(|offer| offer.status.value == Status::Rejected && offer.shipped.is_none())
}
