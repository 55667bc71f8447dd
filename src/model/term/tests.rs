//! What is standard, and how far a term is from it.

use proptest::prelude::*;

use super::*;
use crate::input::decode::{Field, Table};
use crate::source::{FileId, Span, Spanned};

fn text(text: &str) -> Scalar {
    Scalar::Text(Spanned::new(text.into(), Span { file: FileId(0), start: 0, end: 0 }))
}

fn held(value: &Scalar, standard: &[Scalar]) -> Result<TermStanding, Unheld> {
    stand(PricedTerm { value, fees: &Fees::default() }, standard, None)
}

fn standing(term: &str, standard: &[&str]) -> String {
    let standard: Vec<Scalar> = standard.iter().map(|words| text(words)).collect();
    match held(&text(term), &standard) {
        Ok(TermStanding::Standard) => "standard".to_owned(),
        Ok(TermStanding::OutOfBounds(missed)) => {
            format!(
                "out by {}",
                missed.distance.map_or("no number".to_owned(), |distance| distance.to_string())
            )
        }
        Ok(TermStanding::Other) => "other".to_owned(),
        Err(Unheld::Misread(misread) | Unheld::Unpriced(misread)) => misread.title,
        Err(Unheld::Incomparable(why)) => why.to_string(),
        Err(Unheld::Reported) => "reported".to_owned(),
    }
}

#[test]
fn numbers_and_words_alike() {
    assert_eq!(standing("45 days", &["<= 45 days"]), "standard");
    assert_eq!(standing("90 days", &["<= 45 days"]), "out by 45 days");
    assert_eq!(standing("unlimited", &["<= 100 %"]), "out by no number");
    assert_eq!(standing("ny", &["NY", "Delaware"]), "standard");
    assert_eq!(standing("Texas", &["NY", "Delaware"]), "other");
    assert!(standing("90 %", &["<= 45 days"]).contains("day"), "{}", standing("90 %", &["<= 45 days"]));
    assert!(standing("soon", &["<= 45 days"]).contains("soon"));
}

#[test]
fn net_periods_are_days() {
    for term in ["net 60", "Net 60 days", "60 days net", "net 60 days"] {
        assert_eq!(standing(term, &["<= 45 days"]), "out by 15 days", "{term}");
        assert_eq!(standing(term, &["<= net 60"]), "standard", "{term}");
    }
    assert_eq!(standing("net income", &["<= 45 days", "net income"]), "standard");
}

#[test]
fn yes_and_no_are_told_in_words_too() {
    let yes = |value| Scalar::Bool(Spanned::new(value, Span { file: FileId(0), start: 0, end: 0 }));
    for (term, standard) in [("no", false), ("False", false), ("yes", true), ("true", true)] {
        assert_eq!(held(&text(term), &[yes(standard)]), Ok(TermStanding::Standard), "{term}");
        assert_eq!(held(&text(term), &[yes(!standard)]), Ok(TermStanding::Other), "{term}");
        assert_eq!(held(&yes(standard), &[text(term)]), Ok(TermStanding::Standard), "{term}");
    }
    for term in [text("none"), text("no"), yes(false)] {
        assert!(matches!(held(&term, &[text("<= 5 EUR")]), Err(Unheld::Misread(_))), "{term:?}");
    }
}

#[test]
fn a_bound_and_words_together() {
    let standard = ["<= 30 days", "on delivery"];
    assert_eq!(standing("on delivery", &standard), "standard");
    assert_eq!(standing("30 days", &standard), "standard");
    assert_eq!(standing("45 days", &standard), "out by 15 days");
    assert_eq!(standing("soon", &standard), "other");
    assert!(standing("5 %", &standard).contains("%"));
}

fn any_part() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["<= 30 days", ">= 60 days", "= 1 month", "<= 5 %", "NY", "on delivery"])
}

proptest! {
    #[test]
    fn any_part_of_the_standard_will_do(
        term in prop_oneof![
            Just("ny".to_owned()),
            Just("unlimited".to_owned()),
            (0..99u8).prop_map(|days| format!("{days} days")),
        ],
        mut parts in prop::collection::vec(any_part(), 1..5),
    ) {
        let whole = standing(&term, &parts) == "standard";
        prop_assert_eq!(whole, parts.iter().any(|part| standing(&term, &[part]) == "standard"));
        parts.reverse();
        prop_assert_eq!(whole, standing(&term, &parts) == "standard");
    }
}

fn fees(named: &[(&str, &str)]) -> Fees {
    let entries = named.iter().map(|(name, fee)| {
        let text = |text: &str| Spanned::new(text.into(), Span { file: FileId(0), start: 0, end: 0 });
        (text(name), Field::Given(text(fee)))
    });
    let span = Span { file: FileId(0), start: 0, end: 0 };
    let table = Table { entries: entries.collect(), span, cut: false };
    Fees::read(&Field::Given(table), &Field::Absent, &mut Vec::new())
}

/// How a term stands to a bound, with fees.
fn priced(term: &str, bound: &str, named: &[(&str, &str)]) -> String {
    match stand(PricedTerm { value: &text(term), fees: &fees(named) }, &[text(bound)], None) {
        Ok(TermStanding::Standard) => "standard".to_owned(),
        Ok(TermStanding::OutOfBounds(missed)) => match missed.distance {
            Some(distance) => format!("out by {distance}"),
            None => "out".to_owned(),
        },
        Ok(TermStanding::Other) => "other".to_owned(),
        Err(Unheld::Misread(misread) | Unheld::Unpriced(misread)) => misread.title,
        Err(Unheld::Incomparable(why)) => why.to_string(),
        Err(Unheld::Reported) => "reported".to_owned(),
    }
}

#[test]
fn multiples_of_fees_are_what_the_contract_pays() {
    let monthly = [("monthly", "4000 EUR")];
    let annual = [("annual", "48000 EUR")];
    for (term, bound, named, held) in [
        ("12 months of fees", "<= 12 months of fees", &monthly[..], "standard"),
        ("12 months of fees", "<= 12 months of fees", &[], "standard"),
        ("24 months' fees", "<= 12 months of fees", &monthly, "out by 48000 EUR"),
        ("24 months of fees", "<= 12 months of fees", &[], "out"),
        ("1 x annual fees", "<= 12 months of fees", &[], "standard"),
        ("2 x the annual fees", "<= 12 months of fees", &annual, "out by 48000 EUR"),
        ("2x annual fees", "<= 100000 EUR", &annual, "standard"),
        ("3 times annual fees", "<= 100000 EUR", &annual, "out by 44000 EUR"),
        ("150 % of annual fees", "<= 72000 EUR", &annual, "standard"),
        ("30 months of fees", "<= 100000 EUR", &annual, "out by 20000 EUR"),
        ("2 quarters of fees", "<= 24000 EUR", &monthly, "standard"),
        ("2 x setup fees", "<= 1000 EUR", &[("setup", "500 EUR")], "standard"),
        ("96000 EUR", "<= 12 months of fees", &annual, "out by 48000 EUR"),
        ("unlimited", "<= 12 months of fees", &monthly, "out"),
        ("12 months of fees", "<= unlimited", &[], "standard"),
        ("12 months of fees", "<= 100000 EUR", &[], "there is no fee `monthly`"),
        ("2 x setup fees", "<= 1000 EUR", &monthly, "there is no fee `setup`"),
        ("some fees", "<= 1000 EUR", &monthly, "`some fees` does not say how many of which fees"),
        (
            "-2 x annual fees",
            "<= 1000 EUR",
            &annual,
            "`-2 x annual fees` does not say how many of which fees",
        ),
        ("12 months of fees", "<= 45 days", &monthly, "a price in EUR cannot be compared with a time"),
    ] {
        let was = priced(term, bound, named);
        let is_alike = was == held
            || held.contains("cannot be compared") && was != "standard" && !was.starts_with("out");
        assert!(is_alike, "{term} {bound}: {was}");
    }
}

#[test]
fn the_greater_and_the_lesser_of_several() {
    let annual = [("annual", "48000 EUR")];
    for (term, bound, held) in [
        ("greater of 100000 EUR and 12 months of fees", "<= 100000 EUR", "standard"),
        ("the greater of 100000 EUR and 3 x annual fees", "<= 100000 EUR", "out by 44000 EUR"),
        ("lesser of 100000 EUR and 3 x annual fees", "<= 100000 EUR", "standard"),
        ("the lower of 1 x annual fees, and 200000 EUR", "<= 48000 EUR", "standard"),
        ("60000 EUR", "<= greater of 12 months of fees and 50000 EUR", "out by 10000 EUR"),
        ("50000 EUR", "<= the greater of 12 months of fees and 50000 EUR", "standard"),
        ("50000 EUR", "<= lesser of 12 months of fees and 50000 EUR", "out by 2000 EUR"),
        (
            "greater of 12 months of fees and 50000 EUR",
            "<= greater of 12 months of fees and 50000 EUR",
            "standard",
        ),
        ("greater of 10 days and one hundred and one (101) days", "<= 101 days", "standard"),
        ("unlimited", "<= greater of 12 months of fees and 50000 EUR", "out"),
        ("greater of 5 EUR", "<= 5 EUR", "`5 EUR` is one thing"),
        ("greater of 5 EUR and much", "<= 5 EUR", "`much` is not a quantity"),
        ("greater of 5 EUR and 1 EUR and 2 EUR", ">= 5 EUR", "standard"),
        ("lesser of 5 EUR and 1 EUR", ">= 5 EUR", "out by 4 EUR"),
    ] {
        assert_eq!(priced(term, bound, &annual), held, "{term} {bound}");
    }
    let many = format!("greater of {}2 EUR", "1 EUR and ".repeat(50_000));
    assert_eq!(priced(&many, "<= 5 EUR", &[]), "this names too many amounts");
}

#[test]
fn several_are_named_with_commas_too() {
    let annual = [("annual", "48000 EUR")];
    for (term, bound, held) in [
        ("the greater of 1 EUR, 5 EUR and 2 EUR", ">= 5 EUR", "standard"),
        ("the lesser of 1000 EUR, 5 EUR, and 2 EUR", "<= 2 EUR", "standard"),
        ("the lesser of 12 months of fees, 3 x annual fees and 50000 EUR", "<= 50000 EUR", "standard"),
        ("greater of 5 EUR, 1 EUR", "<= 5 EUR", "`5 EUR, 1 EUR` is one thing"),
    ] {
        assert_eq!(priced(term, bound, &annual), held, "{term} {bound}");
    }
}

#[test]
fn numbers_are_read_in_words_and_written_twice() {
    for (term, bound, held) in [
        ("thirty (30) days", "<= 45 days", "standard"),
        ("ninety days", "<= 45 days", "out by 45 days"),
        ("net thirty (30) days", "<= thirty (30) days", "standard"),
        ("30 (thirty) days", "<= 30 days", "standard"),
        ("sixty (30) days", "<= 45 days", "`sixty (30)` is two numbers"),
        ("30 business days", "<= 30 business days", "standard"),
        ("thirty (30) business days", "<= 30 business days", "standard"),
        ("45 business days", "<= 30 business days", "out by 15 business days"),
        ("twelve (12) months of fees", "<= 12 months of fees", "standard"),
    ] {
        assert_eq!(priced(term, bound, &[]), held, "{term} {bound}");
    }
    assert!(matches!(held(&text("30 business days"), &[text("<= 45 days")]), Err(Unheld::Incomparable(_))));
    assert_eq!(standing("ten brothers", &["Ten Brothers"]), "standard");
}

/// An amount, with what it comes to.
fn any_amount() -> impl Strategy<Value = (String, u32)> {
    let plain = prop_oneof![
        (0..20u32).prop_map(|amount| (format!("{amount} EUR"), amount)),
        (0..10u32).prop_map(|count| (format!("{count} x monthly fees"), count * 2)),
    ];
    let several = prop::collection::vec(plain.clone(), 2..4);
    let several = (any::<bool>(), several).prop_map(|(greater, parts)| {
        let (texts, amounts): (Vec<String>, Vec<u32>) = parts.into_iter().unzip();
        let word = if greater { "greater" } else { "lesser" };
        let amount = if greater { amounts.iter().max() } else { amounts.iter().min() };
        (format!("{word} of {}", texts.join(" and ")), *amount.unwrap_or(&0))
    });
    prop_oneof![plain, several]
}

proptest! {
    #[test]
    fn what_a_term_comes_to_decides((term, is) in any_amount(), (bound, most) in any_amount()) {
        let named = [("monthly", "2 EUR")];
        for (relation, keeps) in [
            ("<=", is <= most), (">=", is >= most), ("<", is < most), (">", is > most), ("=", is == most),
        ] {
            let held = priced(&term, &format!("{relation} {bound}"), &named);
            prop_assert_eq!(held == "standard", keeps, "{} {} {}: {}", term, relation, bound, held);
        }
    }

    #[test]
    fn no_text_is_too_strange(text in ".*", near in "(the )?(greater|lesser) of [0-9a-z ]{0,12}( and )?[0-9x %]{0,8}( fees)?") {
        for text in [text, near] {
            let _ = (TermAmount::parse(&text), TermBound::parse(&format!("<= {text}"), None));
        }
    }
}
