//! What is denied, excepted, optional or open, and what is promised by a denial.

use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise, promise_to_keep};
use crate::prose::sections::REQUIREMENTS;
use crate::prose::verbs::{OBLIGES, OBLIGES_THINGS};

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    no_promise(
        "a disclaimer",
        "Vendor does not warrant that the Audit log will be without errors.",
        &[Told(&[
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
    ),
    promise(
        "what follows where it is late",
        "If the Audit log has not been delivered by 31 March 2027, Customer may terminate.",
        &[Late],
    ),
    no_promise(
        "in what the sentence depends on",
        "If the Audit log is replaced, Vendor shall agree on a change.",
        &[Conditional],
    ),
    no_promise("only what is open", "We will say whether the Audit log will be delivered.", &[Aside]),
    no_promise(
        "an answer or an item that says no",
        "No, the Audit log is left to the data centre.",
        &[Begins(&[
            "no ,", "no :", "no .", "no —", "not at present", "not yet", "not in", "not included",
            "not part", "not covered", "unfortunately", "excluded", "optional ,", "optional :", "optional (",
            "option ,", "price on", "prices on", "on request :", "on request .", "on request ;",
            "on request |",
        ])],
    ),
    no_promise(
        "answered with no, behind it",
        "- Audit log: not before 2028, sorry",
        &[
            NoModal,
            Behind(&[
                ": no ,", ": no .", ": no ;", ": no (", ": no plan", ": not at", ": not available",
                ": not before", ": not for", ": not in", ": not included", ": not part", ": not planned",
                ": not possible", ": not supported", ": not yet", ": sorry", ": unfortunately",
            ]),
        ],
    ),
    no_promise("none of it", "No Audit log is included.", &[Before(&["no", "without"])]),
    no_promise(
        "all but it",
        "Vendor shall provide the Platform but not the Audit log.",
        &[Excepted(&[
            "except", "except for", "neither", "nor", "but not", "and not", ", not", "( not", "excluding",
            "with the exception of", "with the exclusion of", "to the exclusion of",
        ])],
    ),
    no_promise(
        "an option",
        "As an option, Vendor will provide the Audit log for a fee.",
        &[Told(&[
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
    ),
    no_promise(
        "what is not included",
        "The Service does not include Search and the Audit log.",
        &[Excepted(&["doe not include", "do not include"])],
    ),
    no_promise(
        "said to be out",
        "The Audit log shall not be part of this order.",
        &[Told(&[
            "not in scope", "out of scope", "not included", "not insured", "not part of", "not be part of",
            "not be included", "excluded from", "not be required", "not be responsible", "not be provided",
            "not be available", "not being offered", "is not offered", "are not offered", "no service level",
            "no longer",
        ])],
    ),
    promise_to_keep(
        "what stays, beside another thing",
        "Vendor agrees not to charge for, and not to withdraw, the Audit log.",
        &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Denied,
            Between(&["withdraw", "discontinue", "remove", "retire", "switch off"]),
        ],
    ),
    promise_to_keep(
        "what the vendor forbids itself",
        "Vendor forbids itself to withdraw the Audit log.",
        &[
            Says(&["forbid itself to", "forbids itself to"]),
            Says(&["withdraw", "suppress", "remove", "discontinue"]),
        ],
    ),
    promise_to_keep(
        "an end that is ruled out",
        "A removal of the Audit log is excluded for the duration of the contract.",
        &[
            Before(&["removal of", "discontinuation of", "withdrawal of", "retirement of", "suppression of"]),
            Says(&["is excluded", "are excluded", "shall be excluded", "is ruled out", "is not permitted"]),
        ],
    ),
    promise(
        "a level that is kept",
        "The response time of the Audit log shall not exceed three seconds.",
        &[
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
    ),
    promise_to_keep(
        "what may not end",
        "Vendor may not, without consent, discontinue the Audit log.",
        &[
            Of(&[Vendor, Feature]),
            Modal(&["may", "can"]),
            Denied,
            Verb(&[
                "be discontinued", "be removed", "be withdrawn", "be replaced", "be retired",
                "be deprecated", "be disabled", "discontinue", "remove", "reduce", "withdraw", "degrade",
                "disable", "retire", "deprecate", "cease", "end of life",
            ]),
        ],
    ),
    no_promise(
        "what is not needed",
        "The System need not take over the Audit log of the present operator.",
        &[Before(&["need not take over", "need not provide", "need not include", "need not support"])],
    ),
    promise_to_keep(
        "an end that shall not come",
        "Changes shall not lead to the removal of the Audit log.",
        &[Denied, Before(&["removal of", "discontinuation of", "withdrawal of", "loss of"])],
    ),
    promise(
        "what it is required not to do",
        "# Document\n\n## Requirements\n\n- The Audit log shall not delete what is under a legal hold.",
        &[
            Of(&[Feature, Product]),
            Modal(OBLIGES_THINGS),
            Denied,
            Verb(&[
                "accept", "alter", "block", "change", "delete", "display", "expose", "interrupt", "lose",
                "overwrite", "require", "send", "show", "store", "transmit",
            ]),
            Under(REQUIREMENTS),
        ],
    ),
    promise(
        "what is required not to stop it",
        "# Document\n\n## Requirements\n\n- The loss of a site shall not cause the Audit log to lose entries.",
        &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Denied,
            Verb(&["affect", "cause", "impair", "interrupt", "lead", "prevent", "result", "stop"]),
            Under(REQUIREMENTS),
        ],
    ),
    no_promise(
        "what is said to be the customer's duty",
        "It is your responsibility that the Audit log can be read.",
        &[
            Of(&[Customer, Product, Feature, Offer, Other]),
            Begins(&[
                "it is your responsibility", "it is your duty", "it is your task",
                "it is customer's responsibility", "it is the customer's responsibility",
            ]),
        ],
    ),
    no_promise("a denial", "Vendor shall not sell what is in the Audit log.", &[Denied]),
];
