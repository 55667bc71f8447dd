//! How long `dealcheck lint` takes, beside programs that do less: reading the events of the YAML and nothing else, the least
//! check with `serde_yaml` and with Python, and a program that does nothing; and how long the other commands take beside it.
//! `cargo bench --bench folder -- 1000` takes 1,000 contracts instead of 10,000. With `UPDATE=1` it writes its part of
//! `docs/performance.md`.
//!
//! The portfolio is the same each time, and each program has to give the right numbers before its time counts. Each round
//! runs all that is compared, and is compared with itself: a machine that is busy in one round and not in the next slows
//! what is of the same round alike. The median of these ratios counts.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot run says so, and prints"
)]

mod commands;
#[path = "../page/mod.rs"]
mod page;
mod peers;
mod plot;
mod portfolio;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use commands::{COMMANDS, MOST_MEMORY};
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
    lint(folder.path(), &out, "1");
    let first = fs::read(&out).expect("what was found");
    for threads in ["2", "4"] {
        lint(folder.path(), &out, threads);
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
    commands::commit(folder.path(), contracts);
    if !timed {
        commands::measure(folder.path(), 1);
        return;
    }
    let bytes: u64 = paths.iter().map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum();
    let mut page = format!(
        "{}\n\n{contracts} contracts of {REQUIREMENTS} requirements, {:.0} MB, {THREADS} threads; the median of {ROUNDS} rounds, with the \
         least and the most.\n\n",
        page::setting(),
        bytes as f64 / 1e6
    );
    page += &beside_peers(folder.path(), &peers);
    page += &of_commands(folder.path());
    let sizes = [contracts / 8, contracts / 4, contracts / 2, contracts];
    let by_size = commands::by_size(folder.path(), &sizes);
    page += &of_sizes(&sizes, &by_size);
    print!("{page}");
    if page::is_asked() {
        plot::write(&page::beside("performance.svg"), &sizes, &by_size);
        page::write("folder", &page);
    }
}

/// The promises of a run that have not shipped, by its own count.
fn not_shipped(output: &[u8]) -> usize {
    // Long numbers stand in groups.
    let text = String::from_utf8_lossy(output).replace('\u{202f}', "");
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

/// How long linting takes beside each peer, as a table.
fn beside_peers(folder: &Path, peers: &[&Peer]) -> String {
    let out = folder.join("out");
    let mut own = Vec::new();
    let mut others = vec![Vec::new(); peers.len()];
    for _ in 0..ROUNDS {
        own.push(time(|| lint(folder, &out, THREADS)));
        for (peer, times) in peers.iter().zip(&mut others) {
            times.push(time(|| _ = peer.run(folder)));
        }
    }
    let mut table =
        "| beside | it takes | `lint` takes of its time | aim | |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    for (peer, times) in peers.iter().zip(&others) {
        table += &row(peer.name, times, ratios(&own, times), peer.most);
    }
    let (own, nothing) = starts(folder);
    table +=
        &row("for one contract: a program that does nothing", &nothing, ratios(&own, &nothing), MOST_START);
    table + "\n"
}

/// How long each command takes beside `lint`, and how much memory, as a table.
fn of_commands(folder: &Path) -> String {
    let all = commands::measure(folder, ROUNDS);
    let mut table = "| command | time | of that of `lint` | aim | memory | aim | |\n| --- | --- | --- | --- | --- | --- | --- |\n".to_owned();
    for (command, took) in COMMANDS.iter().zip(&all) {
        let is_kept = took.memory <= MOST_MEMORY
            && command.most.is_none_or(|most| median(took.ratios.iter().copied()) <= most);
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} | {:.0} MiB | {MOST_MEMORY:.0} | {} |",
            command.name,
            spread(took.times.iter().copied(), 2, " s"),
            spread(took.ratios.iter().copied(), 2, ""),
            command.most.map(|most| most.to_string()).unwrap_or_default(),
            took.memory,
            verdict(is_kept),
        );
    }
    let one = commands::of_one(folder, ROUNDS);
    let _ = writeln!(
        table,
        "\n`lint` of one contract of them takes {:.0} ms, and with `--since` {:.0} ms more (aim: 60).\n",
        one.alone, one.more
    );
    table
}

/// How the time of each command grows, as a table.
fn of_sizes(sizes: &[usize], by_size: &[Vec<f64>]) -> String {
    let names = COMMANDS.iter().map(|command| format!(" `{}` |", command.name)).collect::<String>();
    let mut table = format!("| contracts |{names}\n| --- |{}\n", " --- |".repeat(COMMANDS.len()));
    for (size, seconds) in sizes.iter().zip(by_size) {
        let seconds = seconds.iter().map(|seconds| format!(" {seconds:.2} s |")).collect::<String>();
        let _ = writeln!(table, "| {size} |{seconds}");
    }
    table
}

/// How long one contract takes, and a program that does nothing, in seconds.
fn starts(folder: &Path) -> (Vec<f64>, Vec<f64>) {
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
    (own, nothing)
}

fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

fn row(name: &str, peer: &[f64], ratios: Vec<f64>, most: f64) -> String {
    let is_kept = median(ratios.iter().copied()) <= most;
    let times = spread(peer.iter().map(|time| time * 1e3), 1, " ms");
    let ratios = spread(ratios.into_iter(), 3, "");
    format!("| {name} | {times} | {ratios} | {most:.4} | {} |\n", verdict(is_kept))
}

/// The ratios of two times, round by round.
fn ratios(own: &[f64], peer: &[f64]) -> Vec<f64> {
    own.iter().zip(peer).map(|(own, peer)| own / peer).collect()
}

fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "kept" } else { "missed" }
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_unstable_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn spread(numbers: impl Iterator<Item = f64> + Clone, places: usize, unit: &str) -> String {
    let least = numbers.clone().fold(f64::INFINITY, f64::min);
    let most = numbers.clone().fold(0.0, f64::max);
    format!("{:.places$}{unit} ({least:.places$} to {most:.places$})", median(numbers))
}

/// Lints a folder.
fn lint(folder: &Path, out: &Path, threads: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealcheck"));
    command.args(["--today", TODAY, "lint"]).arg(folder.join("contracts")).env("RAYON_NUM_THREADS", threads);
    command.stdout(File::create(out).expect("a file for the output")).stderr(Stdio::inherit());
    let status = command.status().expect("dealcheck");
    assert_eq!(status.code(), Some(1), "there is something to find, and nothing that cannot be read");
}
