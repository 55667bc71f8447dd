//! `dealcheck import`: a roadmap from a table that another tool exported.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use similar::TextDiff;

use crate::cli::{ImportArgs, ImportKind};
use crate::diagnostic::Problem;
use crate::import::{
    GonePolicy, ImportOptions, ROADMAP_KEYS, merge, outcome, profile, rejects, roadmap, unguarded,
};
use crate::input::discover::configuration;
use crate::input::files::{Disk, Files};
use crate::input::parse::FileFormat;
use crate::input::path::slashes;
use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::model::assemble::{Vocabulary, assemble, known_releases, reviewed_on};
use crate::model::config::vocabulary;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::sheet::{self, Spreadsheet};
use crate::source::{FileId, Source, Sources};
use crate::text::{and_list, clean, nearest, reason};
use crate::workspace::group::read_as;

use super::destination::Destination;
use super::log::stderr;
use super::replace::FileReplacement;
use super::{Exit, refuse};

/// Imports a table.
pub(super) fn run(args: &ImportArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let (config, mut problems) = configuration(args.config.as_deref(), &std::env::current_dir()?, FileId(0));
    problems.extend(config.iter().flat_map(|config| config.problems.iter().cloned()));
    let words = config.as_ref().map(|config| vocabulary(&config.record, &mut problems));
    if !problems.is_empty() {
        let shared: Vec<Arc<Source>> = config.iter().filter_map(|config| config.source.clone()).collect();
        let sources = Sources { shared: &shared, own: None };
        stderr().write_all(draw_problems(&problems, sources, colour.err).as_bytes())?;
        return Ok(Exit::Unchecked);
    }
    let mut words = words.unwrap_or_default();
    for (word, status) in &args.status {
        words.statuses.words.retain(|known, _| !crate::model::scope::same(known, word));
        words.statuses.words.insert(word.clone(), Some(*status));
    }
    match args.kind {
        ImportKind::Roadmap => import_roadmap(args, &words, today, colour),
    }
}

fn import_roadmap(args: &ImportArgs, words: &Vocabulary, today: Date, colour: Colour) -> io::Result<Exit> {
    let name = slashes(&args.file);
    let existing = [&args.output, &args.rejects].into_iter().flatten().filter_map(|path| existing(path));
    let existing: Vec<Problem> = existing.collect();
    if !existing.is_empty() {
        return refuse(&existing, colour);
    }
    let base = match args.update.as_deref().map(|path| Base::read(path, words, colour)) {
        Some(Err(drawn)) => {
            stderr().write_all(drawn.as_bytes())?;
            return Ok(Exit::Unchecked);
        }
        Some(Ok(base)) => base,
        None => Base::default(),
    };
    let read = keys(&args.map).and_then(|mapped| {
        let sheet = read_sheet(args, &name)?;
        let options = ImportOptions {
            profile: args.profile.as_deref().and_then(profile),
            mapped: &mapped,
            only: &args.only,
            date_order: args.date_order,
            vocabulary: words,
            releases: &known_releases(&base.record, words),
            reviewed: reviewed_on(&base.record, words),
        };
        let imported = roadmap(&name, &sheet, &options)?;
        let of = (base.name.as_str(), base.text.as_str(), &base.record);
        let merged = merge(of, (&name, &imported), &options, (today, args.gone));
        let merged = merged
            .map_err(|why| Problem::in_file(&base.name, format!("cannot change {}: {why}", base.name)))?;
        Ok((sheet, imported, merged))
    });
    let (sheet, imported, merged) = match read {
        Ok(read) => read,
        Err(problem) => return refuse(&[problem], colour),
    };
    let is_empty = imported.features.is_empty();
    if let Some(drawn) = unread(&merged.text, words, colour).filter(|_| !is_empty) {
        stderr().write_all(drawn.as_bytes())?;
        return Ok(Exit::Unchecked);
    }
    let mut left_out = [imported.left_out.as_slice(), &merged.left_out].concat();
    left_out.sort_by_key(|row| row.number);
    let mut problems: Vec<Problem> = left_out.iter().map(|row| row.problem(&name)).collect();
    if is_empty {
        problems.push(nothing(&name));
    } else if args.update.is_some() {
        show_changes(&base, &merged.text)?;
    }
    if !args.dry_run {
        if let Some(path) = args.rejects.as_deref().filter(|_| !left_out.is_empty()) {
            problems.extend(write_new(path, &rejects(&sheet, &left_out)).err());
        }
        match (&args.output, &args.update) {
            _ if is_empty => {}
            (Some(path), _) => problems.extend(write_new(path, &merged.text).err()),
            (None, Some(path)) if merged.text != base.text => {
                problems.extend(replace(path, &merged.text).err())
            }
            (None, Some(_)) => {}
            (None, None) => {
                let mut out = Destination::stdout();
                out.write_all(merged.text.as_bytes())?;
                out.commit()?;
            }
        }
    }
    stderr().write_all(draw_problems(&problems, Sources::NONE, colour.err).as_bytes())?;
    let mut err = stderr();
    writeln!(err, "{} is read as {}:", clean(&name), imported.profile.title)?;
    for (key, headers) in &imported.account {
        writeln!(err, "  {key:10} {}", clean(headers))?;
    }
    if !merged.gone.is_empty() {
        let gone: Vec<String> =
            merged.gone.iter().map(|(id, key)| format!("{} ({})", clean(id), clean(key))).collect();
        let policy = match args.gone {
            GonePolicy::Keep => "kept (`--gone retired` retires what is gone)",
            GonePolicy::Retired => "retired",
        };
        writeln!(err, "no longer in {}, and {policy}: {}", clean(&name), and_list(&gone))?;
    }
    if args.update.is_some() && merged.text == base.text {
        writeln!(err, "{} says all of it already", clean(&base.name))?;
    }
    writeln!(err, "{}", outcome(imported.features.len() - merged.left_out.len(), left_out.len()))?;
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Unchecked })
}

/// The roadmap that is updated; an empty one where a new one is made.
#[derive(Default)]
struct Base {
    name: String,
    text: String,
    record: RoadmapRecord,
}

impl Base {
    /// Reads a roadmap. One that cannot be read as a whole is not changed: what is wrong comes back, drawn.
    fn read(path: &Path, words: &Vocabulary, colour: Colour) -> Result<Self, String> {
        let name = slashes(path);
        let draw = |problem: Problem| draw_problems(&[problem], Sources::NONE, colour.err);
        if FileFormat::of(&name) != Some(FileFormat::Toml) {
            let problem = Problem::in_file(
                &name,
                format!("{name} is not TOML, which `--update` needs to keep what people wrote"),
            );
            return Err(draw(
                problem.help("name a file that ends in .toml, or write a new one with `--output`"),
            ));
        }
        let source = match read::source(&Disk, path, &name, FileId(1)) {
            Ok(source) => source,
            Err(unread) => {
                let sources = Sources { shared: &[], own: unread.source.as_ref() };
                return Err(draw_problems(&[unread.problem], sources, colour.err));
            }
        };
        let mut problems = Vec::new();
        let record = read_as::<RoadmapRecord>(&source, &mut problems);
        assemble(&[(FileId(1), record.clone())], words, false, &mut problems);
        match record {
            Some(record) if problems.is_empty() => {
                // With the mark before it, which reading takes away.
                let text = fs::read_to_string(path).unwrap_or_else(|_| source.text().to_owned());
                Ok(Self { name, text, record })
            }
            _ => Err(draw_problems(&problems, Sources { shared: &[], own: Some(&source) }, colour.err)),
        }
    }
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
    let name = slashes(path);
    let cannot = |why: String| {
        Problem::in_file(&name, format!("cannot write {name}: {}", why.trim_start_matches("cannot write: ")))
    };
    let mut file = FileReplacement::of(path).map_err(cannot)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.commit());
    written.map_err(|error| cannot(reason(&error)))
}

fn nothing(name: &str) -> Problem {
    Problem::in_file(name, format!("no row of {name} says all that a feature needs; no roadmap was written"))
        .help("say what the words of the table mean, as told above")
}

/// The keys that columns are mapped to.
fn keys(map: &[(String, String)]) -> Result<Vec<(&'static str, &str)>, Problem> {
    let known = |key: &str| {
        let wanted = if key == "feature" { "name" } else { key };
        ROADMAP_KEYS.into_iter().find(|known| *known == wanted).ok_or_else(|| {
            let title = format!("`{key}`, which `--map` names, is no key that a column may hold");
            let known: Vec<String> = ROADMAP_KEYS.iter().map(|key| format!("`{key}`")).collect();
            let otherwise = format!("the keys are {}", and_list(&known));
            Problem::of_run(title).help_near(nearest(key, ROADMAP_KEYS), otherwise)
        })
    };
    map.iter().map(|(key, header)| Ok((known(key)?, header.as_str()))).collect()
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

/// What is wrong with a roadmap that is about to be written, drawn: then nothing is.
fn unread(text: &str, words: &Vocabulary, colour: Colour) -> Option<String> {
    let id = FileId(1);
    let source = Source::new(id, "roadmap.toml", text);
    let mut problems = Vec::new();
    let record = read_as::<RoadmapRecord>(&source, &mut problems);
    assemble(&[(id, record)], words, false, &mut problems);
    let sources = Sources { shared: &[], own: Some(&source) };
    (!problems.is_empty()).then(|| draw_problems(&problems, sources, colour.err))
}

fn write_new(path: &Path, text: &str) -> Result<(), Problem> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    let name = slashes(path);
    written.map_err(|error| Problem::in_file(&name, format!("cannot write {name}: {}", reason(&error))))
}

/// A file that is there is somebody's.
fn existing(path: &Path) -> Option<Problem> {
    let name = slashes(path);
    path.symlink_metadata().is_ok().then(|| {
        Problem::in_file(&name, format!("{name} exists; nothing was written"))
            .help("write to another file, and compare the two")
    })
}
