use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::lint::portfolio::{Portfolio, UnshippedPromise};
use crate::model::contract::ContractStatus;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A draft that promises an unshipped feature which three or more other contracts promise already, signed
    /// ones and drafts.
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
        contracts.sort_by_key(|promise| {
            (promise.deadline.is_none(), promise.deadline, promise.contract.id.as_str())
        });
        let mut known = BTreeSet::new();
        contracts.retain(|promise| known.insert(promise.contract.deal.as_str()));
        if contracts.len() <= least {
            continue;
        }
        let is_draft = |promise: &&UnshippedPromise| promise.contract.status == ContractStatus::Draft;
        let (drafts, signed): (Vec<_>, Vec<_>) = contracts.iter().copied().partition(is_draft);
        findings
            .extend(drafts.iter().filter_map(|draft| word(draft, contracts, [&signed, &drafts], context)));
    }
    findings
}

fn word(
    draft: &UnshippedPromise,
    contracts: &[&UnshippedPromise],
    [signed, drafts]: [&[&UnshippedPromise]; 2],
    context: &LintContext<'_>,
) -> Option<Finding> {
    let is_other = |other: &&&UnshippedPromise| !Arc::ptr_eq(&other.contract, &draft.contract);
    let first = contracts.iter().find(is_other)?;
    let feature = context.roadmap.features.get(draft.feature)?;
    let title = format!(
        "{} has not shipped, and {} it",
        words::quoted(feature.title()),
        text::plural(
            contracts.len() - 1,
            "other contract already promises",
            "other contracts already promise"
        )
    );
    let list = |what: &str, promises: &[&UnshippedPromise], count: usize| {
        let ids = promises.iter().filter(is_other).map(|other| &other.contract.id);
        (count > 0).then(|| format!("{what}: {}", words::first_of(ids, count)))
    };
    let first_word = if contracts.len() == 2 { "" } else { " first," };
    let finding = draft
        .finding(context.roadmap, &LINT, title)
        .label(draft.span, "promised once more")
        .labels(words::planned_for(draft, context))
        .notes(list("already signed", signed, signed.len()))
        .notes(list("also in draft", drafts, drafts.len() - 1))
        .notes(first.deadline.map(|by| format!("{} needs it{first_word} by {by}", first.contract.id)))
        .help("ask the team for one date that holds for all of them, and record the answer as a waiver")
        .help("or leave it out, and offer it to this customer once it has shipped");
    Some(finding)
}
