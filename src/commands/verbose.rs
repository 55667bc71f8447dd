//! What `--verbose` tells of a run, on standard error: which settings hold and why, which files were read, and how
//! long each step took.

use std::io::{self, Write};
use std::time::Duration;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::input::config::FILE_NAME;
use crate::input::discover::{Discovery, FileSet, Request, UnusedExclude};
use crate::text::{clean, plural};

use super::log::stderr;

/// What there is to tell of an outcome.
pub(super) fn outcome(outcome: &Outcome<'_>, request: &Request) -> String {
    match outcome.about {
        OutcomeSubject::Run | OutcomeSubject::Shared(..) => String::new(),
        OutcomeSubject::Group(files, _) => settings(files, request),
        OutcomeSubject::LeftOut { name, why } => line(&format!("left out {name}: {why}")),
        OutcomeSubject::Contract(candidate, _, judged) => {
            let documents = judged.iter().flat_map(|judged| &judged.documents.read);
            let documents = documents.map(|read| line(&format!("read {}", read.document.name)));
            documents.fold(line(&format!("checked {}", candidate.name)), |told, read| told + &read)
        }
    }
}

/// Tells of patterns of `exclude` that leave nothing out: those that are written as for another program in any case. So
/// is what a configuration below another one leaves out, since whoever allows for that one may want all to be checked.
pub(super) fn excludes(found: &Discovery, is_verbose: bool) -> io::Result<()> {
    let told = found.unused_excludes.iter().filter_map(|UnusedExclude { pattern, config }| {
        let hint = if pattern.contains('\\') {
            ": write `/` for `\\`"
        } else if pattern.starts_with('!') {
            ": `!` takes nothing back here"
        } else if is_verbose {
            ""
        } else {
            return None;
        };
        Some(line(&format!("warning: `{pattern}`, of `exclude` in {config}, leaves nothing out{hint}")))
    });
    let nested = found.nested_excludes.iter().map(|(config, &number)| {
        let count = plural(number, "file or folder", "files or folders");
        line(&format!("warning: `exclude` in {config}, a nested configuration, leaves out {count}"))
    });
    stderr().write_all(told.chain(nested).collect::<String>().as_bytes())
}

/// Tells how long steps took, each with its words.
pub(super) fn steps<'s>(steps: impl IntoIterator<Item = (Duration, &'s str)>) -> io::Result<()> {
    let took = |(time, words): (Duration, &str)| {
        line(&format!("took {:.1} ms to {words}", time.as_secs_f64() * 1000.0))
    };
    stderr().write_all(steps.into_iter().map(took).collect::<String>().as_bytes())
}

fn line(words: &str) -> String {
    format!("{}\n", clean(words))
}

/// Which files of settings hold for a group of contracts, and why these.
fn settings(files: &FileSet, request: &Request) -> String {
    let record = files.config.as_ref().map(|config| &config.record);
    let source = files.config.as_ref().and_then(|config| config.source.as_ref());
    let config = source.map_or(FILE_NAME, |source| source.name());
    let why = |asked: bool, flag: &str, configured: bool| match (asked, configured) {
        (true, _) => format!("named by {flag}"),
        (false, true) => format!("named by {config}"),
        (false, false) => "the nearest".to_owned(),
    };
    let mut told = match source {
        Some(source) => {
            let why = why(request.config.is_some(), "--config", false);
            line(&format!("configuration {}: {why}", source.name()))
        }
        None if files.config.is_some() => String::new(),
        None => line(&format!("no {FILE_NAME} near: the defaults hold")),
    };
    let configured = record.is_some_and(|record| !record.roadmap.is_absent());
    let named = why(!request.roadmap.is_empty(), "--roadmap", configured);
    told.extend(files.roadmap.iter().map(|roadmap| line(&format!("roadmap {}: {named}", roadmap.name))));
    let configured = record.is_some_and(|record| !record.waivers.is_absent());
    let named = why(false, "", configured);
    told.extend(files.waivers.iter().map(|waivers| line(&format!("waivers {}: {named}", waivers.name))));
    told
}
