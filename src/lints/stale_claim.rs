use crate::lint::document_case::ClaimsCase;
use crate::prose::claims::claims;
use crate::prose::documents::ReadDocument;
use crate::prose::statement::{LONGEST_STATEMENT, Statement};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A sentence in a document that `--claims` names, such as a page of the web site, which says that a feature is available
    /// ("now available", "is live", "comes with"), where the roadmap has it in beta, planned, deprecated or gone. What is said to
    /// come, or to be in beta, is quiet, and so is a feature that is available for some. A sentence that is too long to be
    /// judged is told as well.
    ///
    /// ## Why it matters
    ///
    /// Customers read the site before the contract, and sellers quote it. What is not there is sold from it every day until
    /// somebody takes it down.
    ///
    /// ## Example
    ///
    /// ```text site/features.md
    /// # What is new
    ///
    /// The Audit log is now available. Single sign-on is live, too.
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "beta"
    /// beta = 2026-10-01
    /// target = "2027-Q2"
    ///
    /// [features.sso]
    /// name = "Single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text site/features.md
    /// # What is new
    ///
    /// The Audit log is in beta. Single sign-on is live.
    /// ```
    pub(super) static LINT = {
        name: "stale-claim",
        summary: "collateral says that something is available which is not",
        level: Level::Warn,
        check: Check::Claims(check),
    }
}

fn check(case: &ClaimsCase<'_, '_>) -> Vec<Finding> {
    let ClaimsCase { document, context } = case;
    let (roadmap, names) = (context.roadmap, context.names.features(context.roadmap));
    let mut findings = Vec::new();
    for statement in &document.statements {
        if statement.is_too_long() && names.may_be_in(&statement.text) {
            findings.push(too_long(document, statement));
        }
        for (mention, place) in claims(statement, names) {
            let mut meant = mention.features.iter().filter_map(|at| roadmap.features.get(*at)).peekable();
            let Some(first) = meant.peek().copied() else { continue };
            // Of several features with one name, one that is there makes the sentence true.
            if meant.any(|feature| feature.unreadable || is_there(feature, context.today)) {
                continue;
            }
            let Some(offer) = first.offers.first() else { continue };
            let name = words::quoted(first.title());
            let file = &document.document.name;
            let title =
                format!("{file} says that {name} is available, and it is {}", state(offer, context.today));
            let replaced = first.replaced_by.as_ref();
            let finding = Finding::of_feature(first, &LINT, title)
                .about(format!("{file} {}", text::clean(&statement.text)))
                .label(document.part(statement, place), "said to be available")
                .label(offer.when_span(), "the roadmap")
                .helps(replaced.map(|id| format!("name `{}` instead, which replaces it", id.value)))
                .help(instead(offer));
            findings.push(finding);
        }
    }
    findings
}

/// A sentence that names a feature, and is longer than any that is judged.
fn too_long(document: &ReadDocument, statement: &Statement) -> Finding {
    let place = document.place_in_words(statement);
    let title = format!("a sentence in {place} was not read: longer than {} KiB", LONGEST_STATEMENT >> 10);
    Finding::of_files(&LINT, title)
        .about(format!("{} {}", document.document.name, text::clean(&statement.text)))
        .label(
            document.part(statement, words::beginning(&statement.text)),
            "what it says is available is not known",
        )
        .help("say it in sentences that are shorter")
}

/// Whether some of it can be had today, and is not on its way out.
fn is_there(feature: &Feature, today: Date) -> bool {
    let is_shipped = |offer: &Offer| {
        offer.status.value == Status::Shipped
            && offer.shipped.is_none_or(|shipped| shipped.value.earliest <= today)
            && offer.sunset.is_none_or(|sunset| !sunset.value.has_passed(today))
    };
    feature.offers.iter().any(is_shipped)
}

/// What to say of it.
fn instead(offer: &Offer) -> &'static str {
    match offer.status.value {
        Status::Deprecated => "say until when it is there, or leave it out",
        Status::Beta => "say that it is in beta, and what that means, or leave it out",
        Status::Planned | Status::InProgress | Status::Shipped => "say when it comes, or leave it out",
        Status::Idea | Status::Paused | Status::Retired | Status::Rejected => "leave it out",
    }
}

/// How it is with what is not there.
fn state(offer: &Offer, today: Date) -> &'static str {
    match offer.status.value {
        Status::Idea => "an idea",
        Status::Planned => "planned",
        Status::InProgress => "still being built",
        Status::Beta => "in beta",
        Status::Paused => "paused",
        Status::Deprecated => "deprecated",
        Status::Retired => "retired",
        Status::Rejected => "rejected",
        Status::Shipped if offer.sunset.is_some_and(|sunset| sunset.value.has_passed(today)) => "gone",
        Status::Shipped => "to ship on a day to come",
    }
}
