//! A table for spreadsheets: RFC 4180, a column for each currency.

use std::collections::BTreeSet;

use crate::model::money::Currency;
use crate::sheet::{self, inert};

use super::column::Column;
use super::promise::{COLUMNS, CellValue, rows};
use super::{Grouping, Line, Report};

/// Writes a report. Amounts have a column for each currency, so that a spreadsheet can add them up.
pub(crate) fn csv(report: &Report<'_>, columns: &[Column]) -> String {
    if report.by == Grouping::Promise {
        return promises(report);
    }
    let total = &report.total.totals;
    // An amendment is worth nothing of its own, and may be the only one at risk in its currency.
    let amounts = [total.value(), total.value_at_risk(), total.remedies.total(), total.cost()];
    let currencies: BTreeSet<Currency> =
        amounts.iter().flat_map(|sums| sums.iter().map(|sum| sum.currency)).collect();
    let columns: Vec<(Column, Option<Currency>)> = columns
        .iter()
        .flat_map(|column| {
            let own: Vec<Option<Currency>> =
                if column.is_money() { currencies.iter().copied().map(Some).collect() } else { vec![None] };
            own.into_iter().map(|currency| (*column, currency))
        })
        .collect();
    let header = columns.iter().map(|(column, currency)| match (column.title(report.by), currency) {
        (title, Some(currency)) => format!("{title} {currency}"),
        (title, None) => title,
    });
    let row = |line| columns.iter().map(|&(column, currency)| cell(line, column, currency)).collect();
    sheet::csv(std::iter::once(header.collect()).chain(report.lines.iter().map(row)))
}

fn promises(report: &Report<'_>) -> String {
    let cell = |value: &CellValue| match value {
        // A number below zero is no formula.
        CellValue::Integer(number) => number.to_string(),
        other => inert(other.to_text()),
    };
    let rows = rows(report).into_iter().map(|row| row.iter().map(cell).collect());
    sheet::csv(std::iter::once(COLUMNS.map(str::to_owned).to_vec()).chain(rows))
}

fn cell(line: &Line<'_>, column: Column, currency: Option<Currency>) -> String {
    match (column, currency) {
        (column, Some(currency)) => column.amount(&line.totals, currency).unwrap_or_default(),
        (Column::Coverage, None) => line.totals.coverage().map(|share| share.to_string()).unwrap_or_default(),
        (Column::Name, None) => inert(line.name.clone().unwrap_or_default()),
        // A number below zero is no formula, and the words are our own.
        (Column::SlackAtSigning | Column::Slack, None) => column.cell(line),
        (column, None) => inert(column.cell(line)),
    }
}
