//! Documents in which people have marked what is a promise: how much of what `draft` calls one is one, and how many of
//! them it finds.
//!
//! A folder of `tests/labelled` holds a document, its roadmap and `labels.txt`: a line for each statement that is a
//! promise, with the ids of the features that it names (`-` for none) and its words. Where there is none, `lint` has
//! nothing to say of the document.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Folder, entries, name, root};

/// Per cent of what is called a promise that are one, and per cent of the promises that are found, below which no change
/// may fall.
const PRECISION: f64 = 98.5;
const RECALL: f64 = 96.0;

/// How many letters of a statement make it known.
const BEGINNING: usize = 60;

/// What was called and what was labelled, counted, with the words of what was wrong.
#[derive(Default)]
struct Score {
    called: usize,
    is_promise: usize,
    labels: usize,
    found: usize,
    wrong: Vec<String>,
}

#[test]
fn promises_are_told_from_the_rest() {
    let mut score = Score::default();
    for folder in entries(&root().join("tests/labelled")) {
        score.add(&folder);
    }
    let precision = percent(score.is_promise, score.called);
    let recall = percent(score.found, score.labels);
    println!("{}", score.wrong.join("\n"));
    println!("precision {}/{} = {precision:.1} %", score.is_promise, score.called);
    println!("recall {}/{} = {recall:.1} %", score.found, score.labels);
    assert!(score.labels > 100, "the documents are there");
    assert!(precision >= PRECISION, "{precision:.1} % of what is called a promise is one");
    assert!(recall >= RECALL, "{recall:.1} % of the promises are found");
}

#[test]
fn nothing_is_found_in_what_promises_nothing() {
    let (mut silent, mut found) = (0, Vec::new());
    for original in entries(&root().join("tests/labelled")) {
        if fs::read_to_string(original.join("labels.txt")).unwrap().contains('|') {
            continue;
        }
        let folder = Folder::copy_of(&original);
        let document = name(&document_in(&folder));
        let contract = format!(
            "contract: A-1\ncustomer: Acme\ndocuments: [{document}]\nrequirements:\n  - kind: service\n    text: Nothing\n"
        );
        folder.write("contract.yaml", &contract);
        let ran = folder.run(&["lint", "contract.yaml", "--format", "concise"]);
        assert!(matches!(ran.status, Some(0 | 1)) && !ran.stdout.contains("[unread-document]"), "{ran:?}");
        // What is to be filled in is so in any document.
        let lines = ran.stdout.lines().filter(|line| line.starts_with(&document));
        let said: Vec<&str> = lines.filter(|line| !line.contains("[unfilled-blank]")).collect();
        match said.as_slice() {
            [] => silent += 1,
            said => found.push(format!("{}: {}", name(&original), said.join("\n"))),
        }
    }
    println!("{silent} documents promise nothing, and nothing is found in them");
    assert!(silent > 100, "the documents are there");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The document of a folder.
fn document_in(folder: &Folder) -> PathBuf {
    entries(folder.path()).into_iter().find(|path| name(path).starts_with("doc.")).unwrap()
}

impl Score {
    fn add(&mut self, original: &Path) {
        let folder = Folder::copy_of(original);
        let document = document_in(&folder);
        let ran = folder.run(&["draft", &name(&document), "--format", "json"]);
        let draft: serde_json::Value =
            serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
        // What people do is an obligation, and no promise of a feature.
        let called =
            draft["requirements"].as_array().into_iter().flatten().filter(|it| it["kind"] != "service");
        let called: Vec<String> = called.map(|it| letters(it["text"].as_str().unwrap())).collect();
        let labels = fs::read_to_string(original.join("labels.txt")).unwrap();
        let labels: Vec<String> =
            labels.lines().filter_map(|line| line.split_once('|')).map(|(_, words)| letters(words)).collect();
        let of = name(original);
        for words in &called {
            match labels.iter().any(|label| is_same(words, label)) {
                true => self.is_promise += 1,
                false => self.wrong.push(format!("{of} calls a promise: {words}")),
            }
        }
        for label in &labels {
            match called.iter().any(|words| is_same(words, label)) {
                true => self.found += 1,
                false => self.wrong.push(format!("{of} misses: {label}")),
            }
        }
        self.called += called.len();
        self.labels += labels.len();
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The letters and digits of a text, with one space between words.
fn letters(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    words.join(" ")
}

/// Whether one of two texts has the beginning of the other.
fn is_same(called: &str, label: &str) -> bool {
    /// A shorter text may stand in any other.
    const SHORT: usize = 12;
    let beginning = |text: &str| text[..text.len().min(BEGINNING)].trim().to_owned();
    called.contains(&beginning(label)) || called.len() > SHORT && label.contains(&beginning(called))
}
