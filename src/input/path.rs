//! Paths as users write and read them.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use crate::text::decode_file_name;

/// A path as users write it: with `/`. Bytes of it that are no text have [stand-ins](decode_file_name).
pub(crate) fn slashes(path: &Path) -> String {
    let text = decode_file_name(bytes(path.as_os_str()));
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The bytes of a name, as the system has them where names are bytes.
fn bytes(name: &OsStr) -> &[u8] {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStrExt::as_bytes(name);
    #[cfg(not(unix))]
    return name.as_encoded_bytes();
}

/// The folder that a file lies in; the working folder where the path is a name alone.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The root of the repository that an absolute folder is in: the nearest one with `.git`.
pub(crate) fn repository_root(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// How an absolute path is shown: relative to the working folder, over `..` where it lies beside it.
pub(crate) fn shown(path: &Path, base: &Path) -> String {
    slashes(&shown_from(path, base))
}

pub(super) fn shown_from(path: &Path, base: &Path) -> PathBuf {
    let common = path.components().zip(base.components()).take_while(|(one, other)| one == other).count();
    let up = base.components().count() - common;
    // Up to the root and down again says less than the absolute path.
    if common <= 1 && up > 0 {
        return path.to_owned();
    }
    let relative: PathBuf =
        std::iter::repeat_n(Component::ParentDir, up).chain(path.components().skip(common)).collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}

/// A path without `.` and `..`, by its words alone: what leads out of where it begins stays.
pub(crate) fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match (part, plain.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                plain.pop();
            }
            (part, _) => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_the_working_folder() {
        let shown = |path: &str| shown(Path::new(path), Path::new("/deals/team"));
        assert_eq!(shown("/deals/team/a/roadmap.toml"), "a/roadmap.toml");
        assert_eq!(shown("/deals/dealcheck.toml"), "../dealcheck.toml");
        assert_eq!(shown("/deals/team"), ".");
        assert_eq!(shown("/elsewhere/roadmap.toml"), "/elsewhere/roadmap.toml");
    }
}
