//! dealcheck checks what a sales contract promises against what the product can deliver, before somebody signs.
//!
//! This page is the map of the code: which way data flows, where what lives, and what holds everywhere.
//!
//! # Which way data flows
//!
//! ```text
//! paths ─ input ─► records ─ model ─► values ─ delivery ─► verdicts ─ lints ─► findings ─ check ─ output ─► bytes
//! ```
//!
//! 1. [`input`] finds the files of a run, reads each as a tree of nodes with places, and the tree as a record.
//! 2. [`model`] gives a record its meaning: days, quantities, scopes, statuses; a contract, a roadmap.
//! 3. [`delivery`] holds each requirement against the roadmap: a verdict, with what it rests on.
//! 4. [`lints`] put facts into words. A lint is data and one function, from the model to a finding.
//! 5. [`check`] leads contracts through these rooms, and gives findings their levels, waivers and order.
//! 6. [`output`] draws what was found, one file a format.
//!
//! [`commands`] holds one file or folder a command: it turns what was typed ([`cli`]) into a run, reads files in parallel,
//! each once, and writes what came of them in their order.
//!
//! # Where what lives
//!
//! | place | holds |
//! | --- | --- |
//! | [`cli`] | what may be typed; no behaviour |
//! | [`commands`] | one file a command; the clock, the streams, the exit status |
//! | [`input::discover`] | which files a run is about: folders, configurations, groups of contracts with one roadmap |
//! | [`input::pattern`] | the paths and patterns of a configuration, read in one way |
//! | [`input::files`] | where files are read: a disk, memory, a commit; [`input::files::Files`] |
//! | [`input::revision`] | which git revision is meant, what was asked for as it was then, and what is called otherwise today |
//! | [`input::parse`] | text to tree: YAML, TOML, JSON |
//! | [`input::decode`] | tree to record: the shape of what was written; [`input::decode::Field`] |
//! | [`input::records`] | every key of every file |
//! | [`input::shape`] | the same records, told to editors |
//! | [`input::source`] | a file's text, its lines, and [`input::source::Span`], a place in a file |
//! | [`diagnostic`] | a message about places; [`diagnostic::Problem`], what the tool could not read |
//! | [`model`] | values that parse, print and compare, with their properties beside them |
//! | [`delivery`] | the table of deliveries |
//! | [`lint`] | what a lint is: its name, summary, default level, options, and what it looks at |
//! | [`lint::finding`] | a finding: what a lint says |
//! | [`lint::run`] | what lints are given: the day, the roadmap, the settings |
//! | [`lint::settings`] | how each lint is set, and who set it |
//! | [`lint::active`] | the lints that are on, sorted by what they look at |
//! | [`lint::portfolio`] | what all contracts of a group promise together |
//! | [`lint::exception`] | a waiver held against a finding, and who may decide |
//! | [`lints`] | the lints, one file each, and the words that several share |
//! | [`workspace::levels`] | `[lints]` and flags to levels, and who set each |
//! | [`check::waive`] | which waiver covers which finding |
//! | `check::amend` | which contracts amend which |
//! | [`check::survey`] | what lint would find, for commands that draw nothing |
//! | [`check::known`] | what an older version was found to have, which is not reported again |
//! | [`workspace::group`] | a configuration, its roadmap and waivers, and the contracts that are read for them |
//! | `commands::round` | one round over all contracts, in parallel and in order, for every command that reads them all |
//! | [`deals`] | all deals as data, for commands that count |
//! | [`sellable`] | what may be promised: features held, one by one, against what lint would say of them |
//! | [`output`] | the formats of `lint`, a file each; the summary |
//! | [`output::promises`] | promises as rows, for formats that list the worst first |
//! | [`gaps`](mod@gaps) | what was promised and does not exist, by feature and scope |
//! | [`report`](mod@report) | deals counted by contract, feature, seller, team, customer or quarter, one file a format |
//! | [`report::html`] | the page of a portfolio: summary, timeline, matrix, details |
//! | [`impact`](mod@impact) | deals judged with two roadmaps, and what differs; one file a format |
//! | [`promises`](mod@promises) | a file of promises that names nobody: written, and read again |
//! | [`explain`] | the documentation of a lint as a page, a line of a table, and the files of its example |
//! | [`schema`] | JSON Schemas of the files and of the JSON output, for editors and programs |
//! | [`text`] | text from files, made safe to show; lists, distances, nearest names |
//!
//! # What holds everywhere
//!
//! - **A room knows those before it, never those after.** [`input`] with [`diagnostic`], [`model`], [`delivery`], [`lint`],
//!   [`lints`], [`check`], [`output`] with [`explain`], then what commands count, then [`cli`] and [`commands`]: a test
//!   reads the imports.
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
//! - **Files are read through [`input::files::Files`] alone, and the clock by [`commands`] alone.** [`workspace::group`] and
//!   `check::amend` say which file is next, and [`commands`] has contracts read again that a finding about several
//!   of them points into; to add to a file of waivers, `commands::waive` reads it as it is, mark by mark. The model, the
//!   delivery and the lints read nothing. Everything is given the day, and would give the same for it on any other. Only
//!   [`commands`] writes files: whole, or not at all.
//! - **The same input gives the same bytes**, whatever the number of threads. Files are drawn in parallel and
//!   written in order; findings are ordered by place; no order of a hash map reaches what is written.
//! - **Messages are clean.** All text that enters a [`diagnostic::Diagnostic`] is made safe to show there: control
//!   and bidirectional characters are made visible, once, for every format.
//! - **Memory is for what is found, not for what is read.** Each thread forgets a file before it reads the next. What
//!   stays of a contract is its path, its id and where that stands, its value where a promise of it is broken, what it
//!   promises that is not there ([`lint::portfolio::Commitment`]), and what the format says of it: the last file may
//!   be an amendment of the first, so nothing is written before all have been read. Amendments and what they amend
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
