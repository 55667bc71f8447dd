//! How much longer it takes to lint a folder than to read the events of its YAML, which is the least that any
//! reader of it does. `cargo bench --bench folder -- 1000` takes 1,000 contracts instead of 10,000.
//!
//! The folder is the same each time. Each round runs all that is compared, and is compared with itself: a machine that is
//! busy in one round and not in the next slows what is of the same round alike. The median of these ratios counts.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot run says so, and prints"
)]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use granit_parser::{Parser, options};
use rayon::prelude::*;

const ROUNDS: usize = 15;
const REQUIREMENTS: usize = 30;
const FEATURES: usize = 400;
const TODAY: &str = "2026-12-01";
/// What linting may cost of what the events cost.
const LIMIT: f64 = 1.5;

fn main() {
    // `cargo test --all-targets` runs this, too: then it only has to work.
    let timed = std::env::args().any(|argument| argument == "--bench");
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let contracts: usize = asked.unwrap_or(if timed { 10_000 } else { 20 });
    let folder = tempfile::tempdir().expect("a folder for contracts");
    let paths = write_folder(folder.path(), contracts);

    let out = folder.path().join("out");
    let alone = lint(folder.path(), &out, Some(1));
    let first = fs::read(&out).expect("what was found");
    for threads in [2, 4] {
        lint(folder.path(), &out, Some(threads));
        assert!(first == fs::read(&out).expect("what was found"), "{threads} threads write other bytes");
    }
    println!("the same {} bytes for 1, 2 and 4 threads", first.len());
    if !timed {
        return;
    }
    memory(alone, contracts, folder.path());
    compare(folder.path(), &paths);
}

/// Prints times, and whether the ratio keeps to its limit.
fn compare(folder: &Path, paths: &[PathBuf]) {
    let bytes: u64 = paths.iter().map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum();
    println!(
        "{} contracts of {REQUIREMENTS} requirements, {:.1} MB, {} threads",
        paths.len(),
        bytes as f64 / 1e6,
        rayon::current_num_threads()
    );
    let out = folder.join("out");
    let runs: [(&str, &dyn Fn()); 3] = [
        ("YAML events alone", &|| paths.par_iter().for_each(|path| events(path))),
        ("dealcheck lint", &|| _ = lint(folder, &out, None)),
        ("serde_yaml into structs", &|| paths.par_iter().for_each(|path| structs(path))),
    ];
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for ((_, run), times) in runs.iter().zip(&mut times) {
            let start = Instant::now();
            run();
            times.push(start.elapsed());
        }
    }
    let ratios = times.each_ref().map(|own| {
        let mut ratios: Vec<f64> =
            own.iter().zip(&times[0]).map(|(own, events)| own.as_secs_f64() / events.as_secs_f64()).collect();
        ratios.sort_unstable_by(f64::total_cmp);
        ratios
    });
    times.iter_mut().for_each(|times| times.sort_unstable());
    let (quarter, half) = (ROUNDS / 4, ROUNDS / 2);
    println!("{:24} {:>9} {:>9} {:>7} {:>14}", "", "min", "median", "ratio", "half of rounds");
    for (((name, _), times), ratios) in runs.iter().zip(&times).zip(&ratios) {
        let ms = |time: Duration| format!("{} ms", time.as_millis());
        let most = format!("{:.2} to {:.2}", ratios[quarter], ratios[ROUNDS - 1 - quarter]);
        println!("{name:24} {:>9} {:>9} {:>7.2} {most:>14}", ms(times[0]), ms(times[half]), ratios[half]);
    }
    let ratio = ratios[1][half];
    let word = if ratio <= LIMIT { "met" } else { "missed" };
    println!("linting takes {ratio:.2} times what the events take; the limit of {LIMIT} is {word}");
}

/// What every reader of YAML has to do.
fn events(path: &Path) {
    let text = fs::read_to_string(path).expect("a contract");
    for event in Parser::new_from_str_with_options(&text, options! { emit_comments: false }) {
        std::hint::black_box(event.expect("sound YAML"));
    }
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Contract {
    contract: String,
    customer: String,
    seller: String,
    status: String,
    signing: String,
    period: std::collections::BTreeMap<String, String>,
    value: String,
    requirements: Vec<Requirement>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Requirement {
    id: String,
    clause: String,
    text: String,
    feature: String,
    due: String,
    r#for: Option<std::collections::BTreeMap<String, serde_yaml::Value>>,
    needs: Option<std::collections::BTreeMap<String, String>>,
}

fn structs(path: &Path) {
    let text = fs::read_to_string(path).expect("a contract");
    std::hint::black_box(serde_yaml::from_str::<Contract>(&text).expect("a contract"));
}

/// Lints a folder; gives the most memory that it took, in KiB, where the system tells.
fn lint(folder: &Path, out: &Path, threads: Option<usize>) -> Option<u64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealcheck"));
    command.args(["--today", TODAY, "lint"]).arg(folder.join("contracts"));
    command.stdout(File::create(out).expect("a file for the output")).stderr(Stdio::inherit());
    command.envs(threads.map(|threads| ("RAYON_NUM_THREADS", threads.to_string())));
    let mut child = command.spawn().expect("dealcheck");
    let mut peak = None;
    if threads.is_some() {
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
    write_folder(&smaller, few);
    let tenth = lint(&smaller, &folder.join("out"), Some(1));
    if let (Some(all), Some(tenth)) = (all, tenth) {
        let mib = |kib: u64| kib as f64 / 1024.0;
        println!(
            "peak memory: {:.1} MiB for {few} contracts, {:.1} MiB for {contracts}",
            mib(tenth),
            mib(all)
        );
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Writes a roadmap and a folder of contracts against it; gives the paths of the contracts.
fn write_folder(folder: &Path, contracts: usize) -> Vec<PathBuf> {
    fs::create_dir_all(folder.join("contracts")).expect("a folder for contracts");
    fs::write(folder.join("roadmap.toml"), roadmap()).expect("a roadmap");
    let path = |number: usize| folder.join(format!("contracts/deal-{number:05}.yaml"));
    let paths: Vec<PathBuf> = (0..contracts).map(path).collect();
    for (number, path) in paths.iter().enumerate() {
        fs::write(path, contract(number)).expect("a contract");
    }
    paths
}

/// Nearly all of it has shipped: one promise in a hundred or so has not, which is one in every three contracts.
fn roadmap() -> String {
    let mut text = String::from("[product]\nname = \"Fleetwise\"\nreviewed = 2026-11-16\n");
    for at in 0..FEATURES {
        let state = match at {
            7 => "status = \"planned\"\ntarget = \"2029-Q4\"",
            31 => "status = \"idea\"",
            53 => "status = \"in-progress\"\ntarget = \"2027-03\"",
            90 => "status = \"shipped\"\nshipped = 2025-06-02\nfor = { platform = [\"linux\"] }",
            _ => "status = \"shipped\"\nshipped = 2025-06-02",
        };
        let levels = "levels = { retention = \"400 days\", availability = \"99.95 %\" }";
        let _ = write!(text, "\n[features.{}]\nname = \"Feature {at}\"\n{state}\n{levels}\n", feature(at));
        if at % 40 == 1 {
            let _ =
                writeln!(text, "for = {{ platform = [\"linux\", \"windows\"], region = [\"eu\", \"us\"] }}");
        }
    }
    text
}

fn feature(at: usize) -> String {
    const THINGS: [&str; 12] = [
        "audit-log",
        "sso",
        "drift",
        "export",
        "alerts",
        "backup",
        "billing",
        "search",
        "roles",
        "api",
        "reports",
        "patching",
    ];
    format!("{}-{}", THINGS[at % THINGS.len()], at / THINGS.len())
}

fn contract(number: usize) -> String {
    let mut dice = Dice(number as u64 + 1);
    let customer = dice.one_of(&["Acme Robotics GmbH", "Initech Ltd", "Müller & Söhne KG", "Globex Inc."]);
    let seller = dice.one_of(&["dana", "kim", "robin"]);
    // Most deals of a portfolio are signed.
    let status = if dice.below(20) == 0 { "draft" } else { "signed" };
    let mut text = format!(
        "# Agreed with {customer} in the call of the week before\n\
         contract: DEAL-2026-{number:05}\ncustomer: {customer}\nseller: {seller}@vendor.example\nstatus: {status}\n\
         signing: 2026-12-15\nperiod: {{ start: 2027-01-01, end: 2029-12-31 }}\nvalue: {} EUR\nrequirements:\n",
        10_000 + 500 * dice.below(900),
    );
    for at in 0..REQUIREMENTS {
        let feature = feature(dice.below(FEATURES));
        let due = match dice.below(20) {
            0..=12 => format!("{}-{:02}-{:02}", 2027 + dice.below(2), 6 + dice.below(6), 1 + dice.below(28)),
            13 | 14 => format!("Q{} 2027", 3 + dice.below(2)),
            15 => "31 December 2027".to_owned(),
            16 => format!("end of Q{} 2028", 1 + dice.below(4)),
            _ => format!("{} days after signing", 30 * (7 + dice.below(3))),
        };
        let subject = dice.one_of(&["Vendor shall", "The platform shall", "Upon activation, Vendor will"]);
        let verb = dice.one_of(&["detect", "record", "report", "restore", "export and keep"]);
        let object =
            dice.one_of(&["every change of a managed server", "all access of its users", "each job"]);
        let _ = write!(
            text,
            "  - id: R{}\n    clause: \"Exhibit B, {}.{}\"\n    text: {subject} {verb} {object} as described in the order form.\n    \
             feature: {feature}\n    due: {due}\n",
            at + 1,
            1 + at / 10,
            1 + at % 10,
        );
        if dice.below(5) == 0 {
            let platform = dice.one_of(&["linux", "[linux, windows]", "windows"]);
            let _ = writeln!(text, "    for: {{ platform: {platform}, region: eu }}");
        }
        if dice.below(6) == 0 {
            let need = dice.one_of(&["retention: \">= 365 days\"", "availability: \">= 99.9 %\""]);
            let _ = writeln!(text, "    needs: {{ {need} }}");
        }
    }
    text
}
