//! `dealcheck init`: a configuration, a roadmap and a contract that teach their formats, and the schemas by which
//! editors know these.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::{Span, ToSpan};

use crate::cli::{InitArgs, Preset};
use crate::diagnostic::Problem;
use crate::input::path::slashes;
use crate::lint::Level;
use crate::lints::LINTS;
use crate::model::window::Date;
use crate::schema::SchemaSubject;
use crate::text::{and_list, clean, count, reason, shell_path};

use super::log::stdout;
use super::{Ending, Exit};

/// The files: where, what each is for, and its text.
const FILES: [(&str, &str, &str); 3] = [
    ("dealcheck.toml", "how contracts are checked", include_str!("init/dealcheck.toml")),
    ("roadmap.toml", "what the product can do, and when", include_str!("init/roadmap.toml")),
    (
        "contracts/example.yaml",
        "a deal with one promise that cannot be kept",
        include_str!("init/example.yaml"),
    ),
];

/// The folder of the schemas. The first line of each file above names the one that it is checked by, since there is
/// no other way that every editor follows. It is hidden, so that no walk enters it.
const SCHEMAS: &str = ".dealcheck";

/// Where the template of the configuration has levels.
const LEVELS: &str = "{{levels}}";

/// The further lints that fail a run where only what has shipped is sold.
const DOUBTS: [&str; 5] =
    ["unshipped-feature", "tight-deadline", "unscoped-promise", "unknown-level", "deprecated-feature"];

/// The levels of a preset, as the configuration writes them.
fn levels(preset: Preset) -> String {
    let set = |names: &mut dyn Iterator<Item = &str>, level: &str| -> String {
        names.map(|name| format!("{name} = \"{level}\"\n")).collect()
    };
    match preset {
        Preset::SellWhatShips => set(&mut DOUBTS.into_iter(), "deny"),
        Preset::Balanced => "\
# unshipped-feature = \"allow\"
# tight-deadline = { level = \"deny\", margin = \"45 days\" }
# late-feature = { level = \"deny\", waived-by = [\"product\"] }
"
        .to_owned(),
        Preset::ReportOnly => {
            let denied = LINTS.iter().filter(|lint| lint.level == Level::Deny);
            format!(
                "# Nothing fails the run yet. Take lines out one by one, beginning with what never happens.\n{}",
                set(&mut denied.map(|lint| lint.name), "warn")
            )
        }
    }
}

/// Writes the files, or none of them.
pub(super) fn run(args: &InitArgs, today: Date) -> Ending {
    let schemas = args.folder.join(SCHEMAS);
    let files: Vec<(PathBuf, String)> = FILES
        .iter()
        .map(|(name, _, text)| (args.folder.join(name), filled(text, today, args.preset)))
        .chain(SchemaSubject::FILES.map(|subject| (schemas.join(subject.file_name()), subject.text())))
        .collect();
    write_all(&args.folder, &files)?;
    let mut out = stdout();
    let mut written: Vec<(String, &str)> =
        FILES.iter().map(|(name, what, _)| (shown(&args.folder.join(name)), *what)).collect();
    written.push((shown(&schemas) + "/", "schemas, by which editors check and complete these files"));
    let width = written.iter().map(|(name, _)| textwrap::core::display_width(name)).max().unwrap_or_default();
    for (name, what) in &written {
        let blanks = " ".repeat(width - textwrap::core::display_width(name));
        writeln!(out, "wrote {name}{blanks}   {what}")?;
    }
    writeln!(out, "\nNext, run `{}`, and read what it says beside the files.", next(&args.folder))?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// The command that checks what was written.
fn next(folder: &Path) -> String {
    let folder = shown(folder);
    match folder.as_str() {
        "." => "dealcheck lint".to_owned(),
        _ => format!("dealcheck lint {}", shell_path(&folder)),
    }
}

fn write_all(folder: &Path, files: &[(PathBuf, String)]) -> Result<(), Problem> {
    if folder.exists() && !folder.is_dir() {
        return Err(Problem::of_run(format!("{} is not a folder; nothing was written", shown(folder)))
            .help("name a folder that exists, or one that is to be made"));
    }
    // A link counts as a file wherever it leads: it is somebody's.
    let existing: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.symlink_metadata().is_ok())
        .map(|(path, _)| shown(path))
        .collect();
    if !existing.is_empty() {
        let verb = if existing.len() == 1 { "exists" } else { "exist" };
        let names = and_list(&at_most_three(existing));
        return Err(Problem::of_run(format!("{names} {verb}; nothing was written"))
            .help("to start in another folder, run `dealcheck init FOLDER`"));
    }
    let mut made = CreatedFiles::default();
    for (path, text) in files {
        if let Err(error) = made.file(path, text) {
            made.undo();
            let name = shown(path);
            return Err(Problem::of_run(format!("cannot write {name}: {}", reason(&error)))
                .note("nothing was written")
                .help("to start in another folder, run `dealcheck init FOLDER`"));
        }
    }
    Ok(())
}

/// The first names of a list, and how many more there are.
fn at_most_three(mut names: Vec<String>) -> Vec<String> {
    let more = names.split_off(names.len().min(3));
    names.extend((!more.is_empty()).then(|| count(more.len(), "more file")));
    names
}

/// What was made, in its order.
#[derive(Default)]
struct CreatedFiles {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl CreatedFiles {
    fn file(&mut self, path: &Path, text: &str) -> io::Result<()> {
        self.folder(path.parent().unwrap_or(Path::new("")))?;
        let mut file = File::create_new(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        self.folder(folder.parent().unwrap_or(Path::new("")))?;
        fs::create_dir(folder)?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    /// Takes back as much as can be taken back.
    fn undo(self) {
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn shown(path: &Path) -> String {
    let name = slashes(path);
    let name = name.strip_prefix("./").filter(|rest| !rest.is_empty()).unwrap_or(&name);
    clean(name).into_owned()
}

/// A template with the levels of a preset, and with its dates, all of which count from today, so that the example is the same
/// on every day.
fn filled(template: &str, today: Date, preset: Preset) -> String {
    let after = |day: Date, span: Span| day.saturating_add(span);
    let signing = after(today, 30.days());
    let start = after(signing.last_of_month(), 1.day());
    let end = after(after(start, 3.years()), -1.day());
    let target = after(today, 5.months()).last_of_month();
    let target_month = after(today, 3.months()).strftime("%Y-%m").to_string();
    let year = signing.year();
    let dates = [
        ("today", today),
        ("new-year", after(today.last_of_year(), 1.day())),
        ("shipped", after(today, -1.year())),
        ("signing", signing),
        ("start", start),
        ("end", end),
        ("target", target),
        ("due", after(target, -60.days())),
        ("kept", after(target, 30.days())),
    ];
    let words = dates.map(|(name, date)| (name, date.to_string()));
    let words = words.into_iter().chain([("target-month", target_month), ("year", year.to_string())]);
    let template = template.replace(LEVELS, &levels(preset));
    words.fold(template, |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), &value))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn no_placeholder_is_left() {
        for (name, _, text) in FILES {
            let text = filled(text, date(2028, 2, 29), Preset::Balanced);
            assert!(!text.contains("{{"), "{name}:\n{text}");
        }
    }

    #[test]
    fn what_was_written_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("new");
        let file = |name: &str| (new.join(name), String::new());
        // The third cannot be made: its folder would be the first file.
        let files = [file("a"), file("b/c"), file("a/d")];
        assert!(write_all(&new, &files).is_err());
        assert!(!new.exists());
    }
}
