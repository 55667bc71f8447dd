//! Units, and how many of the smallest unit of its kind each one is.

use crate::text::{fold, nearest};

use super::misread::Misread;
use super::money::Currency;
use super::number::short;

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
    /// Reads a word of letters; what is spelled as a unit or a currency in another case is none.
    fn parse(text: &str) -> Option<Self> {
        let is_word =
            text.chars().all(char::is_alphabetic) && text.chars().nth(2).is_some() && text.len() <= 60;
        let is_unit = Unit::texts().any(|known| known.eq_ignore_ascii_case(text));
        let is_currency = Currency::from_code(&text.to_ascii_uppercase()).is_some();
        (is_word && !is_unit && !is_currency).then(|| Self(text.into()))
    }

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
    /// Reads a unit; none is a bare number.
    pub(super) fn parse(text: &str) -> Result<Self, Misread> {
        if text.is_empty() {
            return Ok(Self::One);
        }
        if let Some(unit) = Self::simple(text) {
            return Ok(unit);
        }
        if let Some((counted, per)) = split_per(text, Tick::parse)
            && let Some(of) = Counted::parse(counted)
        {
            return Ok(Self::Rate { of, per });
        }
        if let Some(currency) = Currency::from_code(text) {
            return Ok(Self::Money(currency));
        }
        Noun::parse(text).map(Self::Things).ok_or_else(|| unknown(text))
    }

    /// Every way to write a unit in one word.
    fn texts() -> impl Iterator<Item = &'static str> {
        let times = TimeUnit::ALL.iter().flat_map(|unit| unit.texts());
        let bytes = ByteUnit::ALL.iter().flat_map(|unit| unit.texts());
        let bits = BitUnit::ALL.iter().flat_map(|unit| unit.texts());
        let rates = BIT_RATES.iter().map(|(text, _)| text);
        times.chain(bytes).chain(bits).chain(rates).copied().chain(["percent", "pct"])
    }

    fn simple(text: &str) -> Option<Self> {
        if ["%", "percent", "per cent", "pct"].iter().any(|known| is_spelled(text, known)) {
            return Some(Self::Percent);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let business = words.join(" ");
        let is_business = |texts: &[&str]| texts.iter().any(|known| is_spelled(&business, known));
        if is_business(BUSINESS_DAYS) {
            return Some(Self::BusinessDays);
        }
        if is_business(BUSINESS_HOURS) {
            return Some(Self::BusinessHours);
        }
        if let Some(&(_, unit)) = BIT_RATES.iter().find(|(known, _)| *known == text) {
            return Some(Self::Rate { of: Counted::Bits(unit), per: Tick::Second });
        }
        let time = TimeUnit::parse(text).map(Self::Time);
        let bytes = || ByteUnit::parse(text).map(Self::Bytes);
        time.or_else(bytes).or_else(|| BitUnit::parse(text).map(Self::Bits))
    }

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

impl Counted {
    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Unsaid);
        }
        match Unit::simple(text) {
            Some(Unit::Bytes(unit)) => return Some(Self::Bytes(unit)),
            Some(Unit::Bits(unit)) => return Some(Self::Bits(unit)),
            Some(_) => return None,
            None => {}
        }
        let words = text.split(|character: char| character.is_whitespace() || character == '-');
        let is_noun = words.clone().all(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
        if !is_noun || text.len() > 60 {
            return None;
        }
        let noun = words.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let plural: Box<str> = match noun.as_str() {
            "req" | "reqs" => "requests".into(),
            "msg" | "msgs" => "messages".into(),
            "tx" | "txn" | "txns" => "transactions".into(),
            "query" => "queries".into(),
            // `k/s` and `m/s` are thousands and metres, `gb/s` may be bits: none is a noun.
            letters if letters.len() < 3 => return None,
            plural if plural.ends_with('s') => plural.into(),
            singular => format!("{singular}s").into(),
        };
        Unit::simple(&plural).is_none().then_some(Self::Noun(plural))
    }
}

/// Splits `… per X` or `…/X` where `read` knows the X.
pub(super) fn split_per<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(&str, T)> {
    if let Some((before, last)) = text.rsplit_once('/') {
        return Some((before.trim_end(), read(last.trim_start())?));
    }
    let (before, last) = text.rsplit_once(char::is_whitespace)?;
    let read = read(last)?;
    let (rest, per) = split_last_word(before);
    let (rest, per) = if per.eq_ignore_ascii_case("calendar") { split_last_word(rest) } else { (rest, per) };
    per.eq_ignore_ascii_case("per").then_some((rest, read))
}

/// The last word of a text, and what stands before it.
pub(super) fn split_last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + text.get(at..).map_or(1, first_width));
    let (before, word) = text.split_at_checked(start).unwrap_or(("", text));
    (before.trim_end(), word)
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Symbols, of one or two letters or with capitals, keep their case; words do not.
fn is_spelled(text: &str, known: &str) -> bool {
    let is_word = known.len() > 2 && known.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
    if is_word { text.eq_ignore_ascii_case(known) } else { text == known }
}

pub(super) fn unknown(text: &str) -> Misread {
    let misread = Misread::new(
        format!("`{}` is not a unit", short(text)),
        "expected a unit, a currency, one word for what is counted, or nothing after the number",
    );
    if let Some([bits, bytes]) = bits_or_bytes(text) {
        return misread
            .instead(&bits, format!("write `{bits}` for bits"))
            .instead(&bytes, format!("write `{bytes}` for bytes"));
    }
    let currencies = ["EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "INR", "CNY"];
    let currency = currencies.iter().find(|code| code.eq_ignore_ascii_case(text));
    let bytes = || {
        let unit = ByteUnit::parse(text.strip_suffix("ps")?)?;
        Some(format!("{}/s", unit.texts()[0]))
    };
    let like = currency.map(|&code| code.to_owned()).or_else(bytes).or_else(|| {
        near(text, Unit::texts().chain(["/s", "/min", "/h", "business days", "business hours"]))
            .map(str::to_owned)
    });
    match like {
        _ if text == "m" => misread.help("did you mean `min` or `months`?"),
        like => misread.did_you_mean(like.as_deref()),
    }
    .help(
        "the units are `%`, `ms`, `s`, `min`, `h`, `days`, `weeks`, `months`, `quarters`, `years`, `business days`, \
         `business hours`, `B` to `TB`, `KiB` to `TiB`, `bit` to `Tbit`, `/s`, `/min`, `/h`, currencies such as `EUR`, \
         and one word for things that are counted, such as `users`",
    )
}

/// What `Tb` and `Gb/s` may mean: bits and bytes.
fn bits_or_bytes(text: &str) -> Option<[String; 2]> {
    let (symbol, per) =
        split_per(text, Tick::parse).map_or((text, None), |(symbol, per)| (symbol, Some(per)));
    let prefix = symbol.strip_suffix(['b', 'B']).filter(|_| ByteUnit::parse(symbol).is_none())?;
    let prefix = ["", "k", "M", "G", "T"].into_iter().find(|known| known.eq_ignore_ascii_case(prefix))?;
    let per = per.map(|per| format!("/{}", per.texts()[0])).unwrap_or_default();
    Some([format!("{prefix}bit{per}"), format!("{prefix}B{per}")])
}

/// The nearest of some names; a long text is like none, and costly to compare.
pub(super) fn near<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > 60 { None } else { nearest(text, names) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_fit_together() {
        let factor = TimeUnit::factor;
        assert_eq!(factor(TimeUnit::Year), 365 * factor(TimeUnit::Day));
        assert_eq!(factor(TimeUnit::Year), 12 * factor(TimeUnit::Month));
        assert_eq!(factor(TimeUnit::Quarter), 3 * factor(TimeUnit::Month));
        assert_eq!(factor(TimeUnit::Week), 7 * factor(TimeUnit::Day));
    }

    #[test]
    fn spellings_are_read() {
        for (text, unit) in [
            ("Days", "days"),
            ("hours", "h"),
            ("Per Cent", "%"),
            ("KB", "kB"),
            ("gigabytes", "GB"),
            ("req/s", "requests/s"),
            ("requests per second", "requests/s"),
            ("API calls / min", "api calls/min"),
            ("/ s", "/s"),
            ("per hour", "/h"),
            ("MB/s", "MB/s"),
            ("Gbps", "Gbit/s"),
            ("gigabits per second", "Gbit/s"),
            ("kbit", "kbit"),
            ("Business  Days", "business days"),
            ("working hours", "business hours"),
            ("Users", "Users"),
            ("Nutzer", "Nutzer"),
        ] {
            assert_eq!(Unit::parse(text).unwrap().text(false), unit, "{text}");
        }
    }

    #[test]
    fn unknown_units_show_the_nearest() {
        let help = |text| Unit::parse(text).unwrap_err().helps[0].text.clone();
        assert_eq!(help("bussiness days"), "did you mean `business days`?");
        assert_eq!(help("eur"), "did you mean `EUR`?");
        assert_eq!(help("m"), "did you mean `min` or `months`?");
        assert_eq!(help("mbps"), "did you mean `Mbps`?");
        assert_eq!(help("MBps"), "did you mean `MB/s`?");
        assert_eq!(help("MBIT"), "did you mean `Mbit`?");
        assert_eq!(unknown("dys").helps[0], "did you mean `days`?");
        for text in ["days/s", "m/s", "k/s", "Gb/s", "hr/s", "KIB", "named users", "x2", "KBps", "ab"] {
            assert!(Unit::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn bits_and_bytes_are_asked_for() {
        for (text, bits, bytes) in [
            ("Tb", "Tbit", "TB"),
            ("gb", "Gbit", "GB"),
            ("kb", "kbit", "kB"),
            ("Gb/s", "Gbit/s", "GB/s"),
            ("Mb per hour", "Mbit/h", "MB/h"),
        ] {
            let misread = Unit::parse(text).unwrap_err();
            let helps = [format!("write `{bits}` for bits"), format!("write `{bytes}` for bytes")];
            assert_eq!(
                misread.helps.iter().map(|help| &help.text).collect::<Vec<_>>(),
                helps.iter().collect::<Vec<_>>()
            );
            assert!([bits, bytes].iter().all(|unit| Unit::parse(unit).is_ok()));
        }
    }
}
