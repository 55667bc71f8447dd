//! Sentences that say of a feature that it is there: "now available", "ships today". Of what is said to come, or to go, they
//! say nothing.

use std::ops::Range;

use super::names::{FeatureNames, Mention};
use super::statement::{Form, Statement};
use super::words::{phrases, says, tokens};

/// What is said of something that is there, behind its name.
const BEHIND: &[&str] = &[
    "now available", "available now", "available today", "is available", "are available",
    "already available", "generally available", "is live", "are live", "now live", "is here", "are here",
    "has launched", "have launched", "has shipped", "have shipped", "just launched", "just shipped",
    "ship with", "ship today", "come with every", "is included in", "are included in",
];

/// What is said of it before its name.
const BEFORE: &[&str] = &[
    "now available :", "available now :", "available today :", "now ship with", "now support", "now include",
    "now come with", "now with", "come with", "introducing", "announcing the release of",
    "announcing the launch of", "we released", "we have released", "we launched", "we have launched",
    "we shipped", "you can now use",
];

/// Words that say that it is not, not yet, or no more; or that it is for some.
const NOT_THERE: &[&str] = &[
    "will", "shall", "soon", "plan", "planned", "planning", "roadmap", "beta", "preview", "early access",
    "pilot", "upcoming", "later", "future", "expected", "not", "no longer", "never", "without", "if", "when",
    "once", "until", "was", "were", "used to", "deprecated", "retired", "discontinued", "sunset", "replaced",
    "instead of", "may", "might", "would", "could", "should", "on request", "waitlist", "wait list",
    "example", "?",
];

/// The features of which a statement says that they are there, each with its place in the text.
pub(crate) fn claims(statement: &Statement, names: &FeatureNames) -> Vec<(Mention, Range<usize>)> {
    if matches!(statement.form, Form::Head) || statement.is_too_long() || !names.may_be_in(&statement.text) {
        return Vec::new();
    }
    let whole = statement.whole();
    let words = tokens(&whole);
    // No feature's name is one of the words that say what is not there.
    let mut mentions = names.mentions(&whole, &words);
    // A capital at the beginning is that of a name where it is said at once that it is there: "Dash is available."
    let is_said_at_once = |name: &Range<usize>| {
        phrases(BEHIND).at(&words, name.end).is_some() || phrases(BEFORE).ends_at(&words, name.start)
    };
    mentions.retain(|mention| {
        let is_name = || words[mention.words.start].is_capital && is_said_at_once(&mention.words);
        !mention.is_common || !mention.is_id && is_name()
    });
    if mentions.is_empty() || !says(&words, BEHIND) && !says(&words, BEFORE) {
        return Vec::new();
    }
    let denials = phrases(NOT_THERE);
    let is_named = |at: usize| mentions.iter().any(|mention| mention.words.contains(&at));
    if (0..words.len()).any(|at| !is_named(at) && denials.at(&words, at).is_some()) {
        return Vec::new();
    }
    let [behind, before] = [BEHIND, BEFORE].map(|list| {
        let said = phrases(list);
        (0..words.len()).filter_map(|at| Some(at..at + said.at(&words, at)?)).collect::<Vec<Range<usize>>>()
    });
    // Between a name and what is said of it stand other names, and words that are about none.
    let is_joint = |at: usize| is_named(at) || JOINTS.contains(&&*words[at].stem);
    let joins = |from: usize, to: usize| from <= to && to - from <= LONGEST && (from..to).all(is_joint);
    let is_said_of = |mention: &Mention| {
        behind.iter().any(|place| joins(mention.words.end, place.start))
            || before.iter().any(|place| joins(place.end, mention.words.start))
    };
    let lead = whole.len() - statement.text.len();
    let place = |mention: &Mention| {
        let (first, last) = (&words[mention.words.start], &words[mention.words.end - 1]);
        Some(first.place.start.checked_sub(lead)?..last.place.end - lead)
    };
    mentions
        .iter()
        .filter(|mention| is_said_of(mention))
        .map(|mention| (mention.clone(), place(mention).unwrap_or(0..statement.text.len())))
        .collect()
}

/// The most words between a name and what is said of it.
const LONGEST: usize = 24;

/// Words between a name and what is said of it that change nothing.
const JOINTS: &[&str] = &[
    "the", "is", "are", "now", "just", "still", "our", "your", "its", "it", "a", "an", "new", "all", "and",
    "or", ",", ":", "\"", "*", "both", "also", "finally", "fully", "as", "well", "feature", "features", "!",
    "—", "(", ")", "to", "every", "customer", "module",
];
