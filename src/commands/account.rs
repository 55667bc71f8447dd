//! What `--verbose` tells of a run, on standard error: which settings hold and why, which files were read, and how
//! long each step took.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::input::config::FILE_NAME;
use crate::input::discover::{Group, Request};
use crate::text::clean;

use super::UntilClosed;

/// A step of a run.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Before,
    Find,
    Share,
    Check,
    Compare,
    Write,
}

impl Step {
    /// All steps, in their order.
    const ALL: [Self; 6] = [Self::Before, Self::Find, Self::Share, Self::Check, Self::Compare, Self::Write];

    fn words(self) -> &'static str {
        match self {
            Self::Before => "check the older version",
            Self::Find => "find files and configurations",
            Self::Share => "read roadmaps and waivers",
            Self::Check => "read and check contracts",
            Self::Compare => "check what contracts share",
            Self::Write => "write",
        }
    }
}

/// What is told of a run, if it is wanted.
pub(super) struct Account {
    wanted: bool,
    begun: Instant,
    spent: [Duration; Step::ALL.len()],
}

impl Account {
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, begun: Instant::now(), spent: Default::default() }
    }

    /// Whether anybody wants to be told.
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Tells something.
    pub(super) fn say(&self, line: impl FnOnce() -> String) -> io::Result<()> {
        if self.wanted {
            writeln!(UntilClosed::new(io::stderr()), "{}", clean(&line()))?;
        }
        Ok(())
    }

    /// Tells which files of settings hold for a group of contracts, and why these.
    pub(super) fn say_settings(&self, group: &Group, request: &Request) -> io::Result<()> {
        let record = group.config.as_ref().map(|config| &config.record);
        let source = group.config.as_ref().and_then(|config| config.source.as_ref());
        let config = source.map_or(FILE_NAME, |source| source.name());
        let why = |asked: bool, flag: &str, configured: bool| match (asked, configured) {
            (true, _) => format!("named by {flag}"),
            (false, true) => format!("named by {config}"),
            (false, false) => "the nearest".to_owned(),
        };
        match source {
            Some(source) => {
                let why = why(request.config.is_some(), "--config", false);
                self.say(|| format!("configuration {}: {why}", source.name()))?;
            }
            None if group.config.is_some() => {}
            None => self.say(|| format!("no {FILE_NAME} near: the defaults hold"))?,
        }
        let configured = record.is_some_and(|record| !record.roadmap.is_absent());
        let named = why(!request.roadmap.is_empty(), "--roadmap", configured);
        for roadmap in &group.roadmap {
            self.say(|| format!("roadmap {}: {named}", roadmap.name))?;
        }
        let configured = record.is_some_and(|record| !record.waivers.is_absent());
        for waivers in &group.waivers {
            self.say(|| format!("waivers {}: {}", waivers.name, why(false, "", configured)))?;
        }
        Ok(())
    }

    /// Does a part of a step.
    pub(super) fn timed<T>(&mut self, step: Step, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let result = work();
        self.add(step, begun.elapsed());
        result
    }

    /// Adds what a part of a step took.
    pub(super) fn add(&mut self, step: Step, took: Duration) {
        self.spent[step as usize] += took;
    }

    /// Tells how long each step took.
    pub(super) fn close(&self) -> io::Result<()> {
        let took = |time: Duration, words: &str| {
            self.say(|| format!("took {:.1} ms to {words}", time.as_secs_f64() * 1000.0))
        };
        // Hardly any run looks at an older version.
        let taken =
            |step: &Step| !matches!(step, Step::Before) || !self.spent[Step::Before as usize].is_zero();
        for step in Step::ALL.into_iter().filter(taken) {
            took(self.spent[step as usize], step.words())?;
        }
        took(self.begun.elapsed(), "do all of it")
    }
}
