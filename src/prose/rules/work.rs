//! What people do about a feature, and is no delivery of it: lessons, repairs, fees, talk, its end.

use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise};
use crate::prose::verbs::{LESSONS, OBLIGES, WORK};

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    no_promise(
        "work of people",
        "Vendor will provide the following Services: (a) train users in the Audit log; and (b) set up the Audit log.",
        &[Services, Begins(WORK)],
    ),
    no_promise(
        "a licence",
        "Vendor grants Customer a right to access and use the Service and the Audit log.",
        &[Of(&[Vendor]), Between(&["right to", "right and licence", "licence to", "license to"])],
    ),
    no_promise(
        "help of people",
        "Vendor's consultants will help to set up the Audit log.",
        &[
            Of(&[Vendor]),
            Verb(&[
                "help", "employ", "station", "hire", "appoint", "designate", "migrate", "name", "nominate",
                "load the", "load your", "load customer", "assist", "coach", "attend", "accompany",
                "instruct", "second", "depute", "dispatch",
            ]),
        ],
    ),
    no_promise(
        "lessons of people",
        "Vendor's consultants will run two workshops on site to configure the Audit log.",
        &[
            Of(&[Vendor]),
            Verb(&["run", "hold", "conduct", "organise", "organize", "lead", "host", "give"]),
            Between(LESSONS),
        ],
    ),
    no_promise(
        "done by hand",
        "Until then Vendor will export the Audit log by hand.",
        &[Of(&[Vendor]), Behind(&["by hand", "manually"])],
    ),
    no_promise(
        "what who buys does at home",
        "We will move our own people over to the Audit log, and test it in May.",
        &[Of(&[Vendor]), Verb(&["clean up", "tidy up", "move our", "migrate our", "brief our", "train our"])],
    ),
    no_promise(
        "work on what is the customer's",
        "Vendor shall configure the Audit log against Customer's directory.",
        &[
            Of(&[Vendor]),
            Verb(&["configure", "set up", "connect", "install", "integrate", "map", "adapt"]),
            OnCustomers,
        ],
    ),
    promise(
        "kept at a level",
        "Vendor will keep the Audit log available for at least 99.9 % of each month.",
        &[Of(&[Vendor]), Modal(OBLIGES), Verb(&["keep", "maintain", "make", "hold"]), Object, Measured],
    ),
    no_promise(
        "a service level",
        "The Platform shall be available 99.9 % of the time, the Audit log aside.",
        &[Of(&[Vendor, Product, Other, Customer, Offer]), Measured],
    ),
    no_promise(
        "fees and remedies",
        "Vendor shall invoice the Audit log once a year.",
        &[Verb(&[
            "invoice", "charge", "bill", "pay", "credit", "refund", "reimburse", "compensate", "price",
            "be charged", "be invoiced", "be billed", "be paid", "be payable", "cost", "be priced",
            "be subject", "increase the fee",
        ])],
    ),
    no_promise(
        "indemnity and confidentiality",
        "Vendor shall hold the Audit log in confidence.",
        &[
            Of(&[Vendor, Customer, Offer, Other]),
            Verb(&[
                "indemnify", "defend", "hold", "be liable", "treat", "protect", "keep confidential",
                "be confidential", "retain all right", "own", "retain ownership", "be owned", "retain title",
                "remain the", "retain all intellectual", "retain all proprietary", "retain all title",
                "retain all ownership", "retain all copyright",
            ]),
        ],
    ),
    no_promise(
        "kept secret",
        "Vendor shall keep what is seen in the Audit log confidential.",
        &[
            Verb(&["keep", "hold", "maintain"]),
            Behind(&[
                "confidential", "strictly confidential", "secret", "private", "in confidence", "to herself",
                "to himself", "to itself",
            ]),
        ],
    ),
    no_promise(
        "secrecy about it",
        "Vendor shall keep secret what has been typed into the Audit log.",
        &[Told(&["keep secret", "keep confidential"])],
    ),
    no_promise(
        "talk",
        "Vendor will notify Customer of changes and discuss the Audit log with it.",
        &[
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
    ),
    no_promise(
        "talked about",
        "The Audit log will be discussed by the steering committee.",
        &[Verb(&[
            "be discussed", "be asked", "be invited", "be announced", "be assessed", "be clarified",
            "be decided", "be demonstrated", "be evaluated", "be presented", "be rated", "be scored",
            "be weighted", "be reviewed", "be described", "be used", "be considered", "be documented",
            "be subject", "be responsible", "be treated", "be handled", "be trained", "be instructed",
            "be taught", "be informed", "be named", "be nominated", "be appointed", "be briefed",
        ])],
    ),
    promise(
        "its level",
        "The availability of the Audit log is at least 99.5 % per month.",
        &[
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
    ),
    no_promise(
        "what is said about it",
        "Yes, the Audit log is tested once a year by a third party.",
        &[Remarked],
    ),
    no_promise(
        "given back",
        "Vendor will return the Audit log to Customer.",
        &[Of(&[Vendor]), Verb(&["return"])],
    ),
    no_promise(
        "an end of it",
        "Vendor will retire the Audit log at the end of 2027.",
        &[
            Of(&[Vendor, Customer, Product, Offer, Other]),
            Verb(&[
                "terminate", "suspend", "discontinue", "withdraw", "remove", "retire", "sunset", "delete",
                "disable", "deprecate", "replace",
            ]),
        ],
    ),
    no_promise(
        "its end",
        "The Audit log will be retired at the end of 2027.",
        &[Verb(&[
            "be discontinued", "be retired", "be removed", "be withdrawn", "be suspended", "be deprecated",
            "be disabled", "be deleted", "end", "expire", "lapse", "cease", "stop", "be replaced",
            "be returned", "be sent back", "be handed back", "be given back",
        ])],
    ),
    no_promise(
        "what another delivers",
        "The Audit log is delivered by a third party.",
        &[Of(&[Feature, Other]), ByOther],
    ),
];
