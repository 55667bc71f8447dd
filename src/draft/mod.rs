//! A contract file from the documents that people really have.
//!
//! Three gates decide together what is a promise: a feature is named (`names`), in the words of a promise, and in none
//! that are no promise (`rules`). What is certain becomes a field; what is not stands in a comment beside it; and every
//! statement of the document is accounted for.

mod coverage;
mod dates;
mod facts;
mod limits;
mod names;
mod parties;
mod rules;
mod ruling;
mod statement;
mod words;
mod write;

use std::ops::Range;

use crate::document::Document;
use crate::model::calendar::Calendar;
use crate::model::roadmap::Roadmap;
use crate::text::{and_list, brief};

use dates::{DateRole, NamedDate, dates};
use facts::Facts;
use limits::{LevelNeed, ScopeLimit, needs, scope, unread_numbers};
use names::{FeatureNames, Mention};
use parties::Parties;
use rules::{Rule, Ruling};
use ruling::RuledStatement;
use statement::{ColumnRole, Form, SectionKind, Statement, statements};
use words::{says, tokens};

pub(crate) use coverage::table as coverage_table;
pub use rules::rules_table;
pub(crate) use write::DraftFormat;
pub(crate) use write::scalar as yaml_text;
pub(crate) use write::write;

/// A contract that was drafted from documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftedContract {
    /// What holds for the whole contract.
    pub(crate) fields: Vec<DraftLine>,
    /// The promises, in the order of the documents.
    pub(crate) requirements: Vec<Vec<DraftLine>>,
    /// What became of each statement.
    pub(crate) coverage: Vec<CoveredStatement>,
    /// What no reader could read, in words.
    pub(crate) unread: Vec<String>,
}

/// A key with its value, or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DraftLine {
    Field(&'static str, DraftValue),
    Comment(String),
}

/// A value of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DraftValue {
    Text(String),
    List(Vec<String>),
    Table(Vec<(String, DraftValue)>),
}

/// A statement, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CoveredStatement {
    /// The document, where there are several.
    pub(crate) document: String,
    pub(crate) clause: String,
    pub(crate) text: String,
    /// The requirements that it became; else why it became none.
    pub(crate) taken: Result<Vec<String>, String>,
}

/// Drafts a contract.
pub(crate) fn draft(
    documents: &[Document],
    paths: &[String],
    roadmap: &Roadmap,
    calendar: &Calendar,
) -> DraftedContract {
    let product = roadmap.product.as_ref().map(|product| product.value.as_str());
    let blocks = documents.iter().flat_map(|document| &document.blocks);
    let parties = Parties::find(blocks.map(|block| block.text.as_str()), product);
    let said: Vec<Vec<Statement>> = documents.iter().map(statements).collect();
    let facts = Facts::find(&said.concat(), documents, &parties, roadmap, calendar);
    let mut drafter = Drafter {
        roadmap,
        calendar,
        names: FeatureNames::new(roadmap),
        parties: &parties,
        facts: &facts,
        draft: DraftedContract { fields: facts.fields(&parties, paths), ..DraftedContract::default() },
    };
    for (document, said) in documents.iter().zip(&said) {
        let name = if documents.len() > 1 { document.name.as_str() } else { "" };
        said.iter().for_each(|statement| drafter.take(name, statement));
        drafter.draft.unread.extend(unread(document));
    }
    drafter.draft
}

/// What a document holds that could not be read.
fn unread(document: &Document) -> Option<String> {
    let found = document.unread;
    let kinds =
        [(found.pictures, "picture"), (found.objects, "embedded object"), (found.text_boxes, "text box")];
    let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = kinds
        .map(|(number, what)| match (number, what) {
            (1, what) => format!("1 {what}"),
            (number, "text box") => format!("{number} text boxes"),
            (number, what) => format!("{number} {what}s"),
        })
        .collect();
    (!words.is_empty()).then(|| format!("{} in {} could not be read", and_list(&words), document.name))
}

struct Drafter<'a> {
    roadmap: &'a Roadmap,
    calendar: &'a Calendar,
    names: FeatureNames,
    parties: &'a Parties,
    facts: &'a Facts,
    draft: DraftedContract,
}

/// Words of obligations that need no feature.
const SERVICES: [&str; 16] = [
    "training",
    "workshop",
    "report",
    "contact",
    "documentation",
    "migration",
    "consulting",
    "onboarding",
    "support",
    "kick off",
    "meeting",
    "manual",
    "review",
    "coaching",
    "installation",
    "project management",
];

impl Drafter<'_> {
    /// Takes a statement, or says why not.
    fn take(&mut self, document: &str, statement: &Statement) {
        let taken = match statement.form {
            Form::Heading => Err("a heading".to_owned()),
            Form::Head => Err("the head of a table".to_owned()),
            _ => match self.facts.reason(statement) {
                Some(reason) => Err(reason),
                None => self.judge(statement),
            },
        };
        let Statement { clause, text, .. } = statement.clone();
        self.draft.coverage.push(CoveredStatement { document: document.to_owned(), clause, text, taken });
    }

    fn judge(&mut self, statement: &Statement) -> Result<Vec<String>, String> {
        let lead_words = tokens(&statement.lead).len();
        let whole = if statement.lead.is_empty() {
            statement.text.clone()
        } else {
            format!("{} {}", statement.lead, statement.text)
        };
        let words = tokens(&whole);
        let listed = matches!(statement.section, SectionKind::Requirements)
            || (matches!(statement.form, Form::Row(_)) && statement.section == SectionKind::Titled);
        let mut mentions = self.names.mentions(&whole, &words);
        mentions.retain(|mention| mention.words.start >= lead_words && (!mention.is_common || listed));
        let places: Vec<Range<usize>> = mentions.iter().map(|mention| mention.words.clone()).collect();
        let matter = RuledStatement::new(statement, &words, self.parties, &places);
        if mentions.is_empty() {
            return self.without_feature(statement, &matter, &whole);
        }
        let mut promised: Vec<(Mention, &'static Rule)> = Vec::new();
        let mut refused = None;
        for mention in mentions {
            match matter.rule(Some(&mention.words)) {
                Some(rule) if rule.ruling != Ruling::None => promised.push((mention, rule)),
                rule => refused = refused.or(rule),
            }
        }
        if promised.is_empty() {
            return Err(refused.map_or("no words of a promise", |rule| rule.name).to_owned());
        }
        let found = dates(&whole, &words, self.facts.events(), self.calendar);
        let mut ids = Vec::new();
        for group in grouped(&promised, &found) {
            ids.push(self.requirement(statement, &matter, &whole, &group, &found));
        }
        Ok(ids)
    }

    /// A row or an item of a section of requirements that names no feature: an obligation of another kind, or one that
    /// nobody has mapped yet.
    fn without_feature(
        &mut self,
        statement: &Statement,
        matter: &RuledStatement<'_>,
        whole: &str,
    ) -> Result<Vec<String>, String> {
        let has_deliverable =
            matter.cell(&ColumnRole::Deliverable).is_some_and(|cell| cell.chars().any(char::is_alphabetic));
        let is_listed = match statement.form {
            Form::Row(_) => {
                has_deliverable
                    && matches!(statement.section, SectionKind::Requirements | SectionKind::Titled)
            }
            Form::Item => statement.section == SectionKind::Requirements && !statement.text.ends_with(':'),
            _ => false,
        };
        let rule = matter.rule(None);
        if !is_listed || !rule.is_some_and(|rule| rule.ruling != Ruling::None) {
            let why =
                rule.filter(|rule| rule.ruling == Ruling::None).map_or("names no feature", |rule| rule.name);
            return Err(why.to_owned());
        }
        let id = self.next_id();
        let mut lines = self.words_of(statement, &id);
        if says(matter.tokens, &SERVICES) {
            lines.push(DraftLine::Field("kind", DraftValue::Text("service".to_owned())));
        } else {
            lines.push(DraftLine::Comment(
                "names no feature of the roadmap: write `feature: …`, or `kind: service`".to_owned(),
            ));
            lines.extend(self.candidates(&statement.text));
        }
        let found = dates(whole, matter.tokens, self.facts.events(), self.calendar);
        lines.extend(self.due(matter, whole, &found, None));
        self.draft.requirements.push(lines);
        Ok(vec![id])
    }

    fn next_id(&self) -> String {
        format!("R{}", self.draft.requirements.len() + 1)
    }

    fn words_of(&self, statement: &Statement, id: &str) -> Vec<DraftLine> {
        let text = |key, value: &str| DraftLine::Field(key, DraftValue::Text(value.to_owned()));
        let mut lines = vec![text("id", id)];
        if !statement.clause.is_empty() {
            lines.push(text("clause", &statement.clause));
        }
        lines.push(text("text", &statement.text));
        lines
    }

    /// Features that a text may mean, with how much of their names it has.
    fn candidates(&self, text: &str) -> Option<DraftLine> {
        let words = tokens(text);
        let near = self.roadmap.candidates(text).into_iter().take(3).map(|feature| {
            let name = tokens(feature.title());
            let there = name.iter().filter(|word| words.iter().any(|other| other.stem == word.stem)).count();
            format!("{} ({there} of {} words)", feature.id.value, name.len())
        });
        let near: Vec<String> = near.collect();
        (!near.is_empty()).then(|| DraftLine::Comment(format!("may be about {}", and_list(&near))))
    }

    fn requirement(
        &mut self,
        statement: &Statement,
        matter: &RuledStatement<'_>,
        whole: &str,
        promised: &[(Mention, &'static Rule)],
        found: &[NamedDate],
    ) -> String {
        let id = self.next_id();
        let mut lines = self.words_of(statement, &id);
        let mut comments = Vec::new();
        let mut features: Vec<usize> = Vec::new();
        for (mention, _) in promised {
            match mention.features[..] {
                [one] if !features.contains(&one) => features.push(one),
                [_] => {}
                _ => {
                    let ids: Vec<&str> = mention.features.iter().map(|at| self.id(*at)).collect();
                    comments.push(format!(
                        "`{}` may be {}",
                        mention_text(whole, matter, mention),
                        and_list(&ids)
                    ));
                }
            }
        }
        let ids: Vec<String> = features.iter().map(|at| self.id(*at).to_owned()).collect();
        match &ids[..] {
            [] => {}
            [one] => lines.push(DraftLine::Field("feature", DraftValue::Text(one.clone()))),
            _ => lines.push(DraftLine::Field("feature", DraftValue::List(ids))),
        }
        lines.extend(self.due(matter, whole, found, Some(promised)));
        let mut taken: Vec<Range<usize>> = found.iter().map(|date| date.words.clone()).collect();
        taken.extend(matter.features.iter().cloned());
        if let [only] = features[..] {
            let feature = &self.roadmap.features[only];
            let limits = scope(whole, matter.tokens, feature, self.roadmap, &taken);
            let (whole_lists, cut): (Vec<_>, Vec<_>) = limits.into_iter().partition(|limit| limit.is_whole);
            if !whole_lists.is_empty() {
                let entry = |limit: ScopeLimit| (limit.dimension, DraftValue::List(limit.values));
                let table = whole_lists.into_iter().map(entry).collect();
                lines.push(DraftLine::Field("for", DraftValue::Table(table)));
            }
            comments.extend(cut.into_iter().map(|ScopeLimit { dimension, values, .. }| {
                format!(
                    "names {} and more that the roadmap does not have as {dimension}: say what it is for",
                    and_list(&values)
                )
            }));
            let mut sure = Vec::new();
            for (need, words) in needs(whole, matter.tokens, feature, &taken) {
                taken.push(words);
                match need {
                    LevelNeed::Sure(name, bound) if !sure.iter().any(|(known, _)| *known == name) => {
                        sure.push((name, DraftValue::Text(bound)));
                    }
                    LevelNeed::Sure(name, bound) => comments.push(format!("also says {name}: {bound}")),
                    LevelNeed::Unsure(names, bound) => {
                        comments.push(format!("may need {}: {bound}", and_list(&names)));
                    }
                }
            }
            if !sure.is_empty() {
                lines.push(DraftLine::Field("needs", DraftValue::Table(sure)));
            }
        }
        if says(
            matter.tokens,
            &[
                "beta of",
                "beta version",
                "as a beta",
                "in beta",
                "beta release",
                "a preview of",
                "beta access",
            ],
        ) {
            lines.push(DraftLine::Field("accept", DraftValue::Text("beta".to_owned())));
        }
        if promised.iter().any(|(_, rule)| rule.ruling == Ruling::PromiseToKeep) {
            comments.push("holds until the contract ends".to_owned());
        }
        let unread = unread_numbers(whole, matter.tokens, &taken);
        comments.extend(unread.map(|words| format!("says `{words}`, which stands in no field")));
        if let Some(condition) = matter.condition() {
            comments.push(format!("conditional: says `{condition}`"));
        }
        if matter.is_efforts() {
            comments.push("promises efforts only".to_owned());
        }
        lines.extend(comments.into_iter().map(DraftLine::Comment));
        self.draft.requirements.push(lines);
        id
    }

    fn id(&self, feature: usize) -> &str {
        &self.roadmap.features[feature].id.value
    }

    /// The deadline, where it is certain which one it is; else what it may be.
    fn due(
        &self,
        matter: &RuledStatement<'_>,
        whole: &str,
        found: &[NamedDate],
        group: Option<&[(Mention, &'static Rule)]>,
    ) -> Vec<DraftLine> {
        let due = |date: &NamedDate| match date.waits_for {
            None => DraftLine::Field("due", DraftValue::Text(date.written.clone())),
            Some(event) => DraftLine::Comment(format!("due: {} (give `{event}` a day first)", date.written)),
        };
        if let Some(cell) = matter.cell(&ColumnRole::Deadline) {
            return match dates::whole(cell, self.facts.events(), self.calendar) {
                Some(date) => vec![due(&date)],
                None => {
                    vec![DraftLine::Comment(format!("due: `{}` is no day that can be read", brief(cell, 60)))]
                }
            };
        }
        if group.is_some_and(|group| group.iter().any(|(_, rule)| rule.ruling == Ruling::PromiseToKeep)) {
            return Vec::new();
        }
        let signing = self.facts.signing();
        let from_start = |date: &&NamedDate| {
            date.role == DateRole::From
                && (date.written == "signing" || signing.is_some_and(|day| day.contains(date.window)))
        };
        // What is there from the first day has no other deadline.
        if found.iter().any(|date| from_start(&date))
            && !found.iter().any(|date| date.role == DateRole::Deadline)
        {
            return Vec::new();
        }
        let roles = [DateRole::Deadline, DateRole::From];
        let mut meant: Vec<&NamedDate> = found.iter().filter(|date| roles.contains(&date.role)).collect();
        if let [first, second, ..] = meant[..]
            && first.role != second.role
        {
            meant.retain(|date| date.role == DateRole::Deadline);
        }
        // Of several, that which stands behind the feature and before the next one.
        if meant.len() > 1
            && let Some(last) = group.and_then(|group| group.last())
        {
            let next =
                matter.features.iter().map(|place| place.start).find(|start| *start >= last.0.words.end);
            let own = |date: &&&NamedDate| {
                date.words.start >= last.0.words.end && next.is_none_or(|next| date.words.start < next)
            };
            let own: Vec<&NamedDate> = meant.iter().filter(own).copied().collect();
            if own.len() == 1 {
                meant = own;
            }
        }
        // A second deadline that could not be read may be the earlier one.
        let is_read = |at: usize| found.iter().any(|date| date.words.contains(&at));
        let has_another = (1..matter.tokens.len()).any(|at| {
            let is_number = matter.tokens[at].stem.starts_with(|first: char| first.is_ascii_digit());
            is_number && matter.tokens[at - 1].stem == "within" && !is_read(at)
        });
        let mut lines: Vec<DraftLine> = match meta(&meant[..]) {
            Meant::One(date) if has_another => {
                vec![DraftLine::Comment(format!(
                    "due may be `{}`, or another day that it says",
                    date.written
                ))]
            }
            Meant::One(date) => vec![due(date)],
            Meant::None => Vec::new(),
            Meant::Several => {
                let all: Vec<String> = meant.iter().map(|date| format!("`{}`", date.written)).collect();
                vec![DraftLine::Comment(format!("due may be {}", and_list(&all)))]
            }
        };
        if meant.is_empty() && ambiguous(whole).next().is_none() {
            let others = found.iter().filter(|date| date.role != DateRole::Reference);
            lines.extend(others.map(|date| {
                let words = &whole[matter.tokens[date.words.start].place.start
                    ..matter.tokens[date.words.end - 1].place.end];
                DraftLine::Comment(format!("a day that may belong to it: `{words}`"))
            }));
        }
        lines.extend(
            ambiguous(whole)
                .map(|text| DraftLine::Comment(format!("a day that can be read in two ways: `{text}`"))),
        );
        lines
    }
}

enum Meant<'d> {
    None,
    One(&'d NamedDate),
    Several,
}

fn meta<'d>(dates: &[&'d NamedDate]) -> Meant<'d> {
    match dates {
        [] => Meant::None,
        [one] => Meant::One(one),
        [first, rest @ ..] if rest.iter().all(|date| date.window == first.window) => Meant::One(first),
        _ => Meant::Several,
    }
}

/// A day in numbers whose order depends on who reads it.
fn ambiguous(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(|mark: char| !mark.is_ascii_digit())).filter(
        |word| {
            let parts: Vec<&str> = word.split(['/', '.']).collect();
            parts.len() == 3
                && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        },
    )
}

fn mention_text<'w>(whole: &'w str, matter: &RuledStatement<'_>, mention: &Mention) -> &'w str {
    let (first, last) = (&matter.tokens[mention.words.start], &matter.tokens[mention.words.end - 1]);
    whole.get(first.place.start..last.place.end).unwrap_or_default()
}

/// Promises of one sentence: one requirement, or one for each feature where each has a day of its own.
fn grouped(promised: &[(Mention, &'static Rule)], found: &[NamedDate]) -> Vec<Vec<(Mention, &'static Rule)>> {
    let deadlines: Vec<usize> =
        found.iter().filter(|date| date.role == DateRole::Deadline).map(|date| date.words.start).collect();
    let alternate = promised.len() > 1
        && deadlines.len() == promised.len()
        && promised.iter().zip(&deadlines).all(|((mention, _), day)| mention.words.end <= *day)
        && promised.iter().skip(1).zip(&deadlines).all(|((mention, _), day)| *day < mention.words.start);
    if alternate { promised.iter().map(|one| vec![one.clone()]).collect() } else { vec![promised.to_vec()] }
}

#[cfg(test)]
mod tests;
