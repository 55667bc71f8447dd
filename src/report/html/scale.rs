//! Days as shares of a width. Drawings are as wide as their place, so that they can be read on any screen:
//! nothing in them is a length but text and lines.

use jiff::ToSpan as _;

use crate::model::window::{Date, Window, days_between};

/// Years before today that are drawn; what is earlier is drawn at the edge.
const YEARS_BACK: i64 = 1;

/// Years after today that are drawn.
const YEARS_AHEAD: i64 = 4;

/// Quarters up to which each is named.
const MAX_NAMED_QUARTERS: usize = 14;

/// The days that a drawing spans: whole quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    first: Date,
    last: Date,
}

/// A line of the scale.
#[derive(Debug, PartialEq)]
pub(super) struct Tick {
    /// Where it is.
    pub(super) at: f64,
    /// The quarter that begins there, where there is room to name it.
    pub(super) quarter: Option<i8>,
    /// The year that begins there, or that the scale begins in.
    pub(super) year: Option<i16>,
    /// Whether a year begins there.
    pub(super) is_year: bool,
}

/// A day or some days on the scale, as shares of its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    /// Where the first day begins.
    pub(super) from: f64,
    /// Where the last day ends.
    pub(super) to: f64,
    /// Whether some of it is earlier than the scale.
    pub(super) is_before: bool,
    /// Whether some of it is later.
    pub(super) is_after: bool,
}

impl Scale {
    /// The scale that shows today and all windows, as far as that is not too far.
    pub(super) fn of(today: Date, windows: impl Iterator<Item = Window>) -> Self {
        let (mut first, mut last) = (today, today);
        for window in windows {
            first = first.min(window.earliest);
            last = last.max(window.latest);
        }
        let first = first.max(today.saturating_sub(YEARS_BACK.years()));
        let last = last.min(today.saturating_add(YEARS_AHEAD.years()));
        Self {
            first: quarter_start(first),
            last: quarter_start(last).saturating_add(3.months()).saturating_sub(1.day()),
        }
    }

    /// Where a window lies.
    pub(super) fn place(&self, window: Window) -> Extent {
        let inside = |day: Date| day.clamp(self.first, self.last);
        Extent {
            from: self.position(inside(window.earliest)),
            to: self.position(inside(window.latest).saturating_add(1.day())),
            is_before: window.earliest < self.first,
            is_after: window.latest > self.last,
        }
    }

    /// Where a day begins.
    pub(super) fn position(&self, day: Date) -> f64 {
        let whole = days_between(self.first, self.last) + 1;
        days_between(self.first, day) as f64 / whole as f64
    }

    /// Where quarters begin, and years.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let mut days = vec![self.first];
        while let Some(next) =
            days.last().map(|day| day.saturating_add(3.months())).filter(|day| *day <= self.last)
        {
            days.push(next);
        }
        let are_named = days.len() <= MAX_NAMED_QUARTERS;
        // The year that the scale begins in is named where the next does not begin at once.
        let room = days.iter().skip(1).take(1).all(|day| day.month() != 1);
        days.iter()
            .enumerate()
            .map(|(at, day)| Tick {
                at: self.position(*day),
                quarter: are_named.then_some((day.month() + 2) / 3),
                year: (day.month() == 1 || at == 0 && room).then_some(day.year()),
                is_year: day.month() == 1,
            })
            .collect()
    }
}

fn quarter_start(day: Date) -> Date {
    let month = (day.month() - 1) / 3 * 3 + 1;
    Date::new(day.year(), month, 1).unwrap_or(day)
}

/// A share as an attribute.
pub(super) fn css_percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn scale(windows: &[Window]) -> Scale {
        Scale::of(TODAY, windows.iter().copied())
    }

    #[test]
    fn whole_quarters_are_drawn() {
        let scale = scale(&[Window::new(date(2027, 2, 3), date(2027, 5, 4))]);
        assert_eq!(scale, Scale { first: date(2026, 10, 1), last: date(2027, 6, 30) });
        let ticks = scale.ticks();
        assert_eq!(ticks.iter().map(|tick| tick.quarter).collect::<Vec<_>>(), [Some(4), Some(1), Some(2)]);
        assert_eq!(ticks.iter().map(|tick| tick.year).collect::<Vec<_>>(), [None, Some(2027), None]);
    }

    #[test]
    fn what_is_far_is_drawn_at_the_edge() {
        let far = Window::new(date(1900, 1, 1), date(2199, 12, 31));
        let place = scale(&[far]).place(far);
        assert!(place.is_before && place.is_after);
        assert_eq!((place.from, place.to), (0.0, 1.0));
    }

    #[test]
    fn shares_are_short() {
        assert_eq!(css_percent(0.0), "0%");
        assert_eq!(css_percent(1.0), "100%");
        assert_eq!(css_percent(1.0 / 3.0), "33.33%");
    }

    proptest! {
        #[test]
        fn every_window_has_a_place(days in prop::collection::vec((-2000i32..4000, 0i32..900), 1..6)) {
            let day = |days: i32| TODAY.saturating_add(days.days());
            let windows: Vec<Window> =
                days.iter().map(|&(from, length)| Window::new(day(from), day(from + length))).collect();
            let scale = scale(&windows);
            for place in windows.iter().map(|window| scale.place(*window)) {
                prop_assert!(0.0 <= place.from && place.from < place.to && place.to <= 1.0, "{place:?}");
            }
            prop_assert!((0.0..1.0).contains(&scale.position(TODAY)));
        }
    }
}
