//! Programs that do less than `dealcheck lint`, each a process of its own: this one, started with the peer's name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use granit_parser::{Event, Parser, options};
use rayon::prelude::*;

/// The threads of all that is compared.
pub(crate) const THREADS: &str = "2";

/// What starts this program as a peer.
pub(crate) const PEER: &str = "--peer";

/// A peer, and how it is started on a folder.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// Whether it tells how many promises name a feature that has not shipped; else how many promises there are.
    pub(crate) checks: bool,
    /// The most of its time that linting may take.
    pub(crate) most: f64,
    command: fn(&Path) -> Command,
}

impl Peer {
    pub(crate) const ALL: [Self; 3] = [
        Self { name: "YAML events alone", checks: false, most: 1.0, command: |folder| own("events", folder) },
        Self {
            name: "serde_yaml, least check",
            checks: true,
            most: 0.75,
            command: |folder| own("serde_yaml", folder),
        },
        Self { name: "Python, least check", checks: true, most: 1.0 / 16.0, command: python },
    ];

    /// Runs it; gives the number that it tells, if it runs here and tells one.
    pub(crate) fn run(&self, folder: &Path) -> Option<usize> {
        let output = (self.command)(folder).output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse().ok().filter(|_| output.status.success())
    }
}

fn own(peer: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([PEER, peer]).arg(folder).env("RAYON_NUM_THREADS", THREADS);
    command
}

/// A program that does nothing.
pub(crate) fn nothing() -> Command {
    own("nothing", Path::new(""))
}

/// One process, as a script is that nobody made more of.
fn python(folder: &Path) -> Command {
    let mut command = Command::new("python3");
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/folder/least.py")).arg(folder);
    command
}

/// Is a peer, and gives what it tells.
pub(crate) fn play(peer: &str, folder: &Path) -> usize {
    let count: fn(&Path, &BTreeMap<String, String>) -> usize = match peer {
        "events" => |path, _| promises(path),
        "serde_yaml" => missing,
        _ => return 0,
    };
    let statuses = if peer == "serde_yaml" { statuses(folder) } else { BTreeMap::new() };
    let contracts = fs::read_dir(folder.join("contracts")).expect("a folder of contracts");
    let paths: Vec<_> = contracts.map(|entry| entry.expect("a contract").path()).collect();
    paths.par_iter().map(|path| count(path, &statuses)).sum()
}

/// What every reader of YAML has to do: how often `feature` is written.
fn promises(path: &Path) -> usize {
    let text = fs::read_to_string(path).expect("a contract");
    let mut count = 0;
    for event in Parser::new_from_str_with_options(&text, options! { emit_comments: false }) {
        let (event, _) = event.expect("sound YAML");
        count += usize::from(matches!(event, Event::Scalar(text, ..) if text == "feature"));
    }
    count
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "most of it is only read")]
struct Contract {
    contract: String,
    customer: String,
    seller: String,
    status: String,
    signing: String,
    period: BTreeMap<String, String>,
    value: String,
    requirements: Vec<Requirement>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "most of it is only read")]
struct Requirement {
    id: String,
    clause: String,
    text: String,
    feature: String,
    due: String,
    r#for: Option<BTreeMap<String, serde_yaml::Value>>,
    needs: Option<BTreeMap<String, String>>,
}

/// The least check: how many promises name a feature that has not shipped.
fn missing(path: &Path, statuses: &BTreeMap<String, String>) -> usize {
    let text = fs::read_to_string(path).expect("a contract");
    let contract: Contract = serde_yaml::from_str(&text).expect("a contract");
    let status = |requirement: &Requirement| statuses.get(&requirement.feature).map(String::as_str);
    contract.requirements.iter().filter(|requirement| status(requirement) != Some("shipped")).count()
}

/// The statuses of the roadmap's features, by id.
fn statuses(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join("roadmap.toml")).expect("a roadmap");
    let roadmap: toml_edit::DocumentMut = text.parse().expect("a roadmap");
    let features = roadmap["features"].as_table().expect("features");
    let status = |feature: &toml_edit::Item| feature["status"].as_str().expect("a status").to_owned();
    features.iter().map(|(id, feature)| (id.to_owned(), status(feature))).collect()
}
