//! Levels: what a feature reaches and what is asked of it, as an amount, as words, or as a step of a scale.

mod read;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;

use crate::input::decode::Text;
use crate::source::Spanned;
use crate::text::{and_list, folded, or_list};

use super::constraint::{Constraint, Relation};
use super::quantity::{Incomparable, Quantity};
use super::shortfall::Shortfall;

pub(super) use read::bound_on;

/// One level in a file: a text, or a list of texts.
pub(crate) type WrittenLevel = Spanned<Vec<Text>>;

/// The words of some level in their order, from the least to the most.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LevelScale(Vec<CompactString>);

/// The scales of a roadmap, by the names of the levels that they are for.
#[derive(Debug, Default)]
pub struct LevelScales {
    pub(super) known: BTreeMap<String, Arc<LevelScale>>,
    pub(super) unreadable: HashSet<String>,
    pub(super) incomplete: bool,
}

/// A word of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelStep {
    scale: Arc<LevelScale>,
    at: usize,
}

/// What a feature reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attainment {
    /// An amount.
    Quantity(Quantity),
    /// Words, of which each is reached by itself; none where nothing is.
    Texts(Vec<CompactString>),
    /// A word of a scale.
    Step(LevelStep),
}

/// What is asked of a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelConstraint {
    /// A bound on an amount.
    Quantity(Constraint),
    /// Words, all of which must be among those that are reached.
    Texts(Vec<CompactString>),
    /// A bound on a scale.
    Step(Relation, LevelStep),
}

impl LevelStep {
    fn text(&self) -> &str {
        &self.scale.0[self.at]
    }
}

impl Attainment {
    /// What is written for it: one word for each, which may need quotes.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Quantity(quantity) => vec![quantity.to_string()],
            Self::Texts(texts) => texts.iter().map(CompactString::to_string).collect(),
            Self::Step(step) => vec![step.text().to_owned()],
        }
    }
}

impl LevelConstraint {
    /// Whether what is reached is enough.
    pub fn admits(&self, reached: &Attainment) -> Result<bool, Incomparable> {
        match (self, reached) {
            (Self::Quantity(constraint), Attainment::Quantity(quantity)) => constraint.admits(quantity),
            (Self::Texts(_), Attainment::Texts(_)) => Ok(self.missing(reached).is_empty()),
            (Self::Step(relation, needed), Attainment::Step(step)) if needed.scale == step.scale => {
                Ok(relation.admits(step.at.cmp(&needed.at)))
            }
            (needed, _) => Err(Incomparable::Words { first: matches!(needed, Self::Quantity(_)) }),
        }
    }

    /// The words that are needed and not reached.
    pub fn missing<'a>(&'a self, reached: &Attainment) -> Vec<&'a str> {
        let (Self::Texts(needed), Attainment::Texts(reached)) = (self, reached) else {
            return Vec::new();
        };
        let is_reached = |text: &&CompactString| reached.iter().any(|reached| is_same(reached, text));
        needed.iter().filter(|text| !is_reached(text)).map(CompactString::as_str).collect()
    }

    /// The relations of two bounds of one kind, and how this one's is to the other's.
    pub(super) fn compare(&self, other: &Self) -> Option<(Relation, Relation, Ordering)> {
        match (self, other) {
            (Self::Quantity(one), Self::Quantity(other)) => {
                Some((one.relation, other.relation, one.quantity.compare(&other.quantity).ok()?))
            }
            (Self::Step(one, step), Self::Step(other, known)) if step.scale == known.scale => {
                Some((*one, *other, step.at.cmp(&known.at)))
            }
            _ => None,
        }
    }

    /// By how much an amount misses the bound.
    pub fn shortfall(&self, reached: &Attainment) -> Option<(Relation, Shortfall)> {
        match (self, reached) {
            (Self::Quantity(constraint), Attainment::Quantity(quantity)) => {
                Shortfall::of(constraint, quantity)
            }
            _ => None,
        }
    }

    /// Whether what is reached is enough, or no further from it than something else.
    pub fn reaches_no_less(&self, is: &Attainment, was: &Attainment) -> bool {
        let nearer = match (self, is, was) {
            (Self::Texts(_), Attainment::Texts(_), Attainment::Texts(_)) => {
                let known = self.missing(was);
                self.missing(is).iter().all(|text| known.contains(text))
            }
            _ => self.lowered_to(was).is_some_and(|bound| bound.admits(is) == Ok(true)),
        };
        // What suffices is no loss, however much more there was.
        nearer || self.admits(is) == Ok(true)
    }

    /// What is no better than either of two: the lower one; of words, those that both reach.
    pub fn worse(&self, one: &Attainment, other: &Attainment) -> Attainment {
        match (one, other) {
            (Attainment::Texts(words), Attainment::Texts(others)) => {
                let is_in_both = |text: &&CompactString| others.iter().any(|other| is_same(other, text));
                Attainment::Texts(words.iter().filter(is_in_both).cloned().collect())
            }
            _ if self.reaches_no_less(one, other) => other.clone(),
            _ => one.clone(),
        }
    }

    /// The most that can be asked of what there is: as much as is reached, and of words those of the needed ones, or
    /// else what there is instead. None where there is nothing to ask for.
    pub fn lowered_to(&self, reached: &Attainment) -> Option<Self> {
        // By a strict bound, what is reached would not admit itself.
        let kept = |relation| match relation {
            Relation::MoreThan => Relation::AtLeast,
            Relation::LessThan => Relation::AtMost,
            kept => kept,
        };
        match (self, reached) {
            (Self::Quantity(constraint), Attainment::Quantity(quantity)) => {
                let (relation, quantity) = (kept(constraint.relation), quantity.clone());
                Some(Self::Quantity(Constraint { relation, quantity }))
            }
            (Self::Step(relation, _), Attainment::Step(step)) => {
                Some(Self::Step(kept(*relation), step.clone()))
            }
            (Self::Texts(needed), Attainment::Texts(texts)) => {
                let missing = self.missing(reached);
                let kept = needed.iter().filter(|text| !missing.contains(&text.as_str())).cloned();
                let kept: Vec<CompactString> = kept.collect();
                Some(if kept.is_empty() { texts.clone() } else { kept })
                    .filter(|kept| !kept.is_empty())
                    .map(Self::Texts)
            }
            _ => None,
        }
    }

    /// What is missing where words are: `no ISO 9001 among the certificates`.
    pub fn gap_in_words(&self, name: &str, reached: &Attainment) -> Option<String> {
        let missing = self.missing(reached);
        (!missing.is_empty()).then(|| format!("no {} among the {name}", or_list(&missing)))
    }

    /// For a word of a scale that is asked for by itself: the same, or more.
    pub fn at_least(&self) -> Option<Self> {
        match self {
            Self::Step(Relation::Equal, step) => Some(Self::Step(Relation::AtLeast, step.clone())),
            _ => None,
        }
    }

    /// The levels that just suffice: the bound itself.
    pub fn least(&self) -> Attainment {
        match self {
            Self::Quantity(constraint) => Attainment::Quantity(constraint.quantity.clone()),
            Self::Texts(texts) => Attainment::Texts(texts.clone()),
            Self::Step(_, step) => Attainment::Step(step.clone()),
        }
    }

    /// What is written for it: one word for each, which may need quotes.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Quantity(constraint) => vec![constraint.to_string()],
            Self::Texts(texts) => texts.iter().map(CompactString::to_string).collect(),
            Self::Step(Relation::Equal, step) => vec![step.text().to_owned()],
            Self::Step(relation, step) => vec![format!("{} {}", relation.sign(), step.text())],
        }
    }

    /// In words: `at least 365 days`, `ISO 27001 and SOC 2`.
    pub fn words(&self) -> String {
        match self {
            Self::Quantity(constraint) => constraint.words(),
            Self::Texts(texts) => and_list(texts),
            Self::Step(Relation::Equal, step) => step.text().to_owned(),
            Self::Step(relation, step) => format!("{} {}", relation.words(), step.text()),
        }
    }
}

impl fmt::Display for Attainment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = self.texts();
        if texts.is_empty() { f.write_str("none") } else { f.write_str(&and_list(&texts)) }
    }
}

impl fmt::Display for LevelConstraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&and_list(&self.texts()))
    }
}

/// Whether two words of a level are the same, case and blanks aside.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let letters = |text| folded(text).filter(|letter| !letter.is_whitespace());
    letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Problem;
    use crate::source::{FileId, Span};

    fn text(text: &str) -> Text {
        Spanned::new(text.into(), Span { file: FileId(0), start: 0, end: 0 })
    }

    fn written(texts: &[&str]) -> WrittenLevel {
        let texts: Vec<Text> = texts.iter().map(|it| text(it)).collect();
        Spanned::new(texts, Span { file: FileId(0), start: 0, end: 0 })
    }

    fn scales(steps: &[&str]) -> LevelScales {
        let steps: Vec<Text> = steps.iter().map(|step| text(step)).collect();
        let scale = LevelScale::read(&text("support"), &steps, &mut Vec::new());
        let known = scale.into_iter().map(|scale| ("support".to_owned(), Arc::new(scale)));
        LevelScales { known: known.collect(), ..LevelScales::default() }
    }

    fn told(problems: &[Problem]) -> String {
        problems.iter().map(|problem| problem.diagnostic.title.clone()).collect()
    }

    fn stated(name: &str, texts: &[&str]) -> Result<Attainment, String> {
        let mut problems = Vec::new();
        let scales = scales(&["8x5", "12x5", "24x7"]);
        Attainment::read(&text(name), &written(texts), &scales, &mut problems).ok_or_else(|| told(&problems))
    }

    fn needed(name: &str, texts: &[&str]) -> Result<LevelConstraint, String> {
        let mut problems = Vec::new();
        let scales = scales(&["8x5", "12x5", "24x7"]);
        LevelConstraint::read(&text(name), &written(texts), &scales, &mut problems)
            .ok_or_else(|| told(&problems))
    }

    #[test]
    fn words_are_told_from_amounts() {
        for words in [
            "ISO 27001", "SOC 2 Type II", "TLS 1.3", "8x5", "24 x 7", "24/7", "256-bit AES", "2FA", "5G",
            "1:1", "P1 first", "PCI DSS 4.0", "monthly", "WCAG 2.2 AA", "Mon-Fri 9-17", "at least A-rated",
            "~90 days",
        ] {
            assert_eq!(stated("x", &[words]), Ok(Attainment::Texts(vec![words.into()])), "{words}");
        }
        for amount in [
            "365 dayz2", "10Tb", "480.000 EUR", "€480k", "-5 days", "10-20 days", "p95 200 mss1",
            "5 days 3 h", ">= 5 days", "at least 5 days", "p95 <= 200 ms", "7,500",
            "2 factor authentication",
        ] {
            assert!(stated("x", &[amount]).is_err(), "{amount}");
        }
        for (amount, printed) in
            [("unlimited", "unlimited"), ("7500 users", "7500 users"), ("24h", "24 h"), ("9", "9")]
        {
            assert_eq!(stated("x", &[amount]).unwrap().to_string(), printed);
        }
        assert_eq!(stated("x", &[]), Ok(Attainment::Texts(Vec::new())));
        assert_eq!(stated("x", &[]).unwrap().to_string(), "none");
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        for (name, texts, title) in [
            ("x", &[">= ISO 9001"][..], "`ISO 9001` is in no order, so that `>=` says nothing of it"),
            ("x", &["= SOC 2", "SOC 1"], "`SOC 2` is in no order, so that `=` says nothing of it"),
            ("x", &["at least Gold"], "`Gold` is in no order, so that `>=` says nothing of it"),
            ("x", &["365 days"], "`365 days` does not say whether it is a minimum or a maximum"),
            ("x", &["ISO 9001", ">= 365 days"], "a list of words holds the amount `>= 365 days`"),
            ("x", &["ISO 9001", "365 days"], "a list of words holds the amount `365 days`"),
            ("x", &[], "`x` asks for nothing"),
            ("support", &[">= 16x5"], "`16x5` is not on the scale of this level"),
            ("support", &["8x5", "24x7"], "`support` is on a scale, and so is one word of it"),
        ] {
            assert_eq!(needed(name, texts).unwrap_err(), title);
        }
        assert_eq!(stated("Support ", &["16x5"]).unwrap_err(), "`16x5` is not on the scale of this level");
    }

    #[test]
    fn words_are_reached_by_the_same_words_only() {
        let admits = |needed: &[&str], stated: &[&str]| {
            self::needed("x", needed).unwrap().admits(&self::stated("x", stated).unwrap()).ok()
        };
        assert_eq!(admits(&["iso  27001"], &["SOC 2", "ISO 27001"]), Some(true));
        assert_eq!(admits(&["ISO27001"], &["ISO 27001"]), Some(true));
        assert_eq!(admits(&["ISO 9001"], &["ISO 27001"]), Some(false));
        assert_eq!(admits(&["SOC 2", "SOC 1"], &["SOC 2"]), Some(false));
        assert_eq!(admits(&["SOC 2"], &[]), Some(false));
        assert_eq!(admits(&[">= 5"], &["ISO 27001"]), None);
        assert_eq!(admits(&["ISO 27001"], &["5"]), None);
        assert_eq!(admits(&["ISO 27001"], &["unlimited"]), None);
    }

    #[test]
    fn a_scale_is_an_order() {
        let admits = |bound: &str, step: &str| {
            needed("support", &[bound]).unwrap().admits(&stated("support", &[step]).unwrap()).unwrap()
        };
        assert!(admits(">= 12x5", "24X7") && admits("at least 12x5", "12x5") && !admits(">= 12x5", "8x5"));
        assert!(admits("< 12 x 5", "8x5") && !admits("12x5", "24x7") && admits("12x5", "12x5"));
    }

    fn any_texts() -> impl Strategy<Value = Vec<&'static str>> {
        prop::collection::vec(
            prop::sample::select(vec!["ISO 27001", "iso 27001", "SOC 2", "SOC2", "TLS 1.3"]),
            1..5,
        )
    }

    proptest! {
        #[test]
        fn words_are_sets(one in any_texts(), other in any_texts(), third in any_texts()) {
            let admits = |asked: &[&str], there: &[&str]| needed("x", asked).unwrap().admits(&stated("x", there).unwrap()).unwrap();
            // More that is there never hurts, and more that is asked never helps.
            let both = [&one[..], &other].concat();
            prop_assert!(admits(&one, &both));
            prop_assert_eq!(admits(&both, &third), admits(&one, &third) && admits(&other, &third));
            let mut turned = one.clone();
            turned.reverse();
            prop_assert_eq!(admits(&turned, &third), admits(&one, &third));
            // What there is instead can be asked for.
            let lowered = needed("x", &one).unwrap().lowered_to(&stated("x", &third).unwrap()).unwrap();
            prop_assert_eq!(lowered.admits(&stated("x", &third).unwrap()), Ok(true));
        }

        #[test]
        fn what_is_written_is_read_back(texts in any_texts()) {
            let needed = self::needed("x", &texts).unwrap();
            let texts = needed.texts();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(self::needed("x", &texts), Ok(needed));
        }

        #[test]
        fn nothing_panics(texts in prop::collection::vec("([<>=]{0,2} ?)?[p0-9.,]{0,3}[ x/-]{0,2}[a-zA-Z0-9 €]{0,8}|.*", 0..3)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            if let (Ok(stated), Ok(needed)) = (stated("x", &texts), needed("x", &texts)) {
                prop_assert!(needed.least() == stated || !texts.is_empty());
                let _ = needed.admits(&stated);
            }
        }
    }
}
