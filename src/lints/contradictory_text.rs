use std::cmp::Ordering;
use std::ops::Range;

use crate::input::decode::Scalar;
use crate::lint::document_case::SaidPromise;
use crate::model::constraint::Constraint;
use crate::model::contract::{Need, Requirement};
use crate::model::level::LevelConstraint;
use crate::model::misread::place_of;
use crate::model::prose::{ProseWord, due_days, named_amounts, prose_words};
use crate::model::quantity::Quantity;
use crate::model::roadmap::Roadmap;
use crate::model::term::{AgreedTerm, in_full};
use crate::model::waiver::Subject;
use crate::prose::documents::ContractDocument;
use crate::prose::levels::{LevelNeed, needs};
use crate::prose::statement::Statement;
use crate::prose::terms::{law, payment};
use crate::prose::words::{self as prose, tokens};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A requirement whose `text` says something else than its other keys: another day, something that it is not limited to,
    /// another value of a level, or, where it is a service, a feature of the roadmap. The same of the sentence in the contract's
    /// `documents` that promises it, and of the payment term and the law that govern there. Only what is certain counts: days in
    /// figures or with the name of a month, values behind `for`, `on` or `in`, amounts in the sentence that names the level; and
    /// where one sentence says what the keys say, no other one contradicts them.
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

/// One way in which a text says something else.
struct Contradiction {
    /// What the text says: `the text says 31 March 2027`.
    says: String,
    /// What the other key says, after `and`.
    but: String,
    /// Where in the text.
    part: Range<usize>,
    /// The place that says otherwise, with words.
    other: Option<(Span, String)>,
}

fn check(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    of_text(case).or_else(|| of_documents(case))
}

/// What the text of a requirement says otherwise.
fn of_text(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let promise = case.promise;
    let (requirement, roadmap) = (promise.requirement, case.context.roadmap);
    let text = requirement.text.as_ref().filter(|_| !requirement.unreadable)?;
    if requirement.is_service {
        return named_by_service(case, text);
    }
    let words = prose_words(&text.value);
    let day = of_day(requirement, text, &words);
    let scope = of_scope(requirement, text, &words, roadmap);
    let levels = of_levels(requirement, text, &words);
    let mut found = day.into_iter().chain(scope).chain(levels);
    let first = found.next()?;
    let rest: Vec<Contradiction> = found.collect();
    let title = format!("the text of {} says {}, and {}", requirement.name, first.says, first.but);
    let place = |one: &Contradiction| (place_of(text, one.part.clone()), format!("it says {}", one.says));
    let (span, label) = place(&first);
    let finding = case
        .finding(&LINT, title)
        .label(span, label)
        .labels(first.other)
        .notes(rest.iter().map(|one| format!("it also says {}, and {}", one.says, one.but)))
        .notes(clause(requirement, text, span))
        .help(words::reword(
            promise.status(),
            "let both say what was agreed: what is not in the other keys is not checked",
        ));
    Some(finding)
}

/// A service that promises a feature.
fn named_by_service(case: &PromiseCase<'_, '_>, text: &Text) -> Option<Finding> {
    let requirement = case.promise.requirement;
    let named = case.context.roadmap.promised_in(&text.value);
    let (feature, part) = named.first()?;
    let mut others: Vec<String> = Vec::new();
    for (other, _) in &named[1..] {
        let name = words::quoted(other.title());
        if !std::ptr::eq(*other, *feature) && !others.contains(&name) {
            others.push(name);
        }
    }
    let name = words::quoted(feature.title());
    let title = format!("{} is said to be a service, and its text names {name}, a feature", requirement.name);
    let help = format!(
        "if the feature is promised, write `feature: {}` instead of `kind: service`",
        feature.id.value
    );
    let span = place_of(text, part.clone());
    let finding = case
        .finding(&LINT, title)
        .about(feature.id.value.as_str())
        .label(span, "names a feature of the roadmap")
        .label(feature.id.span, "it is in the roadmap")
        .notes(clause(requirement, text, span))
        .notes((!others.is_empty()).then(|| format!("it names {} as well", words::some_of(&others))))
        .note("a service is held against no roadmap: nobody has checked that it can be kept")
        .help(words::reword(case.promise.status(), help))
        .help("if it needs no feature, say what is done, or record that as a waiver");
    Some(finding)
}

/// Where the text stands in the contract; also its words, where they are not drawn: a text of several lines is as far as its
/// first.
fn clause(requirement: &Requirement, text: &Text, drawn: Span) -> Option<String> {
    match &requirement.clause {
        _ if drawn == text.span => words::clause(requirement),
        clause => clause.as_ref().map(|clause| format!("promised in {}", clause.value)),
    }
}

/// Another day than `due`, for certain: none of those that the text names can be the same.
fn of_day(requirement: &Requirement, text: &Text, words: &[ProseWord]) -> Option<Contradiction> {
    let (span, deadline) = requirement.due.span.zip(requirement.due.deadline())?;
    let days = due_days(&text.value, words);
    let is_same = |window: &Window| {
        let all = [Some(deadline.window), Some(deadline.written), deadline.unmoved];
        all.into_iter().flatten().any(|due| window.earliest <= due.latest && due.earliest <= window.latest)
    };
    let (_, part) = days.first().filter(|_| !days.iter().any(|(window, _)| is_same(window)))?;
    let due = deadline.window;
    Some(Contradiction {
        says: text.value.get(part.clone())?.to_owned(),
        but: format!("it is due {due}"),
        part: part.clone(),
        other: Some((span, format!("due {due}"))),
    })
}

/// Values of a dimension that the requirement is not for.
fn of_scope(
    requirement: &Requirement,
    text: &Text,
    words: &[ProseWord],
    roadmap: &Roadmap,
) -> Option<Contradiction> {
    requirement.scope.dimensions().find_map(|dimension| {
        let known = roadmap.dimension(dimension.name())?;
        let named = known.named_in(&text.value, words);
        let (value, part) = named.into_iter().find(|(value, _)| !dimension.contains(value))?;
        let values: Vec<&str> = dimension.values().collect();
        Some(Contradiction {
            says: words::quoted(text.value.get(part.clone()).unwrap_or(value)),
            but: format!("its {} is {}", dimension.name(), text::and_list(&values)),
            part,
            other: requirement.scope_span.map(|span| (span, "what it is for".to_owned())),
        })
    })
}

/// Another amount of a level than what is needed.
fn of_levels(requirement: &Requirement, text: &Text, words: &[ProseWord]) -> Vec<Contradiction> {
    let of_need = |need: &Need| {
        let LevelConstraint::Quantity(bound) = &need.constraint.value else { return None };
        let amounts = named_amounts(&text.value, words, &need.name.value, &bound.quantity);
        let is_same = |quantity: &Quantity| quantity.compare(&bound.quantity) == Ok(Ordering::Equal);
        let (_, part) = amounts.first().filter(|_| !amounts.iter().any(|(amount, _)| is_same(amount)))?;
        let name = &need.name.value;
        Some(Contradiction {
            says: format!("{name} of {}", text.value.get(part.clone())?),
            but: format!("it needs {}", need.constraint.value.words()),
            part: part.clone(),
            other: Some((need.constraint.span, format!("needs {}", need.constraint.value.words()))),
        })
    };
    requirement.needs.iter().filter_map(of_need).collect()
}

/// What a sentence of the contract's documents says otherwise.
fn of_documents(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let requirement = case.promise.requirement;
    if requirement.unreadable || requirement.is_service || requirement.worsening.is_some() {
        return None;
    }
    let day = said_day(requirement, case.said);
    let scope = said_scope(case);
    let level = said_level(case);
    let found: Vec<SaidOtherwise<'_>> = day.into_iter().chain(scope).chain(level).collect();
    let (first, others) = found.split_first()?;
    let name = &requirement.name;
    let says = |one: &SaidOtherwise<'_>| {
        let place = one.said.promise.document.place_in_words(one.said.promise.ruled.statement);
        format!("{place} says {}, and {}", one.says, one.but)
    };
    let finding = case
        .finding(&LINT, says(first))
        .about("documents")
        .sentences(found.iter().map(|one| &one.said.promise.ruled.statement.text))
        .label(first.said.promise.place(&first.words), format!("it says {}", first.says))
        .labels(first.other.clone())
        .notes(others.iter().map(|one| format!("also, {}", says(one))))
        .note(format!("the sentence is about {name}, the only requirement that it can be about"))
        .help(words::reword(
            case.promise.status(),
            "let both say what was agreed: what stands in the document alone is not checked",
        ));
    Some(finding)
}

/// One way in which a sentence says something else than a requirement.
struct SaidOtherwise<'a> {
    said: &'a SaidPromise<'a>,
    says: String,
    /// What the requirement says.
    but: String,
    /// Which words of the sentence.
    words: Range<usize>,
    /// The place that says otherwise, with words.
    other: Option<(Span, String)>,
}

/// Another day than `due`, where all days could be read and none is the same.
fn said_day<'a>(requirement: &Requirement, said: &'a [SaidPromise<'a>]) -> Option<SaidOtherwise<'a>> {
    let (span, deadline) = requirement.due.span.zip(requirement.due.deadline())?;
    let all = [Some(deadline.window), Some(deadline.written), deadline.unmoved];
    let is_same = |window: &Window| {
        all.into_iter().flatten().any(|due| window.earliest <= due.latest && due.earliest <= window.latest)
    };
    let days = said.iter().map(|said| Some((said, said.days?))).collect::<Option<Vec<_>>>()?;
    let mut days =
        days.into_iter().flat_map(|(said, days)| days.iter().map(move |day| (said, day))).peekable();
    let &(said, day) = days.peek()?;
    if days.any(|(_, day)| is_same(&day.window)) {
        return None;
    }
    let due = deadline.window;
    Some(SaidOtherwise {
        said,
        says: words::quoted(said.promise.ruled.text(&day.words)),
        but: format!("{} is due {due}", requirement.name),
        words: day.words.clone(),
        other: Some((span, format!("due {due}"))),
    })
}

/// The only feature that a sentence promises with a requirement.
fn only_feature<'r>(said: &SaidPromise<'_>, roadmap: &'r Roadmap) -> Option<&'r Feature> {
    match &said.group.features[..] {
        [(mention, _)] => match mention.features[..] {
            [only] => roadmap.features.get(only),
            _ => None,
        },
        _ => None,
    }
}

/// Values of a dimension that the requirement is not for. None where a sentence takes something out.
fn said_scope<'a>(case: &PromiseCase<'a, '_>) -> Option<SaidOtherwise<'a>> {
    const OUT: &[&str] = &[
        "except",
        "excluding",
        "excluded",
        "exclude",
        "other",
        "not",
        "no",
        "without",
        "unless",
        "from",
        "than",
    ];
    let (requirement, roadmap) = (case.promise.requirement, case.context.roadmap);
    let scopes = case.context.names.scopes(roadmap);
    case.said.iter().find_map(|said| {
        let ruled = &said.promise.ruled;
        let out = prose::phrases(OUT);
        let is_day = |at: usize| said.days.is_some_and(|days| days.iter().any(|day| day.words.contains(&at)));
        if (0..ruled.tokens.len()).any(|at| !is_day(at) && out.at(&ruled.tokens, at).is_some()) {
            return None;
        }
        let feature = only_feature(said, roadmap)?;
        let taken =
            [&[0..said.group.part.start, said.group.part.end..ruled.tokens.len()][..], &ruled.conditions()]
                .concat();
        let limits = scopes.limits(&ruled.whole, &ruled.tokens, feature, &taken);
        limits.into_iter().find_map(|limit| {
            let own = requirement.scope.get(&limit.dimension)?;
            let value = limit.values.iter().find(|value| !own.contains(value))?;
            let values: Vec<&str> = own.values().collect();
            let is_value =
                |words: &&Range<usize>| text::fold(ruled.text(words)).starts_with(&*text::fold(value));
            let place = limit.words.iter().find(is_value).or(limit.words.first())?;
            Some(SaidOtherwise {
                said,
                says: words::quoted(ruled.text(place)),
                but: format!("the {} of {} is {}", own.name(), requirement.name, text::and_list(&values)),
                words: place.clone(),
                other: requirement.scope_span.map(|span| (span, "what it is for".to_owned())),
            })
        })
    })
}

/// Another bound of a level than the one that is needed.
fn said_level<'a>(case: &PromiseCase<'a, '_>) -> Option<SaidOtherwise<'a>> {
    let (requirement, roadmap) = (case.promise.requirement, case.context.roadmap);
    let said = case.said.iter().filter_map(|said| Some((said, only_feature(said, roadmap)?)));
    let levels = said.flat_map(|(said, feature)| {
        let ruled = &said.promise.ruled;
        let taken: Vec<Range<usize>> = ruled.conditions();
        needs(&ruled.whole, &ruled.tokens, feature, &taken)
            .into_iter()
            .map(move |(need, words)| (said, need, words))
    });
    let mut found = None;
    for (said, level, words) in levels {
        let LevelNeed::Sure(name, bound) = level else { return None };
        let Some(need) = requirement.needs.iter().find(|need| same(&need.name.value, &name)) else {
            continue;
        };
        let (LevelConstraint::Quantity(own), Ok(bound)) = (&need.constraint.value, Constraint::parse(&bound))
        else {
            continue;
        };
        match own.quantity.compare(&bound.quantity) {
            Ok(Ordering::Equal) | Err(_) => return None,
            Ok(_) if found.is_some() => {}
            Ok(_) => {
                let needed = need.constraint.value.words();
                found = Some(SaidOtherwise {
                    said,
                    says: format!("{name} of {}", LevelConstraint::Quantity(bound).words()),
                    but: format!("{} needs {needed}", requirement.name),
                    words,
                    other: Some((need.constraint.span, format!("needs {needed}"))),
                });
            }
        }
    }
    found
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
            if !["pay", "nvoice", "paid", "net "].iter().any(|part| statement.text.contains(part)) {
                return None;
            }
            let (length, place) = payment(&statement.text, &tokens(&statement.text), document.parties())?;
            Some((length.days()? == agreed, length.to_string(), place))
        };
        of_term(case, term, value, &read)
    });
    let law = stated("governing-law").and_then(|(term, value)| {
        let read = |statement: &Statement, _: &ContractDocument| {
            if !statement.text.contains("overned") {
                return None;
            }
            let (law, place) = law(&statement.text, &tokens(&statement.text))?;
            // One may be written in full, and the other not.
            let is_same = |one: &str, other: &str| one.to_lowercase().contains(&other.to_lowercase());
            let is_code = value.value.trim().len() <= 3;
            Some((is_code || is_same(&law, value.value.trim()) || is_same(&value.value, &law), law, place))
        };
        of_term(case, term, value, &read)
    });
    payment.into_iter().chain(law).collect()
}

/// What a sentence says of a term: whether it is what the contract says, its words, and where they stand.
type SaidTerm<'a> = &'a dyn Fn(&Statement, &ContractDocument) -> Option<(bool, String, Range<usize>)>;

/// A term that the documents state, and nowhere as the contract does.
fn of_term(
    case: &DocumentsCase<'_, '_>,
    term: &AgreedTerm,
    value: &Text,
    read: SaidTerm<'_>,
) -> Option<Finding> {
    let mut first = None;
    for document in &case.documents().read {
        for statement in document.sentences() {
            match read(statement, document) {
                Some((true, ..)) => return None,
                Some((false, says, place)) if first.is_none() => {
                    first = Some((document, statement, says, place))
                }
                _ => {}
            }
        }
    }
    let (document, statement, says, place) = first?;
    let name = term.name.value.trim();
    let title = format!(
        "{} says {}, and the contract's {name} is {}",
        document.place_in_words(statement),
        words::quoted(&says),
        words::quoted(&value.value),
    );
    let finding = case
        .finding(&LINT, title, [&statement.text])
        .about(name)
        .label(document.part(statement, place), format!("it says {}", words::quoted(&says)))
        .label(value.span, "what is checked")
        .help(words::reword(case.contract().status, "let both say what was agreed"));
    Some(Finding { subject: Subject::Term(name.to_owned()), ..finding })
}
