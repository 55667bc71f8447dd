//! What names in a roadmap refer to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::input::decode::{COMMON_DIMENSIONS, Text};
use crate::model::scope::Dimension;
use crate::model::term::Term;
use crate::text::{self, NameIndex};

use super::{Claim, Dependencies, Feature, KnownDimension, Offer, Reference, Roadmap, Team, name_key};

/// Keys and places, by names without regard to case.
#[derive(Debug)]
pub(in crate::model) struct FoldedNames {
    terms: HashMap<String, String>,
    teams: HashMap<String, String>,
    dimensions: HashMap<String, usize>,
    /// Of levels; none where some may stand in what could not be read.
    levels: Option<LevelNames>,
}

/// The names of the levels that features state, and of scales.
#[derive(Debug)]
struct LevelNames {
    folded: HashSet<String>,
    index: NameIndex,
}

impl Roadmap {
    /// What a name of a feature refers to. Ids, names and aliases match without regard to case, and an id
    /// wins over a name.
    pub fn find(&self, name: &str) -> Reference {
        let key = name_key(name);
        match self.names.get(key.as_ref()) {
            Some(&(Claim::Id(at) | Claim::Name(at))) => Reference::Feature(at),
            Some(Claim::Names(_)) => Reference::Ambiguous,
            // It may stand in what could not be read: "unknown" would be a finding that is not true.
            None if self.incomplete || self.unreadable.contains(key.as_ref()) => Reference::Unreadable,
            None => Reference::Unknown,
        }
    }

    /// An offer with its feature, by their places.
    pub(crate) fn offer(&self, feature: usize, offer: usize) -> Option<(&Feature, &Offer)> {
        let feature = self.features.get(feature)?;
        Some((feature, feature.offers.get(offer)?))
    }

    /// What leads to a feature besides its id, without regard to case. One that is renamed keeps its old id as an alias.
    pub(crate) fn further_names(&self, at: usize) -> impl Iterator<Item = String> {
        let names = self.features.get(at).into_iter().flat_map(|feature| {
            let id = name_key(&feature.id.value);
            feature.names().map(|name| name_key(&name.value).into_owned()).filter(move |name| *name != *id)
        });
        names.filter(move |name| matches!(self.find(name), Reference::Feature(owner) if owner == at))
    }

    /// The features that claim a name which is no feature's alone, in the order of the files.
    pub fn claimants(&self, name: &str) -> impl Iterator<Item = &Feature> {
        let claimants = match self.names.get(name_key(name).as_ref()) {
            Some(Claim::Names(claimants)) => claimants.as_slice(),
            Some(Claim::Id(_) | Claim::Name(_)) | None => &[],
        };
        claimants.iter().filter_map(|&at| self.features.get(at))
    }

    /// The feature that is called most like this, by id, name or alias.
    pub fn nearest(&self, name: &str) -> Option<&Feature> {
        let index = self.spellings.get_or_init(|| {
            NameIndex::new(self.features.iter().flat_map(Feature::names).map(|name| name.value.as_str()))
        });
        match self.find(index.nearest(name)?) {
            Reference::Feature(at) => self.features.get(at),
            Reference::Unknown | Reference::Unreadable | Reference::Ambiguous => None,
        }
    }

    /// Features whose name, id or alias has words in common with a text, the most alike first.
    pub fn candidates(&self, text: &str) -> Vec<&Feature> {
        let index = self.words.get_or_init(|| index_of_words(&self.features));
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for word in words(text).collect::<BTreeSet<String>>() {
            // A word that very many have tells nothing.
            let with_word = index.get(&word).filter(|features| features.len() <= COMMON);
            for &at in with_word.into_iter().flatten() {
                *common.entry(at).or_default() += word.len();
            }
        }
        let mut scored: Vec<(usize, usize)> = common.into_iter().collect();
        scored.sort_by_key(|&(at, common)| (Reverse(common), at));
        scored.into_iter().map(|(at, _)| &self.features[at]).collect()
    }

    /// The standard for a commercial term, by its name, without regard to case.
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms.get(name).or_else(|| self.terms.get(self.folded().terms.get(name_key(name).as_ref())?))
    }

    /// Whether there is no standard for a commercial term, not even one that could not be read.
    pub fn lacks_term(&self, name: &str) -> bool {
        let is_lost = self.incomplete || self.terms_incomplete;
        let is_unreadable = is_lost || self.unreadable_terms.contains(name_key(name).as_ref());
        !is_unreadable && self.term(name).is_none()
    }

    /// Whether all of it could be read, so that what is not found is not there.
    pub fn is_whole(&self) -> bool {
        !self.incomplete
            && self.unreadable.is_empty()
            && self.features.iter().all(|feature| !feature.unreadable)
    }

    /// The team of a name, without regard to case.
    pub fn team(&self, name: &str) -> Option<&Team> {
        self.teams.get(name).or_else(|| self.teams.get(self.folded().teams.get(name_key(name).as_ref())?))
    }

    /// The dimension of this name, if some feature is limited by it.
    pub fn dimension(&self, name: &str) -> Option<&KnownDimension> {
        self.dimensions.get(self.dimension_place(name)?)
    }

    fn dimension_place(&self, name: &str) -> Option<usize> {
        self.folded().dimensions.get(name_key(name).as_ref()).copied()
    }

    /// The dimensions in which some offers are limited, as the roadmap has them in order.
    pub(crate) fn limiting<'o>(&self, offers: impl Iterator<Item = &'o Offer>) -> Vec<&KnownDimension> {
        let names = offers.flat_map(|offer| offer.scope.dimensions()).map(Dimension::name);
        let places: BTreeSet<usize> = names.filter_map(|name| self.dimension_place(name)).collect();
        places.into_iter().filter_map(|place| self.dimensions.get(place)).collect()
    }

    fn folded(&self) -> &FoldedNames {
        self.folded.get_or_init(|| {
            let keys = |names: &mut dyn Iterator<Item = (&String, &Text)>| {
                let mut keys = HashMap::new();
                for (key, name) in names {
                    keys.entry(name_key(&name.value).into_owned()).or_insert_with(|| key.clone());
                }
                keys
            };
            let dimensions = self.dimensions.iter().enumerate();
            FoldedNames {
                terms: keys(&mut self.terms.iter().map(|(key, term)| (key, &term.name))),
                teams: keys(&mut self.teams.iter().map(|(key, team)| (key, &team.name))),
                dimensions: dimensions.map(|(at, known)| (name_key(&known.name).into_owned(), at)).collect(),
                levels: self.is_whole().then(|| {
                    let offers = self.features.iter().flat_map(|feature| &feature.offers);
                    let stated = offers.flat_map(|offer| &offer.levels).map(|level| level.name.as_str());
                    let names = stated.chain(self.scales.known.keys().map(String::as_str));
                    let mut folded = HashSet::new();
                    let names: Vec<&str> =
                        names.filter(|name| folded.insert(name_key(name).into_owned())).collect();
                    LevelNames { folded, index: NameIndex::new(names) }
                }),
            }
        })
    }

    /// The level that is called most like this, where none is called so.
    pub(crate) fn near_level(&self, name: &str) -> Option<&str> {
        let levels = self.folded().levels.as_ref()?;
        if levels.folded.contains(name_key(name).as_ref()) { None } else { levels.index.nearest(name.trim()) }
    }

    /// The names of all dimensions by which some feature is limited.
    pub fn dimension_names(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().map(|dimension| dimension.name.as_str())
    }

    /// Whether an unknown key can have been meant as a dimension: it is like one that some feature is limited by, or that
    /// most products have.
    pub fn may_be_dimension(&self, key: &str) -> bool {
        text::nearest(key, self.dimension_names().chain(COMMON_DIMENSIONS)).is_some()
    }

    /// Which feature depends on which.
    pub fn dependencies(&self) -> &Dependencies {
        &self.dependencies
    }
}

/// In the names of more features than this, a word is common.
const COMMON: usize = 200;

/// The features that have a word in their id, their name or an alias, each once.
fn index_of_words(features: &[Feature]) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, feature) in features.iter().enumerate() {
        for word in feature.names().flat_map(|name| words(&name.value)).collect::<BTreeSet<String>>() {
            index.entry(word).or_default().push(at);
        }
    }
    index
}

/// The words of a text that tell something, in lower case and singular.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    const EMPTY: [&str; 24] = [
        "shall", "will", "must", "vendor", "customer", "provide", "provides", "support", "supports", "the",
        "and", "for", "with", "all", "any", "from", "that", "this", "each", "are", "its", "not", "able",
        "via",
    ];
    text.split(|character: char| !character.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| word.len() > 2 && !EMPTY.contains(&word.as_str()))
        .map(|word| match word.strip_suffix('s') {
            // `access` is no plural.
            Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem.to_owned(),
            _ => word,
        })
}
