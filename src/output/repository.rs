//! Paths as hosts of code know them: from the root of the repository, wherever in it the run began.

use std::path::{Component, Path, PathBuf};

use crate::input::path::{slashes, without_dots};
use crate::source::{Position, Sources, Span};

/// Where a run began, and the repository around it. By default there is none, and paths stay as they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct RepositoryRoot {
    /// Absolute.
    root: PathBuf,
    /// The working folder, absolute.
    folder: PathBuf,
}

/// A file, as a host of code knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FileLocation {
    /// The path from the repository's root, with `/`.
    Inside(String),
    /// The path of a file that lies outside: absolute where the repository is known.
    Outside(String),
}

/// A part of a file. Its names are as they are on the disk: not yet made safe to show.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) file: FileLocation,
    pub(super) start: Position,
    /// One past its last character.
    pub(super) end: Position,
}

impl RepositoryRoot {
    /// A repository and a working folder, both absolute.
    pub(crate) fn new(root: &Path, folder: &Path) -> Self {
        Self { root: root.to_owned(), folder: folder.to_owned() }
    }

    /// The file that goes by a name in this run.
    pub(super) fn locate(&self, name: &str) -> FileLocation {
        let path = without_dots(&self.folder.join(name));
        match path.strip_prefix(&self.root) {
            Ok(inside) if !matches!(inside.components().next(), Some(Component::ParentDir)) => {
                FileLocation::Inside(slashes(inside))
            }
            _ => FileLocation::Outside(slashes(&path)),
        }
    }

    /// Where a label points.
    pub(super) fn region(&self, span: Span, sources: Sources<'_>) -> Option<Region> {
        let source = sources.get(span.file)?;
        let range = span.range();
        Some(Region {
            file: self.locate(source.name()),
            start: source.position(range.start),
            end: source.position(range.end),
        })
    }
}

impl FileLocation {
    /// The path.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Inside(path) | Self::Outside(path) => path,
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_the_root_of_the_repository() {
        let repository = RepositoryRoot::new(Path::new("/srv/sales"), Path::new("/srv/sales/deals/emea"));
        let inside = |path: &str| FileLocation::Inside(path.to_owned());
        let outside = |path: &str| FileLocation::Outside(path.to_owned());
        for (name, located) in [
            ("acme.yaml", inside("deals/emea/acme.yaml")),
            ("./acme.yaml", inside("deals/emea/acme.yaml")),
            ("../../roadmap.toml", inside("roadmap.toml")),
            ("../apac/./x/../a.yaml", inside("deals/apac/a.yaml")),
            ("/srv/sales/roadmap.toml", inside("roadmap.toml")),
            ("../../../product/roadmap.toml", outside("/srv/product/roadmap.toml")),
            ("/srv/sales-old/roadmap.toml", outside("/srv/sales-old/roadmap.toml")),
        ] {
            assert_eq!(repository.locate(name), located, "{name}");
        }
    }

    #[test]
    fn without_a_repository_paths_stay() {
        let nowhere = RepositoryRoot::default();
        assert_eq!(nowhere.locate("deals/acme.yaml"), FileLocation::Inside("deals/acme.yaml".to_owned()));
        assert_eq!(nowhere.locate("../roadmap.toml"), FileLocation::Outside("../roadmap.toml".to_owned()));
    }
}
