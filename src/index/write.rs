//! Contracts to a file of promises.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use hmac::{Hmac, Mac};
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;

use crate::model::contract::{Contract, Requirement};
use crate::model::deadline::DueDay;
use crate::model::level::{LevelConstraint, is_same};
use crate::model::roadmap::{Roadmap, StatedLevel};
use crate::model::scope::same;
use crate::model::window::Window;

use super::{OPEN, VERSION, WHEN_AVAILABLE};

/// Digits of a pseudonym: of ten thousand contracts, two are told apart but once in a million files.
const DIGITS: usize = 12;

/// The key of pseudonyms: 32 bytes.
#[derive(Clone)]
pub(crate) struct PseudonymKey([u8; 32]);

impl PseudonymKey {
    /// A key that nobody has had before.
    ///
    /// # Errors
    ///
    /// The system has no random numbers.
    pub(crate) fn random() -> std::io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// Reads what [`PseudonymKey::write`] wrote: 64 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The key as a line of text.
    pub(crate) fn write(&self) -> String {
        hexadecimal(&self.0) + "\n"
    }

    /// What stands for something: a word for what it is, and digits. What is different in kind or in any part has
    /// other digits.
    fn pseudonym(&self, word: &str, parts: &[&str]) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            // A key of any length will do.
            return word.to_owned();
        };
        for part in std::iter::once(&word).chain(parts) {
            // With its length before it, no part runs into the next.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let digits = hexadecimal(&mac.finalize().into_bytes());
        format!("{word}-{}", &digits[..DIGITS])
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Text takes all that is written.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file of promises: contracts as they stand in it, since as text they take the least memory.
#[derive(Debug)]
pub(crate) struct Index(Vec<IndexEntry>);

/// A contract as it stands in a file of promises.
#[derive(Debug)]
pub(crate) struct IndexEntry {
    pseudonym: String,
    text: String,
    promises: usize,
}

/// What a contract promises, without who promised it to whom.
#[derive(Debug, Serialize)]
struct IndexedContract {
    contract: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deal: Option<String>,
    customer: String,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<IndexWindow>,
    promises: Vec<IndexPromise>,
}

#[derive(Debug, Serialize)]
struct IndexPromise {
    promise: String,
    feature: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<IndexWindow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unscheduled: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<IndexWindow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    met: Option<IndexWindow>,
    #[serde(rename = "for", skip_serializing_if = "BTreeMap::is_empty")]
    scope: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    needs: BTreeMap<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct IndexWindow {
    earliest: String,
    latest: String,
}

impl IndexEntry {
    /// What a contract promises of features, in the words that the roadmap knows. Contracts that are over promise
    /// nothing.
    pub(crate) fn of(contract: &Contract, roadmap: &Roadmap, key: &PseudonymKey) -> Option<Self> {
        let contract = IndexedContract::of(contract, roadmap, key)?;
        // Texts always serialize. A line break is one of the layout: in a text it is escaped.
        let text = serde_json::to_string_pretty(&contract).unwrap_or_default().replace('\n', "\n    ");
        Some(Self { promises: contract.promises.len(), pseudonym: contract.contract, text })
    }
}

impl IndexedContract {
    fn of(contract: &Contract, roadmap: &Roadmap, key: &PseudonymKey) -> Option<Self> {
        if !contract.status.is_linted() {
            return None;
        }
        let id = contract.id.as_ref().map_or("", |id| id.value.as_str());
        let deal = contract.deal.as_deref().filter(|deal| *deal != id);
        // The customer of an amendment is that of the deal, whether the amendment says so or not.
        let customer = contract.customer.as_ref().map_or(deal.unwrap_or(id), |customer| &customer.value);
        let known = KnownWords { roadmap, key };
        // By another roadmap, what an amendment asks more of may get worse.
        let told = contract.requirements.iter().chain(&contract.tightened);
        let told: Vec<&Requirement> = told.filter(|requirement| !requirement.features.is_empty()).collect();
        let end = |of: &Contract| of.end.given().map(|end| end.value);
        // What an amendment makes of others need not end when it does.
        let own_end = end(contract)
            .filter(|own| told.iter().all(|requirement| end(requirement.contract(contract)) == Some(*own)));
        let until = |requirement: &Requirement| match (requirement.until.given(), own_end) {
            (Some(until), _) => Some(until.value),
            (None, Some(_)) => None,
            (None, None) => end(requirement.contract(contract)),
        };
        let mut promises: Vec<IndexPromise> =
            told.iter().map(|requirement| known.promise(id, requirement, until(requirement))).collect();
        // By pseudonym: the order of the clauses would tell which contract it is.
        promises.sort_by(|one, other| one.promise.cmp(&other.promise));
        Some(Self {
            contract: key.pseudonym("contract", &[id]),
            deal: deal.map(|deal| key.pseudonym("contract", &[deal])),
            customer: key.pseudonym("customer", &[customer.trim()]),
            status: contract.status.to_string(),
            end: own_end.map(IndexWindow::from),
            promises,
        })
    }
}

impl Index {
    /// A file of these. Its order is that of the pseudonyms, since that of files and clauses would tell.
    pub(crate) fn new(mut contracts: Vec<IndexEntry>) -> Self {
        contracts.sort_by(|one, other| one.pseudonym.cmp(&other.pseudonym));
        Self(contracts)
    }

    /// How many contracts there are, and how many promises.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.0.len(), self.0.iter().map(|contract| contract.promises).sum())
    }

    /// Writes the file, laid out as [`serde_json::to_string_pretty`] does.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(crate) fn write(&self, to: &mut impl io::Write) -> io::Result<()> {
        write!(to, "{{\n  \"version\": {VERSION},\n  \"contracts\": [")?;
        for (at, contract) in self.0.iter().enumerate() {
            write!(to, "{}\n    {}", if at > 0 { "," } else { "" }, contract.text)?;
        }
        to.write_all(b"\n  ]\n}\n")
    }
}

/// The words that may be written: those of the roadmap.
struct KnownWords<'a> {
    roadmap: &'a Roadmap,
    key: &'a PseudonymKey,
}

impl KnownWords<'_> {
    fn promise(&self, contract: &str, requirement: &Requirement, until: Option<Window>) -> IndexPromise {
        // When the file is read, today is another day.
        let today = requirement.due.span.is_none() && requirement.due.words == "today";
        IndexPromise {
            promise: self.key.pseudonym("promise", &[contract, &requirement.name]),
            feature: requirement
                .features
                .iter()
                .map(|promised| self.word(&promised.text.value, promised.target.feature().is_some()))
                .collect(),
            due: requirement.due.window().filter(|_| !today).map(IndexWindow::from),
            unscheduled: match requirement.due.day {
                DueDay::On(_) => None,
                DueDay::Open(_) => Some(OPEN),
                DueDay::WhenAvailable => Some(WHEN_AVAILABLE),
            },
            until: until.map(IndexWindow::from),
            met: requirement.met.map(|met| met.value.into()),
            scope: requirement.scope.dimensions().map(|dimension| self.dimension(dimension)).collect(),
            needs: requirement
                .needs
                .iter()
                .map(|need| {
                    let name = &need.name.value;
                    let texts = need.constraint.value.texts().into_iter();
                    let texts = texts.map(|text| {
                        let is_known = match &need.constraint.value {
                            LevelConstraint::Texts(_) => self.is_stated(name, &text),
                            // What is counted is a word of the contract, unless the roadmap counts it, too.
                            bound => self.levels(name).any(|level| bound.admits(&level.value.value).is_ok()),
                        };
                        self.word(&text, is_known)
                    });
                    let texts: Vec<String> = texts.collect();
                    let value = <[String; 1]>::try_from(texts).map_or_else(Value::from, |[only]| only.into());
                    (self.word(name, self.is_level(name)), value)
                })
                .collect(),
            accept: requirement.accepts_beta.then_some("beta"),
        }
    }

    fn dimension(&self, dimension: &crate::model::scope::Dimension) -> (String, Vec<String>) {
        let known = self.roadmap.dimension(dimension.name());
        let is_known =
            |value: &str| known.is_some_and(|known| known.values.iter().any(|known| same(known, value)));
        let values = dimension.values().map(|value| self.word(value, is_known(value)));
        (self.word(dimension.name(), known.is_some()), values.collect())
    }

    fn is_level(&self, name: &str) -> bool {
        self.levels(name).next().is_some()
    }

    /// Whether a word is one that the roadmap states for a level.
    fn is_stated(&self, name: &str, text: &str) -> bool {
        self.levels(name).any(|level| level.value.value.texts().iter().any(|stated| is_same(stated, text)))
    }

    fn levels(&self, name: &str) -> impl Iterator<Item = &StatedLevel> {
        let offers = self.roadmap.features.iter().flat_map(|feature| &feature.offers);
        offers.flat_map(|offer| &offer.levels).filter(move |level| same(&level.name, name))
    }

    /// A word of the contract where the roadmap has it, too; else what stands for it.
    fn word(&self, word: &str, is_known: bool) -> String {
        if is_known { word.trim().to_owned() } else { self.key.pseudonym("unknown", &[word]) }
    }
}

impl From<Window> for IndexWindow {
    fn from(window: Window) -> Self {
        Self { earliest: window.earliest.to_string(), latest: window.latest.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_are_what_the_standard_says() {
        // RFC 4231, test case 2, under a key that is padded: HMAC pads with zeros itself.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(b"what do ya want for nothing?");
        let digits = hexadecimal(&mac.finalize().into_bytes());
        assert_eq!(digits, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn what_differs_has_another_pseudonym() {
        let key = PseudonymKey([7; 32]);
        assert_eq!(key.pseudonym("contract", &["A-1"]), key.pseudonym("contract", &["A-1"]));
        let others = [
            key.pseudonym("contract", &["A-2"]),
            key.pseudonym("contract", &["A", "-1"]),
            key.pseudonym("customer", &["A-1"]).replace("customer", "contract"),
            PseudonymKey([8; 32]).pseudonym("contract", &["A-1"]),
        ];
        for other in others {
            assert_ne!(other, key.pseudonym("contract", &["A-1"]));
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let key = PseudonymKey::random().unwrap();
        assert_eq!(PseudonymKey::parse(&key.write()).unwrap().0, key.0);
        assert_ne!(PseudonymKey::random().unwrap().0, key.0);
        for text in ["", "abc", &"g".repeat(64), &"é".repeat(32), &"0".repeat(63), &"0".repeat(65)] {
            assert!(PseudonymKey::parse(text).is_none(), "{text}");
        }
    }
}
