//! What a document says, sentence by sentence, each with what it stands in: a clause, a section, a list, a table.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::document::{BlockKind, Document};

use super::answers::{answer_line, answered};
use super::leads::{goes_on, inline_items, leads_on};
use super::legend::AnswerLegend;
use super::pronouns::{brings_pronoun, named_again, pronoun, says_the_same};
use super::sections::{
    ASKS, ColumnRole, SectionKind, ends_recitals, head, is_of_part, is_of_people, is_of_section, led,
    option_mark, section,
};
use super::siblings::{OpenSection, ends_with, is_dotted, sibling};
use super::titles::{is_asked_title, is_bare_title, is_promise, is_title, stands_alone};
use super::words::{says, sentences, tokens};

/// A sentence, an item of a list, or a row.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// The number of its clause.
    pub(crate) clause: String,
    /// The block that it stands in, by its number in the document, and where in it.
    pub(crate) block: usize,
    pub(crate) place: Range<usize>,
    /// Its words, as they stand there.
    pub(crate) text: String,
    /// The words that it goes on with: `Vendor shall:`.
    pub(crate) lead: String,
    pub(crate) section: SectionKind,
    pub(crate) form: Form,
    /// Whether the title of its document, or its heading, says that each sentence is a requirement.
    pub(crate) is_titled: bool,
    /// Whether it stands in a numbered clause, `2.3`, and in no list.
    pub(crate) is_clause: bool,
    /// The footnotes of what it stands in.
    pub(crate) notes: Vec<String>,
    /// The sentence that says what a pronoun at its beginning stands for.
    pub(crate) about: Option<Arc<Statement>>,
    /// The words that its document defines as what people write or do, which are no features there.
    pub(super) defined: Arc<[String]>,
}

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A heading, which promises nothing.
    Heading,
    /// A sentence.
    Sentence,
    /// An item of a list, a sentence or not.
    Item,
    /// The row of a table that says what its columns are.
    Head,
    /// A row, with what is in which column.
    Row(Vec<(ColumnRole, String)>),
}

/// The longest statement that is judged, in bytes: what features and verbs stand in it is held against each other.
pub(crate) const LONGEST_STATEMENT: usize = 32 << 10;

/// The longest words that items go on with, in bytes.
const LONGEST_LEAD: usize = 1000;

/// The level of the title of a clause that stands in none.
const TITLES: u8 = 20;

/// The most statements of a document: some thousand pages.
const MOST: usize = 25_000;

/// The most text of a document, in bytes: as much.
const MOST_BYTES: usize = 8 << 20;

impl Statement {
    /// Whether it is no heading, and not too long to be judged.
    pub(crate) fn is_judged(&self) -> bool {
        !matches!(self.form, Form::Heading | Form::Head) && !self.is_too_long()
    }

    /// Whether it is too long to be judged.
    pub(crate) fn is_too_long(&self) -> bool {
        self.lead.len() + self.text.len() >= LONGEST_STATEMENT
    }

    /// The sentences of what a requirement quotes: each of them asks for something.
    pub(crate) fn of_requirement(text: &str) -> Vec<Self> {
        let sentence = |place: Range<usize>| Self {
            clause: String::new(),
            block: 0,
            text: text[place.clone()].to_owned(),
            place,
            lead: String::new(),
            section: SectionKind::Scope,
            form: Form::Item,
            is_titled: false,
            is_clause: false,
            notes: Vec::new(),
            about: None,
            defined: Arc::default(),
        };
        sentences(text).into_iter().map(sentence).collect()
    }

    /// How many of its words are a pronoun for what the sentence before it is about; 0 for none.
    pub(super) fn pronoun(&self) -> usize {
        match self.about.as_deref() {
            Some(about) => pronoun(&self.text).max(named_again(&self.text, &about.text)),
            None => 0,
        }
    }

    /// Its words, behind those that it goes on with.
    pub(crate) fn whole(&self) -> Cow<'_, str> {
        match self.lead.as_str() {
            "" => Cow::Borrowed(&self.text),
            lead => Cow::Owned(format!("{lead} {}", self.text)),
        }
    }
}

/// Takes a document apart. `defined` are the words that it defines as what people write or do.
pub(crate) fn statements(document: &Document, defined: &Arc<[String]>) -> Result<Vec<Statement>, Problem> {
    let too_much = |what: String| {
        Problem::in_file(&document.name, format!("{} has more than {what}", document.name))
            .help("split it, or leave out what is no part of the contract")
    };
    let bytes: usize = document.blocks.iter().map(|block| block.text.len()).sum();
    if bytes > MOST_BYTES {
        return Err(too_much(format!("{} MiB of text", MOST_BYTES >> 20)));
    }
    let legend = AnswerLegend::find(&document.blocks);
    let mut all = Vec::new();
    let mut sections: Vec<OpenSection> = Vec::new();
    let (mut is_titled, mut asks) = (false, false);
    // How deep the item stands that each is of, its clause, and its words.
    let mut leads: Vec<(Option<u8>, &str, String)> = Vec::new();
    let mut heads: HashMap<usize, Vec<ColumnRole>> = HashMap::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if all.len() > MOST {
            return Err(too_much(format!("{MOST} sentences")));
        }
        // "Section 3 Scope of services" is none of "Section 1 Definitions", though it is written smaller.
        let sibling = sibling(&mut sections, block);
        let level_of_sibling = sibling.map(|sibling| sections[sibling].level);
        sections.truncate(sibling.unwrap_or(sections.len()));
        let mut parts = answered(sentences(&block.text), &block.text);
        let is_item = matches!(block.kind, BlockKind::Item(_));
        // What has no number of its own has that of the clause above it.
        let is_clause = is_item
            && is_dotted(&block.clause)
            && at.checked_sub(1).is_none_or(|before| document.blocks[before].clause != block.clause);
        let mut title = parts.first().cloned().filter(|title| {
            let text = &block.text[title.clone()];
            is_item && (is_title(text) || parts.len() == 1 && (is_bare_title(text) || is_asked_title(text)))
        });
        match (&title, &parts[..]) {
            (Some(_), [_]) if level_of_sibling.is_none() && !goes_on(block, document.blocks.get(at + 1)) => {
                title = None;
            }
            // In a list, a title and what follows it are one item.
            (Some(first), [_, second, ..]) if !is_clause => {
                let whole = first.start..second.end;
                parts.splice(..2, [whole]);
                title = None;
            }
            _ => {}
        }
        let before = at.checked_sub(1).map(|before| &document.blocks[before]);
        let beside = sections.last().map(|open| (open.kind, open.level, open.clause.is_empty()));
        let stands_alone = stands_alone(block, before, document.blocks.get(at + 1))
            && (is_of_section(&block.text) || beside.is_some_and(|(kind, ..)| kind == SectionKind::Excluded));
        let mut open = |level: u8, title: &str| {
            // Behind the recitals, which have no number, the clauses are counted.
            let is_end = |open: &OpenSection| open.kind == SectionKind::Recitals && open.clause.is_empty();
            if let Some(recitals) = sections.iter().position(is_end).filter(|_| !block.clause.is_empty()) {
                sections.truncate(recitals);
            }
            while sections.last().is_some_and(|open| open.level >= level) {
                sections.pop();
            }
            let above = sections.last().map_or(SectionKind::Plain, |open| open.kind);
            let kind = section(title, level, above);
            let depth = match block.kind {
                BlockKind::Item(depth) => depth,
                BlockKind::Heading(level) => level.saturating_sub(1),
                _ => 0,
            };
            sections.push(OpenSection::new(level, kind, &block.clause, depth));
            asks = says(&tokens(title), ASKS) || asks && kind == above;
        };
        match (&block.kind, &title) {
            (BlockKind::Heading(level), _) => {
                // "Definitions" is no title of a document, but of its first part.
                let level = if *level == 0 && is_of_part(&block.text) { 1 } else { *level };
                open(level, &block.text);
                leads.clear();
            }
            // A line of its own that is called as sections are: it ends the one before it that is written as it is.
            (BlockKind::Paragraph, _) if stands_alone => {
                let level = beside.filter(|(_, level, is_bare)| *is_bare && *level > 0);
                open(level.map_or(TITLES - 1, |(_, level, _)| level), &block.text);
                title = parts.first().cloned();
            }
            (BlockKind::Item(depth), Some(title)) => {
                let level = level_of_sibling.unwrap_or_else(|| TITLES.saturating_add(*depth));
                open(level, &block.text[title.clone()]);
            }
            // A clause without a title is in none of the clause before it.
            (BlockKind::Item(depth), None) => {
                let level = TITLES.saturating_add(*depth);
                while sections
                    .last()
                    .is_some_and(|open| open.level >= level && !open.lists(&block.clause, *depth))
                {
                    sections.pop();
                }
            }
            _ => {}
        }
        if sections.last().is_some_and(|open| open.kind == SectionKind::Recitals)
            && ends_recitals(&block.text)
        {
            sections.pop();
        }
        let section = sections.last().map_or(SectionKind::Plain, |open| open.kind);
        is_titled |= section == SectionKind::Titled;
        let base = Statement {
            clause: block.clause.clone(),
            block: at,
            place: 0..block.text.len(),
            text: String::new(),
            lead: String::new(),
            section,
            form: Form::Heading,
            is_titled: is_titled || asks,
            is_clause,
            notes: block.notes.clone(),
            about: None,
            defined: Arc::clone(defined),
        };
        match &block.kind {
            BlockKind::Heading(_) => {
                for part in parts {
                    let text = &block.text[part.clone()];
                    // What promises is no title, however large it is written.
                    let form = if is_promise(text) { Form::Sentence } else { Form::Heading };
                    all.push(Statement { text: text.to_owned(), place: part, form, ..base.clone() });
                }
            }
            BlockKind::Row(row) => {
                let known = heads.get(&row.table);
                let head = if known.is_none() { head(&row.cells) } else { None };
                let form = match (known, head) {
                    (None, Some(columns)) => {
                        heads.insert(row.table, columns);
                        Form::Head
                    }
                    (known, _) => {
                        let column = |at: usize| known.and_then(|known| known.get(at)).cloned();
                        let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
                        let cells = cells.map(|(at, cell)| {
                            let column = column(at).unwrap_or(ColumnRole::Other(String::new()));
                            // A column of letters answers, whatever it is called: "C/P/N".
                            let is_answer = column == ColumnRole::Answer
                                || matches!(column, ColumnRole::Other(_))
                                    && known.is_some_and(|known| !known.contains(&ColumnRole::Answer));
                            let word = legend.answer(cell).filter(|_| is_answer);
                            let column = if word.is_some() { ColumnRole::Answer } else { column };
                            (column, word.map_or_else(|| cell.clone(), str::to_owned))
                        });
                        Form::Row(cells.collect())
                    }
                };
                // "The product has the following functions:", above a table.
                let goes_on = before.is_some_and(|before| match &before.kind {
                    BlockKind::Row(other) => other.table == row.table,
                    _ => leads_on(before, Some(block)),
                });
                if !goes_on {
                    leads.clear();
                }
                let lead = leads.last().map(|(.., lead)| lead.clone()).unwrap_or_default();
                // "Scope", above "Deliverable | Date": what is delivered. "Scope", above "Covered | Excess": what is insured.
                let section = match heads.get(&row.table) {
                    Some(columns) if is_of_people(columns) => SectionKind::Excluded,
                    Some(columns)
                        if section == SectionKind::Scope && columns.contains(&ColumnRole::Deliverable) =>
                    {
                        SectionKind::Requirements
                    }
                    _ => section,
                };
                all.push(Statement { text: block.text.clone(), lead, form, section, ..base });
            }
            BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Note => {
                let depth = match block.kind {
                    BlockKind::Item(depth) => Some(depth),
                    _ => None,
                };
                match depth {
                    Some(depth) => leads.retain(|(of, clause, _)| match of {
                        Some(of) => *of < depth,
                        None => !ends_with(clause, block, before),
                    }),
                    None => leads.clear(),
                }
                let lead = leads.iter().map(|(.., lead)| lead.as_str()).collect::<Vec<_>>().join(" ");
                let lead = if lead.len() > LONGEST_LEAD { String::new() } else { lead };
                let form = if depth.is_some() { Form::Item } else { Form::Sentence };
                let section = leads.last().and_then(|(.., lead)| led(lead)).unwrap_or(section);
                let base = Statement { lead: lead.clone(), form, section, ..base };
                if let Some(cells) = answer_line(block, &parts, document.blocks.get(at + 1)) {
                    all.push(Statement { text: block.text.clone(), form: Form::Row(cells), ..base });
                    continue;
                }
                let opens = leads_on(block, document.blocks.get(at + 1));
                let last = parts.len().saturating_sub(1);
                for (number, part) in parts.into_iter().enumerate() {
                    let text = &block.text[part.clone()];
                    let said = Statement { text: text.to_owned(), place: part.clone(), ..base.clone() };
                    if title.as_ref() == Some(&part) {
                        all.push(Statement { form: Form::Heading, ..said });
                        continue;
                    }
                    if opens && number == last && text.len() <= LONGEST_LEAD {
                        let lead = text.trim_end_matches([':', '-', '–', '—', ' ', '.']).to_owned();
                        leads.push((depth, &block.clause, lead));
                    }
                    match inline_items(text) {
                        Some((lead_in, items)) if lead_in.len() <= LONGEST_LEAD => {
                            let lead = [lead.as_str(), &text[lead_in]].join(" ").trim().to_owned();
                            let item = |item: Range<usize>| Statement {
                                text: text[item.clone()].to_owned(),
                                place: part.start + item.start..part.start + item.end,
                                lead: lead.clone(),
                                form: Form::Item,
                                ..base.clone()
                            };
                            all.extend(items.into_iter().map(item));
                        }
                        _ => all.push(said),
                    }
                }
            }
        }
    }
    // "2.7 (O) Audit log": an option, by what the document says of the letter.
    if let Some(mark) = option_mark(document.blocks.iter().map(|block| &*block.text)) {
        let marks = [format!("({mark})"), mark.to_string()];
        for statement in &mut all {
            let is_marked = match &statement.form {
                Form::Row(cells) => cells
                    .iter()
                    .any(|(column, cell)| matches!(column, ColumnRole::Other(_)) && marks.contains(cell)),
                // A mark that stands first is read as the number of a clause, which what follows has as well.
                _ => {
                    let before = statement.block.checked_sub(1).map(|before| &document.blocks[before]);
                    let is_own = before.is_none_or(|before| before.clause != statement.clause);
                    statement.text.starts_with(&marks[0])
                        || statement.text.trim_end_matches('.').ends_with(&marks[0])
                        || is_own && statement.form == Form::Item && statement.clause.ends_with(&marks[0])
                }
            };
            if is_marked {
                statement.section = SectionKind::Excluded;
            }
        }
    }
    tie(&mut all);
    Ok(all)
}

/// Ties sentences that begin with a pronoun to the sentence before them, or to what that one is about.
fn tie(statements: &mut [Statement]) {
    for at in 1..statements.len() {
        let (before, rest) = statements.split_at_mut(at);
        let (before, this) = (&before[at - 1], &mut rest[0]);
        let is_prose = |it: &Statement| matches!(it.form, Form::Sentence | Form::Item);
        if !is_prose(this) || !is_prose(before) || before.text.len() > LONGEST_LEAD {
            continue;
        }
        // What is brought is what a sentence before is about: "It is in beta. We'll have it live by June. It will also …".
        let is_brought = before.about.is_some() && brings_pronoun(&before.text);
        if named_again(&this.text, &before.text) > 0 {
            this.about = Some(Arc::new(before.clone()));
        } else if pronoun(&this.text) > 0 || this.text.starts_with("It also ") {
            let about = before.about.clone().filter(|_| !is_brought);
            this.about = about.or_else(|| Some(Arc::new(before.clone())));
        } else if brings_pronoun(&this.text) || says_the_same(&this.text) {
            this.about = before.about.clone().or_else(|| Some(Arc::new(before.clone())));
        }
    }
}
