//! A roadmap from a table, or the next one merged into it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use similar::TextDiff;

use crate::cli::ImportArgs;
use crate::diagnostic::Problem;
use crate::import::{
    GonePolicy, ImportOptions, KnownStatuses, ROADMAP_KEYS, merge, outcome, profile, roadmap,
};
use crate::input::files::Disk;
use crate::input::parse::FileFormat;
use crate::input::path::slashes;
use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::model::assemble::{Vocabulary, assemble, known_releases, reviewed_on};
use crate::model::status::Status;
use crate::model::window::Date;
use crate::output::Colour;
use crate::source::{FileId, Source, Sources};
use crate::text::{and_list, clean, reason};

use super::super::log::stderr;
use super::destination::Destination;
use super::replace::{FileReplacement, existing, unwritable, write_new};
use super::{
    CommandRefusal, Ending, Exit, add_statuses, keys, one_file, read_sheet, tell, unless_any, write_rejects,
};

/// Imports a table as a roadmap.
pub(super) fn run(args: &ImportArgs, mut words: Vocabulary, today: Date, colour: Colour) -> Ending {
    let name = slashes(&args.file);
    let existing = [&args.output, &args.rejects].into_iter().flatten().filter_map(|path| existing(path));
    let one_file = one_file(args.output.as_deref(), args.rejects.as_deref());
    unless_any(misuse(args).into_iter().chain(one_file).chain(existing).collect())?;
    add_statuses(args, &mut words.statuses, Status::parse_meaning)?;
    let words = &words;
    let base = match args.update.as_deref() {
        Some(path) => Base::read(path, words, colour)?,
        None => Base::default(),
    };
    let mapped = keys(&args.map, &ROADMAP_KEYS, "name")?;
    let sheet = read_sheet(args, &name)?;
    let options = ImportOptions {
        profile: args.profile.as_deref().and_then(profile),
        mapped: &mapped,
        only: &args.only,
        date_order: args.date_order,
        vocabulary: words,
        releases: &known_releases(&base.record, words),
        reviewed: reviewed_on(&base.record, words),
        statuses: &KnownStatuses::of(&base.record, words),
    };
    let imported = roadmap(&name, &sheet, &options)?;
    let of = (base.name.as_str(), base.text.as_str(), &base.record);
    let merged = merge(of, (&name, &imported), &options, (today, args.gone.unwrap_or_default()));
    let merged =
        merged.map_err(|why| Problem::in_file(&base.name, format!("cannot change {}: {why}", base.name)))?;
    let is_empty = imported.features.is_empty();
    if !is_empty {
        // What could not be read again is not written.
        sound(&Source::new(FileId(1), "roadmap.toml", &merged.text), words, colour)?;
    }
    let mut left_out = [imported.left_out.as_slice(), &merged.left_out].concat();
    left_out.sort_by_key(|row| row.number);
    let mut problems: Vec<Problem> = left_out.iter().map(|row| row.problem(&name)).collect();
    if is_empty {
        problems.push(nothing(&name));
    } else if args.update.is_some() {
        show_changes(&base, &merged.text)?;
    }
    problems.extend(write_rejects(args, &sheet, &left_out).err());
    if !args.dry_run {
        match (&args.output, &args.update) {
            _ if is_empty => {}
            (Some(path), _) => problems.extend(write_new(path, &merged.text).err()),
            (None, Some(path)) if merged.text != base.text => {
                problems.extend(replace(path, &merged.text).err())
            }
            (None, Some(_)) => {}
            (None, None) => Destination::stdout().finish(&merged.text)?,
        }
    }
    tell(&name, &problems, &imported.account, colour)?;
    let mut err = stderr();
    if !merged.gone.is_empty() {
        let gone: Vec<String> =
            merged.gone.iter().map(|(id, key)| format!("{} ({})", clean(id), clean(key))).collect();
        let policy = match args.gone.unwrap_or_default() {
            GonePolicy::Keep => "kept (`--gone retired` retires what is gone)",
            GonePolicy::Retired => "retired",
        };
        writeln!(err, "no longer in {}, and {policy}: {}", clean(&name), and_list(&gone))?;
    }
    if let Some(rows) = rows_in_words(&imported.without_status) {
        let file = clean(&base.name);
        writeln!(err, "no status in {rows} of {}, so that of {file} stays", clean(&name))?;
    }
    if args.update.is_some() && merged.text == base.text {
        writeln!(err, "{} says all of it already", clean(&base.name))?;
    }
    writeln!(err, "{}", outcome(imported.features.len() - merged.left_out.len(), "feature", left_out.len()))?;
    Ok(Exit::of_reading(problems.is_empty()))
}

/// Options that say what cannot be.
fn misuse(args: &ImportArgs) -> Option<Problem> {
    if args.gone.is_some() && args.update.is_none() {
        let title = "`--gone` is for what a roadmap has and a table has not, and no roadmap is updated";
        return Some(
            Problem::of_run(title).help("leave it out, or name the roadmap: `--update roadmap.toml`"),
        );
    }
    let output = slashes(args.output.as_deref()?);
    let title = format!("{output} would not be read: a roadmap is written as TOML");
    (FileFormat::of(&output) != Some(FileFormat::Toml))
        .then(|| Problem::of_run(title).help("name a file that ends in .toml"))
}

/// Some rows by their numbers.
fn rows_in_words(rows: &[usize]) -> Option<String> {
    let numbers: Vec<String> = rows.iter().map(usize::to_string).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("row {one}")),
        several => Some(format!("rows {}", and_list(several))),
    }
}

/// The roadmap that is updated; an empty one where a new one is made.
#[derive(Default)]
struct Base {
    name: String,
    text: String,
    record: RoadmapRecord,
}

impl Base {
    /// Reads a roadmap. One that cannot be read as a whole is not changed.
    fn read(path: &Path, words: &Vocabulary, colour: Colour) -> Result<Self, CommandRefusal> {
        let name = slashes(path);
        if FileFormat::of(&name) != Some(FileFormat::Toml) {
            let problem = Problem::in_file(
                &name,
                format!("{name} is not TOML, which `--update` needs to keep what people wrote"),
            );
            let help = "name a file that ends in .toml, or write a new one with `--output`";
            return Err(problem.help(help).into());
        }
        let source = read::source(&Disk, path, &name, FileId(1)).map_err(|unread| {
            let sources = Sources { shared: &[], own: unread.source.as_ref() };
            CommandRefusal::drawn(&[unread.problem], sources, colour)
        })?;
        let record = sound(&source, words, colour)?;
        // With the mark before it, which reading takes away.
        let text = fs::read_to_string(path).unwrap_or_else(|_| source.text().to_owned());
        Ok(Self { name, text, record })
    }
}

/// Reads a roadmap that is sound.
fn sound(source: &Source, words: &Vocabulary, colour: Colour) -> Result<RoadmapRecord, CommandRefusal> {
    let mut problems = Vec::new();
    let record = read::record::<RoadmapRecord>(source, &mut problems);
    assemble(&[(source.id(), record.as_ref())], words, false, &mut problems);
    record
        .filter(|_| problems.is_empty())
        .ok_or_else(|| CommandRefusal::drawn(&problems, Sources { shared: &[], own: Some(source) }, colour))
}

/// Shows what changes in a roadmap, line by line.
fn show_changes(base: &Base, text: &str) -> io::Result<()> {
    let diff = TextDiff::from_lines(base.text.as_str(), text);
    let diff = diff.unified_diff().header(&base.name, &base.name).to_string();
    let mut out = Destination::stdout();
    for line in diff.lines() {
        writeln!(out, "{}", clean(line))?;
    }
    out.commit()
}

fn replace(path: &Path, text: &str) -> Result<(), Problem> {
    let mut file = FileReplacement::of(path).map_err(|reason| unwritable(path, &reason))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.commit());
    written.map_err(|error| unwritable(path, &reason(&error)))
}

fn nothing(name: &str) -> Problem {
    Problem::in_file(name, format!("no row of {name} says all that a feature needs; no roadmap was written"))
        .help("say what the words of the table mean, as told above")
}
