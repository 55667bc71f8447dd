//! What a sentence says otherwise than the keys of a requirement: another day, something that it is not limited to, another
//! value of a level. Only what is certain counts; and where one sentence says what the keys say, none contradicts them.

mod days;
mod levels;

use std::ops::Range;

use crate::lint::case::PromiseCase;
use crate::lint::said::SaidPromise;
use crate::model::contract::Requirement;
use crate::model::roadmap::Feature;
use crate::prose::words::{WordToken, phrases, tokens};
use crate::source::Span;
use crate::text;

use super::quoted;

use days::{of_day, of_end, of_first_day};
use levels::of_levels;

/// One way in which a sentence says something else than a requirement.
pub(in crate::lints) struct Contradiction<'a> {
    pub(in crate::lints) said: &'a SaidPromise<'a>,
    /// What it says: `"31 March 2027"`.
    pub(in crate::lints) says: String,
    /// What the requirement says, after `and`.
    pub(in crate::lints) but: String,
    /// Which words of the sentence.
    pub(in crate::lints) words: Range<usize>,
    /// The place that says otherwise, with words.
    pub(in crate::lints) other: Option<(Span, String)>,
}

impl<'a> Contradiction<'a> {
    /// Words that say something else than a requirement, with what that says.
    fn new(
        said: &'a SaidPromise<'a>,
        words: &Range<usize>,
        but: String,
        other: Option<(Span, String)>,
    ) -> Self {
        Self { said, says: quoted(said.ruled.text(words)), but, words: words.clone(), other }
    }

    /// Where its words stand in the text of the requirement.
    pub(in crate::lints) fn place(&self) -> Range<usize> {
        let (ruled, part) = (self.said.ruled, self.said.ruled.place(&self.words));
        let start = ruled.statement.place.start;
        start + part.start..start + part.end
    }
}

/// All ways in which sentences say something else than a requirement.
pub(in crate::lints) fn contradictions<'a>(
    case: &PromiseCase<'_, '_>,
    said: &'a [SaidPromise<'a>],
) -> Vec<Contradiction<'a>> {
    if let Some(other) = of_feature(case, said) {
        return vec![other];
    }
    let day = of_day(case.promise.requirement, said).or_else(|| of_first_day(case, said));
    let scope = of_scope(case, said);
    let end = of_end(case, said);
    day.into_iter().chain(end).chain(scope).chain(of_levels(case, said)).collect()
}

/// Another feature than those of the requirement, where its text names that one alone, in more than one word or in capitals,
/// and has no word of their names.
fn of_feature<'a>(case: &PromiseCase<'_, '_>, said: &'a [SaidPromise<'a>]) -> Option<Contradiction<'a>> {
    let roadmap = case.context.roadmap;
    let own: Vec<&Feature> = own_features(case).collect();
    let mut named =
        said.iter().flat_map(|said| said.group.features.iter().map(move |(mention, _)| (said, mention)));
    let (first, mention) = named.next()?;
    let [other] = mention.features[..] else { return None };
    let is_other = |said: &SaidPromise<'_>| {
        said.promise.is_none()
            && !said.group.features.is_empty()
            && said.group.features.iter().all(|(mention, _)| mention.features == [other])
    };
    let other = roadmap.features.get(other)?;
    let is_part = |one: &Feature, of: &Feature| {
        let parts = of.offers.iter().flat_map(|offer| &offer.depends_on);
        parts
            .map(|part| part.text.value.as_str())
            .chain(of.replaced_by.iter().map(|by| by.value.as_str()))
            .any(|part| part == one.id.value)
    };
    let is_known = |feature: &&Feature| {
        feature.id.value == other.id.value || is_part(feature, other) || is_part(other, feature)
    };
    let name = first.ruled.text(&mention.words);
    let is_plain = mention.words.len() == 1 && name.chars().skip(1).all(char::is_lowercase);
    if own.is_empty() || own.iter().any(is_known) || is_plain || mention.is_id || !said.iter().all(is_other) {
        return None;
    }
    let words: Vec<WordToken> = own.iter().flat_map(|feature| names_of(feature)).flat_map(tokens).collect();
    let shares = |said: &SaidPromise<'_>| {
        said.ruled.tokens.iter().any(|word| word.is_word() && words.iter().any(|own| own.stem == word.stem))
    };
    if said.iter().any(shares) {
        return None;
    }
    let titles: Vec<String> = own.iter().map(|feature| quoted(feature.title())).collect();
    let requirement = case.promise.requirement;
    let but = format!("{} promises {}", owner(requirement, first), text::and_list(&titles));
    let checked = requirement.features.first();
    let checked = checked.map(|promised| (promised.text.span, "what is checked".to_owned()));
    Some(Contradiction::new(first, &mention.words, but, checked))
}

/// The features that a requirement promises.
pub(in crate::lints) fn own_features<'r>(case: &PromiseCase<'_, 'r>) -> impl Iterator<Item = &'r Feature> {
    let features = &case.context.roadmap.features;
    case.promise.requirement.known_features().filter_map(|at| features.get(at))
}

/// All that a feature is called.
pub(in crate::lints) fn names_of(feature: &Feature) -> impl Iterator<Item = &str> {
    let names = feature.name.iter().chain(&feature.aliases).chain([&feature.id]);
    names.map(|name| name.value.as_str())
}

/// What is decided on who accepts contradictions: what is said, and what the requirement says instead.
pub(in crate::lints) fn decided_on<'a>(found: &'a [Contradiction<'_>]) -> impl Iterator<Item = &'a str> {
    found.iter().flat_map(|one| [one.said.ruled.statement.text.as_str(), &one.but])
}

/// What a requirement is called: `it` behind its own text.
fn owner(requirement: &Requirement, said: &SaidPromise<'_>) -> String {
    said.promise.map_or_else(|| "it".to_owned(), |_| requirement.name.to_string())
}

/// The features that a sentence may be about: of a document the only one that it promises with the requirement.
fn features<'r>(case: &PromiseCase<'_, 'r>, said: &SaidPromise<'_>) -> Vec<&'r Feature> {
    match &said.group.features[..] {
        _ if said.promise.is_none() => own_features(case).collect(),
        [(mention, _)] if let [only] = mention.features[..] => {
            case.context.roadmap.features.get(only).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Values of a dimension that the requirement is not for. None where a sentence takes something out.
fn of_scope<'a>(case: &PromiseCase<'_, '_>, said: &'a [SaidPromise<'a>]) -> Option<Contradiction<'a>> {
    const OUT: &[&str] = &[
        "except", "excluding", "excluded", "exclude", "other", "not", "no", "without", "unless", "from",
        "than",
    ];
    let (requirement, roadmap) = (case.promise.requirement, case.context.roadmap);
    if requirement.scope.is_empty() {
        return None;
    }
    let scopes = case.context.names.scopes(roadmap);
    said.iter().find_map(|said| {
        let ruled = said.ruled;
        let out = phrases(OUT);
        let conditions = ruled.conditions();
        let dates = ruled.own_dates(&said.group.features, &conditions, case.dates.reader());
        let mut days: Vec<Range<usize>> = dates.iter().map(|date| date.words.clone()).collect();
        days.extend(ruled.immediacy(said.group, &dates, true));
        let is_day = |at: usize| days.iter().any(|day| day.contains(&at));
        if (0..ruled.tokens.len()).any(|at| !is_day(at) && out.at(&ruled.tokens, at).is_some())
            || features(case, said).is_empty()
        {
            return None;
        }
        let taken = [&said.others()[..], &conditions].concat();
        requirement.scope.dimensions().find_map(|own| {
            let known = roadmap.dimension(own.name())?;
            let of_delivery = |words: &Range<usize>, idle: &[Range<usize>]| {
                ruled.is_of_delivery(words, &said.group.features, &[idle, &days[..]].concat())
            };
            let values: Vec<&str> = own.values().collect();
            let all = || {
                let is_less = known.values.iter().any(|value| !own.contains(value));
                scopes.all_of(ruled, &known.name).filter(|all| {
                    is_less && !taken.iter().any(|taken| taken.contains(&all.start)) && of_delivery(all, &[])
                })
            };
            let place = match scopes.limit(ruled, &known.name, &taken) {
                None => all()?,
                Some(limit) => {
                    let value = limit.values.iter().find(|value| !own.contains(value))?;
                    let is_value = |words: &&Range<usize>| {
                        text::fold(ruled.text(words)).starts_with(&*text::fold(value))
                    };
                    let place = limit.words.iter().find(is_value).or(limit.words.first())?;
                    Some(place.clone()).filter(|place| of_delivery(place, &limit.words))?
                }
            };
            let of = match said.promise {
                None => format!("its {}", own.name()),
                Some(_) => format!("the {} of {}", own.name(), requirement.name),
            };
            let other = requirement.scope_span.map(|span| (span, "what it is for".to_owned()));
            Some(Contradiction::new(said, &place, format!("{of} is {}", text::and_list(&values)), other))
        })
    })
}
