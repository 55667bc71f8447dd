//! The formats of a run: one on standard output, or any number in files, or both.

use std::collections::BTreeSet;
use std::io::{self, Stderr};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::cli::{FormatArg, LintArgs};
use crate::diagnostic::Problem;
use crate::input::path::slashes;
use crate::output::{Colour, DrawProblems, Format, PAGE, RenderOptions, Rendered, write_problems};

use super::super::UntilClosed;
use super::super::destination::Destination;
use super::super::round::{Make, Take};

/// What a run writes.
pub(super) struct Outputs(Vec<Output>);

struct Output {
    content: Content,
    options: RenderOptions,
}

enum Content {
    /// A format.
    Format(Format, Destination),
    /// What could not be read, for whoever looks at the terminal.
    Problems(DrawProblems, UntilClosed<Stderr>),
}

impl Outputs {
    /// Opens what a run writes to.
    ///
    /// # Errors
    ///
    /// What cannot be written, or was asked for twice.
    pub(super) fn open(args: &LintArgs, options: &RenderOptions) -> Result<Self, Vec<Problem>> {
        let asked = asked(args)?;
        let mut outputs = Vec::new();
        // Where all formats go to files, whoever looks at the terminal still learns that not all could be checked.
        let on_terminal = asked.iter().find(|asked| asked.file.is_none());
        let on_terminal = on_terminal.map_or(Format::Full, |asked| asked.format);
        if let Some(draw) = on_terminal.problems_apart() {
            let content = Content::Problems(draw, UntilClosed::new(io::stderr()));
            outputs.push(Output { content, options: options.clone() });
        }
        let mut problems = Vec::new();
        for FormatArg { format, file } in asked {
            let options = options.clone();
            let options = match &file {
                Some(_) => RenderOptions { colour: Colour::default(), width: PAGE, links: false, ..options },
                None => RenderOptions { problems_apart: true, ..options },
            };
            match Destination::of(file.as_deref()) {
                Ok(to) => outputs.push(Output { content: Content::Format(format, to), options }),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Self(outputs)) } else { Err(problems) }
    }

    /// Draws what one file gave, for each output; nothing at all where it is nothing to any of them.
    pub(super) fn keep(&self, outcome: &Outcome<'_>) -> Vec<Rendered> {
        let draw = |Output { content, options }: &Output| match content {
            Content::Format(format, _) => format.part(outcome, options),
            Content::Problems(draw, _) => Rendered::Text(draw(outcome, options).into()),
        };
        let parts: Vec<Rendered> = self.0.iter().map(draw).collect();
        if parts.iter().all(Rendered::is_empty) { Vec::new() } else { parts }
    }

    /// Writes what was drawn of all files, in their order; what goes to a file takes its place.
    pub(super) fn write(self, parts: Vec<Vec<Rendered>>, tally: &Tally) -> io::Result<()> {
        let mut by_output: Vec<Vec<Rendered>> = self.0.iter().map(|_| Vec::new()).collect();
        for parts in parts {
            by_output.iter_mut().zip(parts).for_each(|(of_output, part)| of_output.push(part));
        }
        for (Output { content, options }, parts) in self.0.into_iter().zip(by_output) {
            match content {
                Content::Format(format, mut to) => {
                    format.whole(parts, tally, &options, &mut to)?;
                    to.commit()?;
                }
                Content::Problems(_, mut stderr) => write_problems(parts, &mut stderr)?,
            }
        }
        Ok(())
    }
}

/// The formats that were asked for, each with its file.
fn asked(args: &LintArgs) -> Result<Vec<FormatArg>, Vec<Problem>> {
    let mut asked = args.format.clone();
    let mut problems = Vec::new();
    if let Some(file) = &args.output {
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

impl Make for Outputs {
    type Made = Vec<Rendered>;

    fn make(&self, outcome: &Outcome<'_>) -> Vec<Rendered> {
        self.keep(outcome)
    }
}

impl Take<Vec<Rendered>> for Vec<Vec<Rendered>> {
    fn take(&mut self, parts: Vec<Rendered>) -> io::Result<()> {
        self.push(parts);
        Ok(())
    }
}
