//! What a document says of the whole contract: its number, its days, its terms.

use crate::document::Document;
use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::model::deadline::{EventDate, Events};
use crate::model::quantity::Quantity;
use crate::model::roadmap::Roadmap;
use crate::model::window::Window;

use super::dates::{DateRole, dates, plain_quantity};
use super::parties::{Parties, quoted};
use super::statement::{Form, Statement};
use super::words::{find, says, tokens};
use super::{DraftLine, DraftValue};

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
    payment: Option<String>,
    law: Option<String>,
    events: Events,
    /// Statements that are taken as one of these, with what they are.
    reasons: Vec<(usize, String, &'static str)>,
}

impl Facts {
    pub(super) fn find(
        said: &[Statement],
        documents: &[Document],
        parties: &Parties,
        roadmap: &Roadmap,
        calendar: &Calendar,
    ) -> Self {
        let mut facts = Self::default();
        if let Some(document) = documents.first() {
            let file = document.name.rsplit('/').next().unwrap_or_default();
            facts.name = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
        }
        let nothing = Events::new();
        // The day of a mail is not that of a signature.
        let is_mail = said.iter().take(HEAD).any(|statement| statement.text.starts_with("Subject: "));
        for (at, statement) in said.iter().enumerate() {
            if matches!(statement.form, Form::Row(_) | Form::Head) && at > HEAD {
                continue;
            }
            let text = &statement.text;
            let words = tokens(text);
            if at < HEAD {
                facts.number = facts.number.take().or_else(|| number(text, statement.form == Form::Heading));
                if facts.signing.is_none() && !is_mail {
                    let found = dates(text, &words, &nothing, calendar);
                    let is_said = says(
                        &words,
                        &[
                            "signed on",
                            "made as of",
                            "made on",
                            "dated",
                            "entered into",
                            "executed on",
                            "as of",
                            "date :",
                            "date of signature",
                            "signature date",
                            "signed by",
                            "sent :",
                            "is made",
                        ],
                    );
                    // A letter begins with a place and a day.
                    let begins = found
                        .first()
                        .is_some_and(|date| date.words.start <= 3 && date.role == DateRole::Bare);
                    let is_letter = begins && at < 3 && words.len() < 40 && statement.form == Form::Sentence;
                    let day = found.iter().find(|date| date.window.is_day() && date.role != DateRole::Until);
                    if let Some(day) = day.filter(|_| is_said || is_letter) {
                        facts.signing = Some(day.window);
                        facts.reasons.push((statement.line, text.clone(), "the day of signing"));
                    }
                }
            }
            facts.milestone(statement, calendar);
            facts.period(statement, calendar);
            facts.terms(statement, parties, roadmap);
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
    fn milestone(&mut self, statement: &Statement, calendar: &Calendar) {
        const NO_MILESTONES: [&str; 14] = [
            "date",
            "sent",
            "signed",
            "due",
            "deadline",
            "delivery date",
            "delivery",
            "valid until",
            "version",
            "issued",
            "from",
            "to",
            "subject",
            "effective date",
        ];
        let text = statement.text.trim_end_matches('.');
        let split = text.split_once(": ").map(|(name, rest)| (name.to_owned(), rest));
        let split = split.or_else(|| {
            let words = [
                " means ",
                " is planned for ",
                " is scheduled for ",
                " takes place on ",
                " shall be on ",
                " is ",
            ];
            let (name, rest) = words.iter().find_map(|word| text.split_once(word))?;
            let name =
                quoted(name).into_iter().next().unwrap_or_else(|| name.trim_start_matches("The ").to_owned());
            Some((name, rest))
        });
        let Some((name, rest)) = split else { return };
        let slug = tokens(&name)
            .iter()
            .filter(|word| word.is_word())
            .map(|word| word.stem.clone())
            .collect::<Vec<_>>();
        let plain = name.trim().to_lowercase();
        let is_name = (1..=4).contains(&slug.len())
            && name.starts_with(char::is_uppercase)
            && !NO_MILESTONES.contains(&plain.as_str());
        let Ok(window) = parse_date(rest.trim(), calendar) else { return };
        if is_name && !slug.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
            let slug = plain
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("-");
            if ["signing", "signature"].contains(&slug.as_str()) && self.signing.is_none() {
                self.signing = Some(window);
                self.reasons.push((statement.line, statement.text.clone(), "the day of signing"));
            } else if !["signing", "start", "end"].contains(&slug.as_str())
                && !self.milestones.iter().any(|(known, ..)| *known == slug)
            {
                let written =
                    if window.is_day() { window.latest.to_string() } else { rest.trim().to_owned() };
                self.milestones.push((slug, window, written));
                self.reasons.push((statement.line, statement.text.clone(), "a milestone"));
            }
        }
    }

    /// A term with its first and its last day.
    fn period(&mut self, statement: &Statement, calendar: &Calendar) {
        let words = tokens(&statement.text);
        if self.start.is_some()
            || !says(&words, &["term", "subscription period", "period of this", "contract period"])
        {
            return;
        }
        let found = dates(&statement.text, &words, &Events::new(), calendar);
        let days: Vec<Window> =
            found.iter().filter(|date| date.window.is_day()).map(|date| date.window).collect();
        if let [start, end] = days[..]
            && start.latest < end.earliest
            && says(&words, &["from", "begin", "start", "commence", "commencing", "beginning", "starting"])
        {
            (self.start, self.end) = (Some(start), Some(end));
            self.reasons.push((statement.line, statement.text.clone(), "the term"));
        }
    }

    fn terms(&mut self, statement: &Statement, parties: &Parties, roadmap: &Roadmap) {
        let words = tokens(&statement.text);
        let pays = says(&words, &["pay", "payable", "payment", "invoice", "paid", "net"]);
        let by_vendor = words.iter().take(2).enumerate().any(|(at, _)| parties.vendor.at(&words, at) > 0);
        if pays
            && !by_vendor
            && self.payment.is_none()
            && says(&words, &["invoice", "payment", "fee", "net", "receipt"])
        {
            let days = (0..words.len()).find_map(|at| {
                (at + 1..=(at + 9).min(words.len())).find_map(|end| {
                    let slice =
                        plain_quantity(&statement.text[words[at].place.start..words[end - 1].place.end]);
                    let slice = slice
                        .strip_prefix("net ")
                        .or_else(|| slice.strip_prefix("Net "))
                        .map_or(slice.clone(), |days| format!("{days} days"));
                    let is_length = slice.starts_with(|first: char| first.is_ascii_digit());
                    let length = Quantity::parse_duration(&slice).ok().filter(|_| is_length)?;
                    length.days().map(|_| length.to_string())
                })
            });
            if let Some(days) = days {
                self.payment = Some(days);
                self.reasons.push((statement.line, statement.text.clone(), "the term `payment`"));
            }
        }
        if self.law.is_none() && roadmap.term("governing-law").is_some() {
            let at = find(&words, "governed by the law of").map(|at| at + 5);
            let place = at
                .and_then(|at| words.get(at))
                .map(|word| statement.text[word.place.start..].trim_start_matches("the "));
            let name = place.map(|rest| {
                let capital = |word: &&str| word.starts_with(char::is_uppercase) || *word == "of";
                rest.split_whitespace().take_while(capital).collect::<Vec<_>>().join(" ")
            });
            if let Some(name) =
                name.map(|name| name.trim_end_matches(['.', ',']).to_owned()).filter(|name| !name.is_empty())
            {
                self.law = Some(name);
                self.reasons.push((statement.line, statement.text.clone(), "the term `governing-law`"));
            }
        }
    }

    /// What a statement was taken as.
    pub(super) fn reason(&self, statement: &Statement) -> Option<String> {
        let same =
            |(line, text, _): &&(usize, String, &str)| *line == statement.line && *text == statement.text;
        self.reasons.iter().find(same).map(|(_, _, what)| format!("taken as {what}"))
    }

    pub(super) fn events(&self) -> &Events {
        &self.events
    }

    pub(super) fn signing(&self) -> Option<Window> {
        self.signing
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
        let terms: Vec<(String, DraftValue)> = terms
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), DraftValue::Text(value.clone()?))))
            .collect();
        if !terms.is_empty() {
            lines.push(DraftLine::Field("terms", DraftValue::Table(terms)));
        }
        lines
    }
}

/// The number of a document: `Contract No. ACME-2026-014`, or at the end of its title.
fn number(text: &str, is_title: bool) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean = |word: &str| word.trim_matches(|mark: char| !mark.is_alphanumeric()).to_owned();
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let labels = [
        "no",
        "no.",
        "nr",
        "nr.",
        "number",
        "number:",
        "no:",
        "#",
        "ref",
        "ref.",
        "reference",
        "reference:",
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
