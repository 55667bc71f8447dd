//! `dealcheck draft`: a contract file from the documents that people really have.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::cli::DraftArgs;
use crate::diagnostic::Problem;
use crate::document::{self, Document, TrackedChanges};
use crate::draft::{DraftFormat, DraftedContract, coverage_table, draft, write};
use crate::input::discover::here;
use crate::input::files::{Disk, Files};
use crate::input::path::{shown, slashes, without_dots};
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::source::Sources;
use crate::text::reason;
use crate::workspace::CheckOptions;
use crate::workspace::group::Group;

use super::destination::Destination;
use super::log::stderr;
use super::{Exit, refuse, table_width};

/// Drafts a contract.
pub(super) fn run(args: &DraftArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let folder = std::env::current_dir()?;
    let options = CheckOptions::on(today);
    let group = Group::read(&here(&args.source.request(&[]), &folder), &options);
    let changes = if args.reject_changes { TrackedChanges::Reject } else { TrackedChanges::Accept };
    let (read, unread): (Vec<_>, Vec<_>) =
        args.documents.iter().map(|path| read(path, changes)).partition(Result::is_ok);
    let documents: Vec<Document> = read.into_iter().flatten().collect();
    let mut problems: Vec<Problem> = unread.into_iter().filter_map(Result::err).collect();
    problems.extend(group.problems.iter().cloned());
    problems.extend(args.output.as_deref().and_then(existing));
    if !problems.is_empty() {
        let sources = Sources { shared: &group.sources, own: None };
        stderr().write_all(draw_problems(&problems, sources, colour.err).as_bytes())?;
        return Ok(Exit::Unchecked);
    }
    let beside =
        args.output.as_deref().and_then(Path::parent).map_or(folder.clone(), |parent| folder.join(parent));
    let paths: Vec<String> = args
        .documents
        .iter()
        .map(|path| shown(&without_dots(&folder.join(path)), &without_dots(&beside)))
        .collect();
    match draft(&documents, &paths, &group.roadmap, group.reading().calendar) {
        Ok(drafted) => finish(args, &drafted, colour),
        Err(problem) => refuse(&[problem], colour),
    }
}

fn finish(args: &DraftArgs, drafted: &DraftedContract, colour: Colour) -> io::Result<Exit> {
    if let Some(path) = &args.output {
        let text = write(drafted, args.format.unwrap_or_else(|| format_of(path)));
        let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
        if let Err(error) = written {
            let name = slashes(path);
            return refuse(
                &[Problem::in_file(&name, format!("cannot write {name}: {}", reason(&error)))],
                colour,
            );
        }
    }
    let mut out = Destination::stdout();
    if args.coverage {
        out.write_all(coverage_table(drafted, table_width(true)).as_bytes())?;
    } else if args.output.is_none() {
        out.write_all(write(drafted, args.format.unwrap_or(DraftFormat::Yaml)).as_bytes())?;
    }
    out.commit()?;
    Ok(Exit::Clean)
}

/// The format that the ending of a file asks for.
fn format_of(path: &Path) -> DraftFormat {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => DraftFormat::Toml,
        Some("json") => DraftFormat::Json,
        _ => DraftFormat::Yaml,
    }
}

fn read(path: &Path, changes: TrackedChanges) -> Result<Document, Problem> {
    let name = slashes(path);
    let cannot =
        |error: io::Error| Problem::in_file(&name, format!("cannot read {name}: {}", reason(&error)));
    // What is too large is not read into memory first.
    if path.metadata().is_ok_and(|metadata| metadata.len() > document::MOST_BYTES as u64) {
        return Err(document::too_large(&name));
    }
    let bytes = Disk.read(path).map_err(cannot)?;
    document::read(path, &name, bytes, changes)
}

/// A file that is there is somebody's.
fn existing(path: &Path) -> Option<Problem> {
    let name = slashes(path);
    path.symlink_metadata().is_ok().then(|| {
        Problem::in_file(&name, format!("{name} exists; nothing was written"))
            .help("write to another file, and compare the two")
    })
}
