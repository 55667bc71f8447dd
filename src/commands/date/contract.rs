//! The events of a contract, with all that its amendments say of them.

use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::diagnostic::Problem;
use crate::input::config::ConfigFile;
use crate::input::discover::Request;
use crate::model::calendar::Calendar;
use crate::model::deadline::Events;
use crate::model::window::Date;
use crate::output::draw_problems;
use crate::source::Sources;
use crate::workspace::{CheckOptions, Workspace};

/// A contract that is asked about its days.
pub(super) struct AskedContract {
    pub(super) events: Events,
    /// What its days are counted by.
    pub(super) calendar: Calendar,
    /// Where it states a fiscal year of its own.
    pub(super) fiscal_place: Option<String>,
}

/// What was found where a contract was looked for.
pub(super) struct ContractSearch {
    pub(super) contract: Option<AskedContract>,
    pub(super) config: Option<Arc<ConfigFile>>,
    /// What could not be read, as it is told.
    pub(super) problems: String,
}

/// Reads the contract in a file as `lint` reads it. What its features are is no matter.
pub(super) fn find(
    file: &Path,
    config: Option<&Path>,
    folder: &Path,
    today: Date,
    colour: bool,
) -> ContractSearch {
    let request =
        Request { paths: vec![file.to_owned()], config: config.map(Path::to_owned), ..Request::default() };
    let workspace = Workspace::find(&request, folder, CheckOptions::on(today));
    let run = check::run(&workspace, |outcome| (contract(outcome), problems(outcome, colour)));
    let (contracts, mut problems): (Vec<_>, Vec<String>) = run.parts.into_iter().unzip();
    let mut contracts: Vec<AskedContract> = contracts.into_iter().flatten().collect();
    let is_one = contracts.len() == 1;
    if !is_one && problems.iter().all(String::is_empty) {
        let title = match contracts.len() {
            0 => format!("{} is no contract", file.display()),
            _ => format!("{} holds several contracts", file.display()),
        };
        let problem = Problem::of_run(title).help("name the file of one contract");
        problems.push(draw_problems(&[problem], Sources::NONE, colour));
    }
    let config = workspace.found.groups.first().and_then(|group| group.config.clone());
    ContractSearch { contract: contracts.pop().filter(|_| is_one), config, problems: problems.concat() }
}

fn contract(outcome: &Outcome<'_>) -> Option<AskedContract> {
    let OutcomeSubject::Contract(_, group, Some(judged)) = outcome.about else { return None };
    let contract = judged.contract;
    let own = contract.calendar.as_deref();
    let place = own.and_then(|own| outcome.sources.place(own.span));
    Some(AskedContract {
        events: contract.events.clone(),
        calendar: own.map_or_else(|| group.reading().calendar.clone(), |own| own.value.clone()),
        fiscal_place: place.map(|(name, position)| format!("{name}:{}", position.line)),
    })
}

/// What could not be read of the contract and its configuration; what is wrong with the roadmap changes no day.
fn problems(outcome: &Outcome<'_>, colour: bool) -> String {
    let problems: Vec<Problem> = match outcome.about {
        OutcomeSubject::Group(files, _) => {
            let config = files.config.as_ref().and_then(|config| Some(config.source.as_ref()?.id()));
            let is_of_config = |problem: &&Problem| {
                problem.diagnostic.primary().is_some_and(|label| Some(label.span.file) == config)
            };
            outcome.problems.iter().filter(is_of_config).cloned().collect()
        }
        _ => outcome.problems.to_vec(),
    };
    draw_problems(&problems, outcome.sources, colour)
}
