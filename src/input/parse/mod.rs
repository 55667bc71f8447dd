//! Text to tree. Parsing never fails: it returns what is sound and every error of the syntax.

mod arena;
mod json;
mod node;
mod toml;
mod yaml;

pub use arena::Arena;
pub(crate) use node::{Entry, Map, Node, NodeKind};

use rapidfuzz::distance::osa;

use crate::diagnostic::Problem;
use crate::source::Source;
use crate::text::is_unseen;

/// The syntax of a file, told by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// `.yaml`, `.yml`
    Yaml,
    /// `.toml`
    Toml,
    /// `.json`, `.jsonc`, `.json5`
    Json,
}

impl FileFormat {
    /// What file names end in. What other programs allow for in JSON, comments above all, is an error here, and no reason
    /// to pass a file over.
    pub const ENDINGS: [(&str, Self); 6] = [
        ("yaml", Self::Yaml),
        ("yml", Self::Yaml),
        ("toml", Self::Toml),
        ("json", Self::Json),
        ("jsonc", Self::Json),
        ("json5", Self::Json),
    ];

    /// Whether a file name seems to be meant to end so, and does not: `.ymal`, `.yaml.`, `.jsonl`, `.ndjson`, `.yaml.txt`,
    /// `.yaml (1)`, or a letter that looks alike.
    pub fn is_misspelt(name: &str) -> bool {
        let is_slip = |c: char| c.is_whitespace() || is_unseen(c) || c == '.';
        let Some((stem, extension)) = name.trim_end_matches(is_slip).rsplit_once('.') else { return false };
        // Browsers number what they save again.
        let extension = extension.trim().split([' ', '(']).next().unwrap_or_default().to_lowercase();
        // Editors for plain text add it, and some file managers hide it.
        if extension == "txt" && Self::of(stem).is_some() {
            return true;
        }
        let is_near = |(known, _): &(&str, Self)| {
            // Not `.xml`: the first letter is seldom wrong.
            extension.chars().next() == known.chars().next()
                && osa::distance(extension.chars(), known.chars()) <= 1
        };
        // Nor `.yaml~`, which an editor keeps beside the file.
        let is_word = extension.chars().all(char::is_alphanumeric);
        let is_meant = || extension == "ndjson" || is_word && Self::ENDINGS.iter().any(is_near);
        Self::of(name).is_none() && is_meant()
    }

    /// The format that a file name's extension names.
    pub fn of(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1;
        Self::ENDINGS
            .into_iter()
            .find_map(|(known, format)| extension.eq_ignore_ascii_case(known).then_some(format))
    }
}

/// Reads a source as a tree, which refers to the source and lies in the arena. `None` where the file holds no value at
/// all; that is a problem, too.
pub fn parse<'s>(
    source: &'s Source,
    format: FileFormat,
    arena: &'s Arena,
) -> (Option<Node<'s>>, Vec<Problem>) {
    match format {
        FileFormat::Yaml => yaml::parse(source, arena),
        FileFormat::Toml => toml::parse(source, arena),
        FileFormat::Json => json::parse(source, arena),
    }
}

#[cfg(test)]
mod tests;
