//! What else tells who is on which side: the headings of the customer's duties, and who was present at a meeting.

use super::definitions::LEGAL_FORMS;
use super::words::{WordToken, phrase, phrases, says, tokens};

/// The most words of a name.
const LONGEST_NAME: usize = 4;

/// The most people that minutes list, of one side.
const MOST_PEOPLE: usize = 30;

/// Who has duties by the headings of a document, where these name one party alone: "Duties of the District", "Corvid's
/// responsibilities". Where a heading names the vendor's, that is somebody else.
pub(super) fn who_cooperates<'t>(texts: impl Iterator<Item = &'t str>, vendor: &[&str]) -> Option<String> {
    const DUTIES: &[&str] =
        &["dutie of", "obligation of", "responsibilitie of", "cooperation of", "cooperation by"];
    /// The longest heading, in bytes.
    const LONGEST: usize = 80;
    let mut all: Vec<String> = Vec::new();
    for text in texts.filter(|text| text.len() <= LONGEST && !text.ends_with(['.', ';', ','])) {
        // Most titles are others: a quick look spares taking them apart.
        let text_in_small = text.to_lowercase();
        if !["duties", "obligations", "responsibilities", "cooperation"]
            .iter()
            .any(|it| text_in_small.contains(it))
        {
            continue;
        }
        let words = tokens(text);
        let Some(duties) = (0..words.len()).rev().find_map(|at| Some(at + phrases(DUTIES).at(&words, at)?))
        else {
            continue;
        };
        let start = duties + usize::from(words.get(duties).is_some_and(|word| word.stem == "the"));
        let name = words.get(start..).unwrap_or_default();
        let is_name = (1..=LONGEST_NAME).contains(&name.len())
            && name[0].is_capital
            && name.iter().all(WordToken::is_word);
        let is_of_many = says(name, &["party", "partie", "both", "each", "other"]);
        if is_name && !is_of_many {
            all.push(text[name[0].place.start..].to_owned());
        }
    }
    let is_vendors = |name: &String| {
        let name = phrase(name);
        vendor.iter().any(|vendor| phrase(vendor) == name)
    };
    all.retain(|name| !is_vendors(name));
    all.sort_by_key(|name| name.to_lowercase());
    all.dedup_by_key(|name| name.to_lowercase());
    match &mut all[..] {
        [only] => Some(std::mem::take(only)),
        _ => None,
    }
}

/// Those who were present for the vendor, by their surnames, or by their first names where these stand before them:
/// "Present (Kontora AG): Mr Sommer, Mrs Nowak", "Ruth Abara (Kontora)", "for Kontora: Ms Nowak". `named` tells which party
/// is named at a place, whether that is the vendor, and in how many words.
pub(super) fn people(
    text: &str,
    named: impl Fn(&[WordToken], usize) -> Option<(bool, usize)>,
) -> Vec<Vec<String>> {
    const OPENS: &[&str] = &["present", "attendee", "attending", "in attendance", "participant"];
    const ENDS: &[&str] = &["minute", "apologie", "excused", "absent", "date", "place"];
    const TITLES: [&str; 10] = ["mr", "mrs", "ms", "mme", "hr", "fr", "dr", "herr", "frau", "prof"];
    let words = tokens(text);
    let side =
        |at: usize| named(&words, at + usize::from(words.get(at).is_some_and(|word| word.stem == "the")));
    let stem = |at: usize| words.get(at).map_or("", |word| &*word.stem);
    let opens = phrases(OPENS).find(&words).filter(|opens| words[opens.start].is_capital);
    // "Vendor (Acme BV): Ms Lee, Mr Bose".
    let is_label = || {
        side(0).is_some_and(|(_, length)| matches!(stem(length), ":" | "("))
            && words.iter().any(|word| TITLES.contains(&&*word.stem))
    };
    let Some(opens) = opens.or_else(|| is_label().then_some(0..0)) else { return Vec::new() };
    let mut all: Vec<Vec<String>> = Vec::new();
    // The side that a label names, and the people behind it whose side is not yet told.
    let (mut label, mut open) = (None, Vec::<Vec<String>>::new());
    let mut at = opens.end;
    while at < words.len() {
        if phrases(ENDS).at(&words, at).is_some() && stem(at + 1) == ":" {
            break;
        }
        if stem(at) == "(" {
            let close = (at..words.len()).find(|&at| stem(at) == ")").unwrap_or(at);
            let is_label = stem(close + 1) == ":";
            if let Some(is_vendor) =
                side(at + 1).map(|(is_vendor, _)| is_vendor).or(is_label.then_some(false))
            {
                if is_label {
                    label = Some(is_vendor);
                } else if is_vendor {
                    all.append(&mut open);
                }
                open.clear();
            }
            at = close.max(at) + 1;
        } else if let Some((is_vendor, length)) = side(at).filter(|(_, length)| {
            let form = usize::from(LEGAL_FORMS.contains(&stem(at + length)));
            stem(at + length + form) == ":"
        }) {
            label = Some(is_vendor);
            open.clear();
            at += length + 1 + usize::from(LEGAL_FORMS.contains(&stem(at + length)));
        } else if words[at].is_capital
            && words[at].is_word()
            && side(at).is_none()
            && !TITLES.contains(&stem(at))
        {
            let length = words[at..]
                .iter()
                .take(LONGEST_NAME)
                .take_while(|word| word.is_capital && word.is_word())
                .count();
            let has_title =
                TITLES.contains(&stem(at.wrapping_sub(1))) || TITLES.contains(&stem(at.wrapping_sub(2)));
            let name: Vec<String> = words[at..at + length].iter().map(|word| word.stem.to_string()).collect();
            let called = [name.first().filter(|_| !has_title), name.last()];
            let called =
                called.into_iter().flatten().filter(|word| word.len() > 1).map(|word| vec![word.clone()]);
            match label {
                Some(true) => all.extend(called),
                Some(false) => {}
                None => open.extend(called),
            }
            at += length;
        } else {
            at += 1;
        }
    }
    all.truncate(MOST_PEOPLE);
    all
}
