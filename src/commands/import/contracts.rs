//! Contracts from a table: a file each, into a folder.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::ImportArgs;
use crate::diagnostic::Problem;
use crate::import::{CONTRACT_KEYS, ImportOptions, ImportedContracts, contracts, outcome};
use crate::input::path::slashes;
use crate::input::read;
use crate::input::records::ContractRecord;
use crate::model::assemble::Vocabulary;
use crate::model::contract::{ContractReading, ContractStatus, contract};
use crate::model::roadmap::Roadmap;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::source::{FileId, Source, Sources};
use crate::text::{clean, reason};

use super::super::log::stderr;
use super::replace::{existing, write_new};
use super::{
    CommandRefusal, Ending, Exit, add_statuses, keys, one_file, read_sheet, tell, unless_any, write_rejects,
};

/// Imports a table as contracts.
pub(super) fn run(args: &ImportArgs, mut words: Vocabulary, today: Date, colour: Colour) -> Ending {
    let name = slashes(&args.file);
    let folder = folder(args)?;
    add_statuses(args, &mut words.contract_statuses, ContractStatus::parse_meaning)?;
    let words = &words;
    let mapped = keys(&args.map, &CONTRACT_KEYS, "feature")?;
    let sheet = read_sheet(args, &name)?;
    let options = ImportOptions {
        profile: None,
        mapped: &mapped,
        only: &args.only,
        date_order: args.date_order,
        vocabulary: words,
        releases: &Default::default(),
        reviewed: None,
        statuses: &Default::default(),
    };
    let imported = contracts(&name, &sheet, &options)?;
    check(&imported, words, today, colour)?;
    let files: Vec<PathBuf> = imported.contracts.iter().map(|contract| folder.join(&contract.file)).collect();
    let there = files.iter().chain(&args.rejects).filter_map(|path| existing(path));
    let one_file = files.iter().find_map(|file| one_file(Some(file), args.rejects.as_deref()));
    unless_any(there.chain(one_file).collect())?;
    let mut problems: Vec<Problem> = imported.left_out.iter().map(|row| row.problem(&name)).collect();
    problems.extend(write_rejects(args, &sheet, &imported.left_out).err());
    if !args.dry_run {
        problems.extend(write_all(folder, &imported, &files).err());
    }
    tell(&name, &problems, &imported.account, colour)?;
    let mut err = stderr();
    for (contract, file) in imported.contracts.iter().zip(&files) {
        writeln!(err, "{}: {}", clean(&contract.id), clean(&slashes(file)))?;
    }
    writeln!(err, "{}", outcome(imported.contracts.len(), "contract", imported.left_out.len()))?;
    Ok(Exit::of_reading(problems.is_empty()))
}

/// The folder that is written to.
fn folder(args: &ImportArgs) -> Result<&Path, Problem> {
    let of_roadmaps = [
        (args.update.is_some(), "--update"),
        (args.profile.is_some(), "--profile"),
        (args.gone.is_some(), "--gone"),
    ];
    if let Some((_, option)) = of_roadmaps.into_iter().find(|(is_given, _)| *is_given) {
        let title = format!("`{option}` is for roadmaps, and the rows are contracts");
        return Err(Problem::of_run(title).help("leave it out"));
    }
    args.output.as_deref().ok_or_else(|| {
        Problem::of_run("contracts are a file each, and no folder is named for them")
            .help("add `--output contracts/`")
    })
}

/// Writes the contracts: all of them, or none.
fn write_all(folder: &Path, imported: &ImportedContracts, files: &[PathBuf]) -> Result<(), Problem> {
    let shown = slashes(folder);
    fs::create_dir_all(folder)
        .map_err(|error| Problem::in_file(&shown, format!("cannot make {shown}: {}", reason(&error))))?;
    for (at, (contract, file)) in imported.contracts.iter().zip(files).enumerate() {
        if let Err(problem) = write_new(file, &contract.text) {
            files[..at].iter().for_each(|written| _ = fs::remove_file(written));
            return Err(problem.note("no contract was written"));
        }
    }
    Ok(())
}

/// Reads the contracts that are about to be written: where anything is wrong with one, none is.
fn check(
    imported: &ImportedContracts,
    words: &Vocabulary,
    today: Date,
    colour: Colour,
) -> Result<(), CommandRefusal> {
    let roadmap = Roadmap::default();
    let reading = ContractReading {
        roadmap: &roadmap,
        calendar: &words.calendar,
        statuses: &words.contract_statuses,
        today,
    };
    let mut drawn = String::new();
    for imported in &imported.contracts {
        let source = Source::new(FileId(1), &imported.file, &imported.text);
        let mut problems = Vec::new();
        if let Some(record) = read::record::<ContractRecord>(&source, &mut problems) {
            contract(record, reading, &mut problems);
        }
        drawn += &draw_problems(&problems, Sources { shared: &[], own: Some(&source) }, colour.err);
    }
    if drawn.is_empty() { Ok(()) } else { Err(CommandRefusal::Drawn(drawn)) }
}
