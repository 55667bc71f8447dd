//! The three gates together: what a statement promises, or why it promises nothing.

use std::borrow::Cow;
use std::ops::Range;

use super::conditions::{Rule, Ruling};
use super::names::{FeatureNames, Mention};
use super::parties::Parties;
use super::pronouns::{brings_pronoun, says_the_same};
use super::ruling::{RuledMention, RuledStatement};
use super::sections::SectionKind;
use super::statement::{Form, LONGEST_STATEMENT, Statement};
use super::verbs::OBLIGES_THINGS;
use super::words::{WordToken, phrases, tokens};

/// The most places of a statement where features are named.
const MOST: usize = 64;

/// What becomes of a statement.
pub(crate) enum StatementVerdict<'a> {
    /// It promises features.
    Promise(RuledStatement<'a>, Vec<RuledMention>),
    /// It names none; or what it names is a part alone of what it is about, for this reason.
    Unnamed(RuledStatement<'a>, Option<&'static str>),
    /// It names some and promises none of them, or is none that is judged: for this reason.
    NoPromise(Cow<'static, str>),
}

impl<'a> StatementVerdict<'a> {
    /// The verdict on a statement.
    pub(crate) fn on(statement: &'a Statement, names: &FeatureNames, parties: &'a Parties) -> Self {
        Self::new(statement, names, parties, true)
    }

    /// The verdict on a statement of which nobody asks what it says without a feature: most are then not taken apart.
    pub(crate) fn on_named(statement: &'a Statement, names: &FeatureNames, parties: &'a Parties) -> Self {
        let about = statement.about.as_ref();
        match names.may_be_in(&statement.text) || about.is_some_and(|about| names.may_be_in(&about.text)) {
            true => Self::new(statement, names, parties, false),
            false => Self::NoPromise("names no feature".into()),
        }
    }

    fn new(
        statement: &'a Statement,
        names: &FeatureNames,
        parties: &'a Parties,
        wants_unnamed: bool,
    ) -> Self {
        let refuse = |why: &'static str| Self::NoPromise(why.into());
        match statement.form {
            Form::Heading => return refuse("a heading"),
            Form::Head => return refuse("the head of a table"),
            _ => {}
        }
        let (mut whole, mut words, mut own, mut mentions) = match named(statement, names) {
            Ok(named) => named,
            Err(why) => return Self::NoPromise(format!("{why}: for a person to read").into()),
        };
        if mentions.is_empty()
            && let Some(meant) = meant(statement, names, parties)
        {
            (whole, words, own, mentions) = meant;
        }
        if mentions.is_empty() && !wants_unnamed {
            return refuse("names no feature");
        }
        let places = mentions.iter().map(|mention| mention.words.clone()).collect();
        let ruled = RuledStatement::new(statement, whole, words, own, parties, places);
        if let Some(rule) = carried(statement, names, parties) {
            let promised: Vec<RuledMention> = mentions.into_iter().map(|mention| (mention, rule)).collect();
            return match promised.is_empty() {
                true => Self::Unnamed(ruled, None),
                false => Self::Promise(ruled, promised),
            };
        }
        if mentions.is_empty() {
            return Self::Unnamed(ruled, None);
        }
        let mut promised: Vec<RuledMention> = Vec::new();
        let (mut refused, mut open) = (None, Vec::new());
        for mention in mentions {
            match ruled.rule(Some(&mention.words)) {
                Some(rule) if rule.ruling != Ruling::None => promised.push((mention, rule)),
                Some(rule) => refused = refused.or(Some(rule)),
                None => open.push(mention),
            }
        }
        // "Audit log and Search: 31 March 2027": what is said of one of a list is said of each.
        for mention in open {
            let own = &mention.words;
            let joined = promised.iter().find(|(other, _)| {
                let other = &other.words;
                let between =
                    if own.end <= other.start { own.end..other.start } else { other.end..own.start };
                ruled.is_list_of_features(between)
            });
            if let Some((_, rule)) = joined {
                promised.push((mention, *rule));
            }
        }
        promised.sort_by_key(|(mention, _)| mention.words.start);
        if promised.is_empty() {
            let why = refused.map_or("no words of a promise", |rule| rule.name);
            return if wants_unnamed && refused.is_some_and(Rule::is_of_part) {
                Self::Unnamed(ruled, Some(why))
            } else {
                refuse(why)
            };
        }
        Self::Promise(ruled, promised)
    }
}

/// What a requirement quotes, with each feature that it names, and the rule that decides on it: it is a promise by what it
/// stands in. None where it is too much to be judged.
pub(crate) fn quoted<'a>(
    statement: &'a Statement,
    names: &FeatureNames,
    parties: &'a Parties,
) -> Option<(RuledStatement<'a>, Vec<RuledMention>)> {
    let (whole, words, own, mentions) = named(statement, names).ok()?;
    let places = mentions.iter().map(|mention| mention.words.clone()).collect();
    let ruled = RuledStatement::new(statement, whole, words, own, parties, places);
    let mentions = mentions.into_iter().filter_map(|mention| {
        let rule = ruled.rule(Some(&mention.words))?;
        Some((mention, rule))
    });
    let mentions = mentions.collect();
    Some((ruled, mentions))
}

/// Why a statement is too much to be judged, so that only a person can read it.
pub(crate) fn unjudged(statement: &Statement, names: &FeatureNames) -> Option<String> {
    if matches!(statement.form, Form::Heading | Form::Head) {
        return None;
    }
    // A name takes a word.
    let may_be_many = statement.text.len() > 2 * MOST
        && (!names.are_of_words() || has_many_words(&statement.text))
        && names.may_be_in(&statement.text);
    if may_be_many || !statement.is_judged() { named(statement, names).err() } else { None }
}

/// Whether a text may have more words than a statement may have names.
fn has_many_words(text: &str) -> bool {
    if !text.is_ascii() {
        return true;
    }
    let turns = |(turns, before): (usize, bool), byte: u8| {
        let is_letter = byte.is_ascii_alphanumeric();
        (turns + usize::from(is_letter != before), is_letter)
    };
    text.bytes().fold((0, false), turns).0 >= 2 * MOST - 1
}

/// Whether a common word is said to be a part of what is bought, so that the feature is meant: "a sandbox is included".
fn is_said_to_be_there(words: &[WordToken], name: &Range<usize>) -> bool {
    const BEHIND: &[&str] = &["is included", "are included", "is part of", "are part of"];
    const BEFORE: &[&str] = &["get it own", "get its own", "have it own", "have its own", "receive its own"];
    // "Webhooks shall be delivered within a minute".
    let begins = name.start == 0 && phrases(OBLIGES_THINGS).at(words, name.end).is_some();
    begins
        || phrases(BEHIND).at(words, name.end).is_some()
        || phrases(BEFORE).ends_at(words, name.start)
        || words[name.start].is_capital && stands_out(words, name)
}

/// Whether a capital at the beginning of a sentence or of a part of it is that of a name: a promise or a day follows it, or
/// it stands alone, as what is listed does: "Included: Planner."
fn stands_out(words: &[WordToken], name: &Range<usize>) -> bool {
    const DAY: [&str; 8] = ["by", "before", "on", "from", "until", "within", "in", "due"];
    /// The most words between a name and the number of its day.
    const LONGEST: usize = 5;
    let stem = |at: usize| words.get(at).map_or("", |word| &*word.stem);
    let has_number = || {
        (name.end + 1..name.end + 1 + LONGEST)
            .take_while(|&at| !matches!(stem(at), "" | "." | ";"))
            .any(|at| stem(at).starts_with(|first: char| first.is_ascii_digit()))
    };
    let is_led = matches!(stem(name.start.wrapping_sub(1)), ":" | ";");
    // "Search may not be withdrawn", "Search? Sure, that is in."
    const STAYS: &[&str] = &["may not", "can not", "cannot", "remain", "stay"];
    phrases(OBLIGES_THINGS).at(words, name.end).is_some()
        || phrases(STAYS).at(words, name.end).is_some()
        || stem(name.end) == "?" && name.end + 1 < words.len()
        || matches!(stem(name.end), ":" | "(" | "," | "—") && has_number()
        || DAY.contains(&stem(name.end)) && has_number()
        || is_led && matches!(stem(name.end), "" | "." | ";" | "," | "and")
}

/// The rule by which the sentence before a statement promises, where that says that the same is so of what it names.
fn carried(statement: &Statement, names: &FeatureNames, parties: &Parties) -> Option<&'static Rule> {
    let about = statement.about.as_deref().filter(|_| says_the_same(&statement.text))?;
    match StatementVerdict::on_named(about, names, parties) {
        StatementVerdict::Promise(_, promised) => promised.first().map(|(_, rule)| *rule),
        _ => None,
    }
}

/// A statement behind the features that its pronoun stands for: those that the sentence before it promises, or begins with.
fn meant<'a>(statement: &'a Statement, names: &FeatureNames, parties: &Parties) -> Option<NamedWords<'a>> {
    let about = statement.about.as_deref()?;
    let is_brought = brings_pronoun(&statement.text);
    if statement.pronoun() == 0 && !is_brought {
        return None;
    }
    let (text, place) = match StatementVerdict::on_named(about, names, parties) {
        // Who brings it says so whatever was said of it before.
        StatementVerdict::NoPromise(_) if is_brought => {
            let (whole, words, _, mut mentions) = named(about, names).ok()?;
            mentions.truncate(1);
            let text = |mention: &Mention| {
                let (first, last) = (&words[mention.words.start], &words[mention.words.end - 1]);
                whole[first.place.start..last.place.end].to_owned()
            };
            mentions
                .into_iter()
                .map(|mention| (text(&mention), mention))
                .unzip::<String, Mention, Vec<_>, Vec<_>>()
        }
        StatementVerdict::Promise(ruled, promised) => {
            let named =
                promised.into_iter().map(|(mention, _)| (ruled.text(&mention.words).to_owned(), mention));
            named.unzip::<String, Mention, Vec<_>, Vec<_>>()
        }
        _ => return None,
    };
    let mut end = 0;
    let mentions = place.into_iter().map(|mention| {
        let words = end..end + mention.words.len();
        end = words.end;
        Mention { words, ..mention }
    });
    let mentions = mentions.collect();
    let whole = format!("{} {}", text.join(" "), statement.text);
    let words = tokens(&whole);
    Some((whole.into(), words, end, mentions))
}

/// A statement in words, where its own begin, and where features are named in it.
type NamedWords<'a> = (Cow<'a, str>, Vec<WordToken>, usize, Vec<Mention>);

/// Where a statement names features; else why it is too much to be judged.
fn named<'a>(statement: &'a Statement, names: &FeatureNames) -> Result<NamedWords<'a>, String> {
    let whole = statement.whole();
    if !statement.is_judged() {
        return Err(format!("longer than {} KiB", LONGEST_STATEMENT >> 10));
    }
    let lead_words = tokens(&statement.lead).len() + tokens(label(&statement.text)).len();
    let words = tokens(&whole);
    let listed = matches!(statement.section, SectionKind::Requirements)
        || (matches!(statement.form, Form::Row(_)) && statement.section == SectionKind::Titled);
    let mut mentions = names.mentions(&whole, &words);
    mentions.retain(|mention| {
        // An item that is nothing but a name is one: "(b) Reports".
        let is_all = || {
            matches!(statement.form, Form::Item)
                && (lead_words..words.len()).all(|at| {
                    let word = &words[at];
                    mention.words.contains(&at)
                        || !word.is_word()
                        || word.stem.len() == 1
                        || word.stem == "and"
                })
        };
        // One that stands before its day, or in a cell of its own: "(b) Reports: 31 March".
        let is_mark = |at: usize| {
            words.get(at).is_none_or(|word| matches!(&*word.stem, ":" | "|" | "(" | "," | ";" | "."))
        };
        let begins = |at: usize| at <= lead_words || at > 0 && matches!(&*words[at - 1].stem, "|" | ")");
        let is_own = matches!(statement.form, Form::Item | Form::Row(_))
            && begins(mention.words.start)
            && is_mark(mention.words.end);
        mention.words.start >= lead_words
            && !(mention.words.len() == 1
                && statement.defined.iter().any(|defined| *defined == *words[mention.words.start].stem))
            && (!mention.is_common
                || !mention.is_id
                    && (listed || is_own || is_all() || is_said_to_be_there(&words, &mention.words)))
    });
    if mentions.len() > MOST {
        return Err(format!("names features more than {MOST} times"));
    }
    Ok((whole, words, lead_words, mentions))
}

/// The label that a text begins with, as lists of requirements number them: `L-08`, `F21`, `R1`.
fn label(text: &str) -> &str {
    let label = text.split(' ').next().unwrap_or_default();
    let letters = label
        .trim_start_matches(['"', '“', '„'])
        .trim_end_matches([':', '.', ')'])
        .trim_end_matches(|last: char| last.is_ascii_digit() || last == '.');
    let name = letters.trim_end_matches('-');
    let is_label = (1..=4).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_uppercase())
        && label.bytes().any(|byte| byte.is_ascii_digit());
    if is_label && label.len() < text.len() { label } else { "" }
}
