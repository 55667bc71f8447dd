//! Files that are written: new ones, and those that take the place of others, whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use tempfile::NamedTempFile;

use crate::diagnostic::Problem;
use crate::input::path::{folder_of, slashes};
use crate::text::reason;

/// What begins a reason that is told alone.
const CANNOT: &str = "cannot write: ";

/// The problem of a file that is there: it is somebody's.
pub(super) fn existing(path: &Path) -> Option<Problem> {
    let name = slashes(path);
    path.symlink_metadata().is_ok().then(|| {
        Problem::in_file(&name, format!("{name} exists; nothing was written"))
            .help("write to another file, and compare the two")
    })
}

/// Writes a file that is not there yet.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Problem> {
    let written = fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| unwritable(path, &reason(&error)))
}

/// The problem of a file that cannot be written, with the reason, which may say so itself.
pub(super) fn unwritable(path: &Path, reason: &str) -> Problem {
    let name = slashes(path);
    let reason = reason.strip_prefix(CANNOT).unwrap_or(reason);
    Problem::in_file(&name, format!("cannot write {name}: {reason}"))
}

/// What a file will hold. It takes the file's place when it is complete, so that nobody ever reads half of it;
/// dropped before that, it leaves what was there.
#[derive(Debug)]
pub(super) struct FileReplacement {
    file: NamedTempFile,
    _unfinished: Unfinished,
    path: PathBuf,
    permissions: Option<fs::Permissions>,
}

impl FileReplacement {
    /// Starts to write a file, which need not be there yet.
    ///
    /// # Errors
    ///
    /// Why it cannot be written: `it is a folder`, `cannot write: permission denied`.
    pub(super) fn of(path: &Path) -> Result<Self, String> {
        let cannot = |error: &io::Error| format!("{CANNOT}{}", reason(error));
        let metadata = match fs::metadata(path) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(cannot(&error)),
        };
        match &metadata {
            Some(metadata) if metadata.is_dir() => return Err("it is a folder".to_owned()),
            Some(metadata) if metadata.permissions().readonly() => return Err("it is read-only".to_owned()),
            _ => {}
        }
        // What a link leads to is replaced, not the link.
        let path = if metadata.is_some() { path.canonicalize() } else { Ok(path.to_owned()) };
        let path = path.map_err(|error| cannot(&error))?;
        let made = Unfinished::new(|| beside(folder_of(&path)));
        let (file, unfinished) = made.map_err(|error| cannot(&error))?;
        Ok(Self {
            file,
            _unfinished: unfinished,
            path,
            permissions: metadata.map(|metadata| metadata.permissions()),
        })
    }

    /// What is in its place, to be put back; none where nothing is.
    fn old(&self) -> io::Result<Option<Self>> {
        if self.permissions.is_none() {
            return Ok(None);
        }
        let mut old = Self::of(&self.path).map_err(io::Error::other)?;
        io::copy(&mut fs::File::open(&self.path)?, &mut old)?;
        Ok(Some(old))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// With an error nothing was changed. A file that was not there at the start and is now is such an error.
    pub(super) fn commit(self) -> io::Result<()> {
        let Self { file, _unfinished, path, permissions } = self;
        let is_new = permissions.is_none();
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        file.as_file().sync_all()?;
        if is_new {
            // Somebody may have written one since.
            file.persist_noclobber(&path)?;
        } else {
            file.persist(&path)?;
        }
        // The name is safe once its folder is; where folders cannot be opened, that is as safe as it gets.
        if let Some(Ok(folder)) = path.parent().map(fs::File::open) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

/// Puts several files in their places: all of them, or none.
///
/// # Errors
///
/// Which of them, by its place among them, cannot be written, and why. Then all are as they were.
pub(super) fn commit_all(files: Vec<FileReplacement>) -> Result<(), (usize, io::Error)> {
    // What was there lies beside each before the first one goes: to bring it back takes nothing that may be missing by then.
    let old = files
        .iter()
        .enumerate()
        .map(|(at, file)| Ok((file.path.clone(), file.old().map_err(|why| (at, why))?)));
    let mut old: Vec<(PathBuf, Option<FileReplacement>)> = old.collect::<Result<_, _>>()?;
    for (at, file) in files.into_iter().enumerate() {
        if let Err(why) = file.commit() {
            for (path, old) in old.drain(..at) {
                // Where that fails, too, nobody can do more.
                let _ = old.map_or_else(|| fs::remove_file(path), FileReplacement::commit);
            }
            return Err((at, why));
        }
    }
    Ok(())
}

/// The files that are being written. A signal that ends the run removes them: nothing is dropped then.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that is removed when a signal ends the run.
#[derive(Debug)]
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes a file, of which the signals know from the start.
    pub(super) fn new(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<(NamedTempFile, Self)> {
        static HANDLER: Once = Once::new();
        // Without a handler the file stays behind; that is no reason not to write.
        HANDLER.call_once(|| _ = ctrlc::set_handler(end));
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let file = make()?;
        unfinished.insert(file.path().to_owned());
        let unfinished = Self(file.path().to_owned());
        Ok((file, unfinished))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// Ends the run as a signal does, without the files that are unfinished. Nobody begins another one meanwhile.
#[expect(clippy::exit, reason = "a signal asks for it")]
fn end() {
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.iter() {
        let _ = fs::remove_file(path);
    }
    std::process::exit(130)
}

impl Write for FileReplacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dealcheck-").suffix(".tmp");
    // A new file is as open as any other that the user makes, less what the umask takes away.
    #[cfg(unix)]
    let fresh: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(fresh);
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_files_all_are_written_or_none() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = |name: &str| folder.path().join(name);
        for name in ["a", "c"] {
            fs::write(path(name), "old").expect("there is room");
        }
        let replacements = || {
            let of = |name| {
                let mut file = FileReplacement::of(&path(name)).expect("it can be written");
                file.write_all(b"new").expect("there is room");
                file
            };
            ["a", "b", "c"].map(of).into()
        };
        let blocked: Vec<FileReplacement> = replacements();
        // Nothing takes the place of a folder.
        fs::create_dir(path("b")).expect("there is room");
        let refused = commit_all(blocked);
        assert_eq!(refused.expect_err("`b` cannot be written").0, 1);
        let texts = || ["a", "c"].map(|name| fs::read_to_string(path(name)).expect("it is there"));
        assert_eq!(texts(), ["old", "old"]);
        fs::remove_dir(path("b")).expect("it is empty");
        let blocked: Vec<FileReplacement> = replacements();
        fs::remove_file(path("c")).and_then(|()| fs::create_dir(path("c"))).expect("it is ours");
        assert!(commit_all(blocked).is_err());
        assert!(!path("b").exists(), "what was new is gone again");
        fs::remove_dir(path("c")).and_then(|()| fs::write(path("c"), "old")).expect("it is ours");
        commit_all(replacements()).expect("all can be written");
        assert_eq!(texts(), ["new", "new"]);
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 3, "nothing is left over");
    }
}
