//! `dealcheck report`: all deals as one picture.

use std::collections::BTreeSet;
use std::io::Write as _;

use crate::cli::{ReportArgs, ReportFormat};
use crate::deals::Deal;
use crate::diagnostic::Problem;
use crate::model::window::Date;
use crate::output::Colour;
use crate::output::provenance::ProvenanceJson;
use crate::report::column::{Column, default_csv_columns};
use crate::report::{
    Grouping, Report, csv, digest, html, ics, json, markdown, promised_days, report, terminal, xlsx,
};
use crate::workspace::CheckOptions;

use super::deals::{self, DealNeeds, Deals, DrawFinding};
use super::destination::Destination;
use super::log::warn;
use super::{Ending, Exit, since, table_width};

/// Gathers deals and writes the report.
pub(super) fn run(args: &ReportArgs, today: Date, colour: Colour) -> Ending {
    let mut columns = columns(args)?;
    let mut to = Destination::of(args.to.output.as_deref())?;
    let is_page = args.format == ReportFormat::Html;
    let draw: Option<&DrawFinding> = if is_page { Some(&html::draw) } else { None };
    // Only a page and rows of promises show what a contract says.
    let shows_promises = args.by == Grouping::Promise || args.format == ReportFormat::Xlsx;
    let shows_texts = is_page || shows_promises;
    let trim = |deal: &mut Deal| {
        for promise in &mut deal.promises {
            promise.text = promise.text.take().filter(|_| shows_texts);
            promise.chance = promise.chance.take().filter(|_| is_page);
        }
        // Elsewhere waivers are counted, and no findings are shown.
        deal.findings.retain(|drawn| shows_texts || drawn.finding.waived.is_some());
        deal.findings.shrink_to_fit();
    };
    let folder = std::env::current_dir()?;
    let tells_chances = matches!(args.format, ReportFormat::Html | ReportFormat::Json);
    // No chance is told by seller.
    let is_by_seller = args.by == Grouping::Seller;
    let chances = columns.contains(&Column::Chance) || tells_chances && !is_by_seller && args.since.is_none();
    let history = columns.contains(&Column::SlackAtSigning) || shows_promises;
    let options = CheckOptions { chances, history, ..CheckOptions::on(today) };
    let workspace = deals::workspace(&args.deals, &folder, options);
    let with_files = is_page || args.format == ReportFormat::Json;
    let deals = deals::collect(
        &workspace,
        DealNeeds { draw, trim: &trim, with_files, with_silent: false },
        colour.err,
    )?;
    if deals.leaves_people_out {
        let names_people = |column: &Column| matches!(column, Column::Seller | Column::Owner);
        if matches!(args.by, Grouping::Seller | Grouping::Team) || args.columns.iter().any(names_people) {
            let title =
                "`people = \"off\"` in dealcheck.toml leaves sellers, owners and teams out of reports";
            let help =
                "report by contract, feature, customer or deadline, without the columns `seller` and `owner`";
            return Err(Problem::of_run(title).help(help).into());
        }
        columns.retain(|column| !names_people(column));
    }
    if let Some(revision) = &args.since {
        let request = args.deals.source.request(&args.deals.paths);
        let (older, revision) = since::older_deals(revision, &request, &folder, today)?;
        warn(&revision.caveat)?;
        if older.tally.problems > 0 {
            let title = format!("not all of {} could be read: what it promised counts as new", revision.name);
            warn([title])?;
        }
        to.finish(&digest(&deals.deals, &promised_days(&older.deals), &revision.name, &notice(&deals)))?;
        return Ok(Exit::of_reading(deals.tally.is_complete()));
    }
    let report = report(&deals.deals, &deals.tally, args.by, today, notice(&deals));
    if args.format == ReportFormat::Xlsx {
        let workbook = xlsx(&report, &deals.rest).map_err(Problem::of_run)?;
        // Bytes, not lines.
        to = to.of_commands();
        to.write_all(&workbook)?;
        to.commit()?;
    } else {
        to.finish(&drawn(&deals, &report, args, &columns, today))?;
    }
    Ok(Exit::of_reading(deals.tally.is_complete()))
}

fn drawn(deals: &Deals, report: &Report<'_>, args: &ReportArgs, columns: &[Column], today: Date) -> String {
    match args.format {
        ReportFormat::Text => terminal(report, columns, table_width(args.to.output.is_none())),
        ReportFormat::Markdown => markdown(report, columns),
        ReportFormat::Csv => csv(report, columns),
        ReportFormat::Json => json(report, &ProvenanceJson::of(deals.files.clone())),
        ReportFormat::Ics => ics(report),
        ReportFormat::Html => page(deals, today),
        // Bytes, which are no text.
        ReportFormat::Xlsx => String::new(),
    }
}

/// What stands under a report: the companies' own words, or what a report is and is not.
fn notice(deals: &Deals) -> String {
    let own: Vec<&str> = deals.notices.iter().map(String::as_str).collect();
    if !own.is_empty() {
        return own.join(" ");
    }
    let roadmap = deals.tally.reviews.words();
    format!("Compares files with {roadmap}. Plans may change. No legal or accounting conclusion. Internal.")
}

fn page(deals: &Deals, today: Date) -> String {
    let products: BTreeSet<Option<&str>> = deals.deals.iter().map(|deal| deal.product.as_deref()).collect();
    // A page about several products is about none of them.
    let product = products.iter().next().copied().flatten().filter(|_| products.len() == 1);
    let notice = &notice(deals);
    let provenance = &ProvenanceJson::of(deals.files.clone());
    let Deals { deals, rest, tally, .. } = deals;
    html::page(&html::Page { today, product, deals, rest, tally, notice, provenance })
}

/// The columns that were chosen; of those that were not, what suits the format.
fn columns(args: &ReportArgs) -> Result<Vec<Column>, Problem> {
    let by = args.by;
    let is_digest =
        by == Grouping::Team && matches!(args.format, ReportFormat::Text | ReportFormat::Markdown);
    if args.since.is_some() && !(is_digest && args.columns.is_empty()) {
        let title = "`--since` tells what was newly promised of what each team owns, as markdown";
        return Err(Problem::of_run(title).help("write `dealcheck report --since REV --by team`"));
    }
    let has_columns = matches!(args.format, ReportFormat::Text | ReportFormat::Markdown | ReportFormat::Csv);
    if !args.columns.is_empty() && !has_columns {
        let title = "`--columns` chooses the columns of a table, and this format has none";
        return Err(Problem::of_run(title).help("use it with `--format text`, `markdown` or `csv`"));
    }
    if args.format == ReportFormat::Xlsx && args.to.output.is_none() {
        let title = "a workbook is a file, and none is named for it";
        return Err(Problem::of_run(title).help("add `--output deals.xlsx`"));
    }
    if by == Grouping::Promise && matches!(args.format, ReportFormat::Text | ReportFormat::Markdown) {
        let title = "promises one by one are for programs, and have more columns than a page has room for";
        return Err(Problem::of_run(title).help("use `--format csv`, `json` or `xlsx`"));
    }
    if args.format == ReportFormat::Xlsx && !matches!(by, Grouping::Contract | Grouping::Promise) {
        let title = format!("a workbook has no sheet by {}", by.name());
        return Err(Problem::of_run(title).help("leave `--by` out, or use `--by promise` for promises alone"));
    }
    if by != Grouping::Contract && matches!(args.format, ReportFormat::Ics | ReportFormat::Html) {
        let title = "`--by` says what the lines of a table are about, and this format has none";
        return Err(Problem::of_run(title).help("leave it out, or use another format"));
    }
    if args.columns.contains(&Column::Chance) && args.columns.contains(&Column::Seller) {
        let title = "a chance is told of a deal, and never of who sells it";
        return Err(Problem::of_run(title).help("leave out the column `seller`, or the column `chance`"));
    }
    if let Some(column) = args.columns.iter().find(|column| !column.applies_to(by)) {
        let title = format!("the column \"{}\" says nothing about a {}", column.title(by), by.name());
        let others =
            if column.applies_to(Grouping::Contract) { Grouping::Contract } else { Grouping::Feature };
        return Err(
            Problem::of_run(title).help(format!("use it with `--by {}`, or leave it out", others.name()))
        );
    }
    Ok(match args.format {
        ReportFormat::Csv if args.columns.is_empty() => default_csv_columns(by),
        _ => args.columns.clone(),
    })
}
