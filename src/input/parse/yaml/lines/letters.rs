//! The letters of texts and keys that are read line by line.

/// Whether a key may begin with a byte.
pub(super) const fn begins_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The bytes that keys hold.
pub(super) const IS_KEY: [bool; 256] = {
    let mut is_key = [false; 256];
    let mut byte = 0;
    while byte < is_key.len() {
        is_key[byte] =
            begins_key(byte as u8) || matches!(byte as u8, b'-' | b'.' | b'/' | b' ' | b'(' | b')');
        byte += 1;
    }
    is_key
};

/// Whether all characters are visible, blanks or line feeds: of others, YAML has its own opinion.
pub(super) fn is_ordinary(text: &str) -> bool {
    let is_visible = |byte: u8| byte == b'\n' || (b' '..0x7f).contains(&byte);
    let (mut is_ascii, mut is_ordinary) = (true, true);
    for byte in text.bytes() {
        is_ascii &= byte < 0x80;
        is_ordinary &= is_visible(byte) | (byte >= 0x80);
    }
    is_ordinary && (is_ascii || text.chars().all(is_ordinary_letter))
}

fn is_ordinary_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => true,
        '\u{80}'..='\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            false
        }
        '\u{feff}' | '\u{fff0}'..='\u{ffff}' => false,
        _ => !letter.is_whitespace(),
    }
}
