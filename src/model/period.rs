//! Periods: how often something is measured, paid or repeated.

use std::fmt;

use super::misread::Misread;
use super::number::short;
use super::unit::near;

/// How often something is measured or repeated. Periods are never converted into each other: 99.9 % a month
/// says nothing exact about a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

impl Period {
    /// All of them, shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Reads `week`, without regard to case.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let word = text.trim();
        Self::from_noun(word).or_else(|| Self::from_adverb(word)).ok_or_else(|| {
            Misread::new(
                format!("`{}` is not a period", short(word)),
                "expected `day`, `week`, `month`, `quarter` or `year`",
            )
            .did_you_mean(near(word, Self::ALL.map(Self::noun)))
        })
    }

    /// Every word that is read as one.
    pub fn words() -> impl Iterator<Item = &'static str> {
        let own = Self::ALL.into_iter().flat_map(|period| [period.noun(), period.adverb()]);
        own.chain([Self::ANNUM]).chain(Self::ANNUAL)
    }

    const ANNUM: &str = "annum";
    const ANNUAL: [&str; 2] = ["annually", "annual"];

    /// `week`, as in `per week`.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// `weekly`, as in `99.95 % weekly`.
    pub const fn adverb(self) -> &'static str {
        match self {
            Self::Day => "daily",
            Self::Week => "weekly",
            Self::Month => "monthly",
            Self::Quarter => "quarterly",
            Self::Year => "yearly",
        }
    }

    /// The months that it has; none for a day and a week.
    pub(super) const fn months(self) -> Option<u8> {
        match self {
            Self::Day | Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Year => Some(12),
        }
    }

    pub(super) fn from_noun(word: &str) -> Option<Self> {
        let annum = word.eq_ignore_ascii_case(Self::ANNUM).then_some(Self::Year);
        annum.or_else(|| Self::ALL.into_iter().find(|period| word.eq_ignore_ascii_case(period.noun())))
    }

    pub(super) fn from_adverb(word: &str) -> Option<Self> {
        let annual = Self::ANNUAL.iter().any(|annual| word.eq_ignore_ascii_case(annual));
        annual
            .then_some(Self::Year)
            .or_else(|| Self::ALL.into_iter().find(|period| word.eq_ignore_ascii_case(period.adverb())))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.noun())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        assert_eq!(Period::parse("Week"), Ok(Period::Week));
        assert_eq!(Period::parse("annually"), Ok(Period::Year));
        assert_eq!(Period::parse("weeks").unwrap_err().helps, ["did you mean `week`?"]);
    }
}
