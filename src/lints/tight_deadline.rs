use crate::model::calendar::Calendar;
use crate::model::date::parse_date;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that is on time by plan with less than the margin to spare, when the deadline is read strictly: a
    /// deadline of `Q3 2027` may mean its first day.
    ///
    /// ## Why it matters
    ///
    /// Plans slip. A promise that is kept only if nothing slips, or only if the customer reads the deadline as we
    /// do, is kept by luck.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: cost-index
    ///     due: Q2 2027
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.cost-index]
    /// name = "Commodity cost index"
    /// status = "in-progress"
    /// target = "2027-04"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: cost-index
    ///     due: end of Q2 2027
    /// ```
    pub(super) static LINT = {
        name: "tight-deadline",
        summary: "on time by plan, with less than a month to spare",
        level: Level::Warn,
        options: &[LintOption::days(
            "margin",
            30,
            "Days between the target and the deadline under which a promise is tight."
        )],
        check: Check::Delivery(Row::Tight, word),
    }
}

/// Days to spare under which a promise is tight: what this lint is set to.
pub(crate) fn margin(settings: &Settings) -> i64 {
    settings.number(&LINT, "margin")
}

fn word(case: &Case<'_, '_>) -> Finding {
    let tight = case.judgement;
    let deadline = case.deadline();
    let Some(expected) = tight.expected else {
        let title = format!("{} is tight", case.subject());
        return case.at_deadline(&LINT, title, "needed by this day").close(case);
    };
    let spare = days_between(expected.latest, deadline.earliest);
    let written = case.promise.requirement.due.words.trim();
    let is_written = case.promise.requirement.due.span.is_some();
    let left = || if spare == 0 { "no day".to_owned() } else { format!("only {}", text::days(spare)) };
    let finding = if deadline.is_day() || !is_written {
        let title = format!("{} leaves {} before the contract needs it", case.subject(), left());
        case.at_deadline(&LINT, title, "needed by this day")
    } else {
        let title = if spare < 0 {
            format!("{} is on time only if \"{written}\" means its last day", case.subject())
        } else {
            format!("{} leaves {} if \"{written}\" means its first day", case.subject(), left())
        };
        case.at_due(&LINT, title, &format!("may mean {} or {}", deadline.earliest, deadline.latest))
    };
    let finding = finding
        .labels(case.when(case.planned(expected)))
        .close(case)
        .chain(case)
        .notes(words::moves(case.promise.requirement));
    if is_written && !deadline.is_day() && case.what_if(|_| {}).holds_by(deadline.latest) {
        let whole = text::days(days_between(expected.latest, deadline.latest));
        let last = last_day_of(written, deadline);
        let help = Help::from(format!("write \"due: {last}\", which leaves {whole}"));
        let due = case.promise.requirement.due.span;
        return finding.help(case.reword(help.replacing(due, last)));
    }
    finding.later_deadline(case)
}

/// The last day of a period in words where words can say it, else as a date.
fn last_day_of(written: &str, deadline: Window) -> String {
    let bare = ["by ", "until "].iter().find_map(|word| written.strip_prefix(word)).unwrap_or(written);
    let words = format!("end of {bare}");
    // Offered only where it is read as the day that is meant.
    match parse_date(&words, &Calendar::default()) {
        Ok(window) if window == Window::day(deadline.latest) => words,
        _ => deadline.latest.to_string(),
    }
}
