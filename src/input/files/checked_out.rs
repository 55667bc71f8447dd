//! Whether a file is still what a commit has.

use std::fs;
use std::path::Path;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::text::hex;

use super::{Disk, Files};

/// The bytes of a file, where they are those of an object of git; none also where it is larger than `most` bytes, or a link.
/// No filter runs, and no attribute counts.
pub(in crate::input) fn checked_out(path: &Path, object: &str, most: u64) -> Option<Vec<u8>> {
    let metadata = fs::symlink_metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > most {
        return None;
    }
    let bytes = Disk.read_within(path, most).ok()?;
    (name_of(&bytes, object.len())? == object).then_some(bytes)
}

/// What git calls bytes, in hexadecimal of a length: the hash of them behind a head
/// (<https://git-scm.com/docs/gitformat-pack>, <https://git-scm.com/docs/hash-function-transition>).
fn name_of(bytes: &[u8], length: usize) -> Option<String> {
    let head = format!("blob {}\0", bytes.len());
    match length {
        40 => Some(hex(&Sha1::new().chain_update(head).chain_update(bytes).finalize())),
        64 => Some(hex(&Sha256::new().chain_update(head).chain_update(bytes).finalize())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::git::git;
    use super::*;

    #[test]
    fn bytes_are_called_as_git_calls_them() {
        for format in ["sha1", "sha256"] {
            let folder = tempfile::tempdir().unwrap();
            let git = |arguments: &[&str]| {
                let output = git(folder.path()).args(arguments).output().unwrap();
                assert!(output.status.success(), "{output:?}");
                String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
            };
            git(&["init", "--quiet", "--object-format", format]);
            for text in ["", "a: 1\n", "a: 1\r\n\0ü"] {
                let path = folder.path().join("a.yaml");
                fs::write(&path, text).unwrap();
                let object = git(&["hash-object", "--no-filters", "a.yaml"]);
                assert_eq!(checked_out(&path, &object, 100).unwrap(), text.as_bytes());
                assert!(text.is_empty() || checked_out(&path, &object, 1).is_none(), "it is too large");
                fs::write(&path, format!("{text} ")).unwrap();
                assert!(checked_out(&path, &object, 100).is_none(), "it is another one");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_it_is_not_it() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let empty = name_of(b"", 40).unwrap();
        assert!(checked_out(&path, &empty, 1).is_some() && checked_out(&link, &empty, 1).is_none());
    }
}
