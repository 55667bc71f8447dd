//! The numbers that Word computes: levels of lists, restarts, styles that number.

use std::collections::{HashMap, HashSet};

use crate::document::label::ClauseNumber;

use super::Soundly;
use super::styles::Styles;
use super::xml::{Piece, walk};

const LEVELS: usize = 9;

/// The longest text of a level, in bytes: what is longer is no number.
const LONGEST_TEXT: usize = 64;

/// How a level of a list is numbered.
#[derive(Clone, Debug, Default)]
struct ListLevel {
    start: u32,
    format: String,
    text: String,
    /// The level from whose numbers on it begins anew, from 1; 0 never. Each of those above it, where nothing says so.
    restart: Option<u32>,
    /// Whether all of its numbers are decimal.
    is_legal: bool,
    /// The style whose paragraphs stand at this level.
    style: Option<String>,
}

/// The levels of lists that look alike and are counted together.
#[derive(Debug, Default)]
struct AbstractList {
    levels: [ListLevel; LEVELS],
    /// The style whose list this is.
    style_link: Option<String>,
}

/// A list: the levels that it has of its own.
#[derive(Debug, Default)]
struct List {
    of: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<ListLevel>; LEVELS],
}

/// The lists of a document, with how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<u32, AbstractList>,
    lists: HashMap<u32, List>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels that have begun anew.
    begun: HashSet<(u32, usize)>,
}

/// What is being read.
#[derive(Default)]
struct Open {
    kind: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
    own_level: Option<(usize, ListLevel)>,
}

impl Numbering {
    pub(super) fn read(part: &[u8], styles: &Styles) -> Soundly<Self> {
        let mut all = Self::default();
        let mut path: Vec<Vec<u8>> = Vec::new();
        let mut open = Open::default();
        walk(part, |piece| {
            match piece {
                Piece::Open(element) => {
                    all.open(&mut open, &element)?;
                    path.push(element.name().to_owned());
                }
                Piece::Close => match path.pop().as_deref() {
                    Some(b"abstractNum") => open.kind = None,
                    Some(b"num") => open.list = None,
                    Some(b"lvl") => {
                        if let (Some((at, level)), Some(list)) =
                            (open.own_level.take(), open.list.and_then(|id| all.lists.get_mut(&id)))
                        {
                            list.levels[at] = Some(level);
                        }
                        open.level = None;
                    }
                    _ => {}
                },
                Piece::Text(_) => {}
            }
            Ok(())
        })?;
        all.follow_styles(styles);
        Ok(all)
    }

    fn open(&mut self, open: &mut Open, element: &super::xml::Element<'_>) -> Soundly<()> {
        let level_of = |number: Option<u32>| number.map(|number| number as usize).filter(|at| *at < LEVELS);
        match element.name() {
            b"abstractNum" => {
                open.kind = element.number(b"abstractNumId")?;
                if let Some(id) = open.kind {
                    self.kinds.insert(id, AbstractList::default());
                }
            }
            b"num" => {
                open.list = element.number(b"numId")?;
                if let Some(id) = open.list {
                    self.lists.insert(id, List::default());
                }
            }
            b"abstractNumId" => {
                if let (Some(list), Some(of)) =
                    (open.list.and_then(|id| self.lists.get_mut(&id)), element.number(b"val")?)
                {
                    list.of = of;
                }
            }
            b"lvlOverride" => open.level = level_of(element.number(b"ilvl")?),
            b"startOverride" => {
                if let (Some(list), Some(at)) = (open.list.and_then(|id| self.lists.get_mut(&id)), open.level)
                {
                    list.starts[at] = element.number(b"val")?;
                }
            }
            b"lvl" => {
                open.level = level_of(element.number(b"ilvl")?);
                open.own_level = open.list.and(open.level).map(|at| (at, ListLevel::default()));
            }
            b"numStyleLink" => {
                if let Some(kind) = open.kind.and_then(|id| self.kinds.get_mut(&id)) {
                    kind.style_link = element.val()?;
                }
            }
            name => {
                let shared = open.kind.zip(open.level);
                let shared = shared.and_then(|(kind, at)| Some(&mut self.kinds.get_mut(&kind)?.levels[at]));
                let own = open.own_level.as_mut().map(|(_, level)| level);
                let Some(level) = own.or(shared) else { return Ok(()) };
                match name {
                    b"start" => level.start = element.number(b"val")?.unwrap_or_default(),
                    b"numFmt" => level.format = element.val()?.unwrap_or_default(),
                    b"lvlText" => {
                        let text = element.val()?.unwrap_or_default();
                        level.text = if text.len() > LONGEST_TEXT { String::new() } else { text };
                    }
                    b"lvlRestart" => level.restart = element.number(b"val")?,
                    b"isLgl" => level.is_legal = element.is_on()?,
                    b"pStyle" => level.style = element.val()?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// A list that is made by a style has the levels of that style's own list.
    fn follow_styles(&mut self, styles: &Styles) {
        let links = self.kinds.iter().filter_map(|(id, kind)| {
            let (list, _, _) = styles.number(Some(kind.style_link.as_deref()?))?;
            let of = self.lists.get(&list)?.of;
            (of != *id).then_some((*id, of))
        });
        for (id, of) in links.collect::<Vec<_>>() {
            self.lists.values_mut().filter(|list| list.of == id).for_each(|list| list.of = of);
        }
    }

    /// The level that a style's paragraphs have in a list.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let kind = self.kinds.get(&self.lists.get(&list)?.of)?;
        let at = kind.levels.iter().position(|level| level.style.as_deref() == Some(style))?;
        u8::try_from(at).ok()
    }

    /// Counts one on, and gives the number as Word shows it; an empty one for a bullet. Nothing where there is no such list.
    pub(super) fn next(&mut self, list_id: u32, level: u8) -> Option<ClauseNumber> {
        let at = usize::from(level).min(LEVELS - 1);
        let list = self.lists.get(&list_id)?;
        let kind = self.kinds.get(&list.of)?;
        let levels: [&ListLevel; LEVELS] =
            std::array::from_fn(|at| list.levels[at].as_ref().unwrap_or(&kind.levels[at]));
        let counts = self.counts.entry(list.of).or_default();
        if let Some(start) = list.starts[at]
            // Once for each list: its second paragraph at the level counts on.
            && self.begun.insert((list_id, at))
        {
            counts[at] = Some(start);
        } else {
            counts[at] = Some(counts[at].map_or(levels[at].start, |count| count.saturating_add(1)));
        }
        for below in at + 1..LEVELS {
            let restarts = levels[below].restart.is_none_or(|from| at < from as usize);
            if restarts {
                counts[below] = None;
            }
        }
        let number = |of: usize| {
            let format = if levels[at].is_legal { "decimal" } else { levels[of].format.as_str() };
            written(counts[of].unwrap_or(levels[of].start), format)
        };
        let text = match levels[at].format.as_str() {
            "bullet" | "none" => String::new(),
            _ => (0..LEVELS).fold(levels[at].text.clone(), |text, of| match text.contains('%') {
                true => text.replace(&format!("%{}", of + 1), &number(of)),
                false => text,
            }),
        };
        // Lists that look alike are one list, also in how they stand in each other.
        let list = 1000_u32.saturating_add(list.of);
        Some(ClauseNumber { text: text.trim().to_owned(), list, level: u8::try_from(at).unwrap_or_default() })
    }
}

/// A number in one of Word's formats; decimal in those that are not of Latin letters and digits.
fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

/// a, b, …, z, aa, bb, …
fn letters(number: u32, first: u8) -> String {
    match number.checked_sub(1) {
        Some(before) if number <= 780 => {
            let letter = char::from(first + (before % 26) as u8);
            letter.to_string().repeat(before as usize / 26 + 1)
        }
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, letters) in PARTS {
        while left >= value {
            text.push_str(letters);
            left -= value;
        }
    }
    text
}
