//! The lines of a requirement: fields for what is certain, comments for all else that its sentence says.

use std::ops::Range;

use crate::text::and_list;

use super::context::DraftContext;
use super::due::{DueLines, due};
use super::rest::rest;
use super::{DraftLine, DraftValue};
use crate::prose::conditions::Ruling;
use crate::prose::dates::NamedDate;
use crate::prose::levels::{LevelNeed, needs, stated};
use crate::prose::promise::PromiseGroup;
use crate::prose::ruling::RuledStatement;
use crate::prose::scopes::ScopeLimit;
use crate::prose::sections::ColumnRole;
use crate::prose::statement::Statement;
use crate::prose::words::{phrases, says};

/// Features that are promised together, with the sentence that says so.
pub(super) struct PromisedGroup<'a> {
    pub(super) matter: &'a RuledStatement<'a>,
    /// The dates that it names, those of its conditions aside.
    pub(super) dates: &'a [NamedDate],
    pub(super) conditions: &'a [Range<usize>],
    pub(super) group: &'a PromiseGroup,
    /// Whether there are no others.
    pub(super) is_alone: bool,
}

/// Words for what is no release yet.
const BETA: &[&str] = &[
    "beta of", "beta version of", "beta version", "as a beta", "in beta", "beta release of", "beta release",
    "a preview of", "beta access to", "beta access",
];

/// Words for what is more than a beta.
const GENERALLY: &[&str] =
    &["generally available", "general availability", "ga", "final version", "final release"];

impl Statement {
    /// The fields for its place and its words.
    pub(super) fn lines(&self) -> Vec<DraftLine> {
        let text = |key, value: &str| DraftLine::Field(key, DraftValue::Text(value.to_owned()));
        let clause = (!self.clause.is_empty()).then(|| text("clause", &self.clause));
        clause.into_iter().chain([text("text", &self.text)]).collect()
    }
}

impl DraftContext<'_> {
    /// The lines of a promise.
    pub(super) fn requirement(&self, promised: &PromisedGroup<'_>) -> Vec<DraftLine> {
        let PromisedGroup { matter, group, .. } = *promised;
        let words = |words: &Range<usize>| matter.text(words);
        let mut lines = matter.statement.lines();
        let mut comments = Vec::new();
        let mut features: Vec<usize> = Vec::new();
        for (mention, _) in &group.features {
            match mention.features[..] {
                [one] if !features.contains(&one) => features.push(one),
                [_] => {}
                _ => {
                    let ids: Vec<&str> = mention.features.iter().map(|at| self.id(*at)).collect();
                    comments.push(format!("`{}` may be {}", words(&mention.words), and_list(&ids)));
                }
            }
        }
        let ids: Vec<String> = features.iter().map(|at| self.id(*at).to_owned()).collect();
        match &ids[..] {
            [] => {}
            [one] => lines.push(DraftLine::Field("feature", DraftValue::Text(one.clone()))),
            _ => lines.push(DraftLine::Field("feature", DraftValue::List(ids))),
        }
        let is_choice = group.features.windows(2).any(|pair| {
            matter.tokens[pair[0].0.words.end..pair[1].0.words.start].iter().any(|word| word.stem == "or")
        });
        if is_choice {
            comments.push("says `or` between them: one of them may do".to_owned());
        }
        let DueLines { lines: days, told } = due(self, matter, promised.dates, Some(group));
        lines.extend(days);
        let mut taken = told.clone();
        taken.extend(group.features.iter().map(|(mention, _)| mention.words.clone()));
        if let [only] = features[..] {
            self.limits(promised, only, &mut taken, &mut lines, &mut comments);
        }
        if let Some(beta) = phrases(BETA).find(&matter.tokens) {
            // What follows the beta is promised as well.
            match is_beta_of(promised, &beta) && !group.is_divided && !says(&matter.tokens, GENERALLY) {
                false => comments.push(format!("accept may be beta: `{}`", words(&beta))),
                true => lines.push(DraftLine::Field("accept", DraftValue::Text("beta".to_owned()))),
            }
            taken.push(beta);
        }
        if let Some(efforts) = matter.efforts() {
            match group.is_divided || !is_effort_for(promised, &efforts) {
                true => comments.push(format!("strength may be efforts, of a part: `{}`", words(&efforts))),
                false => lines.push(DraftLine::Field("strength", DraftValue::Text("efforts".to_owned()))),
            }
            taken.push(efforts);
        }
        if group.features.iter().any(|(_, rule)| rule.ruling == Ruling::PromiseToKeep) {
            taken.extend(matter.denials());
            if !lines.iter().any(|line| matches!(line, DraftLine::Field("until", _))) {
                comments.push("holds until the contract ends".to_owned());
            }
        }
        let is_told = |condition: &&Range<usize>| told.iter().any(|told| told.contains(&condition.start));
        let conditions = promised.conditions.iter().filter(|condition| !is_told(condition));
        comments.extend(conditions.map(|condition| format!("conditional: `{}`", words(condition))));
        taken.extend(promised.conditions.iter().cloned());
        taken.extend(matter.frame());
        taken.extend(promised.others());
        let said = rest(&matter.tokens, &taken, self.parties);
        comments.extend(said.iter().map(|said| format!("says `{}`, which stands in no field", words(said))));
        let notes = matter.statement.notes.iter();
        comments.extend(notes.map(|note| format!("has a footnote: `{note}`")));
        lines.extend(comments.into_iter().map(DraftLine::Comment));
        lines
    }

    /// What a single feature is promised for, and the levels that it must reach.
    fn limits(
        &self,
        promised: &PromisedGroup<'_>,
        feature: usize,
        taken: &mut Vec<Range<usize>>,
        lines: &mut Vec<DraftLine>,
        comments: &mut Vec<String>,
    ) {
        let (tokens, whole) = (&promised.matter.tokens, &*promised.matter.whole);
        let feature = &self.roadmap.features[feature];
        let mut closed = taken.clone();
        closed.extend(promised.dates.iter().map(|date| date.words.clone()));
        closed.extend(promised.conditions.iter().cloned());
        closed.extend((!promised.is_alone).then_some(0..promised.group.part.start));
        closed.extend((!promised.is_alone).then_some(promised.group.part.end..tokens.len()));
        let limits = self.scopes.limits(promised.matter, feature, &closed);
        taken.extend(limits.iter().flat_map(|limit| limit.words.iter().cloned()));
        let idle: Vec<Range<usize>> =
            limits.iter().flat_map(|limit| limit.words.clone()).chain(closed.iter().cloned()).collect();
        let is_said_of_it = |limit: &ScopeLimit| {
            let is_own =
                |words: &Range<usize>| promised.matter.is_of_delivery(words, &promised.group.features, &idle);
            limit.words.iter().all(is_own)
                && !(limit.is_whole && self.scopes.names_more(promised.matter, limit, &closed))
        };
        let (limits, doubtful): (Vec<_>, Vec<_>) = limits.into_iter().partition(is_said_of_it);
        comments.extend(doubtful.into_iter().map(|ScopeLimit { dimension, values, .. }| {
            format!("may be for {dimension} {}, and for more: say what it is for", and_list(&values))
        }));
        let (whole_lists, cut): (Vec<_>, Vec<_>) = limits.into_iter().partition(|limit| limit.is_whole);
        if promised.group.is_divided {
            comments.extend(whole_lists.into_iter().map(|ScopeLimit { dimension, values, .. }| {
                format!("may be for {dimension} {}, each with a day or a level of its own", and_list(&values))
            }));
        } else if !whole_lists.is_empty() {
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
        let stated: Vec<_> = stated(feature).collect();
        for (need, words) in needs(whole, tokens, &stated, &closed) {
            taken.push(words);
            match need {
                LevelNeed::Sure(name, bound) if promised.group.is_divided => {
                    comments.push(format!("may need {name}: {bound}"));
                }
                LevelNeed::Sure(name, bound) if !sure.iter().any(|(known, _)| *known == name) => {
                    sure.push((name, DraftValue::Text(bound)));
                }
                LevelNeed::Sure(name, bound) => comments.push(format!("also says {name}: {bound}")),
                LevelNeed::Named(name, bound) => comments.push(format!("may need {name}: {bound}")),
                LevelNeed::Unsure(names, bound) => {
                    comments.push(format!("may need {}: {bound}", and_list(&names)));
                }
            }
        }
        if !sure.is_empty() {
            lines.push(DraftLine::Field("needs", DraftValue::Table(sure)));
        }
    }
}

/// Whether words for a beta are said of the only feature, with nothing that denies them and nothing that comes after.
fn is_beta_of(promised: &PromisedGroup<'_>, beta: &Range<usize>) -> bool {
    const DENIALS: &[&str] = &[
        "not", "no", "never", "nor", "neither", "without", "than", "instead", "beyond", "after", "following",
    ];
    const MORE: &[&str] =
        &["and", "but", "then", "until", "after", "before", "while", "followed", ";", "first"];
    let PromisedGroup { matter, group, .. } = *promised;
    let stem = |at: usize| matter.tokens.get(at).map_or("", |token| token.stem.as_str());
    let idle: Vec<Range<usize>> = promised.dates.iter().map(|date| date.words.clone()).collect();
    let [(mention, _)] = &group.features[..] else { return false };
    let is_denied = (beta.start.saturating_sub(4)..beta.start).any(|at| DENIALS.contains(&stem(at)));
    let goes_on = (beta.end..matter.tokens.len()).any(|at| {
        MORE.contains(&stem(at)) && !promised.conditions.iter().any(|condition| condition.contains(&at))
    });
    let is_told = || match beta.end <= mention.words.start {
        // "A beta of the Audit log", and not "the successor of the beta version of the Audit log".
        true => {
            (beta.end..mention.words.start)
                .all(|at| matches!(stem(at), "the" | "a" | "an" | "its" | "our" | "your" | "\""))
                && stem(beta.start.wrapping_sub(1)) != "of"
                && !matches!(
                    (stem(beta.start.wrapping_sub(1)), stem(beta.start.wrapping_sub(2))),
                    ("the", "of" | "to" | "for" | "from")
                )
        }
        false => !(mention.words.end..beta.start).any(|at| {
            matches!(stem(at), "which" | "that" | "who" | "when" | "while" | "where" | "and" | "is" | "are")
        }),
    };
    !is_denied && !goes_on && is_told() && matter.is_of_delivery(beta, &group.features, &idle)
}

/// Whether efforts are promised for all features of a group, and for no other verb than that of their delivery.
fn is_effort_for(promised: &PromisedGroup<'_>, efforts: &Range<usize>) -> bool {
    const DELIVERS: &[&str] = &[
        "deliver", "provide", "make", "supply", "release", "ship", "enable", "complete", "implement",
        "offer", "it", "have", "meet", "do", "achieve",
    ];
    let PromisedGroup { matter, group, .. } = *promised;
    let stem = |at: usize| matter.tokens.get(at).map_or("", |token| token.stem.as_str());
    let is_other_verb = |at: usize| {
        // "…, and provides", "and shall provide".
        let is_joint = matches!(stem(at), "and" | "but" | ";" | ",");
        let next = at
            + 1
            + usize::from(matches!(
                stem(at + 1),
                "also" | "then" | "hereby" | "and" | "but" | "shall" | "will"
            ));
        is_joint
            && (DELIVERS.contains(&stem(next)) || next > at + 1 && matches!(stem(next - 1), "shall" | "will"))
            || stem(at) == ";"
            || is_joint && matter.units.iter().any(|unit| (at + 1..at + 3).contains(&unit.reach.start))
    };
    let is_of = |feature: &Range<usize>| match efforts.end <= feature.start {
        // "Efforts to ensure that the Audit log will be there".
        true => !(efforts.end..feature.start).any(is_other_verb),
        false => {
            let is_end = |at: usize| matches!(stem(at), "and" | "but" | ";");
            let is_to = stem(efforts.end.wrapping_sub(1)) == "to";
            !(feature.end..efforts.start).any(is_end) && (!is_to || DELIVERS.contains(&stem(efforts.end)))
        }
    };
    group.features.iter().all(|(mention, _)| is_of(&mention.words))
}

impl PromisedGroup<'_> {
    /// The words that are about other features of the sentence: all behind its first feature and before its last day that
    /// are not about these. What stands around those may be about all of them.
    fn others(&self) -> impl Iterator<Item = Range<usize>> {
        let first = self.matter.features.first().map_or(0, |feature| feature.start);
        let last = self.dates.last().map_or(0, |date| date.words.end);
        let around = [first..self.group.part.start, self.group.part.end..last];
        around.into_iter().filter(|words| !self.is_alone && words.start < words.end)
    }
}

impl RuledStatement<'_> {
    /// The words of a row that are fields by where they stand, and those of an item's own number.
    fn frame(&self) -> Vec<Range<usize>> {
        let mut all = Vec::from_iter(self.cell_words(&ColumnRole::Number));
        all.extend(self.answer());
        let own = self.own;
        // `(b) enable …`
        let is = |at: usize, mark: &str| self.tokens.get(own + at).is_some_and(|token| token.stem == mark);
        let is_short = |at: usize| self.tokens.get(own + at).is_some_and(|token| token.stem.len() <= 4);
        let label = match (is(0, "(") && is(2, ")"), is(1, ")")) {
            (true, _) if is_short(1) => 3,
            (false, true) if is_short(0) => 2,
            _ => 0,
        };
        all.extend((label > 0).then_some(own..own + label));
        all
    }
}
