//! What came from a file, made safe to show.

use std::borrow::Cow;
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
    let is_bad = |character: char| is_unseen(character) && !kept.contains(&character);
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

/// Whether a character is none that somebody sees: it is escaped where it is shown.
pub(crate) fn is_unseen(character: char) -> bool {
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

#[cfg(test)]
mod tests {
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
}
