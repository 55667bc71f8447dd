//! One requirement's record to what it means.

use std::collections::BTreeMap;
use std::fmt;

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{RemedyRecord, RequirementRecord};
use crate::source::Spanned;
use crate::text::is_slip;

use super::super::annotations::Annotations;
use super::super::assemble::ambiguous;
use super::super::date::{parse_date, strip_words};
use super::super::deadline::{Deadline, DueDay, Events};
use super::super::fees::Fees;
use super::super::level::{Attainment, LevelConstraint, WrittenLevel};
use super::super::misread::{Misread, meaning, one_of};
use super::super::remedy::{Remedy, RemedyReading};
use super::super::roadmap::Reference;
use super::super::scope::{MAX_CELLS, Scope};
use super::super::window::{Date, Window};
use super::events::resolve;
use super::names::name_by_features;
use super::scope::{scope_in, whole_scope};
use super::{ContractReading, Due, Need, PromisedFeature, Requirement};

/// What a requirement may be.
pub(crate) const KINDS: [&str; 2] = ["feature", "service"];

/// How far a feature must be for the customer to take it.
pub(crate) const ACCEPTED: [&str; 2] = ["ga", "beta"];

/// How much a clause promises, where that is not the thing itself; what promises more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Efforts alone.
    Efforts,
    /// It only names a target.
    Target,
}

impl Strength {
    /// Each of them, as it is written.
    pub const ALL: [Self; 2] = [Self::Efforts, Self::Target];

    /// Whether it promises more than another one.
    pub fn binds_more(self, other: Self) -> bool {
        self < other
    }

    /// What the clause promises, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Efforts => "efforts alone",
            Self::Target => "a target alone",
        }
    }

    /// As it is written in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Efforts => "efforts",
            Self::Target => "target",
        }
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads the requirements of one contract.
pub(super) struct RequirementReader<'a> {
    pub(super) reading: ContractReading<'a>,
    pub(super) events: &'a Events,
    pub(super) first_day: Option<(DueDay, &'static str)>,
    pub(super) scope: Field<Spanned<Scope>>,
    pub(super) fees: &'a Fees,
    /// Whether nothing can be judged, since it is not known whether the deal is a draft, signed or over.
    pub(super) unreadable: bool,
    /// Whether the deal is a draft.
    pub(super) is_draft: bool,
    /// The day before which nothing of the file was promised, and so nothing was accepted.
    pub(super) promised_on: Option<Spanned<Window>>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl RequirementReader<'_> {
    pub(super) fn requirement(&mut self, at: usize, record: RequirementRecord) -> Requirement {
        let kind = meaning(&record.kind, self.problems, |text| one_of(text, &KINDS, "a kind"));
        let accept =
            meaning(&record.accept, self.problems, |text| one_of(text, &ACCEPTED, "what `accept` takes"));
        let strength =
            meaning(&record.strength, self.problems, |text| one_of(text, &Strength::ALL, "a strength"));
        let is_service = kind.given().is_some_and(|kind| kind.value == "service");
        let mut unreadable = self.unreadable || record.feature.is_broken();
        let features = self.features(record.feature);
        let own_scope = record.scope.and_then(|table| scope_in(table, self.reading.roadmap, self.problems));
        let own_scope = whole_scope(own_scope, &record.strays, self.reading.roadmap);
        let needs = self.needs(&record.needs, &features);
        let due = self.due(record.due);
        let until = self.until(&record.until, due.as_ref());
        let met = self.met(&record.met, &record.refs);
        // One broken key makes the whole requirement unreadable: a verdict without it could be a yes that is not
        // true.
        unreadable |= until.is_broken() || met.is_broken();
        unreadable |= kind.is_broken() || accept.is_broken() || needs.is_none() || due.is_none();
        if is_service && let Some(feature) = features.first() {
            unreadable = true;
            self.problems.push(
                Problem::at(feature.text.span, "a service needs no feature", "this is a feature")
                    .help("remove `kind: service`, or `feature`"),
            );
        }
        if is_service && let Some(levels) = record.needs.given() {
            unreadable = true;
            self.problems.push(
                Problem::at(
                    levels.span, "a service is held against no levels", "nothing tells what it reaches",
                )
                .help("remove `needs`, or promise the feature that reaches it, without `kind: service`"),
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
        let annotations = Annotations::of(&record.refs, &record.owner, &record.note);
        let remedy = self.remedy(&record.remedy, due.as_ref(), &record.needs);
        Requirement {
            id_span: record.id.given().map(|id| id.span),
            name: record.id.into_given().map_or_else(|| name_by_features(at, &features), |id| id.value),
            place: record.anchor,
            clause: record.clause.into_given(),
            text: record.text.into_given(),
            features,
            is_service,
            due: due.unwrap_or_else(|| Due {
                day: DueDay::On(Deadline::day(self.reading.today)),
                span: None,
                words: CompactString::default(),
            }),
            scope,
            own_scope: own_scope.into_given().map(|scope| scope.value).unwrap_or_default(),
            scope_span,
            scope_unreadable,
            accepts_beta: accept.given().is_some_and(|accept| accept.value == "beta"),
            strength: strength.given().map(|strength| strength.value),
            needs: needs.unwrap_or_default(),
            until,
            met: met.into_given(),
            accepted: None,
            remedy,
            annotations,
            replaces: None,
            worsening: None,
            unreadable,
        }
    }

    fn features(&mut self, features: Field<Vec<Text>>) -> Vec<PromisedFeature> {
        let roadmap = self.reading.roadmap;
        let texts = features.into_given().unwrap_or_default();
        let mut promised: Vec<PromisedFeature> = Vec::with_capacity(texts.len());
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for text in texts {
            let target = roadmap.find(&text.value);
            let place = promised.len();
            let before = target.feature().map_or(place, |at| *first.entry(at).or_insert(place));
            if let Some(known) = promised.get(before) {
                let title = format!("`{}` is promised twice in one requirement", known.id);
                self.problems.push(
                    Problem::at(text.span, title, "named again here")
                        .label(known.text.span, "first named here")
                        .help("remove one of the two"),
                );
                continue;
            }
            if target == Reference::Ambiguous {
                self.problems.push(ambiguous(roadmap, &text));
            }
            let id = target.feature().map_or(&text.value, |at| &roadmap.features[at].id.value).clone();
            promised.push(PromisedFeature { text, target, id });
        }
        promised
    }

    /// The levels that are asked for; `None` where one could not be read or compared.
    fn needs(
        &mut self,
        needs: &Field<Table<WrittenLevel>>,
        features: &[PromisedFeature],
    ) -> Option<Vec<Need>> {
        let table = match needs {
            Field::Absent => return Some(Vec::new()),
            Field::Broken => return None,
            Field::Given(table) => table,
        };
        let needs: Vec<Option<Need>> = table
            .entries
            .iter()
            .map(|(name, field)| {
                let need = Need::read(name, field, &self.reading.roadmap.scales, self.problems)?;
                (self.spelt(&need) && self.comparable(&need, features)).then_some(need)
            })
            .collect();
        if table.cut { None } else { needs.into_iter().collect() }
    }

    /// Whether a need is no slip for a level that the roadmap states: nothing would be held against that.
    fn spelt(&mut self, need: &Need) -> bool {
        let Need { name, .. } = need;
        let near = self.reading.roadmap.near_level(&name.value);
        let Some(near) = near.filter(|near| is_slip(&name.value, near)) else { return true };
        let title = format!("no feature in the roadmap states a level called `{}`", name.value);
        let misread = Misread::new(title, "unknown level").did_you_mean(Some(near));
        self.problems.push(misread.at(name));
        false
    }

    /// Whether a need can be held against every level that the features state for it.
    fn comparable(&mut self, need: &Need, features: &[PromisedFeature]) -> bool {
        let roadmap = self.reading.roadmap;
        let features = features.iter().filter_map(|promised| match promised.target {
            Reference::Feature(at) => roadmap.features.get(at),
            _ => None,
        });
        let offers = features.flat_map(|feature| &feature.offers);
        for level in offers.filter_map(|offer| offer.levels.get(&need.name.value)) {
            if let Err(incomparable) = need.constraint.value.admits(&level.value.value) {
                let (stated, needed) = incomparable.sides();
                let help = match (&need.constraint.value, &level.value.value) {
                    (LevelConstraint::Quantity(_), Attainment::Quantity(_)) => {
                        format!("ask for `{}` in the unit and window of the roadmap", need.name.value)
                    }
                    (LevelConstraint::Quantity(_), words) => {
                        format!(
                            "ask for `{}` in the words of the roadmap, such as `{words}`",
                            need.name.value
                        )
                    }
                    (_, amount) => {
                        format!("ask for an amount of `{}`: the roadmap states `{amount}`", need.name.value)
                    }
                };
                self.problems.push(
                    Problem::at(
                        need.constraint.span,
                        format!("`{}` cannot be held against what the roadmap states", need.name.value),
                        format!("this is {needed}"),
                    )
                    .label(level.value.span, format!("the roadmap's is {stated}"))
                    .help(help),
                );
                return false;
            }
        }
        true
    }

    /// How long it must hold.
    fn until(&mut self, until: &Field<Text>, due: Option<&Due>) -> Field<Spanned<Window>> {
        until.and_then(|text| {
            let Some(window) = resolve(text, self.events, self.reading.calendar, self.problems)?.window()
            else {
                self.problems
                    .push(Problem::at(text.span, "`until` has no day", "how long must it hold?").help(
                        "write a day, or leave `until` out: then it must hold until the contract ends",
                    ));
                return None;
            };
            if let Some((due, span)) = due.and_then(|due| Some((due.window()?, due.span?)))
                && window.latest < due.earliest
            {
                self.problems.push(
                    Problem::at(
                        text.span,
                        "it need hold no longer before it is due",
                        format!("until {window}"),
                    )
                    .label(span, format!("due {due}"))
                    .help("write a day after the deadline, or leave `until` out"),
                );
                return None;
            }
            Some(Spanned::new(window, text.span))
        })
    }

    /// The day on which the customer accepted it. What nobody can look up, or what cannot have been, is not taken.
    fn met(&mut self, met: &Field<Text>, refs: &Field<Vec<Text>>) -> Field<Spanned<Window>> {
        let calendar = self.reading.calendar;
        let met = meaning(met, self.problems, |text| parse_date(text, calendar));
        let Field::Given(day) = &met else { return met };
        let today = self.reading.today;
        let problem = if self.is_draft {
            Problem::at(
                day.span,
                "a draft promises nothing yet, so nothing of it is met",
                "accepted on this day",
            )
            .help("write `status: signed` if it is signed, or leave `met` out")
        } else if day.value.earliest > today {
            Problem::at(day.span, "what is met was accepted on a day before today or today", "still to come")
                .help("leave `met` out until the customer has accepted it")
        } else if day.value.latest > today {
            // What is not over has not certainly happened.
            let (title, label) = ("what is met was accepted on a day before today or today", "not over yet");
            let on = "write the day on which the customer accepted it, with where that is recorded";
            Problem::at(day.span, title, label).help(format!(
                "{on}, such as `met: {today}` and `ref: ACC-17`, or leave `met` out until then"
            ))
        } else if let Some(promised) = self.promised_on.filter(|on| day.value.latest < on.value.earliest) {
            Problem::at(day.span, "nothing was promised yet when this was met", "accepted on this day")
                .label(promised.span, format!("promised from {} on", promised.value.earliest))
                .help("write the day on which the customer accepted what this file promises, or leave `met` out until then")
        } else if refs.is_absent() || refs.given().is_some_and(Vec::is_empty) {
            Problem::at(day.span, "`met` needs a `ref`", "where can this be looked up?")
                .help("add where the acceptance is recorded, such as `ref: ACC-17`")
        } else {
            return met;
        };
        self.problems.push(problem);
        Field::Broken
    }

    fn due(&mut self, due: Field<Text>) -> Option<Due> {
        let calendar = self.reading.calendar;
        match due {
            Field::Broken => None,
            Field::Given(text) => {
                let rest = ["until", "till"].iter().find_map(|word| strip_words(text.value.trim(), &[word]));
                if let Some(rest) =
                    rest.filter(|rest| !rest.is_empty() && self.events.place(&text.value).is_none())
                {
                    let title = "`due` is the day by which it must be there, not until when it must hold";
                    let misread = Misread::new(title, "by then, or for so long?")
                        .instead(rest, format!("if it must be there by then, write `due: {rest}`"))
                        .help(format!("if it must hold so long, write `until: {rest}` beside `due`"));
                    self.problems.push(misread.at(&text));
                    return None;
                }
                if let Some((by, until)) = by_and_until(&text.value)
                    && self.events.place(&text.value).is_none()
                {
                    let title = "`due` is the day by which it must be there, not until when it must hold";
                    let misread = Misread::new(title, "by when, and until when?")
                        .instead(by, format!("write `due: {by}`, and beside it `until: {until}`"));
                    self.problems.push(misread.at(&text));
                    return None;
                }
                let day = resolve(&text, self.events, calendar, self.problems)?;
                Some(Due { day, span: Some(text.span), words: text.value })
            }
            Field::Absent => {
                let (day, words) = self.first_day.clone()?;
                Some(Due { day, span: None, words: words.into() })
            }
        }
    }

    fn remedy(
        &mut self,
        records: &Field<Items<RemedyRecord>>,
        due: Option<&Due>,
        needs: &Field<Table<WrittenLevel>>,
    ) -> Option<Remedy> {
        let needs = needs.given().into_iter().flat_map(|table| &table.entries);
        let needs: Vec<&str> = needs.map(|(name, _)| name.value.as_str()).collect();
        // Without a day that it is due on nothing is late, whatever day its delays are counted from.
        let due = due?.window().map_or(Date::constant(2000, 1, 1), |window| window.latest);
        let promise = Some((self.fees, needs.as_slice()));
        RemedyReading { promise, calendar: self.reading.calendar, due, problems: self.problems }
            .remedy(records)
    }
}

/// The two days of `31 March 2027 until 31 December 2029`, which is no window of days by which something is due.
fn by_and_until(text: &str) -> Option<(&str, &str)> {
    // Most deadlines are days in digits.
    if !text.contains(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (at, word) = [" until ", " till "].iter().find_map(|word| Some((lower.find(word)?, word)))?;
    let by = text[..at].trim();
    let by = strip_words(by, &["from"]).unwrap_or(by).trim();
    (!by.is_empty()).then_some((by, text[at + word.len()..].trim()))
}

fn scope_over(contract: Option<&Spanned<Scope>>, own: Option<&Spanned<Scope>>) -> Scope {
    match (contract, own) {
        (None, None) => Scope::default(),
        (Some(scope), None) | (None, Some(scope)) => scope.value.clone(),
        (Some(contract), Some(own)) => contract.overridden_by(&own.value),
    }
}
