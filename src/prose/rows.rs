//! What the cells of a row say: who does it, what it costs, whether it is promised.

use std::ops::Range;

use super::conditions::Condition;
use super::parties::DocumentParty;
use super::rules::rules;
use super::ruling::{ModalClause, RuledStatement};
use super::sections::ColumnRole;
use super::statement::Form;
use super::words::{phrases, says, tokens};

impl RuledStatement<'_> {
    /// Whether it is a row that names a party as who does it.
    pub(super) fn is_row_of(&self, party: &DocumentParty) -> bool {
        self.cell(&ColumnRole::Party).is_some_and(|cell| party.at(&tokens(cell), 0) > 0)
    }

    /// Whether a cell of a row begins with one of these.
    pub(super) fn has_cell(&self, list: &'static [&'static str]) -> bool {
        let Form::Row(cells) = &self.statement.form else { return false };
        cells.iter().any(|(_, cell)| phrases(list).at(&tokens(cell), 0).is_some())
    }

    /// Whether it is a row of which a cell begins with a party and goes on: "Customer signs off the Audit log".
    pub(super) fn has_cell_of(&self, party: &DocumentParty) -> bool {
        if !matches!(self.statement.form, Form::Row(_)) {
            return false;
        }
        // "Test data handed over by Customer".
        const HANDS: &[&str] = &["handed over by", "provided by", "supplied by", "delivered by"];
        let is_by = (self.own + 1..self.tokens.len()).any(|at| {
            phrases(HANDS).ends_at(&self.tokens, at)
                && party.at(&self.tokens, at + usize::from(self.is_at(at, "the"))) > 0
                && !self.is_named(at..at + 1)
        });
        let mut starts =
            (self.own..self.tokens.len()).filter(|&at| at == self.own || self.is_at(at - 1, "|"));
        is_by
            || starts.any(|at| {
                let length = party.at(&self.tokens, at);
                let next = self.tokens.get(at + length);
                length > 0
                    && !self.is_named(at..at + length)
                    && next.is_some_and(|next| next.is_word() && !next.is_capital)
            })
    }

    /// Whether a verb in another cell is about what a row is about: "| Audit log | Vendor to deliver by 31 March |".
    pub(super) fn is_of_row(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        matches!(self.statement.form, Form::Row(_))
            && words.end <= unit.reach.start
            && !self.is_named(unit.reach.clone())
            && (words.end..unit.modal.start).any(|at| self.is_at(at, "|"))
    }

    /// Whether it is a row with an answer.
    pub(crate) fn is_answered(&self) -> bool {
        self.cell(&ColumnRole::Answer).is_some()
    }

    /// Whether it is the row of a table of prices.
    pub(crate) fn is_priced(&self) -> bool {
        const PRICE: &[&str] =
            &["price", "fee", "amount", "cost", "charge", "rate", "total", "subtotal", "hour"];
        let Form::Row(cells) = &self.statement.form else { return false };
        cells.iter().any(|(column, cell)| {
            let head = match column {
                ColumnRole::Other(head) => says(&tokens(head), PRICE),
                _ => false,
            };
            let cell = cell.trim_start();
            let is_sum =
                || ["GBP ", "EUR ", "USD ", "CHF "].iter().any(|currency| cell.starts_with(currency));
            head || cell.starts_with(['$', '€', '£', '₹']) || is_sum()
        })
    }

    /// What a row has in a column.
    pub(crate) fn cell(&self, column: &ColumnRole) -> Option<&str> {
        let Form::Row(cells) = &self.statement.form else { return None };
        cells.iter().find(|(known, _)| known == column).map(|(_, cell)| cell.as_str())
    }

    /// The words of that cell.
    pub(crate) fn cell_words(&self, column: &ColumnRole) -> Option<Range<usize>> {
        let Form::Row(cells) = &self.statement.form else { return None };
        let mut from = self.own;
        for (known, cell) in cells {
            let length = tokens(cell).len();
            // A bar stands between two.
            from = (from..self.tokens.len()).find(|&at| self.tokens[at].stem != "|")?;
            if known == column {
                return Some(from..(from + length).min(self.tokens.len()));
            }
            from += length;
        }
        None
    }

    /// The words that answer whether a row is promised.
    pub(crate) fn answer(&self) -> Option<Range<usize>> {
        let cell = self.cell_words(&ColumnRole::Answer)?;
        let answers = rules().flat_map(|rule| rule.conditions).filter_map(|condition| match condition {
            Condition::Answer(answers) => phrases(answers).at(&self.tokens, cell.start),
            _ => None,
        });
        Some(cell.start..cell.start + answers.max()?)
    }
}
