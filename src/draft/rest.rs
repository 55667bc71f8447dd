//! What a promising sentence says besides: each group of its words that stands in no field and in no other comment.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::prose::parties::Parties;
use crate::prose::verbs::{OBLIGES, PRODUCT};
use crate::prose::words::WordToken;

/// Words that a group may begin with and say nothing, as those that oblige.
const JOINTS: [&str; 27] = [
    "and", "or", "but", "also", "as", "well", "then", "together", "hereby", "further", "to", "that", "be",
    "is", "are", "provide", "provided", "providing", "deliver", "delivered", "delivering", "make", "made",
    "available", "offer", "offered", "both",
];

/// Words of grammar, with which no group ends.
const GRAMMAR: [&str; 62] = [
    "the", "a", "an", "this", "these", "those", "such", "it", "its", "their", "our", "your", "we", "you",
    "they", "them", "us", "all", "any", "each", "every", "either", "with", "for", "of", "in", "on", "by",
    "at", "from", "into", "under", "within", "upon", "through", "via", "across", "per", "been", "being",
    "was", "were", "has", "have", "having", "had", "obliged", "obligated", "required", "entitled", "right",
    "committed", "there", "hereunder", "herein", "fully", "generally", "duly", "latest", "respectively",
    "said", "respective",
];

/// Words of delivery, and for what a feature is, which say something only beside others.
const SILENT: [&str; 66] = [
    "supply", "supplied", "give", "given", "giving", "grant", "granted", "enable", "enabled", "enabling",
    "ship", "shipped", "shipping", "release", "released", "releasing", "launch", "launched", "implement",
    "implemented", "implementing", "include", "included", "including", "install", "installed", "complete",
    "completed", "making", "delivery", "availability", "support", "supported", "maintain", "maintained",
    "keep", "kept", "operate", "operated", "host", "hosted", "receive", "received", "get", "obtain",
    "access", "able", "benefit", "feature", "function", "functionality", "functionalitie", "capability",
    "capabilitie", "module", "component", "agreement", "contract", "new", "following", "ready", "live",
    "place", "deliverable", "item", "commence",
];

static WORDS: LazyLock<HashMap<&'static str, WordWeight>> = LazyLock::new(|| {
    let lists = [
        (&SILENT[..], WordWeight::Silent),
        (PRODUCT, WordWeight::Silent),
        (&GRAMMAR, WordWeight::Grammar),
        (&JOINTS, WordWeight::Joint),
    ];
    let obliging = OBLIGES.iter().map(|word| (*word, WordWeight::Joint));
    lists
        .into_iter()
        .flat_map(|(words, weight)| words.iter().map(move |word| (*word, weight)))
        .chain(obliging)
        .collect()
});

/// What a word says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordWeight {
    /// Nothing, and no group begins or ends with it.
    Joint,
    /// Nothing, and no group ends with it.
    Grammar,
    /// Nothing.
    Silent,
    /// Something.
    Full,
}

/// The groups of words that are not taken and say something.
pub(super) fn rest(tokens: &[WordToken], taken: &[Range<usize>], parties: &Parties) -> Vec<Range<usize>> {
    // A bar ends a cell.
    let mut is_taken: Vec<bool> = tokens.iter().map(|token| token.stem == "|").collect();
    for range in taken {
        is_taken.iter_mut().take(range.end).skip(range.start).for_each(|word| *word = true);
    }
    let weigh = |token: &WordToken| match WORDS.get(&*token.stem) {
        Some(weight) => *weight,
        None if token.is_word() || is_sign(&token.stem) => WordWeight::Full,
        None if matches!(&*token.stem, "(" | "\"") => WordWeight::Grammar,
        None => WordWeight::Joint,
    };
    let mut weights: Vec<WordWeight> = tokens.iter().map(weigh).collect();
    // Where the vendor's name ends that begins at a word.
    let mut vendors = Vec::with_capacity(tokens.len());
    for at in 0..tokens.len() {
        let (vendor, customer) = (parties.vendor.at(tokens, at), parties.customer.at(tokens, at));
        let length = vendor.max(customer);
        weights.iter_mut().skip(at).take(length).for_each(|weight| *weight = WordWeight::Silent);
        vendors.push(if vendor > customer { at + vendor } else { 0 });
    }
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_taken[at] {
            at += 1;
            continue;
        }
        let end = (at..tokens.len()).find(|&end| is_taken[end]).unwrap_or(tokens.len());
        let is_joint = |word: usize| word < end && weights[word] == WordWeight::Joint;
        let mut start = at;
        // That the vendor shall do it, the draft says.
        while is_joint(start) || start < end && vendors[start] > start && is_joint(vendors[start]) {
            start = vendors[start].max(start + 1);
        }
        if let Some(last) = (start..end).rev().find(|&word| weights[word] == WordWeight::Full) {
            // What the last word says more of, and the bracket that closes what opens within.
            let goes_on = |word: &usize| {
                weights[*word] == WordWeight::Silent
                    || matches!(&*tokens[*word].stem, "it" | "them" | ")" | "\"")
            };
            let more = (last + 1..end).take_while(goes_on).count();
            all.push(start..last + 1 + more);
        }
        at = end;
    }
    all
}

/// A mark that says something.
fn is_sign(mark: &str) -> bool {
    matches!(mark, "%" | "€" | "$" | "£" | "+" | "<" | ">" | "≤" | "≥" | "=" | "±")
}
