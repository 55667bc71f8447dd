use std::collections::BTreeMap;

use crate::lint::document_case::{is_quoted, on_one_line};
use crate::prose::documents::DocumentPromise;

use super::prelude::*;
use crate::lint::extent::all_but;
use crate::model::roadmap::Roadmap;

declare_lint! {
    /// ## What it finds
    ///
    /// A sentence in one of the contract's `documents` that promises a feature of the roadmap which no requirement declares.
    /// What counts as a promise is what `dealcheck draft` takes for one; in doubt it is none.
    ///
    /// ## Why it matters
    ///
    /// The document is what was signed, and the requirements are what is checked. A promise that stands in the document alone
    /// has been held against nothing: the feature may be years away, or gone.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// documents: [agreement.md]
    /// requirements:
    ///   - feature: sso
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide Single sign-on by 30 September 2027.
    /// 2. The Audit log will be made available by 31 March 2027.
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso]
    /// name = "Single sign-on"
    /// status = "shipped"
    ///
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "idea"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// documents: [agreement.md]
    /// requirements:
    ///   - feature: sso
    ///     due: 2027-09-30
    ///   - clause: "2"
    ///     text: The Audit log will be made available by 31 March 2027.
    ///     feature: audit-log
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "undeclared-promise",
        summary: "a document promises a feature that no requirement declares",
        level: Level::Warn,
        accepts: AcceptanceKind::Names,
        check: Check::Documents(check),
    }
}

/// The most requirements without a feature that are held against each sentence.
const MOST: usize = 64;

fn check(case: &DocumentsCase<'_, '_>) -> Vec<Finding> {
    let contract = case.contract();
    // Any of them may be what could not be read.
    if contract.has_lost_features || contract.requirements.iter().any(|requirement| requirement.unreadable) {
        return Vec::new();
    }
    let declared = case.declared();
    let unmapped = contract.requirements.iter().filter(|it| it.features.is_empty());
    let unmapped = unmapped.filter_map(|it| Some(on_one_line(&it.text.as_ref()?.value)));
    let unmapped: Vec<String> = unmapped.take(MOST).collect();
    let mut undeclared: BTreeMap<usize, Vec<&DocumentPromise<'_>>> = BTreeMap::new();
    for promise in case.promises {
        // What a requirement quotes that names no feature, other lints tell of.
        if unmapped.iter().any(|text| is_quoted(text, promise.ruled.statement)) {
            continue;
        }
        for (mention, _) in &promise.promised {
            if let [first, ..] = mention.features[..]
                && !mention.features.iter().any(|feature| declared.contains(feature))
            {
                let promises = undeclared.entry(first).or_default();
                if promises.last().is_none_or(|last| !std::ptr::eq(*last, promise)) {
                    promises.push(promise);
                }
            }
        }
    }
    undeclared.iter().map(|(&feature, promises)| undeclared_feature(case, feature, promises)).collect()
}

/// A feature that is promised and not declared.
fn undeclared_feature(
    case: &DocumentsCase<'_, '_>,
    feature: usize,
    promises: &[&DocumentPromise<'_>],
) -> Finding {
    let feature = &case.context.roadmap.features[feature];
    let (document, statement) = (promises[0].document, promises[0].ruled.statement);
    let name = words::quoted(feature.title());
    let place = document.place_in_words(statement);
    let title = format!("{place} promises {name}, and no requirement declares it");
    let status = feature.offers.first().map(|offer| offer.status.value);
    let is_one = feature.offers.iter().all(|offer| Some(offer.status.value) == status);
    let stands = match status.filter(|_| is_one) {
        Some(status) => format!("{status} in the roadmap"),
        None => "in the roadmap".to_owned(),
    };
    let others = promises[1..].iter().map(|other| other.document.place_in_words(other.ruled.statement));
    let others: Vec<String> = others.collect();
    let said = promises.iter().map(|promise| promise.ruled.statement.text.as_str());
    let is_draft = case.contract().status == ContractStatus::Draft;
    case.feature_finding(feature, &LINT, title, said)
        .extent(FindingExtent::names(lacks(feature, case.context.roadmap)))
        .label(document.place(statement), "promised here")
        .labels([case.entry(document)])
        .label(feature.id.span, stands)
        .notes((!others.is_empty()).then(|| format!("also promised in {}", words::some_of(&others))))
        .note(
            "what no requirement declares is held against no roadmap: nobody has checked that it can be kept",
        )
        .help(format!(
            "declare it as a requirement with `feature: {}`; `dealcheck draft {}` writes its fields",
            feature.id.value,
            text::shell_path(&document.document.name)
        ))
        .helps(is_draft.then_some("or leave it out of the document, if nobody means it as a promise"))
}

/// What is not there of a feature, for everybody and today: a decision about a promise of it is about no more than that.
fn lacks(feature: &Feature, roadmap: &Roadmap) -> Vec<String> {
    let id = &feature.id.value;
    let of_offer = |offer: &Offer| {
        let name = match offer.scope.is_empty() {
            true => id.to_string(),
            false => format!("{id} for {}", offer.scope),
        };
        match (offer.status.value, offer.sunset) {
            (Status::Retired, _) => Some(format!("{name} (no longer available)")),
            (Status::Rejected, _) => Some(format!("{name} (will not be built)")),
            (_, Some(sunset)) => Some(format!("{name} (stops working on {})", sunset.value.earliest)),
            (Status::Shipped, None) => None,
            (Status::Deprecated, None) => Some(format!("{name} (deprecated)")),
            (Status::Beta, None) => Some(format!("{name} (in beta)")),
            (_, None) => Some(FindingExtent::dated(name, offer.target.map(|target| target.value))),
        }
    };
    let there = || feature.offers.iter().filter(|offer| offer.status.value == Status::Shipped);
    let elsewhere = roadmap.limiting(there()).into_iter().filter_map(|dimension| {
        let limits: Option<Vec<_>> = there().map(|offer| offer.scope.get(&dimension.name)).collect();
        let values: Vec<&str> = limits?.into_iter().flat_map(|limited| limited.values()).collect();
        Some(format!("{id} for {}", all_but(&dimension.name, &values)))
    });
    feature.offers.iter().filter_map(of_offer).chain(elsewhere).collect()
}
