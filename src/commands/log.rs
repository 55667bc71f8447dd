//! What is written for people ends in build logs, whose runners take some lines for commands: those are broken up, here
//! and nowhere else, since a file's name, an id or a wrapped cell may begin any line.

use std::io::{self, Stderr, Stdout, Write};

use memchr::memchr2;

use crate::text::{clean, defuse_command};

use super::UntilClosed;

/// Standard output, whose reader may go away.
pub(super) fn stdout() -> Log<UntilClosed<Stdout>> {
    Log::new(UntilClosed::new(io::stdout()))
}

/// Standard error, whose reader may go away.
pub(super) fn stderr() -> Log<UntilClosed<Stderr>> {
    Log::new(UntilClosed::new(io::stderr()))
}

/// Says in a line each what to know of a run that none of its files is wrong about.
pub(super) fn warn<T: AsRef<str>>(caveats: impl IntoIterator<Item = T>) -> io::Result<()> {
    let mut err = stderr();
    caveats.into_iter().try_for_each(|caveat| writeln!(err, "warning: {}", clean(caveat.as_ref())))
}

/// A stream in which no line is a command.
pub(super) struct Log<W: Write> {
    inner: W,
    lines: LogLines,
}

/// What is known of the line that is being written.
#[derive(Debug, Default)]
pub(super) struct LogLines {
    /// The line as far as it was written, while it may be a command.
    begun: Vec<u8>,
    /// Whether the line is none, and goes on as it comes.
    is_plain: bool,
}

impl<W: Write> Log<W> {
    fn new(inner: W) -> Self {
        Self { inner, lines: LogLines::default() }
    }
}

impl LogLines {
    /// Writes some bytes, but for those that may be a command.
    pub(super) fn write(&mut self, bytes: &[u8], to: &mut dyn Write) -> io::Result<()> {
        let mut rest = bytes;
        while let Some(end) = memchr2(b'\n', b'\r', rest).or(rest.len().checked_sub(1)) {
            let (part, after) = rest.split_at(end + 1);
            let is_whole = matches!(rest[end], b'\n' | b'\r');
            rest = after;
            self.is_plain |= self.begun.is_empty() && !may_be_command(part);
            if self.is_plain {
                to.write_all(part)?;
            } else {
                self.begun.extend_from_slice(part);
                if !may_be_command(&self.begun) {
                    to.write_all(&std::mem::take(&mut self.begun))?;
                    self.is_plain = true;
                } else if is_whole {
                    self.end(to)?;
                }
            }
            self.is_plain &= !is_whole;
        }
        Ok(())
    }

    /// Writes what is known of a line: nothing may come after it, or nothing that makes it a command.
    pub(super) fn end(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let begun = std::mem::take(&mut self.begun);
        self.is_plain |= !begun.is_empty();
        to.write_all(defuse_command(&String::from_utf8_lossy(&begun)).as_bytes())
    }
}

/// Whether a line that begins so may be a command.
fn may_be_command(begun: &[u8]) -> bool {
    // Most lines begin with another sign of ASCII, behind blanks.
    let first = begun.iter().find(|&&byte| byte != b' ');
    if first.is_some_and(|first| first.is_ascii_graphic() && !matches!(first, b':' | b'#')) {
        return false;
    }
    let known = match str::from_utf8(begun) {
        Ok(text) => text,
        // A character may be cut off.
        Err(error) => str::from_utf8(&begun[..error.valid_up_to()]).unwrap_or_default(),
    };
    let rest = known.trim_start();
    rest.is_empty() || rest.starts_with([':', '#'])
}

impl<W: Write> Write for Log<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.write(bytes, &mut self.inner)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lines.end(&mut self.inner)?;
        self.inner.flush()
    }
}

impl<W: Write> Drop for Log<W> {
    fn drop(&mut self) {
        // Whoever must know whether it was written has flushed it.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_are_the_same_however_they_are_cut(
            text in "(::|:|#|\\[|vso|\u{2003}|\u{a0}| |\n|\r|a){0,20}",
            cuts in prop::collection::vec(0..40usize, 0..6),
        ) {
            let mut whole = Vec::new();
            Log::new(&mut whole).write_all(text.as_bytes()).unwrap();
            let mut cut = Vec::new();
            let mut log = Log::new(&mut cut);
            let mut rest = text.as_bytes();
            for at in cuts {
                let (part, after) = rest.split_at(at.min(rest.len()));
                log.write_all(part).unwrap();
                rest = after;
            }
            log.write_all(rest).unwrap();
            drop(log);
            prop_assert_eq!(&whole, &cut);
            for line in String::from_utf8(whole).unwrap().split(['\n', '\r']).map(str::trim_start) {
                let is_command = line.strip_prefix("::").is_some_and(|rest| rest.contains("::"));
                prop_assert!(!is_command && !line.starts_with("##[") && !line.starts_with("##vso["), "{}", line);
            }
        }
    }
}
