use crate::lint::portfolio::{Portfolio, UnshippedPromise};
use crate::model::evidence::{Confirmation, ConfirmationSource};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that is on time by a target which nobody has confirmed for over 60 days. A target is confirmed on the day
    /// that the roadmap states as `confirmed`. Where it states none, it is the day on which the offer's entry last changed in
    /// git, as it is read: another order, another layout, a comment, another file are no change. Where neither tells
    /// anything, nothing is found, unless the roadmap states the day of other targets. Where git does not tell all, as in a
    /// shallow clone, nothing is found of a target without a stated day.
    ///
    /// What a target waits for is looked at, too. Where the roadmap states no `confirmed` at all, there is one finding for
    /// all of it.
    ///
    /// ## Why it matters
    ///
    /// Of all that a plan says of itself, when somebody last looked at it tells most. Of 2,067 published plans of Kubernetes
    /// those that were edited in the last 60 days held in 89 % of the cases, older ones in 4 %.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// confirmed = 2026-08-14
    /// ```
    ///
    /// ## Instead
    ///
    /// Ask the team, and run `dealcheck confirm audit-log` if the target holds.
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// confirmed = 2026-11-20
    /// ```
    pub(super) static LINT = {
        name: "unconfirmed-target",
        summary: "on time by a target that nobody has confirmed for long",
        level: Level::Warn,
        options: &[LintOption::days("max-age", 60, "Days after which somebody has to say again that a target holds.")],
        rests_on_history: true,
        check: Check::Portfolio(check),
    }
}

/// A target that nobody has confirmed for too long.
struct UnconfirmedTarget<'a> {
    feature: &'a Feature,
    offer: &'a Offer,
    /// The last time; none where nobody ever did.
    confirmation: Option<Confirmation>,
    /// The promises that rest on it.
    promises: Vec<&'a UnshippedPromise>,
}

fn check(portfolio: &Portfolio<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let max_age = context.settings.number(&LINT, "max-age");
    let uses_key = context.roadmap.states_confirmed;
    let is_on_time = |promise: &UnshippedPromise| {
        matches!(promise.delivery, Delivery::OnTrack | Delivery::Tight) && !promise.is_missed
    };
    let mut targets: Vec<UnconfirmedTarget<'_>> = Vec::new();
    for ((at, place), promises) in portfolio.awaited(is_on_time) {
        let Some((feature, offer)) = context.roadmap.offer(at, place) else { continue };
        let confirmation = context.evidence.of(at, place).and_then(|evidence| evidence.confirmation);
        let is_too_old = match confirmation {
            Some(confirmation) => days_between(confirmation.on, context.today) > max_age,
            // What git would tell, and does not, may be of yesterday.
            None => uses_key && context.evidence.caveat.is_none(),
        };
        // Further offers inherit the words of the feature, and need not be confirmed apart. Features may share them, and
        // each is told.
        let is_told = |known: &UnconfirmedTarget<'_>| {
            std::ptr::eq(known.feature, feature) && known.offer.when_span() == offer.when_span()
        };
        if is_too_old && !targets.iter().any(is_told) {
            targets.push(UnconfirmedTarget { feature, offer, confirmation, promises });
        }
    }
    // A roadmap that never uses the key would have this finding at every target: it is told once.
    if uses_key {
        targets.iter().map(|target| word(target, context.today, max_age)).collect()
    } else {
        together(targets, context.today, max_age).into_iter().collect()
    }
}

/// The finding about one target.
fn word(target: &UnconfirmedTarget<'_>, today: Date, max_age: i64) -> Finding {
    let title = match target.confirmation {
        Some(confirmation) => {
            let age = text::days(days_between(confirmation.on, today));
            format!("nobody has confirmed the target of {} for {age}", target.name())
        }
        None => format!("nobody has confirmed the target of {}", target.name()),
    };
    let to_come = target.offer.confirmed.filter(|confirmed| confirmed.value.earliest > today);
    Finding::of_feature(target.feature, &LINT, title)
        .about(target.offer.scope.to_string())
        .labels([target.label(max_age)])
        .labels(target.promised())
        .labels(to_come.map(|confirmed| (confirmed.span, "nobody can know that yet")))
        .notes(resting(&target.promises))
        .help(format!("ask the team; if the target holds, run `{}`", command([target.feature].into_iter())))
        .help("if it does not, write the new one")
}

/// One finding about all of the roadmap.
fn together(mut targets: Vec<UnconfirmedTarget<'_>>, today: Date, max_age: i64) -> Option<Finding> {
    const POINTED_AT: usize = 4;
    targets.sort_by_key(|target| target.confirmation.map(|confirmation| confirmation.on));
    let [first, others @ ..] = targets.as_slice() else { return None };
    if others.is_empty() {
        return Some(Finding { about: String::new(), ..word(first, today, max_age) });
    }
    let title = format!(
        "nobody has confirmed {} that promises rest on for over {}",
        text::count(targets.len(), "target"),
        text::days(max_age)
    );
    let names: Vec<String> = targets.iter().map(UnconfirmedTarget::name).collect();
    let mut promises: Vec<&UnshippedPromise> = Vec::new();
    for promise in targets.iter().flat_map(|target| &target.promises) {
        if !promises.iter().any(|known| std::ptr::eq(*known, *promise)) {
            promises.push(promise);
        }
    }
    let features = command(targets.iter().map(|target| target.feature));
    let finding = Finding::of_files(&LINT, title)
        .labels(targets.iter().take(POINTED_AT).map(|target| target.label(max_age)))
        .note(format!("these are the targets of {}", words::some_of(&names)))
        .notes(resting(&promises))
        .note("the roadmap states no day on which a target was confirmed")
        .help(format!("ask the teams; for each target that holds, run `{features}`"));
    Some(finding)
}

impl UnconfirmedTarget<'_> {
    fn name(&self) -> String {
        words::target_name(self.feature, self.offer)
    }

    /// What tells how old it is, at its place.
    fn label(&self, max_age: i64) -> (Span, String) {
        match (self.confirmation, self.offer.confirmed) {
            (Some(Confirmation { by: ConfirmationSource::Roadmap, .. }), Some(confirmed)) => {
                (confirmed.span, format!("which is good for {}", text::days(max_age)))
            }
            (Some(confirmation), _) => {
                (self.offer.when_span(), format!("its entry last changed on {}", confirmation.on))
            }
            (None, _) => {
                (self.offer.when_span(), "there is no day on which the team confirmed it".to_owned())
            }
        }
    }

    /// Where it is promised first.
    fn promised(&self) -> Option<(Span, String)> {
        let promise = self.promises.first()?;
        Some((promise.span, format!("promised here by {}", promise.deadline?)))
    }
}

/// Who rests on it.
fn resting(promises: &[&UnshippedPromise]) -> Option<String> {
    let mut contracts: Vec<&str> = promises.iter().map(|promise| promise.contract.id.as_str()).collect();
    contracts.sort_unstable();
    contracts.dedup();
    let [_, _, ..] = contracts.as_slice() else { return None };
    let shown = words::first_of(words::SHOWN, contracts.iter(), contracts.len());
    Some(format!("{} of {shown} rest on it", text::count(promises.len(), "promise")))
}

/// What to type for some features. Ids are typed as they are, so that one with other letters is left to who types.
fn command<'a>(features: impl Iterator<Item = &'a Feature>) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for feature in features {
        let id = feature.id.value.as_str();
        let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if is_plain && !id.starts_with('-') && !ids.contains(&id) {
            ids.push(id);
        }
    }
    match ids.as_slice() {
        [] => "dealcheck confirm FEATURE".to_owned(),
        ids if ids.len() <= words::SHOWN => format!("dealcheck confirm {}", ids.join(" ")),
        ids => format!("dealcheck confirm {} …", ids[..words::SHOWN].join(" ")),
    }
}
