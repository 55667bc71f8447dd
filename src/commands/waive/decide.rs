//! A finding and a decision to an entry of the waivers file, or to the reason why there can be none. What the
//! lints about waivers would report is refused here, by asking those very lints.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::check::waive::faults_of;
use crate::delivery::Arrival;
use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::lint::context::LintContext;
use crate::lint::extent::FindingExtent;
use crate::lint::finding::Finding;
use crate::lint::portfolio::Party;
use crate::lint::waiver_case::WaiverCase;
use crate::lint::{Check, Level, Lint};
use crate::model::acceptance::{Acceptance, AcceptanceKind, asks_for_more, scopes_of};
use crate::model::contract::{Contract, ContractStatus};
use crate::model::matter::Matter;
use crate::model::scope::{Cell, Scope};
use crate::model::waiver::{Expiry, Subject, Waiver};
use crate::model::window::{Date, Window, days_between};
use crate::source::{Span, Spanned};
use crate::text;

use super::checked::CheckedFile;

/// What the command line says of a decision, whatever finding it is about.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    /// Why.
    pub(super) reason: String,
    /// Who.
    pub(super) approved_by: Vec<String>,
    /// When.
    pub(super) approved_on: Date,
    /// The day that is accepted, where somebody said so.
    pub(super) accepts: Option<Date>,
    /// The last day on which it holds.
    pub(super) expires: Expiry,
    /// By which clause or letter the customer knows.
    pub(super) disclosed: Option<String>,
    /// Whether it is for what was there when dealcheck came.
    pub(super) is_baseline: bool,
}

/// One entry of the waivers file.
#[derive(Clone, Debug)]
pub(super) struct WaiverEntry {
    /// The contract's id.
    pub(super) contract: String,
    /// What in it.
    pub(super) subject: Subject,
    /// Of a requirement with several features those that it is for.
    pub(super) features: Vec<String>,
    /// What of its scope it is for; none where it is for all.
    pub(super) scopes: Vec<Scope>,
    /// What is accepted of what is found.
    pub(super) accepts: Option<Acceptance>,
    /// What was decided on.
    pub(super) of: Option<Matter>,
    /// Whether the contract is still to be signed.
    pub(super) is_of_draft: bool,
    /// The lint.
    pub(super) lint: &'static Lint,
    /// The decision.
    pub(super) decision: Decision,
}

impl WaiverEntry {
    /// Whether it is still to be said how the customer knows.
    pub(super) fn is_undisclosed(&self) -> bool {
        self.is_of_draft && self.lint.breaks_a_promise() && self.decision.disclosed.is_none()
    }
}

impl fmt::Display for WaiverEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for {}", self.lint.name, of(&self.subject, &self.contract))
    }
}

/// What a finding is about, in words: `R2 of ACME-2026-014`.
fn of(subject: &Subject, contract: &str) -> String {
    match subject {
        Subject::Contract => contract.to_owned(),
        Subject::Requirement(name) => format!("{name} of {contract}"),
        Subject::Term(name) => format!("the term {name} of {contract}"),
    }
}

impl Decision {
    /// Refuses a decision that would hold on no day, or not yet.
    pub(super) fn check(&self, today: Date) -> Result<(), Problem> {
        if let Expiry::On(days) = self.expires
            && days.has_passed(today)
        {
            let ago = text::days(days_between(days.latest, today));
            let title = format!("the waiver would have expired {ago} ago, on {}", self.expires);
            return Err(Problem::of_run(title).help("name a day to come with `--expires`"));
        }
        if self.approved_on > today {
            let title = format!("the waiver would be approved in the future, on {}", self.approved_on);
            return Err(Problem::of_run(title)
                .help("leave out `--approved-on` for today, or name the day of the decision"));
        }
        Ok(())
    }
}

/// Refuses a lint whose findings no waiver covers.
pub(super) fn waivable(lint: &Lint) -> Result<(), Problem> {
    let reason = match lint.check {
        Check::Waiver(_) | Check::CoveringWaiver(_) | Check::UnusedWaiver(_) => "is about waivers themselves",
        Check::Unlisted(_) => "is about a file that nobody checks, not about a contract",
        Check::Roadmap(_) => "is about the roadmap, not about a contract",
        Check::Claims(_) => "is about what is said to all, not about a contract",
        _ => return Ok(()),
    };
    Err(Problem::of_run(format!("no waiver covers `{}`: it {reason}", lint.name))
        .help("put right what it points at, or set its level in dealcheck.toml, under `[lints]`"))
}

/// Refuses a requirement or a term that the contract does not have.
pub(super) fn has_subject(contract: &Contract, id: &str, subject: &Subject) -> Result<(), Problem> {
    let (noun, wanted, names): (_, _, Vec<&str>) = match subject {
        Subject::Contract => return Ok(()),
        Subject::Requirement(name) => {
            let requirements = contract.requirements.iter();
            ("requirement", name, requirements.map(|requirement| requirement.name.as_str()).collect())
        }
        Subject::Term(name) => {
            ("term", name, contract.told_terms().map(|(term, _)| term.name.value.as_str()).collect())
        }
    };
    if names.contains(&wanted.as_str()) {
        return Ok(());
    }
    let otherwise = match names.as_slice() {
        [] => format!("{id} has no {noun}s"),
        names => format!("{id} has {}", some_of(names)),
    };
    Err(Problem::of_run(format!("{id} has no {noun} `{wanted}`")).help_nearest(wanted, names, otherwise))
}

/// The first dozen names.
fn some_of(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let mut shown = text::in_backticks(names.iter().take(SHOWN));
    if names.len() > SHOWN {
        shown.push(text::count(names.len() - SHOWN, "other"));
    }
    text::and_list(&shown)
}

/// A contract with what is found of it, to decide about.
pub(super) struct DecisionCase<'f> {
    file: &'f CheckedFile,
    context: LintContext<'f>,
    /// What is found, by what it is about.
    findings: BTreeMap<&'f Subject, Vec<&'f Finding>>,
    /// What waivers of it are held against; nothing of a contract without an id.
    party: Option<Party>,
}

impl<'f> DecisionCase<'f> {
    pub(super) fn of(file: &'f CheckedFile, context: LintContext<'f>) -> Self {
        let mut findings: BTreeMap<&Subject, Vec<&Finding>> = BTreeMap::new();
        for finding in &file.findings {
            findings.entry(&finding.subject).or_default().push(finding);
        }
        let subjects = findings.keys().copied().collect();
        let standard = |name: &str| context.roadmap.term(name);
        let party = file.contract.as_ref().and_then(|contract| Party::of(contract, &subjects, standard));
        Self { file, context, findings, party }
    }

    /// The entry that accepts a lint's findings about something in the contract, or why there can be none.
    pub(super) fn decide(
        &self,
        decision: &Decision,
        subject: &Subject,
        lint: &'static Lint,
    ) -> Result<WaiverEntry, Problem> {
        let Self { file, context, findings, party } = self;
        waivable(lint)?;
        let id = file.id().unwrap_or_default();
        let about = format!("`{}` for {}", lint.name, of(subject, id));
        let of_subject = findings.get(subject).into_iter().flatten();
        let findings: Vec<&Finding> =
            of_subject.copied().filter(|finding| finding.lint.name == lint.name).collect();
        let Some(party) = party.as_ref().filter(|_| !findings.is_empty()) else {
            return Err(no_such_finding(file, subject, lint, context));
        };
        if findings.iter().any(|finding| finding.level == Level::Forbid) {
            return Err(Problem::of_run(format!("{about} is forbidden: no waiver covers it"))
                .help("change the contract, or have the level changed in dealcheck.toml, under `[lints]`"));
        }
        let open: Vec<&Finding> =
            findings.iter().copied().filter(|finding| finding.waived.is_none()).collect();
        if open.is_empty() {
            return Err(already(&about, &findings));
        }
        let accepts = accepts(decision, &about, &open, lint)?;
        let matter = || party.matters.get(subject).map(|matter| matter.bound(lint.is_about_the_end()));
        let of = words(&open).or_else(matter);
        let entry = WaiverEntry {
            contract: id.to_owned(),
            subject: subject.clone(),
            features: features(of.as_ref(), &open),
            scopes: scopes(of.as_ref(), &open),
            accepts,
            of,
            is_of_draft: party.status == ContractStatus::Draft,
            lint,
            decision: decision.clone(),
        };
        // Held to what it is held to when it is read: none is written that would cover nothing.
        let waiver = entry.waiver();
        for finding in open {
            let faults = faults_of(&WaiverCase { waiver: &waiver, finding, party, beside: None, context });
            if let Some(fault) = faults.into_iter().next() {
                let problem = Problem::of_run(fault.diagnostic.title);
                return Err(fault.diagnostic.helps.into_iter().fold(problem, Problem::help));
            }
        }
        Ok(entry)
    }
}

/// The words that findings are about.
fn words(findings: &[&Finding]) -> Option<Matter> {
    let words = findings.iter().filter_map(|finding| finding.words.as_deref());
    let words: Vec<Text> = words.map(|words| Spanned::new(words.into(), Span::NOWHERE)).collect();
    (!words.is_empty()).then_some(Matter::Words(words))
}

/// The features that findings are about, where the requirement names several and each finding is about one.
fn features(of: Option<&Matter>, findings: &[&Finding]) -> Vec<String> {
    let Some(Matter::Requirement(matter)) = of.filter(|_| findings.iter().all(|it| it.feature.is_some()))
    else {
        return Vec::new();
    };
    let is_found =
        |name: &str| findings.iter().any(|finding| finding.feature.as_deref() == Some(&*text::clean(name)));
    let names = matter.features.iter().map(|text| text.value.as_str());
    match matter.features.len() {
        0 | 1 => Vec::new(),
        _ => names.filter(|name| is_found(name)).map(str::to_owned).collect(),
    }
}

/// What of the scope findings are for, where one of them is not for all of it.
fn scopes(of: Option<&Matter>, findings: &[&Finding]) -> Vec<Scope> {
    let Some(Matter::Requirement(matter)) = of else { return Vec::new() };
    let asked = &matter.scope.value;
    if !findings.iter().any(|finding| asks_for_more(asked, &finding.cells)) {
        return Vec::new();
    }
    let mut cells: Vec<Cell> = Vec::new();
    for cell in findings.iter().flat_map(|finding| &finding.cells) {
        if !cells.contains(cell) {
            cells.push(cell.clone());
        }
    }
    scopes_of(&cells, asked)
}

fn no_such_finding(file: &CheckedFile, subject: &Subject, lint: &Lint, context: &LintContext<'_>) -> Problem {
    let of = of(subject, file.id().unwrap_or_default());
    let problem = Problem::of_run(format!("`{}` finds nothing to waive for {of}", lint.name));
    if context.settings.level(lint) == Level::Allow {
        return problem.note(format!("`{}` is set to `allow`: it is not looked for", lint.name));
    }
    let here: BTreeSet<&str> = file
        .findings
        .iter()
        .filter(|finding| finding.subject == *subject)
        .map(|finding| finding.lint.name)
        .collect();
    let problem = if here.is_empty() {
        problem.note(format!("there are no findings for {of}"))
    } else {
        let here: Vec<&str> = here.into_iter().collect();
        problem.note(format!("what is found for {of}: {}", some_of(&here)))
    };
    let elsewhere = file.findings.iter().filter(|finding| finding.lint.name == lint.name);
    let elsewhere: BTreeSet<&str> = elsewhere
        .map(|finding| match &finding.subject {
            Subject::Contract => "the contract as a whole",
            Subject::Requirement(name) | Subject::Term(name) => name.as_str(),
        })
        .collect();
    if elsewhere.is_empty() {
        return problem;
    }
    let elsewhere: Vec<&str> = elsewhere.into_iter().collect();
    problem.note(format!("`{}` is found for {}", lint.name, some_of(&elsewhere)))
}

fn already(about: &str, findings: &[&Finding]) -> Problem {
    let title = format!("{about} is waived already");
    let Some(waiver) = findings.iter().find_map(|finding| finding.waived.as_deref()) else {
        return Problem::of_run(title);
    };
    let label = format!("by {}, until {}", waiver.approvers(), waiver.expires.value);
    Problem::at(waiver.place, title, label).help("to change the decision, edit this waiver")
}

/// What is accepted: as asked for, else as it is now.
fn accepts(
    decision: &Decision,
    about: &str,
    findings: &[&Finding],
    lint: &Lint,
) -> Result<Option<Acceptance>, Problem> {
    let extents = findings.iter().filter_map(|finding| finding.extent.clone());
    // One entry covers all that the lint finds of the subject, so it accepts the worst of it.
    let extent = extents.reduce(FindingExtent::and);
    let Some(accepts) = decision.accepts else {
        return Ok(extent.and_then(|extent| extent.acceptance()));
    };
    if lint.accepts() != Some(AcceptanceKind::Day) {
        return Err(Problem::of_run(format!("`{}` is not about a day", lint.name))
            .help("leave out `--accepts`: there is no day to accept"));
    }
    let fault = match extent {
        Some(FindingExtent::Delivery(Arrival::By(expected))) if accepts < expected => {
            let later = text::days(days_between(accepts, expected));
            format!("{about} is expected by {expected}, {later} after what would be accepted")
        }
        Some(FindingExtent::LastDay(day)) if accepts > day => {
            let earlier = text::days(days_between(day, accepts));
            format!("{about} stops working on {day}, {earlier} before what would be accepted")
        }
        Some(FindingExtent::Delivery(Arrival::By(_)) | FindingExtent::LastDay(_)) => {
            return Ok(Some(Acceptance::Day(Window::day(accepts))));
        }
        _ => {
            return Err(Problem::of_run(format!("no delivery is expected of {about}"))
                .help("leave out `--accepts`: the roadmap has no date to accept"));
        }
    };
    let which = if matches!(extent, Some(FindingExtent::LastDay(_))) { "an earlier" } else { "a later" };
    Err(Problem::of_run(fault).help(format!("leave out `--accepts`, or name that day or {which} one")))
}

impl WaiverEntry {
    /// The waiver that the entry will be read as; it is at no place yet.
    fn waiver(&self) -> Waiver {
        let words = |text: &str| Spanned::new(text.into(), Span::NOWHERE);
        let day = |date: Date| Spanned::new(Window::day(date), Span::NOWHERE);
        let decision = &self.decision;
        Waiver {
            place: Span::NOWHERE,
            contract: words(&self.contract),
            subject: self.subject.clone(),
            features: self.features.iter().map(|feature| words(feature)).collect(),
            scopes: self.scopes.iter().map(|scope| Spanned::new(scope.clone(), Span::NOWHERE)).collect(),
            lint: words(self.lint.name),
            reason: words(&decision.reason),
            approved_by: decision.approved_by.iter().map(|who| words(who)).collect(),
            approved_on: day(decision.approved_on),
            accepts: self.accepts.clone().map(|accepts| Spanned::new(accepts, Span::NOWHERE)),
            expires: Spanned::new(decision.expires, Span::NOWHERE),
            disclosed: decision.disclosed.as_deref().map(words),
            is_baseline: decision.is_baseline,
            annotations: None,
            of: self.of.clone().map(|of| Spanned::new(of, Span::NOWHERE)),
        }
    }
}
