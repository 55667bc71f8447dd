use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::input::decode::Scalar;
use crate::lint::document_case::on_one_line;
use crate::lint::said::{QuotedSentence, SaidPromise};
use crate::model::misread::place_of;
use crate::model::quantity::Quantity;
use crate::model::term::{AgreedTerm, in_full};
use crate::model::waiver::Subject;
use crate::prose::documents::ContractDocument;
use crate::prose::glance::TextGlance;
use crate::prose::levels::stated;
use crate::prose::statement::Statement;
use crate::prose::terms::{StatedTerm, law, payment};
use crate::prose::verdict::StatementVerdict;
use crate::prose::words::{glance, tokens};

use super::words::Contradiction;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A requirement whose `text` says something else than its other keys: another day, a day where `due` names none, something that it is not limited to,
    /// another value of a level, another feature than its own, or, where it is a service, any feature of the roadmap. The same of the sentence in the contract's
    /// `documents` that promises it, and of the payment term and the law that govern there. Only what is certain counts: days
    /// where all that are named can be read, "from the first day", the day until which it holds, values behind `for`, `on` or `in` and in a column of a table, "all platforms", amounts of a level that is named; and
    /// where one sentence says what the keys say of all that it promises, no other one contradicts them. A waiver is for the words that were decided on.
    ///
    /// ## Why it matters
    ///
    /// The text is what was signed, and the other keys are what is checked. Where they differ, the check is of another
    /// promise than the customer has. A service is held against no roadmap at all: a feature that is called one has passed
    /// every check.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     kind: service
    ///     text: Vendor shall provide the audit log export.
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "idea"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     text: Vendor shall provide the audit log export.
    ///     feature: audit-log
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "contradictory-text",
        summary: "its text, or a document, says something else than its keys",
        level: Level::Warn,
        check: Check::Prose(check, of_terms),
    }
}

fn check(case: &PromiseCase<'_, '_>) -> Vec<Finding> {
    of_text(case).into_iter().chain(of_documents(case)).collect()
}

/// What the text of a requirement says otherwise.
fn of_text(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let requirement = case.promise.requirement;
    let text = requirement.text.as_ref().filter(|_| !requirement.unreadable)?;
    if requirement.is_service {
        return named_by_service(case, text);
    }
    if !may_contradict(case, &text.value) {
        return None;
    }
    let sentences = Statement::of_requirement(&text.value);
    let quoted = QuotedSentence::all(&sentences, case.context, case.dates);
    let said = QuotedSentence::said(&quoted, requirement);
    let found = words::contradictions(case, &said);
    let (first, others) = found.split_first()?;
    let title = format!("the text of {} says {}, and {}", requirement.name, first.says, first.but);
    let span = place_of(text, first.place());
    let finding = case
        .finding(&LINT, title)
        .of_words(words::decided_on(&found))
        .label(span, format!("it says {}", first.says))
        .labels(first.other.clone())
        .notes(others.iter().map(|one| format!("it also says {}, and {}", one.says, one.but)))
        .notes(words::clause_beside_text(requirement, span != text.span))
        .help(words::reword(
            case.promise.status(),
            "let both say what was agreed: what is not in the other keys is not checked",
        ));
    Some(finding)
}

/// Whether a text may say otherwise than the keys of its requirement.
fn may_contradict(case: &PromiseCase<'_, '_>, text: &str) -> bool {
    let requirement = case.promise.requirement;
    let glance = TextGlance::of(text, case.dates.events());
    let names_value = || {
        let known =
            requirement.scope.dimensions().filter_map(|own| case.context.roadmap.dimension(own.name()));
        glance.may_name(known.flat_map(|known| &known.values).map(|value| &**value))
    };
    let has_levels = || words::own_features(case).any(|feature| stated(feature).next().is_some());
    let has_end = requirement.end(case.promise.contract).given().is_some();
    let has_due = requirement.due.span.is_some();
    (has_due || has_end) && glance.may_name_day
        || has_due && glance.may_be_at_once()
        || requirement.scope.dimensions().any(|own| glance.may_name_all_of(own.name()))
        || glance.has_number && (!requirement.needs.is_empty() || has_levels())
        || names_value()
        || may_name_other(case, &glance)
}

/// Whether a text may name another feature: most name their own. An id says nothing, which may be any word.
fn may_name_other(case: &PromiseCase<'_, '_>, glance: &TextGlance<'_>) -> bool {
    let roadmap = case.context.roadmap;
    let mut own = words::own_features(case).peekable();
    own.peek().is_some()
        && !own.any(|feature| glance.may_name(words::names_of(feature)))
        && case.context.names.may_be_called_in(glance, roadmap)
        && case.context.names.features(roadmap).named_in(glance.text).iter().any(|mention| !mention.is_id)
}

/// A service that promises a feature.
fn named_by_service(case: &PromiseCase<'_, '_>, text: &Text) -> Option<Finding> {
    let requirement = case.promise.requirement;
    let (roadmap, names) = (case.context.roadmap, case.context.names);
    let sentences = Statement::of_requirement(&text.value);
    let promises = sentences.iter().filter_map(|sentence| {
        match StatementVerdict::on_named(sentence, names.features(roadmap), names.parties()) {
            StatementVerdict::Promise(ruled, promised) => Some((ruled, promised)),
            _ => None,
        }
    });
    let named = promises.flat_map(|(ruled, promised)| {
        let start = ruled.statement.place.start;
        promised.into_iter().filter_map(move |(mention, _)| {
            let part = ruled.place(&mention.words);
            Some((roadmap.features.get(*mention.features.first()?)?, start + part.start..start + part.end))
        })
    });
    let named: Vec<(&Feature, Range<usize>)> = named.collect();
    let (feature, part) = named.first()?;
    let name = words::quoted(feature.title());
    let others = named.iter().map(|(other, _)| words::quoted(other.title()));
    let others = words::each_once(others.filter(|other| *other != name));
    let title = format!("{} is said to be a service, and its text names {name}, a feature", requirement.name);
    let help = format!(
        "if the feature is promised, write `feature: {}` instead of `kind: service`",
        feature.id.value
    );
    let span = place_of(text, part.clone());
    let finding = case
        .finding(&LINT, title)
        .about(feature.id.value.as_str())
        .of_words([&text.value])
        .label(span, "names a feature of the roadmap")
        .label(feature.id.span, "it is in the roadmap")
        .notes(words::clause_beside_text(requirement, span != text.span))
        .notes((!others.is_empty()).then(|| format!("it names {} as well", words::some_of(&others))))
        .note("a service is held against no roadmap: nobody has checked that it can be kept")
        .help(words::reword(case.promise.status(), help))
        .help("if it needs no feature, say what is done, or record that as a waiver");
    Some(finding)
}

/// What a sentence of the contract's documents says otherwise.
fn of_documents(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let requirement = case.promise.requirement;
    let is_judged = !requirement.unreadable && !requirement.is_service && requirement.worsening.is_none();
    if !is_judged || case.said.is_empty() {
        return None;
    }
    // What the text quotes in full was told of there.
    let text = requirement.text.as_ref().map(|text| on_one_line(&text.value)).unwrap_or_default();
    let is_new = |said: &&SaidPromise<'_>| !text.contains(said.ruled.statement.text.trim_end_matches('.'));
    let said: Vec<SaidPromise<'_>> = case.said.iter().filter(is_new).copied().collect();
    let found = words::contradictions(case, &said);
    let (first, others) = found.split_first()?;
    let promise = first.said.promise?;
    let name = &requirement.name;
    let says = |one: &Contradiction<'_>| {
        let statement = one.said.ruled.statement;
        let place = one.said.promise.map(|promise| promise.document.place_in_words(statement));
        format!("{} says {}, and {}", place.unwrap_or_default(), one.says, one.but)
    };
    let finding = case
        .finding(&LINT, says(first))
        .about("documents")
        .of_words(words::decided_on(&found))
        .sentences(found.iter().map(|one| &one.said.ruled.statement.text))
        .label(promise.place(&first.words), format!("it says {}", first.says))
        .labels(first.other.clone())
        .notes(others.iter().map(|one| format!("also, {}", says(one))))
        .note(format!("the sentence is about {name}, the only requirement that it can be about"))
        .help(words::reword(
            case.promise.status(),
            "let both say what was agreed: what stands in the document alone is not checked",
        ));
    Some(finding)
}

/// The terms that sentences of the contract's documents state otherwise.
fn of_terms(case: &DocumentsCase<'_, '_>) -> Vec<Finding> {
    let stated = |name: &str| {
        let mut terms = case.contract().terms.iter().filter(|term| !term.is_silent);
        let term = terms.find(|term| same(term.name.value.trim(), name))?;
        match &term.value {
            Some(Scalar::Text(value)) => Some((term, value)),
            _ => None,
        }
    };
    let payment = stated("payment").and_then(|(term, value)| {
        let agreed = Quantity::parse_duration(&in_full(&value.value)).ok()?.days()?;
        let read = |statement: &Statement, document: &ContractDocument| {
            // Few sentences are about money.
            static MAY: LazyLock<Option<AhoCorasick>> =
                LazyLock::new(|| glance(&["pay", "invoice", "paid", "net "]));
            if MAY.as_ref().is_some_and(|may| !may.is_match(&statement.text)) {
                return None;
            }
            let stated = payment(&statement.text, &tokens(&statement.text), document.parties())?;
            Some(SaidTerm::of(stated, |length| length.days() == Some(agreed), |length, _| length.to_string()))
        };
        of_term(case, term, value, &read)
    });
    let law = stated("governing-law").and_then(|(term, value)| {
        let read = |statement: &Statement, _: &ContractDocument| {
            if !statement.text.contains("law") && !statement.text.contains("Law") {
                return None;
            }
            let stated = law(&statement.text, &tokens(&statement.text))?;
            // One may be written in full, and the other not.
            let is_same = |one: &str, other: &str| one.to_lowercase().contains(&other.to_lowercase());
            let is_code = value.value.trim().len() <= 3;
            let is_agreed =
                |law: &String| is_code || is_same(law, value.value.trim()) || is_same(&value.value, law);
            Some(SaidTerm::of(stated, is_agreed, |_, place| statement.text[place.clone()].to_owned()))
        };
        of_term(case, term, value, &read)
    });
    payment.into_iter().chain(law).collect()
}

/// What a sentence says of a term.
enum SaidTerm {
    /// What the contract says, of all.
    Agreed,
    /// Nothing else than that, of a part.
    AgreedInPart,
    /// Something else: its words, and where they stand. Beside what the contract says, or instead.
    Other { says: String, place: Range<usize>, is_beside: bool },
}

impl SaidTerm {
    fn of<V>(
        stated: StatedTerm<V>,
        is_agreed: impl Fn(&V) -> bool,
        words: impl Fn(&V, &Range<usize>) -> String,
    ) -> Self {
        let is_beside = stated.values.iter().any(|(value, _)| is_agreed(value));
        match stated.values.into_iter().find(|(value, _)| !is_agreed(value)) {
            Some((value, place)) => Self::Other { says: words(&value, &place), place, is_beside },
            None if stated.is_whole => Self::Agreed,
            None => Self::AgreedInPart,
        }
    }
}

/// Reads what a sentence says of a term.
type TermReading<'a> = &'a dyn Fn(&Statement, &ContractDocument) -> Option<SaidTerm>;

/// A term that the documents state otherwise: in a sentence with what the contract says, or where none says that of all.
fn of_term(
    case: &DocumentsCase<'_, '_>,
    term: &AgreedTerm,
    value: &Text,
    read: TermReading<'_>,
) -> Option<Finding> {
    let mut first: Option<(&ContractDocument, &Statement, String, Range<usize>, bool)> = None;
    let mut is_agreed = false;
    for document in &case.documents().read {
        for statement in document.sentences() {
            match read(statement, document) {
                Some(SaidTerm::Agreed) => is_agreed = true,
                Some(SaidTerm::Other { says, place, is_beside }) => {
                    let is_better = first.as_ref().is_none_or(|(.., known)| is_beside && !known);
                    if is_better {
                        first = Some((document, statement, says, place, is_beside));
                    }
                }
                Some(SaidTerm::AgreedInPart) | None => {}
            }
        }
    }
    let (document, statement, says, place, _) = first.filter(|(.., is_beside)| *is_beside || !is_agreed)?;
    let name = term.name.value.trim();
    let title = format!(
        "{} says {}, and the contract's {name} is {}",
        document.place_in_words(statement),
        words::quoted(&says),
        words::quoted(&value.value),
    );
    // What was decided of one value says nothing of another.
    let finding = case
        .finding(&LINT, title, [statement.text.as_str(), value.value.trim()])
        .about(name)
        .label(document.part(statement, place), format!("it says {}", words::quoted(&says)))
        .label(value.span, "what is checked")
        .help(words::reword(case.contract().status, "let both say what was agreed"));
    Some(Finding { subject: Subject::Term(name.to_owned()), ..finding })
}
