//! What older versions of a roadmap tell of its targets.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::PathBuf;

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
use crate::text::fold;

use super::HistoryWatch;
use super::entries::Entries;

/// How many versions are read at once: so many that all threads have some, so few that they take little memory.
const AT_ONCE: usize = 128;

/// What a roadmap and its older versions tell of the targets of some features. Versions are read with today's
/// configuration.
pub(super) fn evidence(
    roadmap: &Roadmap,
    wanted: &BTreeSet<usize>,
    paths: &[PathBuf],
    revision: &str,
    (vocabulary, today, watch): (&Vocabulary, Date, &HistoryWatch),
) -> Evidence {
    let known = FileVersions::of(paths, revision).and_then(|versions| {
        let mut builder = EvidenceBuilder::new(roadmap, wanted);
        let mut reader = VersionReader::new(&versions, builder.ids(), vocabulary);
        for (at, steps) in versions.steps.chunks(AT_ONCE).enumerate() {
            watch.read(at * AT_ONCE, versions.steps.len());
            for version in reader.read(steps)?.iter().flatten() {
                builder.add(version);
            }
        }
        Ok(builder.build(today))
    });
    known.unwrap_or_else(|reason| Evidence::of_roadmap(roadmap, today).with_caveat(caveat(&reason)))
}

/// Reads versions of a roadmap. What is written as in a version before is not read again.
struct VersionReader<'v> {
    versions: &'v FileVersions,
    /// The features that are asked for, by their ids without regard to case.
    wanted: BTreeSet<String>,
    vocabulary: &'v Vocabulary,
    /// Entries that were read, by the hash of what stands around all of them and by what they are.
    known: HashMap<(u64, String), FeatureVersion>,
}

/// The texts of a version.
struct VersionText {
    sources: Vec<Source>,
    cut: Option<CutText>,
}

/// What is asked for of a file that can be cut.
struct CutText {
    /// What the entries are read with.
    around: String,
    /// Its hash: it is looked up with each entry.
    hash: u64,
    entries: BTreeMap<String, String>,
}

impl<'v> VersionReader<'v> {
    fn new(versions: &'v FileVersions, wanted: BTreeSet<String>, vocabulary: &'v Vocabulary) -> Self {
        Self { versions, wanted, vocabulary, known: HashMap::new() }
    }

    /// Some versions as they are read; none where that is not all that was written.
    fn read(&mut self, steps: &[VersionStep]) -> Result<Vec<Option<RoadmapVersion>>, NoVersions> {
        let texts = steps.par_iter().map(|step| self.text(step));
        let texts: Vec<Option<VersionText>> = texts.collect::<Result<_, NoVersions>>()?;
        self.read_entries(&texts);
        let version = |(step, text): (&VersionStep, &Option<VersionText>)| {
            let text = text.as_ref()?;
            let of_entries = text.cut.as_ref().and_then(|cut| self.of_entries(step.day, cut));
            of_entries.or_else(|| Some(RoadmapVersion::new(&self.assembled(&text.sources)?, step.day)))
        };
        Ok(steps.par_iter().zip(&texts).map(version).collect())
    }

    /// The texts of a version; none where there is no file, or one that is no text. Where none of its files was there,
    /// nobody took every feature away: it stood somewhere else.
    fn text(&self, step: &VersionStep) -> Result<Option<VersionText>, NoVersions> {
        let mut sources = Vec::new();
        for (id, file) in (0..).zip(&step.files) {
            match self.source(FileId(id), file)? {
                Some(source) => sources.push(source),
                None => return Ok(None),
            }
        }
        let cut = match sources.as_slice() {
            [] => return Ok(None),
            [only] if FileFormat::of(only.name()) == Some(FileFormat::Toml) => self.cut(only.text()),
            _ => None,
        };
        Ok(Some(VersionText { sources, cut }))
    }

    fn cut(&self, text: &str) -> Option<CutText> {
        let Entries { words, product, of_features } = Entries::of(text)?;
        let entries = of_features.into_iter().map(|(id, text)| (fold(id).into_owned(), text));
        let entries: BTreeMap<String, String> = entries.filter(|(id, _)| self.wanted.contains(id)).collect();
        // Who goes through the roadmap each week does not confirm all of it.
        let counts_from_review =
            |entry: &String| ["now", "next"].iter().any(|word| fold(entry).contains(word));
        let around =
            if entries.values().any(counts_from_review) { format!("{product}\n{words}") } else { words };
        let mut hasher = DefaultHasher::new();
        hasher.write(around.as_bytes());
        Some(CutText { around, hash: hasher.finish(), entries })
    }

    fn source(&self, id: FileId, file: &FileVersion) -> Result<Option<Source>, NoVersions> {
        Ok(read::bytes(self.versions.read(file)?.as_slice(), &file.name, id).ok())
    }

    /// Reads those entries of some versions that no version had before.
    fn read_entries(&mut self, texts: &[Option<VersionText>]) {
        let mut claimed: BTreeSet<(u64, &str)> = BTreeSet::new();
        let mut new: Vec<(&CutText, Vec<(&String, &String)>)> = Vec::new();
        for cut in texts.iter().flatten().filter_map(|text| text.cut.as_ref()) {
            let mut entries: Vec<(&String, &String)> = cut.entries.iter().collect();
            entries.retain(|(_, entry)| {
                !self.known.contains_key(&(cut.hash, (*entry).clone())) && claimed.insert((cut.hash, entry))
            });
            if !entries.is_empty() {
                new.push((cut, entries));
            }
        }
        let read = new.par_iter().filter_map(|(cut, entries)| {
            let text: String = entries.iter().map(|(_, entry)| format!("\n{entry}")).collect();
            let source = Source::new(FileId(0), "roadmap.toml", format!("{}{text}", cut.around));
            let version = RoadmapVersion::new(&self.assembled(&[source])?, Date::ZERO);
            let known = entries
                .iter()
                .map(|(id, entry)| Some(((cut.hash, (*entry).clone()), version.feature(id)?.clone())));
            Some(known.flatten().collect::<Vec<_>>())
        });
        let read: Vec<_> = read.collect();
        self.known.extend(read.into_iter().flatten());
    }

    /// A version by its entries; none where they are not all known.
    fn of_entries(&self, day: Date, CutText { hash, entries, .. }: &CutText) -> Option<RoadmapVersion> {
        let feature = |(id, entry): (&String, &String)| {
            Some((id.clone(), self.known.get(&(*hash, entry.clone()))?.clone()))
        };
        Some(RoadmapVersion::of_features(entries.iter().map(feature).collect::<Option<_>>()?, day))
    }

    /// A roadmap as its files say; none where one of them cannot be read.
    fn assembled(&self, sources: &[Source]) -> Option<Roadmap> {
        let records = sources.iter().map(|source| Some((source.id(), Some(record(source)?))));
        let records: Vec<(FileId, Option<RoadmapRecord>)> = records.collect::<Option<_>>()?;
        Some(assemble(&records, self.vocabulary, false, &mut Vec::new()))
    }
}

fn record(source: &Source) -> Option<RoadmapRecord> {
    let arena = Arena::of(source);
    let (node, problems) = parse(source, FileFormat::of(source.name()).unwrap_or(FileFormat::Toml), &arena);
    if problems.is_empty() { read::record(node.as_ref(), problems).0 } else { None }
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
