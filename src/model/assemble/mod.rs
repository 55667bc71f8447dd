//! The records of all roadmap files to one [`Roadmap`].

mod clash;
mod offer;

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{FeatureRecord, RoadmapRecord, TeamRecord, TermRecord};
use crate::source::{FileId, Span};

use super::calendar::Calendar;
use super::capacity::Capacity;
use super::date::parse_date;
use super::level::{LevelScale, LevelScales};
use super::misread::meaning;
use super::roadmap::{Claim, Dependencies, Dependency, KnownDimension, Reference, Roadmap, Team, name_key};
use super::status::{ContractStatus, Statuses};
use super::target::is_no_date;
use super::term::Term;
use super::window::{Date, Window};

pub(crate) use clash::ambiguous;
use clash::merge;
use offer::RoadmapReader;
pub(super) use offer::scope_of;

/// What the words of a roadmap mean in this configuration.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Vocabulary {
    /// Fiscal years and holidays.
    pub calendar: Calendar,
    /// Further words for statuses.
    pub statuses: Statuses,
    /// Further words for how far a contract is.
    pub contract_statuses: Statuses<ContractStatus>,
}

/// A roadmap file as it was read; no record where there is nothing sound in it.
pub(crate) type RoadmapFile = (FileId, Option<RoadmapRecord>);

/// Merges roadmap files. What is wrong with them is added to `problems`; `incomplete` tells that a file could
/// not be read at all.
pub(crate) fn assemble(
    files: &[(FileId, Option<impl Borrow<RoadmapRecord>>)],
    vocabulary: &Vocabulary,
    incomplete: bool,
    problems: &mut Vec<Problem>,
) -> Roadmap {
    let records = || files.iter().map(|(_, record)| record.as_ref().map(Borrow::borrow));
    let is_cut = |record: &RoadmapRecord| has_lost_entries(&record.features);
    let mut roadmap = Roadmap {
        files: files.iter().map(|(file, _)| *file).collect(),
        incomplete: incomplete || records().any(|record| record.is_none_or(is_cut)),
        ..Roadmap::default()
    };
    let records: Vec<&RoadmapRecord> = records().flatten().collect();
    product(&records, vocabulary, &mut roadmap, problems);
    let releases = releases(&records, vocabulary, problems);
    teams(&records, &mut roadmap, problems);
    roadmap.scales = scales(&records, problems);
    terms(&records, &mut roadmap, problems);
    roadmap.terms_incomplete = records.iter().any(|record| has_lost_entries(&record.terms));

    let reviews = ReviewDays::of(&records, vocabulary);
    let defined = merge(records.iter().map(|record| &record.features), "feature", problems);
    for (id, field) in &defined {
        let Some(record) = field.given() else {
            roadmap.unreadable.insert(name_key(&id.value).into_owned());
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
    let mut offers = roadmap.features.iter().flat_map(|feature| &feature.offers);
    roadmap.states_confirmed = offers.any(|offer| offer.confirmed.is_some());
    roadmap.dependencies = Dependencies::new(&roadmap.features);
    roadmap
}

/// Whether entries may have been written and lost.
fn has_lost_entries<T>(table: &Field<Table<T>>) -> bool {
    table.is_broken() || table.given().is_some_and(|table| table.cut)
}

/// Names of features that are defined twice, so that they are not taken for unknown.
fn names_of_broken(records: &[&RoadmapRecord], defined: &[(&Text, &Field<FeatureRecord>)]) -> Vec<String> {
    let broken: HashSet<String> = defined
        .iter()
        .filter(|(_, field)| field.is_broken())
        .map(|(id, _)| name_key(&id.value).into_owned())
        .collect();
    let entries =
        records.iter().filter_map(|record| record.features.given()).flat_map(|table| &table.entries);
    entries
        .filter(|(id, _)| broken.contains(name_key(&id.value).as_ref()))
        .filter_map(|(_, field)| field.given())
        .flat_map(|feature| {
            feature.name.given().into_iter().chain(feature.aliases.given().into_iter().flatten())
        })
        .map(|text| name_key(&text.value).into_owned())
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
            None => releases.unreadable.push(name_key(&name.value).into_owned()),
        }
    }
    releases
}

/// The releases of a roadmap file with their days, as far as they can be read.
pub(crate) fn known_releases(
    record: &RoadmapRecord,
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Option<Window>> {
    releases(&[record], vocabulary, &mut Vec::new()).known
}

/// The day from which `now` and `next` count in a roadmap file.
pub(crate) fn reviewed_on(record: &RoadmapRecord, vocabulary: &Vocabulary) -> Option<Date> {
    ReviewDays::of(&[record], vocabulary).first
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
        match field.given().and_then(|record| Term::read(name, record, &roadmap.scales, problems)) {
            Some(term) => drop(roadmap.terms.insert(name.value.to_string(), term)),
            None => drop(roadmap.unreadable_terms.insert(name_key(&name.value).into_owned())),
        }
    }
}

fn scales(records: &[&RoadmapRecord], problems: &mut Vec<Problem>) -> LevelScales {
    let incomplete = records.iter().any(|record| has_lost_entries(&record.scales));
    let mut scales = LevelScales { incomplete, ..LevelScales::default() };
    for (name, field) in merge(records.iter().map(|record| &record.scales), "scale", problems) {
        let key = name_key(&name.value).into_owned();
        match field.given().and_then(|texts| LevelScale::read(name, texts, problems)) {
            Some(scale) => drop(scales.known.insert(key, Arc::new(scale))),
            None => drop(scales.unreadable.insert(key)),
        }
    }
    scales
}

fn names(roadmap: &mut Roadmap) {
    let mut names: HashMap<String, Claim> = HashMap::with_capacity(roadmap.features.len() * 2);
    for (at, feature) in roadmap.features.iter().enumerate() {
        // All ids before any name: an id wins over a name.
        names.insert(name_key(&feature.id.value).into_owned(), Claim::Id(at));
    }
    for (at, feature) in roadmap.features.iter().enumerate() {
        for name in feature.name.iter().chain(&feature.aliases) {
            names
                .entry(name_key(&name.value).into_owned())
                .and_modify(|claim| match claim {
                    Claim::Name(other) if *other != at => *claim = Claim::Names(vec![*other, at]),
                    // A feature that writes a name twice, in other case, claims it once.
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
        let at = *places.entry(name_key(dimension.name())).or_insert_with(|| {
            let name = dimension.name();
            let is_everywhere = offers().all(|offer| offer.scope.get(name).is_some());
            dimensions.push(KnownDimension { name: name.to_owned(), values: Vec::new(), is_everywhere });
            dimensions.len() - 1
        });
        for value in dimension.values() {
            if values.insert((at, name_key(value))) {
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
