//! Which of a deal's files hold together, so that each is judged by them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::input::records::ContractRecord;
use crate::model::amend::effective;
use crate::model::assemble::Vocabulary;
use crate::model::calendar::Calendar;
use crate::model::contract::ContractStatus;
use crate::model::date::parse_date;
use crate::model::roadmap::Roadmap;
use crate::source::FileId;

use super::basis::Basis;
use super::chain::{Chains, another_customer};
use super::order::SignedOrder;
use super::search::Search;
use super::stack::Stack;
use super::{AmendmentPlan, Layer, is_in_force};

/// A contract with what amends it.
struct AmendedDeal {
    base: Arc<Layer>,
    signed: Vec<Arc<Layer>>,
    /// Amendments that are not in force, each with those of them that it amends: drafts, ended and lost ones.
    not_in_force: Vec<(Arc<Layer>, Vec<Arc<Layer>>)>,
    /// Whether nobody can tell which amendments hold.
    is_unclear: bool,
}

/// What each file is judged by that amends, or is amended.
pub(super) fn plans(
    amendments: &[Arc<Layer>],
    search: &Search<'_>,
    vocabulary: &Vocabulary,
    roadmap: &Roadmap,
    today: Date,
) -> HashMap<FileId, AmendmentPlan> {
    let standing = |layer: &Layer| layer.standing(vocabulary, today);
    let chains = Chains::of(amendments, search, standing);
    let mut plans = HashMap::new();
    let mut deals: BTreeMap<FileId, AmendedDeal> = BTreeMap::new();
    for amendment in amendments {
        let base = chains.base(amendment, search);
        let base = base.and_then(|base| match chains.unfit(amendment, vocabulary, standing) {
            Some(problem) => Err(Some(problem)),
            None => Ok(base),
        });
        let mut refuse = |stack: Arc<Stack>, problem: Option<Problem>| {
            let basis = Basis::of(stack, Vec::new(), 1);
            plans.insert(amendment.file(), AmendmentPlan::Unknown(basis, Vec::from_iter(problem)));
        };
        let base = match base {
            Ok(base) => base,
            Err(problem) => {
                refuse(Arc::default(), problem);
                continue;
            }
        };
        let is_kept = standing(amendment).is_some_and(ContractStatus::is_linted);
        if let Some(problem) = another_customer(amendment, base).filter(|_| is_kept) {
            // With both files, so that both places are shown.
            refuse(Stack::of(vec![Arc::clone(base), Arc::clone(amendment)]), Some(problem));
            continue;
        }
        let deal = deals.entry(base.file()).or_insert_with(|| AmendedDeal {
            base: Arc::clone(base),
            signed: Vec::new(),
            not_in_force: Vec::new(),
            is_unclear: false,
        });
        let status = standing(amendment);
        deal.is_unclear |= status.is_none();
        let base = standing(&deal.base);
        if is_in_force(status, base) {
            deal.signed.push(Arc::clone(amendment));
        } else {
            // The signed ones hold for the deal as a whole, and are laid under every draft.
            let below = chains.below(amendment).filter(|layer| !is_in_force(standing(layer), base));
            let mut below: Vec<Arc<Layer>> = below.map(Arc::clone).collect();
            below.reverse();
            deal.not_in_force.push((Arc::clone(amendment), below));
        }
    }
    for deal in deals.into_values() {
        plans.extend(deal.plans(&chains, vocabulary, roadmap, today));
    }
    plans
}

impl AmendedDeal {
    fn plans(
        self,
        chains: &Chains,
        vocabulary: &Vocabulary,
        roadmap: &Roadmap,
        today: Date,
    ) -> Vec<(FileId, AmendmentPlan)> {
        // Where nobody can tell what is in force, nothing of the deal is judged: in no order is a yes safe.
        let SignedOrder { signed, mut reasons, mut is_clear } =
            SignedOrder::of(&self.base, self.signed, chains, &vocabulary.calendar, roadmap);
        if let Some((file, renewal)) = renewal(&self.base, &signed, vocabulary, today).filter(|_| is_clear) {
            reasons.insert(file, vec![renewal]);
            is_clear = false;
        }
        let is_unclear = self.is_unclear || !is_clear;
        let mut plan = |file: FileId, basis: &Arc<Basis>| {
            let basis = Arc::clone(basis);
            let plan = match is_unclear {
                true => AmendmentPlan::Unknown(basis, reasons.remove(&file).unwrap_or_default()),
                false => AmendmentPlan::Basis(basis),
            };
            (file, plan)
        };
        let mut plans = Vec::new();
        let in_force: Vec<Arc<Layer>> = std::iter::once(self.base).chain(signed).collect();
        // A base with drafts alone is judged as it stands: a draft changes nothing until it is signed.
        if in_force.len() > 1 || is_unclear {
            let earlier = earlier(&in_force, &vocabulary.calendar, today);
            let basis = Basis::of(Stack::of(in_force.clone()), Vec::new(), in_force.len()).since(earlier);
            plans.extend(in_force.iter().map(|layer| plan(layer.file(), &basis)));
        }
        for (draft, below) in self.not_in_force {
            let file = draft.file();
            let layers = in_force.iter().cloned().chain(below).chain([draft]).collect();
            plans.push(plan(file, &Basis::of(Stack::of(layers), Vec::new(), 1)));
        }
        plans
    }
}

/// By what the files of a deal are judged until amendments of it take effect: for each day on which one does, all that
/// take effect before it. Those that have taken effect are in force whatever was due before.
fn earlier(in_force: &[Arc<Layer>], calendar: &Calendar, today: Date) -> Vec<(Date, Arc<Basis>)> {
    let mut records: Vec<Arc<ContractRecord>> = Vec::new();
    let mut begins: Vec<Option<Date>> = Vec::new();
    for (at, layer) in in_force.iter().enumerate() {
        records.push(Arc::clone(&layer.record));
        let begin = if at > 0 { effective(&records, calendar) } else { None };
        begins.push(begin.filter(|day| *day > today));
    }
    let days: BTreeSet<Date> = begins.iter().copied().flatten().collect();
    let until = |day: Date| {
        let held = in_force.iter().zip(&begins).filter(|(_, begin)| begin.is_none_or(|begin| begin < day));
        let held: Vec<Arc<Layer>> = held.map(|(layer, _)| Arc::clone(layer)).collect();
        (day, Basis::of(Stack::of(held), Vec::new(), in_force.len()))
    };
    days.into_iter().map(until).collect()
}

/// The problem of a signed amendment that prolongs a contract which has ended: nobody knows which of the two holds.
fn renewal(
    base: &Layer,
    signed: &[Arc<Layer>],
    vocabulary: &Vocabulary,
    today: Date,
) -> Option<(FileId, Problem)> {
    base.status(vocabulary).filter(|status| *status == ContractStatus::Ended)?;
    let last_day = |layer: &Layer| {
        let period = layer.record.period.given()?;
        period.end.given().or_else(|| period.term.given()).cloned()
    };
    let (layer, end) = signed.iter().rev().find_map(|layer| Some((layer, last_day(layer)?)))?;
    let is_past = parse_date(&end.value, &vocabulary.calendar).is_ok_and(|day| day.latest < today);
    if is_past || layer.status(vocabulary) != Some(ContractStatus::Signed) {
        return None;
    }
    let name = base.id()?;
    let problem = Problem::at(
        end.span,
        format!("`{name}` has ended, and this signed amendment says that it lasts"),
        "not known to be over",
    )
    .help(format!("if it still holds, write `status: signed` in `{name}`; if it ended all the same, write `status: ended` here, too"));
    Some((layer.file(), problem))
}
