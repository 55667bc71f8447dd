//! A folder as git keeps it.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path};

use crate::text::hex;

/// What lies in a folder, by the bytes of the names.
#[derive(Debug)]
pub(super) struct Tree(Vec<Leaf>);

#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) name: OsString,
    pub(super) mode: Mode,
    /// The object, in hexadecimal; of a submodule the commit.
    pub(super) id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    File,
    Folder,
    Link,
    Submodule,
}

impl Tree {
    /// Reads `mode name NUL id` after `mode name NUL id`. An id is as long as the repository's are. What cannot lie in
    /// a folder is left out: nothing keeps git's objects from naming `..` or `.git`.
    pub(super) fn read(mut bytes: &[u8], id_length: usize) -> Option<Self> {
        let mut leaves = Vec::new();
        while !bytes.is_empty() {
            let space = bytes.iter().position(|&byte| byte == b' ')?;
            let end = bytes.iter().position(|&byte| byte == 0)?;
            let (mode, name) = (&bytes[..space], bytes.get(space + 1..end)?);
            let (id, rest) = bytes[end + 1..].split_at_checked(id_length)?;
            bytes = rest;
            if let (Some(mode), Some(name)) = (Mode::of(mode), os_string(name).filter(|name| is_plain(name)))
            {
                leaves.push(Leaf { name, mode, id: hex(id) });
            }
        }
        // Git orders a folder as if its name ended in `/`.
        leaves.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Some(Self(leaves))
    }

    pub(super) fn get(&self, name: &OsStr) -> Option<&Leaf> {
        let at = self.0.binary_search_by(|leaf| leaf.name.as_os_str().cmp(name)).ok()?;
        self.0.get(at)
    }

    pub(super) fn leaves(&self) -> &[Leaf] {
        &self.0
    }
}

impl Mode {
    fn of(digits: &[u8]) -> Option<Self> {
        match digits {
            b"40000" => Some(Self::Folder),
            b"120000" => Some(Self::Link),
            b"160000" => Some(Self::Submodule),
            [b'1', b'0', b'0', ..] => Some(Self::File),
            _ => None,
        }
    }
}

fn is_plain(name: &OsStr) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name && part != ".git")
}

/// A name or a path out of git: bytes, where this machine's are.
#[cfg(unix)]
pub(in crate::input) fn os_string(bytes: &[u8]) -> Option<OsString> {
    Some(std::os::unix::ffi::OsStringExt::from_vec(bytes.to_owned()))
}

/// A name or a path out of git, which is UTF-8 where this machine's are text.
#[cfg(not(unix))]
pub(in crate::input) fn os_string(bytes: &[u8]) -> Option<OsString> {
    String::from_utf8(bytes.to_owned()).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str)], id_length: usize) -> Vec<u8> {
        let id = vec![0xab; id_length];
        let entry = |(mode, name): &(&str, &str)| [format!("{mode} {name}\0").as_bytes(), &id].concat();
        entries.iter().flat_map(entry).collect()
    }

    #[test]
    fn names_are_found_whatever_the_length_of_ids() {
        for length in [20, 32] {
            let bytes = tree(&[("100644", "a.toml"), ("40000", "a"), ("100755", "b c\nd")], length);
            let tree = Tree::read(&bytes, length).unwrap();
            assert_eq!(tree.get(OsStr::new("a")).unwrap().mode, Mode::Folder);
            assert_eq!(tree.get(OsStr::new("b c\nd")).unwrap().id, "ab".repeat(length));
            assert!(tree.get(OsStr::new("c")).is_none());
            for end in 1..bytes.len() {
                // Cut off, it is no folder, or one with less in it.
                assert!(Tree::read(&bytes[..end], length).is_none_or(|tree| tree.leaves().len() < 3));
            }
        }
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let bytes = tree(
            &[("100644", ".."), ("120000", "a/b"), ("40000", "."), ("100644", ""), ("40000", ".git")],
            20,
        );
        assert!(Tree::read(&bytes, 20).unwrap().leaves().is_empty());
    }
}
