//! What a delivery lint says of its case: where it points, what else it notes, which day it names.

use crate::delivery::{Delivery, Judgement, Promise, Row};
use crate::lint::Lint;
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::model::contract::{Need, Requirement};
use crate::model::deadline::{Deadline, DueDay, Reading};
use crate::model::level::Attainment;
use crate::model::roadmap::{Offer, StatedLevel};
use crate::model::status::Status;
use crate::model::window::Window;
use crate::source::Span;

use super::{
    CountedDay, clause, feature_name, link_state, no_date, quoted, reading, some_of, state, subject,
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

    /// The days that the deadline may mean; today where no day is promised, which no row about a day is told of.
    pub(in crate::lints) fn deadline(&self) -> Window {
        self.promise.requirement.due.window().unwrap_or(Window::day(self.context.today))
    }

    /// The last days that count: those of the deadline, or the last on which it must hold, where no day is promised or that
    /// comes first.
    pub(in crate::lints) fn last_days(&self) -> Window {
        let due = self.promise.requirement.due.window();
        self.earlier_end().or(due).unwrap_or(Window::day(self.context.today))
    }

    /// The last day on which it must hold, where no day is promised or a later one.
    fn earlier_end(&self) -> Option<Window> {
        let Promise { contract, requirement, .. } = self.promise;
        let end = requirement.end(contract).given()?.value;
        let due = requirement.due.window();
        due.is_none_or(|due| end.latest < due.latest).then_some(end)
    }

    /// What is over when something is late.
    pub(in crate::lints) fn after_what(&self) -> &'static str {
        if self.earlier_end().is_some() { self.end_in_words() } else { "the contract needs it" }
    }

    /// What ends on the day until which it must hold.
    pub(in crate::lints) fn end_in_words(&self) -> &'static str {
        if self.promise.requirement.until.is_absent() {
            "the contract ends"
        } else {
            "it is no longer needed"
        }
    }

    /// Until when it must hold.
    pub(in crate::lints) fn end(&self) -> Option<(Span, &'static str)> {
        let Promise { contract, requirement, .. } = self.promise;
        let label =
            if requirement.until.is_absent() { "the contract ends here" } else { "it must hold until then" };
        requirement.end(contract).given().map(|end| (end.span, label))
    }

    /// A finding whose primary place is the deadline; the feature that is promised is labelled, too.
    pub(in crate::lints) fn at_deadline(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        if self.promise.requirement.due.window().is_none() {
            let label = match self.promise.requirement.due.day {
                DueDay::WhenAvailable => "promised for when it is available",
                DueDay::On(_) | DueDay::Open(_) => "needed on a day that is not known yet",
            };
            return self.at_due(lint, title, label);
        }
        match due_in_words(self.promise.requirement) {
            Some(words) => self.at_due(lint, title, &format!("{label}: {words}")),
            None => self.at_due(lint, title, label),
        }
    }

    /// A finding about what comes too late, at its deadline; where it need not hold so long, the end is labelled, too.
    pub(in crate::lints) fn too_late(&self, lint: &'static Lint, title: String) -> Finding {
        let is_due = self.promise.requirement.due.window().is_some();
        match self.end().filter(|_| is_due && self.earlier_end().is_some()) {
            Some(end) => self.at_deadline(lint, title, "due when it need no longer hold").labels([end]),
            None => self.at_deadline(lint, title, "needed by this day"),
        }
    }

    /// As [`Self::at_deadline`], where the label says itself which day is meant.
    pub(in crate::lints) fn at_due(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        match self.promise.requirement.due.span {
            Some(span) => self.finding(lint, title).label(span, label).label(self.written(), "promised here"),
            None => self.at_feature(lint, title, &self.first_day_in_words()),
        }
    }

    /// A finding whose primary place is the feature.
    pub(in crate::lints) fn at_feature(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        self.finding(lint, title).label(self.written(), label)
    }

    /// A finding whose primary place is what the promise is for, or the feature where that is not said.
    pub(in crate::lints) fn at_scope(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        match self.promise.requirement.scope_span {
            Some(span) => self.finding(lint, title).label(span, label).label(self.written(), "promised here"),
            None => self.at_feature(lint, title, label),
        }
    }

    /// Where the contract names the feature.
    pub(in crate::lints) fn written(&self) -> Span {
        self.judgement.written.span
    }

    fn first_day_in_words(&self) -> String {
        let words = &self.promise.requirement.due.words;
        match self.promise.requirement.due.window() {
            Some(deadline) => format!("promised from the first day: {words}, {}", deadline.latest),
            None => format!("promised from the first day: {words}, for which there is no day yet"),
        }
    }

    /// The contract's own words, for a note.
    pub(in crate::lints) fn clause(&self) -> Option<String> {
        clause(self.promise.requirement)
    }

    /// A level that makes it wait: less of it would be there sooner.
    fn level(&self) -> Option<[(Span, String); 2]> {
        let judgement = self.judgement;
        let offers = judgement.feature.map_or(&[][..], |feature| &feature.offers);
        if !judgement.shortfalls.is_empty() || !offers.iter().any(|offer| self.missed(offer).is_some()) {
            return None;
        }
        let any_level = self.what_if(|requirement| requirement.needs.clear());
        let promise = any_level.promise();
        let same = |other: &&Judgement<'_>| other.at == judgement.at && other.cell == judgement.cell;
        let when = |judgement: &Judgement<'_>| {
            let latest = judgement.expected.map(|expected| expected.latest);
            // `None` is less than every day, and no date is worse than any.
            (judgement.delivery, latest.is_none(), latest)
        };
        let sooner = promise.judgements.iter().find(same).filter(|other| when(other) < when(judgement))?;
        let (need, level) = self.missed(sooner.offer?)?;
        Some([
            (need.constraint.span, format!("needs {}", need.constraint.value.words())),
            (level.value.span, format!("{} at {}", state(sooner), level.value.value)),
        ])
    }

    /// A level that is needed and that an offer does not reach.
    fn missed<'o>(&self, offer: &'o Offer) -> Option<(&Need, &'o StatedLevel)> {
        self.promise.requirement.needs.iter().find_map(|need| {
            let level = offer.levels.get(&need.name.value)?;
            let is_missed = !need.constraint.value.admits(&level.value.value).unwrap_or(true);
            is_missed.then_some((need, level))
        })
    }

    /// The other cells that this holds for, and those with nothing in the way: how they fare.
    pub(in crate::lints) fn others(&self) -> Option<String> {
        let same = |other: &&&Judgement<'_>| {
            let is_told = self.cells.iter().any(|told| std::ptr::eq(*told, **other));
            std::ptr::eq(other.written, self.judgement.written) && !is_told
        };
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
            differing.iter().map(|other| format!("for {} it {}", other.cell, self.fares(other))).collect();
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
        match (self.row, cell.shortfalls.first(), cell.gone) {
            (Some(Row::LevelGap), Some((_, level)), _) => match &level.value.value {
                Attainment::Texts(_) => format!("has {}", level.value.value),
                reached => format!("reaches {reached}"),
            },
            (Some(Row::Sunset), _, Some(gone)) => format!("is gone on {}", gone.value.earliest),
            _ => format!("is {}", state(cell)),
        }
    }

    /// What the roadmap says of when, for a label.
    pub(in crate::lints) fn planned(&self, expected: Window) -> String {
        let what = if self.judgement.by_beta { "its beta is planned" } else { "planned to ship" };
        format!("{what} by {}", expected.latest)
    }

    /// How the deadline was read, where it may mean several days.
    pub(in crate::lints) fn reading(&self, counts: CountedDay) -> Vec<String> {
        reading(self.promise.requirement, counts)
    }

    /// Where the roadmap says when: at the target, or where there is none at the status.
    pub(in crate::lints) fn when(&self, label: impl Into<String>) -> Option<(Span, String)> {
        let offer = self.judgement.offer?;
        let beta = offer.beta.filter(|_| self.judgement.by_beta);
        Some((beta.map_or_else(|| offer.when_span(), |beta| beta.span), label.into()))
    }

    /// What the roadmap has instead of what was promised by a day that is over.
    pub(in crate::lints) fn instead(&self) -> Vec<(Span, String)> {
        let judgement = self.judgement;
        let Some(offer) = judgement.offer else { return Vec::new() };
        if let Some(sunset) = offer.sunset.filter(|_| judgement.delivery == Delivery::Dropped) {
            let verb = if sunset.value.has_passed(self.context.today) { "was" } else { "is" };
            return vec![(sunset.span, format!("its last day {verb} {}", sunset.value.earliest))];
        }
        let label = match (judgement.time, judgement.undated) {
            (Delivery::ScopeGap, _) => return self.available(),
            (Delivery::Shipped, _) => match offer.since(judgement.by_beta) {
                Some(since) => (since.span, format!("there since {}", since.value.earliest)),
                None => (offer.status.span, format!("it is {}", state(judgement))),
            },
            (_, Some(reason)) if judgement.chain.is_empty() => {
                (offer.when_span(), format!("it {}", no_date(reason)))
            }
            _ => return Vec::from_iter(self.when(format!("it is {}", state(judgement)))),
        };
        vec![label]
    }

    /// What the roadmap has, or plans, for other scopes.
    pub(in crate::lints) fn available(&self) -> Vec<(Span, String)> {
        let mut labels: Vec<(Span, String)> = Vec::new();
        for offer in self.judgement.feature.into_iter().flat_map(|feature| &feature.offers) {
            let Some(span) = offer.scope_span else { continue };
            let label = match (self.is_there(offer), self.is_planned(offer)) {
                (true, _) => "the roadmap has it for this",
                (_, true) => "the roadmap plans it for this",
                _ => continue,
            };
            if labels.iter().all(|(known, _)| *known != span) {
                labels.push((span, label.to_owned()));
            }
        }
        labels
    }

    /// Whether an offer is available, and will be by the deadline.
    pub(in crate::lints) fn is_there(&self, offer: &Offer) -> bool {
        offer.is_available(self.promise.requirement.accepts_beta)
            && offer.sunset.is_none_or(|sunset| sunset.value.earliest > self.deadline().latest)
    }

    /// Whether an offer has a date.
    pub(in crate::lints) fn is_planned(&self, offer: &Offer) -> bool {
        matches!(offer.status.value, Status::Planned | Status::InProgress | Status::Beta)
            && offer.target.is_some_and(|target| !target.value.has_passed(self.context.today))
    }
}

impl Finding {
    /// Adds what every finding about a delivery ends with.
    pub(in crate::lints) fn close(self, case: &Case<'_, '_>) -> Self {
        let is_from_the_first_day = case.promise.requirement.due.span.is_none();
        let due = is_from_the_first_day && case.judgement.expected.is_some() && case.is_draft();
        self.labels(case.level().into_iter().flatten())
            .notes(case.clause())
            .notes(case.others())
            .notes(case.remedy())
            .helps(due.then_some("add `due` to say by which day the contract needs it"))
    }

    /// Adds the dependencies that move the date.
    pub(in crate::lints) fn chain(self, case: &Case<'_, '_>) -> Self {
        let chain = &case.judgement.chain;
        let Some(last) = chain.last() else { return self };
        let links: Vec<String> = chain.iter().map(|link| quoted(link.feature.title())).collect();
        let links = links.join(", which waits for ");
        let span = last.offer.map_or(last.feature.id.span, Offer::when_span);
        self.label(span, format!("{} {}", quoted(last.feature.title()), link_state(last)))
            .note(format!("{} waits for {links}", case.feature_name()))
    }
}

/// What a deadline that is not written as a day comes to.
fn due_in_words(requirement: &Requirement) -> Option<String> {
    let Deadline { window, from, choice, reading, unmoved, .. } = requirement.due.deadline()?;
    let is_counted = from.is_some() || choice.is_some() || unmoved.is_some();
    let is_written = !is_counted && *reading == Reading::Day;
    (!is_written).then(|| {
        if window.is_day() { window.latest.to_string() } else { format!("{} at the latest", window.latest) }
    })
}
