//! One deal: its requirements with deadlines and scopes worked out, held against the roadmap's names.

use std::collections::HashMap;
use std::fmt;

use rust_decimal::Decimal;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Record, Scalar, Table, Text, missing_key};
use crate::input::records::{ContractRecord, FiscalYearRecord, RemedyRecord, RequirementRecord, ScopeTable};
use crate::input::source::{FileId, Span, Spanned};
use crate::text;

use super::assemble::{ambiguous, scope_of};
use super::calendar::{Calendar, FiscalYear, NamedBy, parse_month};
use super::constraint::Constraint;
use super::date::parse_date;
use super::deadline::{Deadline, DueError, DueExpr, EventDate, Events};
use super::misread::{Misread, meaning};
use super::money::Money;
use super::quantity::Quantity;
use super::remedy::Remedy;
use super::roadmap::{Reference, Roadmap};
use super::scope::{self, MAX_CELLS, Scope};
use super::term::{Unheld, stand};
use super::unit::Period;
use super::window::{Date, Window};

/// One deal.
#[derive(Debug)]
pub struct Contract {
    /// The file.
    pub file: FileId,
    /// The id; absent only where it could not be read.
    pub id: Option<Text>,
    /// The contract that this one amends.
    pub amends: Option<Text>,
    /// The id of the deal: the contract's own, or for an amendment that of the contract at the bottom.
    pub deal: Option<String>,
    /// The customer.
    pub customer: Option<Text>,
    /// Who sells.
    pub seller: Option<Text>,
    /// How far the deal is.
    pub status: ContractStatus,
    /// Planned or actual day of signature.
    pub signing: Option<Spanned<Window>>,
    /// First day of the term.
    pub start: Option<Spanned<Window>>,
    /// Last day of the term. One that could not be read is not the same as none.
    pub end: Field<Spanned<Window>>,
    /// Total value over the term.
    pub value: Option<Spanned<Money>>,
    /// Commercial terms.
    pub terms: Vec<(Text, Scalar)>,
    /// Prose that the contract consists of.
    pub documents: Vec<Text>,
    /// The promises, in the order of the file.
    pub requirements: Vec<Requirement>,
}

/// How far a deal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractStatus {
    /// Still to be signed: its words can be changed.
    Draft,
    /// Signed: its words cannot be changed.
    Signed,
    /// Over; never linted.
    Closed,
    /// Not won; never linted.
    Lost,
}

impl ContractStatus {
    /// All of them, as they are written.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Signed, Self::Closed, Self::Lost];

    /// Whether the deal's promises are judged.
    pub fn is_linted(self) -> bool {
        matches!(self, Self::Draft | Self::Signed)
    }

    fn parse(text: &str) -> Result<Self, Misread> {
        one_of(text, &Self::ALL, "a contract's status")
    }
}

impl fmt::Display for ContractStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Closed => "closed",
            Self::Lost => "lost",
        })
    }
}

/// One promise.
#[derive(Debug)]
pub struct Requirement {
    /// Its id, or the feature's, or `#3` for the third.
    pub name: String,
    /// Where the id is written, if it is.
    pub id_span: Option<Span>,
    /// Where it begins.
    pub place: Span,
    /// Where the contract's prose states it.
    pub clause: Option<Text>,
    /// What the prose says.
    pub text: Option<Text>,
    /// The promised features; none where nobody has said which.
    pub features: Vec<Promised>,
    /// Whether it is an obligation that needs no feature.
    pub is_service: bool,
    /// By when.
    pub due: Due,
    /// For what: the requirement's own scope over the contract's.
    pub scope: Scope,
    /// Where the scope is written, if anywhere.
    pub scope_span: Option<Span>,
    /// Whether what it is for could not be read, so that only what is limited to no scope can be judged.
    pub scope_unreadable: bool,
    /// Whether the customer takes a beta.
    pub accepts_beta: bool,
    /// Levels it must reach.
    pub needs: Vec<Need>,
    /// What is owed when it is missed.
    pub remedy: Option<Remedy>,
    /// Where the requirement begins that an amendment replaced by this one.
    pub replaces: Option<Span>,
    /// Whether something that the verdict rests on could not be read; that has been reported.
    pub unreadable: bool,
}

/// A feature as a requirement names it.
#[derive(Debug)]
pub struct Promised {
    /// What was written.
    pub text: Text,
    /// What it refers to.
    pub target: Reference,
    /// The feature's id, or what was written where there is no such feature.
    pub id: String,
}

/// By when a requirement must be met.
#[derive(Debug)]
pub struct Due {
    /// The deadline.
    pub deadline: Deadline,
    /// Where it was written; absent where the requirement says nothing and is promised from the first day.
    pub span: Option<Span>,
    /// What was written, or what the first day is: `the contract's start`.
    pub words: String,
}

/// A level that a requirement must reach.
#[derive(Debug)]
pub struct Need {
    /// The level's name, such as `retention`.
    pub name: Text,
    /// What is asked of it.
    pub constraint: Spanned<Constraint>,
}

/// What a contract is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The roadmap that its names refer to.
    pub roadmap: &'a Roadmap,
    /// The company's calendar.
    pub calendar: &'a Calendar,
    /// The day it is read.
    pub today: Date,
}

/// Reads what a contract means. What is wrong is added to `problems`.
pub fn contract(record: ContractRecord, reading: Reading<'_>, problems: &mut Vec<Problem>) -> Contract {
    expect_keys(&record, problems);
    let own_calendar = own_calendar(&record, reading.calendar, problems);
    let calendar = own_calendar.as_ref().unwrap_or(reading.calendar);
    let date = |field: &Field<Text>, problems: &mut Vec<Problem>| {
        meaning(field, problems, |text| parse_date(text, calendar))
    };
    let status = meaning(&record.status, problems, ContractStatus::parse);
    let signing = date(&record.signing, problems);
    let period = record.period.given();
    let broken = if record.period.is_broken() { Field::Broken } else { Field::Absent };
    let start = period.map_or(broken.clone(), |period| date(&period.start, problems));
    let end = period.map_or(broken, |period| date(&period.end, problems));
    check_period(&start, &end, problems);
    let value = meaning(&record.value, problems, Money::parse);
    let events = events(&record, [&signing, &start, &end], calendar, problems);
    let scope = record.scope.and_then(|table| scope_in(table, reading.roadmap, problems));

    let terms = terms(&record.terms, reading.roadmap, problems);
    let mut reader = Reader {
        reading: Reading { calendar, ..reading },
        events,
        first_day: first_day(&start, &signing, reading.today),
        scope,
        unreadable: status.is_broken(),
        problems,
    };
    let Items(items) = record.requirements.into_given().unwrap_or(Items(Vec::new()));
    let mut requirements = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        requirements.extend(item.map(|item| reader.requirement(at, item)));
    }
    unique(&requirements, problems);
    Contract {
        file: record.span.file,
        deal: record.contract.given().map(|id| id.value.clone()),
        id: record.contract.into_given(),
        amends: record.amends.into_given(),
        customer: record.customer.into_given(),
        seller: record.seller.into_given(),
        status: status.given().map_or(ContractStatus::Draft, |status| status.value),
        signing: signing.given().copied(),
        start: start.given().copied(),
        end,
        value: value.given().copied(),
        terms,
        documents: record.documents.into_given().unwrap_or_default(),
        requirements,
    }
}

/// An amendment states only what it changes; every other contract must say what is promised to whom.
fn expect_keys(record: &ContractRecord, problems: &mut Vec<Problem>) {
    if !record.amends.is_absent() {
        return;
    }
    for key in ContractRecord::KEYS.iter().filter(|key| ["customer", "requirements"].contains(&key.name)) {
        if record.lacks(key.name) {
            problems.push(missing_key(key, ContractRecord::NOUN, record.anchor));
        }
    }
}

fn own_calendar(
    record: &ContractRecord,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Option<Calendar> {
    let fiscal_year = fiscal_year(record.fiscal_year.given()?, problems);
    Some(Calendar { fiscal_year, ..calendar.clone() })
}

/// Reads when a fiscal year begins and what it is named by.
pub fn fiscal_year(record: &FiscalYearRecord, problems: &mut Vec<Problem>) -> Option<FiscalYear> {
    let start = meaning(&record.start, problems, parse_month);
    let named_by = meaning(&record.named_by, problems, NamedBy::parse);
    FiscalYear::new(start.given()?.value, named_by.given()?.value)
}

fn check_period(start: &Field<Spanned<Window>>, end: &Field<Spanned<Window>>, problems: &mut Vec<Problem>) {
    if let (Some(start), Some(end)) = (start.given(), end.given())
        && end.latest < start.earliest
    {
        problems.push(
            Problem::at(end.span, "the contract ends before it starts", format!("ends {}", end.value))
                .label(start.span, format!("starts {}", start.value)),
        );
    }
}

fn events(
    record: &ContractRecord,
    [signing, start, end]: [&Field<Spanned<Window>>; 3],
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Events {
    let date = |field: &Field<Spanned<Window>>| match field {
        Field::Absent => EventDate::Missing,
        Field::Broken => EventDate::Unreadable,
        Field::Given(window) => EventDate::Known(window.value),
    };
    let mut events = Events::new();
    for (name, field) in [("signing", signing), ("start", start), ("end", end)] {
        events.push(name, date(field));
    }
    let Some(milestones) = record.milestones.given() else {
        if record.milestones.is_broken() {
            events.lose();
        }
        return events;
    };
    // Milestones may refer to signing, start and end, not to one another.
    let mut base = events.clone();
    for (name, _) in &milestones.entries {
        if base.find(&name.value).is_none() {
            base.push(&name.value, EventDate::Milestone);
        }
    }
    for (name, field) in &milestones.entries {
        if ["signing", "start", "end"].into_iter().any(|event| scope::same(event, &name.value)) {
            problems.push(
                Problem::at(
                    name.span,
                    format!("a milestone cannot be called `{}`", name.value),
                    "this name is taken",
                )
                .help("`signing`, and `start` and `end` of `period`, are keys of the contract itself"),
            );
            continue;
        }
        let window = field.given().and_then(|text| resolve(text, &base, calendar, problems));
        events.push(&name.value, window.map_or(EventDate::Unreadable, |due| EventDate::Known(due.written)));
    }
    if milestones.cut {
        events.lose();
    }
    events
}

fn resolve(
    text: &Text,
    events: &Events,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Option<Deadline> {
    let resolved = DueExpr::parse(&text.value, calendar)
        .map_err(DueError::Misread)
        .and_then(|expression| expression.resolve(events, calendar));
    match resolved {
        Ok(deadline) => Some(deadline),
        Err(DueError::Misread(misread)) => {
            problems.push(misread.at(text));
            None
        }
        Err(DueError::Reported) => None,
    }
}

/// The day from which on a requirement with no `due` is promised, with its words; `None` where that could not
/// be read.
fn first_day(
    start: &Field<Spanned<Window>>,
    signing: &Field<Spanned<Window>>,
    today: Date,
) -> Option<(Window, &'static str)> {
    match (start, signing) {
        (Field::Given(start), _) => Some((start.value, "the contract's start")),
        (Field::Broken, _) | (Field::Absent, Field::Broken) => None,
        (Field::Absent, Field::Given(signing)) => Some((signing.value, "the signing")),
        (Field::Absent, Field::Absent) => Some((Window::day(today), "today")),
    }
}

/// The commercial terms that can be held against the standard, or for which there is none.
fn terms(
    field: &Field<Table<Scalar>>,
    roadmap: &Roadmap,
    problems: &mut Vec<Problem>,
) -> Vec<(Text, Scalar)> {
    let mut terms = Vec::new();
    for (name, field) in field.given().into_iter().flat_map(|table| &table.entries) {
        let Some(term) = field.given() else { continue };
        let standard = roadmap.term(&name.value);
        match standard.map(|standard| (standard, stand(term, &standard.standard))) {
            None | Some((_, Ok(_))) => terms.push((name.clone(), term.clone())),
            Some((_, Err(Unheld::Reported))) => {}
            Some((standard, Err(Unheld::Misread(misread)))) => {
                let problem = match term {
                    Scalar::Text(text) => misread.at(text),
                    Scalar::Bool(value) => Problem::at(value.span, misread.title, misread.label),
                };
                problems.push(problem.label(standard.name.span, "the standard is a number"));
            }
            Some((standard, Err(Unheld::Incomparable(why)))) => problems.push(
                Problem::at(
                    term.span(),
                    format!("`{}` cannot be held against the standard", name.value),
                    why.to_string(),
                )
                .label(standard.name.span, "the standard is here")
                .help("state it in the unit of the standard"),
            ),
        }
    }
    terms
}

/// A scope whose dimensions the roadmap knows.
fn scope_in(table: &ScopeTable, roadmap: &Roadmap, problems: &mut Vec<Problem>) -> Option<Spanned<Scope>> {
    let mut sound = true;
    // Where a part of the roadmap could not be read, the dimension may stand in that part.
    let all_known = || !roadmap.incomplete && roadmap.features.iter().all(|feature| !feature.unreadable);
    for (dimension, _) in &table.entries {
        if roadmap.dimension(&dimension.value).is_none() {
            sound = false;
            if all_known() {
                problems.push(unknown_dimension(dimension, roadmap));
            }
        }
    }
    scope_of(table).filter(|_| sound)
}

fn unknown_dimension(dimension: &Text, roadmap: &Roadmap) -> Problem {
    let title = format!("no feature in the roadmap is limited by `{}`", dimension.value);
    let problem = Problem::at(dimension.span, title, "unknown dimension");
    let known: Vec<String> = roadmap.dimension_names().map(|name| format!("`{name}`")).collect();
    match text::nearest(&dimension.value, roadmap.dimension_names()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => {
            problem.help("the roadmap limits no feature with `for`: remove this line")
        }
        None => problem.help(format!("the roadmap's dimensions are {}", text::and_list(&known))),
    }
}

/// Reads the requirements of one contract.
struct Reader<'a> {
    reading: Reading<'a>,
    events: Events,
    first_day: Option<(Window, &'static str)>,
    scope: Field<Spanned<Scope>>,
    /// Whether nothing can be judged, since it is not known whether the deal is a draft, signed or over.
    unreadable: bool,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn requirement(&mut self, at: usize, record: RequirementRecord) -> Requirement {
        let kind =
            meaning(&record.kind, self.problems, |text| one_of(text, &["feature", "service"], "a kind"));
        let accept = meaning(&record.accept, self.problems, |text| {
            one_of(text, &["ga", "beta"], "what `accept` takes")
        });
        let is_service = kind.given().is_some_and(|kind| kind.value == "service");
        let mut unreadable = self.unreadable || record.feature.is_broken();
        let features = self.features(record.feature);
        let own_scope = record.scope.and_then(|table| scope_in(table, self.reading.roadmap, self.problems));
        let needs = self.needs(&record.needs, &features);
        let due = self.due(record.due);
        unreadable |= kind.is_broken() || accept.is_broken() || needs.is_none() || due.is_none();
        if is_service && let Some(feature) = features.first() {
            unreadable = true;
            self.problems.push(
                Problem::at(feature.text.span, "a service needs no feature", "this is a feature")
                    .help("remove `kind: service`, or `feature`"),
            );
        }
        let scope_unreadable = own_scope.is_broken() || self.scope.is_broken();
        let scope = scope_over(self.scope.given(), own_scope.given());
        let scope_span = own_scope.given().or(self.scope.given()).map(|scope| scope.span);
        if scope.combinations() > MAX_CELLS {
            unreadable = true;
            let title = format!("this requirement asks for over {MAX_CELLS} combinations");
            self.problems.push(
                Problem::at(scope_span.unwrap_or(record.anchor), title, "every value in every combination")
                    .help("split it into several requirements, or list fewer values"),
            );
        }
        Requirement {
            id_span: record.id.given().map(|id| id.span),
            name: record.id.into_given().map_or_else(|| name_by_features(at, &features), |id| id.value),
            place: record.anchor,
            clause: record.clause.into_given(),
            text: record.text.into_given(),
            features,
            is_service,
            due: due.unwrap_or_else(|| Due {
                deadline: Deadline::on(Window::day(self.reading.today), self.reading.calendar),
                span: None,
                words: String::new(),
            }),
            scope,
            scope_span,
            scope_unreadable,
            accepts_beta: accept.given().is_some_and(|accept| accept.value == "beta"),
            needs: needs.unwrap_or_default(),
            remedy: self.remedy(&record.remedy),
            replaces: None,
            unreadable,
        }
    }

    fn features(&mut self, features: Field<Vec<Text>>) -> Vec<Promised> {
        let roadmap = self.reading.roadmap;
        let texts = features.into_given().unwrap_or_default();
        let mut promised: Vec<Promised> = Vec::with_capacity(texts.len());
        for text in texts {
            let target = roadmap.find(&text.value);
            let twice = |known: &&Promised| target.feature().is_some() && known.target == target;
            if let Some(known) = promised.iter().find(twice) {
                let title = format!("`{}` is promised twice in one requirement", known.id);
                self.problems.push(
                    Problem::at(text.span, title, "named again here")
                        .label(known.text.span, "first named here")
                        .help("remove one of the two"),
                );
                continue;
            }
            if let Reference::Ambiguous(one, other) = target {
                self.problems.push(ambiguous(roadmap, &text, one, other));
            }
            let id = target.feature().map_or(&text.value, |at| &roadmap.features[at].id.value).clone();
            promised.push(Promised { text, target, id });
        }
        promised
    }

    /// The levels that are asked for; `None` where one could not be read or compared.
    fn needs(&mut self, needs: &Field<Table<Text>>, features: &[Promised]) -> Option<Vec<Need>> {
        let table = match needs {
            Field::Absent => return Some(Vec::new()),
            Field::Broken => return None,
            Field::Given(table) => table,
        };
        let needs: Vec<Option<Need>> = table
            .entries
            .iter()
            .map(|(name, field)| {
                let constraint = meaning(field, self.problems, Constraint::parse).given()?.clone();
                let need = Need { name: name.clone(), constraint };
                self.comparable(&need, features).then_some(need)
            })
            .collect();
        if table.cut { None } else { needs.into_iter().collect() }
    }

    /// Whether a need can be held against every level that the features state for it.
    fn comparable(&mut self, need: &Need, features: &[Promised]) -> bool {
        let roadmap = self.reading.roadmap;
        let features = features.iter().filter_map(|promised| match promised.target {
            Reference::Feature(at) => roadmap.features.get(at),
            _ => None,
        });
        for level in features.flat_map(|feature| &feature.offers).flat_map(|offer| &offer.levels) {
            if scope::same(&level.name, &need.name.value)
                && let Err(incomparable) = need.constraint.admits(&level.value)
            {
                self.problems.push(
                    Problem::at(
                        need.constraint.span,
                        format!("`{}` cannot be held against what the roadmap states", need.name.value),
                        incomparable.to_string(),
                    )
                    .label(level.value.span, "the roadmap states this")
                    .help(format!("ask for `{}` in the unit and window of the roadmap", need.name.value)),
                );
                return false;
            }
        }
        true
    }

    fn due(&mut self, due: Field<Text>) -> Option<Due> {
        let calendar = self.reading.calendar;
        match due {
            Field::Broken => None,
            Field::Given(text) => {
                let deadline = resolve(&text, &self.events, calendar, self.problems)?;
                Some(Due { deadline, span: Some(text.span), words: text.value })
            }
            Field::Absent => {
                let (window, words) = self.first_day?;
                let deadline = Deadline::on(window, calendar);
                Some(Due { deadline, span: None, words: words.to_owned() })
            }
        }
    }

    fn remedy(&mut self, remedy: &Field<RemedyRecord>) -> Option<Remedy> {
        let remedy = remedy.given()?;
        let per = meaning(&remedy.per, self.problems, Period::parse);
        let credit = meaning(&remedy.credit, self.problems, parse_share);
        let cap = meaning(&remedy.cap, self.problems, parse_share);
        if cap.is_broken() {
            return None;
        }
        Some(Remedy {
            per: per.given()?.value,
            credit: credit.given()?.value,
            cap: cap.given().map(|cap| cap.value),
        })
    }
}

/// What a requirement is called: its id, or the features' ids, or `#3` for the third of a contract.
pub fn requirement_name(at: usize, record: &RequirementRecord, roadmap: &Roadmap) -> String {
    if let Some(id) = record.id.given() {
        return id.value.clone();
    }
    let texts = record.feature.given().into_iter().flatten();
    let id = |text: &'_ Text| match roadmap.find(&text.value).feature() {
        Some(at) => roadmap.features[at].id.value.clone(),
        None => text.value.clone(),
    };
    name_by_ids(at, texts.map(id))
}

fn name_by_features(at: usize, features: &[Promised]) -> String {
    name_by_ids(at, features.iter().map(|promised| promised.id.clone()))
}

fn name_by_ids(at: usize, mut ids: impl Iterator<Item = String>) -> String {
    match ids.next() {
        None => format!("#{}", at.saturating_add(1)),
        Some(first) => ids.fold(first, |name, id| name + "+" + &id),
    }
}

fn scope_over(contract: Option<&Spanned<Scope>>, own: Option<&Spanned<Scope>>) -> Scope {
    match (contract, own) {
        (None, None) => Scope::default(),
        (Some(scope), None) | (None, Some(scope)) => scope.value.clone(),
        (Some(contract), Some(own)) => contract.overridden_by(&own.value),
    }
}

/// Requirements are told apart by their names in waivers and reports.
fn unique(requirements: &[Requirement], problems: &mut Vec<Problem>) {
    let mut first: HashMap<&str, Span> = HashMap::with_capacity(requirements.len());
    for requirement in requirements {
        let feature = requirement.features.first().map(|promised| promised.text.span);
        let span = requirement.id_span.or(feature).unwrap_or(requirement.place);
        let Some(before) = first.insert(&requirement.name, span) else {
            continue;
        };
        let problem = Problem::at(
            span,
            format!("two requirements are called `{}`", requirement.name),
            "the second one",
        )
        .label(before, "the first one");
        problems.push(if requirement.id_span.is_none() {
            problem
                .note("a requirement without an `id` is called as its feature")
                .help("give this requirement an `id` of its own, such as `id: R2`")
        } else {
            problem.help("give one of them another `id`")
        });
    }
}

/// A share of the contract's value, such as `2 %`.
fn parse_share(text: &str) -> Result<Decimal, Misread> {
    Quantity::parse(text)?.percent().ok_or_else(|| {
        Misread::new(format!("`{text}` is not a share"), "expected a percentage, such as `2 %`")
    })
}

fn one_of<T: Copy + fmt::Display>(text: &str, known: &[T], what: &str) -> Result<T, Misread> {
    let found = known.iter().find(|known| known.to_string().eq_ignore_ascii_case(text.trim()));
    found.copied().ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
        let plain: Vec<String> = known.iter().map(T::to_string).collect();
        let misread =
            Misread::new(format!("`{text}` is not {what}"), format!("expected {}", text::or_list(&names)));
        match text::nearest(text, plain.iter().map(String::as_str)) {
            Some(near) => misread.help(format!("did you mean `{near}`?")),
            None => misread,
        }
    })
}
