//! The ways out that helps name, each tried before it is named.

use crate::delivery::what_if::{Alternative, Days};
use crate::delivery::{Delivery, Judgement, UndatedReason};
use crate::diagnostic::Help;
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::model::contract::{Contract, ContractStatus, PromisedFeature, Requirement};
use crate::model::roadmap::{Feature, Offer, Reference};
use crate::model::scope::Scope;
use crate::model::status::Status;
use crate::model::window::Date;
use crate::source::Span;
use crate::text;

use super::{feature_name, link_state, quoted, state, subject};

impl Case<'_, '_> {
    /// The requirement, written otherwise.
    pub(in crate::lints) fn what_if(&self, change: impl FnOnce(&mut Requirement)) -> Alternative<'_> {
        let rid_of = self.row.map(|row| (row, self.cells));
        Alternative::new(self.promise, self.context.judge, rid_of, change)
    }

    /// Whether the words can still be changed.
    pub(in crate::lints) fn is_draft(&self) -> bool {
        self.promise.status() == ContractStatus::Draft
    }

    /// A way out through the contract's words: as it is for a draft, an amendment for a signed contract.
    pub(in crate::lints) fn reword(&self, help: impl Into<Help>) -> Help {
        reword(self.promise.status(), help)
    }

    /// A deadline that all of the requirement keeps, if there is one.
    pub(in crate::lints) fn kept_deadline(&self) -> Option<Help> {
        let mut alternative = self.what_if(|_| {});
        let days = alternative.days()?;
        let kept = match self.context.judge.rules.margin {
            _ if days.there => format!("it is available today: a deadline {days} can be kept"),
            0 => format!("a deadline {days} can be kept"),
            margin => format!("a deadline {days} keeps a margin of {}", text::days(margin)),
        };
        let help = Help::from(match alternative.gone(self.judgement.at) {
            Some(day) => format!("{kept}; then it is gone on {day}"),
            None => kept,
        });
        let due = self.promise.requirement.due.span;
        Some(help.replacing(due, days.first.to_string()))
    }

    /// Whether another feature of so many, with the same verdict, tells the deadline that all of them keep: for each they are all
    /// judged anew.
    fn leaves_deadline_to_first(&self) -> bool {
        /// The most judgements of a promise of which each tells a deadline.
        const MOST: usize = 64;
        let Judgement { delivery, at, .. } = self.judgement;
        let first = self.promise.judgements.iter().find(|judgement| judgement.delivery == *delivery);
        self.promise.judgements.len() > MOST && first.is_some_and(|first| first.at != *at)
    }

    /// How long it would have to hold, so that it comes before that is over.
    fn later_end(&self) -> Option<Help> {
        let day = self.judgement.expected?.latest;
        let until = self.promise.requirement.until.given().map(|until| until.span);
        Some(
            Help::from(format!("promise it until {day} or later, or not at all"))
                .replacing(until, day.to_string()),
        )
    }

    /// The widest scope that can be promised, of these and what they come to together: by the deadline as it is, or
    /// else by another, which is given then.
    pub(in crate::lints) fn widest(&self, scopes: Vec<Scope>) -> Option<(Scope, Option<Days>)> {
        let with = |scope: &Scope| self.what_if(|requirement| requirement.scope = scope.clone());
        let widest = |holds: &dyn Fn(&Scope) -> bool| {
            // Scopes that hold each by itself may fail together.
            scopes.iter().filter(|scope| holds(scope)).cloned().reduce(|widest, next| {
                let both = widest.and(&next);
                if holds(&both) { both } else { widest }
            })
        };
        if let Some(scope) = widest(&|scope| with(scope).holds()) {
            return Some((scope, None));
        }
        let scope = widest(&|scope| with(scope).days().is_some())?;
        let days = with(&scope).days();
        Some((scope, days))
    }

    /// Why no later deadline can be kept, with the way past that.
    fn no_deadline(&self) -> Option<(String, Help)> {
        let contract = self.promise.contract;
        self.what_if(|_| {}).obstacle(|obstacle| {
            let none = match obstacle.delivery {
                Delivery::Unresolved => "no deadline can be named",
                _ => "no later deadline can be kept",
            };
            (format!("{none}: {}", never(obstacle, contract)), self.past(obstacle))
        })
    }

    /// The way past something that no deadline moves.
    fn past(&self, obstacle: &Judgement<'_>) -> Help {
        match obstacle.delivery {
            Delivery::Unresolved => "put right what could not be read, and check again".into(),
            Delivery::Dropped | Delivery::OnTrack | Delivery::Shipped => self.instead_of(obstacle),
            _ if self.is_draft() => "take the promise out until there is a day that can be kept".into(),
            _ => "ask the team for a day that can be kept, and agree on an amendment".into(),
        }
    }

    /// What to promise instead of a feature that will not be there.
    pub(in crate::lints) fn instead_of(&self, gone: &Judgement<'_>) -> Help {
        self.reword(
            self.replacement(gone)
                .unwrap_or_else(|| "take the promise out, or ask the team what takes its place".into()),
        )
    }

    /// Where another feature is to be written in the place of one, unless the requirement names it already.
    pub(in crate::lints) fn place_for(&self, other: &Feature, judgement: &Judgement<'_>) -> Option<Span> {
        let is_named = self.promise.judgements.iter().any(|known| known.id() == other.id.value);
        (!is_named).then_some(judgement.written.span)
    }

    /// What takes a feature's place, with the deadline that it can keep.
    pub(in crate::lints) fn replacement(&self, gone: &Judgement<'_>) -> Option<Help> {
        let Reference::Feature(at) = self.context.roadmap.find(&gone.feature?.replaced_by.as_ref()?.value)
        else {
            return None;
        };
        let next = self.context.roadmap.features.get(at)?;
        let (name, id, written) = (quoted(next.title()), &next.id.value, &gone.written.value);
        let is_named = self.promise.judgements.iter().any(|judgement| judgement.at == Some(at));
        let is_gone = |promised: &PromisedFeature| promised.target.feature() == gone.at;
        let mut instead = self.what_if(|requirement| match is_named {
            true => requirement.features.retain(|promised| !is_gone(promised)),
            false => requirement
                .features
                .iter_mut()
                .filter(|promised| is_gone(promised))
                .for_each(|promised| promised.target = Reference::Feature(at)),
        });
        let help = match self.promise.requirement.features.as_slice() {
            _ if is_named => format!("take `{written}` out: {name}, which takes its place, is promised, too"),
            [_] => format!("promise {name} instead: `feature: {id}`"),
            _ => format!("promise {name} instead of {}: write `{id}` for `{written}`", feature_name(gone)),
        };
        if instead.holds() {
            return Some(Help::from(help).replacing(self.place_for(next, gone), id.as_str()));
        }
        Some(match instead.days() {
            Some(days) => format!("{help}, with a deadline {days}").into(),
            None => {
                format!("ask the team from when on {name}, which takes its place, can be promised").into()
            }
        })
    }
}

impl Finding {
    /// Names a deadline that can be kept. Where there is none, says why, and another way out.
    pub(in crate::lints) fn later_deadline(self, case: &Case<'_, '_>) -> Self {
        if case.promise.requirement.due.window().is_none() {
            return self.labels(case.end()).helps(case.later_end().map(|help| case.reword(help)));
        }
        if case.leaves_deadline_to_first() {
            return self;
        }
        match case.kept_deadline() {
            Some(help) => self.help(case.reword(help)),
            None => {
                let (why, help) = case.no_deadline().unzip();
                self.notes(why).helps(help)
            }
        }
    }
}

/// A way out through a contract's words: as it is for a draft, an amendment for a signed contract.
pub(in crate::lints) fn reword(status: ContractStatus, help: impl Into<Help>) -> Help {
    match status {
        ContractStatus::Draft => help.into(),
        _ => format!("the contract is signed; in an amendment, {}", help.into().text).into(),
    }
}

/// Why something cannot be promised for any later day.
fn never(obstacle: &Judgement<'_>, contract: &Contract) -> String {
    let subject = subject(obstacle);
    if let Some(last) = obstacle.chain.last().filter(|last| last.expected.is_none()) {
        let name = quoted(last.feature.title());
        return match last_day(last.offer).filter(|_| last.undated == Some(UndatedReason::Dropped)) {
            Some(day) => format!("{subject} waits for {name}, which stops working on {day}"),
            None => format!("{subject} waits for {name}, which {}", link_state(last)),
        };
    }
    match (obstacle.delivery, last_day(obstacle.offer)) {
        (Delivery::Unresolved, _) => format!("{subject} could not be read"),
        (Delivery::Dropped, Some(day)) => format!("{subject} stops working on {day}"),
        (Delivery::Shipped | Delivery::OnTrack, Some(day)) if !contract.end.is_absent() => {
            format!("{subject} stops working on {day}, before the contract ends")
        }
        (Delivery::Shipped | Delivery::OnTrack, Some(day)) => {
            format!("{subject} stops working on {day}, and the contract names no end")
        }
        _ => format!("{subject} is {}", state(obstacle)),
    }
}

/// The day from which an offer no longer works, where it still does.
fn last_day(offer: Option<&Offer>) -> Option<Date> {
    let offer = offer.filter(|offer| !matches!(offer.status.value, Status::Retired | Status::Rejected))?;
    Some(offer.sunset?.value.earliest)
}
