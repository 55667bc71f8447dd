//! What a run costs.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// What tells the cost of a run.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Counter {
    /// Instructions, counted by the processor.
    Perf,
    /// Instructions, counted by valgrind.
    Cachegrind,
    /// Time.
    Clock,
}

impl Counter {
    /// The most exact one that works here.
    pub(crate) fn best() -> Self {
        let works = |counter: &Self| counter.try_count(Path::new("true"), |_| {}).is_some();
        [Self::Perf, Self::Cachegrind].into_iter().find(works).unwrap_or(Self::Clock)
    }

    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Perf => "millions of instructions, counted by perf,",
            Self::Cachegrind => "millions of instructions, counted by valgrind,",
            Self::Clock => "milliseconds, the least of three,",
        }
    }

    /// How often a run is counted; the least counts.
    pub(crate) fn times(self) -> usize {
        if self == Self::Clock { 3 } else { 1 }
    }

    /// Runs a program, and says what it cost.
    pub(crate) fn count(self, program: &Path, set: impl FnOnce(&mut Command)) -> (f64, Output) {
        self.try_count(program, set).unwrap_or_else(|| panic!("{} cannot be counted", program.display()))
    }

    fn try_count(self, program: &Path, set: impl FnOnce(&mut Command)) -> Option<(f64, Output)> {
        let folder = tempfile::tempdir().ok()?;
        let out = folder.path().join("count");
        let mut command = match self {
            Self::Perf => {
                let mut perf = Command::new("perf");
                perf.args(["stat", "-x", ",", "-e", "instructions:u", "-o"]).arg(&out).arg("--").arg(program);
                perf
            }
            Self::Cachegrind => {
                let mut valgrind = Command::new("valgrind");
                valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
                valgrind.arg(format!("--log-file={}", out.display())).arg(program);
                valgrind
            }
            Self::Clock => Command::new(program),
        };
        set(&mut command);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let begun = Instant::now();
        let ran = command.output().ok()?;
        if self == Self::Clock {
            return Some((begun.elapsed().as_secs_f64() * 1e3, ran));
        }
        let text = fs::read_to_string(&out).ok()?;
        let count = text.lines().find_map(|line| match self {
            Self::Perf => line.split_once(',')?.0.parse::<f64>().ok(),
            _ => line.split_once("I   refs:")?.1.trim().replace(',', "").parse().ok(),
        })?;
        Some((count / 1e6, ran))
    }
}
