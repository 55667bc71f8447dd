//! Sentences that go on with what the one before them promises: "It shall also run offline."

use crate::model::calendar::month_number;

use super::verbs::OBLIGES_THINGS;
use super::words::{WordToken, phrases, says, tokens};

/// What such a sentence begins with, and what may stand between that and its verb.
const PRONOUNS: &[&str] = &["it", "they", "these", "this"];

/// What a feature is called where its name is not said again, behind one of the words that point to it: "this tool".
const POINTS: [&str; 6] = ["this", "that", "these", "those", "such", "said"];
const NOUNS: &[&str] = &[
    "app", "application", "capability", "component", "connection", "connector", "dashboard", "extension",
    "feature", "function", "functionality", "integration", "interface", "module", "portal", "report", "tool",
    "view",
];
/// The same, behind an article alone.
const THINGS: &[&str] =
    &["the feature", "the function", "the module", "the tool", "the extension", "the functionality"];

/// How many words at a place stand for a feature that was named before; 0 for none.
fn pronoun_at(words: &[WordToken], at: usize) -> usize {
    if let Some(length) = phrases(PRONOUNS).at(words, at).filter(|length| {
        // "This tool", and not "this".
        phrases(NOUNS).at(words, at + length).is_none()
    }) {
        return length;
    }
    if let Some(length) = phrases(THINGS).at(words, at) {
        return length;
    }
    let points = words.get(at).is_some_and(|word| POINTS.contains(&&*word.stem));
    let noun = phrases(NOUNS).at(words, at + 1).filter(|_| points);
    noun.map_or(0, |length| length + 1)
}

/// The letters that what stands before the verb has at most.
const BEGINNING: usize = 110;

/// The first words of a text, where it begins with one of these.
fn beginning(text: &str, begins: &[&str]) -> Option<Vec<WordToken>> {
    // Most sentences begin otherwise: a quick look spares taking them apart.
    if !begins.iter().any(|begins| text.starts_with(begins)) {
        return None;
    }
    let end = (0..=BEGINNING.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    Some(tokens(&text[..end]))
}

/// How many words at the beginning of some words are a pronoun, with a verb behind it that obliges a thing; 0 for none.
pub(super) fn pronoun(text: &str) -> usize {
    const BEGINS: [&str; 24] = [
        "It", "Th", "Such ", "In ", "Once ", "After ", "From ", "On ", "At ", "During ", "Upon ", "With ",
        "Addition", "Also", "As ", "Before ", "By ", "Further", "Moreover", "Besides", "For ", "Until ",
        "Within ", "Here",
    ];
    let Some(words) = beginning(text, &BEGINS) else { return 0 };
    let start = behind_opening(&words);
    let length = pronoun_at(&words, start);
    let verb = start + length;
    let Some(modal) = phrases(OBLIGES_THINGS).at(&words, verb).filter(|_| length > 0) else { return 0 };
    // Who informs is a party.
    let behind = words.get(verb + modal..).unwrap_or_default();
    if says(&behind[..behind.len().min(2)], &["notify", "inform", "pay", "invoice", "bear"]) {
        0
    } else {
        verb
    }
}

/// Where the words end that stand before the subject, and name nobody: "In the event of a failure, it must", "From then on
/// it will".
fn behind_opening(words: &[WordToken]) -> usize {
    /// The most words of an opening that no comma closes.
    const LONGEST: usize = 7;
    const VERBS: [&str; 8] = ["is", "are", "be", "has", "have", "shall", "will", "must"];
    let is_plain =
        |word: &WordToken| word.is_word() && (!word.is_capital || month_number(&word.stem).is_some());
    let comma = words.iter().position(|word| word.stem == ",");
    if let Some(comma) = comma
        && words[1..comma].iter().all(is_plain)
        && pronoun_at(words, comma + 1) > 0
    {
        return comma + 1;
    }
    let is_opening = |word: &WordToken| is_plain(word) && !VERBS.contains(&&*word.stem);
    let open = words.iter().skip(1).take_while(|word| is_opening(word)).take(LONGEST).count();
    let opens = (1..=open + 1).rfind(|&at| {
        matches!(words.get(at).map(|word| &*word.stem), Some("it" | "they"))
            && phrases(OBLIGES_THINGS).at(words, at + 1).is_some()
    });
    opens.unwrap_or(0)
}

/// How many words at the beginning of a text name again what the sentence before it names, with a verb behind them that
/// obliges a thing: "Such reports shall"; 0 for none.
pub(super) fn named_again(text: &str, before: &str) -> usize {
    /// The most words of the name.
    const LONGEST: usize = 3;
    /// What is named again, and is nothing that is delivered.
    const OTHERS: [&str; 24] = [
        "agreement", "amount", "approval", "assistance", "charge", "consent", "consultant", "customer",
        "day", "fee", "notice", "partie", "party", "payment", "period", "person", "price", "right",
        "service", "support", "term", "training", "work", "workshop",
    ];
    let Some(words) = beginning(text, &["Such ", "These ", "Those ", "This "]) else { return 0 };
    let Some(modal) = (2..=1 + LONGEST).find(|&at| phrases(OBLIGES_THINGS).at(&words, at).is_some()) else {
        return 0;
    };
    let noun = &words[modal - 1];
    let is_plain = words[1..modal].iter().all(|word| word.is_word() && !word.is_capital);
    let is_known = || tokens(before).iter().any(|word| word.stem == noun.stem && word.stem.len() > 2);
    if is_plain && !OTHERS.contains(&&*noun.stem) && is_known() { modal } else { 0 }
}

/// Whether a sentence says of a pronoun that who writes brings it: "We'll have it live by June".
pub(super) fn brings_pronoun(text: &str) -> bool {
    const BRINGS: &[&str] = &[
        "we will have it", "we will have this", "we will have that", "we will deliver it",
        "we will release it", "we will ship it", "we will make it available", "we will switch it on",
        "we will turn it on", "we will enable it", "we will activate it", "we will have them",
        "we commit to deliver it", "we commit to delivering it", "we guarantee it", "we will keep it",
        "we will extend it", "we will add it", "we will build it", "we will include it",
        "we will provide it", "we will roll it out", "we will set it up", "we will get it",
        "we will bring it",
    ];
    /// The most words before it: "For Acme we will keep it for a year".
    const LONGEST: usize = 7;
    const OPENS: [&str; 11] =
        ["We", "For ", "By ", "In ", "From ", "On ", "And ", "But ", "Then ", "After ", "Until "];
    let words =
        if text.contains("we ") || text.contains("we'") || text.contains("we’") || text.starts_with("We") {
            beginning(text, &OPENS)
        } else {
            None
        };
    words.is_some_and(|words| {
        let before = words
            .iter()
            .take(LONGEST)
            .take_while(|word| word.stem != "we" && word.is_word() || word.stem == ",");
        let start = before.count();
        phrases(BRINGS).at(&words, start).is_some()
    })
}

/// Whether a sentence says that what the one before it promises is so of something else as well: "The same applies to".
pub(super) fn says_the_same(text: &str) -> bool {
    const SAME: &[&str] = &[
        "the same applie to", "the same apply to", "the same goe for", "the same goes for",
        "the same hold for", "the same hold true for", "the same shall apply to", "the same will apply to",
        "the same is true of", "the same is true for", "this also applie to", "this applie also to",
        "this applie likewise to", "likewise for",
    ];
    beginning(text, &["The same", "This ", "Likewise"])
        .is_some_and(|words| phrases(SAME).at(&words, 0).is_some())
}
