//! The command line as a shell and a terminal meet it: help, version, completions, the manual page, the pager, links.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::process::Command;

use clap::CommandFactory;
use common::{Folder, command, root};
use dealcheck::LINTS;
use snapbox::{assert_data_eq, file};

fn transcript(folder: &Folder, runs: &[&[&str]]) -> String {
    let runs = runs.iter().map(|args| folder.run(args).transcript(&args.join(" ")));
    runs.collect::<Vec<_>>().join("\n")
}

/// Runs a line in a terminal of 20 rows; none where there is no `script` that can make one.
fn in_terminal(folder: &Folder, line: &str) -> Option<String> {
    if !cfg!(target_os = "linux") || Command::new("script").arg("--version").output().is_err() {
        return None;
    }
    let line = format!("stty rows 20 cols 80; {line}");
    let output = command(folder.path(), &[] as &[&str; 0])
        .env("DEALCHECK", env!("CARGO_BIN_EXE_dealcheck"))
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .output_of("script", &["-qec", &line, "/dev/null"]);
    Some(output.replace("\r\n", "\n"))
}

trait OutputOf {
    /// What another program prints in the same surroundings.
    fn output_of(&mut self, program: &str, args: &[&str]) -> String;
}

impl OutputOf for Command {
    fn output_of(&mut self, program: &str, args: &[&str]) -> String {
        let mut other = Command::new(program);
        other.args(args).current_dir(self.get_current_dir().unwrap()).env_clear();
        other.envs(self.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = other.stdin(std::process::Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

#[test]
fn help_groups_commands_and_options() {
    let folder = Folder::new();
    let runs: &[&[&str]] =
        &[&["--help"], &["-h"], &["explain", "-h"], &["completions", "--help"], &["man", "-h"], &[]];
    assert_data_eq!(transcript(&folder, runs), file!["commands/help.txt"].raw());
}

#[test]
fn help_and_version_are_commands_too() {
    let folder = Folder::new();
    for (command, flag) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "lint"], &["lint", "--help"]),
        (&["help", "check"], &["lint", "--help"]),
        (&["version"], &["--version"]),
    ] {
        let (command, flag) = (folder.run(command), folder.run(flag));
        assert_eq!(command.status, Some(0));
        assert_eq!(command.stdout, flag.stdout);
    }
    assert_eq!(folder.run(&["check"]).stderr, folder.run(&["lint"]).stderr);
}

#[test]
fn what_is_mistyped_is_answered_with_the_nearest() {
    let folder = Folder::new();
    let runs: &[&[&str]] = &[
        &["explian", "late-feature"],
        &["explain", "--fromat", "markdown"],
        &["explain", "late-feature", "--format", "markdwon"],
        &["explain", "late-fature", "--format", "markdown"],
        &["completions", "zhs"],
        &["--colour", "always", "lint"],
        &["man"],
        &["--color", "sometimes", "lint"],
        &["lint", "--ignore", "late-feature"],
        &["lint", "--baseline"],
        &["validate", "deals"],
        &["help", "lnit"],
    ];
    assert_data_eq!(transcript(&folder, runs), file!["commands/mistyped.txt"].raw());
}

#[test]
fn what_holds_for_every_command_stands_on_either_side() {
    let folder = Folder::new();
    for args in [
        ["--today", "2027-07-01", "--color", "always", "lint", "."].as_slice(),
        ["lint", "--today", "2027-07-01", "--color", "always", "."].as_slice(),
    ] {
        let ran = folder.run(args);
        assert_eq!(ran.status, Some(2), "{ran:?}");
        assert!(ran.stderr.contains("\u{1b}[") && ran.stderr.contains("no contract found"), "{ran:?}");
    }
    for args in [["-V", "lint"], ["lint", "-V"]] {
        assert_eq!(folder.run(&args).status, Some(0));
    }
}

#[test]
fn the_version_may_name_a_commit() {
    let ran = Folder::new().run(&["--version"]);
    let version = ran.stdout.strip_suffix('\n').unwrap();
    let rest = version.strip_prefix(concat!("dealcheck ", env!("CARGO_PKG_VERSION"))).unwrap();
    if !rest.is_empty() {
        let commit = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')')).unwrap();
        let commit = commit.strip_suffix(", modified").unwrap_or(commit);
        assert!(commit.len() >= 9 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{version}");
    }
}

#[test]
fn shells_are_told_of_every_lint() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&["completions", shell]);
        assert_eq!((script.status, script.stderr.as_str()), (Some(0), ""), "{shell}");
        assert!(script.stdout.contains("deny-warnings"), "{shell}");
        // clap_complete knows no values for the other two.
        for lint in LINTS.iter().filter(|_| ["bash", "zsh", "fish"].contains(&shell)) {
            let uses = script.stdout.matches(lint.name).count();
            assert!(uses >= 5, "{shell}: {} is there {uses} times", lint.name);
        }
    }
}

#[test]
fn bash_completes_lints() {
    if Command::new("bash").arg("--version").output().is_err() {
        return;
    }
    let folder = Folder::new();
    folder.write("dealcheck.bash", folder.run(&["completions", "bash"]).stdout);
    let complete = |words: &str| {
        let line = format!(
            "source dealcheck.bash; COMP_WORDS=({words}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); \
             _dealcheck dealcheck \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; \
             echo \"${{COMPREPLY[*]}}\""
        );
        command(folder.path(), &[] as &[&str; 0]).output_of("bash", &["-c", &line])
    };
    assert_eq!(complete("dealcheck expl"), "explain\n");
    assert_eq!(complete("dealcheck explain late"), "late-dependency late-feature late-waiver\n");
    assert_eq!(complete("dealcheck lint -A unm"), "unmapped-requirement\n");
    assert_eq!(complete("dealcheck lint --deny beta"), "beta-feature\n");
}

#[test]
fn the_manual_has_a_page_for_every_command_with_every_option() {
    let folder = Folder::new();
    let ran = folder.run(&["man", "."]);
    let mut cli = dealcheck::internals::Cli::command();
    cli.build();
    let pages: Vec<_> = std::iter::once(&cli).chain(cli.get_subcommands()).collect();
    assert_eq!(ran.stdout, format!("wrote {} pages to .\n", pages.len()), "{}", ran.stderr);
    for command in pages {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let page = std::fs::read_to_string(folder.path().join(format!("{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {name} 1 ")), "{page}");
        for option in command.get_arguments().filter_map(clap::Arg::get_long) {
            let option = format!("\\fB\\-\\-{}\\fR", option.replace('-', "\\-"));
            assert!(page.contains(&option), "{option} in:\n{page}");
        }
    }
}

#[test]
fn the_manual_is_read_without_a_warning() {
    let folder = Folder::new();
    folder.run(&["man", "."]);
    for page in ["dealcheck.1", "dealcheck-lint.1", "dealcheck-impact.1"] {
        let Ok(groff) = Command::new("groff")
            .args(["-ww", "-man", "-Tutf8", "-b", page])
            .current_dir(folder.path())
            .output()
        else {
            return;
        };
        assert_eq!(String::from_utf8_lossy(&groff.stderr), "");
    }
}

#[test]
fn a_manual_that_cannot_be_written_is_said() {
    let ran = Folder::new().run(&["man", "nowhere"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("cannot write nowhere/dealcheck.1"), "{}", ran.stderr);
}

/// A pager that says what it was given.
const PAGER: &str = "#!/bin/sh\necho \"pager $* LESS=$LESS\"\nhead -1\n";

fn with_pager() -> Folder {
    let folder = Folder::new();
    folder.write("pager", PAGER);
    Command::new("chmod").args(["+x", "pager"]).current_dir(folder.path()).status().ok();
    folder
}

#[test]
fn what_is_longer_than_the_screen_is_paged() {
    let folder = with_pager();
    let title = "\u{1b}[1mlate-feature: the feature ships after the contract needs it\u{1b}[0m\n";
    let Some(paged) = in_terminal(&folder, "PAGER='./pager -a b' $DEALCHECK explain late-feature") else {
        return;
    };
    assert_eq!(paged, format!("pager -a b LESS=FRX\n{title}"));
    let table = in_terminal(&folder, "LESS=-i PAGER=./pager $DEALCHECK explain --format markdown").unwrap();
    assert_eq!(table, "pager  LESS=-i\n| lint | default | finds |\n");
    for plain in [
        "PAGER=./pager $DEALCHECK explain late-feature --no-pager",
        "PAGER= $DEALCHECK explain late-feature",
        "PAGER=cat $DEALCHECK explain late-feature",
        "PAGER=./nonesuch $DEALCHECK explain late-feature",
        "stty rows 200; PAGER=./pager $DEALCHECK explain late-feature",
    ] {
        let text = in_terminal(&folder, plain).unwrap();
        assert!(text.starts_with(title) && text.ends_with("level = \"deny\" }\n"), "{plain}:\n{text}");
    }
    let piped = in_terminal(&folder, "PAGER=./pager $DEALCHECK explain late-feature | tail -1").unwrap();
    assert_eq!(piped, "    late-feature = { level = \"deny\" }\n");
}

#[test]
fn explanations_come_in_markdown() {
    let folder = Folder::new();
    let runs: &[&[&str]] = &[&["explain", "--format", "markdown", "tight-deadline"]];
    assert_data_eq!(transcript(&folder, runs), file!["commands/explain-markdown.txt"].raw());
    let table = folder.run(&["explain", "--format", "markdown"]).stdout;
    assert_eq!(table, dealcheck::internals::table());
}

#[test]
fn the_names_of_lints_lead_to_the_file() {
    let folder = Folder::copy_of(&root().join("tests/formats/workspace"));
    let mut address = folder.path().canonicalize().unwrap().to_string_lossy().into_owned();
    folder.write("deals/a b#1.yaml", fs::read(folder.path().join("deals/acme.yaml")).unwrap());
    address += "/deals/a%20b%231.yaml";
    let link = format!("[\u{1b}]8;;file://{address}\u{1b}\\late-feature\u{1b}]8;;\u{1b}\\]");
    let mut args = vec!["lint", "deals/a b#1.yaml", "--format", "concise"];
    let run = |args: &[&str], env: &[(&str, &str)]| {
        let output = command(folder.path(), args).envs(env.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let forced = [("FORCE_HYPERLINK", "1")];
    for format in ["concise", "full"] {
        args[3] = format;
        assert!(run(&args, &forced).contains(&link), "{format}: {}", run(&args, &forced));
        let terminal = [("VTE_VERSION", "7000")];
        assert!(!run(&args, &terminal).contains("\u{1b}]8"), "{format}: not in a pipe");
    }
    args.extend(["--output", "out.txt"]);
    run(&args, &forced);
    assert!(!fs::read_to_string(folder.path().join("out.txt")).unwrap().contains('\u{1b}'));

    let lint = "$DEALCHECK lint deals/acme.yaml --format concise";
    let Some(shown) = in_terminal(&folder, &format!("VTE_VERSION=7000 {lint}")) else { return };
    assert!(shown.contains("\u{1b}]8;;file:///"), "{shown}");
    for plain in [format!("VTE_VERSION=7000 FORCE_HYPERLINK=0 {lint}"), lint.to_owned()] {
        let shown = in_terminal(&folder, &plain).unwrap();
        assert!(shown.contains("late-feature") && !shown.contains("\u{1b}]8"), "{plain}:\n{shown}");
    }
}

#[test]
fn settings_are_told_with_the_reason_for_each() {
    let folder = Folder::copy_of(&root().join("tests/lints/expired-waiver/as-documented"));
    let runs: Vec<Vec<&str>> = vec![
        vec!["lint", "contract.yaml", "-v", "--format", "concise"],
        vec!["lint", "contract.yaml", "-v", "--format", "concise", "--config", "own.toml"],
    ];
    folder.write("own.toml", "waivers = [\"waivers.toml\"]\nroadmap = [\"roadmap.toml\"]\n");
    let runs: Vec<&[&str]> = runs.iter().map(Vec::as_slice).collect();
    assert_data_eq!(transcript(&folder, &runs), file!["commands/settings.txt"].raw());
}

#[test]
fn each_lint_is_explained_once_in_the_order_in_which_it_was_found() {
    let folder = Folder::copy_of(&root().join("examples/half-the-contract"));
    let ran = folder.run(&["lint", ".", "--explain"]);
    let name_of = |line: &str| {
        let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
        Some(rest.split_once("]: ")?.0.to_owned())
    };
    let mut found: Vec<String> = ran.stdout.lines().filter_map(name_of).collect();
    let findings = found.len();
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|lint| seen.insert(lint.clone()));
    assert!(found.len() > 1 && found.len() < findings, "the example has a lint twice: {found:?}");
    let title = |line: &str| LINTS.iter().find(|lint| line == format!("{}: {}", lint.name, lint.summary));
    let explained: Vec<&str> = ran.stdout.lines().filter_map(title).map(|lint| lint.name).collect();
    assert_eq!(explained, found);
    let summary = folder.run(&["lint", "."]).stdout;
    let summary = summary.rsplit("\n\n").next().unwrap();
    assert!(ran.stdout.ends_with(&format!("\n\n{summary}")), "{}", ran.stdout);
}
