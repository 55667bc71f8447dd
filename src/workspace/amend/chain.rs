//! What amendments amend, step by step, down to the contract at the bottom.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::model::assemble::Vocabulary;
use crate::model::contract::ContractStatus;
use crate::source::FileId;
use crate::text::fold;

use super::Layer;
use super::search::Search;

/// What some amendments amend.
pub(super) struct Chains {
    /// What each file amends.
    next: HashMap<FileId, Arc<Layer>>,
    /// Where the steps down from each file end, and how many they are.
    ends: HashMap<FileId, (ChainEnd, usize)>,
    /// What is over below each file, or does not hold yet.
    unfit: HashMap<FileId, UnfitBelow>,
}

/// The nearest contracts below a file that may be amended no more, or not by what is signed.
#[derive(Clone, Default)]
struct UnfitBelow {
    /// One that is lost.
    lost: Option<Arc<Layer>>,
    /// One that is lost or has ended.
    any: Option<Arc<Layer>>,
    /// One that nobody has signed yet.
    unsigned: Option<Arc<Layer>>,
}

/// Where the steps down from a file end.
#[derive(Clone)]
enum ChainEnd {
    /// At a contract that amends none.
    Base(Arc<Layer>),
    /// At one that is not there.
    Missing(Text),
    /// Nowhere.
    Circle,
}

impl Chains {
    /// `standing` says how far a deal is.
    pub(super) fn of(
        amendments: &[Arc<Layer>],
        search: &Search<'_>,
        standing: impl Fn(&Layer) -> Option<ContractStatus>,
    ) -> Self {
        let mut chains = Self { next: HashMap::new(), ends: HashMap::new(), unfit: HashMap::new() };
        for amendment in amendments {
            chains.follow(amendment, search, &standing);
        }
        chains
    }

    /// Follows the steps down from a file, as far as they are not known yet.
    fn follow(
        &mut self,
        amendment: &Arc<Layer>,
        search: &Search<'_>,
        standing: impl Fn(&Layer) -> Option<ContractStatus>,
    ) {
        let (mut path, mut seen) = (Vec::new(), HashSet::new());
        let mut at = amendment;
        let (end, depth) = loop {
            // Each step is walked once, however many amendments lead over it.
            if let Some(end) = self.ends.get(&at.file()) {
                break end.clone();
            }
            if !seen.insert(at.file()) {
                break (ChainEnd::Circle, 0);
            }
            let Some(amends) = at.record.amends.given() else { break (ChainEnd::Base(Arc::clone(at)), 0) };
            path.push(at.file());
            let Some(next) = search.known.get(amends.value.as_str()) else {
                break (ChainEnd::Missing(amends.clone()), 0);
            };
            self.next.insert(at.file(), Arc::clone(next));
            at = next;
        };
        for (file, depth) in path.into_iter().rev().zip(depth + 1..) {
            self.ends.insert(file, (end.clone(), depth));
            let below = self.unfit_below(file, &standing);
            self.unfit.insert(file, below);
        }
    }

    /// What is over below a file, or does not hold yet, of what is known of the one that it amends.
    fn unfit_below(&self, file: FileId, standing: impl Fn(&Layer) -> Option<ContractStatus>) -> UnfitBelow {
        let Some(next) = self.next.get(&file) else { return UnfitBelow::default() };
        let below = self.unfit.get(&next.file()).cloned().unwrap_or_default();
        let own = || next.id().map(|_| Arc::clone(next));
        match standing(next) {
            Some(ContractStatus::Lost) => {
                UnfitBelow { lost: own().or(below.lost), any: own().or(below.any), ..below }
            }
            Some(ContractStatus::Ended) => UnfitBelow { any: own().or(below.any), ..below },
            Some(ContractStatus::Draft) => UnfitBelow { unsigned: own().or(below.unsigned), ..below },
            _ => below,
        }
    }

    /// How many steps it is down from a file.
    pub(super) fn depth(&self, file: FileId) -> usize {
        self.ends.get(&file).map_or(0, |(_, depth)| *depth)
    }

    /// Whether a file amends one below it, over however many steps.
    pub(super) fn is_below(&self, below: FileId, file: FileId) -> bool {
        let steps = self.depth(file).saturating_sub(self.depth(below));
        let mut at = self.next.get(&file);
        for _ in 1..steps {
            at = at.and_then(|layer| self.next.get(&layer.file()));
        }
        steps > 0 && at.is_some_and(|layer| layer.file() == below)
    }

    /// The contract at the bottom of an amendment; no problem where it is reported elsewhere.
    pub(super) fn base(
        &self,
        amendment: &Layer,
        search: &Search<'_>,
    ) -> Result<&Arc<Layer>, Option<Problem>> {
        let first = amendment.record.amends.given().ok_or(None)?;
        match &self.ends.get(&amendment.file()).ok_or(None)?.0 {
            ChainEnd::Base(base) => Ok(base),
            ChainEnd::Missing(text) => {
                let is_reported = search.damaged.contains(text.value.as_str());
                let not_found = || search.not_found(first, text, "to amend", amendment.id());
                Err((!is_reported).then(not_found))
            }
            ChainEnd::Circle => {
                let next = self.next.get(&amendment.file());
                Err(Some(in_circles(first, next.is_some_and(|next| next.file() == amendment.file()))))
            }
        }
    }

    /// The amendments below one, the nearest first: what it amends, down to the contract at the bottom and without that.
    pub(super) fn below<'a>(&'a self, amendment: &Layer) -> impl Iterator<Item = &'a Arc<Layer>> {
        self.steps(amendment).filter(|layer| layer.record.amends.given().is_some())
    }

    /// All that one amends that leads to a contract at the bottom, the nearest first.
    fn steps<'a>(&'a self, amendment: &Layer) -> impl Iterator<Item = &'a Arc<Layer>> {
        std::iter::successors(self.next.get(&amendment.file()), |at| self.next.get(&at.file()))
    }

    /// Why an amendment of a contract at the bottom cannot amend what it amends, or not any more.
    pub(super) fn unfit(
        &self,
        amendment: &Layer,
        vocabulary: &Vocabulary,
        standing: impl Fn(&Layer) -> Option<ContractStatus>,
    ) -> Option<Problem> {
        let amends = amendment.record.amends.given()?;
        let own = standing(amendment).filter(|status| status.is_linted())?;
        let UnfitBelow { lost, any, unsigned } = self.unfit.get(&amendment.file())?;
        // One without a day may be signed on the day of what it amends, which is told of that day.
        let comes_with = |below: &Layer| {
            amendment.record.signing.is_absent() && below.status(vocabulary) == Some(ContractStatus::Signed)
        };
        let below = match own {
            ContractStatus::Draft => any.as_ref()?,
            _ => lost.as_ref().or(unsigned.as_ref().filter(|below| !comes_with(below)))?,
        };
        unfit(amends, below.id()?, standing(below)?)
    }
}

/// Why an amendment cannot be one of a contract: both say whose they are, and not the same.
pub(super) fn another_customer(amendment: &Layer, base: &Layer) -> Option<Problem> {
    let [own, other] = [amendment, base].map(|layer| layer.record.customer.given());
    let (own, other) = (own?, other?);
    let letters = |text: &Text| fold(&text.value).split_whitespace().collect::<String>();
    if letters(own) == letters(other) {
        return None;
    }
    let name = base.id()?;
    let title = format!("this amends `{name}`, which is the contract of another customer");
    let problem = Problem::at(own.span, title, "another customer").label(other.span, "the customer of that");
    Some(problem.help(format!(
        "name in `amends` a contract of this customer; if `{name}` went over to it, or it has another name by now, leave `customer` out here, or write it there, too"
    )))
}

fn unfit(amends: &Text, name: &str, status: ContractStatus) -> Option<Problem> {
    let (title, label, help) = match status {
        ContractStatus::Lost => (
            format!("`{name}` is lost, and nothing amends it"),
            "never agreed",
            format!(
                "if it was agreed after all, write `status: signed` in `{name}`; if not, write `status: lost` here, too"
            ),
        ),
        ContractStatus::Ended => (
            format!("`{name}` has ended, and what is signed from now on does not amend it"),
            "over before this is signed",
            format!(
                "if it still holds, write `status: signed` in `{name}`; if not, write a new contract, without `amends`"
            ),
        ),
        ContractStatus::Draft => (
            format!("`{name}` is not signed yet, and this amendment of it is"),
            "not signed yet",
            format!(
                "if `{name}` was signed, write so there, with its day: `status: signed` and `signing`; if not, write `status: draft` here, too"
            ),
        ),
        ContractStatus::Signed => return None,
    };
    Some(Problem::at(amends.span, title, label).help(help))
}

fn in_circles(amends: &Text, is_alone: bool) -> Problem {
    if is_alone {
        return Problem::at(amends.span, "a contract cannot amend itself", "this is the contract's own id")
            .help("name the contract whose words change, or leave `amends` out");
    }
    Problem::at(amends.span, "these amendments amend one another", "amends a contract that amends this one")
        .help("one of them must amend the contract itself")
}
