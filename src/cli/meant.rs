//! What somebody meant who typed the word of another tool.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Options of other linters, and what does the same here.
const OPTIONS: &[(&str, &str)] = &[
    ("--ignore", "--allow"),
    ("--disable", "--allow"),
    ("--skip", "--allow"),
    ("--select", "--only"),
    ("--rule", "--only"),
    ("--baseline", "dealcheck waive --all-findings"),
    ("--generate-baseline", "dealcheck waive --all-findings"),
    ("--add-noqa", "dealcheck waive --all-findings"),
    ("--exclude", "exclude in dealcheck.toml"),
    ("--error-on-warnings", "--deny-warnings"),
    ("--max-warnings", "--deny-warnings"),
    ("--strict", "--deny-warnings"),
    ("--output-format", "--format"),
    ("--reporter", "--format"),
    ("--json", "--format json"),
    ("--sarif", "--format sarif"),
    ("--output-file", "--output"),
    ("--diff", "--since"),
    ("--changed", "--since"),
    ("--no-color", "--color never"),
    ("--date", "--today"),
];

/// Commands of other tools, and what does the same here.
const COMMANDS: &[(&str, &str)] = &[
    ("validate", "lint"),
    ("verify", "lint"),
    ("test", "lint"),
    ("run", "lint"),
    ("scan", "lint"),
    ("ignore", "waive"),
    ("accept", "waive"),
    ("allow", "waive"),
    ("rule", "explain"),
    ("rules", "explain"),
    ("list", "explain"),
    ("diff", "impact"),
    ("export", "report"),
    ("new", "init"),
    ("parse", "date"),
];

/// The error with what was meant in place of what looks alike: `--ignore` is like `--since` in letters only.
pub(super) fn instead(mut error: clap::Error) -> clap::Error {
    let (typed, suggested, known) = match error.kind() {
        ErrorKind::UnknownArgument => (ContextKind::InvalidArg, ContextKind::SuggestedArg, OPTIONS),
        ErrorKind::InvalidSubcommand => {
            (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand, COMMANDS)
        }
        _ => return error,
    };
    let Some(ContextValue::String(word)) = error.get(typed) else { return error };
    let Some((_, meant)) = known.iter().find(|(other, _)| other == word) else { return error };
    let value = match suggested {
        ContextKind::SuggestedArg => ContextValue::String((*meant).to_owned()),
        _ => ContextValue::Strings(vec![(*meant).to_owned()]),
    };
    error.remove(ContextKind::Suggested);
    error.remove(ContextKind::Usage);
    error.insert(suggested, value);
    error
}
