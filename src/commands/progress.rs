//! How far a run is, for whoever waits at a terminal. It is gone without a trace before anything is written.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    let progress = Arc::new(Progress::default());
    let watching = Arc::clone(&progress);
    workspace.options.progress.subscribe(move |versions, of| {
        watching.show(|| format!("read {versions} of {of} versions of the roadmap"));
    });
    let run = check::run(workspace, |outcome| {
        if matches!(outcome.about, OutcomeSubject::Contract(..)) {
            let checked = progress.checked.fetch_add(1, Ordering::Relaxed) + 1;
            progress.show(|| format!("checked {checked} of {files} contracts"));
        }
        keep(outcome)
    });
    progress.bar.finish_and_clear();
    run
}

/// A line on standard error, where that is a terminal.
struct Progress {
    bar: ProgressBar,
    begun: Instant,
    checked: AtomicUsize,
}

impl Default for Progress {
    fn default() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // The template is sound.
        if let Ok(style) = ProgressStyle::with_template("{msg}") {
            bar.set_style(style);
        }
        Self { bar, begun: Instant::now(), checked: AtomicUsize::new(0) }
    }
}

impl Progress {
    fn show(&self, words: impl FnOnce() -> String) {
        if self.bar.is_hidden() && self.begun.elapsed() > UNNOTICED && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if !self.bar.is_hidden() {
            self.bar.set_message(words());
        }
    }
}
