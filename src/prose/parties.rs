//! Who promises, and to whom: the names and aliases that a document defines.

use std::collections::HashSet;

use super::definitions::{
    LEGAL_FORMS, companies, definitions, fields, meanings, names_behind_roles, roles_in_brackets,
    who_hands_in,
};
use super::sellers::{by_what_they_do, names_vendor};
use super::sides::{people, who_cooperates};
use super::words::{WordToken, matches_at, phrase, phrases, stem, tokens};

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
    /// The name of the product, as stems, where the vendor has another one.
    product: Vec<String>,
}

/// What the two sides are called where a document says nothing else.
const VENDOR: [&str; 28] = [
    "tenderer", "publisher", "vendor", "supplier", "provider", "licensor", "contractor", "company", "we",
    "seller", "service provider", "consultant", "reseller", "manufacturer", "developer", "the licensor",
    "our engineer", "our product team", "our development team", "our engineering team", "our company",
    "processor", "holder", "respondent", "proposer", "offeror", "bidder", "our team",
];
const CUSTOMER: [&str; 37] = [
    "principal", "ordering party", "procuring entity", "customer", "client", "buyer", "licensee",
    "purchaser", "subscriber", "you", "end user", "user", "the agency", "authority", "purchasing entity",
    "customer's users", "administrator", "participant", "controller", "contracting authority",
    "contracting entity", "requesting party", "requester", "merchant", "the district", "the council",
    "the municipality", "the city", "the county", "the ministry", "the hospital", "the university",
    "the college", "the school", "the society", "the association", "the cooperative",
];

/// Who sells what another one makes.
const RESELLERS: [&str; 5] = ["reseller", "distributor", "oem", "partner", "dealer"];

/// What is defined beside the parties.
const NO_PARTIES: &[&str] = &[
    "agreement", "date", "contract", "order", "sow", "work", "term", "service", "party", "partie", "dpa",
    "msa", "addendum", "exhibit", "schedule", "amendment", "project", "software", "product", "solution",
    "platform", "system", "application", "tool", "programme", "deliverable", "fee", "charge", "content",
    "data", "day", "device", "document", "documentation", "equipment", "feature", "functionality",
    "information", "letter", "location", "material", "module", "period", "phase", "pilot", "plan", "policy",
    "premise", "price", "proposal", "purpose", "requirement", "site", "specification", "subscription",
    "territory", "trial",
];

/// How many blocks at the beginning of a document may say who its parties are.
const HEAD: usize = 25;

/// The longest block of the head that introduces people, in bytes.
const LONGEST_OF_HEAD: usize = 4000;

/// The most names of a party; those of no document stand last.
const MOST_NAMES: usize = 100;

impl Parties {
    /// The parties that the beginning of a document defines. `product` is the roadmap's: who is called so sells it.
    pub(crate) fn find<'t>(texts: impl Iterator<Item = &'t str> + Clone, product: Option<&str>) -> Self {
        let mut defined: Vec<(String, Vec<String>)> = Vec::new();
        let (mut vendor, mut customer) = (DocumentParty::default(), DocumentParty::default());
        for text in texts.clone().take(HEAD) {
            defined.extend(definitions(text));
            tell_roles(text, &mut vendor, &mut customer);
        }
        // Who has to help is the customer: "Duties of the District".
        let generic = VENDOR.into_iter().filter(|word| !RESELLERS.contains(word));
        let vendors: Vec<&str> = vendor.name.as_deref().into_iter().chain(generic).collect();
        let cooperates = who_cooperates(texts.clone(), &vendors);
        let helps = cooperates.as_deref().map(phrase);
        if let Some(name) = cooperates.filter(|name| !CUSTOMER.contains(&&*name.to_lowercase())) {
            let (words, is_named) = (phrase(&name), |(known, aliases): &(String, Vec<String>)| {
                std::iter::once(known).chain(aliases).any(|known| phrase(known) == phrase(&name))
            });
            customer.called.push(words);
            if !defined.iter().any(is_named) {
                customer.name.get_or_insert(name);
            }
        }
        // What a document calls itself and its days is no party.
        let is_party =
            |alias: &String| tokens(alias).last().is_some_and(|word| !NO_PARTIES.contains(&&*word.stem));
        defined.retain(|(_, aliases)| aliases.iter().all(is_party));
        let role = |(name, aliases): &(String, Vec<String>)| {
            let is = |generic: &[&str]| {
                aliases.iter().any(|alias| {
                    let alias = alias.to_lowercase();
                    generic.contains(&alias.strip_prefix("the ").unwrap_or(&alias))
                })
            };
            // Who sells what another one makes is the customer of that one, and the vendor of all others.
            if is(&RESELLERS) && !is(&CUSTOMER) {
                return None;
            }
            let sells = product.is_some_and(|product| name.to_lowercase().contains(&product.to_lowercase()));
            let has_to_help = aliases.iter().any(|alias| {
                let alias = phrase(alias);
                let words = alias.strip_prefix(&["the".to_owned()]).unwrap_or(&alias);
                helps.as_deref() == Some(words)
            });
            // A client may be called "Company", too.
            match (is(&VENDOR) || sells, is(&CUSTOMER) || has_to_help) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                (true, true) => (!sells && aliases.iter().any(|alias| alias.eq_ignore_ascii_case("company")))
                    .then_some(false),
                (false, false) => None,
            }
        };
        let mut roles: Vec<Option<bool>> = defined.iter().map(role).collect();
        // Who resells is the customer where nobody else is, and in an agreement about that.
        if texts.clone().take(HEAD).any(is_of_resale) {
            customer.called.extend(RESELLERS.iter().map(|word| phrase(word)));
        }
        let resells = |(_, aliases): &(String, Vec<String>)| {
            aliases.iter().any(|alias| RESELLERS.contains(&alias.to_lowercase().trim_start_matches("the ")))
        };
        if defined.len() == 2 && roles.iter().all(Option::is_none) {
            for (role, party) in roles.iter_mut().zip(&defined) {
                *role = resells(party).then_some(false);
            }
        }
        if !roles.is_empty() && roles.iter().all(Option::is_none) {
            roles = by_what_they_do(&defined, texts.clone());
        }
        // Of two parties, one of which is known, the other is the other.
        let others = match &roles[..] {
            [Some(one), None] => [None, Some(!one)],
            [None, Some(one)] => [Some(!one), None],
            _ => [None, None],
        };
        // Of several names, one of which is the customer's, the vendor's is that of who does most.
        let is_known =
            |is_vendor: bool| roles.contains(&Some(is_vendor)) || others.contains(&Some(is_vendor));
        if is_known(false) && !is_known(true) && vendor.name.is_none() {
            let open: Vec<usize> = (0..roles.len()).filter(|&at| roles[at].is_none()).collect();
            let named: Vec<_> = open.iter().map(|&at| defined[at].clone()).collect();
            for (at, role) in open.into_iter().zip(by_what_they_do(&named, texts.clone())) {
                roles[at] = role.filter(|is_vendor| *is_vendor);
            }
        }
        // Who writes, and calls itself by its name alone.
        if !roles.contains(&Some(true)) && !others.contains(&Some(true)) && vendor.name.is_none() {
            let mut named: Vec<(String, Vec<String>)> =
                texts.clone().take(HEAD).flat_map(companies).collect();
            let tells =
                |named: &[(String, Vec<String>)]| by_what_they_do(named, texts.clone()).contains(&Some(true));
            if defined.is_empty() && !tells(&named) {
                let short = short_names(texts.clone());
                named = if short.is_empty() { named } else { short };
            }
            named.retain(|(name, _)| {
                customer.name.as_ref() != Some(name) && !defined.iter().any(|(known, _)| known == name)
            });
            named.sort();
            named.dedup();
            // Where the vendor is called one, no other name is its own.
            if !named.is_empty() && texts.clone().any(names_vendor) {
                named.clear();
            }
            let found = by_what_they_do(&named, texts.clone());
            roles.extend(found.iter().map(|role| role.filter(|is_vendor| *is_vendor)));
            defined.extend(named);
        }
        for (at, (name, aliases)) in defined.iter().enumerate() {
            let side = match roles[at].or_else(|| others.get(at).copied().flatten()) {
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
        let first_words = [&vendor, &customer].map(|side| first_word(side, texts.clone()));
        if first_words[0] != first_words[1] {
            vendor.called.extend(first_words[0].clone());
            customer.called.extend(first_words[1].clone());
        }
        // Who makes the product is called as it is.
        let made = product.map(phrase).filter(|made| !made.is_empty() && !customer.called.contains(made));
        let is_own =
            |made: &Vec<String>| vendor.name.as_deref().is_some_and(|name| !phrase(name).contains(&made[0]));
        let product = made.clone().filter(is_own).unwrap_or_default();
        vendor.called.extend(made);
        let claimed = customer.called.clone();
        vendor.called.extend(VENDOR.iter().map(|word| phrase(word)).filter(|words| !claimed.contains(words)));
        let named = |words: &[WordToken], at: usize| match (vendor.at(words, at), customer.at(words, at)) {
            (0, 0) => None,
            (vendor, customer) => Some((vendor > customer, vendor.max(customer))),
        };
        let present = texts.clone().take(HEAD).filter(|text| text.len() <= LONGEST_OF_HEAD);
        let present: Vec<Vec<String>> = present
            .flat_map(|text| people(text, named))
            .filter(|who| !customer.called.contains(who))
            .collect();
        vendor.called.extend(present);
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
        Self { vendor, customer, product }
    }

    /// How many words at a place are the product's own name; 0 for none.
    pub(crate) fn product_at(&self, tokens: &[WordToken], at: usize) -> usize {
        if matches_at(tokens, at, &self.product) { self.product.len() } else { 0 }
    }
}

/// What a text says of who is the vendor and who the customer: in a field, in brackets, by what a word means.
fn tell_roles(text: &str, vendor: &mut DocumentParty, customer: &mut DocumentParty) {
    let in_fields = fields(text).into_iter().map(|(role, name)| (name, role));
    for (name, role) in in_fields.chain(names_behind_roles(text)) {
        let words = phrase(role);
        let is = |generic: &[&str]| generic.iter().any(|known| phrase(known) == words);
        let side = if is(&VENDOR) {
            &mut *vendor
        } else if is(&CUSTOMER) {
            &mut *customer
        } else {
            continue;
        };
        side.name.get_or_insert_with(|| name.to_owned());
    }
    if let Some(name) = who_hands_in(text) {
        vendor.name.get_or_insert_with(|| name.to_owned());
    }
    for (name, role) in roles_in_brackets(text) {
        let side = match (VENDOR.contains(&role), CUSTOMER.contains(&role)) {
            (true, false) => &mut *vendor,
            (false, true) => &mut *customer,
            _ => continue,
        };
        side.name.get_or_insert_with(|| name.to_owned());
    }
    for (alias, meaning) in meanings(text) {
        let words = phrase(meaning);
        let is = |generic: &[&str]| generic.iter().any(|known| words.starts_with(&phrase(known)));
        if is(&VENDOR) {
            vendor.called.push(phrase(alias));
        } else if is(&CUSTOMER) {
            customer.called.push(phrase(alias));
        }
    }
}

/// Whether a text is the title of an agreement about reselling.
fn is_of_resale(text: &str) -> bool {
    const TITLES: [&str; 4] =
        ["reseller agreement", "distribution agreement", "distributor agreement", "referral agreement"];
    let text = text.to_lowercase();
    TITLES.iter().any(|title| text.contains(title))
}

/// The first word of a party's name, where texts use it alone as who does something: "Acme will", "Acme delivers".
fn first_word<'t>(side: &DocumentParty, mut texts: impl Iterator<Item = &'t str>) -> Option<Vec<String>> {
    /// The most blocks that are asked.
    const MOST_BLOCKS: usize = 500;
    const DOES: &[&str] =
        &["shall", "will", "must", "agree", "undertake", "deliver", "provide", "commit", "to"];
    let name = side.name.as_deref()?;
    let first = tokens(name).into_iter().next().filter(|first| first.is_word() && first.stem.len() > 2)?;
    let word = &name[first.place.clone()];
    let is_used = |text: &str| {
        text.match_indices(word).any(|(at, _)| {
            let behind = &text[at + word.len()..];
            let verb = behind.strip_prefix(' ').map(|behind| behind.split(' ').next().unwrap_or_default());
            verb.is_some_and(|verb| phrases(DOES).at(&tokens(verb), 0).is_some())
        })
    };
    texts.by_ref().take(MOST_BLOCKS).any(is_used).then(|| vec![first.stem.into_string()])
}

/// Companies that minutes, mails and forms call by one word of their name: "Silo will" of Silo Systems.
fn short_names<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Vec<(String, Vec<String>)> {
    const DOES: &[&str] = &["shall", "will", "agree", "agreed", "commit", "guarantee", "undertake"];
    /// The most blocks that are asked.
    const MOST_BLOCKS: usize = 500;
    const NOBODY: [&str; 10] = ["it", "they", "this", "these", "we", "you", "he", "she", "the", "i"];
    // The words of the head that are parts of names, or stand alone in brackets: "(Sitelogic, software supplier)".
    let (mut parts, mut companies): (HashSet<String>, HashSet<String>) = Default::default();
    for words in texts.clone().take(HEAD).filter(|text| text.len() <= LONGEST_OF_HEAD).map(tokens) {
        let is_said =
            |at: usize| words[at].is_capital || at > 0 && words[at - 1].stem == "@" && words[at].is_word();
        for (at, word) in words.iter().enumerate().filter(|(at, _)| is_said(*at)) {
            let next = words.get(at + 1);
            let is_name = next.is_some_and(|next| next.is_capital && next.is_word() && next.stem.len() > 1);
            let is_alone = at > 0
                && match &*words[at - 1].stem {
                    "(" => next.is_some_and(|next| matches!(&*next.stem, "," | ")")),
                    // "anna@silo.example".
                    "@" => true,
                    // "Present for Prozesia: Mr Weidner", "on behalf of Prozesia:".
                    "for" | "of" | "from" | "by" => next.is_some_and(|next| next.stem == ":"),
                    _ => false,
                };
            if is_name || is_alone {
                parts.insert(word.stem.to_string());
            }
            if is_alone {
                companies.insert(word.stem.to_string());
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    // Most blocks have none of the verbs: a quick look spares taking them apart.
    let has_verb = |text: &&str| DOES.iter().any(|verb| text.contains(verb));
    for text in texts.take(MOST_BLOCKS).filter(has_verb) {
        let words = tokens(text);
        for pair in words.windows(2) {
            let [name, verb] = pair else { continue };
            let stem = &*name.stem;
            let is_role = NOBODY.contains(&stem) || VENDOR.contains(&stem) || CUSTOMER.contains(&stem);
            let is_name = name.is_capital && name.is_word() && !is_role;
            if is_name && DOES.contains(&&*verb.stem) && parts.contains(stem) {
                names.push(text[name.place.clone()].to_owned());
            }
        }
    }
    // "Anna Berg (Silo) …: Anna will": where people are told by their companies, these are the names.
    if names.iter().any(|name| companies.contains(&*stem(name))) {
        names.retain(|name| companies.contains(&*stem(name)));
    }
    names.sort();
    names.dedup();
    names.truncate(MOST_NAMES);
    names.into_iter().map(|name| (name.clone(), vec![name])).collect()
}

impl DocumentParty {
    /// How many words at a place name this party; 0 for none.
    pub(crate) fn at(&self, tokens: &[WordToken], at: usize) -> usize {
        // "The user interface" is no user.
        const GOES_ON: [&str; 8] =
            ["interface", "account", "group", "manual", "data", "base", "record", "signature"];
        let is_user =
            tokens.get(at).is_some_and(|word| matches!(&*word.stem, "user" | "customer" | "client"));
        if is_user && tokens.get(at + 1).is_some_and(|next| GOES_ON.contains(&&*next.stem)) {
            return 0;
        }
        self.called.iter().find(|words| matches_at(tokens, at, words)).map_or(0, Vec::len)
    }

    /// Whether its name ends where a word begins.
    pub(crate) fn ends_at(&self, tokens: &[WordToken], end: usize) -> bool {
        self.called
            .iter()
            .any(|words| end.checked_sub(words.len()).is_some_and(|start| matches_at(tokens, start, words)))
    }

    /// Whether it is called by one word.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        self.called.iter().any(|words| matches!(&words[..], [only] if only == word))
    }
}
