//! What a change of the roadmap does to the deals: the same contracts, judged with two roadmaps.
//!
//! Promises are compared obstacle by obstacle: feature, cell and kind; other findings by what they are about. Each
//! is the same whatever the feature is called in either roadmap, since the contract's words have not changed.

mod compare;
mod json;
mod judgements;
mod markdown;
mod pairs;
mod silent;
mod states;
mod text;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use crate::deals::{Deal, DealJudgement};
use crate::delivery::Kind;
use crate::lint::finding::Finding;
use crate::model::contract::ContractStatus;
use crate::model::money::{Money, Sums};
use crate::model::scope::Cell;
use crate::text::{count, plural};

pub(crate) use compare::{OlderDeals, impact};
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use states::DealStates;
pub(crate) use text::text;

/// What changes for the deals.
#[derive(Debug)]
pub(crate) struct Impact<'d> {
    /// What the roadmap is compared with, in words: `since main`.
    pub compared: String,
    /// Contracts that were judged.
    pub judged: usize,
    /// Whether all could be read, of both roadmaps.
    pub whole: bool,
    /// What changes, signed contracts first, and of those what gets worse.
    pub contracts: Vec<DealImpact<'d>>,
    /// Findings about no contract that are new.
    pub new: Vec<&'d Finding>,
    /// Findings about no contract that are gone.
    pub gone: Vec<&'d Finding>,
    /// What `lint` denies of today's roadmap itself: how much, and in words.
    pub roadmap_errors: (usize, Option<String>),
}

/// A contract for which something changes.
#[derive(Debug)]
pub(crate) struct DealImpact<'d> {
    /// The contract, with today's roadmap.
    pub deal: &'d Deal,
    /// Whether anything gets worse.
    pub direction: Direction,
    /// What changes: the worse first, then in the order of the contract.
    pub changes: Vec<Change<'d>>,
}

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Direction {
    /// It gets worse.
    Worse,
    /// It gets better.
    Better,
}

impl Direction {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
        }
    }
}

/// One thing that changes for a contract.
#[derive(Debug)]
pub(crate) struct Change<'d> {
    /// Which way.
    pub direction: Direction,
    /// The requirement, if it is about one.
    pub requirement: Option<String>,
    /// What changes.
    pub what: ChangeKind<'d>,
    /// What is found today: for a promise the finding about this obstacle, if there is one.
    pub found: Option<&'d Finding>,
}

/// What changes.
#[derive(Debug)]
pub(crate) enum ChangeKind<'d> {
    /// What becomes of one feature of a promise.
    Part {
        /// In which respect: time stands for existence, too.
        kind: Kind,
        /// With the other roadmap; none where what was asked for then had no such cell.
        before: Option<&'d DealJudgement>,
        /// Today.
        now: &'d DealJudgement,
        /// The combinations of scope values that it goes for; none where it goes for all.
        cells: Vec<Cow<'d, Cell>>,
    },
    /// Something else was found, or is not found any more.
    Finding(&'d Finding),
}

impl Change<'_> {
    /// Whether it is denied today, and nobody has accepted it.
    pub(crate) fn is_denied(&self) -> bool {
        self.direction == Direction::Worse && self.found.is_some_and(Finding::is_denied)
    }

    fn is_of_finding(&self) -> bool {
        matches!(self.what, ChangeKind::Finding(_))
    }

    /// Whether somebody has accepted what is found today.
    pub(crate) fn is_waived(&self) -> bool {
        self.direction == Direction::Worse && self.found.is_some_and(|finding| finding.waived.is_some())
    }

    /// What happens, in a sentence without its full stop.
    pub(crate) fn sentence(&self) -> String {
        match &self.what {
            ChangeKind::Part { kind, before, now, cells } => words::of_judgement(*kind, *before, now, cells),
            ChangeKind::Finding(finding) if self.direction == Direction::Better => {
                format!("no longer: {}", finding.diagnostic.title)
            }
            ChangeKind::Finding(finding) => finding.diagnostic.title.clone(),
        }
    }

    /// Where the roadmaps say so: today's, then the other.
    pub(crate) fn places(&self) -> (Option<&str>, Option<&str>) {
        match &self.what {
            ChangeKind::Part { before, now, .. } => {
                (now.place.as_deref(), before.and_then(|before| before.place.as_deref()))
            }
            ChangeKind::Finding(_) => (None, None),
        }
    }

    /// The lint that finds it today, or found it.
    pub(crate) fn lint(&self) -> Option<&'static str> {
        match &self.what {
            ChangeKind::Finding(finding) => Some(finding.lint.name),
            ChangeKind::Part { .. } => self.found.map(|finding| finding.lint.name),
        }
    }
}

impl DealImpact<'_> {
    /// Whether the contract is signed.
    pub(crate) fn is_signed(&self) -> bool {
        self.deal.status == ContractStatus::Signed
    }
}

/// Deals that a change is about, each once however many files it consists of.
#[derive(Debug, Default)]
pub(crate) struct AffectedDeals {
    /// What each is worth, where that is known.
    deals: BTreeMap<String, Option<Money>>,
    /// Promises and findings that go the same way.
    changes: usize,
}

impl AffectedDeals {
    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.deals.len()
    }

    /// How many promises, or other things that are found in them, go the same way.
    pub(crate) fn changes(&self) -> usize {
        self.changes
    }

    /// What they are worth.
    pub(crate) fn value(&self) -> Sums {
        self.deals.values().flatten().copied().collect()
    }
}

impl<'d> Impact<'d> {
    /// The deals that go one way. One that gets worse in any of its files does not get better.
    pub(crate) fn deals(&self, signed: bool, direction: Direction) -> AffectedDeals {
        let key = |deal: &Deal| deal.key().to_owned();
        let of = |wanted: Direction| {
            let of_kind = self.contracts.iter().filter(move |affected| affected.is_signed() == signed);
            of_kind.filter(move |affected| affected.direction == wanted)
        };
        let worse: HashSet<String> = of(Direction::Worse).map(|affected| key(affected.deal)).collect();
        let mut deals = AffectedDeals::default();
        for affected in of(direction) {
            if direction == Direction::Worse || !worse.contains(&key(affected.deal)) {
                let changes = affected.changes.iter().filter(|change| change.direction == direction);
                deals.changes += changes.count();
                deals.deals.insert(key(affected.deal), affected.deal.value);
            }
        }
        deals
    }

    /// Whether a signed contract gets worse by something that is denied and that nobody has accepted.
    pub(crate) fn breaks_signed(&self) -> bool {
        let signed = self.contracts.iter().filter(|affected| affected.is_signed());
        signed.flat_map(|affected| &affected.changes).any(Change::is_denied)
    }

    /// Whether something about no contract is new, and denied.
    pub(crate) fn breaks_roadmap(&self) -> bool {
        self.new.iter().any(|finding| finding.is_denied())
    }

    /// All of it in a sentence.
    pub(crate) fn headline(&self) -> String {
        let errors = self
            .roadmap_errors
            .1
            .iter()
            .map(|errors| format!("; the roadmap has {errors}: run `dealcheck lint`"));
        self.changes() + &errors.collect::<String>()
    }

    fn changes(&self) -> String {
        let mut parts = Vec::new();
        for direction in [Direction::Worse, Direction::Better] {
            for (signed, one, several) in
                [(true, "signed contract gets", "signed contracts get"), (false, "draft gets", "drafts get")]
            {
                let deals = self.deals(signed, direction);
                if deals.count() == 0 {
                    continue;
                }
                let mut part = format!("{} {}", plural(deals.count(), one, several), direction.name());
                let value = deals.value();
                part += &match value.is_empty() {
                    false => format!(" ({})", value.in_words()),
                    true => format!(" ({})", count(deals.changes(), "change")),
                };
                parts.push(part);
            }
        }
        let read = if self.whole { "" } else { "of what could be read, " };
        match (parts.is_empty(), self.judged) {
            (false, _) => format!("{read}{}, {}", parts.join(", "), self.compared),
            (true, 1) => format!("{read}nothing changes for the contract, {}", self.compared),
            (true, judged) => format!("{read}nothing changes for {judged} contracts, {}", self.compared),
        }
    }
}
