//! Roadmaps, as they are written.

use crate::source::Spanned;

use super::super::decode::{Items, Scalar, Table, Text};
use super::super::record::record;
use super::contract::ScopeTable;

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
