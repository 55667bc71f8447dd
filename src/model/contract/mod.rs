//! One deal: its requirements with deadlines and scopes worked out, held against the roadmap's names.

mod chart;
mod events;
mod names;
mod read;
mod requirement;
mod scope;
mod terms;

use std::sync::Arc;

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Text};
use crate::source::{FileId, Span, Spanned};

use super::annotations::Annotations;
use super::calendar::Calendar;
use super::deadline::{Deadline, DueDay, Events};
use super::fees::Fees;
use super::level::{LevelConstraint, LevelScales, WrittenLevel};
use super::money::Money;
use super::remedy::Remedy;
use super::roadmap::{Reference, Roadmap};
use super::scope::{Cell, Scope};
pub(crate) use super::status::ContractStatus;
use super::status::Statuses;
use super::term::AgreedTerm;
use super::window::{Date, Window};

pub(crate) use chart::{Chart, DayOrigin};
pub(crate) use events::{OpenEvent, OpenEvents, effective_day};
pub(crate) use names::requirement_name;
pub(crate) use read::{
    DealReading, EXPECTED_KEYS, PromisedItems, check_file, contract, fiscal_year, has_lost_features,
};
pub(crate) use requirement::{ACCEPTED, KINDS, Strength};
pub(crate) use scope::laid_scope;

/// One deal.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The file.
    pub file: FileId,
    /// The id; absent only where it could not be read.
    pub id: Option<Text>,
    /// The contract that this one amends.
    pub amends: Option<Text>,
    /// The master agreement that it is under.
    pub under: Option<Text>,
    /// Whether other contracts are under it.
    pub is_master: bool,
    /// The id of the deal: the contract's own, or for an amendment that of the contract at the bottom.
    pub deal: Option<String>,
    /// The customer.
    pub customer: Option<Text>,
    /// Who sells.
    pub seller: Option<Text>,
    /// How far the deal is.
    pub status: ContractStatus,
    /// Planned or actual day of signature, as it is read: a period is its last day where `bare-period` says so.
    pub signing: Option<Spanned<Window>>,
    /// First day of the term.
    pub start: Option<Spanned<Window>>,
    /// Last day of the term. One that could not be read is not the same as none.
    pub end: Field<Spanned<Window>>,
    /// All events that its deadlines may count from.
    pub events: Events,
    /// What its days are counted by, where that is its own: with the customer's fiscal year, which is stated there.
    pub calendar: Option<Box<Spanned<Calendar>>>,
    /// The milestones for which it says that there is no day yet.
    pub open: Option<Arc<OpenEvents>>,
    /// Total value over the term.
    pub value: Option<Spanned<Money>>,
    /// Of an amendment, what counts of the deal's value here.
    pub share: Option<DealShare>,
    /// What is paid regularly.
    pub fees: Fees,
    /// The most that all of its remedies together can come to.
    pub remedy_cap: Option<Money>,
    /// Commercial terms: what it states, and what it does not state and ought to.
    pub terms: Vec<AgreedTerm>,
    /// Terms that an amendment makes worse though it leaves their words as they are, each judged with it.
    pub worsened_terms: Vec<(AgreedTerm, Worsening)>,
    /// Requirements of other files of which an amendment asks more, and that fare no worse with it by this roadmap.
    pub tightened: Vec<Requirement>,
    /// Contracts whose value the amendment lowers.
    pub revalued: Vec<Revaluation>,
    /// Prose that the contract consists of.
    pub documents: Vec<Text>,
    /// The features that other files of it promise, or promised, by their places in the roadmap.
    pub declared_elsewhere: Arc<[usize]>,
    /// Whether something of what it promises could not be read, and may be any feature.
    pub has_lost_features: bool,
    /// The promises, in the order of the file.
    pub requirements: Vec<Requirement>,
    /// Where it says that it promises nothing: `[]`. Promises that could not be read are not nothing.
    pub empty: Option<Span>,
    /// The features for want of which the deal was lost, where the contract says so, each as a requirement.
    pub lost_because: Vec<Requirement>,
    /// Where more can be looked up, and whose it is.
    pub annotations: Option<Box<Annotations>>,
}

/// What an amendment adds to the value of all deals: a deal is worth once what it is worth, in however many files it stands.
#[derive(Debug, Clone, Copy)]
pub struct DealShare {
    /// The deal's worth in force; without one, as the amendment would have it.
    pub value: Option<Money>,
    /// Whether another file of the run counts it.
    pub is_counted_elsewhere: bool,
}

impl Contract {
    /// What its deal is worth: an amendment that nobody has signed changes nothing of that.
    pub fn deal_value(&self) -> Option<Money> {
        match self.share {
            Some(share) => share.value,
            None => self.value.map(|value| value.value),
        }
    }

    /// The terms that are told with it, each with the contract by whose fees it is judged: its own, and those that it makes worse.
    pub(crate) fn told_terms(&self) -> impl Iterator<Item = (&AgreedTerm, &Self)> {
        let worsened = self.worsened_terms.iter().map(|(term, worsening)| (term, &*worsening.contract));
        worsened.chain(self.terms.iter().map(move |term| (term, self)))
    }

    /// Whether somebody has signed it by a day: one whose own day of signature is to come is a draft until then.
    pub(crate) fn is_agreed(&self, today: Date) -> bool {
        let own = self.signing.filter(|signing| signing.span.file == self.file);
        let is_to_come = own.is_some_and(|signing| signing.value.earliest > today);
        match self.status {
            ContractStatus::Draft => false,
            ContractStatus::Signed => !is_to_come,
            ContractStatus::Ended | ContractStatus::Lost => true,
        }
    }

    /// Whether what its deal is worth is counted with it.
    pub fn counts_value(&self) -> bool {
        self.share.is_none_or(|share| !share.is_counted_elsewhere)
    }
}

/// One promise.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id, or the feature's, or `#3` for the third.
    pub name: CompactString,
    /// Where the id is written, if it is.
    pub id_span: Option<Span>,
    /// Where it begins.
    pub place: Span,
    /// Where the contract's prose states it.
    pub clause: Option<Text>,
    /// What the prose says.
    pub text: Option<Text>,
    /// The promised features; none where nobody has said which.
    pub features: Vec<PromisedFeature>,
    /// Whether it is an obligation that needs no feature.
    pub is_service: bool,
    /// By when.
    pub due: Due,
    /// How long it must hold, where it says so itself.
    pub until: Field<Spanned<Window>>,
    /// The day on which the customer accepted it.
    pub met: Option<Spanned<Window>>,
    /// What it was for on that day, where an amendment has changed it since: only that was accepted.
    pub accepted: Option<Box<Scope>>,
    /// For what: the requirement's own scope over the contract's.
    pub scope: Scope,
    /// What its own `for` says.
    pub own_scope: Scope,
    /// Where the scope is written, if anywhere.
    pub scope_span: Option<Span>,
    /// Whether the scope could not be read: then only features for everybody can be judged.
    pub scope_unreadable: bool,
    /// Whether the customer takes a beta.
    pub accepts_beta: bool,
    /// How much the clause promises, where that is not the thing itself.
    pub strength: Option<Strength>,
    /// Levels it must reach.
    pub needs: Vec<Need>,
    /// What is owed when it is missed.
    pub remedy: Option<Remedy>,
    /// Where more can be looked up, and whose it is.
    pub annotations: Option<Box<Annotations>>,
    /// Where the requirement begins that an amendment replaced by this one.
    pub replaces: Option<Span>,
    /// The amendment that makes it worse and leaves its words as they are.
    pub worsening: Option<Box<Worsening>>,
    /// Whether something that the verdict rests on could not be read; that has been reported.
    pub unreadable: bool,
}

impl Requirement {
    /// Until when it must hold: what it says itself, else the contract's end.
    pub fn end<'a>(&'a self, contract: &'a Contract) -> &'a Field<Spanned<Window>> {
        self.until.or(&contract.end)
    }

    /// The day on which the customer accepted it for a cell. What a cell assumes beyond the scope counts as accepted with the rest.
    pub(crate) fn met_for(&self, cell: &Cell) -> Option<Spanned<Window>> {
        let asked = || cell.iter().filter(|(dimension, _)| self.scope.get(dimension).is_some());
        let is_accepted = self.accepted.as_ref().is_none_or(|accepted| {
            asked()
                .all(|(dimension, value)| accepted.get(dimension).is_some_and(|known| known.contains(value)))
        });
        self.met.filter(|_| is_accepted)
    }

    /// The promised features that the roadmap has, by their places there.
    pub(crate) fn known_features(&self) -> impl Iterator<Item = usize> {
        self.features.iter().filter_map(|promised| promised.target.feature())
    }

    /// The contract that holds its words, where it is told with another one: with an amendment that makes it worse.
    pub fn contract<'a>(&'a self, told_with: &'a Contract) -> &'a Contract {
        self.worsening.as_ref().map_or(told_with, |worsening| &worsening.contract)
    }
}

/// What an amendment does to a requirement or a term of another file, whose words it leaves as they are.
#[derive(Debug, Clone)]
pub struct Worsening {
    /// Where the amendment says what it amends.
    pub amends: Span,
    /// The contract that holds the words, with the amendment, and by the amendment's name.
    pub contract: Arc<Contract>,
    /// The contract's id, where it is an order under the amended agreement.
    pub order: Option<String>,
}

/// The effect of an amendment's value on promises that it leaves as they are.
#[derive(Debug, Clone)]
pub struct Revaluation {
    /// The id of that contract.
    pub of: String,
    /// What the amendment does.
    pub worsening: Worsening,
}

/// A feature as a requirement names it.
#[derive(Debug, Clone)]
pub struct PromisedFeature {
    /// What was written.
    pub text: Text,
    /// What it refers to.
    pub target: Reference,
    /// The feature's id, or what was written where there is no such feature.
    pub id: CompactString,
}

/// By when a requirement must be met.
#[derive(Debug, Clone)]
pub struct Due {
    /// The day, if there is one.
    pub day: DueDay,
    /// Where it was written; absent where the requirement says nothing and is promised from the first day.
    pub span: Option<Span>,
    /// What was written, or what the first day is: `the contract's start`.
    pub words: CompactString,
}

impl Due {
    /// Sets the day.
    pub fn set(&mut self, day: Date) {
        self.day = DueDay::On(Deadline::day(day));
    }

    /// The deadline, where there is a day.
    pub fn deadline(&self) -> Option<&Deadline> {
        self.day.deadline()
    }

    /// The days that it may mean, where there are any.
    pub fn window(&self) -> Option<Window> {
        self.day.window()
    }
}

/// A level that a requirement must reach.
#[derive(Debug, Clone)]
pub struct Need {
    /// The level's name, such as `retention`.
    pub name: Text,
    /// What is asked of it.
    pub constraint: Spanned<LevelConstraint>,
}

impl Need {
    /// Reads a level that is needed; none where what is wrong with it has been reported.
    pub(super) fn read(
        name: &Text,
        field: &Field<WrittenLevel>,
        scales: &LevelScales,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let written = field.given()?;
        let constraint = LevelConstraint::read(name, written, scales, problems)?;
        let name = Text::new(name.value.trim().into(), name.span);
        Some(Self { name, constraint: Spanned::new(constraint, written.span) })
    }
}

/// What a contract is read with.
#[derive(Debug, Clone, Copy)]
pub struct ContractReading<'a> {
    /// The roadmap that its names refer to.
    pub roadmap: &'a Roadmap,
    /// The company's calendar.
    pub calendar: &'a Calendar,
    /// The company's words for how far a deal is.
    pub statuses: &'a Statuses<ContractStatus>,
    /// The day it is read.
    pub today: Date,
}
