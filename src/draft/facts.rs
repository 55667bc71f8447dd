//! What a document says of the whole contract: its number, its days, its terms.

use std::collections::{HashMap, HashSet};

use crate::document::Document;
use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::model::deadline::{EventDate, Events};
use crate::model::roadmap::Roadmap;
use crate::model::window::Window;

use super::{DraftLine, DraftValue};
use crate::prose::dates::{DateReader, DateRole, NamedDate};
use crate::prose::definitions::quoted;
use crate::prose::names::FeatureNames;
use crate::prose::parties::Parties;
use crate::prose::statement::{Form, LONGEST_STATEMENT, Statement};
use crate::prose::terms::{StatedTerm, law, payment};
use crate::prose::words::{WordToken, phrases, says, tokens};
use crate::text::clean_truncated;

/// How many statements at the beginning may say when a document was signed.
const HEAD: usize = 12;

/// What is known of the whole contract.
#[derive(Debug, Default)]
pub(super) struct Facts {
    number: Option<String>,
    name: String,
    signing: Option<Window>,
    start: Option<Window>,
    end: Option<Window>,
    /// Each with its days, and with these as a contract file writes them.
    milestones: Vec<(String, Window, String)>,
    /// The names of these.
    named: HashSet<String>,
    payment: TermFact,
    law: TermFact,
    events: Events,
    /// Statements that are taken as one of these, with what they are.
    reasons: HashMap<StatementPlace, &'static str>,
}

/// Which statement of which document.
pub(super) type StatementPlace = (usize, usize);

impl Facts {
    pub(super) fn find(
        said: &[Vec<Statement>],
        documents: &[Document],
        parties: &Parties,
        names: &FeatureNames,
        roadmap: &Roadmap,
        calendar: &Calendar,
    ) -> Self {
        let mut facts = Self::default();
        if let Some(document) = documents.first() {
            let file = document.name.rsplit('/').next().unwrap_or_default();
            facts.name = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
        }
        let nothing = Events::new();
        let reader =
            FactReader { dates: DateReader::new(&nothing, calendar), calendar, names, parties, roadmap };
        // The day of a mail is not that of a signature.
        let is_mail =
            said.iter().flatten().take(HEAD).any(|statement| statement.text.starts_with("Subject: "));
        let places = said.iter().enumerate().flat_map(|(document, all)| {
            all.iter().enumerate().map(move |(at, statement)| ((document, at), statement))
        });
        for (number, (place, statement)) in places.enumerate() {
            let is_head = number < HEAD;
            let is_row = matches!(statement.form, Form::Row(_) | Form::Head);
            if is_row && !is_head || statement.text.len() > LONGEST_STATEMENT {
                continue;
            }
            let words = tokens(&statement.text);
            let mut taken = None;
            if is_head {
                let is_title = statement.form == Form::Heading;
                facts.number = facts.number.take().or_else(|| number_of(&statement.text, is_title));
                if facts.signing.is_none() && !is_mail {
                    facts.signing = reader.signing(statement, &words, number);
                    taken = facts.signing.map(|_| "the day of signing");
                }
            }
            taken = taken
                .or_else(|| facts.milestone(statement, &words, &reader))
                .or_else(|| facts.period(statement, &words, &reader))
                .or_else(|| facts.terms(statement, &words, &reader));
            facts.reasons.extend(taken.map(|what| (place, what)));
        }
        let day = |window: Option<Window>| window.map_or(EventDate::Missing, EventDate::Known);
        for (name, window) in [("signing", facts.signing), ("start", facts.start), ("end", facts.end)] {
            facts.events.push(name, day(window));
        }
        for (name, window, _) in &facts.milestones {
            facts.events.push(name.as_str(), EventDate::Known(*window));
        }
        facts
    }

    /// `Go-Live: 1 May 2027`, `“Go-Live” means 1 May 2027`.
    fn milestone(
        &mut self,
        statement: &Statement,
        words: &[WordToken],
        reader: &FactReader<'_>,
    ) -> Option<&'static str> {
        // What stands before a day on covers and in letters, and is no event of the contract.
        const NO_MILESTONES: [&str; 14] = [
            "date", "sent", "signed", "due", "deadline", "delivery date", "delivery", "valid until",
            "version", "issued", "from", "to", "subject", "effective date",
        ];
        let text = statement.text.trim_end_matches('.');
        let split = text.split_once(": ").map(|(name, rest)| (name.to_owned(), rest));
        let split = split.or_else(|| {
            let words = [
                " means ", " is planned for ", " is scheduled for ", " takes place on ", " shall be on ",
                " is ",
            ];
            let (name, rest) = words.iter().find_map(|word| text.split_once(word))?;
            let name =
                quoted(name).into_iter().next().unwrap_or_else(|| name.trim_start_matches("The ").to_owned());
            Some((name, rest))
        });
        let (name, rest) = split?;
        let plain = name.trim().to_lowercase();
        let slug = plain.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
        let slug: Vec<&str> = slug.collect();
        let is_name = (1..=4).contains(&slug.len())
            && name.starts_with(char::is_uppercase)
            && !NO_MILESTONES.contains(&plain.as_str())
            && slug.iter().any(|word| word.contains(char::is_alphabetic));
        // A feature with its day is a promise.
        if !is_name || !reader.names.mentions(&statement.text, words).is_empty() {
            return None;
        }
        let window = parse_date(rest.trim(), reader.calendar).ok()?;
        let slug = slug.join("-");
        match slug.as_str() {
            "signing" | "signature" if self.signing.is_none() => {
                self.signing = Some(window);
                Some("the day of signing")
            }
            // These have keys of their own.
            "signing" | "start" | "end" => None,
            _ if !self.named.insert(slug.clone()) => None,
            _ => {
                let written =
                    if window.is_day() { window.latest.to_string() } else { rest.trim().to_owned() };
                self.milestones.push((slug, window, written));
                Some("a milestone")
            }
        }
    }

    /// A term with its first and its last day.
    fn period(
        &mut self,
        statement: &Statement,
        words: &[WordToken],
        reader: &FactReader<'_>,
    ) -> Option<&'static str> {
        if self.start.is_some()
            || !says(words, &["term", "subscription period", "period of this", "contract period"])
            || !says(words, &["from", "begin", "start", "commence", "commencing", "beginning", "starting"])
        {
            return None;
        }
        let found = reader.dates.dates(&statement.text, words);
        // What counts from a signature has a day once that has one.
        let day = |date: &NamedDate| match date.waits_for {
            None => date.window.is_day().then_some(date.window),
            Some(_) => self.signing.filter(|_| date.written == "signing"),
        };
        let days: Vec<(DateRole, Window)> =
            found.iter().filter_map(|date| Some((date.role, day(date)?))).collect();
        let [(first, start), (last, end)] = days[..] else { return None };
        let is_span = first != DateRole::Until && first != DateRole::Reference && last != DateRole::From;
        if !is_span || start.latest >= end.earliest {
            return None;
        }
        (self.start, self.end) = (Some(start), Some(end));
        Some("the term")
    }

    fn terms(
        &mut self,
        statement: &Statement,
        words: &[WordToken],
        reader: &FactReader<'_>,
    ) -> Option<&'static str> {
        if let Some(stated) = payment(&statement.text, words, reader.parties) {
            let is_whole = self.payment.add(stated, &statement.text);
            return Some(if is_whole { "the term `payment`" } else { "what may be the term `payment`" });
        }
        let stated = reader.roadmap.term("governing-law").and_then(|_| law(&statement.text, words))?;
        let is_whole = self.law.add(stated, &statement.text);
        Some(if is_whole { "the term `governing-law`" } else { "what may be the term `governing-law`" })
    }

    /// What a statement was taken as.
    pub(super) fn reason(&self, place: StatementPlace) -> Option<String> {
        self.reasons.get(&place).map(|what| format!("taken as {what}"))
    }

    pub(super) fn events(&self) -> &Events {
        &self.events
    }

    /// Whether a date is the first day of the contract, from which a promise without a deadline holds.
    pub(super) fn begins_on(&self, date: &NamedDate) -> bool {
        match (self.start, self.signing) {
            (Some(start), _) => start.contains(date.window),
            (None, Some(signing)) => signing.contains(date.window),
            (None, None) => date.written == "signing",
        }
    }

    /// The fields of the whole contract; what is not found is a placeholder, with a comment.
    pub(super) fn fields(&self, parties: &Parties, documents: &[String]) -> Vec<DraftLine> {
        let text = |key, value: &str| DraftLine::Field(key, DraftValue::Text(value.to_owned()));
        let comment = |words: &str| DraftLine::Comment(words.to_owned());
        let id = self.number.as_ref().unwrap_or(&self.name);
        let mut lines = vec![text("contract", if id.is_empty() { "NEW" } else { id })];
        match &parties.customer.name {
            Some(name) => lines.push(text("customer", name)),
            None => {
                lines.push(comment("the documents do not say who the customer is"));
                lines.push(text("customer", "CUSTOMER"));
            }
        }
        match self.signing {
            Some(day) => lines.push(text("signing", &day.latest.to_string())),
            None => lines.push(comment("the documents do not say when they are signed: add `signing`")),
        }
        match (self.start, self.end) {
            (Some(start), Some(end)) => {
                let day = |window: Window| DraftValue::Text(window.latest.to_string());
                let table = vec![("start".to_owned(), day(start)), ("end".to_owned(), day(end))];
                lines.push(DraftLine::Field("period", DraftValue::Table(table)));
            }
            _ => lines.push(comment("the documents do not say from when to when they hold: add `period`")),
        }
        if !self.milestones.is_empty() {
            let days =
                self.milestones.iter().map(|(name, _, day)| (name.clone(), DraftValue::Text(day.clone())));
            lines.push(DraftLine::Field("milestones", DraftValue::Table(days.collect())));
        }
        lines.push(DraftLine::Field("documents", DraftValue::List(documents.to_vec())));
        let terms = [("payment", &self.payment), ("governing-law", &self.law)];
        let sure = terms.iter().filter_map(|(name, term)| {
            Some(((*name).to_owned(), DraftValue::Text(term.certain()?.to_owned())))
        });
        let sure: Vec<(String, DraftValue)> = sure.collect();
        lines.extend(terms.iter().flat_map(|(name, term)| {
            let doubtful = term.doubtful();
            doubtful.map(move |text| {
                comment(&format!("check the term `{name}`: `{}`", clean_truncated(text, 300)))
            })
        }));
        if !sure.is_empty() {
            lines.push(DraftLine::Field("terms", DraftValue::Table(sure)));
        }
        lines
    }
}

/// What documents say of a term.
#[derive(Debug, Default)]
struct TermFact {
    values: Vec<String>,
    /// The statements that say it, and whether each says it of all.
    said: Vec<(String, bool)>,
}

impl TermFact {
    /// Takes in what a statement says. Says whether that is one thing, of all.
    fn add<V: ToString>(&mut self, stated: StatedTerm<V>, text: &str) -> bool {
        self.values.extend(stated.values.iter().map(|(value, _)| value.to_string()));
        self.said.push((text.to_owned(), stated.is_whole));
        stated.is_whole
    }

    /// Its value, where it is said of all, and nothing else is said.
    fn certain(&self) -> Option<&str> {
        let first = self.values.first()?;
        let is_said = self.said.iter().any(|(_, is_whole)| *is_whole);
        (is_said && self.values.iter().all(|value| value == first)).then_some(first)
    }

    /// The statements that have to be checked.
    fn doubtful(&self) -> impl Iterator<Item = &str> {
        let is_certain = self.certain().is_some();
        let doubtful = self.said.iter().filter(move |(_, is_whole)| !(is_certain && *is_whole));
        doubtful.map(|(text, _)| text.as_str())
    }
}

/// What the statements of a document are read with.
struct FactReader<'a> {
    dates: DateReader<'a>,
    calendar: &'a Calendar,
    names: &'a FeatureNames,
    parties: &'a Parties,
    roadmap: &'a Roadmap,
}

impl FactReader<'_> {
    /// The day of signature, where a statement at the beginning says it: the `number`-th of all.
    fn signing(&self, statement: &Statement, words: &[WordToken], number: usize) -> Option<Window> {
        const WORDS: &[&str] = &[
            "signed on", "made as of", "made on", "dated", "entered into", "executed on", "as of", "date :",
            "date of signature", "signature date", "signed by", "sent :", "is made",
        ];
        // What is there as of a day is a promise.
        if !self.names.mentions(&statement.text, words).is_empty() {
            return None;
        }
        let found = self.dates.dates(&statement.text, words);
        let said = phrases(WORDS).find(words);
        // A letter begins with a place and a day.
        let is_letter = number < 3 && words.len() < 40 && statement.form == Form::Sentence;
        let day = found.iter().find(|date| {
            let is_near = said
                .as_ref()
                .is_some_and(|said| date.words.end > said.start && date.words.start <= said.end + 5);
            let begins = is_letter && date.words.start <= 3 && date.role == DateRole::Bare;
            let is_day = date.window.is_day() && date.waits_for.is_none();
            is_day && date.role != DateRole::Until && (is_near || begins)
        });
        day.map(|day| day.window)
    }
}

/// The number of a document: `Contract No. ACME-2026-014`, or at the end of its title.
fn number_of(text: &str, is_title: bool) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean = |word: &str| word.trim_matches(|mark: char| !mark.is_alphanumeric()).to_owned();
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let labels = [
        "no", "no.", "nr", "nr.", "number", "number:", "no:", "#", "ref", "ref.", "reference", "reference:",
        "ref:",
    ];
    let labelled =
        words.windows(2).find(|pair| labels.contains(&pair[0].to_lowercase().as_str()) && has_digit(pair[1]));
    let of_title = || words.last().filter(|word| is_title && words.len() <= 6 && has_digit(word));
    labelled
        .map(|pair| clean(pair[1]))
        .or_else(|| of_title().map(|word| clean(word)))
        .filter(|number| !number.is_empty() && number.len() <= 40)
}
