//! Writes contracts into a file of promises.

use std::collections::BTreeMap;
use std::io;

use hmac::{Hmac, Mac};
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;

use crate::model::contract::{Contract, Need, PromisedFeature, Requirement};
use crate::model::deadline::DueDay;
use crate::model::level::{Attainment, LevelConstraint, is_same};
use crate::model::roadmap::{Roadmap, StatedLevel};
use crate::model::scope::{Dimension, same};
use crate::model::window::Window;
use crate::text::{fold, hex};

use super::{OPEN, VERSION, WHEN_AVAILABLE};

/// Digits of a pseudonym. Among ten thousand contracts, two share one in fewer than one file in a million.
const DIGITS: usize = 12;

/// The key of pseudonyms: 32 bytes.
#[derive(Clone)]
pub(crate) struct PseudonymKey([u8; 32]);

impl PseudonymKey {
    /// A new random key.
    ///
    /// # Errors
    ///
    /// The system has no random numbers.
    pub(crate) fn random() -> io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// Reads what [`PseudonymKey::to_line`] gives: 64 hexadecimal digits.
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
    pub(crate) fn to_line(&self) -> String {
        hex(&self.0) + "\n"
    }

    /// The pseudonym of something: its kind, and digits. Another kind or another part gives other digits.
    fn pseudonym(&self, kind: &str, parts: &[&str]) -> String {
        let mut mac = self.mac();
        for part in std::iter::once(&kind).chain(parts) {
            // With its length before it, no part runs into the next.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        format!("{kind}-{}", &hex(&mac.finalize().into_bytes())[..DIGITS])
    }

    fn mac(&self) -> Hmac<Sha256> {
        // HMAC pads a shorter key with zeros itself; a key as long as a block is always one.
        let mut block = [0; 64];
        block[..self.0.len()].copy_from_slice(&self.0);
        Hmac::new(&block.into())
    }
}

/// A file of promises. Its contracts are kept as JSON text, which takes the least memory.
#[derive(Debug)]
pub(crate) struct Index(Vec<SerializedContract>);

/// One contract, as it is written into the file.
#[derive(Debug)]
pub(crate) struct SerializedContract {
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

impl SerializedContract {
    /// The entry of a contract: what it promises of features. None for a contract that is ended or lost.
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
        let pseudonymizer = Pseudonymizer { roadmap, key };
        // What an amendment tightens is included: by another roadmap, that may be what gets worse.
        let requirements = contract.requirements.iter().chain(&contract.tightened);
        let requirements: Vec<&Requirement> =
            requirements.filter(|requirement| !requirement.features.is_empty()).collect();
        let end = |of: &Contract| of.end.given().map(|end| end.value);
        // What an amendment makes of others need not end when it does.
        let ends_on = |own: &Window| {
            requirements.iter().all(|requirement| end(requirement.contract(contract)) == Some(*own))
        };
        let own_end = end(contract).filter(ends_on);
        let until = |requirement: &Requirement| match (requirement.until.given(), own_end) {
            (Some(until), _) => Some(until.value),
            (None, Some(_)) => None,
            (None, None) => end(requirement.contract(contract)),
        };
        let promise = |requirement: &&Requirement| pseudonymizer.promise(id, requirement, until(requirement));
        let mut promises: Vec<IndexPromise> = requirements.iter().map(promise).collect();
        // By pseudonym: the order of the clauses would tell which contract it is.
        promises.sort_by(|one, other| one.promise.cmp(&other.promise));
        Some(Self {
            contract: key.pseudonym("contract", &[id]),
            deal: deal.map(|deal| key.pseudonym("contract", &[deal])),
            customer: key.pseudonym("customer", &[&fold(customer.trim())]),
            status: contract.status.to_string(),
            end: own_end.map(IndexWindow::from),
            promises,
        })
    }
}

impl Index {
    /// Sorts by pseudonym: the order of files and clauses would tell which is which.
    pub(crate) fn new(mut contracts: Vec<SerializedContract>) -> Self {
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

/// Writes the roadmap's own words, as it spells them, and pseudonyms for all others.
struct Pseudonymizer<'a> {
    roadmap: &'a Roadmap,
    key: &'a PseudonymKey,
}

impl Pseudonymizer<'_> {
    fn promise(&self, contract: &str, requirement: &Requirement, until: Option<Window>) -> IndexPromise {
        // When the file is read, today is another day.
        let today = requirement.due.span.is_none() && requirement.due.words == "today";
        IndexPromise {
            promise: self.key.pseudonym("promise", &[contract, &requirement.name]),
            feature: requirement.features.iter().map(|promised| self.feature(promised)).collect(),
            due: requirement.due.window().filter(|_| !today).map(IndexWindow::from),
            unscheduled: match requirement.due.day {
                DueDay::On(_) => None,
                DueDay::Open(_) => Some(OPEN),
                DueDay::WhenAvailable => Some(WHEN_AVAILABLE),
            },
            until: until.map(IndexWindow::from),
            // Of a part alone nothing is said here.
            met: requirement.met.filter(|_| requirement.accepted.is_none()).map(|met| met.value.into()),
            scope: requirement.scope.dimensions().map(|dimension| self.dimension(dimension)).collect(),
            needs: requirement.needs.iter().map(|need| self.need(need)).collect(),
            accept: requirement.accepts_beta.then_some("beta"),
        }
    }

    /// A feature by the name that the contract has for it: of a roadmap of another day it may be that of another feature.
    fn feature(&self, promised: &PromisedFeature) -> String {
        let text = &promised.text.value;
        let known = promised.target.feature().and_then(|at| self.roadmap.features.get(at));
        let name = |name: &&str| same(name.trim(), text.trim());
        let known = known.and_then(|feature| feature.names().map(|known| known.value.as_str()).find(name));
        self.word(text, known)
    }

    fn dimension(&self, dimension: &Dimension) -> (String, Vec<String>) {
        let known = self.roadmap.dimension(dimension.name());
        let values = dimension.values().map(|value| {
            let known = known.and_then(|known| known.values.iter().find(|known| same(known, value)));
            self.word(value, known.map(String::as_str))
        });
        (self.word(dimension.name(), known.map(|known| known.name.as_str())), values.collect())
    }

    fn need(&self, need: &Need) -> (String, Value) {
        let (name, constraint) = (&need.name.value, &need.constraint.value);
        let texts = constraint.texts().into_iter().map(|text| {
            let known = match constraint {
                LevelConstraint::Texts(_) => self.stated(name, &text),
                LevelConstraint::Quantity(_) | LevelConstraint::Step(..) => {
                    // A quantity is written only if the roadmap states one that it can be compared with.
                    let mut stated = self.levels(name).map(|level| &level.value.value);
                    stated
                        .find(|stated| constraint.admits(stated).is_ok())
                        .map(|stated| respelled(&text, stated))
                }
            };
            self.word(&text, known.as_deref())
        });
        let texts: Vec<String> = texts.collect();
        let value = <[String; 1]>::try_from(texts).map_or_else(Value::from, |[only]| only.into());
        (self.word(name, self.levels(name).next().map(|level| level.name.as_str())), value)
    }

    /// A word that the roadmap states for a level, as it does.
    fn stated(&self, name: &str, text: &str) -> Option<String> {
        let mut stated = self.levels(name).flat_map(|level| level.value.value.texts());
        stated.find(|stated| is_same(stated, text))
    }

    fn levels(&self, name: &str) -> impl Iterator<Item = &StatedLevel> {
        let offers = self.roadmap.features.iter().flat_map(|feature| &feature.offers);
        offers.flat_map(|offer| &offer.levels).filter(move |level| same(&level.name, name))
    }

    /// The word as the roadmap has it, else its pseudonym. Spelling is left out of either: it would tell contracts apart.
    fn word(&self, word: &str, known: Option<&str>) -> String {
        match known {
            Some(known) => known.trim().to_owned(),
            None => self.key.pseudonym("unknown", &[&fold(word.trim())]),
        }
    }
}

/// A bound with its words, such as what it counts, as in what it can be compared with.
fn respelled(bound: &str, stated: &Attainment) -> String {
    let stated = stated.to_string();
    let word = |word| stated.split(' ').find(|known| same(known, word)).unwrap_or(word);
    bound.split(' ').map(word).collect::<Vec<_>>().join(" ")
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
        let mut mac = PseudonymKey(key).mac();
        mac.update(b"what do ya want for nothing?");
        let digits = hex(&mac.finalize().into_bytes());
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
        assert_eq!(PseudonymKey::parse(&key.to_line()).unwrap().0, key.0);
        assert_ne!(PseudonymKey::random().unwrap().0, key.0);
        for text in ["", "abc", &"g".repeat(64), &"é".repeat(32), &"0".repeat(63), &"0".repeat(65)] {
            assert!(PseudonymKey::parse(text).is_none(), "{text}");
        }
    }
}
