use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::lint::finding::CONTRACT;
use crate::lint::portfolio::{CustomWork, Party, Portfolio, UnshippedPromise};
use crate::model::demand::{Job, Overload, done_by, overload};
use crate::model::roadmap::Team;
use crate::source::Spanned;
use crate::text::NameIndex;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A team that cannot do all that the contracts together promise by some day: the efforts that are due by
    /// then, those of dependencies included and each counted once, and the `custom-effort` of what is promised, counted
    /// once for each deal, are more than its capacity from today on. The first such day is reported, and whether what is signed is too much already or drafts make it so.
    ///
    /// Work of a team without a capacity is not counted. Where the name of that team is nearly that of one with a capacity,
    /// this is told, too.
    ///
    /// ## Why it matters
    ///
    /// Every deal fits when it is looked at alone. The team has to build all of them, and the contract that is
    /// signed last takes the days that were promised to the first.
    ///
    /// ## Example
    ///
    /// ```yaml contracts/acme.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-06-30
    /// ```
    ///
    /// ```yaml contracts/initech.yaml
    /// contract: INI-2026-003
    /// customer: Initech Ltd
    /// status: signed
    /// requirements:
    ///   - feature: sso-scim
    ///     due: 2027-06-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// team = "identity"
    /// effort = "70 days"
    ///
    /// [features.sso-scim]
    /// name = "SCIM provisioning"
    /// status = "in-progress"
    /// target = "2027-03"
    /// team = "identity"
    /// effort = "90 days"
    ///
    /// [teams.identity]
    /// capacity = "60 days per quarter"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contracts/acme.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-09-30
    /// ```
    pub(super) static LINT = {
        name: "overcommitted-team",
        summary: "the contracts together promise more than a team can build",
        level: Level::Warn,
        accepts: AcceptanceKind::Levels,
        check: Check::Portfolio(check),
    }
}

/// What is the same work: the feature and its offer, by their places in the roadmap, and for work that is done for each
/// customer the deal.
type TeamWork<'a> = (usize, usize, Option<&'a str>);

/// Something that a contract needs done.
#[derive(Clone, Copy)]
struct TeamNeed<'a> {
    contract: &'a Party,
    /// Where the contract names what needs it.
    span: Span,
    feature: &'a Feature,
    work: TeamWork<'a>,
    effort: Option<Decimal>,
    deadline: Date,
}

impl TeamNeed<'_> {
    fn is_draft(&self) -> bool {
        self.contract.status == ContractStatus::Draft
    }

    fn contract(&self) -> &str {
        &self.contract.id
    }

    fn job(&self) -> Option<Job<TeamWork<'_>>> {
        let (work, deadline, is_signed) = (self.work, self.deadline, !self.is_draft());
        Some(Job { work, effort: self.effort?, deadline, is_signed })
    }
}

fn check(portfolio: &Portfolio<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let need = |contract, span, feature, work, effort: Option<Spanned<Decimal>>, deadline| {
        let effort = effort.map(|effort| effort.value);
        TeamNeed { contract, span, feature, work, effort, deadline }
    };
    // What is promised for no day takes no capacity until one.
    let built = portfolio.promises.iter().flat_map(|promise| {
        promise.builds.iter().filter_map(move |&(at, place)| {
            let (feature, offer) = context.roadmap.offer(at, place?)?;
            let work = (at, place?, None);
            let UnshippedPromise { contract, span, deadline, .. } = promise;
            Some((offer, need(&**contract, *span, feature, work, offer.effort, (*deadline)?)))
        })
    });
    let custom = portfolio.custom.iter().filter_map(|work| {
        let CustomWork { contract, feature: at, offer: place, deadline, span } = work;
        let (feature, offer) = context.roadmap.offer(*at, *place)?;
        let work = (*at, *place, Some(contract.deal.as_str()));
        Some((offer, need(&**contract, *span, feature, work, offer.custom_effort, (*deadline)?)))
    });
    let mut teams: BTreeMap<&str, (&Team, Vec<TeamNeed<'_>>)> = BTreeMap::new();
    let mut nobodys: BTreeMap<usize, String> = BTreeMap::new();
    let mut misspelt: BTreeMap<Span, Finding> = BTreeMap::new();
    let known = NameIndex::new(context.roadmap.teams.keys().map(String::as_str));
    for (offer, need) in built.chain(custom) {
        match offer.team.as_ref().and_then(|name| context.roadmap.team(&name.value)) {
            Some(team) => teams.entry(&team.name.value).or_insert((team, Vec::new())).1.push(need),
            // Told as not counted: work of nobody would otherwise pass for none.
            None => {
                nobodys.insert(need.work.0, words::quoted(need.feature.title()));
                if let Some((name, near)) =
                    offer.team.as_ref().and_then(|name| Some((name, known.nearest(&name.value)?)))
                {
                    misspelt.entry(name.span).or_insert_with(|| unknown_team(need.feature, name, near));
                }
            }
        }
    }
    let nobodys = Vec::from_iter(nobodys.into_values());
    let overcommitted =
        teams.into_values().filter_map(|(team, needs)| overcommitted(team, &needs, &nobodys, context));
    overcommitted.chain(misspelt.into_values()).collect()
}

/// What is told of a team whose name is nearly that of one with a capacity.
fn unknown_team(feature: &Feature, name: &Text, near: &str) -> Finding {
    let written = name.value.trim();
    let title = words::quoted(feature.title());
    Finding::of_feature(feature, &LINT, format!("{title} is built by team {written}, which has no capacity"))
        .about(written)
        .label(name.span, "no team of this name has a capacity")
        .note("what is promised of it is held against the capacity of no team")
        .help(Help::from(format!("did you mean `{near}`?")).replacing(name.span, near))
        .help(format!("if not, say under `teams` what {written} can do"))
}

fn overcommitted(
    team: &Team,
    needs: &[TeamNeed<'_>],
    nobodys: &[String],
    context: &LintContext<'_>,
) -> Option<Finding> {
    let jobs: Vec<Job<_>> = needs.iter().filter_map(TeamNeed::job).collect();
    let overload = overload(&jobs, team.capacity, context.today)?;
    let counted: Vec<&TeamNeed<'_>> = needs
        .iter()
        .filter(|need| need.effort.is_some() && need.deadline <= overload.by)
        // Where what is signed is too much by itself, drafts are not what has to change.
        .filter(|need| overload.by_drafts || !need.is_draft())
        .collect();
    let added = if overload.by_drafts { added_by_drafts(&counted) } else { Vec::new() };
    let drafts: BTreeSet<&str> = added.iter().map(|need| need.contract()).collect();
    let demand = if overload.by_drafts { overload.all } else { overload.signed };
    let can = overload.supply.days().round_dp(1).normalize();
    let label = format!(
        "{} come to {can} days until then; {} are due, {} too many",
        team.capacity,
        demand.normalize(),
        (demand - can).max(Decimal::new(1, 1)).normalize()
    );
    let only = if let [only] = Vec::from_iter(&drafts)[..] { Some(*only) } else { None };
    let done_by = done_by(demand, team.capacity, context.today);
    let party = added.first().filter(|_| only.is_some()).map(|need| need.contract);
    let finding = Finding::of_contracts(only, &LINT, title(team, &overload, &drafts))
        .refs(CONTRACT, party.and_then(|party| party.annotations.as_deref()))
        .about(team.name.value.as_str())
        .extent(FindingExtent::share(&team.name.value, overload.supply.share(demand), Decimal::ONE_HUNDRED))
        .label(team.name.span, label)
        .labels(promised_at(&added, &counted))
        .notes(itemised(&counted, context.today))
        .notes(alone(&drafts, &jobs_of(&drafts, needs), team, context.today))
        .notes(uncounted(needs, nobodys))
        .helps(done_by.map(|day| format!("agree on later deadlines: all of this can be done by {day}")))
        .help("have the team's capacity raised, and set it in the roadmap");
    Some(finding)
}

fn title(team: &Team, overload: &Overload, drafts: &BTreeSet<&str>) -> String {
    let Overload { by, signed, all, supply, by_drafts } = overload;
    let name = &team.name.value;
    let full = Decimal::ONE_HUNDRED;
    let demand = if *by_drafts { *all } else { *signed };
    let Some(share) = supply.share(demand) else {
        return format!("team {name} is promised {} by {by}, and can do none", words::work(demand));
    };
    let share = words::rounded(share, full);
    if !by_drafts {
        return format!("team {name} is promised {share} % of its capacity by {by}");
    }
    let signing = match Vec::from_iter(drafts).as_slice() {
        [only] => format!("signing {only} takes"),
        several => format!("signing these {} drafts takes", several.len()),
    };
    let before = supply.share(*signed).unwrap_or_default().round_dp(0).normalize();
    format!("{signing} team {name} from {before} % to {share} % of its capacity by {by}")
}

/// What drafts need that no signed contract needs as early.
fn added_by_drafts<'n, 'a>(counted: &[&'n TeamNeed<'a>]) -> Vec<&'n TeamNeed<'a>> {
    let signed: BTreeSet<_> = counted.iter().filter(|need| !need.is_draft()).map(|need| need.work).collect();
    counted.iter().copied().filter(|need| need.is_draft() && !signed.contains(&need.work)).collect()
}

/// Where some of it is promised, those of the drafts that make the difference first.
fn promised_at(added: &[&TeamNeed<'_>], counted: &[&TeamNeed<'_>]) -> Vec<(Span, String)> {
    const POINTED_AT: usize = 4;
    let mut labels: Vec<(Span, String)> = Vec::new();
    let would_need = added.iter().map(|need| (need, "would need"));
    for (need, needs) in would_need.chain(counted.iter().map(|need| (need, "needs"))) {
        if labels.len() == POINTED_AT {
            break;
        }
        if labels.iter().all(|(span, _)| *span != need.span) {
            let name = words::quoted(need.feature.title());
            labels.push((need.span, format!("{needs} {name} by {}", need.deadline)));
        }
    }
    labels
}

/// Feature by feature: how much, by when, for whom.
fn itemised(counted: &[&TeamNeed<'_>], today: Date) -> Vec<String> {
    let mut works: BTreeMap<TeamWork<'_>, (&TeamNeed<'_>, Vec<String>)> = BTreeMap::new();
    for need in counted {
        let draft = if need.is_draft() { " (draft)" } else { "" };
        let contract = format!("{}{draft}", need.contract());
        let (first, contracts) = works.entry(need.work).or_insert((need, Vec::new()));
        if need.deadline < first.deadline {
            *first = need;
        }
        // What one contract needs comes together.
        if contracts.last() != Some(&contract) {
            contracts.push(contract);
        }
    }
    let mut works = Vec::from_iter(works.into_values());
    works.sort_by_key(|(need, _)| need.deadline);
    let shown = works.iter().take(words::SHOWN).map(|(need, contracts)| {
        let when = if need.deadline > today { "by" } else { "overdue since" };
        format!(
            "{} takes {}{}, {when} {}: {}",
            words::quoted(need.feature.title()),
            need.effort.map(words::work).unwrap_or_default(),
            if need.work.2.is_some() { " for this customer alone" } else { "" },
            need.deadline,
            words::some_of(contracts)
        )
    });
    let rest = works.get(words::SHOWN..).unwrap_or_default();
    let days: Decimal = rest.iter().filter_map(|(need, _)| need.effort).sum();
    let more = (!rest.is_empty()).then(|| format!("{} more take {}", rest.len(), words::work(days)));
    shown.chain(more).collect()
}

/// What is signed and what these drafts need.
fn jobs_of<'n, 'a>(drafts: &BTreeSet<&str>, needs: &'n [TeamNeed<'a>]) -> Vec<&'n TeamNeed<'a>> {
    needs.iter().filter(|need| !need.is_draft() || drafts.contains(need.contract())).collect()
}

/// Which of several drafts could be signed without the others.
fn alone(drafts: &BTreeSet<&str>, needs: &[&TeamNeed<'_>], team: &Team, today: Date) -> Option<String> {
    // Of more than these, nobody tries each.
    const TRIED: usize = 16;
    if !(2..=TRIED).contains(&drafts.len()) {
        return None;
    }
    let fits = |draft: &str| {
        let own = needs.iter().filter(|need| !need.is_draft() || need.contract() == draft);
        let jobs: Vec<Job<_>> = own.filter_map(|need| need.job()).collect();
        overload(&jobs, team.capacity, today).is_none()
    };
    let fitting: Vec<String> =
        drafts.iter().filter(|draft| fits(draft)).map(|&draft| draft.to_owned()).collect();
    Some(match fitting.len() {
        0 => "none of these drafts fits, even without the others".to_owned(),
        all if all == drafts.len() => "each of these drafts fits without the others".to_owned(),
        1 => format!("of these drafts, {} fits without the others", words::some_of(&fitting)),
        _ => format!("of these drafts, {} each fit without the others", words::some_of(&fitting)),
    })
}

fn uncounted(needs: &[TeamNeed<'_>], nobodys: &[String]) -> Vec<String> {
    let unknown = needs.iter().filter(|need| need.effort.is_none());
    let unknown: BTreeMap<usize, String> =
        unknown.map(|need| (need.work.0, words::quoted(need.feature.title()))).collect();
    let unknown = Vec::from_iter(unknown.into_values());
    let notes = [
        ("the roadmap states no effort for it", unknown.as_slice()),
        ("the roadmap names no team with a capacity for it", nobodys),
    ];
    let notes = notes.into_iter().filter(|(_, names)| !names.is_empty());
    notes.map(|(why, names)| format!("not counted, since {why}: {}", words::some_of(names))).collect()
}
