//! Links that a terminal follows: <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use std::path::Path;

use crate::input::discover::STDIN;
use crate::input::path::slashes;
use crate::text::stand_in_byte;

/// The address of a file that is shown by a name: an absolute path, as RFC 8089 has it. None for standard input.
pub(super) fn file(name: &str) -> Option<String> {
    if name == STDIN {
        return None;
    }
    Some(address(&slashes(&std::path::absolute(Path::new(name)).ok()?)))
}

fn address(path: &str) -> String {
    let start = if path.starts_with('/') { "file://" } else { "file:///" };
    format!("{start}{}", encoded(path, b"/:"))
}

/// A path as a part of an address: what RFC 3986, section 2.3, does not call unreserved is written as bytes, but for
/// what is to stay.
pub(super) fn encoded(path: &str, stays: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    let mut letter = [0; 4];
    for character in path.chars() {
        let own = stand_in_byte(character).map(|byte| [byte]);
        let bytes =
            own.as_ref().map_or_else(|| character.encode_utf8(&mut letter).as_bytes(), <[u8; 1]>::as_slice);
        for &byte in bytes {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || stays.contains(&byte) {
                out.push(char::from(byte));
            } else {
                out += &format!("%{byte:02X}");
            }
        }
    }
    out
}

/// Text that leads to an address.
pub(super) fn linked(text: &str, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode_file_name;

    #[test]
    fn what_has_a_meaning_in_addresses_is_escaped() {
        assert_eq!(address("/deals/acme.yaml"), "file:///deals/acme.yaml");
        assert_eq!(
            address("/Kunden & Co/100 %/ä#1?.yaml"),
            "file:///Kunden%20%26%20Co/100%20%25/%C3%A4%231%3F.yaml"
        );
        assert_eq!(address("/a\u{1b}\\b;c"), "file:///a%1B%5Cb%3Bc");
        assert_eq!(address(&format!("/{}", decode_file_name(b"caf\xe9.yaml"))), "file:///caf%E9.yaml");
        assert_eq!(address("C:/deals/acme.yaml"), "file:///C:/deals/acme.yaml");
    }

    #[test]
    fn only_files_have_an_address() {
        assert_eq!(file("<stdin>"), None);
        let url = file("deals/../a.yaml").unwrap();
        assert!(url.starts_with("file:///") && url.ends_with("a.yaml"), "{url}");
    }
}
