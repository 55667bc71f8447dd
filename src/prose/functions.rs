//! What a sentence says that a product does, where it names no feature of the roadmap: a function that nobody has mapped yet.
//!
//! The rules of the table decide who promises; what is promised has to be a part of software, or what software alone does.

use std::ops::Range;

use super::conditions::{ModalSubject, Ruling};
use super::ruling::{ModalClause, RuledStatement};
use super::sections::SectionKind;
use super::verbs::{ABOUT, DONE, PRODUCT};
use super::words::{phrases, says};

/// Verbs of who makes something a part of a product.
const MAKES: &[&str] = &[
    "add", "build", "create", "deliver", "develop", "enable", "extend", "furnish", "implement", "include",
    "incorporate", "integrate", "introduce", "make", "offer", "procure", "provide", "release", "ship",
    "supply",
];

/// Those of them that software alone is made by.
const BUILDS: &[&str] = &["add", "build", "develop", "implement", "incorporate", "program", "ship", "code"];

/// Parts of software, whoever makes them.
const PARTS: &[&str] = &[
    "add on", "automatic", "automated", "bulk export", "bulk import", "bulk upload", "export of",
    "import of", "upload of", "lookup of", "search across", "search in", "app", "apps", "button", "chart",
    "chatbot", "connector", "dark mode", "dashboard", "drop down", "editor", "export function",
    "function for", "function to", "function that", "import function", "interface", "language pack",
    "layout", "mobile app", "plug in", "plugin", "screen", "search by", "search function", "sign on",
    "timer", "user interface", "version for", "version with", "widget", "wizard",
];

/// What is a part of software where the product is named as its place.
const PARTS_IN_PRODUCT: &[&str] = &[
    "alert", "calendar", "endpoint", "field", "filter", "form", "function", "index", "log", "map", "mode",
    "module", "notification", "page", "reminder", "report", "rule", "search", "tab", "template", "version",
    "view", "warning", "workflow",
];

/// What software alone does.
const DOES: &[&str] = &[
    "accept entrie", "aggregate", "alert", "allow", "anonymise", "anonymize", "authenticate", "calculate",
    "capture", "compute", "continue to accept", "convert", "detect", "display", "emit", "enable", "encrypt",
    "export", "flag", "forecast", "generate", "import", "let", "lock", "log", "mark", "mask", "notify",
    "permit", "predict", "print", "process", "push", "read", "recognise", "recognize", "record", "reject",
    "remind", "render", "route", "scan", "send", "show", "sort", "suggest", "sync", "synchronise",
    "synchronize", "track", "translate", "transmit", "validate", "warn", "work offline", "be able to",
    "be capable of", "exchange", "link", "merge", "plot",
];

/// What is required of software as such.
const QUALITIES: &[&str] = &[
    "be usable", "be operable", "be compatible", "be responsive", "be accessible", "be multilingual",
    "be available in", "comply with wcag", "comply with en", "conform to wcag", "conform to en",
    "fulfil wcag", "fulfil en", "fulfill wcag", "meet wcag", "meet en", "run in", "run on", "support",
];

/// What users do with software alone.
const USERS_DO: &[&str] = &[
    "call up", "configure", "create", "define", "download", "drag", "draw", "edit", "export", "filter",
    "find", "import", "print", "read", "reset", "scan", "search", "see", "set", "sort", "switch", "take",
    "upload", "use", "view", "work",
];

/// How a sentence begins that promises nothing by itself.
const DEPENDS: &[&str] = &[
    "if", "should", "where", "when", "in the event", "unless", "upon request", "in case", "whether", "which",
    "wherea",
];

/// What announces a list.
const LEADS: &[&str] = &[
    "the following function", "following item", "function described below", "described below", "as follow",
    "set out below",
];

/// What is said of what belongs to a product.
const BELONGS: &[&str] =
    &["form part", "form integral part", "form an integral part", "be part of", "be a part of"];

/// What is said of something that comes.
const COMES: &[&str] = &[
    "be in by", "be in from", "be there", "be live", "be ready", "be out by", "be available", "be included",
    "ship", "land",
];

/// What no function is about: the law, and the work of people.
const ELSEWHERE: &[&str] = &[
    "we need", "need the", "want", "would like", "desire", "wish", "wishe", "agreement", "applicable law",
    "personnel", "employee", "consultant", "training", "insurance", "invoice", "policy", "policie",
    "sub processor", "subprocessor", "third party", "terminate", "termination", "website", "copyright",
    "confidential information", "professional service", "support service", "maintenance service", "helpdesk",
    "help desk", "support desk", "project manager", "workshop", "statement of work", "order form",
];

impl RuledStatement<'_> {
    /// Whether it promises that the product does something.
    pub(crate) fn promises_function(&self) -> bool {
        let own = self.tokens.get(self.own..).unwrap_or_default();
        let is_elsewhere = says(&self.tokens, ELSEWHERE) || phrases(DEPENDS).at(own, 0).is_some();
        // "The Platform shall enable users to:" goes on with what it promises.
        let is_lead = self.statement.text.ends_with([':', '—', '–']) || says(own, LEADS);
        !is_elsewhere
            && !is_lead
            && self.units.iter().any(|unit| {
                let rule = self.rule_on(Some(unit), None);
                rule.is_some_and(|rule| rule.ruling == Ruling::Promise)
                    && (self.is_of_function(unit) || self.is_led_by_functions() || self.is_led_by_access())
            })
    }

    /// Whether its first verb is said of the product.
    pub(crate) fn is_of_product(&self) -> bool {
        self.units.first().is_some_and(|unit| {
            // "A service manager will" is of people.
            let is_whole = phrases(PRODUCT).ends_at(&self.tokens, unit.modal.start)
                || (1..=unit.modal.start).any(|length| {
                    let start = unit.modal.start - length;
                    self.parties.product_at(&self.tokens, start) == length
                });
            unit.subject == ModalSubject::Product && is_whole && !self.is_of_services(unit)
        })
    }

    /// Whether it is a sentence of its own about the vendor.
    pub(crate) fn is_of_vendor(&self) -> bool {
        self.own == 0
            && !self.is_answered()
            && self.units.first().is_some_and(|unit| {
                // Who ensures that something is so, speaks of that.
                const SEES_TO_IT: &[&str] =
                    &["ensure", "make sure", "see to it", "procure", "guarantee", "warrant"];
                let sees_to_it = [unit.modal.start, unit.verb]
                    .iter()
                    .any(|&at| phrases(SEES_TO_IT).at(&self.tokens, at).is_some());
                unit.subject == ModalSubject::Vendor && !sees_to_it
            })
    }

    fn is_of_function(&self, unit: &ModalClause) -> bool {
        let is = |list: &'static [&'static str]| phrases(list).at(&self.tokens, unit.verb).is_some();
        let object = unit.verb + 1..unit.reach.end.max(unit.verb + 1);
        match unit.subject {
            ModalSubject::Vendor => {
                is(MAKES) && self.has_part(object.clone(), PARTS)
                    || is(BUILDS) && self.is_pronoun(object.start)
                    || is(MAKES) && self.is_in_product() && self.has_part(object, PARTS_IN_PRODUCT)
                    || is(BELONGS) && self.is_in_product()
                    || unit.is_ensured && is(DOES)
                    || self.is_done_by_product(unit.verb..unit.reach.end)
            }
            ModalSubject::Product if self.is_of_services(unit) => false,
            ModalSubject::Product => {
                is(DOES)
                    || (is(QUALITIES) || self.is_handled(unit.verb)) && self.is_required()
                    || self.has_part(object.clone(), PARTS)
                    || self.has_part(object, PARTS_IN_PRODUCT)
            }
            ModalSubject::Customer => {
                is(USERS_DO) && (self.is_in_product() || self.has_part(object.clone(), PARTS))
                    || is(&["download", "upload", "export"])
                    || is(&["use"]) && self.is_used_in_some_way(object.start)
            }
            ModalSubject::Offer => self.has_part(object, PARTS),
            ModalSubject::Other => {
                is(DONE)
                    || self.is_done_by_product(unit.verb..unit.reach.end)
                    || is(COMES) && unit.modal.start > 0 && self.is_word_for_it(unit.modal.start - 1)
            }
            ModalSubject::Feature => false,
        }
    }

    /// Whether it stands among requirements.
    fn is_required(&self) -> bool {
        self.statement.section == SectionKind::Requirements
    }

    /// Whether what it goes on with ends with giving access: "Vendor shall give Customer access to:".
    fn is_led_by_access(&self) -> bool {
        self.own > 0 && phrases(&["access to"]).ends_at(&self.tokens, self.own)
    }

    /// Whether the subject may be what people do: "the Services".
    fn is_of_services(&self, unit: &ModalClause) -> bool {
        (unit.reach.start..unit.modal.start)
            .any(|at| self.is_at(at, "service") && self.whole[self.tokens[at].place.clone()].ends_with('s'))
    }

    /// Whether one of some parts of software stands in a place, and is not the first part of another name: "API key".
    fn has_part(&self, mut place: Range<usize>, parts: &'static [&'static str]) -> bool {
        place.any(|at| {
            let length = phrases(parts).at(&self.tokens, at);
            length.is_some_and(|length| phrases(ABOUT).at(&self.tokens, at + length).is_none())
        })
    }

    /// Whether a pronoun stands at a place that is the whole object: "we will build that for you".
    fn is_pronoun(&self, at: usize) -> bool {
        const ENDS: [&str; 15] = [
            "", ".", ",", "!", "for", "by", "in", "on", "before", "within", "to", "with", "as", "until", "at",
        ];
        self.is_word_for_it(at) && ENDS.contains(&self.stem(at + 1))
    }

    /// Whether a word stands for what was spoken of.
    fn is_word_for_it(&self, at: usize) -> bool {
        matches!(self.stem(at), "it" | "that" | "this" | "them" | "these" | "those")
    }

    /// Whether the product is named at a place by its own name, with the way in which it is used: "Tidemark in English".
    fn is_used_in_some_way(&self, at: usize) -> bool {
        let length = self.parties.product_at(&self.tokens, at);
        length > 0 && matches!(self.stem(at + length), "in" | "on" | "offline" | "without" | "from")
    }

    /// Whether in a place the product stands as who does something: "shall be computed by the Software".
    pub(super) fn is_done_by_product(&self, place: Range<usize>) -> bool {
        place.into_iter().filter(|&at| self.is_at(at, "by")).any(|by| {
            let articles =
                (by + 1..self.tokens.len()).take_while(|&at| matches!(self.stem(at), "the" | "our" | "said"));
            let at = by + 1 + articles.count();
            let named = phrases(PRODUCT).at(&self.tokens, at);
            let is_whole = |length: usize| phrases(ABOUT).at(&self.tokens, at + length).is_none();
            named.is_some_and(is_whole) || self.parties.product_at(&self.tokens, at) > 0
        })
    }

    /// Whether the words that it goes on with say that its items are what the product does, or what is bought: "The
    /// Software has the following functions:".
    pub(crate) fn is_led_by_functions(&self) -> bool {
        const FUNCTIONS: &[&str] = &["function", "functionality", "functionalitie", "feature", "capabilitie"];
        const HAS: &[&str] = &[
            "has", "have", "possess", "possesse", "offer", "provide", "include", "comprise", "contain",
            "support",
        ];
        let is_led = |unit: &&ModalClause| unit.modal.start < self.own && !unit.is_denied && !unit.is_aside;
        self.own > 0
            && !self.has_modal_from(self.own)
            && self.units.iter().filter(is_led).any(|unit| match unit.subject {
                ModalSubject::Product => {
                    phrases(HAS).at(&self.tokens, unit.verb).is_some() && !self.is_of_services(unit)
                }
                ModalSubject::Offer => {
                    phrases(&["include", "comprise", "contain"]).at(&self.tokens, unit.verb).is_some()
                        || says(&self.tokens[..unit.verb], FUNCTIONS)
                }
                ModalSubject::Customer => unit.is_present,
                ModalSubject::Vendor => {
                    self.tokens.get(unit.verb..self.own).is_some_and(|said| says(said, FUNCTIONS))
                }
                _ => false,
            })
    }
}
