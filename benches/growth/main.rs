//! How the cost of a run grows with what it is given: each kind of input at a size, twice and four times that. What is
//! linear has the exponent 1, what is quadratic 2. `cargo bench --bench growth -- milestones` measures those whose name or
//! command has this word.
//!
//! The exponent is that of what is added, so that what every run costs does not hide it. Instructions are counted where
//! something counts them, since no other load on the machine changes their number. With `UPDATE=1` it writes its part of
//! `docs/performance.md`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark that cannot run says so, and prints"
)]

mod counter;
mod inputs;
#[path = "../page/mod.rs"]
mod page;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use counter::Counter;
use inputs::{INPUTS, Input};
use rayon::prelude::*;

const TODAY: &str = "2026-12-01";
/// What is over this is not linear, up to a logarithm.
const MOST: f64 = 1.2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs this, too: then it only has to work.
    let is_measured = arguments.iter().any(|argument| argument == "--bench");
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let counter = if is_measured { Counter::best() } else { Counter::Clock };
    println!("{} at n, 2n and 4n", counter.unit());
    let setting = page::setting();
    let of_commands = |input: &'static Input| input.commands.iter().map(move |command| (input, command));
    let named = INPUTS
        .iter()
        .flat_map(of_commands)
        .map(|(input, command)| (input, command, format!("{}: dealcheck {}", input.name, command.0)));
    let wanted: Vec<_> =
        named.filter(|(.., name)| words.iter().all(|word| name.contains(word.as_str()))).collect();
    if !is_measured {
        wanted.iter().for_each(|(input, command, _)| _ = cost(input, command, 3, counter));
        return;
    }
    // Instructions are as many whatever else runs.
    let threads = if counter == Counter::Clock { 1 } else { rayon::current_num_threads() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let all = wanted.len();
    let rows: Mutex<BTreeMap<usize, Row>> = Mutex::default();
    pool.install(|| {
        wanted.par_iter().enumerate().with_max_len(1).for_each(|(at, (input, command, name))| {
            let costs = [1, 2, 4].map(|times| cost(input, command, times * input.size, counter));
            let row = Row { exponent: exponent(costs), costs, name };
            println!("{row}");
            let mut rows = rows.lock().expect("the rows");
            rows.insert(at, row);
            // A run of the better part of an hour leaves what it has measured, where it is broken off.
            if words.is_empty() && page::is_asked() {
                page::write("growth", &table(&setting, counter, &rows, all));
            }
        });
    });
    let rows = rows.into_inner().expect("the rows");
    println!("{} over {MOST}", rows.values().filter(|row| row.exponent > MOST).count());
}

/// What a command costs, by what it is given.
struct Row<'n> {
    exponent: f64,
    costs: [f64; 3],
    name: &'n str,
}

impl Row<'_> {
    fn mark(&self) -> &'static str {
        if self.exponent > MOST { "over" } else { "" }
    }
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [small, middle, large] = self.costs;
        let (exponent, mark, name) = (self.exponent, self.mark(), self.name);
        write!(out, "{exponent:5.2} {mark:4} {small:9.1} {middle:9.1} {large:9.1}  {name}")
    }
}

/// The rows that have been measured, as a part of the page.
fn table(setting: &str, counter: Counter, rows: &BTreeMap<usize, Row<'_>>, all: usize) -> String {
    let unit = counter.unit().trim_end_matches(',');
    let mut table = format!("{setting}\n\nThe exponent, and {unit} at n, 2n and 4n");
    if rows.len() < all {
        let _ = write!(table, "; {} of {all} rows, since the run was broken off", rows.len());
    }
    table += ".\n\n| exponent | | n | 2n | 4n | what grows, and the command |\n| --- | --- | --- | --- | --- | --- |\n";
    for row in rows.values() {
        let ([small, middle, large], mark, name) = (row.costs, row.mark(), row.name);
        let exponent = row.exponent;
        let _ =
            writeln!(table, "| {exponent:.2} | {mark} | {small:.1} | {middle:.1} | {large:.1} | {name} |");
    }
    table
}

/// The power of the size with which a cost grows, from that of one size, of two and of four.
fn exponent([small, middle, large]: [f64; 3]) -> f64 {
    let (first, second) = (middle - small, large - middle);
    // What costs nothing that can be told from chance grows with nothing.
    if second <= small / 100.0 { 0.0 } else { (second / first.max(small / 1000.0)).log2() }
}

/// What a command costs on an input of a size.
fn cost(input: &Input, &(arguments, status): &(&str, i32), size: usize, counter: Counter) -> f64 {
    let costs = (0..counter.times()).map(|_| {
        // A command may write beside what it reads.
        let folder = tempfile::tempdir().expect("a folder");
        (input.write)(folder.path(), size);
        let (cost, ran) = counter.count(Path::new(env!("CARGO_BIN_EXE_dealcheck")), |command| {
            command.args(["--today", TODAY]).args(arguments.split(' ')).current_dir(folder.path());
            command.env("RAYON_NUM_THREADS", "1");
        });
        let said = String::from_utf8_lossy(&ran.stderr);
        let brief: String = said.chars().take(2000).collect();
        assert_eq!(ran.status.code(), Some(status), "{} of {}: {arguments}: {brief}", size, input.name);
        cost
    });
    costs.fold(f64::INFINITY, f64::min)
}
