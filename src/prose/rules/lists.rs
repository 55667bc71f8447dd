//! What is listed: rows, items and lines without a modal verb.

use crate::prose::answers::ASKED_AND_ANSWERED;
use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise};
use crate::prose::sections::{REQUIREMENTS, SectionKind};
use crate::prose::verbs::{OBLIGES, OBLIGES_THINGS};

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    no_promise(
        "a cell that says no",
        "| Function | Remark |\n|--|--|\n| Audit log | not foreseen |",
        &[
            Row,
            Cell(&[
                "not included", "not foreseen", "not planned", "not available", "not offered", "not ordered",
                "not in scope", "not part", "not covered", "not delivered", "not possible", "not supported",
                "not required", "not yet", "option", "optional", "quoted only", "no longer", "none", "no",
                "n/a", "discontinued", "excluded", "retired", "withdrawn", "out of scope", "removed",
                "deleted", "cancelled", "declined", "dropped", "waived", "postponed", "deferred",
            ]),
        ],
    ),
    no_promise(
        "a sentence about a party",
        "# Document\n\n## Deliverables\n\n- Customer is not buying the Audit log",
        &[NoModal, Listed, OfParty],
    ),
    no_promise(
        "a task about it",
        "| Task | Owner |\n|--|--|\n| Prepare Audit log | Vendor |",
        &[
            NoModal,
            Before(&[
                "test", "testing", "send", "review", "clarify", "discuss", "check", "decide on", "decide",
                "prepare", "define", "document", "present", "evaluate", "accept", "acceptance of", "approve",
                "configure customer", "use", "operate", "price for",
            ]),
        ],
    ),
    no_promise(
        "a step of both",
        "# Scope of work\n\n| Milestone | Due |\n|--|--|\n| Kick-off for the Audit log | 1 March 2027 |",
        &[NoModal, Listed, Says(&["kick off", "kickoff", "steering committee"])],
    ),
    promise(
        "a change of it by the vendor",
        "| Task | Owner |\n|--|--|\n| Make the colours of the Audit log adjustable | Vendor |",
        &[
            NoModal,
            VendorsRow,
            Cell(&[
                "make", "add", "extend", "enable", "adapt", "adjust", "improve", "change", "put", "fix",
                "correct", "repair", "speed up", "reduce", "increase", "build", "implement", "deliver",
                "provide", "release", "accelerate", "expand", "expose", "raise", "shorten",
            ]),
        ],
    ),
    no_promise(
        "a part of what is listed",
        "- Keyboards for the Audit log: 31 March 2027",
        &[NoModal, Dependent],
    ),
    no_promise(
        "noted, and no more",
        "# Document\n\n## Deliverables\n\n- Audit log: Vendor takes note of the wish",
        &[NoModal, Says(&["take note of the wish", "take note of the request", "; no promise"])],
    ),
    no_promise(
        "being considered",
        "# Document\n\n## Deliverables\n\n- Audit log: is being considered for 2027",
        &[NoModal, Behind(&["is being considered", ": is being considered", ": being considered"])],
    ),
    promise(
        "a row of requirements",
        "# Scope of work\n\n| Deliverable | Delivery date |\n|--|--|\n| Audit log | 31 March 2027 |",
        &[NoModal, Row, Under(&[SectionKind::Requirements, SectionKind::Scope, SectionKind::Titled])],
    ),
    promise(
        "listed among requirements",
        "# Document\n\n## Deliverables\n\n- Audit log by 31 March 2027",
        &[NoModal, Listed, Under(&[SectionKind::Requirements, SectionKind::Scope])],
    ),
    promise(
        "what it is called, and what it does",
        "# Document\n\n## Functions included\n\n- Audit log: what was changed will stay, and be shown.",
        &[Listed, Under(REQUIREMENTS), Heads, Behind(&[":"])],
    ),
    no_promise(
        "only planned",
        "- Audit log: 31 March 2027 (planned)",
        &[
            NoModal,
            Says(&[
                "planned", "tentative", "indicative", "target", "estimated", "expected", "under development",
                "under consideration", "on our roadmap", "on the roadmap", "subject to change",
                "not committed", "in discussion", "to be confirmed", "to be agreed", "to be clarified",
                "tbd", "tbc",
            ]),
        ],
    ),
    no_promise(
        "how it was",
        "# Document\n\n## Service levels\n\n- The Audit log handled four billion entries last year.",
        &[NoModal, Behind(&["was", "were", "had", "handled", "processed", "averaged", "achieved"])],
    ),
    promise(
        "a row that names the vendor",
        "| Task | Owner |\n|--|--|\n| Audit log for the ward | Vendor |",
        &[NoModal, VendorsRow],
    ),
    promise(
        "a delivery with its day",
        "| Who | What | Until |\n|--|--|--|\n| Amari | Switch on Search for the north | 30 March |",
        &[NoModal, Row, Cell(&["deliver", "delivery of", "release", "switch on"]), Dated],
    ),
    promise(
        "said to have been promised",
        "Vendor confirmed the Audit log for 31 March 2027.",
        &[NoModal, OfParty, Bound, Before(&["confirmed", "promised", "pledged", "committed to"])],
    ),
    promise(
        "its day beside it",
        "Audit log: live by 31 March 2027, you have my word.",
        &[NoModal, Heads, Dated],
    ),
    promise(
        "what a milestone is",
        "Milestone 2 (1 May 2027): Audit log live in production.",
        &[NoModal, Opens(&["deliverable", "milestone", "work package"]), Before(&[":"])],
    ),
    promise(
        "the day of its delivery",
        "Delivery of the Audit log: 1 May 2027.",
        &[
            NoModal,
            Dated,
            Before(&[
                "delivery of", "release of", "handover of", "go live of", "activation of", "availability of",
            ]),
        ],
    ),
    promise(
        "answered behind it",
        "Audit log down to each field: compliant.",
        &[NoModal, Heads, Says(&[": compliant", ": complied", ": complie", ": comply", ": fully"])],
    ),
    promise(
        "asked, and answered with yes",
        "An Audit log? Yes, that is in.",
        &[NoModal, Says(ASKED_AND_ANSWERED)],
    ),
    promise(
        "words that an amendment adds",
        "In clause 4, the words “and the Audit log” are inserted behind “Search”.",
        &[
            Says(&["the word", "following word"]),
            Says(&["is inserted", "are inserted", "is added", "are added"]),
        ],
    ),
    promise(
        "what is added by an amendment",
        "Schedule 2 is amended by adding the Audit log.",
        &[
            NoModal,
            Before(&["adding", "the addition of", "the insertion of", "inserting"]),
            Says(&["is amended", "are amended", "is hereby amended", "are hereby amended", "is extended"]),
        ],
    ),
    promise(
        "among what there is",
        "# Document\n\n## What is new in 9.0\n\n- Audit log: entries made at sea synchronise in port",
        &[Listed, Under(&[SectionKind::Described]), Heads],
    ),
    no_promise(
        "what a price covers",
        "# Prices\n\n| Item | Price per year |\n|--|--|\n| Audit log | included in the subscription |",
        &[NoModal, Row, Priced, Under(&[SectionKind::Plain])],
    ),
    promise(
        "a cell that says yes",
        "| Topic | Outcome |\n|--|--|\n| Audit log | included from the first day |",
        &[
            NoModal,
            Row,
            Heads,
            Cell(&[
                "included", "ordered", "yes", "confirmed", "compliant", "standard", "agreed", "we confirm",
                "in scope",
            ]),
        ],
    ),
    promise(
        "what is said to be there",
        "- Audit log: yes, from the first day",
        &[
            NoModal,
            Behind(&[
                "included", "confirmed", "is yours", ": yes", ": included", ": supported", ": in scope",
                ": available", ": always", ": confirmed", ": standard", ": done", "at no extra",
                "at no additional", "at no charge", "at no cost", "free of charge", "without extra charge",
            ]),
        ],
    ),
    promise(
        "what is said to be included",
        "Included at no charge: the Audit log.",
        &[
            NoModal,
            Opens(&[
                "our promise :", "our commitment :", "promised :", "commitment :", "guaranteed :",
                "included", "included in", "included at", "delivery time", "delivery date", "including",
            ]),
        ],
    ),
    no_promise(
        "what people have to do",
        "# Document\n\n## Requirements\n\n- The agents of the town shall enter the hours in the Audit log.",
        &[Of(&[Other]), Users, Modal(OBLIGES)],
    ),
    promise(
        "what is required to happen with it",
        "# Document\n\n## Requirements\n\n- New files shall appear in the Audit log.",
        &[
            Of(&[Other]),
            Modal(OBLIGES_THINGS),
            Happens,
            Before(&["in", "into", "to", "from"]),
            Under(REQUIREMENTS),
        ],
    ),
];
