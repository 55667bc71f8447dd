//! What is measured: for each kind of thing that a user can write many of, a folder with so many of it.

mod deals;
mod documents;
mod product;
mod unknown;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use deals::*;
use documents::*;
use product::*;
use unknown::*;

/// A kind of input that grows.
pub(crate) struct Input {
    /// What there is more and more of.
    pub(crate) name: &'static str,
    /// What is run on it, each with the status that it ends with.
    pub(crate) commands: &'static [(&'static str, i32)],
    /// The smallest number that is measured.
    pub(crate) size: usize,
    /// Writes a folder with so many.
    pub(crate) write: fn(&Path, usize),
}

const LINT: (&str, i32) = ("lint .", 1);
/// Where something cannot be read.
const UNREAD: (&str, i32) = ("lint .", 2);

/// What is asked of many contracts.
const EACH: &[(&str, i32)] = &[
    LINT,
    ("lint . --format concise", 1),
    ("lint . --format table", 1),
    ("lint . --format narrated", 1),
    ("lint . --format markdown", 1),
    ("lint . --format json", 1),
    ("lint . --format junit", 1),
    ("lint . --format sarif", 1),
    ("lint . --format github", 1),
    ("lint . --format gitlab", 1),
    ("gaps .", 0),
    ("gaps . --format json", 0),
    ("gaps . --format markdown", 0),
    ("report .", 0),
    ("report . --by feature", 0),
    ("report . --by seller", 0),
    ("report . --by customer", 0),
    ("report . --format json", 0),
    ("report . --format csv", 0),
    ("report . --format ics", 0),
    ("report . --format html", 0),
    ("report . --format markdown", 0),
    ("impact . --against other.toml", 0),
    ("impact . --against other.toml --format json", 0),
    ("impact . --against other.toml --format markdown", 0),
    ("index .", 0),
    ("waive --all-findings --reason later --approved-by priya@vendor.example --expires 2027-06-30", 0),
];

/// What is asked of a roadmap.
const ROADMAP: &[(&str, i32)] = &[
    ("lint .", 1),
    ("sellable", 0),
    ("sellable --by 2027-03-31", 0),
    ("sellable --format json", 0),
    ("sellable --format markdown", 0),
    ("report . --format html", 0),
];

/// What is asked of a document.
const DOCUMENT: &[(&str, i32)] = &[LINT, ("draft deals/000/0.md", 0)];

pub(crate) const INPUTS: &[Input] = &[
    Input { name: "contracts of one feature", commands: EACH, size: 200, write: contracts_of_one_feature },
    Input {
        name: "contracts of a feature each",
        commands: EACH,
        size: 200,
        write: contracts_of_a_feature_each,
    },
    Input {
        name: "contracts of one customer",
        commands: &[LINT, ("report . --by customer", 0)],
        size: 500,
        write: contracts_of_one_customer,
    },
    Input { name: "contracts of one id", commands: &[UNREAD], size: 300, write: contracts_of_one_id },
    Input {
        name: "contracts that cannot be read",
        commands: &[UNREAD, ("lint . --format json", 2)],
        size: 300,
        write: broken_contracts,
    },
    Input {
        name: "configurations",
        commands: &[("lint .", 1), ("report .", 0)],
        size: 200,
        write: configurations,
    },
    Input {
        name: "nested configurations",
        commands: &[("lint .", 1), ("gaps .", 0), ("report .", 0)],
        size: 100,
        write: nested_configurations,
    },
    Input {
        name: "configurations below one another",
        commands: &[("lint .", 1), ("report .", 0)],
        size: 5,
        write: configurations_below_one_another,
    },
    Input {
        name: "files left out",
        commands: &[("lint .", 1), ("lint . --verbose", 1)],
        size: 500,
        write: left_out,
    },
    Input { name: "unlisted contracts", commands: &[("lint", 1)], size: 300, write: unlisted },
    Input { name: "links to one folder", commands: &[LINT], size: 300, write: links },
    Input { name: "links in a row", commands: &[("lint", 1)], size: 5, write: links_in_a_row },
    Input {
        name: "requirements of one feature",
        commands: EACH,
        size: 200,
        write: requirements_of_one_feature,
    },
    Input {
        name: "requirements of a feature each",
        commands: EACH,
        size: 200,
        write: requirements_of_a_feature_each,
    },
    Input {
        name: "features of a requirement",
        commands: &[LINT, ("lint . --format json", 1), ("report . --format html", 0)],
        size: 500,
        write: features_of_a_requirement,
    },
    Input { name: "requirements of one id", commands: &[UNREAD], size: 500, write: requirements_of_one_id },
    Input { name: "requirements without a feature", commands: &[LINT], size: 300, write: unmapped },
    Input { name: "features", commands: ROADMAP, size: 500, write: features },
    Input { name: "aliases", commands: &[LINT], size: 500, write: aliases },
    Input { name: "features defined twice", commands: &[UNREAD], size: 300, write: features_twice },
    Input { name: "offers, one of them promised", commands: ROADMAP, size: 500, write: offers_one_promised },
    Input { name: "offers, each promised", commands: ROADMAP, size: 300, write: offers_each_promised },
    Input { name: "offers, and nothing said", commands: ROADMAP, size: 300, write: offers_unscoped },
    Input { name: "levels", commands: ROADMAP, size: 500, write: levels },
    Input { name: "dependencies in a row", commands: &[LINT], size: 300, write: dependencies_in_a_row },
    Input { name: "promises x what they wait for", commands: ROADMAP, size: 5000, write: promises_in_a_row },
    Input { name: "work in a row", commands: &[LINT], size: 300, write: work_in_a_row },
    Input { name: "dependencies of one", commands: ROADMAP, size: 500, write: dependencies_of_one },
    Input { name: "dependencies on one", commands: ROADMAP, size: 500, write: dependencies_on_one },
    Input { name: "dependencies, dense", commands: &[LINT], size: 500, write: dense_dependencies },
    Input {
        name: "promises x dense dependencies",
        commands: ROADMAP,
        size: 10_000,
        write: promises_of_the_dense,
    },
    Input { name: "dependencies in a circle", commands: &[LINT, ("sellable", 0)], size: 300, write: circle },
    Input { name: "releases", commands: ROADMAP, size: 500, write: releases },
    Input { name: "teams", commands: &[LINT, ("report . --by team", 0)], size: 300, write: teams },
    Input { name: "roadmap files", commands: &[("lint", 1)], size: 200, write: roadmap_files },
    Input { name: "former targets", commands: ROADMAP, size: 500, write: history },
    Input { name: "milestones", commands: &[LINT], size: 500, write: milestones },
    Input { name: "milestones that nobody knows", commands: &[UNREAD], size: 300, write: unknown_milestones },
    Input { name: "holidays", commands: &[("lint", 1)], size: 500, write: holidays },
    Input {
        name: "amendments of one contract",
        commands: &[LINT, ("gaps .", 0), ("report .", 0), ("impact . --against other.toml", 1)],
        size: 100,
        write: amendments_of_one,
    },
    Input {
        name: "amendments in a chain",
        commands: &[LINT, ("gaps .", 0), ("report .", 0), ("impact . --against other.toml", 1)],
        size: 100,
        write: amendments_in_a_chain,
    },
    Input {
        name: "amendments with a milestone, a term and a fee each",
        commands: &[LINT],
        size: 100,
        write: amendments_that_state_much,
    },
    Input {
        name: "drafts of one contract",
        commands: &[LINT, ("report .", 0)],
        size: 100,
        write: drafts_of_one,
    },
    Input { name: "orders under an agreement", commands: &[LINT, ("report .", 0)], size: 100, write: orders },
    Input {
        name: "amendments of an agreement with an order",
        commands: &[LINT],
        size: 100,
        write: amendments_of_an_agreement,
    },
    Input {
        name: "amendments of a contract each",
        commands: &[LINT, ("report .", 0)],
        size: 200,
        write: amendments_of_each,
    },
    Input { name: "requirements of an amendment", commands: &[LINT], size: 500, write: requirements_amended },
    Input { name: "dropped requirements", commands: &[("lint .", 0)], size: 500, write: dropped },
    Input {
        name: "dropped requirements that nobody knows",
        commands: &[UNREAD],
        size: 500,
        write: unknown_dropped,
    },
    Input { name: "amendments of nothing", commands: &[UNREAD], size: 200, write: amendments_of_nothing },
    Input {
        name: "waivers of one contract",
        commands: &[
            ("lint .", 0),
            ("lint . --format json", 0),
            ("lint . --format sarif", 0),
            ("report . --format html", 0),
        ],
        size: 500,
        write: waivers_of_one,
    },
    Input {
        name: "waivers of a contract each",
        commands: &[("lint .", 0), ("report .", 0)],
        size: 300,
        write: waivers_of_each,
    },
    Input {
        name: "waivers of one finding",
        commands: &[("lint .", 0)],
        size: 300,
        write: waivers_of_one_finding,
    },
    Input { name: "waivers of nothing", commands: &[LINT], size: 300, write: waivers_of_nothing },
    Input {
        name: "waivers of what contracts share",
        commands: &[("lint .", 1)],
        size: 300,
        write: waivers_of_what_is_shared,
    },
    Input { name: "roles", commands: &[("lint", 0)], size: 300, write: roles },
    Input { name: "terms", commands: &[LINT, ("report . --format html", 0)], size: 500, write: terms },
    Input { name: "terms that nobody knows", commands: &[("lint .", 0)], size: 500, write: unknown_terms },
    Input {
        name: "features that nobody knows",
        commands: &[LINT, ("gaps .", 0), ("lint . --format markdown", 1)],
        size: 500,
        write: unknown_features,
    },
    Input {
        name: "dependencies that nobody knows",
        commands: &[LINT],
        size: 300,
        write: unknown_dependencies,
    },
    Input { name: "values that nobody knows", commands: &[LINT], size: 300, write: unknown_values },
    Input { name: "dimensions that nobody knows", commands: &[UNREAD], size: 300, write: unknown_dimensions },
    Input { name: "levels that nobody knows", commands: &[LINT], size: 300, write: unknown_levels },
    Input { name: "lints that nobody knows", commands: &[("lint", 2)], size: 300, write: unknown_lints },
    Input { name: "keys that nobody knows", commands: &[UNREAD], size: 300, write: unknown_keys },
    Input { name: "keys that are repeated", commands: &[UNREAD], size: 300, write: repeated_keys },
    Input { name: "aliases of YAML", commands: &[LINT], size: 300, write: yaml_aliases },
    Input { name: "blanks and comments", commands: &[LINT], size: 2000, write: comments },
    Input {
        name: "a text",
        commands: &[LINT, ("lint . --format narrated", 1)],
        size: 2000,
        write: long_text,
    },
    Input { name: "documents", commands: &[LINT], size: 100, write: documents },
    Input { name: "document blocks", commands: DOCUMENT, size: 500, write: blocks_of_a_document },
    Input { name: "promises of a document", commands: DOCUMENT, size: 300, write: promises_of_a_document },
    Input { name: "rows of a table of a document", commands: DOCUMENT, size: 300, write: rows_of_a_document },
    Input { name: "items of a list of a document", commands: DOCUMENT, size: 300, write: items_of_a_list },
    Input { name: "words of a sentence", commands: DOCUMENT, size: 500, write: words_of_a_sentence },
    Input {
        name: "rows of a sheet",
        commands: &[
            ("import export.csv --as roadmap --dry-run", 0),
            ("import export.csv --as roadmap --output new.toml", 0),
            ("import export.csv --as roadmap --update roadmap.toml --dry-run", 0),
        ],
        size: 500,
        write: rows_of_a_sheet,
    },
    Input {
        name: "commits of a history",
        commands: &[LINT, ("report . --format html", 0), ("lint . --since HEAD~1", 1)],
        size: 50,
        write: commits_of_a_history,
    },
    Input { name: "broken lines of TOML", commands: &[UNREAD], size: 300, write: broken_toml },
];

/// The texts of so many, one after another.
fn each(number: usize, text: impl Fn(usize) -> String) -> String {
    (0..number).fold(String::new(), |mut all, at| {
        all.push_str(&text(at));
        all
    })
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap_or(folder)).unwrap_or_else(|error| panic!("{error}"));
    fs::write(path, text).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// A contract that stands in a file of its own.
fn contract(folder: &Path, at: usize, customer: usize, rest: &str) {
    let mut text =
        format!("contract: ACME-{at}\ncustomer: Customer {customer}\nseller: s{}@vendor.example\n", at % 50);
    // What is signed was signed before all of its amendments.
    let signing = if rest.contains("status: signed") { "2011-12-15" } else { "2026-12-15" };
    _ = write!(
        text,
        "signing: {signing}\nperiod: {{ start: 2027-01-01, end: 2029-12-31 }}\nvalue: 480000 EUR\n{rest}"
    );
    put(folder, &format!("deals/{:03}/{at}.yaml", at % 100), &text);
}

fn requirements(number: usize, text: impl Fn(usize) -> String) -> String {
    format!("requirements:\n{}", each(number, |at| format!("  - {{ id: R{at}, {} }}\n", text(at))))
}

fn planned(at: usize, rest: &str) -> String {
    format!(
        "[features.feature-{at}]\nname = \"Feature number {at}\"\nstatus = \"planned\"\ntarget = \"2027-Q3\"\n{rest}\n"
    )
}

fn roadmap(folder: &Path, text: &str) {
    put(folder, "roadmap.toml", text);
}

/// A contract that promises what is to come, beside what grows.
fn one_promise(folder: &Path) {
    contract(folder, 0, 0, &requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
}

fn waiver(contract: usize, subject: &str, lint: &str) -> String {
    format!(
        "[[waivers]]\ncontract = \"ACME-{contract}\"\n{subject}\nlint = \"{lint}\"\nreason = \"Launch partner.\"\n\
         approved-by = \"priya@vendor.example\"\napproved-on = 2026-11-20\nexpires = 2027-09-30\n\n"
    )
}

fn link(to: &str, at: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(to, at).unwrap_or_else(|error| panic!("{error}"));
    #[cfg(not(unix))]
    let _ = (to, at);
}
