//! What a roadmap writes for a target: a release, a date, or that there is none.

use std::collections::BTreeMap;

use crate::text::nearest;

use super::calendar::Calendar;
use super::date::{parse_date, quoted, same_words};
use super::misread::{Misread, ReadError};
use super::scope::same;
use super::window::{Date, Window, YEARS};

/// What a target is read with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Targets<'a> {
    /// How dates are read.
    pub calendar: &'a Calendar,
    /// The releases of the roadmap with their dates, as far as they have one.
    pub releases: &'a BTreeMap<String, Option<Window>>,
    /// The day the roadmap file was last reviewed: what `now` and `next` count from, or they would stay fresh
    /// for ever.
    pub reviewed: Option<Date>,
}

const NONE: &[&str] = &["tbd", "tba", "later", "unknown", "none"];

/// Reads a target; nothing where the text says that there is none yet.
pub(crate) fn parse_target(text: &str, targets: &Targets) -> Result<Option<Window>, ReadError> {
    let name = text.trim();
    // Releases first: what a roadmap names itself is meant, also where it reads as a date.
    if let Some(&window) = targets.releases.get(name).or_else(|| {
        let mut releases = targets.releases.iter();
        releases.find(|(release, _)| same(release.trim(), name)).map(|(_, window)| window)
    }) {
        return Ok(window);
    }
    if is_no_date(name) {
        return Ok(None);
    }
    if name.eq_ignore_ascii_case("now") {
        return Ok(Some(quarters(name, 0, 1, targets)?));
    }
    if name.eq_ignore_ascii_case("next") {
        return Ok(Some(quarters(name, 1, 2, targets)?));
    }
    let date = parse_date(text, targets.calendar);
    // Products call their releases by year and number: what begins as one is a patch of it more often than a day.
    let is_period = date.as_ref().is_ok_and(|window| !window.is_day());
    let names = targets.releases.keys().map(|release| release.trim());
    let begins = names.clone().find(|release| is_of_release(name, release));
    let begins = begins.map(|release| format!("begins as the release `{}` does", quoted(release)));
    let mut alike = names.filter(|release| is_numbered_by_year(release) && is_numbered_by_year(name));
    let alike = || alike.next().map(|release| format!("is written as the release `{}` is", quoted(release)));
    let as_release =
        format!("if it is a release, give it its date under `[releases]`: `\"{name}\" = \"2027-03-15\"`");
    if let Some(label) = begins.or_else(alike).filter(|_| !is_period) {
        let title = format!("`{}` is no release that has a date", quoted(name));
        let misread = Misread::new(title, label).help(as_release);
        return Err(ReadError::Misread(match date {
            Ok(day) => {
                misread.instead(day.latest.to_string(), format!("write `{}` if it is a day", day.latest))
            }
            Err(_) => misread,
        }));
    }
    date.map(Some).map_err(|mut error| {
        if let ReadError::Misread(misread) = &mut error {
            match nearest(name, targets.releases.keys().map(String::as_str)) {
                Some(release) => {
                    misread.helps.insert(0, format!("a release of a similar name is `{release}`").into())
                }
                None if is_numbered_by_year(name) => misread.helps.push(as_release.into()),
                None => {}
            }
        }
        error
    })
}

/// Whether a text says that there is no date yet: `TBD`.
pub(crate) fn is_no_date(text: &str) -> bool {
    NONE.iter().any(|none| same_words(none, text.trim()))
}

/// Whether a text is the name of a release and something further: `2027.1.2` of `2027.1`.
fn is_of_release(text: &str, release: &str) -> bool {
    let rest = text.get(..release.len()).filter(|start| same(start, release)).and(text.get(release.len()..));
    !release.is_empty() && rest.is_some_and(|rest| rest.starts_with(['.', '-', '_', '/']))
}

/// Whether a text is a year and numbers after dots, as products call their releases: `2027.1`.
fn is_numbered_by_year(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(year, rest)| year.len() == 4 && is_number(year) && rest.split('.').all(is_number))
}

/// Some calendar quarters as one window, from that many after the one of the review.
fn quarters(text: &str, skip: i16, count: i16, targets: &Targets) -> Result<Window, Misread> {
    let Some(reviewed) = targets.reviewed else {
        let title = format!("`{text}` counts from the day the roadmap was reviewed, and none is given");
        return Err(Misread::new(title, "no day to count from")
            .help("write `reviewed = 2026-11-16` under `[product]`, with the day of your last review")
            .help("write a date, such as `Q2 2027`"));
    };
    // A year beyond ours could overflow; the nearest that is not leads outside as well.
    let year = reviewed.year().clamp(YEARS.start() - 2, YEARS.end() + 2);
    let first = year * 4 + (i16::from(reviewed.month()) - 1) / 3 + skip;
    let quarter = |number: i16| Window::months(number / 4, u8::try_from(number % 4 * 3 + 1).ok()?, 3);
    let window = quarter(first).zip(quarter(first + count - 1));
    let window = window.and_then(|(from, to)| Window::new(from.earliest, to.latest).in_years());
    window.ok_or_else(|| {
        let title = format!("`{}` leads outside the years 1900 to 2199", quoted(text));
        Misread::new(title, format!("counts from {reviewed}, the day of the review"))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, reviewed: Option<Date>) -> Result<Option<String>, ReadError> {
        let releases = BTreeMap::from([
            ("4.2".to_owned(), Some(Window::day(date(2027, 1, 20)))),
            ("Summer Release".to_owned(), Some(Window::day(date(2027, 7, 1)))),
        ]);
        let targets = Targets { calendar: &Calendar::default(), releases: &releases, reviewed };
        parse_target(text, &targets).map(|window| window.map(|window| window.to_string()))
    }

    #[test]
    fn releases_come_before_dates_and_nothing_is_an_answer() {
        let some = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(read(" 4.2 ", None), some("2027-01-20"));
        assert_eq!(read("summer release", None), some("2027-07-01"));
        assert_eq!(read("2027-Q2", None), some("2027-04-01 to 2027-06-30"));
        for none in ["TBD", "later", "tba", "unknown", "none"] {
            assert_eq!(read(none, None), Ok(None));
        }
        let reviewed = Some(date(2026, 11, 16));
        assert_eq!(read("Now", reviewed), some("2026-10-01 to 2026-12-31"));
        assert_eq!(read("next", reviewed), some("2027-01-01 to 2027-06-30"));
    }

    #[test]
    fn what_is_no_target_says_what_to_write() {
        let wrong = |text| match read(text, None) {
            Err(ReadError::Misread(misread)) => misread,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(wrong("4.3").helps[0].text, "a release of a similar name is `4.2`");
        assert_eq!(wrong("4.2.1").label, "begins as the release `4.2` does");
        assert!(wrong("next").helps[0].text.starts_with("write `reviewed = "));
        assert!(wrong("mid-2027").title.contains("vague"));
        assert!(read("soon", None).is_err());
        assert!(read("next", Some(date(2199, 12, 1))).is_err());
    }

    #[test]
    fn what_begins_as_a_release_is_no_date() {
        let releases = BTreeMap::from([("2027.1".to_owned(), Some(Window::day(date(2027, 4, 15))))]);
        let targets = Targets { calendar: &Calendar::default(), releases: &releases, reviewed: None };
        let helps = |text| match parse_target(text, &targets) {
            Err(ReadError::Misread(misread)) => misread.helps,
            other => panic!("{text}: {other:?}"),
        };
        let [release, day] = helps("2027.1.2").try_into().unwrap();
        assert!(release.text.ends_with("`\"2027.1.2\" = \"2027-03-15\"`"), "{release:?}");
        assert_eq!(day, "write `2027-01-02` if it is a day");
        assert_eq!(helps("2027.1.99").len(), 1);
        let read = |text| parse_target(text, &targets).unwrap().map(|window| window.to_string());
        assert_eq!(read("2027.1").as_deref(), Some("2027-04-15"));
        // Another release of the same year is called alike, and has no date either.
        let [_, day] = helps("2027.2.1").try_into().unwrap();
        assert_eq!(day, "write `2027-02-01` if it is a day");
        assert_eq!(helps("2027.13.1").len(), 1);
        assert_eq!(read("2027-01-02").as_deref(), Some("2027-01-02"));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>()) {
            for day in [None, Some(Date::MIN), Some(Date::MAX), Some(Date::ZERO)] {
                let _ = read(&text, day);
                let _ = read("next", day);
            }
        }
    }
}
