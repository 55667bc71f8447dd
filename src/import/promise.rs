//! A row of a table as a promise, with what it says of its contract.

use std::collections::{BTreeMap, HashMap};

use crate::draft::yaml_text;
use crate::model::contract::ContractStatus;
use crate::model::misread::ReadError;
use crate::model::money::Money;
use crate::sheet::SheetRow;
use crate::text::{clean, fold, in_backticks, or_list};

use super::RowReason;
use super::cells::{CellReader, Read, kept};

/// What a row says: of its contract by the keys of files, and of its promise.
pub(super) struct ImportedPromise {
    pub(super) at: usize,
    pub(super) number: usize,
    pub(super) contract: String,
    /// As they are written in the file.
    pub(super) fields: BTreeMap<&'static str, String>,
    pub(super) promise: Vec<(&'static str, String)>,
    pub(super) id: Option<String>,
}

/// Reads the rows of a table, of which each is a promise.
pub(super) struct PromiseReader<'a> {
    pub(super) cells: CellReader<'a>,
}

impl PromiseReader<'_> {
    /// The contracts that some rows are of, each with the first of them.
    pub(super) fn contracts_of(&self, rows: &BTreeMap<usize, Vec<RowReason>>) -> HashMap<String, usize> {
        let mut contracts = HashMap::new();
        for row in rows.keys().map(|at| &self.cells.sheet.rows[*at]) {
            if let Some(contract) = self.contract(row) {
                contracts.entry(fold(&contract).into_owned()).or_insert(row.number);
            }
        }
        contracts
    }

    fn contract(&self, row: &SheetRow) -> Option<String> {
        self.cells.text(row, "contract").ok().flatten().filter(|_| row.fault.is_none())
    }

    pub(super) fn row(&self, at: usize) -> Result<ImportedPromise, Vec<RowReason>> {
        let cells = &self.cells;
        let row = &cells.sheet.rows[at];
        if let Some(fault) = cells.row_fault(row) {
            return Err(vec![fault]);
        }
        let mut reasons = Vec::new();
        let contract = kept(self.number(row), &mut reasons);
        let status = kept(self.status(row), &mut reasons);
        let mut fields = BTreeMap::new();
        let mut field = |key: &'static str, read: Read<Option<String>>| {
            fields.extend(kept(read, &mut reasons).flatten().map(|value| (key, value)));
        };
        for key in ["customer", "seller"] {
            field(key, cells.text(row, key).map(|text| text.map(|text| yaml_text(&text))));
        }
        field("status", Ok(status.flatten().map(|status| status.to_string())));
        for key in ["signing", "start", "end"] {
            field(key, cells.date(row, key).map(|date| date.map(|date| yaml_text(&date.text))));
        }
        field("value", self.value(row));
        field("lost-because", self.lost_because(row, status.flatten()));
        let mut promise = Vec::new();
        let id = kept(cells.text(row, "requirement"), &mut reasons).flatten();
        promise.extend(id.iter().map(|id| ("id", yaml_text(id))));
        for key in ["clause", "text"] {
            promise.extend(
                kept(cells.text(row, key), &mut reasons).flatten().map(|text| (key, yaml_text(&text))),
            );
        }
        let features = kept(cells.texts(row, "feature", &[';', '\n']), &mut reasons).unwrap_or_default();
        let is_promise = !features.is_empty() || !promise.is_empty();
        promise.extend(list(&features).map(|features| ("feature", features)));
        let due = kept(cells.date(row, "due"), &mut reasons).flatten();
        promise.extend(due.map(|due| ("due", yaml_text(&due.text))));
        // A lost deal may say only what it was lost for.
        if !is_promise && (!promise.is_empty() || !fields.contains_key("lost-because")) && reasons.is_empty()
        {
            reasons.push(cells.reason(
                row,
                "feature",
                "it is empty, and nothing else says what is promised",
                ["name the feature that is promised"],
            ));
        }
        match contract {
            Some(contract) if reasons.is_empty() => {
                Ok(ImportedPromise { at, number: row.number, contract, fields, promise, id })
            }
            _ => Err(reasons),
        }
    }

    fn number(&self, row: &SheetRow) -> Read<String> {
        let text = self.cells.text(row, "contract")?;
        let help = "write the contract's number or name in each of its rows";
        text.ok_or_else(|| self.cells.reason(row, "contract", "it is empty", [help]))
    }

    /// The status, where the row states it; without a column for it a contract is a draft.
    fn status(&self, row: &SheetRow) -> Read<Option<ContractStatus>> {
        let Some(text) = self.cells.text(row, "status")? else { return Ok(None) };
        let known = &self.cells.options.vocabulary.contract_statuses;
        ContractStatus::parse(&text, known).map(Some).map_err(|error| {
            let ReadError::Misread(misread) = error else {
                let what = format!("what `{text}` means could not be read in the configuration");
                return self.cells.reason(row, "status", what, ["put `[contract-statuses]` right"]);
            };
            // Only offered in the help: what "won" means is for the desk to say, under `[contract-statuses]`.
            let has = |word: &str| fold(&text).split(' ').any(|part| part == word);
            let status = match () {
                () if has("won") => ContractStatus::Signed,
                () if has("lost") => ContractStatus::Lost,
                () => ContractStatus::Draft,
            };
            let help = format!(
                "if it means {status}, add `--status \"{text}={status}\"`; a status is {}",
                statuses()
            );
            self.cells.reason(row, "status", misread.title, [help])
        })
    }

    /// The value, with the currency of its own column where it states none.
    fn value(&self, row: &SheetRow) -> Read<Option<String>> {
        let currency = self.cells.text(row, "currency")?;
        let Some((column, cell)) = self.cells.cell(row, "value")? else { return Ok(None) };
        let written = cell.text();
        // A value that names its currency itself is not given a second one.
        let is_bare = written.chars().all(|letter| letter.is_ascii_digit() || ".,' ".contains(letter));
        let text = match currency.filter(|_| is_bare) {
            Some(currency) => format!("{written} {currency}"),
            None => written.into_owned(),
        };
        Money::parse(&text).map(|_| Some(yaml_text(&text))).map_err(|misread| {
            let helps = misread.helps.into_iter().map(|help| help.text);
            let helps: Vec<String> = std::iter::once(misread.label).chain(helps).collect();
            self.cells.reason_at(Some(column), misread.title, helps)
        })
    }

    fn lost_because(&self, row: &SheetRow, status: Option<ContractStatus>) -> Read<Option<String>> {
        let features = self.cells.texts(row, "lost-because", &[';', '\n'])?;
        if !features.is_empty() && status != Some(ContractStatus::Lost) {
            let what =
                format!("`{}` says why a deal was lost, and this one is not", clean(&features.join("; ")));
            return Err(self.cells.reason(
                row,
                "lost-because",
                what,
                ["leave it empty, or write `lost` as the status"],
            ));
        }
        Ok(list(&features))
    }
}

/// One text, or several as a list.
fn list(texts: &[String]) -> Option<String> {
    match texts {
        [] => None,
        [one] => Some(yaml_text(one)),
        several => {
            Some(format!("[{}]", several.iter().map(|text| yaml_text(text)).collect::<Vec<_>>().join(", ")))
        }
    }
}

pub(super) fn statuses() -> String {
    or_list(&in_backticks(ContractStatus::ALL))
}
