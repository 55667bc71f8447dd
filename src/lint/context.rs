//! What lints are given: the day, the roadmap, the settings. Nothing in it changes.

use crate::delivery::{Chance, Forecaster, Judge, Promise};
use crate::model::calendar::Calendar;
use crate::model::config::Economics;
use crate::model::contract::Contract;
use crate::model::evidence::Evidence;
use crate::model::forecast::ForecastTable;
use crate::model::roadmap::Roadmap;
use crate::model::role::Roles;
use crate::model::window::Date;
use crate::prose::documents::ContractDocuments;
use crate::prose::reader::RoadmapNames;

use super::Lint;
use super::active::ActiveLints;
use super::finding::Finding;
use super::obstacle::Obstacle;
use super::settings::Settings;

/// What every check of a group of contracts shares.
#[derive(Clone, Copy)]
pub struct LintContext<'r> {
    /// The day of the check.
    pub today: Date,
    /// The roadmap.
    pub roadmap: &'r Roadmap,
    /// Levels and options.
    pub settings: &'r Settings,
    /// The lints that are on.
    pub active: &'r ActiveLints,
    /// Who is in which role.
    pub roles: &'r Roles,
    /// What work costs, and what currencies are worth in each other.
    pub economics: &'r Economics,
    /// What is known of how good targets are.
    pub evidence: &'r Evidence,
    /// How often plans are kept.
    pub forecast: &'r ForecastTable,
    /// Whether it is asked how likely promises are kept.
    pub tells_chances: bool,
    /// Judges promises.
    pub judge: Judge<'r>,
    /// What days are counted by, where a contract has no calendar of its own.
    pub calendar: &'r Calendar,
    /// The roadmap's names, for prose.
    pub names: &'r RoadmapNames,
}

/// A contract with all its promises judged.
pub struct JudgedContract<'r> {
    /// The contract.
    pub contract: &'r Contract,
    /// The documents that it consists of.
    pub(crate) documents: &'r ContractDocuments,
    /// Its requirements, in the order of the file.
    pub promises: Vec<Promise<'r>>,
    /// What stands in the way of each; nothing of a contract that is over.
    pub obstacles: Vec<Vec<Obstacle>>,
    /// How likely each is kept, where that is asked.
    pub(crate) chances: Vec<Option<Chance>>,
    /// How likely all of them are.
    pub(crate) chance: Option<Chance>,
}

impl<'r> LintContext<'r> {
    /// Works out how likely promises are kept.
    pub(crate) fn forecaster(&self) -> Forecaster<'r> {
        Forecaster { evidence: self.evidence, table: self.forecast, today: self.today }
    }
}

impl JudgedContract<'_> {
    /// A finding about the contract as a whole, at no place yet.
    pub fn finding(&self, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        Finding::of_contract(self.contract, lint, title)
    }

    /// Each promise with what stands in its way.
    pub fn with_obstacles(&self) -> impl Iterator<Item = (&Promise<'_>, &[Obstacle])> {
        let obstacles = self.obstacles.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        self.promises.iter().zip(obstacles)
    }
}
