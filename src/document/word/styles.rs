//! The styles of a Word file, as far as they say what is read: numbers, headings, hidden and struck text.

use std::collections::HashMap;

use super::Soundly;
use super::xml::{Piece, walk};

/// The most styles that are based on each other.
const LONGEST_CHAIN: usize = 32;

/// Marks of text that is hidden, or struck through as what no longer holds: none of it is read.
const UNREAD_MARKS: [&[u8]; 3] = [b"vanish", b"strike", b"dstrike"];

/// Which of these are on.
pub(super) type UnreadMarks = [bool; UNREAD_MARKS.len()];

/// Which of these an element is.
pub(super) fn unread_mark(name: &[u8]) -> Option<usize> {
    UNREAD_MARKS.iter().position(|mark| *mark == name)
}

/// Styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// That of paragraphs that name none.
    default: Option<String>,
}

/// What a style says, without what it is based on.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    outline: Option<u8>,
    number: Option<u32>,
    level: Option<u8>,
    /// What it says of each of [`UNREAD_MARKS`].
    marks: [Option<bool>; UNREAD_MARKS.len()],
}

impl Styles {
    pub(super) fn read(part: &[u8]) -> Soundly<Self> {
        let mut all = Self::default();
        let mut open: Option<(String, Style)> = None;
        let mut path: Vec<bool> = Vec::new();
        walk(part, |piece| {
            let element = match piece {
                Piece::Open(element) => element,
                Piece::Close => {
                    if path.pop() == Some(true)
                        && let Some((id, style)) = open.take()
                    {
                        all.styles.insert(id, style);
                    }
                    return Ok(());
                }
                Piece::Text(_) => return Ok(()),
            };
            let is_style = element.name() == b"style";
            path.push(is_style);
            if is_style {
                let id = element.value(b"styleId")?.unwrap_or_default();
                let is_default = element.value(b"default")?.is_some_and(|on| on == "1" || on == "true");
                if is_default && element.value(b"type")?.as_deref() == Some("paragraph") {
                    all.default = Some(id.clone());
                }
                open = Some((id, Style::default()));
                return Ok(());
            }
            let Some((_, style)) = open.as_mut() else { return Ok(()) };
            match element.name() {
                b"basedOn" => style.based_on = element.val()?,
                b"name" => style.name = element.val()?.unwrap_or_default().to_lowercase(),
                b"outlineLvl" => {
                    style.outline = element.number(b"val")?.and_then(|level| u8::try_from(level).ok())
                }
                b"numId" => style.number = element.number(b"val")?,
                b"ilvl" => style.level = element.number(b"val")?.and_then(|level| u8::try_from(level).ok()),
                name => {
                    if let Some(mark) = unread_mark(name) {
                        style.marks[mark] = Some(element.is_on()?);
                    }
                }
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// A style and those that it is based on, nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let find = |id: &'s str| Some((id, self.styles.get(id)?));
        let first = id.and_then(find);
        std::iter::successors(first, move |(_, style)| style.based_on.as_deref().and_then(find))
            // Ends those, too, that are based on each other in circles.
            .take(LONGEST_CHAIN)
    }

    /// The style of a paragraph.
    pub(super) fn of_paragraph<'s>(&'s self, named: Option<&'s str>) -> Option<&'s str> {
        named.or(self.default.as_deref())
    }

    /// How high a heading a style makes of a paragraph; 0 for a title.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        // By name: Word keeps the English names of its own styles, and translates their ids.
        self.chain(id).find_map(|(_, style)| match style.name.as_str() {
            "title" => Some(0),
            name => match name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
                Some(level) => Some(level),
                // Level 9 is that of body text (ECMA-376, part 1, section 17.3.1.20).
                None => style.outline.filter(|level| *level < 9).map(|level| level + 1),
            },
        })
    }

    /// The list that a style numbers its paragraphs in, with the style that says so, and the level, if stated.
    pub(super) fn number(&self, id: Option<&str>) -> Option<(u32, Option<u8>, String)> {
        let (id, number) = self.chain(id).find_map(|(id, style)| Some((id.to_owned(), style.number?)))?;
        let level = self.chain(Some(&id)).find_map(|(_, style)| style.level);
        Some((number, level, id))
    }

    /// The marks of text that is not read which a style gives its text.
    pub(super) fn unread_marks(&self, id: Option<&str>) -> UnreadMarks {
        std::array::from_fn(|mark| {
            self.chain(id).find_map(|(_, style)| style.marks[mark]).unwrap_or_default()
        })
    }
}
