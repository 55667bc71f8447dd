//! A sentence taken apart at its modal verbs, and the first rule of the table that decides on it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::names::Mention;
use super::parties::Parties;
use super::rules::{Condition, MODALS, ModalSubject, PRODUCT, RULES, Rule, Ruling};
use super::statement::{ColumnRole, Form, Statement};
use super::words::{WordToken, phrases, tokens};

use Condition::{
    Answer, Before, Behind, Between, CustomersOwn, CustomersRow, Denied, InExample, Listed, Modal, NoModal,
    Of, Row, Says, Under, Verb,
};

/// What denies a verb from within an aside.
const DENIALS: &[&str] = &["at no time", "under no circumstance", "in no event", "in no case"];

/// A modal verb with what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct ModalClause {
    subject: ModalSubject,
    modal: Range<usize>,
    verb: usize,
    is_denied: bool,
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
                unit.reach.start <= words.start && words.end <= unit.reach.end || self.is_fronted(unit, words)
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
            Modal(modals) => unit.is_some_and(|unit| at(modals, unit.modal.start)),
            Verb(verbs) => unit.is_some_and(|unit| at(verbs, unit.verb)),
            Denied => unit.is_some_and(|unit| unit.is_denied),
            Says(list) => self.first_end(list, 0).is_some(),
            Between(list) => {
                let Some((unit, words)) = unit.zip(words) else { return false };
                self.first_end(list, unit.verb).is_some_and(|end| end <= words.start)
            }
            Behind(list) => words.is_some_and(|words| at(list, words.end)),
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
                None => {
                    // "we'll" is two words.
                    if self.tokens[at].stem.ends_with("'ll") {
                        found.push(at..at + 1);
                    }
                    at += 1;
                }
            }
        }
        let mut units: Vec<ModalClause> = Vec::new();
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
            units.push(ModalClause { subject, modal: modal.clone(), verb, is_denied, reach: start..end });
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
            ];
            let is_that = promises.contains(&self.tokens[before.modal.start].stem.as_str());
            if is_that
                && before.subject == ModalSubject::Vendor
                && !before.is_denied
                && matches!(units[at].subject, ModalSubject::Other)
            {
                units[at].subject = ModalSubject::Vendor;
            }
        }
        units
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
                ["the", "a", "an", "its", "it", "our", "their", "this", "'", "of", "any", "your"]
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
        // The part of "we'll" before the mark.
        if self.tokens[modal.start].stem.ends_with("'ll") {
            let head = self.tokens[modal.start].stem.trim_end_matches("'ll");
            let subject = match head {
                "we" => ModalSubject::Vendor,
                "you" => ModalSubject::Customer,
                _ => ModalSubject::Other,
            };
            return (subject, modal.start);
        }
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
                "not" | "never" | "neither" | "nor" | "no" => is_denied = true,
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
        (at, is_denied)
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
        let fronts = phrases(FRONTS);
        (from..words.start).any(|at| {
            let opens = at == from || matches!(&*self.tokens[at - 1].stem, "," | ";" | ":" | ")" | "and");
            let front = fronts.at(&self.tokens, at).filter(|_| opens);
            front.is_some_and(|length| (at + length..words.start).all(is_of_list))
        })
    }
}
