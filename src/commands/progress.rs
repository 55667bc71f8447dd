//! How far a run is, for whoever waits at a terminal. It is gone without a trace before anything is written.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::check;
use crate::check::Run;
use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::workspace::Workspace;

/// So long nobody wonders.
const UNNOTICED: Duration = Duration::from_secs(1);

/// Checks every contract of a workspace, as [`check::run`] does, and says on a terminal how far it is.
pub(super) fn run<T: Send>(workspace: &Workspace, keep: impl Fn(&Outcome<'_>) -> T + Sync) -> Run<'_, T> {
    let files: usize = workspace.found.groups.iter().map(|group| group.candidates.len()).sum();
    let progress = Progress::of(files);
    check::run(workspace, |outcome| {
        if matches!(outcome.about, OutcomeSubject::Contract(..)) {
            progress.step();
        }
        keep(outcome)
    })
}

/// A line on standard error, where that is a terminal.
struct Progress {
    bar: ProgressBar,
    begun: Instant,
}

impl Progress {
    fn of(files: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        // The template is sound.
        if let Ok(style) = ProgressStyle::with_template("checked {pos} of {len} contracts") {
            bar.set_style(style);
        }
        Self { bar, begun: Instant::now() }
    }

    fn step(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.begun.elapsed() > UNNOTICED && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
