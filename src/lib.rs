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
//!       ([`input::decode`]), a value ([`model::contract`]); and the documents that it names.
//!    3. [`check::contract()`] judges each promise ([`delivery::Judge::promise`]), runs the lints that look at a contract
//!       ([`lints::LINTS`]), sets levels (`check::levels`) and applies waivers ([`check::waive`]).
//!    4. `check::shared` runs the lints that look at what contracts share.
//! 3. The command puts what was kept together: [`output`] the formats of `lint`, a file each.
//!
//! # To embed it
//!
//! A [`Workspace`] is what a run is about: on a [`Disk`], in [`Memory`]. [`run`] lends each [`Outcome`], with findings as data;
//! a [`Format`] writes them as the program does. The rest of the crate is its own.
//!
//! ```
//! use std::path::Path;
//! use std::sync::Arc;
//!
//! use dealcheck::{CheckOptions, Colour, Files, Format, Memory, RenderOptions, Request, Workspace};
//!
//! let contract = "contract: A-1\ncustomer: Acme\nrequirements:\n  - { feature: sso, due: 2027-03-31 }\n";
//! let roadmap = "[features.sso]\nstatus = 'planned'\ntarget = '2027-Q2'\n";
//! let texts = [("/deal.yaml", contract), ("/roadmap.toml", roadmap)];
//! let files: Arc<dyn Files> = Arc::new(Memory::alone(texts.map(|(name, text)| (name.into(), text.into()))));
//! let today = jiff::civil::date(2026, 11, 22);
//! let request = Request { paths: vec!["deal.yaml".into()], ..Request::default() };
//! let workspace = Workspace::find_in(&files, &request, Path::new("/"), CheckOptions::on(today));
//!
//! let run = dealcheck::run(&workspace, |outcome| outcome.findings.to_vec());
//! let lints: Vec<&str> = run.parts.iter().flatten().map(|finding| finding.lint.name).collect();
//! assert_eq!(lints, ["late-feature"]);
//!
//! let mut page = Vec::new();
//! let options = RenderOptions::new(today, Colour::default());
//! let tally = Format::Concise.write(&workspace, &options, &mut page)?;
//! assert!(tally.is_complete());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Words
//!
//! The same in files, code and messages.
//!
//! | word | meaning | type |
//! | --- | --- | --- |
//! | contract | one deal: a file with requirements, draft or signed | [`model::contract::Contract`] |
//! | requirement | what a contract asks for: a feature, for a scope, at a level, by a deadline | [`model::contract::Requirement`] |
//! | promise | a requirement, judged | [`delivery::Promise`] |
//! | roadmap | what the product does, will do and no longer does, with the standard terms | [`model::roadmap::Roadmap`] |
//! | feature | one capability in the roadmap; it is made of offers | [`model::roadmap::Feature`] |
//! | offer | a feature as it is available for one scope and level: status, dates | [`model::roadmap::Offer`] |
//! | scope | named dimensions with values: platform, region, edition | [`model::scope::Scope`] |
//! | cell | one value for each dimension that a requirement names | [`model::scope::Cell`] |
//! | level | a named quantity that a feature reaches: uptime, retention, rate | [`model::roadmap::StatedLevel`] |
//! | deadline | the day by which a requirement must be met | [`model::deadline::Deadline`] |
//! | target | the window in which an offer is planned to ship | [`model::window::Window`] |
//! | delivery | the verdict on a promise: the worst that the roadmap says will happen to it | [`delivery::Delivery`] |
//! | obstacle | one independent reason why a promise cannot be kept as it stands | [`lint::obstacle::Obstacle`] |
//! | standing | what a promise comes to, once waivers and levels are settled | [`lint::obstacle::Standing`] |
//! | lint, finding | a named check, and one thing that it found | [`Lint`], [`Finding`] |
//! | waiver | a recorded, approved exception to a finding | [`model::waiver::Waiver`] |
//! | problem | what could not be read: no finding, and status 2 | [`Problem`] |
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
//! | Word, Markdown and plain text to blocks with the numbers of their clauses | [`document`] |
//! | sentences, and which of them promise what | [`prose`] |
//! | what the web site says is available (`--claims`) | `check/claims.rs`, `prose/claims.rs` |
//! | the documents of a contract | `workspace/documents.rs`, [`prose::documents`] |
//! | a date, a deadline, a quantity, a scope, a status | [`model`], one file or folder each |
//! | a contract, and one with its amendments | [`model::contract`], [`model::amend`], [`workspace::amend`] |
//! | a deadline held against the roadmap: the table of deliveries | [`delivery`] |
//! | what would hold instead, for helps | `delivery::what_if` |
//! | what a lint is, what it is given, what it says | [`lint`], [`lint::context`], [`lint::finding`] |
//! | `[lints]` and flags to a level, and who set it | [`workspace::levels`], `check::levels` |
//! | waivers: which file, which finding | [`workspace::waivers`], [`check::waive`] |
//! | what was there before (`--since`) | [`workspace::previous`] |
//! | the numbers of a run, and their words | [`check::tally`], [`output::summary`] |
//! | which files were checked, with their hashes and their commit | `output/provenance.rs`, `input/committed.rs` |
//! | SARIF, JSON, JUnit, … | `output/sarif.rs`, `output/json.rs`, … |
//! | the documentation of lints, with what their examples give | [`documentation`], [`explain`] |
//! | all deals as data, for commands that count | [`deals`]: [`report`](mod@report), [`gaps`](mod@gaps), [`impact`](mod@impact) |
//! | how good dates were: slips, kept promises, a measured table of plans | [`history`] |
//! | what may be promised | [`sellable`] |
//! | csv, tsv and Excel to rows with the numbers that a spreadsheet shows | [`sheet`] |
//! | which column of another tool's export is what, and a roadmap of its rows | [`import`] |
//! | the contract file that says what documents promise | [`draft`] |
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

mod check;
mod cli;
mod commands;
mod deals;
mod delivery;
mod diagnostic;
mod document;
mod documentation;
mod draft;
mod explain;
mod gaps;
mod history;
mod impact;
mod import;
mod index;
mod input;
mod lint;
mod lints;
mod model;
mod output;
mod prose;
mod report;
mod schema;
mod sellable;
mod sheet;
mod source;
#[cfg(test)]
mod tests;
mod text;
mod workspace;

pub use check::outcome::Outcome;
pub use check::tally::Tally;
pub use check::{Run, Steps, run};
pub use commands::main;
pub use diagnostic::{Diagnostic, Help, Label, Problem, Replacement};
pub use input::discover::Request;
pub use input::files::{Disk, Files, Memory};
pub use lint::finding::Finding;
pub use lint::{Level, Lint};
pub use lints::LINTS;
pub use model::window::Date;
pub use output::{Colour, Format, RenderOptions};
pub use source::{FileId, Source, Sources, Span};
pub use workspace::{CheckOptions, Workspace};

/// What this project's tests hold against the program from outside. No promise is made of it.
#[doc(hidden)]
pub mod internals {
    pub use crate::cli::{Cli, Cmd};
    pub use crate::delivery::Delivery;
    pub use crate::documentation::{example, headings, instead, table};
    pub use crate::explain::markdown;
    pub use crate::input::parse::{Arena, FileFormat, parse};
    pub use crate::input::read::{Role, record_of, role};
    pub use crate::input::records::{ConfigRecord, ContractRecord, RoadmapRecord, WaiversRecord};
    pub use crate::lints::find;
    pub use crate::prose::rules::rules_table;
    pub use crate::schema::SchemaSubject;
}
