//! Features against contracts: who was promised what, and what becomes of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::deals::{DealFeature, DealJudgement, FeatureKey};
use crate::lint::obstacle::Standing;

use super::selection::{MAX_MATRIX_COLUMNS, MAX_MATRIX_ROWS, OpenDeal, PageSelection, left_out};
use super::words::{Mark, given, number, plural};

/// The worst judgement for each contract across.
type Cells<'a> = [Option<&'a DealJudgement>; MAX_MATRIX_COLUMNS];

/// A feature down the matrix.
struct MatrixRow<'a> {
    feature: &'a DealFeature,
    cells: Cells<'a>,
    /// Contracts of the whole portfolio that promise it.
    promised: usize,
    /// Those of them that cannot be kept for it.
    broken: usize,
    /// Those for which it has shipped.
    kept: usize,
}

/// The matrix; none where no contract promises a feature.
pub(super) fn table(selection: &PageSelection<'_>) -> Option<Markup> {
    let across = &selection.entries[..selection.entries.len().min(MAX_MATRIX_COLUMNS)];
    let mut rows = rows(selection);
    if rows.is_empty() {
        return None;
    }
    let features = rows.len();
    if selection.counts_kept() {
        rows.retain(|row| row.kept < row.promised);
    }
    let kept = features - rows.len();
    let further = rows.len().saturating_sub(MAX_MATRIX_ROWS);
    rows.truncate(MAX_MATRIX_ROWS);
    let contracts = selection.entries.len() - across.len();
    Some(html! {
        p.intro {
            "Who was promised what, the features that break most promises first: in how many contracts a feature is "
            "promised, in how many of them it cannot be kept, and the verdict in each."
        }
        @if !rows.is_empty() { div.scroll.wide role="group" tabindex="0" aria-label="Features by contract" {
            table.matrix {
                caption { span { "The verdict on each feature in each contract that promises it" } }
                thead { tr {
                    th scope="col" { "Feature" }
                    th.number scope="col" { "Promised" }
                    th.number scope="col" { "Broken" }
                    @for entry in across { th scope="col" { (heading(entry, selection)) } }
                } }
                tbody { @for row in &rows { (line(row, across.len())) } }
            }
        } }
        @if kept > 0 {
            p.aside {
                (plural(
                    kept,
                    "further feature has shipped for every contract that promises it.",
                    "further features have shipped for every contract that promises them."
                ))
            }
        }
        (left_out(further, "further features are not shown"))
        @if !rows.is_empty() { (left_out(contracts, "further contracts have no column")) }
    })
}

fn heading(entry: &OpenDeal<'_>, selection: &PageSelection<'_>) -> Markup {
    html! {
        (selection.link(entry.deal, entry.deal.name()))
        @if let Some(customer) = &entry.deal.customer { span.under { (given(customer)) } }
    }
}

fn rows<'a>(selection: &PageSelection<'a>) -> Vec<MatrixRow<'a>> {
    let mut rows: BTreeMap<FeatureKey, MatrixRow<'a>> = BTreeMap::new();
    for (at, entry) in selection.entries.iter().enumerate() {
        for (feature, judgement) in worst_by_feature(entry) {
            let row = rows.entry(feature).or_insert_with(|| MatrixRow {
                feature: &judgement.feature,
                cells: [None; MAX_MATRIX_COLUMNS],
                promised: 0,
                broken: 0,
                kept: 0,
            });
            row.promised += 1;
            row.broken += usize::from(judgement.standing == Standing::Broken);
            row.kept += usize::from(Mark::of_judgement(judgement) == Mark::Kept);
            if let Some(cell) = row.cells.get_mut(at) {
                *cell = Some(judgement);
            }
        }
    }
    let mut rows: Vec<MatrixRow<'a>> = rows.into_values().collect();
    let open = |row: &MatrixRow<'_>| row.promised - row.kept;
    rows.sort_by_key(|row| (Reverse(row.broken), Reverse(open(row)), Reverse(row.promised)));
    rows
}

fn worst_by_feature<'a>(entry: &OpenDeal<'a>) -> BTreeMap<FeatureKey, &'a DealJudgement> {
    let mut worst: BTreeMap<FeatureKey, &'a DealJudgement> = BTreeMap::new();
    for judgement in entry.deal.promises.iter().flat_map(|promise| &promise.judgements) {
        let so_far = worst.entry(judgement.feature.key()).or_insert(judgement);
        if (judgement.standing, judgement.delivery) > (so_far.standing, so_far.delivery) {
            *so_far = judgement;
        }
    }
    worst
}

fn line(row: &MatrixRow<'_>, across: usize) -> Markup {
    html! {
        tr {
            th scope="row" {
                (given(&row.feature.title))
                @if row.feature.title != row.feature.id { span.under { (given(&row.feature.id)) } }
            }
            td.number { (number(row.promised)) }
            td.number { (Mark::Broken.count(row.broken)) }
            @for judgement in row.cells.iter().take(across) {
                td { @if let Some(judgement) = judgement { (cell(judgement)) } }
            }
        }
    }
}

fn cell(judgement: &DealJudgement) -> Markup {
    html! {
        (Mark::of_judgement(judgement).with(&judgement.verdict()))
        @if !judgement.cell.is_empty() { span.under { "for " (given(&judgement.cell.to_string())) } }
    }
}
