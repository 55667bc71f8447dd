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
    /// What is bought as a whole: the subscription, the offer, the fee.
    Offer,
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
    /// The same, in what is not the words that it goes on with.
    Within(&'static [&'static str]),
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
    /// Somebody else than the vendor stands behind the verb.
    ByOther,
    /// The verb says what is so, without a modal verb.
    Present,
    /// The verb says that it is delivered, or there.
    Delivered,
    /// It stands in what follows where it is not there in time.
    Late,
    /// The verb says nothing by itself: "whether the feature will …".
    Aside,
    /// The sentence asks.
    Asked,
    /// The feature stands before the subject: "With the Audit log, Customer can …".
    Fronted,
    /// The feature is what something is made by: "by the Audit log".
    Means,
    /// The feature is what something else is about: one of these.
    Behalf(&'static [&'static str]),
    /// The feature belongs to another noun: "certificates for the Audit log".
    Dependent,
    /// A day stands right behind the feature.
    Dated,
    /// It, or what it goes on with, begins with one of these.
    Opens(&'static [&'static str]),
    /// It is a row of which a cell begins with one of these.
    Cell(&'static [&'static str]),
    /// It begins as a sentence about a party does.
    OfParty,
    /// It is a row that names the vendor as who does it.
    VendorsRow,
    /// It is a row with an answer, in which the verb does not stand.
    Answered,
    /// A share stands behind the verb: "is available 99.9 % of the time".
    Measured,
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
    "confirm the delivery",
    "confirm delivery",
    "confirm the availability",
    "accept responsibility for delivering",
    "assume responsibility for delivering",
    "accept responsibility for the delivery",
    "assume responsibility for the delivery",
    "has to",
    "have to",
    "is to",
    "are to",
    "remain obliged",
    "remain bound",
    "remain committed",
    "take upon itself",
    "take it upon itself",
    "is bound",
    "are bound",
    "is going to",
    "are going to",
    "has agreed",
    "have agreed",
    "has committed",
    "have committed",
    "has undertaken",
    "have undertaken",
    "is under an obligation",
    "are under an obligation",
    "is responsible for the delivery",
    "is responsible for delivering",
    "is responsible for providing",
    "is responsible for the provision",
    "responsibility for the timely",
    "responsibility for the delivery",
    "responsibility for the provision",
    "owe",
    "assure",
    "stand by",
    "is pleased to",
    "are pleased to",
    "is happy to",
    "are happy to",
];

/// Verbs that oblige a thing.
pub(crate) const OBLIGES_THINGS: &[&str] =
    &["shall", "will", "must", "has to", "have to", "is to", "are to", "is required", "are required"];

/// What the vendor does, where agreements leave `shall` out.
const VENDOR_DOES: &[&str] = &[
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
    "give",
    "ship",
    "release",
    "hand over",
    "activate",
    "develop",
    "build",
    "extend",
    "encrypt",
    "set up",
    "configure",
    "install",
    "add",
    "turn on",
    "switch on",
    "complete",
    "retain",
    "introduce",
    "launch",
    "roll out",
    "operate",
    "throw in",
];

/// What the product does, and what is bought.
const PRODUCT_DOES: &[&str] = &[
    "provide",
    "offer",
    "include",
    "contain",
    "comprise",
    "cover",
    "support",
    "allow",
    "enable",
    "permit",
    "let",
    "come with",
    "come complete with",
    "ship with",
    "give",
    "feature",
    "consist of",
    "run in",
    "work in",
    "work with",
    "keep",
    "record",
    "write",
    "encrypt",
    "store",
    "send",
    "retain",
    "show",
    "display",
    "calculate",
    "notify",
    "remind",
    "alert",
    "import",
    "export",
    "log",
    "track",
    "is extended",
    "are extended",
    "is the supply of",
    "is the delivery of",
    "is the provision of",
    "is the development of",
    "is the introduction of",
    "is equipped with",
    "are equipped with",
    "is delivered with",
    "are delivered with",
    "is supplied with",
    "are supplied with",
    "is provided with",
    "are provided with",
];

/// What is said of a feature that is there, or to be there, behind `is` and `be`.
pub(crate) const DELIVERED: &[&str] = &[
    "included",
    "part of",
    "a part of",
    "an integral part of",
    "in your",
    "in scope",
    "in place",
    "in the scope",
    "in the price",
    "in the package",
    "due",
    "mandatory",
    "standard",
    "required",
    "available",
    "made available",
    "provided",
    "delivered",
    "supplied",
    "furnished",
    "offered",
    "supported",
    "enabled",
    "activated",
    "active",
    "live",
    "ready",
    "added",
    "kept",
    "retained",
    "maintained",
    "recorded",
    "stored",
    "archived",
    "logged",
    "written",
    "implemented",
    "installed",
    "configured",
    "deployed",
    "integrated",
    "handed over",
    "released",
    "launched",
    "rolled out",
    "completed",
    "complete",
    "built",
    "possible",
    "guaranteed",
    "assured",
    "warranted",
    "covered",
    "introduced",
    "traceable",
    "owed",
    "free of charge",
    "free",
    "at no charge",
    "yours",
    "switched on",
    "turned on",
    "operational",
    "usable",
    "generally",
];

/// What else is said of a feature that is there, or to be there.
const FEATURE_IS: &[&str] = &[
    "form part of",
    "form a part of",
    "belong to",
    "go live",
    "goes live",
    "stay part of",
    "come as",
    "follow on",
    "follow by",
    "follow in",
    "follow within",
    "take place",
    "is moved to",
    "is postponed to",
    "is brought forward to",
    "is extended to",
    "is agreed to be",
    "apply to your",
    "apply to customer",
    "apply to backup",
    "work on",
    "work without",
];

/// What has a feature.
const HAS: &[&str] = &["has", "have"];

/// What the customer gets.
const CUSTOMER_GETS: &[&str] = &[
    "receive",
    "get",
    "enjoy",
    "has access",
    "have access",
    "is granted",
    "are granted",
    "is given",
    "are given",
    "is supplied with",
    "are supplied with",
    "is provided with",
    "are provided with",
];

/// Verbs that promise without a modal verb, by whom they are said of.
pub(crate) const PRESENT: [(&[ModalSubject], &[&str]); 5] = [
    (&[ModalSubject::Vendor], VENDOR_DOES),
    (&[ModalSubject::Product, ModalSubject::Offer, ModalSubject::Feature], PRODUCT_DOES),
    (&[ModalSubject::Product, ModalSubject::Offer], HAS),
    (&[ModalSubject::Feature, ModalSubject::Offer], FEATURE_IS),
    (&[ModalSubject::Customer], CUSTOMER_GETS),
];

/// Verbs of what can be done.
pub(crate) const CAN: &[&str] = &["can", "is able", "are able", "is capable", "are capable"];

/// Nouns that oblige whose they are: "Vendor's obligation to provide …".
pub(crate) const DUTIES: &[&str] = &[
    "obligation to",
    "obligation is to",
    "obligation include",
    "duty to",
    "duty include",
    "dutie include",
    "duty is to",
    "commitment to",
    "commitment is to",
    "commitment extend to",
    "commitment include",
    "promise to",
    "promise that",
    "undertaking to",
    "undertaking that",
    "assurance that",
    "guarantee that",
    "word that",
];

/// Verbs that leave it open.
pub(crate) const LEAVES_OPEN: &[&str] = &[
    "may",
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
pub(crate) const MODALS: [&[&str]; 5] =
    [OBLIGES, DUTIES, LEAVES_OPEN, CAN, &["is entitled", "are entitled", "has the right", "have the right"]];

/// What is bought as a whole.
pub(crate) const OFFER: &[&str] = &[
    "subscription",
    "package",
    "offer",
    "order",
    "scope",
    "edition",
    "license",
    "licence",
    "fee",
    "price",
    "obligation",
    "deliverable",
    "delivery",
    "quality",
    "plan",
    "entitlement",
    "object",
    "subject matter",
    "feature",
    "functionality",
    "function",
    "module",
];

/// What the product is called where it has no name.
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
