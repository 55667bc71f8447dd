//! The formats of a run: one on standard output, or any number in files, or both.

use std::collections::BTreeSet;
use std::io::{self, Stderr, Write};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::cli::{FormatArg, LintArgs};
use crate::diagnostic::Problem;
use crate::input::path::slashes;
use crate::output::{self, Assemble, Colour, Draw, Drawn, Format, PAGE, Repository, Shown};

use super::super::UntilClosed;
use super::super::destination::Destination;

/// The formats of a run.
pub(super) struct Outputs {
    /// Who draws each. Shared by all threads.
    pub(super) drawers: Drawers,
    /// Who puts together and writes each, in the same order.
    pub(super) writers: Writers,
}

/// Who draws each format.
pub(super) struct Drawers(Vec<Box<dyn Draw>>);

/// Who puts together and writes each format.
pub(super) struct Writers(Vec<Writer>);

struct Writer {
    /// What it writes; nothing, where only problems are shown.
    body: Option<(Box<dyn Assemble>, Destination)>,
    /// Where problems go that are no part of the format.
    stderr: Option<UntilClosed<Stderr>>,
}

/// Opens what a run writes to.
///
/// # Errors
///
/// What cannot be written, or was asked for twice.
pub(super) fn open(args: &LintArgs, shown: Shown, repository: &Repository) -> Result<Outputs, Vec<Problem>> {
    let mut asked = args.format.clone();
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
    if !problems.is_empty() {
        return Err(problems);
    }
    let stderr = || UntilClosed::new(io::stderr());
    let (mut drawers, mut writers, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for FormatArg { format, file } in &asked {
        let in_file = Shown { colour: Colour::default(), width: PAGE, links: false, ..shown };
        let (draw, assemble) =
            output::format(*format, if file.is_none() { shown } else { in_file }, repository);
        let to = match Destination::of(file.as_deref()) {
            Ok(to) => to,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let apart = file.is_none() && draw.has_problems_apart();
        drawers.push(draw);
        writers.push(Writer { body: Some((assemble, to)), stderr: apart.then(stderr) });
    }
    if asked.iter().all(|asked| asked.file.is_some()) {
        // Whoever looks at the terminal still learns that not all could be checked.
        drawers.push(output::problems_only(shown));
        writers.push(Writer { body: None, stderr: Some(stderr()) });
    }
    if problems.is_empty() {
        Ok(Outputs { drawers: Drawers(drawers), writers: Writers(writers) })
    } else {
        Err(problems)
    }
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

impl Drawers {
    /// Draws an outcome in every format; nothing at all where none has anything to say of it.
    pub(super) fn keep(&self, outcome: &Outcome<'_>) -> Vec<Drawn> {
        let mut drawn: Vec<Drawn> = self.0.iter().map(|drawer| drawer.draw(outcome)).collect();
        if drawn.iter().all(Drawn::is_empty) {
            return Vec::new();
        }
        drawn.iter_mut().for_each(Drawn::shrink);
        drawn
    }
}

impl Writers {
    /// Writes what was drawn, each part behind what is told of it on standard error; files take their places.
    pub(super) fn write(mut self, parts: Vec<(String, Vec<Drawn>)>, tally: &Tally) -> io::Result<()> {
        for (told, drawn) in parts {
            if !told.is_empty() {
                UntilClosed::new(io::stderr()).write_all(told.as_bytes())?;
            }
            self.0.iter_mut().zip(drawn).try_for_each(|(writer, drawn)| writer.write(drawn))?;
        }
        self.0.into_iter().try_for_each(|writer| writer.finish(tally))
    }
}

impl Writer {
    fn write(&mut self, mut drawn: Drawn) -> io::Result<()> {
        if let Some(stderr) = &mut self.stderr {
            stderr.write_all(&std::mem::take(&mut drawn.problems))?;
        }
        match &mut self.body {
            Some((assemble, to)) => assemble.add(drawn, to),
            None => Ok(()),
        }
    }

    fn finish(self, tally: &Tally) -> io::Result<()> {
        let Some((mut assemble, mut to)) = self.body else { return Ok(()) };
        assemble.finish(tally, &mut to)?;
        to.commit()
    }
}
