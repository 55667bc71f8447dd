use crate::lint::extent::is_no_more;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver for less than there is by now. It holds for what was decided on (`of`) and for what is milder; where the
    /// contract asks for more since, it covers nothing: a term further from the standard, an earlier deadline, a wider
    /// scope, a higher level, one more feature, a release where a beta was taken, a remedy that was added or raised. It
    /// covers nothing either where the roadmap has got worse than what it accepts (`accepts`): the delivery has moved past
    /// that day or has no date any more, the last day on which it works is earlier, a level is lower, a share is larger, what
    /// the finding names has become more; of a requirement for several scopes or features the worst counts. Nor where it is for some of the scope (`for`), and
    /// the finding is by now for more.
    ///
    /// ## Why it matters
    ///
    /// Whoever accepted a delay of a month did not accept a delay of six, and whoever accepted payment after 90 days did
    /// not accept payment at any time. The decision was about something, and that has changed.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// seller: dana@vendor.example
    /// requirements:
    ///   - id: R2
    ///     feature: audit-log
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ```toml waivers.toml
    /// [[waivers]]
    /// contract = "ACME-2026-014"
    /// requirement = "R2"
    /// lint = "late-feature"
    /// reason = "Launch partner: the customer takes it in June."
    /// approved-by = "priya@vendor.example"
    /// approved-on = 2026-11-20
    /// expires = 2027-09-30
    /// accepts = 2027-05-31
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml waivers.toml
    /// [[waivers]]
    /// contract = "ACME-2026-014"
    /// requirement = "R2"
    /// lint = "late-feature"
    /// reason = "Launch partner: the customer takes it in June."
    /// approved-by = "priya@vendor.example"
    /// approved-on = 2026-11-20
    /// expires = 2027-09-30
    /// accepts = 2027-06-30
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    pub(super) static LINT = {
        name: "outgrown-waiver",
        summary: "a waiver for less than there is by now",
        level: Level::Deny,
        check: Check::Waiver(check),
    }
}

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let growth = case.growth();
    let mut grown = growth.iter().map(|growth| Grown::of(growth, case)).chain(further(case));
    let Grown { title, then, now } = grown.next()?;
    let others: Vec<Grown> = grown.collect();
    let subject = words::waiver_subject(case.waiver);
    let who = case.waiver.approvers();
    let Waiver { of, accepts, scopes, .. } = case.waiver;
    let keys = [
        of.as_ref().map(|_| "`of`"),
        accepts.as_ref().map(|_| "`accepts`"),
        (!scopes.is_empty()).then_some("`for`"),
    ];
    let keys: Vec<&str> = keys.into_iter().flatten().collect();
    let notes: Vec<String> = others.iter().map(|other| format!("it also {}", other.title)).collect();
    let labels = others.into_iter().flat_map(|other| [Some(other.then), other.now]).flatten();
    let finding = case
        .finding(&LINT, format!("{subject} {title}"))
        .labels([Some(then), now].into_iter().flatten())
        .labels(labels)
        .labels(case.beside.map(|other| (other.place, "this one is about it, too")))
        .excepted(case)
        .notes(notes)
        .notes(
            case.beside
                .map(|_| "two waivers do not add up: one covers all that a finding holds for, or none of it"),
        )
        .help(format!("have {who} decide again, and set {} to what is accepted now", text::and_list(&keys)));
    Some(finding)
}

/// One way in which something is worse, in words.
struct Grown {
    /// What follows its name.
    title: String,
    /// The place in the waiver.
    then: (Span, String),
    /// The place in the contract.
    now: Option<(Span, String)>,
}

impl Grown {
    fn new(title: String, then: Span, was: &str) -> Self {
        Self { title, then: (then, was.to_owned()), now: None }
    }

    fn of(growth: &Growth<'_>, case: &WaiverCase<'_, '_>) -> Self {
        let decided = case.waiver.of.as_ref().map_or(case.waiver.place, |of| of.span);
        let place = case.finding.diagnostic.primary().map(|label| label.span);
        let grown = |title, then: Span, was: &str, now: Option<Span>, is: &str| Self {
            now: now.map(|span| (span, is.to_owned())),
            ..Self::new(title, then, was)
        };
        match growth {
            Growth::Value { was, is } => {
                let value = |matter: &TermMatter| {
                    let fees: Vec<String> =
                        matter.fees.known().map(|(name, fee)| format!("{name} fees of {fee}")).collect();
                    let with = if fees.is_empty() {
                        String::new()
                    } else {
                        format!(" with {}", text::and_list(&fees))
                    };
                    format!("{}{with}", words::written(&matter.value))
                };
                let title = format!("is {}, and {} was accepted", value(is), value(was));
                grown(title, was.value.span(), "accepted", Some(is.value.span()), "what it is now")
            }
            Growth::Feature(feature) => {
                let title =
                    format!("promises {} as well, which was not accepted", words::quoted(&feature.value));
                grown(title, decided, "accepted without it", Some(feature.span), "promised since")
            }
            Growth::Deadline { was: Some(was), is } => {
                let title = match days_between(is.value.latest, was.value.latest) {
                    0 => format!("may be due on {}, and {} was accepted", is.value.earliest, was.value),
                    days => format!("is due {} earlier than was accepted", text::days(days)),
                };
                grown(title, was.span, "accepted with this day", Some(is.span), &format!("now {}", is.value))
            }
            Growth::Deadline { was: None, is } => {
                let title = format!("is due by {}, and no day was accepted", is.value.latest);
                grown(title, decided, "accepted without a day", Some(is.span), "due by this day")
            }
            Growth::End { was, is } => {
                let until = is.map_or("for ever".to_owned(), |is| format!("until {}", is.value.latest));
                let title = format!("must hold {until}, and until {} was accepted", was.value.latest);
                grown(title, was.span, "accepted until this day", is.map(|is| is.span), "now until this day")
            }
            Growth::Scope { was, values, span } => {
                let more = match values.as_slice() {
                    [] => format!("any {}", was.name()),
                    values => text::and_list(values),
                };
                let title = format!("is promised for {more} as well, which was not accepted");
                let was: Vec<&str> = was.values().collect();
                let was = format!("accepted for {}", text::and_list(&was));
                grown(title, decided, &was, Some(*span), "what it is for now")
            }
            Growth::Level { was, is } => {
                let (name, needed) = (&is.name.value, is.constraint.value.words());
                let was_words = was.map_or("none".to_owned(), |was| was.constraint.value.words());
                let title = format!("needs {name} of {needed}, and {was_words} was accepted");
                let then = was.map_or(decided, |was| was.constraint.span);
                grown(title, then, "accepted with this", Some(is.constraint.span), "asked for now")
            }
            Growth::Release => {
                let title = "no longer takes a beta, and was accepted with one".to_owned();
                grown(title, decided, "accepted as a beta", place, "needs the release now")
            }
            Growth::Strength(was) => {
                let title = format!("no longer promises {}, and was accepted as that", was.words());
                grown(title, decided, &format!("accepted as {}", was.words()), place, "promises more now")
            }
            Growth::Remedy { was: None } => {
                let title = "has a remedy by now, and none was accepted".to_owned();
                grown(title, decided, "accepted without a remedy", place, "with a remedy now")
            }
            Growth::Remedy { was: Some(_) } => {
                let title = "has a remedy that may come to more than the one that was accepted".to_owned();
                grown(title, decided, "accepted with another remedy", place, "with this remedy now")
            }
        }
    }
}

/// What goes further than what was accepted of it.
fn further(case: &WaiverCase<'_, '_>) -> Vec<Grown> {
    let mut grown: Vec<Grown> = elsewhere(case).into_iter().collect();
    let Some(accepts) = &case.waiver.accepts else { return grown };
    match (&accepts.value, &case.finding.extent) {
        (Acceptance::Day(accepted), Some(FindingExtent::Delivery(arrival))) => {
            grown.extend(later(accepted.latest, *arrival, accepts.span));
        }
        (Acceptance::Day(accepted), Some(FindingExtent::LastDay(day))) if *day < accepted.latest => {
            let earlier = text::days(days_between(*day, accepted.latest));
            let title = format!("stops working on {day}, {earlier} before what was accepted");
            grown.push(Grown::new(title, accepts.span, "accepted until this day"));
        }
        (Acceptance::Levels(accepted), Some(FindingExtent::Levels(missed))) => {
            grown.extend(missed.iter().filter_map(|missed| lower(accepted, missed, accepts.span)));
        }
        (Acceptance::Names(accepted), Some(FindingExtent::Names(names))) => {
            let is_new = |name: &&String| !accepted.iter().any(|known| covers(&known.value, name));
            let new: Vec<String> = names.iter().filter(is_new).cloned().collect();
            if !new.is_empty() {
                let title = format!("goes for {} as well, which was not accepted", words::some_of(&new));
                grown.push(Grown::new(title, accepts.span, "accepted for these"));
            }
        }
        _ => {}
    }
    grown
}

/// Whether a name that was accepted covers one that is found: the same, and no later where a day was accepted with it, as in
/// `windows by 2027-06-30`.
fn covers(accepted: &str, found: &str) -> bool {
    let ((accepted, last), (found, day)) = (split_day(accepted), split_day(found));
    is_no_more(found, accepted) && last.is_none_or(|last| day.is_some_and(|day| day <= last))
}

/// What holds for more than the waiver is for.
fn elsewhere(case: &WaiverCase<'_, '_>) -> Option<Grown> {
    let cells = case.uncovered();
    let scope = case.waiver.scopes.first()?;
    if cells.is_empty() {
        return None;
    }
    let cells: Vec<String> = cells.iter().map(|cell| cell.to_string()).collect();
    let names: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
    let place = match names.as_slice() {
        [] => "all that it is promised for".to_owned(),
        names => format!("{} as well", words::some_of(names)),
    };
    let title = format!("has this finding for {place}, which was not accepted");
    Some(Grown::new(title, scope.span, "accepted for this"))
}

/// A delivery that comes later than what was accepted.
fn later(accepted: Date, arrival: Arrival, then: Span) -> Option<Grown> {
    let title = match arrival {
        Arrival::Today => return None,
        Arrival::By(day) if day <= accepted => return None,
        Arrival::By(day) => {
            let later = text::days(days_between(accepted, day));
            format!("is expected on {day}, {later} past what was accepted")
        }
        Arrival::Never => format!("no longer has a date, and delivery by {accepted} was accepted"),
    };
    Some(Grown::new(title, then, "accepted until this day"))
}

/// A level that is further from what is asked of it than what was accepted.
fn lower(accepted: &[(Text, Attainment)], missed: &MissedLevel, then: Span) -> Option<Grown> {
    let MissedLevel { name, bound, reached, span } = missed;
    let was = accepted.iter().find(|(known, _)| same(&known.value, name));
    if was.is_some_and(|(_, was)| bound.reaches_no_less(reached, was)) {
        return None;
    }
    let (then, was) = was.map_or((then, "nothing".to_owned()), |(name, was)| (name.span, was.to_string()));
    let title = format!("has `{name}` at {reached}, and {was} was accepted");
    let now = span.map(|span| (span, "what it is now".to_owned()));
    Some(Grown { now, ..Grown::new(title, then, "accepted with this") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_covers_itself_and_what_comes_no_later() {
        for (accepted, found, is_covered) in [
            ("windows", "Windows", true),
            ("windows", "windows by 2031-01-01", true),
            ("windows by 2027-06-30", "windows by 2027-06-30", true),
            ("windows by 2027-06-30", "windows by 2027-03-31", true),
            ("windows by 2027-06-30", "windows by 2027-07-01", false),
            ("windows by 2027-06-30", "windows", false),
            ("windows by 2027-06-30", "linux by 2027-06-30", false),
            ("windows by then", "windows", false),
            ("windows", "windows with retention of 1 day by 2027-06-30", false),
            ("windows", "windows (no longer available)", false),
            ("windows with retention of 1 day", "windows with retention of 1 day by 2027-06-30", true),
        ] {
            assert_eq!(covers(accepted, found), is_covered, "{accepted} and {found}");
        }
    }
}
