//! What a lint's documentation becomes: a page, a line of a table, and the files of its example. Nothing else
//! reads `docs`.

use std::sync::Arc;

use anstyle::Style;
use comfy_table::{ContentArrangement, Table, presets};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::check::finding::Finding;
use crate::check::group::{Asked, ContractFile, Group, Texts};
use crate::check::levels::LevelFlag;
use crate::check::{self, Seen};
use crate::diagnostic::Problem;
use crate::input::config::FILE_NAME;
use crate::input::parse::{Format, parse};
use crate::input::read::{self, Role};
use crate::input::source::{FileId, Source};
use crate::lint::{Level, Lint};
use crate::lints::LINTS;
use crate::model::window::Date;
use crate::output::{self, Colour, Outcome, Shown, Sources};

/// The day on which examples are checked.
pub const EXAMPLE_DAY: Date = jiff::civil::date(2026, 12, 1);

/// How wide the prose of a page is, wherever it is read.
const PAGE: usize = 80;

const EXAMPLE: &str = "Example";
const INSTEAD: &str = "Instead";

/// The files of a lint's example, each with its name.
pub fn example(lint: &Lint) -> Vec<(String, String)> {
    files_under(lint, EXAMPLE)
}

/// The files of what to write instead; what is not shown there again is as in the example.
pub fn instead(lint: &Lint) -> Vec<(String, String)> {
    let mut files = example(lint);
    for (name, text) in files_under(lint, INSTEAD) {
        match files.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = text,
            None => files.push((name, text)),
        }
    }
    files
}

/// The files below a heading of a lint's documentation, such as the one that begins with `yaml contract.yaml`.
fn files_under(lint: &Lint, heading: &str) -> Vec<(String, String)> {
    let of_heading = blocks(lint.docs).into_iter().skip_while(|block| !block.is_heading(heading)).skip(1);
    of_heading
        .take_while(|block| !matches!(block, Block::Heading(_)))
        .filter_map(|block| match block {
            Block::Code { file: Some(file), text } => Some((file, text)),
            _ => None,
        })
        .collect()
}

/// The headings of a lint's documentation, in order.
pub fn headings(lint: &Lint) -> Vec<String> {
    let headings = blocks(lint.docs).into_iter().filter_map(|block| match block {
        Block::Heading(text) => Some(text),
        Block::Words { .. } | Block::Code { .. } => None,
    });
    headings.collect()
}

/// A part of a lint's documentation.
enum Block {
    Heading(String),
    /// Words, and what stands before their first line.
    Words {
        bullet: &'static str,
        text: String,
    },
    Code {
        file: Option<String>,
        text: String,
    },
}

impl Block {
    fn is_heading(&self, wanted: &str) -> bool {
        matches!(self, Self::Heading(text) if text == wanted)
    }
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let mut file = None;
    let mut bullet = "";
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                file = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().nth(1).map(str::to_owned),
                    CodeBlockKind::Indented => None,
                };
            }
            Event::Start(Tag::Item) => bullet = "- ",
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => text.push_str(&words),
            Event::Code(words) => text.extend(["`", &*words, "`"]),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Heading(_)) => blocks.push(Block::Heading(std::mem::take(&mut text))),
            Event::End(TagEnd::CodeBlock) => {
                blocks.push(Block::Code { file: file.take(), text: std::mem::take(&mut text) });
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) if !text.is_empty() => {
                let bullet = std::mem::take(&mut bullet);
                blocks.push(Block::Words { bullet, text: std::mem::take(&mut text) });
            }
            _ => {}
        }
    }
    blocks
}

/// A lint's page: its name, level and summary, its documentation, what its example really gives, its options.
/// `typed` is the name that it was asked for by, which may be an old one.
pub fn page(lint: &Lint, typed: &str, colour: bool) -> String {
    let mut page =
        Page { out: String::new(), heading: if colour { Style::new().bold() } else { Style::new() } };
    if typed != lint.name {
        page.words("", "", &format!("`{typed}` is now called `{}`; the old name still works.", lint.name));
    }
    page.heading(&format!("{}: {}", lint.name, lint.summary));
    page.words("", "", &format!("Level: {}, unless something else is set.", lint.level));
    let mut in_example = false;
    for block in blocks(lint.docs) {
        if in_example && matches!(block, Block::Heading(_)) {
            page.output(lint, colour);
        }
        match &block {
            Block::Heading(text) => {
                in_example = block.is_heading(EXAMPLE);
                page.heading(text);
            }
            Block::Words { bullet, text } => page.words("  ", bullet, text),
            Block::Code { file, text } => {
                if let Some(file) = file {
                    page.words("  ", "", &format!("{file}:"));
                }
                page.code(text);
            }
        }
    }
    if in_example {
        page.output(lint, colour);
    }
    page.options(lint);
    page.out.truncate(page.out.trim_end().len());
    page.out.push('\n');
    page.out
}

/// A page as it grows: blocks with an empty line after each.
struct Page {
    out: String,
    heading: Style,
}

impl Page {
    fn heading(&mut self, text: &str) {
        let style = self.heading;
        self.out.push_str(&format!("{style}{text}{style:#}\n\n"));
    }

    fn words(&mut self, indent: &str, bullet: &str, text: &str) {
        let first = format!("{indent}{bullet}");
        let next = " ".repeat(first.len());
        let options = textwrap::Options::new(PAGE)
            .initial_indent(&first)
            .subsequent_indent(&next)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.out.push_str(&textwrap::fill(text, options));
        self.out.push_str("\n\n");
    }

    fn code(&mut self, text: &str) {
        self.out.push_str(&textwrap::indent(text.trim_end(), "    "));
        self.out.push_str("\n\n");
    }

    fn output(&mut self, lint: &Lint, colour: bool) {
        self.words("  ", "", &format!("What `dealcheck lint` says to that, on {EXAMPLE_DAY}:"));
        self.code(&check_files(lint, example(lint), colour));
    }

    fn options(&mut self, lint: &Lint) {
        self.heading("Options");
        for option in lint.options {
            self.words(
                "  ",
                "- ",
                &format!("`{}`, {} by default. {}", option.name, option.default_text(), option.doc),
            );
        }
        self.words(
            "  ",
            if lint.options.is_empty() { "" } else { "- " },
            "As with every lint, `level` is `allow`, `warn`, `deny` or `forbid`, and `waived-by` lists the roles \
             that may waive what it finds.",
        );
        self.words("  ", "", &format!("They are set in {FILE_NAME}, for example:"));
        let mut settings = vec![format!("level = \"{}\"", lint.level)];
        settings
            .extend(lint.options.iter().map(|option| format!("{} = {}", option.name, option.default_text())));
        self.code(&format!("[lints]\n{} = {{ {} }}", lint.name, settings.join(", ")));
    }
}

/// What a lint says to some files that are only in memory.
fn check_files(lint: &Lint, files: Vec<(String, String)>, colour: bool) -> String {
    let (mut texts, mut contracts) = (Texts::default(), Vec::new());
    for (id, (name, text)) in (0..).map(FileId).zip(files) {
        let source = Source::new(id, name, text);
        match role(&source) {
            _ if source.name() == FILE_NAME => texts.config = Some(source),
            Some(Role::Roadmap) => texts.roadmap.push(source),
            Some(Role::Contract) => contracts.push(source),
            Some(Role::Settings | Role::Other) | None => texts.waivers.push(source),
        }
    }
    let asked = Asked { today: EXAMPLE_DAY, levels: switched_on(lint), deny_warnings: false };
    let group = Group::of_sources(texts, &asked);
    let shown = Shown { today: EXAMPLE_DAY, colour: Colour { out: colour, err: colour }, waived: false };
    let (drawer, _) = output::format(output::Format::Full, shown);
    let mut drawn = Vec::new();
    let mut draw = |findings: Vec<Finding>, problems: &[Problem], sources: Sources<'_>| {
        let own: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.lint.name == lint.name).collect();
        let part = drawer.draw(&Outcome { judged: None, over: None, findings: &own, problems, sources });
        drawn.extend([part.problems, part.findings].concat());
    };
    draw(Vec::new(), &group.problems, Sources { shared: &group.sources, own: None });
    let whole_roadmap = contracts.is_empty();
    let mut seen = Seen::default();
    let mut sources = group.sources.clone();
    for source in contracts {
        let ContractFile { source, contract, problems, .. } = group.contract_of(source, true);
        let linted = contract.as_ref().filter(|contract| contract.status.is_linted());
        let checked = linted.map(|contract| check::contract(contract, &group.waivers, &group.run()));
        let own = Sources { shared: &group.sources, own: source.as_ref() };
        let findings = checked.map(|checked| {
            seen.add(checked.seen(problems.is_empty()));
            checked.findings
        });
        draw(findings.unwrap_or_default(), &problems, own);
        sources.extend(source.map(Arc::new));
    }
    let findings = check::shared(&group, &mut seen, whole_roadmap);
    draw(findings, &[], Sources { shared: &sources, own: None });
    String::from_utf8_lossy(&drawn).into_owned()
}

fn role(source: &Source) -> Option<Role> {
    let (node, problems) = parse(source, Format::of(source.name())?);
    Some(read::role(node.as_ref(), !problems.is_empty(), source.text()))
}

/// What switches a lint on that is off by default.
fn switched_on(lint: &Lint) -> Vec<LevelFlag> {
    match lint.level {
        Level::Allow => vec![LevelFlag { flag: "-W", level: Level::Warn, lint: lint.name.to_owned() }],
        _ => Vec::new(),
    }
}

/// All lints, for a terminal of some width.
pub fn overview(width: usize, colour: bool) -> String {
    let style = if colour { Style::new().bold() } else { Style::new() };
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.add_row(["lint", "default", "finds"]);
    table.add_rows(LINTS.iter().map(|lint| [lint.name, lint.level.name(), lint.summary]));
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    if let Some(head) = lines.first_mut() {
        *head = format!("{style}{head}{style:#}");
    }
    lines.push(String::new());
    lines.push("To read more about one: `dealcheck explain LINT`".to_owned());
    lines.join("\n") + "\n"
}

/// The README's table of lints, in markdown.
pub fn table() -> String {
    let mut table = String::from("| lint | default | finds |\n| --- | --- | --- |\n");
    for lint in LINTS {
        let summary = lint.summary.replace('|', "\\|");
        table.push_str(&format!("| `{}` | {} | {summary} |\n", lint.name, lint.level));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lint(name: &str) -> &'static Lint {
        crate::lints::find(name).unwrap()
    }

    #[test]
    fn every_example_gives_output() {
        for lint in LINTS {
            let drawn = check_files(lint, example(lint), false);
            assert!(drawn.contains(&format!("[{}]", lint.name)), "{}:\n{drawn}", lint.name);
        }
    }

    #[test]
    fn files_keep_their_indentation() {
        let files = example(lint("late-feature"));
        assert_eq!(files.len(), 2);
        assert_eq!(files[0].0, "contract.yaml");
        assert!(
            files[0].1.ends_with("requirements:\n  - feature: audit-log\n    due: 2027-01-31\n"),
            "{files:?}"
        );
    }

    #[test]
    fn what_to_write_instead_replaces_files() {
        let (before, after) = (example(lint("late-feature")), instead(lint("late-feature")));
        assert_ne!(before[0], after[0]);
        assert_eq!(before[1], after[1]);
    }

    #[test]
    fn pages_are_narrow_but_for_what_is_shown() {
        for lint in LINTS {
            let page = page(lint, lint.name, false);
            assert!(page.starts_with(&format!("{}: ", lint.name)));
            assert!(!page.contains("##") && !page.contains("```"), "{page}");
            let wide = page.lines().find(|line| !line.starts_with("    ") && line.chars().count() > PAGE);
            assert_eq!(wide, None);
        }
    }

    #[test]
    fn an_old_name_is_answered_with_the_new_one() {
        let page = page(lint("late-feature"), "tardy-feature", false);
        assert!(
            page.starts_with("`tardy-feature` is now called `late-feature`; the old name still works.\n")
        );
    }

    #[test]
    fn the_overview_fits_a_terminal() {
        for width in [60, 100] {
            let overview = overview(width, false);
            assert!(overview.lines().all(|line| line.chars().count() <= width), "{overview}");
        }
        assert_eq!(overview(100, true).matches('\u{1b}').count(), 2);
    }
}
