//! What word processors make of a text that was typed.

use crate::model::misread::ReadError;

/// Reads a text as it was typed: with the hyphens, blanks and quotes for which a word processor puts others that look
/// like them, and without quotes around it. What is wrong is then told of the whole text.
pub(in super::super) fn as_typed<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    if is_typed(text) {
        return read(text);
    }
    let bare = text.trim().strip_prefix(QUOTES).and_then(|text| text.strip_suffix(QUOTES)).unwrap_or(text);
    let typed: String = bare.chars().map(typed_for).collect();
    read(&typed).map_err(|error| match error {
        ReadError::Misread(misread) => ReadError::Misread(misread.of_all()),
        ReadError::Reported => ReadError::Reported,
    })
}

/// Whether a text is as it was typed.
pub(in super::super) fn is_typed(text: &str) -> bool {
    text.is_ascii()
        || !text.contains(|character| QUOTES.contains(&character) || typed_for(character) != character)
}

/// Quotes that no keyboard has.
const QUOTES: [char; 8] = ['‘', '’', '‚', '‛', '“', '”', '„', '‟'];

/// What was typed where a character stands.
pub(super) fn typed_for(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' | '‚' | '‛' => '\'',
        _ if character.is_whitespace() => ' ',
        _ => character,
    }
}
