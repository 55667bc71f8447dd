//! What holds for every lint, so that a forgotten step names itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::documentation;

use super::{LINTS, RENAMED};

const SECTIONS: [&str; 4] = ["What it finds", "Why it matters", "Example", "Instead"];

/// Files here that are no lints.
const OTHERS: [&str; 3] = ["mod", "words", "tests"];

fn file_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lints").join(format!("{}.rs", name.replace('-', "_")))
}

#[test]
fn every_lint_file_is_in_the_registry_and_every_lint_has_its_file() {
    let known: BTreeSet<String> = LINTS.iter().map(|lint| lint.name.to_owned()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lints");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|stem| !OTHERS.contains(&stem.as_str()))
        .map(|stem| stem.replace('_', "-"))
        .collect();
    let missing: Vec<_> = files.difference(&known).collect();
    assert!(
        missing.is_empty(),
        "add to LINTS in src/lints/mod.rs, or rename the file as its lint: {missing:?}"
    );
    let homeless: Vec<_> = known.difference(&files).collect();
    assert!(homeless.is_empty(), "these lints have no file of their name in src/lints/: {homeless:?}");
}

#[test]
fn names_are_sorted_unique_and_kebab_case() {
    for pair in LINTS.windows(2) {
        let (one, other) = (pair[0].name, pair[1].name);
        assert!(one < other, "in LINTS, `{one}` must come after `{other}` and only once");
    }
    for lint in LINTS {
        let is_kebab = lint.name.split('-').all(|word| {
            !word.is_empty()
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        });
        assert!(is_kebab, "`{}` is not in kebab-case", lint.name);
    }
}

#[test]
fn documentation_has_its_sections_in_order() {
    for lint in LINTS {
        assert_eq!(
            documentation::headings(lint),
            SECTIONS,
            "sections of the documentation of `{}`",
            lint.name
        );
        assert!(!documentation::example(lint).is_empty(), "the example of `{}` has no file", lint.name);
    }
}

#[test]
fn summaries_are_short_and_are_no_sentences() {
    for lint in LINTS {
        assert!(lint.summary.len() <= 72, "the summary of `{}` is longer than 72 characters", lint.name);
        assert!(!lint.summary.ends_with('.'), "the summary of `{}` ends in a full stop", lint.name);
    }
}

#[test]
fn every_option_is_read_by_its_lint() {
    for lint in LINTS {
        let text = std::fs::read_to_string(file_of(lint.name)).unwrap();
        for option in lint.options {
            let uses = text.matches(&format!("\"{}\"", option.name)).count();
            assert!(uses >= 2, "`{}` declares the option `{}` and never reads it", lint.name, option.name);
        }
    }
}

#[test]
fn former_names_lead_to_lints_and_are_not_taken() {
    let mut seen = BTreeSet::new();
    for (old, new) in RENAMED {
        assert!(
            LINTS.iter().any(|lint| lint.name == *new),
            "`{old}` was renamed to `{new}`, which is no lint"
        );
        assert!(LINTS.iter().all(|lint| lint.name != *old), "`{old}` is both a lint and a former name");
        assert!(seen.insert(old), "`{old}` is in RENAMED twice");
    }
}
