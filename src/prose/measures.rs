//! What is measured of a feature: times, shares of the time, rows of levels.

use super::ruling::{ModalClause, RuledStatement};
use super::sections::ColumnRole;
use super::statement::Form;
use super::words::{phrases, says, tokens};

impl RuledStatement<'_> {
    /// Whether a time stands behind a verb that software keeps, and nobody who helps: "must be finished within two seconds".
    pub(super) fn is_timed(&self, unit: &ModalClause) -> bool {
        /// The most words between the verb and the time, and of the time.
        const LONGEST: usize = 10;
        const BY_PEOPLE: &[&str] = &[
            "fault", "incident", "defect", "error", "ticket", "request", "enquiry", "enquirie", "inquiry",
            "complaint", "claim", "call", "question", "support", "invoice", "offer", "tender", "bid",
            "party", "notice", "disruption", "malfunction", "problem", "bug", "vulnerability",
            "vulnerabilitie",
        ];
        const VERBS: &[&str] = &[
            "be calculated", "be complete", "be completed", "be done", "be executed", "be finished",
            "be loaded", "be performed", "be processed", "be ready", "be rendered", "be returned",
            "be started", "be finalised", "be finalized", "appear", "arrive", "complete", "finish", "load",
            "open", "respond", "return", "run", "start", "take",
        ];
        const TIMES: [&str; 6] = ["millisecond", "second", "minute", "hour", "ms", "sec"];
        let subject = self.tokens.get(unit.reach.start..unit.modal.start).unwrap_or_default();
        let reach = unit.verb..(unit.verb + LONGEST).min(self.tokens.len());
        phrases(VERBS).at(&self.tokens, unit.verb).is_some()
            && !says(subject, BY_PEOPLE)
            && reach.clone().any(|at| matches!(self.stem(at), "within" | "in" | "than" | "under" | "below"))
            && reach.into_iter().any(|at| TIMES.contains(&self.stem(at)))
    }

    /// Whether a share of the time stands behind a verb: "is available 99.9 % of the time".
    pub(super) fn is_measured(&self, unit: &ModalClause) -> bool {
        /// The most words between them.
        const LONGEST: usize = 8;
        let reach = unit.verb..(unit.verb + LONGEST).min(self.tokens.len());
        reach.into_iter().any(|at| self.is_at(at, "available"))
            && (unit.verb..(unit.verb + 2 * LONGEST).min(self.tokens.len()))
                .any(|at| matches!(&*self.tokens[at].stem, "%" | "percent"))
    }

    /// Whether it is the row of a table of levels, with a number as its level.
    pub(super) fn is_levelled(&self) -> bool {
        const LEVEL: &[&str] = &[
            "level", "guaranteed", "guarantee", "sla", "objective", "target", "engagement", "uptime", "rpo",
            "rto", "response time", "latency", "throughput", "retention",
        ];
        const MEASURES: &[&str] = &[
            "availability of", "uptime of", "response time of", "recovery point", "recovery time",
            "latency of", "load time of", "throughput of", "retention of", "retention period of",
        ];
        let Form::Row(cells) = &self.statement.form else { return false };
        // "Availability of the Audit log | 99.9 % per month", whatever the columns are called.
        let is_measure = |cell: &str| phrases(MEASURES).at(&tokens(cell), 0).is_some();
        let has_number = |cell: &str| cell.bytes().any(|byte| byte.is_ascii_digit());
        let is_money =
            |cell: &str| cell.contains(['$', '€', '£']) || says(&tokens(cell), &["eur", "usd", "gbp", "chf"]);
        if let Some(at) = cells.iter().position(|(_, cell)| is_measure(cell))
            && cells[at + 1..].iter().any(|(_, cell)| has_number(cell))
            && !self.is_answered()
        {
            return true;
        }
        cells.iter().any(|(column, cell)| match column {
            ColumnRole::Other(head) => {
                says(&tokens(head), LEVEL) && has_number(cell) && (cell.contains('%') || !is_money(cell))
            }
            // "Service | Availability", with a share below it.
            ColumnRole::Deadline => {
                cell.starts_with(|first: char| first.is_ascii_digit()) && cell.ends_with('%')
            }
            _ => false,
        })
    }
}
