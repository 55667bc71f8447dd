//! A waiver for every finding of today: where a repository of old contracts begins.

use std::path::{Path, PathBuf};

use crate::diagnostic::Problem;
use crate::lint::Lint;
use crate::model::waiver::Subject;
use crate::text::{self, clean};

use super::super::{CommandRefusal, Exit};
use super::checked::{CheckedFile, CheckedGroup, CheckedGroups};
use super::decide::{Decision, DecisionCase, WaiverEntry};
use super::place::WaiversFile;
use super::{Session, WaiveReport, add, sound, unless_drawn};

/// What is to be written, and what is not.
#[derive(Default)]
struct BaselinePlan {
    /// Entries, by the file that they are added to.
    added: Vec<(WaiversFile, Vec<WaiverEntry>)>,
    /// Findings that the approver may not waive, each with the reason.
    skipped: Vec<String>,
    /// How many findings are about no contract.
    rest: usize,
}

impl Session<'_> {
    /// Records a waiver for every finding.
    pub(super) fn baseline(&self, decision: &Decision) -> Result<WaiveReport, CommandRefusal> {
        let limits: Vec<&str> = self.args.what.iter().map(String::as_str).collect();
        let (paths, ids): (Vec<&str>, Vec<&str>) =
            limits.iter().partition(|limit| Path::new(limit).is_dir() || self.is_path(limit));
        if let (Some(path), Some(id)) = (paths.first(), ids.first()) {
            let problem = Problem::of_run(format!("`{path}` is a path, and `{id}` is not"));
            return Err(problem.help("name contracts by id or by file, not both").into());
        }
        let workspace = self.workspace(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        let checked = CheckedGroups::of(&workspace, self.colour.err);
        self.all_sound(&checked)?;
        for id in &ids {
            if !checked.files().any(|(_, file)| file.id() == Some(id)) {
                return Err(self.no_contract(id, &checked));
            }
        }
        let mut plan = BaselinePlan::default();
        for group in &checked.groups {
            self.plan(group, &ids, decision, &mut plan)?;
        }
        self.carry_out(&plan, &paths)
    }

    /// Decides about the findings of a group; of the contracts named by id, where some are.
    fn plan(
        &self,
        group: &CheckedGroup<'_>,
        ids: &[&str],
        decision: &Decision,
        plan: &mut BaselinePlan,
    ) -> Result<(), CommandRefusal> {
        let is_wanted = |file: &CheckedFile| ids.is_empty() || file.id().is_some_and(|id| ids.contains(&id));
        let files = group.files.iter().filter(|file| is_wanted(file));
        let mut files: Vec<&CheckedFile> = files.filter(|file| !file.open_findings().is_empty()).collect();
        files.sort_by_key(|file| file.id());
        let mut entries = Vec::new();
        for file in &files {
            let case = DecisionCase::of(file, group.group.context());
            for (subject, lint) in file.open_findings() {
                match case.decide(decision, &subject, lint) {
                    Ok(entry) => entries.push(entry),
                    Err(problem) => plan.skipped.push(skip(file, &subject, lint, problem)),
                }
            }
        }
        plan.rest += group.rest;
        if entries.is_empty() {
            return sound(group, None, &[]);
        }
        let target = self.target(group, &files)?;
        sound(group, Some(&target), &[])?;
        plan.added.push((target, entries));
        Ok(())
    }

    fn carry_out(&self, plan: &BaselinePlan, paths: &[&str]) -> Result<WaiveReport, CommandRefusal> {
        let BaselinePlan { added, skipped, rest } = plan;
        let mut words = String::new();
        for (target, entries) in added {
            // What is written by then stays, and is told.
            add(target, entries)
                .map_err(|problem| CommandRefusal::Drawn(words.clone() + &self.drawn(problem)))?;
            let count = text::count(entries.len(), "waiver");
            words.push_str(&format!("recorded {count} in {}\n", clean(&target.name)));
        }
        if added.is_empty() {
            words.push_str(
                "recorded no waivers: no finding of a contract can be waived that is not waived already\n",
            );
        }
        if !skipped.is_empty() {
            words.push_str(&format!("skipped {}:\n", text::count(skipped.len(), "finding")));
            skipped.iter().for_each(|line| words.push_str(&format!("  {line}\n")));
        }
        if *rest > 0 {
            let findings = text::count(*rest, "finding");
            words.push_str(&format!(
                "left {findings} about the roadmap, or about contracts that are not among these files\n"
            ));
        }
        if let Some((target, _)) = added.first() {
            words.push_str(&self.next(target, paths));
        }
        Ok(WaiveReport { words, exit: if skipped.is_empty() { Exit::Clean } else { Exit::Denied } })
    }

    /// Refuses to go on where any contract could not be read or compared, or two have one id.
    fn all_sound(&self, checked: &CheckedGroups<'_>) -> Result<(), CommandRefusal> {
        let of_files = checked.files().map(|(_, file)| file.problems.as_str());
        let drawn: String = std::iter::once(checked.problems.as_str()).chain(of_files).collect();
        if drawn.is_empty() && checked.files().all(|(_, file)| file.id().is_none()) {
            return Err(Problem::of_run("no contract found").into());
        }
        unless_drawn(drawn)
    }
}

/// A finding that stays, and why, on a line.
fn skip(file: &CheckedFile, subject: &Subject, lint: &Lint, problem: Problem) -> String {
    let what = match subject {
        Subject::Contract => String::new(),
        Subject::Requirement(name) => format!(" {name}"),
        Subject::Term(name) => format!(" --term {name}"),
    };
    let why = std::iter::once(problem.diagnostic.title)
        .chain(problem.diagnostic.helps.into_iter().map(|help| help.text));
    let why: Vec<String> = why.collect();
    clean(&format!("{}{what} {}: {}", file.id().unwrap_or_default(), lint.name, why.join("; "))).into_owned()
}
