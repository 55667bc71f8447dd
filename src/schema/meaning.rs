//! What the texts of each key may say. The words come from those who read them; the test beside this holds the list
//! to be complete, so that a key that is added or renamed asks for its meaning.

use crate::lint::Level;
use crate::lints::{LINTS, RENAMED};
use crate::model::calendar::{BarePeriod, MONTHS, NamedBy, Quarters, Weekend};
use crate::model::config::People;
use crate::model::contract::{ACCEPTED, ContractStatus, KINDS, Strength};
use crate::model::remedy::Per;
use crate::model::status::Status;

/// What the texts of a key may say.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    /// Anything: names, prose, paths.
    Any,
    /// A text of a grammar, which only its reader can judge.
    Like(Grammar),
    /// One of these words, in any case.
    OneOf(fn() -> Vec<String>),
    /// One of these words as they are.
    Exactly(fn() -> Vec<String>),
    /// Best one of these words; others may be read, too.
    Best(fn() -> Vec<String>),
    /// Best one of the first words; of the others, in any case, each is read, too, and nothing else.
    Among(fn() -> Vec<String>, fn() -> Vec<String>),
    /// Levels and options of lints.
    Lints,
}

/// A kind of text with a grammar of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    Date,
    Day,
    Deadline,
    Duration,
    Target,
    Money,
    Portion,
    Base,
    Delay,
    Level,
    Need,
    Term,
    Standard,
    Capacity,
    Effort,
    Pattern,
}

impl Grammar {
    /// Texts that show what may be written.
    pub(super) const fn examples(self) -> &'static [&'static str] {
        match self {
            Self::Date => &["2027-03-31", "31 March 2027", "2027-03", "Q2 2027", "end of Q2 2027"],
            Self::Day => &["2026-12-25"],
            Self::Deadline => &[
                "2027-03-31",
                "Q2 2027",
                "end of Q2 2027",
                "90 days after signing",
                "within 2 weeks of start",
                "later of 2027-03-31 and 30 days after go-live",
            ],
            Self::Duration => &["36 months", "3 years"],
            Self::Target => &["2027-Q2", "2027-03", "2027-03-31", "TBD"],
            Self::Money => &["480000 EUR"],
            Self::Portion => &["2 %", "500 EUR"],
            Self::Base => &["value", "monthly", "120000 EUR"],
            Self::Delay => &["10 days", "2 weeks", "10 business days"],
            Self::Level => {
                &["90 days", "99.9 % monthly", "10 GiB", "50/s", "p95 200 ms", "7500 users", "ISO 27001"]
            }
            Self::Need => {
                &[">= 365 days", ">= 99.9 % monthly", "<= p95 200 ms", ">= 7500 users", "ISO 27001"]
            }
            Self::Term => &["30 days", "unlimited", "Germany"],
            Self::Standard => &["<= 45 days", "Germany"],
            Self::Capacity => &["60 days per quarter"],
            Self::Effort => &["120 days"],
            Self::Pattern => &["contracts/**/*.yaml"],
        }
    }
}

/// Tables, by their names in schemas, and keys that all of them have.
type MeaningRow = (&'static [&'static str], &'static [(&'static str, Meaning)]);

/// The keys of tables whose values are texts, with what these may say. A feature has the keys of an offer, too.
#[rustfmt::skip]
const MEANINGS: &[MeaningRow] = &[
    (&["contract"], &[
        ("contract", Meaning::Any),
        ("customer", Meaning::Any),
        ("seller", Meaning::Any),
        ("ref", Meaning::Any),
        ("owner", Meaning::Any),
        ("note", Meaning::Any),
        ("status", Meaning::Best(contract_statuses)),
        ("signing", Meaning::Like(Grammar::Date)),
        ("effective", Meaning::Like(Grammar::Deadline)),
        ("value", Meaning::Like(Grammar::Money)),
        ("for", Meaning::Any),
        ("milestones", Meaning::Like(Grammar::Deadline)),
        ("documents", Meaning::Any),
        ("terms", Meaning::Like(Grammar::Term)),
        ("fees", Meaning::Like(Grammar::Money)),
        ("remedy-cap", Meaning::Like(Grammar::Portion)),
        ("amends", Meaning::Any),
        ("under", Meaning::Any),
        ("drop", Meaning::Any),
        ("lost-because", Meaning::Any),
    ]),
    (&["period"], &[
        ("start", Meaning::Like(Grammar::Deadline)),
        ("end", Meaning::Like(Grammar::Deadline)),
        ("term", Meaning::Like(Grammar::Duration)),
    ]),
    (&["requirement"], &[
        ("id", Meaning::Any),
        ("clause", Meaning::Any),
        ("text", Meaning::Any),
        ("kind", Meaning::OneOf(|| owned(&KINDS))),
        ("feature", Meaning::Any),
        ("due", Meaning::Like(Grammar::Deadline)),
        ("until", Meaning::Like(Grammar::Deadline)),
        ("met", Meaning::Like(Grammar::Date)),
        ("ref", Meaning::Any),
        ("owner", Meaning::Any),
        ("note", Meaning::Any),
        ("for", Meaning::Any),
        ("accept", Meaning::OneOf(|| owned(&ACCEPTED))),
        ("strength", Meaning::OneOf(|| owned(&Strength::ALL.map(Strength::name)))),
        ("needs", Meaning::Like(Grammar::Need)),
    ]),
    (&["remedy"], &[
        ("credit", Meaning::Like(Grammar::Portion)),
        ("per", Meaning::Among(|| Per::all().map(|per| per.to_string()).collect(), Per::words)),
        ("grace", Meaning::Like(Grammar::Delay)),
        ("if-over", Meaning::Like(Grammar::Delay)),
        ("of", Meaning::Like(Grammar::Base)),
        ("cap", Meaning::Like(Grammar::Portion)),
        ("terminate", Meaning::Like(Grammar::Delay)),
        ("refund", Meaning::Like(Grammar::Portion)),
        ("tiers", Meaning::Like(Grammar::Portion)),
    ]),
    (&["step"], &[
        ("after", Meaning::Like(Grammar::Delay)),
        ("credit", Meaning::Like(Grammar::Portion)),
    ]),
    (&["agreed-term"], &[
        ("value", Meaning::Like(Grammar::Term)),
        ("ref", Meaning::Any),
        ("owner", Meaning::Any),
        ("note", Meaning::Any),
    ]),
    (&["fiscal-year"], &[
        ("start", Meaning::Best(|| owned(&MONTHS))),
        ("named-by", Meaning::OneOf(|| choices(NamedBy::CHOICES))),
    ]),
    (&["roadmap"], &[
        ("releases", Meaning::Like(Grammar::Date)),
        ("scales", Meaning::Any),
    ]),
    (&["product"], &[
        ("name", Meaning::Any),
        ("reviewed", Meaning::Like(Grammar::Date)),
    ]),
    (&["feature"], &[
        ("name", Meaning::Any),
        ("aliases", Meaning::Any),
        ("replaced-by", Meaning::Any),
    ]),
    (&["offer", "feature"], &[
        ("status", Meaning::Best(statuses)),
        ("shipped", Meaning::Like(Grammar::Date)),
        ("target", Meaning::Like(Grammar::Target)),
        ("beta", Meaning::Like(Grammar::Date)),
        ("sunset", Meaning::Like(Grammar::Date)),
        ("for", Meaning::Any),
        ("levels", Meaning::Like(Grammar::Level)),
        ("depends-on", Meaning::Any),
        ("team", Meaning::Any),
        ("effort", Meaning::Like(Grammar::Effort)),
        ("custom-effort", Meaning::Like(Grammar::Effort)),
        ("confirmed", Meaning::Like(Grammar::Date)),
        ("evidence", Meaning::Any),
        ("ref", Meaning::Any),
        ("owner", Meaning::Any),
        ("note", Meaning::Any),
    ]),
    (&["former-target"], &[
        ("on", Meaning::Like(Grammar::Date)),
        ("target", Meaning::Like(Grammar::Target)),
    ]),
    (&["team"], &[
        ("capacity", Meaning::Like(Grammar::Capacity)),
    ]),
    (&["standard-term"], &[
        ("standard", Meaning::Like(Grammar::Standard)),
        ("approver", Meaning::Any),
        ("absent", Meaning::Like(Grammar::Term)),
        ("ref", Meaning::Any),
        ("owner", Meaning::Any),
        ("note", Meaning::Any),
    ]),
    (&["band"], &[
        ("accept", Meaning::Like(Grammar::Standard)),
        ("approver", Meaning::Any),
    ]),
    (&["configuration"], &[
        ("roadmap", Meaning::Any),
        ("contracts", Meaning::Like(Grammar::Pattern)),
        ("exclude", Meaning::Like(Grammar::Pattern)),
        ("waivers", Meaning::Any),
        ("nested", Meaning::Like(Grammar::Pattern)),
        ("holidays", Meaning::Like(Grammar::Day)),
        ("bare-period", Meaning::OneOf(|| choices(BarePeriod::CHOICES))),
        ("quarters", Meaning::OneOf(|| choices(Quarters::CHOICES))),
        ("weekend", Meaning::OneOf(|| choices(Weekend::CHOICES))),
        ("day-rate", Meaning::Like(Grammar::Money)),
        ("rates", Meaning::Like(Grammar::Money)),
        ("people", Meaning::OneOf(|| choices(People::CHOICES))),
        ("notice", Meaning::Any),
        ("roles", Meaning::Any),
        ("lints", Meaning::Lints),
        ("statuses", Meaning::Best(statuses)),
        ("contract-statuses", Meaning::OneOf(contract_statuses)),
    ]),
    (&["forecast"], &[
        ("committed", Meaning::Any),
        ("confirmed", Meaning::Any),
        ("stale", Meaning::Any),
    ]),
    (&["import"], &[
        ("profile", Meaning::Any),
        ("sheet", Meaning::Any),
        ("map", Meaning::Any),
        ("only", Meaning::Any),
        ("date-order", Meaning::Any),
        ("gone", Meaning::Any),
    ]),
    (&["waiver"], &[
        ("contract", Meaning::Any),
        ("requirement", Meaning::Any),
        ("term", Meaning::Any),
        ("feature", Meaning::Any),
        ("lint", Meaning::Exactly(lint_names)),
        ("reason", Meaning::Any),
        ("approved-by", Meaning::Any),
        ("approved-on", Meaning::Like(Grammar::Date)),
        ("for", Meaning::Any),
        ("accepts", Meaning::Any),
        ("expires", Meaning::Like(Grammar::Date)),
        ("disclosed", Meaning::Any),
        ("ref", Meaning::Any),
        ("owner", Meaning::Any),
        ("note", Meaning::Any),
    ]),
    (&["member-of-a-role"], &[
        ("who", Meaning::Any),
        ("from", Meaning::Like(Grammar::Date)),
        ("until", Meaning::Like(Grammar::Date)),
    ]),
    (&["approved-subject"], &[
        ("value", Meaning::Like(Grammar::Term)),
        ("fees", Meaning::Like(Grammar::Money)),
        ("feature", Meaning::Any),
        ("due", Meaning::Like(Grammar::Date)),
        ("until", Meaning::Like(Grammar::Date)),
        ("for", Meaning::Any),
        ("needs", Meaning::Like(Grammar::Need)),
        ("accept", Meaning::OneOf(|| owned(&ACCEPTED))),
        ("strength", Meaning::OneOf(|| owned(&Strength::ALL.map(Strength::name)))),
        ("remedy-cap", Meaning::Like(Grammar::Money)),
        ("words", Meaning::Any),
    ]),
];

/// What the texts of a key may say; `None` where the list above forgets it, which a test rules out.
pub(super) fn of(table: &str, key: &str) -> Option<Meaning> {
    let mut rows = MEANINGS.iter().filter(|(tables, _)| tables.contains(&table));
    rows.find_map(|(_, keys)| keys.iter().find(|(known, _)| *known == key)).map(|&(_, meaning)| meaning)
}

/// The levels of lints, as they are written.
pub(super) fn levels() -> Vec<String> {
    owned(&Level::ALL.map(Level::name))
}

fn statuses() -> Vec<String> {
    owned(&Status::ALL.map(Status::name))
}

fn contract_statuses() -> Vec<String> {
    ContractStatus::ALL.map(|status| status.to_string()).into()
}

fn lint_names() -> Vec<String> {
    LINTS.iter().map(|lint| lint.name).chain(RENAMED.iter().map(|(old, _)| *old)).map(str::to_owned).collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn choices<T>(choices: &[(&str, T)]) -> Vec<String> {
    choices.iter().map(|(name, _)| (*name).to_owned()).collect()
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str, Meaning)> {
    MEANINGS.iter().flat_map(|(tables, keys)| {
        tables.iter().flat_map(move |table| keys.iter().map(move |&(key, meaning)| (*table, key, meaning)))
    })
}
