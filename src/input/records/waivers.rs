//! Waivers, as they are written.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problem;
use crate::source::{Span, Spanned};

use super::super::decode::{Decode, Items, Scalar, Table, Text, mismatch};
use super::super::parse::{Node, NodeKind};
use super::super::record::record;
use super::super::shape::Shape;
use super::contract::{RemedyRecord, ScopeTable};

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
