//! Work that must not grow faster than what it is for, where it can be counted: time is not.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::worlds::{TODAY, day};
use crate::input::discover::Request;
use crate::input::files::{Disk, FileKind, Files, FolderEntry};
use crate::output::{Colour, Format, RenderOptions};
use crate::workspace::{CheckOptions, Workspace};

const ROADMAP: &str = "[features.f]\nstatus = 'planned'\ntarget = '2027-06-30'\nteam = 't'\neffort = '5 days'\n\
    [features.g]\nstatus = 'shipped'\nfor = { region = 'eu' }\n[teams.t]\ncapacity = '10 days per quarter'\n";

/// A disk that counts what it is asked for.
#[derive(Debug, Default)]
struct CountingDisk(Mutex<HashMap<(&'static str, PathBuf), usize>>);

impl CountingDisk {
    fn count(&self, what: &'static str, path: &Path) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((what, path.to_owned())).or_default() += 1;
    }

    /// How often each thing was asked for, at the most.
    fn most(&self, wanted: &str) -> usize {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().filter(|((what, _), _)| *what == wanted).map(|(_, count)| *count).max().unwrap_or(0)
    }

    /// How often anything was asked for.
    fn total(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

impl Files for CountingDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.count("read", path);
        Disk.read(path)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.count("kind", path);
        Disk.kind(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.count("canonicalize", path);
        Disk.canonicalize(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        self.count("list", folder);
        Disk.list(folder)
    }
}

/// What a run over a folder asked for, and what it wrote.
fn run(folder: &Path, format: Format) -> (Arc<CountingDisk>, String) {
    let counted = Arc::new(CountingDisk::default());
    let files: Arc<dyn Files> = Arc::<CountingDisk>::clone(&counted);
    let workspace = Workspace::find_in(&files, &Request::default(), folder, CheckOptions::on(TODAY));
    let mut out = Vec::new();
    format.write(&workspace, &RenderOptions::new(TODAY, Colour::default()), &mut out).unwrap();
    (counted, String::from_utf8(out).unwrap())
}

/// A repository with files.
fn folder(files: impl IntoIterator<Item = (String, String)>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let own = [(".git/HEAD", "ref: refs/heads/main\n"), ("roadmap.toml", ROADMAP)];
    let own = own.map(|(name, text)| (name.to_owned(), text.to_owned()));
    for (name, text) in own.into_iter().chain(files) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Holds what a run asks the disk for and what it writes to grow no faster than what it is for: a square would be four times
/// as much for twice as much.
fn is_linear(files: impl Fn(usize) -> Vec<(String, String)>, most_reads: usize) {
    let ran = |count| run(folder(files(count)).path(), Format::Full);
    let ((few, short), (many, long)) = (ran(60), ran(120));
    assert!(many.most("read") <= most_reads, "one file was read {} times", many.most("read"));
    let is_square = |few: usize, many: usize| many * 2 > few * 5;
    assert!(!is_square(few.total(), many.total()), "{} and {} calls", few.total(), many.total());
    assert!(!is_square(short.len(), long.len()), "{} and {} bytes", short.len(), long.len());
}

fn requirement(due: &str) -> String {
    format!("requirements:\n  - {{ id: R1, feature: f, due: {due} }}\n")
}

#[test]
fn what_all_features_of_a_requirement_keep_is_told_once_where_they_are_many() {
    let told = |count: usize| {
        let feature = |at: usize| format!("[features.f{at}]\nstatus = 'planned'\ntarget = '2027-09-30'\n");
        let names: Vec<String> = (0..count).map(|at| format!("f{at}")).collect();
        let contract = format!(
            "contract: C\ncustomer: C\nrequirements:\n  - {{ id: R1, feature: [{}], due: 2027-03-31 }}\n",
            names.join(", ")
        );
        let roadmap = (0..count).map(feature).collect::<String>();
        let files = [("r.yaml", contract), ("roadmap.toml", roadmap)];
        let (_, out) = run(folder(files.map(|(name, text)| (name.to_owned(), text))).path(), Format::Full);
        (out.matches("error[late-feature]").count(), out.matches("= help: a deadline of").count())
    };
    assert_eq!(told(64), (64, 64));
    assert_eq!(told(65), (65, 1));
}

#[cfg(unix)]
#[test]
fn links_are_followed_once() {
    // Two ways from each folder to the next: 2^20 in all.
    let config =
        "roadmap = ['roadmap.toml', 'r/**/*.toml']\nwaivers = ['r/**/*.yaml']\ncontracts = ['c/**/*.yaml']\n";
    let contract = format!("contract: C\ncustomer: C\n{}", requirement("2027-12-31"));
    let files = [
        ("dealcheck.toml", config),
        ("c/contract.yaml", &contract),
        ("r/19/own.toml", "[features.own]\nstatus = 'idea'\n"),
        ("r/19/own.yaml", "waivers: []\n"),
    ];
    let folder = folder(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    for level in 0..19 {
        let below = folder.path().join(format!("r/{level}"));
        std::fs::create_dir_all(&below).unwrap();
        for name in ["one", "other"] {
            std::os::unix::fs::symlink(format!("../{}", level + 1), below.join(name)).unwrap();
        }
    }
    let (asked, told) = run(folder.path(), Format::Concise);
    assert!(asked.most("read") <= 2, "{asked:?}");
    assert!(asked.total() < 2_000, "{}: {told}", asked.total());
}

#[test]
fn contracts_of_one_feature_are_read_once_and_told_in_short() {
    let contract = |at| format!("contract: C-{at}\ncustomer: C {at}\n{}", requirement("2027-12-31"));
    is_linear(|count| (0..count).map(|at| (format!("c{at}.yaml"), contract(at))).collect(), 2);
}

#[test]
fn amendments_are_read_a_few_times() {
    let base = format!(
        "contract: C-0\ncustomer: C\nstatus: signed\nsigning: 2026-01-01\n{}",
        requirement("2027-12-31")
    );
    let signed = |ago: usize| format!("status: signed\nsigning: {}\n", day(-i64::try_from(ago).unwrap()));
    let milestone = |at: usize| {
        format!(
            "milestones: {{ m{at}: 2027-12-31 }}\nrequirements: [{{ id: N{at}, feature: f, due: m{at} }}]\n"
        )
    };
    let tables = |at: usize| format!("terms: {{ t{at}: 30 days }}\nfees: {{ f{at}: 10 EUR }}\n");
    let replaced =
        |at: usize| format!("value: {at} EUR\nrequirements:\n  - {{ id: N, feature: f, due: 2027-12-31 }}\n");
    let kinds: [&dyn Fn(usize) -> String; 4] =
        [&replaced, &|at| signed(500 - at) + &replaced(at), &|at| signed(500 - at) + &milestone(at), &|at| {
            signed(500 - at) + &tables(at)
        }];
    for (is_chain, rest) in [true, false].into_iter().flat_map(|is_chain| kinds.map(|kind| (is_chain, kind)))
    {
        let amendment = |at: usize| {
            let amends = if is_chain { at - 1 } else { 0 };
            format!("contract: C-{at}\namends: C-{amends}\n{}", rest(at))
        };
        let files = |count| {
            let amendments = (1..count).map(|at| (format!("c{at}.yaml"), amendment(at)));
            amendments.chain([("c0.yaml".to_owned(), base.clone())]).collect()
        };
        is_linear(files, 6);
    }
}

#[test]
fn nested_configurations_are_read_once_each() {
    let config = |at| (format!("n{at}/dealcheck.toml"), "roadmap = ['../roadmap.toml']\n".to_owned());
    let contract = |at| {
        let text = format!("contract: C-{at}\ncustomer: C {at}\n{}", requirement("2027-12-31"));
        (format!("n{at}/contract.yaml"), text)
    };
    let outer = ("dealcheck.toml".to_owned(), "nested = ['n*']\n".to_owned());
    // Each of them reads the roadmap.
    is_linear(
        |count| (0..count).flat_map(|at| [config(at), contract(at)]).chain([outer.clone()]).collect(),
        122,
    );
}

#[test]
fn waivers_milestones_terms_and_unknown_names_are_told_in_short() {
    let requirements = |count, due: &dyn Fn(usize) -> String| {
        let items = (0..count).map(|at| format!("  - {{ id: R{at}, feature: f, due: {} }}\n", due(at)));
        format!("requirements:\n{}", items.collect::<String>())
    };
    let contract = |text: String| ("contract.yaml".to_owned(), format!("contract: C\ncustomer: C\n{text}"));
    let waiver = |at| {
        format!(
            "[[waivers]]\ncontract = 'C'\nrequirement = 'R{at}'\nlint = 'late-feature'\nreason = 'They take it in June.'\n\
             approved-by = 'a@b.example'\napproved-on = 2026-11-01\nexpires = 2027-12-31\n"
        )
    };
    let late = |_| "2027-01-31".to_owned();
    is_linear(
        |count| {
            let waivers = ("waivers.toml".to_owned(), (0..count).map(waiver).collect());
            vec![contract(requirements(count, &late)), waivers]
        },
        2,
    );
    let milestones = |count| {
        let dates = (0..count).map(|at| format!("  m{at}: 2027-01-01\n"));
        format!("milestones:\n{}", dates.collect::<String>())
    };
    is_linear(|count| vec![contract(milestones(count) + &requirements(count, &|at| format!("m{at}")))], 2);
    let terms = |count| (0..count).map(|at| format!("  t{at}: 3 days\n")).collect::<String>();
    is_linear(|count| vec![contract(format!("terms:\n{}{}", terms(count), requirement("2027-12-31")))], 2);
    let dropped = |count| (0..count).map(|at| format!("X{at}")).collect::<Vec<String>>().join(", ");
    let amendment =
        |count| ("a.yaml".to_owned(), format!("contract: A\namends: C\ndrop: [{}]\n", dropped(count)));
    is_linear(|count| vec![contract(requirements(count, &late)), amendment(count)], 4);
}
