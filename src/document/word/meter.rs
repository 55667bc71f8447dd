//! How much is unpacked.

use std::cell::Cell;
use std::io::{self, Read};

use super::Unsound;

/// Bytes that are unpacked, as long as there may be more.
pub(super) struct Metered<'a, R> {
    pub(super) inner: R,
    pub(super) left: &'a Cell<u64>,
    /// Whether there may be no more since the archive is so small.
    pub(super) is_small: bool,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => {
                return Err(io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    if self.is_small { BOMB } else { "" },
                ));
            }
        }
        Ok(read)
    }
}

/// Marks an error of reading as that of a small archive that holds much.
const BOMB: &str = "bomb";

/// Why a part could not be unpacked.
pub(super) fn unread(error: &io::Error) -> Unsound {
    match error.kind() {
        io::ErrorKind::FileTooLarge if error.to_string() == BOMB => Unsound::Bomb,
        io::ErrorKind::FileTooLarge => Unsound::TooLarge,
        _ => Unsound::broken("the archive is broken"),
    }
}
