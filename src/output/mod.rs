//! One file a format: mapping and escaping of that format only. Decides nothing.
//!
//! A format is two functions: `part` draws what one file gave, in parallel with other files and knowing nothing of
//! them; `whole` writes all parts, in the order of the files, with the numbers of the run.

pub(crate) mod columns;
mod concise;
mod fingerprints;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod layout;
pub(crate) mod lines;
mod link;
mod markdown;
pub(crate) mod markup;
mod narrated;
pub(crate) mod promises;
pub(crate) mod provenance;
mod repository;
mod sarif;
mod statistics;
pub(crate) mod summary;
mod table;
mod view;

use std::fmt::Display;
use std::io::{self, Write};

use crate::check::outcome::Outcome;
use crate::check::run;
use crate::check::tally::Tally;
use crate::lint::Lint;
use crate::lint::finding::Finding;
use crate::model::window::Date;
use crate::workspace::Workspace;

pub(crate) use full::{draw_outcome, draw_problems};
pub(crate) use json::{
    MoneyJson, PromiseCountsJson, WindowJson, schema as json_schema, unread as json_problem,
};
pub(crate) use layout::object as json_object;
pub(crate) use repository::RepositoryRoot;

/// The formats of `lint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// As rustc draws its messages, with a summary
    Full,
    /// One line for each finding
    Concise,
    /// The promises as a table
    Table,
    /// As sentences, for screen readers
    Narrated,
    /// A comment for a pull request, or a job's summary
    Markdown,
    /// One JSON object
    Json,
    /// JUnit's XML: one test a requirement
    Junit,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// How many findings there are of each lint
    #[value(skip)]
    Statistics,
}

/// What a format holds of one file, until all are known: drawn, and no larger than that.
#[derive(Debug)]
pub(crate) enum Rendered {
    /// Text that is written as it is.
    Text(Box<str>),
    Full(full::FullPart),
    Table(table::TablePart),
    Markdown(markdown::MarkdownPart),
    Json(json::JsonPart),
    Junit(junit::Tests),
    Sarif(sarif::SarifPart),
    Gitlab(Box<[gitlab::Issue]>),
    Statistics(statistics::StatisticsPart),
}

impl Rendered {
    /// Whether there is nothing in it: the whole is the same without it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Full(full::FullPart { text, .. }) => text.is_empty(),
            Self::Table(table::TablePart { problems, rows }) => problems.is_empty() && rows.is_empty(),
            Self::Markdown(markdown::MarkdownPart { rows, messages }) => {
                rows.is_empty() && messages.is_empty()
            }
            Self::Json(json::JsonPart { contract, findings, problems, files }) => {
                contract.is_none() && findings.is_empty() && problems.is_empty() && files.is_empty()
            }
            Self::Junit(junit::Tests { suite, further }) => suite.is_none() && further.is_empty(),
            Self::Sarif(sarif::SarifPart { results, problems }) => results.is_empty() && problems.is_empty(),
            Self::Gitlab(issues) => issues.is_empty(),
            Self::Statistics(part) => part.is_empty(),
        }
    }
}

/// What parts of one kind hold. A format makes parts of no other kind than it takes.
macro_rules! all {
    ($kind:ident in $parts:ident) => {
        $parts.into_iter().map(|part| match part {
            Rendered::$kind(part) => part,
            // `Format::part` is the only maker of parts, and one run draws all of them in one format.
            other => unreachable!("a part of another format: {other:?}"),
        })
    };
}

impl Format {
    /// Checks all contracts of a workspace, and writes what was found. What could not be read is part of it.
    ///
    /// # Errors
    ///
    /// What the writer refuses.
    pub fn write(
        self,
        workspace: &Workspace,
        options: &RenderOptions,
        out: &mut dyn Write,
    ) -> io::Result<Tally> {
        let run = run(workspace, |outcome| self.part(outcome, options));
        self.whole(run.parts, &run.tally, options, out)?;
        Ok(run.tally)
    }

    /// Draws what one file gave.
    pub(crate) fn part(self, outcome: &Outcome<'_>, options: &RenderOptions) -> Rendered {
        if self.is_for_review() && outcome.tells_chances().next().is_some() {
            let is_told = |finding: &&Finding| !finding.lint.tells_chances;
            let findings: Vec<Finding> = outcome.findings.iter().filter(is_told).cloned().collect();
            return self.part(&Outcome { findings: &findings, ..*outcome }, options);
        }
        match self {
            Self::Full => Rendered::Full(full::part(outcome, options)),
            Self::Concise => Rendered::Text(concise::part(outcome, options)),
            Self::Table => Rendered::Table(table::part(outcome, options)),
            Self::Narrated => Rendered::Full(narrated::part(outcome, options)),
            Self::Markdown => Rendered::Markdown(markdown::part(outcome, options)),
            Self::Json => Rendered::Json(json::part(outcome)),
            Self::Junit => Rendered::Junit(junit::part(outcome)),
            Self::Sarif => Rendered::Sarif(sarif::part(outcome, options)),
            Self::Github => Rendered::Text(github::part(outcome, options)),
            Self::Gitlab => Rendered::Gitlab(gitlab::part(outcome, options)),
            Self::Statistics => Rendered::Statistics(statistics::part(outcome, options)),
        }
    }

    /// Writes what the parts of all files make together. Parts that are empty may be left out.
    pub(crate) fn whole(
        self,
        parts: Vec<Rendered>,
        tally: &Tally,
        options: &RenderOptions,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match self {
            Self::Full => full::whole(all!(Full in parts), tally, options, out),
            Self::Narrated => {
                let summary = narrated::spoken(&tally.to_string());
                full::whole(all!(Full in parts), summary, options, out)
            }
            Self::Concise => write_texts(all!(Text in parts), out),
            Self::Table => table::whole(all!(Table in parts), tally, options, out),
            Self::Github => {
                write_texts(all!(Text in parts), out)?;
                write_summary(tally, options, out)
            }
            Self::Markdown => markdown::whole(all!(Markdown in parts), tally, out),
            Self::Json => json::whole(all!(Json in parts), tally, options, out),
            Self::Junit => junit::whole(all!(Junit in parts), out),
            Self::Sarif => sarif::whole(all!(Sarif in parts), out),
            Self::Gitlab => gitlab::whole(all!(Gitlab in parts), out),
            Self::Statistics => statistics::whole(all!(Statistics in parts), tally, options, out),
        }
    }

    /// Whether people read findings in it at length, with their notes, from top to bottom.
    pub(crate) fn is_at_length(self) -> bool {
        matches!(self, Self::Full | Self::Narrated | Self::Markdown)
    }

    /// Whether it becomes remarks beside a change that others review: they are told no chance. A comment counts what it
    /// does not show.
    pub(crate) fn is_for_review(self) -> bool {
        matches!(self, Self::Github | Self::Gitlab | Self::Junit | Self::Sarif)
    }

    /// How what could not be read is drawn apart from the format: people read it on standard error, beside what was
    /// found. None where it is a part of what is written.
    pub(crate) fn problems_apart(self) -> Option<DrawProblems> {
        match self {
            Self::Full | Self::Table | Self::Statistics => Some(full::problems),
            Self::Concise => Some(concise::problems),
            Self::Narrated => Some(narrated::problems),
            Self::Markdown | Self::Json | Self::Junit | Self::Sarif | Self::Github | Self::Gitlab => None,
        }
    }
}

/// Draws what could not be read of one file.
pub(crate) type DrawProblems = fn(&Outcome<'_>, &RenderOptions) -> String;

/// Writes texts as they come.
fn write_texts(mut texts: impl Iterator<Item = Box<str>>, out: &mut dyn Write) -> io::Result<()> {
    texts.try_for_each(|text| out.write_all(text.as_bytes()))
}

/// Writes the summary, where it is wanted.
fn write_summary(summary: impl Display, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    if options.quiet { Ok(()) } else { write!(out, "{summary}") }
}

/// Writes where each lint that was found is explained, a line each.
fn write_hints<'l>(
    lints: impl Iterator<Item = &'l str>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lints = lints.filter(|_| !options.quiet).peekable();
    let has_any = lints.peek().is_some();
    for lint in lints {
        writeln!(out, "for more, run `dealcheck explain {lint}`")?;
    }
    if has_any { writeln!(out) } else { Ok(()) }
}

/// How wide a page is where nothing says so.
pub(crate) const PAGE: usize = 100;

/// What is shown, and how.
#[derive(Clone, Debug)]
pub struct RenderOptions {
    /// The day of the check.
    pub(crate) today: Date,
    /// Whether the two streams take colour.
    pub(crate) colour: Colour,
    /// Whether people see findings that a waiver covers. Programs always do.
    pub(crate) waived: bool,
    /// How many columns a table may have.
    pub(crate) width: usize,
    /// Whether standard output follows links.
    pub(crate) links: bool,
    /// Whether people see findings and nothing else.
    pub(crate) quiet: bool,
    /// Whether what could not be read is left to [`Format::problems_apart`], if the format has that.
    pub(crate) problems_apart: bool,
    /// What explains the lints of the findings, once each, where the format is for people to read at length.
    pub(crate) explain: Option<Explainer>,
    /// What hosts of code take paths from.
    pub(crate) repository: RepositoryRoot,
}

/// Explains a lint that goes by a name, in colour or not.
pub(crate) type Explainer = fn(&Lint, &str, bool) -> String;

impl RenderOptions {
    /// Everything that is not waived, with a summary; paths stay as they were given.
    pub fn new(today: Date, colour: Colour) -> Self {
        Self {
            today,
            colour,
            waived: false,
            width: PAGE,
            links: false,
            quiet: false,
            problems_apart: false,
            explain: None,
            repository: RepositoryRoot::default(),
        }
    }

    /// The findings that people see.
    fn shown<'o>(&self, outcome: &Outcome<'o>) -> impl Iterator<Item = &'o Finding> {
        let waived = self.waived;
        outcome.findings.iter().filter(move |finding| waived || finding.waived.is_none())
    }

    /// What could not be read, as it is drawn where it is a part of what is written.
    fn problems(&self, outcome: &Outcome<'_>, draw: DrawProblems) -> String {
        if self.problems_apart { String::new() } else { draw(outcome, self) }
    }
}

/// Whether the two streams take colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour {
    /// Standard output.
    pub out: bool,
    /// Standard error.
    pub err: bool,
}
