//! What the rules of promises are made of: what must hold of a sentence, and the verbs that it is taken apart at.

use super::sections::SectionKind;

/// What a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// It is a promise.
    Promise,
    /// It is a promise that what is there stays until the contract ends.
    PromiseToKeep,
    /// It is none.
    None,
}

/// Who or what a modal verb is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ModalSubject {
    Vendor,
    Customer,
    /// The services, the software, the platform.
    Product,
    /// A feature by its name.
    Feature,
    /// Anything else, and nothing.
    Other,
}

/// What must hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Condition {
    /// The subject is one of these.
    Of(&'static [ModalSubject]),
    /// The modal verb is one of these.
    Modal(&'static [&'static str]),
    /// The verb after it begins with one of these words.
    Verb(&'static [&'static str]),
    /// The sentence has one of these phrases.
    Says(&'static [&'static str]),
    /// One of these phrases stands between the verb and the feature.
    Between(&'static [&'static str]),
    /// One of these phrases stands right before the feature, articles aside.
    Before(&'static [&'static str]),
    /// One of these words stands right behind the feature.
    Behind(&'static [&'static str]),
    /// It is the first part of a longer name.
    Compound,
    /// The feature stands in a list of examples.
    InExample,
    /// What is named is the customer's own.
    CustomersOwn,
    /// The modal verb is denied.
    Denied,
    /// The vendor promises that it is so.
    Ensured,
    /// What is named is about how the vendor itself works.
    OfItsOwn,
    /// It stands under a heading of this kind.
    Under(&'static [SectionKind]),
    /// It is a row of a table.
    Row,
    /// It is a row whose answer begins with one of these.
    Answer(&'static [&'static str]),
    /// It stands in what the sentence depends on.
    Conditional,
    /// Its name is written as any noun is.
    General,
    /// The vendor stands behind the modal verb.
    ByVendor,
    /// What it goes on with has one of these phrases.
    Led(&'static [&'static str]),
    /// It is a row with an answer.
    Answered,
    /// It is a row that names the customer as who does it.
    CustomersRow,
    /// It is a row or an item without a modal verb.
    Listed,
    /// It has no modal verb.
    NoModal,
}

/// A rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// What is said of a sentence that it decides on.
    pub(crate) name: &'static str,
    /// What it decides.
    pub(crate) ruling: Ruling,
    pub(crate) conditions: &'static [Condition],
    /// The sentence that made it necessary, about the feature `Audit log` or `Search`.
    pub(crate) sentence: &'static str,
}

/// Verbs that oblige, after `shall` and without it.
pub(crate) const OBLIGES: &[&str] = &[
    "shall",
    "will",
    "must",
    "agree",
    "undertake",
    "commit",
    "guarantee",
    "warrant",
    "represent",
    "covenant",
    "is obliged",
    "is obligated",
    "is required",
    "are required",
    "promise",
    "ensure",
    "is committed",
    "are committed",
    "is committing",
    "are committing",
    "confirm that",
    "has to",
    "have to",
];

/// Verbs that say what belongs to what is bought.
pub(crate) const INCLUDES: &[&str] = &[
    "is included",
    "are included",
    "is part of your",
    "are part of your",
    "is in your",
    "are in your",
    "is provided at no",
    "are provided at no",
    "is part of the offer",
    "are part of the offer",
    "is part of this",
    "are part of this",
    "is due on",
    "is due by",
    "are due on",
    "are due by",
    "form part of the scope",
    "form part of the offer",
    "form part of the delivery",
    "is part of the scope",
    "are part of the scope",
    "is part of the subscription",
    "are part of the subscription",
    "is mandatory",
    "are mandatory",
];

/// Verbs that say what is done, before who does it.
pub(crate) const BY_VENDOR: &[&str] = &[
    "is delivered by",
    "are delivered by",
    "is to be delivered by",
    "are to be delivered by",
    "is provided by",
    "are provided by",
    "is to be provided by",
    "are to be provided by",
    "is supplied by",
    "are supplied by",
    "is to be supplied by",
    "are to be supplied by",
    "is made available by",
    "are made available by",
    "is to be made available by",
    "are to be made available by",
];

/// Verbs that say what the vendor does, where agreements leave `shall` out.
pub(crate) const PRESENT: &[&str] = &[
    "provide",
    "deliver",
    "supply",
    "supplie",
    "maintain",
    "keep",
    "make",
    "offer",
    "support",
    "include",
    "store",
    "host",
    "enable",
    "implement",
    "furnish",
    "grant",
];

/// Verbs that leave it open.
pub(crate) const LEAVES_OPEN: &[&str] = &[
    "may",
    "can",
    "might",
    "could",
    "should",
    "would",
    "hope",
    "intend",
    "plan",
    "expect",
    "aim",
    "anticipate",
    "want",
    "is considering",
    "are considering",
    "is planning",
    "are planning",
    "are exploring",
    "is exploring",
    "is planned",
    "are planned",
    "is expected",
    "are expected",
    "is intended",
    "are intended",
    "believe",
    "is scheduled",
    "seek",
];

/// All verbs that a sentence is taken apart at.
pub(crate) const MODALS: [&[&str]; 5] = [
    OBLIGES,
    LEAVES_OPEN,
    INCLUDES,
    BY_VENDOR,
    &["is entitled", "are entitled", "has the right", "have the right"],
];

pub(crate) const PRODUCT: &[&str] = &[
    "service",
    "software",
    "system",
    "platform",
    "solution",
    "product",
    "application",
    "saas service",
    "licensed software",
    "offering",
    "hosted service",
    "tool",
];
