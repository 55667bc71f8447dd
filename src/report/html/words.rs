//! What is shown everywhere on the page in the same words: verdicts with their marks, days, amounts.

use maud::{Markup, html};

use crate::deals::{DealJudgement, DealPromise};
use crate::delivery::Delivery;
use crate::lint::obstacle::Standing;
use crate::model::money::{Money, Sums};
use crate::model::window::Window;
use crate::text::{self, clean_truncated, group_digits, group_numbers};

/// The most characters that are shown of a text out of a file. A name of five megabytes is nobody's name.
const MAX_NAME_CHARS: usize = 160;

/// What a verdict means to those who read the page. Each has a shape, so that none is told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Cannot be kept as it stands, or was not kept.
    Broken,
    /// Could not be judged.
    Unjudged,
    /// On time, with little to spare.
    Risk,
    /// Cannot be kept as it stands, or is at risk, and somebody has accepted that.
    Waived,
    /// Cannot be kept as it stands, and the lints that say so are allowed.
    Allowed,
    /// On time, not shipped.
    Coming,
    /// Available.
    Kept,
    /// Needs no feature.
    Service,
}

impl Mark {
    /// All of them, the most urgent first.
    pub(super) const ALL: [Self; 8] = [
        Self::Broken,
        Self::Unjudged,
        Self::Risk,
        Self::Waived,
        Self::Allowed,
        Self::Coming,
        Self::Kept,
        Self::Service,
    ];

    /// What becomes of a promise.
    pub(super) fn of(promise: &DealPromise) -> Self {
        let is_service = promise.is_service && promise.delivery.is_none();
        if is_service { Self::Service } else { Self::new(promise.standing, promise.delivery) }
    }

    /// What becomes of one feature and cell of a promise.
    pub(super) fn of_judgement(judgement: &DealJudgement) -> Self {
        Self::new(judgement.standing, Some(judgement.delivery))
    }

    fn new(standing: Standing, delivery: Option<Delivery>) -> Self {
        match standing {
            Standing::Broken => Self::Broken,
            Standing::Unjudged => Self::Unjudged,
            Standing::AtRisk => Self::Risk,
            Standing::Waived => Self::Waived,
            Standing::Allowed => Self::Allowed,
            Standing::Fine if delivery == Some(Delivery::Shipped) => Self::Kept,
            Standing::Fine => Self::Coming,
        }
    }

    /// What a verdict alone means.
    pub(super) fn of_delivery(delivery: Delivery) -> Self {
        match delivery {
            Delivery::Unresolved => Self::Unjudged,
            Delivery::Shipped => Self::Kept,
            Delivery::OnTrack | Delivery::Unscheduled => Self::Coming,
            Delivery::Tight => Self::Risk,
            Delivery::Beta
            | Delivery::LateByDependency
            | Delivery::Late
            | Delivery::Undated
            | Delivery::LevelGap
            | Delivery::ScopeGap
            | Delivery::Dropped
            | Delivery::Unknown => Self::Broken,
        }
    }

    /// Its shape.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Broken => "✕",
            Self::Unjudged => "○",
            Self::Risk => "▲",
            Self::Waived => "◇",
            Self::Allowed => "□",
            Self::Coming => "◐",
            Self::Kept => "●",
            Self::Service => "–",
        }
    }

    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Unjudged => "unjudged",
            Self::Risk => "risk",
            Self::Waived => "waived",
            Self::Allowed => "allowed",
            Self::Coming => "coming",
            Self::Kept => "kept",
            Self::Service => "service",
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Broken => "cannot be kept",
            Self::Unjudged => "not judged",
            Self::Risk => "at risk",
            Self::Waived => "waived",
            Self::Allowed => "allowed",
            Self::Coming => "on track",
            Self::Kept => "shipped",
            Self::Service => "service",
        }
    }

    /// What it stands for.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Broken => "As the promise stands; or it was not kept. The words say why.",
            Self::Unjudged => {
                "The promise names no feature, or something that it rests on could not be read."
            }
            Self::Risk => "On time by plan, with little to spare.",
            Self::Waived => {
                "Cannot be kept as it stands, or is at risk, and a named person has accepted that."
            }
            Self::Allowed => "Cannot be kept as it stands, and the settings allow that.",
            Self::Coming => "On time by plan, not available yet.",
            Self::Kept => "Available today.",
            Self::Service => "An obligation that needs no feature.",
        }
    }

    /// The shape with words beside it; who cannot see the shape hears the words.
    pub(super) fn with(self, words: &str) -> Markup {
        html! { span class={ "mark " (self.class()) } { (self.sign()) "\u{a0}" (words) } }
    }

    /// The mark with a number; a plain 0 where there is none.
    pub(super) fn count(self, count: usize) -> Markup {
        html! {
            @if count > 0 { span class=(self.class()) { (self.sign()) " " (number(count)) } } @else { "0" }
        }
    }

    /// The shape alone, where words stand beside it.
    pub(super) fn sign(self) -> Markup {
        html! { span.sign aria-hidden="true" { (self.symbol()) } }
    }
}

/// Days between deadline and delivery, in words that tell the direction.
pub(super) fn days(promise: &DealPromise) -> Option<String> {
    let judgement = promise.worst_judgement()?;
    let days = judgement.days?;
    let unit = if days.abs() == 1 { "day" } else { "days" };
    let distance = format!("{} {unit}", group_digits(&days.unsigned_abs().to_string()));
    Some(match days {
        1.. if judgement.certain => format!("{distance} late"),
        1.. => format!("up to {distance} late"),
        // By its first day there is less.
        _ if judgement.delivery == Delivery::Tight
            && promise.deadline.is_some_and(|deadline| !deadline.is_day()) =>
        {
            format!("{distance} to spare by its last day")
        }
        _ => format!("{distance} to spare"),
    })
}

/// A text out of a file. Letters that run from right to left do not turn what stands around them.
pub(super) fn given(text: &str) -> Markup {
    html! { bdi { (clean_truncated(text, MAX_NAME_CHARS)) } }
}

/// A text out of a file, where only text may stand.
pub(super) fn plain(text: &str) -> String {
    clean_truncated(text, MAX_NAME_CHARS).into_owned()
}

/// A day, or the days between two.
pub(super) fn window(window: Window) -> Markup {
    html! {
        @if !window.is_day() { time { (window.earliest) } " to " }
        time { (window.latest) }
    }
}

/// Something that may be missing.
pub(super) fn or_dash<T>(value: Option<T>, shown: impl FnOnce(T) -> Markup) -> Markup {
    match value {
        Some(value) => shown(value),
        None => dash(),
    }
}

/// Stands where something is missing.
pub(super) fn dash() -> Markup {
    html! { span.none { span aria-hidden="true" { "–" } span.unseen { "none" } } }
}

/// Totals, a currency a line. The style sheet sets them smaller where the longest has little room.
pub(super) fn sums(sums: &Sums) -> Markup {
    let sums: Vec<String> = sums.iter().map(money).collect();
    let length = match sums.iter().map(|sum| sum.chars().count()).max() {
        None | Some(0..13) => "sums",
        Some(13..19) => "sums long",
        Some(_) => "sums longest",
    };
    html! { span class=(length) { @for sum in &sums { span.sum { (sum) } " " } } }
}

/// An amount with its digits in groups.
pub(super) fn money(money: Money) -> String {
    money.in_words().replace(' ', "\u{a0}")
}

/// `1 contract`, `10 000 contracts`.
pub(super) fn count(number: usize, singular: &str) -> String {
    group_numbers(&text::count(number, singular))
}

/// `1 is`, `10 000 are` for words whose plural is not formed with an s.
pub(super) fn plural(count: usize, singular: &str, plural: &str) -> String {
    group_numbers(&text::plural(count, singular, plural))
}

/// The numbers of a run in one sentence.
pub(super) fn headline(text: &str) -> String {
    // An amount and its currency stay on one line.
    let mut parts = text.split(' ');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_code = part.get(..3).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()));
        out.push(if is_code && out.ends_with(|c: char| c.is_ascii_digit()) { '\u{a0}' } else { ' ' });
        out.push_str(part);
    }
    sentence(&out)
}

/// A number with its digits in groups.
pub(super) fn number(number: usize) -> String {
    group_digits(&number.to_string())
}

/// A sentence with a capital letter and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::counts::CountedPromise;
    use crate::check::tally::Tally;

    #[test]
    fn the_headline_is_that_of_the_summary() {
        let mut tally = Tally { drafts: 1, ..Tally::default() };
        let late = (Some(Delivery::Late), Standing::Broken);
        for (delivery, standing) in [late; 12_345] {
            tally.promises.add(CountedPromise {
                delivery,
                fault: None,
                standing,
                is_service: false,
                strength: None,
            });
        }
        let value = Money::parse("345878500.25 EUR").unwrap();
        tally.at_risk.insert("ACME-1".to_owned(), value);
        let shown = headline(&tally.headline());
        let plain = format!("{}.", tally.headline());
        assert!(shown.contains("345\u{202f}878\u{202f}500.25\u{a0}EUR contain"), "{shown}");
        assert_eq!(shown.replace('\u{a0}', " "), plain);
    }

    #[test]
    fn sentences_begin_large_and_end() {
        assert_eq!(sentence("all 3 promises can be kept"), "All 3 promises can be kept.");
        assert_eq!(sentence(""), ".");
    }

    #[test]
    fn no_two_marks_look_alike() {
        for (at, mark) in Mark::ALL.into_iter().enumerate() {
            for other in &Mark::ALL[at + 1..] {
                assert!(mark.symbol() != other.symbol() && mark.class() != other.class());
            }
        }
    }
}
