//! Words for people: what came from a file made safe to show, plurals, lists, nearest names, distances.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;

use memchr::memchr;

/// Makes text safe for a terminal, a log or a page: control, bidirectional and invisible formatting
/// characters become visible escapes such as `\u{202e}`. A line break or tab becomes a space, since what is
/// quoted is quoted on one line. What a build log would take for a command, wherever it stands in a line, is
/// broken up: `##vso[` and `##[` become `#\u{23}vso[` and `#\u{23}[`.
///
/// The bidirectional controls are those of Unicode Standard Annex #9, section 2 (the "Trojan Source" ones).
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    clean_but(text, &[])
}

/// As [`clean`], of what a renderer drew: its line breaks and colours stay.
pub(crate) fn clean_drawing(text: &str) -> Cow<'_, str> {
    clean_but(text, &['\n', '\u{1b}'])
}

/// The characters that stand for bytes of a file's name that are no text: nobody writes these, and no text file holds such
/// bytes.
const MARKS: RangeInclusive<u32> = 0x10_ff80..=0x10_ffff;

/// A name as a text in which each byte that is no part of one is a character of its own, shown as `\xe9`.
pub(crate) fn marked(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(
            chunk.invalid().iter().filter_map(|&byte| char::from_u32(MARKS.start() - 0x80 + u32::from(byte))),
        );
    }
    text
}

/// The byte that a character of a [marked] name stands for.
pub(crate) fn marked_byte(character: char) -> Option<u8> {
    let mark = u32::from(character);
    u8::try_from(mark & 0xff).ok().filter(|_| MARKS.contains(&mark))
}

fn clean_but<'t>(text: &'t str, kept: &[char]) -> Cow<'t, str> {
    let is_bad = |character: char| needs_cleaning(character) && !kept.contains(&character);
    // Nearly every text is plain ASCII, which a glance at all of its bytes settles: to stop at one would be slower.
    let keeps_lines = kept.contains(&'\n');
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') || keeps_lines && byte == b'\n';
    let is_sound = text.bytes().fold(true, |sound, byte| sound & is_plain(byte)) || !text.chars().any(is_bad);
    if is_sound && (memchr(b'#', text.as_bytes()).is_none() || !text.contains("##")) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        match character {
            '\n' | '\r' | '\t' if is_bad(character) => out.push(' '),
            '#' if out.ends_with('#') && begins_command(&text[at + 1..]) => {
                out.extend(character.escape_unicode())
            }
            _ if is_bad(character) => match marked_byte(character) {
                Some(byte) => out.push_str(&format!("\\x{byte:02x}")),
                None => out.extend(character.escape_unicode()),
            },
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Whether `##` before this makes it a command to the agents of Azure Pipelines or GitHub Actions.
fn begins_command(rest: &str) -> bool {
    rest.starts_with('[') || rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("vso["))
}

/// A line that a build log does not take for a command: `::error::x`, `##[error]x` and `##vso[x]x` are broken up where
/// they begin it, blanks aside. A `:::` that leads to a place stays, where no second `::` follows.
pub(crate) fn without_command(line: &str) -> Cow<'_, str> {
    let at = line.len() - line.trim_start().len();
    let rest = &line[at..];
    let (first, second) = match rest.as_bytes() {
        [b':', b':', ..] if rest[2..].contains("::") => (":", r"\u{3a}"),
        [b'#', b'#', ..] if begins_command(&rest[2..]) => ("#", r"\u{23}"),
        _ => return Cow::Borrowed(line),
    };
    Cow::Owned([&line[..at], first, second, &rest[2..]].concat())
}

/// Text that is safe to show and short enough to be read: what is longer than `most` characters is cut.
pub(crate) fn brief(text: &str, most: usize) -> Cow<'_, str> {
    // What has no more bytes has no more characters either.
    let end = if text.len() > most { text.char_indices().nth(most) } else { None };
    match end {
        None => clean(text),
        Some((end, _)) => Cow::Owned(format!("{}…", clean(&text[..end]))),
    }
}

fn needs_cleaning(character: char) -> bool {
    character.is_control() || !character.is_ascii() && is_invisible(character)
}

/// Whether nobody sees a character, or sees what it is. The standard library knows what is of format, of private use or
/// not assigned: all of that it escapes, and letters and marks it does not. Of those the nine kinds below are, by the
/// property `Default_Ignorable_Code_Point` of Unicode, drawn as nothing; further ones are reserved, and so not assigned.
fn is_invisible(character: char) -> bool {
    let is_drawn_as_nothing = matches!(character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}');
    // A mark is escaped where it comes first, and here it does not.
    let mut text = *b"a\0\0\0\0";
    let end = 1 + character.encode_utf8(&mut text[1..]).len();
    let is_escaped = std::str::from_utf8(&text[..end]).is_ok_and(|text| text.escape_debug().count() > 2);
    let is_line_end = matches!(character, '\u{2028}' | '\u{2029}');
    is_drawn_as_nothing || is_line_end || is_escaped && !character.is_whitespace()
}

/// `1 contract`, `2 contracts`, `0 contracts`.
pub(crate) fn count(number: usize, singular: &str) -> String {
    plural(number, singular, &format!("{singular}s"))
}

/// `1 day`, `2 days` for words whose plural is not formed with an s.
pub(crate) fn plural(number: usize, singular: &str, plural: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{number} {plural}") }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and_list<T: Display>(items: &[T]) -> String {
    join_list(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn or_list<T: Display>(items: &[T]) -> String {
    join_list(items, "or")
}

fn join_list<T: Display>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.to_string(),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(T::to_string).collect();
            format!("{} {word} {last}", rest.join(", "))
        }
    }
}

/// A distance in words: `1 day`, `30 days`, and from 100 on with months: `150 days (about 5 months)`.
pub(crate) fn days(number: i64) -> String {
    let number = number.unsigned_abs();
    let words = if number == 1 { "1 day".to_owned() } else { format!("{number} days") };
    if number < 100 {
        return words;
    }
    let months = (number as f64 / (365.0 / 12.0)).round() as u64;
    if months < 24 {
        format!("{words} (about {months} months)")
    } else {
        format!("{words} (about {} years)", (number as f64 / 365.0 * 2.0).round() / 2.0)
    }
}

/// A share in whole percent, the nearest: of something that is neither none nor all, never 0 or 100. None where
/// there is nothing to have a share in.
pub(crate) fn percent(part: usize, whole: usize) -> Option<usize> {
    let nearest = (200 * part + whole).checked_div(2 * whole)?;
    Some(if part == 0 || part == whole { nearest } else { nearest.clamp(1, 99) })
}

/// A share in words: `44 %`, `< 1 %`, `> 99 %`.
pub(crate) fn share(part: usize, whole: usize) -> Option<String> {
    let percent = percent(part, whole)?;
    Some(match percent {
        1 if 200 * part < whole => "< 1 %".to_owned(),
        99 if 200 * (whole - part) < whole => "> 99 %".to_owned(),
        _ => format!("{percent} %"),
    })
}

/// The name most like `wanted`, if one is like enough to be what was meant. Case is ignored. Of many names only the first
/// 250 are looked at: use a [`NameIndex`] for more.
///
/// Damerau-Levenshtein distance of at most a third of the longer name, as rustc's `find_best_match_for_name`, and
/// less than the whole of the shorter one: `x` is not like `a`.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > LONGEST_NAME {
        return None;
    }
    let wanted = FoldedName::new(wanted);
    let near = names.into_iter().take(MOST_NAMES).filter_map(|name| {
        let other = FoldedName::new(name);
        match wanted.is_unlike(&other, usize::MAX) {
            true => None,
            false => Some((wanted.distance(&other, usize::MAX)?, name)),
        }
    });
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// In bytes; to say of a longer one that it is like no name would take long, one name at a time.
const LONGEST_NAME: usize = 200;

/// How many names one is held against, so that many that nobody knows take no time that grows with those that are known.
const MOST_NAMES: usize = 250;

/// How many names of a [`NameIndex`] are looked at for one: of names of about its length, nearly always all.
const MOST_GLANCES: usize = 1000;

/// How many names of a [`NameIndex`] are compared letter by letter with one, those that have most letters in common first.
const MOST_COMPARED: usize = 100;

/// Names of which the [`nearest`] is asked for again and again: folded once, and looked at in the order of how much their
/// length differs. Only so many are that a name takes no longer where there are more.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    /// By length, in the order in which they were given.
    by_length: BTreeMap<usize, Vec<(usize, FoldedName<'static>)>>,
    /// As they were given.
    names: Vec<Box<str>>,
}

impl NameIndex {
    /// An index of names.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_length: BTreeMap<usize, Vec<(usize, FoldedName<'static>)>> = BTreeMap::new();
        let names: Vec<Box<str>> = names.into_iter().map(Box::from).collect();
        for (place, name) in names.iter().enumerate() {
            let FoldedName { text, length, letters } = FoldedName::new(name);
            let name = FoldedName { text: Cow::Owned(text.into_owned()), length, letters };
            by_length.entry(length).or_default().push((place, name));
        }
        Self { by_length, names }
    }

    /// What [`nearest`] gives.
    pub(crate) fn nearest(&self, wanted: &str) -> Option<&str> {
        if wanted.len() > LONGEST_NAME {
            return None;
        }
        let wanted = FoldedName::new(wanted);
        // A third of the longer one is at most half of the shorter one.
        let away = 0..=wanted.length.max(3).div_ceil(2);
        let lengths = away.flat_map(|away| {
            [wanted.length.checked_sub(away), Some(wanted.length + away).filter(|_| away > 0)]
        });
        let names = lengths.flatten().filter_map(|length| self.by_length.get(&length)).flatten();
        let near = names.take(MOST_GLANCES).filter_map(|(place, name)| {
            let least = wanted.own_letters(name);
            (least <= wanted.limit(name)).then_some((least, *place, name))
        });
        let mut near = Vec::from_iter(near);
        near.sort_unstable_by_key(|&(least, place, _)| (least, place));
        let mut best: Option<(usize, usize)> = None;
        for (least, place, name) in near.into_iter().take(MOST_COMPARED) {
            let most = best.map_or(usize::MAX, |(distance, _)| distance);
            if least > most {
                break;
            }
            let found = wanted.distance(name, most).map(|distance| (distance, place));
            best = best.into_iter().chain(found).min();
        }
        best.map(|(_, place)| &*self.names[place])
    }
}

/// A name without regard to case, with what tells at a glance that it is unlike most others.
#[derive(Debug)]
struct FoldedName<'n> {
    text: Cow<'n, str>,
    length: usize,
    /// How often it has each letter; several share a place.
    letters: [u8; 64],
}

impl<'n> FoldedName<'n> {
    fn new(name: &'n str) -> Self {
        let text = fold(name);
        let (mut length, mut letters) = (0, [0u8; 64]);
        for letter in text.chars() {
            length += 1;
            let count = &mut letters[letter as usize % 64];
            *count = count.saturating_add(1);
        }
        Self { text, length, letters }
    }

    /// How far another one may be away, and be near.
    fn limit(&self, other: &Self) -> usize {
        self.length.max(other.length).max(3) / 3
    }

    /// Whether a glance tells that another one is not near, or more than so far away.
    fn is_unlike(&self, other: &Self, most: usize) -> bool {
        let most = self.limit(other).min(most);
        self.length.abs_diff(other.length) > most || self.own_letters(other) > most
    }

    /// How far it is from another one, if it is near, and no further away than this.
    fn distance(&self, other: &Self, most: usize) -> Option<usize> {
        let distance = strsim::damerau_levenshtein(&self.text, &other.text);
        let some_in_common = distance < self.length && distance < other.length;
        (distance <= self.limit(other).min(most) && some_in_common).then_some(distance)
    }

    /// How many letters one of the two has that the other has not, each of which takes a change.
    fn own_letters(&self, other: &Self) -> usize {
        let pairs = self.letters.iter().zip(&other.letters);
        let (one, two) = pairs.fold((0, 0), |(one, two), (&mine, &theirs)| {
            (one + usize::from(mine.saturating_sub(theirs)), two + usize::from(theirs.saturating_sub(mine)))
        });
        one.max(two)
    }
}

/// A text without regard to case: two are the same where this is.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(folded(text).collect())
    }
}

/// The letters of [`fold`]. The sigma at the end of a word is the one within it: both have one capital letter.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).map(|letter| if letter == 'ς' { 'σ' } else { letter })
}

/// The operating system's reason, without its error number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" (os error").map_or(text.as_str(), |(plain, _)| plain).to_owned();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => text,
    }
}

/// A word as a shell reads it.
pub(crate) fn in_shell(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.,/@+:#%=".contains(character);
    // At the start of a word, `#` begins a comment, and zsh expands what follows `=`.
    if !word.is_empty() && !word.starts_with(['#', '=']) && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// A key as TOML writes it, between quotes where it needs them.
pub(crate) fn toml_key(key: &str) -> String {
    let is_bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare && !key.is_empty() { key.to_owned() } else { toml_text(key) }
}

/// A text as TOML writes it, on one line, in which whoever reviews the file sees all there is: what [`clean`] makes
/// visible in messages is written as an escape.
pub(crate) fn toml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if clean(character.encode_utf8(&mut [0; 4])) != character.to_string() => {
                out.push_str(&format!("\\U{:08X}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// A number for people, with what follows it: long ones in groups of three digits, apart by a narrow space that does not
/// break (SI Brochure, section 5.4.4); four digits stay together.
pub(crate) fn group_digits(text: &str) -> String {
    let whole = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut out = String::with_capacity(text.len() + whole);
    for (at, digit) in text[..whole].char_indices() {
        if at > 0 && (whole - at).is_multiple_of(3) && whole > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out + &text[whole..]
}

/// Words in which no text of a file is, with the digits of their numbers in groups.
pub(crate) fn group_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        out.push_str(before);
        out.push_str(&group_digits(&number[..end]));
        rest = &number[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_dangerous_is_left() {
        assert_eq!(clean("plain ü 契約"), "plain ü 契約");
        assert_eq!(clean("a\u{1b}[31mred"), "a\\u{1b}[31mred");
        assert_eq!(clean("a\u{202e}b\u{200b}\u{feff}"), "a\\u{202e}b\\u{200b}\\u{feff}");
        assert_eq!(clean("two\nlines\tand\u{85}"), "two lines and\\u{85}");
        assert_eq!(clean_drawing("two\nlines\tand\u{200e}"), "two\nlines and\\u{200e}");
    }

    #[test]
    fn what_nobody_sees_is_made_visible() {
        let invisible = "\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200d}\u{2028}\u{2066}\u{3164}\u{fe0f}\u{feff}\
                         \u{ffa0}\u{fff9}\u{fffe}\u{e0041}\u{e0100}\u{378}\u{e000}\u{10fff}";
        let escaped: String = invisible.chars().map(|letter| letter.escape_unicode().to_string()).collect();
        assert_eq!(clean(&format!("a{invisible}")), format!("a{escaped}"));
        let visible = "480\u{a0}000 € – „e\u{301}“ ‑ ¶ हिन्दी ไทย עברית 契約\u{3000}😀";
        assert_eq!(clean(visible), visible);
    }

    #[test]
    fn a_name_that_is_no_text_is_shown_byte_by_byte() {
        let name = marked(b"caf\xe9 \xf0\x9f.yaml");
        assert_eq!(clean(&name), "caf\\xe9 \\xf0\\x9f.yaml");
        let bytes: Vec<u8> = name.chars().filter_map(marked_byte).collect();
        assert_eq!(bytes, b"\xe9\xf0\x9f");
        assert_eq!(marked("ä.yaml".as_bytes()), "ä.yaml");
    }

    #[test]
    fn nothing_is_a_command_to_a_build_log() {
        assert_eq!(clean("a ##vso[task.complete]"), "a #\\u{23}vso[task.complete]");
        assert_eq!(clean("###VSO[a] ##[error]b"), "##\\u{23}VSO[a] #\\u{23}[error]b");
        assert_eq!(clean("## vso, ##a, #["), "## vso, ##a, #[");
    }

    #[test]
    fn no_line_is_a_command() {
        for (line, broken) in [
            ("::error::x\n", ":\\u{3a}error::x\n"),
            (" \u{2003}::stop-commands::x", " \u{2003}:\\u{3a}stop-commands::x"),
            ("##[error]x", "#\\u{23}[error]x"),
            ("\u{a0}##VSO[task.complete]", "\u{a0}#\\u{23}VSO[task.complete]"),
            ("::::", ":\\u{3a}::"),
        ] {
            assert_eq!(without_command(line), broken);
        }
        for line in ["  ::: roadmap.toml:4:10\n", "a ::error::x", "::", "## heading", "", "###[x"] {
            assert_eq!(without_command(line), line);
        }
    }

    #[test]
    fn commands_can_be_copied() {
        assert_eq!(in_shell("deals/acme-1.yaml"), "deals/acme-1.yaml");
        assert_eq!(in_shell("my deals/it's.yaml"), r"'my deals/it'\''s.yaml'");
        assert_eq!(in_shell(&clean("$(reboot)\u{1b}")), "'$(reboot)\\u{1b}'");
    }

    #[test]
    fn distances_are_in_words() {
        assert_eq!(days(1), "1 day");
        assert_eq!(days(-99), "99 days");
        assert_eq!(days(150), "150 days (about 5 months)");
        assert_eq!(days(365), "365 days (about 12 months)");
        assert_eq!(days(1095), "1095 days (about 3 years)");
    }

    #[test]
    fn a_part_is_neither_none_nor_all() {
        let shares = [(0, 7), (1, 100_000), (1, 200), (21, 47), (2, 3), (99_999, 100_000), (3, 3)];
        let words = ["0 %", "< 1 %", "1 %", "45 %", "67 %", "> 99 %", "100 %"];
        for ((part, whole), words) in shares.into_iter().zip(words) {
            assert_eq!(share(part, whole).as_deref(), Some(words));
        }
        assert_eq!((percent(1, 100_000), percent(99_999, 100_000), percent(0, 0)), (Some(1), Some(99), None));
    }

    #[test]
    fn lists_read_aloud() {
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b"]), "a and b");
        assert_eq!(or_list(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["requirements", "milestones", "for", "due"];
        assert_eq!(nearest("requirments", names), Some("requirements"));
        assert_eq!(nearest("DUE", names), Some("due"));
        assert_eq!(nearest("penalty", names), None);
        assert_eq!(nearest("x", ["a", "b"]), None);
    }

    #[test]
    fn case_makes_no_difference() {
        for text in ["ΟΔΟΣ", "οδος", "οδοσ"] {
            assert_eq!(fold(text), "οδοσ");
            assert!(crate::model::scope::same(text, "Οδος"));
        }
        assert_eq!(fold("Straße A"), "straße a");
    }

    proptest! {
        #[test]
        fn a_glance_rules_out_no_name_that_is_near(one in "[A-Da-dä-ü ]{0,8}", other in "[A-Da-dä-ü ]{0,8}") {
            let (lower, name) = (one.to_lowercase(), other.to_lowercase());
            let distance = strsim::damerau_levenshtein(&lower, &name);
            let lengths = [lower.chars().count(), name.chars().count()];
            let limit = lengths.into_iter().max().unwrap_or_default().max(3) / 3;
            let near = distance <= limit && lengths.into_iter().all(|length| distance < length);
            prop_assert_eq!(nearest(&one, [other.as_str()]).is_some(), near);
        }

        #[test]
        fn an_index_finds_the_same(one in "[A-Da-dä ]{0,9}", names in prop::collection::vec("[a-dä ]{0,9}", 0..12)) {
            let index = NameIndex::new(names.iter().map(String::as_str));
            prop_assert_eq!(index.nearest(&one), nearest(&one, names.iter().map(String::as_str)));
        }
    }

    #[test]
    fn digits_stand_in_groups() {
        let shown = |text: &str| group_digits(text).replace('\u{202f}', "_");
        assert_eq!(shown("480000 EUR"), "480_000 EUR");
        assert_eq!(shown("1234567.50 USD"), "1_234_567.50 USD");
        assert_eq!(shown("4800 EUR"), "4800 EUR");
        assert_eq!(shown("7"), "7");
        assert_eq!(shown(""), "");
        let words = group_numbers("12345 of 1234567.25 by 2026-11-16").replace('\u{202f}', "_");
        assert_eq!(words, "12_345 of 1_234_567.25 by 2026-11-16");
        assert_eq!(group_numbers(&group_numbers("12345678")), group_numbers("12345678"));
    }
}
