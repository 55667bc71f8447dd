//! Who promises, and to whom: the names and aliases that a document defines.

use super::words::{WordToken, matches_at, phrase, tokens};

/// One side of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentParty {
    /// The name as the document has it.
    pub(crate) name: Option<String>,
    /// All that it is called, as stems.
    called: Vec<Vec<String>>,
}

/// Both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parties {
    pub(crate) vendor: DocumentParty,
    pub(crate) customer: DocumentParty,
}

/// What the two sides are called where a document says nothing else.
const VENDOR: [&str; 17] = [
    "vendor",
    "supplier",
    "provider",
    "licensor",
    "contractor",
    "company",
    "we",
    "seller",
    "service provider",
    "consultant",
    "reseller",
    "manufacturer",
    "developer",
    "the licensor",
    "our company",
    "our team",
    "we'll",
];
const CUSTOMER: [&str; 15] = [
    "customer",
    "client",
    "buyer",
    "licensee",
    "purchaser",
    "subscriber",
    "you",
    "end user",
    "user",
    "the agency",
    "authority",
    "purchasing entity",
    "customer's users",
    "administrator",
    "participant",
];

/// What is defined beside the parties.
const NO_PARTIES: &[&str] = &[
    "agreement",
    "date",
    "contract",
    "order",
    "sow",
    "work",
    "term",
    "service",
    "party",
    "partie",
    "dpa",
    "msa",
    "addendum",
    "exhibit",
    "schedule",
    "amendment",
    "project",
    "software",
    "product",
    "solution",
    "platform",
    "deliverable",
    "fee",
];

/// How many blocks at the beginning of a document may say who its parties are.
const HEAD: usize = 25;

/// The longest name of a party, in bytes.
const LONGEST_NAME: usize = 120;

/// The most names of a party; those of no document stand last.
const MOST_NAMES: usize = 100;

impl Parties {
    /// The parties that the beginning of a document defines. `product` is the roadmap's: who is called so sells it.
    pub(crate) fn find<'t>(texts: impl Iterator<Item = &'t str>, product: Option<&str>) -> Self {
        let mut defined: Vec<(String, Vec<String>)> = Vec::new();
        let (mut vendor, mut customer) = (DocumentParty::default(), DocumentParty::default());
        for text in texts.take(HEAD) {
            defined.extend(definitions(text));
            if let Some((name, value)) = field(text) {
                let words = phrase(name);
                let is = |generic: &[&str]| generic.iter().any(|known| phrase(known) == words);
                let side = if is(&CUSTOMER) {
                    Some(&mut customer)
                } else if is(&VENDOR) {
                    Some(&mut vendor)
                } else {
                    None
                };
                if let Some(side) = side.filter(|side| side.name.is_none()) {
                    side.name = Some(value.to_owned());
                }
            }
        }
        // What a document calls itself and its days is no party.
        let is_party =
            |alias: &String| tokens(alias).last().is_some_and(|word| !NO_PARTIES.contains(&&*word.stem));
        defined.retain(|(_, aliases)| aliases.iter().all(is_party));
        let role = |(name, aliases): &(String, Vec<String>)| {
            let is = |generic: &[&str]| {
                aliases.iter().any(|alias| generic.contains(&alias.to_lowercase().as_str()))
            };
            let sells = product.is_some_and(|product| name.to_lowercase().contains(&product.to_lowercase()));
            // A client may be called "Company", too.
            match (is(&VENDOR) || sells, is(&CUSTOMER)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                (true, true) => (!sells && aliases.iter().any(|alias| alias.eq_ignore_ascii_case("company")))
                    .then_some(false),
                (false, false) => None,
            }
        };
        let roles: Vec<Option<bool>> = defined.iter().map(role).collect();
        // Of two parties, one of which is known, the other is the other.
        let other = |at: usize| match &roles[..] {
            [Some(one), None] if at == 1 => Some(!one),
            [None, Some(one)] if at == 0 => Some(!one),
            _ => None,
        };
        for (at, (name, aliases)) in defined.iter().enumerate() {
            let side = match roles[at].or_else(|| other(at)) {
                Some(true) => &mut vendor,
                Some(false) => &mut customer,
                None => continue,
            };
            side.name.get_or_insert_with(|| name.clone());
            side.called.extend(aliases.iter().map(|alias| phrase(alias)));
        }
        for side in [&mut vendor, &mut customer] {
            if let Some(name) = &side.name {
                let words = phrase(name);
                let short: Vec<String> =
                    words.iter().take_while(|word| !LEGAL_FORMS.contains(&word.as_str())).cloned().collect();
                side.called.extend([words, short]);
            }
        }
        let claimed = customer.called.clone();
        vendor.called.extend(VENDOR.iter().map(|word| phrase(word)).filter(|words| !claimed.contains(words)));
        let claimed = vendor.called.clone();
        customer
            .called
            .extend(CUSTOMER.iter().map(|word| phrase(word)).filter(|words| !claimed.contains(words)));
        for side in [&mut vendor, &mut customer] {
            side.called.retain(|words| !words.is_empty());
            side.called.truncate(MOST_NAMES);
            side.called.sort_by_key(|words| std::cmp::Reverse(words.len()));
            side.called.dedup();
        }
        Self { vendor, customer }
    }
}

impl DocumentParty {
    /// How many words at a place name this party; 0 for none.
    pub(crate) fn at(&self, tokens: &[WordToken], at: usize) -> usize {
        self.called.iter().find(|words| matches_at(tokens, at, words)).map_or(0, Vec::len)
    }
}

impl DocumentParty {
    /// Whether it is called by one word.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        self.called.iter().any(|words| matches!(&words[..], [only] if only == word))
    }
}

const LEGAL_FORMS: [&str; 18] = [
    "bv",
    "gmbh",
    "inc",
    "llc",
    "ltd",
    "limited",
    "ag",
    "sa",
    "plc",
    "corp",
    "corporation",
    "oy",
    "ab",
    "as",
    "srl",
    "spa",
    "kg",
    "nv",
];

/// `Customer: Hartmann Notaries`, also as a row.
fn field(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(": ").or_else(|| text.split_once(" | "))?;
    let value = value.split(" | ").next()?.trim().trim_end_matches('.');
    (name.len() <= 30 && !value.is_empty() && value.len() <= LONGEST_NAME).then_some((name.trim(), value))
}

/// Names with what they are called from there on: `Acme Robotics GmbH (the “Customer”)`.
fn definitions(text: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some((open, close)) = text[from..].find('(').and_then(|open| {
        let close = text[from + open..].find(')')?;
        Some((from + open, from + open + close))
    }) {
        let aliases = quoted(&text[open..close]);
        if !aliases.is_empty()
            && let Some(name) = name_before(&text[from..open])
        {
            all.push((name, aliases));
        }
        from = close + 1;
    }
    all
}

/// What stands in quotes.
pub(crate) fn quoted(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['“', '"', '„', '‘', '\'']) {
        let mark = rest[open..].chars().next().map_or(1, char::len_utf8);
        let inner = &rest[open + mark..];
        let Some(close) = inner.find(['”', '"', '“', '’', '\'']) else { break };
        let word = inner[..close].trim().trim_end_matches(',');
        if !word.is_empty() && word.len() <= LONGEST_NAME {
            all.push(word.to_owned());
        }
        rest = &inner[close..];
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    all
}

/// The name of a party at the end of the words before its definition.
fn name_before(text: &str) -> Option<String> {
    let words = tokens(text);
    let is_name = |at: usize| {
        let word = words.get(at).map(|token| &text[token.place.clone()]);
        word.is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let after = |keywords: &[&str]| {
        (0..words.len()).find_map(|at| {
            let is_keyword = keywords.contains(&words[at].stem.as_str());
            let next = if words.get(at + 1).is_some_and(|word| word.stem == "the") { at + 2 } else { at + 1 };
            (is_keyword && is_name(next)).then_some(next)
        })
    };
    // A paragraph of its own begins with the name.
    let begins = is_name(0) && !["this", "the", "these", "wherea", "agreement"].contains(&&*words[0].stem);
    let begin = after(&["between", "by", "from", "to", "with"]).or_else(|| begins.then_some(0));
    let begin = begin.or_else(|| after(&["and"])).or_else(|| is_name(0).then_some(0))?;
    let rest = &text[words.get(begin)?.place.start..];
    let mut name = String::new();
    for (at, part) in rest.split(',').enumerate() {
        let is_form = LEGAL_FORMS.contains(&part.trim().trim_end_matches('.').to_lowercase().as_str());
        if at > 0 && !is_form {
            break;
        }
        name += if at > 0 { "," } else { "" };
        name += part;
    }
    let name = name.trim();
    // A blank is no name.
    let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && !name.contains(['[', '{', '●']);
    is_name.then(|| name.to_owned())
}
