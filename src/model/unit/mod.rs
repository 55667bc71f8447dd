//! Units, and how many of the smallest unit of its kind each one is.

mod read;

use crate::text::fold;

use super::money::Currency;

pub(super) use read::{near, split_last_word, split_per, unknown};

/// A unit of measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A bare number.
    One,
    /// Hundredths.
    Percent,
    /// Time.
    Time(TimeUnit),
    /// Days on which business is done: how many that are of the calendar depends on the weekends and holidays between.
    BusinessDays,
    /// Hours in which business is done.
    BusinessHours,
    /// An amount of data.
    Bytes(ByteUnit),
    /// An amount of data in bits; never held against bytes, which a file, and not a line, is counted in.
    Bits(BitUnit),
    /// Things, by the word for them: `7500 users`.
    Things(Noun),
    /// So many of something in a unit of time.
    Rate {
        /// What is counted.
        of: Counted,
        /// In which time.
        per: Tick,
    },
    /// Money.
    Money(Currency),
}

/// What a rate counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Not said: `1000/s`, comparable with every named one.
    Unsaid,
    /// Data: `10 MB/s`.
    Bytes(ByteUnit),
    /// Data in bits: `10 Gbit/s`.
    Bits(BitUnit),
    /// A noun in its plural: `1000 requests/s`.
    Noun(Box<str>),
}

/// One word for things that are counted, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun(Box<str>);

impl Noun {
    /// Whether it is the same word, a final s aside.
    pub(super) fn is(&self, other: &Self) -> bool {
        let stem = |noun: &Self| {
            let word = fold(&noun.0).into_owned();
            word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
        };
        stem(self) == stem(other)
    }
}

/// Declares units with their factors to the smallest of their kind, and with every way to write them; the
/// first is how they print, and the second how one of them prints where that differs.
macro_rules! units {
    ($(#[$doc:meta])* $name:ident { $($(#[$unit_doc:meta])* $unit:ident = $factor:expr, [$($text:literal),+];)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$unit_doc])* $unit),+ }

        impl $name {
            /// All of them, smallest first.
            pub const ALL: &[Self] = &[$(Self::$unit),+];

            /// How many of the smallest unit this is.
            pub(super) const fn factor(self) -> u64 {
                match self { $(Self::$unit => $factor),+ }
            }

            /// Every way to write it, the canonical one first.
            pub(super) const fn texts(self) -> &'static [&'static str] {
                match self { $(Self::$unit => &[$($text),+]),+ }
            }

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|unit| unit.texts().iter().any(|known| is_spelled(text, known)))
            }
        }
    };
}

units! {
    /// Units of time. A year is 12 months and 365 days, a month 365/12 days: in milliseconds, all are whole.
    TimeUnit {
        /// A thousandth of a second.
        Millisecond = 1, ["ms", "millisecond", "milliseconds"];
        /// The second.
        Second = 1_000, ["s", "sec", "secs", "second", "seconds"];
        /// 60 seconds.
        Minute = 60_000, ["min", "mins", "minute", "minutes"];
        /// 60 minutes.
        Hour = 3_600_000, ["h", "hr", "hrs", "hour", "hours"];
        /// 24 hours.
        Day = 86_400_000, ["days", "day", "d"];
        /// 7 days.
        Week = 604_800_000, ["weeks", "week", "w", "wk", "wks"];
        /// 365/12 days.
        Month = 2_628_000_000, ["months", "month", "mo", "mos"];
        /// 3 months.
        Quarter = 7_884_000_000, ["quarters", "quarter", "qtr", "qtrs"];
        /// 12 months.
        Year = 31_536_000_000, ["years", "year", "y", "yr", "yrs"];
    }
}

units! {
    /// Units of data: decimal prefixes as in the SI, binary ones as in IEC 80000-13. Symbols keep their case,
    /// since `Mb` are bits elsewhere.
    ByteUnit {
        /// The byte.
        B = 1, ["B", "byte", "bytes"];
        /// 1000 bytes.
        KB = 1_000, ["kB", "KB", "kilobyte", "kilobytes"];
        /// 1024 bytes.
        KiB = 1 << 10, ["KiB", "kibibyte", "kibibytes"];
        /// 1000 kB.
        MB = 1_000_000, ["MB", "megabyte", "megabytes"];
        /// 1024 KiB.
        MiB = 1 << 20, ["MiB", "mebibyte", "mebibytes"];
        /// 1000 MB.
        GB = 1_000_000_000, ["GB", "gigabyte", "gigabytes"];
        /// 1024 MiB.
        GiB = 1 << 30, ["GiB", "gibibyte", "gibibytes"];
        /// 1000 GB.
        TB = 1_000_000_000_000, ["TB", "terabyte", "terabytes"];
        /// 1024 GiB.
        TiB = 1 << 40, ["TiB", "tebibyte", "tebibytes"];
    }
}

units! {
    /// Units of data in bits, with decimal prefixes. `Gb` is none of them: it may be meant as bytes.
    BitUnit {
        /// The bit.
        Bit = 1, ["bit", "bits"];
        /// 1000 bits.
        Kbit = 1_000, ["kbit", "kilobit", "kilobits"];
        /// 1000 kbit.
        Mbit = 1_000_000, ["Mbit", "megabit", "megabits"];
        /// 1000 Mbit.
        Gbit = 1_000_000_000, ["Gbit", "gigabit", "gigabits"];
        /// 1000 Gbit.
        Tbit = 1_000_000_000_000, ["Tbit", "terabit", "terabits"];
    }
}

/// Bits in a second, in one word.
const BIT_RATES: &[(&str, BitUnit)] = &[
    ("bps", BitUnit::Bit),
    ("kbps", BitUnit::Kbit),
    ("Mbps", BitUnit::Mbit),
    ("Gbps", BitUnit::Gbit),
    ("Tbps", BitUnit::Tbit),
];

/// Ways to write business days and hours, the canonical plural and singular first.
const BUSINESS_DAYS: &[&str] = &["business days", "business day", "working days", "working day"];
const BUSINESS_HOURS: &[&str] = &["business hours", "business hour", "working hours", "working hour"];

units! {
    /// The time of a rate. The factor is how often it passes in an hour.
    Tick {
        /// Per hour.
        Hour = 1, ["h", "hr", "hour"];
        /// Per minute.
        Minute = 60, ["min", "minute"];
        /// Per second.
        Second = 3_600, ["s", "sec", "second"];
    }
}

impl Unit {
    /// How many of the smallest unit of its kind this is. At most 2^40 bytes times 3600.
    pub(super) fn factor(&self) -> u64 {
        match self {
            Self::One | Self::Percent | Self::Money(_) => 1,
            Self::BusinessDays | Self::BusinessHours | Self::Things(_) => 1,
            Self::Time(unit) => unit.factor(),
            Self::Bytes(unit) => unit.factor(),
            Self::Bits(unit) => unit.factor(),
            Self::Rate { of: Counted::Bytes(unit), per } => unit.factor() * per.factor(),
            Self::Rate { of: Counted::Bits(unit), per } => unit.factor() * per.factor(),
            Self::Rate { per, .. } => per.factor(),
        }
    }

    /// The unit beside a number that is one, or is not: `day`, `days`. Empty for a bare number.
    pub(super) fn text(&self, is_one: bool) -> String {
        match self {
            Self::One => String::new(),
            Self::Percent => "%".to_owned(),
            // From the day on, units are words, with a singular.
            Self::Time(unit) if is_one && *unit >= TimeUnit::Day => unit.texts()[1].to_owned(),
            Self::Time(unit) => unit.texts()[0].to_owned(),
            Self::BusinessDays => BUSINESS_DAYS[usize::from(is_one)].to_owned(),
            Self::BusinessHours => BUSINESS_HOURS[usize::from(is_one)].to_owned(),
            Self::Bytes(unit) => unit.texts()[0].to_owned(),
            Self::Bits(unit) => unit.texts()[0].to_owned(),
            Self::Things(noun) => noun.0.to_string(),
            Self::Rate { of, per } => {
                let per = per.texts()[0];
                match of {
                    Counted::Unsaid => format!("/{per}"),
                    Counted::Bytes(unit) => format!("{}/{per}", unit.texts()[0]),
                    Counted::Bits(unit) => format!("{}/{per}", unit.texts()[0]),
                    Counted::Noun(noun) => format!("{noun}/{per}"),
                }
            }
            Self::Money(currency) => currency.to_string(),
        }
    }
}

impl TimeUnit {
    /// The word of a sentence: `hour`, `hours`; `ms` stays, as everybody writes it.
    pub(super) fn word(self, is_one: bool) -> &'static str {
        match (self, self.texts()) {
            (Self::Second | Self::Minute | Self::Hour, [.., one, several]) => {
                if is_one {
                    one
                } else {
                    several
                }
            }
            (Self::Millisecond, texts) => texts[0],
            (_, texts) => texts[usize::from(is_one)],
        }
    }
}

/// Symbols, of one or two letters or with capitals, keep their case; words do not.
fn is_spelled(text: &str, known: &str) -> bool {
    let is_word = known.len() > 2 && known.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
    if is_word { text.eq_ignore_ascii_case(known) } else { text == known }
}
