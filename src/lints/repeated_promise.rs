use std::collections::{BTreeMap, BTreeSet};

use crate::lint::portfolio::{Portfolio, UnshippedPromise};

use super::prelude::*;

/// How many contracts are named of those that promise one thing.
const MOST_NAMED: usize = 50;

declare_lint! {
    /// ## What it finds
    ///
    /// A draft that promises an unshipped feature which three or more other contracts promise already, signed
    /// ones and drafts. `full`, `narrated` and `markdown` tell several such drafts as one finding; a waiver is
    /// for one of them, and for no more other contracts than there were.
    ///
    /// ## Why it matters
    ///
    /// Each of the deals was judged alone, and each seemed a small risk. Together they hang on one release: the
    /// day it slips, all of these customers have to be told, and there is nobody to help out first.
    ///
    /// ## Example
    ///
    /// ```yaml contracts/acme.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```yaml contracts/globex.yaml
    /// contract: GLOBEX-2026-003
    /// customer: Globex Inc.
    /// status: signed
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-08-31
    /// ```
    ///
    /// ```yaml contracts/initech.yaml
    /// contract: INITECH-2026-007
    /// customer: Initech LLC
    /// status: signed
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```yaml contracts/umbrella.yaml
    /// contract: UMBRELLA-2026-001
    /// customer: Umbrella plc
    /// status: signed
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    ///
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contracts/acme.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-09-30
    /// ```
    pub(super) static LINT = {
        name: "repeated-promise",
        summary: "not shipped, and promised in several other contracts",
        level: Level::Warn,
        options: &[LintOption::count(
            "others",
            3,
            "Other contracts that promise the same, from which on it is reported."
        )],
        accepts: AcceptanceKind::Levels,
        check: Check::Portfolio(check),
    }
}

fn check(portfolio: &Portfolio<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let unshipped = portfolio.promises.iter().filter(|promise| promise.delivery.is_unshipped());
    // By feature: each contract that promises it once, the one that needs it first before the others.
    let mut promised: BTreeMap<usize, Vec<&UnshippedPromise>> = BTreeMap::new();
    for promise in unshipped {
        promised.entry(promise.feature).or_default().push(promise);
    }
    let least = usize::try_from(context.settings.number(&LINT, "others")).unwrap_or(usize::MAX).max(1);
    let mut findings = Vec::new();
    for contracts in promised.values_mut() {
        contracts.sort_by_key(|promise| promise.need());
        let mut known = BTreeSet::new();
        contracts.retain(|promise| known.insert(promise.contract.deal.as_str()));
        if contracts.len() > least {
            findings.extend(of_drafts(contracts, least, context));
        }
    }
    findings
}

/// A finding for each draft. All say the same, so that they can be told together.
fn of_drafts<'p>(
    contracts: &[&'p UnshippedPromise],
    least: usize,
    context: &LintContext<'_>,
) -> impl Iterator<Item = Finding> {
    let is_draft = |promise: &&UnshippedPromise| promise.contract.status == ContractStatus::Draft;
    let (drafts, signed): (Vec<_>, Vec<&'p UnshippedPromise>) = contracts.iter().copied().partition(is_draft);
    let list = |what: &str, promises: &[&UnshippedPromise]| {
        let ids = promises.iter().map(|promise| &promise.contract.id);
        (!promises.is_empty())
            .then(|| format!("{what}: {}", words::first_of(MOST_NAMED, ids, promises.len())))
    };
    let first = contracts.first().and_then(|first| Some((&first.contract.id, first.deadline?)));
    let notes = [
        list("already signed", &signed),
        list("in draft", &drafts).filter(|_| drafts.len() > 1),
        first.map(|(id, day)| format!("{id} needs it first, by {day}")),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let extent = FindingExtent::count("others", contracts.len() - 1, least - 1);
    drafts.into_iter().filter_map(move |draft| {
        let name = words::quoted(context.roadmap.features.get(draft.feature)?.title());
        let title = format!("{name} has not shipped, and {} contracts promise it", contracts.len());
        let finding = draft
            .finding(context.roadmap, &LINT, title)
            .extent(extent.clone())
            .label(draft.span, "promised once more")
            .labels(words::planned_for(draft, context))
            .notes(notes.clone())
            .help("ask the team for one date that holds for all of them, and record the answer as a waiver")
            .help("or leave it out, and offer it once it has shipped");
        Some(finding)
    })
}
