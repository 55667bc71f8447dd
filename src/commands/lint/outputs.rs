//! The formats of a run: one on standard output, or any number in files, or both.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::cli::{FormatArg, LintArgs};
use crate::diagnostic::Problem;
use crate::input::path::slashes;
use crate::output::{Colour, DrawProblems, Format, PAGE, RenderOptions, Rendered};
use crate::text::plural;

use super::super::destination::Destination;
use super::super::log::{stderr, warn};

/// What a run writes.
pub(super) struct Outputs {
    formats: Vec<Output>,
    /// What standard error says of what could not be read, beside the formats.
    problems: Option<DrawProblems>,
    options: RenderOptions,
}

struct Output {
    format: Format,
    options: RenderOptions,
    to: Destination,
}

/// What is kept of an outcome until all are known.
pub(super) struct KeptOutcome {
    /// What standard error says of it.
    said: Box<str>,
    /// A part for each format; none at all where it is nothing to any of them.
    parts: Vec<Rendered>,
    /// How many findings tell a chance.
    chances: usize,
}

impl Outputs {
    /// Opens what a run writes to.
    ///
    /// # Errors
    ///
    /// What cannot be written, or was asked for twice.
    pub(super) fn open(args: &LintArgs, options: RenderOptions) -> Result<Self, Vec<Problem>> {
        let asked = asked(args)?;
        let on_terminal = asked.iter().find(|asked| asked.file.is_none());
        // Where all formats go to files, whoever looks at the terminal still learns that not all could be checked.
        let problems = on_terminal.map_or(Format::Full, |asked| asked.format).problems_apart();
        let (mut formats, mut unopened) = (Vec::new(), Vec::new());
        for FormatArg { format, file } in asked {
            let options = options.clone();
            let options = match &file {
                Some(_) => RenderOptions { colour: Colour::default(), width: PAGE, links: false, ..options },
                None => RenderOptions { problems_apart: true, ..options },
            };
            match Destination::of(file.as_deref()) {
                // It escapes what it says itself.
                Ok(to) if format == Format::Github => {
                    formats.push(Output { format, options, to: to.of_commands() })
                }
                Ok(to) => formats.push(Output { format, options, to }),
                Err(problem) => unopened.push(problem),
            }
        }
        if unopened.is_empty() { Ok(Self { formats, problems, options }) } else { Err(unopened) }
    }

    /// Whether all of them are read at length.
    pub(super) fn are_at_length(&self) -> bool {
        self.formats.iter().all(|output| output.format.is_at_length())
    }

    /// Whether a format tells how likely promises are kept.
    pub(super) fn tell_chances(&self) -> bool {
        self.formats.iter().any(|output| output.format == Format::Json)
    }

    /// Draws an outcome in every format. Standard error is told something of it first.
    pub(super) fn keep(&self, told: String, outcome: &Outcome<'_>) -> KeptOutcome {
        let problems = self.problems.map(|draw| draw(outcome, &self.options));
        let parts: Vec<Rendered> =
            self.formats.iter().map(|output| output.format.part(outcome, &output.options)).collect();
        KeptOutcome {
            said: (told + &problems.unwrap_or_default()).into(),
            parts: if parts.iter().all(Rendered::is_empty) { Vec::new() } else { parts },
            chances: outcome.tells_chances().count(),
        }
    }

    /// Writes what was kept, in its order; files take their places.
    pub(super) fn write(self, kept: Vec<KeptOutcome>, tally: &Tally) -> io::Result<()> {
        let mut stderr = stderr();
        let mut by_format: Vec<Vec<Rendered>> = self.formats.iter().map(|_| Vec::new()).collect();
        let mut left_out = 0;
        for KeptOutcome { said, parts, chances } in kept {
            stderr.write_all(said.as_bytes())?;
            left_out += chances;
            by_format.iter_mut().zip(parts).for_each(|(of_format, part)| of_format.push(part));
        }
        let is_left_out = left_out > 0 && self.formats.iter().any(|output| output.format.is_for_review());
        for (Output { format, options, mut to }, parts) in self.formats.into_iter().zip(by_format) {
            format.whole(parts, tally, &options, &mut to)?;
            to.commit()?;
        }
        warn(is_left_out.then(|| {
            format!(
                "{} left out of what a review shows, since they tell a chance: `dealcheck lint --format full` shows all",
                plural(left_out, "finding is", "findings are")
            )
        }))
    }
}

/// The formats that were asked for, each with its file.
fn asked(args: &LintArgs) -> Result<Vec<FormatArg>, Vec<Problem>> {
    let statistics = FormatArg { format: Format::Statistics, file: None };
    let mut asked = if args.statistics { vec![statistics] } else { args.format.clone() };
    let mut problems = Vec::new();
    if let Some(file) = &args.to.output {
        if asked.iter().all(|asked| asked.file.is_some()) {
            let title = format!("nothing would go to {}: every format has a file of its own", slashes(file));
            problems
                .push(Problem::of_run(title).help("leave out `--output`, or add a format without a file"));
        }
        for asked in asked.iter_mut().filter(|asked| asked.file.is_none()) {
            asked.file = Some(file.clone());
        }
    }
    if args.explain && asked.iter().all(|asked| asked.format != Format::Full) {
        let title = "`--explain` has no place in these formats: only `full` is read by people at length";
        problems.push(
            Problem::of_run(title)
                .help("leave it out and run `dealcheck explain LINT`, or add `--format full`"),
        );
    }
    problems.extend(clashes(&asked));
    if problems.is_empty() { Ok(asked) } else { Err(problems) }
}

/// Formats that would write into one another.
fn clashes(asked: &[FormatArg]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if asked.iter().filter(|asked| asked.file.is_none()).count() > 1 {
        problems.push(
            Problem::of_run("two formats cannot share standard output")
                .help("send one of them to a file: `--format sarif=findings.sarif`"),
        );
    }
    let mut files = BTreeSet::new();
    for path in asked.iter().filter_map(|asked| asked.file.as_ref()) {
        if !files.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            let title = format!("two formats cannot share the file {}", slashes(path));
            problems.push(Problem::of_run(title).help("give each a file of its own"));
        }
    }
    problems
}
