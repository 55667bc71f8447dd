//! A comment for a pull request, or the summary of a job, on GitHub and GitLab.
//!
//! What stands in files is shown as it is: [`escape`] leaves nothing in it that markdown, HTML or the sites would
//! make something of.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::diagnostic::{Diagnostic, Problem};
use crate::lint::finding::{Finding, FindingStatus};
use crate::lint::obstacle::Standing;
use crate::source::Sources;
use crate::text;

use super::RenderOptions;
use super::markup::{code, escape};
use super::promises::PromiseRow;
use super::view::{level_note, waiver_note};

/// The most bytes of a comment. GitHub takes 65,536 characters; the summary of a job may have more.
const MOST: usize = 65_536;

/// What is kept free for the lines that say what was left out.
const RESERVE: usize = 5_000;

/// Promises that are shown at once; the others are folded.
const UNFOLDED: usize = 20;

/// What a comment may hold of one file.
#[derive(Debug)]
pub(crate) struct MarkdownPart {
    pub(super) rows: Vec<PromiseRow>,
    pub(super) messages: Vec<Message>,
}

/// A message, folded: its title is shown, and its reasons and ways out when somebody opens it.
#[derive(Debug)]
pub(super) struct Message {
    kind: MessageKind,
    lint: Option<&'static str>,
    /// None where it is for other readers, and is only counted.
    text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MessageKind {
    Denied,
    Warned,
    Problem,
    Waived,
}

impl MessageKind {
    const ALL: [Self; 4] = [Self::Denied, Self::Warned, Self::Problem, Self::Waived];

    fn words(self, count: usize) -> String {
        match self {
            Self::Denied => text::count(count, "error"),
            Self::Warned => text::count(count, "warning"),
            Self::Problem => format!("Not checked in full: {}", text::count(count, "problem")),
            Self::Waived => format!("{count} waived"),
        }
    }

    fn of(finding: &Finding) -> Self {
        match finding.status() {
            FindingStatus::Denied => Self::Denied,
            FindingStatus::Warned => Self::Warned,
            FindingStatus::Waived => Self::Waived,
        }
    }
}

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> MarkdownPart {
    let sources = outcome.sources;
    let findings = options.shown(outcome).map(|finding| of_finding(finding, sources));
    let problems = outcome.problems.iter().map(|problem| of_problem(problem, sources));
    let rows = PromiseRow::all(outcome).into_iter().filter(|row| row.standing() != Standing::Fine);
    MarkdownPart { rows: rows.collect(), messages: findings.chain(problems).collect() }
}

fn of_finding(finding: &Finding, sources: Sources<'_>) -> Message {
    let kind = MessageKind::of(finding);
    if finding.lint.tells_chances {
        return Message { kind, lint: None, text: None };
    }
    let diagnostic = &finding.diagnostic;
    let notes = [waiver_note(finding), level_note(finding, sources)].into_iter().flatten();
    let text = message(finding.lint.name, diagnostic, None, notes, sources);
    Message { kind, lint: Some(finding.lint.name), text: Some(text) }
}

fn of_problem(problem: &Problem, sources: Sources<'_>) -> Message {
    let file = problem.file.as_deref();
    let text = message("problem", &problem.diagnostic, file, std::iter::empty(), sources);
    Message { kind: MessageKind::Problem, lint: None, text: Some(text) }
}

fn message(
    name: &str,
    diagnostic: &Diagnostic,
    file: Option<&str>,
    further: impl Iterator<Item = String>,
    sources: Sources<'_>,
) -> String {
    let place = |span| sources.place(span).map(|(file, position)| format!("{file}:{}", position.line));
    let primary = diagnostic.primary().and_then(|label| place(label.span)).or(file.map(str::to_owned));
    let at = primary.map(|place| format!(" ({})", code(&place))).unwrap_or_default();
    let mut text =
        format!("<details><summary><b>{name}</b>: {}{at}</summary>\n\n", escape(&diagnostic.title));
    for label in &diagnostic.labels {
        if let Some(place) = place(label.span) {
            text += &format!("- {}: {}\n", code(&place), escape(&label.text));
        }
    }
    for note in diagnostic.notes.iter().cloned().chain(further) {
        text += &format!("- note: {}\n", escape(&note));
    }
    for help in &diagnostic.helps {
        text += &format!("- help: {}\n", escape(&help.text));
    }
    text + "\n</details>\n"
}

/// Writes the comment. Where only what is new is shown, that comes first, with the contracts it is in: nobody is shown
/// other customers' deals.
pub(super) fn whole(
    parts: impl Iterator<Item = MarkdownPart>,
    tally: &Tally,
    out: &mut dyn Write,
) -> io::Result<()> {
    let news = tally.news();
    let mut rows = Vec::new();
    let mut messages: [Messages; MessageKind::ALL.len()] = Default::default();
    let mut lints: BTreeSet<&'static str> = BTreeSet::new();
    for part in parts {
        if news.is_none() || !part.messages.is_empty() {
            rows.extend(part.rows);
        }
        for message in part.messages {
            lints.extend(message.lint);
            messages[message.kind as usize].add(message.text);
        }
    }
    PromiseRow::sort(&mut rows);
    let headline = news.clone().unwrap_or_else(|| tally.headline());
    let mut page = Comment { text: format!("### dealcheck: {}\n", escape(&headline)) };
    if news.is_none() {
        page.promises(&rows);
        page.fine(tally.promises.requirements, rows.len());
    }
    // What could not be read is not crowded out by what was found.
    let problems = messages[MessageKind::Problem as usize].bytes.min(MOST / 4);
    for kind in MessageKind::ALL {
        let kept = if matches!(kind, MessageKind::Denied | MessageKind::Warned) { problems } else { 0 };
        page.messages(kind, &messages[kind as usize], kept);
    }
    if news.is_some() {
        if !rows.is_empty() {
            page.text += "\n#### The contracts with these findings\n";
            page.promises(&rows);
        }
        page.text +=
            &format!("\n<details><summary>In all</summary>\n\n{}\n\n</details>\n", escape(&tally.standing()));
    }
    if !lints.is_empty() {
        let commands: Vec<String> =
            lints.iter().map(|lint| code(&format!("dealcheck explain {lint}"))).collect();
        page.text += &format!("\nFor more, run {}.\n", text::or_list(&commands));
    }
    out.write_all(page.text.as_bytes())
}

/// Messages of one kind: those that a comment has room for, and how many there are.
#[derive(Default)]
struct Messages {
    texts: Vec<String>,
    bytes: usize,
    count: usize,
}

impl Messages {
    fn add(&mut self, text: Option<String>) {
        self.count += 1;
        // No comment has room for more: the rest is counted, and not kept.
        if let Some(text) = text.filter(|text| self.bytes + text.len() <= MOST) {
            self.bytes += text.len();
            self.texts.push(text);
        }
    }
}

/// The comment as it grows.
struct Comment {
    text: String,
}

impl Comment {
    /// Bytes that are left.
    fn room(&self) -> usize {
        (MOST - RESERVE).saturating_sub(self.text.len())
    }

    /// Promises that somebody has to look at, in a table of at most half the comment.
    fn promises(&mut self, rows: &[PromiseRow]) {
        let mut room = self.room() / 2;
        let lines: Vec<String> = rows.iter().map(line).collect();
        let fits = lines.iter().take_while(|line| {
            room = room.saturating_sub(line.len());
            room > 0
        });
        let fits = fits.count();
        let (shown, folded) = lines[..fits].split_at(fits.min(UNFOLDED));
        if !shown.is_empty() {
            self.text += &format!("\n{HEAD}{}", shown.concat());
        }
        if !folded.is_empty() {
            let more = text::count(folded.len(), "more promise");
            self.text +=
                &format!("\n<details><summary>{more}</summary>\n\n{HEAD}{}\n</details>\n", folded.concat());
        }
        self.left_out(rows.len() - fits, "promise", "table");
    }

    /// Says how many promises are in no table.
    fn fine(&mut self, all: usize, listed: usize) {
        let fine = all.saturating_sub(listed);
        if fine > 0 && listed > 0 {
            let others = text::plural(fine, "other promise is", "other promises are");
            self.text += &format!("\n{others} shipped, on track or a service.\n");
        }
    }

    fn messages(&mut self, kind: MessageKind, messages: &Messages, kept: usize) {
        if messages.count == 0 {
            return;
        }
        let words = kind.words(messages.count);
        let is_folded = kind == MessageKind::Waived;
        self.text += &match is_folded {
            true => format!("\n<details><summary>{words}</summary>\n\n"),
            false => format!("\n#### {words}\n\n"),
        };
        let mut shown = 0;
        for text in &messages.texts {
            if text.len() + kept > self.room() {
                break;
            }
            self.text += text;
            shown += 1;
        }
        if is_folded {
            self.text += "\n</details>\n";
        }
        let noun = if kind == MessageKind::Problem { "problem" } else { "finding" };
        self.left_out(messages.count - shown, noun, "full");
    }

    fn left_out(&mut self, count: usize, noun: &str, format: &str) {
        if count > 0 {
            let are = text::plural(count, &format!("{noun} is"), &format!("{noun}s are"));
            self.text += &format!("\n{are} left out here; `dealcheck lint --format {format}` shows all.\n");
        }
    }
}

const HEAD: &str = "\
| delivery | contract | requirement | feature | due | target | owner | value | place |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
";

fn line(row: &PromiseRow) -> String {
    let PromiseRow {
        contract, requirement, feature, due, target, delivery, days, owner, value, place, ..
    } = row;
    let delivery = match (row.standing(), days.is_empty()) {
        (Standing::Broken, true) => format!("**{}**", escape(delivery)),
        (Standing::Broken, false) => format!("**{}**, {}", escape(delivery), escape(days)),
        (_, true) => escape(delivery),
        (_, false) => format!("{}, {}", escape(delivery), escape(days)),
    };
    let [contract, requirement, feature] = [contract, requirement, feature].map(|text| escape(text));
    let [due, target, owner, value] = [due, target, owner, value].map(|text| escape(text));
    let place = code(place);
    format!(
        "| {delivery} | {contract} | {requirement} | {feature} | {due} | {target} | {owner} | {value} | {place} |\n"
    )
}
