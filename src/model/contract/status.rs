//! How far a deal is.

use std::fmt;

use super::super::misread::Misread;
use super::one_of;

/// How far a deal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractStatus {
    /// Still to be signed: its words can be changed.
    Draft,
    /// Signed: its words cannot be changed.
    Signed,
    /// Over; never linted.
    Ended,
    /// Not won; never linted.
    Lost,
}

impl ContractStatus {
    /// All of them, as they are written.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Signed, Self::Ended, Self::Lost];

    /// Whether the deal's promises are judged.
    pub fn is_linted(self) -> bool {
        matches!(self, Self::Draft | Self::Signed)
    }

    /// Reads a contract's status. A deal is called closed when it is signed as well as when it is over: nobody can tell
    /// which is meant.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        if text.trim().eq_ignore_ascii_case("closed") {
            let title =
                format!("`{}` is said of deals that are signed, and of deals that are over", text.trim());
            return Err(Misread::new(title, "signed, or ended?")
                .instead("signed", "write `signed` if what it promises is still to be kept")
                .instead("ended", "write `ended` if it is over: then it is not checked"));
        }
        one_of(text, &Self::ALL, "a contract's status")
    }
}

impl fmt::Display for ContractStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Ended => "ended",
            Self::Lost => "lost",
        })
    }
}
