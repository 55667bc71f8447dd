//! Texts as a shell and TOML write them.

use super::is_unseen;

/// Quotes a word for a POSIX shell, where it has to be.
pub(crate) fn shell_quote(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.,/@+:#%=".contains(character);
    // At the start of a word, `#` begins a comment, and zsh expands what follows `=`.
    if !word.is_empty() && !word.starts_with(['#', '=']) && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// A path as a word for a POSIX shell. One that begins with `-` would be an option to the command.
pub(crate) fn shell_path(path: &str) -> String {
    if path.starts_with('-') { shell_quote(&format!("./{path}")) } else { shell_quote(path) }
}

/// A TOML key, bare where it can be.
pub(crate) fn toml_key(key: &str) -> String {
    let is_bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare && !key.is_empty() { key.to_owned() } else { toml_string(key) }
}

/// A TOML string on one line. What [`clean()`](super::clean()) would escape is escaped, so that a reviewer sees all there
/// is.
pub(crate) fn toml_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_unseen(character) => {
                out.push_str(&format!("\\U{:08X}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use super::*;

    #[test]
    fn commands_can_be_copied() {
        assert_eq!(shell_quote("deals/acme-1.yaml"), "deals/acme-1.yaml");
        assert_eq!(shell_quote("my deals/it's.yaml"), r"'my deals/it'\''s.yaml'");
        assert_eq!(shell_quote(&clean("$(reboot)\u{1b}")), "'$(reboot)\\u{1b}'");
        for (path, typed) in
            [("-x.pdf", "./-x.pdf"), ("-", "./-"), ("- x.pdf", "'./- x.pdf'"), ("a/-x.pdf", "a/-x.pdf")]
        {
            assert_eq!(shell_path(path), typed);
        }
    }
}
