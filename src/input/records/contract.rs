//! Contracts, as they are written.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problem;
use crate::source::Spanned;

use super::super::decode::{Decode, Items, Scalar, Table, Text};
use super::super::parse::{Node, NodeKind};
use super::super::record::record;
use super::super::shape::Shape;

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
