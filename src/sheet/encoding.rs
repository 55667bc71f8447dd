//! The bytes of a table as text: UTF-8, UTF-16, or what Excel writes where it is told nothing, Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::Problem;

/// The text of a table.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<String, Problem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let problem = Problem::in_file(name, format!("{name} is a workbook under another name"));
        return Err(problem.help("give it a name that ends in .xlsx, or export the table as .csv"));
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((without_mark(bytes), 0));
    // What is no UTF-16 is replaced by characters that say so; a table with some of them is a broken one.
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    match text {
        Some(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(Problem::in_file(name, format!("{name} is no text in {}", encoding.name()))
            .help("export the table again, as UTF-8")),
    }
}

/// The encoding of a text without a mark. Every second byte of UTF-16 is 0 as long as the letters are those of English,
/// which those of the delimiters of a header are.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [0, _, ..] => UTF_16BE,
        [_, 0, ..] => UTF_16LE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    }
}
