//! The verb behind a modal verb, and whether it is denied: "shall, by no later than 31 March 2027, deliver".

use crate::model::calendar::month_number;
use crate::model::spelled::may_begin_number;

use super::ruling::RuledStatement;
use super::verbs::DENIALS;
use super::words::{WordToken, phrases};

/// Words of the days that may stand between a modal verb and its verb: "shall, by no later than 31 March 2027, deliver".
const DAYS: [&str; 34] = [
    "by", "on", "before", "within", "from", "until", "during", "after", "following", "prior", "later",
    "than", "later", "the", "of", "end", "day", "week", "month", "year", "quarter", "business", "calendar",
    "working", "effective", "date", "signature", "signing", "first", "second", "third", "fourth", "last",
    "or",
];

/// Words of the times that may stand there as well: "shall not during the Initial Term withdraw".
const TIMES: [&str; 12] = [
    "throughout", "for", "upon", "term", "period", "initial", "subscription", "entire", "whole", "this",
    "agreement", "contract",
];

/// Words that make a denial a deadline.
const LATE: &[&str] = &["later than", "any later than"];

impl RuledStatement<'_> {
    /// The verb after a modal verb, and whether it is denied.
    pub(super) fn verb(&self, from: usize) -> (usize, bool) {
        let mut at = self.behind_aside(from);
        let mut is_denied = phrases(DENIALS).find(&self.tokens[from..at]).is_some();
        while let Some(token) = self.tokens.get(at) {
            match token.stem.as_str() {
                // "at no extra cost" denies no verb.
                "no" if self.is_at(at.wrapping_sub(1), "at") && !self.is_at(at + 1, "time") => break,
                // "Guarantees that no entry is lost" denies what would be bad.
                "no" if self.is_at(at.wrapping_sub(1), "that") => break,
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
                "by" | "within" | "on" | "before" | "from" | "until" | "during" | "throughout" | "for"
                | "after" | "upon" => match self.behind_day(at) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                },
                // "time being of the essence".
                "time" if self.is_at(at + 1, "being") => {
                    let end = (at..self.tokens.len()).find(|&end| self.is_at(end, ","));
                    at = end.unwrap_or(at);
                }
                "of" if self.is_at(at + 1, "course") => at += 1,
                // "in addition to the foregoing".
                "in" if self.is_at(at + 1, "addition") => {
                    at += 1 + usize::from(self.is_at(at + 2, "to")) * 3;
                }
                "any" if self.is_at(at + 1, "time") => {}
                "to" | "that" | ":" | "," | "also" | "further" | "furthermore" | "moreover" | "likewise"
                | "hereby" | "promptly" | "continue" | "then" | "and" | "at" | "all" | "times" | "time"
                | "otherwise" | "additionally" | "use" | "\"" | "(" | ")" | "either" | "only" | "it"
                | "itself" | "themselve" | "themselves" | "himself" | "yourself" => {
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
                    && !["apply", "supply", "rely", "reply", "comply", "imply", "multiply"]
                        .contains(&word)
                    && word != "materially" => {}
                word if word.len() == 1 && word.starts_with(char::is_alphanumeric) => {}
                _ => break,
            }
            at += 1;
        }
        (at, is_denied && !self.is_in_time(at))
    }

    /// Where the words end that stand between a modal verb and its verb: "shall, at no charge, provide".
    pub(super) fn behind_aside(&self, from: usize) -> usize {
        /// The most words of such an aside.
        const LONGEST: usize = 24;
        if self.tokens.get(from).is_none_or(|token| token.stem != ",") {
            return from;
        }
        // What items go on with may end in one: "Vendor shall, without limitation", "(a) provide".
        let is_led = from < self.own;
        let end = if is_led { self.own } else { self.tokens.len() };
        let inner = self.tokens[from + 1..end].iter().take(LONGEST);
        let close = inner.into_iter().position(|token| token.stem == ",");
        close.map_or(if is_led { end } else { from }, |length| from + length + 2)
    }

    /// Whether what is denied of a verb is that it is late: who shall not be late, shall be in time.
    pub(super) fn is_in_time(&self, verb: usize) -> bool {
        (verb..self.tokens.len().min(verb + 24)).any(|at| phrases(LATE).at(&self.tokens, at).is_some())
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
    pub(super) fn behind_day(&self, at: usize) -> Option<usize> {
        /// The most words of one.
        const LONGEST: usize = 14;
        let mut length = self.length_of_day(at);
        while self.tokens.get(at + length).is_some_and(|word| TIMES.contains(&&*word.stem)) {
            length += 1;
            length += self.length_of_day(at + length);
        }
        (length > 1 && length <= LONGEST && at + length < self.tokens.len()).then_some(at + length)
    }

    /// How many words that may say a day begin at a place.
    pub(super) fn length_of_day(&self, at: usize) -> usize {
        let is_day = |token: &WordToken| {
            DAYS.contains(&&*token.stem)
                || month_number(&token.stem).is_some()
                || token.stem.starts_with(|first: char| first.is_ascii_digit())
                || matches!(&*token.stem, "no" | "not" | "(" | ")" | ",")
                || may_begin_number(&token.stem)
        };
        self.tokens.get(at..).unwrap_or_default().iter().take_while(|token| is_day(token)).count()
    }
}
