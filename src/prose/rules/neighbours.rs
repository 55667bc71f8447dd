//! What stands around the name of a feature and makes another thing of it: its data, its documentation, a way to it.

use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise};
use crate::prose::sections::{LISTED, REQUIREMENTS};
use crate::prose::verbs::{ABOUT, CONTENTS, LESSONS, OBLIGES, OBLIGES_THINGS, TEACHES};

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    promise(
        "a row of levels",
        "| Service | Measure | Committed level |\n|--|--|--|\n| Audit log | response time | 2 seconds |",
        &[NoModal, Row, Levelled],
    ),
    promise(
        "what the vendor is responsible for",
        "Vendor shall be responsible for the delivery of the Audit log by 31 March 2027.",
        &[
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
    ),
    no_promise(
        "only named as an example",
        "Vendor shall maintain records such as the event log and the Audit log.",
        &[InExample],
    ),
    no_promise(
        "an example",
        "By way of example, Vendor shall provide the Audit log in a later phase.",
        &[Says(&["by way of example", "for illustration", "by way of illustration"])],
    ),
    no_promise(
        "what is taught",
        "The sessions will cover the Audit log.",
        &[Of(&[Other, Offer]), Subject(LESSONS), Verb(TEACHES)],
    ),
    promise(
        "what is required to be possible",
        "# Document\n\n## Requirements\n\n- It shall be possible to print a report of the Audit log.",
        &[Of(&[Other, Product, Offer]), Modal(OBLIGES_THINGS), Verb(&["be possible"]), Under(REQUIREMENTS)],
    ),
    promise(
        "what is required of its data",
        "# Document\n\n## Requirements\n\n- Audit log data shall be imported every night.",
        &[
            Of(&[Other, Feature]),
            Modal(OBLIGES_THINGS),
            Ahead,
            Handled,
            Behind(&["data", "update", "metadata", "change", "report"]),
            Under(REQUIREMENTS),
        ],
    ),
    no_promise("a part of another name", "Vendor shall deliver an Audit log strategy.", &[Behind(ABOUT)]),
    no_promise(
        "about it, in its place",
        "Vendor shall deliver a training of administrators for the Audit log.",
        &[Behalf(ABOUT)],
    ),
    no_promise("a part of a longer name", "Vendor shall provide Search staff.", &[Compound]),
    no_promise(
        "the customer's own",
        "Vendor shall connect to Customer's existing Audit log.",
        &[CustomersOwn],
    ),
    no_promise(
        "the vendor's own",
        "Vendor shall keep an Audit log of its employees' access to its offices.",
        &[Of(&[Vendor]), OfItsOwn],
    ),
    no_promise(
        "how its name is written",
        "Vendor shall write “Audit log” with a small l.",
        &[Of(&[Vendor]), Verb(&["write", "spell", "capitalise", "capitalize"]), Object, Behind(&["\""])],
    ),
    no_promise(
        "spoken of in general",
        "Vendor shall retain an audit log of all invoices.",
        &[Of(&[Vendor, Feature, Other]), General],
    ),
    no_promise(
        "trade in it",
        "Vendor shall promote the Audit log at fairs.",
        &[Verb(&["promote", "market", "resell", "advertise", "sell", "port", "train its", "train their"])],
    ),
    promise(
        "a repair with its day",
        "Vendor undertakes to correct the Audit log by 31 March 2027.",
        &[Of(&[Vendor]), Modal(OBLIGES), Verb(&["correct", "fix", "repair", "rectify", "resolve"]), Dated],
    ),
    no_promise(
        "repairs",
        "Vendor shall restore the Audit log where an update impairs it.",
        &[
            Of(&[Vendor]),
            Verb(&[
                "restore", "repair", "correct", "fix", "resolve", "rectify", "troubleshoot", "diagnose",
                "remedy",
            ]),
        ],
    ),
    no_promise(
        "a warranty of quality",
        "The Audit log will perform in accordance with the Documentation.",
        &[Verb(&[
            "perform in accordance", "perform materially", "perform substantially", "perform as",
            "conform to the documentation", "conform with the documentation", "conform to it",
            "conform to the specification", "conform with the specification", "conform in all",
            "conform materially", "conform substantially", "operate in accordance", "operate materially",
            "operate substantially", "be free", "be error", "function in accordance", "materially conform",
        ])],
    ),
    promise(
        "what is done by it",
        "# Document\n\n## Service description\n\nAll changes are recorded in the Audit log.",
        &[Of(&[Other]), Present, Bound],
    ),
    promise(
        "what is put in it",
        "Exhibits shall be kept in the Audit log.",
        &[
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
    ),
    promise(
        "a level of it",
        "We commit to a response time of three seconds for every entry in the Audit log.",
        &[
            Of(&[Vendor]),
            Modal(OBLIGES),
            Between(&[
                "response time", "load time", "answer time", "availability of", "uptime of", "latency of",
            ]),
            Before(&["in", "of", "for", "entry in", "use of"]),
        ],
    ),
    no_promise(
        "what its content is in law",
        "Entries of the Audit log shall be treated as confidential.",
        &[
            Of(&[Other]),
            Before(CONTENTS),
            Verb(&[
                "remain the", "remain confidential", "remain with", "belong", "be treated", "be owned",
                "be deemed", "be regarded", "be considered", "be subject", "be confidential",
                "be conclusive", "be deleted", "be destroyed", "be returned", "be handled", "be reported",
                "be notified", "be checked", "be reviewed", "be agreed", "constitute", "prevail", "serve",
            ]),
        ],
    ),
    promise(
        "what is in it",
        "Records created in the Audit log shall be passed to Customer's archive every hour.",
        &[Of(&[Other]), Modal(OBLIGES_THINGS), Ahead, Before(CONTENTS)],
    ),
    promise(
        "what becomes a part of it",
        "Changes of prices will be included in the Audit log from the first day.",
        &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Verb(&["be included", "be added", "be integrated", "be applied"]),
            Before(&["included in", "added to", "integrated in", "integrated into", "applied to"]),
        ],
    ),
    promise(
        "what an answer with yes is about",
        "Regarding the Audit log: yes, it will be live in May 2027.",
        &[
            Opens(&["regarding", "concerning", "as to", "as for", "about", "on"]),
            Behind(&[": yes", ", yes", ": confirmed", ": agreed", ": of course", ": sure", ": certainly"]),
        ],
    ),
    promise(
        "what is written to it",
        "The Platform shall write every change to the Audit log.",
        &[
            Of(&[Product]),
            Modal(OBLIGES_THINGS),
            Verb(&[
                "add", "append", "enter", "log", "pass", "push", "record", "save", "send", "store", "write",
            ]),
            Before(&["to", "in", "into"]),
        ],
    ),
    no_promise(
        "what a paper is about",
        "Vendor shall hand over a book with chapters on Search and the Audit log.",
        &[Excepted(&["chapter on", "section on", "slide on", "exercise on", "talk on"])],
    ),
    promise(
        "who gets at it",
        "Access to the Audit log shall be restricted to administrators.",
        &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Before(&["access to"]),
            Verb(&[
                "be controlled", "be given", "be granted", "be limited", "be possible", "be protected",
                "be provided", "be restricted",
            ]),
        ],
    ),
    no_promise(
        "about it, not it",
        "Vendor shall take care regarding the Audit log.",
        &[Before(&[
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
    ),
    no_promise(
        "only in what it depends on",
        "Vendor shall train users before the Audit log is switched on.",
        &[Within(&[
            "if", "when", "once", "after", "before", "until", "while", "where", "because", "as long as",
            "in case", "whenever", "to the extent", "as soon as", "without affecting", "in addition to",
            "instead of", "other than", "except for", "prior to", "during", "as set out", "as described",
            "that uses", "on which", "in which", "by which", "with which", "for which", "withdraw",
            "right to demonstrate", "right to market", "right to resell", "right to distribute", "who",
            "whether", "as well as in", "on how",
        ])],
    ),
    promise(
        "protected by it",
        "Vendor shall restrict access to the data by means of the Audit log.",
        &[
            Of(&[Vendor, Product]),
            Modal(OBLIGES),
            Verb(&[
                "protect", "secure", "restrict", "encrypt", "control", "authenticate", "permit", "allow",
                "enable", "connect", "import", "exchange", "synchronise", "synchronize",
            ]),
            Means,
        ],
    ),
    promise(
        "done by means of it",
        "# Document\n\n## Requirements\n\n- Accounts shall be created by the Audit log.",
        &[
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
    ),
    promise(
        "what is guaranteed of it",
        "For the Audit log an availability of 99.9 % is guaranteed.",
        &[Says(&["is guaranteed", "are guaranteed"]), Before(&["for", "of"])],
    ),
    promise(
        "what is required to be done by it",
        "# Document\n\n## Requirements\n\n- What is missing shall be completed by means of the Audit log.",
        &[Of(&[Other]), Modal(OBLIGES_THINGS), Happens, Means, Under(REQUIREMENTS)],
    ),
    no_promise(
        "a way to something else",
        "Vendor shall answer questions via the Audit log.",
        &[Of(&[Vendor, Feature, Offer, Other]), Within(&["through", "via", "by means of"])],
    ),
];
