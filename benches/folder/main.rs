//! How long `dealcheck lint` takes, beside programs that do less: reading the events of the YAML and nothing else, the least
//! check with `serde_yaml` and with Python, and a program that does nothing. `cargo bench --bench folder -- 1000` takes
//! 1,000 contracts instead of 10,000.
//!
//! The portfolio is the same each time, and each program has to give the right numbers before its time counts. Each round
//! runs all that is compared, and is compared with itself: a machine that is busy in one round and not in the next slows
//! what is of the same round alike. The median of these ratios counts.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot run says so, and prints"
)]

mod peers;
mod portfolio;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use peers::{PEER, Peer, THREADS};
use portfolio::REQUIREMENTS;

const ROUNDS: usize = 9;
/// Starts of a program in a round.
const STARTS: u32 = 50;
const TODAY: &str = "2026-12-01";
/// The most that linting one contract may take of the time of a program that does nothing.
const MOST_START: f64 = 1.8;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, peer, folder, ..] = arguments.as_slice()
        && flag == PEER
    {
        println!("{}", peers::play(peer, Path::new(folder)));
        return;
    }
    // `cargo test --all-targets` runs this, too: then it only has to work.
    let timed = arguments.iter().any(|argument| argument == "--bench");
    let asked = arguments.iter().find_map(|argument| argument.parse().ok());
    let contracts: usize = asked.unwrap_or(if timed { 10_000 } else { 20 });
    let folder = tempfile::tempdir().expect("a folder for contracts");
    let (paths, missing) = portfolio::write(folder.path(), contracts);

    let out = folder.path().join("out");
    let alone = lint(folder.path(), &out, "1", true);
    let first = fs::read(&out).expect("what was found");
    for threads in ["2", "4"] {
        lint(folder.path(), &out, threads, false);
        assert!(first == fs::read(&out).expect("what was found"), "{threads} threads write other bytes");
    }
    println!("the same {} bytes for 1, 2 and 4 threads", first.len());
    assert_eq!(not_shipped(&first), missing, "promises of what has not shipped");
    let is_right = |peer: &&Peer| {
        let answer = peer.run(folder.path());
        let right = if peer.checks { missing } else { contracts * REQUIREMENTS };
        match answer {
            Some(answer) => assert_eq!(answer, right, "{}", peer.name),
            None => println!("{}: does not run here", peer.name),
        }
        answer.is_some()
    };
    let peers: Vec<&Peer> = Peer::ALL.iter().filter(is_right).collect();
    if timed {
        memory(alone, contracts, folder.path());
        let bytes: u64 = paths.iter().map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum();
        println!("{contracts} contracts of {REQUIREMENTS} requirements, {:.1} MB", bytes as f64 / 1e6);
        compare(folder.path(), &peers);
        start_up(folder.path());
    }
}

/// The promises of a run that have not shipped, by its own count.
fn not_shipped(output: &[u8]) -> usize {
    let text = String::from_utf8_lossy(output);
    let counts =
        text.lines().find_map(|line| line.trim().strip_prefix("promises: ")).expect("a count of promises");
    let numbers = |counts: &str| -> Vec<usize> {
        counts
            .split(|letter: char| !letter.is_ascii_digit())
            .filter_map(|number| number.parse().ok())
            .collect()
    };
    let shipped = counts
        .split(['(', ',', ')'])
        .find(|part| part.contains("shipped"))
        .map_or(0, |part| numbers(part)[0]);
    numbers(counts)[0] - shipped
}

/// Prints how long linting takes, beside each peer.
fn compare(folder: &Path, peers: &[&Peer]) {
    let out = folder.join("out");
    let mut own = Vec::new();
    let mut others = vec![Vec::new(); peers.len()];
    for _ in 0..ROUNDS {
        own.push(time(|| _ = lint(folder, &out, THREADS, false)));
        for (peer, times) in peers.iter().zip(&mut others) {
            times.push(time(|| _ = peer.run(folder)));
        }
    }
    println!("dealcheck lint: {}", spread(own.iter().map(|time| time * 1e3), 0, "ms"));
    for (peer, times) in peers.iter().zip(&others) {
        tell(peer.name, &own, times, peer.most);
    }
}

/// Prints how long one contract takes, beside a program that does nothing.
fn start_up(folder: &Path) {
    let small = folder.join("small");
    fs::create_dir_all(&small).expect("a folder");
    fs::write(small.join("roadmap.toml"), "[features.sso]\nstatus = \"shipped\"\nshipped = 2025-06-02\n")
        .expect("a roadmap");
    let contract = small.join("contract.yaml");
    fs::write(
        &contract,
        "contract: A-1\ncustomer: Acme\nrequirements:\n  - feature: sso\n    due: 2027-03-31\n",
    )
    .expect("a contract");
    let lint = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealcheck"));
        command.args(["--today", TODAY, "lint"]).arg(&contract);
        command
    };
    assert!(lint().output().expect("dealcheck").status.success(), "nothing is wrong with the contract");
    let starts = |command: &dyn Fn() -> Command| {
        time(|| (0..STARTS).for_each(|_| _ = command().output().expect("a program"))) / f64::from(STARTS)
    };
    let (mut own, mut nothing) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(starts(&lint));
        nothing.push(starts(&peers::nothing));
    }
    println!("dealcheck lint, one contract: {}", spread(own.iter().map(|time| time * 1e3), 2, "ms"));
    tell("a program that does nothing", &own, &nothing, MOST_START);
}

fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

/// Prints the ratio of two times, round by round, and whether it keeps to its limit.
fn tell(name: &str, own: &[f64], peer: &[f64], most: f64) {
    let ratios = || own.iter().zip(peer).map(|(own, peer)| own / peer);
    let word = if median(ratios()) <= most { "kept" } else { "missed" };
    let times = spread(peer.iter().map(|time| time * 1e3), 2, "ms");
    println!("{name}: {times}; linting takes {}; at most {most:.4} is {word}", spread(ratios(), 3, "of it"));
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_unstable_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn spread(numbers: impl Iterator<Item = f64> + Clone, places: usize, unit: &str) -> String {
    let least = numbers.clone().fold(f64::INFINITY, f64::min);
    let most = numbers.clone().fold(0.0, f64::max);
    format!("{:.places$} {unit} ({least:.places$} to {most:.places$})", median(numbers))
}

/// Lints a folder; gives the most memory that it took, in KiB, where that is asked for and the system tells.
fn lint(folder: &Path, out: &Path, threads: &str, is_watched: bool) -> Option<u64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealcheck"));
    command.args(["--today", TODAY, "lint"]).arg(folder.join("contracts")).env("RAYON_NUM_THREADS", threads);
    command.stdout(File::create(out).expect("a file for the output")).stderr(Stdio::inherit());
    let mut child = command.spawn().expect("dealcheck");
    let mut peak = None;
    if is_watched {
        let status = format!("/proc/{}/status", child.id());
        while child.try_wait().expect("dealcheck").is_none() {
            let text = fs::read_to_string(&status).unwrap_or_default();
            let field = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            peak = field.and_then(|field| field.trim().strip_suffix(" kB")?.parse().ok()).or(peak);
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    let code = child.wait().expect("dealcheck").code();
    assert_eq!(code, Some(1), "there is something to find, and nothing that cannot be read");
    peak
}

/// Prints how memory grows with the number of contracts.
fn memory(all: Option<u64>, contracts: usize, folder: &Path) {
    let few = contracts / 10;
    let smaller = folder.join("smaller");
    portfolio::write(&smaller, few);
    let tenth = lint(&smaller, &folder.join("out"), "1", true);
    if let (Some(all), Some(tenth)) = (all, tenth) {
        let mib = |kib: u64| kib as f64 / 1024.0;
        println!(
            "peak memory: {:.1} MiB for {few} contracts, {:.1} MiB for {contracts}",
            mib(tenth),
            mib(all)
        );
    }
}
