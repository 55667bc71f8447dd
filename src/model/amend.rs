//! A contract with its amendments: what an amendment states replaces what the base states.

use std::collections::{HashMap, HashSet};
use std::fmt;

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{ContractRecord, PeriodRecord, RequirementRecord};
use crate::source::{FileId, Span};
use crate::text::{NameIndex, fold};

use super::contract::{Contract, has_lost_features, requirement_name};
use super::roadmap::Roadmap;
use super::term::AgreedTerm;

/// A contract as one of its files sees it: all that holds, and which words of the file still count.
#[derive(Debug)]
pub(crate) struct ConsolidatedContract {
    /// What holds.
    pub record: ContractRecord,
    /// The id of the base.
    deal: Option<String>,
    /// Requirements that replace others: where they begin, and where the replaced ones do.
    replaced: HashMap<Span, Span>,
    /// Whether a later file takes requirements away, or replaces them, and nobody can read which.
    unsure: bool,
    /// The features that any of its files names.
    pub declared: Vec<usize>,
    /// Whether any of them could not be read.
    has_lost_features: bool,
}

/// Files of a deal, laid over one another in the order in which they were signed: what each of them is judged by.
pub(crate) struct LaidFiles<'r> {
    layers: Vec<&'r ContractRecord>,
    /// What holds of all but the requirements.
    whole: ContractRecord,
    has_requirements: bool,
    promises: Promises<'r>,
    declared: Vec<usize>,
    has_lost_features: bool,
    /// For each file whether it, or a later one, takes requirements away, or replaces them, and nobody can read which.
    unsure: Vec<bool>,
}

impl<'r> LaidFiles<'r> {
    /// Lays amendments over a base. An unknown `drop` is reported.
    pub(crate) fn of(
        layers: Vec<&'r ContractRecord>,
        roadmap: &'r Roadmap,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let (base, amendments) = layers.split_first()?;
        let mut whole = ContractRecord { requirements: Field::Absent, ..ContractRecord::clone(base) };
        let mut promises = Promises::new(roadmap);
        promises.lay(base, HashMap::new());
        for amendment in amendments {
            let dropped = promises.drop(amendment, problems);
            promises.lay(amendment, dropped);
            customer_and_terms(&mut whole, amendment);
        }
        whole.under = layers.iter().rev().fold(Field::Absent, |under, layer| under.or(&layer.under).clone());
        whole.drop = Field::Absent;
        let named = layers.iter().flat_map(|layer| items(&layer.requirements)).flatten();
        let named = named.flat_map(|requirement| requirement.feature.given().into_iter().flatten());
        let declared = named.filter_map(|name| roadmap.find(&name.value).feature()).collect();
        let is_unsure =
            |layer: &&ContractRecord| layer.drop.is_broken() || has_lost_names(&layer.requirements);
        let mut unsure: Vec<bool> = layers.iter().map(is_unsure).collect();
        for at in (1..unsure.len()).rev() {
            unsure[at - 1] |= unsure[at];
        }
        Some(Self {
            whole,
            has_requirements: layers.iter().any(|layer| layer.requirements.given().is_some()),
            promises,
            declared,
            has_lost_features: layers.iter().any(|layer| has_lost_features(&layer.requirements)),
            unsure,
            layers,
        })
    }

    /// What one of the files states.
    pub(crate) fn record(&self, file: FileId) -> Option<&'r ContractRecord> {
        self.layers.iter().copied().find(|layer| layer.span.file == file)
    }

    /// What one of the files is judged by: it has that file's id, status, day of signature and requirements.
    pub(crate) fn of_file(&self, file: FileId) -> Option<ConsolidatedContract> {
        let base = self.layers.first()?;
        let at = self.layers.iter().position(|layer| layer.span.file == file)?;
        let own = self.layers[at];
        let mut record = self.whole.clone();
        if self.has_requirements {
            let place = own.requirements.given().map_or(own.anchor, |Items(_, span)| *span);
            record.requirements = Field::Given(Items(self.promises.items(file), place));
        }
        record.anchor = own.anchor;
        record.span = own.span;
        record.contract = own.contract.clone();
        record.status = own.status.clone();
        record.signing = own.signing.or(&base.signing).clone();
        record.refs = own.refs.or(&base.refs).clone();
        record.owner = own.owner.or(&base.owner).clone();
        record.note = own.note.clone();
        record.amends = own.amends.clone();
        // Each file's own: none replaces what another one consists of.
        record.documents = own.documents.clone();
        let replaced = self.promises.replaced.iter().filter(|(new, _)| new.file == file);
        Some(ConsolidatedContract {
            record,
            deal: base.contract.given().map(|id| id.value.to_string()),
            replaced: replaced.map(|(new, old)| (*new, *old)).collect(),
            unsure: self.unsure.get(at + 1).copied().unwrap_or(false),
            declared: self.declared.clone(),
            has_lost_features: self.has_lost_features,
        })
    }
}

/// The requirements of a deal by name, while its files are laid over one another.
struct Promises<'r> {
    roadmap: &'r Roadmap,
    /// What holds. What was dropped or could not be read leaves its place empty, so that the third requirement
    /// stays the third.
    places: Vec<Option<&'r RequirementRecord>>,
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
    fn lay(&mut self, layer: &'r ContractRecord, mut dropped: Names) {
        let mut stated = Names::new();
        for item in items(&layer.requirements) {
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
            self.places[at] = Some(requirement);
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

    /// The requirements whose words stand in a file, at their places: the others are read there.
    fn items(&self, file: FileId) -> Vec<Option<RequirementRecord>> {
        let is_own = |requirement: &&RequirementRecord| requirement.anchor.file == file;
        self.places.iter().map(|place| place.filter(is_own).cloned()).collect()
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

impl ConsolidatedContract {
    /// Leaves the requirements and terms whose words stand in the contract's own file: those of its other files
    /// are judged there, save some of the terms.
    pub(crate) fn own_words(&self, contract: &mut Contract, is_judged_here: impl Fn(&AgreedTerm) -> bool) {
        let file = contract.file;
        contract.deal.clone_from(&self.deal);
        contract.declared_elsewhere.clone_from(&self.declared);
        contract.has_lost_features = self.has_lost_features;
        contract.requirements.retain(|requirement| requirement.place.file == file);
        contract.terms.retain(|term| term.name.span.file == file || is_judged_here(term));
        for requirement in &mut contract.requirements {
            requirement.replaces = self.replaced.get(&requirement.place).copied();
            requirement.unreadable |= self.unsure;
        }
    }
}

/// Lays a contract over the master agreement that it is under, of which terms and scope hold.
pub(crate) fn lay_over_master(record: &mut ContractRecord, master: &ContractRecord) {
    record.scope = table(&master.scope, &record.scope);
    record.strays.extend_from_slice(&master.strays);
    record.terms = table(&master.terms, &record.terms);
}

/// All but the requirements: keys replace keys, and in tables entries replace entries.
fn customer_and_terms(record: &mut ContractRecord, amendment: &ContractRecord) {
    record.customer = amendment.customer.or(&record.customer).clone();
    record.seller = amendment.seller.or(&record.seller).clone();
    record.value = amendment.value.or(&record.value).clone();
    record.fiscal_year = amendment.fiscal_year.or(&record.fiscal_year).clone();
    record.effective = amendment.effective.or(&record.effective).clone();
    record.period = period(&record.period, &amendment.period);
    record.scope = table(&record.scope, &amendment.scope);
    record.strays.extend_from_slice(&amendment.strays);
    record.milestones = table(&record.milestones, &amendment.milestones);
    record.terms = table(&record.terms, &amendment.terms);
    record.fees = table(&record.fees, &amendment.fees);
    record.remedy_cap = amendment.remedy_cap.or(&record.remedy_cap).clone();
}

/// Something that an amendment changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum StatedKey {
    /// A key, or an entry below one, folded.
    Key(&'static str, String),
    /// A requirement, by its name.
    Requirement(CompactString),
}

impl fmt::Display for StatedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key, entry) if entry.is_empty() => write!(f, "`{key}`"),
            Self::Key(key, entry) => write!(f, "`{entry}` of `{key}`"),
            Self::Requirement(name) => write!(f, "the requirement `{name}`"),
        }
    }
}

/// What an amendment states, with its places: of two that state the same, one replaces the other.
pub(crate) fn stated_keys(record: &ContractRecord, roadmap: &Roadmap) -> Vec<(StatedKey, Span)> {
    let mut all = Vec::new();
    let mut add = |key, entry: &str, span| all.push((StatedKey::Key(key, fold(entry).into_owned()), span));
    let texts = [
        ("customer", &record.customer),
        ("seller", &record.seller),
        ("effective", &record.effective),
        ("value", &record.value),
        ("remedy-cap", &record.remedy_cap),
        ("under", &record.under),
    ];
    for (key, text) in texts.into_iter().filter_map(|(key, field)| Some((key, field.given()?))) {
        add(key, "", text.span);
    }
    if let Some(year) = record.fiscal_year.given() {
        add("fiscal-year", "", year.anchor);
    }
    if let Some(PeriodRecord { start, end, term, .. }) = record.period.given() {
        // A term is another way to say where it ends.
        for (entry, field) in [("start", start), ("end", end), ("end", term)] {
            field.given().into_iter().for_each(|text| add("period", entry, text.span));
        }
    }
    let names =
        |names: &mut dyn Iterator<Item = &Text>, key, add: &mut dyn FnMut(&'static str, &str, Span)| {
            names.for_each(|name| add(key, &name.value, name.span));
        };
    names(&mut entries(&record.scope), "for", &mut add);
    names(&mut entries(&record.milestones), "milestones", &mut add);
    names(&mut entries(&record.terms), "terms", &mut add);
    names(&mut entries(&record.fees), "fees", &mut add);
    let dropped = record.drop.given().into_iter().flatten();
    all.extend(dropped.map(|name| (StatedKey::Requirement(name.value.clone()), name.span)));
    // What has no name replaces nothing.
    let named = items(&record.requirements).iter().flatten();
    let named = named.filter(|item| item.id.given().is_some() || item.feature.given().is_some());
    all.extend(named.map(|item| {
        (
            StatedKey::Requirement(requirement_name(0, item, roadmap)),
            item.id.given().map_or(item.anchor, |id| id.span),
        )
    }));
    all
}

fn entries<T>(table: &Field<Table<T>>) -> impl Iterator<Item = &Text> {
    table.given().into_iter().flat_map(|table| table.entries.iter().map(|(name, _)| name))
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

fn table<T: Clone>(base: &Field<Table<T>>, amendment: &Field<Table<T>>) -> Field<Table<T>> {
    let (Field::Given(base), Field::Given(amendment)) = (base, amendment) else {
        return amendment.or(base).clone();
    };
    let stated: HashSet<_> = amendment.entries.iter().map(|(name, _)| fold(&name.value)).collect();
    // What an error has cut off may be any of the base's entries.
    let is_stated = |name: &Text| amendment.cut || stated.contains(&fold(&name.value));
    let kept = base.entries.iter().filter(|(name, _)| !is_stated(name)).cloned();
    Field::Given(Table {
        entries: kept.chain(amendment.entries.iter().cloned()).collect(),
        span: amendment.span,
        cut: base.cut || amendment.cut,
    })
}
