use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::input::decode::Field;
use crate::model::calendar::{BarePeriod, Weekend};
use crate::model::window::{Date, days_between};

fn events(signing: Window) -> Events {
    let mut events = Events::new();
    events.push("signing", EventDate::Known(signing));
    events.push("start", EventDate::Missing);
    events.push("end", EventDate::Unreadable);
    events.push("go-live", EventDate::Known(Window::new(date(2027, 7, 1), date(2027, 9, 30))));
    events.push("on-site-test", EventDate::Known(Window::day(date(2027, 8, 2))));
    events
}

fn resolve(text: &str, signing: Window, calendar: &Calendar) -> Result<Deadline, ReadError> {
    let day = DayExpr::parse(text, calendar)?.resolve(text, &events(signing), calendar)?;
    Ok(day.into_deadline().expect("a day"))
}

fn from(signing: Date, text: &str) -> String {
    let holidays = Field::Given([date(2026, 12, 25), date(2027, 1, 1)].into());
    let calendar = Calendar { holidays, ..Calendar::default() };
    match resolve(text, Window::day(signing), &calendar) {
        Ok(deadline) => deadline.window.to_string(),
        Err(ReadError::Misread(misread)) => format!("error: {}", misread.title),
        Err(ReadError::Reported) => "reported".to_owned(),
    }
}

#[test]
fn the_worked_dates_hold() {
    assert_eq!(from(date(2026, 11, 30), "3 months after signing"), "2027-02-28");
    assert_eq!(from(date(2026, 3, 31), "90 days after signing"), "2026-06-29");
    assert_eq!(from(date(2026, 12, 18), "10 business days after signing"), "2027-01-05");
}

#[test]
fn every_form_is_read() {
    let signing = date(2026, 12, 15);
    for (forms, expected) in [
        (
            "signing|by Signing|the signing date|on contract signing|signature|until signing|date hereof|\
          the date of this Order Form|upon execution of this Agreement|the Effective Date of this SOW",
            "2026-12-15",
        ),
        (
            "a week after signing|one week from the signing|within 7 days of signing|within 7 days after signing|\
          7 calendar days following signing|7-days after signing",
            "2026-12-22",
        ),
        ("before signing|the day before signing|1 day before signing", "2026-12-14"),
        (
            "the 30th day after signing|on the thirtieth (30th) day following signing|by thirtieth day after signing|\
             no later than 5:00 p.m. CET on the thirtieth (30) day after signing|17:00 on the 30th day after signing",
            "2027-01-14",
        ),
        ("the twenty-first (21st) calendar day after signing|by the 21st day after signing", "2027-01-05"),
        ("the tenth (10th) business day after signing|10th business day from signing", "2026-12-30"),
        ("as of signing|as of the signing date", "2026-12-15"),
        ("2 years after signing|by two years after signing", "2028-12-15"),
        (
            "before go-live|before the Go Live|1 day before go-live|the day before go-live|one day prior to go-live|\
             1 business day before Q3 2027|1 day before the Q3 2027|earlier of 1 day before Q3 2027 and go-live",
            "2027-06-30",
        ),
        ("2 weeks before go-live|2 weeks before Q3 2027|14 days prior to H2 2027", "2027-06-17"),
        (
            "go-live|Go Live|by go_live|go-live date|go\u{2011}live|by\u{a0}go–live",
            "2027-07-01 to 2027-09-30",
        ),
        ("1 day after go live", "2027-07-02 to 2027-10-01"),
        ("on-site-test|by on-site-test|the on-site test|on on-site test|“on‑site test”", "2027-08-02"),
        ("end|by end|the end|30 days after end|end of the term", "reported"),
        ("end of Q2 2027", "2027-06-30"),
    ] {
        for form in forms.split('|') {
            assert_eq!(from(signing, form), expected, "{form}");
        }
    }
}

#[test]
fn errors_stand_at_the_event() {
    let wrong = |text: &str| match resolve(text, Window::day(date(2026, 12, 15)), &Calendar::default()) {
        Err(ReadError::Misread(misread)) => misread,
        other => panic!("{text}: {other:?}"),
    };
    let misread = wrong("30 days after go-liev ");
    assert_eq!(misread.title, "`go-liev` is no event of this contract");
    assert_eq!(misread.label, "expected `signing`, `go-live` or `on-site-test`");
    assert_eq!((misread.helps[0].text.as_str(), misread.part), ("did you mean `go-live`?", Some(14..21)));
    let misread = wrong("by start");
    assert_eq!((misread.title.as_str(), misread.part), ("`start` has no date", Some(3..8)));
    for (text, title) in [
        ("date of this", "`date of this` is neither a date nor an event of this contract"),
        ("date of this phase", "`date of this phase` is neither a date nor an event of this contract"),
        ("acceptance date", "`acceptance date` is neither a date nor an event of this contract"),
        ("soon", "`soon` is vague: nobody can tell the day it means"),
        ("90 days", "`90 days` has no event to count from"),
        ("within a month", "`within a month` has no event to count from"),
        ("5 days after", "`5 days after` has no event to count from"),
        ("after signing", "`after signing` has no last day"),
        ("within 5 days before signing", "`within 5 days before signing` has no single last day"),
        ("", "an empty text is neither a date nor an event"),
    ] {
        assert_eq!(wrong(text).title, title);
    }
    for text in ["999999999999 days", "200000 years", "200000 business days", "100000 days", "3000 months"] {
        assert!(wrong(&format!("{text} after signing")).title.contains("lies outside the years"), "{text}");
    }
}

#[test]
fn a_unit_that_is_none_is_named() {
    let wrong = |text: &str| match DueExpr::parse(text, &Calendar::default()) {
        Err(ReadError::Misread(misread)) => {
            let helps: Vec<String> = misread.helps.into_iter().map(|help| help.text).collect();
            (misread.title, text[misread.part.unwrap()].to_owned(), helps)
        }
        other => panic!("{text}: {other:?}"),
    };
    let dyas = ("deadlines do not count in `dyas`".to_owned(), "dyas".to_owned());
    for text in ["30 dyas after start", " by 30 dyas  before the start", "within 30-dyas of start"] {
        let (title, part, helps) = wrong(text);
        assert_eq!(((title, part), helps), (dyas.clone(), vec!["did you mean `days`?".to_owned()]));
    }
    assert_eq!(wrong("2 quarters after start").2, ["write `6 months`"]);
    assert_eq!(wrong("5 full moons after start").1, "full moons");
}

#[test]
fn a_broken_setting_leaves_what_it_decides_unread() {
    let signing = Window::day(date(2026, 12, 18));
    let calendar = Calendar { bare_period: Field::Broken, holidays: Field::Broken, ..Calendar::default() };
    let is_read = |text: &str| match resolve(text, signing, &calendar) {
        Ok(_) => true,
        Err(ReadError::Reported) => false,
        Err(ReadError::Misread(misread)) => panic!("{text}: {misread:?}"),
    };
    for text in ["2027-03-31", "end of Q1 2027", "signing", "5 days after signing"] {
        assert!(is_read(text), "{text}");
    }
    for text in ["Q1 2027", "go-live", "30 days after go-live", "5 business days after signing"] {
        assert!(!is_read(text), "{text}");
    }
}

#[test]
fn steps_explain_how_it_was_counted() {
    let signing = Window::day(date(2026, 3, 31));
    let mut calendar = Calendar::default();
    let deadline = resolve("90 days after signing", signing, &calendar).unwrap();
    assert_eq!(deadline.steps(), ["90 days after signing (2026-03-31) is 2026-06-29"]);
    let deadline = resolve("Q3 2027", signing, &calendar).unwrap();
    assert_eq!((deadline.reading, deadline.steps().len()), (Reading::Both, 0));
    calendar.bare_period = Field::Given(BarePeriod::End);
    let deadline = resolve("go-live", signing, &calendar).unwrap();
    assert_eq!((deadline.reading, deadline.window), (Reading::End, Window::day(date(2027, 9, 30))));
    assert_eq!(deadline.steps(), ["go-live is 2027-09-30"]);
    let before = resolve("before go-live", signing, &calendar).unwrap();
    assert_eq!(before.steps(), ["before go-live (2027-07-01 to 2027-09-30) is 2027-06-30"]);
}

/// The day to which a weekend moves another, found by the day of the week that days have had since 1 January 2000, a
/// Saturday, and by looking at every holiday.
fn next_business_day(day: Date, holidays: &[Date]) -> Date {
    let mut number = date(2000, 1, 1).until(day).unwrap().get_days();
    let on = |number: i32| date(2000, 1, 1).checked_add(number.days()).unwrap();
    while number.rem_euclid(7) < 2 || holidays.contains(&on(number)) {
        number += 1;
    }
    on(number)
}

proptest! {
    #[test]
    fn a_weekend_moves_a_deadline_to_the_next_business_day(
        start in -3_000i64..12_000, length in 0i64..12, amount in 1u32..60,
        unit in prop::sample::select(vec!["days", "business days", "weeks", "months"]),
        free in prop::collection::btree_set(0i64..90, 0..25),
    ) {
        let day = |offset: i64| date(2000, 1, 1).checked_add(offset.days()).unwrap();
        let signing = Window::new(day(start), day(start + length));
        let text = format!("{amount} {unit} after signing");
        let mut calendar = Calendar::default();
        let counted = resolve(&text, signing, &calendar).unwrap().window;
        let near = days_between(day(0), counted.earliest) - 10;
        let holidays: Vec<Date> = free.iter().map(|offset| day(near + offset)).collect();
        calendar.holidays = Field::Given(holidays.iter().copied().collect());
        let counted = resolve(&text, signing, &calendar).unwrap().window;
        calendar.weekend = Field::Given(Weekend::NextBusinessDay);
        let moved = resolve(&text, signing, &calendar).unwrap();
        let expected = [counted.earliest, counted.latest].map(|day| next_business_day(day, &holidays));
        prop_assert_eq!(moved.window, Window::new(expected[0], expected[1]));
        prop_assert_eq!(moved.counted(), counted);
        // What must be there before an event would come too late.
        let before = format!("{amount} {unit} before signing");
        let kept = resolve(&before, signing, &calendar).unwrap();
        prop_assert_eq!(kept.window, kept.counted());
    }

    #[test]
    fn resolving_is_monotone(
        start in 0i64..36_000, length in 0i64..100, later in 0i64..100, amount in 0u32..100, before: bool,
        unit in prop::sample::select(vec!["days", "business days", "weeks", "months", "years"]),
    ) {
        let day = |offset: i64| date(2000, 1, 1).checked_add(offset.days()).unwrap();
        let text = format!("{amount} {unit} {} signing", if before { "before" } else { "after" });
        let mut calendar = Calendar::default();
        let signing = Window::new(day(start), day(start + length));
        let cautious = resolve(&text, signing, &calendar).unwrap();
        let moved = Window::new(day(start + later), day(start + length + later));
        let next = resolve(&text, moved, &calendar).unwrap();
        prop_assert!(cautious.window.earliest <= next.window.earliest);
        prop_assert!(cautious.window.latest <= next.window.latest);
        // What lies before a period lies before all of it.
        prop_assert!(!before || amount == 0 || cautious.window.latest < signing.earliest);
        calendar.bare_period = Field::Given(BarePeriod::End);
        let end = resolve(&text, signing, &calendar).unwrap();
        prop_assert_eq!(end.window, Window::day(cautious.window.latest));
        prop_assert_eq!(end.written, cautious.window);
    }

    #[test]
    fn nothing_panics(
        text in prop_oneof![
            any::<String>(),
            "(within |by |before )?[0-9a-z]{0,12} (business )?(day|month|year)s? (after|before|of)? ?(the )?[a-zé -]{0,8}",
        ],
    ) {
        if let Err(ReadError::Misread(Misread { part: Some(part), .. })) =
            resolve(&text, Window::day(date(2026, 1, 31)), &Calendar::default())
        {
            prop_assert!(text.get(part).is_some());
        }
    }
}
