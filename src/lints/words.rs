//! The words that several lints share: where they point, what they call things, which way out they name.

use rust_decimal::Decimal;

use crate::check::finding::Finding;
use crate::check::portfolio::Commitment;
use crate::check::run::Run;
use crate::check::waive::Exception;
use crate::delivery::{Delivery, Judgement, Link, Owed, Promise, Undated};
use crate::input::source::{Span, Spanned};
use crate::lint::{Case, Lint};
use crate::model::contract::{Contract, ContractStatus, Requirement};
use crate::model::deadline::{Deadline, Reading};
use crate::model::remedy::Credit;
use crate::model::roadmap::{Feature, Offer, Reference, Roadmap};
use crate::model::scope::Scope;
use crate::model::unit::Period;
use crate::model::waiver::{Subject, Waiver};
use crate::model::window::{Window, days_between};
use crate::text;

/// What a feature is called: `"Audit log"`.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", text::brief(name, 300))
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
        let finding = note_all(finding, self.others());
        let finding = note_all(finding, self.remedy());
        match self.promise.requirement.due.span {
            None if self.judgement.expected.is_some() => {
                finding.help("add `due` to say by which day the contract needs it")
            }
            _ => finding,
        }
    }

    /// What the promise will owe, with the formula. Where there is no date, the most that it can come to.
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
            let would = if self.is_draft() { "would" } else { "will" };
            return Some(format!("{would} owe {} by {by}: {credit} for {periods}{capped}", comes_to(owed)));
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

    /// How what else this requirement promises fares: every other cell, and other features that cannot be kept.
    fn others(&self) -> Option<String> {
        let judgements = &self.promise.judgements;
        let this = self.judgement;
        let same = |other: &Judgement<'_>| std::ptr::eq(other.written, this.written);
        let cells: Vec<String> = judgements
            .iter()
            .filter(|other| same(other) && !std::ptr::eq(*other, this))
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
        if !cells.is_empty() {
            parts.push(some_of(&cells));
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
        reword(self.promise.contract, help)
    }

    /// The deadline that can be kept with a margin.
    pub(super) fn later_deadline(&self, expected: Window) -> String {
        let margin = self.run.judge.rules.margin;
        match self.run.judge.rules.first_day(expected) {
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
            Some(offer) => {
                let beta = offer.beta.filter(|_| self.judgement.by_beta);
                finding.label(beta.map_or_else(|| offer.when_span(), |beta| beta.span), label)
            }
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

/// A way out through a contract's words: as it is for a draft, an amendment for a signed contract.
pub(super) fn reword(contract: &Contract, help: impl Into<String>) -> String {
    match contract.status {
        ContractStatus::Draft => help.into(),
        _ => format!("the contract is signed; in an amendment, {}", help.into()),
    }
}

/// A day or a period that a feature states, with the offers that it holds for: a further offer inherits the
/// words of the feature, and what is wrong with them is said once.
pub(super) struct Stated<'r> {
    /// The feature.
    pub(super) feature: &'r Feature,
    /// What is stated.
    pub(super) window: Spanned<Window>,
    /// The first of the offers that state it.
    pub(super) offer: &'r Offer,
    offers: Vec<&'r Offer>,
}

/// What the readable ones of these features state, each statement once.
pub(super) fn stated<'r>(
    run: &Run<'r>,
    features: &[usize],
    of: impl Fn(&Offer) -> Option<Spanned<Window>>,
) -> Vec<Stated<'r>> {
    let mut all: Vec<Stated<'r>> = Vec::new();
    for feature in features.iter().filter_map(|&at| run.roadmap.features.get(at)) {
        if feature.unreadable {
            continue;
        }
        let before = all.len();
        for offer in &feature.offers {
            let Some(window) = of(offer) else { continue };
            let known = all[before..].iter_mut().find(|stated| {
                stated.window.span == window.span && stated.offer.status.span == offer.status.span
            });
            match known {
                Some(stated) => stated.offers.push(offer),
                None => all.push(Stated { feature, window, offer, offers: vec![offer] }),
            }
        }
    }
    all
}

impl Stated<'_> {
    /// The feature, with its scopes where only some of its offers state it: `"Audit log" for windows`.
    pub(super) fn subject(&self) -> String {
        let name = quoted(self.feature.title());
        let scopes: Vec<&Scope> = self.offers.iter().map(|offer| &offer.scope).collect();
        if self.offers.len() == self.feature.offers.len() || scopes.iter().any(|scope| scope.is_empty()) {
            return name;
        }
        let mut dimensions: Vec<&str> =
            scopes.iter().flat_map(|scope| scope.iter()).map(|(name, _)| name).collect();
        dimensions.dedup_by(|one, other| crate::model::scope::same(one, other));
        let scopes = match dimensions.as_slice() {
            [only] => text::and_list(&values_of(scopes.into_iter(), only)),
            _ => scopes.iter().map(|scope| scope.to_string()).collect::<Vec<_>>().join("; "),
        };
        format!("{name} for {scopes}")
    }

    /// A finding about it; `contradicts` tells apart several about one offer.
    pub(super) fn finding(&self, lint: &'static Lint, title: String, contradicts: &str) -> Finding {
        let scope = self.offer.scope.to_string();
        let about = [contradicts, &scope].into_iter().filter(|part| !part.is_empty());
        let about: Vec<&str> = about.collect();
        Finding::new(lint, title).feature(&self.feature.id.value).about(about.join(" "))
    }
}

/// How many names a message lists before it counts the others.
pub(super) const SHOWN: usize = 8;

/// A list that is not too long to read: `a, b, c and 3 more`.
pub(super) fn some_of(names: &[String]) -> String {
    first_of(names.iter(), names.len())
}

/// As [`some_of`], of names of which only the first are worked out.
pub(super) fn first_of(names: impl Iterator<Item = impl ToString>, count: usize) -> String {
    let mut shown: Vec<String> = names.take(SHOWN).map(|name| name.to_string()).collect();
    if count > SHOWN {
        shown.push(format!("{} more", count - SHOWN));
    }
    text::and_list(&shown)
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

/// What a relative deadline comes to.
fn due_in_words(requirement: &Requirement) -> Option<String> {
    let Deadline { window, from, .. } = &requirement.due.deadline;
    from.is_some().then(|| {
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
    match (judgement.delivery, judgement.expected) {
        (Delivery::Beta, _) | (_, None) => state_of(judgement.delivery).to_owned(),
        (_, Some(expected)) => format!("planned for {expected}"),
    }
}

/// How a verdict without a date reads, after `is`.
pub(super) fn state_of(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Shipped => "available today",
        Delivery::Undated | Delivery::LateByDependency => "without a date",
        Delivery::Beta => "in beta only",
        Delivery::ScopeGap => "not available",
        Delivery::LevelGap => "at a lower level",
        Delivery::Unknown => "not in the roadmap",
        other => other.words(),
    }
}

/// What takes a feature's place, as a way out.
pub(super) fn replacement(roadmap: &Roadmap, feature: Option<&Feature>) -> Option<String> {
    let id = &feature?.replaced_by.as_ref()?.value;
    Some(match roadmap.find(id) {
        Reference::Feature(at) => {
            let next = roadmap.features.get(at)?;
            format!("promise {} instead: `feature: {}`", quoted(next.title()), next.id.value)
        }
        _ => return None,
    })
}

fn link_state(link: &Link<'_>) -> String {
    match (link.expected, link.undated) {
        (Some(expected), _) => format!("is planned to ship by {}", expected.latest),
        (None, Some(reason)) => no_date(reason),
        (None, None) => "could not be read".to_owned(),
    }
}

/// Why there is no date, for a label, or after `it`.
pub(crate) fn no_date(reason: Undated) -> String {
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

/// Says which requirement of which contract a finding about several contracts is about, for waivers.
pub(super) fn about_commitment(finding: Finding, commitment: &Commitment, run: &Run<'_>) -> Finding {
    let feature = run.roadmap.features.get(commitment.feature);
    let finding = feature.into_iter().fold(finding, |finding, feature| finding.feature(&feature.id.value));
    Finding {
        contract: Some(text::clean(&commitment.contract.id).into_owned()),
        subject: Subject::Requirement(commitment.requirement.clone()),
        ..finding
    }
}

/// What the roadmap says of when something comes that a contract promises, with its place.
pub(super) fn planned_for(commitment: &Commitment, run: &Run<'_>) -> Option<(Span, String)> {
    let offer = run.roadmap.features.get(commitment.feature)?.offers.get(commitment.offer?)?;
    Some(match commitment.expected {
        Some(expected) => (offer.when_span(), format!("expected by {}", expected.latest)),
        None => (offer.when_span(), "the roadmap has no date for it".to_owned()),
    })
}

/// What a waiver is about: `R2 of ACME-2026-014`.
pub(super) fn waiver_subject(waiver: &Waiver) -> String {
    let contract = &waiver.contract.value;
    match &waiver.subject {
        Subject::Contract => contract.to_string(),
        Subject::Requirement(name) => format!("{name} of {contract}"),
        Subject::Term(name) => format!("the term {name} of {contract}"),
    }
}

/// What a waiver that is about a finding excepts.
pub(super) fn exception_subject(exception: &Exception<'_, '_>) -> String {
    waiver_subject(exception.waiver)
}

/// Points from a finding about a waiver to what it would waive.
pub(super) fn excepted(finding: Finding, exception: &Exception<'_, '_>) -> Finding {
    let waived = exception.finding;
    let finding = match waived.diagnostic.primary() {
        Some(label) => finding.label(label.span, format!("not covered: {}", waived.lint.name)),
        None => finding,
    };
    finding.about(waived.lint.name).note("until this is put right, the waiver covers nothing")
}

/// The people in the roles that may decide on an exception.
pub(super) fn who_may_decide<'r>(exception: &Exception<'r, '_>) -> Vec<&'r String> {
    exception.roles().into_iter().filter_map(|role| exception.run.roles.get(role)).flatten().collect()
}

/// Days of work, as a plan counts them: `60 days`, `0.5 days`.
pub(super) fn work(days: Decimal) -> String {
    let unit = if days == Decimal::ONE { "day" } else { "days" };
    format!("{} {unit}", days.normalize())
}

/// A share in whole percent, or as exact as it takes to be seen to be over the limit.
pub(super) fn rounded(share: Decimal, limit: Decimal) -> Decimal {
    let exact = [0, 1, 2].map(|places| share.round_dp(places)).into_iter().find(|share| *share > limit);
    exact.unwrap_or(share).normalize()
}
