//! `waive`.

use std::path::PathBuf;

use clap::Args;

use crate::model::waiver::Expiry;
use crate::model::window::{Date, Window};

use super::{SourceArgs, day, some_text};

pub(super) const WAIVE_USAGE: &str = "\
dealcheck waive <CONTRACT> [REQUIREMENT] <LINT> --reason <TEXT> --approved-by <WHO> --expires <DATE> [OPTIONS]
       dealcheck waive <CONTRACT> --term <TERM> <LINT> --reason <TEXT> --approved-by <WHO> --expires <DATE> [OPTIONS]
       dealcheck waive --all-findings [CONTRACT]... --reason <TEXT> --approved-by <WHO> --expires <DATE> [OPTIONS]";

pub(super) const WAIVE_HELP: &str = "\
What `dealcheck lint` would not accept is refused: a finding that is not there, somebody who may
not decide, a day that has passed. The file keeps its comments and its layout.

Exit status:
  0  the waiver is written; with --all-findings, one for every finding of a contract
  1  --all-findings: some findings could not be waived, and are listed
  2  refused: nothing is written

Examples:
  dealcheck waive ACME-2026-014 R2 late-feature --approved-by priya@vendor.example \\
      --expires 2027-09-30 --reason \"Launch partner: takes the beta until the release.\"
  dealcheck waive ACME-2026-014 --term payment off-standard-term --approved-by cfo@vendor.example \\
      --expires 2027-09-30 --reason \"Paid in advance for the first year.\"
  dealcheck waive --all-findings --approved-by priya@vendor.example --expires 2027-06-30 \\
      --reason \"Found when dealcheck was set up; each is looked at by June.\"";

/// Arguments of `waive`.
#[derive(Debug, Args)]
pub struct WaiveArgs {
    /// The contract, by its id or its file; the requirement, unless the finding is about a term or the contract as
    /// a whole; the lint. With --all-findings: contracts, or files and folders of them
    #[arg(value_name = "CONTRACT [REQUIREMENT] LINT", num_args = 0..)]
    pub what: Vec<String>,

    /// The commercial term that the finding is about, instead of a requirement
    #[arg(long, value_name = "TERM", conflicts_with = "all_findings")]
    pub term: Option<String>,

    /// Why it is accepted
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub reason: String,

    /// Who accepts it: a mail address; once more for each where several decide together
    #[arg(long, value_name = "WHO", value_parser = some_text, required = true)]
    pub approved_by: Vec<String>,

    /// The last day on which the waiver holds; `end` for that of the contract
    #[arg(long, value_name = "DATE", value_parser = expiry)]
    pub expires: Expiry,

    /// By which clause or letter the customer knows of what cannot be kept
    #[arg(long, value_name = "TEXT", value_parser = some_text, conflicts_with = "all_findings")]
    pub disclosed: Option<String>,

    /// The day of the decision, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub approved_on: Option<Date>,

    /// The latest day of delivery that is accepted, instead of the one that is expected now
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "all_findings")]
    pub accepts: Option<Date>,

    /// Accept every finding of the contracts as it is today: for those who begin with dealcheck late
    #[arg(long)]
    pub all_findings: bool,

    /// The file of waivers, instead of the one that is configured or nearest
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,
}

/// A day, or the end of the contract.
fn expiry(text: &str) -> Result<Expiry, String> {
    match text {
        Expiry::END => Ok(Expiry::End),
        text => day(text).map(|day| Expiry::On(Window::day(day))),
    }
}
