//! One JSON object, for programs. Its keys are a promise: they are added to, never changed.

mod contract;
mod finding;
mod summary;
mod values;

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;

pub(crate) use finding::unread;
pub(crate) use summary::PromiseCountsJson;
pub(crate) use values::{MoneyJson, WindowJson};

use contract::{ContractJson, contract};
use finding::{FindingJson, ProblemJson, found};
use summary::Summary;

use super::RenderOptions;
use super::layout::{self, ready};
use super::provenance::{CheckedSource, ProvenanceJson, checked_sources};

/// The version of the shape below.
const VERSION: u32 = 1;

/// The lists that are broken into lines: of contracts, findings and problems.
const LISTS: usize = 2;

/// What `lint --format json` prints. Every key is always there; keys are added, and none is changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "output")]
struct OutputJson {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The day of the check.
    #[schemars(extend("format" = "date"))]
    today: String,
    /// The contracts that were judged.
    #[schemars(with = "Vec<ContractJson>")]
    contracts: Vec<Box<RawValue>>,
    /// What the lints found.
    #[schemars(with = "Vec<FindingJson>")]
    findings: Vec<Box<RawValue>>,
    /// What could not be read.
    #[schemars(with = "Vec<ProblemJson>")]
    problems: Vec<Box<RawValue>>,
    /// All of it in numbers.
    summary: Summary,
    /// What was checked, and by what.
    provenance: ProvenanceJson,
}

/// What the object holds of one file, ready to be written.
#[derive(Debug)]
pub(crate) struct JsonPart {
    pub(super) contract: Option<Box<RawValue>>,
    pub(super) findings: Box<[Box<RawValue>]>,
    pub(super) problems: Box<[Box<RawValue>]>,
    pub(super) files: Box<[CheckedSource]>,
}

pub(super) fn part(outcome: &Outcome<'_>) -> JsonPart {
    let sources = outcome.sources;
    JsonPart {
        contract: outcome.judged().map(|judged| ready(&contract(judged, sources))),
        findings: outcome.findings.iter().map(|finding| ready(&found(finding, sources))).collect(),
        problems: outcome.problems.iter().map(|problem| ready(&unread(problem, sources))).collect(),
        files: checked_sources(outcome).into(),
    }
}

/// Writes the one object.
pub(super) fn whole(
    parts: impl Iterator<Item = JsonPart>,
    tally: &Tally,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut whole = OutputJson {
        version: VERSION,
        today: options.today.to_string(),
        contracts: Vec::new(),
        findings: Vec::new(),
        problems: Vec::new(),
        summary: Summary::from(tally),
        provenance: ProvenanceJson::of(Vec::new()),
    };
    let mut files = Vec::new();
    for part in parts {
        files.extend(part.files);
        whole.contracts.extend(part.contract);
        whole.findings.extend(part.findings);
        whole.problems.extend(part.problems);
    }
    whole.provenance = ProvenanceJson::of(files);
    layout::write(&whole, LISTS, out)
}

/// The schema of all of it.
pub(crate) fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<OutputJson>()
}
