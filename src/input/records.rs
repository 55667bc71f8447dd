//! The tables of contracts, roadmaps and configurations, as they are written.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problem;
use crate::source::{Span, Spanned};

use super::decode::{Decode, Items, KnownTable, Scalar, Table, Text, mismatch};
use super::parse::{Node, NodeKind};
use super::record::record;
use super::shape::{NOT_BLANK, Shape};

/// A scope as it is written: dimensions with their values.
pub(crate) type ScopeTable = Table<Vec<Text>>;

record! {
    /// One contract: a deal with its requirements.
    pub struct ContractRecord = "a contract" {
        /// The contract's own number or name, unique among the contracts that are checked together.
        contract: Text = "contract" also ["agreement", "contractid", "contractnumber"], required;
        /// The customer's name.
        customer: Text = "customer" also ["client", "buyer", "purchaser"];
        /// Who sells: a mail address.
        seller: Text = "seller";
        /// `draft` (the default), `signed`, `ended` or `lost`; the last two are never linted.
        status: Text = "status" also ["stage", "phase"];
        /// Planned or actual day of signature.
        signing: Text = "signing" also ["signed", "signedon", "signature", "signingdate", "signaturedate"];
        /// The day from which the contract holds: a date, or relative to another event; without it, the signing.
        effective: Text = "effective" also ["effectivedate", "effectiveon", "inforce"];
        /// The contract's term: its first and its last day.
        period: PeriodRecord = "period" also ["start", "end", "term", "startdate", "enddate", "duration"];
        /// Total value over the term, such as `480000 EUR`.
        value: Text = "value";
        /// Scope of every requirement, such as `{ region: eu }`.
        scope: ScopeTable = "for" also ["scope", "scopes", "onlyfor", "limitedto", "appliesto", "availablefor"];
        /// Named days that deadlines may refer to: dates, or relative to other events, in any order.
        milestones: Table<Text> = "milestones";
        /// Prose that the contract consists of: files, relative to this one.
        documents: Vec<Text> = "documents";
        /// Commercial terms, held against the roadmap's standard terms.
        terms: Table<AgreedTermSetting> = "terms";
        /// What is paid regularly, by name, such as `{ monthly: 4000 EUR, annual: 48000 EUR }`; terms and remedies may name it.
        fees: Table<Text> = "fees" also ["fee"];
        /// The most that all remedies of the contract together can come to: a share of the value, or a sum.
        remedy_cap: Text = "remedy-cap";
        /// The promises, one by one.
        requirements: Items<RequirementRecord> = "requirements" also [
            "promises", "commitments", "obligations", "deliverables"
        ];
        /// The contract that this one amends.
        amends: Text = "amends";
        /// The master agreement that it is under: what that says of terms and scope holds, where the contract says nothing else.
        under: Text = "under" also ["master", "masteragreement", "msa", "framework"];
        /// Requirements of the amended contract that no longer hold.
        drop: Vec<Text> = "drop";
        /// The customer's own fiscal year.
        fiscal_year: FiscalYearRecord = "fiscal-year";
        /// Where more about it can be looked up: a ticket, a page, a CRM id.
        refs: Vec<Text> = "ref" also ["refs", "reference", "references"];
        /// Whose it is: a mail address.
        owner: Text = "owner";
        /// What somebody noted of it.
        note: Text = "note" also ["notes", "remark", "comment"];
        /// The features for want of which the deal was lost; without it all that it asked for counts.
        lost_because: Vec<Text> = "lost-because";
    }
    dimensions strays = "for: { KEY: … }";
}

/// A commercial term of a contract: its value, or a table that says more of it.
#[derive(Clone, Debug)]
pub enum AgreedTermSetting {
    /// `30 days`
    Value(Scalar),
    /// `{ value: 30 days, ref: LEGAL-7 }`
    Table(AgreedTermRecord),
}

record! {
    /// A commercial term of a contract, where more is said of it than its value.
    pub struct AgreedTermRecord = "an agreed term" {
        /// What was agreed: a text, a quantity, `unlimited`, `true` or `false`.
        value: Scalar = "value", required;
        /// Where more about it can be looked up: a ticket, a page, a CRM id.
        refs: Vec<Text> = "ref" also ["refs", "reference", "references"];
        /// Whose it is: a mail address.
        owner: Text = "owner";
        /// What somebody noted of it.
        note: Text = "note" also ["notes", "remark", "comment"];
    }
}

impl AgreedTermSetting {
    /// What was agreed; none where that could not be read.
    pub fn value(&self) -> Option<&Scalar> {
        match self {
            Self::Value(value) => Some(value),
            Self::Table(record) => record.value.given(),
        }
    }
}

impl Shape for AgreedTermSetting {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let (value, table) = (Scalar::shape(generator), AgreedTermRecord::shape(generator));
        json_schema!({ "anyOf": [value, table] })
    }
}

impl Decode for AgreedTermSetting {
    const EXPECTED: &'static str = Scalar::EXPECTED;

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => AgreedTermRecord::decode(node, key, problems).map(Self::Table),
            _ => Scalar::decode(node, key, problems).map(Self::Value),
        }
    }
}

record! {
    /// A contract's term.
    pub struct PeriodRecord = "a period" {
        /// The first day: a date, or relative to another event.
        start: Text = "start" also ["from", "begin", "begins", "startdate", "firstday"];
        /// The last day: a date, or relative to another event. A distance after the start is its `term`.
        end: Text = "end" also ["to", "until", "till", "enddate", "lastday"];
        /// How long it lasts from its start, such as `36 months`; it ends the day before the day of the same number.
        term: Text = "term" also ["duration", "length", "lasts", "months", "years"];
    }
}

record! {
    /// One promise.
    pub struct RequirementRecord = "a requirement" {
        /// A name for the requirement, unique in the contract; without it the feature's id.
        id: Text = "id";
        /// Where the contract's prose states it, such as `Exhibit B, 2.1`.
        clause: Text = "clause";
        /// What the contract's prose says.
        text: Text = "text";
        /// `feature` (the default), or `service` for an obligation that needs no feature.
        kind: Text = "kind";
        /// The promised feature: its id, name or alias in the roadmap; a list promises all of them.
        feature: Vec<Text> = "feature";
        /// The day by which it must be met: a date, or relative to an event.
        due: Text = "due" also [
            "deadline", "by", "on", "when", "date", "dew", "dueby", "dueon", "duedate", "target", "targetdate",
            "eta", "delivery", "deliveryby", "deliverydate", "deliverby", "neededby", "requiredby"
        ];
        /// How long it must hold: a date, or relative to an event; without it, until the contract ends.
        until: Text = "until" also ["till", "holdsuntil", "validuntil", "through"];
        /// The day on which the customer accepted it: then it is kept. It needs a `ref`.
        met: Text = "met" also ["accepted", "acceptedon", "meton", "fulfilled", "deliveredon"];
        /// Where more about it can be looked up: a ticket, a page, a CRM id.
        refs: Vec<Text> = "ref" also ["refs", "reference", "references"];
        /// Whose it is: a mail address.
        owner: Text = "owner";
        /// What somebody noted of it.
        note: Text = "note" also ["notes", "remark", "comment"];
        /// The scope it is promised for, such as `{ platform: [linux, windows] }`.
        scope: ScopeTable = "for" also ["scope", "scopes", "onlyfor", "limitedto", "appliesto", "availablefor"];
        /// `ga` (the default), or `beta` where the customer takes a beta.
        accept: Text = "accept";
        /// `efforts` where the clause promises efforts alone, `target` where it only names a target. It changes no level, and is
        /// told with what is found.
        strength: Text = "strength";
        /// Levels it must reach, such as `{ retention: ">= 365 days", certificates: [ISO 27001, SOC 2] }`.
        needs: Table<Spanned<Vec<Text>>> = "needs";
        /// What is owed when the promise is missed; several add up.
        remedy: Items<RemedyRecord> = "remedy" also ["remedies", "penalty", "penalties", "liquidateddamages"];
    }
    dimensions strays = "for: { KEY: … }";
}

record! {
    /// What is owed when a promise is missed.
    pub struct RemedyRecord = "a remedy" {
        /// The share or sum that is owed for each period of delay, such as `2 %` or `500 EUR`.
        credit: Text = "credit";
        /// The period that each credit is for: `day`, `week`, `month`, `quarter` or `year`, which count once they have started;
        /// `full week` counts whole ones; `once`.
        per: Text = "per";
        /// A distance that is free for good, such as `10 days`.
        grace: Text = "grace";
        /// A distance that is free unless the delay is longer; then all days count from the first.
        if_over: Text = "if-over";
        /// What is owed from when on, in place of `credit`: the last step that was reached holds.
        steps: Items<StepRecord> = "steps";
        /// What shares are of: `value` (the default), a name from `fees`, or a sum.
        of: Text = "of";
        /// The most that can be owed: a share of the same, or a sum.
        cap: Text = "cap";
        /// Whether nothing else can be owed for it; else what is owed is told as the least.
        sole: Spanned<bool> = "sole" also ["soleremedy", "exclusive"];
        /// The delay from which on the customer may end the contract, such as `60 days`.
        terminate: Text = "terminate" also ["termination"];
        /// What is paid back then: a share or a sum.
        refund: Text = "refund";
        /// Service credits by level: `{ uptime: { "< 99.9 % monthly": 5 % } }`.
        tiers: Table<Table<Text>> = "tiers";
    }
}

record! {
    /// A step of what is owed.
    pub struct StepRecord = "a step" {
        /// The delay after which it holds, such as `10 days`.
        after: Text = "after", required;
        /// What is owed then: a share or a sum.
        credit: Text = "credit", required;
    }
}

record! {
    /// When a fiscal year begins, and which of its calendar years it is named by.
    pub struct FiscalYearRecord = "a fiscal year" {
        /// The month it starts in, such as `February`.
        start: Text = "start", required;
        /// `end` where it is named by the calendar year it ends in, `start` where by the one it starts in.
        named_by: Text = "named-by", required;
    }
}

record! {
    /// What the product does, will do and no longer does.
    pub struct RoadmapRecord = "a roadmap" {
        /// The product, and when its roadmap was last reviewed.
        product: ProductRecord = "product";
        /// The features, by id.
        features: Table<FeatureRecord> = "features", main;
        /// The teams that build them, by name.
        teams: Table<TeamRecord> = "teams";
        /// Releases with their dates, by name; a target may name one.
        releases: Table<Text> = "releases";
        /// The standard commercial terms, by name.
        terms: Table<TermRecord> = "terms";
        /// The order of levels that are words, from the least to the most, such as `support-hours = ["8x5", "24x7"]`.
        scales: Table<Vec<Text>> = "scales";
    }
}

record! {
    /// The product.
    pub struct ProductRecord = "a product" {
        /// The product's name.
        name: Text = "name";
        /// The last day on which product and sales went through the roadmap together.
        reviewed: Text = "reviewed";
    }
}

record! {
    /// One capability; its own fields are its first offer.
    pub struct FeatureRecord = "a feature" {
        /// The name that people know it by.
        name: Text = "name";
        /// Other names that contracts may use.
        aliases: Vec<Text> = "aliases";
        /// The feature that takes its place.
        replaced_by: Text = "replaced-by";
        /// The feature as it is available for other scopes or levels.
        offers: Items<OfferRecord> = "offers";
    }
    flatten own: OfferRecord;
}

record! {
    /// A feature as it is available for one scope and level.
    pub struct OfferRecord = "an offer" {
        /// `idea`, `planned`, `in-progress`, `beta`, `shipped`, `paused`, `deprecated`, `retired` or `rejected`.
        status: Text = "status" also ["stage", "phase"];
        /// The day it shipped.
        shipped: Text = "shipped" also [
            "shipdate", "shippedon", "released", "releasedon", "launched", "available", "availablefrom", "since"
        ];
        /// When it is planned to ship: a date, a period such as `2027-Q2`, or a release.
        target: Text = "target" also [
            "eta", "due", "duedate", "date", "deadline", "by", "when", "expected", "planned", "plannedfor", "quarter",
            "release", "releasedate", "gadate", "targetdate"
        ];
        /// When its beta is planned to begin; the day it began where the status is beta.
        beta: Text = "beta" also ["betadate", "preview", "earlyaccess"];
        /// The last day it works.
        sunset: Text = "sunset" also [
            "endoflife", "eol", "eoldate", "endofsupport", "eos", "until", "end", "removal", "retired", "retires",
            "sunsetdate", "sunseton"
        ];
        /// The scope it is available for; a dimension that is not named is not restricted.
        scope: ScopeTable = "for" also ["scope", "scopes", "onlyfor", "limitedto", "appliesto", "availablefor"];
        /// The levels it reaches, such as `{ retention = "90 days", certificates = ["ISO 27001", "SOC 2"] }`.
        levels: Table<Spanned<Vec<Text>>> = "levels";
        /// The features that it cannot ship before.
        depends_on: Vec<Text> = "depends-on" also ["dependencies", "requires", "blockedby", "waitsfor", "after"];
        /// The team that builds it.
        team: Text = "team";
        /// The work still to do, such as `120 days`.
        effort: Text = "effort";
        /// The work for each customer who is promised it, also after it has shipped, such as `15 days`.
        custom_effort: Text = "custom-effort";
        /// Whether the team has committed to the target, not only planned it.
        committed: Spanned<bool> = "committed";
        /// The last day on which the team said that the target holds.
        confirmed: Text = "confirmed";
        /// References, benchmarks, case studies.
        evidence: Vec<Text> = "evidence";
        /// What the target was before.
        history: Items<HistoryRecord> = "history";
        /// Where more about it can be looked up: a ticket, a page, a CRM id.
        refs: Vec<Text> = "ref" also ["refs", "reference", "references"];
        /// Whose it is: a mail address.
        owner: Text = "owner";
        /// What somebody noted of it.
        note: Text = "note" also ["notes", "remark", "comment"];
    }
    dimensions strays = "for = { KEY = … }";
}

record! {
    /// A former target.
    pub struct HistoryRecord = "a former target" {
        /// The day from which on the target was this.
        on: Text = "on", required;
        /// What the target was.
        target: Text = "target", required;
    }
}

record! {
    /// A team.
    pub struct TeamRecord = "a team" {
        /// What it can build, such as `60 days per quarter`.
        capacity: Text = "capacity", required;
    }
}

record! {
    /// A standard commercial term.
    pub struct TermRecord = "a standard term" {
        /// What is standard: a constraint such as `<= 45 days`, texts, `true` or `false`.
        standard: Vec<Scalar> = "standard", required;
        /// The role that may approve an exception, however far it goes; several decide together.
        approver: Vec<Text> = "approver";
        /// Exceptions from the standard outwards, each with who may approve it. Beyond the last one nobody may.
        bands: Items<BandRecord> = "bands";
        /// What silence of a contract means, such as `unlimited`: it is held against the standard as if it were written.
        absent: Scalar = "absent";
        /// Whether each contract must state it.
        required: Spanned<bool> = "required";
        /// Where more about it can be looked up: a ticket, a page, a CRM id.
        refs: Vec<Text> = "ref" also ["refs", "reference", "references"];
        /// Whose it is: a mail address.
        owner: Text = "owner";
        /// What somebody noted of it.
        note: Text = "note" also ["notes", "remark", "comment"];
    }
}

record! {
    /// A range of exceptions from a standard term.
    pub struct BandRecord = "a band" {
        /// What lies in it, as a standard is written, such as `<= 60 days`; `any` is whatever lies beyond the others.
        accept: Vec<Scalar> = "accept", required;
        /// The role that may approve it, and what lies in the bands before it; several decide together.
        approver: Vec<Text> = "approver", required;
    }
}

record! {
    /// `dealcheck.toml`.
    pub struct ConfigRecord = "a configuration" {
        /// The roadmap files, relative to the configuration; patterns are allowed.
        roadmap: Vec<Text> = "roadmap";
        /// The contracts that are checked when no path is given, as patterns.
        contracts: Vec<Text> = "contracts";
        /// Files and folders that are not checked, as patterns.
        exclude: Vec<Text> = "exclude";
        /// The files of waivers.
        waivers: Vec<Text> = "waivers";
        /// Folders that may have a configuration of their own, relative to this one.
        nested: Vec<Text> = "nested";
        /// The company's fiscal year.
        fiscal_year: FiscalYearRecord = "fiscal-year";
        /// Days that are no business days.
        holidays: Vec<Text> = "holidays";
        /// `cautious` (the default) or `end`: how a deadline such as `Q3 2027` is read.
        bare_period: Text = "bare-period";
        /// `calendar` or `fiscal`: which year a quarter such as `Q2 2027` is of, where the fiscal year does not begin in January.
        quarters: Text = "quarters";
        /// `stay` (the default) or `next-business-day`: what becomes of a deadline on a Saturday, a Sunday or a holiday.
        weekend: Text = "weekend";
        /// What a day of work costs, such as `900 EUR`.
        day_rate: Text = "day-rate";
        /// What one unit of a currency is worth in another, such as `USD = "0.92 EUR"`.
        rates: KnownTable<Text> = "rates";
        /// `on` (the default) or `off`: whether reports name sellers, owners and teams.
        people: Text = "people";
        /// What stands under reports, in the company's own words.
        notice: Text = "notice";
        /// Who may approve what: mail addresses, by role; `{ who = "…", from = 2026-01-01, until = 2027-03-31 }` for a time.
        roles: Table<Items<MemberSetting>> = "roles";
        /// How many of the plans like one were kept: the company's own table in place of the public one.
        forecast: ForecastRecord = "forecast";
        /// Options of `dealcheck import --as roadmap` that are always the same.
        import: ImportRecord = "import";
        /// Levels and options of lints, by lint.
        lints: KnownTable<LintSetting> = "lints";
        /// What other words for a status mean, such as `done = "shipped"`.
        statuses: Table<Text> = "statuses";
        /// What other words for a contract's status mean, such as `"Closed Won" = "signed"`.
        contract_statuses: Table<Text> = "contract-statuses";
    }
}

record! {
    /// Options of `dealcheck import --as roadmap`, which those on the command line replace.
    pub struct ImportRecord = "an import" {
        /// The tool that tables are from, such as `jira`, where their headers do not tell.
        profile: Text = "profile";
        /// The sheet of a workbook that has several.
        sheet: Text = "sheet";
        /// The column that holds a key, such as `target = "Go-live"`; of a list the first that says something.
        map: Table<Vec<Text>> = "map";
        /// The rows that are meant, such as `"Issue Type" = "Epic"`; of a list any.
        only: Table<Vec<Text>> = "only";
        /// `dmy` or `mdy`: whether the day or the month comes first in days such as 03/04/2027.
        date_order: Text = "date-order";
        /// `keep` (the default) or `retired`: what becomes of features that the table no longer has.
        gone: Text = "gone";
    }
}

record! {
    /// How many of the plans like one were kept: a share for no days to spare, one from 100 days on, one from 215 days on.
    pub struct ForecastRecord = "a forecast" {
        /// Of those that the team had committed to, and confirmed within 60 days.
        committed: Spanned<Vec<Text>> = "committed";
        /// Of those that were confirmed within 60 days.
        confirmed: Spanned<Vec<Text>> = "confirmed";
        /// Of those that were not confirmed for longer.
        stale: Spanned<Vec<Text>> = "stale";
    }
}

/// How a lint is set: a level, or a table with a level and options.
#[derive(Clone, Debug)]
pub enum LintSetting {
    /// `late-feature = "deny"`
    Level(Text),
    /// `tight-deadline = { level = "deny", margin = "45 days" }`; one table for all lints, whose options the
    /// lints themselves declare.
    Table(KnownTable<Vec<Scalar>>),
}

impl LintSetting {
    /// The level, where it is given as a text.
    pub fn level(&self) -> Option<&Text> {
        match self {
            Self::Level(level) => Some(level),
            Self::Table(KnownTable(table)) => {
                let (_, field) = table.entries.iter().find(|(key, _)| key.value == "level")?;
                match field.given()?.as_slice() {
                    [Scalar::Text(level)] => Some(level),
                    _ => None,
                }
            }
        }
    }
}

impl Shape for LintSetting {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let table = KnownTable::<Vec<Scalar>>::shape(generator);
        json_schema!({ "anyOf": [{ "type": "string", "pattern": NOT_BLANK }, table] })
    }
}

impl Decode for LintSetting {
    const EXPECTED: &'static str =
        "a level (`allow`, `warn`, `deny`, `forbid`) or a table with `level` and options";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => KnownTable::decode(node, key, problems).map(Self::Table),
            NodeKind::Text(_) => Text::decode(node, key, problems).map(Self::Level),
            _ => mismatch::<Self>(node, key, problems),
        }
    }
}

/// Somebody in a role: for good, or for a time.
#[derive(Clone, Debug)]
pub enum MemberSetting {
    /// `"finn@vendor.example"`
    Always(Text),
    /// `{ who = "finn@vendor.example", from = 2026-01-01 }`
    During(MemberRecord),
}

record! {
    /// Somebody who is in a role for a time.
    pub struct MemberRecord = "a member of a role" {
        /// The mail address.
        who: Text = "who", required;
        /// The first day.
        from: Text = "from";
        /// The last day.
        until: Text = "until";
    }
}

impl Shape for MemberSetting {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let table = MemberRecord::shape(generator);
        json_schema!({ "anyOf": [{ "type": "string", "pattern": NOT_BLANK }, table] })
    }
}

impl Decode for MemberSetting {
    const EXPECTED: &'static str = "a mail address, or a table with `who`, `from` and `until`";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => MemberRecord::decode(node, key, problems).map(Self::During),
            NodeKind::Text(_) => Text::decode(node, key, problems).map(Self::Always),
            _ => mismatch::<Self>(node, key, problems),
        }
    }
}

/// What a waiver accepts of what is found.
#[derive(Clone, Debug)]
pub enum AcceptanceSetting {
    /// `2027-06-30`
    Day(Text),
    /// `{ retention = "90 days" }`
    Levels(Table<Spanned<Vec<Text>>>),
    /// `["windows"]`
    Names(Vec<Text>, Span),
}

impl Shape for AcceptanceSetting {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let (day, levels) = (Text::shape(generator), Table::<Spanned<Vec<Text>>>::shape(generator));
        let names = Vec::<Text>::shape(generator);
        json_schema!({ "anyOf": [day, levels, names] })
    }
}

impl Decode for AcceptanceSetting {
    const EXPECTED: &'static str = "a day, a table of levels, or a list of names";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(_) => Table::decode(node, key, problems).map(Self::Levels),
            NodeKind::Text(_) | NodeKind::Number(_) => Text::decode(node, key, problems).map(Self::Day),
            NodeKind::List(_) => {
                Vec::<Text>::decode(node, key, problems).map(|names| Self::Names(names, node.span))
            }
            _ => mismatch::<Self>(node, key, problems),
        }
    }
}

record! {
    /// `waivers.toml`: decisions to accept a finding.
    pub struct WaiversRecord = "a file of waivers" {
        /// The decisions, in the order in which they were taken.
        waivers: Items<WaiverRecord> = "waivers", required;
    }
}

record! {
    /// A recorded, approved exception to a finding.
    pub struct WaiverRecord = "a waiver" {
        /// The contract's id.
        contract: Text = "contract", required;
        /// The requirement; without it and without `term` the waiver is about the contract as a whole.
        requirement: Text = "requirement";
        /// The commercial term.
        term: Text = "term";
        /// The features of the requirement that it is for; without it, all of them.
        feature: Vec<Text> = "feature";
        /// What of the requirement's scope it is for, such as `{ platform = "windows" }`; several tables add up; without it, all.
        scopes: Vec<ScopeTable> = "for";
        /// The lint whose finding is accepted.
        lint: Text = "lint", required;
        /// Why it is accepted.
        reason: Text = "reason", required;
        /// Who accepted it: a mail address, or those who decided together.
        approved_by: Vec<Text> = "approved-by", required;
        /// The day of the decision, such as `2026-11-20`.
        approved_on: Text = "approved-on", required;
        /// What is accepted of what is found: the latest day of delivery, the last day on which it works, levels such as
        /// `{ retention = "90 days" }`, or a list of what it names. What is worse, or more, is not covered.
        accepts: AcceptanceSetting = "accepts";
        /// The last day on which the waiver holds; `end` for the last day of the contract.
        expires: Text = "expires", required;
        /// By which clause or letter the customer knows.
        disclosed: Text = "disclosed";
        /// Whether it was recorded for what was there when dealcheck came.
        baseline: Spanned<bool> = "baseline";
        /// What was decided on, as it stood: what is worse is not covered.
        of: MatterRecord = "of";
        /// Where more about it can be looked up: a ticket, a page, a CRM id.
        refs: Vec<Text> = "ref" also ["refs", "reference", "references"];
        /// Whose it is: a mail address.
        owner: Text = "owner";
        /// What somebody noted of it.
        note: Text = "note" also ["notes", "remark", "comment"];
    }
}

record! {
    /// What a waiver is about, as it stood when it was approved.
    pub struct MatterRecord = "an approved subject" {
        /// The value of the term.
        value: Scalar = "value";
        /// The fees that the value, or its standard, is a multiple of, as they were.
        fees: Table<Text> = "fees";
        /// What the requirement promised.
        feature: Vec<Text> = "feature";
        /// The day by which it was due, or the first and the last day that it may mean: `2027-07-01 to 2027-09-30`.
        due: Text = "due";
        /// The day until which it had to hold; only for lints about what is gone too soon.
        until: Text = "until";
        /// What it was for, those of the contract included.
        scope: ScopeTable = "for";
        /// The levels that it had to reach.
        needs: Table<Spanned<Vec<Text>>> = "needs";
        /// `beta` where the customer took a beta.
        accept: Text = "accept";
        /// `efforts` or `target`, where the clause promised no more.
        strength: Text = "strength";
        /// What was owed if it was missed.
        remedy: Items<RemedyRecord> = "remedy";
        /// The most that all remedies of the contract could come to.
        remedy_cap: Text = "remedy-cap";
        /// Of the words that were decided on, in the contract's documents or the text of a requirement, the hashes that `waive` writes.
        words: Vec<Text> = "words";
    }
}

record! {
    /// What `dealcheck index` writes: promises, without who made them to whom.
    pub struct PromisesRecord = "a file of promises" {
        /// The version of this shape: 1.
        version: Text = "version", required;
        /// The contracts.
        contracts: Items<PromisingRecord> = "contracts", required;
    }
}

record! {
    /// A contract in a file of promises.
    pub struct PromisingRecord = "a contract in a file of promises" {
        /// What stands for its id.
        contract: Text = "contract", required;
        /// What stands for the id of the contract that it amends.
        deal: Text = "deal";
        /// What stands for the customer.
        customer: Text = "customer", required;
        /// `draft` or `signed`.
        status: Text = "status", required;
        /// The days on which it may end.
        end: WindowRecord = "end";
        /// What is promised.
        promises: Items<PromiseRecord> = "promises", required;
    }
}

record! {
    /// A promise in a file of promises.
    pub struct PromiseRecord = "a promise" {
        /// What stands for the requirement.
        promise: Text = "promise", required;
        /// The features, as the contract names them.
        feature: Vec<Text> = "feature", required;
        /// The days by which it must be met, by the strict and by the lenient reading; without it, today.
        due: WindowRecord = "due";
        /// `open` or `when available`, where no day is promised.
        unscheduled: Text = "unscheduled";
        /// The days until which it must hold, where that is not the contract's end.
        until: WindowRecord = "until";
        /// The days on which the customer accepted it.
        met: WindowRecord = "met";
        /// What it is promised for.
        scope: ScopeTable = "for";
        /// Levels that it must reach.
        needs: Table<Spanned<Vec<Text>>> = "needs";
        /// `beta` where the customer takes a beta.
        accept: Text = "accept";
    }
}

record! {
    /// A first and a last day.
    pub struct WindowRecord = "a first and a last day" {
        /// The first day.
        earliest: Text = "earliest", required;
        /// The last day.
        latest: Text = "latest", required;
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::Record;
    use super::*;

    #[track_caller]
    fn unambiguous<R: Record>() {
        let mut seen: Vec<&str> = Vec::new();
        for word in R::KEYS.iter().flat_map(|key| key.also) {
            assert!(R::KEYS.iter().all(|key| key.name != *word), "`{word}` is a key of {}", R::NOUN);
            assert!(!seen.contains(word), "`{word}` stands for two keys of {}", R::NOUN);
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "`{word}` is not in one word");
            seen.push(word);
        }
    }

    #[test]
    fn what_people_write_for_a_key_is_no_other_key() {
        unambiguous::<ContractRecord>();
        unambiguous::<PeriodRecord>();
        unambiguous::<RequirementRecord>();
        unambiguous::<FeatureRecord>();
        unambiguous::<OfferRecord>();
    }
}
