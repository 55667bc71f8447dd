//! The rows of a table as contracts: a row a promise, a file a contract.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::Problem;
use crate::draft::yaml_text;
use crate::sheet::Spreadsheet;
use crate::text::fold;

use super::cells::CellReader;
use super::columns::{ColumnAccount, ColumnMap};
use super::ids::in_words;
use super::profile::Profile;
use super::promise::{ImportedPromise, PromiseReader, statuses};
use super::{ImportOptions, LeftOutRow, RowReason, meant, missing_column};

/// The keys of a contract and of its promises that a table may hold.
pub(crate) const CONTRACT_KEYS: [&str; 15] = [
    "contract", "customer", "seller", "status", "signing", "start", "end", "value", "currency",
    "lost-because", "requirement", "clause", "text", "feature", "due",
];

/// The keys of a contract that no column holds.
const BY_HAND: &str = "`for`, `needs`, `terms` and `remedy`";

/// Those without which there is no contract.
const REQUIRED: [&str; 3] = ["contract", "customer", "feature"];

/// What people call the columns of such a table.
static PROFILE: Profile = Profile {
    name: "contracts",
    title: "a table of promises",
    marks: &[],
    columns: &[
        ("contract", &["Contract", "Contract number", "Contract ID", "Opportunity ID", "Deal ID", "Deal"]),
        ("customer", &["Customer", "Customer name", "Account", "Account name", "Client", "Company"]),
        ("seller", &["Seller", "Opportunity owner", "Deal owner", "Sales rep", "Owner"]),
        ("status", &["Status", "Stage", "Deal stage"]),
        ("signing", &["Signing", "Signed", "Signed on", "Close date", "Closing date", "Signature"]),
        ("start", &["Start", "Start date", "Contract start", "Contract start date", "Term start"]),
        ("end", &["End", "End date", "Contract end", "Contract end date", "Term end"]),
        ("value", &["Value", "Total value", "Amount", "Contract value", "TCV"]),
        ("currency", &["Currency", "Opportunity currency", "Currency code"]),
        // What a CRM calls the reason of a loss is a price more often than a feature.
        ("lost-because", &["Lost because", "Missing feature", "Missing features"]),
        ("requirement", &["Requirement", "Requirement ID", "No.", "Line"]),
        ("clause", &["Clause", "Section"]),
        ("text", &["Text", "Wording", "Commitment", "Promise", "Description"]),
        ("feature", &["Feature", "Features", "Product feature", "Product"]),
        ("due", &["Due", "Due date", "Deadline", "Needed by", "Required by"]),
    ],
    in_seconds: &[],
    months: false,
};

/// What a table comes to.
#[derive(Debug)]
pub(crate) struct ImportedContracts {
    /// Which column was read as what.
    pub account: ColumnAccount,
    /// The contracts, in the order of the table.
    pub contracts: Vec<ImportedContract>,
    /// The rows that are asked about, and those of the same contracts.
    pub left_out: Vec<LeftOutRow>,
}

/// A contract as its rows state it.
#[derive(Debug)]
pub(crate) struct ImportedContract {
    /// Its number.
    pub id: String,
    /// The name of its file.
    pub file: String,
    /// What the file holds, in YAML.
    pub text: String,
}

/// The keys of a contract's own in the order of its file, but for the first, each with what it is of.
const FIELDS: [(&str, &str); 8] = [
    ("", "customer"),
    ("", "seller"),
    ("", "status"),
    ("", "signing"),
    ("period", "start"),
    ("period", "end"),
    ("", "value"),
    ("", "lost-because"),
];

/// Reads a table as contracts.
pub(crate) fn contracts(
    name: &str,
    sheet: &Spreadsheet,
    options: &ImportOptions<'_>,
) -> Result<ImportedContracts, Problem> {
    let columns = ColumnMap::new(name, sheet, &PROFILE, options)?;
    if let Some(key) = REQUIRED.into_iter().find(|key| !columns.has(key)) {
        return Err(missing_column(name, sheet, &PROFILE, key));
    }
    let reader = PromiseReader { cells: CellReader { sheet, columns: &columns, profile: &PROFILE, options } };
    let (mut rows, mut wrong) = (Vec::new(), BTreeMap::new());
    let meant = meant(name, sheet, options.only)?;
    let account = columns.account(sheet, (PROFILE.title, &CONTRACT_KEYS, BY_HAND), &meant);
    for at in meant {
        match reader.row(at) {
            Ok(row) => rows.push(row),
            Err(reasons) => drop(wrong.insert(at, reasons)),
        }
    }
    differing(&rows, &reader.cells, &mut wrong);
    let broken = reader.contracts_of(&wrong);
    lacking(&rows, &reader.cells, &broken, &mut wrong);
    // A contract that lacked a promise would pass for one that never made it.
    let broken = reader.contracts_of(&wrong);
    let mut grouped: Vec<(String, Vec<ImportedPromise>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut left_out: Vec<LeftOutRow> = wrong
        .iter()
        .map(|(&at, reasons)| LeftOutRow { at, number: sheet.rows[at].number, reasons: reasons.clone() })
        .collect();
    for row in rows.into_iter().filter(|row| !wrong.contains_key(&row.at)) {
        let key = fold(&row.contract).into_owned();
        if let Some(other) = broken.get(&key) {
            let what = format!("row {other} is of the same contract, and left out");
            let helps = vec!["a contract is imported whole: put that row right".to_owned()];
            let reasons = vec![RowReason { header: String::new(), what, helps }];
            left_out.push(LeftOutRow { at: row.at, number: row.number, reasons });
            continue;
        }
        let at = *places.entry(key).or_insert_with(|| {
            grouped.push((row.contract.clone(), Vec::new()));
            grouped.len() - 1
        });
        grouped[at].1.push(row);
    }
    left_out.sort_by_key(|row| row.number);
    let mut files = HashSet::new();
    let contracts = grouped.into_iter().map(|(id, rows)| contract(id, &rows, &mut files)).collect();
    Ok(ImportedContracts { account, contracts, left_out })
}

/// Finds rows that say something else of their contract than the rows before them, or have the id of another.
fn differing(rows: &[ImportedPromise], cells: &CellReader<'_>, wrong: &mut BTreeMap<usize, Vec<RowReason>>) {
    let mut said: HashMap<(String, &str), (&str, usize)> = HashMap::new();
    let mut ids: HashMap<(String, String), usize> = HashMap::new();
    for row in rows {
        let key = fold(&row.contract).into_owned();
        let of_row = &cells.sheet.rows[row.at];
        let mut reasons = Vec::new();
        for (field, value) in &row.fields {
            let (first, number) = *said.entry((key.clone(), field)).or_insert((value, row.number));
            if first != value {
                let what = format!("{value} differs from {first} in row {number}, of the same contract");
                reasons.push(cells.reason(
                    of_row,
                    field,
                    what,
                    ["write one of the two in both, or leave one empty"],
                ));
            }
        }
        if let Some(id) = &row.id {
            let other = *ids.entry((key, fold(id).into_owned())).or_insert(row.number);
            if other != row.number {
                let what = format!("`{id}` is the id of row {other} of the same contract, too");
                reasons.push(cells.reason(of_row, "requirement", what, ["give one of the two another"]));
            }
        }
        if !reasons.is_empty() {
            wrong.entry(row.at).or_default().extend(reasons);
        }
    }
}

/// Finds contracts of which no row says what each must say. It is told at their first row.
fn lacking(
    rows: &[ImportedPromise],
    cells: &CellReader<'_>,
    broken: &HashMap<String, usize>,
    wrong: &mut BTreeMap<usize, Vec<RowReason>>,
) {
    let mut keys = vec![("customer", "name the customer".to_owned())];
    if cells.columns.has("status") {
        keys.push(("status", format!("a status is {}", statuses())));
    }
    for (key, help) in keys {
        let known = rows.iter().filter(|row| row.fields.contains_key(key));
        let known = known.map(|row| fold(&row.contract).into_owned());
        // What a row says that is left out is not known.
        let mut told: HashSet<String> = known.chain(broken.keys().cloned()).collect();
        for row in rows.iter() {
            if told.insert(fold(&row.contract).into_owned()) {
                let what = "it is empty in all rows of this contract";
                let reason = cells.reason(&cells.sheet.rows[row.at], key, what, [help.clone()]);
                wrong.entry(row.at).or_default().push(reason);
            }
        }
    }
}

/// The ids that rows need which have none: a requirement goes by its feature, and two of one contract may name the same.
fn ids(rows: &[ImportedPromise]) -> Vec<Option<String>> {
    let feature = |row: &ImportedPromise| {
        let feature = row.promise.iter().find(|(key, _)| *key == "feature");
        feature.filter(|_| row.id.is_none()).map(|(_, feature)| fold(feature).into_owned())
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    rows.iter().filter_map(feature).for_each(|feature| *times.entry(feature).or_default() += 1);
    let mut taken: HashSet<String> =
        rows.iter().filter_map(|row| row.id.as_deref()).map(|id| fold(id).into_owned()).collect();
    let needs_one = |row: &ImportedPromise| feature(row).is_some_and(|feature| times[&feature] > 1);
    let mut id = |row: &ImportedPromise| {
        let mut names = (1..).map(|count: u32| match count {
            1 => format!("row-{}", row.number),
            count => format!("row-{}-{count}", row.number),
        });
        names.find(|name| taken.insert(name.clone()))
    };
    rows.iter().map(|row| needs_one(row).then(|| id(row)).flatten()).collect()
}

/// A contract of rows that agree.
fn contract(id: String, rows: &[ImportedPromise], files: &mut HashSet<String>) -> ImportedContract {
    let mut text = format!("contract: {}\n", yaml_text(&id));
    let mut open = "";
    for (group, field) in FIELDS {
        if let Some(value) = rows.iter().find_map(|row| row.fields.get(field)) {
            if group != open && !group.is_empty() {
                text += &format!("{group}:\n");
            }
            open = group;
            text += &format!("{}{field}: {value}\n", if group.is_empty() { "" } else { "  " });
        }
    }
    let has_any = rows.iter().any(|row| !row.promise.is_empty());
    text += if has_any { "requirements:\n" } else { "requirements: []\n" };
    let ids = ids(rows);
    for (row, id) in rows.iter().zip(ids).filter(|(row, _)| !row.promise.is_empty()) {
        let id = id.map(|id| ("id", id));
        for (at, (key, value)) in id.iter().chain(&row.promise).enumerate() {
            text += &format!("  {} {key}: {value}\n", if at == 0 { "-" } else { " " });
        }
    }
    let stem = Some(in_words(&id)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| "contract".to_owned());
    let names = std::iter::once(stem.clone()).chain((2..).map(|count: u32| format!("{stem}-{count}")));
    let file =
        names.map(|stem| format!("{stem}.yaml")).find(|name| files.insert(name.clone())).unwrap_or(stem);
    ImportedContract { id, file, text }
}
