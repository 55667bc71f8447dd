//! Worked by hand, and what holds of every remedy.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::model::period::Period;
use jiff::ToSpan;

fn portion(text: &str) -> Portion {
    Portion::parse(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
}

fn base(amount: Option<i64>) -> RemedyBase {
    let money = |amount: i64| Money::parse(&format!("{amount} EUR")).unwrap();
    RemedyBase { name: None, amount: amount.map(money) }
}

fn rate(per: Per, credit: &str, due: Date) -> PeriodCredit {
    PeriodCredit { credit: portion(credit), per, due, free: None }
}

fn part(per: Per, credit: &str, cap: Option<&str>, due: Date) -> RemedyPart {
    RemedyPart {
        accrual: Accrual::Rate(rate(per, credit, due)),
        base: base(Some(640_000)),
        cap: cap.map(portion),
    }
}

fn owed(part: &RemedyPart, delivered: Date) -> Option<String> {
    part.credit(delivered)
        .and_then(|credit| credit.owed.of(&part.base))
        .map(|money| money.rounded().to_string())
}

#[test]
fn a_started_period_counts_in_full() {
    let due = date(2027, 1, 31);
    for (per, delivered, periods) in [
        (Period::Day, date(2027, 2, 3), 3),
        (Period::Week, date(2027, 2, 7), 1),
        (Period::Week, date(2027, 2, 8), 2),
        (Period::Month, date(2027, 2, 1), 1),
        (Period::Month, date(2027, 2, 28), 1),
        (Period::Month, date(2027, 3, 1), 2),
        (Period::Month, date(2027, 3, 31), 2),
        (Period::Quarter, date(2027, 4, 30), 1),
        (Period::Quarter, date(2027, 5, 1), 2),
        (Period::Year, date(2028, 2, 1), 2),
        (Period::Month, due, 0),
        (Period::Month, date(2026, 3, 1), 0),
    ] {
        assert_eq!(Per::Started(per).count(due, delivered), periods, "{per} {delivered}");
    }
}

#[test]
fn a_full_period_counts_when_it_is_over() {
    let due = date(2027, 1, 31);
    for (per, delivered, periods) in [
        (Period::Day, date(2027, 2, 3), 3),
        (Period::Week, date(2027, 2, 6), 0),
        (Period::Week, date(2027, 2, 7), 1),
        (Period::Week, date(2027, 2, 13), 1),
        (Period::Week, date(2027, 2, 14), 2),
        (Period::Month, date(2027, 2, 27), 0),
        (Period::Month, date(2027, 2, 28), 1),
        (Period::Month, date(2027, 3, 30), 1),
        (Period::Month, date(2027, 3, 31), 2),
        (Period::Month, due, 0),
        (Period::Month, date(2026, 3, 1), 0),
    ] {
        assert_eq!(Per::Full(per).count(due, delivered), periods, "full {per} {delivered}");
    }
}

#[test]
fn what_is_owed_by_hand() {
    let due = date(2027, 1, 31);
    let week = Per::Started(Period::Week);
    // 150 days are 21 weeks and 3 days: 22 have started. 22 times 1 % is 22 %, and the cap is 8 %: 51,200 EUR.
    let weekly = part(week, "1 %", Some("8 %"), due);
    assert_eq!(owed(&weekly, date(2027, 6, 30)).as_deref(), Some("51200 EUR"));
    assert_eq!(weekly.periods_to_cap(), Some(Decimal::from(8)));
    // 22 times 500 EUR are 11,000 EUR, under the cap of 2 %, which is 12,800 EUR.
    assert_eq!(
        owed(&part(week, "500 EUR", Some("2 %"), due), date(2027, 6, 30)).as_deref(),
        Some("11000 EUR")
    );
    // 22 times 1 % of 640,000 EUR are 140,800 EUR, over the cap of 50,000 EUR.
    assert_eq!(
        owed(&part(week, "1 %", Some("50000 EUR"), due), date(2027, 6, 30)).as_deref(),
        Some("50000 EUR")
    );
    // Of the 22 weeks that have started 21 are full.
    let full = part(Per::Full(Period::Week), "500 EUR", None, due);
    assert_eq!(owed(&full, date(2027, 6, 30)).as_deref(), Some("10500 EUR"));
    // Once is once, however late.
    let once = part(Per::Once, "2500 EUR", None, due);
    assert_eq!(owed(&once, date(2027, 2, 1)).as_deref(), Some("2500 EUR"));
    assert_eq!(owed(&once, date(2028, 2, 1)).as_deref(), Some("2500 EUR"));
    assert_eq!(owed(&once, due), None);
}

#[test]
fn grace_is_free_for_good_and_after_if_over_all_days_count() {
    let due = date(2027, 1, 31);
    let length = Offset::parse_delay("10 days").unwrap();
    let with = |is_lost| {
        let free = Some(FreeDelay { length, last: date(2027, 2, 10), is_lost });
        let accrual = Accrual::Rate(PeriodCredit { free, ..rate(Per::Started(Period::Day), "100 EUR", due) });
        RemedyPart { accrual, base: base(None), cap: None }
    };
    let (grace, if_over) = (with(false), with(true));
    for part in [&grace, &if_over] {
        assert_eq!(owed(part, date(2027, 2, 10)), None);
    }
    // The 11th day is the first that is owed for after a grace; without one all 11 are.
    assert_eq!(owed(&grace, date(2027, 2, 11)).as_deref(), Some("100 EUR"));
    assert_eq!(owed(&if_over, date(2027, 2, 11)).as_deref(), Some("1100 EUR"));
}

fn steps(credits: &[(i64, i64)], due: Date, base: RemedyBase) -> RemedyPart {
    let step = |&(days, percent): &(i64, i64)| Step {
        after: Offset::parse_delay(&format!("{days} days")).unwrap(),
        last: due.checked_add(days.days()).unwrap(),
        credit: Portion::Share(Decimal::from(percent)),
    };
    RemedyPart { accrual: Accrual::Steps(credits.iter().map(step).collect()), base, cap: None }
}

#[test]
fn steps_do_not_add_up() {
    let due = date(2027, 1, 31);
    let steps = steps(&[(10, 5), (30, 8)], due, base(Some(1000)));
    assert_eq!(owed(&steps, date(2027, 2, 10)), None);
    assert_eq!(owed(&steps, date(2027, 2, 11)).as_deref(), Some("50 EUR"));
    assert_eq!(owed(&steps, date(2027, 3, 2)).as_deref(), Some("50 EUR"));
    assert_eq!(owed(&steps, date(2027, 3, 3)).as_deref(), Some("80 EUR"));
    assert_eq!(owed(&steps, date(2028, 3, 3)).as_deref(), Some("80 EUR"));
}

#[test]
fn periods_and_portions_are_read() {
    for (text, per) in [
        ("week", Per::Started(Period::Week)),
        ("started month", Per::Started(Period::Month)),
        ("Full week", Per::Full(Period::Week)),
        ("once", Per::Once),
    ] {
        assert_eq!(Per::parse(text), Ok(per), "{text}");
        assert_eq!(Per::parse(&per.to_string()), Ok(per), "{text}");
    }
    assert!(Per::parse("fortnight").is_err() && Per::parse("half week").is_err());
    assert!(Portion::parse("2").is_err() && Portion::parse("2 % monthly").is_err());
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..40_000i64).prop_map(|days| date(2000, 1, 1).checked_add(days.days()).unwrap())
}

fn any_per() -> impl Strategy<Value = Per> {
    prop::sample::select(Per::all().collect::<Vec<_>>())
}

prop_compose! {
    fn any_part()(
        per in any_per(), credit in 0..100i64, is_sum: bool, cap in prop::option::of((0..100i64, any::<bool>())),
        due in any_day(), free in prop::option::of((0..60i64, any::<bool>())), worth in 0..100_000i64,
        is_stepped: bool, mut ladder in prop::collection::vec((0..90i64, 0..50i64), 1..4),
    ) -> RemedyPart {
        let portion = |amount: i64, is_sum: bool| {
            portion(&if is_sum { format!("{amount} EUR") } else { format!("{amount} %") })
        };
        let cap = cap.map(|(cap, is_sum)| portion(cap, is_sum));
        if is_stepped {
            ladder.sort();
            let mut most = 0;
            for (_, credit) in &mut ladder {
                most = most.max(*credit);
                *credit = most;
            }
            return RemedyPart { cap, ..steps(&ladder, due, base(Some(worth))) };
        }
        let free = free.map(|(days, is_lost)| FreeDelay {
            length: Offset::parse_delay(&format!("{days} days")).unwrap(),
            last: due.checked_add(days.days()).unwrap(),
            is_lost,
        });
        let accrual = Accrual::Rate(PeriodCredit { credit: portion(credit, is_sum), per, due, free });
        RemedyPart { accrual, base: base(Some(worth)), cap }
    }
}

/// What is owed in cents, or nothing.
fn amount(part: &RemedyPart, day: Date) -> Decimal {
    let owed = part.credit(day).map(|credit| credit.owed.of(&part.base).unwrap().amount);
    owed.unwrap_or_default()
}

proptest! {
    #[test]
    fn later_is_never_cheaper(part in any_part(), days in prop::array::uniform2(any_day())) {
        let [soon, late] = [days[0].min(days[1]), days[0].max(days[1])];
        prop_assert!(amount(&part, soon) <= amount(&part, late));
    }

    #[test]
    fn never_over_the_cap(part in any_part(), day in any_day()) {
        if let Some(cap) = part.cap {
            prop_assert!(amount(&part, day) <= cap.of(&part.base).unwrap().amount);
        }
        if let Some(most) = part.most() {
            prop_assert!(amount(&part, day) <= most.of(&part.base).unwrap().amount);
        }
    }

    #[test]
    fn shares_are_linear_in_what_they_are_of(part in any_part(), day in any_day(), times in 1..9i64) {
        let is_share = |portion: Portion| matches!(portion, Portion::Share(_));
        let credits_are_shares = match &part.accrual {
            Accrual::Rate(rate) => is_share(rate.credit),
            Accrual::Steps(_) => true,
        };
        prop_assume!(credits_are_shares && part.cap.is_none_or(is_share));
        let amount_of = part.base.amount.unwrap().times(Decimal::from(times));
        let more = RemedyPart { base: RemedyBase { name: None, amount: amount_of }, ..part.clone() };
        prop_assert_eq!(amount(&part, day) * Decimal::from(times), amount(&more, day));
    }

    #[test]
    fn a_list_adds_up(parts in prop::collection::vec(any_part(), 1..4), day in any_day()) {
        let sum: Decimal = parts.iter().map(|part| amount(part, day)).sum();
        let remedy = Remedy { parts, ..Remedy::default() };
        let (credits, money) = remedy.owed(day);
        prop_assert_eq!(money.map(|money| money.amount).unwrap_or_default(), sum);
        prop_assert_eq!(credits.is_empty(), money.is_none());
    }

    #[test]
    fn a_remedy_is_no_more_than_itself(parts in prop::collection::vec(any_part(), 1..4)) {
        let remedy = Remedy { parts, ..Remedy::default() };
        prop_assert!(remedy.owes_no_more(&remedy));
    }

    #[test]
    fn what_is_no_more_never_owes_more(
        one in any_part(), other in any_part(), day in any_day(), is_of_value: bool,
    ) {
        // Moved to the same deadline, and where shares are of the contract's value to the same worth, since decisions are
        // compared apart from these.
        let (one, other) = (moved(one, is_of_value), moved(other, is_of_value));
        if (Remedy { parts: vec![one.clone()], ..Remedy::default() })
            .owes_no_more(&Remedy { parts: vec![other.clone()], ..Remedy::default() })
        {
            prop_assert!(amount(&one, day) <= amount(&other, day));
        }
    }

    #[test]
    fn the_last_period_has_started_and_is_not_over(per in 0..3usize, due in any_day(), day in any_day()) {
        let months = [1, 3, 12][per];
        let period = [Period::Month, Period::Quarter, Period::Year][per];
        let periods = Per::Started(period).count(due, day);
        let end = |periods: i64| due.checked_add((periods * months).months()).unwrap();
        prop_assert!(day <= end(periods));
        prop_assert!(periods == 0 || day > end(periods - 1));
        let full = Per::Full(period).count(due, day);
        prop_assert!(full == 0 || day >= end(full));
        prop_assert!(day < due || day < end(full + 1));
    }
}

fn moved(part: RemedyPart, is_of_value: bool) -> RemedyPart {
    let due = date(2027, 1, 31);
    let last = |length: Offset| length.day_after(due, &super::super::calendar::Calendar::default()).unwrap();
    let accrual = match part.accrual {
        Accrual::Rate(rate) => {
            let free = rate.free.map(|free| FreeDelay { last: last(free.length), ..free });
            Accrual::Rate(PeriodCredit { due, free, ..rate })
        }
        Accrual::Steps(steps) => {
            Accrual::Steps(steps.into_iter().map(|step| Step { last: last(step.after), ..step }).collect())
        }
    };
    let base = match is_of_value {
        true => base(Some(1000)),
        false => RemedyBase { name: Some("annual".into()), ..part.base },
    };
    RemedyPart { accrual, base, ..part }
}
