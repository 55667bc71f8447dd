//! A contract with its amendments: what an amendment states replaces what the base states.

mod stated;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{ContractRecord, PeriodRecord, RequirementRecord};
use crate::source::{FileId, Span};
use crate::text::{NameIndex, fold};

use super::calendar::Calendar;
use super::contract::{Contract, PromisedItems, effective_day, has_lost_features, requirement_name};
use super::roadmap::Roadmap;
use super::term::AgreedTerm;
use super::window::Date;

pub(crate) use stated::{StatedKey, stated_keys};

/// What one of a deal's files states itself, and which of its words still count.
#[derive(Debug)]
pub(crate) struct FilePart {
    /// What it has for itself: its id, status, day of signature.
    pub(crate) record: ContractRecord,
    /// The requirements that hold and whose words stand in it: the others are read where theirs do.
    pub(crate) promised: PromisedItems,
    /// The id of the base.
    deal: Option<String>,
    /// Requirements that replace others: where they begin, and where the replaced ones do.
    replaced: HashMap<Span, Span>,
    /// Whether a later file takes requirements away, or replaces them, and nobody can read which.
    unsure: bool,
}

/// Files of a deal, laid over one another in the order in which they were signed: what each of them is judged by.
#[derive(Debug)]
pub(crate) struct LaidFiles {
    layers: Vec<Arc<ContractRecord>>,
    places: HashMap<FileId, usize>,
    /// What holds of all but the requirements.
    pub(crate) whole: ContractRecord,
    /// How many requirements there are or were; none where no file states any.
    promises: Option<usize>,
    /// Of each file, the requirements that hold: their places among all, and in the file.
    own: HashMap<FileId, Vec<(usize, usize)>>,
    /// Of each file, the places of requirements that replace others, with the places of those.
    replaced: HashMap<FileId, HashMap<Span, Span>>,
    /// The features that any of the files names.
    pub(crate) declared: Arc<[usize]>,
    /// Whether any of them could not be read.
    has_lost_features: bool,
    /// For each file whether it, or a later one, takes requirements away, or replaces them, and nobody can read which.
    unsure: Vec<bool>,
    /// What is taken away and is not there, by the files that say so.
    unknown: HashMap<FileId, Vec<Problem>>,
}

impl LaidFiles {
    /// Lays amendments over a base.
    pub(crate) fn of(layers: Vec<Arc<ContractRecord>>, roadmap: &Roadmap) -> Option<Self> {
        let (base, amendments) = layers.split_first()?;
        let mut promises = Promises::new(roadmap);
        let mut unknown = HashMap::new();
        promises.lay(base, HashMap::new());
        for amendment in amendments {
            let mut problems = Vec::new();
            let dropped = promises.drop(amendment, &mut problems);
            promises.lay(amendment, dropped);
            if !problems.is_empty() {
                unknown.insert(amendment.span.file, problems);
            }
        }
        let mut own: HashMap<FileId, Vec<(usize, usize)>> = HashMap::new();
        let held = promises.places.iter().enumerate().filter_map(|(at, place)| Some((at, (*place)?)));
        for (at, PromisePlace { item, anchor }) in held {
            own.entry(anchor.file).or_default().push((at, item));
        }
        let mut replaced: HashMap<FileId, HashMap<Span, Span>> = HashMap::new();
        for (new, old) in promises.replaced {
            replaced.entry(new.file).or_default().insert(new, old);
        }
        let named = layers.iter().flat_map(|layer| items(&layer.requirements)).flatten();
        let named = named.flat_map(|requirement| requirement.feature.given().into_iter().flatten());
        let declared = named.filter_map(|name| roadmap.find(&name.value).feature()).collect();
        let is_unsure =
            |layer: &Arc<ContractRecord>| layer.drop.is_broken() || has_lost_names(&layer.requirements);
        let mut unsure: Vec<bool> = layers.iter().map(is_unsure).collect();
        // What a later file takes away unread may be a requirement of any file before it.
        for at in (1..unsure.len()).rev() {
            unsure[at - 1] |= unsure[at];
        }
        let mut places = HashMap::new();
        for (at, layer) in layers.iter().enumerate() {
            places.entry(layer.span.file).or_insert(at);
        }
        let has_requirements = layers.iter().any(|layer| layer.requirements.given().is_some());
        Some(Self {
            whole: whole(&layers),
            promises: has_requirements.then_some(promises.places.len()),
            own,
            replaced,
            declared,
            has_lost_features: layers.iter().any(|layer| has_lost_features(&layer.requirements)),
            unsure,
            unknown,
            places,
            layers,
        })
    }

    /// The place of a file among them.
    pub(crate) fn place(&self, file: FileId) -> Option<usize> {
        self.places.get(&file).copied()
    }

    /// What one of the files states.
    pub(crate) fn record(&self, file: FileId) -> Option<&Arc<ContractRecord>> {
        self.place(file).map(|at| &self.layers[at])
    }

    /// What one of the files takes away that is not there.
    pub(crate) fn unknown(&self, file: FileId) -> &[Problem] {
        self.unknown.get(&file).map_or(&[], Vec::as_slice)
    }

    /// What one of the files has for itself.
    pub(crate) fn of_file(&self, file: FileId) -> Option<FilePart> {
        let base = self.layers.first()?;
        let at = self.place(file)?;
        let own = &self.layers[at];
        let record = ContractRecord {
            anchor: own.anchor,
            span: own.span,
            contract: own.contract.clone(),
            status: own.status.clone(),
            signing: own.signing.or(&base.signing).clone(),
            refs: own.refs.or(&base.refs).clone(),
            owner: own.owner.or(&base.owner).clone(),
            note: own.note.clone(),
            amends: own.amends.clone(),
            // Each file's own: none replaces what another one consists of.
            documents: own.documents.clone(),
            ..ContractRecord::default()
        };
        let items_of_own = items(&own.requirements);
        let held = self.own.get(&file).into_iter().flatten();
        let promised = PromisedItems {
            items: held.filter_map(|(at, item)| Some((*at, items_of_own.get(*item)?.clone()?))).collect(),
            empty: (self.promises == Some(0))
                .then(|| own.requirements.given().map_or(own.anchor, |Items(_, span)| *span)),
            has_lost_features: self.has_lost_features,
        };
        Some(FilePart {
            record,
            promised,
            deal: base.contract.given().map(|id| id.value.to_string()),
            replaced: self.replaced.get(&file).cloned().unwrap_or_default(),
            unsure: self.unsure.get(at + 1).copied().unwrap_or(false),
        })
    }
}

/// What holds of all but the requirements: keys replace keys, and in tables entries replace entries.
fn whole(layers: &[Arc<ContractRecord>]) -> ContractRecord {
    let last = |key: fn(&ContractRecord) -> &Field<Text>| last_of(layers, key).clone();
    let period = layers.iter().fold(Field::Absent, |base, layer| period(&base, &layer.period));
    let base = layers.first().map(|base| &**base);
    ContractRecord {
        customer: last(|layer| &layer.customer),
        seller: last(|layer| &layer.seller),
        value: last(|layer| &layer.value),
        fiscal_year: last_of(layers, |layer| &layer.fiscal_year).clone(),
        effective: last(|layer| &layer.effective),
        period,
        scope: table(layers.iter().map(|layer| &layer.scope)),
        strays: layers.iter().flat_map(|layer| layer.strays.iter().cloned()).collect(),
        milestones: table(layers.iter().map(|layer| &layer.milestones)),
        terms: table(layers.iter().map(|layer| &layer.terms)),
        fees: table(layers.iter().map(|layer| &layer.fees)),
        remedy_cap: last(|layer| &layer.remedy_cap),
        under: last(|layer| &layer.under),
        lost_because: base.map_or(Field::Absent, |base| base.lost_because.clone()),
        ..ContractRecord::default()
    }
}

/// The day on which the last of some files takes effect at the latest, if it says so and that can be known.
pub(crate) fn effective(layers: &[Arc<ContractRecord>], calendar: &Calendar) -> Option<Date> {
    let (own, base) = (layers.last()?, layers.first()?);
    own.effective.given()?;
    let day = effective_day(own, calendar).or_else(|| {
        // What it counts from may be said by what it amends.
        let signing = own.signing.or(&base.signing).clone();
        effective_day(&ContractRecord { signing, ..whole(layers) }, calendar)
    });
    day.map(|day| day.latest)
}

/// What the last of some files says that says anything of a key.
fn last_of<T>(layers: &[Arc<ContractRecord>], key: fn(&ContractRecord) -> &Field<T>) -> &Field<T> {
    let stated = layers.iter().rev().map(|layer| key(layer)).find(|field| !field.is_absent());
    stated.unwrap_or(&Field::Absent)
}

/// Where a requirement stands: its place in its file, and where it begins.
#[derive(Clone, Copy)]
struct PromisePlace {
    item: usize,
    anchor: Span,
}

/// The requirements of a deal by name, while its files are laid over one another.
struct Promises<'r> {
    roadmap: &'r Roadmap,
    /// What holds. What was dropped or could not be read leaves its place empty, so that the third requirement
    /// stays the third.
    places: Vec<Option<PromisePlace>>,
    /// Where each name is; a file that uses a name twice has been told so.
    by_name: Names,
    /// Where requirements begin that replace others, and where the replaced ones did.
    replaced: HashMap<Span, Span>,
    /// Whether some name could not be read, so that one that is not found may yet be there.
    has_lost_names: bool,
}

type Names = HashMap<CompactString, Vec<usize>>;

impl<'r> Promises<'r> {
    fn new(roadmap: &'r Roadmap) -> Self {
        let (by_name, replaced) = (Names::new(), HashMap::new());
        Self { roadmap, places: Vec::new(), by_name, replaced, has_lost_names: false }
    }

    /// Takes away what an amendment drops, and gives where it was.
    fn drop(&mut self, amendment: &ContractRecord, problems: &mut Vec<Problem>) -> Names {
        let mut dropped = Names::new();
        let mut unknown = Vec::new();
        for name in amendment.drop.given().into_iter().flatten() {
            match self.by_name.remove_entry(&name.value) {
                Some((name, places)) => drop(dropped.insert(name, places)),
                None => unknown.push(name),
            }
        }
        unknown.retain(|name| !self.has_lost_names && !dropped.contains_key(&name.value));
        if !unknown.is_empty() {
            problems.extend(self.unknown(&unknown));
        }
        dropped
    }

    fn unknown(&self, names: &[&Text]) -> impl Iterator<Item = Problem> {
        let mut known: Vec<&str> = self.by_name.keys().map(CompactString::as_str).collect();
        known.sort_unstable();
        let known = NameIndex::new(known);
        names.iter().map(move |name| {
            let title = format!("there is no requirement `{}` to drop", name.value);
            Problem::at(name.span, title, "no such requirement").help_near(
                known.nearest(&name.value),
                "name a requirement of the contract that this one amends",
            )
        })
    }

    /// Puts the requirements of a file in the places of those of the same name, which they replace, and after all
    /// others where they are new. What the file drops makes place at the end, so that it can be replaced, too.
    fn lay(&mut self, layer: &ContractRecord, mut dropped: Names) {
        let mut stated = Names::new();
        for (in_file, item) in items(&layer.requirements).iter().enumerate() {
            let at = self.places.len();
            let Some(requirement) = item else {
                self.places.push(None);
                continue;
            };
            let name = requirement_name(at, requirement, self.roadmap);
            let at = match self.by_name.remove(&name).or_else(|| dropped.remove(&name)) {
                Some(below) => self.replace(&below, requirement.anchor),
                None => {
                    self.places.push(None);
                    at
                }
            };
            self.places[at] = Some(PromisePlace { item: in_file, anchor: requirement.anchor });
            stated.entry(name).or_default().push(at);
        }
        for at in dropped.into_values().flatten() {
            self.places[at] = None;
        }
        self.by_name.extend(stated);
        self.has_lost_names |= has_lost_names(&layer.requirements);
    }

    /// Empties the places of a name, and gives the first of them.
    fn replace(&mut self, places: &[usize], new: Span) -> usize {
        let old = places.iter().filter_map(|&at| self.places[at].take()).next();
        self.replaced.extend(old.map(|old| (new, old.anchor)));
        places[0]
    }
}

fn items(field: &Field<Items<RequirementRecord>>) -> &[Option<RequirementRecord>] {
    field.given().map_or(&[], |Items(items, _)| items)
}

/// Whether requirements were meant whose names could not be read, so that they may be any.
fn has_lost_names(field: &Field<Items<RequirementRecord>>) -> bool {
    let is_lost = |item: &Option<RequirementRecord>| {
        item.as_ref()
            .is_none_or(|item| item.id.is_broken() || (item.id.is_absent() && item.feature.is_broken()))
    };
    field.is_broken() || items(field).iter().any(is_lost)
}

impl FilePart {
    /// Leaves the requirements and terms whose words stand in the contract's own file: those of its other files
    /// are judged there, save some of the terms.
    pub(crate) fn own_words(&self, contract: &mut Contract, is_judged_here: impl Fn(&AgreedTerm) -> bool) {
        let file = contract.file;
        contract.deal.clone_from(&self.deal);
        contract.terms.retain(|term| term.name.span.file == file || is_judged_here(term));
        for requirement in &mut contract.requirements {
            requirement.replaces = self.replaced.get(&requirement.place).copied();
            requirement.unreadable |= self.unsure;
        }
    }
}

/// Lays a contract over the master agreement that it is under, of which terms and scope hold.
pub(crate) fn lay_over_master(record: &mut ContractRecord, master: &ContractRecord) {
    record.scope = table([&master.scope, &record.scope].into_iter());
    record.strays.extend_from_slice(&master.strays);
    record.terms = table([&master.terms, &record.terms].into_iter());
}

fn period(base: &Field<PeriodRecord>, amendment: &Field<PeriodRecord>) -> Field<PeriodRecord> {
    match (base, amendment) {
        (Field::Given(base), Field::Given(amendment)) => Field::Given(PeriodRecord {
            start: amendment.start.or(&base.start).clone(),
            end: if amendment.term.is_absent() { amendment.end.or(&base.end) } else { &amendment.end }
                .clone(),
            term: if amendment.end.is_absent() { amendment.term.or(&base.term) } else { &amendment.term }
                .clone(),
            ..amendment.clone()
        }),
        _ => amendment.or(base).clone(),
    }
}

/// A table in which the entries of a file replace those of the same name of the files before.
fn table<'r, T: Clone + 'r>(layers: impl DoubleEndedIterator<Item = &'r Field<Table<T>>>) -> Field<Table<T>> {
    let mut stated: HashSet<Cow<'r, str>> = HashSet::new();
    let mut kept: Vec<Vec<&(Text, Field<T>)>> = Vec::new();
    let mut laid: Option<(Span, bool)> = None;
    for layer in layers.rev() {
        let table = match layer {
            Field::Absent => continue,
            Field::Broken if laid.is_none() => return Field::Broken,
            Field::Broken => break,
            Field::Given(table) => table,
        };
        let (span, cut) = laid.unwrap_or((table.span, false));
        laid = Some((span, cut || table.cut));
        let is_kept = |(name, _): &&(Text, Field<T>)| !cut && !stated.contains(&fold(&name.value));
        kept.push(table.entries.iter().filter(is_kept).collect());
        stated.extend(table.entries.iter().map(|(name, _)| fold(&name.value)));
    }
    let Some((span, cut)) = laid else { return Field::Absent };
    let entries = kept.into_iter().rev().flatten().cloned().collect();
    Field::Given(Table { entries, span, cut })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A table as a file may state it, or the lack of one.
    fn any_table() -> impl Strategy<Value = Field<Table<usize>>> {
        let names =
            prop::collection::vec((prop::sample::select(vec!["a", "A", "b", "c"]), 0usize..100), 0..4);
        let table = (names, 0u32..1000, any::<bool>()).prop_map(|(names, start, cut)| {
            let span = |at| Span { file: FileId(start), start: at, end: at + 1 };
            let entry = |(at, (name, value)): (u32, (&str, usize))| {
                (Text::new(name.into(), span(at)), Field::Given(value))
            };
            Field::Given(Table { entries: (0..).zip(names).map(entry).collect(), span: span(99), cut })
        });
        prop_oneof![1 => Just(Field::Absent), 1 => Just(Field::Broken), 6 => table]
    }

    /// One table over another.
    fn over(below: &Field<Table<usize>>, above: &Field<Table<usize>>) -> Field<Table<usize>> {
        let (Field::Given(below), Field::Given(above)) = (below, above) else {
            return above.or(below).clone();
        };
        let is_stated = |name: &Text| {
            above.cut || above.entries.iter().any(|(stated, _)| fold(&stated.value) == fold(&name.value))
        };
        let kept = below.entries.iter().filter(|(name, _)| !is_stated(name)).chain(&above.entries);
        Field::Given(Table {
            entries: kept.cloned().collect(),
            span: above.span,
            cut: below.cut || above.cut,
        })
    }

    proptest! {
        #[test]
        fn tables_that_are_laid_at_once_are_as_those_that_are_laid_one_by_one(
            tables in prop::collection::vec(any_table(), 0..6),
        ) {
            let one_by_one = tables.iter().fold(Field::Absent, |below, above| over(&below, above));
            prop_assert_eq!(format!("{:?}", table(tables.iter())), format!("{one_by_one:?}"));
        }
    }
}
