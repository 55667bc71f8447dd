use std::collections::{BTreeSet, HashSet};

use rust_decimal::Decimal;

use crate::delivery::Build;
use crate::diagnostic::Problem;
use crate::model::contract::{Contract, Revaluation};
use crate::model::money::{Money, Sums};
use crate::model::rates::{Common, ConversionError};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A contract for which so much has still to be done that the work costs over 30 % of its value: the `effort`
    /// of every offer that has not shipped, and of what it waits for, and the `custom-effort` of every offer that is
    /// promised, shipped or not, at the `day-rate` of the configuration. Custom work is done once the customer has accepted
    /// the promise (`met`), or the day of a signed contract is over and the feature is there.
    ///
    /// ## Why it matters
    ///
    /// The price of a contract was agreed before anybody counted what it takes to keep it. A customer who needs
    /// half a year of work that no other customer asked for is a loss with a signature on it, and whoever is paid
    /// for the signature does not see it.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// value: 120000 EUR
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
    /// effort = "60 days"
    /// ```
    ///
    /// ```toml dealcheck.toml
    /// day-rate = "900 EUR"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// value: 180000 EUR
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
    /// ```
    pub(super) static LINT = {
        name: "unfunded-promise",
        summary: "the work still to do costs too much of the contract's value",
        level: Level::Warn,
        options: &[LintOption::percent(
            "share",
            30,
            "The share of a contract's value that the work still to do for it may cost."
        )],
        accepts: AcceptanceKind::Levels,
        check: Check::Contract(check),
    }
}

/// Something to do, with the promised feature that needs it.
struct UnfundedWork<'r> {
    build: Build<'r>,
    needed_by: Build<'r>,
}

impl UnfundedWork<'_> {
    /// What it is for: the feature, with its scope where that is what makes the work.
    fn name(&self) -> String {
        let name = words::quoted(self.build.feature.title());
        let scope = self.build.offer().filter(|_| self.build.is_custom).map(|offer| &offer.scope);
        match scope.filter(|scope| !scope.is_empty()) {
            Some(scope) => format!("{name} for {}", scope.values_in_words()),
            None => name,
        }
    }
}

fn check(judged: &JudgedContract<'_>, context: &LintContext<'_>) -> Result<Vec<Finding>, Problem> {
    let mut findings = Vec::from_iter(unfunded(judged.contract, &judged.promises, context)?);
    for revaluation in &judged.contract.revalued {
        findings.extend(revalued(revaluation, context)?);
    }
    Ok(findings)
}

/// What an amendment that changes the value makes of a contract whose promises it leaves as they are.
fn revalued(revaluation: &Revaluation, context: &LintContext<'_>) -> Result<Option<Finding>, Problem> {
    let contract = &*revaluation.worsening.contract;
    let promises: Vec<Promise<'_>> =
        contract.requirements.iter().map(|it| context.judge.promise(contract, it)).collect();
    let of = &revaluation.of;
    let label = format!("leaves what `{of}` promises as it is, which the new value does not pay for");
    let finding = unfunded(contract, &promises, context)?;
    Ok(finding.map(|finding| finding.about(of).first_label(revaluation.worsening.amends, label)))
}

fn unfunded(
    contract: &Contract,
    promises: &[Promise<'_>],
    context: &LintContext<'_>,
) -> Result<Option<Finding>, Problem> {
    let economics = context.economics;
    let (Some(value), Some(rate)) = (contract.value, economics.day_rate) else {
        return Ok(None);
    };
    let (work, unknown) = to_do(promises, context.today);
    let priced: Vec<(&UnfundedWork<'_>, Money)> =
        work.iter().filter_map(|work| Some((work, rate.value.times(work.build.effort()?)?))).collect();
    let Some(cost) = sum(priced.iter().map(|(_, cost)| *cost)).filter(|cost| !cost.amount.is_zero()) else {
        return Ok(None);
    };
    let common = match economics.rates.common(cost, value.value) {
        Ok(common) => common,
        Err(ConversionError::NoRate) => {
            let [of, worth] = [cost.currency, value.currency];
            return Err(Problem::at(
                value.span,
                "what this contract costs cannot be held against what it is worth",
                format!("this is in {worth}"),
            )
            .label(rate.span, format!("a day of work is paid in {of}"))
            .note(format!("building what it promises costs {}", cost.rounded()))
            .help(format!("under `[rates]` in dealcheck.toml, write what one {worth} is worth in {of}: `{worth} = \"… {of}\"`")));
        }
        Err(ConversionError::Reported | ConversionError::TooLarge) => return Ok(None),
    };
    let most = context.settings.option(&LINT, "share");
    let Some(limit) = common.other.percent(most).filter(|limit| common.one.amount > limit.amount) else {
        return Ok(None);
    };
    let share = common.one.amount.checked_mul(Decimal::ONE_HUNDRED);
    let share = share.and_then(|cost| cost.checked_div(common.other.amount));
    let part = match share {
        Some(share) => format!("{} % of its value", words::rounded(share, most)),
        None => "and its value is nothing".to_owned(),
    };
    let does_all = priced.iter().all(|(work, _)| work.build.is_custom);
    let doing = if does_all { "the custom work for" } else { "building" };
    let title = format!("{doing} what this contract promises costs {}, {part}", cost.rounded());
    let label = format!("{} % of this may be spent on it: {}", most.normalize(), limit.rounded());
    let uncounted =
        || format!("not counted, since the roadmap states no effort for it: {}", words::some_of(&unknown));
    let rates =
        common.used.iter().map(|rate| (rate.span, format!("one {} is worth {}", rate.of, rate.worth)));
    let finding = Finding::of_contract(contract, &LINT, title)
        .extent(FindingExtent::share("share", share, most))
        .label(value.span, label)
        .label(rate.span, format!("a day of work costs {}", rate.value))
        .labels(rates)
        .notes((!common.used.is_empty()).then(|| by_the_rates(&common)))
        .notes(itemised(&priced))
        .notes((!unknown.is_empty()).then(uncounted))
        .notes((!does_all).then_some("work that several contracts need is counted in full for each of them"))
        .helps(a_value_that_pays(contract, &priced, &common, most))
        .help("or have finance accept the cost, and record the answer as a waiver");
    Ok(Some(finding))
}

/// What has to be done for a contract, of each offer once, and the names of that for which no effort is stated.
fn to_do<'r>(promises: &[Promise<'r>], today: Date) -> (Vec<UnfundedWork<'r>>, Vec<String>) {
    let mut work: Vec<UnfundedWork<'r>> = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    let judgements = promises.iter().flat_map(|promise| &promise.judgements);
    for judgement in judgements {
        for &build in &judgement.builds {
            if !seen.insert((build.at, build.offer, false)) {
                continue;
            }
            if build.effort().is_some() {
                work.push(UnfundedWork { build, needed_by: judgement.builds[0] });
                continue;
            }
            unknown.push(build.feature.title());
        }
        // What no offer would do for has to be built as well, and nobody has said what that takes.
        if matches!(judgement.delivery, Delivery::LevelGap | Delivery::ScopeGap | Delivery::Unknown) {
            unknown.push(judgement.feature.map_or(&judgement.written.value, Feature::title));
        }
    }
    for (_, build) in promises.iter().flat_map(|promise| promise.custom_work(today)) {
        if seen.insert((build.at, build.offer, true)) {
            work.push(UnfundedWork { build, needed_by: build });
        }
    }
    let mut seen = HashSet::new();
    let unknown = unknown.into_iter().filter(|name| seen.insert(*name)).map(words::quoted).collect();
    (work, unknown)
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    amounts.collect::<Sums>().iter().next()
}

fn by_the_rates(common: &Common) -> String {
    let (cost, value) = (common.one.rounded(), common.other.rounded());
    format!("by the rates of dealcheck.toml it costs {cost}, and is worth {value}")
}

/// The sum, feature by feature.
fn itemised(priced: &[(&UnfundedWork<'_>, Money)]) -> Vec<String> {
    let shown = priced.iter().take(words::SHOWN).map(|(work, cost)| {
        let name = work.name();
        let days = work.build.effort().map(words::work).unwrap_or_default();
        let needed = if work.build.is_custom {
            " for this customer alone".to_owned()
        } else if work.build.at == work.needed_by.at {
            String::new()
        } else {
            format!(", for {}", words::quoted(work.needed_by.feature.title()))
        };
        format!("{name} costs {}: {days} of work{needed}", cost.rounded())
    });
    let rest = priced.get(words::SHOWN..).unwrap_or_default();
    let more = sum(rest.iter().map(|(_, cost)| *cost));
    shown.chain(more.map(|cost| format!("{} more cost {}", rest.len(), cost.rounded()))).collect()
}

fn a_value_that_pays(
    contract: &Contract,
    priced: &[(&UnfundedWork<'_>, Money)],
    common: &Common,
    most: Decimal,
) -> Option<Help> {
    let enough = common.one.amount.checked_mul(Decimal::ONE_HUNDRED)?;
    let value = Money { amount: enough.checked_div(most)?.ceil(), ..common.one }.rounded();
    let (work, _) = priced.iter().rev().max_by_key(|(_, cost)| cost.amount)?;
    let dearest = words::quoted(work.needed_by.feature.title());
    let help = format!("a value of {value} or more pays for it; what costs most is {dearest}");
    Some(words::reword(contract.status, help))
}
