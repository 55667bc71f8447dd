//! The second and the third gate: what is a promise, and what is none, as one table.
//!
//! A sentence is taken apart at its modal verbs (`shall`, `agrees to`): each has a subject before it, a verb after it, and
//! reaches as far as the next one. For each feature that is named within reach, the first rule of the table whose
//! conditions all hold decides; where none does, it is no promise. Each rule has the sentence that made it necessary.

use super::conditions::{Condition, ModalSubject, Rule, Ruling};
use super::sections::{LISTED, SectionKind};
use super::statement::ASKED_AND_ANSWERED;
use super::verbs::{
    ABOUT, CAN, CONTENTS, DUTIES, LEAVES_OPEN, LESSONS, OBLIGES, OBLIGES_THINGS, PAPERS, RECEIVES, TEACHES,
    USED, WORK,
};

use Condition::{
    Ahead, Answer, Answered, Aside, Asked, Before, Begins, Behalf, Behind, Between, Bound, ByOther, Cell,
    Compound, Conditional, CustomersOwn, CustomersRow, Dated, Delivered, Denied, Dependent, Ensured,
    Excepted, General, Handled, Happens, Heads, InExample, Late, Levelled, Listed, Means, Measured, Modal,
    NoModal, Object, Of, OfItsOwn, OfParty, OnCustomers, Opens, People, Present, Priced, Remarked, Row, Says,
    Services, Subject, Timed, Told, Under, Users, VendorsRow, Verb, Within,
};
use ModalSubject::{Customer, Feature, Offer, Other, Product, Vendor};

/// The rules, in the order in which they are asked.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "what stays",
        ruling: Ruling::PromiseToKeep,
        conditions: &[
            Of(&[Vendor, Product, Feature, Other]),
            Modal(OBLIGES),
            Denied,
            Verb(&[
                "discontinue", "downgrade", "withhold", "be moved", "sunset", "eliminate", "suppress",
                "shorten", "be shortened", "be suppressed", "remove", "reduce", "withdraw", "degrade",
                "disable", "retire", "deprecate", "be discontinued", "be removed", "be withdrawn",
                "be disabled", "be reduced", "be retired", "be deprecated", "be sunset", "be eliminated",
                "be degraded", "be impaired", "be restricted", "be limited", "be terminated", "be suspended",
                "be deactivated", "be dropped", "be shut down", "be turned off", "materially", "cease",
                "terminate", "limit", "be alterable", "be altered", "be changeable", "be changed",
                "be deletable", "be deleted", "be editable", "be manipulated", "be modifiable",
                "be modified", "be capable of erasure", "be capable of being", "be edited", "be erased",
                "be overwritten", "be switched off", "be tampered", "take away", "switch off", "turn off",
                "shut down", "deactivate", "drop", "restrict", "impair", "be taken offline", "be taken out",
            ]),
        ],
        sentence: "Vendor shall not discontinue, remove or materially reduce the Audit log.",
    },
    Rule {
        name: "under a heading of what is not promised",
        ruling: Ruling::None,
        conditions: &[Under(&[SectionKind::Excluded])],
        sentence: "# Out of scope\n\nVendor shall provide the Audit log for other tenants.",
    },
    Rule {
        name: "told in the recitals",
        ruling: Ruling::None,
        conditions: &[Under(&[SectionKind::Recitals]), Present],
        sentence: "# Document\n\n## Background\n\nThe Audit log is included in the Platform free of charge.",
    },
    Rule {
        name: "named in the recitals",
        ruling: Ruling::None,
        conditions: &[Under(&[SectionKind::Recitals]), NoModal],
        sentence: "# Document\n\n## Recitals\n\n- Audit log, ordered on 31 March 2026",
    },
    Rule {
        name: "what others do in the recitals",
        ruling: Ruling::None,
        conditions: &[Under(&[SectionKind::Recitals]), Of(&[Customer, Offer, Other])],
        sentence: "# Document\n\n## Background\n\nCustomer uses SSO and will take the Audit log into use in May.",
    },
    Rule {
        name: "a definition",
        ruling: Ruling::None,
        conditions: &[Says(&[
            "\" means", "shall mean", "has the meaning", "refers to", "is defined as",
            "shall have the meaning", "the term \"",
        ])],
        sentence: "“Audit log” means the record of what users did, which Vendor shall keep.",
    },
    Rule {
        name: "a recital",
        ruling: Ruling::None,
        conditions: &[Opens(&["whereas", "( a ) whereas", "( b ) whereas", "( c ) whereas"])],
        sentence: "WHEREAS Vendor was to deliver the Audit log last year, the parties agree anew.",
    },
    Rule {
        name: "a question",
        ruling: Ruling::None,
        conditions: &[Asked],
        sentence: "When will Vendor provide the Audit log?",
    },
    Rule {
        name: "a question without its mark",
        ruling: Ruling::None,
        conditions: &[Begins(&["who will", "what will", "when will", "how will", "where will", "which of"])],
        sentence: "- Who will approve the Audit log in each store",
    },
    Rule {
        name: "answered with no",
        ruling: Ruling::None,
        conditions: &[Answer(&[
            "no", "not compliant", "not conform", "non conform", "not covered", "optional", "option",
            "not supported", "not met", "not fulfilled", "not available", "not offered", "not included",
            "not possible", "not applicable", "not foreseen", "not planned", "n/a", "none", "non", "n", "nc",
        ])],
        sentence: "| Requirement | Compliant |\n|--|--|\n| Audit log | no |",
    },
    Rule {
        name: "answered with when",
        ruling: Ruling::Promise,
        conditions: &[
            Row,
            Answered,
            Says(&[
                "will be delivered", "we will deliver", "we commit to", "we will supply", "will extend",
                "will be added", "will be available to", "will be available by", "will be live",
                "committed :", "committed for", "ship in", "will ship with", "will follow by",
                "will follow in", "will follow with", "we will add", "in production for",
                "you will have this", "| ship",
            ]),
        ],
        sentence: "| Requirement | Compliant | Remark |\n|--|--|--|\n| Audit log | D | Will be delivered with release 4 |",
    },
    Rule {
        name: "answered with not yet",
        ruling: Ruling::None,
        conditions: &[Answer(&[
            "partial", "partially", "partly", "pc", "roadmap", "planned", "tbd", "under consideration",
        ])],
        sentence: "| Requirement | Compliant |\n|--|--|\n| Audit log | planned |",
    },
    Rule {
        name: "a row for the customer",
        ruling: Ruling::None,
        conditions: &[CustomersRow],
        sentence: "# Deliverables\n\n| Deliverable | Responsible |\n|--|--|\n| Audit log settings | Customer |",
    },
    Rule {
        name: "answered with yes",
        ruling: Ruling::Promise,
        conditions: &[Answer(&[
            "yes", "compliant", "fully", "comply", "complie", "supported", "available", "y", "c", "cc", "fc",
            "included", "standard", "std", "s", "met", "confirmed", "will comply", "will be", "delivered",
            "in place", "fulfilled", "fulfil", "meet", "satisfied", "satisfie", "possible", "we comply",
            "we confirm", "we do", "we have", "we offer", "we provide", "we support", "we fulfil", "we meet",
            "by", "by means of", "through", "via", "out of the box", "native", "natively", "agreed",
            "accepted", "implemented", "is met", "is fulfilled", "are fulfilled", "is supported",
            "is included", "is available", "complied", "configurable", "conform", "done", "guaranteed", "ok",
            "okay", "present", "provided", "✓", "✔", "☑", "✅",
        ])],
        sentence: "| Requirement | Compliant |\n|--|--|\n| Audit log | yes |",
    },
    Rule {
        name: "answered with what is included",
        ruling: Ruling::Promise,
        conditions: &[
            Row,
            Behind(&["included", "is included", "supported", ": included", ": yes", ": supported"]),
        ],
        sentence: "| Requirement | Answer |\n|--|--|\n| Log of changes | Audit log included |",
    },
    Rule {
        name: "answered with neither yes nor no",
        ruling: Ruling::None,
        conditions: &[Answered],
        sentence: "| Requirement | Compliant |\n|--|--|\n| Audit log | see our letter |",
    },
    Rule {
        name: "words that are quoted",
        ruling: Ruling::None,
        conditions: &[Opens(&[
            "sentence such as", "sentence like", "statement such as", "statement like", "phrase such as",
            "phrase like", "wording such as", "wording like",
        ])],
        sentence: "Statements such as “you will have Search by May” are not made.",
    },
    Rule {
        name: "a disclaimer",
        ruling: Ruling::None,
        conditions: &[Told(&[
            "not warrant", "disclaim", "as is", "from all claim", "from any claim", "no obligation",
            "not obligated", "not obliged", "not be obliged", "not be obligated", "not be bound to",
            "not be required to", "no commitment", "not a commitment", "not rely", "not relied",
            "information purposes only", "informational purposes", "not be liable", "no liability",
            "no responsibility", "at its sole discretion", "may at its discretion", "in its sole discretion",
            "no representation", "no assurance that", "no undertaking to", "including any warranty that",
            "no delivery date is committed", "no warranty", "not promise", "no promise", "not binding",
            "non binding", "not guarantee", "nothing in this", "without obligation", "not contingent",
            "without any warranty", "without warranty",
        ])],
        sentence: "Vendor does not warrant that the Audit log will be without errors.",
    },
    Rule {
        name: "what follows where it is late",
        ruling: Ruling::Promise,
        conditions: &[Late],
        sentence: "If the Audit log has not been delivered by 31 March 2027, Customer may terminate.",
    },
    Rule {
        name: "in what the sentence depends on",
        ruling: Ruling::None,
        conditions: &[Conditional],
        sentence: "If the Audit log is replaced, Vendor shall agree on a change.",
    },
    Rule {
        name: "only what is open",
        ruling: Ruling::None,
        conditions: &[Aside],
        sentence: "We will say whether the Audit log will be delivered.",
    },
    Rule {
        name: "what is excepted",
        ruling: Ruling::None,
        conditions: &[Excepted(&["except", "except for", "excluding"])],
        sentence: "Except for the Audit log, Vendor shall provide all reports.",
    },
    Rule {
        name: "an answer or an item that says no",
        ruling: Ruling::None,
        conditions: &[Begins(&[
            "no ,", "no :", "no .", "no —", "not at present", "not yet", "not in", "not included",
            "not part", "not covered", "unfortunately", "excluded", "optional ,", "optional :", "optional (",
            "option ,", "price on", "prices on", "on request :", "on request .", "on request ;",
            "on request |",
        ])],
        sentence: "No, the Audit log is left to the data centre.",
    },
    Rule {
        name: "answered with no, behind it",
        ruling: Ruling::None,
        conditions: &[
            NoModal,
            Behind(&[
                ": no ,", ": no .", ": no ;", ": no (", ": no plan", ": not at", ": not available",
                ": not before", ": not for", ": not in", ": not included", ": not part", ": not planned",
                ": not possible", ": not supported", ": not yet", ": sorry", ": unfortunately",
            ]),
        ],
        sentence: "- Audit log: not before 2028, sorry",
    },
    Rule {
        name: "none of it",
        ruling: Ruling::None,
        conditions: &[Before(&["no", "without"])],
        sentence: "No Audit log is included.",
    },
    Rule {
        name: "all but it",
        ruling: Ruling::None,
        conditions: &[Excepted(&[
            "neither", "nor", "but not", "and not", ", not", "( not", "excluding", "with the exception of",
            "with the exclusion of", "to the exclusion of",
        ])],
        sentence: "Vendor shall provide the Platform but not the Audit log.",
    },
    Rule {
        name: "an option",
        ruling: Ruling::None,
        conditions: &[Told(&[
            "optionally", "optional :", "( optional )", "( option )", "option :", "is optional",
            "are optional", "as an option", "as option", "nice to have", "would be an advantage",
            "is desirable", "are desirable", "for an additional fee", "at an additional fee",
            "for an additional charge", "at an additional charge", "for an extra charge", "at extra cost",
            "at additional cost", "subject to an additional", "sold separately", "offered separately",
            "ordered separately", "purchased separately", "separate quotation", "separate quote",
            "separate order", "can be ordered", "may be ordered", "can be purchased", "may be purchased",
            "can be added", "you could add", "access to a demo environment",
            "to a demonstration environment", "evaluation access", "if you decide to take it", "is an extra",
            "available on request", "offered on request", "on request only", ": on request", "| on request",
            "( on request", "as an add on", "as a paid add on", "paid add on", "paid extra",
            "not in your quote", "not in this quote", "not in the quote", "not quoted",
            "not part of this quote", "separate edition", "as an additional module",
            "as an additional option", "as additional module",
        ])],
        sentence: "As an option, Vendor will provide the Audit log for a fee.",
    },
    Rule {
        name: "what is not included",
        ruling: Ruling::None,
        conditions: &[Excepted(&["doe not include", "do not include"])],
        sentence: "The Service does not include Search and the Audit log.",
    },
    Rule {
        name: "said to be out",
        ruling: Ruling::None,
        conditions: &[Told(&[
            "not in scope", "out of scope", "not included", "not insured", "not part of", "not be part of",
            "not be included", "excluded from", "not be required", "not be responsible", "not be provided",
            "not be available", "not being offered", "is not offered", "are not offered", "no service level",
            "no longer",
        ])],
        sentence: "The Audit log shall not be part of this order.",
    },
    Rule {
        name: "what stays, beside another thing",
        ruling: Ruling::PromiseToKeep,
        conditions: &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Denied,
            Between(&["withdraw", "discontinue", "remove", "retire", "switch off"]),
        ],
        sentence: "Vendor agrees not to charge for, and not to withdraw, the Audit log.",
    },
    Rule {
        name: "what the vendor forbids itself",
        ruling: Ruling::PromiseToKeep,
        conditions: &[
            Says(&["forbid itself to", "forbids itself to"]),
            Says(&["withdraw", "suppress", "remove", "discontinue"]),
        ],
        sentence: "Vendor forbids itself to withdraw the Audit log.",
    },
    Rule {
        name: "an end that is ruled out",
        ruling: Ruling::PromiseToKeep,
        conditions: &[
            Before(&["removal of", "discontinuation of", "withdrawal of", "retirement of", "suppression of"]),
            Says(&["is excluded", "are excluded", "shall be excluded", "is ruled out", "is not permitted"]),
        ],
        sentence: "A removal of the Audit log is excluded for the duration of the contract.",
    },
    Rule {
        name: "a level that is kept",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Vendor, Product, Feature, Other]),
            Modal(OBLIGES),
            Denied,
            Verb(&[
                "exceed", "be more than", "be longer than", "take longer", "take more", "fall below",
                "drop below", "be less than", "be below",
            ]),
            Says(&[
                "response time", "latency", "delay", "load time", "recovery time", "unavailability",
                "availability", "throughput", "deviation", "downtime", "%", "error", "error rate",
                "answer time", "millisecond", "second", "minute",
            ]),
        ],
        sentence: "The response time of the Audit log shall not exceed three seconds.",
    },
    Rule {
        name: "what may not end",
        ruling: Ruling::PromiseToKeep,
        conditions: &[
            Of(&[Vendor, Feature]),
            Modal(&["may", "can"]),
            Denied,
            Verb(&[
                "be discontinued", "be removed", "be withdrawn", "be replaced", "be retired",
                "be deprecated", "be disabled", "discontinue", "remove", "reduce", "withdraw", "degrade",
                "disable", "retire", "deprecate", "cease", "end of life",
            ]),
        ],
        sentence: "Vendor may not, without consent, discontinue the Audit log.",
    },
    Rule {
        name: "what is not needed",
        ruling: Ruling::None,
        conditions: &[Before(&[
            "need not take over", "need not provide", "need not include", "need not support",
        ])],
        sentence: "The System need not take over the Audit log of the present operator.",
    },
    Rule {
        name: "an end that shall not come",
        ruling: Ruling::PromiseToKeep,
        conditions: &[Denied, Before(&["removal of", "discontinuation of", "withdrawal of", "loss of"])],
        sentence: "Changes shall not lead to the removal of the Audit log.",
    },
    Rule {
        name: "what it is required not to do",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Feature, Product]),
            Modal(OBLIGES_THINGS),
            Denied,
            Verb(&[
                "accept", "alter", "block", "change", "delete", "display", "expose", "interrupt", "lose",
                "overwrite", "require", "send", "show", "store", "transmit",
            ]),
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- The Audit log shall not delete what is under a legal hold.",
    },
    Rule {
        name: "what is required not to stop it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Denied,
            Verb(&["affect", "cause", "impair", "interrupt", "lead", "prevent", "result", "stop"]),
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- The loss of a site shall not cause the Audit log to lose entries.",
    },
    Rule {
        name: "what is said to be the customer's duty",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Customer, Product, Feature, Offer, Other]),
            Begins(&[
                "it is your responsibility", "it is your duty", "it is your task",
                "it is customer's responsibility", "it is the customer's responsibility",
            ]),
        ],
        sentence: "It is your responsibility that the Audit log can be read.",
    },
    Rule {
        name: "a denial",
        ruling: Ruling::None,
        conditions: &[Denied],
        sentence: "Vendor shall not sell what is in the Audit log.",
    },
    Rule {
        name: "a right over the vendor",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Customer, Other]),
            Between(&[
                "inspect", "audit", "verify", "terminate", "withhold", "reject", "reduce", "suspend",
                "cancel", "claim", "object",
            ]),
        ],
        sentence: "Customer shall be entitled to inspect the Audit log of a subcontractor.",
    },
    Rule {
        name: "what the customer gets for it",
        ruling: Ruling::None,
        conditions: &[Of(&[Customer]), Modal(OBLIGES), Dependent],
        sentence: "Customer shall obtain the keys for the Audit log from its bank.",
    },
    Rule {
        name: "the customer receives",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Customer]), Modal(OBLIGES), Verb(RECEIVES)],
        sentence: "Customer shall receive the Audit log by 31 March 2027.",
    },
    Rule {
        name: "the customer will have it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Customer]), Modal(&["will", "shall"]), Verb(&["have"]), Object],
        sentence: "You will have Search on the first day.",
    },
    Rule {
        name: "the customer is entitled",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Customer, Other]),
            Users,
            Modal(&["is entitled", "are entitled", "has the right", "have the right"]),
        ],
        sentence: "Customer is entitled to the Audit log from the first day.",
    },
    Rule {
        name: "what is required that users can do",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Customer, Other]), Users, Modal(CAN), Under(&[SectionKind::Requirements])],
        sentence: "# Document\n\n## Requirements\n\n- Users can look at the Audit log.",
    },
    Rule {
        name: "the customer gets",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Customer]), Present, Bound],
        sentence: "# Document\n\n## Service description\n\nWith the Service, Customer receives the Audit log.",
    },
    Rule {
        name: "the customer counts on it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Customer]),
            Modal(&["can", "may"]),
            Verb(&["count on", "rely on", "be sure", "expect"]),
        ],
        sentence: "You can count on the Audit log being there by 31 March 2027.",
    },
    Rule {
        name: "what is said through it",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Customer, Other]),
            Modal(CAN),
            Verb(&[
                "contact", "request", "report", "submit", "place", "order", "pay", "cancel", "raise", "open",
                "notify", "give", "send", "terminate", "be contacted", "be requested", "be reported",
                "be submitted", "be placed", "be ordered", "be paid", "be cancelled", "be raised",
                "be opened", "be notified", "be given", "be sent", "be reached", "be made",
            ]),
        ],
        sentence: "Support can be reached through the Audit log.",
    },
    Rule {
        name: "what is required that can be done to something",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(CAN), Handled, Under(&[SectionKind::Requirements])],
        sentence: "# Document\n\n## Requirements\n\n- Photos can be attached to each entry of the Audit log.",
    },
    Rule {
        name: "what can be done",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES),
            Verb(&["have access", "have use", "have the use", "be able", "be entitled"]),
        ],
        sentence: "All auditors shall have access to the Audit log.",
    },
    Rule {
        name: "a limit of use",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Customer, Other]),
            Modal(&["can", "may", "is able", "are able"]),
            Says(&[
                "solely", "only for", "only to", "only in", "only if", "only with", "for the purpose of",
                "own risk", "own cost", "own expense", "own responsibility", "license to", "licence to",
                "right to use",
            ]),
        ],
        sentence: "Users may export the Audit log solely for internal purposes.",
    },
    Rule {
        name: "at the customer's risk",
        ruling: Ruling::None,
        conditions: &[Of(&[Feature, Product]), Present, Says(&["own risk"])],
        sentence: "The Audit log is sent at Customer's own risk.",
    },
    Rule {
        name: "how users are required to sign in",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Customer]),
            People,
            Modal(OBLIGES_THINGS),
            Means,
            Verb(&[
                "authenticate", "be authenticated", "be logged", "be signed", "log in", "log on", "sign in",
                "sign on",
            ]),
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- Users shall be logged on via the Audit log.",
    },
    Rule {
        name: "what the vendor ensures to be possible",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Customer, Feature, Product, Other]), Ensured, Modal(CAN)],
        sentence: "Vendor ensures that the Audit log can be searched.",
    },
    Rule {
        name: "the customer's part",
        ruling: Ruling::None,
        conditions: &[Of(&[Customer])],
        sentence: "Customer shall review the Audit log monthly, and will switch it off at its own risk.",
    },
    Rule {
        name: "what can be done to it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Feature]), Modal(CAN), Verb(USED), Under(LISTED)],
        sentence: "# Document\n\n## Requirements\n\n- The Audit log can be exported by administrators.",
    },
    Rule {
        name: "what is done so that it can be used",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Feature]),
            Modal(CAN),
            Verb(&[
                "be accessed", "be downloaded", "be exported", "be read", "be searched", "be seen", "be used",
            ]),
            Says(&["so that", "such that"]),
        ],
        sentence: "Vendor shall extend the list so that the Audit log can be exported.",
    },
    Rule {
        name: "what the product can do",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Product]), Modal(CAN), Under(LISTED)],
        sentence: "# Document\n\n## Requirements\n\n- The Platform is able to keep an Audit log.",
    },
    Rule {
        name: "what who buys needs",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Subject(&["we"]),
            Modal(&["must", "need to", "have to"]),
            Verb(&["have", "get", "know", "receive", "see"]),
        ],
        sentence: "We must have the Audit log by 31 March 2027.",
    },
    Rule {
        name: "what the vendor can promise",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Vendor]), Modal(CAN), Verb(&["confirm"]), Before(&["confirm"])],
        sentence: "We can confirm the Audit log for 31 March 2027.",
    },
    Rule {
        name: "left to chance",
        ruling: Ruling::None,
        conditions: &[Told(&[
            "will probably", "will likely", "will most likely", "will presumably", "will hopefully",
            "will possibly", "will perhaps", "shall probably",
        ])],
        sentence: "The Audit log will probably be released in 2027.",
    },
    Rule {
        name: "what is asked for in a letter",
        ruling: Ruling::None,
        conditions: &[Opens(&[
            "please confirm", "please let", "please tell", "please check", "please say", "please advise",
            "please send", "kindly confirm", "could you", "can you",
        ])],
        sentence: "Please confirm that the Audit log will be available in May.",
    },
    Rule {
        name: "left open",
        ruling: Ruling::None,
        conditions: &[Modal(LEAVES_OPEN)],
        sentence: "Vendor intends to release the Audit log in 2027.",
    },
    Rule {
        name: "a row of levels",
        ruling: Ruling::Promise,
        conditions: &[NoModal, Row, Levelled],
        sentence: "| Service | Measure | Committed level |\n|--|--|--|\n| Audit log | response time | 2 seconds |",
    },
    Rule {
        name: "what the vendor is responsible for",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Verb(&[
                "be responsible for deliver", "be responsible for delivering", "be responsible for delivery",
                "be responsible for the delivery", "be responsible for developing",
                "be responsible for the development", "be responsible for implementing",
                "be responsible for the implementation", "be responsible for providing",
                "be responsible for the provision",
            ]),
            Before(&[
                "delivering", "delivery of", "developing", "development of", "implementing",
                "implementation of", "providing", "provision of",
            ]),
        ],
        sentence: "Vendor shall be responsible for the delivery of the Audit log by 31 March 2027.",
    },
    Rule {
        name: "only named as an example",
        ruling: Ruling::None,
        conditions: &[InExample],
        sentence: "Vendor shall maintain records such as the event log and the Audit log.",
    },
    Rule {
        name: "an example",
        ruling: Ruling::None,
        conditions: &[Says(&["by way of example", "for illustration", "by way of illustration"])],
        sentence: "By way of example, Vendor shall provide the Audit log in a later phase.",
    },
    Rule {
        name: "what is taught",
        ruling: Ruling::None,
        conditions: &[Of(&[Other, Offer]), Subject(LESSONS), Verb(TEACHES)],
        sentence: "The sessions will cover the Audit log.",
    },
    Rule {
        name: "what is required to be possible",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other, Product, Offer]),
            Modal(OBLIGES_THINGS),
            Verb(&["be possible"]),
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- It shall be possible to print a report of the Audit log.",
    },
    Rule {
        name: "what is required of its data",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other, Feature]),
            Modal(OBLIGES_THINGS),
            Ahead,
            Handled,
            Behind(&["data", "update", "metadata", "change", "report"]),
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- Audit log data shall be imported every night.",
    },
    Rule {
        name: "a part of another name",
        ruling: Ruling::None,
        conditions: &[Behind(ABOUT)],
        sentence: "Vendor shall deliver an Audit log strategy.",
    },
    Rule {
        name: "about it, in its place",
        ruling: Ruling::None,
        conditions: &[Behalf(ABOUT)],
        sentence: "Vendor shall deliver a training of administrators for the Audit log.",
    },
    Rule {
        name: "a part of a longer name",
        ruling: Ruling::None,
        conditions: &[Compound],
        sentence: "Vendor shall provide Search staff.",
    },
    Rule {
        name: "the customer's own",
        ruling: Ruling::None,
        conditions: &[CustomersOwn],
        sentence: "Vendor shall connect to Customer's existing Audit log.",
    },
    Rule {
        name: "the vendor's own",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor]), OfItsOwn],
        sentence: "Vendor shall keep an Audit log of its employees' access to its offices.",
    },
    Rule {
        name: "how its name is written",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Verb(&["write", "spell", "capitalise", "capitalize"]),
            Object,
            Behind(&["\""]),
        ],
        sentence: "Vendor shall write “Audit log” with a small l.",
    },
    Rule {
        name: "spoken of in general",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor, Feature, Other]), General],
        sentence: "Vendor shall retain an audit log of all invoices.",
    },
    Rule {
        name: "trade in it",
        ruling: Ruling::None,
        conditions: &[Verb(&[
            "promote", "market", "resell", "advertise", "sell", "port", "train its", "train their",
        ])],
        sentence: "Vendor shall promote the Audit log at fairs.",
    },
    Rule {
        name: "a repair with its day",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Verb(&["correct", "fix", "repair", "rectify", "resolve"]),
            Dated,
        ],
        sentence: "Vendor undertakes to correct the Audit log by 31 March 2027.",
    },
    Rule {
        name: "repairs",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Verb(&[
                "restore", "repair", "correct", "fix", "resolve", "rectify", "troubleshoot", "diagnose",
                "remedy",
            ]),
        ],
        sentence: "Vendor shall restore the Audit log where an update impairs it.",
    },
    Rule {
        name: "a warranty of quality",
        ruling: Ruling::None,
        conditions: &[Verb(&[
            "perform in accordance", "perform materially", "perform substantially", "perform as",
            "conform to the documentation", "conform with the documentation", "conform to it",
            "conform to the specification", "conform with the specification", "conform in all",
            "conform materially", "conform substantially", "operate in accordance", "operate materially",
            "operate substantially", "be free", "be error", "function in accordance", "materially conform",
        ])],
        sentence: "The Audit log will perform in accordance with the Documentation.",
    },
    Rule {
        name: "what is done by it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Present, Bound],
        sentence: "# Document\n\n## Service description\n\nAll changes are recorded in the Audit log.",
    },
    Rule {
        name: "what is put in it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other, Vendor]),
            Modal(OBLIGES),
            Verb(&[
                "be stored in", "be kept in", "be held in", "be filed in", "be retained in",
                "be archived in", "be transferred to", "be visible in", "be available in",
                "remain viewable in", "remain available in", "be usable in", "be published in",
                "be shown in",
            ]),
            Before(&["in", "to"]),
        ],
        sentence: "Exhibits shall be kept in the Audit log.",
    },
    Rule {
        name: "a level of it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Between(&[
                "response time", "load time", "answer time", "availability of", "uptime of", "latency of",
            ]),
            Before(&["in", "of", "for", "entry in", "use of"]),
        ],
        sentence: "We commit to a response time of three seconds for every entry in the Audit log.",
    },
    Rule {
        name: "what its content is in law",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Other]),
            Before(CONTENTS),
            Verb(&[
                "remain the", "remain confidential", "remain with", "belong", "be treated", "be owned",
                "be deemed", "be regarded", "be considered", "be subject", "be confidential",
                "be conclusive", "be deleted", "be destroyed", "be returned", "be handled", "be reported",
                "be notified", "be checked", "be reviewed", "be agreed", "constitute", "prevail", "serve",
            ]),
        ],
        sentence: "Entries of the Audit log shall be treated as confidential.",
    },
    Rule {
        name: "what is in it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(OBLIGES_THINGS), Ahead, Before(CONTENTS)],
        sentence: "Records created in the Audit log shall be passed to Customer's archive every hour.",
    },
    Rule {
        name: "what becomes a part of it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Verb(&["be included", "be added", "be integrated", "be applied"]),
            Before(&["included in", "added to", "integrated in", "integrated into", "applied to"]),
        ],
        sentence: "Changes of prices will be included in the Audit log from the first day.",
    },
    Rule {
        name: "what an answer with yes is about",
        ruling: Ruling::Promise,
        conditions: &[
            Opens(&["regarding", "concerning", "as to", "as for", "about", "on"]),
            Behind(&[": yes", ", yes", ": confirmed", ": agreed", ": of course", ": sure", ": certainly"]),
        ],
        sentence: "Regarding the Audit log: yes, it will be live in May 2027.",
    },
    Rule {
        name: "what is written to it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Product]),
            Modal(OBLIGES_THINGS),
            Verb(&[
                "add", "append", "enter", "log", "pass", "push", "record", "save", "send", "store", "write",
            ]),
            Before(&["to", "in", "into"]),
        ],
        sentence: "The Platform shall write every change to the Audit log.",
    },
    Rule {
        name: "what a paper is about",
        ruling: Ruling::None,
        conditions: &[Excepted(&["chapter on", "section on", "slide on", "exercise on", "talk on"])],
        sentence: "Vendor shall hand over a book with chapters on Search and the Audit log.",
    },
    Rule {
        name: "who gets at it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Before(&["access to"]),
            Verb(&[
                "be controlled", "be given", "be granted", "be limited", "be possible", "be protected",
                "be provided", "be restricted",
            ]),
        ],
        sentence: "Access to the Audit log shall be restricted to administrators.",
    },
    Rule {
        name: "about it, not it",
        ruling: Ruling::None,
        conditions: &[Before(&[
            "about", "set up of", "introduction of", "regarding", "concerning", "relating to", "related to",
            "in connection with", "use of", "using", "change to", "documentation for", "documentation of",
            "information on", "question on", "feedback on", "experience with", "experience in",
            "experience of", "knowledge of", "skilled in", "familiar with", "reliance on", "data in",
            "access by", "fee for", "price of", "charge for", "price for", "support for", "support of",
            "maintenance of", "training in", "training on", "assistance with", "error in", "defect in",
            "right in", "title to", "right to", "view on", "plan for", "invoice for", "usage of",
            "guidance on", "guide to", "introduction to", "roadmap for", "proposal for", "quote for",
            "operation of", "misuse of", "log in", "content of", "copy of", "entry in", "record in",
            "integration with", "help with", "problem with", "version of the documentation of",
            "source code of", "available for", "based on", "stored in", "contained in", "held in",
            "support requests on", "requests on", "comment on",
        ])],
        sentence: "Vendor shall take care regarding the Audit log.",
    },
    Rule {
        name: "only in what it depends on",
        ruling: Ruling::None,
        conditions: &[Within(&[
            "if", "when", "once", "after", "before", "until", "while", "where", "because", "as long as",
            "in case", "whenever", "to the extent", "as soon as", "without affecting", "in addition to",
            "instead of", "other than", "except for", "prior to", "during", "as set out", "as described",
            "that uses", "on which", "in which", "by which", "with which", "for which", "withdraw",
            "right to demonstrate", "right to market", "right to resell", "right to distribute", "who",
            "whether", "as well as in", "on how",
        ])],
        sentence: "Vendor shall train users before the Audit log is switched on.",
    },
    Rule {
        name: "protected by it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Vendor, Product]),
            Modal(OBLIGES),
            Verb(&[
                "protect", "secure", "restrict", "encrypt", "control", "authenticate", "permit", "allow",
                "enable", "connect", "import", "exchange", "synchronise", "synchronize",
            ]),
            Means,
        ],
        sentence: "Vendor shall restrict access to the data by means of the Audit log.",
    },
    Rule {
        name: "done by means of it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other, Customer]),
            Modal(OBLIGES),
            Means,
            Under(LISTED),
            Verb(&[
                "be created", "be blocked", "be calculated", "be checked", "be deleted", "be detected",
                "be monitored", "be removed", "be disabled", "be handed", "be transferred", "be encrypted",
                "be provisioned", "be assigned", "be effected", "be imported", "be exchanged", "be by",
                "be via", "be made", "be carried out", "be done", "be performed", "be possible",
                "take place", "work", "sign in", "log in", "authenticate",
            ]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- Accounts shall be created by the Audit log.",
    },
    Rule {
        name: "what is guaranteed of it",
        ruling: Ruling::Promise,
        conditions: &[Says(&["is guaranteed", "are guaranteed"]), Before(&["for", "of"])],
        sentence: "For the Audit log an availability of 99.9 % is guaranteed.",
    },
    Rule {
        name: "what is required to be done by it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Happens,
            Means,
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- What is missing shall be completed by means of the Audit log.",
    },
    Rule {
        name: "a way to something else",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor, Feature, Offer, Other]), Within(&["through", "via", "by means of"])],
        sentence: "Vendor shall answer questions via the Audit log.",
    },
    Rule {
        name: "work of people",
        ruling: Ruling::None,
        conditions: &[Services, Begins(WORK)],
        sentence: "Vendor will provide the following Services: (a) train users in the Audit log; and (b) set up the Audit log.",
    },
    Rule {
        name: "a licence",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor]), Between(&["right to", "right and licence", "licence to", "license to"])],
        sentence: "Vendor grants Customer a right to access and use the Service and the Audit log.",
    },
    Rule {
        name: "help of people",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Verb(&[
                "help", "employ", "station", "hire", "appoint", "designate", "migrate", "name", "nominate",
                "load the", "load your", "load customer", "assist", "coach", "attend", "accompany",
                "instruct", "second", "depute", "dispatch",
            ]),
        ],
        sentence: "Vendor's consultants will help to set up the Audit log.",
    },
    Rule {
        name: "lessons of people",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Verb(&["run", "hold", "conduct", "organise", "organize", "lead", "host", "give"]),
            Between(LESSONS),
        ],
        sentence: "Vendor's consultants will run two workshops on site to configure the Audit log.",
    },
    Rule {
        name: "done by hand",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor]), Behind(&["by hand", "manually"])],
        sentence: "Until then Vendor will export the Audit log by hand.",
    },
    Rule {
        name: "what who buys does at home",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Verb(&["clean up", "tidy up", "move our", "migrate our", "brief our", "train our"]),
        ],
        sentence: "We will move our own people over to the Audit log, and test it in May.",
    },
    Rule {
        name: "work on what is the customer's",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor]),
            Verb(&["configure", "set up", "connect", "install", "integrate", "map", "adapt"]),
            OnCustomers,
        ],
        sentence: "Vendor shall configure the Audit log against Customer's directory.",
    },
    Rule {
        name: "kept at a level",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Verb(&["keep", "maintain", "make", "hold"]),
            Object,
            Measured,
        ],
        sentence: "Vendor will keep the Audit log available for at least 99.9 % of each month.",
    },
    Rule {
        name: "a service level",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor, Product, Other, Customer, Offer]), Measured],
        sentence: "The Platform shall be available 99.9 % of the time, the Audit log aside.",
    },
    Rule {
        name: "fees and remedies",
        ruling: Ruling::None,
        conditions: &[Verb(&[
            "invoice", "charge", "bill", "pay", "credit", "refund", "reimburse", "compensate", "price",
            "be charged", "be invoiced", "be billed", "be paid", "be payable", "cost", "be priced",
            "be subject", "increase the fee",
        ])],
        sentence: "Vendor shall invoice the Audit log once a year.",
    },
    Rule {
        name: "indemnity and confidentiality",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor, Customer, Offer, Other]),
            Verb(&[
                "indemnify", "defend", "hold", "be liable", "treat", "protect", "keep confidential",
                "be confidential", "retain all right", "own", "retain ownership", "be owned", "retain title",
                "remain the", "retain all intellectual", "retain all proprietary", "retain all title",
                "retain all ownership", "retain all copyright",
            ]),
        ],
        sentence: "Vendor shall hold the Audit log in confidence.",
    },
    Rule {
        name: "kept secret",
        ruling: Ruling::None,
        conditions: &[
            Verb(&["keep", "hold", "maintain"]),
            Behind(&[
                "confidential", "strictly confidential", "secret", "private", "in confidence", "to herself",
                "to himself", "to itself",
            ]),
        ],
        sentence: "Vendor shall keep what is seen in the Audit log confidential.",
    },
    Rule {
        name: "secrecy about it",
        ruling: Ruling::None,
        conditions: &[Told(&["keep secret", "keep confidential"])],
        sentence: "Vendor shall keep secret what has been typed into the Audit log.",
    },
    Rule {
        name: "talk",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor, Customer, Other]),
            Verb(&[
                "notify", "inform", "indicate", "declare", "specify", "state", "submit", "consult",
                "discuss", "advise", "consider", "review", "report", "evaluate", "assess", "present",
                "propose", "announce", "quote", "negotiate", "meet", "explore", "investigate", "tell",
                "talk", "explain", "answer", "respond", "document", "describe", "recommend",
                "give recommendation", "demonstrate", "show", "share", "explore", "analyse", "analyze",
                "keep customer informed", "train", "invite", "ask", "use", "rely", "refer", "comply",
                "monitor", "test", "audit", "conduct", "participate", "process", "attend", "look", "work on",
                "check", "clarify", "find out", "come back", "get back",
            ]),
        ],
        sentence: "Vendor will notify Customer of changes and discuss the Audit log with it.",
    },
    Rule {
        name: "talked about",
        ruling: Ruling::None,
        conditions: &[Verb(&[
            "be discussed", "be asked", "be invited", "be announced", "be assessed", "be clarified",
            "be decided", "be demonstrated", "be evaluated", "be presented", "be rated", "be scored",
            "be weighted", "be reviewed", "be described", "be used", "be considered", "be documented",
            "be subject", "be responsible", "be treated", "be handled", "be trained", "be instructed",
            "be taught", "be informed", "be named", "be nominated", "be appointed", "be briefed",
        ])],
        sentence: "The Audit log will be discussed by the steering committee.",
    },
    Rule {
        name: "its level",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Before(&[
                "availability of", "availability for", "uptime of", "uptime for", "response time of",
                "response time for", "latency of", "retention of",
            ]),
            Says(&[
                "at least", "not less than", "no less than", "minimum", "at most", "not more than",
                "no more than", "guaranteed",
            ]),
        ],
        sentence: "The availability of the Audit log is at least 99.5 % per month.",
    },
    Rule {
        name: "what is said about it",
        ruling: Ruling::None,
        conditions: &[Remarked],
        sentence: "Yes, the Audit log is tested once a year by a third party.",
    },
    Rule {
        name: "given back",
        ruling: Ruling::None,
        conditions: &[Of(&[Vendor]), Verb(&["return"])],
        sentence: "Vendor will return the Audit log to Customer.",
    },
    Rule {
        name: "an end of it",
        ruling: Ruling::None,
        conditions: &[
            Of(&[Vendor, Customer, Product, Offer, Other]),
            Verb(&[
                "terminate", "suspend", "discontinue", "withdraw", "remove", "retire", "sunset", "delete",
                "disable", "deprecate", "replace",
            ]),
        ],
        sentence: "Vendor will retire the Audit log at the end of 2027.",
    },
    Rule {
        name: "its end",
        ruling: Ruling::None,
        conditions: &[Verb(&[
            "be discontinued", "be retired", "be removed", "be withdrawn", "be suspended", "be deprecated",
            "be disabled", "be deleted", "end", "expire", "lapse", "cease", "stop", "be replaced",
            "be returned", "be sent back", "be handed back", "be given back",
        ])],
        sentence: "The Audit log will be retired at the end of 2027.",
    },
    Rule {
        name: "what another delivers",
        ruling: Ruling::None,
        conditions: &[Of(&[Feature, Other]), ByOther],
        sentence: "The Audit log is delivered by a third party.",
    },
    Rule {
        name: "the vendor undertakes",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Vendor]), Modal(OBLIGES)],
        sentence: "Vendor shall provide the Audit log by 31 March 2027.",
    },
    Rule {
        name: "a duty that ends",
        ruling: Ruling::None,
        conditions: &[
            Modal(DUTIES),
            Says(&[
                "end with", "end when", "end upon", "end on", "expire", "cease", "lapse", "is cancelled",
                "are cancelled", "is excluded",
            ]),
        ],
        sentence: "Vendor's obligation to keep the Audit log ends with this Agreement.",
    },
    Rule {
        name: "the vendor's duty",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Vendor]), Modal(DUTIES)],
        sentence: "It is Vendor's obligation to deliver the Audit log.",
    },
    Rule {
        name: "how it is at present",
        ruling: Ruling::None,
        conditions: &[
            Present,
            Says(&[
                "currently", "at the time of signature", "at the time of signing", "at the date of",
                "at present", "presently", "at this stage", "already live", "already in use",
                "was rewritten in", "was introduced in", "was launched in", "was added in",
                "was developed in",
            ]),
        ],
        sentence: "# Document\n\n## Service description\n\nThe Audit log currently records the log-ins of administrators.",
    },
    Rule {
        name: "what the vendor does",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Vendor]), Present, Bound],
        sentence: "Throughout the Term, Vendor keeps the Audit log.",
    },
    Rule {
        name: "the product will",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Product]), Modal(OBLIGES_THINGS)],
        sentence: "The Services will include the Audit log.",
    },
    Rule {
        name: "the feature will",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Feature]), Modal(OBLIGES_THINGS)],
        sentence: "The Audit log will be made available by 31 March 2027.",
    },
    Rule {
        name: "what is written",
        ruling: Ruling::None,
        conditions: &[Of(&[Feature, Offer, Product, Other]), Subject(PAPERS), Verb(TEACHES)],
        sentence: "The price list shall include the Audit log and the Search.",
    },
    Rule {
        name: "what shall include it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(OBLIGES), Verb(&["include", "contain", "comprise", "cover"])],
        sentence: "The scope of delivery shall include the Audit log.",
    },
    Rule {
        name: "what the product includes",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Product, Offer]), Present, Verb(&["include", "contain", "comprise", "cover"])],
        sentence: "The Platform includes the Audit log.",
    },
    Rule {
        name: "what the product has",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Product]), Present, Bound],
        sentence: "# Document\n\n## Service description\n\nThe Platform supports the Audit log.",
    },
    Rule {
        name: "whose duty it is",
        ruling: Ruling::None,
        conditions: &[Present, Behind(&["remain the", "remain a"]), Told(&["duty", "responsibility"])],
        sentence: "# Document\n\n## Service description\n\nThe Audit log remains the duty of the data centre.",
    },
    Rule {
        name: "what it is worth",
        ruling: Ruling::None,
        conditions: &[Present, Behind(&["is an estimate", "are estimate", "is a guide", "is indicative"])],
        sentence: "# Document\n\n## Service description\n\nThe Audit log is an estimate and no proof.",
    },
    Rule {
        name: "what the feature is",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Feature, Offer]), Present, Bound],
        sentence: "The Audit log is included in the Enterprise edition.",
    },
    Rule {
        name: "what people receive",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Users,
            Modal(OBLIGES),
            Verb(&["receive", "be given", "be provided", "get", "be granted"]),
        ],
        sentence: "Auditors shall receive the Audit log when a plan is changed.",
    },
    Rule {
        name: "what access requires",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES),
            Verb(&["require", "use"]),
            Under(LISTED),
            Says(&["access", "log in", "login", "sign in", "authentication"]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- Access from outside shall require the Audit log.",
    },
    Rule {
        name: "what comes from it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES),
            Verb(&["be displayed", "be shown", "be exported", "be transmitted"]),
            Before(&["from", "by"]),
            Under(LISTED),
        ],
        sentence: "# Document\n\n## Requirements\n\n- Positions from the Audit log shall be displayed within a minute.",
    },
    Rule {
        name: "what there will be",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Offer]), Modal(OBLIGES_THINGS)],
        sentence: "There shall be an Audit log for each tenant.",
    },
    Rule {
        name: "what shall be delivered",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Vendor, Product, Feature, Other]), Modal(OBLIGES), Delivered],
        sentence: "All changes shall be recorded in the Audit log.",
    },
    Rule {
        name: "what is required to be done to something",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(OBLIGES_THINGS), Handled, Under(&[SectionKind::Requirements])],
        sentence: "# Document\n\n## Requirements\n\n- Entries that are too old shall be marked by the Audit log.",
    },
    Rule {
        name: "what is done in it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(OBLIGES_THINGS), Handled, Before(&["in", "into", "to"])],
        sentence: "Every edit to a draft will be captured in the Audit log.",
    },
    Rule {
        name: "a time that is required",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(OBLIGES_THINGS), Timed, Under(&[SectionKind::Requirements])],
        sentence: "# Document\n\n## Requirements\n\n- A run of the Audit log must be finished within two minutes.",
    },
    Rule {
        name: "who gets it",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Other]), Modal(&["will", "shall"]), Verb(&["get the", "be getting the"])],
        sentence: "I have asked our team, and Haldane will get the Audit log from the first day.",
    },
    Rule {
        name: "said yes to",
        ruling: Ruling::Promise,
        conditions: &[
            Opens(&[
                "yes ,", "yes :", "yes .", "yes !", "yes —", "confirmed", "absolutely", "certainly",
                "of course", "agreed", "sure ,",
            ]),
            Behind(&[":", "is included", "are included", "is in", "is part", "is yours", "remain", "stay"]),
        ],
        sentence: "Confirmed on the Audit log: auditors read it on their phones.",
    },
    Rule {
        name: "a cell that says no",
        ruling: Ruling::None,
        conditions: &[
            Row,
            Cell(&[
                "not included", "not foreseen", "not planned", "not available", "not offered", "not ordered",
                "not in scope", "not part", "not covered", "not delivered", "not possible", "not supported",
                "not required", "not yet", "option", "optional", "quoted only", "no longer", "none", "no",
                "n/a", "discontinued", "excluded", "retired", "withdrawn", "out of scope", "removed",
                "deleted", "cancelled", "declined", "dropped", "waived", "postponed", "deferred",
            ]),
        ],
        sentence: "| Function | Remark |\n|--|--|\n| Audit log | not foreseen |",
    },
    Rule {
        name: "a sentence about a party",
        ruling: Ruling::None,
        conditions: &[NoModal, Listed, OfParty],
        sentence: "# Document\n\n## Deliverables\n\n- Customer is not buying the Audit log",
    },
    Rule {
        name: "a task about it",
        ruling: Ruling::None,
        conditions: &[
            NoModal,
            Before(&[
                "test", "testing", "send", "review", "clarify", "discuss", "check", "decide on", "decide",
                "prepare", "define", "document", "present", "evaluate", "accept", "acceptance of", "approve",
                "configure customer", "use", "operate", "price for",
            ]),
        ],
        sentence: "| Task | Owner |\n|--|--|\n| Prepare Audit log | Vendor |",
    },
    Rule {
        name: "a step of both",
        ruling: Ruling::None,
        conditions: &[NoModal, Listed, Says(&["kick off", "kickoff", "steering committee"])],
        sentence: "# Scope of work\n\n| Milestone | Due |\n|--|--|\n| Kick-off for the Audit log | 1 March 2027 |",
    },
    Rule {
        name: "a change of it by the vendor",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            VendorsRow,
            Cell(&[
                "make", "add", "extend", "enable", "adapt", "adjust", "improve", "change", "put", "fix",
                "correct", "repair", "speed up", "reduce", "increase", "build", "implement", "deliver",
                "provide", "release", "accelerate", "expand", "expose", "raise", "shorten",
            ]),
        ],
        sentence: "| Task | Owner |\n|--|--|\n| Make the colours of the Audit log adjustable | Vendor |",
    },
    Rule {
        name: "a part of what is listed",
        ruling: Ruling::None,
        conditions: &[NoModal, Dependent],
        sentence: "- Keyboards for the Audit log: 31 March 2027",
    },
    Rule {
        name: "noted, and no more",
        ruling: Ruling::None,
        conditions: &[NoModal, Says(&["take note of the wish", "take note of the request", "; no promise"])],
        sentence: "# Document\n\n## Deliverables\n\n- Audit log: Vendor takes note of the wish",
    },
    Rule {
        name: "being considered",
        ruling: Ruling::None,
        conditions: &[
            NoModal,
            Behind(&["is being considered", ": is being considered", ": being considered"]),
        ],
        sentence: "# Document\n\n## Deliverables\n\n- Audit log: is being considered for 2027",
    },
    Rule {
        name: "a row of requirements",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Row,
            Under(&[SectionKind::Requirements, SectionKind::Scope, SectionKind::Titled]),
        ],
        sentence: "# Scope of work\n\n| Deliverable | Delivery date |\n|--|--|\n| Audit log | 31 March 2027 |",
    },
    Rule {
        name: "listed among requirements",
        ruling: Ruling::Promise,
        conditions: &[NoModal, Listed, Under(&[SectionKind::Requirements, SectionKind::Scope])],
        sentence: "# Document\n\n## Deliverables\n\n- Audit log by 31 March 2027",
    },
    Rule {
        name: "what it is called, and what it does",
        ruling: Ruling::Promise,
        conditions: &[Listed, Under(&[SectionKind::Requirements]), Heads, Behind(&[":"])],
        sentence: "# Document\n\n## Functions included\n\n- Audit log: the Service keeps what was changed, and warns.",
    },
    Rule {
        name: "only planned",
        ruling: Ruling::None,
        conditions: &[
            NoModal,
            Says(&[
                "planned", "tentative", "indicative", "target", "estimated", "expected", "under development",
                "under consideration", "on our roadmap", "on the roadmap", "subject to change",
                "not committed", "in discussion", "to be confirmed", "to be agreed", "to be clarified",
                "tbd", "tbc",
            ]),
        ],
        sentence: "- Audit log: 31 March 2027 (planned)",
    },
    Rule {
        name: "how it was",
        ruling: Ruling::None,
        conditions: &[
            NoModal,
            Behind(&["was", "were", "had", "handled", "processed", "averaged", "achieved"]),
        ],
        sentence: "# Document\n\n## Service levels\n\n- The Audit log handled four billion entries last year.",
    },
    Rule {
        name: "a row that names the vendor",
        ruling: Ruling::Promise,
        conditions: &[NoModal, VendorsRow],
        sentence: "| Task | Owner |\n|--|--|\n| Enable Audit log | Vendor |",
    },
    Rule {
        name: "a delivery with its day",
        ruling: Ruling::Promise,
        conditions: &[NoModal, Row, Cell(&["deliver", "delivery of", "release", "switch on"]), Dated],
        sentence: "| Who | What | Until |\n|--|--|--|\n| Amari | Switch on Search for the north | 30 March |",
    },
    Rule {
        name: "said to have been promised",
        ruling: Ruling::Promise,
        conditions: &[NoModal, OfParty, Bound, Before(&["confirmed", "promised", "pledged", "committed to"])],
        sentence: "Vendor confirmed the Audit log for 31 March 2027.",
    },
    Rule {
        name: "its day beside it",
        ruling: Ruling::Promise,
        conditions: &[NoModal, Heads, Dated],
        sentence: "Audit log: live by 31 March 2027, you have my word.",
    },
    Rule {
        name: "what a milestone is",
        ruling: Ruling::Promise,
        conditions: &[NoModal, Opens(&["deliverable", "milestone", "work package"]), Before(&[":"])],
        sentence: "Milestone 2 (1 May 2027): Audit log live in production.",
    },
    Rule {
        name: "the day of its delivery",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Dated,
            Before(&[
                "delivery of", "release of", "handover of", "go live of", "activation of", "availability of",
            ]),
        ],
        sentence: "Delivery of the Audit log: 1 May 2027.",
    },
    Rule {
        name: "answered behind it",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Heads,
            Says(&[": compliant", ": complied", ": complie", ": comply", ": fully"]),
        ],
        sentence: "Audit log down to each field: compliant.",
    },
    Rule {
        name: "asked, and answered with yes",
        ruling: Ruling::Promise,
        conditions: &[NoModal, Says(ASKED_AND_ANSWERED)],
        sentence: "An Audit log? Yes, that is in.",
    },
    Rule {
        name: "words that an amendment adds",
        ruling: Ruling::Promise,
        conditions: &[
            Says(&["the word", "following word"]),
            Says(&["is inserted", "are inserted", "is added", "are added"]),
        ],
        sentence: "In clause 4, the words “and the Audit log” are inserted behind “Search”.",
    },
    Rule {
        name: "what is added by an amendment",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Before(&["adding", "the addition of", "the insertion of", "inserting"]),
            Says(&["is amended", "are amended", "is hereby amended", "are hereby amended", "is extended"]),
        ],
        sentence: "Schedule 2 is amended by adding the Audit log.",
    },
    Rule {
        name: "among what there is",
        ruling: Ruling::Promise,
        conditions: &[Listed, Under(&[SectionKind::Described]), Heads],
        sentence: "# Document\n\n## What is new in 9.0\n\n- Audit log: entries made at sea synchronise in port",
    },
    Rule {
        name: "what a price covers",
        ruling: Ruling::None,
        conditions: &[NoModal, Row, Priced, Under(&[SectionKind::Plain])],
        sentence: "# Prices\n\n| Item | Price per year |\n|--|--|\n| Audit log | included in the subscription |",
    },
    Rule {
        name: "a cell that says yes",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Row,
            Heads,
            Cell(&[
                "included", "ordered", "yes", "confirmed", "compliant", "standard", "agreed", "we confirm",
                "in scope",
            ]),
        ],
        sentence: "| Topic | Outcome |\n|--|--|\n| Audit log | included from the first day |",
    },
    Rule {
        name: "what is said to be there",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Behind(&[
                "included", "confirmed", "is yours", ": yes", ": included", ": supported", ": in scope",
                ": available", ": always", ": confirmed", ": standard", ": done", "at no extra",
                "at no additional", "at no charge", "at no cost", "free of charge", "without extra charge",
            ]),
        ],
        sentence: "- Audit log: yes, from the first day",
    },
    Rule {
        name: "what is said to be included",
        ruling: Ruling::Promise,
        conditions: &[
            NoModal,
            Opens(&[
                "our promise :", "our commitment :", "promised :", "commitment :", "guaranteed :",
                "included", "included in", "included at", "delivery time", "delivery date", "including",
            ]),
        ],
        sentence: "Included at no charge: the Audit log.",
    },
    Rule {
        name: "what people have to do",
        ruling: Ruling::None,
        conditions: &[Of(&[Other]), Users, Modal(OBLIGES)],
        sentence: "# Document\n\n## Requirements\n\n- The agents of the town shall enter the hours in the Audit log.",
    },
    Rule {
        name: "asked for among requirements",
        ruling: Ruling::Promise,
        conditions: &[Of(&[Feature, Product]), Modal(OBLIGES), Under(&[SectionKind::Requirements])],
        sentence: "# Document\n\n## Requirements\n\n- The Audit log shall open within a second.",
    },
    Rule {
        name: "what is required to happen with it",
        ruling: Ruling::Promise,
        conditions: &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Happens,
            Before(&["in", "into", "to", "from"]),
            Under(&[SectionKind::Requirements]),
        ],
        sentence: "# Document\n\n## Requirements\n\n- Files shall be moved into the Audit log.",
    },
];

/// The table, for the book: what each rule says, and the sentence that made it necessary.
pub fn rules_table() -> String {
    let mut out = String::from("| rule | its sentence | a promise |\n| --- | --- | --- |\n");
    for Rule { name, ruling, sentence, .. } in RULES {
        let lines = sentence
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("|--") && *line != "# Document");
        let lines: Vec<String> = lines.map(|line| format!("`{}`", line.replace('|', "\\|"))).collect();
        let is_promise = match ruling {
            Ruling::Promise => "yes",
            Ruling::PromiseToKeep => "until the contract ends",
            Ruling::None => "no",
        };
        out += &format!("| {name} | {} | {is_promise} |\n", lines.join(" "));
    }
    out
}
