//! A sentence taken apart at its modal verbs, and the first rule of the table that decides on it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::model::calendar::month_number;
use crate::model::spelled::may_begin_number;

use super::names::Mention;
use super::parties::Parties;
use super::rules::{Condition, MODALS, ModalSubject, OBLIGES, PRESENT, PRODUCT, RULES, Rule, Ruling};
use super::statement::{ColumnRole, Form, Statement};
use super::words::{WordToken, phrases, says, tokens};

use Condition::{
    Answer, Answered, Before, Behind, Between, ByVendor, Compound, Conditional, CustomersOwn, CustomersRow,
    Denied, Ensured, General, InExample, Led, Listed, Modal, NoModal, Of, OfItsOwn, Row, Says, Under, Verb,
};

/// Who works for a party.
const PEOPLE: [&str; 16] = [
    "staff",
    "personnel",
    "employee",
    "user",
    "administrator",
    "team",
    "driver",
    "operator",
    "engineer",
    "worker",
    "technician",
    "agent",
    "clerk",
    "manager",
    "auditor",
    "developer",
];

/// Words of the days that may stand between a modal verb and its verb: "shall, by no later than 31 March 2027, deliver".
const DAYS: [&str; 34] = [
    "by",
    "on",
    "before",
    "within",
    "from",
    "until",
    "during",
    "after",
    "following",
    "prior",
    "later",
    "than",
    "later",
    "the",
    "of",
    "end",
    "day",
    "week",
    "month",
    "year",
    "quarter",
    "business",
    "calendar",
    "working",
    "effective",
    "date",
    "signature",
    "signing",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "or",
];

/// Words that make a denial a deadline.
const LATE: &[&str] = &["later than", "any later than"];

/// What denies a verb from within an aside.
const DENIALS: &[&str] = &["at no time", "under no circumstance", "in no event", "in no case"];

/// A modal verb with what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct ModalClause {
    subject: ModalSubject,
    modal: Range<usize>,
    verb: usize,
    is_denied: bool,
    /// Whether the vendor promises that it is so: "Vendor warrants that …".
    is_ensured: bool,
    /// Whether it has no modal verb: "Vendor keeps …", which agreements say for `shall keep`.
    is_present: bool,
    /// The words that it reaches: from its subject to the next one.
    pub(crate) reach: Range<usize>,
}

/// A feature that is promised, with the rule that says so.
pub(crate) type RuledMention = (Mention, &'static Rule);

/// A statement, ready to be ruled on.
pub(crate) struct RuledStatement<'a> {
    pub(crate) statement: &'a Statement,
    /// Its text, behind the words that it goes on with.
    pub(crate) whole: Cow<'a, str>,
    /// The words of that.
    pub(crate) tokens: Vec<WordToken>,
    pub(crate) parties: &'a Parties,
    /// Where features are named.
    pub(crate) features: Vec<Range<usize>>,
    pub(crate) units: Vec<ModalClause>,
    /// Where a phrase of a list first ends behind a word: each is looked for once, however many features are named.
    ends: RefCell<HashMap<(usize, usize), Option<usize>>>,
}

impl<'a> RuledStatement<'a> {
    pub(crate) fn new(
        statement: &'a Statement,
        whole: Cow<'a, str>,
        tokens: Vec<WordToken>,
        parties: &'a Parties,
        features: Vec<Range<usize>>,
    ) -> Self {
        let (units, ends) = Default::default();
        let mut matter = Self { statement, whole, tokens, parties, features, units, ends };
        matter.units = matter.units();
        matter
    }

    /// The rule that decides on what is named at some words; on the whole, where nothing is. Where several modal verbs
    /// reach it, one that promises decides.
    pub(crate) fn rule(&self, words: Option<&Range<usize>>) -> Option<&'static Rule> {
        let reaching = self.units.iter().filter(|unit| {
            words.is_none_or(|words| {
                unit.reach.start <= words.start && words.end <= unit.reach.end
                    || self.is_fronted(unit, words)
                    || self.is_meant_by_pronoun(unit, words)
                    || self.shares_object(unit, words)
            })
        });
        let mut first = None;
        let mut units = reaching.map(Some).collect::<Vec<_>>();
        if units.is_empty() {
            units.push(None);
        }
        for unit in units {
            let rule = RULES
                .iter()
                .find(|rule| rule.conditions.iter().all(|condition| self.holds(*condition, unit, words)));
            match rule {
                Some(rule) if rule.ruling != Ruling::None => return Some(rule),
                rule => first = first.or(rule),
            }
        }
        first
    }

    fn holds(&self, condition: Condition, unit: Option<&ModalClause>, words: Option<&Range<usize>>) -> bool {
        let at = |list: &'static [&'static str], at: usize| phrases(list).at(&self.tokens, at).is_some();
        match condition {
            Of(subjects) => unit.is_some_and(|unit| subjects.contains(&unit.subject)),
            Modal(modals) => unit.is_some_and(|unit| {
                at(modals, unit.modal.start) || unit.is_present && std::ptr::eq(modals, OBLIGES)
            }),
            Verb(verbs) => unit.is_some_and(|unit| at(verbs, unit.verb)),
            Denied => unit.is_some_and(|unit| unit.is_denied),
            Conditional => words.is_some_and(|words| self.is_in_condition(words.start)),
            General => words.is_some_and(|words| self.is_general(words)),
            ByVendor => unit.is_some_and(|unit| {
                let start = unit.modal.end + usize::from(self.is_at(unit.modal.end, "the"));
                self.parties.vendor.at(&self.tokens, start) > 0
            }),
            Led(leads) => says(&tokens(&self.statement.lead), leads),
            Ensured => unit.is_some_and(|unit| unit.is_ensured),
            OfItsOwn => words.is_some_and(|words| self.is_vendors_own(words.end)),
            Says(list) => self.first_end(list, 0).is_some(),
            Between(list) => {
                let Some((unit, words)) = unit.zip(words) else { return false };
                self.first_end(list, unit.verb).is_some_and(|end| end <= words.start)
            }
            Behind(list) => words.is_some_and(|words| at(list, words.end)),
            Compound => words.is_some_and(|words| self.is_compound(words)),
            InExample => words.is_some_and(|words| self.is_example(words.start)),
            CustomersOwn => words.is_some_and(|words| self.is_customers_own(words.start)),
            Before(list) => words.is_some_and(|words| {
                let mut end = words.start;
                let skipped = [
                    "the", "a", "an", "any", "all", "its", "it", "our", "your", "\"", "new", "such", "each",
                    "said",
                ];
                while end > 0
                    && (skipped.contains(&self.tokens[end - 1].stem.as_str())
                        || self.tokens[end - 1].stem.ends_with("'s"))
                {
                    end -= 1;
                }
                phrases(list).ends_at(&self.tokens, end)
            }),
            Under(sections) => sections.contains(&self.statement.section),
            Row => matches!(self.statement.form, Form::Row(_)),
            Listed => matches!(self.statement.form, Form::Item | Form::Row(_)),
            NoModal => self.units.is_empty(),
            Answer(answers) => self.cell(&ColumnRole::Answer).is_some_and(|cell| {
                let words = tokens(cell);
                phrases(answers).at(&words, 0).is_some()
            }),
            Answered => self.cell(&ColumnRole::Answer).is_some(),
            CustomersRow => self
                .cell(&ColumnRole::Party)
                .is_some_and(|cell| self.parties.customer.at(&tokens(cell), 0) > 0),
        }
    }

    /// Whether a word stands in a list of examples: "tools such as A, B and C", "(e.g., A, B)".
    fn is_example(&self, at: usize) -> bool {
        const EXAMPLES: &[&str] = &["such as", "for example", "e.g", "for instance", "like"];
        /// The most words of such a list.
        const LONGEST: usize = 24;
        let examples = phrases(EXAMPLES);
        let start = self.tokens[..at].iter().rev().take(LONGEST).position(|token| {
            matches!(&*token.stem, ";" | ")" | ":" | "|") || matches!(&*token.stem, "shall" | "will" | "must")
        });
        let from = at - start.unwrap_or(LONGEST.min(at));
        (from..at).any(|from| examples.at(&self.tokens, from).is_some())
    }

    /// Whether a word is of something that is the customer's: "integrations with Customer's ERP".
    fn is_customers_own(&self, at: usize) -> bool {
        /// The most words between the owner and the name.
        const LONGEST: usize = 5;
        let is_of_list = |token: &WordToken| {
            token.is_capital || matches!(&*token.stem, "," | "(" | "and" | "or" | "/" | "including")
        };
        let before = &self.tokens[..at];
        let list =
            before.iter().rev().take_while(|token| is_of_list(token) && !token.stem.ends_with("'s")).count();
        let head = before[..before.len() - list].iter().rev().take(LONGEST);
        head.take_while(|token| token.is_word()).any(|token| {
            let name = token.stem.strip_suffix("'s").or_else(|| token.stem.strip_suffix("s'"));
            token.stem == "existing"
                || token.stem == "your"
                || name.is_some_and(|name| self.parties.customer.is_called(name))
        })
    }

    /// Whether what is named is about how the vendor itself works: "an audit log of its employees' access".
    fn is_vendors_own(&self, end: usize) -> bool {
        let is =
            |at: usize, stems: &[&str]| self.tokens.get(at).is_some_and(|word| stems.contains(&&*word.stem));
        let owner = end + 1;
        let behind_owner = match self.parties.vendor.at(&self.tokens, owner) {
            _ if is(owner, &["it", "its", "their", "our"]) => owner + 1,
            length if length > 0 && is(owner + length, &["'"]) => owner + length + 1,
            _ => return false,
        };
        is(end, &["of", "for"])
            && self.tokens.get(behind_owner).is_some_and(WordToken::is_word)
            && phrases(PRODUCT).at(&self.tokens, behind_owner).is_none()
    }

    /// Whether a modal verb is said of what was named last before it: "the Audit log, which Vendor shall deliver", "the Audit
    /// log, and Vendor shall deliver it".
    fn is_meant_by_pronoun(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        /// The most words between the name and the verb.
        const LONGEST: usize = 24;
        /// The most words between the verb and the pronoun.
        const OBJECT: usize = 2;
        let start = unit.reach.start;
        if start < words.end || unit.modal.start > words.end + LONGEST {
            return false;
        }
        let is_named = |range: Range<usize>| {
            let first = self.features.partition_point(|feature| feature.start < range.start);
            self.features.get(first).is_some_and(|feature| feature.start < range.end)
        };
        let is =
            |at: usize, stems: &[&str]| self.tokens.get(at).is_some_and(|word| stems.contains(&&*word.stem));
        let object = unit.verb + 1..(unit.verb + 1 + OBJECT).min(unit.reach.end);
        let is_relative = start > 0 && is(start - 1, &["which", "that"]);
        let is_object = object
            .clone()
            .any(|at| is(at, &["it", "them", "same"]) && !is(at + 1, &["'"]) && self.ends_object(at + 1));
        (is_relative || is_object) && !is_named(words.end..object.end.max(words.end))
    }

    /// Whether a verb has the object of the next one: "Vendor shall deliver, and Customer shall accept, the Audit log".
    fn shares_object(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        let next = self.units.iter().find(|next| next.reach.start >= unit.reach.end);
        self.is_at(unit.verb + 1, ",")
            && next.is_some_and(|next| {
                self.is_at(next.verb + 1, ",") && words.start > next.verb && words.end <= next.reach.end
            })
    }

    /// Whether no noun stands at a place, which would be what an `its` before it is of.
    fn ends_object(&self, at: usize) -> bool {
        const GOES_ON: [&str; 22] = [
            "by",
            "in",
            "on",
            "at",
            "before",
            "no",
            "not",
            "within",
            "available",
            "from",
            "for",
            "to",
            "until",
            "during",
            "and",
            "or",
            "as",
            "if",
            "live",
            "ready",
            "with",
            "without",
        ];
        self.tokens.get(at).is_none_or(|next| !next.is_word() || GOES_ON.contains(&&*next.stem))
    }

    /// Where the first phrase of a list ends that begins at a word or behind it.
    fn first_end(&self, list: &'static [&'static str], from: usize) -> Option<usize> {
        let key = (list.as_ptr() as usize, from);
        *self.ends.borrow_mut().entry(key).or_insert_with(|| {
            let found = phrases(list).find(self.tokens.get(from..)?)?;
            Some(from + found.end)
        })
    }

    /// The words that deny an end: `shall not discontinue`.
    pub(crate) fn denials(&self) -> impl Iterator<Item = Range<usize>> {
        let denied = self.units.iter().filter(|unit| unit.is_denied);
        denied.map(|unit| unit.modal.start..(unit.verb + 1).min(self.tokens.len()))
    }

    /// Whether a word belongs to what the customer shall do, and to none of what is promised.
    pub(crate) fn is_customers(&self, at: usize, promised: &[RuledMention]) -> bool {
        let unit = self.units.iter().find(|unit| unit.reach.contains(&at));
        unit.is_some_and(|unit| {
            unit.subject == ModalSubject::Customer
                && !promised.iter().any(|(mention, _)| unit.reach.contains(&mention.words.start))
        })
    }

    /// Whether a modal verb stands behind a place.
    pub(crate) fn has_modal_from(&self, at: usize) -> bool {
        self.units.iter().any(|unit| unit.modal.start >= at)
    }

    /// What a row has in a column.
    pub(crate) fn cell(&self, column: &ColumnRole) -> Option<&str> {
        let Form::Row(cells) = &self.statement.form else { return None };
        cells.iter().find(|(known, _)| known == column).map(|(_, cell)| cell.as_str())
    }

    /// The words of that cell.
    pub(crate) fn cell_words(&self, column: &ColumnRole) -> Option<Range<usize>> {
        let Form::Row(cells) = &self.statement.form else { return None };
        let mut from = 0;
        for (known, cell) in cells {
            let length = tokens(cell).len();
            // A bar stands between two.
            from = (from..self.tokens.len()).find(|&at| self.tokens[at].stem != "|")?;
            if known == column {
                return Some(from..(from + length).min(self.tokens.len()));
            }
            from += length;
        }
        None
    }

    /// The words that answer whether a row is promised.
    pub(crate) fn answer(&self) -> Option<Range<usize>> {
        let cell = self.cell_words(&ColumnRole::Answer)?;
        let answers = RULES.iter().flat_map(|rule| rule.conditions).filter_map(|condition| match condition {
            Answer(answers) => phrases(answers).at(&self.tokens, cell.start),
            _ => None,
        });
        Some(cell.start..cell.start + answers.max()?)
    }

    /// Where some words stand in the statement; all of it where they stand in what that goes on with.
    pub(crate) fn place(&self, words: &Range<usize>) -> Range<usize> {
        let lead = self.whole.len() - self.statement.text.len();
        let place = self.tokens.get(words.clone()).and_then(|words| {
            let (first, last) = (words.first()?, words.last()?);
            Some(first.place.start.checked_sub(lead)?..last.place.end - lead)
        });
        place.unwrap_or(0..self.statement.text.len())
    }

    /// Some words, as they stand there.
    pub(crate) fn text(&self, words: &Range<usize>) -> &str {
        let place = self.tokens.get(words.clone()).and_then(|words| Some((words.first()?, words.last()?)));
        place.and_then(|(first, last)| self.whole.get(first.place.start..last.place.end)).unwrap_or_default()
    }

    fn units(&self) -> Vec<ModalClause> {
        let modals = MODALS.map(phrases);
        let modal_at = |at: usize| modals.iter().find_map(|modals| modals.at(&self.tokens, at));
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match modal_at(at).filter(|_| !self.is_noun(at)) {
                Some(length) => {
                    found.push(at..at + length);
                    at += length;
                }
                None => at += 1,
            }
        }
        let mut units: Vec<ModalClause> = Vec::new();
        if found.is_empty() {
            units.extend(self.present());
        }
        for (number, modal) in found.iter().enumerate() {
            let (subject, start) = self.subject_of(number, &found);
            let end = match number + 1 < found.len() {
                true => self.subject_of(number + 1, &found).1.max(modal.end),
                false => self.tokens.len(),
            };
            let (verb, is_denied) = self.verb(modal.end);
            // "Vendor shall A and shall B": the subject is that of the verb before.
            let carried = units.last().map(|unit| unit.subject).filter(|_| self.follows_and(modal.start));
            let subject = carried.unwrap_or(subject);
            let is_ensured = false;
            units.push(ModalClause {
                subject,
                modal: modal.clone(),
                verb,
                is_denied,
                is_ensured,
                is_present: false,
                reach: start..end,
            });
        }
        // Who agrees that something will be, promises it.
        for at in 1..units.len() {
            let before = &units[at - 1];
            let promises = [
                "agree",
                "undertake",
                "guarantee",
                "warrant",
                "represent",
                "covenant",
                "commit",
                "ensure",
                "promise",
                "confirm",
            ];
            let is_at = |at: usize| self.tokens.get(at).is_some_and(|word| promises.contains(&&*word.stem));
            let is_that = is_at(before.modal.start) || is_at(before.verb);
            if is_that && before.subject == ModalSubject::Vendor && !before.is_denied {
                // That something can be done is what is promised then.
                let modal = before.modal.clone();
                let unit = &mut units[at];
                unit.is_ensured = unit.subject != ModalSubject::Customer;
                if unit.subject == ModalSubject::Other {
                    unit.subject = ModalSubject::Vendor;
                    unit.modal = modal;
                }
            }
        }
        units
    }

    /// What the vendor does, by the words of a sentence without a modal verb.
    fn present(&self) -> Option<ModalClause> {
        let own = tokens(&self.statement.lead).len();
        (own..self.tokens.len()).find_map(|start| {
            let opens = start == own || matches!(&*self.tokens[start - 1].stem, "," | ";" | "and" | "the");
            let length =
                Some(self.parties.vendor.at(&self.tokens, start)).filter(|length| opens && *length > 0)?;
            let verb = start + length;
            phrases(PRESENT).at(&self.tokens, verb)?;
            // A noun of theirs is no verb: "Vendor supports …", but "Vendor support".
            let word = &self.whole[self.tokens[verb].place.clone()];
            let is_plural = length == 1 && matches!(&*self.tokens[start].stem, "we" | "our");
            (word.ends_with('s') != is_plural).then_some(ModalClause {
                subject: ModalSubject::Vendor,
                modal: verb..verb,
                verb,
                is_denied: false,
                is_ensured: false,
                is_present: true,
                reach: start..self.tokens.len(),
            })
        })
    }

    /// Whether a word stands in what a sentence depends on: "if the Audit log is replaced, …".
    fn is_in_condition(&self, at: usize) -> bool {
        const OPENS: [&str; 14] = [
            "if", "where", "when", "whenever", "once", "until", "unless", "after", "before", "while",
            "because", "since", "although", "should",
        ];
        let own = tokens(&self.statement.lead).len();
        let opens = self.tokens.get(own).is_some_and(|word| OPENS.contains(&&*word.stem));
        let comma = || (own..self.tokens.len()).find(|&at| self.is_at(at, ","));
        opens && comma().is_some_and(|comma| (own..comma).contains(&at))
    }

    /// Whether a name of one word is the first part of another one: "backup tapes".
    fn is_compound(&self, words: &Range<usize>) -> bool {
        const GOES_ON: [&str; 64] = [
            "a",
            "able",
            "about",
            "according",
            "across",
            "add",
            "after",
            "also",
            "alone",
            "and",
            "any",
            "are",
            "as",
            "at",
            "available",
            "be",
            "before",
            "behind",
            "between",
            "but",
            "by",
            "capability",
            "capabilitie",
            "component",
            "during",
            "each",
            "edition",
            "feature",
            "for",
            "free",
            "from",
            "function",
            "functionality",
            "has",
            "have",
            "if",
            "in",
            "include",
            "into",
            "is",
            "module",
            "no",
            "not",
            "of",
            "on",
            "only",
            "option",
            "or",
            "over",
            "per",
            "service",
            "so",
            "than",
            "that",
            "the",
            "to",
            "until",
            "upon",
            "via",
            "when",
            "which",
            "with",
            "within",
            "without",
        ];
        let next = self.tokens.get(words.end).filter(|next| next.is_word() && words.len() == 1);
        next.is_some_and(|next| {
            let is_modal = MODALS.iter().any(|list| phrases(list).at(&self.tokens, words.end).is_some());
            !next.is_capital
                && !is_modal
                && !next.stem.ends_with("ly")
                && !next.stem.starts_with(|first: char| first.is_ascii_digit())
                && !GOES_ON.contains(&&*next.stem)
                && !self.features.iter().any(|feature| feature.start == words.end)
        })
    }

    /// Whether a name is written as any noun is: "an audit trail of all invoices".
    fn is_general(&self, words: &Range<usize>) -> bool {
        let Some(name) = self.tokens.get(words.clone()) else { return false };
        let is_small = name.iter().all(|word| {
            !self.whole[word.place.clone()]
                .contains(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
        });
        let before = self.tokens[..words.start].iter().rev().take(2);
        let is_for_customer =
            (words.end..self.tokens.len()).any(|at| self.parties.customer.at(&self.tokens, at) > 0);
        is_small
            && !is_for_customer
            && self.is_at(words.end, "of")
            && before.into_iter().any(|word| matches!(&*word.stem, "a" | "an"))
    }

    /// Whether a word that may be a verb is a noun here: "the plan", "a commitment".
    fn is_noun(&self, at: usize) -> bool {
        let nouns = [
            "plan",
            "hope",
            "aim",
            "promise",
            "guarantee",
            "will",
            "can",
            "must",
            "want",
            "warrant",
            "intend",
            "seek",
        ];
        let before = at.checked_sub(1).map(|before| self.tokens[before].stem.as_str());
        let is_number = |stem: &str| stem.starts_with(|first: char| first.is_ascii_digit());
        if self.tokens[at].stem == "may" {
            // The month.
            let next = self.tokens.get(at + 1).map(|next| next.stem.as_str());
            let is_behind =
                |before| ["in", "by", "of", "before", "until", "from", "end", "since"].contains(&before);
            return next.is_some_and(is_number)
                || before.is_some_and(|before| is_number(before) || is_behind(before));
        }
        nouns.contains(&self.tokens[at].stem.as_str())
            && before.is_some_and(|before| {
                ["the", "a", "an", "its", "it", "our", "their", "this", "'", "of", "any", "your", "no"]
                    .contains(&before)
            })
            && !self.tokens.get(at + 1).is_some_and(|next| next.stem == "be" && before != Some("a"))
            && before != Some("it")
    }

    fn follows_and(&self, modal: usize) -> bool {
        let before = |steps: usize| modal.checked_sub(steps).map(|at| self.tokens[at].stem.as_str());
        matches!(before(1), Some("and" | "or" | "but" | ";" | ","))
            || matches!((before(2), before(1)), (Some("and"), Some("also")))
    }

    /// The subject of one of the modal verbs, and where it begins.
    fn subject_of(&self, number: usize, modals: &[Range<usize>]) -> (ModalSubject, usize) {
        let modal = &modals[number];
        match number.checked_sub(1) {
            Some(_) if self.follows_and(modal.start) => (ModalSubject::Other, modal.start),
            before => self.subject(before.map_or(0, |before| modals[before].end), modal),
        }
    }

    /// Who or what stands before a modal verb, and where that begins. The nearest counts.
    fn subject(&self, from: usize, modal: &Range<usize>) -> (ModalSubject, usize) {
        let mut at = modal.start;
        while at > from {
            at -= 1;
            if matches!(self.tokens[at].stem.as_str(), ";" | ":") {
                break;
            }
            let place = self.features.get(self.features.partition_point(|place| place.end <= at));
            let place = place.filter(|place| place.end == at + 1 && place.start >= from);
            if let Some(place) = place.filter(|place| self.is_head(place.start, from)) {
                return (ModalSubject::Feature, place.start);
            }
            let is_owner = self.tokens.get(at + 1).is_some_and(|next| next.stem == "'")
                || self.tokens[at].stem.ends_with("'s");
            let side = |start: usize| {
                let vendor = self.parties.vendor.at(&self.tokens, start);
                let customer = self.parties.customer.at(&self.tokens, start);
                let product = phrases(PRODUCT).at(&self.tokens, start);
                match (vendor, customer, product) {
                    (length, other, _) if length > other => Some((ModalSubject::Vendor, length)),
                    (_, length, _) if length > 0 => Some((ModalSubject::Customer, length)),
                    (_, _, Some(length)) => Some((ModalSubject::Product, length)),
                    _ => None,
                }
            };
            // What ends here, and may have begun before.
            let found = (from..=at).rev().take(6).find_map(|start| {
                side(start).filter(|(_, length)| start + length == at + 1).map(|(side, _)| (side, start))
            });
            let is_behind = |start: usize| self.preposition_before(start, from);
            if let Some((subject, start)) = found.filter(|(_, start)| !is_owner && !is_behind(*start)) {
                return (subject, start);
            }
            // "Customer's field staff": who works for somebody.
            let is_people = (at + 1..modal.start).any(|at| PEOPLE.contains(&&*self.tokens[at].stem));
            if let Some((subject, start)) =
                found.filter(|(_, start)| is_owner && is_people && !is_behind(*start))
            {
                return (subject, start);
            }
        }
        (ModalSubject::Other, at)
    }

    /// The word before some words, articles and the like aside, and whether there was such a one.
    fn before(&self, start: usize, from: usize) -> (Option<&str>, bool) {
        const ARTICLES: [&str; 16] = [
            "the", "a", "an", "all", "any", "each", "its", "it", "our", "your", "such", "said", "this",
            "new", "\"", "every",
        ];
        let mut at = start;
        while at > from && ARTICLES.contains(&self.tokens[at - 1].stem.as_str()) {
            at -= 1;
        }
        ((at > from).then(|| self.tokens[at - 1].stem.as_str()), at < start)
    }

    /// Whether some words hang on others: "use of the Product", "attempts to change the Audit log".
    fn preposition_before(&self, start: usize, from: usize) -> bool {
        const PREPOSITIONS: [&str; 14] = [
            "of", "to", "in", "for", "with", "about", "under", "using", "on", "within", "through", "via",
            "at", "into",
        ];
        self.before(start, from).0.is_some_and(|word| PREPOSITIONS.contains(&word))
    }

    /// Whether a feature's name is what is spoken of, and not what something else is done to.
    fn is_head(&self, start: usize, from: usize) -> bool {
        const BOUNDARIES: [&str; 14] =
            ["and", "or", ",", "that", "which", "then", "if", ")", "(", ":", ";", "provide", "where", "when"];
        match self.before(start, from) {
            (None, _) => true,
            (Some(word), _) if BOUNDARIES.contains(&word) => true,
            // "the obligation to provide the Audit log": what is done to it.
            _ if (from + 1..start).rev().take(4).any(|at| self.is_at(at, "to")) => false,
            // "Immutable audit logs": one more word at the beginning.
            (Some(_), false) => start == from + 1,
            (Some(_), true) => !self.preposition_before(start, from) && start.saturating_sub(from) > 3,
        }
    }

    /// Where the words end that stand between a modal verb and its verb: "shall, at no charge, provide".
    fn behind_aside(&self, from: usize) -> usize {
        /// The most words of such an aside.
        const LONGEST: usize = 16;
        if self.tokens.get(from).is_none_or(|token| token.stem != ",") {
            return from;
        }
        let inner = self.tokens[from + 1..].iter().take(LONGEST);
        inner.into_iter().position(|token| token.stem == ",").map_or(from, |length| from + length + 2)
    }

    /// The verb after a modal verb, and whether it is denied.
    fn verb(&self, from: usize) -> (usize, bool) {
        let mut at = self.behind_aside(from);
        let mut is_denied = phrases(DENIALS).find(&self.tokens[from..at]).is_some();
        while let Some(token) = self.tokens.get(at) {
            match token.stem.as_str() {
                // "at no extra cost" denies no verb.
                "no" if self.is_at(at.wrapping_sub(1), "at") && !self.is_at(at + 1, "time") => break,
                "not" | "never" | "neither" | "nor" | "no" => match self.after_denial(at) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => is_denied = true,
                },
                "," if self.behind_aside(at) > at => {
                    at = self.behind_aside(at);
                    continue;
                }
                "by" | "within" | "on" | "before" | "from" | "until" => match self.behind_day(at) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                },
                "to" | "that" | ":" | "," | "also" | "further" | "hereby" | "promptly" | "continue"
                | "then" | "and" | "at" | "all" | "times" | "time" | "otherwise" | "additionally" | "use"
                | "\"" | "(" | ")" | "either" | "only" | "it" => {
                    // "use reasonable efforts to deliver": the verb is what the efforts are for.
                    if token.stem == "use" {
                        let ahead = self.tokens.get(at..(at + 8).min(self.tokens.len())).unwrap_or_default();
                        let efforts = ahead.iter().position(|token| {
                            matches!(token.stem.as_str(), "effort" | "endeavour" | "endeavor")
                        });
                        match efforts {
                            Some(efforts) => at += efforts,
                            None => break,
                        }
                    }
                }
                word if word.ends_with("ly")
                    && word != "apply"
                    && word != "supply"
                    && word != "materially" => {}
                word if word.len() == 1 && word.starts_with(char::is_alphanumeric) => {}
                _ => break,
            }
            at += 1;
        }
        // Who shall not be late, shall be in time.
        let is_late =
            || (at..self.tokens.len().min(at + 24)).any(|at| phrases(LATE).at(&self.tokens, at).is_some());
        (at, is_denied && !is_late())
    }

    fn is_at(&self, at: usize, stem: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.stem == stem)
    }

    /// Where a verb goes on behind a `not` that denies nothing: "not only", "not fail to", "no later than 31 March".
    fn after_denial(&self, at: usize) -> Option<usize> {
        const IDLE: &[&str] =
            &["only", "just", "merely", "fail to", "omit to", "neglect to", "refuse to", "later than"];
        let length = phrases(IDLE).at(&self.tokens, at + 1)?;
        let end = at + 1 + length;
        match &*self.tokens[at + 1].stem {
            "later" => self.behind_day(at + 1),
            _ => Some(end),
        }
    }

    /// Where a day ends that stands between a modal verb and its verb.
    fn behind_day(&self, at: usize) -> Option<usize> {
        /// The most words of one.
        const LONGEST: usize = 14;
        let is_day = |token: &WordToken| {
            DAYS.contains(&&*token.stem)
                || month_number(&token.stem).is_some()
                || token.stem.starts_with(|first: char| first.is_ascii_digit())
                || matches!(&*token.stem, "no" | "not" | "(" | ")" | ",")
                || may_begin_number(&token.stem)
        };
        let length = self.tokens[at..].iter().take_while(|token| is_day(token)).count();
        (length > 1 && length <= LONGEST && at + length < self.tokens.len()).then_some(at + length)
    }

    /// Whether a name stands in a phrase before the subject, as what the sentence is about: "For the Audit log, Vendor
    /// shall …".
    fn is_fronted(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        const FRONTS: &[&str] = &[
            "for",
            "as for",
            "with respect to",
            "with regard to",
            "in respect of",
            "as regard",
            "in",
            "within",
        ];
        /// The most words before the name.
        const LONGEST: usize = 24;
        let from = self.units.iter().map(|unit| unit.modal.end).take_while(|end| *end <= words.start).last();
        let from = from.unwrap_or(0).max(words.start.saturating_sub(LONGEST));
        let next = self.units.iter().find(|unit| unit.modal.start >= words.end);
        if unit.reach.start < words.end || next.is_none_or(|next| next.modal != unit.modal) {
            return false;
        }
        // What lies between the preposition and the name is a list of names.
        let is_of_list = |at: usize| {
            let token = &self.tokens[at];
            token.is_capital
                || self.features.iter().any(|feature| feature.contains(&at))
                || matches!(&*token.stem, "the" | "," | "and" | "or" | "\"" | "both" | "our" | "its")
        };
        // "Audit log: you will have it": what all that follows is about.
        if self.tokens.get(words.end).is_some_and(|mark| mark.stem == ":") && words.start <= from + 2 {
            return !self.features.iter().any(|feature| feature.start >= words.end);
        }
        let fronts = phrases(FRONTS);
        (from..words.start).any(|at| {
            let opens = at == from || matches!(&*self.tokens[at - 1].stem, "," | ";" | ":" | ")" | "and");
            let front = fronts.at(&self.tokens, at).filter(|_| opens);
            front.is_some_and(|length| (at + length..words.start).all(is_of_list))
        })
    }
}
