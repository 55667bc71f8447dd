use jiff::civil::date;
use proptest::prelude::*;

use super::super::calendar::{FiscalYear, MONTHS, NamedBy};
use super::super::window::add_days;
use super::ends::weekday_name;
use super::*;
use crate::input::decode::Field;

fn fiscal() -> Calendar {
    open().with_quarters(Quarters::Calendar)
}

/// The same, with no setting that says which year a quarter is of.
fn open() -> Calendar {
    let fiscal_year = FiscalYear::new(2, NamedBy::End).map_or(Field::Absent, Field::Given);
    Calendar { fiscal_year, ..Calendar::default() }
}

fn read_by(text: &str, calendar: &Calendar) -> String {
    match parse_date(text, calendar) {
        Ok(window) => window.to_string(),
        Err(ReadError::Misread(misread)) => format!("error: {}", misread.title),
        Err(ReadError::Reported) => "reported".to_owned(),
    }
}

fn read(text: &str) -> String {
    read_by(text, &fiscal())
}

fn wrong(text: &str) -> Misread {
    match parse_date(text, &Calendar::default()) {
        Err(ReadError::Misread(misread)) => misread,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn what_a_word_processor_makes_of_a_date_is_read() {
    for (text, typed) in [
        ("2027\u{2011}03\u{2011}31", "2027-03-31"),
        ("2027–03–31", "2027-03-31"),
        ("31\u{a0}March\u{202f}2027", "31 March 2027"),
        ("“2027-03-31”", "2027-03-31"),
        ("„Q2 2027“", "Q2 2027"),
        ("Q3 ’27", "Q3 '27"),
        ("end\u{a0}of\u{a0}2027‑Q2", "end of 2027-Q2"),
    ] {
        assert!(!read(typed).starts_with("error"), "{typed}");
        assert_eq!(read(text), read(typed), "{text}");
    }
    let instead = wrong("03‑04‑2027").helps.remove(0).instead.unwrap();
    assert_eq!(read(&instead), instead);
    assert_eq!(wrong("2027\u{ad}-03-31").part, None);
}

#[test]
fn a_broken_fiscal_year_is_told_once() {
    let broken = Calendar { fiscal_year: Field::Broken, ..Calendar::default() };
    assert_eq!(read_by("FY27-Q1", &broken), "reported");
    assert_eq!(read_by("end of FY27", &broken), "reported");
    assert_eq!(read_by("Q1 2027", &broken), "reported");
    assert_eq!(read_by("2027-Q1", &broken), "reported");
    assert_eq!(read_by("Q1 CY2027", &broken), "2027-01-01 to 2027-03-31");
    let broken = Calendar { quarters: Field::Broken, ..Calendar::default() };
    assert_eq!(read_by("2027-Q1", &broken), "reported");
    assert_eq!(read_by("Q1 FY27", &broken), "error: `Q1 FY27` needs a fiscal year, and none is configured");
}

#[test]
fn every_form_is_read() {
    for (forms, expected) in [
        (
            "2027-03-31|31 March 2027|March 31, 2027|31 Mar 2027|31st March 2027|31st of march, 2027|31-Mar-27|\
             2027/03/31|2027-3-31| by 2027-03-31 |until March 31st 2027|end of March 2027|END-OF Mar. 2027|\
             the end of Q1 2027|by end of Q1 2027|before Q2 2027|before start of April 2027|on or before 2027-03-31",
            "2027-03-31",
        ),
        ("2027-03|March 2027|Mar 2027|mar-2027|in March 2027|Mar '27|2027 March", "2027-03-01 to 2027-03-31"),
        (
            "Q2 2027|2027-Q2|2027 Q2|2Q27|2Q 2027|Q2/2027|Q2'27|q2-2027|2027Q2|by the Q2 of 2027|27Q2",
            "2027-04-01 to 2027-06-30",
        ),
        ("H1 2027|2027-H1|1H27|1H 2027", "2027-01-01 to 2027-06-30"),
        ("2027|in 2027", "2027-01-01 to 2027-12-31"),
        ("FY27|FY2027|fy 27|FY'27|fiscal year 2027", "2026-02-01 to 2027-01-31"),
        ("FY27-Q1|FY27 Q1|Q1 FY27|FY2027Q1|1Q FY27", "2026-02-01 to 2026-04-30"),
        ("FY27-H1|H1 FY27", "2026-02-01 to 2026-07-31"),
        ("2027-W14|W14 2027|2027W14", "2027-04-05 to 2027-04-11"),
        ("2026-W53", "2026-12-28 to 2027-01-03"),
        ("start of Q2 2027|beginning of April 2027|the start of 2027-Q2|before 2027-04-02", "2027-04-01"),
    ] {
        for form in forms.split('|') {
            assert_eq!(read(form), expected, "{form}");
        }
    }
}

#[test]
fn impossible_dates_say_why_at_their_place() {
    for (text, title, part) in [
        ("2027-02-30", "`2027-02-30` is no day: February 2027 has 28 days", 8..10),
        (" by 2027-13-01", "`2027-13-01` is no date: there is no month 13", 9..11),
        ("Q5 2027", "`Q5 2027` is no date: a year has no quarter 5", 1..2),
        ("2027-H3", "`2027-H3` is no date: a year has no half 3", 6..7),
        ("2027-W53", "`2027-W53` is no date: 2027 has 52 weeks, and no week 53", 6..8),
        ("2026-W54", "`2026-W54` is no date: 2026 has 53 weeks, and no week 54", 6..8),
        ("3027-01-01", "`3027-01-01` lies outside the years 1900 to 2199", 0..4),
    ] {
        let misread = wrong(text);
        assert_eq!((misread.title.as_str(), misread.part), (title, Some(part)));
    }
    assert_eq!(read("before 1900"), "error: `before 1900` lies outside the years 1900 to 2199");
    assert_eq!(read("0000"), "error: `0000` lies outside the years 1900 to 2199");
    assert_eq!(read("Q3 to Q4 2327"), "error: `Q4 2327` lies outside the years 1900 to 2199");
    // These are names, and a milestone may have them.
    for name in ["event-1000", "stage-3000", "event-2027"] {
        assert!(read(name).starts_with(&format!("error: `{name}` is not a date")), "{}", read(name));
    }
}

#[test]
fn a_help_shows_every_reading() {
    let misread = wrong("03/04/2027");
    assert_eq!(misread.title, "`03/04/2027` is ambiguous: it may be `2027-03-04` or `2027-04-03`");
    assert_eq!(misread.helps.len(), 2);
    assert_eq!(wrong("03.04.2027").helps, misread.helps);
    for text in ["03/31/27", "31.03.27", "20270331"] {
        assert_eq!(wrong(text).helps, ["write `2027-03-31`"], "{text}");
    }
    assert_eq!(wrong("03/2027").helps, ["write `2027-03`"]);
    assert_eq!(wrong("32/13/2027").title, "`32/13/2027` is no day");
    let misread = wrong("FY27-Q1");
    assert!(misread.helps[0].text.starts_with("for 2026-02-01 to 2026-04-30, where"), "{misread:?}");
    assert!(
        misread.helps[0].text.ends_with(
            "write `fiscal-year = { start = \"February\", named-by = \"end\" }` in dealcheck.toml"
        )
    );
    assert!(misread.helps[1].text.starts_with("for 2027-02-01 to 2027-04-30, where"), "{misread:?}");
    assert_eq!(wrong("Mar 27").helps, ["write `March 2027`, or a day such as `2027-03-01`"]);
}

#[test]
fn vague_words_are_not_dates() {
    for text in [
        "mid-2027", "early 2027", "late Q2 2027", "soon", "ASAP", "TBD", "later", "now", "next", "shortly",
        "tba", "N/A", "upon release", "spring 2027", "by summer 2027", "end of year", "next quarter",
    ] {
        assert!(wrong(text).title.contains(" is vague: "), "{text}: {}", wrong(text).title);
    }
    assert_eq!(wrong("late 2027").helps, ["write a day or a period, such as `Q4 2027`"]);
    let misread = wrong("2027-03-31T10:00:00Z");
    assert_eq!((misread.helps[0].text.as_str(), misread.part), ("write `2027-03-31`", Some(10..20)));
    assert_eq!(wrong("after Q2 2027").title, "`after Q2 2027` has no last day");
    for text in
        ["", " ", "-2027", "2027-", "Q2", "by", "end of", "phase-2", "Q2 2027 2028", "2027--03", "２０２７"]
    {
        assert!(matches!(read_date(text, &fiscal()), Err(DateUnread::NotADate)), "{text}");
    }
}

proptest! {
    #[test]
    fn printed_forms_read_back(year in 1901i16..=2198, month in 1u8..=12, offset in 0i8..31, start in 1u8..=12) {
        let named_by = if offset % 2 == 0 { NamedBy::Start } else { NamedBy::End };
        let fiscal_year = FiscalYear::new(start, named_by).unwrap();
        let calendar = Calendar { fiscal_year: Field::Given(fiscal_year), ..Calendar::default() };
        let calendar = calendar.with_quarters(Quarters::Calendar);
        let read = |text: String| parse_date(&text, &calendar).unwrap();
        let whole = read(format!("{year}"));
        let half = read(format!("{year}-H{}", (month - 1) / 6 + 1));
        let quarter = read(format!("Q{} {year}", (month - 1) / 3 + 1));
        let in_month = read(format!("{year}-{month:02}"));
        prop_assert_eq!(in_month, read(format!("{} {year}", MONTHS[usize::from(month) - 1])));
        let day = date(year, month as i8, 1 + offset % in_month.latest.day());
        prop_assert_eq!(read(day.to_string()), Window::day(day));
        prop_assert!(in_month.contains(Window::day(day)) && quarter.contains(in_month));
        prop_assert!(half.contains(quarter) && whole.contains(half));
        prop_assert_eq!(quarter, read(format!("{}Q{year}", (month - 1) / 3 + 1)));
        let week = day.iso_week_date();
        let iso_week = read(format!("{}-W{:02}", week.year(), week.week()));
        prop_assert!(iso_week.contains(Window::day(day)));
        let fiscal = read(format!("FY{year}"));
        prop_assert_eq!(Some(fiscal), fiscal_year.year(year));
        prop_assert_eq!(fiscal.earliest, read(format!("FY{year}-Q1")).earliest);
        prop_assert_eq!(fiscal.latest, read(format!("H2 FY{year}")).latest);
        prop_assert_eq!(read(format!("end of Q1 {year}")), Window::day(read(format!("Q1 {year}")).latest));
        prop_assert_eq!(read(format!("before {year}-{month}")).latest.tomorrow().unwrap(), in_month.earliest);
    }

    #[test]
    fn nothing_panics(
        text in prop_oneof![
            any::<String>(),
            "((end of|before|by|the|mid|FY|Q|W|Mar|st|after) ?){0,3}[0-9]{0,9}[-/. ,'’TQHW]{0,2}[0-9]{0,4}[-/.:]?[0-9]{0,4}",
        ],
    ) {
        for calendar in [Calendar::default(), fiscal()] {
            if let Err(ReadError::Misread(Misread { part: Some(part), .. })) = parse_date(&text, &calendar) {
                prop_assert!(text.get(part).is_some());
            }
        }
    }
}

#[test]
fn the_words_of_contracts_are_read() {
    for (forms, expected) in [
        (
            "30.06.2027|30/06/2027|06/30/2027|30-06-2027|30. June 2027|COB 30 June 2027|\
             by close of business on June 30, 2027|June 30, 2027, close of business|end of day on 30 June 2027|\
             Wednesday, 30 June 2027|on Wednesday June 30, 2027|Wed 2027-06-30|not later than 30 June 2027|\
             on or before the 30th day of June, 2027|5:00 p.m. on June 30, 2027|by 11:59 PM (Pacific Time) on June 30, 2027|\
             June 30, 2027 at 5 p.m.|30 June 2027, 17:00 CET|no later than 5.30 pm Central European Time on 30 June 2027|the thirtieth day of June 2027|EOQ Q2 2027|EOQ2 2027|EOH1 2027|\
             EOM June 2027|quarter-end Q2 2027|prior to 1 July 2027|the last day of the second quarter of 2027|\
             end of the second calendar quarter of 2027|no later than the end of H1 CY2027|before July CY2027",
            "2027-06-30",
        ),
        ("the twenty-first of June 2027|twenty-first day of June, 2027", "2027-06-21"),
        (
            "EOY 2027|EOY2027|year-end 2027|end of the year 2027|end of calendar year 2027|EOQ4 2027",
            "2027-12-31",
        ),
        ("EOY FY27|end of fiscal year 2027", "2027-01-31"),
        (
            "second quarter of calendar year 2027|2nd quarter of 2027|Q2 CY2027|CY2027 Q2|CY27-Q2|during Q2 2027|\
             in the second quarter of 2027|in the course of Q2 2027|April to June 2027|1 April to 30 June 2027|\
             April 1 to June 30, 2027|2027-04-01 to 2027-06-30|between 1 April and 30 June 2027|\
             from April through June 2027|2027-04 – 2027-06|2027-04–2027-06|2027-04-01–2027-06-30|April–June 2027",
            "2027-04-01 to 2027-06-30",
        ),
        (
            "second fiscal quarter of 2027|second quarter of fiscal year 2027|Q2 FY2027",
            "2026-05-01 to 2026-07-31",
        ),
        ("July CY2027|CY2027 July|July CY27|July of calendar year 2027", "2027-07-01 to 2027-07-31"),
        (
            "H2 CY2027|CY2027 H2|second half of 2027|Q3 to Q4 2027|Q3-Q4 2027|Q3/Q4 2027",
            "2027-07-01 to 2027-12-31",
        ),
        ("CY2027|CY27|calendar year 2027|year 2027", "2027-01-01 to 2027-12-31"),
        ("Q3 to Q4 of fiscal year 2027|Q3 to Q4 FY 27|H2 FY27", "2026-08-01 to 2027-01-31"),
        ("July to September 30, 2027|July to 30 September 2027", "2027-07-01 to 2027-09-30"),
        ("1 to 15 July 2027|1-15 July 2027", "2027-07-01 to 2027-07-15"),
        ("Dec 2026 to Feb 2027", "2026-12-01 to 2027-02-28"),
    ] {
        for form in forms.split('|') {
            assert_eq!(read(form), expected, "{form}");
        }
    }
}

#[test]
fn what_the_word_before_says_of_a_period_is_kept() {
    let lead = |text| read_date(text, &fiscal()).unwrap().lead;
    for text in
        ["in Q3 2027", "during the third quarter of 2027", "within 2027", "in the course of July 2027"]
    {
        assert_eq!(lead(text), DateLead::In, "{text}");
    }
    for text in ["Q3 2027", "by Q3 2027", "on or before Q3 2027", "the Q3 of 2027", "end of Q3 2027"] {
        assert_eq!(lead(text), DateLead::By, "{text}");
    }
    assert_eq!(lead("by the day before Q3 2027"), DateLead::Before);
}

#[test]
fn what_does_not_fit_together_is_told() {
    let misread = wrong("Tuesday, 30 June 2027");
    assert_eq!(misread.title, "2027-06-30 is a Wednesday, not a Tuesday");
    assert_eq!(
        misread.helps,
        ["write `2027-06-30` if the day is right", "write `2027-06-29` if the Tuesday is right"]
    );
    let misread = wrong("November to February 2027");
    assert_eq!(misread.title, "`November to February 2027` ends before it begins");
    let misread = wrong("2027-07 to 09");
    assert_eq!(
        (misread.title.as_str(), misread.part),
        ("`2027-07 to 09` has one end that is a date", Some(11..13))
    );
    assert_eq!(wrong("EOY27").helps, ["write `EOY 2027`"]);
    for text in
        ["EOY March 2027", "EOQ 2027", "Monday 2027", "July FY2027", "31 March FY27", "third-rate 2027"]
    {
        assert!(read_date(text, &fiscal()).is_err(), "{text}");
    }
    for text in ["30 days prior to 2027-03-31", "2027-milestone", "mon-1", "first-test", "q2-demo"] {
        assert!(matches!(read_date(text, &fiscal()), Err(DateUnread::NotADate)), "{text}");
    }
}

#[test]
fn a_bare_quarter_is_of_one_year_or_the_other() {
    let wrong = |text: &str| match parse_date(text, &open()) {
        Err(ReadError::Misread(misread)) => misread,
        other => panic!("{text}: {other:?}"),
    };
    let misread = wrong("by end of Q2 2027");
    assert_eq!(misread.title, "`by end of Q2 2027` may be of the calendar year or of the fiscal year");
    assert_eq!(
        misread.helps,
        [
            "write `by end of Q2 CY2027` for 2027-06-30, by the calendar year",
            "write `by end of Q2 FY2027` for 2026-07-31, by the fiscal year",
            "or say how all are read: `quarters = \"calendar\"` or `\"fiscal\"` in dealcheck.toml",
        ]
    );
    for text in ["2Q27", "Q2'27", "2027-Q2", "Q3 to Q4 2027", "first half of 2027", "H2/2027"] {
        for help in &wrong(text).helps[..2] {
            assert!(parse_date(help.instead.as_ref().unwrap(), &open()).is_ok(), "{text}: {help:?}");
        }
    }
    assert_eq!(read_by("2027", &open()), "2027-01-01 to 2027-12-31");
    assert_eq!(read_by("Q2 FY2027", &open()), "2026-05-01 to 2026-07-31");
    assert_eq!(read_by("Q2 2027", &open().with_quarters(Quarters::Fiscal)), "2026-05-01 to 2026-07-31");
    assert_eq!(wrong("Q5 2027").title, "`Q5 2027` is no date: a year has no quarter 5");
}

proptest! {
    #[test]
    fn each_wording_of_a_day_is_that_day(
        days in 0i64..80_000, lead in prop::sample::select(LEADS.to_vec()), capitals: bool,
    ) {
        let day = add_days(date(1950, 1, 1), days).unwrap();
        let (year, month, number) = (day.year(), MONTHS[day.month() as usize - 1], day.day());
        let suffix = match number { 1 | 21 | 31 => "st", 2 | 22 => "nd", 3 | 23 => "rd", _ => "th" };
        let forms = [
            format!("{number} {month} {year}"),
            format!("{month} {number}, {year}"),
            format!("the {number}{suffix} day of {month}, {year}"),
            format!("{}, {number} {} {year}", weekday_name(day.weekday()), &month[..3]),
            format!("{} {day}", &weekday_name(day.weekday())[..3]),
            format!("{} {day}", lead.join(" ")),
            format!("{day}, close of business"),
            format!("{day} to {day}"),
            format!("{:02}.{:02}.{year}", number, day.month()),
            format!("{:02}/{:02}/{year}", day.month(), number),
        ];
        for form in forms {
            let form = if capitals { form.to_uppercase() } else { form };
            match parse_date(&form, &open()) {
                Ok(window) => prop_assert_eq!(window, Window::day(day), "{}", form),
                // Only numbers may have another reading, which shows this one.
                Err(ReadError::Misread(misread)) => {
                    let shown = misread.helps.iter().any(|help| help.instead == Some(day.to_string()));
                    prop_assert!(number <= 12 && shown && form.len() == 10, "{}: {:?}", form, misread);
                }
                Err(ReadError::Reported) => prop_assert!(false, "{}", form),
            }
        }
        let next = add_days(day, 1).unwrap();
        let text = format!("{} {day}", weekday_name(next.weekday()));
        prop_assert!(parse_date(&text, &open()).is_err(), "{}", text);
    }

    #[test]
    fn what_has_two_ends_is_all_between_them(
        first in 0i64..80_000, length in 0i64..900, forms in (0usize..4, 0usize..4),
        separator in prop::sample::select(vec![" to ", " – ", " through "]),
    ) {
        let day = |days| add_days(date(1950, 1, 1), days).unwrap();
        let written = |day: Date, form: usize| match form {
            0 => day.to_string(),
            1 => format!("{}-{:02}", day.year(), day.month()),
            2 => format!("Q{} {}", (day.month() + 2) / 3, day.year()),
            _ => format!("{} {}", MONTHS[day.month() as usize - 1], day.year()),
        };
        let ends = [written(day(first), forms.0), written(day(first + length), forms.1)];
        let [from, to] = [&ends[0], &ends[1]].map(|end| parse_date(end, &Calendar::default()).unwrap());
        let text = ends.join(separator);
        match parse_date(&text, &Calendar::default()) {
            Ok(window) => prop_assert_eq!(window, Window::new(from.earliest, to.latest), "{}", text),
            Err(_) => prop_assert!(from.earliest > to.earliest || from.latest > to.latest, "{}", text),
        }
    }

    #[test]
    fn a_bare_quarter_agrees_with_the_setting(
        year in 1901i16..=2198, quarter in 1u8..=4, start in 2u8..=12, by_end: bool,
        form in prop::sample::select(vec!["Q{q} {y}", "{y}-Q{q}", "{q}Q{y}", "quarter {q} of {y}", "end of Q{q} {y}"]),
    ) {
        let named_by = if by_end { NamedBy::End } else { NamedBy::Start };
        let fiscal_year = Field::Given(FiscalYear::new(start, named_by).unwrap());
        let calendar = Calendar { fiscal_year, ..Calendar::default() };
        let text = |mark: &str| {
            let year = if mark.is_empty() { year.to_string() } else { format!(" {mark}{year}") };
            form.replace("{q}", &quarter.to_string()).replace("{y}", &year).trim().to_owned()
        };
        let read = |text: &str, calendar: &Calendar| parse_date(text, calendar).ok();
        let by = |quarters| read(&text(""), &calendar.with_quarters(quarters));
        prop_assert_eq!(by(Quarters::Calendar), read(&text("CY"), &calendar));
        prop_assert_eq!(by(Quarters::Fiscal), read(&text("FY"), &calendar));
        prop_assert_eq!(by(Quarters::Calendar), read(&text(""), &Calendar::default()));
        let Err(ReadError::Misread(misread)) = parse_date(&text(""), &calendar) else {
            return Err(TestCaseError::fail(text("")));
        };
        let offered = |at: usize| read(misread.helps[at].instead.as_ref().unwrap(), &calendar);
        prop_assert_eq!(offered(0), by(Quarters::Calendar));
        prop_assert_eq!(offered(1), by(Quarters::Fiscal));
    }
}
