//! One thing that a lint found: plain data, which only `output` knows how to draw.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, impl_words, shown};
use crate::model::annotations::Annotations;
use crate::model::contract::Contract;
use crate::model::roadmap::Feature;
use crate::model::scope::Cell;
use crate::model::term::{TermExcess, TermReach};
use crate::model::waiver::{Subject, Waiver};
use crate::source::Span;
use crate::text::{and_list, clean, clean_truncated, fold, hex};

use super::extent::{FindingExtent, is_no_more};
use super::settings::Origin;
use super::{Level, Lint};

/// How many refs a note lists before it counts the others.
const SHOWN_REFS: usize = 8;

/// The most characters of what refs are of.
const LONGEST_NAME: usize = 80;

/// What refs of a contract are of.
pub(crate) const CONTRACT: &str = "the contract";

/// What refs of a feature are of: `"Audit log"`.
pub(super) fn feature_in_quotes(feature: &Feature) -> String {
    format!("\"{}\"", feature.title())
}

/// One thing that a lint found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The lint.
    pub lint: &'static Lint,
    /// How it counts; set by the check, not by the lint.
    pub level: Level,
    /// Who set the level; set by the check.
    pub origin: Origin,
    /// The contract it is about, if it is about one.
    pub contract: Option<String>,
    /// What in the contract it is about.
    pub subject: Subject,
    /// The feature it is about, as the roadmap calls it, or as it was written where there is none.
    pub feature: Option<String>,
    /// What else it is about: the level, the dependency. A part of the fingerprint.
    pub about: String,
    /// The cell that `about` begins with, where it does.
    pub(crate) about_cell: Option<Cell>,
    /// The cells that it holds for, where it is about a promise. No part of the fingerprint.
    pub cells: Vec<Cell>,
    /// What it names of which another one makes it new: levels in cells, the value of a term, the words of a requirement. No
    /// part of the fingerprint.
    pub named: Vec<String>,
    /// What words it is about, as a hash of them, where a waiver is for these.
    pub words: Option<String>,
    /// A hash of each sentence of a document that it is about. A part of the fingerprint.
    pub sentences: BTreeSet<String>,
    /// How far it goes, where that can grow: what a waiver accepts.
    pub extent: Option<FindingExtent>,
    /// The distance of its term from the standard, where bands say who decides.
    pub reach: Option<TermReach>,
    /// How far a term goes, which may grow by fees alone: then it is new.
    pub(crate) excess: Option<Box<TermExcess>>,
    /// Refs to look things up by, each with the name of what it is about.
    pub refs: Vec<(String, Vec<String>)>,
    /// How it is told in one line, where nothing else is to be said: then it may stand in a list with others of its kind.
    pub item: Option<ListItem>,
    /// The waiver that covers it: then it does not make the run fail.
    pub waived: Option<Box<Waiver>>,
    /// What is said.
    pub diagnostic: Diagnostic,
}

/// A finding as an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// What heads the list, after the number of its items.
    pub heading: &'static str,
    /// The item.
    pub words: String,
}

/// What a finding counts as, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FindingStatus {
    /// It makes the run fail.
    Denied,
    /// It is told, and that is all.
    Warned,
    /// A waiver covers it, whatever its level is.
    Waived,
}

impl Finding {
    /// A finding about no contract, at no place yet: the first label that is added is the primary one.
    fn new(lint: &'static Lint, title: impl AsRef<str>) -> Self {
        Self {
            lint,
            level: lint.level,
            origin: Origin::Default,
            contract: None,
            subject: Subject::Contract,
            feature: None,
            about: String::new(),
            about_cell: None,
            cells: Vec::new(),
            named: Vec::new(),
            words: None,
            sentences: BTreeSet::new(),
            extent: None,
            reach: None,
            excess: None,
            refs: Vec::new(),
            item: None,
            waived: None,
            diagnostic: Diagnostic::new(title),
        }
    }

    /// Adds the label that is the primary one now.
    pub(crate) fn first_label(self, span: Span, text: impl AsRef<str>) -> Self {
        let mut finding = self.label(span, text);
        finding.diagnostic.labels.rotate_right(1);
        finding
    }

    /// A finding about files that are no contract's: the roadmap as a whole, a waiver that is about nothing, a file that
    /// nobody checks.
    pub fn of_files(lint: &'static Lint, title: impl AsRef<str>) -> Self {
        Self::new(lint, title)
    }

    /// A finding about a feature of the roadmap.
    pub fn of_feature(feature: &Feature, lint: &'static Lint, title: impl AsRef<str>) -> Self {
        let finding = Self::new(lint, title).feature(&feature.id.value);
        finding.refs(&feature_in_quotes(feature), feature.annotations.as_deref())
    }

    /// A finding about a contract as a whole.
    pub(crate) fn of_contract(contract: &Contract, lint: &'static Lint, title: impl AsRef<str>) -> Self {
        let finding = Self::of_contracts(contract.id.as_ref().map(|id| id.value.as_str()), lint, title);
        finding.refs(CONTRACT, contract.annotations.as_deref())
    }

    /// A finding about contracts together; where it rests with one of them, about that, by its id.
    pub fn of_contracts(only: Option<&str>, lint: &'static Lint, title: impl AsRef<str>) -> Self {
        Self { contract: only.map(|id| clean(id).into_owned()), ..Self::new(lint, title) }
    }

    /// What it counts as.
    pub(crate) fn status(&self) -> FindingStatus {
        match self.waived {
            Some(_) => FindingStatus::Waived,
            None if self.level.is_denied() => FindingStatus::Denied,
            None => FindingStatus::Warned,
        }
    }

    /// Whether it makes the run fail.
    pub fn is_denied(&self) -> bool {
        self.status() == FindingStatus::Denied
    }

    /// Names the feature that it is about.
    #[must_use]
    pub(super) fn feature(mut self, id: &str) -> Self {
        self.feature = Some(clean(id).into_owned());
        self
    }

    /// Says where more can be looked up about something that it is about.
    #[must_use]
    pub fn refs(mut self, of: &str, annotations: Option<&Annotations>) -> Self {
        let refs = Annotations::shown_refs(annotations);
        if !refs.is_empty() {
            self.refs.push((clean_truncated(of, LONGEST_NAME).into_owned(), refs));
        }
        self
    }

    /// Adds a note with all refs, where there are any: `see CRM-61 (the contract), PROD-881 and PROD-882 ("Audit log")`.
    pub fn note_refs(&mut self) {
        let mut left = SHOWN_REFS;
        let mut parts = Vec::new();
        for (of, refs) in &self.refs {
            let shown: Vec<&String> = refs.iter().take(left).collect();
            if !shown.is_empty() {
                left -= shown.len();
                parts.push(format!("{} ({of})", and_list(&shown)));
            }
        }
        let all: usize = self.refs.iter().map(|(_, refs)| refs.len()).sum();
        if all > SHOWN_REFS {
            parts.push(format!("{} more", all - SHOWN_REFS));
        }
        if !parts.is_empty() {
            self.diagnostic.notes.push(shown(&format!("see {}", parts.join(", "))));
        }
    }

    /// Says how far it goes.
    #[must_use]
    pub fn extent(mut self, extent: FindingExtent) -> Self {
        self.extent = Some(extent);
        self
    }

    /// Says how it is told in a list, where it may be.
    #[must_use]
    pub(crate) fn item(mut self, item: Option<ListItem>) -> Self {
        self.item = item;
        self
    }

    /// Says what else it is about.
    #[must_use]
    pub fn about(mut self, what: impl Into<String>) -> Self {
        self.about = what.into();
        self
    }

    /// Says for which cell it is, and what else it is about.
    #[must_use]
    pub(crate) fn about_cell(self, cell: &Cell, what: &str) -> Self {
        let about = self.about(cell.with_names() + what);
        Self { about_cell: Some(cell.clone()), ..about }
    }

    /// What else it is about, besides the cell.
    pub(crate) fn about_in_cell(&self) -> &str {
        let cell = self.about_cell.as_ref().map(Cell::with_names).unwrap_or_default();
        self.about.strip_prefix(&cell).unwrap_or(&self.about)
    }

    /// Says which sentences of a document it is about.
    #[must_use]
    pub(crate) fn sentences(mut self, sentences: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.sentences = sentences.into_iter().map(|said| fingerprint(&[clean(said.as_ref())])).collect();
        self
    }

    /// Says which words it is about: a waiver is for these alone.
    #[must_use]
    pub(crate) fn of_words(mut self, words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let words: Vec<String> = words.into_iter().map(|words| clean(words.as_ref()).into_owned()).collect();
        self.words = Some(fingerprint(&words));
        self
    }

    /// Says what it names of which another one makes it new. Case, blanks and punctuation make no difference.
    #[must_use]
    pub(crate) fn naming(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let words = |name: &str| -> String {
            let name = fold(name).replace(|letter: char| !letter.is_alphanumeric(), " ");
            name.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.named.extend(names.into_iter().map(|name| words(name.as_ref())));
        self
    }

    /// The keys that `--since` compares: the fingerprint with each cell, each sentence and each name. One more of
    /// them makes the finding new.
    pub fn keys(&self) -> Vec<String> {
        let names = self.name_keys().into_iter().map(|(_, key)| key);
        let names: BTreeSet<String> = names.chain(self.named_keys()).collect();
        self.place_keys().into_iter().chain(names).collect()
    }

    /// The keys of all that is known where it was found: of what it names also what would be milder.
    pub(crate) fn keys_of_known(&self) -> Vec<String> {
        let names = self.extent.iter().flat_map(FindingExtent::keys_of_known);
        let fingerprint = self.stem();
        let names = names.map(|name| format!("{fingerprint} of {name}"));
        let names: BTreeSet<String> = names.chain(self.named_keys()).collect();
        self.place_keys().into_iter().chain(names).collect()
    }

    fn named_keys(&self) -> impl Iterator<Item = String> {
        let fingerprint = self.stem();
        self.named.iter().map(move |name| format!("{fingerprint} names {name}"))
    }

    /// What it names, with the key of each.
    pub(crate) fn name_keys(&self) -> Vec<(String, String)> {
        let names = self.extent.iter().flat_map(FindingExtent::keys);
        let fingerprint = self.stem();
        names.map(|(name, key)| (clean(&name).into_owned(), format!("{fingerprint} of {key}"))).collect()
    }

    /// Whether it names something that another one of the same does not.
    pub(crate) fn names_more_than(&self, other: &Self) -> bool {
        let known: Vec<String> = other.extent.iter().flat_map(FindingExtent::keys_of_known).collect();
        let mut keys = self.extent.iter().flat_map(FindingExtent::keys);
        keys.any(|(_, key)| !known.iter().any(|known| *known == key || is_no_more(&key, known)))
    }

    /// What the keys of a finding begin with: its fingerprint, but for the sentences that it is about.
    fn stem(&self) -> String {
        if self.sentences.is_empty() { self.fingerprint() } else { fingerprint(&self.parts()) }
    }

    /// Its fingerprint with each cell or each sentence.
    pub(crate) fn place_keys(&self) -> Vec<String> {
        let fingerprint = self.stem();
        if !self.sentences.is_empty() {
            return self.sentences.iter().map(|said| format!("{fingerprint} {said}")).collect();
        }
        match self.cells.as_slice() {
            [] => vec![fingerprint],
            cells => cells.iter().map(|cell| format!("{fingerprint} {}", cell.with_names())).collect(),
        }
    }

    /// What stays the same when lines move and words are polished: the contract, the requirement, the lint, and
    /// what it is about. GitLab and code scanning tell known results by it: what goes into it stays as it is.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.parts().into_iter().chain(self.sentences.iter().cloned()).collect::<Vec<_>>())
    }

    /// What goes into the fingerprint, without sentences.
    fn parts(&self) -> [String; 5] {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        [
            self.lint.name.to_owned(),
            part(&self.contract),
            match &self.subject {
                Subject::Contract => String::new(),
                Subject::Requirement(name) => name.clone(),
                Subject::Term(name) => format!("term {name}"),
            },
            part(&self.feature),
            self.about.clone(),
        ]
    }
}

impl_words!(Finding, |this| this.diagnostic);

/// The first 16 hexadecimal digits of a SHA-256 over some texts.
pub(crate) fn fingerprint<T: AsRef<str>>(parts: &[T]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    // Texts are made safe to show, and so have no NUL: no two lists of parts join alike.
    let digest = Sha256::digest(parts.join("\0").as_bytes());
    hex(&digest[..8])
}
