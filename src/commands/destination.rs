//! Where a format goes: standard output, or a file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::Path;

use crate::diagnostic::Problem;
use crate::input::path::slashes;
use crate::text::reason;

use super::UntilClosed;
use super::log::LogLines;
use super::replace::{FileReplacement, unwritable};

/// Where a format goes.
pub(super) struct Destination {
    to: Sink,
    /// Lines that are no commands to a build log; nothing where they may be.
    lines: Option<LogLines>,
    name: String,
}

enum Sink {
    Stdout(BufWriter<UntilClosed<Stdout>>),
    File(BufWriter<FileReplacement>),
    /// A pipe or a device: there is nothing to replace.
    Stream(BufWriter<UntilClosed<File>>),
}

impl Destination {
    /// A file where one is named, else standard output.
    pub(super) fn of(path: Option<&Path>) -> Result<Self, Problem> {
        path.map_or_else(|| Ok(Self::stdout()), Self::file)
    }

    /// Standard output.
    pub(super) fn stdout() -> Self {
        let to = Sink::Stdout(BufWriter::new(UntilClosed::new(io::stdout())));
        Self { to, lines: Some(LogLines::default()), name: "standard output".to_owned() }
    }

    /// A file, which is left as it is until all is written.
    pub(super) fn file(path: &Path) -> Result<Self, Problem> {
        let cannot = |reason: String| unwritable(path, &reason);
        let is_stream = path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
        let to = if is_stream {
            let file = OpenOptions::new().write(true).open(path);
            let file = file.map_err(|error| cannot(reason(&error)))?;
            Sink::Stream(BufWriter::new(UntilClosed::new(file)))
        } else {
            Sink::File(BufWriter::new(FileReplacement::of(path).map_err(cannot)?))
        };
        Ok(Self { to, lines: Some(LogLines::default()), name: slashes(path) })
    }

    /// Writes all that there is to write.
    pub(super) fn finish(mut self, text: &str) -> io::Result<()> {
        self.write_all(text.as_bytes())?;
        self.commit()
    }

    /// Ends the writing: a file takes its place.
    pub(super) fn commit(mut self) -> io::Result<()> {
        self.end_line()?;
        let Self { to, name, .. } = self;
        let done = match to {
            Sink::Stdout(mut out) => out.flush(),
            Sink::Stream(mut out) => out.flush(),
            Sink::File(out) => {
                out.into_inner().map_err(io::IntoInnerError::into_error).and_then(FileReplacement::commit)
            }
        };
        done.map_err(|error| named(&name, &error))
    }

    /// The same for a format that is made of commands to a build log.
    #[must_use]
    pub(super) fn of_commands(self) -> Self {
        Self { lines: None, ..self }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let Self { to, lines, name } = self;
        let done = lines.as_mut().map_or(Ok(()), |lines| lines.end(to.stream()));
        done.map_err(|error| named(name, &error))
    }
}

impl Sink {
    fn stream(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(out) => out,
            Self::File(out) => out,
            Self::Stream(out) => out,
        }
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Self { to, lines, name } = self;
        let written = match lines {
            Some(lines) => lines.write(bytes, to.stream()),
            None => to.stream().write_all(bytes),
        };
        written.map(|()| bytes.len()).map_err(|error| named(name, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.end_line()?;
        self.to.stream().flush().map_err(|error| named(&self.name, &error))
    }
}

/// The error with the name of what could not be written. An interruption stays one, since it is tried again.
fn named(name: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{name}: {}", reason(error)))
}
