//! The commercial terms that a sentence states.

use std::ops::Range;

use crate::model::quantity::Quantity;
use crate::model::spelled::may_begin_number;
use crate::model::term::in_full;

use super::parties::Parties;
use super::verbs::OBLIGES;
use super::words::{WordToken, phrases, says};

/// What a sentence states of a term.
pub(crate) struct StatedTerm<V> {
    /// Its values, in the order of the sentence, each with its place.
    pub(crate) values: Vec<(V, Range<usize>)>,
    /// Whether there is one, said of all that the contract is about.
    pub(crate) is_whole: bool,
}

impl<V> StatedTerm<V> {
    /// What is stated by these values, if there are any; `is_plain` where nothing else limits what they are said of.
    fn of(values: Vec<(V, Range<usize>)>, is_plain: bool) -> Option<Self> {
        let is_whole = is_plain && values.len() == 1;
        (!values.is_empty()).then_some(Self { values, is_whole })
    }
}

/// Words of a sentence that says of all invoices when they are paid. What says anything else may be of some alone.
const OF_ALL_INVOICES: [&str; 94] = [
    "all", "each", "every", "any", "the", "a", "an", "its", "it", "our", "your", "their", "this", "such",
    "these", "shall", "will", "must", "agree", "to", "be", "is", "are", "been", "has", "have", "pay",
    "payable", "paid", "payment", "make", "made", "due", "term", "period", "condition", "time", "limit",
    "standard", "invoice", "invoiced", "invoicing", "fee", "charge", "amount", "undisputed", "correct",
    "proper", "properly", "correctly", "valid", "in", "full", "within", "no", "not", "later", "than", "net",
    "day", "calendar", "business", "week", "month", "of", "from", "after", "following", "date", "receipt",
    "receive", "received", "receiving", "issue", "issued", "issuance", "thereof", "by", "bank", "wire",
    "transfer", "and", "upon", "on", "under", "agreement", "contract", "order", "form", "deduction",
    "without", "eur", "usd", "euro",
];

/// How long the customer may take to pay.
pub(crate) fn payment(text: &str, words: &[WordToken], parties: &Parties) -> Option<StatedTerm<Quantity>> {
    /// The most words of a length of time.
    const LONGEST: usize = 9;
    /// What fees are for, where it is all that is sold.
    const OF_ALL: &[&str] = &[
        "for the service", "for the platform", "for the product", "for the software", "for the subscription",
    ];

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
    let mut values: Vec<(Quantity, Range<usize>)> = Vec::new();
    let mut taken = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let length = (at + 2..=(at + LONGEST).min(words.len())).filter(|_| is_number(at)).find_map(|end| {
            let place = words[at].place.start..words[end - 1].place.end;
            let length = Quantity::parse_duration(&in_full(&text[place.clone()])).ok()?;
            length.days().map(|_| (length, place, end))
        });
        match length {
            Some((length, place, end)) => {
                taken[at..end].fill(true);
                if values.iter().all(|(known, _)| known.days() != length.days()) {
                    values.push((length, place));
                }
                at = end;
            }
            None => {
                let party = parties.vendor.at(words, at).max(parties.customer.at(words, at));
                let all = phrases(OF_ALL).at(words, at).unwrap_or_default();
                let length = party.max(all).min(words.len() - at);
                taken[at..at + length].fill(true);
                at += length.max(1);
            }
        }
    }
    let is_plain = |(word, taken): (&WordToken, &bool)| {
        *taken || !word.is_word() || OF_ALL_INVOICES.contains(&&*word.stem)
    };
    let is_plain = words.iter().zip(&taken).all(is_plain);
    StatedTerm::of(values, is_plain)
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

/// Whose law governs.
pub(crate) fn law(text: &str, words: &[WordToken]) -> Option<StatedTerm<String>> {
    const GOVERNED: &[&str] = &["governed"];
    const GOVERNS: &[&str] =
        &["law govern", "law shall govern", "law will govern", "law applie", "law shall apply"];
    const LAW_OF: &[&str] = &["law of", "those of", "that of"];
    /// What the law of a whole contract is said of, before `governed`.
    const OF_ALL: [&str; 36] = [
        "this", "the", "these", "agreement", "contract", "order", "form", "sow", "statement", "of", "work",
        "term", "condition", "it", "and", "any", "all", "exhibit", "document", "shall", "will", "is", "are",
        "be", "exclusively", "solely", "dispute", "claim", "arising", "out", "or", "in", "connection",
        "with", "under", "hereunder",
    ];
    const LIMITS: &[&str] = &[
        "not", "except", "but", "for", "unless", "where", "if", "provided", "in respect of", "as to", "save",
        "or",
    ];
    /// Rules that are left out wherever a law is chosen.
    const CONFLICTS: &[&str] =
        &["conflict", "convention", "cisg", "choice of law", "private international", "sale of goods"];
    /// The most words between the verb and the law: "governed by and construed in accordance with the laws of".
    const LONGEST: usize = 14;
    let governed = phrases(GOVERNED).find(words);
    let mut values: Vec<(String, Range<usize>)> = Vec::new();
    let mut add = |value: (String, Range<usize>)| {
        if values.iter().all(|(known, _)| *known != value.0) {
            values.push(value);
        }
    };
    let mut end = 0;
    let mut is_governed = false;
    for at in 0..words.len() {
        let near = governed
            .as_ref()
            .is_some_and(|governed| governed.end <= at && (is_governed || at <= governed.end + LONGEST));
        if near
            && let Some(length) = phrases(LAW_OF).at(words, at)
            && let Some(name) = words.get(at + length).and_then(|word| jurisdiction(text, word.place.start))
        {
            is_governed = true;
            end = end.max(name.1.end);
            add(name);
        }
        // "French law governs", "governed by French law".
        let is_law = at > 0 && words[at].stem == "law" && (near || phrases(GOVERNS).at(words, at).is_some());
        if is_law
            && let Some((_, country)) =
                NATIONAL.iter().find(|(adjective, _)| *adjective == words[at - 1].stem)
        {
            is_governed = true;
            end = end.max(words[at].place.end);
            add(((*country).to_owned(), words[at - 1].place.start..words[at].place.end));
        }
    }
    let before = governed.as_ref().map_or(0, |governed| governed.start);
    let behind = words.partition_point(|word| word.place.start < end);
    let is_of_all = words[..before].iter().all(|word| !word.is_word() || OF_ALL.contains(&&*word.stem));
    let is_limited = (0..words.len()).any(|at| {
        let is_behind = at >= behind || at < before || governed.is_none();
        let near = &words[at..words.len().min(at + 10)];
        is_behind && phrases(LIMITS).at(words, at).is_some() && !says(near, CONFLICTS)
    });
    StatedTerm::of(values, is_of_all && !is_limited)
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
            (
                "This Agreement is governed by the laws of England, excluding its conflict of laws rules and without \
                 regard to the UN Convention for the sale of goods.",
                Some("England"),
            ),
            // Of a part, or of another one.
            ("This Agreement is not governed by the laws of Germany but by those of France.", None),
            (
                "This Agreement is governed by the laws of Germany, and for claims in the US by the laws of New York.",
                None,
            ),
            ("The use in Germany is governed by German law.", None),
            ("This Agreement is governed by German law, except for claims of consumers.", None),
        ] {
            let found = law(text, &tokens(text));
            let sure = found.filter(|law| law.is_whole).map(|law| law.values[0].0.clone());
            assert_eq!(sure.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_time_to_pay_is_that_of_all_invoices_or_of_some() {
        let parties = Parties::find([].into_iter(), None);
        for (text, expected) in [
            ("Customer shall pay each invoice within thirty (30) days of receipt.", Some(30)),
            ("All fees for the Services are payable net 60 days from the date of the invoice.", Some(60)),
            ("Payment term: 60 days.", Some(60)),
            ("Customer shall pay each invoice within 30 days of receipt, for hardware within 90 days.", None),
            (
                "Customer shall pay each invoice within 30 days of the end of the month in which it is received.",
                None,
            ),
            ("Customer shall pay the last invoice within 120 days.", None),
            ("Customer shall pay invoices for hardware within 90 days.", None),
        ] {
            let found = payment(text, &tokens(text), &parties).unwrap();
            let sure = found.values.first().filter(|_| found.is_whole).and_then(|(length, _)| length.days());
            assert_eq!(
                sure.map(|days| days.to_string()),
                expected.map(|days: u32| days.to_string()),
                "{text}"
            );
        }
    }
}
