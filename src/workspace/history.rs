//! What older versions of a roadmap tell of its targets.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::input::parse::{Arena, FileFormat, parse};
use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::input::revision::{FileVersion, FileVersions, NoVersions, VersionStep};
use crate::model::assemble::{Vocabulary, assemble};
use crate::model::evidence::{Evidence, EvidenceBuilder, FeatureVersion, RoadmapVersion};
use crate::model::roadmap::Roadmap;
use crate::model::window::Date;
use crate::source::{FileId, Source};
use crate::text::{and_list, fold, plural};

use super::HistoryProgress;
use super::entries::{Entries, together};

/// How many versions are read at once: so many that all threads have some, so few that they take little memory.
const AT_ONCE: usize = 128;

/// What a roadmap and its older versions tell of the targets of some features. Versions are read with today's
/// configuration.
pub(super) fn evidence(
    roadmap: &Roadmap,
    wanted: &BTreeSet<usize>,
    paths: &[PathBuf],
    revision: &str,
    (vocabulary, today, progress): (&Vocabulary, Date, &HistoryProgress),
) -> Evidence {
    let known = FileVersions::of(paths, revision).and_then(|versions| {
        let mut builder = EvidenceBuilder::new(roadmap, wanted);
        let mut reader = VersionReader::new(&versions, builder.ids(), vocabulary);
        let mut unread: Vec<&VersionStep> = Vec::new();
        for (at, steps) in versions.steps.chunks(AT_ONCE).enumerate() {
            progress.report(at * AT_ONCE, versions.steps.len());
            for (step, version) in steps.iter().zip(reader.read(steps)?) {
                // Where no file was there, nothing could be read.
                if version.as_ref().map_or(!step.files.is_empty(), RoadmapVersion::is_partial) {
                    unread.push(step);
                }
                // A version that could not be read confirms nothing, and breaks off nothing.
                if let Some(version) = version {
                    builder.add(&version);
                }
            }
        }
        Ok(builder.build(today).with_unread(unread_in_words(&unread)))
    });
    known.unwrap_or_else(|reason| Evidence::of_roadmap(roadmap, today).with_caveat(caveat(&reason)))
}

/// Reads versions of a roadmap. What is written as in a version before is not read again.
struct VersionReader<'v> {
    versions: &'v FileVersions,
    /// The features that are asked for, by their ids without regard to case.
    wanted: BTreeSet<String>,
    vocabulary: &'v Vocabulary,
    /// The files of the last versions, of which most come again.
    files: HashMap<FileVersion, Arc<VersionFile>>,
    /// Entries that were read, by the hash of their surroundings and by their text.
    known: HashMap<(u64, String), FeatureVersion>,
}

/// A file as it was from a version on.
struct VersionFile {
    source: Source,
    format: FileFormat,
    /// Its parts, with the entries that are asked for; none where it has to be read as a whole.
    entries: Option<Entries>,
}

/// The files of a version.
struct VersionText {
    files: Vec<Arc<VersionFile>>,
    /// The hash of what the entries are read with; none where the version has to be read as a whole.
    around: Option<u64>,
}

impl<'v> VersionReader<'v> {
    fn new(versions: &'v FileVersions, wanted: BTreeSet<String>, vocabulary: &'v Vocabulary) -> Self {
        Self { versions, wanted, vocabulary, files: HashMap::new(), known: HashMap::new() }
    }

    /// Some versions; none in place of one that could not be read in full.
    fn read(&mut self, steps: &[VersionStep]) -> Result<Vec<Option<RoadmapVersion>>, NoVersions> {
        self.read_files(steps)?;
        let texts: Vec<Option<VersionText>> = steps.par_iter().map(|step| self.text(step)).collect();
        self.read_entries(&texts);
        let version = |(step, text): (&VersionStep, &Option<VersionText>)| {
            let text = text.as_ref()?;
            let of_entries = text.around.and_then(|around| self.of_entries(step.day, around, text));
            of_entries.or_else(|| {
                let sources: Vec<&Source> = text.files.iter().map(|file| &file.source).collect();
                Some(RoadmapVersion::new(&self.assembled(&sources)?, step.day))
            })
        };
        Ok(steps.par_iter().zip(&texts).map(version).collect())
    }

    /// Reads the files of some versions, each once, and forgets those that none of them has.
    fn read_files(&mut self, steps: &[VersionStep]) -> Result<(), NoVersions> {
        let asked: BTreeSet<&FileVersion> = steps.iter().flat_map(|step| &step.files).collect();
        // A commit seldom changes more than one file: what the next versions have again is kept, and no more.
        self.files.retain(|file, _| asked.contains(file));
        let new: Vec<&FileVersion> =
            asked.into_iter().filter(|file| !self.files.contains_key(*file)).collect();
        let read = new.par_iter().map(|&file| Ok(Some((file.clone(), Arc::new(self.file(file)?)))));
        // A file that is no text is left out.
        let read = read.map(|file| match file {
            Err(None) => Ok(None),
            Err(Some(reason)) => Err(reason),
            Ok(file) => Ok(file),
        });
        let read: Vec<Option<(FileVersion, Arc<VersionFile>)>> = read.collect::<Result<_, NoVersions>>()?;
        self.files.extend(read.into_iter().flatten());
        Ok(())
    }

    /// A file; no reason where it is no text.
    fn file(&self, file: &FileVersion) -> Result<VersionFile, Option<NoVersions>> {
        let bytes = self.versions.read(file).map_err(Some)?;
        let source = read::bytes(bytes.as_slice(), &file.name, FileId(0)).map_err(|_| None)?;
        let format = FileFormat::of(&file.name).unwrap_or(FileFormat::Toml);
        let mut entries = Entries::of(source.text(), format);
        if let Some(entries) = &mut entries {
            entries.of_features = std::mem::take(&mut entries.of_features)
                .into_iter()
                .map(|(id, text)| (fold(&id).into_owned(), text))
                .filter(|(id, _)| self.wanted.contains(id))
                .collect();
            // Who goes through the roadmap each week does not confirm all of it.
            let counts_from_review =
                |text: &String| ["now", "next"].iter().any(|word| fold(text).contains(word));
            if !entries.of_features.values().any(counts_from_review) {
                entries.product.clear();
            }
        }
        Ok(VersionFile { source, format, entries })
    }

    /// The texts of a version; none where there is no file, or one that is no text. Where none of its files was there,
    /// nobody took every feature away: it stood somewhere else.
    fn text(&self, step: &VersionStep) -> Option<VersionText> {
        let files = step.files.iter().map(|file| self.files.get(file).cloned());
        let files: Vec<Arc<VersionFile>> = files.collect::<Option<_>>()?;
        let mut ids = BTreeSet::new();
        let mut hasher = DefaultHasher::new();
        let mut is_cut = !files.is_empty();
        for file in &files {
            let Some(entries) = &file.entries else {
                is_cut = false;
                break;
            };
            // An entry that two files have is an error of that version, which only a reading of the whole tells.
            is_cut &= entries.of_features.keys().all(|id| ids.insert(id));
            entries.around().for_each(|part| hasher.write(part.as_bytes()));
        }
        let around = is_cut.then(|| hasher.finish());
        (!files.is_empty()).then_some(VersionText { files, around })
    }

    /// Reads those entries of some versions that no version had before, with what stands around them.
    fn read_entries(&mut self, texts: &[Option<VersionText>]) {
        let mut claimed: BTreeSet<(u64, &str)> = BTreeSet::new();
        let mut new: Vec<(u64, &VersionText, BTreeSet<&str>)> = Vec::new();
        for text in texts.iter().flatten() {
            let Some(around) = text.around else { continue };
            let unknown = text.entries().map(|(_, entry)| entry.as_str()).filter(|entry| {
                !self.known.contains_key(&(around, (*entry).to_owned())) && claimed.insert((around, entry))
            });
            let unknown: BTreeSet<&str> = unknown.collect();
            if !unknown.is_empty() {
                new.push((around, text, unknown));
            }
        }
        let read = new.par_iter().filter_map(|(around, text, unknown)| {
            let sources: Vec<Source> = text.files.iter().filter_map(|file| file.only(unknown)).collect();
            let version =
                RoadmapVersion::new(&self.assembled(&sources.iter().collect::<Vec<_>>())?, Date::ZERO);
            let known = text
                .entries()
                .filter(|(_, entry)| unknown.contains(entry.as_str()))
                .map(|(id, entry)| Some(((*around, entry.clone()), version.feature(id)?.clone())));
            Some(known.flatten().collect::<Vec<_>>())
        });
        let read: Vec<_> = read.collect();
        self.known.extend(read.into_iter().flatten());
    }

    /// A version by its entries; none where they are not all known.
    fn of_entries(&self, day: Date, around: u64, text: &VersionText) -> Option<RoadmapVersion> {
        let feature = |(id, entry): (&String, &String)| {
            Some((id.clone(), self.known.get(&(around, entry.clone()))?.clone()))
        };
        Some(RoadmapVersion::of_features(text.entries().map(feature).collect::<Option<_>>()?, day))
    }

    /// A roadmap as its files say; none where one of them cannot be read.
    fn assembled(&self, sources: &[&Source]) -> Option<Roadmap> {
        let records = (0..).zip(sources).map(|(id, source)| Some((FileId(id), Some(record(source)?))));
        let records: Vec<(FileId, Option<RoadmapRecord>)> = records.collect::<Option<_>>()?;
        Some(assemble(&records, self.vocabulary, false, &mut Vec::new()))
    }
}

impl VersionFile {
    /// The file with some of its entries alone; none where nothing is left.
    fn only(&self, entries: &BTreeSet<&str>) -> Option<Source> {
        let own = self.entries.as_ref()?;
        let features = own.of_features.values().map(String::as_str).filter(|text| entries.contains(text));
        let features: Vec<&str> = features.collect();
        let has_any = !features.is_empty() || own.around().next().is_some();
        let text = together(self.format, own.around(), features.into_iter());
        has_any.then(|| Source::new(FileId(0), self.source.name(), text))
    }
}

impl VersionText {
    /// The entries of all files, by their ids.
    fn entries(&self) -> impl Iterator<Item = (&String, &String)> {
        self.files.iter().filter_map(|file| file.entries.as_ref()).flat_map(|entries| &entries.of_features)
    }
}

fn record(source: &Source) -> Option<RoadmapRecord> {
    let arena = Arena::of(source);
    let (node, problems) = parse(source, FileFormat::of(source.name()).unwrap_or(FileFormat::Toml), &arena);
    // Nobody knows what stands in a text that breaks off: it would look like a change of every entry, and so confirm all of
    // them. Of what is wrong with an entry alone the features tell.
    if problems.is_empty() { read::record_of(node.as_ref(), problems).0 } else { None }
}

/// Which versions could not be read in full, from the last one on; no more of them than somebody reads.
fn unread_in_words(steps: &[&VersionStep]) -> Option<String> {
    const SHOWN: usize = 3;
    let shown = if steps.len() > SHOWN + 1 { SHOWN } else { steps.len() };
    let commit =
        |step: &&VersionStep| format!("{} ({})", step.day, step.commit.get(..12).unwrap_or(&step.commit));
    let mut words: Vec<String> = steps[..shown].iter().map(commit).collect();
    if shown < steps.len() {
        words.push(format!("{} others", steps.len() - shown));
    }
    let versions = plural(steps.len(), "older version of the roadmap", "older versions of the roadmap");
    let title = format!("{versions} cannot be read in full, and what cannot be read is passed over");
    (!steps.is_empty()).then(|| format!("{title}: {}", and_list(&words)))
}

/// What is to be said where there may be older versions, and they are not looked at.
fn caveat(reason: &NoVersions) -> Option<String> {
    match reason {
        NoVersions::NotInGit => None,
        NoVersions::Shallow => Some(
            "this clone is shallow, so nothing here rests on how the roadmap changed; `git fetch --unshallow`, or \
             `fetch-depth: 0` in the checkout of CI, gets all commits"
                .to_owned(),
        ),
        NoVersions::Unread(words) => Some(format!(
            "git does not tell how the roadmap changed, so nothing here rests on that: {words}"
        )),
    }
}
