//! How many findings there are of each lint, the commonest first: for who meets a portfolio, and not its findings, first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::lint::Lint;
use crate::text::count;

use super::{RenderOptions, full, write_summary};

/// What was found of one lint: how much of each [`FindingStatus`](crate::lint::finding::FindingStatus). Lints are sorted by
/// it, and so the order of the variants is theirs.
type FindingCounts = [usize; 3];

/// What was found in one file, lint by lint, and what could not be read of it.
#[derive(Debug)]
pub(crate) struct StatisticsPart {
    pub(super) problems: Box<str>,
    counts: Box<[(&'static Lint, FindingCounts)]>,
}

impl StatisticsPart {
    pub(super) fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.counts.is_empty()
    }
}

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> StatisticsPart {
    let mut counts: BTreeMap<&str, (&'static Lint, FindingCounts)> = BTreeMap::new();
    for finding in outcome.findings {
        let (_, of_lint) =
            counts.entry(finding.lint.name).or_insert((finding.lint, FindingCounts::default()));
        of_lint[finding.status() as usize] += 1;
    }
    let problems = options.problems(outcome, full::problems).into();
    StatisticsPart { problems, counts: counts.into_values().collect() }
}

/// Writes a line a lint: how many errors and warnings, what the lint is, and how many are waived.
pub(super) fn whole(
    parts: impl Iterator<Item = StatisticsPart>,
    tally: &Tally,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut all: BTreeMap<&str, FindingCounts> = BTreeMap::new();
    for part in parts {
        out.write_all(part.problems.as_bytes())?;
        for (lint, counts) in part.counts {
            let of_lint = all.entry(lint.name).or_default();
            of_lint.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        }
    }
    let mut all = Vec::from_iter(all);
    // A stable sort: what is as common stays in the order of the names.
    all.sort_by_key(|(_, counts)| std::cmp::Reverse(*counts));
    let name = all.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (lint, [denied, warned, waived]) in &all {
        let said = [(denied, "error"), (warned, "warning")];
        let said = said.into_iter().filter(|(number, _)| **number > 0);
        let mut said: Vec<String> = said.map(|(number, word)| count(*number, word)).collect();
        said.extend((*waived > 0).then(|| format!("{waived} waived")));
        writeln!(out, "{lint:name$}  {}", said.join(", "))?;
    }
    if !all.is_empty() && !options.quiet {
        writeln!(out)?;
    }
    write_summary(tally, options, out)
}
