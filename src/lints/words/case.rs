//! What a delivery lint says of its case: where it points, what else it notes, which day it names.

use rust_decimal::Decimal;

use crate::delivery::{Delivery, Judgement, Owed, Row};
use crate::lint::finding::Finding;
use crate::lint::{Case, Lint};
use crate::model::contract::{Need, Requirement};
use crate::model::deadline::{Deadline, Reading};
use crate::model::remedy::Credit;
use crate::model::roadmap::{Level, Offer};
use crate::model::scope::same;
use crate::model::status::Status;
use crate::model::unit::Period;
use crate::model::window::Window;

use super::{
    Counts, clause, feature_name, link_state, no_date, note_all, quoted, reading, some_of, state, subject,
};

impl<'r> Case<'_, 'r> {
    /// The feature in the words of the roadmap, with the cell that is judged: `"Audit log" for windows`.
    pub(in crate::lints) fn subject(&self) -> String {
        subject(self.judgement)
    }

    /// The feature's name in quotes.
    pub(in crate::lints) fn feature_name(&self) -> String {
        feature_name(self.judgement)
    }

    /// The days that the deadline may mean.
    pub(in crate::lints) fn deadline(&self) -> Window {
        self.promise.requirement.due.deadline.window
    }

    /// A finding whose primary place is the deadline; the feature that is promised is labelled, too.
    pub(in crate::lints) fn at_deadline(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        match due_in_words(self.promise.requirement) {
            Some(words) => self.at_due(lint, title, &format!("{label}: {words}")),
            None => self.at_due(lint, title, label),
        }
    }

    /// As [`Self::at_deadline`], where the label says itself which day is meant.
    pub(in crate::lints) fn at_due(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        let finding = self.named(Finding::new(lint, title));
        match self.promise.requirement.due.span {
            Some(span) => finding.label(span, label).label(self.judgement.written.span, "promised here"),
            None => finding.label(self.judgement.written.span, self.first_day_in_words()),
        }
    }

    /// A finding whose primary place is the feature.
    pub(in crate::lints) fn at_feature(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        self.named(Finding::new(lint, title)).label(self.judgement.written.span, label)
    }

    /// A finding whose primary place is what the promise is for, or the feature where that is not said.
    pub(in crate::lints) fn at_scope(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        match self.promise.requirement.scope_span {
            Some(span) => self
                .named(Finding::new(lint, title))
                .label(span, label)
                .label(self.judgement.written.span, "promised here"),
            None => self.at_feature(lint, title, label),
        }
    }

    /// Names the feature that a finding is about.
    pub(in crate::lints) fn named(&self, finding: Finding) -> Finding {
        finding.feature(self.judgement.id())
    }

    fn first_day_in_words(&self) -> String {
        format!(
            "promised from the first day: {}, {}",
            self.promise.requirement.due.words,
            self.deadline().latest
        )
    }

    /// The contract's own words, for a note.
    pub(in crate::lints) fn clause(&self) -> Option<String> {
        clause(self.promise.requirement)
    }

    /// Adds the notes and helps that every finding about a delivery ends with.
    pub(in crate::lints) fn close(&self, finding: Finding) -> Finding {
        let finding = note_all(self.level(finding), self.clause());
        let finding = note_all(finding, self.others());
        let finding = note_all(finding, self.remedy());
        match self.promise.requirement.due.span {
            None if self.judgement.expected.is_some() && self.is_draft() => {
                finding.help("add `due` to say by which day the contract needs it")
            }
            _ => finding,
        }
    }

    /// Labels a level that makes it wait: less of it would be there sooner.
    fn level(&self, finding: Finding) -> Finding {
        let judgement = self.judgement;
        let offers = judgement.feature.map_or(&[][..], |feature| &feature.offers);
        if !judgement.shortfalls.is_empty() || !offers.iter().any(|offer| self.missed(offer).is_some()) {
            return finding;
        }
        let any_level = self.what_if(|requirement| requirement.needs.clear());
        let promise = any_level.promise();
        let same = |other: &&Judgement<'_>| other.at == judgement.at && other.cell == judgement.cell;
        let when = |judgement: &Judgement<'_>| {
            let latest = judgement.expected.map(|expected| expected.latest);
            (judgement.delivery, latest.is_none(), latest)
        };
        let sooner = promise.judgements.iter().find(same).filter(|other| when(other) < when(judgement));
        let missed = sooner.and_then(|sooner| Some((sooner, self.missed(sooner.offer?)?)));
        match missed {
            Some((sooner, (need, level))) => finding
                .label(need.constraint.span, format!("needs {}", need.constraint.value.words()))
                .label(level.value.span, format!("{} at {}", state(sooner), level.value.value)),
            None => finding,
        }
    }

    /// A level that is needed and that an offer does not reach.
    fn missed<'o>(&self, offer: &'o Offer) -> Option<(&Need, &'o Level)> {
        self.promise.requirement.needs.iter().find_map(|need| {
            let level = offer.levels.iter().find(|level| same(&level.name, &need.name.value))?;
            let is_missed = !need.constraint.value.admits(&level.value.value).unwrap_or(true);
            is_missed.then_some((need, level))
        })
    }

    /// What the promise would owe, with the formula. Where there is no date, the most that it can come to.
    fn remedy(&self) -> Option<String> {
        let remedy = self.promise.requirement.remedy.as_ref()?;
        let value = self.promise.contract.value.map(|value| value.value);
        let of = |share: Decimal| match value {
            Some(value) => format!("{} % of {value}", share.normalize()),
            None => format!("{} % of the contract's value", share.normalize()),
        };
        let comes_to = |share: Decimal| {
            let money = value.and_then(|value| value.percent(share));
            money.map_or_else(|| of(share), |money| money.rounded().to_string())
        };
        let credit = of(remedy.credit);
        // Days are whole; a longer period counts in full once it has started.
        let started = if remedy.per == Period::Day { "" } else { "started " };
        if self.judgement.expected.is_some() {
            let Owed { by, credit: Credit { periods, sum, owed }, .. } = self.promise.owed()?;
            let periods = match periods {
                1 => format!("1 {started}{}", remedy.per),
                several => format!("each of {several} {started}{}s", remedy.per),
            };
            let capped = if owed < sum {
                format!(" is {} %, capped at {} %", sum.normalize(), owed.normalize())
            } else {
                String::new()
            };
            return Some(format!("would owe {} by {by}: {credit} for {periods}{capped}", comes_to(owed)));
        }
        let delivery = self.judgement.delivery;
        let missed = delivery.is_broken() && delivery != Delivery::Unknown && !remedy.credit.is_zero();
        let per = missed.then_some(remedy.per)?;
        let Some(cap) = remedy.cap else {
            return Some(format!("may owe {credit} for each {started}{per} of delay, without a cap"));
        };
        let periods = remedy.periods_to_cap()?.normalize();
        let plural = if periods == Decimal::ONE { "" } else { "s" };
        let (most, cap) = (comes_to(cap), cap.normalize());
        Some(format!(
            "may owe {most}: {credit} for each {started}{per} of delay reaches the cap of {cap} % after {periods} {per}{plural}"
        ))
    }

    /// The other cells that this holds for, and those with nothing in the way: how they fare.
    pub(in crate::lints) fn others(&self) -> Option<String> {
        let same = |other: &&&Judgement<'_>| std::ptr::eq(other.written, self.judgement.written);
        let fine = self.promise.judgements.iter().filter(|other| {
            self.row != Some(Row::Sunset) && !other.is_broken() && other.time != Delivery::Tight
        });
        let fine: Vec<&Judgement<'_>> = fine.collect();
        let cells = self.cells.iter().chain(fine.iter().filter(same));
        let cells = cells.filter(|other| other.cell != self.judgement.cell);
        let (alike, differing): (Vec<&&Judgement<'_>>, Vec<_>) =
            cells.partition(|other| self.fares(other) == self.fares(self.judgement));
        let alike: Vec<String> = alike.iter().map(|other| other.cell.to_string()).collect();
        let differing: Vec<String> =
            differing.iter().map(|other| format!("{} {}", other.cell, self.fares(other))).collect();
        let mut parts = Vec::new();
        if !alike.is_empty() {
            parts.push(format!("the same holds for {}", some_of(&alike)));
        }
        if !differing.is_empty() {
            parts.push(some_of(&differing));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// How a cell fares by the row that is told.
    fn fares(&self, cell: &Judgement<'_>) -> String {
        let sunset = cell.offer.and_then(|offer| offer.sunset);
        match (self.row, cell.shortfalls.first(), sunset) {
            (Some(Row::LevelGap), Some((_, level)), _) => format!("reaches {}", level.value.value),
            (Some(Row::Sunset), _, Some(sunset)) => format!("is gone on {}", sunset.value.earliest),
            _ => format!("is {}", state(cell)),
        }
    }

    /// What the roadmap says of when, for a label.
    pub(in crate::lints) fn planned(&self, expected: Window) -> String {
        let what = if self.judgement.by_beta { "its beta is planned" } else { "planned to ship" };
        format!("{what} by {}", expected.latest)
    }

    /// Says how the deadline was read, where it may mean several days.
    pub(in crate::lints) fn reading(&self, finding: Finding, counts: Counts) -> Finding {
        note_all(finding, reading(self.promise.requirement, counts))
    }

    /// Labels what the roadmap says of when: the target, or where there is none the status.
    pub(in crate::lints) fn label_when(
        &self,
        finding: Finding,
        offer: Option<&Offer>,
        label: String,
    ) -> Finding {
        match offer {
            Some(offer) => {
                let beta = offer.beta.filter(|_| self.judgement.by_beta);
                finding.label(beta.map_or_else(|| offer.when_span(), |beta| beta.span), label)
            }
            None => finding,
        }
    }

    /// Labels what the roadmap has instead of what was promised by a day that is over.
    pub(in crate::lints) fn label_state(&self, finding: Finding) -> Finding {
        let judgement = self.judgement;
        let Some(offer) = judgement.offer else { return finding };
        if let Some(sunset) = offer.sunset.filter(|_| judgement.delivery == Delivery::Dropped) {
            let verb = if sunset.value.has_passed(self.context.today) { "was" } else { "is" };
            return finding.label(sunset.span, format!("its last day {verb} {}", sunset.value.earliest));
        }
        match (judgement.time, judgement.undated) {
            (Delivery::ScopeGap, _) => self.label_offers(finding),
            (Delivery::Shipped, _) => {
                let since = if judgement.by_beta { offer.beta } else { offer.shipped };
                match since {
                    Some(since) => finding.label(since.span, format!("there since {}", since.value.earliest)),
                    None => finding.label(offer.status.span, format!("it is {}", state(judgement))),
                }
            }
            (_, Some(reason)) if judgement.chain.is_empty() => {
                finding.label(offer.when_span(), format!("it {}", no_date(reason)))
            }
            _ => self.label_when(finding, Some(offer), format!("it is {}", state(judgement))),
        }
    }

    /// Labels what the roadmap has, or plans, for other scopes.
    pub(in crate::lints) fn label_offers(&self, finding: Finding) -> Finding {
        let mut seen = Vec::new();
        let offers = self.judgement.feature.into_iter().flat_map(|feature| &feature.offers);
        offers.fold(finding, |finding, offer| {
            let Some(span) = offer.scope_span.filter(|span| !seen.contains(span)) else { return finding };
            let label = match (self.is_there(offer), self.is_planned(offer)) {
                (true, _) => "the roadmap has it for this",
                (_, true) => "the roadmap plans it for this",
                _ => return finding,
            };
            seen.push(span);
            finding.label(span, label)
        })
    }

    /// Whether an offer is available, and will be by the deadline.
    pub(in crate::lints) fn is_there(&self, offer: &Offer) -> bool {
        let stays = offer.sunset.is_none_or(|sunset| sunset.value.earliest > self.deadline().latest);
        stays
            && match offer.status.value {
                Status::Shipped | Status::Deprecated => true,
                Status::Beta => self.promise.requirement.accepts_beta,
                _ => false,
            }
    }

    /// Whether an offer has a date.
    pub(in crate::lints) fn is_planned(&self, offer: &Offer) -> bool {
        matches!(offer.status.value, Status::Planned | Status::InProgress | Status::Beta)
            && offer.target.is_some_and(|target| !target.value.has_passed(self.context.today))
    }

    /// Labels and notes the dependencies that move the date.
    pub(in crate::lints) fn chain(&self, finding: Finding) -> Finding {
        let Some(last) = self.judgement.chain.last() else {
            return finding;
        };
        let names: Vec<String> = std::iter::once(self.feature_name())
            .chain(self.judgement.chain.iter().map(|link| quoted(link.feature.title())))
            .collect();
        let span = last.offer.map_or(last.feature.id.span, Offer::when_span);
        finding
            .label(span, format!("{} {}", quoted(last.feature.title()), link_state(last)))
            .note(format!("it waits for what it depends on: {}", names.join(" → ")))
    }
}

/// What a deadline that is not written as a day comes to.
fn due_in_words(requirement: &Requirement) -> Option<String> {
    let Deadline { window, from, reading, .. } = &requirement.due.deadline;
    let is_written = from.is_none() && *reading == Reading::Day;
    (!is_written).then(|| {
        if window.is_day() { window.latest.to_string() } else { format!("{} at the latest", window.latest) }
    })
}
