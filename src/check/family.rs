//! Groups of contracts that share a roadmap, and what lints find that look at all contracts together.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::input::discover::FileSet;
use crate::input::files::content_hash;
use crate::lint::finding::Finding;
use crate::lint::portfolio::{CustomWork, FeaturePlaces, Party, Portfolio, UnshippedPromise};
use crate::lint::{Check, Level};
use crate::lints::LINTS;
use crate::model::assemble::Vocabulary;
use crate::source::FileId;
use crate::text::clean;
use crate::workspace::amend::Amendments;
use crate::workspace::group::Group;

use super::batch::{Batch, IdClaim};
use super::facts::SharedFacts;

/// A group of contracts that are checked, each for itself.
pub(super) struct CheckedFileSet<'w, T> {
    pub(super) files: &'w FileSet,
    pub(super) group: Arc<Group>,
    pub(super) batches: Vec<Batch<'w, T>>,
    pub(super) amendments: Amendments,
    pub(super) facts: SharedFacts,
    pub(super) comparison: Comparison,
}

/// What lints that look at all contracts together find of those of a group.
#[derive(Default)]
pub(crate) struct Comparison {
    /// The findings.
    pub(super) findings: Vec<Finding>,
    /// The contracts of the group that they may be about.
    pub(super) parties: Vec<Arc<Party>>,
}

impl<'w, T> CheckedFileSet<'w, T> {
    /// The ids of its contracts.
    pub(super) fn claims(&self) -> impl Iterator<Item = &IdClaim<'w>> {
        self.batches.iter().flat_map(|batch| &batch.parts).filter_map(|(_, claim)| claim.as_ref())
    }
}

impl Comparison {
    /// Of contracts with no others beside them.
    pub(crate) fn alone(group: &Group, facts: &SharedFacts) -> Self {
        let parties = Vec::from_iter(facts.parties().cloned());
        let findings = compared(group, &facts.promises, &facts.custom);
        Self { findings, parties }
    }
}

/// Runs the lints that look at all contracts of a group.
fn compared(group: &Group, promises: &[UnshippedPromise], custom: &[CustomWork]) -> Vec<Finding> {
    // Only what is promised and not there is asked for its history.
    if group.asks_for_history() {
        let builds = promises.iter().flat_map(|promise| &promise.builds);
        group.read_history(&builds.map(|(feature, _)| *feature).collect());
    }
    let context = group.context();
    let portfolio = Portfolio { promises, custom };
    context.active.portfolio.iter().flat_map(|check| check(&portfolio, &context)).collect()
}

/// Groups with one roadmap: what they promise is built by the same teams, whatever configuration a contract lies under. A
/// roadmap is what is in its files, whatever their names and their order.
struct RoadmapFamily {
    /// The groups, by their places.
    sets: Vec<usize>,
    /// Of each group, what is in the files of its roadmap.
    contents: Vec<Vec<(String, FileId)>>,
}

/// Families of groups, in the order in which their first ones were found. A group without a roadmap is for itself.
fn families(groups: &[&FileSet]) -> Vec<RoadmapFamily> {
    let mut hashes: HashMap<PathBuf, String> = HashMap::new();
    let mut hash = |group: &FileSet, path: &PathBuf| {
        let hashed = |real: &PathBuf| match group.files.read(real) {
            Ok(bytes) => content_hash(&bytes),
            // What cannot be read is the same as itself alone.
            Err(_) => real.display().to_string(),
        };
        hashes.entry(group.files.real(path)).or_insert_with_key(hashed).clone()
    };
    let mut families: Vec<RoadmapFamily> = Vec::new();
    let mut known: HashMap<BTreeSet<String>, usize> = HashMap::new();
    for (place, group) in groups.iter().enumerate() {
        let next = families.len();
        // One group, as in nearly every run, is compared with none: its roadmap need not be hashed.
        let is_alone = groups.len() == 1 || group.roadmap.is_empty();
        let files = group.roadmap.iter().filter(|_| !is_alone);
        let content: Vec<(String, FileId)> =
            files.map(|shared| (hash(group, &shared.path), shared.id)).collect();
        let hashes = content.iter().map(|(hash, _)| hash.clone()).collect();
        let at = if is_alone { next } else { *known.entry(hashes).or_insert(next) };
        if at == next {
            families.push(RoadmapFamily { sets: Vec::new(), contents: Vec::new() });
        }
        families[at].sets.push(place);
        families[at].contents.push(content);
    }
    families
}

/// All that the findings of lints rest on that look at all contracts of a roadmap, besides the contracts: groups that have
/// it in common are asked once.
#[derive(PartialEq)]
struct ComparisonBasis<'a> {
    vocabulary: &'a Vocabulary,
    settings: Vec<(bool, &'a [Decimal])>,
}

impl<'a> ComparisonBasis<'a> {
    fn of<T>(set: &'a CheckedFileSet<'_, T>) -> Self {
        let setting = |lint| {
            let setting = set.group.settings.of(lint);
            (setting.level > Level::Allow, setting.options.as_slice())
        };
        let lints = LINTS.iter().filter(|lint| matches!(lint.check, Check::Portfolio(_)));
        Self { vocabulary: set.group.vocabulary(), settings: lints.map(|lint| setting(lint)).collect() }
    }
}

/// Runs the lints that look at all contracts together, and tells each group what is found of its own; what is found of no
/// contract alone it tells the first group that it is about, and each further one with a higher level for it.
pub(super) fn compare<T>(sets: &mut [CheckedFileSet<'_, T>]) {
    let groups = Vec::from_iter(sets.iter().map(|set| set.files));
    for family in families(&groups) {
        if let [only] = *family.sets {
            sets[only].comparison = Comparison::alone(&sets[only].group, &sets[only].facts);
            continue;
        }
        let mut alike: Vec<(ComparisonBasis<'_>, Vec<usize>)> = Vec::new();
        for (at, &place) in family.sets.iter().enumerate() {
            let basis = ComparisonBasis::of(&sets[place]);
            match alike.iter_mut().find(|(known, _)| *known == basis) {
                Some((_, places)) => places.push(at),
                None => alike.push((basis, vec![at])),
            }
        }
        let mut told = HashMap::new();
        let compared: Vec<(usize, Comparison)> =
            alike.iter().flat_map(|(_, alike)| compare_alike(sets, &family, alike, &mut told)).collect();
        for (at, comparison) in compared {
            sets[at].comparison = comparison;
        }
    }
}

/// What was told of no contract alone, with the highest level at which it was.
type ToldLevels = HashMap<(&'static str, String), Level>;

/// What is found of some groups of a family, by their places in it, for which all but the contracts is the same.
fn compare_alike<T>(
    sets: &[CheckedFileSet<'_, T>],
    family: &RoadmapFamily,
    alike: &[usize],
    told: &mut ToldLevels,
) -> Vec<(usize, Comparison)> {
    let first = &sets[family.sets[alike[0]]].group;
    let (mut promises, mut custom) = (Vec::new(), Vec::new());
    for set in family.sets.iter().map(|at| &sets[*at]) {
        let places = FeaturePlaces::between(&set.group.roadmap, &first.roadmap);
        promises.extend(set.facts.promises.iter().filter_map(|promise| promise.moved(&places)));
        custom.extend(set.facts.custom.iter().filter_map(|work| work.moved(&places)));
    }
    let mut of_contract: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    let mut of_feature: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    let mut of_all = Vec::new();
    for finding in compared(first, &promises, &custom) {
        match (&finding.contract, &finding.feature) {
            (Some(contract), _) => of_contract.entry(contract.clone()).or_default().push(finding),
            (None, Some(feature)) => of_feature.entry(feature.clone()).or_default().push(finding),
            (None, None) => of_all.push(finding),
        }
    }
    let tell = |&at: &usize| {
        let CheckedFileSet { group, facts, .. } = &sets[family.sets[at]];
        let parties = Vec::from_iter(facts.parties().cloned());
        let mut findings = Vec::new();
        for party in &parties {
            findings.append(&mut of_contract.remove(&*clean(&party.id)).unwrap_or_default());
        }
        let builds = facts.promises.iter().flat_map(|promise| &promise.builds);
        let features: BTreeSet<usize> = builds.map(|(feature, _)| *feature).collect();
        let features = features.iter().filter_map(|at| group.roadmap.features.get(*at));
        let of_own = features.filter_map(|feature| of_feature.get(&*clean(&feature.id.value))).flatten();
        for finding in of_own.chain(of_all.iter().filter(|_| !parties.is_empty())) {
            let level = group.settings.level(finding.lint);
            let key = (finding.lint.name, finding.diagnostic.title.clone());
            // Once, and again only where a group denies what another one warns of: that decides on the exit status.
            if told.get(&key).is_none_or(|known| *known < level) {
                told.insert(key, level);
                findings.push(finding.clone());
            }
        }
        // The same words stand in its own files.
        let own: HashMap<&str, FileId> =
            family.contents[at].iter().map(|(hash, file)| (hash.as_str(), *file)).collect();
        let told = family.contents[alike[0]].iter();
        let own: HashMap<FileId, FileId> =
            told.filter_map(|(hash, file)| Some((*file, *own.get(hash.as_str())?))).collect();
        for label in findings.iter_mut().flat_map(|finding| &mut finding.diagnostic.labels) {
            label.span.file = own.get(&label.span.file).copied().unwrap_or(label.span.file);
        }
        (family.sets[at], Comparison { findings, parties })
    };
    alike.iter().map(tell).collect()
}
