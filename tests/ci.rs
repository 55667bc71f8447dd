//! What others run in their CI: the action, the hooks, and every line that the book shows for it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::BTreeSet;
use std::fs;

use clap::Parser;
use common::{book, root};
use dealcheck::internals::{Cli, Cmd};
use serde_yaml::Value;

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&read(name)).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_mapping().unwrap().keys().map(|key| key.as_str().unwrap()).collect()
}

fn steps(action: &Value) -> &Vec<Value> {
    action["runs"]["steps"].as_sequence().unwrap()
}

/// The texts after `open` up to `close`.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

/// The page of the book that is about this.
const PAGE: &str = "docs/ci.md";

/// The book's blocks in a language.
fn blocks(language: &str) -> Vec<String> {
    let pages = book::pages();
    let blocks = pages.iter().flat_map(|page| page.blocks()).filter(|block| block.language == language);
    blocks.map(|block| block.text.clone()).collect()
}

/// Words as a shell splits them, as far as the book needs; a comment, a pipe or a further command ends them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '#' | '|' | '&' | ';' | '>') if word.is_none() => break,
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// What is typed after `dealcheck` in a text.
fn commands(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\\\n", " ");
    let lines = text.lines().filter_map(|line| {
        let line = line.trim_start().trim_start_matches("- ").trim_start_matches("run: ");
        let typed = line.strip_prefix("dealcheck ").or_else(|| {
            line.split_once("/bin/dealcheck ").filter(|(before, _)| !before.contains(' ')).map(|(_, it)| it)
        })?;
        Some(words(typed))
    });
    lines.collect()
}

#[test]
fn every_command_that_is_shown_is_one() {
    let texts: Vec<String> = ["sh", "yaml"].into_iter().flat_map(blocks).collect();
    let all: Vec<Vec<String>> = texts.iter().flat_map(|text| commands(text)).collect();
    assert!(all.len() > 5, "{all:?}");
    for typed in all {
        let arguments = std::iter::once("dealcheck").chain(typed.iter().map(String::as_str));
        if let Err(error) = Cli::try_parse_from(arguments) {
            panic!("{typed:?}: {error}");
        }
    }
}

/// The steps of jobs in the book, and those that are shown alone.
fn shown_steps() -> Vec<Value> {
    let mut steps = Vec::new();
    for block in blocks("yaml") {
        let value: Value = serde_yaml::from_str(&block).unwrap_or_else(|error| panic!("{error}:\n{block}"));
        steps.extend(value.as_sequence().cloned().unwrap_or_default());
        let jobs = value.get("jobs").and_then(|jobs| jobs.as_mapping().cloned()).unwrap_or_default();
        for part in jobs.values().chain([&value]) {
            steps
                .extend(part.get("steps").and_then(|steps| steps.as_sequence().cloned()).unwrap_or_default());
        }
    }
    steps
}

#[test]
fn the_book_gives_the_action_what_it_takes() {
    let action = yaml("action.yml");
    let inputs = keys(&action["inputs"]);
    let uses = |step: &Value| {
        step.get("uses").is_some_and(|it| it.as_str().unwrap().starts_with("OWNER/dealcheck@"))
    };
    let steps: Vec<Value> = shown_steps().into_iter().filter(uses).collect();
    assert!(!steps.is_empty());
    for step in steps {
        assert!(keys(&step["with"]).is_subset(&inputs), "{step:?}");
    }
    let page = read(PAGE);
    let table = between(&page, "| input | meaning |\n| --- | --- |", "\n\n")[0];
    let listed: BTreeSet<&str> = between(table, "\n| `", "`").into_iter().collect();
    assert_eq!(listed, inputs);
}

#[test]
fn the_action_fits_together() {
    let action = yaml("action.yml");
    let text = read("action.yml");
    let inputs: BTreeSet<&str> = between(&text, "inputs.", " ").into_iter().collect();
    assert_eq!(inputs, keys(&action["inputs"]), "what is used, and what is taken");
    let mut ids = BTreeSet::new();
    for step in steps(&action) {
        if let Some(script) = step.get("run").map(|run| run.as_str().unwrap()) {
            assert!(!script.contains("${{"), "an input could hold commands:\n{script}");
            assert_eq!(step["shell"], "bash");
        }
        if let Some(uses) = step.get("uses").map(|uses| uses.as_str().unwrap()) {
            let (_, commit) = uses.split_once('@').unwrap();
            assert!(commit.len() == 40 && commit.chars().all(|it| it.is_ascii_hexdigit()), "{uses}");
        }
        // What a step reads of another must come before it.
        let whole = serde_yaml::to_string(step).unwrap();
        for read in between(&whole, "steps.", ".outputs") {
            assert!(ids.contains(read), "{read} is read before it is there");
        }
        ids.extend(step.get("id").map(|id| id.as_str().unwrap().to_owned()));
    }
}

#[test]
fn the_hooks_run_lint() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    let mut ids = BTreeSet::new();
    for hook in hooks {
        ids.insert(hook["id"].as_str().unwrap());
        assert_eq!(hook["language"], "rust");
        let cli = Cli::try_parse_from(words(hook["entry"].as_str().unwrap())).unwrap();
        assert!(matches!(cli.command, Cmd::Lint(_)));
    }
    let page = read(PAGE);
    let shown: BTreeSet<&str> = between(&page, "      - id: ", "\n").into_iter().collect();
    assert_eq!(shown, ids);
}

/// The script of the action that runs the program, in a folder that looks like a runner's, with a program that
/// notes what it was given.
#[cfg(unix)]
mod script {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;
    use common::Folder;

    struct Job(Folder);

    struct Done {
        status: Option<i32>,
        /// The arguments of the program.
        arguments: Vec<String>,
        /// What later steps learn.
        outputs: String,
        stdout: String,
    }

    impl Job {
        /// A job whose program ends with a status.
        fn new(status: u8) -> Self {
            let folder = Folder::new();
            let program = folder.write(
                "temp/dealcheck/bin/dealcheck",
                format!(
                    "#!/bin/sh\nfor it in \"$@\"; do printf '%s\\n' \"$it\" >> arguments; done\n\
                     printf '# Summary\\n' > \"$RUNNER_TEMP/dealcheck-summary.md\"\n\
                     printf '{{\"runs\":[{{\"results\":[1]}}]}}' > \"$RUNNER_TEMP/dealcheck-all.sarif\"\nexit {status}\n"
                ),
            );
            fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
            // Code scanning's part is tried where `jq` is; here it is enough that it is asked.
            let jq = folder.write("tools/jq", "#!/bin/sh\ncat \"$2\"\n");
            fs::set_permissions(jq, fs::Permissions::from_mode(0o755)).unwrap();
            Self(folder)
        }

        fn run(&self, inputs: &[(&str, &str)]) -> Done {
            let action = yaml("action.yml");
            let step = steps(&action).iter().find(|step| step["id"] == "lint").unwrap();
            let folder = self.0.path();
            let path = format!("{}:{}", folder.join("tools").display(), std::env::var("PATH").unwrap());
            let mut command = Command::new("bash");
            command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()]);
            command.current_dir(folder).env_clear().env("PATH", path).env("RUNNER_TEMP", folder.join("temp"));
            for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
                command.env(name, folder.join(name));
            }
            for (name, value) in step["env"].as_mapping().unwrap() {
                let value = value.as_str().unwrap();
                let input = between(value, "inputs.", " ").first().copied();
                let given = inputs.iter().find(|(name, _)| Some(*name) == input);
                let default = input.map(|input| action["inputs"][input]["default"].as_str().unwrap());
                let program = folder.join("temp/dealcheck").display().to_string();
                let value = given.map(|(_, value)| *value).or(default).unwrap_or(&program);
                command.env(name.as_str().unwrap(), value);
            }
            let output = command.output().unwrap();
            let lines = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
            Done {
                status: output.status.code(),
                arguments: lines("arguments").lines().map(str::to_owned).collect(),
                outputs: lines("GITHUB_OUTPUT"),
                stdout: String::from_utf8(output.stdout).unwrap(),
            }
        }

        fn summary(&self) -> String {
            fs::read_to_string(self.0.path().join("GITHUB_STEP_SUMMARY")).unwrap_or_default()
        }
    }

    #[test]
    fn the_exit_status_stays() {
        for status in [0, 1, 2] {
            let job = Job::new(status);
            let done = job.run(&[]);
            assert_eq!(done.status, Some(status.into()));
            assert_eq!(done.outputs, format!("status={status}\n"));
            assert_eq!(job.summary(), "# Summary\n");
            assert_eq!(&done.arguments[..3], ["lint", "--format", "github"]);
            assert_eq!(done.arguments.last().unwrap(), "--");
        }
    }

    #[test]
    fn the_program_takes_what_it_is_given() {
        let done =
            Job::new(0).run(&[("paths", "deals"), ("deny-warnings", "true"), ("upload-sarif", "true")]);
        let typed = std::iter::once("dealcheck".to_owned()).chain(done.arguments);
        if let Err(error) = Cli::try_parse_from(typed) {
            panic!("{error}");
        }
    }

    #[test]
    fn inputs_are_words_and_no_commands() {
        let job = Job::new(0);
        let done = job.run(&[
            ("paths", "deals/a b.yaml\n$(touch hacked)\n-x`touch hacked`\n\n"),
            ("args", "--today 2026-11-22\n  --verbose *; touch hacked"),
            ("deny-warnings", "true"),
            ("sarif", "out put.sarif"),
        ]);
        assert_eq!(done.status, Some(0), "{}", done.stdout);
        let given: Vec<&str> = done.arguments.iter().map(String::as_str).skip(5).collect();
        assert_eq!(
            given,
            [
                "--deny-warnings", "--format", "sarif=out put.sarif", "--today", "2026-11-22", "--verbose",
                "*;", "touch", "hacked", "--", "deals/a b.yaml", "$(touch hacked)", "-x`touch hacked`",
            ]
        );
        assert!(!job.0.path().join("hacked").exists());
    }

    #[test]
    fn what_is_neither_true_nor_false_is_refused() {
        let done = Job::new(0).run(&[("deny-warnings", "yes")]);
        assert_eq!(done.status, Some(2));
        assert!(done.stdout.starts_with("::error "), "{}", done.stdout);
        assert!(done.arguments.is_empty());
    }

    #[test]
    fn code_scanning_gets_what_was_checked() {
        for (status, uploads) in [(0, true), (1, true), (2, false)] {
            let done = Job::new(status).run(&[("upload-sarif", "true")]);
            assert_eq!(done.status, Some(status.into()));
            assert_eq!(done.outputs.contains("upload="), uploads, "{status}: {}", done.outputs);
            assert!(done.arguments.iter().any(|it| it.ends_with("temp/dealcheck-all.sarif")));
        }
    }
}
