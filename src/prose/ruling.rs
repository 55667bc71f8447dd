//! A sentence taken apart at its modal verbs, and the first rule of the table that decides on it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::model::calendar::month_number;

use super::conditions::{Condition, ModalSubject, Rule, Ruling};
use super::names::Mention;
use super::parties::Parties;
use super::rules::rules;
use super::sections::{ColumnRole, LISTED};
use super::statement::{Form, Statement};
use super::words::{WordToken, phrases, tokens};

use Condition::{
    Ahead, Answer, Answered, Aside, Asked, Before, Begins, Behalf, Behind, Between, Bound, ByOther, Cell,
    Compound, Conditional, CustomersOwn, CustomersRow, Dated, Delivered, Denied, Dependent, Ensured,
    Excepted, General, Handled, Happens, Heads, InExample, Late, Levelled, Listed, Means, Measured, Modal,
    NoModal, Object, Of, OfItsOwn, OfParty, OnCustomers, Opens, People, Present, Priced, Remarked, Row, Says,
    Services, Subject, Timed, Told, Under, Users, VendorsRow, Verb, Within,
};

/// A modal verb with what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct ModalClause {
    pub(super) subject: ModalSubject,
    pub(super) modal: Range<usize>,
    pub(super) verb: usize,
    pub(super) is_denied: bool,
    /// Whether the vendor promises that it is so: "Vendor warrants that …".
    pub(super) is_ensured: bool,
    /// Whether it says nothing by itself: "whether the Audit log will …".
    pub(super) is_aside: bool,
    /// Whether it has no modal verb: "Vendor keeps …", which agreements say for `shall keep`.
    pub(super) is_present: bool,
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
    /// Where its own words begin, behind those that it goes on with.
    pub(crate) own: usize,
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
        own: usize,
        parties: &'a Parties,
        features: Vec<Range<usize>>,
    ) -> Self {
        let (units, ends) = Default::default();
        let mut matter = Self { statement, whole, tokens, own, parties, features, units, ends };
        matter.units = matter.units();
        matter
    }

    /// The rule that decides on what is named at some words; on the whole, where nothing is. Where several modal verbs
    /// reach it, one that promises decides.
    pub(crate) fn rule(&self, words: Option<&Range<usize>>) -> Option<&'static Rule> {
        let reaching = self.units.iter().filter(|unit| match words {
            Some(words) => self.reaches(unit, words),
            None => !self.is_subordinate(unit),
        });
        let mut first = None;
        let mut units = reaching.map(Some).collect::<Vec<_>>();
        if units.is_empty() {
            units.push(None);
        }
        for unit in units {
            match self.rule_on(unit, words) {
                Some(rule) if rule.ruling != Ruling::None => return Some(rule),
                rule => first = first.or(rule),
            }
        }
        first
    }

    /// The rule that decides by one modal verb.
    pub(super) fn rule_on(
        &self,
        unit: Option<&ModalClause>,
        words: Option<&Range<usize>>,
    ) -> Option<&'static Rule> {
        rules().find(|rule| rule.conditions.iter().all(|condition| self.holds(*condition, unit, words)))
    }

    /// Whether a modal verb is said of what is named at some words.
    fn reaches(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        unit.reach.start <= words.start && words.end <= unit.reach.end
            || self.is_fronted(unit, words)
            || self.is_meant_by_pronoun(unit, words)
            || self.shares_object(unit, words)
            || self.is_of_row(unit, words)
            || self.is_carried_to(unit, words)
    }

    /// Whether a verb goes on with the subject of the one before it: "the Audit log has a filter, and shall run offline".
    fn is_carried_to(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        /// The most words before the name with which a sentence begins.
        const NEAR: usize = 3;
        let before = self.units.iter().rev().find(|before| before.modal.end <= unit.reach.start);
        unit.subject == ModalSubject::Feature
            && unit.reach.start == unit.modal.start
            && words.start <= self.own + NEAR
            && before.is_some_and(|before| {
                before.subject == ModalSubject::Feature
                    && before.is_present
                    && !before.is_denied
                    && !before.is_aside
                    && before.reach.start <= words.start
                    && words.end <= before.modal.start
            })
    }

    fn holds(&self, condition: Condition, unit: Option<&ModalClause>, words: Option<&Range<usize>>) -> bool {
        let at = |list: &'static [&'static str], at: usize| phrases(list).at(&self.tokens, at).is_some();
        match condition {
            Of(subjects) => unit.is_some_and(|unit| subjects.contains(&unit.subject)),
            Subject(nouns) => unit.is_some_and(|unit| {
                (unit.reach.start..unit.modal.start).any(|place| {
                    at(nouns, place) && !self.is_named(place..place + 1) && !self.is_beside_subject(place)
                })
            }),
            Object => unit.zip(words).is_some_and(|(unit, words)| {
                const ARTICLES: [&str; 8] = ["the", "a", "an", "our", "its", "all", "\"", "“"];
                let articles =
                    (0..words.start).rev().take_while(|&at| ARTICLES.contains(&self.stem(at))).count();
                words.start - articles == unit.verb + 1 && !self.stem(words.end).ends_with("ed")
            }),
            Timed => unit.is_some_and(|unit| self.is_timed(unit)),
            Modal(modals) => unit.is_some_and(|unit| at(modals, unit.modal.start)),
            Aside => unit.is_some_and(|unit| unit.is_aside),
            Present => unit.is_some_and(|unit| unit.is_present),
            // "Audit" of the Audit log is no verb.
            Verb(verbs) => {
                unit.is_some_and(|unit| at(verbs, unit.verb) && !self.is_named(unit.verb..unit.verb + 1))
            }
            Denied => unit.is_some_and(|unit| unit.is_denied),
            Conditional => words.is_some_and(|words| self.is_in_condition(words.start)),
            General => words.is_some_and(|words| self.is_general(words)),
            ByOther => unit.is_some_and(|unit| self.is_by_other(unit)),
            Ahead => unit.zip(words).is_some_and(|(unit, words)| words.end <= unit.modal.start),
            Handled => unit.is_some_and(|unit| self.is_handled(unit.verb) && !self.is_subordinate(unit)),
            Delivered => unit.is_some_and(|unit| self.delivered(unit.verb).is_some()),
            Late => words.is_some_and(|words| self.is_late(words)),
            Asked => {
                words.is_some()
                    && !self.is_answered()
                    && self.tokens.last().is_some_and(|mark| mark.stem == "?")
            }
            Means => words.is_some_and(|words| self.is_means(words.start)),
            Behalf(nouns) => words.is_some_and(|words| self.is_behalf(words.start, nouns)),
            Dependent => words.is_some_and(|words| self.is_dependent(words.start)),
            Dated => words.is_some_and(|words| self.is_dated(words.end)),
            Opens(list) => phrases(list).at(&self.tokens, 0).is_some(),
            Begins(list) => at(list, self.behind_label()),
            Services => self.own > 0 && self.is_list_of_services(),
            Users => unit.is_some_and(|unit| {
                unit.subject == ModalSubject::Customer
                    || self.is_of_people(unit.reach.start..unit.modal.start)
            }),
            People => unit.is_some_and(|unit| {
                let subject = unit.reach.start..unit.modal.start;
                // "The Buyer", "the Controller" are parties.
                let is_party = subject.clone().any(|at| matches!(self.stem(at), "buyer" | "controller"));
                !is_party && self.is_of_people(subject)
            }),
            Remarked => words.is_some_and(|words| {
                let verb = (words.end..self.tokens.len()).find(|&at| matches!(self.stem(at), "is" | "are"));
                verb.is_some_and(|verb| {
                    // "Is not available today but shall be": what comes later is what is promised.
                    let is_later = unit.is_some_and(|unit| {
                        matches!(unit.subject, ModalSubject::Feature | ModalSubject::Vendor)
                            && unit.modal.start > verb
                    });
                    // "Vendor shall provide Search, and the Audit log is not included".
                    let is_object = unit.is_some_and(|unit| {
                        let of_others = [ModalSubject::Feature, ModalSubject::Offer];
                        !of_others.contains(&unit.subject) && unit.verb < words.start && words.end < verb
                    });
                    !is_later
                        && !is_object
                        && self.is_list_of_features(words.end..verb)
                        && self.is_said_about(verb)
                })
            }),
            Heads => words.is_some_and(|words| {
                let start =
                    words.start - usize::from(words.start > self.own && self.is_at(words.start - 1, "the"));
                start == self.behind_label() || start > 0 && self.is_at(start - 1, "|")
            }),
            OnCustomers => words.is_some_and(|words| self.is_on_customers(words.end)),
            Ensured => unit.is_some_and(|unit| unit.is_ensured),
            OfItsOwn => words.is_some_and(|words| self.is_vendors_own(words.end)),
            Says(list) => self.first_end(list, 0).is_some(),
            Told(list) => self.first_end(list, 0).is_some() && self.is_told(list, unit, words),
            Excepted(list) => words.is_some_and(|words| self.is_excepted(words.start, list)),
            Between(list) => {
                let Some((unit, words)) = unit.zip(words) else { return false };
                self.first_end(list, unit.verb).is_some_and(|end| end <= words.start)
            }
            Within(list) => {
                let Some((unit, words)) = unit.zip(words) else { return false };
                self.first_end(list, unit.verb.max(self.own)).is_some_and(|end| end <= words.start)
            }
            Behind(list) => words.is_some_and(|words| at(list, words.end)),
            Compound => words.is_some_and(|words| self.is_compound(words)),
            InExample => words.is_some_and(|words| self.is_example(words.start)),
            CustomersOwn => words.is_some_and(|words| self.is_customers_own(words)),
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
            Bound => unit.is_some_and(|unit| unit.is_ensured) || self.is_bound(),
            Cell(list) => self.has_cell(list) || self.task_begins(list),
            OfParty => {
                let start = self.own + usize::from(self.is_at(self.own, "the"));
                self.is_clause_of(start) && !self.is_task_of_vendor()
            }
            Priced => self.is_priced(),
            Row => matches!(self.statement.form, Form::Row(_)),
            Listed => matches!(self.statement.form, Form::Item | Form::Row(_)),
            NoModal => unit.is_none() && self.units.iter().all(|unit| self.is_subordinate(unit)),
            Answer(answers) => self.cell(&ColumnRole::Answer).is_some_and(|cell| {
                let words = tokens(cell);
                phrases(answers).at(&words, 0).is_some()
            }),
            Answered => self
                .cell_words(&ColumnRole::Answer)
                .is_some_and(|answer| unit.is_none_or(|unit| !answer.contains(&unit.modal.start))),
            Levelled => self.is_levelled(),
            Measured => unit.is_some_and(|unit| self.is_measured(unit)),
            CustomersRow => {
                // What is asked for, and answered, may be of the customer: "Users design their own reports | Yes".
                self.is_row_of(&self.parties.customer)
                    || self.is_task_of_customer()
                    || !self.is_answered() && self.has_cell_of(&self.parties.customer)
            }
            VendorsRow => self.is_row_of(&self.parties.vendor) || self.is_task_of_vendor(),
            Happens => unit.is_some_and(|unit| self.happens(unit.verb) && !self.is_subordinate(unit)),
        }
    }

    /// Whether what it says is there is delivered, by where it stands or by what it adds.
    fn is_bound(&self) -> bool {
        const LASTING: &[&str] = &[
            "the term", "whole term", "entire term", "duration of", "at all times", "at no extra",
            "at no additional", "at no charge", "at no cost", "free of charge", "without extra charge",
            "included", "part of the contract", "part of the contractual", "part of the subscription",
            "part of the order", "part of the package", "part of the scope", "part of the delivery",
            "part of the plan", "part of your", "from the first day", "go live", "goes live", "hereby",
            "added to the service", "added to the scope", "added to the order", "added to schedule",
            "added to annex", "added to exhibit", "added to appendix", "added to the list", "remain",
            "is available", "are available",
        ];
        /// How far behind its verb the day of what is past stands.
        const PAST: usize = 4;
        // "7.2 The Audit log is kept", as it is to be read from now on.
        let is_amended = || {
            let quoted = self.statement.text.strip_prefix(['"', '“', '„']);
            quoted.is_some_and(|quoted| quoted.starts_with(|first: char| first.is_ascii_digit()))
        };
        // "Vendor to deliver", as tasks have it.
        let is_task = || {
            self.units.first().is_some_and(|first| first.is_present && self.is_at(first.modal.start, "to"))
        };
        LISTED.contains(&self.statement.section)
            || is_amended()
            || is_task()
            || !self.statement.lead.is_empty() && !self.is_priced()
            || self.first_end(LASTING, if self.is_priced() { self.own } else { 0 }).is_some()
            || (self.own + 1..self.tokens.len()).any(|at| {
                // "By the end of July".
                const IN: [&str; 8] = ["by", "before", "in", "of", "from", "until", "mid", "early"];
                let is_capital = self.tokens[at].is_capital && month_number(self.stem(at)).is_some();
                is_capital
                    && IN.contains(&self.stem(at - 1))
                    && !self.is_number(at + 1)
                    && !(at.saturating_sub(2 * PAST)..at)
                        .any(|at| matches!(self.stem(at), "was" | "were" | "since" | "last"))
            })
            || (self.own..self.tokens.len()).any(|at| {
                self.is_day(at..at + self.length_of_day(at))
                    // "Was rewritten in 2024" tells what is past.
                    && !(at.saturating_sub(PAST)..at).any(|at| matches!(self.stem(at), "was" | "were"))
            })
    }

    /// Whether a noun is no subject, but beside it: "of course", "according to the documentation", "during the training".
    fn is_beside_subject(&self, at: usize) -> bool {
        const PREPOSITIONS: [&str; 10] =
            ["to", "under", "in", "by", "with", "after", "before", "during", "from", "on"];
        const ARTICLES: [&str; 5] = ["the", "a", "its", "this", "our"];
        let articles = (0..at).rev().take_while(|&at| ARTICLES.contains(&self.stem(at))).count();
        let Some(before) = (at - articles).checked_sub(1) else { return false };
        self.is_at(at, "course") && matches!(self.stem(before), "of" | "due")
            || PREPOSITIONS.contains(&self.stem(before))
    }

    /// Whether a party stands at a place with a word of its own behind it, as in a sentence: "Customer does not".
    fn is_clause_of(&self, at: usize) -> bool {
        let length = self.parties.vendor.at(&self.tokens, at).max(self.parties.customer.at(&self.tokens, at));
        let next = self.tokens.get(at + length).filter(|_| length > 0 && !self.is_named(at..at + length));
        next.is_some_and(|next| next.is_word() && !next.is_capital)
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
                && !promised.iter().any(|(mention, _)| {
                    unit.reach.contains(&mention.words.start) || self.is_fronted(unit, &mention.words)
                })
        })
    }

    /// Whether a modal verb stands behind a place that is one of the sentence itself.
    pub(crate) fn has_modal_from(&self, at: usize) -> bool {
        self.units.iter().any(|unit| unit.modal.start >= at && !self.is_subordinate(unit))
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

    /// Where its own words begin, behind the label of an item: `(b)`.
    pub(super) fn behind_label(&self) -> usize {
        let open = self.own + usize::from(self.is_at(self.own, "("));
        if self.is_at(open + 1, ")") { open + 2 } else { self.own }
    }

    /// The stem of a word; empty behind the last one.
    pub(super) fn stem(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.stem)
    }

    pub(super) fn is_at(&self, at: usize, stem: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.stem == stem)
    }
}
