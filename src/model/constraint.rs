//! Constraints: a bound on a quantity, and whether a quantity keeps it.

use std::cmp::Ordering;
use std::fmt;

use super::misread::Misread;
use super::number::{short, within};
use super::quantity::{Incomparable, Quantity};

/// How a quantity must stand to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>`
    MoreThan,
    /// `<`
    LessThan,
}

/// Every way to write a relation. What starts as another one stands before it; signs, then words.
const RELATIONS: &[(&str, Relation)] = &[
    (">=", Relation::AtLeast),
    ("≥", Relation::AtLeast),
    ("<=", Relation::AtMost),
    ("≤", Relation::AtMost),
    ("==", Relation::Equal),
    ("=", Relation::Equal),
    (">", Relation::MoreThan),
    ("<", Relation::LessThan),
    ("at least", Relation::AtLeast),
    ("no less than", Relation::AtLeast),
    ("not less than", Relation::AtLeast),
    ("a minimum of", Relation::AtLeast),
    ("minimum of", Relation::AtLeast),
    ("no fewer than", Relation::AtLeast),
    ("not fewer than", Relation::AtLeast),
    ("at most", Relation::AtMost),
    ("a maximum of", Relation::AtMost),
    ("maximum of", Relation::AtMost),
    ("no more than", Relation::AtMost),
    ("not more than", Relation::AtMost),
    ("up to", Relation::AtMost),
    ("exactly", Relation::Equal),
    ("more than", Relation::MoreThan),
    ("less than", Relation::LessThan),
];

/// Words that limit what is used as well as they promise it.
const TWO_WAYS: [&str; 3] = ["up to", "a maximum of", "maximum of"];

impl Relation {
    /// The sign: `>=`.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::MoreThan => ">",
            Self::LessThan => "<",
        }
    }

    /// The words: `at least`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Equal => "exactly",
            Self::MoreThan => "more than",
            Self::LessThan => "less than",
        }
    }

    pub(super) const fn admits(self, ordering: Ordering) -> bool {
        match self {
            Self::AtLeast => ordering.is_ge(),
            Self::AtMost => ordering.is_le(),
            Self::Equal => ordering.is_eq(),
            Self::MoreThan => ordering.is_gt(),
            Self::LessThan => ordering.is_lt(),
        }
    }
}

/// A bound on a quantity, as in `needs` and `standard`: `>= 365 days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// How a quantity must stand to the bound.
    pub relation: Relation,
    /// The bound.
    pub quantity: Quantity,
}

impl Constraint {
    /// Reads `>= 365 days` or `at least 365 days`; a percentile may also stand first, `p95 <= 200 ms`.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let trimmed = text.trim();
        if let Some((relation, bound)) = split_relation(trimmed) {
            let quantity = Quantity::parse(bound).map_err(|misread| within(misread, text, bound))?;
            one_way(trimmed, &quantity).map_err(|misread| within(misread, text, trimmed))?;
            return Ok(Self { relation, quantity });
        }
        if let Some((first, rest)) = trimmed.split_once(char::is_whitespace)
            && first.starts_with(['p', 'P'])
            && let Some((relation, bound)) = split_relation(rest.trim_start())
        {
            let quantity = Quantity::parse(bound).map_err(|misread| within(misread, text, bound))?;
            let percentile = Quantity::parse(&format!("{first} {quantity}"));
            let quantity = percentile.map_err(|misread| within(misread, text, first))?;
            one_way(rest, &quantity).map_err(|misread| within(misread, text, trimmed))?;
            return Ok(Self { relation, quantity });
        }
        let quantity = Quantity::parse(trimmed).map_err(|misread| within(misread, text, trimmed))?;
        // `retention: 90 days` may be a minimum or a maximum: a guess would be a yes for one of the two.
        Err(within(no_relation(trimmed, &quantity), text, trimmed))
    }

    /// Whether a text is meant as a constraint, rightly written or not: it starts with a relation's sign, or
    /// with its words and then a number, or is an amount without either. Tells a standard that is a bound from
    /// one that is a text.
    pub fn is_meant(text: &str) -> bool {
        let Some((_, bound)) = split_relation(text.trim()) else {
            let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
            return has_digit && matches!(Quantity::parse(text), Ok(Quantity::Amount(_)));
        };
        let is_sign = text.trim_start().starts_with(['<', '>', '=', '≥', '≤']);
        is_sign || bound.starts_with(|c: char| c.is_ascii_digit()) || Quantity::parse(bound).is_ok()
    }

    /// Whether a quantity keeps the bound.
    pub fn admits(&self, value: &Quantity) -> Result<bool, Incomparable> {
        value.compare(&self.quantity).map(|ordering| self.relation.admits(ordering))
    }

    /// In words: `at least 365 days`.
    pub fn words(&self) -> String {
        format!("{} {}", self.relation.words(), self.quantity)
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.relation.sign(), self.quantity)
    }
}

/// The misreading of an amount as a bound.
pub(super) fn no_relation(written: &str, amount: &impl fmt::Display) -> Misread {
    Misread::new(
        format!("`{}` does not say whether it is a minimum or a maximum", short(written)),
        "expected `>=`, `<=`, `=`, `>` or `<` before it",
    )
    .instead(format!(">= {amount}"), format!("write `>= {amount}` for at least so much"))
    .instead(format!("<= {amount}"), format!("write `<= {amount}` for at most so much"))
    .instead(format!("= {amount}"), format!("write `= {amount}` for exactly so much"))
}

/// Refuses a bound with words before it that name no direction. Who is promised up to 500 users counts on 500, and who sets
/// a limit of up to 500 allows no more: either may be meant, and each as the other is a wrong yes.
pub(super) fn one_way(written: &str, amount: &impl fmt::Display) -> Result<(), Misread> {
    let written = written.trim();
    if !TWO_WAYS.iter().any(|words| strip_relation(written, words).is_some()) {
        return Ok(());
    }
    let title = format!("`{}` may be what has to be possible, or a limit", short(written));
    let misread = Misread::new(title, "at least, or at most?")
        .instead(format!(">= {amount}"), format!("write `>= {amount}` if so much has to be possible"))
        .instead(format!("<= {amount}"), format!("write `<= {amount}` if it may be no more"));
    Err(misread)
}

/// Splits the sign or the words of a relation off.
pub(super) fn split_relation(text: &str) -> Option<(Relation, &str)> {
    RELATIONS.iter().find_map(|&(known, relation)| Some((relation, strip_relation(text, known)?)))
}

/// What follows the sign or the words of a relation.
fn strip_relation<'a>(text: &'a str, known: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(known.len())?;
    let is_word = known.starts_with(|c: char| c.is_ascii_lowercase());
    let ends = !is_word || rest.starts_with(char::is_whitespace);
    (ends && start.eq_ignore_ascii_case(known)).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::quantity::tests::any_quantity;
    use super::*;

    fn constraint(text: &str) -> Constraint {
        Constraint::parse(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
    }

    #[test]
    fn relations_are_signs_or_words() {
        for (text, printed, words) in [
            (">= 365 days", ">= 365 days", "at least 365 days"),
            ("≥365 days", ">= 365 days", "at least 365 days"),
            ("At least 1 day", ">= 1 day", "at least 1 day"),
            ("no more than 45 days", "<= 45 days", "at most 45 days"),
            ("a minimum of ten (10) years", ">= 10 years", "at least 10 years"),
            ("= 5 EUR", "= 5 EUR", "exactly 5 EUR"),
            ("> 5", "> 5", "more than 5"),
            ("p95 <= 200 ms", "<= p95 200 ms", "at most p95 200 ms"),
            (">= unlimited", ">= unlimited", "at least unlimited"),
        ] {
            let constraint = constraint(text);
            assert_eq!((constraint.to_string().as_str(), constraint.words().as_str()), (printed, words));
        }
    }

    #[test]
    fn a_relation_is_asked_for() {
        let misread = Constraint::parse("365 days").unwrap_err();
        assert_eq!(misread.title, "`365 days` does not say whether it is a minimum or a maximum");
        assert_eq!(
            misread.helps,
            [
                "write `>= 365 days` for at least so much",
                "write `<= 365 days` for at most so much",
                "write `= 365 days` for exactly so much"
            ]
        );
        let text = "at least 5 dys2";
        assert_eq!(&text[Constraint::parse(text).unwrap_err().part.unwrap()], "dys2");
    }

    #[test]
    fn words_that_limit_as_well_as_they_promise_are_refused() {
        for text in ["up to 500 users", "Up to  500 users", "a maximum of 500 users", "maximum of 500 users"]
        {
            let misread = Constraint::parse(text).unwrap_err();
            let instead: Vec<&str> =
                misread.helps.iter().filter_map(|help| help.instead.as_deref()).collect();
            assert_eq!(instead, [">= 500 users", "<= 500 users"], "{text}");
        }
        let misread = Constraint::parse("p95 up to 200 ms").unwrap_err();
        assert_eq!(misread.helps[1].instead.as_deref(), Some("<= p95 200 ms"));
        let text = "up to 500 usdolars2";
        assert_eq!(&text[Constraint::parse(text).unwrap_err().part.unwrap()], "usdolars2");
    }

    #[test]
    fn texts_are_told_from_constraints() {
        for (text, meant) in [
            ("<= 45 dys", true),
            ("at least 5", true),
            ("up to unlimited", true),
            ("45 days", true),
            ("99.9 % monthly", true),
            ("unlimited", false),
            ("at least A-rated", false),
            ("NY", false),
            ("24x7", false),
        ] {
            assert_eq!(Constraint::is_meant(text), meant, "{text}");
        }
    }

    #[test]
    fn unlimited_exceeds_every_upper_bound() {
        let admits = |bound| constraint(bound).admits(&Quantity::Unlimited);
        assert_eq!(admits("<= 1000000 EUR"), Ok(false));
        assert_eq!(admits(">= 99 % monthly"), Ok(true));
        assert_eq!(admits("= unlimited"), Ok(true));
    }

    fn any_constraint() -> impl Strategy<Value = Constraint> {
        let relations =
            [Relation::AtLeast, Relation::AtMost, Relation::Equal, Relation::MoreThan, Relation::LessThan];
        (prop::sample::select(relations.to_vec()), any_quantity())
            .prop_map(|(relation, quantity)| Constraint { relation, quantity })
    }

    proptest! {
        #[test]
        fn display_and_words_read_back(constraint in any_constraint()) {
            prop_assert_eq!(Constraint::parse(&constraint.to_string()), Ok(constraint.clone()));
            prop_assert_eq!(Constraint::parse(&constraint.words()), Ok(constraint));
        }

        #[test]
        fn relations_agree(bound in any_quantity(), value in any_quantity()) {
            let admits = |relation| Constraint { relation, quantity: bound.clone() }.admits(&value).ok();
            let not = |relation| admits(relation).map(|admitted| !admitted);
            prop_assert_eq!(admits(Relation::AtLeast), not(Relation::LessThan));
            prop_assert_eq!(admits(Relation::AtMost), not(Relation::MoreThan));
            let equal = admits(Relation::AtLeast).zip(admits(Relation::AtMost)).map(|(a, b)| a && b);
            prop_assert_eq!(admits(Relation::Equal), equal);
        }

        #[test]
        fn nothing_panics(text in ".*", near in "(at (least|most)|[<>=≥≤]{0,2}) ?[0-9.,]{0,5} ?[a-z%]{0,5}") {
            for text in [text, near] {
                let _ = (Constraint::parse(&text), Constraint::is_meant(&text));
            }
        }
    }
}
