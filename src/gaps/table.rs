//! Gaps as a table: for a terminal, a page or a spreadsheet.

use std::collections::BTreeSet;

use comfy_table::CellAlignment;

use crate::model::money::Currency;
use crate::output::columns::{self, CellWrapping};
use crate::output::markup::{self, escape};
use crate::sheet::{self, inert};
use crate::text::{count, plural};

use super::{Contracts, Demand, Gap, Gaps, MissingScope};

/// The columns of words, which come first.
const WORDS: usize = 3;

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
        if value.is_empty() { number } else { format!("{number} ({})", value.in_words()) }
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
            let amounts = contracts.value().iter().map(|sum| sum.in_words()).collect::<Vec<_>>();
            std::iter::once(count.to_string()).chain(amounts).collect::<Vec<_>>().join("\n")
        }
    };
    let cells = rows(gaps).map(|row| row.cells(&money).to_vec());
    let cells = std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(cells).collect();
    let (cells, note) = fitting(cells, width);
    let mut table = columns::table(&cells, wrapping, width);
    for column in table.column_iter_mut().skip(WORDS) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n\n{note}{headline}\n", columns::lines(&table).join("\n"))
}

fn wrapping(column: usize) -> CellWrapping {
    if column < WORDS { CellWrapping::Words } else { CellWrapping::Never }
}

/// The columns that there is room for. Empty ones go first, then the expected day, which is told elsewhere.
fn fitting(mut cells: Vec<Vec<String>>, width: usize) -> (Vec<Vec<String>>, &'static str) {
    const EXPECTED: usize = HEAD.len() - 1;
    let is_empty = |at: &usize| cells.iter().skip(1).all(|row| row[*at].is_empty());
    let empty: Vec<usize> = (WORDS..HEAD.len()).rev().filter(is_empty).collect();
    let expected = Some(EXPECTED).filter(|at| !empty.contains(at));
    // From the last one on, so that those before it keep their places; what is expected is the last of all.
    for (gone, at) in empty.iter().copied().chain(expected).enumerate() {
        if columns::least(&cells, wrapping, |_| 0) <= width {
            break;
        }
        let at = if Some(at) == expected { at - gone } else { at };
        cells.iter_mut().for_each(|row| _ = row.remove(at));
    }
    let has_expected = cells.first().is_some_and(|head| head.iter().any(|name| name == HEAD[EXPECTED]));
    let note = match expected {
        Some(_) if !has_expected => "no room for expected: `--format csv` has all columns\n",
        _ => "",
    };
    (cells, note)
}

/// Writes gaps as a table for a page or a comment.
pub(crate) fn markdown(gaps: &Gaps) -> String {
    let headline = format!("**{}**\n", escape(&headline(gaps)));
    if gaps.gaps.is_empty() {
        return headline;
    }
    let money = |contracts: &Contracts| match (contracts.count(), contracts.value()) {
        (0, _) => String::new(),
        (count, value) if value.is_empty() => count.to_string(),
        (count, value) => format!("{count}: {}", value.in_words()),
    };
    let table = markup::table(&HEAD, |at| at >= WORDS, rows(gaps).map(|row| row.cells(&money)));
    format!("{headline}\n{table}")
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
    let missing = gaps.gaps.iter().flat_map(|gap| gap.missing.iter().map(move |missing| (gap, missing)));
    let rows = missing.map(|(gap, missing)| {
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
            cells.extend(currencies.iter().map(|currency| value.written_in(*currency)));
        }
        cells.push(missing.demand.needed_by.map(|day| day.to_string()).unwrap_or_default());
        cells.push(missing.expected.map(|window| window.latest.to_string()).unwrap_or_default());
        cells.push(inert(gap.refs.join("; ")));
        cells.push(inert(gap.owner.clone().unwrap_or_default()));
        cells
    });
    sheet::csv(std::iter::once(head).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_goes_with_all_of_its_cells() {
        let row = |cells: [&str; 8]| cells.map(str::to_owned).to_vec();
        let rows = || {
            vec![
                row(HEAD),
                row(["Audit log", "all", "late", "1", "2", "", "2027-01-31", "2027-06-30"]),
                row(["Bulk API", "all", "late", "3", "4", "", "2027-02-28", ""]),
            ]
        };
        assert_eq!(fitting(rows(), 80), (rows(), ""));
        let (without_lost, note) = fitting(rows(), 64);
        assert_eq!((without_lost[1][5].as_str(), without_lost[2][5].as_str()), ("2027-01-31", "2027-02-28"));
        assert_eq!((without_lost[1].len(), note), (7, ""));
        let (narrow, note) = fitting(rows(), 40);
        assert_eq!(narrow[0], ["feature", "for", "missing", "signed", "drafts", "needed by"]);
        assert_eq!(narrow[1], ["Audit log", "all", "late", "1", "2", "2027-01-31"]);
        assert!(note.contains("no room for expected"));
    }
}
