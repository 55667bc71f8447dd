//! A sentence taken apart at its modal verbs: each has a subject before it, a verb behind it, and reaches as far as the next
//! one.

use super::conditions::ModalSubject;
use super::present::FoundVerb;
use super::ruling::{ModalClause, RuledStatement};
use super::verbs::{CAN, DENIALS, LEAVES_OPEN, MODALS, OBLIGES, RECEIVES};
use super::words::{WordToken, phrases};

/// Verbs of who ensures that something is so.
const SEES_TO_IT: &[&str] =
    &["ensure", "make sure", "see to it", "see that", "procure that", "take care that"];

impl RuledStatement<'_> {
    /// Its modal verbs, each with what belongs to it.
    pub(super) fn units(&self) -> Vec<ModalClause> {
        let units = self.units_of(&self.found_verbs());
        let mut units = self.with_joined_verbs(units);
        self.tie(&mut units);
        units
    }

    /// The verbs that it is taken apart at, in their order.
    fn found_verbs(&self) -> Vec<FoundVerb> {
        let modals = MODALS.map(phrases);
        let modal_at = |at: usize| modals.iter().find_map(|modals| modals.at(&self.tokens, at));
        let mut found: Vec<FoundVerb> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            // "Covenant tracking" is a name, and obliges nobody.
            let modal = modal_at(at).filter(|_| !self.is_noun(at) && !self.is_named(at..at + 1));
            // "Agreed not to remove": the denial is of what follows.
            let modal =
                modal.map(|length| length - usize::from(length > 1 && self.is_at(at + length - 1, "not")));
            let modal = modal.map(|length| FoundVerb { words: at..at + length, present: None });
            // "We can commit to": what can be promised, is.
            const PROMISES: &[&str] =
                &["agree to", "commit to", "guarantee", "promise", "assure", "undertake"];
            let modal = modal.filter(|found| {
                phrases(CAN).at(&self.tokens, at).is_none()
                    || phrases(PROMISES).at(&self.tokens, found.words.end).is_none()
            });
            match modal.or_else(|| self.present_at(at, found.last())) {
                Some(verb) => {
                    at = verb.words.end.max(at + 1);
                    found.push(verb);
                }
                None => at += 1,
            }
        }
        found
    }

    /// What belongs to each verb by itself.
    fn units_of(&self, found: &[FoundVerb]) -> Vec<ModalClause> {
        let mut units: Vec<ModalClause> = Vec::with_capacity(found.len());
        for (number, verb) in found.iter().enumerate() {
            let modal = &verb.words;
            let (subject, start) = self.subject_of(number, found);
            let end = match found.get(number + 1).map(|next| next.words.start) {
                // "An Audit log that cannot be changed" belongs to the verb before as well.
                Some(next) if self.is_at(next - 1, "that") || self.is_at(next - 1, "which") => next,
                Some(next) => {
                    let (subject, start) = self.subject_of(number + 1, found);
                    // "Shall provide the Audit log including updates": what a verb is done to is no other's subject alone.
                    let is_object = subject == ModalSubject::Feature
                        && start > modal.end
                        && !self.opens_part(self.before(start, modal.end).0);
                    if is_object { next } else { start.max(modal.end) }
                }
                None => self.tokens.len(),
            };
            let turned = self.turned(modal).filter(|_| verb.present.is_none());
            let (verb_at, is_denied) = self.verb(turned.map_or(modal.end, |(_, end)| end));
            let is_denied = is_denied
                || turned.is_some()
                    && phrases(DENIALS).find(&self.tokens[start.min(modal.start)..modal.start]).is_some()
                    && !self.is_in_time(verb_at);
            let from = number.checked_sub(1).map_or(0, |before| found[before].words.end);
            // "does not include".
            // "In no event does Vendor guarantee".
            let is_behind_not = modal.start > from
                && (matches!(&*self.tokens[modal.start - 1].stem, "not" | "never")
                    || phrases(&["in no event doe", "in no case doe", "under no circumstance doe"])
                        .find(&self.tokens[from..modal.start])
                        .is_some());
            let is_denied = is_denied || is_behind_not || self.is_neither(from, start, modal.start);
            // "Vendor shall A and shall B": the subject is that of the verb before.
            let is_carried = verb.present.is_none()
                && self.follows_and(modal.start)
                && self.remark_before(modal.start).is_none();
            // "Vendor shall ensure that": one verb is that of the other.
            const VOUCHES: &[&str] =
                &["ensure", "guarantee", "warrant", "undertake", "commit", "agree", "assure", "promise"];
            let vouches = phrases(VOUCHES).at(&self.tokens, modal.start).is_some();
            let above = units.last().filter(|unit| vouches && unit.verb == modal.start);
            let is_denied = is_denied || above.is_some_and(|unit| unit.is_denied);
            let is_carried = is_carried || above.is_some();
            let carried = units.last().map(|unit| unit.subject).filter(|_| is_carried);
            units.push(ModalClause {
                subject: carried.unwrap_or(subject),
                modal: modal.clone(),
                verb: if verb.present.is_some() && !is_denied { modal.start } else { verb_at },
                is_denied,
                is_ensured: false,
                is_aside: subject == ModalSubject::Feature && self.is_aside(start, from)
                    || self.is_asked_beside(from, modal.start),
                is_present: verb.present.is_some(),
                reach: start..end,
            });
        }
        units
    }

    /// Takes each verb for what the one before makes of it: who agrees that something will be, promises it.
    fn tie(&self, units: &mut [ModalClause]) {
        for at in 1..units.len() {
            let before = &units[at - 1];
            let promises = [
                "agree", "undertake", "guarantee", "warrant", "represent", "covenant", "commit", "ensure",
                "promise", "confirm", "agreed", "assured", "committed", "confirmed", "promised", "undertook",
            ];
            let is_at = |at: usize| self.tokens.get(at).is_some_and(|word| promises.contains(&&*word.stem));
            let sees_to_it = [before.modal.start, before.verb]
                .iter()
                .any(|&at| phrases(SEES_TO_IT).at(&self.tokens, at).is_some());
            let is_that = is_at(before.modal.start) || is_at(before.verb) || sees_to_it;
            // "We hope that the Audit log will be ready", "Vendor expects Search will".
            let leaves_open = matches!(before.subject, ModalSubject::Vendor | ModalSubject::Customer)
                && phrases(LEAVES_OPEN).at(&self.tokens, before.modal.start).is_some()
                && (before.modal.end..before.modal.end + 3).contains(&units[at].reach.start);
            let is_agreed = || {
                let start = before.modal.start;
                (start.saturating_sub(2)..start).any(|at| self.is_at(at, "partie"))
            };
            // What the customer agrees to may be the vendor's: "Customer agrees that Vendor shall deliver".
            let is_vendors = units[at].subject == ModalSubject::Vendor;
            // What the customer does something for: "shall provide its metadata so that SSO can be configured".
            let is_purpose = before.subject == ModalSubject::Customer
                && phrases(OBLIGES).at(&self.tokens, before.modal.start).is_some()
                && phrases(RECEIVES).at(&self.tokens, before.verb).is_none()
                && !is_vendors
                && self.opens_purpose(units[at].reach.start);
            // What the customer ensures is its own part.
            let is_customers =
                sees_to_it && before.subject == ModalSubject::Customer && !before.is_present && !is_vendors;
            if is_purpose || is_customers {
                units[at].subject = ModalSubject::Customer;
                units[at].is_aside = true;
            } else if leaves_open {
                units[at].is_aside = true;
            } else if is_that && before.is_denied {
                // "Vendor does not warrant that it will".
                units[at].is_denied = true;
            } else if before.is_denied
                && units[at].reach.start.checked_sub(1).is_some_and(|at| self.is_at(at, "that"))
            {
                // "Reseller shall not tell anybody that it will".
                units[at].is_aside = true;
            } else if is_that && (before.subject == ModalSubject::Vendor || is_agreed()) {
                // That something can be done is what is promised then.
                let modal = before.modal.clone();
                let unit = &mut units[at];
                let may_use = phrases(CAN).at(&self.tokens, unit.modal.start).is_some();
                unit.is_ensured = unit.subject != ModalSubject::Customer || may_use;
                // "Vendor confirmed that it would".
                if phrases(&["would"]).at(&self.tokens, unit.modal.start).is_some() {
                    unit.modal = modal.clone();
                }
                if unit.subject == ModalSubject::Other {
                    unit.subject = ModalSubject::Vendor;
                    unit.modal = modal;
                }
            }
        }
    }

    /// The same, and where the vendor's verb is followed by one of delivery, that as well: "shall notify Customer and deliver
    /// the Audit log".
    fn with_joined_verbs(&self, units: Vec<ModalClause>) -> Vec<ModalClause> {
        const DELIVERS: &[&str] = &[
            "deliver", "provide", "enable", "implement", "extend", "activate", "introduce", "maintain",
            "make",
        ];
        let mut all = Vec::with_capacity(units.len());
        for mut unit in units {
            let may_join = unit.subject == ModalSubject::Vendor && !unit.is_denied && !unit.is_present;
            let mut behind = (unit.verb + 1..unit.reach.end).filter(|_| may_join);
            let joined = behind.find(|&at| {
                self.is_at(at - 1, "and")
                    && phrases(DELIVERS).at(&self.tokens, at).is_some()
                    && !self.is_named(at..at + 1)
            });
            let next = joined.map(|verb| ModalClause { verb, reach: verb..unit.reach.end, ..unit.clone() });
            unit.reach.end = joined.unwrap_or(unit.reach.end);
            all.push(unit);
            all.extend(next);
        }
        all
    }

    /// Whether a modal verb is that of a clause which tells more of a noun, or when something is: "rules which Customer can
    /// change", "passes the scan before another user can open it".
    pub(super) fn is_subordinate(&self, unit: &ModalClause) -> bool {
        /// The most words between what opens the clause and its verb.
        const LONGEST: usize = 4;
        const OPENS: [&str; 8] = ["which", "who", "whom", "that", "before", "until", "while", "so"];
        const SAYS: [&str; 5] = ["agreed", "confirmed", "provided", "condition", "sure"];
        let from = (self.own + 1).max(unit.modal.start.saturating_sub(LONGEST));
        let opener = (from..unit.modal.start).rev().find(|&at| OPENS.contains(&self.stem(at)));
        matches!(unit.subject, ModalSubject::Customer | ModalSubject::Other)
            && opener.is_some_and(|at| {
                // "Entries that are too old shall be marked": the clause has its own verb.
                let has_verb = (at + 1..unit.modal.start)
                    .any(|at| matches!(self.stem(at), "is" | "are" | "has" | "have"));
                !SAYS.contains(&self.stem(at - 1)) && !has_verb
            })
    }

    /// Whether a word that may be a verb is a noun here: "the plan", "a commitment".
    fn is_noun(&self, at: usize) -> bool {
        let nouns = [
            "plan", "hope", "aim", "promise", "guarantee", "will", "can", "must", "want", "warrant",
            "intend", "seek",
        ];
        const ARTICLES: [&str; 10] = ["the", "a", "an", "its", "it", "our", "on", "of", "for", "in"];
        // "The stand-by duty".
        if self.is_at(at, "stand") && ARTICLES.contains(&self.stem(at.wrapping_sub(1))) {
            return true;
        }
        // "The same limits as the Enterprise plan".
        if self.is_at(at, "plan") && !matches!(self.stem(at + 1), "to" | "on" | "for" | "a" | "the") {
            return true;
        }
        let before = at.checked_sub(1).map(|before| self.tokens[before].stem.as_str());
        let is_number = |stem: &str| stem.starts_with(|first: char| first.is_ascii_digit());
        if self.tokens[at].stem == "may" {
            // "such labels as may be required".
            if before == Some("as") && !matches!(self.stem(at + 1), "we" | "you") {
                return true;
            }
            // The month, as it stands within a sentence: "in the May release".
            let is_name = &self.whole[self.tokens[at].place.clone()] == "May"
                && at.checked_sub(1).is_some_and(|before| self.tokens[before].is_word());
            if is_name {
                return true;
            }
            let next = self.tokens.get(at + 1).map(|next| next.stem.as_str());
            let is_behind =
                |before| ["in", "by", "of", "before", "until", "from", "end", "since"].contains(&before);
            return next.is_some_and(is_number)
                || before.is_some_and(|before| is_number(before) || is_behind(before));
        }
        // "Live by 15 May 2027, promise."
        if self.tokens[at].stem == "promise" && !self.tokens.get(at + 1).is_some_and(WordToken::is_word) {
            return true;
        }
        // "You can expect …": no verb that leaves it open.
        if self.tokens[at].stem == "expect" && before == Some("can") {
            return true;
        }
        nouns.contains(&self.tokens[at].stem.as_str())
            && before.is_some_and(|before| {
                [
                    "the", "a", "an", "its", "it", "our", "their", "this", "'", "of", "any", "your", "no",
                    "every", "each", "all", "per",
                ]
                .contains(&before)
            })
            && !self.tokens.get(at + 1).is_some_and(|next| next.stem == "be" && before != Some("a"))
            && before != Some("it")
    }

    pub(super) fn follows_and(&self, modal: usize) -> bool {
        // "Vendor shall:", "(c) ensure that the Audit log".
        if self.own > 0 && modal == self.behind_label() {
            return true;
        }
        // "The said Programs do and shall enable".
        if self.is_at(modal.wrapping_sub(1), "and")
            && matches!(self.stem(modal.wrapping_sub(2)), "do" | "doe" | "doth")
        {
            return false;
        }
        const IDLE: [&str; 14] = [
            "also", "then", "however", "nevertheless", "nonetheless", "thereafter", "therefore", "still",
            "always", "moreover", "furthermore", "accordingly", "instead", "thus",
        ];
        const TIMES: &[&str] = &["in any case", "in any event", "in each case", "at all times"];
        let mut end = modal;
        while end > 0 && IDLE.contains(&self.stem(end - 1)) {
            end -= 1;
        }
        // "And does not warrant".
        if end > 1 && self.is_at(end - 1, "not") && matches!(self.stem(end - 2), "doe" | "do") {
            end -= 2;
        }
        if phrases(TIMES).ends_at(&self.tokens, end) {
            end -= 3;
        }
        let before = end.checked_sub(1).map(|at| self.stem(at));
        matches!(before, Some("and" | "or" | "but" | ";")) || end == modal && before == Some(",")
    }

    /// Where a remark begins that is closed right before a verb: "the Audit log, without which Customer would not sign,
    /// shall …".
    pub(super) fn remark_before(&self, verb: usize) -> Option<usize> {
        /// The most words of one.
        const LONGEST: usize = 24;
        let (open, close) = match self.stem(verb.checked_sub(1)?) {
            "," => (",", verb - 1),
            ")" => ("(", verb - 1),
            _ => return None,
        };
        let open = (close.saturating_sub(LONGEST)..close).rev().find(|&at| self.is_at(at, open))?;
        (open > 0 && self.opens_remark(open)).then_some(open)
    }

    /// Whether a comma or a bracket opens a remark: ", which is no longer a beta,".
    pub(super) fn opens_remark(&self, at: usize) -> bool {
        let is_relative = |at: usize| matches!(self.stem(at), "which" | "who" | "whose" | "whom");
        self.is_at(at, "(") || self.is_at(at, ",") && (is_relative(at + 1) || is_relative(at + 2))
    }

    /// Whether a word opens a part of a sentence that has a subject of its own; none is the end of the verb before it.
    fn opens_part(&self, word: Option<&str>) -> bool {
        const OPENS: [&str; 18] = [
            "and", "or", "but", "that", "which", "if", "when", "where", "while", "whether", "how", "until",
            "before", "after", "once", "unless", "because", "so",
        ];
        word.is_none_or(|word| OPENS.contains(&word) || !word.starts_with(char::is_alphanumeric))
    }

    /// Whether the subject of a modal verb is denied: "neither the Audit log nor Search will".
    fn is_neither(&self, from: usize, subject: usize, modal: usize) -> bool {
        const BREAKS: [&str; 6] = [",", ";", ":", ")", "but", "while"];
        let is = |at: usize, words: &[&str]| words.contains(&&*self.tokens[at].stem);
        let is_none = |at: usize| is(at, &["none"]) && self.is_at(at + 1, "of") || is(at, &["nobody"]);
        let denial = (from..modal).rev().find(|&at| is(at, &["neither", "nor"]) || is_none(at));
        // "Although neither is there today, Vendor shall": the denial is of another verb.
        denial.is_some_and(|denial| {
            matches!(self.before(subject, from).0, Some("neither" | "nor"))
                // "Neither A nor, at present, B".
                || !(self.behind_aside(denial + 1)..modal).any(|at| is(at, &BREAKS))
        })
    }
}
