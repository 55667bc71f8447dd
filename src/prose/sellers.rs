//! Who sells, by what texts call the vendor and by what they say that parties do.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::words::{WordToken, glance, matches_at, phrase, phrases, tokens};

/// Words by which documents call the vendor as a rule.
static GENERIC: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    glance(&[
        "vendor", "supplier", "provider", "licensor", "contractor", "seller", "manufacturer", "processor",
    ])
});

/// Whether a text calls the vendor one: "the Supplier", and not "suppliers register themselves".
pub(super) fn names_vendor(text: &str) -> bool {
    /// What is called after those who use it.
    const THINGS: [&str; 20] = [
        "portal", "portals", "management", "master", "data", "onboarding", "scorecard", "scorecards",
        "record", "records", "register", "catalogue", "catalog", "list", "directory", "invoice", "invoices",
        "rating", "network", "registration",
    ];
    GENERIC.as_ref().is_none_or(|generic| {
        generic.find_iter(text).any(|word| {
            let is_name = text[word.start()..].starts_with(char::is_uppercase);
            let before = text[..word.start()].trim_end().as_bytes();
            let is_the = before.last_chunk().is_some_and(|last: &[u8; 3]| last.eq_ignore_ascii_case(b"the"));
            // "The Supplier Portal" is no party, and neither is "Supplier portal in Polish".
            let behind = text[word.end()..].strip_prefix(' ');
            let is_of_name = behind.is_some_and(|behind| {
                let next = behind.split([' ', ':', ',', ';', '.', '?', ')']).next().unwrap_or_default();
                behind.starts_with(char::is_uppercase) || THINGS.contains(&next)
            });
            !text[word.end()..].starts_with('s') && !is_of_name && (is_name || is_the)
        })
    })
}

/// Who sells, of parties whose names do not say: who is said to deliver more often than to pay.
pub(super) fn by_what_they_do<'t>(
    defined: &[(String, Vec<String>)],
    texts: impl Iterator<Item = &'t str>,
) -> Vec<Option<bool>> {
    /// Verbs of who sells, of both, and of who buys.
    const SELLS: &[&str] = &[
        "deliver", "delivered", "release", "released", "ship", "supply", "license", "grant", "host",
        "develop", "implement", "extend", "introduce", "hand over", "bring", "warrant", "adapt",
        "discontinue", "withdraw", "not withdraw", "retire", "rectify",
    ];
    const PROVIDES: &[&str] = &[
        "provide", "provided", "make", "support", "maintain", "enable", "enabled", "install", "configure",
        "complete", "operate", "process", "ensure", "put", "add", "switch on", "activate", "keep", "furnish",
        "give",
    ];
    /// What who sells does, without a verb behind it.
    const VOUCHES: &[&str] = &[
        "guarantee", "warrant", "commit to", "covenant", "agree that", "undertake that", "confirm that",
        "confirmed that",
    ];
    const BUYS: &[&str] = &[
        "pay", "purchase", "order", "subscribe", "accept", "receive", "withhold", "approve", "nominate",
        "designate",
    ];
    const OBLIGES: &[&str] = &[
        "shall", "will", "must", "may", "agree to", "agreed to", "undertake to", "commit to", "guarantee",
        "warrant", "covenant", "agree that", "undertake that", "confirm that", "confirmed that",
    ];
    /// How far behind its name a party's verb stands.
    const REACH: usize = 6;
    let mut scores = vec![0i32; defined.len()];
    let called: Vec<Vec<Vec<String>>> =
        defined.iter().map(|(_, aliases)| aliases.iter().map(|alias| phrase(alias)).collect()).collect();
    let is = |words: &[WordToken], at: usize, list| phrases(list).at(words, at).is_some();
    /// The most blocks that are asked.
    const MOST_BLOCKS: usize = 500;
    let all: Vec<&str> = defined.iter().flat_map(|(_, aliases)| aliases.iter().map(String::as_str)).collect();
    let names = glance(&all);
    let names_one = |text: &&str| names.as_ref().is_none_or(|names| names.is_match(*text));
    for words in texts.take(MOST_BLOCKS).filter(names_one).map(tokens) {
        for modal in (1..words.len()).filter(|&at| is(&words, at, OBLIGES)) {
            let verbs = modal + 1..(modal + REACH).min(words.len());
            let verb =
                verbs.into_iter().find(|&at| [SELLS, PROVIDES, BUYS].iter().any(|list| is(&words, at, list)));
            let counts = match verb {
                _ if is(&words, modal, VOUCHES) => 2,
                Some(verb) if is(&words, verb, SELLS) => 3,
                Some(verb) if is(&words, verb, BUYS) => -3,
                Some(_) => 1,
                None => continue,
            };
            // A quote, a bracket and an adverb may stand between them; the nearest is who does it.
            let is_before = |end: usize, alias: &Vec<String>| {
                end.checked_sub(alias.len()).is_some_and(|start| matches_at(&words, start, alias))
            };
            let mut ends = (modal.saturating_sub(3)..=modal).rev();
            let subject = ends.find_map(|end| {
                called.iter().position(|party| party.iter().any(|alias| is_before(end, alias)))
            });
            if let Some(score) = subject.and_then(|party| scores.get_mut(party)) {
                *score += counts;
            }
        }
    }
    let best = scores.iter().max().copied().filter(|best| *best > 0);
    let is_only = scores.iter().filter(|score| Some(**score) == best).count() == 1;
    let role = |score: &i32| Some(Some(*score) == best).filter(|_| best.is_some() && is_only);
    scores.iter().map(role).collect()
}
