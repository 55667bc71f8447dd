//! A table for spreadsheets: RFC 4180, a column for each currency.

use std::collections::BTreeSet;

use ::csv::Writer;

use crate::model::money::Currency;
use crate::sheet::inert;

use super::column::Column;
use super::promise::{COLUMNS, ReportedValue, rows};
use super::{Grouping, Line, Numbers, Report};

/// Writes a report. Amounts have a column for each currency, so that a spreadsheet can add them up.
pub(crate) fn csv(report: &Report<'_>, columns: &[Column]) -> String {
    if report.by == Grouping::Promise {
        return promises(report);
    }
    let total = &report.total;
    // An amendment is worth nothing of its own, and may be the only one at risk in its currency.
    let amounts = [total.value(), total.value_at_risk(), total.remedies.total(), total.cost()];
    let currencies: BTreeSet<Currency> =
        amounts.iter().flat_map(|sums| sums.iter().map(|sum| sum.currency)).collect();
    let columns: Vec<(Column, Option<Currency>)> = columns
        .iter()
        .flat_map(|column| {
            let of_money = column.money(&Numbers::default()).is_some();
            let split =
                currencies.iter().filter(move |_| of_money).map(|currency| (*column, Some(*currency)));
            let plain = (!of_money).then_some((*column, None));
            plain.into_iter().chain(split)
        })
        .collect();
    let mut writer = Writer::from_writer(Vec::new());
    let header = columns.iter().map(|(column, currency)| {
        let title = column.title(report.by);
        currency.map_or_else(|| title.to_owned(), |currency| format!("{title} {currency}"))
    });
    // A vector takes all that is written, and all records have the same length.
    let _ = writer.write_record(header);
    for line in &report.lines {
        let _ = writer.write_record(columns.iter().map(|&(column, currency)| cell(line, column, currency)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn promises(report: &Report<'_>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    // A vector takes all that is written, and all records have the same length.
    let _ = writer.write_record(COLUMNS);
    for row in rows(report) {
        let _ = writer.write_record(row.iter().map(|value| match value {
            // A number below zero is no formula.
            ReportedValue::Whole(number) => number.to_string(),
            other => inert(other.written()),
        }));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn cell(line: &Line<'_>, column: Column, currency: Option<Currency>) -> String {
    match (column, currency) {
        (column, Some(currency)) => column.amount(&line.numbers, currency).unwrap_or_default(),
        (Column::Coverage, None) => {
            line.numbers.coverage().map(|share| share.to_string()).unwrap_or_default()
        }
        (Column::Name, None) => inert(line.name.clone().unwrap_or_default()),
        // A number below zero is no formula, and the words are our own.
        (Column::SlackAtSigning | Column::Slack, None) => column.cell(line),
        (column, None) => inert(column.cell(line)),
    }
}
