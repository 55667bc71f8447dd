//! `dealcheck confirm`: writes down that teams stand by their targets today.

mod edit;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::ConfirmArgs;
use crate::diagnostic::Problem;
use crate::input::discover::{FileSet, SharedPath, here};
use crate::input::files::Memory;
use crate::input::parse::FileFormat;
use crate::model::evidence::reads_alike;
use crate::model::roadmap::{Feature, Offer, Reference, Roadmap};
use crate::model::window::{Date, Window};
use crate::output::Colour;
use crate::source::{Source, Sources, Span, Spanned};
use crate::text::{clean, reason};
use crate::workspace::CheckOptions;
use crate::workspace::group::Group;

use super::log::stdout;
use super::replace::{FileReplacement, commit_all};
use super::{Ending, Exit, unless_any, unless_any_in};

/// Writes today as `confirmed` of some features.
pub(super) fn run(args: &ConfirmArgs, today: Date, colour: Colour) -> Ending {
    let folder = std::env::current_dir()?;
    let mut editor =
        RoadmapEditor { files: here(&args.source.request(&[]), &folder), texts: BTreeMap::new(), today };
    let group = editor.read();
    let sources = Sources { shared: &group.sources, own: None };
    // What is wrong elsewhere does not matter here; a roadmap that cannot be read is not changed.
    let is_of_roadmap = |problem: &&Problem| match problem.diagnostic.primary() {
        Some(label) => group.roadmap.files.contains(&label.span.file),
        None => group.roadmap.incomplete,
    };
    let problems: Vec<Problem> = group.problems.iter().filter(is_of_roadmap).cloned().collect();
    unless_any_in(&problems, sources, colour)?;
    let mut problems = Vec::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for name in &args.features {
        match targets(&group.roadmap, name, today) {
            Ok(found) => places.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    places.sort_unstable();
    places.dedup();
    for &place in &places {
        problems.extend(editor.confirm(place, &places).err());
    }
    unless_any(problems)?;
    editor.write()?;
    let words: String = places.iter().map(|&(at, offer)| told(&group.roadmap.features[at], offer)).collect();
    let names: Vec<String> = editor.texts.keys().map(|path| editor.name(path)).collect();
    let mut out = stdout();
    write!(out, "confirmed on {today}, in {}:\n\n{words}", clean(&crate::text::and_list(&names)))?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// The offers of a feature whose targets somebody can confirm, each target once.
fn targets(roadmap: &Roadmap, name: &str, today: Date) -> Result<Vec<(usize, usize)>, Problem> {
    let at = match roadmap.find(name) {
        Reference::Feature(at) => at,
        Reference::Ambiguous => {
            let ids = roadmap.claimants(name).map(|feature| format!("`{}`", feature.id.value));
            let ids: Vec<String> = ids.collect();
            return Err(Problem::of_run(format!("`{name}` is the name of several features"))
                .help(format!("write the id of the one that is meant: {}", crate::text::or_list(&ids))));
        }
        Reference::Unknown | Reference::Unreadable => {
            let near = roadmap.nearest(name).map(|near| near.id.value.as_str());
            return Err(Problem::of_run(format!("there is no feature `{name}` in the roadmap"))
                .help_near(near, "`dealcheck sellable` lists all features"));
        }
    };
    let feature = &roadmap.features[at];
    let mut spans: Vec<Span> = Vec::new();
    let mut found = Vec::new();
    for (place, offer) in feature.offers.iter().enumerate() {
        let is_open = offer.status.is_before_release() && offer.target.is_some();
        if is_open && !spans.contains(&offer.when_span()) {
            spans.push(offer.when_span());
            found.push((at, place));
        }
    }
    if found.is_empty() {
        let title = format!("\"{}\" has no target that anybody could confirm", feature.title());
        let status = feature.offers.first().map(|offer| offer.status.words());
        let problem = Problem::of_run(title);
        return Err(match status {
            Some(status) => problem.note(format!("its status is {status}")),
            None => problem,
        });
    }
    // All or none: a feature of which one target has passed is not confirmed in part.
    for &(_, place) in &found {
        cannot_hold(feature, place, today).map_or(Ok(()), Err)?;
    }
    Ok(found)
}

/// Why nobody can confirm a target today: it has passed, or was confirmed on a day to come.
fn cannot_hold(feature: &Feature, place: usize, today: Date) -> Option<Problem> {
    let offer = &feature.offers[place];
    let id = clean(&feature.id.value);
    let again = format!("`dealcheck confirm {id}`");
    if let Some(target) = offer.target.filter(|target| target.value.latest < today) {
        let title = format!(
            "the target of \"{}\" has passed: its last day was {}",
            feature.title(),
            target.value.latest
        );
        let help = format!("ask the team; write the new target, or that it has shipped, then run {again}");
        return Some(Problem::of_run(title).help(help));
    }
    let to_come = offer.confirmed.filter(|confirmed| confirmed.value.earliest > today)?;
    let title = format!(
        "the roadmap says that the target of \"{}\" was confirmed on {}, and today is {today}",
        feature.title(),
        to_come.value.earliest
    );
    Some(
        Problem::of_run(title)
            .help(format!("if the roadmap is wrong, take that day out of the entry, then run {again}")),
    )
}

/// What was confirmed, in a line.
fn told(feature: &Feature, place: usize) -> String {
    let offer = &feature.offers[place];
    let target = offer.target_text.as_ref().map(|text| text.value.as_str()).unwrap_or_default();
    let scope = if place == 0 { String::new() } else { format!(" for {}", offer.scope.values_in_words()) };
    let before = match offer.confirmed {
        Some(confirmed) => format!(" (before: {})", confirmed.value),
        None => String::new(),
    };
    format!("  {}\n", clean(&format!("\"{}\"{scope}: {target}{before}", feature.title())))
}

/// What is written into an entry would be said of other features, too, of which nobody said it.
fn shared_entry(feature: &Feature, others: &[&Feature]) -> Problem {
    let quoted = |feature: &&Feature| format!("\"{}\"", feature.title());
    let names: Vec<String> = others.iter().map(quoted).collect();
    let title = format!(
        "{} would be confirmed with \"{}\": they share what is written",
        crate::text::and_list(&names),
        feature.title()
    );
    Problem::of_run(title)
        .help("ask the teams; if all of these targets hold, name all of these features")
        .help(format!("or give \"{}\" a target of its own, beside which the day can stand", feature.title()))
}

/// A roadmap with changes that are not written yet.
struct RoadmapEditor {
    files: FileSet,
    /// By paths without links.
    texts: BTreeMap<PathBuf, Vec<u8>>,
    today: Date,
}

impl RoadmapEditor {
    fn read(&self) -> Group {
        self.read_with(self.texts.clone())
    }

    fn read_with(&self, texts: BTreeMap<PathBuf, Vec<u8>>) -> Group {
        let files = Arc::new(Memory::over(Arc::clone(&self.files.files), texts));
        Group::read_from(&self.files, files, &CheckOptions::on(self.today))
    }

    /// Writes the day beside the target of an offer. The text is read again: it must say what it said, and the day, of
    /// what is to be confirmed and of nothing else.
    fn confirm(&mut self, (at, place): (usize, usize), meant: &[(usize, usize)]) -> Result<(), Problem> {
        let group = self.read();
        let feature = &group.roadmap.features[at];
        let offer = &feature.offers[place];
        let span = offer.when_span();
        let cannot = || {
            let day = self.today;
            let title = format!("nobody but you can write into the entry of \"{}\"", feature.title());
            let help = format!("write `confirmed` into it by hand, beside the target: {day}");
            Problem::of_run(title).help(help)
        };
        let source = group.sources.iter().find(|source| source.id() == span.file).ok_or_else(cannot)?;
        let shared = self.shared(source).ok_or_else(cannot)?;
        let format = FileFormat::of(source.name()).unwrap_or(FileFormat::Toml);
        let path = self.files.files.real(&shared.path);
        for text in edit::ways(source, format, offer, self.today) {
            let bytes = if self.has_mark(&path) { format!("\u{feff}{text}") } else { text };
            let mut texts = self.texts.clone();
            texts.insert(path.clone(), bytes.into_bytes());
            let new = self.read_with(texts.clone());
            // The text is trusted only as far as it reads: YAML may share an entry, and TOML a line, with others.
            let Some(confirmed) = self.confirmed(&group, &new, at, span) else { continue };
            let is_named = |at: &usize| meant.iter().any(|(named, _)| named == at);
            let others: Vec<&Feature> =
                confirmed.iter().filter(|at| !is_named(at)).map(|&at| &group.roadmap.features[at]).collect();
            if others.is_empty() {
                self.texts = texts;
                return Ok(());
            }
            return Err(shared_entry(feature, &others));
        }
        Err(cannot())
    }

    /// The features that a new roadmap confirms today and the old one does not. None where anything else is new, or
    /// where not all targets at the place are confirmed.
    fn confirmed(&self, old: &Group, new: &Group, of: usize, span: Span) -> Option<BTreeSet<usize>> {
        let today = Some(Spanned::new(Window::day(self.today), span));
        let (one, other) = (&old.roadmap.features, &new.roadmap.features);
        let is_alike = old.problems.len() == new.problems.len()
            && old.roadmap.incomplete == new.roadmap.incomplete
            && one.len() == other.len();
        let mut confirmed = BTreeSet::new();
        for (at, (one, other)) in one.iter().zip(other).enumerate().filter(|_| is_alike) {
            let is_alike = one.id.value == other.id.value
                && one.name.as_ref().map(|name| &name.value) == other.name.as_ref().map(|name| &name.value)
                && one.unreadable == other.unreadable
                && one.offers.len() == other.offers.len();
            for (one, other) in one.offers.iter().zip(&other.offers).filter(|_| is_alike) {
                let has_day = reads_alike(&Offer { confirmed: today, ..one.clone() }, other);
                let is_meant = at == of && one.when_span() == span;
                if !reads_alike(one, other) {
                    confirmed.insert(at);
                } else if !is_meant {
                    continue;
                }
                has_day.then_some(())?;
            }
            is_alike.then_some(())?;
        }
        is_alike.then_some(confirmed)
    }

    fn shared(&self, source: &Source) -> Option<&SharedPath> {
        self.files.roadmap.iter().find(|shared| shared.id == source.id())
    }

    /// Whether a file begins with a byte order mark, which no text has that is read.
    fn has_mark(&self, path: &Path) -> bool {
        self.files.files.read(path).is_ok_and(|bytes| bytes.starts_with("\u{feff}".as_bytes()))
    }

    fn name(&self, path: &Path) -> String {
        let is_it = |shared: &&SharedPath| self.files.files.real(&shared.path) == path;
        self.files.roadmap.iter().find(is_it).map(|shared| shared.name.clone()).unwrap_or_default()
    }

    /// Writes what has changed: all files, or none.
    fn write(&self) -> Result<(), Problem> {
        let cannot = |path: &Path, reason: String| {
            let name = self.name(path);
            Problem::in_file(&name, format!("{name} stays as it is: {reason}"))
        };
        let mut replacements = Vec::new();
        for (path, text) in &self.texts {
            let mut replacement = FileReplacement::of(path).map_err(|reason| cannot(path, reason))?;
            replacement.write_all(text).map_err(|error| cannot(path, reason(&error)))?;
            replacements.push(replacement);
        }
        let of = |(at, error): (usize, io::Error)| {
            let path = self.texts.keys().nth(at).map_or(Path::new(""), PathBuf::as_path);
            cannot(path, reason(&error))
        };
        commit_all(replacements).map_err(of)
    }
}
