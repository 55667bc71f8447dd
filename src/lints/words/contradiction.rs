//! What a sentence says otherwise than the keys of a requirement: another day, something that it is not limited to, another
//! value of a level. Only what is certain counts; and where one sentence says what the keys say, none contradicts them.

use std::cmp::Ordering;
use std::ops::Range;

use crate::delivery::Promise;
use crate::lint::case::PromiseCase;
use crate::lint::said::SaidPromise;
use crate::model::constraint::Constraint;
use crate::model::contract::{Need, Requirement};
use crate::model::deadline::Deadline;
use crate::model::level::LevelConstraint;
use crate::model::quantity::Quantity;
use crate::model::roadmap::Feature;
use crate::model::scope::same;
use crate::model::window::Window;
use crate::prose::dates::{DateRole, NamedDate, is_list};
use crate::prose::levels::{LevelNeed, measured_as, needs, stated};
use crate::prose::words::{WordToken, phrases, tokens};
use crate::source::Span;
use crate::text;

use super::quoted;

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

/// Another day than `due`, where all days could be read and none can be the same.
fn of_day<'a>(requirement: &Requirement, said: &'a [SaidPromise<'a>]) -> Option<Contradiction<'a>> {
    let span = requirement.due.span?;
    let Some(deadline) = requirement.due.deadline() else { return of_no_day(requirement, said, span) };
    let is_same = |window: &Window| {
        readings(deadline).any(|due| window.earliest <= due.latest && due.earliest <= window.latest)
    };
    let days = said.iter().map(|said| Some((said, said.days?))).collect::<Option<Vec<_>>>()?;
    let days: Vec<(&SaidPromise<'_>, &NamedDate)> =
        days.into_iter().flat_map(|(said, days)| days.iter().map(move |day| (said, day))).collect();
    // What is said of a part alone confirms nothing.
    let mut whole = days.iter().filter(|(said, _)| !said.group.is_divided).peekable();
    let is_confirmed = whole.clone().any(|(_, day)| is_same(&day.window));
    let (said, day) = match days.iter().any(|(_, day)| is_same(&day.window)) {
        _ if is_confirmed => return None,
        false => *days.first()?,
        true => match whole.peek() {
            Some(first) => **first,
            None => *earlier_of_list(&days, deadline.window)?,
        },
    };
    Some(due_otherwise(requirement, said, &day.words, (span, deadline.window)))
}

/// The windows that a deadline may be said to be.
fn readings(deadline: &Deadline) -> impl Iterator<Item = Window> {
    [Some(deadline.window), Some(deadline.written), deadline.unmoved].into_iter().flatten()
}

fn due_otherwise<'a>(
    requirement: &Requirement,
    said: &'a SaidPromise<'a>,
    words: &Range<usize>,
    (span, due): (Span, Window),
) -> Contradiction<'a> {
    let but = format!("{} is due {due}", owner(requirement, said));
    Contradiction::new(said, words, but, Some((span, format!("due {due}"))))
}

/// A day from which on it is there, or none at all but "from the first day", before `due`.
fn of_first_day<'a>(case: &PromiseCase<'_, '_>, said: &'a [SaidPromise<'a>]) -> Option<Contradiction<'a>> {
    let Promise { contract, requirement, .. } = case.promise;
    let span = requirement.due.span?;
    let deadline = requirement.due.deadline()?;
    let first = readings(deadline).map(|due| due.earliest).min()?;
    let start = contract.start.as_ref().or(contract.signing.as_ref()).map(|day| day.value);
    // What is due on the first day is due at once.
    if start.is_some_and(|start| first <= start.latest)
        || !said.iter().all(|said| said.days.is_some_and(|days| days.is_empty()))
    {
        return None;
    }
    let before = |said: &&SaidPromise<'_>| {
        let (ruled, group) = (said.ruled, said.group);
        let is_meant = !group.is_divided && !group.is_to_keep() && !group.features.is_empty();
        let dates = ruled.own_dates(&group.features, &ruled.conditions(), case.dates.reader());
        let is_from = |date: &NamedDate| date.role == DateRole::From && ruled.is_day_of(date, group, &dates);
        let from = dates.iter().find(|date| is_from(date));
        match from {
            _ if !is_meant => None,
            Some(date) => {
                (date.waits_for.is_none() && date.window.latest < first).then(|| date.words.clone())
            }
            None => ruled.immediacy(group, &dates, true),
        }
    };
    let (said, words) = said.iter().find_map(|said| Some((said, before(&said)?)))?;
    Some(due_otherwise(requirement, said, &words, (span, deadline.window)))
}

/// The first of several days in a row, where what is due on another one of them is due before: "by 1 May or 1 June 2027".
fn earlier_of_list<'d, 'a>(
    days: &'d [(&'a SaidPromise<'a>, &'a NamedDate)],
    due: Window,
) -> Option<&'d (&'a SaidPromise<'a>, &'a NamedDate)> {
    let is_first = |(said, day): &&(&SaidPromise<'_>, &NamedDate)| {
        let is_of_list = days.iter().any(|(other, next)| {
            std::ptr::eq(*said, *other)
                && (is_list(&said.ruled.tokens, day, next) || is_list(&said.ruled.tokens, next, day))
        });
        is_of_list && day.window.latest < due.earliest
    };
    days.iter().filter(is_first).min_by_key(|(_, day)| day.window.latest)
}

/// A day, where `due` names none.
fn of_no_day<'a>(
    requirement: &Requirement,
    said: &'a [SaidPromise<'a>],
    span: Span,
) -> Option<Contradiction<'a>> {
    let mut days =
        said.iter().flat_map(|said| said.days.unwrap_or_default().iter().map(move |day| (said, day)));
    let (said, day) = days.next()?;
    let is_it = said.promise.is_none();
    let of = if is_it { String::new() } else { format!(" of {}", requirement.name) };
    let other = (span, "names no day that is known".to_owned());
    Some(Contradiction::new(said, &day.words, format!("`due`{of} names no day"), Some(other)))
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

/// Other amounts of levels than what is needed.
fn of_levels<'a>(case: &PromiseCase<'_, '_>, said: &'a [SaidPromise<'a>]) -> Vec<Contradiction<'a>> {
    let requirement = case.promise.requirement;
    let own = requirement.needs.iter().filter_map(|need| match &need.constraint.value {
        LevelConstraint::Quantity(bound) => Some((need, bound)),
        _ => None,
    });
    let own: Vec<(&Need, &Constraint)> = own.collect();
    let mut levels = Vec::new();
    for said in said {
        let features = features(case, said);
        if features.is_empty() {
            continue;
        }
        let known = own.iter().map(|(need, bound)| (&*need.name.value, &bound.quantity));
        let known: Vec<(&str, &Quantity)> = known.chain(features.into_iter().flat_map(stated)).collect();
        let ruled = said.ruled;
        let found = needs(&ruled.whole, &ruled.tokens, &known, &ruled.conditions());
        levels.extend(found.into_iter().map(|(level, words)| (said, level, words)));
    }
    // What is not certain may be any of them.
    if levels.iter().any(|(_, level, _)| matches!(level, LevelNeed::Unsure(..))) {
        return Vec::new();
    }
    let of_need = |(need, own): &(&Need, &Constraint)| {
        let named = levels.iter().filter_map(|(said, level, words)| {
            let (LevelNeed::Sure(name, bound) | LevelNeed::Named(name, bound)) = level else { return None };
            let bound = Constraint::parse(bound).ok().filter(|_| same(name, &need.name.value))?;
            let order = own.quantity.compare(&measured_as(&bound.quantity, &own.quantity)).ok()?;
            let is_bounded = matches!(level, LevelNeed::Sure(..));
            Some((*said, order, if is_bounded { bound.words() } else { bound.quantity.to_string() }, words))
        });
        let named: Vec<_> = named.collect();
        let (said, _, says, words) =
            named.first().filter(|_| named.iter().all(|(_, order, ..)| *order != Ordering::Equal))?;
        let needed = need.constraint.value.words();
        Some(Contradiction {
            said,
            says: format!("{} of {says}", need.name.value),
            but: format!("{} needs {needed}", owner(requirement, said)),
            words: (*words).clone(),
            other: Some((need.constraint.span, format!("needs {needed}"))),
        })
    };
    own.iter().filter_map(of_need).chain(of_no_need(case, &levels)).collect()
}

/// A level that is not needed, by this requirement or another one of the same features.
fn of_no_need<'a>(
    case: &PromiseCase<'_, '_>,
    levels: &[(&'a SaidPromise<'a>, LevelNeed, Range<usize>)],
) -> Option<Contradiction<'a>> {
    let Promise { contract, requirement, .. } = case.promise;
    let targets = |one: &Requirement| -> Vec<Option<usize>> {
        one.features.iter().map(|promised| promised.target.feature()).collect()
    };
    let own = targets(requirement);
    let others =
        contract.requirements.iter().filter(|other| targets(other).iter().any(|of| own.contains(of)));
    let needed: Vec<&str> =
        others.chain([*requirement]).flat_map(|one| &one.needs).map(|need| &*need.name.value).collect();
    levels.iter().find_map(|(said, level, words)| {
        let LevelNeed::Sure(name, bound) = level else { return None };
        let bound = Constraint::parse(bound).ok()?;
        let is_needed = said.group.is_divided || needed.iter().any(|needed| same(needed, name));
        (!is_needed).then(|| Contradiction {
            said,
            says: format!("{name} of {}", bound.words()),
            but: format!("{} needs no {name}", owner(requirement, said)),
            words: words.clone(),
            other: requirement
                .features
                .first()
                .map(|promised| (promised.text.span, "at any level".to_owned())),
        })
    })
}

/// Another day until which it holds than `until`; than the end of the contract, where it is longer.
fn of_end<'a>(case: &PromiseCase<'_, '_>, said: &'a [SaidPromise<'a>]) -> Option<Contradiction<'a>> {
    let Promise { contract, requirement, .. } = case.promise;
    let end = requirement.end(contract).given()?;
    let is_own = requirement.until.given().is_some();
    let ends = said.iter().filter(|said| !said.group.is_divided).flat_map(|said| {
        let mentions = &said.group.features;
        let dates = said.ruled.own_dates(mentions, &said.ruled.conditions(), case.dates.reader());
        let is_end = |date: &NamedDate| {
            date.role == DateRole::Until
                && date.lead != "to"
                && said.group.part.contains(&date.words.start)
                && said.ruled.is_day_of(date, said.group, &dates)
        };
        dates.iter().filter(|date| is_end(date)).cloned().map(move |date| (said, date)).collect::<Vec<_>>()
    });
    let ends: Vec<_> = ends.collect();
    let is_same = |window: Window| window.earliest <= end.value.latest && end.value.earliest <= window.latest;
    if ends.iter().any(|(_, date)| is_same(date.window)) {
        return None;
    }
    let is_other =
        |(_, date): &&(&SaidPromise<'_>, NamedDate)| is_own || date.window.earliest > end.value.latest;
    let (said, date) = ends.iter().find(is_other)?;
    let until = end.value;
    let but = format!("{} holds until {until}", owner(requirement, said));
    Some(Contradiction::new(said, &date.words, but, Some((end.span, format!("until {until}")))))
}
