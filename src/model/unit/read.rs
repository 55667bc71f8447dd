//! Units as people write them.

use crate::text::nearest;

use super::super::misread::Misread;
use super::super::money::Currency;
use super::super::number::short;
use super::{
    BIT_RATES, BUSINESS_DAYS, BUSINESS_HOURS, BitUnit, ByteUnit, Counted, Noun, Tick, TimeUnit, Unit,
    is_spelled,
};

impl Unit {
    /// Reads a unit; none is a bare number.
    pub(in crate::model) fn parse(text: &str) -> Result<Self, Misread> {
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
}

impl Noun {
    /// Reads a word of letters; what is spelled as a unit or a currency in another case is none.
    fn parse(text: &str) -> Option<Self> {
        // `k` and `m` may be thousands and metres: one or two letters are no word for things.
        let is_word =
            text.chars().all(char::is_alphabetic) && text.chars().nth(2).is_some() && text.len() <= 60;
        let is_unit = Unit::texts().any(|known| known.eq_ignore_ascii_case(text));
        let is_currency = Currency::from_code(&text.to_ascii_uppercase()).is_some();
        (is_word && !is_unit && !is_currency).then(|| Self(text.into()))
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
pub(in crate::model) fn split_per<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(&str, T)> {
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
pub(in crate::model) fn split_last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + text.get(at..).map_or(1, first_width));
    let (before, word) = text.split_at_checked(start).unwrap_or(("", text));
    (before.trim_end(), word)
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

pub(in crate::model) fn unknown(text: &str) -> Misread {
    let misread = Misread::new(
        format!("`{}` is not a unit", short(text)),
        "expected a unit, a currency, one word for what is counted, or nothing after the number",
    );
    // `Gb` is gigabits to networks and gigabytes to most who type it: a factor of eight that nobody may guess.
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
pub(in crate::model) fn near<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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
