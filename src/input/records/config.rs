//! Configurations, as they are written.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problem;
use crate::source::Spanned;

use super::super::decode::{Decode, Items, KnownTable, Scalar, Table, Text, mismatch};
use super::super::parse::{Node, NodeKind};
use super::super::record::record;
use super::super::shape::{NOT_BLANK, Shape};
use super::contract::FiscalYearRecord;

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
