//! The words that several lints share: where they point, what they call things, which way out they name.

use crate::check::finding::Finding;
use crate::delivery::{Judgement, Lapse, Link, Promise, Undated};
use crate::lint::{Case, Lint};
use crate::model::contract::{ContractStatus, Requirement};
use crate::model::deadline::Reading;
use crate::model::roadmap::{Feature, Offer};
use crate::model::scope::Scope;
use crate::model::window::{Date, Window, days_between};
use crate::text;

/// What a feature is called: `"Audit log"`.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

impl<'r> Case<'_, 'r> {
    /// The feature in the words of the roadmap, with the cell that is judged: `"Audit log" for windows`.
    pub(super) fn subject(&self) -> String {
        let feature = self.feature_name();
        if self.judgement.cell.is_empty() {
            feature
        } else {
            format!("{feature} for {}", self.judgement.cell)
        }
    }

    /// The feature's name in quotes.
    pub(super) fn feature_name(&self) -> String {
        quoted(self.judgement.feature.map_or(&self.judgement.written.value, Feature::title))
    }

    /// The days that the deadline may mean.
    pub(super) fn deadline(&self) -> Window {
        self.promise.requirement.due.deadline.window
    }

    /// A finding whose primary place is the deadline; the feature that is promised is labelled, too.
    pub(super) fn at_deadline(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        match due_in_words(self.promise.requirement) {
            Some(words) => self.at_due(lint, title, &format!("{label}: {words}")),
            None => self.at_due(lint, title, label),
        }
    }

    /// As [`Self::at_deadline`], where the label says itself which day is meant.
    pub(super) fn at_due(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        let finding = self.named(Finding::new(lint, title));
        match self.promise.requirement.due.span {
            Some(span) => finding.label(span, label).label(self.judgement.written.span, "promised here"),
            None => finding.label(self.judgement.written.span, self.first_day_in_words()),
        }
    }

    /// A finding whose primary place is the feature.
    pub(super) fn at_feature(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        self.named(Finding::new(lint, title)).label(self.judgement.written.span, label)
    }

    /// A finding whose primary place is what the promise is for, or the feature where that is not said.
    pub(super) fn at_scope(&self, lint: &'static Lint, title: String, label: &str) -> Finding {
        match self.promise.requirement.scope_span {
            Some(span) => self
                .named(Finding::new(lint, title))
                .label(span, label)
                .label(self.judgement.written.span, "promised here"),
            None => self.at_feature(lint, title, label),
        }
    }

    fn named(&self, finding: Finding) -> Finding {
        let id = self.judgement.feature.map_or(&self.judgement.written.value, |feature| &feature.id.value);
        finding.feature(id).about(self.judgement.cell.with_names())
    }

    fn first_day_in_words(&self) -> String {
        format!(
            "promised from the first day: {}, {}",
            self.promise.requirement.due.words,
            self.deadline().latest
        )
    }

    /// The contract's own words, for a note.
    pub(super) fn clause(&self) -> Option<String> {
        clause(self.promise.requirement)
    }

    /// Adds the notes and helps that every finding about a delivery ends with.
    pub(super) fn close(&self, finding: Finding) -> Finding {
        let finding = note_all(finding, self.clause());
        let finding = note_all(finding, self.lapse());
        let finding = note_all(finding, self.others());
        match self.promise.requirement.due.span {
            None => finding.help("add `due` to say by which day the contract needs it"),
            Some(_) => finding,
        }
    }

    /// Says that the day is over, where another lint reports the promise.
    fn lapse(&self) -> Option<String> {
        match self.judgement.lapse? {
            Lapse::Breached => Some(format!("the deadline passed on {}", self.deadline().latest)),
            Lapse::BeforeToday | Lapse::BeforeSigning(_) => None,
        }
    }

    /// What else this requirement promises, where that fares differently.
    fn others(&self) -> Option<String> {
        let judgements = &self.promise.judgements;
        let this = self.judgement;
        let same = |other: &Judgement<'_>| std::ptr::eq(other.written, this.written);
        let better: Vec<String> = judgements
            .iter()
            .filter(|other| same(other) && other.delivery < this.delivery && !other.cell.is_empty())
            .map(|other| format!("{} is {}", other.cell, state(other)))
            .collect();
        let features: Vec<String> = judgements
            .iter()
            .filter(|other| !same(other) && (other.delivery.is_broken() || other.lapse.is_some()))
            .map(|other| {
                let name = other.feature.map_or(other.written.value.as_str(), Feature::title);
                format!("{} is {}", quoted(name), state(other))
            })
            .collect();
        let mut parts = Vec::new();
        if !better.is_empty() {
            parts.push(text::and_list(&better));
        }
        if !features.is_empty() {
            parts.push(format!("of the same requirement, {}", text::and_list(&features)));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Whether the words can still be changed.
    pub(super) fn is_draft(&self) -> bool {
        self.promise.contract.status == ContractStatus::Draft
    }

    /// A way out through the contract's words: as it is for a draft, an amendment for a signed contract.
    pub(super) fn reword(&self, help: impl Into<String>) -> String {
        let help = help.into();
        if self.is_draft() { help } else { format!("the contract is signed; in an amendment, {help}") }
    }

    /// The deadline that can be kept with a margin.
    pub(super) fn later_deadline(&self, expected: Window) -> String {
        let margin = self.run.judge.rules.margin;
        match add_days(expected.latest, margin) {
            Some(day) if margin > 0 => {
                self.reword(format!("a deadline of {day} or later keeps a margin of {}", text::days(margin)))
            }
            _ => self.reword(format!("a deadline of {} or later can be kept", expected.latest)),
        }
    }

    /// What the roadmap says of when, for a label.
    pub(super) fn planned(&self, expected: Window) -> String {
        let what = if self.judgement.by_beta { "its beta is planned" } else { "planned to ship" };
        format!("{what} by {}", expected.latest)
    }

    /// Says how the deadline was read, where it may mean several days.
    pub(super) fn reading(&self) -> Option<String> {
        reading(self.promise.requirement)
    }

    /// Labels what the roadmap says of when: the target, or where there is none the status.
    pub(super) fn label_when(&self, finding: Finding, offer: Option<&Offer>, label: String) -> Finding {
        match offer {
            Some(offer) => finding.label(offer.when_span(), label),
            None => finding,
        }
    }

    /// Labels and notes the dependencies that move the date.
    pub(super) fn chain(&self, finding: Finding) -> Finding {
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

/// Adds a note, if there is one.
pub(super) fn note_all(finding: Finding, note: Option<String>) -> Finding {
    match note {
        Some(note) => finding.note(note),
        None => finding,
    }
}

/// The contract's own words: `Exhibit B, 2.1: "Vendor shall …"`.
pub(super) fn clause(requirement: &Requirement) -> Option<String> {
    let text = requirement.text.as_ref().map(|text| quoted(text.value.trim()));
    match (&requirement.clause, text) {
        (Some(clause), Some(text)) => Some(format!("{}: {text}", clause.value)),
        (Some(clause), None) => Some(format!("promised in {}", clause.value)),
        (None, text) => text,
    }
}

/// What a deadline comes to, where its words are not the day itself.
pub(super) fn due_in_words(requirement: &Requirement) -> Option<String> {
    let window = requirement.due.deadline.window;
    (window.latest.to_string() != requirement.due.words.trim()).then(|| {
        if window.is_day() { window.latest.to_string() } else { format!("{} at the latest", window.latest) }
    })
}

/// How a deadline that is no day was read.
pub(super) fn reading(requirement: &Requirement) -> Option<String> {
    let deadline = &requirement.due.deadline;
    let written = requirement.due.words.trim();
    match deadline.reading {
        Reading::Day => None,
        Reading::Both => Some(format!(
            "\"{written}\" may mean any day from {} to {}; this is by its last day",
            deadline.window.earliest, deadline.window.latest
        )),
        Reading::End => Some(format!(
            "\"{written}\" is read as its last day, {}, since `bare-period` is `end`",
            deadline.window.latest
        )),
    }
}

/// How something fares, after `is`.
pub(super) fn state(judgement: &Judgement<'_>) -> String {
    use crate::delivery::Delivery;
    match (judgement.delivery, judgement.expected) {
        (Delivery::Shipped, _) => "available today".to_owned(),
        (Delivery::OnTrack | Delivery::Tight, Some(expected)) => format!("planned for {expected}"),
        (Delivery::Late | Delivery::LateByDependency, Some(expected)) => {
            format!("late: planned for {expected}")
        }
        (Delivery::Undated | Delivery::LateByDependency, _) => "without a date".to_owned(),
        (Delivery::Beta, _) => "in beta only".to_owned(),
        (Delivery::ScopeGap, _) => "not available".to_owned(),
        (Delivery::LevelGap, _) => "at a lower level".to_owned(),
        (Delivery::Dropped, _) => "dropped".to_owned(),
        (Delivery::Unknown, _) => "not in the roadmap".to_owned(),
        (other, _) => other.words().to_owned(),
    }
}

fn link_state(link: &Link<'_>) -> String {
    match (link.expected, link.undated) {
        (Some(expected), _) => format!("is planned to ship by {}", expected.latest),
        (None, Some(reason)) => no_date(reason),
        (None, None) => "could not be read".to_owned(),
    }
}

/// Why there is no date, for a label.
pub(super) fn no_date(reason: Undated) -> String {
    match reason {
        Undated::Idea => "is an idea, not planned".to_owned(),
        Undated::Paused => "is paused".to_owned(),
        Undated::NoTarget => "has no target".to_owned(),
        Undated::TargetPassed(ago) => format!("has a target that passed {} ago", text::days(ago)),
        Undated::Dropped => "is dropped".to_owned(),
        Undated::NotCovered => "is not available for this scope".to_owned(),
    }
}

/// `for: { platform: linux }`, as a contract writes it.
pub(super) fn scope_in_yaml(dimension: &str, values: &[String]) -> String {
    match values {
        [only] => format!("for: {{ {dimension}: {only} }}"),
        several => format!("for: {{ {dimension}: [{}] }}", several.join(", ")),
    }
}

/// The values of a dimension that some scopes name, in their order.
pub(super) fn values_of<'s>(scopes: impl Iterator<Item = &'s Scope>, dimension: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in scopes.filter_map(|scope| scope.get(dimension)).flat_map(|dimension| dimension.values()) {
        if !values.iter().any(|known| crate::model::scope::same(known, value)) {
            values.push(value.to_owned());
        }
    }
    values
}

/// A day later or earlier; none beyond the calendar.
pub(super) fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Days by which a delivery comes after a deadline's latest day.
pub(super) fn days_late(expected: Window, deadline: Window) -> i64 {
    days_between(deadline.latest, expected.latest)
}

/// Keeps a promise's requirement and feature in a finding that is not about its delivery.
pub(super) fn about(finding: Finding, promise: &Promise<'_>, judgement: &Judgement<'_>) -> Finding {
    let id = judgement.feature.map_or(&judgement.written.value, |feature| &feature.id.value);
    let finding = finding.feature(id).about(judgement.cell.with_names());
    note_all(finding, clause(promise.requirement))
}
