//! `dealcheck import`: a roadmap, or contracts, from a table that another tool exported.

mod contracts;
mod kept;
mod roadmap;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::cli::{ImportArgs, ImportKind};
use crate::diagnostic::Problem;
use crate::import::{ColumnAccount, LeftOutRow, rejects, unguarded};
use crate::input::discover::configuration;
use crate::input::files::{Disk, Files};
use crate::input::path::slashes;
use crate::model::config::vocabulary;
use crate::model::misread::Misread;
use crate::model::scope::same;
use crate::model::status::Statuses;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::sheet::{self, Spreadsheet};
use crate::source::{FileId, Source, Sources};
use crate::text::{and_list, clean, in_backticks, nearest, reason};

use super::log::stderr;
use super::replace::write_new;
use super::{CommandRefusal, Ending, Exit, destination, replace, unless_any, unless_any_in};

/// Imports a table.
pub(super) fn run(args: &ImportArgs, today: Date, colour: Colour) -> Ending {
    let (config, mut problems) = configuration(args.config.as_deref(), &std::env::current_dir()?, FileId(0));
    problems.extend(config.iter().flat_map(|config| config.problems.iter().cloned()));
    let words = config.as_ref().map(|config| vocabulary(&config.record, &mut problems)).unwrap_or_default();
    let kept = config.as_ref().and_then(|config| config.record.import.given());
    let args = &match kept.filter(|_| args.kind == ImportKind::Roadmap) {
        Some(kept) => kept::with(args, kept, &mut problems),
        None => args.clone(),
    };
    let shared: Vec<Arc<Source>> = config.iter().filter_map(|config| config.source.clone()).collect();
    unless_any_in(&problems, Sources { shared: &shared, own: None }, colour)?;
    match args.kind {
        ImportKind::Roadmap => roadmap::run(args, words, today, colour),
        ImportKind::Contracts => contracts::run(args, words, today, colour),
    }
}

/// The keys that columns are mapped to, of those that there are.
fn keys<'a>(
    map: &'a [(String, String)],
    known: &[&'static str],
    also: &str,
) -> Result<Vec<(&'static str, &'a str)>, Problem> {
    let find = |key: &str| {
        let wanted = if key == "feature" && !known.contains(&key) { also } else { key };
        known.iter().copied().find(|known| *known == wanted).ok_or_else(|| {
            let title = format!("`{key}`, which `--map` names, is no key that a column may hold");
            let otherwise = format!("the keys are {}", and_list(&in_backticks(known)));
            Problem::of_run(title).help_near(nearest(key, known.iter().copied()), otherwise)
        })
    };
    map.iter().map(|(key, header)| Ok((find(key)?, header.as_str()))).collect()
}

/// Adds the meanings of `--status` to those of the configuration.
fn add_statuses<S>(
    args: &ImportArgs,
    statuses: &mut Statuses<S>,
    parse: impl Fn(&str) -> Result<S, Misread>,
) -> Result<(), Problem> {
    for (word, meaning) in &args.status {
        let status = parse(meaning).map_err(|misread| {
            let title = format!("{}, and `--status` says that `{word}` means it", misread.title);
            let helps = misread.helps.into_iter().map(|help| help.text);
            Problem::of_run(title).note(misread.label).helps(helps)
        })?;
        statuses.words.retain(|known, _| !same(known, word));
        statuses.words.insert(word.clone(), Some(status));
    }
    Ok(())
}

fn read_sheet(args: &ImportArgs, name: &str) -> Result<Spreadsheet, Problem> {
    let cannot = |error: io::Error| Problem::in_file(name, format!("cannot read {name}: {}", reason(&error)));
    // What is too large is not read into memory first.
    if args.file.metadata().is_ok_and(|metadata| metadata.len() > sheet::MOST_BYTES as u64) {
        return Err(sheet::too_large(name));
    }
    let bytes = Disk.read(&args.file).map_err(cannot)?;
    sheet::read(&args.file, name, &bytes, args.sheet.as_deref()).map(unguarded)
}

/// Writes the rows that are left out to where they were asked for.
fn write_rejects(args: &ImportArgs, sheet: &Spreadsheet, left_out: &[LeftOutRow]) -> Result<(), Problem> {
    match args.rejects.as_deref().filter(|_| !left_out.is_empty() && !args.dry_run) {
        Some(path) => write_new(path, &rejects(sheet, left_out)),
        None => Ok(()),
    }
}

/// Two files that are written cannot be one.
fn one_file(output: Option<&Path>, rejects: Option<&Path>) -> Option<Problem> {
    let rejects = rejects.filter(|rejects| output == Some(rejects))?;
    let title = format!(
        "{} is named for the rows that are left out, and for what they are left out of",
        slashes(rejects)
    );
    Some(Problem::of_run(title).help("name another file: `--rejects left-out.csv`"))
}

/// Tells the problems, and the key of each column.
fn tell(name: &str, problems: &[Problem], account: &ColumnAccount, colour: Colour) -> io::Result<()> {
    let mut err = stderr();
    err.write_all(draw_problems(problems, Sources::NONE, colour.err).as_bytes())?;
    for line in account.lines(name) {
        writeln!(err, "{}", clean(&line))?;
    }
    Ok(())
}
