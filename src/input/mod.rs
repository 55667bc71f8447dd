//! From paths to records; nothing after it reads a file.

pub mod config;
pub mod decode;
pub mod discover;
pub mod files;
mod git;
pub mod parse;
pub mod path;
pub mod pattern;
pub mod read;
mod record;
pub mod records;
pub mod revision;
pub mod shape;
