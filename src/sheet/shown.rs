//! How much of a day a number format shows: what Excel makes of a typed `Mar 2027` is the first of March, shown as a month.

use std::iter::Peekable;
use std::str::Chars;

use calamine::Style;

/// Letters that formats of months and years show as they are, and that say no more than those do.
const CONNECTIVES: [&str; 7] = ["年", "月", "년", "월", "г", "de", "del"];

/// What people see of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShownPeriod {
    Day,
    Month,
    Year,
    /// Only the time of day, or what words of the format's own make of it.
    Unclear,
    /// A format that is another in each language, and that no file spells out.
    Unknown,
}

impl ShownPeriod {
    pub(super) fn of(style: &Style) -> Self {
        let Some(format) = &style.number_format else { return Self::Unknown };
        match format.format_id {
            // What these are is for each language to say; two of them are a day in all.
            Some(27..=29 | 32..=36 | 50..=58) if format.format_code == "General" => Self::Unknown,
            Some(30 | 31) if format.format_code == "General" => Self::Day,
            _ => Self::of_code(&format.format_code),
        }
    }

    /// What the first part of a format shows, the one for what is positive.
    fn of_code(code: &str) -> Self {
        let FormatParts { letters, is_plain } = FormatParts::new(code);
        // Minutes stand after hours, or before seconds.
        let is_month = |at: usize| {
            letters[at] == 'm' && (at == 0 || letters[at - 1] != 'h') && letters.get(at + 1) != Some(&'s')
        };
        let (has_month, has_year) = ((0..letters.len()).any(is_month), letters.contains(&'y'));
        match (has_month, has_year) {
            _ if letters.contains(&'d') => Self::Day,
            _ if !is_plain => Self::Unclear,
            (true, _) => Self::Month,
            (false, true) => Self::Year,
            (false, false) => Self::Unclear,
        }
    }
}

/// The parts of a format that stand for something, each with one letter.
#[derive(Debug, Default)]
struct FormatParts {
    letters: Vec<char>,
    /// Whether there are no words in it that could say more.
    is_plain: bool,
}

impl FormatParts {
    fn new(code: &str) -> Self {
        let (mut letters, mut words) = (Vec::new(), String::new());
        let mut rest = code.chars().peekable();
        let mut before = ' ';
        while let Some(letter) = rest.next() {
            let letter = letter.to_ascii_lowercase();
            match letter {
                ';' => break,
                '"' => words.extend(rest.by_ref().take_while(|letter| *letter != '"')),
                '\\' => words.extend(rest.next()),
                // The width of a letter, or what fills the cell.
                '_' | '*' => drop(rest.next()),
                '[' => words.push_str(&shown_of_brackets(&mut rest)),
                'a' => skip_half_of_day(&mut rest),
                // The years of emperors and of Buddha.
                'e' | 'b' if before != letter => letters.push('y'),
                'e' | 'b' | 'g' => {}
                'y' | 'm' | 'd' | 'h' | 's' if before != letter => letters.push(letter),
                'y' | 'm' | 'd' | 'h' | 's' => {}
                other => words.push(other),
            }
            // Words end where something else stands between them.
            if !matches!(letter, '\\') {
                words.push(' ');
            }
            before = letter;
        }
        let mut words = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_plain =
            words.all(|word| CONNECTIVES.contains(&word) || word.bytes().all(|digit| digit == b'0'));
        Self { letters, is_plain }
    }
}

/// What stands in brackets is a colour, a condition or a language; only a currency is shown.
fn shown_of_brackets(rest: &mut Peekable<Chars<'_>>) -> String {
    let inside: String = rest.by_ref().take_while(|letter| *letter != ']').collect();
    let currency = inside.strip_prefix('$').and_then(|inside| inside.split('-').next());
    currency.unwrap_or_default().to_owned()
}

/// Goes on after `AM/PM`, `A/P` and the weekdays `aaa`.
fn skip_half_of_day(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(|letter| "aAmMpP/".contains(*letter)).is_some() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_shows_a_day_a_month_or_a_year() {
        use ShownPeriod::{Day, Month, Unclear, Year};
        for (code, shown) in [
            ("mm-dd-yy", Day),
            ("[$-409]d\\-mmm\\-yy;@", Day),
            ("yyyy\"年\"m\"月\"d\"日\"", Day),
            ("m/d/yy h:mm AM/PM", Day),
            ("mmm-yy", Month),
            ("mmm\\-yy", Month),
            ("[$-407]mmmm\\ yyyy;@", Month),
            ("[$-C0A]mmmm\" de \"yyyy", Month),
            ("yyyy\"年\"m\"月\"", Month),
            ("MM/YYYY", Month),
            ("mmm yyyy hh:mm:ss", Month),
            ("mmm;d", Month),
            ("yyyy", Year),
            ("YY", Year),
            ("yyyy hh:mm", Year),
            ("yyyy mm:ss.000", Year),
            ("\"Q1\" yyyy", Unclear),
            ("\\Q\\1 yyyy", Unclear),
            ("[$FY]yyyy", Unclear),
            ("qq yyyy", Unclear),
            ("hh:mm", Unclear),
            ("mm:ss", Unclear),
            ("h:mm AM/PM", Unclear),
        ] {
            assert_eq!(ShownPeriod::of_code(code), shown, "{code}");
        }
    }
}
