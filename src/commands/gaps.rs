//! `dealcheck gaps`: what was promised and does not exist.

use crate::cli::{GapsArgs, GapsFormat};
use crate::gaps::{csv, gaps, json, keep_unmet, markdown, text};
use crate::model::window::Date;
use crate::output::Colour;
use crate::workspace::CheckOptions;

use super::deals::{self, DealNeeds};
use super::destination::Destination;
use super::{Ending, Exit, table_width};

/// Gathers deals and writes their gaps.
pub(super) fn run(args: &GapsArgs, today: Date, colour: Colour) -> Ending {
    let to = Destination::of(args.to.output.as_deref())?;
    let options = CheckOptions { documents: false, ..CheckOptions::on(today) };
    let workspace = deals::workspace(&args.deals, &std::env::current_dir()?, options);
    let deals = deals::collect(
        &workspace,
        DealNeeds { draw: None, trim: &keep_unmet, with_files: false, with_silent: false },
        colour.err,
    )?;
    let gaps = gaps(&deals.deals, &deals.tally, today);
    let drawn = match args.format {
        GapsFormat::Text => text(&gaps, table_width(args.to.output.is_none())),
        GapsFormat::Markdown => markdown(&gaps),
        GapsFormat::Csv => csv(&gaps),
        GapsFormat::Json => json(&gaps),
    };
    to.finish(&drawn)?;
    Ok(Exit::of_reading(deals.tally.is_complete()))
}
