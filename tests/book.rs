//! What the book says is what the program does: every command on its pages is run, every file that they show is read,
//! every link leads somewhere, and what the program says of itself stands there word by word. `UPDATE=1 cargo test --test
//! book` writes what the program says.
//!
//! A block ```` ```console ```` is what somebody typed, after `$`, and what came of it. The line before it names where:
//! ``In `examples/…`:``, in a copy of all examples, or `In an empty folder:`; without such a line it goes on where the
//! block before it ended. A block with a file's name, ```` ```yaml contract.yaml ````, is a file that is written there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use clap::builder::PossibleValue;
use clap::{Arg, CommandFactory as _};
use common::book::{self, Block, Page, Piece};
use common::{Folder, root};
use dealcheck::internals::Cli;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn complain(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

/// The examples, where a checkout has them.
fn copy_examples(folder: &Folder) {
    let examples = folder.path().join("examples");
    fs::create_dir(&examples).unwrap();
    common::copy(&root().join("examples"), &examples);
}

/// What is typed on the pages, and the files that they show, in folders of their own.
#[cfg(unix)]
mod session {
    use std::fmt::Write as _;
    use std::fs::File;
    use std::process::{Command, Stdio};

    use super::*;
    use common::TODAY;

    /// What ends the output of a command, and what its exit status.
    const MARKS: (char, char) = ('\u{1e}', '\u{1f}');

    /// What is done one after the other, in one folder.
    struct Session {
        place: String,
        script: String,
        /// Of each command, the piece of the page that it is in, and what was typed.
        typed: Vec<(usize, String)>,
        writes: bool,
    }

    impl Session {
        fn new(place: &str) -> Self {
            Self { place: place.to_owned(), script: String::new(), typed: Vec::new(), writes: false }
        }

        fn run(&mut self, at: usize, typed: &str) {
            let (output, status) = MARKS;
            write!(
                self.script,
                "{typed}\nstatus=$?; printf '\\n{output}%s{status}' $status; (exit $status)\n"
            )
            .unwrap();
            self.typed.push((at, typed.to_owned()));
        }

        fn write(&mut self, file: &str, text: &str) {
            self.writes = true;
            write!(
                self.script,
                "mkdir -p \"$(dirname {file})\"; cat > {file} <<'END_OF_FILE'\n{text}END_OF_FILE\n"
            )
            .unwrap();
        }

        /// Runs all of it. For each command, the piece that it is in, and it with its output.
        fn done(&self) -> Result<Vec<(usize, String)>, String> {
            let folder = Folder::new();
            copy_examples(&folder);
            let place = folder.path().join(&self.place);
            fs::create_dir_all(&place).unwrap();
            folder.write("script", &self.script);
            let out = folder.path().join("out");
            let program = std::path::Path::new(env!("CARGO_BIN_EXE_dealcheck")).parent().unwrap();
            let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
            let stdout = File::create(&out).unwrap();
            let mut command = Command::new("sh");
            command.arg(folder.path().join("script")).current_dir(&place).env_clear();
            command.env("PATH", path).env("HOME", folder.path().join("home")).env("DEALCHECK_TODAY", TODAY);
            command
                .env("NO_COLOR", "1")
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_SYSTEM", "/dev/null");
            for who in ["AUTHOR", "COMMITTER"] {
                command
                    .env(format!("GIT_{who}_NAME"), "Priya")
                    .env(format!("GIT_{who}_EMAIL"), "priya@vendor.example")
                    .env(format!("GIT_{who}_DATE"), format!("{TODAY}T12:00:00 +0000"));
            }
            command.stdin(Stdio::null()).stderr(stdout.try_clone().unwrap()).stdout(stdout);
            common::wait(&mut command.spawn().unwrap());
            let out = String::from_utf8(fs::read(out).unwrap()).unwrap();
            if out.contains(&*folder.path().to_string_lossy()) {
                return Err(format!("a path of this machine is shown:\n{out}"));
            }
            let done = self.outputs(&out)?;
            if self.writes {
                read_without_a_problem(&folder, &self.place)?;
            }
            Ok(done)
        }

        fn outputs(&self, out: &str) -> Result<Vec<(usize, String)>, String> {
            let parts: Vec<&str> = out.split_terminator(MARKS.1).collect();
            if parts.len() != self.typed.len() {
                return Err(format!("{} commands ran of {}:\n{out}", parts.len(), self.typed.len()));
            }
            let mut done = Vec::new();
            for (number, ((at, typed), part)) in self.typed.iter().zip(parts).enumerate() {
                let (output, status) = part.rsplit_once(MARKS.0).unwrap();
                let output = output.strip_suffix('\n').unwrap();
                let asks = self.typed.get(number + 1).is_some_and(|(_, next)| next == "echo $?");
                if !["0", "1"].contains(&status) && !asks {
                    return Err(format!("`{typed}` ends with status {status}:\n{output}"));
                }
                let end = if output.is_empty() || output.ends_with('\n') { "" } else { "\n" };
                done.push((*at, format!("$ {typed}\n{output}{end}")));
            }
            Ok(done)
        }
    }

    /// The files that a page shows are right: no file of the folder has a mistake.
    fn read_without_a_problem(folder: &Folder, place: &str) -> Result<(), String> {
        let ran = folder.run(&["lint", place, "--format", "json"]);
        let output: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        match output["problems"].as_array() {
            Some(problems) if problems.is_empty() && ran.status != Some(2) => Ok(()),
            problems => Err(format!("a file has a mistake: {problems:#?}{}", ran.stderr)),
        }
    }

    /// The folder that the last line before a block names.
    fn place(words: &str) -> Option<&str> {
        let last = words.lines().map(str::trim).rfind(|line| !line.is_empty())?;
        if last == "In an empty folder:" {
            return Some("empty");
        }
        last.strip_prefix("In `")?.strip_suffix("`:").filter(|place| !place.contains('`'))
    }

    fn sessions(page: &Page) -> Result<Vec<Session>, String> {
        let mut sessions: Vec<Session> = Vec::new();
        let mut named = None;
        for (at, piece) in page.pieces.iter().enumerate() {
            let block = match piece {
                Piece::Words(words) => {
                    named = place(words);
                    continue;
                }
                Piece::Block(block) => block,
            };
            let is_console = block.language == "console";
            if !is_console && block.file.is_none() {
                continue;
            }
            if is_console && !block.text.starts_with("$ ") {
                return Err(format!("nothing is typed in a block:\n{}", block.text));
            }
            sessions.extend(named.map(Session::new));
            let Some(session) = sessions.last_mut() else {
                // A file that is shown by itself belongs to those of other pages.
                if is_console {
                    return Err("no line says in which folder the first block is typed".to_owned());
                }
                continue;
            };
            match &block.file {
                Some(file) => session.write(file, &block.text),
                None => commands(&block.text).iter().for_each(|typed| session.run(at, typed)),
            }
        }
        Ok(sessions)
    }

    /// What was typed in a block, each with the lines that go on after a backslash.
    fn commands(block: &str) -> Vec<String> {
        let mut commands: Vec<String> = Vec::new();
        let mut goes_on = false;
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(typed) => commands.push(typed.to_owned()),
                None if goes_on => commands.last_mut().unwrap().extend(["\n", line]),
                None => continue,
            }
            goes_on = line.ends_with('\\');
        }
        commands
    }

    #[test]
    fn every_command_prints_what_the_page_shows() {
        let _turn = book::turn();
        let mut wrong = Vec::new();
        for mut page in book::pages() {
            let done = sessions(&page).and_then(|sessions| {
                let done: Result<Vec<_>, _> = sessions.iter().map(Session::done).collect();
                Ok(done?.concat())
            });
            let done = match done {
                Ok(done) => done,
                Err(error) => {
                    wrong.push(format!("{}: {error}", page.name));
                    continue;
                }
            };
            let mut blocks: BTreeMap<usize, String> = BTreeMap::new();
            for (at, text) in done {
                *blocks.entry(at).or_default() += &text;
            }
            for (at, text) in blocks {
                if let Piece::Block(block) = &mut page.pieces[at] {
                    block.text = text;
                }
            }
            wrong.extend(book::hold(&page.name, &page.to_string()).err());
        }
        complain(&wrong, "pages that do not show what happens");
    }

    /// The block that a piece is, unless it names a folder.
    fn before_a_session(piece: &Piece) -> Option<Option<&Block>> {
        match piece {
            Piece::Words(words) => place(words).is_none().then_some(None),
            Piece::Block(block) => Some(Some(block)),
        }
    }

    #[test]
    fn the_files_of_the_reference_belong_together() {
        let _turn = book::turn();
        let folder = Folder::new();
        let mut names = BTreeSet::new();
        for page in book::pages() {
            for block in page.pieces.iter().map_while(before_a_session).flatten() {
                if let Some(file) = &block.file {
                    assert!(names.insert(file.clone()), "{}: {file} is shown twice", page.name);
                    folder.write(file, &block.text);
                }
            }
        }
        assert!(names.len() > 4, "{names:?}");
        read_without_a_problem(&folder, ".").unwrap();
    }
}

#[test]
fn what_is_not_run_can_be_read() {
    let _turn = book::turn();
    let mut wrong = Vec::new();
    for page in book::pages() {
        for block in page.blocks() {
            let error = match block.language.as_str() {
                "yaml" => serde_yaml::from_str::<serde_yaml::Value>(&block.text)
                    .err()
                    .map(|error| error.to_string()),
                "toml" => block.text.parse::<toml_edit::DocumentMut>().err().map(|error| error.to_string()),
                "json" => serde_json::from_str::<serde_json::Value>(&block.text)
                    .err()
                    .map(|error| error.to_string()),
                "console" | "sh" | "text" => None,
                other => Some(format!("the book has no blocks in `{other}`")),
            };
            wrong.extend(error.map(|error| format!("{}: {error}\n{}", page.name, block.text)));
        }
    }
    complain(&wrong, "blocks that are not what they say");
}

/// The links of a page, and the anchors of its headings as a code host makes them.
fn links_and_anchors(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut links, mut anchors) = (Vec::new(), BTreeSet::new());
    let mut heading = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.to_string())
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| *heading += &text),
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap());
                let further = (1..).map(|number| format!("{anchor}-{number}"));
                let free =
                    std::iter::once(anchor.clone()).chain(further).find(|anchor| !anchors.contains(anchor));
                anchors.extend(free);
            }
            _ => {}
        }
    }
    (links, anchors)
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|it| it.is_alphanumeric() || [' ', '-', '_'].contains(it));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let _turn = book::turn();
    let pages = book::pages();
    let read: BTreeMap<&str, _> =
        pages.iter().map(|page| (page.name.as_str(), links_and_anchors(&page.to_string()))).collect();
    let mut wrong = Vec::new();
    for (name, (links, _)) in &read {
        for link in links.iter().filter(|link| !link.starts_with("https://")) {
            let (path, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(path, anchor)| (path, Some(anchor)));
            let target = if path.is_empty() { (*name).to_owned() } else { beside(name, path) };
            let has_anchor =
                |anchor| read.get(target.as_str()).is_some_and(|(_, anchors)| anchors.contains(anchor));
            // On a site of its own the book has nothing around it, and its first page another name.
            let in_the_book = target.starts_with("docs/") && target != "docs/README.md";
            let leads_out = name.starts_with("docs/") && *name != "docs/SUMMARY.md" && !in_the_book;
            if !root().join(&target).exists() || leads_out || !anchor.is_none_or(has_anchor) {
                wrong.push(format!("{name}: {link}"));
            }
        }
    }
    complain(&wrong, "links that lead nowhere");
}

/// A path, from the folder of a page.
fn beside(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_table_of_contents_has_every_page() {
    let _turn = book::turn();
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let listed: BTreeSet<String> =
        links_and_anchors(&summary).0.iter().map(|link| format!("docs/{link}")).collect();
    let pages: BTreeSet<String> = book::docs().into_iter().filter(|name| name != "docs/SUMMARY.md").collect();
    assert_eq!(listed, pages);
}

#[test]
fn the_landing_page_is_short() {
    let _turn = book::turn();
    let bytes = fs::metadata(root().join("README.md")).unwrap().len();
    assert!(bytes < 8_000, "README.md has {bytes} bytes: what it says at length belongs in docs/");
}

#[test]
fn the_landing_page_shows_a_finding() {
    let folder = Folder::new();
    copy_examples(&folder);
    let ran = folder.run(&["lint", "examples/half-the-contract"]);
    let findings: Vec<&str> = ran.stdout.split("\n\n").collect();
    let finding =
        findings.iter().find(|finding| finding.starts_with("error[late-feature]: \"Audit log\"")).unwrap();
    book::hold_part("README.md", "finding", &format!("```text\n{finding}\n```\n"));
}

/// The values of an option of a command, with what each is.
fn values(command: &str, option: &str) -> Vec<PossibleValue> {
    let cli = Cli::command();
    let command = cli.find_subcommand(command).unwrap();
    command.get_arguments().find(|arg| arg.get_long() == Some(option)).map(Arg::get_possible_values).unwrap()
}

fn table(head: [&str; 2], rows: impl Iterator<Item = (String, String)>) -> String {
    let rows = rows
        .map(|(name, meaning)| format!("| {name} | {} |\n", meaning.replace('|', "\\|").replace('\n', " ")));
    format!("| {} | {} |\n| --- | --- |\n{}", head[0], head[1], rows.collect::<String>())
}

#[test]
fn every_format_is_told() {
    for command in ["lint", "report", "gaps", "sellable", "impact", "explain"] {
        let rows = values(command, "format")
            .into_iter()
            .map(|value| (format!("`{}`", value.get_name()), value.get_help().unwrap().to_string()));
        book::hold_part("docs/formats.md", command, &table(["format", "is"], rows));
    }
}

#[test]
fn every_column_of_a_report_is_told() {
    let rows = values("report", "columns")
        .into_iter()
        .map(|value| (format!("`{}`", value.get_name()), value.get_help().unwrap().to_string()));
    book::hold_part("docs/reports.md", "columns", &table(["column", "holds"], rows));
}

/// The rows of a page's tables, cell by cell.
fn rows(page: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_date_is_read_as_the_table_says() {
    let folder = Folder::new();
    let config = "fiscal-year = { start = \"February\", named-by = \"end\" }\nquarters = \"calendar\"\n";
    folder.write("dealcheck.toml", config);
    let mut tried = 0;
    for row in rows("docs/dates.md") {
        let days: Vec<&str> =
            row[1].split([' ', ',']).filter(|word| word.len() == 10 && word.starts_with("20")).collect();
        let days = match *days {
            [] => continue,
            [day] => day.to_owned(),
            [first, last, ..] => format!("{first} to {last}"),
        };
        for written in quoted(&row[0]) {
            let printed = folder.run(&["date", written]).stdout;
            assert!(
                printed.contains(&format!("\n  window          {days}\n")),
                "{written}: {days}\n{printed}"
            );
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}

#[test]
fn the_table_of_verdicts_names_lints_with_their_levels() {
    let mut named = 0;
    for row in rows("docs/verdicts.md").iter().filter(|row| row.len() == 4 && row[2].starts_with("[`")) {
        let lint = dealcheck::internals::find(quoted(&row[2]).next().unwrap()).unwrap();
        assert_eq!(row[3], lint.level.to_string(), "{}", lint.name);
        named += 1;
    }
    assert_eq!(named, 10);
}

#[test]
fn every_command_is_told() {
    let _turn = book::turn();
    let page = Page::read("docs/commands.md").to_string();
    for command in Cli::command().get_subcommands().filter(|command| command.get_name() != "help") {
        let typed = format!("$ dealcheck {} --help\n", command.get_name());
        assert!(page.contains(&typed), "docs/commands.md has no {typed}");
    }
}

/// The properties of an object of a schema, with what each is.
fn keys(object: &serde_json::Value) -> String {
    let rows = object["properties"].as_object().unwrap().iter();
    let rows = rows
        .map(|(name, property)| (format!("`{name}`"), property["description"].as_str().unwrap().to_owned()));
    table(["key", "holds"], rows)
}

/// The same, which says which keys a file must have.
fn keys_to_write(object: &serde_json::Value) -> String {
    let required = object["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap());
    required.fold(keys(object), |keys, name| {
        keys.replace(&format!("| `{name}` | "), &format!("| `{name}` | required. "))
    })
}

fn schema(what: &str) -> serde_json::Value {
    serde_json::from_str(&Folder::new().run(&["schema", what]).stdout).unwrap()
}

#[test]
fn every_key_of_every_file_is_told() {
    for what in ["contract", "roadmap", "config", "waivers"] {
        let whole = schema(what);
        let page = if what == "config" { "configuration" } else { what };
        let page = format!("docs/{page}.md");
        book::hold_part(&page, what, &keys_to_write(&whole));
        for (part, object) in whole["$defs"].as_object().into_iter().flatten() {
            book::hold_part(&page, part, &keys_to_write(object));
        }
    }
}

#[test]
fn every_key_of_the_json_is_told() {
    let whole = schema("output");
    let mut told = keys(&whole);
    for (part, object) in whole["$defs"].as_object().unwrap() {
        let meaning = object["description"].as_str().unwrap();
        told += &format!("\n### `{part}`\n\n{meaning}\n\n{}", keys(object));
    }
    book::hold_part("docs/json.md", "keys", &told);
}
