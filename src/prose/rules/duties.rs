//! Who or what is obliged: the vendor, the product, the feature, anything else.

use crate::prose::conditions::{Condition, ModalSubject, Rule, no_promise, promise};
use crate::prose::sections::{LISTED, REQUIREMENTS};
use crate::prose::verbs::{DUTIES, OBLIGES, OBLIGES_THINGS, PAPERS, TEACHES};

use Condition::*;
use ModalSubject::*;

pub(super) const RULES: &[Rule] = &[
    promise(
        "the vendor undertakes",
        "Vendor shall provide the Audit log by 31 March 2027.",
        &[Of(&[Vendor]), Modal(OBLIGES)],
    ),
    no_promise(
        "a duty that ends",
        "Vendor's obligation to keep the Audit log ends with this Agreement.",
        &[
            Modal(DUTIES),
            Says(&[
                "end with", "end when", "end upon", "end on", "expire", "cease", "lapse", "is cancelled",
                "are cancelled", "is excluded",
            ]),
        ],
    ),
    promise(
        "the vendor's duty",
        "It is Vendor's obligation to deliver the Audit log.",
        &[Of(&[Vendor]), Modal(DUTIES)],
    ),
    no_promise(
        "how it is at present",
        "# Document\n\n## Service description\n\nThe Audit log currently records the log-ins of administrators.",
        &[
            Present,
            Says(&[
                "currently", "at the time of signature", "at the time of signing", "at the date of",
                "at present", "presently", "at this stage", "already live", "already in use",
                "was rewritten in", "was introduced in", "was launched in", "was added in",
                "was developed in",
            ]),
        ],
    ),
    promise(
        "what the vendor does",
        "Throughout the Term, Vendor keeps the Audit log.",
        &[Of(&[Vendor]), Present, Bound],
    ),
    promise(
        "the product or the feature will",
        "The Services will include the Audit log.",
        &[Of(&[Product, Feature]), Modal(OBLIGES_THINGS)],
    ),
    no_promise(
        "what is written",
        "The price list shall include the Audit log and the Search.",
        &[Of(&[Feature, Offer, Product, Other]), Subject(PAPERS), Verb(TEACHES)],
    ),
    promise(
        "what shall include it",
        "The scope of delivery shall include the Audit log.",
        &[Of(&[Other]), Modal(OBLIGES), Verb(&["include", "contain", "comprise", "cover"])],
    ),
    promise(
        "what the product includes",
        "The Platform includes the Audit log.",
        &[Of(&[Product, Offer]), Present, Verb(&["include", "contain", "comprise", "cover"])],
    ),
    promise(
        "what the product has",
        "# Document\n\n## Service description\n\nThe Platform supports the Audit log.",
        &[Of(&[Product]), Present, Bound],
    ),
    no_promise(
        "whose duty it is",
        "# Document\n\n## Service description\n\nThe Audit log remains the duty of the data centre.",
        &[Present, Behind(&["remain the", "remain a"]), Told(&["duty", "responsibility"])],
    ),
    no_promise(
        "what it is worth",
        "# Document\n\n## Service description\n\nThe Audit log is an estimate and no proof.",
        &[Present, Behind(&["is an estimate", "are estimate", "is a guide", "is indicative"])],
    ),
    promise(
        "what the feature is",
        "The Audit log is included in the Enterprise edition.",
        &[Of(&[Feature, Offer]), Present, Bound],
    ),
    promise(
        "what people receive",
        "Auditors shall receive the Audit log when a plan is changed.",
        &[
            Of(&[Other]),
            Users,
            Modal(OBLIGES),
            Verb(&["receive", "be given", "be provided", "get", "be granted"]),
        ],
    ),
    promise(
        "what access requires",
        "# Document\n\n## Requirements\n\n- Access from outside shall require the Audit log.",
        &[
            Of(&[Other]),
            Modal(OBLIGES),
            Verb(&["require", "use"]),
            Under(LISTED),
            Says(&["access", "log in", "login", "sign in", "authentication"]),
        ],
    ),
    promise(
        "what comes from it",
        "# Document\n\n## Requirements\n\n- Positions from the Audit log shall be displayed within a minute.",
        &[
            Of(&[Other]),
            Modal(OBLIGES),
            Verb(&["be displayed", "be shown", "be exported", "be transmitted"]),
            Before(&["from", "by"]),
            Under(LISTED),
        ],
    ),
    promise(
        "what there will be",
        "There shall be an Audit log for each tenant.",
        &[Of(&[Offer]), Modal(OBLIGES_THINGS)],
    ),
    promise(
        "what shall be delivered",
        "All changes shall be recorded in the Audit log.",
        &[Of(&[Vendor, Product, Feature, Other]), Modal(OBLIGES), Delivered],
    ),
    promise(
        "what is required to be done to something",
        "# Document\n\n## Requirements\n\n- Files shall be moved into the Audit log.",
        &[Of(&[Other]), Modal(OBLIGES_THINGS), Handled, Under(REQUIREMENTS)],
    ),
    promise(
        "what is done in it",
        "Every edit to a draft will be captured in the Audit log.",
        &[Of(&[Other]), Modal(OBLIGES_THINGS), Handled, Before(&["in", "into", "to"])],
    ),
    promise(
        "a time that is required",
        "# Document\n\n## Requirements\n\n- A run of the Audit log must be finished within two minutes.",
        &[Of(&[Other]), Modal(OBLIGES_THINGS), Timed, Under(REQUIREMENTS)],
    ),
    promise(
        "who gets it",
        "Haldane will get the Audit log from the first day.",
        &[Of(&[Other]), Modal(&["will", "shall"]), Verb(&["get the", "be getting the"])],
    ),
    promise(
        "said yes to",
        "Confirmed on the Audit log: auditors read it on their phones.",
        &[
            Opens(&[
                "yes ,", "yes :", "yes .", "yes !", "yes —", "confirmed", "absolutely", "certainly",
                "of course", "agreed", "sure ,",
            ]),
            Behind(&[":", "is included", "are included", "is in", "is part", "is yours", "remain", "stay"]),
        ],
    ),
];
