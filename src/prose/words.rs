//! The words of a text, with their places in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use aho_corasick::AhoCorasick;
use compact_str::{CompactString, ToCompactString};

/// A word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordToken {
    /// In lower case, without the s of a plural.
    pub(crate) stem: CompactString,
    /// Where it stands.
    pub(crate) place: Range<usize>,
    /// Whether it begins with a capital.
    pub(crate) is_capital: bool,
    /// A bit that few other words have.
    bit: u64,
}

impl WordToken {
    fn new(stem: CompactString, text: &str, place: Range<usize>) -> Self {
        let bit = bit(&stem);
        Self { stem, is_capital: text[place.clone()].starts_with(char::is_uppercase), place, bit }
    }

    /// Whether it is a word, and no mark.
    pub(crate) fn is_word(&self) -> bool {
        self.stem.starts_with(char::is_alphanumeric)
    }
}

/// Takes a text apart. Hyphens part words; points within numbers and apostrophes within words do not.
pub(crate) fn tokens(text: &str) -> Vec<WordToken> {
    let mut all = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if !first.is_alphanumeric() {
            if !first.is_whitespace() && !is_unseen(first) && !matches!(first, '-' | '‑' | '–') {
                let end = start + first.len_utf8();
                let stem = match first {
                    '“' | '”' | '„' | '«' | '»' => CompactString::const_new("\""),
                    '’' | '‘' => CompactString::const_new("'"),
                    other => other.to_compact_string(),
                };
                all.push(WordToken::new(stem, text, start..end));
            }
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = letters.peek() {
            let joins = || {
                let after = text[at + next.len_utf8()..].chars().next();
                let before = text[..at].chars().next_back();
                let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
                match next {
                    '.' | ',' => is_digit(before) && is_digit(after),
                    '\'' | '’' => after.is_some_and(char::is_alphabetic),
                    unseen if is_unseen(unseen) => after.is_some_and(char::is_alphanumeric),
                    _ => false,
                }
            };
            if !next.is_alphanumeric() && !joins() {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        push_word(&mut all, text, start..end);
    }
    all
}

/// Adds a word; what is drawn together as the words that it stands for: "we'll", "won't".
fn push_word(all: &mut Vec<WordToken>, text: &str, place: Range<usize>) {
    let word = &text[place.clone()];
    let mark = word.rfind(['\'', '’']).filter(|mark| *mark > 0);
    let (head, tail) = word.split_at(mark.unwrap_or(word.len()));
    let tail = tail.trim_start_matches(['\'', '’']);
    let cut = place.start + head.len();
    if word.eq_ignore_ascii_case("cannot") {
        let cut = place.start + "can".len();
        all.push(WordToken::new(CompactString::const_new("can"), text, place.start..cut));
        all.push(WordToken::new(CompactString::const_new("not"), text, cut..place.end));
        return;
    }
    let verb = match &*tail.to_ascii_lowercase() {
        "ll" => Some("will"),
        "re" => Some("are"),
        "ve" => Some("have"),
        "s" if ["it", "that", "there", "what"].iter().any(|pronoun| head.eq_ignore_ascii_case(pronoun)) => {
            Some("is")
        }
        _ => None,
    };
    if let Some(verb) = verb {
        all.push(WordToken::new(stem(head), text, place.start..cut));
        all.push(WordToken::new(CompactString::const_new(verb), text, cut..place.end));
    } else if let Some(verb) =
        head.strip_suffix(['n', 'N']).filter(|verb| tail.eq_ignore_ascii_case("t") && !verb.is_empty())
    {
        let verb = match &*verb.to_lowercase() {
            "wo" => CompactString::const_new("will"),
            "ca" => CompactString::const_new("can"),
            "sha" => CompactString::const_new("shall"),
            _ => stem(verb),
        };
        all.push(WordToken::new(verb, text, place.start..cut));
        all.push(WordToken::new(CompactString::const_new("not"), text, cut..place.end));
    } else {
        all.push(WordToken::new(stem(word), text, place));
    }
}

/// Whether a character is no part of what a reader sees, such as a place where a word may be broken.
pub(crate) fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A word in lower case and without the s of a plural.
pub(crate) fn stem(word: &str) -> CompactString {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_graphic());
    let mut lower = match is_plain {
        true => {
            let mut lower = CompactString::from(word);
            lower.make_ascii_lowercase();
            lower
        }
        false => word.to_lowercase().replace('’', "'").replace(is_unseen, "").into(),
    };
    if let Some(stem) = lower.strip_suffix('s') {
        let is_acronym = || {
            word.len() > 2
                && word.ends_with('s')
                && word.trim_end_matches('s').chars().all(char::is_uppercase)
        };
        if stem.len() > 2 && !stem.ends_with(['s', 'i', 'u', '\'']) || is_acronym() {
            lower.pop();
        }
    }
    lower
}

/// The stems of a phrase.
pub(crate) fn phrase(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.stem.into_string()).collect()
}

/// How many words of a phrase begin at a place, if all do.
pub(crate) fn matches_at(tokens: &[WordToken], at: usize, phrase: &[String]) -> bool {
    let end = at + phrase.len();
    !phrase.is_empty()
        && tokens
            .get(at..end)
            .is_some_and(|found| found.iter().zip(phrase).all(|(token, stem)| token.stem == *stem))
}

fn bit(stem: &str) -> u64 {
    let mixed = stem.bytes().fold(0u32, |mixed, byte| (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    1 << (mixed >> 16 & 63)
}

/// Phrases of the rules, taken apart once, which are looked for at each word of a document.
#[derive(Debug)]
pub(crate) struct PhraseList {
    phrases: Vec<Vec<String>>,
    /// The bits of their first words.
    first: u64,
}

impl PhraseList {
    fn new(texts: &[&str]) -> Self {
        let phrases: Vec<Vec<String>> = texts.iter().map(|text| phrase(text)).collect();
        let first = phrases.iter().filter_map(|words| words.first()).fold(0, |bits, stem| bits | bit(stem));
        Self { phrases, first }
    }

    /// How many words the longest of them has that stands at a place.
    pub(crate) fn at(&self, tokens: &[WordToken], at: usize) -> Option<usize> {
        let may = tokens.get(at).is_some_and(|token| token.bit & self.first != 0);
        let there = self.phrases.iter().filter(|words| may && matches_at(tokens, at, words));
        there.map(Vec::len).max()
    }

    /// The first place where one of them stands.
    pub(crate) fn find(&self, tokens: &[WordToken]) -> Option<Range<usize>> {
        (0..tokens.len()).find_map(|at| Some(at..at + self.at(tokens, at)?))
    }

    /// Whether one of them ends where a place begins.
    pub(crate) fn ends_at(&self, tokens: &[WordToken], end: usize) -> bool {
        self.phrases
            .iter()
            .any(|words| end.checked_sub(words.len()).is_some_and(|start| matches_at(tokens, start, words)))
    }
}

thread_local! {
    /// The phrases of the rules, by where their list stands in memory.
    static LISTS: RefCell<BTreeMap<(usize, usize), Rc<PhraseList>>> = RefCell::default();
}

/// The phrases of a list.
pub(crate) fn phrases(list: &'static [&'static str]) -> Rc<PhraseList> {
    let key = (list.as_ptr() as usize, list.len());
    LISTS.with_borrow_mut(|known| {
        Rc::clone(known.entry(key).or_insert_with(|| Rc::new(PhraseList::new(list))))
    })
}

/// Looks for parts of words without regard to case: a glance that spares taking most texts apart.
pub(crate) fn glance(parts: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(parts).ok()
}

/// Whether one of some phrases stands there.
pub(crate) fn says(tokens: &[WordToken], list: &'static [&'static str]) -> bool {
    phrases(list).find(tokens).is_some()
}

/// Words after which a point ends no sentence.
const ABBREVIATIONS: [&str; 28] = [
    "no", "nos", "inc", "ltd", "co", "corp", "art", "sec", "mr", "mrs", "ms", "dr", "approx", "incl", "vs",
    "st", "e.g", "i.e", "etc", "cf", "al", "nr", "para", "fig", "ver", "max", "min", "dept",
];

/// Whether a text ends as the line does that says who wrote what a mail quotes.
pub(super) fn is_quoted_head(text: &str) -> bool {
    text.ends_with(" wrote:")
}

/// Whether what stands behind a semicolon obliges in spite of what stands before it: "… is not part of it; Vendor shall,
/// however, …". What limits it goes on with the sentence: "provided, however, that".
fn turns(text: &str, at: usize) -> bool {
    const TURNS: &[&str] = &["however", "nevertheless", "nonetheless"];
    const LIMITS: &[&str] = &["provided", "if", "unless", "not", "no event", "nothing", "may", "only"];
    let before = &text[..at];
    let before = &before[before.rfind(['.', ';', '?', '!']).map_or(0, |end| end + 1)..];
    let behind = &text[at + 1..];
    // Few do: a quick look spares taking them apart.
    if !["owever", "evertheless", "onetheless"].iter().any(|turn| behind.contains(turn)) {
        return false;
    }
    let behind = tokens(&behind[..behind.find(['.', ';', '?', '!']).unwrap_or(behind.len())]);
    says(&behind, TURNS)
        && says(&behind, &["shall", "will", "must"])
        && !says(&behind, LIMITS)
        && says(&tokens(before), &["not", "no", "nothing", "neither", "excluded"])
}

/// The sentences of a text, as places in it.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    let ends = |at: usize, mark: u8| match mark {
        b'.' | b'?' | b'!' => true,
        // The head of what a mail quotes: "On 12 November 2026 Petra wrote: …".
        b':' => is_quoted_head(&text[..=at]),
        b';' => turns(text, at),
        _ => false,
    };
    for (at, mark) in text.bytes().enumerate().filter(|(at, mark)| ends(*at, *mark)) {
        let after = &text[at + 1..];
        let closed = after.trim_start_matches(['"', '”', '’', ')', '\'']);
        let next = closed.trim_start().chars().next();
        let begins = closed.starts_with(char::is_whitespace)
            && next.is_some_and(|next| mark == b';' || !next.is_lowercase());
        let word = text[start..at].rsplit([' ', '(', '“', '"']).next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
        let is_short = ABBREVIATIONS.contains(&word.to_lowercase().as_str()) || (mark == b'.' && is_initial);
        if begins && !(mark == b'.' && is_short) {
            let end = at + 1 + (after.len() - closed.len());
            all.push(start..end);
            start = end;
        }
    }
    all.push(start..text.len());
    let trimmed = |place: Range<usize>| {
        let part = &text[place.clone()];
        let start = place.start + part.len() - part.trim_start().len();
        start..start + part.trim().len()
    };
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in all.into_iter().map(trimmed).filter(|place| !place.is_empty()) {
        match parts.last_mut() {
            // "The System shall keep an Audit log. (M)": a mark is of the sentence before it.
            Some(before) if is_mark_in_brackets(&text[part.clone()]) => before.end = part.end,
            _ => parts.push(part),
        }
    }
    parts
}

/// Whether a text is a word or two in brackets, by which lists mark what is in them.
fn is_mark_in_brackets(text: &str) -> bool {
    /// The longest mark, in bytes.
    const LONGEST: usize = 20;
    let inner = text.trim_end_matches('.');
    text.len() <= LONGEST
        && inner.starts_with(['(', '['])
        && inner.ends_with([')', ']'])
        && inner.split_whitespace().count() <= 2
}
