//! Tests about the tests and the messages: nothing is forgotten, and all messages speak alike.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{entries, name, root};
use dealcheck::LINTS;
use walkdir::WalkDir;

/// Every `expected.txt`, with its path below `tests/`.
fn expectations() -> Vec<(String, String)> {
    fn find(folder: &Path, files: &mut Vec<PathBuf>) {
        for path in entries(folder) {
            if path.is_dir() {
                find(&path, files);
            } else if name(&path) == "expected.txt" {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    find(&root().join("tests"), &mut files);
    files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(root().join("tests")).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(file).unwrap())
        })
        .collect()
}

/// A message as the full format draws it.
struct Message<'t> {
    /// The lint; none for a problem.
    lint: Option<&'t str>,
    title: &'t str,
    body: Vec<&'t str>,
}

impl<'t> Message<'t> {
    fn all(text: &'t str) -> Vec<Self> {
        let mut messages: Vec<Self> = Vec::new();
        let mut open = false;
        for line in text.lines() {
            if let Some((lint, title)) = head(line) {
                messages.push(Self { lint, title, body: Vec::new() });
                open = true;
            } else if line.is_empty() {
                open = false;
            } else if let Some(message) = messages.last_mut().filter(|_| open) {
                message.body.push(line);
            }
        }
        messages
    }

    fn helps(&self) -> usize {
        let helps = self.body.iter().filter(|line| line.trim_start().starts_with("= help: "));
        helps.filter(|line| !line.contains("= help: for more, run `dealcheck explain ")).count()
    }

    /// The words below the excerpts.
    fn labels(&self) -> impl Iterator<Item = &'t str> {
        self.body.iter().filter_map(|line| {
            let below = line.trim_start().strip_prefix('|')?;
            let words = below.trim_start_matches([' ', '|', '^', '-', '_', '/']);
            (!words.is_empty()).then_some(words)
        })
    }
}

/// `error[lint]: title` or `error: title`, as the first line of a message.
fn head(line: &str) -> Option<(Option<&str>, &str)> {
    let rest = line.strip_prefix("error").or_else(|| line.strip_prefix("warning"))?;
    match rest.strip_prefix('[') {
        Some(rest) => rest.split_once("]: ").map(|(lint, title)| (Some(lint), title)),
        None => rest.strip_prefix(": ").map(|title| (None, title)),
    }
}

fn complain(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}

#[test]
fn every_lint_has_a_case_that_fires_and_one_that_is_quiet() {
    let mut wrong = Vec::new();
    for lint in LINTS {
        let cases: Vec<String> = entries(&root().join("tests/lints").join(lint.name))
            .iter()
            .filter_map(|case| fs::read_to_string(case.join("expected.txt")).ok())
            .collect();
        let fires = |text: &String| text.contains(&format!("[{}]", lint.name));
        // A run that could not check all of it is quiet for another reason.
        let is_quiet = |text: &String| !fires(text) && !text.contains("exit status: 2");
        for (there, kind) in [(cases.iter().any(fires), "fires it"), (cases.iter().any(is_quiet), "is quiet")]
        {
            if !there {
                wrong.push(format!("tests/lints/{}/ has no case that {kind}", lint.name));
            }
        }
    }
    complain(&wrong, "lints without cases");
}

/// The rooms of the library: each may know its own floor and those before.
const FLOORS: [&[&str]; 20] = [
    &["text"],
    &["source"],
    &["diagnostic"],
    &["input"],
    &["document", "sheet"],
    &["model"],
    &["prose"],
    &["index"],
    &["delivery"],
    &["lint"],
    &["lints"],
    &["workspace"],
    &["check"],
    &["documentation"],
    &["output"],
    &["draft", "explain", "import", "sellable"],
    &["deals", "schema"],
    &["gaps", "history", "impact", "report"],
    &["cli"],
    &["commands"],
];

/// The code of a file, without its tests.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned()
}

/// The files of the crate, but for those of tests, which may draw what they test.
fn source_files() -> Vec<PathBuf> {
    let files = WalkDir::new(root().join("src")).sort_by_file_name().into_iter().map(Result::unwrap);
    let is_code = |path: &PathBuf| {
        let is_test = path.iter().any(|part| part == "tests" || part == "tests.rs");
        path.extension().is_some_and(|ending| ending == "rs") && !is_test
    };
    files.map(walkdir::DirEntry::into_path).filter(is_code).collect()
}

/// The module that a file is, as `crate::check::run`.
fn module(file: &Path) -> String {
    let path = file.strip_prefix(root().join("src")).unwrap().with_extension("");
    let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    let parts: Vec<String> = parts.filter(|part| part != "mod" && part != "lib").collect();
    std::iter::once("crate".to_owned()).chain(parts).collect::<Vec<_>>().join("::")
}

/// The paths of a `use`, behind what stands before its braces: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(tree: &str, before: &str, all: &mut Vec<String>) {
    let Some((prefix, rest)) = tree.split_once('{') else {
        all.push(format!("{before}{}", tree.split(" as ").next().unwrap().trim()));
        return;
    };
    let (before, rest) = (format!("{before}{}", prefix.trim()), rest.trim_end().strip_suffix('}').unwrap());
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in rest.char_indices().chain([(rest.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !rest[start..at].trim().is_empty() {
                    paths(&rest[start..at], &before, all);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// What a file takes from others of the crate, as whole paths.
fn imports(file: &Path) -> Vec<String> {
    let (code, own) = (code(file), module(file));
    let mut written = Vec::new();
    for (at, word) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap().trim();
        if before.is_empty() || before.starts_with("pub") {
            let tree = code[at + word.len()..].split(';').next().unwrap();
            // Words of a text may begin a line, too.
            if tree.chars().all(|it| it.is_alphanumeric() || it.is_whitespace() || "_:{},*".contains(it)) {
                paths(tree, "", &mut written);
            }
        }
    }
    for (at, _) in code.match_indices("crate::") {
        let is_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
        written.push(code[at..].chars().take_while(|&letter| is_path(letter)).collect());
    }
    let absolute = |path: String| {
        let mut here = match file.file_name().is_some_and(|name| name == "mod.rs") {
            true => format!("{own}::_"),
            false => own.clone(),
        };
        let mut rest = path.as_str();
        while let Some(above) = rest.strip_prefix("super::") {
            here.truncate(here.rfind("::").unwrap_or(0));
            rest = above;
        }
        match rest {
            _ if rest.starts_with("crate::") => rest.to_owned(),
            _ if rest.len() < path.len() => format!("{here}::{rest}"),
            _ => path.clone(),
        }
    };
    written.into_iter().map(absolute).filter(|path| path.starts_with("crate::")).collect()
}

#[test]
fn a_room_knows_those_before_it_alone() {
    let floor = |room: &str| FLOORS.iter().position(|floor| floor.contains(&room));
    let mut wrong = Vec::new();
    for file in source_files() {
        let module = module(&file);
        let room = module.split("::").nth(1).unwrap_or("main");
        if room == "main" {
            continue;
        }
        let Some(own) = floor(room) else {
            wrong.push(format!("{room} stands on no floor"));
            continue;
        };
        for path in imports(&file) {
            if let Some(known) =
                path.split("::").nth(1).filter(|known| floor(known).is_some_and(|it| it > own))
            {
                wrong.push(format!("{} knows {known}", file.display()));
            }
        }
    }
    complain(&wrong, "rooms that know a later one");
}

/// One name for one thing: who reads a name in one room knows it in all others.
#[test]
fn no_two_types_share_a_name() {
    let mut known: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in source_files() {
        let text = fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            let words: Vec<&str> =
                line.split_whitespace().skip_while(|word| word.starts_with("pub")).collect();
            let is_alias = words.first() == Some(&"type") && !line.starts_with(' ');
            let [kind, name, ..] = words.as_slice() else { continue };
            if !is_alias && !["struct", "enum", "trait", "union"].contains(kind) {
                continue;
            }
            let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
                continue;
            }
            if let Some(first) = known.insert(name.clone(), file.clone()) {
                wrong.push(format!("{name}: {} and {}", first.display(), file.display()));
            }
        }
    }
    assert!(known.len() > 200);
    complain(&wrong, "types that share a name");
}

/// A folder's `mod.rs` holds what its files share, and calls them: that alone is no circle.
#[test]
fn no_files_take_from_each_other_in_circles() {
    let files = source_files();
    let modules: Vec<String> = files.iter().map(|file| module(file)).collect();
    let place = |path: &str| {
        let above = std::iter::successors(Some(path), |path| path.rfind("::").map(|at| &path[..at]));
        above.filter_map(|path| modules.iter().position(|module| module == path)).next()
    };
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for (own, file) in files.iter().enumerate() {
        for known in imports(file).iter().filter_map(|path| place(path)) {
            let is_above = modules[own].strip_prefix(&modules[known]).is_some_and(|it| it.starts_with("::"));
            if known != own && !is_above {
                edges.push((u32::try_from(own).unwrap(), u32::try_from(known).unwrap()));
            }
        }
    }
    let graph = petgraph::graph::DiGraph::<(), ()>::from_edges(edges);
    let circles = petgraph::algo::tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1);
    let names = |circle: Vec<petgraph::graph::NodeIndex>| {
        circle.iter().map(|file| modules[file.index()].as_str()).collect::<Vec<_>>().join(", ")
    };
    let wrong: Vec<String> = circles.map(names).collect();
    complain(&wrong, "files that take from each other in circles");
}

#[test]
fn every_folder_of_lint_cases_is_called_as_a_lint() {
    let known: BTreeSet<&str> = LINTS.iter().map(|lint| lint.name).collect();
    let folders = entries(&root().join("tests/lints"));
    let orphans: Vec<String> =
        folders.iter().map(|path| name(path)).filter(|name| !known.contains(name.as_str())).collect();
    complain(&orphans, "folders of tests/lints/ that are no lints");
}

#[test]
fn every_case_holds_what_it_is_about() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        if !text.starts_with("$ dealcheck") || !text.contains("\nexit status: ") {
            wrong.push(format!("{path} is no transcript"));
        }
    }
    complain(&wrong, "expectations that are cut");
}

#[test]
fn titles_are_one_sentence_without_a_full_stop() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for message in Message::all(&text).iter().filter(|message| message.title.ends_with('.')) {
            wrong.push(format!("{path}: {}", message.title));
        }
    }
    complain(&wrong, "titles that end in a full stop");
}

#[test]
fn labels_are_lower_case_without_a_full_stop() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for label in Message::all(&text).iter().flat_map(Message::labels) {
            if label.starts_with(|first: char| first.is_uppercase()) || label.ends_with('.') {
                wrong.push(format!("{path}: {label}"));
            }
        }
    }
    complain(&wrong, "labels that begin in upper case or end in a full stop");
}

#[test]
fn every_finding_helps() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for message in Message::all(&text).iter().filter(|message| message.lint.is_some()) {
            if message.helps() == 0 {
                wrong.push(format!("{path}: {}", message.title));
            }
        }
    }
    complain(&wrong, "findings without a way out");
}

#[test]
fn every_finding_in_an_expectation_is_of_a_lint() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for lint in Message::all(&text).iter().filter_map(|message| message.lint) {
            if dealcheck::internals::find(lint).is_none() {
                wrong.push(format!("{path}: {lint}"));
            }
        }
    }
    complain(&wrong, "findings of lints that do not exist");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_dependencies = false;
    let mut wrong = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && line.contains(" = ") && !line.contains("# ") {
            wrong.push(line.to_owned());
        }
    }
    complain(&wrong, "dependencies without a comment that says what they are for");
}
