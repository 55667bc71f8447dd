use std::collections::{BTreeMap, BTreeSet};

use crate::lint::portfolio::{Portfolio, UnshippedPromise};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A draft that promises an unshipped feature to a customer who still waits for another one: a signed
    /// contract of the same customer promises that, and it is late, in beta only, or without a date.
    /// Customers are compared by name, without regard to case.
    ///
    /// ## Why it matters
    ///
    /// A promise for later that follows one that was not kept is not believed, and is paid for twice: the
    /// customer who is asked to sign again asks about the first one.
    ///
    /// ## Example
    ///
    /// ```yaml contracts/acme-2025.yaml
    /// contract: ACME-2025-003
    /// customer: Acme Robotics GmbH
    /// status: signed
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-01-31
    /// ```
    ///
    /// ```yaml contracts/acme-2026.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: bulk-api
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    ///
    /// [features.bulk-api]
    /// name = "Bulk API"
    /// status = "planned"
    /// target = "2027-03"
    ///
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contracts/acme-2026.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-09-30
    /// ```
    pub(super) static LINT = {
        name: "serial-promise",
        summary: "promised to a customer who still waits for something else",
        level: Level::Warn,
        accepts: AcceptanceKind::Names,
        check: Check::Portfolio(check),
    }
}

/// What one customer was promised and has not got.
#[derive(Default)]
struct Account<'a> {
    late: Vec<&'a UnshippedPromise>,
    drafts: BTreeMap<&'a str, Vec<&'a UnshippedPromise>>,
}

/// How long, and why, a customer waits. What is worse comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wait {
    /// There is a beta, which was not what was promised.
    Beta,
    /// It comes so many days after the deadline.
    Late(i64),
    /// There is no date.
    NoDate,
    /// The deadline passed so many days ago.
    Overdue(i64),
}

fn check(portfolio: &Portfolio<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let mut accounts: BTreeMap<String, Account<'_>> = BTreeMap::new();
    for promise in portfolio.promises {
        let customer = promise.contract.customer.trim().to_lowercase();
        if customer.is_empty() {
            continue;
        }
        let account = accounts.entry(customer).or_default();
        match promise.contract.status {
            ContractStatus::Draft if promise.delivery.is_unshipped() => {
                account.drafts.entry(promise.contract.id.as_str()).or_default().push(promise);
            }
            ContractStatus::Signed if wait(promise, context.today).is_some() => account.late.push(promise),
            _ => {}
        }
    }
    accounts.values().flat_map(|account| account.findings(context)).collect()
}

/// How a customer waits for what a signed contract promises, if longer than was agreed.
fn wait(promise: &UnshippedPromise, today: Date) -> Option<Wait> {
    if let Some(deadline) = promise.deadline.filter(|_| promise.is_missed) {
        return Some(Wait::Overdue(days_between(deadline, today)));
    }
    match (promise.delivery, promise.expected) {
        (Delivery::Late | Delivery::LateByDependency, Some(expected)) => {
            Some(Wait::Late(days_between(promise.deadline?, expected.latest)))
        }
        (Delivery::Late | Delivery::LateByDependency | Delivery::Undated, _) => Some(Wait::NoDate),
        (Delivery::Beta, _) => Some(Wait::Beta),
        _ => None,
    }
}

impl Wait {
    /// After the name of what is waited for.
    fn words(self) -> String {
        match self {
            Self::Beta => "which is in beta only".to_owned(),
            Self::Late(days) => format!("which is {} late", text::days(days)),
            Self::NoDate => "which has no date".to_owned(),
            Self::Overdue(days) => format!("which is {} overdue", text::days(days)),
        }
    }
}

impl Account<'_> {
    fn findings(&self, context: &LintContext<'_>) -> Vec<Finding> {
        // Backwards: of equals `max_by_key` takes the last, and the first is to be told.
        let Some(worst) = self.late.iter().rev().max_by_key(|late| wait(late, context.today)) else {
            return Vec::new();
        };
        let late: BTreeSet<usize> = self.late.iter().map(|late| late.feature).collect();
        let others = self.others(worst, context);
        let waits = |late: &&UnshippedPromise| {
            let name = format!("{} of {}", title(late, context), late.contract.id);
            FindingExtent::dated(name, late.expected.filter(|_| !late.is_missed))
        };
        let waits: Vec<String> = self.late.iter().map(waits).collect();
        self.drafts
            .values()
            .filter_map(|promises| {
                // What is late and promised again is no new promise.
                let is_new = |promise: &&&UnshippedPromise| !late.contains(&promise.feature);
                let new: Vec<&UnshippedPromise> = promises.iter().filter(is_new).copied().collect();
                let names = waits.iter().cloned();
                let names = names.chain(new.iter().map(|one| title(one, context).to_owned()));
                Some(word(&new, worst, &others, context)?.extent(FindingExtent::names(names)))
            })
            .collect()
    }

    /// What else the customer waits for, in words.
    fn others(&self, worst: &UnshippedPromise, context: &LintContext<'_>) -> Vec<String> {
        let others = self.late.iter().filter(|late| late.feature != worst.feature);
        words::each_once(others.map(|late| {
            let waits =
                wait(late, context.today).map_or_else(String::new, |wait| format!(", {}", wait.words()));
            format!("{}{waits} ({})", feature_name(late, context), late.contract.id)
        }))
    }
}

fn word(
    new: &[&UnshippedPromise],
    worst: &UnshippedPromise,
    others: &[String],
    context: &LintContext<'_>,
) -> Option<Finding> {
    let first = *new.first()?;
    let waits = wait(worst, context.today)?.words();
    let title = format!(
        "{} still waits for {}, {waits}, and is promised {} as well",
        first.contract.customer.trim(),
        feature_name(worst, context),
        feature_name(first, context)
    );
    let by = worst.deadline.map(|by| format!(" for {by}")).unwrap_or_default();
    let label = format!("promised by {}{by}", worst.contract.id);
    let also = || format!("it also waits for {}", words::some_of(others));
    let more = new.iter().filter(|one| one.feature != first.feature);
    let more = words::each_once(more.map(|one| feature_name(one, context)));
    let too = || format!("this draft promises {} for later, too", words::some_of(&more));
    let finding = first
        .finding(context.roadmap, &LINT, title)
        .label(first.span, "a new promise for later")
        .label(worst.span, label)
        .labels(words::planned_for(worst, context))
        .notes((!others.is_empty()).then(also))
        .notes((!more.is_empty()).then(too))
        .help(format!(
            "agree with the customer and the team on a day for {} first",
            feature_name(worst, context)
        ))
        .help("or limit the draft to what has shipped");
    Some(finding)
}

fn feature_name(promise: &UnshippedPromise, context: &LintContext<'_>) -> String {
    words::quoted(title(promise, context))
}

fn title<'a>(promise: &'a UnshippedPromise, context: &LintContext<'a>) -> &'a str {
    context.roadmap.features.get(promise.feature).map_or(&promise.requirement, Feature::title)
}
