//! `dealcheck index`: what is promised, without who promised it to whom.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::check;
use crate::check::outcome::OutcomeSubject;
use crate::cli::IndexArgs;
use crate::diagnostic::Problem;
use crate::index::{Index, PseudonymKey, SerializedContract};
use crate::input::files::Disk;
use crate::input::path::{folder_of, slashes};
use crate::input::read;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::source::FileId;
use crate::text::{clean, count, reason, shell_path};
use crate::workspace::CheckOptions;

use super::deals;
use super::destination::Destination;
use super::log::stderr;
use super::replace::{Unfinished, unwritable};
use super::{CommandRefusal, Ending, Exit};

/// Reads contracts and writes what they promise.
pub(super) fn run(args: &IndexArgs, today: Date, colour: Colour) -> Ending {
    if let Some(output) = args.to.output.as_deref().filter(|output| is_same(output, &args.key)) {
        let name = slashes(output);
        let title = format!("{name} cannot be both the key and what is written with it");
        return Err(Problem::in_file(&name, title).help("name another file with `--output`").into());
    }
    let mut to = Destination::of(args.to.output.as_deref())?;
    let (key, is_new) = key(&args.key)?;
    let index = index(args, &key, today, colour)?;
    let (contracts, promises) = index.counts();
    if contracts == 0 {
        let problem = Problem::of_run("no contract found");
        return Err(problem.help("name a contract or a folder of contracts").into());
    }
    if is_new {
        // First the key: nobody could tell again whose pseudonyms these are.
        keep(&args.key, &key)?;
    }
    index.write(&mut to)?;
    to.commit()?;
    let mut told = Vec::new();
    let name = slashes(&args.key);
    if is_new {
        told.push(format!("wrote {name}: keep it with the contracts, and away from what is written with it"));
    } else if is_open_to_others(&args.key) {
        told.push(format!(
            "warning: others can read {name}, and with it whose pseudonyms these are: `chmod 600 {}`",
            shell_path(&name)
        ));
    }
    if let Some(output) = &args.to.output {
        let (contracts, promises) = (count(contracts, "contract"), count(promises, "promise"));
        told.push(format!("wrote {}: {promises} of {contracts}", slashes(output)));
    }
    let mut err = stderr();
    told.iter().try_for_each(|line| writeln!(err, "{}", clean(line)))?;
    Ok(Exit::Clean)
}

/// Whether two paths are of one file, which need not be there.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        path.canonicalize().or_else(|_| Ok(folder_of(path).canonicalize()?.join(name)))
    };
    matches!((real(one), real(other)), (io::Result::Ok(one), io::Result::Ok(other)) if one == other)
}

/// Whether others than its owner may read a file.
fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    return fs::metadata(path)
        .is_ok_and(|metadata| std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0);
    #[cfg(not(unix))]
    return path.as_os_str().is_empty();
}

/// What all contracts promise. All of them must be sound: what is left out would be missed by whoever reads it.
fn index(args: &IndexArgs, key: &PseudonymKey, today: Date, colour: Colour) -> Result<Index, CommandRefusal> {
    // No word of a document is in an index.
    let options = CheckOptions { documents: false, ..CheckOptions::on(today) };
    let workspace = deals::workspace(&args.deals, &std::env::current_dir()?, options);
    let run = check::run(&workspace, |outcome| {
        let contract = match outcome.about {
            OutcomeSubject::Contract(_, group, Some(judged)) => {
                SerializedContract::of(judged.contract, &group.roadmap, key)
            }
            _ => None,
        };
        (contract, draw_problems(outcome.problems, outcome.sources, colour.err))
    });
    let (contracts, problems): (Vec<_>, Vec<String>) = run.parts.into_iter().unzip();
    match run.tally.problems {
        0 => Ok(Index::new(contracts.into_iter().flatten().collect())),
        _ => Err(CommandRefusal::Drawn(problems.concat() + "nothing was written: put this right first\n")),
    }
}

/// The key of a file; a new one where there is no such file.
fn key(path: &Path) -> Result<(PseudonymKey, bool), Problem> {
    let name = slashes(path);
    if fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        let cannot = |error| Problem::of_run(format!("cannot make a key: {}", reason(&error)));
        return PseudonymKey::random().map(|key| (key, true)).map_err(cannot);
    }
    let source = read::source(&Disk, path, &name, FileId(0)).map_err(|unread| unread.problem)?;
    PseudonymKey::parse(source.text()).map(|key| (key, false)).ok_or_else(|| {
        Problem::in_file(&name, format!("{name} is no key: expected 64 hexadecimal digits"))
            .help("name the key that was used before; with another one, all pseudonyms change")
    })
}

/// Writes a new key, whole and for its owner alone; what is there by then stays.
fn keep(path: &Path, key: &PseudonymKey) -> Result<(), Problem> {
    let made = Unfinished::new(|| NamedTempFile::new_in(folder_of(path)));
    let written = made.and_then(|(mut file, _unfinished)| {
        file.write_all(key.to_line().as_bytes())?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map(|_| ()).map_err(|error| error.error)
    });
    written.map_err(|error| unwritable(path, &reason(&error)))
}
