//! dealcheck checks what a sales contract promises against what the product can deliver, before somebody signs.
//!
//! This page is the map of the code: what a run is, where what lives, and what holds everywhere.
//!
//! # A run, from the top down
//!
//! ```text
//! paths ─ input ─► records ─ model ─► values ─ delivery ─► promises ─ lints ─► findings ─ check ─► outcomes ─ output ─► bytes
//! ```
//!
//! 1. [`commands`] turns what was typed ([`cli`]) into a [`workspace::Workspace`]: the files that were found
//!    ([`input::discover`]), the day, the levels of the command line, and what was there before (`--since`).
//! 2. [`check::run`] checks every contract of the workspace in parallel, and asks the command of each
//!    [`check::outcome::Outcome`] what to keep: `lint` keeps drawings, `report` deals, `waive` findings, `index` promises.
//!    1. [`workspace::group::Group::read`] reads what contracts share: configuration, roadmap, waivers.
//!    2. [`workspace::group::Group::contract`] reads a contract: bytes, a tree of nodes ([`input::parse`]), a record
//!       ([`input::decode`]), a value ([`model::contract`]).
//!    3. [`check::contract()`] judges each promise ([`delivery::Judge::promise`]), runs the lints that look at a contract
//!       ([`lints::LINTS`]), sets levels (`check::levels`) and applies waivers ([`check::waive`]).
//!    4. [`check::shared()`] runs the lints that look at what contracts share.
//! 3. The command puts what was kept together: [`output`] the formats of `lint`, a file each.
//!
//! # Where what lives
//!
//! | what | where |
//! | --- | --- |
//! | a command, a new one too | its arguments in [`cli`], its file in [`commands`], a line in `commands::run` |
//! | a lint, a new one too | its file in [`lints`], and two lines in `lints/mod.rs` |
//! | a format of `lint`, a new one too | its file in [`output`], and its lines in [`output::Format`] |
//! | where files are read: a folder, memory, a git revision | [`input::files`] |
//! | which files a run is about: folders, patterns, configurations | [`input::discover`], [`input::pattern`], [`input::config`] |
//! | an older version of the files, and of the roadmap | [`input::revision`] |
//! | text to tree: YAML, TOML, JSON | [`input::parse`] |
//! | every key of every file, and what editors are told of it | [`input::records`], [`schema`] |
//! | a date, a deadline, a quantity, a scope, a status | [`model`], one file or folder each |
//! | a contract, and one with its amendments | [`model::contract`], [`model::amend`], [`workspace::amend`] |
//! | a deadline held against the roadmap: the table of deliveries | [`delivery`] |
//! | what would hold instead, for helps | `delivery::what_if` |
//! | what a lint is, what it is given, what it says | [`lint`], [`lint::context`], [`lint::finding`] |
//! | `[lints]` and flags to a level, and who set it | [`workspace::levels`], `check::levels` |
//! | waivers: which file, which finding | [`workspace::waivers`], [`check::waive`] |
//! | what was there before (`--since`) | [`workspace::previous`] |
//! | the numbers of a run, and their words | [`check::tally`], [`output::summary`] |
//! | SARIF, JSON, JUnit, … | `output/sarif.rs`, `output/json.rs`, … |
//! | the documentation of lints, with what their examples give | [`documentation`], [`explain`] |
//! | all deals as data, for commands that count | [`deals`]: [`report`](mod@report), [`gaps`](mod@gaps), [`impact`](mod@impact) |
//! | what may be promised | [`sellable`] |
//! | a file of promises that names nobody | [`index`] |
//! | places in files, messages about places, text made safe to show | [`source`], [`diagnostic`], [`text`] |
//!
//! # What holds everywhere
//!
//! - **A room knows those before it, never those after,** and no two files take from each other: tests read the imports.
//! - **A run is a value.** [`check::run`] is the one place that reads, judges, lints and counts. What a command keeps of
//!   an outcome is for the command to say, and pure: files that an amendment turns out to be about are asked again.
//! - **A problem is no finding.** A [`diagnostic::Problem`] says that the tool could not read something, and ends
//!   the run with status 2; a [`lint::finding::Finding`] says that the deal is wrong, and has a level. Both carry
//!   a [`diagnostic::Diagnostic`], so that every format draws both alike.
//! - **Parsing never fails.** It returns what is sound, and what is not. One run reports all mistakes of a file,
//!   and a file with mistakes hides nothing of another.
//! - **What could not be read never turns into a finding that is not true.** A key is
//!   [`Absent`](input::decode::Field::Absent), [`Broken`](input::decode::Field::Broken) or
//!   [`Given`](input::decode::Field::Given), and what rests on a broken one has the verdict
//!   [`Unresolved`](delivery::Delivery::Unresolved), for which there is no lint.
//! - **The model knows no file format.** It is made from records, which are the same whether they were written in
//!   YAML, TOML or JSON.
//! - **The delivery knows no lint.** It finds facts, all of them, once; a lint words one.
//! - **A check of a lint knows neither its level nor an output.** It is pure: facts in, finding out. It reads no file
//!   and no clock, and prints nothing. [`check`] sets the level, after it.
//! - **The output decides nothing.** It maps findings to a format and escapes for that format.
//! - **Files are read through [`input::files::Files`] alone,** and the day comes from [`commands`]: the model, the delivery
//!   and the lints would give the same on any other. Only [`commands`] writes files: whole, or not at all.
//! - **Nothing of a repository is run.** [`input::files`] asks git for objects, and for nothing that a filter, a hook or
//!   an attribute could change.
//! - **The same input gives the same bytes**, whatever the number of threads. Files are drawn in parallel and
//!   written in order; findings are ordered by place; no order of a hash map reaches what is written.
//! - **Messages are clean.** All text that enters a [`diagnostic::Diagnostic`] is made safe to show there: control
//!   and bidirectional characters are made visible, once, for every format.
//! - **Memory is for what is found, not for what is read.** Each thread forgets a file before it reads the next. What
//!   stays of a contract is its id and where that stands, its value where a promise of it is broken, what it promises
//!   that is not there ([`lint::portfolio::UnshippedPromise`]), and what the command keeps of it. Amendments and what they amend
//!   stay whole.

pub mod check;
pub mod cli;
pub mod commands;
pub mod deals;
pub mod delivery;
pub mod diagnostic;
pub mod documentation;
pub mod explain;
pub mod gaps;
pub mod impact;
pub mod index;
pub mod input;
pub mod lint;
pub mod lints;
pub mod model;
pub mod output;
pub mod report;
pub mod schema;
pub mod sellable;
pub mod source;
pub mod text;
pub mod workspace;
