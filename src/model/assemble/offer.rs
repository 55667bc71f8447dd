//! The record of a feature to its offers, with what each inherits.

use std::sync::OnceLock;

use rust_decimal::Decimal;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{FeatureRecord, HistoryRecord, OfferRecord, ScopeTable};
use crate::model::annotations::Annotations;
use crate::model::capacity::parse_effort;
use crate::model::date::parse_date;
use crate::model::level::{Attainment, LevelScales, WrittenLevel};
use crate::model::misread::{ReadError, meaning, twins};
use crate::model::roadmap::{
    Dependency, Feature, FormerTarget, Offer, Reference, StatedLevel, StatedLevels, name_key,
};
use crate::model::scope::{MAX_DIMENSIONS, Scope};
use crate::model::status::Status;
use crate::model::target::{Targets, parse_target};
use crate::model::window::{Date, Window};
use crate::source::{Span, Spanned};

use super::{Releases, Vocabulary};

/// Reads the features of one run; carries what their words are read with.
pub(super) struct RoadmapReader<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) releases: &'a Releases,
    pub(super) scales: &'a LevelScales,
    pub(super) reviewed: Option<Date>,
    pub(super) problems: &'a mut Vec<Problem>,
}

/// The fields of an offer, read but not yet inherited.
#[derive(Clone)]
struct Fields {
    scope: Field<Spanned<Scope>>,
    levels: Field<Vec<StatedLevel>>,
    depends_on: Field<Vec<Text>>,
    team: Field<Text>,
    evidence: Field<Vec<Text>>,
    effort: Field<Spanned<Decimal>>,
    custom_effort: Field<Spanned<Decimal>>,
    annotations: Option<Box<Annotations>>,
    when: WhenFields,
}

/// The fields that say when. They are inherited together or not at all.
#[derive(Clone)]
struct WhenFields {
    status: Field<Spanned<Status>>,
    shipped: Field<Spanned<Window>>,
    target_text: Option<Text>,
    target: Field<Spanned<Option<Window>>>,
    beta: Field<Spanned<Window>>,
    sunset: Field<Spanned<Window>>,
    committed: Field<Spanned<bool>>,
    confirmed: Field<Spanned<Window>>,
    history: Vec<FormerTarget>,
}

impl RoadmapReader<'_> {
    pub(super) fn feature(&mut self, id: &Text, record: &FeatureRecord) -> Feature {
        if record.own.status.is_absent() {
            self.problems.push(
                Problem::at(id.span, format!("the feature `{}` has no `status`", id.value), "how far is it?").help(
                    "add `status`: idea, planned, in-progress, beta, shipped, paused, deprecated, retired or rejected",
                ),
            );
        }
        let told = self.problems.len();
        let own = self.fields(&record.own);
        let mut sound = !record.own.status.is_absent();
        let mut is_partial = has_broken(&record.own);
        // A ref of the feature is named with the feature, not once more with its first offer.
        let first = Fields { annotations: None, ..own.clone() };
        let mut offers = vec![offer(&first, &own, id.span, &mut sound)];
        let further: &[Option<OfferRecord>] = record.offers.given().map_or(&[], |Items(items, _)| items);
        sound &= !record.offers.is_broken();
        for further in further {
            let Some(further) = further else {
                sound = false;
                continue;
            };
            let fields = self.fields(further);
            is_partial |= has_broken(further);
            let inherited = if states_when(further) { &fields.when } else { &own.when };
            if inherited.status.is_absent() && !own.when.status.is_absent() {
                sound = false;
                self.problems.push(
                    Problem::at(
                        further.anchor,
                        "an offer that says when must state its own `status`",
                        "in this offer",
                    )
                    .note("what says when is inherited from the feature together, or not at all")
                    .help("add `status` to this offer"),
                );
            }
            let merged = Fields { when: inherited.clone(), ..fields };
            offers.push(offer(&merged, &own, further.anchor, &mut sound));
        }
        let mut offers: Vec<Offer> = offers.into_iter().flatten().collect();
        for (at, offer) in offers.iter_mut().enumerate() {
            offer.at = at;
        }
        Feature {
            id: id.clone(),
            name: record.name.given().cloned(),
            aliases: record.aliases.given().cloned().unwrap_or_default(),
            offers,
            replaced_by: record.replaced_by.given().cloned(),
            annotations: own.annotations,
            unreadable: !sound,
            is_partial: is_partial || !sound || self.problems.len() > told,
            index: OnceLock::new(),
        }
    }

    fn fields(&mut self, record: &OfferRecord) -> Fields {
        let effort = meaning(&record.effort, self.problems, parse_effort);
        let custom_effort = meaning(&record.custom_effort, self.problems, parse_effort);
        Fields {
            scope: record.scope.and_then(|table| scope_of(table, self.problems)),
            levels: record.levels.and_then(|levels| self.levels(levels)),
            depends_on: record.depends_on.clone(),
            team: record.team.clone(),
            evidence: record.evidence.clone(),
            effort,
            custom_effort,
            annotations: Annotations::of(&record.refs, &record.owner, &record.note),
            when: self.when(record),
        }
    }

    fn levels(&mut self, table: &Table<WrittenLevel>) -> Option<Vec<StatedLevel>> {
        let key = |name: &str| name_key(name).into_owned();
        let twins = twins(&table.entries, key, "levels", "case makes no difference", self.problems);
        let levels: Vec<Option<StatedLevel>> = table
            .entries
            .iter()
            .enumerate()
            .map(|(at, (name, field))| {
                let written = field.given().filter(|_| !twins.contains(&at))?;
                let value = Attainment::read(name, written, self.scales, self.problems)?;
                let value = Spanned::new(value, written.span);
                Some(StatedLevel { name: name.value.trim().to_owned(), value })
            })
            .collect();
        if table.cut { None } else { levels.into_iter().collect() }
    }

    fn when(&mut self, record: &OfferRecord) -> WhenFields {
        let vocabulary = self.vocabulary;
        let status = meaning(&record.status, self.problems, |text| Status::parse(text, &vocabulary.statuses));
        let shipped = self.date(&record.shipped);
        let target = self.target(&record.target);
        let history = record.history.given().map_or(&[][..], |Items(items, _)| items);
        let history = history
            .iter()
            .flatten()
            .filter_map(|former| {
                let on = self.date(&former.on);
                let target = self.target(&former.target);
                let text = former.target.given()?.clone();
                Some(FormerTarget { on: on.given()?.value, target: target.given()?.value, text })
            })
            .collect();
        WhenFields {
            status,
            shipped,
            target_text: record.target.given().cloned(),
            target,
            // A beta without a date is none.
            beta: match self.target(&record.beta) {
                Field::Absent => Field::Absent,
                Field::Broken => Field::Broken,
                Field::Given(Spanned { value: Some(window), span }) => {
                    Field::Given(Spanned::new(window, span))
                }
                Field::Given(Spanned { value: None, .. }) => Field::Absent,
            },
            sunset: self.date(&record.sunset),
            committed: record.committed.clone(),
            confirmed: self.date(&record.confirmed),
            history,
        }
    }

    fn date(&mut self, field: &Field<Text>) -> Field<Spanned<Window>> {
        meaning(field, self.problems, |text| parse_date(text, &self.vocabulary.calendar))
    }

    /// A target, which may name a release; one that could not be read has been reported already.
    fn target(&mut self, field: &Field<Text>) -> Field<Spanned<Option<Window>>> {
        let lost = |text: &Text| self.releases.unreadable.iter().any(|name| *name == *name_key(&text.value));
        // Read as a date, `4.2` would be misread a second time, at each feature that targets it.
        if field.given().is_some_and(lost) {
            return Field::Broken;
        }
        let targets = Targets {
            calendar: &self.vocabulary.calendar,
            releases: &self.releases.known,
            reviewed: self.reviewed,
        };
        // What is no date may be a release that was lost.
        let lost = |error| if self.releases.incomplete { ReadError::Reported } else { error };
        meaning(field, self.problems, |text| parse_target(text, &targets).map_err(lost))
    }
}

/// Whether something that no verdict rests on was written and could not be read.
fn has_broken(record: &OfferRecord) -> bool {
    let OfferRecord { team, effort, custom_effort, confirmed, owner, note, evidence, refs, .. } = record;
    let former = record.history.given().map_or(&[][..], |Items(items, _)| items);
    let is_lost = |former: &Option<HistoryRecord>| {
        former.as_ref().is_none_or(|former| former.on.is_broken() || former.target.is_broken())
    };
    [team, effort, custom_effort, confirmed, owner, note].into_iter().any(Field::is_broken)
        || [evidence, refs].into_iter().any(Field::is_broken)
        || record.committed.is_broken()
        || record.history.is_broken()
        || former.iter().any(is_lost)
}

fn states_when(record: &OfferRecord) -> bool {
    let stated =
        [&record.status, &record.shipped, &record.target, &record.beta, &record.sunset, &record.confirmed];
    stated.into_iter().any(|field| !field.is_absent())
        || !record.committed.is_absent()
        || !record.history.is_absent()
}

/// An offer, with what it inherits. `sound` becomes false where something that verdicts rest on is broken.
fn offer(fields: &Fields, own: &Fields, place: Span, sound: &mut bool) -> Option<Offer> {
    let when = &fields.when;
    let scope = fields.scope.or(&own.scope);
    let depends_on = fields.depends_on.or(&own.depends_on);
    *sound &= !(scope.is_broken()
        || fields.levels.is_broken()
        || own.levels.is_broken()
        || depends_on.is_broken()
        || when.status.is_broken()
        || when.shipped.is_broken()
        || when.target.is_broken()
        || when.beta.is_broken()
        || when.sunset.is_broken());
    let mut levels = StatedLevels::default();
    let stated = [&fields.levels, &own.levels].into_iter().filter_map(Field::given).flatten();
    stated.for_each(|level| levels.add(level.clone()));
    Some(Offer {
        at: 0,
        place,
        scope: scope.given().map(|scope| scope.value.clone()).unwrap_or_default(),
        scope_span: scope.given().map(|scope| scope.span),
        status: *when.status.given()?,
        shipped: when.shipped.given().copied(),
        target_text: when.target_text.clone(),
        target: when
            .target
            .given()
            .and_then(|target| target.value.map(|window| Spanned::new(window, target.span))),
        beta: when.beta.given().copied(),
        sunset: when.sunset.given().copied(),
        levels,
        depends_on: depends_on
            .given()
            .into_iter()
            .flatten()
            .map(|text| Dependency { text: text.clone(), target: Reference::Unknown })
            .collect(),
        team: fields.team.or(&own.team).given().cloned(),
        // Never inherited: an offer for another platform is other work.
        effort: fields.effort.given().copied(),
        custom_effort: fields.custom_effort.given().copied(),
        committed: when.committed.given().is_some_and(|committed| committed.value),
        confirmed: when.confirmed.given().copied(),
        evidence: fields.evidence.or(&own.evidence).given().cloned().unwrap_or_default(),
        history: when.history.clone(),
        annotations: fields.annotations.clone(),
    })
}

/// A scope, all of it or nothing: a scope that lost a dimension would say something else.
pub(in super::super) fn scope_of(table: &ScopeTable, problems: &mut Vec<Problem>) -> Option<Spanned<Scope>> {
    if table.cut {
        return None;
    }
    if let Some((dimension, _)) = table.entries.get(MAX_DIMENSIONS) {
        let title = format!("more than {MAX_DIMENSIONS} dimensions");
        let problem = Problem::at(dimension.span, title, "one too many");
        problems.push(problem.help(format!("name at most {MAX_DIMENSIONS}")));
        return None;
    }
    let mut scope = Scope::default();
    let mut span: Option<Span> = None;
    for (dimension, values) in &table.entries {
        let values = values.given()?;
        if values.is_empty() {
            let title = format!("`{}` has no value", dimension.value);
            let problem = Problem::at(dimension.span, title, "limited to nothing");
            problems.push(problem.help(format!("give `{}` a value, or remove it", dimension.value)));
            return None;
        }
        for part in std::iter::once(dimension).chain(values) {
            span = Some(span.map_or(part.span, |span| Span {
                start: span.start.min(part.span.start),
                end: span.end.max(part.span.end),
                ..span
            }));
        }
        scope.add(&dimension.value, values.iter().map(|value| value.value.as_str())).ok()?;
    }
    Some(Spanned::new(scope, span.unwrap_or(table.span)))
}
