//! The numbers of clauses, as they are typed, and which clause stands in which.

use super::one_line;

/// The most clauses that stand in each other.
const DEEPEST: usize = 9;

/// Where clauses stand in each other: the open ones, outermost first.
#[derive(Debug, Default)]
pub(super) struct Outline {
    open: Vec<OpenClause>,
}

#[derive(Debug)]
struct OpenClause {
    list: u32,
    level: u8,
    clause: String,
}

/// The number of a clause, without its parents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClauseNumber {
    /// As it is shown: `2.3`, `(a)`.
    pub(super) text: String,
    /// What it is counted with.
    pub(super) list: u32,
    /// How deep it stands in its list.
    pub(super) level: u8,
}

impl Outline {
    /// The clause that a number opens, with its parents, and how deep it stands.
    pub(super) fn open(&mut self, label: &ClauseNumber) -> (String, u8) {
        if let Some(at) =
            self.open.iter().position(|open| open.list == label.list && open.level >= label.level)
        {
            self.open.truncate(at);
        } else if is_plain_number(&label.text)
            && !self.open.iter().any(|open| open.list == label.list || open.list == SIGN)
        {
            // A list of its own, which stands in none of those before.
            self.open.clear();
        }
        self.open.truncate(DEEPEST - 1);
        let clause = self.below(&label.text);
        let depth = u8::try_from(self.open.len()).unwrap_or_default();
        self.open.push(OpenClause { list: label.list, level: label.level, clause: clause.clone() });
        (clause, depth)
    }

    /// A number with the clauses that it stands in.
    pub(super) fn below(&self, label: &str) -> String {
        match self.open.last() {
            Some(parent) if !is_whole(label) => format!("{} {label}", parent.clause),
            _ => label.to_owned(),
        }
    }

    /// The clause that is open.
    pub(super) fn clause(&self) -> String {
        self.open.last().map(|open| open.clause.clone()).unwrap_or_default()
    }

    /// How many clauses are open.
    pub(super) fn depth(&self) -> u8 {
        u8::try_from(self.open.len()).unwrap_or_default()
    }

    /// Closes all clauses: a heading without a number begins something else.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }
}

/// Whether a number tells its parents itself: `2.3`, `Article 4`.
fn is_whole(label: &str) -> bool {
    let inner = label.trim_matches(|mark: char| !mark.is_alphanumeric());
    let digits = inner.split(['.', '-']).filter(|part| part.chars().any(|letter| letter.is_ascii_digit()));
    digits.count() > 1 || inner.contains(' ')
}

fn is_plain_number(label: &str) -> bool {
    label.trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

const NAMED: [&str; 12] = [
    "section", "article", "clause", "§", "exhibit", "schedule", "annex", "appendix", "paragraph", "part",
    "attachment", "item",
];

/// Kinds of numbers that are typed, by what they are counted with.
const DECIMAL: u32 = 0;
const LOWER_LETTER: u32 = 1;
const LOWER_ROMAN: u32 = 2;
const UPPER: u32 = 3;
const DIGIT_IN_BRACKETS: u32 = 4;
/// `§ 2`, in which `1.` may stand.
const SIGN: u32 = 5;
const LETTERED: u32 = 6;

/// The number that a text begins with, and what follows it. `before` tells the number of the same kind before it.
pub(super) fn split<'t>(text: &'t str, outline: &Outline) -> Option<(ClauseNumber, &'t str)> {
    let text = text.trim_start();
    let (head, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim_start();
    if NAMED.iter().any(|name| name.eq_ignore_ascii_case(head)) {
        let (number, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let bare = number.trim_end_matches(['.', ':', ')', ',']);
        let is_number = !bare.is_empty()
            && (bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                || (bare.len() <= 4 && bare.bytes().all(|byte| byte.is_ascii_uppercase())));
        // "Section 4 applies to …" is a sentence about a clause.
        let begins = !rest.starts_with(|next: char| next.is_lowercase()) && !number.ends_with(',');
        let level =
            u8::from(!matches!(head.to_lowercase().as_str(), "article" | "exhibit" | "schedule" | "annex"));
        let rest = rest.trim_start_matches(['-', '–', '—', ':']).trim_start();
        return (is_number && begins).then(|| {
            (
                ClauseNumber {
                    text: format!("{head} {bare}"),
                    list: if head == "§" { SIGN } else { DECIMAL },
                    level,
                },
                rest,
            )
        });
    }
    let (list, level) = kind(head, rest, outline)?;
    Some((ClauseNumber { text: head.to_owned(), list, level }, rest))
}

fn kind(head: &str, rest: &str, outline: &Outline) -> Option<(u32, u8)> {
    let bare = head.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let opened = head.starts_with('(');
    let closed = head.ends_with(')');
    if bare.is_empty() || head.len() > bare.len() + 2 || (opened && !closed) {
        return None;
    }
    let parts: Vec<&str> = bare.split('.').collect();
    // "4A.2", which was put in behind 4.
    let first = parts[0].strip_suffix(|last: char| last.is_ascii_uppercase()).filter(|_| parts.len() > 1);
    if first
        .into_iter()
        .chain(parts[usize::from(first.is_some())..].iter().copied())
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        // "2 FUNCTIONS INCLUDED" is a heading, too.
        let is_marked = parts.len() > 1
            || head.ends_with(['.', ')', ':'])
            || bare.len() <= 2 && is_heading(rest) && is_all_large(rest)
            || bare.len() <= 2 && is_next_title(bare, rest, outline);
        let follows = !rest.starts_with(|next: char| next.is_lowercase()) || closed;
        return (is_marked && follows).then(|| match (opened, parts.len()) {
            (true, 1) => (DIGIT_IN_BRACKETS, 0),
            (_, count) => (DECIMAL, u8::try_from(count).unwrap_or(u8::MAX)),
        });
    }
    // "B.2", in Exhibit B.
    let is_lettered = parts.len() > 1
        && parts[0].len() == 1
        && parts[0].bytes().all(|byte| byte.is_ascii_uppercase())
        && parts[1..]
            .iter()
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_lettered && !opened && !rest.starts_with(|next: char| next.is_lowercase()) {
        return Some((LETTERED, u8::try_from(parts.len()).unwrap_or(u8::MAX)));
    }
    let last = |list: u32| {
        let open = outline.open.iter().rev().find(|open| open.list == list)?;
        let label = open.clause.rsplit(' ').next()?;
        Some(label.trim_matches(|mark: char| !mark.is_alphanumeric()).to_owned())
    };
    let is_next = |list: u32| match last(list) {
        Some(before) => {
            before.len() == 1
                && bare.len() == 1
                && before.bytes().next().map(|byte| byte + 1) == bare.bytes().next()
        }
        None => false,
    };
    let is_letter = bare.len() <= 2 && bare.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_roman = bare.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')) && bare.len() <= 6;
    if (is_letter || is_roman) && (closed || (head.ends_with('.') && bare.len() == 1)) {
        let as_letter = is_letter && (!is_roman || is_next(LOWER_LETTER));
        // A word in brackets is no number.
        let is_double =
            bare.len() == 1 || is_roman || bare.bytes().all(|byte| Some(byte) == bare.bytes().next());
        return is_double.then_some((if as_letter { LOWER_LETTER } else { LOWER_ROMAN }, 0));
    }
    let is_upper = bare.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_upper_roman =
        is_upper && bare.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')) && bare.len() <= 6;
    if is_upper && (bare.len() == 1 || is_upper_roman) {
        let is_sure = closed || ((bare == "A" || is_upper_roman || is_next(UPPER)) && head.ends_with('.'));
        return is_sure.then_some((UPPER, 0));
    }
    None
}

/// Whether a number without a mark is that of the next section, with its title behind it: "2 Functional requirements".
fn is_next_title(number: &str, title: &str, outline: &Outline) -> bool {
    /// The most words of a title.
    const LONGEST: usize = 7;
    const VERBS: [&str; 10] = ["is", "are", "be", "shall", "will", "must", "may", "can", "has", "have"];
    let open = outline.open.iter().find(|open| open.list == DECIMAL);
    let before = open.map_or(Some(0), |open| {
        let end = open.clause.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(open.clause.len());
        open.clause[..end].parse::<u32>().ok()
    });
    let is_next = before.zip(number.parse::<u32>().ok()).is_some_and(|(before, own)| own == before + 1);
    is_next
        && title.starts_with(char::is_uppercase)
        && !title.ends_with(['.', ';', ',', ':', '?', '!'])
        && !title.contains(|letter: char| letter.is_ascii_digit() || letter == '|')
        && title.split_whitespace().nth(LONGEST).is_none()
        && !title.split_whitespace().any(|word| VERBS.contains(&word))
}

/// Whether a text is a line of words in capitals.
fn is_all_large(text: &str) -> bool {
    /// The fewest letters of one.
    const SHORTEST: usize = 7;
    text.len() >= SHORTEST && !text.contains(|letter: char| letter.is_lowercase() || letter.is_ascii_digit())
}

/// The number in a cell of a table that holds nothing else, such as `1.1`, `R-12`, `(a)`.
pub(super) fn of_cell(cell: &str) -> Option<String> {
    let text = one_line(cell);
    let bare = text.trim_matches(|mark: char| matches!(mark, '(' | ')' | '.' | '#'));
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = bare[letters..].trim_start_matches(['-', ' ', '.', '_']);
    let is_number = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        && digits.starts_with(|digit: char| digit.is_ascii_digit());
    let is_letter = digits.is_empty() && letters == 1 && text.len() > 1;
    ((is_number && letters <= 5 && text.len() <= 12) || is_letter).then_some(text)
}

/// Whether a line that nothing marks as one is a heading: short, in capitals or in title case, and no sentence.
pub(super) fn is_heading(text: &str) -> bool {
    /// The most words of one.
    const LONGEST: usize = 9;
    let words: Vec<&str> = text.split_whitespace().take(LONGEST + 1).collect();
    if words.is_empty() || words.len() > LONGEST || text.ends_with(['.', ';', ',', '?', '!', ':']) {
        return false;
    }
    let small = |word: &str| word.len() <= 3 || ["with", "from", "this", "that"].contains(&word);
    let is_title =
        words.iter().all(|word| word.starts_with(|first: char| !first.is_lowercase()) || small(word));
    text.starts_with(char::is_uppercase) && is_title && !text.contains('|') && !text.contains(": ")
}
