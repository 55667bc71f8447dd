//! The commercial terms that a sentence states.

use std::ops::Range;

use crate::model::quantity::Quantity;
use crate::model::spelled::may_begin_number;
use crate::model::term::in_full;

use super::parties::Parties;
use super::verbs::OBLIGES;
use super::words::{WordToken, phrases, says};

/// How long the customer may take to pay, and where that stands.
pub(crate) fn payment(
    text: &str,
    words: &[WordToken],
    parties: &Parties,
) -> Option<(Quantity, Range<usize>)> {
    /// The most words of a length of time.
    const LONGEST: usize = 9;
    let pays = says(words, &["pay", "payable", "payment", "invoice", "paid", "net"])
        && says(words, &["invoice", "payment", "fee", "net", "receipt"]);
    let is_vendors = |at: usize| {
        let end = at + parties.vendor.at(words, at);
        end > at && words.get(end).is_some_and(|next| OBLIGES.contains(&&*next.stem))
    };
    // What happens where it is late is another time.
    let is_late =
        says(words, &["overdue", "past due", "late", "default", "suspend", "dispute", "refund", "withhold"]);
    if !pays || is_late || (0..words.len()).any(is_vendors) {
        return None;
    }
    let is_number = |at: usize| {
        let stem = words[at].stem.as_str();
        stem.starts_with(|first: char| first.is_ascii_digit()) || stem == "net" || may_begin_number(stem)
    };
    (0..words.len()).filter(|&at| is_number(at)).find_map(|at| {
        (at + 2..=(at + LONGEST).min(words.len())).find_map(|end| {
            let place = words[at].place.start..words[end - 1].place.end;
            let length = Quantity::parse_duration(&in_full(&text[place.clone()])).ok()?;
            length.days().map(|_| (length, place))
        })
    })
}

/// Adjectives of countries, with the countries whose law they are of.
const NATIONAL: [(&str, &str); 24] = [
    ("english", "England"),
    ("french", "France"),
    ("german", "Germany"),
    ("dutch", "Netherlands"),
    ("belgian", "Belgium"),
    ("swiss", "Switzerland"),
    ("austrian", "Austria"),
    ("italian", "Italy"),
    ("spanish", "Spain"),
    ("portuguese", "Portugal"),
    ("irish", "Ireland"),
    ("scottish", "Scotland"),
    ("scot", "Scotland"),
    ("danish", "Denmark"),
    ("swedish", "Sweden"),
    ("norwegian", "Norway"),
    ("finnish", "Finland"),
    ("polish", "Poland"),
    ("czech", "Czech Republic"),
    ("greek", "Greece"),
    ("japanese", "Japan"),
    ("indian", "India"),
    ("australian", "Australia"),
    ("canadian", "Canada"),
];

/// Whose law governs, and where that stands.
pub(crate) fn law(text: &str, words: &[WordToken]) -> Option<(String, Range<usize>)> {
    const GOVERNED: &[&str] = &["governed"];
    const GOVERNS: &[&str] =
        &["law govern", "law shall govern", "law will govern", "law applie", "law shall apply"];
    const LAW_OF: &[&str] = &["law of"];
    /// The most words between the verb and the law: "governed by and construed in accordance with the laws of".
    const LONGEST: usize = 14;
    let governed = phrases(GOVERNED).find(words);
    if let Some(governed) = &governed {
        let near = &words[..words.len().min(governed.end + LONGEST)];
        let law = (governed.end..near.len()).find_map(|at| Some(at + phrases(LAW_OF).at(near, at)?));
        if let Some(name) = law.and_then(|end| jurisdiction(text, words.get(end)?.place.start)) {
            return Some(name);
        }
    }
    // "French law governs", "governed by French law".
    let laws = (1..words.len()).filter(|&at| words[at].stem == "law");
    let is_said = |at: usize| {
        governed.as_ref().is_some_and(|governed| governed.end <= at && at <= governed.end + LONGEST)
            || phrases(GOVERNS).at(words, at).is_some()
    };
    laws.filter(|&at| is_said(at)).find_map(|at| {
        let (_, country) = NATIONAL.iter().find(|(adjective, _)| *adjective == words[at - 1].stem)?;
        Some(((*country).to_owned(), words[at - 1].place.start..words[at].place.end))
    })
}

/// The name of what a law is of, and where it stands.
fn jurisdiction(text: &str, at: usize) -> Option<(String, Range<usize>)> {
    let rest = &text[at..];
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || *word == "of";
    let name = rest.split_whitespace().take_while(capital).collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches(['.', ',', ';']).to_owned();
    let start = text.len() - rest.len();
    let place = start..start + name.len();
    (!name.is_empty()).then_some((name, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::words::tokens;

    #[test]
    fn the_law_is_read_as_agreements_name_it() {
        for (text, expected) in [
            ("This Agreement is governed by the laws of the State of New York.", Some("State of New York")),
            (
                "This Agreement shall be governed by and construed in accordance with the laws of Austria, without regard to conflicts.",
                Some("Austria"),
            ),
            ("This contract is governed by French law.", Some("France")),
            ("Swiss law shall apply.", Some("Switzerland")),
            ("The processing is governed by applicable law.", None),
            ("Customer shall comply with the laws of Spain.", None),
        ] {
            let found = law(text, &tokens(text));
            assert_eq!(found.as_ref().map(|(name, _)| name.as_str()), expected, "{text}");
        }
    }
}
