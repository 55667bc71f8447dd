//! What older versions of a roadmap tell of its targets.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::input::parse::{Arena, FileFormat, parse};
use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::input::revision::{FileVersion, FileVersions, NoVersions, VersionStep};
use crate::model::assemble::{Vocabulary, assemble};
use crate::model::evidence::{Evidence, EvidenceBuilder, RoadmapVersion};
use crate::model::roadmap::Roadmap;
use crate::model::window::Date;
use crate::source::FileId;

/// How many versions are read at once: so many that all threads have some, so few that they take little memory.
const AT_ONCE: usize = 128;

/// What a roadmap and its older versions tell of its targets. Versions are read with today's configuration.
pub(super) fn evidence(
    roadmap: &Roadmap,
    paths: &[PathBuf],
    revision: &str,
    vocabulary: &Vocabulary,
    today: Date,
) -> Evidence {
    let known = FileVersions::of(paths, revision).and_then(|versions| {
        let mut builder = EvidenceBuilder::new(roadmap);
        for steps in versions.steps.chunks(AT_ONCE) {
            for version in read_steps(&versions, steps, vocabulary)?.iter().flatten() {
                builder.add(version);
            }
        }
        Ok(builder.build(today))
    });
    known.unwrap_or_else(|reason| Evidence::of_roadmap(roadmap, today).with_caveat(caveat(&reason)))
}

/// Some versions as they are read; none where that is not all that was written.
fn read_steps(
    versions: &FileVersions,
    steps: &[VersionStep],
    vocabulary: &Vocabulary,
) -> Result<Vec<Option<RoadmapVersion>>, NoVersions> {
    let files: BTreeSet<&FileVersion> = steps.iter().flat_map(|step| &step.files).collect();
    let files: Vec<&FileVersion> = files.into_iter().collect();
    let records = files.par_iter().map(|file| Ok((*file, record(versions, file)?)));
    let records: HashMap<&FileVersion, Option<RoadmapRecord>> = records.collect::<Result<_, NoVersions>>()?;
    let version = |step: &VersionStep| {
        let files = (0..).map(FileId).zip(&step.files);
        let files = files.map(|(id, file)| Some((id, Some(records.get(file)?.as_ref()?))));
        let files: Vec<(FileId, Option<&RoadmapRecord>)> = files.collect::<Option<_>>()?;
        // Where none of its files was there, nobody took every feature away: it stood somewhere else.
        let roadmap = (!files.is_empty()).then(|| assemble(&files, vocabulary, false, &mut Vec::new()))?;
        Some(RoadmapVersion::new(&roadmap, step.day))
    };
    Ok(steps.par_iter().map(version).collect())
}

/// A file as it was; none where it could not be read.
fn record(versions: &FileVersions, file: &FileVersion) -> Result<Option<RoadmapRecord>, NoVersions> {
    let bytes = versions.read(file)?;
    let Ok(source) = read::bytes(bytes.as_slice(), &file.name, FileId(0)) else { return Ok(None) };
    let arena = Arena::of(&source);
    let (node, problems) = parse(&source, FileFormat::of(source.name()).unwrap_or(FileFormat::Toml), &arena);
    Ok(if problems.is_empty() { read::record(node.as_ref(), problems).0 } else { None })
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
