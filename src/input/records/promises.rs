//! Files of promises, as `dealcheck index` writes them.

use crate::source::Spanned;

use super::super::decode::{Items, Table, Text};
use super::super::record::record;
use super::contract::ScopeTable;

record! {
    /// What `dealcheck index` writes: promises, without who made them to whom.
    pub struct PromiseFileRecord = "a file of promises" {
        /// The version of this shape: 1.
        version: Text = "version", required;
        /// The contracts.
        contracts: Items<IndexedContractRecord> = "contracts", required;
    }
}

record! {
    /// A contract in a file of promises.
    pub struct IndexedContractRecord = "a contract in a file of promises" {
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
        promises: Items<IndexedPromiseRecord> = "promises", required;
    }
}

record! {
    /// A promise in a file of promises.
    pub struct IndexedPromiseRecord = "a promise" {
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
