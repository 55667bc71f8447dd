//! The records of all roadmap files to one [`Roadmap`].

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::diagnostic::{Help, Problem};
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{FeatureRecord, OfferRecord, RoadmapRecord, ScopeTable, TeamRecord, TermRecord};
use crate::source::{FileId, Span, Spanned};

use super::calendar::Calendar;
use super::capacity::{Capacity, parse_effort};
use super::date::parse_date;
use super::level::{Attainment, LevelScale, LevelScales, WrittenLevel};
use super::misread::{ReadError, meaning};
use super::roadmap::{
    Claim, Dependencies, Dependency, Feature, KnownDimension, Offer, Reference, Roadmap, StatedLevel, Team,
    fold,
};
use super::scope::{self, Scope};
use super::status::{Status, Statuses};
use super::target::{Targets, is_no_date, parse_target};
use super::term::Term;
use super::window::{Date, Window};

/// What the words of a roadmap mean in this configuration.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Fiscal years and holidays.
    pub calendar: Calendar,
    /// Further words for statuses.
    pub statuses: Statuses,
}

/// A roadmap file as it was read; no record where there is nothing sound in it.
pub(crate) type RoadmapFile = (FileId, Option<RoadmapRecord>);

/// Merges roadmap files. What is wrong with them is added to `problems`; `incomplete` tells that a file could
/// not be read at all.
pub(crate) fn assemble(
    files: &[RoadmapFile],
    vocabulary: &Vocabulary,
    incomplete: bool,
    problems: &mut Vec<Problem>,
) -> Roadmap {
    let records: Vec<&RoadmapRecord> = files.iter().filter_map(|(_, record)| record.as_ref()).collect();
    let mut roadmap = Roadmap {
        files: files.iter().map(|(file, _)| *file).collect(),
        incomplete: incomplete || files.iter().any(|(_, record)| record.as_ref().is_none_or(is_cut)),
        ..Roadmap::default()
    };
    product(&records, vocabulary, &mut roadmap, problems);
    let releases = releases(&records, vocabulary, problems);
    teams(&records, &mut roadmap, problems);
    terms(&records, &mut roadmap, problems);
    roadmap.scales = scales(&records, problems);
    roadmap.terms_incomplete = records.iter().any(|record| has_lost_entries(&record.terms));

    let reviews = ReviewDays::of(&records, vocabulary);
    let defined = merge(records.iter().map(|record| &record.features), "feature", problems);
    for (id, field) in &defined {
        let Some(record) = field.given() else {
            roadmap.unreadable.insert(fold(&id.value).into_owned());
            roadmap.lost.push((*id).clone());
            continue;
        };
        let scales = &roadmap.scales;
        let mut reader = RoadmapReader { vocabulary, releases: &releases, scales, reviewed: None, problems };
        reader.reviewed = reviews.in_file(id.span.file);
        let feature = reader.feature(id, record);
        roadmap.features.push(feature);
    }
    roadmap.unreadable.extend(names_of_broken(&records, &defined));
    roadmap.incomplete |= lost_names(&defined);
    names(&mut roadmap);
    dimensions(&mut roadmap);
    lose_scopes(&mut roadmap, &defined);
    references(&mut roadmap, problems);
    roadmap.dependencies = Dependencies::new(&roadmap.features);
    roadmap
}

fn is_cut(record: &RoadmapRecord) -> bool {
    has_lost_entries(&record.features)
}

/// Whether entries may have been written and lost.
fn has_lost_entries<T>(table: &Field<Table<T>>) -> bool {
    table.is_broken() || table.given().is_some_and(|table| table.cut)
}

/// The entries that several files share out among them. What is defined more than once is one error that shows all
/// places, and counts as unreadable.
fn merge<'r, T: 'r>(
    tables: impl Iterator<Item = &'r Field<Table<T>>>,
    noun: &str,
    problems: &mut Vec<Problem>,
) -> Vec<(&'r Text, &'r Field<T>)> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut entries: Vec<(&Text, &Field<T>)> = Vec::new();
    let mut again: BTreeMap<usize, Vec<&Text>> = BTreeMap::new();
    for (name, field) in tables.filter_map(Field::given).flat_map(|table| &table.entries) {
        match first.entry(fold(&name.value).into_owned()) {
            Entry::Occupied(at) => again.entry(*at.get()).or_default().push(name),
            Entry::Vacant(free) => {
                free.insert(entries.len());
                entries.push((name, field));
            }
        }
    }
    for (at, others) in again {
        let (Some(second), Some((known, field))) = (others.first(), entries.get_mut(at)) else { continue };
        let times =
            if others.len() == 1 { "twice".to_owned() } else { format!("{} times", others.len() + 1) };
        let further = others.iter().skip(1).take(SHOWN).map(|name| (name.span, "and here"));
        problems.push(
            Problem::at(
                second.span,
                format!("the {noun} `{}` is defined {times}", second.value),
                "defined again here",
            )
            .label(known.span, "first defined here")
            .labels(further)
            .notes(left_out(others.len() - 1))
            .help(if others.len() == 1 {
                "remove or rename one of the two"
            } else {
                "keep one of them, or rename the others"
            }),
        );
        *field = &Field::Broken;
    }
    entries
}

/// Names of features that are defined twice, so that they are not taken for unknown.
fn names_of_broken(records: &[&RoadmapRecord], defined: &[(&Text, &Field<FeatureRecord>)]) -> Vec<String> {
    let broken: HashSet<String> = defined
        .iter()
        .filter(|(_, field)| field.is_broken())
        .map(|(id, _)| fold(&id.value).into_owned())
        .collect();
    let entries =
        records.iter().filter_map(|record| record.features.given()).flat_map(|table| &table.entries);
    entries
        .filter(|(id, _)| broken.contains(fold(&id.value).as_ref()))
        .filter_map(|(_, field)| field.given())
        .flat_map(|feature| {
            feature.name.given().into_iter().chain(feature.aliases.given().into_iter().flatten())
        })
        .map(|text| fold(&text.value).into_owned())
        .collect()
}

/// Whether names of features were lost, so that a name that is not found may yet be one.
fn lost_names(defined: &[(&Text, &Field<FeatureRecord>)]) -> bool {
    let features = defined.iter().filter_map(|(_, field)| field.given());
    features.into_iter().any(|feature| feature.name.is_broken() || feature.aliases.is_broken())
}

fn product(
    records: &[&RoadmapRecord],
    vocabulary: &Vocabulary,
    roadmap: &mut Roadmap,
    problems: &mut Vec<Problem>,
) {
    let mut first: Option<Span> = None;
    for product in records.iter().filter_map(|record| record.product.given()) {
        if let Some(first) = first {
            problems.push(
                Problem::at(product.anchor, "the product is defined twice", "defined again here")
                    .label(first, "first defined here")
                    .help("keep `product` in one of the roadmap's files"),
            );
            continue;
        }
        first = Some(product.anchor);
        roadmap.product = product.name.given().cloned();
        roadmap.reviewed =
            meaning(&product.reviewed, problems, |text| parse_date(text, &vocabulary.calendar))
                .given()
                .copied();
    }
}

/// `now` and `next` are counted from the review of the roadmap that uses them.
#[derive(Default)]
struct ReviewDays {
    of_files: HashMap<FileId, Date>,
    first: Option<Date>,
}

impl ReviewDays {
    fn of(records: &[&RoadmapRecord], vocabulary: &Vocabulary) -> Self {
        let mut reviews = Self::default();
        for record in records {
            let reviewed = record.product.given().and_then(|product| product.reviewed.given());
            let Some(text) = reviewed else { continue };
            let Ok(window) = parse_date(&text.value, &vocabulary.calendar) else { continue };
            reviews.of_files.entry(text.span.file).or_insert(window.latest);
            reviews.first.get_or_insert(window.latest);
        }
        reviews
    }

    /// The day for a file: its own, else that of the first file that states one.
    fn in_file(&self, file: FileId) -> Option<Date> {
        self.of_files.get(&file).copied().or(self.first)
    }
}

fn releases(records: &[&RoadmapRecord], vocabulary: &Vocabulary, problems: &mut Vec<Problem>) -> Releases {
    let incomplete = records.iter().any(|record| has_lost_entries(&record.releases));
    let mut releases = Releases { incomplete, ..Releases::default() };
    for (name, field) in merge(records.iter().map(|record| &record.releases), "release", problems) {
        let window = meaning(field, problems, |text| match is_no_date(text) {
            true => Ok(None),
            false => parse_date(text, &vocabulary.calendar).map(Some),
        });
        match window.given() {
            Some(window) => drop(releases.known.insert(name.value.to_string(), window.value)),
            None => releases.unreadable.push(fold(&name.value).into_owned()),
        }
    }
    releases
}

#[derive(Default)]
struct Releases {
    /// By their names; without a window what has no date yet.
    known: BTreeMap<String, Option<Window>>,
    unreadable: Vec<String>,
    incomplete: bool,
}

fn teams(records: &[&RoadmapRecord], roadmap: &mut Roadmap, problems: &mut Vec<Problem>) {
    let entries: Vec<(&Text, &Field<TeamRecord>)> =
        merge(records.iter().map(|record| &record.teams), "team", problems);
    for (name, field) in entries {
        let capacity = field.given().and_then(|team| {
            meaning(&team.capacity, problems, Capacity::parse).given().map(|capacity| capacity.value)
        });
        if let Some(capacity) = capacity {
            roadmap.teams.insert(name.value.to_string(), Team { name: name.clone(), capacity });
        }
    }
}

fn terms(records: &[&RoadmapRecord], roadmap: &mut Roadmap, problems: &mut Vec<Problem>) {
    let entries: Vec<(&Text, &Field<TermRecord>)> =
        merge(records.iter().map(|record| &record.terms), "term", problems);
    for (name, field) in entries {
        match field.given().and_then(|record| Term::read(name, record, problems)) {
            Some(term) => drop(roadmap.terms.insert(name.value.to_string(), term)),
            None => drop(roadmap.unreadable_terms.insert(fold(&name.value).into_owned())),
        }
    }
}

fn scales(records: &[&RoadmapRecord], problems: &mut Vec<Problem>) -> LevelScales {
    let incomplete = records.iter().any(|record| has_lost_entries(&record.scales));
    let mut scales = LevelScales { incomplete, ..LevelScales::default() };
    for (name, field) in merge(records.iter().map(|record| &record.scales), "scale", problems) {
        let key = fold(&name.value).into_owned();
        match field.given().and_then(|texts| LevelScale::read(name, texts, problems)) {
            Some(scale) => drop(scales.known.insert(key, Arc::new(scale))),
            None => drop(scales.unreadable.insert(key)),
        }
    }
    scales
}

/// Reads the features of one run; carries what their words are read with.
struct RoadmapReader<'a> {
    vocabulary: &'a Vocabulary,
    releases: &'a Releases,
    scales: &'a LevelScales,
    reviewed: Option<Date>,
    problems: &'a mut Vec<Problem>,
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
    history: Vec<(Window, Option<Window>)>,
}

impl RoadmapReader<'_> {
    fn feature(&mut self, id: &Text, record: &FeatureRecord) -> Feature {
        if record.own.status.is_absent() {
            self.problems.push(
                Problem::at(id.span, format!("the feature `{}` has no `status`", id.value), "how far is it?").help(
                    "add `status`: idea, planned, in-progress, beta, shipped, paused, deprecated, retired or rejected",
                ),
            );
        }
        let own = self.fields(&record.own);
        let mut sound = !record.own.status.is_absent();
        let mut offers = vec![offer(&own, &own, id.span, &mut sound)];
        let further: &[Option<OfferRecord>] = record.offers.given().map_or(&[], |Items(items, _)| items);
        sound &= !record.offers.is_broken();
        for further in further {
            let Some(further) = further else {
                sound = false;
                continue;
            };
            let fields = self.fields(further);
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
        Feature {
            id: id.clone(),
            name: record.name.given().cloned(),
            aliases: record.aliases.given().cloned().unwrap_or_default(),
            offers: offers.into_iter().flatten().collect(),
            replaced_by: record.replaced_by.given().cloned(),
            unreadable: !sound,
        }
    }

    fn fields(&mut self, record: &OfferRecord) -> Fields {
        let effort = meaning(&record.effort, self.problems, parse_effort);
        Fields {
            scope: record.scope.and_then(|table| scope_of(table, self.problems)),
            levels: record.levels.and_then(|levels| self.levels(levels)),
            depends_on: record.depends_on.clone(),
            team: record.team.clone(),
            evidence: record.evidence.clone(),
            effort,
            when: self.when(record),
        }
    }

    fn levels(&mut self, table: &Table<WrittenLevel>) -> Option<Vec<StatedLevel>> {
        let levels: Vec<Option<StatedLevel>> = table
            .entries
            .iter()
            .map(|(name, field)| {
                let written = field.given()?;
                let value = Attainment::read(name, written, self.scales, self.problems)?;
                let value = Spanned::new(value, written.span);
                Some(StatedLevel { name: name.value.to_string(), value })
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
                Some((on.given()?.value, target.given()?.value))
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
        let lost = |text: &Text| self.releases.unreadable.iter().any(|name| *name == *fold(&text.value));
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
    let mut levels = fields.levels.given().cloned().unwrap_or_default();
    for level in own.levels.given().into_iter().flatten() {
        if !levels.iter().any(|stated| scope::same(&stated.name, &level.name)) {
            levels.push(level.clone());
        }
    }
    Some(Offer {
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
        effort: fields.effort.given().copied(),
        committed: when.committed.given().is_some_and(|committed| committed.value),
        confirmed: when.confirmed.given().copied(),
        evidence: fields.evidence.or(&own.evidence).given().cloned().unwrap_or_default(),
        history: when.history.clone(),
    })
}

/// A scope, all of it or nothing: a scope that lost a dimension would say something else.
pub(super) fn scope_of(table: &ScopeTable, problems: &mut Vec<Problem>) -> Option<Spanned<Scope>> {
    if table.cut {
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

fn names(roadmap: &mut Roadmap) {
    let mut names: HashMap<String, Claim> = HashMap::with_capacity(roadmap.features.len() * 2);
    for (at, feature) in roadmap.features.iter().enumerate() {
        names.insert(fold(&feature.id.value).into_owned(), Claim::Id(at));
    }
    for (at, feature) in roadmap.features.iter().enumerate() {
        for name in feature.name.iter().chain(&feature.aliases) {
            names
                .entry(fold(&name.value).into_owned())
                .and_modify(|claim| match claim {
                    Claim::Name(other) if *other != at => *claim = Claim::Names(vec![*other, at]),
                    Claim::Names(others) if others.last() != Some(&at) => others.push(at),
                    Claim::Name(_) | Claim::Id(_) | Claim::Names(_) => {}
                })
                .or_insert(Claim::Name(at));
        }
    }
    roadmap.names = names;
}

fn dimensions(roadmap: &mut Roadmap) {
    let mut dimensions: Vec<KnownDimension> = Vec::new();
    let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut values = HashSet::new();
    let offers = || roadmap.features.iter().flat_map(|feature| &feature.offers);
    for dimension in offers().flat_map(|offer| offer.scope.dimensions()) {
        let at = *places.entry(fold(dimension.name())).or_insert_with(|| {
            let name = dimension.name();
            let is_everywhere = offers().all(|offer| offer.scope.get(name).is_some());
            dimensions.push(KnownDimension { name: name.to_owned(), values: Vec::new(), is_everywhere });
            dimensions.len() - 1
        });
        for value in dimension.values() {
            if values.insert((at, fold(value))) {
                dimensions[at].values.push(value.to_owned());
            }
        }
    }
    roadmap.dimensions = dimensions;
}

/// A feature with a dimension among its keys is limited in a way that could not be read.
fn lose_scopes(roadmap: &mut Roadmap, defined: &[(&Text, &Field<FeatureRecord>)]) {
    let records = defined.iter().filter_map(|(_, field)| field.given());
    let is_lost = |record: &FeatureRecord| {
        let offers = record.offers.given().map_or(&[][..], |Items(items, _)| items).iter().flatten();
        let strays = std::iter::once(&record.own).chain(offers).flat_map(|offer| &offer.strays);
        strays.map(|key| key.value.as_str()).any(|key| roadmap.may_be_dimension(key))
    };
    let lost: Vec<bool> = records.map(is_lost).collect();
    for (feature, lost) in roadmap.features.iter_mut().zip(lost) {
        feature.unreadable |= lost;
    }
}

/// Looks up what offers depend on. A name that several features claim is an error where it is used.
fn references(roadmap: &mut Roadmap, problems: &mut Vec<Problem>) {
    let mut told = HashSet::new();
    let mut find = |dependency: &Dependency| {
        let found = roadmap.find(&dependency.text.value);
        if found == Reference::Ambiguous && told.insert(dependency.text.span) {
            problems.push(ambiguous(roadmap, &dependency.text));
        }
        found
    };
    let offers = roadmap.features.iter().flat_map(|feature| &feature.offers);
    let found: Vec<Reference> = offers.flat_map(|offer| &offer.depends_on).map(&mut find).collect();
    let offers = roadmap.features.iter_mut().flat_map(|feature| &mut feature.offers);
    for (dependency, target) in offers.flat_map(|offer| &mut offer.depends_on).zip(found) {
        dependency.target = target;
    }
}

/// The problem of a name that several features claim; all of them are shown.
pub(crate) fn ambiguous(roadmap: &Roadmap, text: &Text) -> Problem {
    let features: Vec<&Feature> = roadmap.claimants(&text.value).collect();
    let title = format!("`{}` is the name of {}", text.value, numbered(features.len(), "features"));
    let labels = features.iter().map(|feature| {
        let claim = feature.names().find(|name| fold(&name.value) == fold(&text.value));
        (claim.unwrap_or(&feature.id).span, format!("claimed by `{}`", feature.id.value))
    });
    let ids = features.iter().map(|feature| &feature.id.value);
    let helps = ids.map(|id| {
        Help::from(format!("write the id `{id}`, if that is meant")).replacing(text.span, id.as_str())
    });
    Problem::at(text.span, title, "which one?")
        .labels(labels.take(SHOWN))
        .notes(left_out(features.len()))
        .helps(helps.take(SHOWN))
}

/// How many of those that clash are shown.
const SHOWN: usize = 8;

fn left_out(all: usize) -> Option<String> {
    all.checked_sub(SHOWN).filter(|left| *left > 0).map(|left| format!("{left} more are not shown"))
}

/// `two features`, `3 features`.
fn numbered(number: usize, what: &str) -> String {
    if number == 2 { format!("two {what}") } else { format!("{number} {what}") }
}
