//! From paths to records; nothing after it reads a file.

pub(crate) mod committed;
pub(crate) mod config;
pub(crate) mod decode;
pub(crate) mod discover;
pub(crate) mod files;
mod git;
pub(crate) mod parse;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod read;
mod record;
pub(crate) mod records;
pub(crate) mod revision;
pub(crate) mod shape;
