//! Sentences that promise nothing of what is to come: "not contingent on the delivery of any future functionality".

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::statement::{Form, LONGEST_STATEMENT, Statement};
use super::words::{glance, says, tokens};

/// What is to come, in the words of agreements.
const FUTURE: &[&str] = &[
    "future functionality", "future functionalitie", "future feature", "future function", "future product",
    "future version", "future release", "future enhancement", "functionality or feature in the future",
    "unreleased", "not currently available", "product roadmap", "roadmap information", "roadmap",
];

/// Words that say that it is not promised.
const NOT_PROMISED: &[&str] = &[
    "not contingent", "not conditioned", "not dependent", "nor dependent", "not relied", "has not relied",
    "not rely", "no reliance", "not a commitment", "no commitment", "not commit",
    "not constitute a commitment", "not a promise", "no obligation to deliver", "no obligation to provide",
    "not obligated to deliver", "not obligated to provide", "informational purpose", "information purpose",
    "not warrant", "not guarantee", "no guarantee",
];

/// Words that take what the contract itself promises out of it.
const EXCEPTED: &[&str] = &[
    "except", "other than", "unless", "save as", "save for", "apart from", "not expressly", "not set out",
    "not specified", "not listed",
];

/// Whether a statement disclaims what is to come, whatever the contract says of it.
pub(crate) fn disclaims_future(statement: &Statement) -> bool {
    disclaims(statement, false)
}

/// Whether a statement disclaims what is to come, or what of it the contract does not promise.
pub(crate) fn disclaims_some_future(statement: &Statement) -> bool {
    disclaims(statement, true)
}

fn disclaims(statement: &Statement, excepted: bool) -> bool {
    /// Few statements have any of it.
    static MAY: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| glance(&["future", "roadmap", "unreleased", "currently"]));
    let may = |text: &str| MAY.as_ref().is_none_or(|may| may.is_match(text));
    if matches!(statement.form, Form::Heading | Form::Head)
        || statement.text.len() + statement.lead.len() > LONGEST_STATEMENT
        || !may(&statement.text) && !may(&statement.lead)
    {
        return false;
    }
    let words = tokens(&statement.whole());
    says(&words, FUTURE) && says(&words, NOT_PROMISED) && (excepted || !says(&words, EXCEPTED))
}
