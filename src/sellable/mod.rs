//! What may be promised: the inverse of lint.
//!
//! There is no rule of its own here. For each feature the draft of a contract that promises it is linted, and
//! what may be promised is what has a verdict of shipped or on track and is not denied by any lint.

mod answer;
mod json;
mod markdown;
mod question;
mod sheet;
mod text;
mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::check;
use crate::delivery::what_if;
use crate::delivery::{Delivery, Judge, Judgement, OpenDimensions, Promise, Rules};
use crate::diagnostic::Problem;
use crate::lint::Check;
use crate::lint::finding::Finding;
use crate::lints;
use crate::model::config::People;
use crate::model::contract::Contract;
use crate::model::roadmap::{Feature, Offer};
use crate::model::status::Status;
use crate::model::window::{Date, Window, days_between};
use crate::prose::documents::ContractDocuments;
use crate::source::Sources;
use crate::text::clean_truncated;
use crate::workspace::group::Group;

pub(crate) use answer::{Answer, Answers, Limits, Sellability};
pub(crate) use question::{Question, QuestionArgs, QuestionReading, QuestionSubject, split_at_sign};
use sheet::LONGEST_WHY;
pub(crate) use sheet::Sheet;

/// The formats of `sellable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SellableFormat {
    /// A table that fits the terminal
    Text,
    /// One JSON object
    Json,
    /// A table for a page or a message
    Markdown,
}

/// Draws the answers. `width` is how wide a table may be on a terminal.
pub(crate) fn draw(format: SellableFormat, sheet: Sheet<'_>, width: usize, colour: bool) -> String {
    match format {
        SellableFormat::Text => text::draw(sheet, width, colour),
        SellableFormat::Json => json::draw(sheet),
        SellableFormat::Markdown => markdown::draw(sheet),
    }
}

/// What may be said of the only feature of a question, and whether that is a plain yes.
pub(crate) fn sentence(question: &Question, answers: &Answers, today: Date) -> Option<(bool, String)> {
    let Answers { answers, problems, margin } = answers;
    let [answer] = answers.as_slice() else { return None };
    let (margin, sources) = (*margin, Sources::NONE);
    let sheet = Sheet { today, question: Some(question), answers, margin, problems, sources };
    let is_plain =
        answer.sellability == Sellability::Yes && answer.only.is_empty() && answer.unstated.is_empty();
    Some((
        is_plain,
        format!("{}: {}", sheet::headline(sheet)?, clean_truncated(&answer.why_in_full(), LONGEST_WHY)),
    ))
}

/// Answers a question.
pub(crate) fn answer(question: &Question, group: &Group) -> Answers {
    let roadmap = &group.roadmap;
    let subjects = question.subjects.clone().unwrap_or_else(|| {
        let lost = roadmap.lost.iter().map(|id| QuestionSubject::Unreadable(id.value.to_string()));
        (0..roadmap.features.len()).map(QuestionSubject::Feature).chain(lost).collect()
    });
    // Of a circle of 1,200 features the lints of the roadmap said the same 1,200 times.
    let of_roadmap: Vec<OnceLock<RoadmapFindings>> =
        roadmap.features.iter().map(|_| OnceLock::new()).collect();
    let answered: Vec<(Answer, Vec<Problem>)> = subjects
        .par_iter()
        .map(|subject| match subject {
            QuestionSubject::Feature(at) => {
                let known = &of_roadmap[roadmap.dependencies().component(*at)];
                let of_roadmap = known.get_or_init(|| RoadmapFindings::of(group, *at));
                SellableQuery { question, group, at: *at, feature: &roadmap.features[*at], of_roadmap }
                    .answer()
            }
            QuestionSubject::Unreadable(id) => (Answer::unread(id.clone(), None, why::UNREAD), Vec::new()),
        })
        .collect();
    let (mut answers, problems): (Vec<Answer>, Vec<Vec<Problem>>) = answered.into_iter().unzip();
    answers.sort_by_key(|answer| (answer.sellability, answer.first));
    let margin = lints::margin(&group.settings);
    Answers { answers, problems: problems.into_iter().flatten().collect(), margin }
}

/// A question about one feature.
struct SellableQuery<'a> {
    question: &'a Question,
    group: &'a Group,
    at: usize,
    feature: &'a Feature,
    of_roadmap: &'a RoadmapFindings,
}

/// What lint says of a feature and of all that it depends on, whoever is promised it.
struct RoadmapFindings {
    lints: BTreeSet<&'static str>,
    /// The first that is denied.
    denied: Option<Finding>,
}

impl RoadmapFindings {
    fn of(group: &Group, feature: usize) -> Self {
        let findings = check::of_roadmap(group, feature);
        let lints = findings.iter().map(|finding| finding.lint.name).collect();
        Self { lints, denied: findings.into_iter().find(Finding::is_denied) }
    }
}

/// What lint says of the contract that makes the promise.
struct LintResult<'c> {
    /// One: the contract has a single requirement.
    promises: Vec<Promise<'c>>,
    /// What it finds of the contract.
    findings: Vec<Finding>,
    of_roadmap: &'c RoadmapFindings,
}

impl<'c> LintResult<'c> {
    /// Whether it may be promised like this.
    fn is_sellable(&self) -> bool {
        self.worst().is_some_and(|worst| worst.delivery <= Delivery::OnTrack) && self.denied().is_none()
    }

    fn judgements(&self) -> impl DoubleEndedIterator<Item = &Judgement<'c>> {
        self.promises.iter().flat_map(|promise| &promise.judgements)
    }

    /// What was not named, and what the roadmap says of it, with the verdict on all of it.
    fn open_dimensions(&self, judge: Judge<'c>) -> Vec<(Delivery, OpenDimensions<'c>)> {
        let of_promise = |promise: &Promise<'c>| -> Vec<(Delivery, OpenDimensions<'c>)> {
            let judgements = promise.judgements.iter();
            judgements
                .map(|judgement| (judgement.delivery, judge.open_dimensions(promise, judgement)))
                .collect()
        };
        self.promises.iter().flat_map(of_promise).collect()
    }

    /// Whether every combination of some values may be promised, whatever the dimensions that they leave out.
    fn may_be_for(&self, limits: &Limits, query: &SellableQuery<'_>) -> bool {
        let judge = query.group.context().judge;
        self.promises.iter().all(|promise| {
            let mut requirement = promise.requirement.clone();
            for (dimension, values) in limits {
                if requirement.scope.add(dimension, values).is_err() {
                    return false;
                }
            }
            let limited = judge.promise(promise.contract, &requirement);
            let may_be = |judgement: &Judgement<'_>| {
                let open = judge.open_dimensions(&limited, judgement);
                judgement.delivery <= Delivery::OnTrack && why::is_for_everything(&open)
            };
            !limited.judgements.is_empty() && limited.judgements.iter().all(may_be)
        })
    }

    /// Days of work for each customer who is promised it: of each offer that it takes.
    fn custom_effort(&self, today: Date) -> Option<Decimal> {
        let work = self.promises.iter().flat_map(|promise| promise.custom_work(today));
        let efforts: BTreeMap<(usize, Option<usize>), Decimal> =
            work.filter_map(|(_, build)| Some(((build.at, build.offer), build.effort()?))).collect();
        let all = efforts.into_values().fold(Decimal::ZERO, Decimal::saturating_add);
        (!all.is_zero()).then_some(all)
    }

    fn worst(&self) -> Option<&Judgement<'c>> {
        self.promises.first().and_then(Promise::worst)
    }

    /// The delivery that comes last, if any is still to come.
    fn last(&self) -> Option<&Judgement<'c>> {
        self.judgements()
            // Backwards: of equals `max_by_key` takes the last, and the first is to be told.
            .rev()
            .filter(|judgement| judgement.expected.is_some())
            .max_by_key(|judgement| judgement.expected.map(|expected| expected.latest))
    }

    fn offers(&self) -> impl Iterator<Item = &'c Offer> {
        self.judgements().filter_map(|judgement| judgement.offer)
    }

    fn lints(&self) -> BTreeSet<&'static str> {
        let of_contract = self.findings.iter().map(|finding| finding.lint.name);
        of_contract.chain(self.of_roadmap.lints.iter().copied()).collect()
    }

    fn denied(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.is_denied()).or(self.of_roadmap.denied.as_ref())
    }
}

impl SellableQuery<'_> {
    fn answer(&self) -> (Answer, Vec<Problem>) {
        let name = self.feature.name.as_ref().map(|name| name.value.to_string());
        let mut annotations = self.feature.annotations.clone();
        // `people = "off"` keeps names out of all that is written.
        if let Some(known) = annotations.as_mut().filter(|_| self.group.reporting.people == People::Off) {
            known.owner = None;
        }
        let unread = |why| Answer {
            annotations: annotations.clone(),
            ..Answer::unread(self.feature.id.value.to_string(), name.clone(), why)
        };
        if self.feature.unreadable {
            return (unread(why::UNREAD), Vec::new());
        }
        let mut problems = Vec::new();
        let mut contract = self.contract(self.question.beta, &mut problems);
        if !problems.is_empty() {
            return (unread(why::INCOMPARABLE), problems);
        }
        let asked = self.lint(&mut contract, self.question.deadline);
        let Some(worst) = asked.worst().filter(|worst| worst.delivery != Delivery::Unresolved) else {
            return (unread(why::UNRESOLVED), Vec::new());
        };
        let late = matches!(worst.delivery, Delivery::Late | Delivery::LateByDependency);
        let mut answer = Answer {
            delivery: worst.delivery,
            certain: (late && worst.expected.is_some()).then_some(worst.certain),
            lints: asked.lints(),
            ..unread("")
        };
        let is_sellable = asked.is_sellable();
        let expected = asked.last().and_then(|last| last.expected);
        answer.first = self.first(&mut contract, is_sellable);
        answer.sellability = match answer.first {
            _ if is_sellable => Sellability::Yes,
            Some(day) => Sellability::From(day),
            None => Sellability::No,
        };
        answer.with_beta = !is_sellable && !self.question.beta && self.may_as_beta();
        // The reasons are about the promise as it would be made: by the day asked for, or by the first that can be
        // kept. Where there is none, by the day on which it comes, so that it is not called late.
        let by = match answer.sellability {
            Sellability::From(day) => Window::day(day),
            Sellability::No => expected
                .and_then(|expected| self.rules().first_day(expected))
                .map_or(self.question.deadline, Window::day),
            Sellability::Yes | Sellability::Unread => self.question.deadline,
        };
        let linted = self.lint(&mut contract, by);
        if linted.worst().is_none_or(Judgement::is_unread) {
            // It may not be promised by that day; nobody knows whether it may by a later one.
            return (Answer { lints: answer.lints, ..unread(why::UNRESOLVED) }, Vec::new());
        }
        why::tell(&mut answer, &linted, self);
        (answer, Vec::new())
    }

    fn contract(&self, beta: bool, problems: &mut Vec<Problem>) -> Contract {
        self.question.contract(Some(&self.feature.id.value), beta, self.group.reading(), problems)
    }

    fn rules(&self) -> Rules {
        self.group.context().judge.rules
    }

    fn may_as_beta(&self) -> bool {
        let features = self.closure();
        // Without a beta anywhere the answer is the same, and no lint need run once more.
        let has_beta = |offer: &Offer| offer.beta.is_some() || offer.status.value == Status::Beta;
        if !features.iter().flat_map(|&at| &self.group.roadmap.features[at].offers).any(has_beta) {
            return false;
        }
        let mut contract = self.contract(true, &mut Vec::new());
        self.may_by(&mut contract, self.question.deadline)
    }

    /// The feature, and all that it waits for.
    fn closure(&self) -> Vec<usize> {
        self.group.roadmap.dependencies().before(self.at)
    }

    /// Whether it may be promised by a deadline. The verdict alone often tells that it may not, and comes sooner.
    fn may_by(&self, contract: &mut Contract, deadline: Window) -> bool {
        self.question.set_deadline(contract, deadline);
        let judge = self.group.context().judge;
        let verdicts =
            contract.requirements.iter().map(|requirement| judge.promise(contract, requirement).delivery());
        let kept = verdicts.flatten().all(|delivery| delivery <= Delivery::OnTrack);
        kept && self.lint(contract, deadline).is_sellable()
    }

    /// Lints the contract with this deadline.
    fn lint<'c>(&'c self, contract: &'c mut Contract, deadline: Window) -> LintResult<'c> {
        self.question.set_deadline(contract, deadline);
        let checked =
            check::contract(contract, ContractDocuments::NONE, &self.group.waivers, &self.group.context());
        let facts = checked.shared_facts(true);
        let mut findings = checked.findings;
        // The question is about a feature: what a contract would say of terms nobody knows yet.
        findings.retain(|finding| !matches!(finding.lint.check, Check::Term(_)));
        findings.extend(check::alone(self.group, &facts));
        LintResult { promises: checked.judged.promises, findings, of_roadmap: self.of_roadmap }
    }

    /// The first day by which it may be promised, from today on, or from the first day asked for where those days
    /// will not do. Where it is gone on a later one of them, after that.
    fn first(&self, contract: &mut Contract, is_sellable: bool) -> Option<Date> {
        let Rules { today, .. } = self.rules();
        let Window { earliest, latest } = self.question.deadline;
        let earliest = earliest.max(today);
        let mut may_by = |day: Date| self.may_by(contract, Window::day(day));
        let from = if is_sellable { today } else { earliest };
        let (judge, closure) = (self.group.context().judge, self.closure());
        let missing = match may_by(from) {
            false => Some(from),
            true if is_sellable => None,
            true => what_if::first_gone(judge, &closure, from..=latest.max(from), &mut may_by),
        };
        match missing {
            Some(day) => what_if::first_after(judge, &closure, day, may_by),
            None => Some(from),
        }
    }
}

/// Days from what is expected to a deadline, by its strict reading.
fn spare(expected: Window, deadline: Window) -> i64 {
    days_between(expected.latest, deadline.earliest)
}
