//! What a sentence is by where it stands: under a heading, in a question, in a cell that answers.

use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise, promise_to_keep};
use crate::prose::sections::SectionKind;
use crate::prose::verbs::OBLIGES;

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    promise_to_keep(
        "what stays",
        "Vendor shall not discontinue, remove or materially reduce the Audit log.",
        &[
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
    ),
    no_promise(
        "under a heading of what is not promised",
        "# Out of scope\n\nVendor shall provide the Audit log for other tenants.",
        &[Under(&[SectionKind::Excluded])],
    ),
    no_promise(
        "told in the recitals",
        "# Document\n\n## Background\n\nThe Audit log is included in the Platform free of charge.",
        &[Under(&[SectionKind::Recitals]), Present],
    ),
    no_promise(
        "named in the recitals",
        "# Document\n\n## Recitals\n\n- Audit log, ordered on 31 March 2026",
        &[Under(&[SectionKind::Recitals]), NoModal],
    ),
    no_promise(
        "what others do in the recitals",
        "# Document\n\n## Background\n\nCustomer uses SSO and will take the Audit log into use in May.",
        &[Under(&[SectionKind::Recitals]), Of(&[Customer, Offer, Other])],
    ),
    no_promise(
        "a definition",
        "“Audit log” means the record of what users did, which Vendor shall keep.",
        &[Says(&[
            "\" means", "shall mean", "has the meaning", "refers to", "is defined as",
            "shall have the meaning", "the term \"",
        ])],
    ),
    no_promise(
        "a recital",
        "WHEREAS Vendor was to deliver the Audit log last year, the parties agree anew.",
        &[Opens(&["whereas", "( a ) whereas", "( b ) whereas", "( c ) whereas"])],
    ),
    no_promise("a question", "When will Vendor provide the Audit log?", &[Asked]),
    no_promise(
        "a question without its mark",
        "- Who will approve the Audit log in each store",
        &[Begins(&["who will", "what will", "when will", "how will", "where will", "which of"])],
    ),
    no_promise(
        "answered with no",
        "| Requirement | Compliant |\n|--|--|\n| Audit log | no |",
        &[Answer(&[
            "no", "not compliant", "not conform", "non conform", "not covered", "optional", "option",
            "not supported", "not met", "not fulfilled", "not available", "not offered", "not included",
            "not possible", "not applicable", "not foreseen", "not planned", "n/a", "none", "non", "n", "nc",
        ])],
    ),
    promise(
        "answered with when",
        "| Requirement | Compliant | Remark |\n|--|--|--|\n| Audit log | D | Will be delivered with release 4 |",
        &[
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
    ),
    no_promise(
        "answered with not yet",
        "| Requirement | Compliant |\n|--|--|\n| Audit log | planned |",
        &[Answer(&[
            "partial", "partially", "partly", "pc", "roadmap", "planned", "tbd", "under consideration",
        ])],
    ),
    no_promise(
        "a row for the customer",
        "# Deliverables\n\n| Deliverable | Responsible |\n|--|--|\n| Audit log settings | Customer |",
        &[CustomersRow],
    ),
    promise(
        "answered with yes",
        "| Requirement | Compliant |\n|--|--|\n| Audit log | yes |",
        &[Answer(&[
            "yes", "compliant", "fully", "comply", "complie", "supported", "available", "y", "c", "cc", "fc",
            "included", "standard", "std", "s", "met", "confirmed", "will comply", "will be", "delivered",
            "in place", "fulfilled", "fulfil", "meet", "satisfied", "satisfie", "possible", "we comply",
            "we confirm", "we do", "we have", "we offer", "we provide", "we support", "we fulfil", "we meet",
            "by", "by means of", "through", "via", "out of the box", "native", "natively", "agreed",
            "accepted", "implemented", "is met", "is fulfilled", "are fulfilled", "is supported",
            "is included", "is available", "complied", "configurable", "conform", "done", "guaranteed", "ok",
            "okay", "present", "provided", "✓", "✔", "☑", "✅",
        ])],
    ),
    promise(
        "answered with what is included",
        "| Requirement | Answer |\n|--|--|\n| Log of changes | Audit log included |",
        &[Row, Behind(&["included", "is included", "supported", ": included", ": yes", ": supported"])],
    ),
    no_promise(
        "answered with neither yes nor no",
        "| Requirement | Compliant |\n|--|--|\n| Audit log | see our letter |",
        &[Answered],
    ),
    no_promise(
        "words that are quoted",
        "Statements such as “you will have Search by May” are not made.",
        &[Opens(&[
            "sentence such as", "sentence like", "statement such as", "statement like", "phrase such as",
            "phrase like", "wording such as", "wording like",
        ])],
    ),
];
