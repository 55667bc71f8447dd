//! One file a format: mapping and escaping of that format only. Decides nothing.

mod concise;
mod fingerprints;
mod full;
mod github;
mod gitlab;
mod json;
pub mod junit;
pub mod lines;
mod link;
mod markdown;
mod narrated;
pub mod promises;
mod repository;
mod sarif;
pub mod summary;
mod table;
mod view;

use std::io::{self, Write};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::lint::Lint;
use crate::lint::finding::Finding;
use crate::model::window::Date;

pub use full::draw_problems;
pub use json::schema as json_schema;
pub(crate) use json::{Money as JsonMoney, Window as JsonWindow, unread as json_problem};
pub(crate) use markdown::escape as escape_markdown;
pub use repository::Repository;

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
}

/// What one file gave, as bytes of the format: drawing is parallel, writing is in order.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The contract.
    pub contract: Vec<u8>,
    /// Its findings.
    pub findings: Vec<u8>,
    /// What could not be read.
    pub problems: Vec<u8>,
    /// Its promises, for formats that put the worst of all files first.
    pub rows: Vec<promises::Row>,
    /// Its messages, for formats that put those of one kind together.
    pub messages: Vec<markdown::Message>,
    /// Its tests.
    pub tests: junit::Tests,
    /// The lints of the findings, where they are to be explained.
    pub lints: Vec<&'static Lint>,
}

impl Drawn {
    /// Whether nothing was drawn: then nothing changes where it is not added.
    pub fn is_empty(&self) -> bool {
        let Self { contract, findings, problems, rows, messages, tests, lints } = self;
        [contract, findings, problems].into_iter().all(Vec::is_empty)
            && rows.is_empty()
            && messages.is_empty()
            && tests.is_empty()
            && lints.is_empty()
    }

    /// Gives back the memory that drawing took beyond what was drawn: it waits until all files have been read.
    pub fn shrink(&mut self) {
        [&mut self.contract, &mut self.findings, &mut self.problems].into_iter().for_each(Vec::shrink_to_fit);
    }
}

/// Draws in a format.
pub trait Draw: Send + Sync {
    /// Draws what one file gave. Files are drawn in parallel and know nothing of one another.
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn;

    /// Whether problems are no part of what is written: people read them on standard error, beside what was found.
    fn has_problems_apart(&self) -> bool {
        false
    }
}

/// Puts together what was drawn.
pub trait Assemble: Send {
    /// Takes what was drawn of one file; called in the order of the files.
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what comes after all files.
    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()>;
}

/// Who draws a format, and who puts it together.
pub fn format(format: Format, shown: Shown, repository: &Repository) -> (Box<dyn Draw>, Box<dyn Assemble>) {
    match format {
        Format::Full => (Box::new(full::Full(shown)), Box::new(full::Text::new(shown))),
        Format::Concise => (Box::new(concise::Concise(shown)), Box::new(Stream { summary: false })),
        Format::Table => (Box::new(table::Table(shown)), Box::new(table::Rows::new(shown))),
        Format::Narrated => (Box::new(narrated::Narrated(shown)), Box::new(Stream { summary: !shown.quiet })),
        Format::Markdown => (Box::new(markdown::Markdown(shown)), Box::new(markdown::Comment::default())),
        Format::Junit => (Box::new(junit::Junit), Box::new(junit::Suites::default())),
        Format::Json => (Box::new(json::Json), Box::new(json::Object::new(shown.today))),
        Format::Sarif => (Box::new(sarif::Sarif(repository.clone())), Box::new(sarif::Log::default())),
        Format::Github => {
            (Box::new(github::Github(shown, repository.clone())), Box::new(Stream { summary: !shown.quiet }))
        }
        Format::Gitlab => {
            (Box::new(gitlab::Gitlab(shown, repository.clone())), Box::new(gitlab::Report::default()))
        }
    }
}

/// Draws what could not be read, and nothing else.
pub fn problems_only(shown: Shown) -> Box<dyn Draw> {
    Box::new(full::Unread(shown))
}

/// Text that is written as it comes.
struct Stream {
    /// Whether the summary comes last.
    summary: bool,
}

impl Assemble for Stream {
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&drawn.problems)?;
        out.write_all(&drawn.findings)
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if self.summary { write!(out, "{tally}") } else { Ok(()) }
    }
}

/// How wide a page is where nothing says so.
pub const PAGE: usize = 100;

/// What is shown, and how.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The day of the check.
    pub today: Date,
    /// Whether the two streams take colour.
    pub colour: Colour,
    /// Whether people see findings that a waiver covers. Programs always do.
    pub waived: bool,
    /// How many columns a table may have.
    pub width: usize,
    /// Whether standard output follows links.
    pub links: bool,
    /// Whether people see findings and nothing else.
    pub quiet: bool,
    /// What explains the lints of the findings, once each, where the format is for people to read at length.
    pub explain: Option<Explain>,
}

/// Explains a lint that goes by a name, in colour or not.
pub type Explain = fn(&Lint, &str, bool) -> String;

impl Shown {
    /// Everything that is not waived, with a summary.
    pub fn new(today: Date, colour: Colour) -> Self {
        Self { today, colour, waived: false, width: PAGE, links: false, quiet: false, explain: None }
    }

    /// Whether people see a finding.
    fn shows(self, finding: &Finding) -> bool {
        self.waived || finding.waived.is_none()
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
