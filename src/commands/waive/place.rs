//! Which file a waiver is written to: always one that `lint` reads for the contract, or else it would waive nothing.

use std::path::{Path, PathBuf};

use crate::diagnostic::Problem;
use crate::input::config::ConfigFile;
use crate::input::decode::Text;
use crate::input::discover::FileSet;
use crate::input::files::Disk;
use crate::input::parse::FileFormat;
use crate::input::path::shown;
use crate::input::pattern::Pattern;
use crate::text;

/// The file to write to.
#[derive(Debug)]
pub(super) struct WaiversFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// How it is shown.
    pub(super) name: String,
}

/// Chooses the file for the contracts in these folders, or says why there is none.
pub(super) fn choose(
    group: &FileSet,
    folders: &[PathBuf],
    asked: Option<&Path>,
    base: &Path,
) -> Result<WaiversFile, Problem> {
    let path = match asked {
        Some(file) => base.join(file),
        None => default(group, folders)?,
    };
    let path = real(&path);
    let name = shown(&path, base);
    if !matches!(FileFormat::of(&name), Some(FileFormat::Toml)) {
        return Err(Problem::in_file(&name, format!("{name} is not TOML: only TOML files are edited"))
            .help("add the waiver by hand, or name another file with `--file`"));
    }
    if path.is_dir() {
        return Err(Problem::in_file(&name, format!("{name} is a folder, not a file of waivers")));
    }
    if path.parent().is_none_or(|folder| !folder.is_dir()) {
        return Err(Problem::in_file(&name, format!("there is no folder for {name}")));
    }
    is_read(group, folders, &path, base)?;
    Ok(WaiversFile { path, name })
}

/// Whether a problem says no more than that the file which is about to be made is not there yet.
pub(super) fn is_answered(problem: &Problem, group: &FileSet, target: &WaiversFile) -> bool {
    // It may be there by now: others waive, too.
    let Some(config) = group.config.as_deref() else {
        return false;
    };
    let place = problem.diagnostic.primary().map(|label| label.span);
    entries(config).iter().any(|entry| Some(entry.span) == place && includes(config, entry, &target.path))
}

fn entries(config: &ConfigFile) -> &[Text] {
    config.record.waivers.given().map_or(&[], Vec::as_slice)
}

/// The configuration, where it says which files hold waivers.
fn deciding(group: &FileSet) -> Option<&ConfigFile> {
    group.config.as_deref().filter(|config| !config.record.waivers.is_absent())
}

/// The configured file, else the nearest, else one beside the configuration or the roadmap.
fn default(group: &FileSet, folders: &[PathBuf]) -> Result<PathBuf, Problem> {
    let is_toml = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let paths = || group.waivers.iter().map(|shared| &shared.path);
    if let Some(found) = paths().find(is_toml).or_else(|| paths().next()) {
        return Ok(found.clone());
    }
    if let Some(config) = deciding(group) {
        let literal = entries(config).iter().find(|entry| !entry.value.contains(['*', '?', '[', '{']));
        return match literal {
            Some(entry) => Ok(config.folder().join(entry.value.trim_start_matches("./"))),
            None => Err(Problem::of_run("dealcheck.toml names no file that a waiver could be written to")
                .help("name a new one that its `waivers` match, with `--file FILE`")
                .help("or set `waivers = [\"waivers.toml\"]` in dealcheck.toml")),
        };
    }
    let roadmap = group.roadmap.first().map(|shared| shared.path.as_path());
    let beside = group.config.as_deref().map(|config| config.path.as_path()).or(roadmap);
    let folder = beside.and_then(Path::parent).or_else(|| folders.first().map(PathBuf::as_path));
    Ok(folder.unwrap_or(Path::new(".")).join("waivers.toml"))
}

/// Refuses a file that `lint` would not read.
fn is_read(group: &FileSet, folders: &[PathBuf], path: &Path, base: &Path) -> Result<(), Problem> {
    let name = shown(path, base);
    if let Some(config) = deciding(group) {
        if entries(config).iter().any(|entry| includes(config, entry, path)) {
            return Ok(());
        }
        let mut names: Vec<String> = entries(config).iter().map(|entry| entry.value.to_string()).collect();
        names.push(shown(path, config.folder()));
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let config = shown(&config.path, base);
        let title = format!("{config} does not name {name} among its waivers, so `lint` would not read it");
        return Err(
            Problem::in_file(&config, title).help(format!("add it: `waivers = [{}]`", names.join(", ")))
        );
    }
    let read: Vec<String> = group.waivers.iter().map(|shared| shared.name.clone()).collect();
    let is_found = if read.is_empty() {
        let called = path.file_name().is_some_and(|name| name == "waivers.toml");
        called
            && match (group.config.as_deref(), path.parent()) {
                (Some(config), Some(beside)) => beside == config.folder(),
                (None, Some(beside)) => folders.iter().all(|folder| is_above(beside, folder)),
                (_, None) => false,
            }
    } else {
        group.waivers.iter().any(|shared| real(&shared.path) == path)
    };
    if is_found {
        return Ok(());
    }
    let problem = Problem::in_file(&name, format!("`lint` would not read {name} for these contracts"));
    let problem = if read.is_empty() && group.config.is_some() {
        problem.note("it reads the waivers.toml that lies beside dealcheck.toml")
    } else if read.is_empty() {
        problem.note("it reads the nearest waivers.toml in a contract's folder or above it")
    } else {
        problem.note(format!("it reads {}", text::and_list(&read)))
    };
    let from = group.config.as_deref().map_or(base, ConfigFile::folder);
    let known = group.waivers.iter().map(|shared| shared.path.as_path());
    let names: Vec<String> = known.chain([path]).map(|path| format!("\"{}\"", shown(path, from))).collect();
    Err(problem
        .help(format!("name it in dealcheck.toml: `waivers = [{}]`", names.join(", ")))
        .help("or write to another file with `--file`"))
}

/// Whether a file in one folder is looked for from another: in it or above it, as far as the repository's root.
fn is_above(folder: &Path, from: &Path) -> bool {
    for above in from.ancestors() {
        if above == folder {
            return true;
        }
        if above.join(".git").exists() {
            return false;
        }
    }
    false
}

/// Whether an entry of the configuration's `waivers`, a path or a pattern, stands for a file.
fn includes(config: &ConfigFile, entry: &Text, path: &Path) -> bool {
    real(&config.folder().join(entry.value.as_str())) == path
        || Pattern::new(&Disk, config.folder(), &entry.value).is_ok_and(|pattern| pattern.matches(path))
}

/// A path without links and `..`, also of a file that is not there yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
