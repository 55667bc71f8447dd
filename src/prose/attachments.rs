//! Parts of a contract that a document says belong to it, and that may stand in another file: "Exhibit B, which is incorporated
//! by reference".

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::names::has_unseen;
use super::statement::Statement;
use super::words::{WordToken, glance, says, tokens};

/// What such a part is called, before its letter or number.
const KINDS: [&str; 6] = ["exhibit", "schedule", "annex", "appendix", "attachment", "addendum"];

/// Words that make it a part.
const INCORPORATES: &[&str] = &[
    "incorporated", "incorporate", "form part", "forms part", "form a part", "form an integral part",
    "made a part", "made part", "integral part", "is part of this", "are part of this", "attached",
    "annexed", "appended",
];

/// Few sentences and few titles name a part.
static MAY: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| glance(&["exhibit", "schedule", "annex", "append", "attachment", "addend"]));

/// Few of those say that it belongs to the contract.
static INCORPORATING: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| glance(&["part", "incorporat", "attach", "annex", "append"]));

/// The longest letter or number: `B-12`.
const LONGEST: usize = 4;

/// A part of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttachedPart {
    /// What it is told from others by.
    pub(crate) key: String,
    /// What it is called.
    pub(crate) name: String,
    /// Where it is named.
    pub(crate) place: Range<usize>,
}

/// Whether a text may name a part and say that it belongs to the contract.
fn may_attach(text: &str) -> bool {
    let is_match = |may: &Option<AhoCorasick>| may.as_ref().is_none_or(|may| may.is_match(text));
    // Nearly every sentence names a party.
    let is_party = |end: usize| text[end..].starts_with(['y', 'Y', 'i', 'I']);
    is_match(&MAY)
        && INCORPORATING.as_ref().is_none_or(|may| {
            may.find_iter(text).any(|found| found.pattern().as_usize() > 0 || !is_party(found.end()))
        })
}

/// The parts that a statement says belong to the contract.
pub(crate) fn attachments(statement: &Statement) -> Vec<AttachedPart> {
    // What stands first may have been read as the number of the clause.
    let is_first = statement.place.start == 0 && attachment_of(&statement.clause).is_some();
    let may = || is_first || has_unseen(&statement.text) || may_attach(&statement.text);
    if !statement.is_judged() || !may() {
        return Vec::new();
    }
    let before = if is_first { statement.clause.len() + 1 } else { 0 };
    let text = match is_first {
        true => Cow::Owned(format!("{} {}", statement.clause, statement.text)),
        false => Cow::Borrowed(statement.text.as_str()),
    };
    let text = &*text;
    let words = tokens(text);
    if !says(&words, INCORPORATES) {
        return Vec::new();
    }
    let named = (0..words.len()).filter(|&at| is_label(text, &words, at)).flat_map(|at| {
        let (labels, end) = labels(text, &words, at + 1);
        let kind = kind(&words[at].stem).unwrap_or_default();
        let place = words[at].place.start..words[end - 1].place.end;
        let written = &text[place.clone()];
        let is_one = labels.len() == 1;
        let place = match place.start.checked_sub(before) {
            Some(start) => start..place.end - before,
            None => 0..statement.text.len(),
        };
        let part = |label: String| AttachedPart {
            key: format!("{kind} {}", label.to_lowercase()),
            name: match is_one {
                true => written.to_owned(),
                false => format!("{}{} {label}", kind[..1].to_uppercase(), &kind[1..]),
            },
            place: place.clone(),
        };
        labels.into_iter().map(part).collect::<Vec<_>>()
    });
    named.collect()
}

/// What a title is the title of: `Exhibit B – Service description`.
pub(crate) fn attachment_of(title: &str) -> Option<String> {
    /// The longest title, in bytes.
    const LONGEST: usize = 120;
    let may = || MAY.as_ref().is_none_or(|may| may.is_match(title));
    if title.is_empty() || title.len() > LONGEST || title.ends_with(['.', ';']) || !may() {
        return None;
    }
    let words = tokens(title);
    let at = (0..words.len().min(3)).find(|&at| is_label(title, &words, at))?;
    Some(format!("{} {}", kind(&words[at].stem)?, words[at + 1].stem))
}

/// The kind of part that a word names, in one number or another.
fn kind(stem: &str) -> Option<&'static str> {
    let stem = match stem {
        "annexe" => "annex",
        "appendice" => "appendix",
        "addenda" => "addendum",
        stem => stem,
    };
    KINDS.into_iter().find(|kind| *kind == stem)
}

/// The letters or numbers that stand behind the name of a kind, and where they end: "Exhibits A, B and D", "Schedules 1 to 3".
fn labels(text: &str, words: &[WordToken], first: usize) -> (Vec<String>, usize) {
    /// The most parts of a range.
    const MOST: usize = 30;
    let written = |at: usize| words.get(at).map(|word| &text[word.place.clone()]);
    let mut all = Vec::from_iter(written(first).map(str::to_owned));
    let mut at = first + 1;
    loop {
        let is = |at: usize, stems: &[&str]| words.get(at).is_some_and(|word| stems.contains(&&*word.stem));
        let joint = (is(at, &[",", "and", "or", "&", "to", "through"])).then_some(1);
        let joint = joint.map(|joint| joint + usize::from(is(at, &[","]) && is(at + 1, &["and", "or"])));
        let next = at + joint.unwrap_or(0);
        let dash = words.get(at).map(|word| text[words[at - 1].place.end..word.place.start].trim());
        let is_range = is(at, &["to", "through"]) || joint.is_none() && matches!(dash, Some("-" | "–"));
        let Some(label) = written(next).filter(|label| is_letter(label) && (joint.is_some() || is_range))
        else {
            break;
        };
        match all.last().filter(|_| is_range).map(|last| between(last, label)) {
            Some(range) if range.len() <= MOST => all.extend(range),
            Some(_) => break,
            None => {}
        }
        all.push(label.to_owned());
        at = next + 1;
    }
    (all, at)
}

/// What lies between two letters or two numbers.
fn between(first: &str, last: &str) -> Vec<String> {
    if let (Ok(first), Ok(last)) = (first.parse::<u16>(), last.parse::<u16>()) {
        return (first.saturating_add(1)..last).map(|number| number.to_string()).collect();
    }
    match (first.as_bytes(), last.as_bytes()) {
        ([first], [last]) => (first + 1..*last).map(|letter| char::from(letter).to_string()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a word is the letter or the number of a part.
fn is_letter(written: &str) -> bool {
    written.len() <= LONGEST
        && written.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase())
}

/// Whether a word and the next one are what a part is called.
fn is_label(text: &str, words: &[WordToken], at: usize) -> bool {
    let Some(label) = words.get(at + 1) else { return false };
    let written = &text[label.place.clone()];
    kind(&words[at].stem).is_some() && is_letter(written)
}
