//! One file a command.

mod completions;
mod confirm;
mod date;
mod deals;
mod destination;
mod draft;
mod explain;
mod gaps;
mod history;
mod impact;
mod import;
mod index;
mod init;
mod lint;
mod log;
mod man;
mod pager;
mod progress;
mod replace;
mod report;
mod schema;
mod sellable;
mod since;
mod verbose;
mod waive;

use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::FromArgMatches;

use crate::check::tally::Tally;
use crate::cli::{Cli, Cmd, ColourChoice};
use crate::diagnostic::Problem;
use crate::model::window::Date;
use crate::output::{Colour, PAGE, draw_problems};
use crate::source::Sources;
use crate::text::{clean_rendered, reason};

use log::{stderr, stdout};

/// Runs the command that was typed; returns the exit status. The version is what `--version` prints.
pub fn main(version: &'static str) -> u8 {
    let exit = match Cli::arguments(version).and_then(|typed| Cli::from_arg_matches(&typed)) {
        Ok(cli) => {
            let colour = colour(cli.global.color);
            run(&cli, version, colour).unwrap_or_else(|refusal| refusal.tell(colour))
        }
        Err(error) => misused(&error),
    };
    exit.code()
}

fn run(cli: &Cli, version: &'static str, colour: Colour) -> Ending {
    if let Some(problem) = too_many_threads() {
        return Err(problem.into());
    }
    let today = cli.global.today.unwrap_or_else(today);
    match &cli.command {
        Cmd::Lint(args) => lint::run(args, today, colour),
        Cmd::Explain(args) => explain::run(args, colour.out),
        Cmd::Date(args) => date::run(args, today, colour),
        Cmd::Draft(args) => draft::run(args, today, colour),
        Cmd::History(args) => history::run(args, today, colour),
        Cmd::Impact(args) => impact::run(args, today, colour),
        Cmd::Import(args) => import::run(args, today, colour),
        Cmd::Index(args) => index::run(args, today, colour),
        Cmd::Init(args) => init::run(args, today),
        Cmd::Report(args) => report::run(args, today, colour),
        Cmd::Gaps(args) => gaps::run(args, today, colour),
        Cmd::Schema(args) => schema::run(args),
        Cmd::Sellable(args) => sellable::run(args, today, colour),
        Cmd::Confirm(args) => confirm::run(args, today, colour),
        Cmd::Waive(args) => waive::run(args, today, colour),
        Cmd::Help(args) => Ok(told(version, args.command.as_deref(), "--help")),
        Cmd::Version => Ok(told(version, None, "--version")),
        Cmd::Completions(args) => completions::run(args),
        Cmd::Man(args) => man::run(args),
    }
}

fn told(version: &'static str, command: Option<&str>, flag: &str) -> Exit {
    Cli::told(version, command, flag).map_or(Exit::Clean, |told| misused(&told))
}

/// Tells what clap says of what was typed: help, the version, or a mistake. What was typed may be the names of files.
fn misused(error: &clap::Error) -> Exit {
    let is_terminal =
        if error.use_stderr() { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    if is_terminal {
        // Colours, as they are wanted; a terminal obeys no command of a build log.
        let _ = error.print();
    } else if error.use_stderr() {
        let _ = stderr().write_all(clean_rendered(&error.render().to_string()).as_bytes());
    } else {
        let _ = stdout().write_all(error.render().to_string().as_bytes());
    }
    Exit::of_reading(!error.use_stderr())
}

/// The local date.
fn today() -> Date {
    // The one place that asks the clock: all else takes the day, so that a test can fix it.
    jiff::Zoned::now().date()
}

/// How wide a table of numbers is where nothing says so.
const WIDE: usize = 120;

/// How wide a page on standard output is.
fn width() -> usize {
    terminal_width().unwrap_or(PAGE)
}

/// How wide a table of numbers is, on standard output or in a file.
fn table_width(to_stdout: bool) -> usize {
    terminal_width().filter(|_| to_stdout).unwrap_or(WIDE)
}

/// How wide the terminal is that standard output is on.
fn terminal_width() -> Option<usize> {
    let (terminal_size::Width(columns), _) =
        io::stdout().is_terminal().then(terminal_size::terminal_size).flatten()?;
    Some(columns.into())
}

/// What `--color` and the environment say: <https://no-color.org>, <https://bixense.com/clicolors>.
fn colour(when: ColourChoice) -> Colour {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let stream = |is_terminal: bool| match when {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto => !set("NO_COLOR") && forced || is_terminal && !plain,
    };
    Colour { out: stream(io::stdout().is_terminal()), err: stream(io::stderr().is_terminal()) }
}

/// The problem of an environment that asks for more threads than a system may start; the library would end the run.
fn too_many_threads() -> Option<Problem> {
    const MOST: usize = 256;
    let asked = std::env::var("RAYON_NUM_THREADS").ok()?;
    asked.parse::<usize>().is_ok_and(|asked| asked > MOST).then(|| {
        Problem::of_run(format!("RAYON_NUM_THREADS asks for {asked} threads, and {MOST} are the most"))
            .help("leave it out: as many are started as there are processors")
    })
}

/// How a command ends, or why it is broken off.
type Ending = Result<Exit, CommandRefusal>;

/// Why a command is broken off. It has written nothing then, or only what is not complete.
enum CommandRefusal {
    /// What is wrong with what was asked for.
    Problems(Vec<Problem>),
    /// The same where it is in a file: drawn with the lines that it is about, which are gone when it is told.
    Drawn(String),
    /// What cannot be written.
    Unwritable(io::Error),
}

impl CommandRefusal {
    /// Something is wrong in texts.
    fn drawn(problems: &[Problem], sources: Sources<'_>, colour: Colour) -> Self {
        Self::Drawn(draw_problems(problems, sources, colour.err))
    }

    /// Says it on standard error.
    fn tell(self, colour: Colour) -> Exit {
        let told = match self {
            Self::Problems(problems) => draw_problems(&problems, Sources::NONE, colour.err),
            Self::Drawn(drawn) => drawn,
            Self::Unwritable(error) => format!("error: cannot write: {}\n", reason(&error)),
        };
        // Nothing more can be done where standard error cannot be written either.
        let _ = stderr().write_all(told.as_bytes());
        Exit::Unchecked
    }
}

impl From<Problem> for CommandRefusal {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

impl From<io::Error> for CommandRefusal {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}

/// Refuses to go on where anything is wrong.
fn unless_any(problems: Vec<Problem>) -> Result<(), CommandRefusal> {
    if problems.is_empty() { Ok(()) } else { Err(CommandRefusal::Problems(problems)) }
}

/// The same where it is in files: drawn with their lines.
fn unless_any_in(problems: &[Problem], sources: Sources<'_>, colour: Colour) -> Result<(), CommandRefusal> {
    if problems.is_empty() { Ok(()) } else { Err(CommandRefusal::drawn(problems, sources, colour)) }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing is denied.
    Clean,
    /// Something is denied.
    Denied,
    /// Not all could be checked.
    Unchecked,
}

impl Exit {
    /// How a check with these numbers ends.
    fn of(tally: &Tally) -> Self {
        // Status 2 comes first: what could not be read may be worse than what is denied.
        if !tally.is_complete() {
            Self::Unchecked
        } else if tally.denied > 0 {
            Self::Denied
        } else {
            Self::Clean
        }
    }

    /// How a command ends that denies nothing, by whether all could be read.
    fn of_reading(is_whole: bool) -> Self {
        if is_whole { Self::Clean } else { Self::Unchecked }
    }

    /// The exit status.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Denied => 1,
            Self::Unchecked => 2,
        }
    }
}

/// A stream whose reader may go away, as `head` does: what follows is dropped, and the run goes on, since its
/// exit status still counts.
pub(crate) struct UntilClosed<W> {
    inner: W,
    closed: bool,
}

impl<W: Write> UntilClosed<W> {
    /// Wraps a stream.
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, closed: false }
    }

    fn unless_closed(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.closed {
            let result = self.inner.write_all(bytes);
            self.unless_closed(result)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.inner.flush();
        self.unless_closed(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::counts::CountedPromise;
    use crate::delivery::Delivery;
    use crate::lint::obstacle::Standing;

    /// Whatever it was that left it so: what nobody judged is not said to be well.
    #[test]
    fn an_unjudged_promise_never_ends_with_0() {
        let mut tally = Tally { drafts: 1, ..Tally::default() };
        assert_eq!(Exit::of(&tally), Exit::Clean);
        let (delivery, standing) = (Some(Delivery::Unresolved), Standing::Unjudged);
        tally.promises.add(CountedPromise {
            delivery,
            fault: None,
            standing,
            is_service: false,
            strength: None,
        });
        assert_eq!(Exit::of(&tally), Exit::Unchecked);
    }
}
