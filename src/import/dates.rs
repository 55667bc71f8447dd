//! Days as tables write them: with a time of day, with the year last.

use std::borrow::Cow;

use crate::model::window::{Date, YEARS};

/// Whether the day or the month comes first where nothing else tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DateOrder {
    /// 03/04/2027 is the third of April
    Dmy,
    /// 03/04/2027 is the fourth of March
    Mdy,
}

/// What a day in numbers may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberedDay {
    dmy: Option<Date>,
    mdy: Option<Date>,
    /// Whether all four digits of the year are there.
    is_whole_year: bool,
}

impl NumberedDay {
    /// Reads three numbers of which the last is a year: `03/04/2027`, `31.03.27`.
    fn new(text: &str) -> Option<Self> {
        let separator = text.chars().find(|letter| !letter.is_ascii_digit())?;
        let mut parts = text.split(separator).map(str::trim);
        let (one, other, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_number = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_day =
            "/.-".contains(separator) && parts.next().is_none() && is_number(one, 2) && is_number(other, 2);
        if !is_day || !matches!(year.len(), 2 | 4) || !is_number(year, 4) {
            return None;
        }
        let is_whole_year = year.len() == 4;
        let year: i16 = if is_whole_year { year.parse().ok()? } else { 2000 + year.parse::<i16>().ok()? };
        let (one, other) = (one.parse().ok()?, other.parse().ok()?);
        let date = |day, month| Date::new(year, month, day).ok().filter(|_| YEARS.contains(&year));
        Some(Self { dmy: date(one, other), mdy: date(other, one), is_whole_year })
    }

    /// The day, if it can be told.
    fn day(self, order: Option<DateOrder>) -> Option<Date> {
        let ordered = match order {
            Some(DateOrder::Dmy) => self.dmy,
            Some(DateOrder::Mdy) => self.mdy,
            None => None,
        };
        let only = match (self.dmy, self.mdy) {
            (Some(day), None) | (None, Some(day)) => Some(day),
            (Some(day), Some(other)) if day == other => Some(day),
            _ => None,
        };
        // With two digits the year may as well stand first: only an order settles it.
        ordered.or(only.filter(|_| self.is_whole_year))
    }
}

/// A text without its time of day, with a day in numbers written as files write it where there is one reading.
pub(super) fn as_written<'t>(text: &'t str, order: Option<DateOrder>) -> Cow<'t, str> {
    let day = without_time(text.trim());
    match NumberedDay::new(&day).and_then(|numbered| numbered.day(order)) {
        Some(day) => day.to_string().into(),
        None => day,
    }
}

/// Whether a text is a day that `--date-order` would settle.
pub(super) fn waits_for_order(text: &str) -> bool {
    let numbered = NumberedDay::new(&without_time(text.trim()));
    let settles = |numbered: NumberedDay| {
        numbered.day(None).is_none()
            && [DateOrder::Dmy, DateOrder::Mdy].iter().any(|&order| numbered.day(Some(order)).is_some())
    };
    numbered.is_some_and(settles)
}

/// The day that a number stands for in a spreadsheet that shows it as one.
pub(super) fn of_serial(text: &str) -> Option<Date> {
    let serial: i64 = text.trim().split('.').next()?.parse().ok()?;
    // From 1982 to 2119. Excel takes 1900 for a leap year, so what comes after counts from 1899-12-30.
    let is_plausible = (30_000..80_000).contains(&serial);
    is_plausible.then(|| crate::model::window::add_days(Date::constant(1899, 12, 30), serial)).flatten()
}

/// The day counts as it is written, whatever the time and the zone.
fn without_time(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_clock = |word: &str| {
        let number = word.split(':').next().unwrap_or_default();
        word.contains(':')
            && (1..=2).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    // 2027-06-30T17:00:00.000Z
    let is_iso_day = bytes.len() > 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_iso_day && bytes[10] == b'T' && is_clock(&text[11..]) {
        return text[..10].into();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(clock) = words.iter().position(|word| is_clock(word)).filter(|&at| at > 0) else {
        return text.into();
    };
    let is_zone = |word: &&str| {
        let is_half = word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm");
        let is_named = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_half
            || is_named
            || word.starts_with(['+', '-', '('])
            || word.starts_with("GMT")
            || word.starts_with("UTC")
    };
    let after = &words[clock + 1..];
    let is_zoned = after.iter().any(|word| word.starts_with('(')) || after.iter().all(is_zone);
    if !is_zoned {
        return text.into();
    }
    let is_weekday = |word: &str| {
        let word = word.trim_end_matches(',').to_ascii_lowercase();
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
    };
    let first = usize::from(clock > 1 && is_weekday(words[0]));
    words[first..clock].join(" ").trim_end_matches(',').to_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_without_its_time() {
        for (text, day) in [
            ("2027-06-30T00:00:00.000Z", "2027-06-30"),
            ("2027-06-30 23:30:00 +0200", "2027-06-30"),
            ("15/Jun/27 5:00 PM", "15/Jun/27"),
            ("Sat Nov 01 2025 09:15:00 GMT+0000 (Coordinated Universal Time)", "Nov 01 2025"),
            ("6/21/2027 0:00", "2027-06-21"),
            (" 31.03.2027 ", "2027-03-31"),
            ("5/5/2027", "2027-05-05"),
        ] {
            assert_eq!(as_written(text, None), day);
        }
        for as_it_is in
            ["Q3 2027", "03/04/2027", "31/12/27", "2027-02-30", "31/31/2027", "Release 4:2 notes", "4.2"]
        {
            assert_eq!(as_written(as_it_is, None), as_it_is);
        }
    }

    #[test]
    fn the_order_settles_what_has_two_readings() {
        for (text, dmy, mdy) in [
            ("03/04/2027", "2027-04-03", "2027-03-04"),
            ("31/12/27", "2027-12-31", "31/12/27"),
            ("6/21/2027", "2027-06-21", "2027-06-21"),
        ] {
            assert_eq!(as_written(text, Some(DateOrder::Dmy)), dmy);
            assert_eq!(as_written(text, Some(DateOrder::Mdy)), mdy);
        }
        assert!(waits_for_order("03/04/2027 5:00 PM") && waits_for_order("31/12/27"));
        assert!(!waits_for_order("6/21/2027") && !waits_for_order("31/31/2027"));
        assert_eq!(of_serial("46507").map(|day| day.to_string()).as_deref(), Some("2027-04-30"));
    }
}
