//! Gaps as a table: for a terminal, a page or a spreadsheet.

use std::collections::BTreeSet;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

use crate::model::money::{Currency, Sums};
use crate::output::escape_markdown as escape;
use crate::sheet::inert;
use crate::text::{count, plural};

use super::{Contracts, Demand, Gap, Gaps, MissingScope};

const HEAD: [&str; 8] = ["feature", "for", "missing", "signed", "drafts", "lost", "needed by", "expected"];

/// A row: a feature, or below it a scope for which it is missing.
enum GapRow<'g> {
    /// A feature that is missing for one scope, or for all.
    Whole(&'g Gap, &'g MissingScope),
    /// A feature that is missing for several scopes.
    Feature(&'g Gap),
    /// One of the scopes.
    Scope(&'g MissingScope),
}

impl GapRow<'_> {
    fn demand(&self) -> &Demand {
        match self {
            GapRow::Whole(gap, _) | GapRow::Feature(gap) => &gap.demand,
            GapRow::Scope(missing) => &missing.demand,
        }
    }

    fn cells(&self, money: &dyn Fn(&Contracts) -> String) -> [String; 8] {
        let demand = self.demand();
        let (name, missing) = match self {
            GapRow::Whole(gap, missing) => (named(gap), Some(missing)),
            GapRow::Feature(gap) => (named(gap), None),
            GapRow::Scope(missing) => (String::new(), Some(missing)),
        };
        let scope = missing.map(|missing| missing.cell.to_string()).unwrap_or_default();
        let scope = if scope.is_empty() && missing.is_some() { "all".to_owned() } else { scope };
        let expected = missing.and_then(|missing| missing.expected).map(|window| window.latest.to_string());
        [
            name,
            scope,
            missing.map(|missing| missing.words()).unwrap_or_default(),
            money(&demand.signed),
            money(&demand.drafts),
            money(&demand.lost),
            demand.needed_by.map(|day| day.to_string()).unwrap_or_default(),
            expected.unwrap_or_default(),
        ]
    }
}

fn rows(gaps: &Gaps) -> impl Iterator<Item = GapRow<'_>> {
    gaps.gaps.iter().flat_map(|gap| match gap.missing.as_slice() {
        [one] => vec![GapRow::Whole(gap, one)],
        several => {
            let scopes = several.iter().map(GapRow::Scope);
            std::iter::once(GapRow::Feature(gap)).chain(scopes).collect()
        }
    })
}

fn named(gap: &Gap) -> String {
    if gap.also.is_empty() {
        gap.title.clone()
    } else {
        format!("{} (also {})", gap.title, gap.also.join(", "))
    }
}

/// `2 contracts, 1900000 EUR` in one sentence: what is missing, and what hangs on it.
fn headline(gaps: &Gaps) -> String {
    let errors = gaps
        .roadmap_errors
        .1
        .iter()
        .map(|errors| format!("; the roadmap has {errors}: run `dealcheck lint`"));
    missing(gaps) + &errors.collect::<String>()
}

fn missing(gaps: &Gaps) -> String {
    let unknown = gaps.gaps.iter().filter(|gap| !gap.is_known).count();
    let mut headline = if gaps.complete { String::new() } else { "of what could be read, ".to_owned() };
    if gaps.gaps.is_empty() {
        return headline + "nothing that was promised is missing";
    }
    headline += &plural(gaps.gaps.len(), "feature is missing", "features are missing");
    if unknown > 0 {
        headline += &format!(", {unknown} of them in no roadmap");
    }
    let kinds = [(&gaps.total.signed, "signed"), (&gaps.total.drafts, "draft"), (&gaps.total.lost, "lost")];
    let worth = |contracts: &Contracts, what: &str| {
        let value = contracts.value();
        let number = count(contracts.count(), what);
        if value.is_empty() { number } else { format!("{number} ({value})") }
    };
    let parts: Vec<String> = kinds
        .into_iter()
        .filter(|(contracts, _)| contracts.count() > 0)
        .map(|(contracts, kind)| worth(contracts, &format!("{kind} contract")))
        .collect();
    headline += &format!("; wanted by {}", crate::text::and_list(&parts));
    let excused = gaps.total.excused();
    if excused.count() > 0 {
        let have = if excused.count() == 1 { "has" } else { "have" };
        headline += &format!(", of which {} {have} all of it waived or allowed", worth(&excused, "contract"));
    }
    headline
}

/// Draws gaps for a width in columns of a terminal.
pub(crate) fn text(gaps: &Gaps, width: usize) -> String {
    let headline = headline(gaps);
    if gaps.gaps.is_empty() {
        return format!("{headline}\n");
    }
    let money = |contracts: &Contracts| match contracts.count() {
        0 => String::new(),
        count => {
            let amounts = contracts.value().iter().map(|sum| sum.to_string()).collect::<Vec<_>>();
            std::iter::once(count.to_string()).chain(amounts).collect::<Vec<_>>().join("\n")
        }
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.add_row(HEAD);
    for row in rows(gaps) {
        table.add_row(row.cells(&money));
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if at > 2 {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n\n{headline}\n", lines.join("\n"))
}

/// Writes gaps as a table for a page or a comment.
pub(crate) fn markdown(gaps: &Gaps) -> String {
    let mut out = format!("**{}**\n", escape(&headline(gaps)));
    if gaps.gaps.is_empty() {
        return out;
    }
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let money = |contracts: &Contracts| match (contracts.count(), contracts.value()) {
        (0, _) => String::new(),
        (count, value) if value.is_empty() => count.to_string(),
        (count, value) => format!("{count}: {value}"),
    };
    out.push('\n');
    out.push_str(&line(&HEAD.map(str::to_owned)));
    out.push_str("| --- | --- | --- | --: | --: | --: | --: | --: |\n");
    for row in rows(gaps) {
        out.push_str(&line(&row.cells(&money).map(|cell| escape(&cell))));
    }
    out
}

/// Writes gaps as a table for a spreadsheet: a row for each feature and scope, a column for each currency.
pub(crate) fn csv(gaps: &Gaps) -> String {
    let kinds = |demand: &Demand| [demand.signed.clone(), demand.drafts.clone(), demand.lost.clone()];
    let currencies: BTreeSet<Currency> = kinds(&gaps.total)
        .iter()
        .flat_map(|contracts| contracts.value().iter().map(|sum| sum.currency).collect::<Vec<_>>())
        .collect();
    let mut head = ["feature", "id", "also", "team", "for", "missing"].map(str::to_owned).to_vec();
    for kind in ["signed", "drafts", "lost"] {
        head.push(kind.to_owned());
        head.extend(currencies.iter().map(|currency| format!("{kind} {currency}")));
    }
    head.extend(["needed by", "expected", "refs", "owner"].map(str::to_owned));
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // A vector takes all that is written, and all records have the same length.
    let _ = writer.write_record(&head);
    for (gap, missing) in
        gaps.gaps.iter().flat_map(|gap| gap.missing.iter().map(move |missing| (gap, missing)))
    {
        let mut cells = vec![
            inert(gap.title.clone()),
            inert(gap.id.clone()),
            inert(gap.also.join("; ")),
            inert(gap.team.clone().unwrap_or_default()),
            inert(missing.cell.to_string()),
            inert(missing.words()),
        ];
        for contracts in kinds(&missing.demand) {
            cells.push(contracts.count().to_string());
            let value = contracts.value();
            cells.extend(currencies.iter().map(|currency| amount(&value, *currency)));
        }
        cells.push(missing.demand.needed_by.map(|day| day.to_string()).unwrap_or_default());
        cells.push(missing.expected.map(|window| window.latest.to_string()).unwrap_or_default());
        cells.push(inert(gap.refs.join("; ")));
        cells.push(inert(gap.owner.clone().unwrap_or_default()));
        let _ = writer.write_record(&cells);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn amount(sums: &Sums, currency: Currency) -> String {
    sums.iter().find(|sum| sum.currency == currency).map(|sum| sum.amount.to_string()).unwrap_or_default()
}
