use std::ops::Range;

use crate::model::misread::place_of;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// Words in a requirement's `text` that promise without bound: unlimited, any and all, in perpetuity, at all
    /// times, future versions, guarantees. Words that are negated (`not unlimited`) are passed over.
    ///
    /// ## Why it matters
    ///
    /// A promise without a number, an end or an exception is kept never, or for ever. The one who wrote it meant
    /// much; the one who reads it after five years may demand all.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     text: Vendor shall keep audit logs in perpetuity.
    ///     feature: audit-log
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     text: Vendor shall keep audit logs for 365 days, during the term of this contract.
    ///     feature: audit-log
    ///     due: 2027-09-30
    /// ```
    pub(super) static LINT = {
        name: "unqualified-promise",
        summary: "words that promise without bound",
        level: Level::Allow,
        check: Check::Promise(check),
    }
}

/// Words that promise without the same bound.
struct Family {
    /// Phrases in lower case, words separated by one blank.
    phrases: &'static [&'static str],
    /// What they leave out, after the words.
    lacks: &'static str,
    /// What to write instead, after `write`.
    instead: &'static str,
}

const FAMILIES: &[Family] = &[
    Family {
        phrases: &["unlimited", "without limit", "without limits", "unrestricted", "without restriction"],
        lacks: "has no number",
        instead: "how much is meant, such as `up to 500 users`",
    },
    Family {
        phrases: &["any and all", "all and any", "each and every", "whatsoever"],
        lacks: "leaves nothing out",
        instead: "a list of what is meant, and for the rest that it is not",
    },
    Family {
        phrases: &["without limitation", "not limited to"],
        lacks: "makes a list that has no end",
        instead: "the whole list",
    },
    Family {
        phrases: &["perpetual", "perpetually", "in perpetuity", "forever", "for ever", "indefinitely"],
        lacks: "has no end",
        instead: "an end, such as `during the term of this contract`",
    },
    Family {
        phrases: &["at all times", "uninterrupted", "without interruption", "error free"],
        lacks: "has no exception",
        instead: "the level that is reached and what is excepted, such as `99.9 % monthly, maintenance aside`",
    },
    Family {
        phrases: &[
            "all future", "any future", "future version", "future versions", "future release",
            "future releases", "future update", "future updates", "future upgrade", "future upgrades",
        ],
        lacks: "promises what nobody knows yet",
        instead: "which version is meant, or `updates that the vendor makes generally available during the term`",
    },
    Family {
        phrases: &["guarantee", "guarantees", "guaranteed", "guaranteeing"],
        lacks: "promises an outcome, whatever the cause",
        instead: "what is done towards it, and what is owed when it is missed (`remedy`)",
    },
];

/// Words that are found in a text.
#[derive(Debug, PartialEq, Eq)]
struct Hit {
    part: Range<usize>,
    family: usize,
}

fn check(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let promise = case.promise;
    let text = promise.requirement.text.as_ref()?;
    let hits = hits(&text.value);
    let first = hits.first()?;
    let family = &FAMILIES[first.family];
    let said = |hit: &Hit| words::quoted(text.value.get(hit.part.clone()).unwrap_or_default());
    let title = format!("{} says {}, which {}", promise.requirement.name, said(first), family.lacks);
    let place = place_of(text, first.part.clone());
    let further = hits[1..].iter().map(|hit| format!("{} {}", said(hit), FAMILIES[hit.family].lacks));
    let further = words::each_once(further);
    let further = (!further.is_empty()).then(|| format!("further words: {}", words::some_of(&further)));
    let finding = case
        .finding(&LINT, title)
        .label(place, "promised without bound")
        .notes(further)
        .notes(words::clause_beside_text(promise.requirement, place != text.span))
        .help(words::reword(promise.status(), format!("write {}", family.instead)));
    Some(finding)
}

/// The words of a text that promise without bound, from the first to the last; of those that overlap, one.
fn hits(text: &str) -> Vec<Hit> {
    let tokens = tokens(text);
    let mut hits: Vec<Hit> = Vec::new();
    for at in 0..tokens.len() {
        let Some((family, length)) = longest(text, &tokens[at..]) else { continue };
        if is_negated(text, &tokens[..at]) {
            continue;
        }
        let part = tokens[at].start..tokens[at + length - 1].end;
        match hits.last_mut().filter(|before| part.start < before.part.end) {
            Some(before) => before.part.end = before.part.end.max(part.end),
            None => hits.push(Hit { part, family }),
        }
    }
    hits
}

/// The family and the number of words of the longest phrase that a text goes on with.
fn longest(text: &str, tokens: &[Range<usize>]) -> Option<(usize, usize)> {
    let phrases = FAMILIES
        .iter()
        .enumerate()
        .flat_map(|(family, of)| of.phrases.iter().map(move |phrase| (family, *phrase)));
    let starting = phrases.filter_map(|(family, phrase)| {
        let length = phrase.split(' ').count();
        let tokens = tokens.get(..length)?;
        let same_words = phrase.split(' ').zip(tokens).all(|(word, token)| same(word, &text[token.clone()]));
        let joined = tokens.windows(2).all(|pair| is_gap(&text[pair[0].end..pair[1].start]));
        (same_words && joined).then_some((family, length))
    });
    starting.max_by_key(|&(_, length)| length)
}

/// Whether the words of a phrase may have this between them.
fn is_gap(between: &str) -> bool {
    between == "-" || between.chars().all(char::is_whitespace)
}

/// Whether the word before says no; an article or `be` may stand between.
fn is_negated(text: &str, before: &[Range<usize>]) -> bool {
    let mut words = before.iter().rev().map(|token| text[token.clone()].to_lowercase());
    words.find(|word| !["a", "an", "any", "be"].contains(&word.as_str())).is_some_and(|word| {
        ["not", "no", "never", "nor", "cannot", "without"].contains(&word.as_str())
            || word.ends_with("n't")
            || word.ends_with("n’t")
    })
}

/// The words of a text: letters, digits, and apostrophes between them.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices() {
        if !character.is_alphanumeric() && !matches!(character, '\'' | '’') {
            continue;
        }
        let end = at + character.len_utf8();
        match tokens.last_mut().filter(|token| token.end == at) {
            Some(token) => token.end = end,
            None => tokens.push(at..end),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        hits(text).into_iter().map(|hit| &text[hit.part]).collect()
    }

    #[test]
    fn whole_words_in_any_case() {
        assert_eq!(found("Unlimited storage, ANY and\n  all formats"), ["Unlimited", "ANY and\n  all"]);
        assert_eq!(
            found("a perpetual licence for all future versions"),
            ["perpetual", "all future versions"]
        );
        assert_eq!(found("error-free at all times"), ["error-free", "at all times"]);
        assert_eq!(found("perpetuity, guarantor, futures, any, and all"), [""; 0]);
    }

    #[test]
    fn what_is_negated_is_no_promise() {
        for text in [
            "not unlimited", "No guarantee is given", "shall not be unlimited",
            "Vendor doesn't guarantee it", "without any guarantee", "not an unlimited licence",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("including but not limited to these"), ["not limited to"]);
        assert_eq!(found("not here, but unlimited there"), ["unlimited"]);
    }

    fn any_phrase() -> impl Strategy<Value = &'static str> {
        let phrases: Vec<&str> = FAMILIES.iter().flat_map(|family| family.phrases).copied().collect();
        prop::sample::select(phrases)
    }

    proptest! {
        #[test]
        fn a_phrase_is_found_wherever_it_stands(
            phrase in any_phrase(),
            before in "(ü? ?log[s,.] ){0,4}",
            after in "([ .,]logs?){0,4}",
        ) {
            let text = format!("{before}{phrase}{after}");
            prop_assert_eq!(found(&text), [phrase]);
            let upper = text.to_uppercase();
            prop_assert_eq!(found(&upper), [phrase.to_uppercase()]);
        }

        #[test]
        fn parts_are_in_order_and_on_characters(
            text in "((not|any|and|all|future|versions|unlimited|at|times|ü|’)[ -]?){0,12}|.*",
        ) {
            let hits = hits(&text);
            prop_assert!(hits.iter().all(|hit| text.get(hit.part.clone()).is_some_and(|part| !part.is_empty())));
            prop_assert!(hits.windows(2).all(|pair| pair[0].part.end <= pair[1].part.start));
        }
    }
}
