//! How long each command takes beside `lint` of the same folder, and how much memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::peers::THREADS;
use super::{TODAY, median, portfolio};

/// A command that is measured, and what is asked of it.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    arguments: &'static [&'static str],
    status: i32,
    /// The most of the time of `lint` that it may take.
    pub(crate) most: Option<f64>,
}

const fn measured(
    name: &'static str,
    arguments: &'static [&'static str],
    status: i32,
    most: f64,
) -> Measured {
    Measured { name, arguments, status, most: Some(most) }
}

/// The first is what the others are held against.
pub(crate) const COMMANDS: [Measured; 6] = [
    Measured { name: "lint", arguments: &["lint", "contracts"], status: 1, most: None },
    measured("report", &["report", "contracts"], 0, 1.6),
    measured("gaps", &["gaps", "contracts"], 0, 1.6),
    measured("index", &["index", "contracts"], 0, 1.6),
    measured("impact --since", &["impact", "contracts", "--since", "HEAD~1"], 1, 2.2),
    measured("lint --since", &["lint", "contracts", "--since", "HEAD~1"], 1, 2.2),
];

/// The most memory that a command may take, in MiB.
pub(crate) const MOST_MEMORY: f64 = 200.0;

/// What one command took.
#[derive(Default)]
pub(crate) struct Took {
    /// Seconds, of each round.
    pub(crate) times: Vec<f64>,
    /// Each time as a part of that of `lint` in the same round.
    pub(crate) ratios: Vec<f64>,
    /// The most memory, in MiB.
    pub(crate) memory: f64,
}

/// What `lint` of one contract takes, and how much more with `--since`, in milliseconds.
pub(crate) struct OfOne {
    pub(crate) alone: f64,
    pub(crate) more: f64,
}

/// Makes a repository of a folder: its last commit moves a feature of the roadmap, and one contract in a hundred.
pub(crate) fn commit(folder: &Path, contracts: usize) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Bench", "-c", "user.email=bench@vendor.example"]);
        command.args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0"]).args(arguments).current_dir(folder);
        let ran = command.output().expect("git");
        assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    };
    let replace = |path: &Path, old: &str, new: &str| {
        let text = fs::read_to_string(path).expect("a file");
        fs::write(path, text.replace(old, new)).expect("a file");
    };
    git(&["init", "--quiet"]);
    git(&["add", "roadmap.toml", "contracts"]);
    git(&["commit", "--quiet", "--message", "Begin"]);
    replace(&folder.join("roadmap.toml"), "target = \"2027-03\"", "target = \"2028-01\"");
    for number in (0..contracts).step_by(100) {
        replace(&folder.join(format!("contracts/deal-{number:05}.yaml")), "seller: ", "seller: the-new-");
    }
    git(&["commit", "--quiet", "--all", "--message", "Move"]);
}

/// Runs all commands, in rounds.
pub(crate) fn measure(folder: &Path, rounds: usize) -> Vec<Took> {
    let mut all: Vec<Took> = COMMANDS.iter().map(|_| Took::default()).collect();
    for _ in 0..rounds {
        let mut lint = 0.0;
        for (at, (command, took)) in COMMANDS.iter().zip(&mut all).enumerate() {
            let (time, memory) = run(folder, command.arguments, command.status);
            if at == 0 {
                lint = time;
            }
            took.times.push(time);
            took.ratios.push(time / lint);
            took.memory = took.memory.max(memory);
        }
    }
    all
}

/// How long one contract takes.
pub(crate) fn of_one(folder: &Path, rounds: usize) -> OfOne {
    const ONE: &str = "contracts/deal-00007.yaml";
    let time = |arguments: &[&str], status| run(folder, arguments, status).0 * 1e3;
    // Nothing of it is new.
    let pairs = (0..rounds).map(|_| (time(&["lint", ONE], 1), time(&["lint", ONE, "--since", "HEAD~1"], 0)));
    let pairs: Vec<(f64, f64)> = pairs.collect();
    OfOne {
        alone: median(pairs.iter().map(|pair| pair.0)),
        more: median(pairs.iter().map(|pair| pair.1 - pair.0)),
    }
}

/// Runs a command; gives its seconds, and the most memory that it took in MiB.
fn run(folder: &Path, arguments: &[&str], status: i32) -> (f64, f64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealcheck"));
    command.args(["--today", TODAY]).args(arguments).env("RAYON_NUM_THREADS", THREADS).current_dir(folder);
    command.stdout(File::create(folder.join("out")).expect("a file for the output")).stderr(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn().expect("dealcheck");
    let path = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    while child.try_wait().expect("dealcheck").is_none() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let field = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak = field.and_then(|kib| kib.parse().ok()).map_or(peak, |kib: f64| kib / 1024.0);
        std::thread::sleep(Duration::from_millis(1));
    }
    let ended = child.wait().expect("dealcheck");
    let time = begun.elapsed().as_secs_f64();
    assert_eq!(ended.code(), Some(status), "dealcheck {arguments:?}");
    (time, peak)
}

/// The seconds of each command for portfolios of several sizes.
pub(crate) fn by_size(folder: &Path, sizes: &[usize]) -> Vec<Vec<f64>> {
    let of_size = |&size: &usize| {
        let folder = folder.join(format!("of-{size}"));
        portfolio::write(&folder, size);
        commit(&folder, size);
        measure(&folder, 3).iter().map(|took| median(took.times.iter().copied())).collect()
    };
    sizes.iter().map(of_size).collect()
}
