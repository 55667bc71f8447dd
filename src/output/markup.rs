//! Markdown, as GitHub and GitLab read it: text that is shown as it is, and tables of it.

/// Text in the type of code, where the sites look for nothing.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<code>{}</code>", escape(text)) }
}

/// An empty comment in HTML: nobody sees it, and it keeps apart what together would be a mention or a link.
const APART: &str = "<!-- -->";

/// Escapes text for a line of markdown, a cell of its tables, and HTML: what comes out is shown as the text, and as
/// nothing else. The text must be clean.
///
/// The sites look for mentions, issues, mail and web addresses in what markdown made of a text, where no escape is
/// left; an empty comment keeps their parts apart.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + character.len_utf8()..]);
        if is_special(character, before, after, digits) {
            out += &format!("&#{};", u32::from(character));
        } else {
            out.push(character);
        }
        if is_first_half(character, before, after) {
            out += APART;
        }
    }
    out
}

/// Whether markdown or HTML would make something of a character.
fn is_special(character: char, before: &str, after: &str, digits: usize) -> bool {
    match character {
        '&' | '<' | '>' | '"' | '\'' | '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '^' | '$' | '!'
        | '#' | '@' => true,
        // What begins a list or underlines a heading.
        '-' | '+' | '=' | ':' => before.is_empty(),
        '.' | ')' => digits > 0 && before.len() == digits,
        // What is trimmed.
        ' ' => before.is_empty() || after.is_empty(),
        _ => false,
    }
}

/// Whether something begins here that GitHub or GitLab would make a link or a picture of: `@somebody`, `#12`, `!12`,
/// `https://`, `:tada:`, `www.`, `GH-12`.
fn is_first_half(character: char, before: &str, after: &str) -> bool {
    let ends_in = |word: &str| {
        let start = before.len().checked_sub(word.len());
        start.and_then(|start| before.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    match character {
        '@' | '#' | '!' | '$' | '%' | '&' | '~' => {
            after.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '"'))
        }
        ':' => after.starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '+' | '-')),
        // `www.` alone is an address to GitHub.
        'w' | 'W' => ends_in("ww") && after.starts_with('.'),
        '-' => ends_in("gh"),
        _ => false,
    }
}

/// A table of texts, which are escaped here; numbers stand to the right.
pub(crate) fn table(
    head: &[impl AsRef<str>],
    is_number: impl Fn(usize) -> bool,
    rows: impl Iterator<Item = impl AsRef<[String]>>,
) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let rule = (0..head.len()).map(|at| if is_number(at) { "--:" } else { "---" }.to_owned());
    let mut table = line(head.iter().map(|cell| escape(cell.as_ref())).collect()) + &line(rule.collect());
    table.extend(rows.map(|cells| line(cells.as_ref().iter().map(|cell| escape(cell)).collect())));
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;
    use crate::text::clean;

    #[test]
    fn each_thing_is_escaped_in_its_way() {
        for (text, escaped) in [
            ("Audit log, 2027-06-30 (Q2)", "Audit log, 2027-06-30 (Q2)"),
            ("a | b", "a &#124; b"),
            ("<b> & `c`", "&#60;b&#62; &#38; &#96;c&#96;"),
            ("*a* _b_ ~c~ $d$", "&#42;a&#42; &#95;b&#95; &#126;<!-- -->c&#126; &#36;<!-- -->d&#36;"),
            ("![a](b)", "&#33;&#91;a&#93;(b)"),
            ("@priya", "&#64;<!-- -->priya"),
            ("priya@vendor.example", "priya&#64;<!-- -->vendor.example"),
            ("fixes #12, GH-12", "fixes &#35;<!-- -->12, GH-<!-- -->12"),
            ("https://a.example", "https:<!-- -->//a.example"),
            ("www.a.example", "www<!-- -->.a.example"),
            (":tada: 12:30", "&#58;<!-- -->tada: 12:30"),
            ("- a", "&#45; a"),
            ("12. a", "12&#46; a"),
            (" a ", "&#32;a&#32;"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }

    /// What is left of markdown as plain text; an error where anything but text comes out of it.
    fn plain(markdown: &str) -> Result<String, String> {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(words) => text += &words,
                Event::InlineHtml(html) if *html == *APART => {}
                Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Item) => {}
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell) => {}
                Event::End(
                    TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item | TagEnd::Table | TagEnd::TableHead,
                ) => {}
                Event::End(TagEnd::TableRow | TagEnd::TableCell) => {}
                other => return Err(format!("{other:?} in {markdown:?}")),
            }
        }
        Ok(text)
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_shown_as_it_was(
            text in prop_oneof![
                any::<String>(),
                "[-+*_~^`|<>&\\\\\\[\\](){}!#@:$=.'\" 0-9a-h/]{1,24}",
                "a&(amp|lt|#3[0-9]);",
                // What begins a block.
                "([-+*=:>#|]{1,3}|[0-9]{1,3}[.)])( [-a=]{0,3}){0,2}",
            ]
        ) {
            let text = clean(&text);
            let escaped = escape(&text);
            prop_assert_eq!(plain(&escaped), Ok(text.to_string()));
            prop_assert_eq!(plain(&format!("- {escaped}")), Ok(text.to_string()));
            prop_assert_eq!(plain(&format!("| {escaped} |\n| --- |\n| {escaped} |")), Ok(format!("{text}{text}")));
        }
    }
}
