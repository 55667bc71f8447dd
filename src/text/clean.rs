//! Makes text from a file safe to show.

use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Makes text safe for a terminal, a log or a page: control, bidirectional and invisible formatting
/// characters become visible escapes such as `\u{202e}`. A line break or tab becomes a space, since what is
/// quoted is quoted on one line. What a build log would take for a command, wherever it stands in a line, is
/// broken up: `##vso[` and `##[` become `#\u{23}vso[` and `#\u{23}[`.
///
/// The bidirectional controls are those of Unicode Standard Annex #9, section 2 (the "Trojan Source" ones).
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    clean_but(text, false)
}

/// As [`clean`], for the output of a renderer, which made its lines and colours itself: `\n` and ESC stay.
pub(crate) fn clean_rendered(text: &str) -> Cow<'_, str> {
    clean_but(text, true)
}

/// Stand-ins for the bytes of a file name that are not UTF-8, as `surrogateescape` in Python: code points for private use
/// that no text is expected to hold.
const BYTE_STAND_INS: RangeInclusive<u32> = 0x10_ff80..=0x10_ffff;

/// Decodes a file name. Each byte that is not UTF-8 becomes one stand-in, which [`clean`] shows as `\xe9`.
pub(crate) fn decode_file_name(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        let stand_in = |&byte: &u8| char::from_u32(BYTE_STAND_INS.start() - 0x80 + u32::from(byte));
        text.extend(chunk.invalid().iter().filter_map(stand_in));
    }
    text
}

/// The byte that a character of a [decoded name](decode_file_name) stands for.
pub(crate) fn stand_in_byte(character: char) -> Option<u8> {
    let code = u32::from(character);
    u8::try_from(code & 0xff).ok().filter(|_| BYTE_STAND_INS.contains(&code))
}

fn clean_but(text: &str, keeps_layout: bool) -> Cow<'_, str> {
    let is_kept = |character: char| keeps_layout && matches!(character, '\n' | '\u{1b}');
    let is_bad = |character: char| is_unseen(character) && !is_kept(character);
    // Nearly all texts are plain ASCII. All bytes are tested, without stopping at the first other one: that loop is
    // vectorised.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') || keeps_layout && byte == b'\n';
    let is_sound = text.bytes().fold(true, |sound, byte| sound & is_plain(byte)) || !text.chars().any(is_bad);
    if is_sound && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        match character {
            '\n' | '\r' | '\t' if is_bad(character) => out.push(' '),
            '#' if out.ends_with('#') && begins_command(&text[at + 1..]) => {
                out.extend(character.escape_unicode())
            }
            _ if is_bad(character) => match stand_in_byte(character) {
                Some(byte) => out.push_str(&format!("\\x{byte:02x}")),
                None => out.extend(character.escape_unicode()),
            },
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Whether `##` and then this is a command to Azure Pipelines or GitHub Actions.
fn begins_command(rest: &str) -> bool {
    rest.starts_with('[') || rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("vso["))
}

/// Breaks up the command that a line begins with, blanks aside: `::error::x`, `##[error]x`, `##vso[x]x`. A `:::` before
/// a place stays, as long as no further `::` is in the line.
pub(crate) fn defuse_command(line: &str) -> Cow<'_, str> {
    let at = line.len() - line.trim_start().len();
    let rest = &line[at..];
    let (first, second) = match rest.as_bytes() {
        [b':', b':', ..] if rest[2..].contains("::") => (":", r"\u{3a}"),
        [b'#', b'#', ..] if begins_command(&rest[2..]) => ("#", r"\u{23}"),
        _ => return Cow::Borrowed(line),
    };
    Cow::Owned([&line[..at], first, second, &rest[2..]].concat())
}

/// As [`clean`], cut after `most` characters, with `…` where something was cut.
pub(crate) fn clean_truncated(text: &str, most: usize) -> Cow<'_, str> {
    // What has no more bytes has no more characters either.
    let end = if text.len() > most { text.char_indices().nth(most) } else { None };
    match end {
        None => clean(text),
        Some((end, _)) => Cow::Owned(format!("{}…", clean(&text[..end]))),
    }
}

/// Whether a character has to be escaped to be seen: control, formatting and unassigned characters.
pub(crate) fn is_unseen(character: char) -> bool {
    character.is_control() || !character.is_ascii() && is_invisible(character)
}

/// Whether a character is drawn as nothing, or as a box. `char::escape_debug` escapes format, private-use and unassigned
/// characters, by the Unicode version of the compiler's standard library. The ranges below are the letters and marks with
/// `Default_Ignorable_Code_Point`, which it does not escape.
fn is_invisible(character: char) -> bool {
    let is_drawn_as_nothing = matches!(character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}');
    // `escape_debug` escapes a combining mark at the start of a text, hence the `a`.
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
        assert_eq!(clean_rendered("two\nlines\tand\u{200e}"), "two\nlines and\\u{200e}");
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
        let name = decode_file_name(b"caf\xe9 \xf0\x9f.yaml");
        assert_eq!(clean(&name), "caf\\xe9 \\xf0\\x9f.yaml");
        let bytes: Vec<u8> = name.chars().filter_map(stand_in_byte).collect();
        assert_eq!(bytes, b"\xe9\xf0\x9f");
        assert_eq!(decode_file_name("ä.yaml".as_bytes()), "ä.yaml");
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
            assert_eq!(defuse_command(line), broken);
        }
        for line in ["  ::: roadmap.toml:4:10\n", "a ::error::x", "::", "## heading", "", "###[x"] {
            assert_eq!(defuse_command(line), line);
        }
    }
}
