//! What is promised together in a sentence, with the days that are its own.

use std::ops::Range;

use crate::model::roadmap::Roadmap;
use crate::model::spelled::may_begin_number;

use super::conditions::Ruling;
use super::dates::{DateReader, DateRole, NamedDate, is_time};
use super::ruling::{RuledMention, RuledStatement};
use super::scopes::ScopeWords;
use super::sections::ColumnRole;

/// Features that are promised together.
#[derive(Clone, Debug)]
pub(crate) struct PromiseGroup {
    pub(crate) features: Vec<RuledMention>,
    /// The words that are about these, and about no others of the sentence.
    pub(crate) part: Range<usize>,
    /// Whether a day, a level or a scope stands with a part alone of these, so that none of them is certain.
    pub(crate) is_divided: bool,
}

impl PromiseGroup {
    /// The promises of one sentence: one, or one for each feature where each has a day of its own.
    fn of(promised: &[RuledMention], dates: &[NamedDate], words: usize) -> Vec<Self> {
        let is_deadline = |date: &&NamedDate| date.role == DateRole::Deadline;
        let deadlines: Vec<usize> = dates.iter().filter(is_deadline).map(|date| date.words.start).collect();
        let alternate = promised.len() > 1
            && deadlines.len() == promised.len()
            && promised.iter().zip(&deadlines).all(|((mention, _), day)| mention.words.end <= *day)
            && promised.iter().skip(1).zip(&deadlines).all(|((mention, _), day)| *day < mention.words.start);
        if !alternate {
            return vec![Self { features: promised.to_vec(), part: 0..words, is_divided: false }];
        }
        let (mut from, last) = (0, promised.len() - 1);
        let group = |(at, one): (usize, &RuledMention)| {
            let end = if at < last { own_date(one, dates) } else { words };
            let part = from..end;
            from = end;
            Self { features: vec![one.clone()], part, is_divided: false }
        };
        promised.iter().enumerate().map(group).collect()
    }

    /// Whether it promises that something stays.
    pub(crate) fn is_to_keep(&self) -> bool {
        self.features.iter().any(|(_, rule)| rule.ruling == Ruling::PromiseToKeep)
    }
}

/// Where the day ends that stands behind a feature.
fn own_date((mention, _): &RuledMention, dates: &[NamedDate]) -> usize {
    let feature = mention.words.end;
    let day = dates.iter().find(|date| date.role == DateRole::Deadline && date.words.start >= feature);
    day.map_or(feature, |day| day.words.end)
}

/// What a sentence promises together, with the days by which it is due; none where not all could be read.
pub(crate) type DatedGroup = (PromiseGroup, Option<Vec<NamedDate>>);

impl RuledStatement<'_> {
    /// What it promises together, each with its days.
    pub(crate) fn dated_groups(
        &self,
        promised: &[RuledMention],
        reader: &DateReader<'_>,
        roadmap: &Roadmap,
        scopes: &ScopeWords,
    ) -> Vec<DatedGroup> {
        let own = self.own_dates(promised, &self.conditions(), reader);
        let groups = self.groups(promised, &own, roadmap, scopes).into_iter();
        let dated = groups.map(|group| {
            let days = self.deadlines(&group, &own, reader);
            (group, days)
        });
        dated.collect()
    }

    /// What it promises together.
    pub(crate) fn groups(
        &self,
        promised: &[RuledMention],
        dates: &[NamedDate],
        roadmap: &Roadmap,
        scopes: &ScopeWords,
    ) -> Vec<PromiseGroup> {
        let mut groups = PromiseGroup::of(promised, dates, self.tokens.len());
        for group in &mut groups {
            group.is_divided = self.is_divided(group, dates, roadmap, scopes);
        }
        groups
    }

    /// The dates of what it promises: none of its conditions, and none of what the customer shall do.
    pub(crate) fn own_dates(
        &self,
        promised: &[RuledMention],
        conditions: &[Range<usize>],
        reader: &DateReader<'_>,
    ) -> Vec<NamedDate> {
        let is_own = |date: &NamedDate| {
            let at = date.words.start;
            !conditions.iter().any(|words| words.contains(&at)) && !self.is_customers(at, promised)
        };
        reader.dates(&self.whole, &self.tokens).into_iter().filter(is_own).collect()
    }

    /// The days by which it says that a group of its promises is due, where all of them could be read.
    pub(crate) fn deadlines(
        &self,
        group: &PromiseGroup,
        dates: &[NamedDate],
        reader: &DateReader<'_>,
    ) -> Option<Vec<NamedDate>> {
        if group.is_to_keep() {
            return None;
        }
        if let Some((cell, words)) =
            self.cell(&ColumnRole::Deadline).zip(self.cell_words(&ColumnRole::Deadline))
        {
            return reader.whole(cell).map(|date| vec![NamedDate { words, ..date }]);
        }
        let is_read = |words: &Range<usize>| {
            dates.iter().any(|date| date.words.start <= words.start && words.end <= date.words.end)
        };
        if self.has_unread_day(dates) || !self.ambiguous_days().iter().all(is_read) {
            return None;
        }
        let own = dates.iter().filter(|date| {
            date.role == DateRole::Deadline
                && group.part.contains(&date.words.start)
                && self.is_day_of(date, group, dates)
        });
        // What is kept over a time may be due on any day of it.
        let day = |date: &NamedDate| match date
            .period
            .filter(|_| self.is_kept_during(date, group) != Some(false))
        {
            Some(window) => NamedDate { window, ..date.clone() },
            None => date.clone(),
        };
        own.map(|date| date.waits_for.is_none().then(|| day(date))).collect()
    }

    /// Whether a length of time behind `within`, or the end of a month without its year, is no date that was read.
    pub(crate) fn has_unread_day(&self, dates: &[NamedDate]) -> bool {
        let is_read = |at: usize| dates.iter().any(|date| date.words.contains(&at));
        self.tokens.windows(2).enumerate().any(|(at, pair)| {
            let is_number = pair[1].stem.starts_with(|first: char| first.is_ascii_digit())
                || may_begin_number(&pair[1].stem);
            pair[0].stem == "within" && is_number && !is_read(at)
        }) || self.has_unread_edge(&is_read)
    }

    /// Whether a deadline is the end of a period of which it is not known which it is: "by the end of March".
    fn has_unread_edge(&self, is_read: &dyn Fn(usize) -> bool) -> bool {
        const LEADS: [&str; 7] = ["by", "before", "at", "than", "in", "on", "within"];
        const EDGES: [&str; 5] = ["end", "close", "start", "beginning", "middle"];
        let behind_the = |at: usize| at + usize::from(self.is_at(at, "the"));
        (0..self.tokens.len()).any(|at| {
            let edge = behind_the(at + 1);
            LEADS.contains(&&*self.tokens[at].stem)
                && self.tokens.get(edge).is_some_and(|word| EDGES.contains(&&*word.stem))
                && self.is_at(edge + 1, "of")
                && self.tokens.get(behind_the(edge + 2)).is_some_and(is_time)
                && !is_read(edge)
        })
    }

    /// Days in numbers whose order depends on who reads them.
    pub(crate) fn ambiguous_days(&self) -> Vec<Range<usize>> {
        let is_number = |at: usize| self.tokens[at].stem.bytes().all(|byte| byte.is_ascii_digit());
        let is_joint = |at: usize| self.tokens[at].stem == "/";
        let by_slashes = (4..self.tokens.len()).filter(|&at| {
            is_number(at - 4) && is_joint(at - 3) && is_number(at - 2) && is_joint(at - 1) && is_number(at)
        });
        let by_points = (0..self.tokens.len()).filter(|&at| {
            let word = &self.whole[self.tokens[at].place.clone()];
            let parts: Vec<&str> = word.split('.').collect();
            parts.len() == 3
                && parts[2].len() >= 2
                && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        });
        by_slashes.map(|at| at - 4..at + 1).chain(by_points.map(|at| at..at + 1)).collect()
    }
}
