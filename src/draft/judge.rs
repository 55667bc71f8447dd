//! What becomes of a statement: requirements, or a reason why not.

use std::ops::Range;

use crate::text::and_list;

use super::context::DraftContext;
use super::due::due;
use super::facts::StatementPlace;
use super::requirement::PromisedGroup;
use super::{DraftLine, DraftValue};
use crate::prose::conditions::Ruling;
use crate::prose::ruling::{RuledMention, RuledStatement};
use crate::prose::sections::{ColumnRole, SectionKind};
use crate::prose::statement::{Form, Statement};
use crate::prose::verbs::HANDLED;
use crate::prose::verdict::StatementVerdict;
use crate::prose::words::{WordToken, phrases, says, tokens};

/// Words of obligations that need no feature.
const SERVICES: &[&str] = &[
    "training", "train", "project manager", "migrate", "cutover", "consultant", "service desk",
    "support desk", "help desk", "data conversion", "security team", "service manager", "staff", "workshop",
    "report", "contact", "documentation", "migration", "consulting", "onboarding", "support", "kick off",
    "meeting", "manual", "review", "coaching", "installation", "project management", "project plan",
    "test plan", "raid log", "runbook", "charter", "blueprint", "procedure document", "design document",
    "concept document", "training course", "course material", "course book", "minutes of meeting",
    "minutes of the meeting", "minutes of each meeting", "minutes of all meeting",
];

/// Words of what people do and write, which an item of a list names that is no function of a product.
const WORK: &[&str] = &[
    "advise", "advisory", "analyse", "analyze", "analysis", "architecture", "artifact", "assess",
    "assessment", "assist", "assistance", "charter", "conduct", "consult", "consulting", "coordinate",
    "curricula", "curriculum", "deployment", "design", "document", "documentation", "effort", "governance",
    "guide", "hours of", "hours per", "hours a", "implementation", "incident", "interview", "maintenance",
    "managed service", "management service", "manual", "material", "matrix", "meeting", "methodology",
    "migrate", "migration", "milestone", "operation", "participate", "participation", "patch", "perform",
    "performance of", "personnel", "phase", "plan", "planning", "playbook", "policy", "prepare",
    "preparation", "procedure", "program", "project", "provision of", "provisioning", "quality assurance",
    "recommendation", "requirement", "resolution", "response time", "review", "roadmap", "runbook",
    "schedule", "script", "session", "sow", "staff", "stakeholder", "strategy", "summary", "support",
    "template", "test", "testing", "training", "transition", "workshop",
];

/// What is asked of people and of things, and of no software.
const PEOPLE: &[&str] = &[
    "training", "support", "engineer", "supply of", "hardware", "computer", "certificate", "insurance",
    "staff", "employee", "personnel", "audit", "backup", "reference", "experience", "turnover", "year",
    "consultant",
];

/// What is asked for among requirements, and delivered by no software.
const NO_SOFTWARE: &[&str] = &[
    "commissioning", "liability insurance", "indemnity insurance", "insurance cover", "insurance policy",
    "a penalty of", "contract penalty", "contractual penalty", "pay a penalty", "contractual penaltie",
    "penaltie of", "liquidated damage", "bank guarantee", "consultant", "consultancy", "trainer",
    "certificate", "helpdesk", "telephone helpdesk", "penetration test", "cyber insurance",
    "insurance coverage", "insurance of", "carry insurance", "customer success manager", "account manager",
    "contact person", "bidder has", "bidder have", "bidder hold", "bidder employ", "of the bidder",
    "tenderer has", "tenderer hold", "contractor has", "contractor hold", "contractor employ", "company has",
    "company hold", "company employ", "supplier has", "supplier hold", "supplier employ", "vendor has",
    "vendor hold", "vendor employ", "do you have", "do you hold", "do you employ", "do you train",
    "do you perform", "do you conduct", "do you carry", "are you", "have you", "has your company",
    "your staff", "your employee", "your personnel",
];

/// Whether an item is called by a part of software: "Side-by-side view of the estimate and the policy limits".
fn is_of_software(text: &str, words: &[WordToken]) -> bool {
    const PARTS: &[&str] = &[
        "alert", "app", "browser", "calendar", "chart", "connector", "dashboard", "editor", "export",
        "field", "filter", "form", "import", "interface", "list", "login", "map", "notification", "overview",
        "page", "permission", "portal", "reminder", "screen", "search", "sign on", "tile", "timeline",
        "upload", "view", "widget", "wizard",
    ];
    const PREPOSITIONS: [&str; 14] =
        ["of", "for", "with", "in", "on", "to", "by", "from", "that", "which", "per", "at", "showing", ","];
    // "Side-by-side" has none.
    let is_apart = |word: &WordToken| !text[..word.place.start].ends_with('-');
    let opens = |word: &WordToken| PREPOSITIONS.contains(&&*word.stem) && is_apart(word);
    let head = words.iter().position(opens).unwrap_or(words.len());
    let head = &words[..head];
    let last = head.len().saturating_sub(2);
    says(&head[last..], PARTS) && !says(head, WORK)
}

impl DraftContext<'_> {
    /// The lines of each requirement that a statement becomes, without its id; else why it becomes none. What says
    /// something of the whole contract may promise a feature as well.
    pub(super) fn take(
        &self,
        place: StatementPlace,
        statement: &Statement,
    ) -> Result<Vec<Vec<DraftLine>>, String> {
        let is_said = !matches!(statement.form, Form::Heading | Form::Head);
        let taken = self.facts.reason(place).filter(|_| is_said);
        match (StatementVerdict::on(statement, self.names, self.parties), taken) {
            (StatementVerdict::Promise(matter, promised), _) => Ok(self.promises(&matter, &promised)),
            (_, Some(reason)) => Err(reason),
            (StatementVerdict::Unnamed(matter, named), None) => {
                self.without_feature(statement, &matter).map_err(|why| named.map_or(why, str::to_owned))
            }
            (StatementVerdict::NoPromise(why), None) => Err(why.into_owned()),
        }
    }

    fn promises(&self, matter: &RuledStatement<'_>, promised: &[RuledMention]) -> Vec<Vec<DraftLine>> {
        let conditions = matter.conditions();
        let dates = matter.own_dates(promised, &conditions, &self.dates);
        let groups = matter.groups(promised, &dates, self.roadmap, &self.scopes);
        let is_alone = groups.len() == 1;
        let requirements = groups.iter().map(|group| {
            let conditions = &conditions;
            self.requirement(&PromisedGroup { matter, dates: &dates, conditions, group, is_alone })
        });
        requirements.collect()
    }

    /// A row or an item of a section of requirements that names no feature: an obligation of another kind, or one that
    /// nobody has mapped yet.
    fn without_feature(
        &self,
        statement: &Statement,
        matter: &RuledStatement<'_>,
    ) -> Result<Vec<Vec<DraftLine>>, String> {
        // Where requirements are answered, each row is one, whatever its column is called.
        let is_required = statement.section == SectionKind::Requirements && matter.is_answered();
        let has_deliverable = is_required
            || matter
                .cell(&ColumnRole::Deliverable)
                .is_some_and(|cell| cell.chars().any(char::is_alphabetic));
        let is_listed = match statement.form {
            Form::Row(_) => {
                has_deliverable
                    && !matter.is_priced()
                    && (matter.is_answered() && !says(&matter.tokens, PEOPLE)
                        || matches!(
                            statement.section,
                            SectionKind::Requirements | SectionKind::Scope | SectionKind::Titled
                        ))
            }
            // Elsewhere a sentence of its own is a clause, and no item of requirements.
            Form::Item => {
                let own = matter.own;
                let is_clause = self.is_clause(&matter.tokens[own..]);
                let has_modal = matter.has_modal_from(own);
                let is_kind = match statement.section {
                    SectionKind::Requirements => {
                        let depends = says(
                            matter.tokens.get(own..own + 1).unwrap_or_default(),
                            &["if", "should", "unless"],
                        );
                        match has_modal {
                            true => !depends && (statement.is_titled || !is_clause),
                            false => !is_clause,
                        }
                    }
                    SectionKind::Scope => {
                        statement.lead.is_empty() && !statement.is_clause && !is_clause && !has_modal
                    }
                    _ => false,
                };
                let own_words = &matter.tokens[own..];
                // A sentence has its own verb, which the rules judge: "must be able to document".
                let is_work = (is_clause || !has_modal)
                    && says(own_words, WORK)
                    && !matter.is_led_by_functions()
                    && !is_of_software(&matter.whole, own_words);
                let is_numbered = statement.is_clause && !has_modal;
                let is_sentence =
                    is_numbered && says(own_words.get(..1).unwrap_or_default(), &["the", "this", "it"]);
                is_kind && !is_work && !is_sentence && !statement.text.ends_with([':', '?'])
            }
            _ => false,
        };
        let own_words = &matter.tokens[matter.own..];
        let rule = matter.rule(None);
        // What the vendor itself has to be or do is no function: an office, an insurance.
        let is_listed =
            is_listed && !matter.is_of_vendor() && !says(own_words.get(..1).unwrap_or_default(), &["no"]);
        let is_listed =
            (is_listed || matter.promises_function()) && !says(&matter.tokens[matter.own..], NO_SOFTWARE);
        if !is_listed || !rule.is_some_and(|rule| rule.ruling != Ruling::None) {
            let why =
                rule.filter(|rule| rule.ruling == Ruling::None).map_or("names no feature", |rule| rule.name);
            return Err(why.to_owned());
        }
        let mut lines = statement.lines();
        let is_of_people = match statement.form {
            Form::Row(_) => {
                !matter.is_answered() && says(own_words, WORK) && !is_of_software(&matter.whole, own_words)
            }
            _ => false,
        };
        if is_of_people || says(&matter.tokens, SERVICES) && !matter.is_of_product() {
            lines.push(DraftLine::Field("kind", DraftValue::Text("service".to_owned())));
        } else {
            lines.push(DraftLine::Comment(
                "names no feature of the roadmap: write `feature: …`, or `kind: service`".to_owned(),
            ));
            lines.extend(self.candidates(&statement.text));
        }
        let found = self.dates.dates(&matter.whole, &matter.tokens);
        lines.extend(due(self, matter, &found, None).lines);
        let words = |words: &Range<usize>| matter.text(words);
        lines.extend(
            matter
                .conditions()
                .iter()
                .map(|condition| DraftLine::Comment(format!("conditional: `{}`", words(condition)))),
        );
        Ok(vec![lines])
    }

    /// Whether words begin as a sentence does: with a party, or with what it depends on.
    fn is_clause(&self, words: &[WordToken]) -> bool {
        const BEGINNINGS: &[&str] = &[
            "to the extent", "upon", "if", "unless", "any", "the foregoing", "all", "each", "during",
            "in the event", "this", "these", "except", "notwithstanding", "where",
        ];
        // "B-204 The District provides".
        let label = words
            .iter()
            .take(2)
            .take_while(|word| {
                word.stem.len() == 1 || !word.is_word() || word.stem.bytes().any(|byte| byte.is_ascii_digit())
            })
            .count();
        let start = label + usize::from(words.get(label).is_some_and(|word| word.stem == "the"));
        let is_party =
            |at: usize| self.parties.vendor.at(words, at) + self.parties.customer.at(words, at) > 0;
        // "Until then Customer may", "For delay the Contractor pays".
        const OPENS: &[&str] = &[
            "until", "before", "after", "from", "as of", "for", "in", "during", "within", "upon", "on", "at",
            "by",
        ];
        /// The most words of such a beginning.
        const LONGEST: usize = 8;
        let is_behind_time = phrases(OPENS).at(words, label).is_some()
            && (label + 2..words.len().min(label + LONGEST)).any(|at| {
                let next = words.get(at + 1);
                let owner = words[at].stem.strip_suffix("'s").filter(|_| at > label);
                let is_owner = owner.is_some_and(|owner| {
                    self.parties.vendor.is_called(owner) || self.parties.customer.is_called(owner)
                });
                is_owner || is_party(at) && next.is_some_and(|next| next.is_word() && !next.is_capital)
            });
        let is_party = is_party(label) || is_party(start) || is_behind_time;
        // An item of a list has no verb but the first, if it does not tell what is done to data.
        let has_verb = (1..words.len()).any(|at| match &*words[at].stem {
            "is" | "are" => phrases(HANDLED).at(words, at + 1).is_none(),
            stem => matches!(stem, "do" | "doe" | "has" | "was" | "were"),
        });
        is_party || has_verb || phrases(BEGINNINGS).at(words, 0).is_some()
    }

    /// Features that a text may mean, with how much of their names it has.
    fn candidates(&self, text: &str) -> Option<DraftLine> {
        let words = tokens(text);
        let near = self.roadmap.candidates(text).into_iter().take(3).map(|feature| {
            let name = tokens(feature.title());
            let there = name.iter().filter(|word| words.iter().any(|other| other.stem == word.stem)).count();
            format!("{} ({there} of {} words)", feature.id.value, name.len())
        });
        let near: Vec<String> = near.collect();
        (!near.is_empty()).then(|| DraftLine::Comment(format!("may be about {}", and_list(&near))))
    }
}
