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
    /// One of these stands in its subject.
    Subject(&'static [&'static str]),
    /// The modal verb is one of these.
    Modal(&'static [&'static str]),
    /// The verb after it begins with one of these words.
    Verb(&'static [&'static str]),
    /// The sentence has one of these phrases.
    Says(&'static [&'static str]),
    /// The same, and it is said of the feature: not in another part of the sentence, of another feature, in a remark beside
    /// it, or of who promises it as well.
    Told(&'static [&'static str]),
    /// One of these phrases stands before the feature, or before one that an `and` joins it to.
    Excepted(&'static [&'static str]),
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
    /// It, or a cell of it, begins with the feature.
    Heads,
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
    /// What is said to be there is promised: it is ensured, has a day or a term, costs nothing more, or stands where it is
    /// listed what is delivered. Elsewhere it is a description, or history.
    Bound,
    /// It is a row with a price, or of a table with a column of prices.
    Priced,
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
    /// A time stands behind the verb that software alone keeps: "must be finished within two seconds".
    Timed,
    /// The feature stands before the verb.
    Ahead,
    /// The feature stands right behind the verb, articles aside, and nothing is done to it: "will have the Audit log".
    Object,
    /// The verb says what software does to data.
    Handled,
    /// The verb says what happens to a thing, or what it does by itself: "be closed", "continue to work".
    Happens,
    /// The verb says that it is delivered, or there.
    Delivered,
    /// It stands in what follows where it is not there in time.
    Late,
    /// The verb says nothing by itself: "whether the feature will …".
    Aside,
    /// The sentence asks.
    Asked,
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
    /// Its own words begin with one of these.
    Begins(&'static [&'static str]),
    /// It goes on with a list of services.
    Services,
    /// The subject is the customer, or people, whoever they work for.
    Users,
    /// The subject is people, and no party.
    People,
    /// What follows it says neither that it is there nor how it works: "is tested once a year".
    Remarked,
    /// What is done to it is done on what is the customer's: "configure it against Customer's directory".
    OnCustomers,
    /// It is a row of which a cell begins with one of these.
    Cell(&'static [&'static str]),
    /// It begins as a sentence about a party does.
    OfParty,
    /// It is a row or a task that names the vendor as who does it.
    VendorsRow,
    /// It is a row with an answer, in which the verb does not stand.
    Answered,
    /// A share stands behind the verb: "is available 99.9 % of the time".
    Measured,
    /// It is a row or a task that names the customer as who does it.
    CustomersRow,
    /// It is a row or an item without a modal verb.
    Listed,
    /// It is a row with a level in numbers, in a column of levels.
    Levelled,
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

impl Rule {
    /// Whether it says that a feature is named as a part of something else, which may be promised in its place.
    pub(crate) fn is_of_part(&self) -> bool {
        self.conditions
            .iter()
            .any(|condition| matches!(condition, Condition::Dependent | Condition::Compound))
    }
}

/// A rule by which it is a promise.
pub(super) const fn promise(
    name: &'static str,
    sentence: &'static str,
    conditions: &'static [Condition],
) -> Rule {
    Rule { name, ruling: Ruling::Promise, conditions, sentence }
}

/// A rule by which it is a promise that what is there stays.
pub(super) const fn promise_to_keep(
    name: &'static str,
    sentence: &'static str,
    conditions: &'static [Condition],
) -> Rule {
    Rule { name, ruling: Ruling::PromiseToKeep, conditions, sentence }
}

/// A rule by which it is none.
pub(super) const fn no_promise(
    name: &'static str,
    sentence: &'static str,
    conditions: &'static [Condition],
) -> Rule {
    Rule { name, ruling: Ruling::None, conditions, sentence }
}
