//! The lines that a finding points at, drawn as rustc does, for a format that has colours of its own.

use annotate_snippets::{Group, Level, Renderer};
use anstyle::{AnsiColor, Color, Style};

use crate::lint::finding::Finding;
use crate::source::Sources;
use crate::text::clean;

use super::full::Drawing;
use super::view::{self, View};

/// The most characters of a line: an excerpt is to be read, and a file may be one line of a megabyte.
const LONGEST: usize = 400;

/// What a piece of a drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The lines themselves.
    Plain,
    /// Line numbers, and the frame around the lines.
    Frame,
    /// What is wrong, where it makes the run fail.
    Error,
    /// What is wrong, where it does not.
    Warning,
    /// What it is held against.
    Context,
}

impl Ink {
    const ALL: [Self; 5] = [Self::Plain, Self::Frame, Self::Error, Self::Warning, Self::Context];

    /// How the ink is told from others between the renderer and [`pieces`].
    fn style(self) -> Style {
        let colour = match self {
            Self::Plain => None,
            Self::Frame => Some(AnsiColor::Cyan),
            Self::Error => Some(AnsiColor::Red),
            Self::Warning => Some(AnsiColor::Yellow),
            Self::Context => Some(AnsiColor::Blue),
        };
        Style::new().fg_color(colour.map(Color::Ansi))
    }
}

/// A finding's lines with their labels, as pieces of text in one ink each; none where it points at no line.
pub(crate) fn draw_lines(finding: &Finding, sources: Sources<'_>) -> Vec<(Ink, String)> {
    let view = View::of_finding(finding, sources);
    let level = if view.is_error { Level::ERROR } else { Level::WARNING };
    let mut drawing = Drawing::default();
    view.excerpts.iter().for_each(|excerpt| drawing.excerpts(excerpt));
    if drawing.elements.is_empty() {
        return Vec::new();
    }
    let renderer = Renderer::plain()
        .line_num(Ink::Frame.style())
        .error(Ink::Error.style())
        .warning(Ink::Warning.style())
        .context(Ink::Context.style());
    pieces(&drawing.render(Group::with_level(level), &renderer))
}

/// Says where a finding's level was set, if anybody set it.
pub(crate) fn level_note(finding: &Finding, sources: Sources<'_>) -> Option<String> {
    view::level_note(finding, sources)
}

/// Cuts a drawing where its colour changes. The renderer makes control characters of the lines visible, so
/// that every escape is its own.
fn pieces(styled: &str) -> Vec<(Ink, String)> {
    let mut pieces: Vec<(Ink, String)> = Vec::new();
    let (mut ink, mut column) = (Ink::Plain, 0);
    for (at, part) in styled.split("\u{1b}[").enumerate() {
        let text = match part.split_once('m') {
            Some((code, text)) if at > 0 => {
                ink = ink_of(code);
                text
            }
            _ => part,
        };
        let text = cut(text, &mut column);
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some((last, so_far)) if *last == ink => so_far.push_str(&text),
            _ => pieces.push((ink, text)),
        }
    }
    pieces
}

/// The text with its lines cut at [`LONGEST`], and with what the renderer lets pass made visible.
fn cut(text: &str, column: &mut usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let words = line.strip_suffix('\n').unwrap_or(line);
        out.extend(words.chars().take(LONGEST.saturating_sub(*column)));
        let before = *column;
        *column += words.chars().count();
        if before <= LONGEST && *column > LONGEST {
            out.push('…');
        }
        if words.len() < line.len() {
            out.push('\n');
            *column = 0;
        }
    }
    out.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

fn ink_of(code: &str) -> Ink {
    let escape = format!("\u{1b}[{code}m");
    Ink::ALL.into_iter().find(|ink| ink.style().render().to_string() == escape).unwrap_or(Ink::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_inks() {
        let red = Ink::Error.style();
        let blue = Ink::Context.style();
        let styled = format!("a{red}b{red:#}{blue}c{blue:#}{blue}d{blue:#}\ne");
        let expected = [(Ink::Plain, "a"), (Ink::Error, "b"), (Ink::Context, "cd"), (Ink::Plain, "\ne")];
        assert_eq!(pieces(&styled), expected.map(|(ink, text)| (ink, text.to_owned())));
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn lines_are_cut_and_clean() {
        let red = Ink::Error.style();
        let long = "x".repeat(LONGEST);
        let styled = format!("{long}{red}y{red:#}z\na\u{200b}b{long}{red}c{red:#}");
        let expected = format!("{long}…\na\\u{{200b}}b{}…", &long[..LONGEST - 3]);
        let text: String = pieces(&styled).into_iter().map(|(_, text)| text).collect();
        assert_eq!(text, expected);
    }
}
