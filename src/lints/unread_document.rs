use std::collections::HashSet;

use crate::document::{BlockKind, Unreadable};
use crate::prose::attachments::{AttachedPart, attachment_of, attachments};
use crate::prose::documents::{ContractDocument, UnreadDocument};
use crate::prose::statement::Statement;
use crate::prose::verdict::unjudged;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A file among the contract's `documents` that could not be read, with the reason: it is not there, it is encrypted or
    /// broken, it is too large, it is a PDF, or it lies outside of the repository. Also what a document holds that is no
    /// text: embedded objects and text boxes, and pictures where there is nothing else; sentences that are too long to be judged,
    /// or name too many features; and a part that a document attaches or incorporates ("Exhibit B") and that none of the
    /// `documents` has.
    ///
    /// ## Why it matters
    ///
    /// What nobody has read may promise anything. Without this finding, a contract whose document is missing would look
    /// like one whose document promises nothing.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// documents: [agreement.md]
    /// requirements:
    ///   - feature: sso
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso]
    /// name = "Single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide Single sign-on by 30 September 2027.
    /// ```
    pub(super) static LINT = {
        name: "unread-document",
        summary: "a document of the contract could not be read",
        level: Level::Warn,
        check: Check::Documents(check),
    }
}

fn check(case: &DocumentsCase<'_, '_>) -> Vec<Finding> {
    let documents = case.documents();
    let unread = documents.unread.iter().map(|document| unread(case, document));
    let parts = documents.read.iter().filter_map(|document| parts(case, document));
    let sentences = documents.read.iter().filter_map(|document| sentences(case, document));
    unread.chain(parts).chain(sentences).chain(attached(case)).collect()
}

/// What the documents say belongs to the contract, and none of them has, each once.
fn attached(case: &DocumentsCase<'_, '_>) -> Vec<Finding> {
    let read = &case.documents().read;
    let said = read.iter().flat_map(|document| document.statements.iter().map(move |it| (document, it)));
    let mut named =
        said.flat_map(|(document, it)| attachments(it).into_iter().map(move |part| (document, it, part)));
    let Some(first) = named.next() else { return Vec::new() };
    // A title with nothing below it is not the part itself.
    let titles = read.iter().flat_map(|document| {
        let blocks = &document.document.blocks;
        let is_open = |at: &usize| match blocks.get(at + 1).map(|next| &next.kind) {
            None | Some(BlockKind::Heading(_)) => !matches!(blocks[*at].kind, BlockKind::Heading(_)),
            Some(_) => true,
        };
        (0..blocks.len()).filter(is_open).map(|at| format!("{} {}", blocks[at].clause, blocks[at].text))
    });
    let files =
        case.documents().files.iter().map(|file| file.name.rsplit(['/', '\\']).next().unwrap_or_default());
    let mut there: HashSet<String> = titles
        .chain(files.map(|file| stem_of(file).to_owned()))
        .filter_map(|title| attachment_of(&title))
        .collect();
    let mut findings = Vec::new();
    for (document, statement, AttachedPart { key, name, place }) in [first].into_iter().chain(named) {
        if !there.insert(key) {
            continue;
        }
        let title = format!(
            "{} makes {name} a part of the contract, and no document has it",
            document.place_in_words(statement)
        );
        findings.push(
            case.finding(&LINT, title, [&statement.text])
                .about(name.as_str())
                .label(
                    document.part(statement, place),
                    "not among the documents: what it promises is not known",
                )
                .labels([case.entry(document)])
                .help(format!("add the file of {name} to `documents`")),
        );
    }
    findings
}

/// The name of a file without its ending.
fn stem_of(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn unread(case: &DocumentsCase<'_, '_>, document: &UnreadDocument) -> Finding {
    let (reason, entry) = (&document.reason.diagnostic, &document.entry.value);
    case.finding(&LINT, &reason.title, [entry, &*document.state[0], &document.state[1]])
        .about(document.entry.value.as_str())
        .label(document.entry.span, "not read: what it promises is not known")
        .notes(&reason.notes)
        .helps(reason.helps.iter().cloned())
        .helps(reason.helps.is_empty().then_some("paths are relative to the file that names them"))
}

/// What of a document could not be read.
fn parts(case: &DocumentsCase<'_, '_>, document: &ContractDocument) -> Option<Finding> {
    let read = &document.document;
    let is_empty = read.blocks.is_empty();
    // A logo is no part of what is promised; where there is nothing else, a page was scanned.
    let pictures = if is_empty { read.unread.pictures } else { 0 };
    let what = Unreadable { pictures, ..read.unread }.words();
    let title = match (&what, is_empty) {
        (Some(parts), _) => format!("{parts} in {} could not be read", read.name),
        (None, true) => format!("there is no text in {}", read.name),
        (None, false) => return None,
    };
    let finding = case
        .finding(&LINT, title, [&*document.entry.value, what.as_deref().unwrap_or_default(), &read.hash])
        .about(document.entry.value.as_str())
        .label(document.entry.span, "not read in full: what else it promises is not known")
        .help("put what they say into the text, or name a document that has it as text");
    Some(finding)
}

/// Which of its sentences are too much to be judged.
fn sentences(case: &DocumentsCase<'_, '_>, document: &ContractDocument) -> Option<Finding> {
    let names = case.context.names.features(case.context.roadmap);
    let mut unjudged = document.statements.iter().filter_map(|it| Some((it, unjudged(it, names)?)));
    let (first, why) = unjudged.next()?;
    let others: Vec<&Statement> = unjudged.map(|(statement, _)| statement).collect();
    let place = document.place_in_words(first);
    let title = format!("a sentence in {place} was not read: {why}");
    let said = [first].into_iter().chain(others.iter().copied()).map(|it| it.text.as_str());
    let finding = case
        .finding(&LINT, title, [document.entry.value.as_str()].into_iter().chain(said))
        .about(format!("sentences of {}", document.entry.value))
        .label(document.part(first, words::beginning(&first.text)), "what it promises is not known")
        .labels([case.entry(document)])
        .notes((!others.is_empty()).then(|| match others.len() {
            1 => "nor was another one".to_owned(),
            more => format!("nor were {more} others"),
        }))
        .help("read it, and write what it promises in sentences that are shorter");
    Some(finding)
}
