//! What the customer and its people get, may and have to do, and what can be done at all.

use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise};
use crate::prose::sections::{LISTED, REQUIREMENTS};
use crate::prose::verbs::{CAN, LEAVES_OPEN, OBLIGES, OBLIGES_THINGS, RECEIVES, USED};

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    no_promise(
        "a right over the vendor",
        "Customer shall be entitled to inspect the Audit log of a subcontractor.",
        &[
            Of(&[Customer, Other]),
            Between(&[
                "inspect", "audit", "verify", "terminate", "withhold", "reject", "reduce", "suspend",
                "cancel", "claim", "object",
            ]),
        ],
    ),
    no_promise(
        "what the customer gets for it",
        "Customer shall obtain the keys for the Audit log from its bank.",
        &[Of(&[Customer]), Modal(OBLIGES), Dependent],
    ),
    promise(
        "the customer receives",
        "Customer shall receive the Audit log by 31 March 2027.",
        &[Of(&[Customer]), Modal(OBLIGES), Verb(RECEIVES)],
    ),
    promise(
        "the customer will have it",
        "You will have Search on the first day.",
        &[Of(&[Customer]), Modal(&["will", "shall"]), Verb(&["have"]), Object],
    ),
    promise(
        "the customer is entitled",
        "Customer is entitled to the Audit log from the first day.",
        &[
            Of(&[Customer, Other]),
            Users,
            Modal(&["is entitled", "are entitled", "has the right", "have the right"]),
        ],
    ),
    promise(
        "what is required that users can do",
        "# Document\n\n## Requirements\n\n- Users can look at the Audit log.",
        &[Of(&[Customer, Other]), Users, Modal(CAN), Under(REQUIREMENTS)],
    ),
    promise(
        "the customer gets",
        "# Document\n\n## Service description\n\nWith the Service, Customer receives the Audit log.",
        &[Of(&[Customer]), Present, Bound],
    ),
    promise(
        "the customer counts on it",
        "You can count on the Audit log being there by 31 March 2027.",
        &[Of(&[Customer]), Modal(&["can", "may"]), Verb(&["count on", "rely on", "be sure", "expect"])],
    ),
    no_promise(
        "what is said through it",
        "Support can be reached through the Audit log.",
        &[
            Of(&[Customer, Other]),
            Modal(CAN),
            Verb(&[
                "contact", "request", "report", "submit", "place", "order", "pay", "cancel", "raise", "open",
                "notify", "give", "send", "terminate", "be contacted", "be requested", "be reported",
                "be submitted", "be placed", "be ordered", "be paid", "be cancelled", "be raised",
                "be opened", "be notified", "be given", "be sent", "be reached", "be made",
            ]),
        ],
    ),
    promise(
        "what is required that can be done to something",
        "# Document\n\n## Requirements\n\n- Photos can be attached to each entry of the Audit log.",
        &[Of(&[Other]), Modal(CAN), Handled, Under(REQUIREMENTS)],
    ),
    promise(
        "what can be done",
        "All auditors shall have access to the Audit log.",
        &[
            Of(&[Other]),
            Modal(OBLIGES),
            Verb(&["have access", "have use", "have the use", "be able", "be entitled"]),
        ],
    ),
    no_promise(
        "a limit of use",
        "Users may export the Audit log solely for internal purposes.",
        &[
            Of(&[Customer, Other]),
            Modal(&["can", "may", "is able", "are able"]),
            Says(&[
                "solely", "only for", "only to", "only in", "only if", "only with", "for the purpose of",
                "own risk", "own cost", "own expense", "own responsibility", "license to", "licence to",
                "right to use",
            ]),
        ],
    ),
    no_promise(
        "at the customer's risk",
        "The Audit log is sent at Customer's own risk.",
        &[Of(&[Feature, Product]), Present, Says(&["own risk"])],
    ),
    promise(
        "how users are required to sign in",
        "# Document\n\n## Requirements\n\n- Users shall be logged on via the Audit log.",
        &[
            Of(&[Customer]),
            People,
            Modal(OBLIGES_THINGS),
            Means,
            Verb(&[
                "authenticate", "be authenticated", "be logged", "be signed", "log in", "log on", "sign in",
                "sign on",
            ]),
            Under(REQUIREMENTS),
        ],
    ),
    promise(
        "what the vendor ensures to be possible",
        "Vendor ensures that the Audit log can be searched.",
        &[Of(&[Customer, Feature, Product, Other]), Ensured, Modal(CAN)],
    ),
    no_promise(
        "the customer's part",
        "Customer shall review the Audit log monthly, and will switch it off at its own risk.",
        &[Of(&[Customer])],
    ),
    promise(
        "what can be done to it",
        "# Document\n\n## Requirements\n\n- The Audit log can be exported by administrators.",
        &[Of(&[Feature]), Modal(CAN), Verb(USED), Under(LISTED)],
    ),
    promise(
        "what is done so that it can be used",
        "Vendor shall extend the list so that the Audit log can be exported.",
        &[
            Of(&[Feature]),
            Modal(CAN),
            Verb(&[
                "be accessed", "be downloaded", "be exported", "be read", "be searched", "be seen", "be used",
            ]),
            Says(&["so that", "such that"]),
        ],
    ),
    promise(
        "what the product can do",
        "# Document\n\n## Requirements\n\n- The Platform is able to keep an Audit log.",
        &[Of(&[Product]), Modal(CAN), Under(LISTED)],
    ),
    no_promise(
        "what who buys needs",
        "We must have the Audit log by 31 March 2027.",
        &[
            Of(&[Vendor]),
            Subject(&["we"]),
            Modal(&["must", "need to", "have to"]),
            Verb(&["have", "get", "know", "receive", "see"]),
        ],
    ),
    promise(
        "what the vendor can promise",
        "We can confirm the Audit log for 31 March 2027.",
        &[Of(&[Vendor]), Modal(CAN), Verb(&["confirm"]), Before(&["confirm"])],
    ),
    no_promise(
        "left to chance",
        "The Audit log will probably be released in 2027.",
        &[Told(&[
            "will probably", "will likely", "will most likely", "will presumably", "will hopefully",
            "will possibly", "will perhaps", "shall probably",
        ])],
    ),
    no_promise(
        "what is asked for in a letter",
        "Please confirm that the Audit log will be available in May.",
        &[Opens(&[
            "please confirm", "please let", "please tell", "please check", "please say", "please advise",
            "please send", "kindly confirm", "could you", "can you",
        ])],
    ),
    no_promise("left open", "Vendor intends to release the Audit log in 2027.", &[Modal(LEAVES_OPEN)]),
];
