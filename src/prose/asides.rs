//! What a sentence says beside its promise: under which conditions it holds, and that only efforts are promised.

use std::ops::Range;

use super::ruling::RuledStatement;
use super::words::phrases;

impl RuledStatement<'_> {
    /// The conditions that a promise stands under, each with the words that say it.
    pub(crate) fn conditions(&self) -> Vec<Range<usize>> {
        const BEGINNINGS: &[&str] = &[
            "subject to", "provided that", "provided , that", "provided customer", "provided the", "except",
            "unless", "contingent on", "contingent upon", "conditional upon", "conditional on",
            "conditioned on", "conditioned upon", "on condition that", "if", "once", "as long as",
            "so long as", "in case", "to the extent",
        ];
        let overrides = self.tokens.iter().position(|token| token.stem == "notwithstanding");
        let beginnings = phrases(BEGINNINGS);
        let mut all: Vec<Range<usize>> = Vec::new();
        for at in 0..overrides.unwrap_or(self.tokens.len()) {
            if beginnings.at(&self.tokens, at).is_some() && all.last().is_none_or(|before| before.end <= at) {
                all.push(at..self.end_of_aside(at));
            }
        }
        all
    }

    /// Where the words end that begin somewhere: at the subject of the verb that they stand before, else at the comma that
    /// closes them, else with the sentence.
    fn end_of_aside(&self, start: usize) -> usize {
        let is_mark = |at: usize, marks: &[&str]| marks.contains(&self.tokens[at].stem.as_str());
        let is_closed = self.tokens.last().is_some_and(|last| matches!(&*last.stem, "." | ";" | ","));
        let end = self.tokens.len() - usize::from(is_closed);
        let stop = (start..end).find(|&at| is_mark(at, &[";", ")", "|"])).unwrap_or(end);
        let opens = start == 0 || is_mark(start - 1, &[",", "(", ":", ";"]);
        let stop = match (start + 1..stop).find(|&at| opens && is_mark(at, &[","])) {
            Some(comma) => comma,
            None => stop,
        };
        let next = self.units.iter().map(|unit| unit.reach.start).find(|unit| *unit > start && *unit <= stop);
        // "If Customer will pay, Vendor shall …": the first verb is a part of the condition.
        next.filter(|_| opens && start == 0 && stop == end).unwrap_or(stop)
    }

    /// The words that promise efforts only: `use commercially reasonable efforts to`.
    pub(crate) fn efforts(&self) -> Option<Range<usize>> {
        const WORDS: &[&str] = &[
            "reasonable effort", "best effort", "reasonable endeavour", "best endeavour", "diligent effort",
            "good faith effort", "reasonable endeavor", "best endeavor", "shall endeavour", "will endeavour",
            "shall endeavor", "will endeavor", "shall strive", "will strive",
        ];
        let Range { start: at, end } = phrases(WORDS).find(&self.tokens)?;
        let is = |at: usize, words: &[&str]| {
            self.tokens.get(at).is_some_and(|token| words.contains(&&*token.stem))
        };
        let mut start = at;
        while start > 0
            && (is(
                start - 1,
                &["use", "exert", "make", "all", "its", "commercially", "good", "faith", "and"],
            ))
        {
            start -= 1;
        }
        Some(start..end + usize::from(is(end, &["to"])))
    }
}
