//! `dealcheck report`: what was promised, as a page.

use std::io::{self, Write};

use crate::check::group::Asked;
use crate::cli::ReportArgs;
use crate::input::discover::Request;
use crate::model::window::Date;
use crate::report::html;

use super::Exit;
use super::gather::gather;
use super::round::Round;

/// Writes the page.
pub(super) fn run(args: &ReportArgs, today: Date) -> io::Result<Exit> {
    let round = Round {
        request: Request { paths: args.paths.clone(), config: None, roadmap: Vec::new(), stdin_name: None },
        asked: Asked { today, levels: Vec::new(), deny_warnings: false },
        verbose: false,
        folder: &std::env::current_dir()?,
    };
    let gathered = gather(&round, Some(&html::draw), false)?;
    let page = html::Page {
        today,
        product: None,
        deals: &gathered.deals,
        rest: &gathered.rest,
        tally: &gathered.tally,
    };
    io::stdout().write_all(html::page(&page).as_bytes())?;
    Ok(Exit::of(&gathered.tally))
}
