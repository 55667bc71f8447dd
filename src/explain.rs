//! What a lint's documentation says, for `explain` and for the tests that run its example.

use crate::lint::Lint;

/// The files of a lint's example: name and text. Written to a folder and checked there, they fire the lint.
pub fn example(lint: &Lint) -> Vec<(String, String)> {
    files(section(lint.docs, "Example"))
}

/// The files to write instead; one that the lint does not repeat is as in its example.
pub fn instead(lint: &Lint) -> Vec<(String, String)> {
    let mut all = files(section(lint.docs, "Instead"));
    for (name, text) in example(lint) {
        if !all.iter().any(|(known, _)| *known == name) {
            all.push((name, text));
        }
    }
    all
}

/// The headings of a lint's documentation, in order.
pub fn headings(docs: &str) -> Vec<&str> {
    docs.lines().filter_map(|line| line.trim_start().strip_prefix("## ")).collect()
}

/// What stands below a heading.
fn section<'d>(docs: &'d str, heading: &str) -> impl Iterator<Item = &'d str> {
    let heading = format!("## {heading}");
    docs.lines()
        .map(unindented)
        .skip_while(move |line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
}

/// The fenced blocks that are called as a file: ```` ```yaml contract.yaml ````.
fn files<'d>(lines: impl Iterator<Item = &'d str>) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in lines {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some((info.split_once(' ').unwrap_or_default().1.to_owned(), String::new()));
            }
            (Some(_), Some(_)) => files.extend(open.take().filter(|(name, _)| !name.is_empty())),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    files
}

/// A line of a documentation comment begins with the blank after its slashes.
fn unindented(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line)
}
