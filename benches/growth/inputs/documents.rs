//! What contracts consist of: documents, and much in one.

use std::path::Path;

use super::*;

/// What agreements say, and promise nothing of the roadmap.
const ORDINARY: [&str; 4] = [
    "Customer shall pay each invoice within thirty (30) days of receipt, and may withhold no payment.",
    "Vendor shall notify Customer in writing of each change of its subcontractors.",
    "Neither party is liable for a delay that is caused by what it could not foresee.",
    "Vendor may suspend the Service where Customer's use of it harms others.",
];

/// A contract that promises one feature, with a document beside it.
fn with_document(folder: &Path, at: usize, text: &str) {
    let promise = requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned());
    contract(folder, at, at, &format!("documents: [{at}.md]\n{promise}"));
    put(folder, &format!("deals/{:03}/{at}.md", at % 100), text);
}

/// The clauses of an agreement.
fn clauses(number: usize, text: impl Fn(usize) -> String) -> String {
    format!(
        "# Agreement\n\n{}",
        each(number, |at| format!("{}.{} {}\n\n", at / 20 + 1, at % 20 + 1, text(at)))
    )
}

fn ordinary(at: usize) -> String {
    ORDINARY[at % ORDINARY.len()].to_owned()
}

pub(super) fn documents(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        with_document(folder, at, &clauses(20, ordinary));
    }
}

pub(super) fn blocks_of_a_document(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    with_document(folder, 0, &clauses(number, ordinary));
}

pub(super) fn promises_of_a_document(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    let promise = |at| format!("Vendor shall provide the Feature number {at} by 31 March 2027.");
    with_document(folder, 0, &clauses(number, promise));
}

pub(super) fn rows_of_a_document(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    let rows = each(number, |at| format!("| Feature number {at} | 31 March 2027 |\n"));
    with_document(folder, 0, &format!("# Order form\n\n| Deliverable | Date |\n|--|--|\n{rows}"));
}

pub(super) fn items_of_a_list(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    let items = each(number, |at| format!("- Feature number {at}\n"));
    with_document(folder, 0, &format!("# Agreement\n\nVendor shall provide:\n\n{items}"));
}

pub(super) fn words_of_a_sentence(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    let words = each(number, |_| "and to whom it may concern ".to_owned());
    with_document(folder, 0, &format!("# Agreement\n\nVendor shall provide the Feature number 0 {words}.\n"));
}
