//! What documents define: names of parties ("Acme Robotics GmbH (the “Customer”)", `Customer: Acme`, a company by its form),
//! and words.

use std::sync::Arc;

use super::words::{phrases, tokens};

/// The longest name of a party, in bytes.
const LONGEST_NAME: usize = 120;

/// The letters of what somebody is said to be that are looked at.
const LONGEST_ROLE: usize = 40;

/// What kinds of companies are called behind their names.
pub(super) const LEGAL_FORMS: [&str; 23] = [
    "bv", "gmbh", "inc", "llc", "ltd", "limited", "ag", "sa", "plc", "corp", "corporation", "oy", "ab", "as",
    "srl", "spa", "kg", "nv", "se", "sas", "sarl", "llp", "mbh",
];

/// `Customer: Hartmann Notaries`, also as a row.
pub(super) fn field(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(": ").or_else(|| text.split_once(" | "))?;
    // "Supplier:    Acme Ltd", which columns of a plain text set apart.
    let value = value.trim_start_matches(['|', ' ']).split(" | ").next()?.trim().trim_end_matches('.');
    (name.len() <= 30 && !value.is_empty() && value.len() <= LONGEST_NAME).then_some((name.trim(), value))
}

/// The same, one behind the other: `Customer: Hartmann Notaries Supplier: Acme Ltd (answers of May)`.
pub(super) fn fields(text: &str) -> Vec<(&str, &str)> {
    let mut all: Vec<(&str, &str)> = field(text).into_iter().collect();
    let mut marks = text.match_indices(": ").skip(all.len()).peekable();
    while let Some((at, _)) = marks.next() {
        let name = text[..at].rsplit(' ').next().unwrap_or_default();
        let end = marks.peek().map_or(text.len(), |(next, _)| *next);
        let value = text[at + 2..end].split(['(', ',', ';']).next().unwrap_or_default().trim();
        // What stands behind its form is the label of the next one.
        let form =
            tokens(value).into_iter().find(|word| LEGAL_FORMS.contains(&&*word.stem) && word.is_capital);
        let value = form.map_or(value, |form| &value[..form.place.end]);
        if name.starts_with(char::is_uppercase) && !value.is_empty() && value.len() <= LONGEST_NAME {
            all.push((name, value));
        }
    }
    all
}

/// What stands in the brackets that open at a place, where it is no longer than a name.
fn in_brackets(text: &str, open: usize) -> Option<&str> {
    let inner = text.get(open + 1..)?;
    let close = inner.bytes().take(LONGEST_NAME).position(|byte| byte == b')')?;
    inner.get(..close)
}

/// Names with what they are in brackets: "for Dossia (supplier): Ms Amari".
pub(super) fn roles_in_brackets(text: &str) -> Vec<(&str, &str)> {
    let named = text.match_indices('(').filter_map(|(open, _)| {
        let role = in_brackets(text, open)?;
        // "(Sitelogic, software supplier)".
        if let Some((name, role)) = role.split_once(", software ") {
            return (!name.is_empty() && name.len() <= LONGEST_NAME).then_some((name, role));
        }
        let before = text[..open].trim_end();
        let is_name = |word: &str| word.starts_with(char::is_uppercase) && !word.ends_with([':', ';', ',']);
        let start = before
            .split_inclusive(' ')
            .rev()
            .take_while(|word| is_name(word.trim_end()))
            .map(str::len)
            .sum::<usize>();
        let name = &before[before.len() - start..];
        (!name.is_empty() && name.len() <= LONGEST_NAME).then_some((name, role))
    });
    named.collect()
}

/// Names in brackets behind what they are: "Vendor (Takt Systems AG): Ms Reuter", "the Customer (Acme Ltd)".
pub(super) fn names_behind_roles(text: &str) -> Vec<(&str, &str)> {
    let named = text.match_indices(" (").filter_map(|(at, _)| {
        let name = in_brackets(text, at + 1)?;
        let role = text[..at].rsplit([' ', '*', '(']).next().unwrap_or_default();
        let has_form = tokens(name).iter().any(|word| word.is_capital && LEGAL_FORMS.contains(&&*word.stem));
        let is_labelled = text[at + 1..].get(name.len() + 2..).is_some_and(|rest| rest.starts_with(':'));
        let is_name = name.starts_with(char::is_uppercase) && !name.contains(['"', '“', '”', ',']);
        (is_name && (has_form || is_labelled) && !role.is_empty()).then_some((name, role))
    });
    named.collect()
}

/// Who answers or offers, by what stands before its name: "completed by Looply AB", "Submitted by: Acme Ltd".
pub(super) fn who_hands_in(text: &str) -> Option<&str> {
    const BEFORE: [&str; 9] = [
        "completed by ", "submitted by ", "answered by ", "tendered by ", "offered by ", "response by ",
        "response of ", "offer of ", "proposal by ",
    ];
    let small = text.to_ascii_lowercase();
    BEFORE.iter().find_map(|before| {
        let at = small.find(before)? + before.len();
        let name = text.get(at..)?;
        let name = &name[..name.find([',', '(', '·', ';', '|']).unwrap_or(name.len())];
        let name = proper(name.trim().trim_end_matches('.'));
        let has_form = tokens(name).iter().any(|word| word.is_capital && LEGAL_FORMS.contains(&&*word.stem));
        (has_form && name.len() <= LONGEST_NAME).then_some(name)
    })
}

/// What quoted words are said to mean: `"AN" means the contractor`.
pub(super) fn meanings(text: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    // `"Contractor" (AN) is the bidder`.
    for (at, _) in text.match_indices("\" (").chain(text.match_indices("” (")) {
        let meaning = text[..at].rsplit(['"', '“', '„']).next().unwrap_or_default();
        let open = at + text[at..].find('(').unwrap_or_default();
        all.extend(in_brackets(text, open).map(|alias| (alias, meaning)));
    }
    for mark in ["means the ", "denotes the ", "shall mean the "] {
        for (at, _) in text.match_indices(mark) {
            let before = text[..at].trim_end().trim_end_matches(['"', '”', '“']);
            let alias = before.rsplit(['"', '“', '„']).next().unwrap_or_default();
            if before.len() < text[..at].trim_end().len() && !alias.is_empty() && alias.len() <= LONGEST_NAME
            {
                let rest = &text[at + mark.len()..];
                let end = rest.char_indices().nth(LONGEST_ROLE).map_or(rest.len(), |(end, _)| end);
                let meaning = &rest[..end];
                all.push((alias, meaning));
            }
        }
    }
    all
}

/// Companies by the form that stands behind their names, each with its first word and all of them: `Acme Robotics GmbH`.
pub(super) fn companies(text: &str) -> Vec<(String, Vec<String>)> {
    /// The most words of a name.
    const LONGEST: usize = 5;
    let words = tokens(text);
    let forms =
        (1..words.len()).filter(|&at| LEGAL_FORMS.contains(&&*words[at].stem) && words[at].is_capital);
    let company = |form: usize| {
        // A comma before the form is of the name, one before that parts it from another: "Anna, Acme Robotics GmbH".
        let comma = usize::from(words[form - 1].stem == ",");
        let before = words[..form - comma].iter().rev().take(LONGEST).take_while(|word| word.is_capital);
        let start = form - comma - before.count();
        // "Yours, Acme Robotics GmbH".
        const CLOSES: [&str; 9] =
            ["yours", "your", "regard", "sincerely", "faithfully", "kind", "best", "by", "from"];
        let start =
            start + words[start..form].iter().take_while(|word| CLOSES.contains(&&*word.stem)).count();
        let first = words.get(start).filter(|first| first.is_capital && start < form)?;
        let name = text[first.place.start..words[form].place.end].to_owned();
        let last = words[start..form].iter().rev().find(|word| word.is_word())?;
        let whole = text[first.place.start..last.place.end].to_owned();
        Some((name, vec![whole, text[first.place.clone()].to_owned()]))
    };
    forms.filter_map(company).collect()
}

/// Names with what they are called from there on: `Acme Robotics GmbH (the “Customer”)`.
pub(super) fn definitions(text: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some((open, close)) = text[from..].find('(').and_then(|open| {
        let close = text[from + open..].find(')')?;
        Some((from + open, from + open + close))
    }) {
        let mut aliases = quoted(&text[open..close]);
        // `(Ledgerly, "supplier")`: the name stands within.
        let within = text[open + 1..close].split_once(", ").map(|(name, _)| name);
        let within = within.filter(|name| name.starts_with(char::is_uppercase) && name.len() <= LONGEST_NAME);
        let name = || within.map(str::to_owned).or_else(|| name_before(&text[from..open]));
        if !aliases.is_empty()
            && let Some(name) = name()
        {
            aliases.extend(within.map(str::to_owned));
            all.push((name, aliases));
        }
        from = close + 1;
    }
    // Without brackets: `Acme Ltd, hereinafter "Supplier"`.
    for (at, _) in text.match_indices("hereinafter").filter(|(at, _)| !text[..*at].ends_with('(')) {
        let aliases: Vec<String> = quoted(&text[at..]).into_iter().take(1).collect();
        let start = text[..at].rfind(" and ").map_or(0, |and| and + " and ".len());
        let name = name_before(text[start..at].trim_end_matches([',', ' ']));
        all.extend(name.filter(|_| !aliases.is_empty()).map(|name| (name, aliases)));
    }
    all
}

/// The words that a document defines as what people write or do, which name no feature of a product.
pub(crate) fn defined_words<'t>(texts: impl Iterator<Item = &'t str>) -> Arc<[String]> {
    /// The most such words.
    const MOST: usize = 100;
    texts.filter_map(defined_word).take(MOST).collect()
}

/// The word that a text defines as what people write or do: `"Report" means an audit report`.
fn defined_word(text: &str) -> Option<String> {
    const MEANS: &[&str] = &["mean", "means"];
    // A list of what software is would never be whole, and a feature left out would be a promise that nobody sees.
    const OTHERS: &[&str] =
        &["audit report", "certificate", "court", "dispute", "invoice", "natural person", "written notice"];
    /// How far behind its number a definition begins, in bytes.
    const BEGINNING: usize = 12;
    let mut words = text.contains("mean").then(|| quoted(text))?.into_iter();
    let word = words.next().filter(|word| text.find(word.as_str()).is_some_and(|at| at <= BEGINNING))?;
    let all = tokens(text);
    let [one] = &tokens(&word)[..] else { return None };
    let means = (0..all.len()).find_map(|at| Some(at + phrases(MEANS).at(&all, at)?))?;
    let article =
        all.get(means).is_some_and(|word| matches!(&*word.stem, "a" | "an" | "any" | "each" | "the"));
    phrases(OTHERS).at(&all, means + usize::from(article)).map(|_| one.stem.to_string())
}

/// What stands in quotes.
pub(crate) fn quoted(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['“', '"', '„', '‘', '\'']) {
        let mark = rest[open..].chars().next().map_or(1, char::len_utf8);
        let inner = &rest[open + mark..];
        let Some(close) = inner.find(['”', '"', '“', '’', '\'']) else { break };
        let word = inner[..close].trim().trim_end_matches(',');
        if !word.is_empty() && word.len() <= LONGEST_NAME {
            all.push(word.to_owned());
        }
        rest = &inner[close..];
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    all
}

/// The beginning of some words that is written as a name is: "City of Lindenfurt" of "City of Lindenfurt represented by its
/// mayor". Empty where they begin as any sentence does: "The pilot starts".
fn proper(text: &str) -> &str {
    const WITHIN: [&str; 26] = [
        "of", "the", "and", "for", "in", "at", "on", "de", "du", "des", "la", "le", "les", "et", "der",
        "die", "das", "von", "und", "fuer", "für", "am", "im", "van", "y", "e",
    ];
    let is_article =
        |word: &str| ["The", "This", "Each", "Any", "All", "A", "An", "In", "On"].contains(&word);
    let mut end = 0;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let is_small = bare.chars().all(|letter| !letter.is_uppercase() && !letter.is_ascii_digit())
            && bare.contains(char::is_alphabetic);
        if is_small && !WITHIN.contains(&bare) {
            break;
        }
        let is_name = !(is_small || at == 0 && is_article(bare));
        at += word.len();
        if is_name {
            end = at - (word.len() - bare.len());
        }
    }
    &text[..end]
}

/// The words at the end of a text that begin with capitals.
fn last_name(text: &str) -> &str {
    let text = text.trim_end();
    let is_name =
        |word: &&str| word.starts_with(char::is_uppercase) && !word.trim_end().ends_with([',', '.', ':']);
    let length: usize = text.split_inclusive(' ').rev().take_while(is_name).map(str::len).sum();
    text[text.len() - length..].trim_start_matches("The ")
}

/// The name of a party at the end of the words before its definition.
fn name_before(text: &str) -> Option<String> {
    let words = tokens(text);
    let is_name = |at: usize| {
        let word = words.get(at).map(|token| &text[token.place.clone()]);
        word.is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let after = |keywords: &[&str]| {
        (0..words.len()).find_map(|at| {
            let is_keyword = keywords.contains(&words[at].stem.as_str());
            let next = if words.get(at + 1).is_some_and(|word| word.stem == "the") { at + 2 } else { at + 1 };
            (is_keyword && is_name(next)).then_some(next)
        })
    };
    // A paragraph of its own begins with the name.
    let begins = is_name(0) && !["this", "the", "these", "wherea", "agreement"].contains(&&*words[0].stem);
    let begin = after(&["between", "by", "from", "to", "with"]).or_else(|| begins.then_some(0));
    let begin = begin.or_else(|| after(&["and"])).or_else(|| is_name(0).then_some(0))?;
    let rest = &text[words.get(begin)?.place.start..];
    let mut name = String::new();
    for (at, part) in rest.split(',').enumerate() {
        let is_form = LEGAL_FORMS.contains(&part.trim().trim_end_matches('.').to_lowercase().as_str());
        if at > 0 && !is_form {
            break;
        }
        name += if at > 0 { "," } else { "" };
        name += part;
    }
    // "Contracting authority: Town of Linz".
    let name = name.trim();
    let behind = name.rsplit_once(": ").filter(|(label, _)| proper(name).len() < label.len());
    let name = match proper(behind.map_or(name, |(_, behind)| behind)) {
        // "The services which Acme (the “Operator”) owes": the name is what stands right before.
        "" => last_name(text),
        name => name,
    };
    // "Requirements on the contractor (the “Contractor”)".
    let name = match name {
        "" => text.trim_end().rsplit(' ').next().unwrap_or_default(),
        name => name,
    };
    // A blank is no name.
    let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(['[', '{', '●']);
    is_name.then(|| name.to_owned())
}
