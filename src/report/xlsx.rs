//! A workbook for people who ask their own questions: days are days, amounts are numbers, and no text is a formula.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::deals::{Deal, DrawnFinding};
use crate::model::waiver::Subject;
use crate::model::window::Date;
use crate::text::{clean, clean_truncated};

use super::column::Column;
use super::promise::{COLUMNS, CellValue, lints, rows};
use super::{Grouping, Line, Report};

/// The most characters of a cell: Excel takes no more than 32,767, and a longer one would fail the whole workbook.
const MAX_CELL_CHARS: usize = 32_000;

/// Writes a report: a sheet each for contracts, promises, findings and terms, or where the lines are promises, these alone.
/// `rest` has the findings that are about no contract.
pub(crate) fn xlsx(report: &Report<'_>, rest: &[DrawnFinding]) -> Result<Vec<u8>, String> {
    workbook(report, rest).map_err(|error| format!("no workbook holds it: {error}"))
}

fn workbook(report: &Report<'_>, rest: &[DrawnFinding]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The day of the report, so that the same input gives the same bytes.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day(report.today)?));
    let mut add = |name: &str, header: &[&str], rows: &[Vec<CellValue>]| {
        fill(workbook.add_worksheet().set_name(name)?, header, rows)
    };
    if report.by != Grouping::Promise {
        let header: Vec<String> = CONTRACT_COLUMNS.iter().flat_map(|column| headings(*column)).collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        add("contracts", &header, &report.lines.iter().filter_map(contract).collect::<Vec<_>>())?;
    }
    let promises: Vec<Vec<CellValue>> = rows(report).into_iter().map(Vec::from).collect();
    add("promises", &COLUMNS, &promises)?;
    if report.by != Grouping::Promise {
        let found =
            report.deals.iter().flat_map(|deal| deal.findings.iter().map(move |drawn| (Some(*deal), drawn)));
        let found = found.chain(rest.iter().map(|drawn| (None, drawn)));
        let found: Vec<_> = found.map(|(deal, drawn)| finding(deal, drawn)).collect();
        add(
            "findings",
            &["contract", "customer", "file", "about", "lint", "level", "finding", "waived"],
            &found,
        )?;
        let terms: Vec<_> = report.deals.iter().flat_map(|deal| terms(deal)).collect();
        add("terms", &["contract", "customer", "file", "term", "value", "lints", "waived"], &terms)?;
    }
    workbook.save_to_buffer()
}

/// What the sheet of contracts shows.
const CONTRACT_COLUMNS: [Column; 17] = [
    Column::Name,
    Column::Customer,
    Column::Seller,
    Column::Status,
    Column::File,
    Column::Signing,
    Column::End,
    Column::Value,
    Column::Promises,
    Column::Shipped,
    Column::OnTrack,
    Column::Tight,
    Column::Broken,
    Column::Waived,
    Column::Unjudged,
    Column::NextDeadline,
    Column::Waivers,
];

/// The headings of a column; an amount has its currency beside it.
fn headings(column: Column) -> Vec<String> {
    let title = column.title(Grouping::Contract);
    if column == Column::Value { vec![title, "currency".to_owned()] } else { vec![title] }
}

fn contract(line: &Line<'_>) -> Option<Vec<CellValue>> {
    let deal = line.deal?;
    let latest =
        |window: Option<crate::model::window::Window>| CellValue::day(window.map(|window| window.latest));
    let values = CONTRACT_COLUMNS.iter().flat_map(|column| match column {
        Column::Signing => vec![latest(deal.signing)],
        Column::End => vec![latest(deal.end)],
        Column::Value => match deal.own_value() {
            Some(value) => {
                vec![CellValue::Amount(value.amount), CellValue::Text(value.currency.code().to_owned())]
            }
            None => vec![CellValue::Nothing, CellValue::Nothing],
        },
        column => vec![column.value(line)],
    });
    Some(values.collect())
}

/// The cells that name a contract.
fn contract_cells(deal: Option<&Deal>) -> Vec<CellValue> {
    let text = |text: Option<&String>| CellValue::text(text);
    vec![
        text(deal.and_then(|deal| deal.id.as_ref())),
        text(deal.and_then(|deal| deal.customer.as_ref())),
        text(deal.map(|deal| &deal.file)),
    ]
}

fn finding(deal: Option<&Deal>, DrawnFinding { finding, .. }: &DrawnFinding) -> Vec<CellValue> {
    let about = match &finding.subject {
        Subject::Contract => finding.feature.as_ref().map(|feature| clean(feature).into_owned()),
        Subject::Requirement(name) | Subject::Term(name) => Some(clean(name).into_owned()),
    };
    let own = [
        CellValue::text(about.as_ref()),
        CellValue::Text(finding.lint.name.to_owned()),
        CellValue::Text(finding.level.name().to_owned()),
        CellValue::Text(finding.diagnostic.title.clone()),
        CellValue::Text(if finding.waived.is_some() { "yes" } else { "no" }.to_owned()),
    ];
    contract_cells(deal).into_iter().chain(own).collect()
}

fn terms(deal: &Deal) -> Vec<Vec<CellValue>> {
    let row = |(name, value): &(String, Option<String>)| {
        let about = |drawn: &&DrawnFinding| drawn.is_about_term(name);
        let own = [
            CellValue::Text(name.clone()),
            CellValue::text(value.as_ref()),
            lints(deal, about, false),
            lints(deal, about, true),
        ];
        contract_cells(Some(deal)).into_iter().chain(own).collect()
    };
    deal.terms.iter().map(row).collect()
}

/// Fills a sheet. Its header stays in sight.
fn fill(sheet: &mut Worksheet, header: &[&str], rows: &[Vec<CellValue>]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let days = Format::new().set_num_format("yyyy-mm-dd");
    for (column, title) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
    }
    for (number, row) in (1..).zip(rows) {
        for (column, value) in (0..).zip(row) {
            match value {
                CellValue::Nothing => {}
                CellValue::Day(date) => {
                    sheet.write_datetime_with_format(number, column, day(*date)?, &days)?;
                }
                CellValue::Integer(whole) => {
                    // Excel knows no other numbers.
                    sheet.write_number(number, column, *whole as f64)?;
                }
                CellValue::Amount(amount) => {
                    sheet.write_number(number, column, amount.to_f64().unwrap_or_default())?;
                }
                CellValue::Text(_) | CellValue::List(_) => {
                    let text = value.to_text();
                    if !text.is_empty() {
                        sheet.write_string(number, column, clean_truncated(&text, MAX_CELL_CHARS))?;
                    }
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    Ok(())
}

fn day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), part(day.month()), part(day.day()))
}
