//! For a comment on a change of the roadmap.

use crate::lint::finding::Finding;
use crate::output::markup::escape;

use super::text::{help, mark, name, places};
use super::{Direction, Impact};

/// Writes what changes, with a sentence above it: a list for each contract.
pub(crate) fn markdown(impact: &Impact<'_>) -> String {
    let mut out = format!("**{}**\n", escape(&impact.headline()));
    for affected in &impact.contracts {
        out += &format!("\n### {} gets {}\n\n", escape(&name(affected)), affected.direction.name());
        for change in &affected.changes {
            let sign = match change.direction {
                Direction::Worse => "worse",
                Direction::Better => "better",
            };
            let requirement = change.requirement.as_ref().map(|name| format!("{}: ", escape(name)));
            let requirement = requirement.unwrap_or_default();
            let words = escape(&format!("{}{}", change.sentence(), mark(change)));
            out += &format!("- **{sign}** {requirement}{words}\n");
            for more in places(change).iter().map(String::as_str).chain(help(change)) {
                out += &format!("  - {}\n", escape(more));
            }
        }
    }
    if !(impact.new.is_empty() && impact.gone.is_empty()) {
        out += "\n### The roadmap itself\n\n";
        let line = |word: &str, finding: &Finding| {
            format!("- **{word}** {} `{}`\n", escape(&finding.diagnostic.title), finding.lint.name)
        };
        out.extend(impact.new.iter().map(|finding| line("new", finding)));
        out.extend(impact.gone.iter().map(|finding| line("gone", finding)));
    }
    out
}
