//! Where the words of a block stand: in the text that was read, or, of a Word file, in its paragraphs, a line each.

use std::ops::Range;

use crate::source::{FileId, Source, Span};

use super::{BlockKind, Document};

impl Document {
    /// The text that its places are in. A Word file has none: there each block is a line, with the number of its clause.
    pub(crate) fn source(&self, file: FileId) -> Source {
        match &self.text {
            Some(text) => Source::new(file, &*self.name, &**text),
            None => {
                let lines = (0..self.blocks.len()).map(|at| self.line(at));
                Source::new(file, &*self.name, lines.collect::<String>())
            }
        }
    }

    /// Where some of the words of a block stand in that text.
    pub(crate) fn place(&self, source: &Source, block: usize, words: Range<usize>) -> Span {
        if self.text.is_none() {
            let before: usize =
                (0..block).map(|at| self.number(at).len() + self.blocks[at].text.len() + 1).sum();
            let start = before + self.number(block).len();
            return source.span(start + words.start..start + words.end);
        }
        let text = source.text();
        let lines = source.lines(self.blocks[block].line, self.line_after(block));
        let found = find(&text[lines.clone()], &self.blocks[block].text, words);
        let first = || {
            let line = text[lines.clone()].split(['\n', '\r']).next().unwrap_or_default();
            let start = line.len() - line.trim_start().len();
            start..start.max(line.trim_end().len())
        };
        let place = found.unwrap_or_else(first);
        source.span(lines.start + place.start..lines.start + place.end)
    }

    /// The line on which the next block begins that does not begin on the line of this one.
    fn line_after(&self, block: usize) -> Option<usize> {
        let line = self.blocks[block].line;
        self.blocks[block + 1..].iter().map(|next| next.line).find(|next| *next > line)
    }

    /// A block of a Word file as a line.
    fn line(&self, block: usize) -> String {
        format!("{}{}\n", self.number(block), self.blocks[block].text)
    }

    /// The number of a clause before its first words, as the document shows it. That of a row is one of its cells.
    fn number(&self, at: usize) -> String {
        let block = &self.blocks[at];
        let is_new = at.checked_sub(1).is_none_or(|before| self.blocks[before].clause != block.clause);
        match block.kind {
            BlockKind::Row(_) => String::new(),
            _ if is_new && !block.clause.is_empty() => format!("{} ", block.clause),
            _ => String::new(),
        }
    }
}

/// Where some of the words of a text stand in another one that has all of them, and marks between them besides.
fn find(text: &str, words: &str, wanted: Range<usize>) -> Option<Range<usize>> {
    let (mut at, mut start) = (0, None);
    for word in words.split_whitespace() {
        let begin = word.as_ptr() as usize - words.as_ptr() as usize;
        let is_wanted = begin + word.len() > wanted.start;
        if is_wanted && start.is_none() {
            // As it stands there, if nothing else stands before it.
            let same = words.get(wanted.clone()).and_then(|same| Some((text[at..].find(same)?, same.len())));
            let same = same.filter(|(gap, _)| !text[at..at + gap].contains(char::is_alphanumeric));
            if let Some((gap, length)) = same {
                return Some(at + gap..at + gap + length);
            }
        }
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        if begin >= wanted.end {
            break;
        }
        let here = find_word(text, at, bare)?;
        at = here + bare.len();
        if is_wanted {
            start.get_or_insert(here);
        }
    }
    let end = text[at..].find(|letter: char| !is_closing(letter)).map_or(text.len(), |length| at + length);
    Some(start?..end)
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | ')' | '"' | '”' | '’' | ']' | '%')
}

/// Where a text has a word, from some place on.
fn find_word(text: &str, mut from: usize, word: &str) -> Option<usize> {
    loop {
        let at = from + text.get(from..)?.find(word)?;
        let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        if !is_part(before) && !is_part(after) {
            return Some(at);
        }
        from = at + word.len();
    }
}
