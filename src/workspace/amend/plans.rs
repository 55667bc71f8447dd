//! Which of a deal's files hold together, so that each is judged by them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::model::assemble::Vocabulary;
use crate::model::contract::ContractStatus;
use crate::model::date::parse_date;
use crate::model::roadmap::Roadmap;
use crate::source::FileId;

use super::basis::Basis;
use super::chain::Chains;
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
    let chains = Chains::of(amendments, search, vocabulary);
    let mut plans = HashMap::new();
    let mut deals: BTreeMap<FileId, AmendedDeal> = BTreeMap::new();
    for amendment in amendments {
        let base = chains.base(amendment, search);
        let base = base.and_then(|base| match chains.unfit(amendment, vocabulary) {
            Some(problem) => Err(Some(problem)),
            None => Ok(base),
        });
        let base = match base {
            Ok(base) => base,
            Err(problem) => {
                let nothing = Basis::of(Arc::default(), Vec::new(), 1);
                plans.insert(amendment.file(), AmendmentPlan::Unknown(nothing, Vec::from_iter(problem)));
                continue;
            }
        };
        let deal = deals.entry(base.file()).or_insert_with(|| AmendedDeal {
            base: Arc::clone(base),
            signed: Vec::new(),
            not_in_force: Vec::new(),
            is_unclear: false,
        });
        let status = amendment.status(vocabulary);
        deal.is_unclear |= status.is_none();
        let base = deal.base.status(vocabulary);
        if is_in_force(status, base) {
            deal.signed.push(Arc::clone(amendment));
        } else {
            // The signed ones hold for the deal as a whole, and are laid under every draft.
            let below = chains.below(amendment).filter(|layer| !is_in_force(layer.status(vocabulary), base));
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
            SignedOrder::of(self.signed, chains, &vocabulary.calendar, roadmap);
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
            let basis = Basis::of(Stack::of(in_force.clone()), Vec::new(), in_force.len());
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
