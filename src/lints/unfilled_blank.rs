use crate::prose::blanks::blanks;
use crate::prose::documents::{ContractDocument, clause_in_words};
use crate::prose::statement::Statement;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// Blanks in the contract's `documents` that nobody has filled in: `[●]`, `[insert date]`, `[Vendor to confirm]`, `TBD`,
    /// `within ____ days`, `The fee is ____.`; and changes that are still tracked in a Word file. Checkboxes, the lines for signatures and `[***]` are none.
    ///
    /// ## Why it matters
    ///
    /// A date that is blank is one that somebody else fills in later. A change that is still tracked is one that one side may
    /// not have agreed to.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// documents: [agreement.md]
    /// requirements:
    ///   - feature: sso
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide Single sign-on by [●].
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso]
    /// name = "Single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide Single sign-on by 30 September 2027.
    /// ```
    pub(super) static LINT = {
        name: "unfilled-blank",
        summary: "a document has blanks, or changes that are still tracked",
        level: Level::Warn,
        check: Check::Documents(check),
    }
}

fn check(case: &DocumentsCase<'_, '_>) -> Vec<Finding> {
    let read = &case.documents().read;
    read.iter()
        .flat_map(|document| of_blanks(case, document).into_iter().chain(of_changes(case, document)))
        .collect()
}

fn of_blanks(case: &DocumentsCase<'_, '_>, document: &ContractDocument) -> Option<Finding> {
    let open: Vec<(&Statement, Vec<_>)> = document
        .statements
        .iter()
        .map(|statement| (statement, blanks(&statement.text)))
        .filter(|(_, blanks)| !blanks.is_empty())
        .collect();
    let (first, places) = open.first()?;
    let name = &document.document.name;
    let number: usize = open.iter().map(|(_, places)| places.len()).sum();
    let title = match number {
        1 => format!("{} has a blank that nobody has filled in", document.place_in_words(first)),
        _ => format!("{name} has {number} blanks that nobody has filled in"),
    };
    let mut others: Vec<String> = Vec::new();
    for clause in open[1..].iter().filter_map(|(statement, _)| clause_in_words(statement)) {
        if Some(&clause) != clause_in_words(first).as_ref() && others.last() != Some(&clause) {
            others.push(clause);
        }
    }
    let finding = case
        .finding(&LINT, title, open.iter().map(|(statement, _)| &statement.text))
        .about(document.entry.value.as_str())
        .label(document.part(first, places[0].clone()), "still blank")
        .labels([case.entry(document)])
        .notes((!others.is_empty()).then(|| format!("further blanks stand in {}", words::some_of(&others))))
        .help("fill in what is blank before anybody signs; what is left open on purpose belongs in words that say so");
    Some(finding)
}

fn of_changes(case: &DocumentsCase<'_, '_>, document: &ContractDocument) -> Option<Finding> {
    let (name, changes) = (&document.document.name, document.document.changes);
    if changes == 0 {
        return None;
    }
    let changes = text::plural(changes, "change is", "changes are");
    let finding = case
        .finding(
            &LINT,
            format!("{changes} still tracked in {name}"),
            // With the hash of the file: what was decided on these changes covers no others.
            [&*document.entry.value, &changes, &document.document.hash],
        )
        .about(format!("changes of {}", document.entry.value))
        .label(document.entry.span, "read as if all were accepted")
        .help("accept or reject them in Word, and save the file again");
    Some(finding)
}
