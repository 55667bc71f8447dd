//! `dealcheck waive`: asks what `lint` would find, and records who accepts it.

mod baseline;
mod checked;
mod decide;
mod place;
mod write;

use std::io::Write;
use std::path::PathBuf;

use crate::cli::WaiveArgs;
use crate::diagnostic::Problem;
use crate::input::path::slashes;
use crate::lint::{Check, Lint};
use crate::lints;
use crate::model::contract::ContractStatus;
use crate::model::waiver::Subject;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::source::Sources;
use crate::text::{self, clean, shell_path};
use crate::workspace::group::Group;
use crate::workspace::levels::resolve_flag;
use crate::workspace::{CheckOptions, Workspace};

use checked::{CheckedFile, CheckedGroup, CheckedGroups};
use decide::{Decision, DecisionCase, WaiverEntry, has_subject, waivable};
use place::{WaiversFile, choose, is_answered};

use super::log::stdout;
use super::{CommandRefusal, Ending, Exit};

/// What to tell of a run: the words for standard output, and how it ended.
struct WaiveReport {
    words: String,
    exit: Exit,
}

/// Records a waiver, or one for every finding.
pub(super) fn run(args: &WaiveArgs, today: Date, colour: Colour) -> Ending {
    let base = std::env::current_dir()?;
    let base = base.canonicalize().unwrap_or(base);
    let session = Session { args, today, colour, base };
    let report = session.report()?;
    stdout().write_all(report.words.as_bytes())?;
    Ok(report.exit)
}

/// What the positional arguments name.
#[derive(Debug)]
struct WaiveSubject<'a> {
    contract: &'a str,
    subject: Subject,
    lint: &'static Lint,
}

/// Tells the positional arguments apart: the lint is the last one, and what is between is the requirement.
fn wanted<'a>(what: &'a [String], term: Option<&str>) -> Result<WaiveSubject<'a>, Problem> {
    let (contract, subject, last) = match (what, term) {
        ([contract, lint], None) => (contract, Subject::Contract, lint),
        ([contract, lint], Some(term)) => (contract, Subject::Term(term.to_owned()), lint),
        ([contract, requirement, lint], None) => (contract, Subject::Requirement(requirement.clone()), lint),
        ([_, requirement, _], Some(_)) => {
            let title = format!("a waiver is about a requirement or a term, not both: `{requirement}`");
            return Err(Problem::of_run(title).help("leave out the requirement or `--term`"));
        }
        _ => {
            return Err(Problem::of_run("expected a contract and a lint, and between them the requirement")
                .help("`dealcheck waive ACME-2026-014 R2 late-feature …` is about a requirement")
                .help("`dealcheck waive ACME-2026-014 --term payment off-standard-term …` about a term")
                .help("`dealcheck waive ACME-2026-014 unshipped-share …` about the contract as a whole")
                .help("`dealcheck waive --all-findings …` about all that is found today"));
        }
    };
    let lint = resolve_flag(last).map_err(|reason| {
        let problem = Problem::of_run(reason);
        match what.iter().find(|word| lints::find(word).is_some()) {
            Some(lint) => problem.help(format!("the lint comes last: `{lint}`")),
            None if what.len() == 2 => {
                problem.help(format!("the lint comes last: `dealcheck waive {contract} {last} LINT …`"))
            }
            None => problem,
        }
    })?;
    Ok(WaiveSubject { contract, subject, lint })
}

struct Session<'a> {
    args: &'a WaiveArgs,
    today: Date,
    colour: Colour,
    base: PathBuf,
}

impl Session<'_> {
    fn report(&self) -> Result<WaiveReport, CommandRefusal> {
        let args = self.args;
        let decision = Decision {
            reason: args.reason.clone(),
            approved_by: args.approved_by.clone(),
            approved_on: args.approved_on.unwrap_or(self.today),
            accepts: args.accepts,
            expires: args.expires,
            disclosed: args.disclosed.clone(),
            is_baseline: args.all_findings,
        };
        decision.check(self.today)?;
        if args.all_findings {
            return self.baseline(&decision);
        }
        let wanted = wanted(&args.what, args.term.as_deref())?;
        waivable(wanted.lint)?;
        self.one(&wanted, &decision)
    }

    /// Records one waiver.
    fn one(&self, wanted: &WaiveSubject<'_>, decision: &Decision) -> Result<WaiveReport, CommandRefusal> {
        let by_path = self.is_path(wanted.contract);
        let workspace = self.workspace(by_path.then(|| PathBuf::from(wanted.contract)).as_slice());
        let checked = CheckedGroups::of(&workspace, self.colour.err);
        // Where a file is named, no other one was checked.
        let is_wanted = |file: &CheckedFile| by_path || file.id() == Some(wanted.contract);
        let found: Vec<_> = checked.files().filter(|(_, file)| is_wanted(file)).collect();
        let (group, file) = match found.as_slice() {
            [one] => *one,
            [] if by_path && checked.problems.is_empty() => {
                let title = format!("{} is not a contract", wanted.contract);
                return Err(Problem::in_file(wanted.contract, title).into());
            }
            [] if !by_path => return Err(self.no_contract(wanted.contract, &checked)),
            _ => return Err(CommandRefusal::Drawn(checked.problems)),
        };
        let target = self.target(group, &[file])?;
        sound(group, Some(&target), &[file])?;
        let refuse = |problem: Problem| self.refused(problem, group);
        let (Some(contract), Some(id)) = (&file.contract, file.id()) else {
            return Err(Problem::in_file(&file.name, format!("{} has no id", file.name)).into());
        };
        if !contract.status.is_linted() {
            let over = if contract.status == ContractStatus::Lost { "is lost" } else { "has ended" };
            let title = format!("{id} {over}: it is not checked any more, so there is nothing to waive");
            return Err(refuse(Problem::in_file(&file.name, title)));
        }
        has_subject(contract, id, &wanted.subject).map_err(refuse)?;
        let case = DecisionCase::of(file, group.group.context());
        let entry = case.decide(decision, &wanted.subject, wanted.lint).map_err(refuse)?;
        let existed = target.path.exists();
        add(&target, std::slice::from_ref(&entry))?;
        let mut words = self.recorded(&entry, &target, existed);
        words.push_str(&older(file, &entry, &group.group));
        let path = if by_path { Some(wanted.contract) } else { None };
        words.push_str(&self.next(&target, path.as_slice()));
        Ok(WaiveReport { words, exit: Exit::Clean })
    }

    fn is_path(&self, word: &str) -> bool {
        self.base.join(word).is_file()
    }

    fn workspace(&self, paths: &[PathBuf]) -> Workspace {
        Workspace::find(&self.args.source.request(paths), &self.base, CheckOptions::on(self.today))
    }

    fn target(
        &self,
        group: &CheckedGroup<'_>,
        files: &[&CheckedFile],
    ) -> Result<WaiversFile, CommandRefusal> {
        let folder =
            |file: &&CheckedFile| Some(self.base.join(&file.path).canonicalize().ok()?.parent()?.to_owned());
        let folders: Vec<PathBuf> = files.iter().filter_map(folder).collect();
        choose(group.found, &folders, self.args.file.as_deref(), &self.base)
            .map_err(|problem| self.refused(problem, group))
    }

    fn no_contract(&self, id: &str, checked: &CheckedGroups<'_>) -> CommandRefusal {
        let files = || checked.files().map(|(_, file)| file);
        let problem = Problem::of_run(format!("there is no contract `{id}`"))
            .note(format!("looked at {}", text::count(files().count(), "contract")))
            .help_nearest(id, files().filter_map(CheckedFile::id), "name it by its file");
        let unread = files().filter(|file| file.id().is_none()).map(|file| file.problems.as_str());
        CommandRefusal::Drawn(self.drawn(problem) + &checked.problems + &unread.collect::<String>())
    }

    fn drawn(&self, problem: Problem) -> String {
        draw_problems(&[problem], Sources::NONE, self.colour.err)
    }

    fn refused(&self, problem: Problem, group: &CheckedGroup<'_>) -> CommandRefusal {
        CommandRefusal::drawn(&[problem], Sources { shared: &group.group.sources, own: None }, self.colour)
    }

    fn recorded(&self, entry: &WaiverEntry, target: &WaiversFile, existed: bool) -> String {
        let new = if existed { "" } else { ", which is new" };
        let mut words = format!("{}\n\n", clean(&format!("waived {entry}, in {}{new}:", target.name)));
        for line in write::shown(entry).lines() {
            words.push_str(&format!("  {}\n", clean(line)));
        }
        words.push('\n');
        if entry.is_undisclosed() {
            words.push_str("how does the customer know? write the clause or the letter into `disclosed`\n");
        }
        words
    }

    /// What to do now.
    fn next(&self, target: &WaiversFile, paths: &[&str]) -> String {
        let mut command = "dealcheck lint".to_owned();
        let mut add = |option: &str, path: &str| {
            command.push_str(option);
            command.push_str(&shell_path(&clean(path)));
        };
        paths.iter().for_each(|path| add(" ", path));
        if let Some(config) = &self.args.source.config {
            add(" --config ", &slashes(config));
        }
        for roadmap in &self.args.source.roadmap {
            add(" --roadmap ", &slashes(roadmap));
        }
        format!("next: run `{command}`, and have the owners of {} review it\n", clean(&target.name))
    }
}

fn add(target: &WaiversFile, entries: &[WaiverEntry]) -> Result<(), Problem> {
    let WaiversFile { path, name } = target;
    write::add(path, entries)
        .map_err(|reason| Problem::in_file(name, format!("{name} stays as it is: {reason}")))
}

/// Refuses to go on where anything was drawn that is wrong.
fn unless_drawn(drawn: String) -> Result<(), CommandRefusal> {
    if drawn.is_empty() {
        Ok(())
    } else {
        Err(CommandRefusal::Drawn(drawn + "nothing was written: put this right first\n"))
    }
}

/// Refuses to go on where a file could not be read: what is found may be wrong then.
fn sound(
    group: &CheckedGroup<'_>,
    target: Option<&WaiversFile>,
    files: &[&CheckedFile],
) -> Result<(), CommandRefusal> {
    let is_open = |problem: &Problem| target.is_none_or(|target| !is_answered(problem, group.found, target));
    let shared = group.problems.iter().filter(|(problem, _)| is_open(problem)).map(|(_, drawn)| drawn);
    unless_drawn(shared.chain(files.iter().map(|file| &file.problems)).map(String::as_str).collect())
}

/// Points out an older waiver of the same finding, which covers nothing and is still reported.
fn older(file: &CheckedFile, entry: &WaiverEntry, group: &Group) -> String {
    let older = file.findings.iter().find(|finding| {
        matches!(finding.lint.check, Check::Waiver(_))
            && finding.subject == entry.subject
            && finding.about == entry.lint.name
    });
    let place = older.and_then(|older| {
        let label = older.diagnostic.primary()?;
        let (name, position) = Sources { shared: &group.sources, own: None }.place(label.span)?;
        Some(format!("{name}:{}", position.line))
    });
    match (older, place) {
        (Some(older), Some(place)) => {
            format!("an older waiver for it is at {place}; remove it, or `{}` is reported\n", older.lint.name)
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn the_lint_comes_last() {
        let what = words(&["A-1", "R2", "late-feature"]);
        let one = wanted(&what, None).unwrap();
        assert_eq!((one.contract, one.lint.name), ("A-1", "late-feature"));
        assert_eq!(one.subject, Subject::Requirement("R2".to_owned()));
        let what = words(&["A-1", "unshipped-share"]);
        assert_eq!(wanted(&what, None).unwrap().subject, Subject::Contract);
        assert_eq!(wanted(&what, Some("payment")).unwrap().subject, Subject::Term("payment".to_owned()));
    }

    #[test]
    fn what_is_out_of_order_is_said() {
        let helps = |what: &[&str], term| {
            let helps = wanted(&words(what), term).unwrap_err().diagnostic.helps;
            helps.into_iter().map(|help| help.text).collect::<Vec<_>>().join(" ")
        };
        assert!(helps(&["A-1", "late-feature", "R2"], None).contains("the lint comes last: `late-feature`"));
        assert!(helps(&["A-1", "R2"], None).contains("`dealcheck waive A-1 R2 LINT …`"));
        assert!(helps(&["A-1", "R2", "late-feature"], Some("payment")).contains("leave out"));
        assert!(helps(&["A-1"], None).contains("--all-findings"));
        assert!(
            wanted(&words(&["A-1", "R2", "late-featur"]), None)
                .unwrap_err()
                .diagnostic
                .title
                .contains("did you mean `late-feature`")
        );
    }
}
