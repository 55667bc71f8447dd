//! What a document says, sentence by sentence, each with what it stands in: a clause, a section, a list, a table.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::document::{BlockKind, Document, DocumentBlock};

use super::legend::AnswerLegend;
use super::pronouns::{brings_pronoun, named_again, pronoun, says_the_same};
use super::sections::{
    ASKS, ColumnRole, SectionKind, ends_recitals, head, is_of_part, is_of_people, is_of_section, led,
    option_mark, section,
};
use super::siblings::{OpenSection, ends_with, is_dotted, sibling, starts_again};
use super::words::{WordToken, is_quoted_head, phrases, says, sentences, tokens};

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

/// Questions that are answered with yes in the same breath, with the answer: "SSO? Yes, that is in."
pub(crate) const ASKED_AND_ANSWERED: &[&str] = &[
    "? yes", "? a : yes", "? answer : yes", "? response : yes", "? included", "? confirmed", "? absolutely",
    "? of course", "? certainly", "? no problem", "? sure", "? agreed", "? covered", "? done", "? supported",
];

/// Sentences, of which one that asks and is answered with yes is one with its answer.
fn answered(mut parts: Vec<Range<usize>>, text: &str) -> Vec<Range<usize>> {
    for at in (1..parts.len()).rev() {
        let both = parts[at - 1].start..parts[at].end;
        if text[parts[at - 1].clone()].ends_with('?')
            && says(&tokens(&text[both.clone()]), ASKED_AND_ANSWERED)
        {
            parts.splice(at - 1..=at, [both]);
        }
    }
    parts
}

/// Whether a text answers with yes, and says no more: "A: Yes, certainly."
fn is_plain_yes(text: &str) -> bool {
    const YES: &[&str] = &["yes", "certainly", "of course", "absolutely", "confirmed", "definitely"];
    /// The most words of such an answer.
    const LONGEST: usize = 6;
    let label = ["A: ", "A. ", "Answer: "].iter().find_map(|label| text.strip_prefix(label));
    let text = label.unwrap_or(text);
    let first = sentences(text).into_iter().next().map_or("", |first| &text[first]);
    let is_short = first.split_whitespace().nth(LONGEST).is_none();
    is_short && phrases(YES).at(&tokens(first), 0).is_some()
}

/// A requirement with the line that answers it, as a row would have them: "R1 Seat maps … Answer: fulfilled."
fn answer_line(
    block: &DocumentBlock,
    parts: &[Range<usize>],
    next: Option<&DocumentBlock>,
) -> Option<Vec<(ColumnRole, String)>> {
    const LABELS: [&str; 5] = ["Answer: ", "Response: ", "Reply: ", "Vendor response: ", "Our answer: "];
    let labelled =
        |text: &str| LABELS.iter().find(|label| text.starts_with(**label)).map(|label| label.len());
    let text = &*block.text;
    // "Q: Will the Audit log be there by March 2027?", "A: Yes, certainly."
    if let ([_], Some(next)) = (parts, next)
        && text.ends_with('?')
        && !matches!(next.kind, BlockKind::Row(_))
        && is_plain_yes(&next.text)
    {
        return Some(vec![
            (ColumnRole::Deliverable, text.to_owned()),
            (ColumnRole::Answer, "yes".to_owned()),
        ]);
    }
    let within = parts.iter().skip(1).find_map(|part| Some(part.start + labelled(&text[part.clone()])?));
    let (asked, answer) = match within {
        Some(answer) => text.split_at(answer),
        None => {
            let next =
                next.filter(|next| labelled(text).is_none() && !matches!(next.kind, BlockKind::Row(_)))?;
            (text, &next.text[labelled(&next.text)?..])
        }
    };
    Some(vec![
        (ColumnRole::Deliverable, asked.trim_end().to_owned()),
        (ColumnRole::Answer, answer.to_owned()),
    ])
}

/// Whether an item follows a block that stands in it.
fn goes_on(block: &DocumentBlock, next: Option<&DocumentBlock>) -> bool {
    match (&block.kind, next.map(|next| &next.kind)) {
        (BlockKind::Item(own), Some(BlockKind::Item(depth))) if depth > own => true,
        // "1. Ordered services", above a list that is numbered from the start.
        (BlockKind::Item(own), Some(BlockKind::Item(depth))) => {
            let starts = next.is_some_and(|next| starts_again(&block.clause, &next.clause));
            depth == own && starts && is_of_section(&block.text)
        }
        // "3. Scope of services", above a paragraph.
        (BlockKind::Item(0), Some(BlockKind::Paragraph | BlockKind::Row(_))) => is_of_section(&block.text),
        _ => false,
    }
}

/// Whether a line is no sentence, and stands alone above others: what they are about.
fn stands_alone(block: &DocumentBlock, before: Option<&DocumentBlock>, next: Option<&DocumentBlock>) -> bool {
    /// The fewest letters of what it stands above, if that is no item and no row.
    const SHORTEST: usize = 40;
    let is_led = before.is_some_and(|before| before.text.ends_with([':', ',', '—', '–']));
    let is_above = next.is_some_and(|next| match next.kind {
        BlockKind::Heading(_) => false,
        BlockKind::Item(_) | BlockKind::Row(_) => true,
        _ => next.text.len() >= SHORTEST,
    });
    block.kind == BlockKind::Paragraph && !is_led && is_above && is_bare_title(&block.text)
}

/// Whether the items that follow a block go on with its last sentence.
fn leads_on(block: &DocumentBlock, next: Option<&DocumentBlock>) -> bool {
    let depth = match next.map(|next| &next.kind) {
        Some(BlockKind::Item(depth)) => depth,
        Some(BlockKind::Row(_)) => {
            return (block.text.ends_with(':') || announces(&block.text)) && !is_quoted_head(&block.text);
        }
        _ => return false,
    };
    let is_deeper = match block.kind {
        BlockKind::Item(own) => *depth > own,
        _ => true,
    };
    is_deeper
        && !is_quoted_head(&block.text)
        && (block.text.ends_with([':', '—', '–'])
            || ends_open(&block.text)
            || announces(&block.text)
            // "Vendor undertakes vis-à-vis Acme", "to release the Audit log".
            || next.is_some_and(|next| next.text.starts_with("to ")) && !block.text.ends_with(['.', ';', ',']))
}

/// Whether the last sentence of a text announces a list: "The System shall have the functions of the following items."
fn announces(text: &str) -> bool {
    const LIST: &[&str] = &["the following", "as follow", "listed below", "described below", "set out below"];
    text.ends_with('.')
        && sentences(text).last().is_some_and(|last| {
            let last = &text[last.clone()];
            (last.contains("follow") || last.contains("below")) && says(&tokens(last), LIST)
        })
}

/// Whether a text ends within a sentence: "Vendor shall". A name, a number and a bracket end more than that.
fn ends_open(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.starts_with(char::is_lowercase) && last.ends_with(char::is_alphabetic)
}

/// A list within a sentence, `Vendor shall: (a) …; (b) …`: the words before it, and its items.
fn inline_items(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let marker = |label: &str| text.find(&format!("({label}) "));
    let labels = [
        ["a", "b", "c", "d", "e", "f", "g", "h"],
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
    ];
    labels.iter().find_map(|labels| {
        let mut starts = Vec::new();
        for label in labels {
            match marker(label) {
                Some(at) if starts.last().is_none_or(|before| at > *before) => starts.push(at),
                _ => break,
            }
        }
        if starts.len() < 2 {
            return None;
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let item = |(start, end): (&usize, usize)| {
            let part = text[*start..end].trim_end();
            *start..*start + part.len()
        };
        let lead = text[..starts[0]].trim_end_matches([':', ' ']).len();
        Some((0..lead, starts.iter().zip(ends).map(item).collect()))
    })
}

/// Whether the first sentence of a clause is its title: "2.3 Acceptance of Deliverables. Vendor shall …".
fn is_title(text: &str) -> bool {
    /// The most words of a title.
    const LONGEST: usize = 9;
    // Most sentences are longer: a quick look spares taking them apart.
    if !text.ends_with(['.', ':']) || text.split_whitespace().nth(2 * LONGEST).is_some() {
        return false;
    }
    let words = tokens(text);
    let is_small = |word: &&WordToken| word.place.len() <= 4 || !word.is_word();
    let (small, large): (Vec<_>, Vec<_>) = words.iter().partition(is_small);
    small.len() + large.len() <= LONGEST + 1
        && words.iter().any(|word| word.is_capital)
        && large.iter().all(|word| word.is_capital)
        && !small.iter().any(|word| ["will", "must", "may", "can", "is", "are", "has"].contains(&&*word.stem))
        && !words.iter().any(|word| word.stem.starts_with(|first: char| first.is_ascii_digit()))
        && !words.iter().any(|word| word.stem == "shall")
}

/// Whether a clause in which others stand is no sentence, but what they are about: "Subject matter of the contract".
fn is_bare_title(text: &str) -> bool {
    /// The most words of one.
    const LONGEST: usize = 9;
    /// What a sentence has that its items go on with: "Vendor shall".
    const VERBS: &[&str] = &[
        "shall", "will", "must", "may", "can", "is", "are", "has", "have", "include", "provide", "agree",
        "to", "undertake", "commit", "guarantee", "warrant",
    ];
    text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ':', ';', ',', '?', '!', '-', '–', '—'])
        && text.split_whitespace().nth(LONGEST).is_none()
        && !says(&tokens(text), VERBS)
}

/// Whether a clause is a title that asks what stands below it: "What will be delivered and when".
fn is_asked_title(text: &str) -> bool {
    const ASKS: [&str; 5] = ["What ", "How ", "Where ", "Who ", "Why "];
    ASKS.iter().any(|asks| text.starts_with(asks)) && !text.ends_with(['.', ':', ';', ','])
}

/// Whether a heading obliges somebody: "Vendor shall provide the Audit log by 31 March 2027."
fn is_promise(text: &str) -> bool {
    /// The most words of a mere title.
    const SHORT: usize = 4;
    const OBLIGES: &[&str] = &["shall", "will", "must", "undertake to", "agree to", "commit to"];
    !text.ends_with('?')
        && text.split_whitespace().nth(SHORT).is_some()
        && phrases(OBLIGES).find(&tokens(text)).is_some_and(|modal| modal.start > 0)
}
