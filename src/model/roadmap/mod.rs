//! What the product does, will do and no longer does.

mod covering;
mod dependencies;
mod lookup;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use rust_decimal::Decimal;

use crate::input::decode::Text;
use crate::source::{FileId, Span, Spanned};
use crate::text::{self, NameIndex};

use super::annotations::Annotations;
use super::level::{Attainment, LevelScales};
use super::scope::Scope;
use super::status::Status;
use super::term::Term;
use super::window::Window;

use covering::OfferIndex;
pub(crate) use dependencies::Dependencies;
use lookup::FoldedNames;

/// All features and standard terms, of all roadmap files together.
#[derive(Debug, Default)]
pub struct Roadmap {
    /// The product's name.
    pub product: Option<Text>,
    /// The last day product and sales went through the roadmap together.
    pub reviewed: Option<Spanned<Window>>,
    /// The features, in the order of the files.
    pub features: Vec<Feature>,
    /// The ids of features of which nothing could be read, in the order of the files.
    pub lost: Vec<Text>,
    /// The standard terms, by name.
    pub terms: BTreeMap<String, Term>,
    /// The orders of levels that are words, by the names of the levels.
    pub scales: LevelScales,
    /// What teams can build, by name.
    pub teams: BTreeMap<String, Team>,
    /// The roadmap's files; findings about the roadmap as a whole stand in the first.
    pub files: Vec<FileId>,
    /// Whether it states of any target when the team last confirmed it.
    pub states_confirmed: bool,
    /// Whether a part of the roadmap could not be read, so that what is not found may yet be there.
    pub incomplete: bool,
    pub(super) names: HashMap<String, Claim>,
    pub(super) unreadable: HashSet<String>,
    pub(super) unreadable_terms: HashSet<String>,
    pub(super) terms_incomplete: bool,
    pub(super) dimensions: Vec<KnownDimension>,
    pub(super) dependencies: Dependencies,
    /// Which features have a word in their names; few runs ask.
    pub(super) words: OnceLock<HashMap<String, Vec<usize>>>,
    /// What features are called, for names that are like these; few runs ask.
    pub(super) spellings: OnceLock<NameIndex>,
    /// What else has a name, without regard to case.
    pub(super) folded: OnceLock<FoldedNames>,
}

/// One capability.
#[derive(Debug)]
pub struct Feature {
    /// The id, at its place.
    pub id: Text,
    /// The name that people know it by.
    pub name: Option<Text>,
    /// Other names.
    pub aliases: Vec<Text>,
    /// The feature for each scope and level; the first is the feature's own.
    pub offers: Vec<Offer>,
    /// The id of the feature that takes its place.
    pub replaced_by: Option<Text>,
    /// Where more can be looked up, and whose it is.
    pub annotations: Option<Box<Annotations>>,
    /// Whether what a verdict rests on could not be read.
    pub unreadable: bool,
    /// Whether anything of it could not be read, also what no verdict rests on.
    pub is_partial: bool,
    /// The offers by their scopes; few runs ask.
    pub(super) index: OnceLock<Option<Box<OfferIndex>>>,
}

impl Feature {
    /// What the feature is called in messages: its name, or its id where it has none.
    pub fn title(&self) -> &str {
        &self.name.as_ref().unwrap_or(&self.id).value
    }

    /// All that it is called: its id, its name and its aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Text> {
        std::iter::once(&self.id).chain(&self.name).chain(&self.aliases)
    }
}

/// A feature as it is available for one scope and level.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its place in [`Feature::offers`].
    pub at: usize,
    /// Where the offer stands: the feature's id, or the first key of the further offer.
    pub place: Span,
    /// What it is available for, with the place that says so.
    pub scope: Scope,
    /// Where the scope is written.
    pub scope_span: Option<Span>,
    /// What the roadmap says of it.
    pub status: Spanned<Status>,
    /// The day it shipped.
    pub shipped: Option<Spanned<Window>>,
    /// What was written as its target, also where that is none (`TBD`).
    pub target_text: Option<Text>,
    /// When it is planned to ship.
    pub target: Option<Spanned<Window>>,
    /// When its beta is planned to begin; the day it began where the status is beta.
    pub beta: Option<Spanned<Window>>,
    /// The last day it works.
    pub sunset: Option<Spanned<Window>>,
    /// The levels it states.
    pub levels: StatedLevels,
    /// The features that it cannot ship before.
    pub depends_on: Vec<Dependency>,
    /// The team that builds it.
    pub team: Option<Text>,
    /// The work still to do, in days.
    pub effort: Option<Spanned<Decimal>>,
    /// The work for each customer, in days.
    pub custom_effort: Option<Spanned<Decimal>>,
    /// Whether the team has committed to the target.
    pub committed: bool,
    /// The last day on which the team said that the target holds.
    pub confirmed: Option<Spanned<Window>>,
    /// References, benchmarks, case studies.
    pub evidence: Vec<Text>,
    /// What the target was before, in the order of the file.
    pub history: Vec<FormerTarget>,
    /// Where more can be looked up, and whose it is, of a further offer: the first is the feature's own.
    pub annotations: Option<Box<Annotations>>,
}

/// What a target was.
#[derive(Debug, Clone)]
pub struct FormerTarget {
    /// The day from which on it was so.
    pub on: Window,
    /// When it was planned to ship; none where there was no date.
    pub target: Option<Window>,
    /// What was written for it.
    pub text: Text,
}

impl Offer {
    /// The words that say when, for a label: the target, else the status.
    pub fn when_span(&self) -> Span {
        self.target_text.as_ref().map_or(self.status.span, |text| text.span)
    }

    /// Since when it is there, or its beta.
    pub fn since(&self, by_beta: bool) -> Option<Spanned<Window>> {
        if by_beta { self.beta } else { self.shipped }
    }

    /// When it is planned, or its beta.
    pub fn planned(&self, by_beta: bool) -> Option<Spanned<Window>> {
        if by_beta { self.beta } else { self.target }
    }

    /// Whether it can be had today.
    pub fn is_available(&self, accepts_beta: bool) -> bool {
        self.status.is_released() || (accepts_beta && self.status.value == Status::Beta)
    }
}

/// The levels that an offer states, each once, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct StatedLevels {
    levels: Vec<StatedLevel>,
    /// Their places, by their names without regard to case and surrounding blanks.
    places: HashMap<Box<str>, usize>,
}

impl StatedLevels {
    /// The level of a name.
    pub fn get(&self, name: &str) -> Option<&StatedLevel> {
        self.levels.get(*self.places.get(&*name_key(name))?)
    }

    /// Adds a level, unless one of its name is there.
    pub(super) fn add(&mut self, level: StatedLevel) {
        if let Entry::Vacant(free) = self.places.entry(name_key(&level.name).into()) {
            free.insert(self.levels.len());
            self.levels.push(level);
        }
    }
}

impl<'l> IntoIterator for &'l StatedLevels {
    type Item = &'l StatedLevel;
    type IntoIter = std::slice::Iter<'l, StatedLevel>;

    fn into_iter(self) -> Self::IntoIter {
        self.levels.iter()
    }
}

/// A level that an offer states.
#[derive(Debug, Clone)]
pub struct StatedLevel {
    /// The level's name, such as `retention`.
    pub name: String,
    /// What is reached.
    pub value: Spanned<Attainment>,
}

/// A feature that an offer depends on.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// What was written.
    pub text: Text,
    /// What it refers to.
    pub target: Reference,
}

/// What a name of a feature refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// This feature, by its place in [`Roadmap::features`].
    Feature(usize),
    /// No feature.
    Unknown,
    /// An unreadable entry, a name with two claimants, or something that may stand in an unreadable part. Reported.
    Unreadable,
    /// Several features claim this name: see [`Roadmap::claimants`].
    Ambiguous,
}

impl Reference {
    /// The feature, by its place, if it refers to one.
    pub fn feature(self) -> Option<usize> {
        match self {
            Self::Feature(at) => Some(at),
            Self::Unknown | Self::Unreadable | Self::Ambiguous => None,
        }
    }
}

/// A team.
#[derive(Debug)]
pub struct Team {
    /// The name, at its place.
    pub name: Text,
    /// What it can build.
    pub capacity: super::capacity::Capacity,
}

/// Who claims a name.
#[derive(Debug, Clone)]
pub(super) enum Claim {
    Id(usize),
    Name(usize),
    Names(Vec<usize>),
}

/// A dimension of scopes, with every value that some feature names.
#[derive(Debug)]
pub struct KnownDimension {
    /// The dimension as first written.
    pub name: String,
    /// Its values as first written, in the order of the files.
    pub values: Vec<String>,
    /// Whether every offer is limited in it.
    pub is_everywhere: bool,
}

/// How names are compared: without regard to case and surrounding blanks.
pub(super) fn name_key(name: &str) -> Cow<'_, str> {
    text::fold(name.trim())
}
