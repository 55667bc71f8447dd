//! `dealcheck draft`: a contract file from the documents that people really have, or by question.

mod deal;
mod questions;

use std::io::Write;
use std::path::Path;

use crate::cli::DraftArgs;
use crate::diagnostic::Problem;
use crate::document::{self, Document, TrackedChanges};
use crate::draft::{DraftFormat, coverage_table, draft, write};
use crate::input::discover::here;
use crate::input::files::Disk;
use crate::input::path::{shown, slashes, without_dots};
use crate::model::window::Date;
use crate::output::Colour;
use crate::source::Sources;
use crate::text::{and_list, clean, shell_path};
use crate::workspace::CheckOptions;
use crate::workspace::group::Group;

use super::destination::Destination;
use super::log::stderr;
use super::replace::{existing, write_new};
use super::{Ending, Exit, table_width, unless_any_in};

use deal::{DealTerms, verdicts};

/// Drafts a contract.
pub(super) fn run(args: &DraftArgs, today: Date, colour: Colour) -> Ending {
    let folder = std::env::current_dir()?;
    let options = CheckOptions::on(today);
    let group = Group::read(&here(&args.source.request(&[]), &folder), &options);
    let mut problems = group.problems.clone();
    problems.extend(args.output.as_deref().and_then(existing));
    let draft = if args.documents.is_empty() { by_question } else { from_documents };
    draft(args, &group, problems, colour)
}

/// Drafts a contract from what somebody answers, or says in options.
fn by_question(args: &DraftArgs, group: &Group, problems: Vec<Problem>, colour: Colour) -> Ending {
    unless_any_in(&problems, Sources { shared: &group.sources, own: None }, colour)?;
    if group.roadmap.features.is_empty() {
        let problem = Problem::of_run("the roadmap has no feature that could be promised");
        return Err(problem.help("add features to it, or name a document to read").into());
    }
    let mut terms = DealTerms::of(&args.terms)?;
    let missing = terms.missing();
    let is_asked = !missing.is_empty();
    let mut output = args.output.clone();
    if is_asked {
        if !questions::can_ask() {
            let title = format!("a contract needs {}, and there is nobody to ask", and_list(&missing));
            let help = "name a document instead, or run it on a terminal to be asked";
            return Err(Problem::of_run(title).help(help).into());
        }
        let Some((answered, path)) = questions::ask(terms, output, group, colour.err)? else {
            return Err(Problem::of_run("no contract was written: the questions were broken off").into());
        };
        terms = answered;
        output = Some(path);
    }
    let (contract, problems, source) = terms.read(group);
    unless_any_in(&problems, Sources { shared: &group.sources, own: Some(&source) }, colour)?;
    if !is_asked {
        let mut verdicts = contract.iter().flat_map(|contract| verdicts(contract, group));
        verdicts.try_for_each(|(_, sentence)| writeln!(stderr(), "{sentence}"))?;
    }
    let format = args.format.or_else(|| output.as_deref().map(format_of)).unwrap_or(DraftFormat::Yaml);
    let text = terms.text(format);
    match &output {
        None => Destination::stdout().finish(&text)?,
        Some(path) => {
            write_new(path, &text)?;
            let name = slashes(path);
            writeln!(
                stderr(),
                "wrote {}; next: run `dealcheck lint {}`",
                clean(&name),
                shell_path(&clean(&name))
            )?;
        }
    }
    Ok(Exit::Clean)
}

/// Drafts a contract from documents.
fn from_documents(args: &DraftArgs, group: &Group, mut problems: Vec<Problem>, colour: Colour) -> Ending {
    let folder = std::env::current_dir()?;
    let changes = if args.reject_changes { TrackedChanges::Reject } else { TrackedChanges::Accept };
    let (read, unreadable): (Vec<_>, Vec<_>) = args
        .documents
        .iter()
        .map(|path| document::open(&Disk, path, &slashes(path), changes))
        .partition(Result::is_ok);
    let documents: Vec<Document> = read.into_iter().flatten().collect();
    problems.splice(..0, unreadable.into_iter().filter_map(Result::err));
    unless_any_in(&problems, Sources { shared: &group.sources, own: None }, colour)?;
    let beside =
        args.output.as_deref().and_then(Path::parent).map_or(folder.clone(), |parent| folder.join(parent));
    let paths: Vec<String> = args
        .documents
        .iter()
        .map(|path| shown(&without_dots(&folder.join(path)), &without_dots(&beside)))
        .collect();
    let drafted = draft(&documents, &paths, &group.roadmap, group.reading().calendar)?;
    if let Some(path) = &args.output {
        write_new(path, &write(&drafted, args.format.unwrap_or_else(|| format_of(path))))?;
    }
    let shown = match &args.output {
        _ if args.coverage => coverage_table(&drafted, table_width(true)),
        None => write(&drafted, args.format.unwrap_or(DraftFormat::Yaml)),
        Some(_) => String::new(),
    };
    Destination::stdout().finish(&shown)?;
    Ok(Exit::Clean)
}

/// The format that the ending of a file asks for.
fn format_of(path: &Path) -> DraftFormat {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => DraftFormat::Toml,
        Some("json") => DraftFormat::Json,
        _ => DraftFormat::Yaml,
    }
}
