//! What the JSON output has, key by key.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::check::counts::Counts;
use crate::delivery::{Delivery, Kind};
use crate::lint::Level;
use crate::lint::obstacle::Standing;
use crate::model::contract::{ContractStatus, KINDS, Strength};

use super::super::provenance::ProvenanceJson;
use super::{VERSION, bands};

/// What `lint --format json` prints. Every key is always there; keys are added, and none is changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "output")]
pub(super) struct OutputJson {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub(super) version: u32,
    /// The day of the check.
    #[schemars(extend("format" = "date"))]
    pub(super) today: String,
    /// The contracts that were judged.
    #[schemars(with = "Vec<ContractJson>")]
    pub(super) contracts: Vec<Box<RawValue>>,
    /// What the lints found.
    #[schemars(with = "Vec<FindingJson>")]
    pub(super) findings: Vec<Box<RawValue>>,
    /// What could not be read.
    #[schemars(with = "Vec<ProblemJson>")]
    pub(super) problems: Vec<Box<RawValue>>,
    /// All of it in numbers.
    pub(super) summary: Summary,
    /// What was checked, and by what.
    pub(super) provenance: ProvenanceJson,
}

/// A contract with what becomes of its promises.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "contract")]
pub(super) struct ContractJson<'a> {
    /// The contract's id; null where it could not be read.
    pub(super) contract: Option<Cow<'a, str>>,
    /// The id of the contract that this one amends.
    pub(super) amends: Option<Cow<'a, str>>,
    /// The id of the master agreement that it is under.
    pub(super) under: Option<Cow<'a, str>>,
    /// The customer.
    pub(super) customer: Option<Cow<'a, str>>,
    /// How far the deal is.
    #[schemars(extend("enum" = ContractStatus::ALL.map(|status| status.to_string())))]
    pub(super) status: String,
    /// The file, as it was named, with `/`.
    pub(super) file: Option<Cow<'a, str>>,
    /// The total value over the term.
    pub(super) value: Option<MoneyJson>,
    /// Where more can be looked up: tickets, pages, CRM ids.
    pub(super) refs: Vec<String>,
    /// Whose it is.
    pub(super) owner: Option<String>,
    /// What somebody noted of it.
    pub(super) note: Option<String>,
    /// How likely all of its promises are kept together, from 0 to 1; null where one of them cannot be by plan,
    /// and where none waits for a feature.
    pub(super) chance: Option<f64>,
    /// The same in words.
    #[schemars(extend("enum" = bands()))]
    pub(super) band: Option<&'static str>,
    /// The promises, in the order of the file.
    pub(super) requirements: Vec<RequirementJson<'a>>,
}

/// An amount of money.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "money")]
pub(crate) struct MoneyJson {
    /// The amount, exact, as a decimal number in a text.
    // Not a number: most programs read those of JSON as binary fractions.
    pub(super) amount: String,
    /// The currency: three letters, such as `EUR`.
    pub(super) currency: String,
}

/// A promise with its verdict.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "requirement")]
pub(super) struct RequirementJson<'a> {
    /// Its id; without one the ids of its features, or `#3` for the third.
    pub(super) requirement: Cow<'a, str>,
    /// Whether it promises features, or a service, which needs none.
    #[schemars(extend("enum" = KINDS))]
    pub(super) kind: &'static str,
    /// The promised features, by id.
    pub(super) features: Vec<Cow<'a, str>>,
    /// What the clause promises, where that is not the thing itself: efforts, or only a target.
    #[schemars(extend("enum" = Strength::ALL.map(|strength| Some(strength.name())).into_iter().chain([None]).collect::<Vec<_>>()))]
    pub(super) strength: Option<&'static str>,
    /// What becomes of it. Null for services and where no feature is named: nothing was judged.
    #[schemars(extend("enum" = Delivery::WORST_FIRST.map(|delivery| Some(delivery.name())).into_iter().chain([None]).collect::<Vec<_>>()))]
    pub(super) delivery: Option<&'static str>,
    /// For what is late: whether it is so even by the first day of its target.
    pub(super) certain: Option<bool>,
    /// Days from the deadline to the delivery: more than zero where it is late, less where there are days to spare.
    pub(super) days: Option<i64>,
    /// By when it is promised; null where no day is, and where that could not be read.
    pub(super) deadline: Option<WindowJson>,
    /// How long it must hold, where it says so itself.
    pub(super) until: Option<WindowJson>,
    /// The day on which the customer accepted it.
    pub(super) met: Option<WindowJson>,
    /// When it is expected; null where the roadmap has no date for it.
    pub(super) target: Option<WindowJson>,
    /// What it would owe by then, where it is late: at most what the contract caps all its remedies at.
    pub(super) owed: Option<MoneyJson>,
    /// Whether more may be owed, since nothing says that this is the sole remedy, or something that is promised has no date. Null where nothing is owed.
    pub(super) at_least: Option<bool>,
    /// The first day on which the customer may end the contract, where it is so late, or has no date.
    pub(super) terminable: Option<String>,
    /// What is paid back then.
    pub(super) refund: Option<MoneyJson>,
    /// The most that one period can cost for each level that has service credits. No forecast.
    pub(super) service_credits: Vec<ServiceCreditJson<'a>>,
    /// The combination of scope values that the verdict is about.
    pub(super) cell: Values<'a>,
    /// Where more can be looked up: tickets, pages, CRM ids.
    pub(super) refs: Vec<String>,
    /// Whose it is.
    pub(super) owner: Option<String>,
    /// What somebody noted of it.
    pub(super) note: Option<String>,
    /// How likely it is kept, from 0 to 1, where it is on time by plan and has not shipped: as plans like it were.
    pub(super) chance: Option<f64>,
    /// The same in words.
    #[schemars(extend("enum" = bands()))]
    pub(super) band: Option<&'static str>,
    /// Why that is so.
    pub(super) reasons: Vec<String>,
    /// What stands in its way, the worst first: one of each lint, feature and number of days.
    pub(super) obstacles: Vec<ObstacleJson<'a>>,
}

/// What a level can cost, where it is missed.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "service-credit")]
pub(super) struct ServiceCreditJson<'a> {
    /// The level.
    pub(super) level: Cow<'a, str>,
    /// What it is then, as a constraint.
    pub(super) at: String,
    /// The most that one period can cost; null where the contract does not state what it is a share of.
    pub(super) most: Option<MoneyJson>,
}

/// A scope: dimensions with their values.
pub(super) type Lists<'a> = BTreeMap<Cow<'a, str>, Vec<Cow<'a, str>>>;

/// A value of each dimension.
pub(super) type Values<'a> = BTreeMap<Cow<'a, str>, Cow<'a, str>>;

/// One reason why a promise cannot be kept as it stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "obstacle")]
pub(super) struct ObstacleJson<'a> {
    /// The lint that tells of it.
    pub(super) lint: &'static str,
    /// What it is about. Obstacles of different kinds do not depend on each other.
    #[schemars(extend("enum" = Kind::ALL.map(Kind::name)))]
    pub(super) kind: &'static str,
    /// The feature's id, or what was written where the roadmap has no such feature.
    pub(super) feature: Cow<'a, str>,
    /// The combinations of scope values that it holds for; none where no scope matters.
    pub(super) cells: Vec<Values<'a>>,
    /// Days that it is late; of what is gone, days before the contract ends.
    pub(super) days: Option<i64>,
    /// How the lint counts: `allow` where nobody is told.
    #[schemars(extend("enum" = Level::ALL.map(Level::name)))]
    pub(super) level: &'static str,
    /// The waiver that covers it; null where none does.
    pub(super) waived: Option<WaiverJson<'a>>,
}

/// A window of days; both are the same where it is one day.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "window")]
pub(crate) struct WindowJson {
    /// The first day.
    #[schemars(extend("format" = "date"))]
    pub(super) earliest: String,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    pub(super) latest: String,
}

/// What a lint found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "finding")]
pub(super) struct FindingJson<'a> {
    /// The lint's name.
    pub(super) lint: &'static str,
    /// How it counts.
    #[schemars(extend("enum" = Level::ALL.map(Level::name)))]
    pub(super) level: &'static str,
    /// The id of the contract that it is about.
    pub(super) contract: Option<&'a str>,
    /// The requirement that it is about.
    pub(super) requirement: Option<Cow<'a, str>>,
    /// The commercial term that it is about.
    pub(super) term: Option<Cow<'a, str>>,
    /// The id of the feature that it is about.
    pub(super) feature: Option<&'a str>,
    /// What is wrong, in a sentence.
    pub(super) message: &'a str,
    /// Where more can be looked up about the contract, the requirement, the feature, the offer or the term.
    pub(super) refs: Vec<&'a str>,
    /// What else there is to know.
    pub(super) notes: Vec<Cow<'a, str>>,
    /// What can be done.
    pub(super) helps: Vec<&'a str>,
    /// The helps that are no more than an edit, as edits. Each is an edit by itself.
    pub(super) replacements: Vec<Edit<'a>>,
    /// Names the finding: it stays the same when lines move or words are polished.
    pub(super) fingerprint: String,
    /// The waiver that covers it; null where none does.
    pub(super) waived: Option<WaiverJson<'a>>,
    /// The places that it points at, the primary one first.
    pub(super) spans: Vec<SpanJson<'a>>,
}

/// A waiver that covers a finding.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "waiver")]
pub(super) struct WaiverJson<'a> {
    /// The file that it is in.
    pub(super) file: Option<String>,
    /// The line that it begins on, from 1.
    pub(super) line: Option<usize>,
    /// Why the finding is accepted.
    pub(super) reason: Cow<'a, str>,
    /// Who accepted it, one or several together.
    pub(super) approved_by: Vec<Cow<'a, str>>,
    /// The day of the decision.
    #[schemars(extend("format" = "date"))]
    pub(super) approved_on: String,
    /// The day that is accepted: the latest of delivery, or the last on which it works.
    #[schemars(extend("format" = "date"))]
    pub(super) accepts: Option<String>,
    /// The levels and shares that are accepted, by name.
    pub(super) levels: BTreeMap<Cow<'a, str>, String>,
    /// What is accepted of what the finding names.
    pub(super) names: Vec<Cow<'a, str>>,
    /// What of the scope it is for: it holds for each of these; empty where it is for all.
    #[serde(rename = "for")]
    pub(super) scopes: Vec<Lists<'a>>,
    /// The last day on which it holds.
    #[schemars(extend("format" = "date"))]
    pub(super) expires: String,
    /// By which clause or letter the customer knows; null where nobody has said so.
    pub(super) disclosed: Option<Cow<'a, str>>,
    /// Whether it was recorded for what was there when dealcheck came.
    pub(super) baseline: bool,
    /// Where more can be looked up about the decision.
    pub(super) refs: Vec<String>,
    /// Whose it is.
    pub(super) owner: Option<String>,
    /// What somebody noted of it.
    pub(super) note: Option<String>,
}

/// Something that could not be read.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "problem")]
pub(crate) struct ProblemJson<'a> {
    /// The file; null where it is about no file.
    pub(super) file: Option<Cow<'a, str>>,
    /// What is wrong, in a sentence.
    pub(super) message: &'a str,
    /// What else there is to know.
    pub(super) notes: &'a [String],
    /// What can be done.
    pub(super) helps: Vec<&'a str>,
    /// The helps that are no more than an edit, as edits. Each is an edit by itself.
    pub(super) replacements: Vec<Edit<'a>>,
    /// The places that it points at, the primary one first.
    pub(super) spans: Vec<SpanJson<'a>>,
}

/// What to write at a place instead of what stands there.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "replacement")]
pub(super) struct Edit<'a> {
    /// The help that it follows, by its place among the helps, from 0.
    pub(super) help: usize,
    /// The file, as it was named, with `/`.
    pub(super) file: Cow<'a, str>,
    /// Where what is replaced begins.
    pub(super) start: Point,
    /// Where it ends: behind its last character.
    pub(super) end: Point,
    /// What to write there, with the quotes that the file needs.
    pub(super) text: String,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "span")]
pub(super) struct SpanJson<'a> {
    /// The file, as it was named, with `/`.
    pub(super) file: Cow<'a, str>,
    /// Whether it is the place of the words that are wrong; the others say why.
    pub(super) primary: bool,
    /// What there is to see.
    pub(super) label: &'a str,
    /// Where it begins.
    pub(super) start: Point,
    /// Where it ends: behind its last character.
    pub(super) end: Point,
}

/// A point in a file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "point")]
pub(super) struct Point {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters (Unicode scalar values), from 1.
    pub(super) column: usize,
    /// The byte in the file, from 0.
    pub(super) byte: usize,
}

/// The run in numbers.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "summary")]
pub(super) struct Summary {
    /// Contracts that were judged.
    pub(super) contracts: usize,
    /// Their requirements, services included.
    pub(super) requirements: usize,
    #[serde(flatten)]
    pub(super) promises: PromiseCountsJson,
    /// Terms off the standard, which nobody has accepted.
    pub(super) terms: usize,
    /// Terms off the standard, that a waiver covers.
    pub(super) waived_terms: usize,
    /// From the first to the last day on which the roadmaps were reviewed; null where not all say so.
    pub(super) reviewed: Option<WindowJson>,
    /// What the contracts are worth, by currency.
    pub(super) value: Vec<MoneyJson>,
    /// What the deals are worth of which a promise is broken.
    pub(super) value_at_risk: Vec<MoneyJson>,
    /// What late promises would owe by their expected delivery.
    pub(super) remedies: Vec<MoneyJson>,
    /// Findings that make the run fail.
    pub(super) denied: usize,
    /// Findings that do not.
    pub(super) warned: usize,
    /// Findings that a waiver covers.
    pub(super) waived: usize,
    /// Of these, those that were recorded when dealcheck came.
    pub(super) baseline: usize,
    /// The older version, where what it was found to have is left out.
    pub(super) since: Option<SinceJson>,
}

/// Promises by what becomes of them.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct PromiseCountsJson {
    /// How many promises have each verdict; those that none has are left out.
    #[schemars(extend("propertyNames" = serde_json::json!({ "enum": Delivery::WORST_FIRST.map(Delivery::name) })))]
    by_delivery: BTreeMap<&'static str, usize>,
    /// Of those whose verdict is good, how many are gone before they need no longer hold.
    #[schemars(extend("propertyNames" = serde_json::json!({ "enum": Delivery::WORST_FIRST.map(Delivery::name) })))]
    gone: BTreeMap<&'static str, usize>,
    /// Promises that cannot be kept as they stand, which nobody has accepted.
    broken: usize,
    /// Promises that can be kept, with little time to spare.
    tight: usize,
    /// Promises that could not be judged.
    unjudged: usize,
    /// Promises that cannot be kept as they stand, or are tight, and that a waiver covers.
    waived_promises: usize,
    /// Promises that cannot be kept as they stand, and whose lints are allowed.
    allowed_promises: usize,
    /// Promises of efforts alone; they are among the others, too.
    efforts: StrengthJson,
    /// Promises that only name a target; they are among the others, too.
    targets: StrengthJson,
}

impl From<&Counts> for PromiseCountsJson {
    fn from(counts: &Counts) -> Self {
        let named = |(delivery, count): (Delivery, usize)| (delivery.name(), count);
        Self {
            by_delivery: counts.by_delivery().map(named).collect(),
            gone: counts.gone().map(named).collect(),
            broken: counts.of(Standing::Broken),
            tight: counts.of(Standing::AtRisk),
            unjudged: counts.of(Standing::Unjudged),
            waived_promises: counts.of(Standing::Waived),
            allowed_promises: counts.of(Standing::Allowed),
            efforts: StrengthJson::of(counts, Strength::Efforts),
            targets: StrengthJson::of(counts, Strength::Target),
        }
    }
}

/// Promises whose clauses promise less than the thing itself.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "strength")]
struct StrengthJson {
    /// All of them.
    promises: usize,
    /// Those that cannot be kept as they stand, which nobody has accepted.
    broken: usize,
}

impl StrengthJson {
    /// Those of a strength.
    fn of(counts: &Counts, strength: Strength) -> Self {
        let [promises, broken] = counts.of_strength(strength);
        Self { promises, broken }
    }
}

/// An older version, what was there being left out.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "since")]
pub(super) struct SinceJson {
    /// The revision, as it was typed.
    pub(super) revision: String,
    /// The commit that it names.
    pub(super) commit: String,
    /// Findings that were there before, and are left out.
    pub(super) known: usize,
}
