//! What headings and the heads of tables make of what stands below them.

use super::words::{WordToken, phrases, says, tokens};

/// What a column of a table tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnRole {
    /// What is promised.
    Deliverable,
    /// By when.
    Deadline,
    /// The number of the row.
    Number,
    /// Whether it is promised: `yes`, `compliant`.
    Answer,
    /// Who does it.
    Party,
    /// Anything else, in the words of the head.
    Other(String),
}

/// What the headings above make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// Nothing.
    Plain,
    /// The document is one of requirements: `Statement of Work`.
    Titled,
    /// Requirements.
    Requirements,
    /// What is done in general: `Scope of services`.
    Scope,
    /// What there is: measures, what is new.
    Described,
    /// What is not promised.
    Excluded,
    /// Why a contract is made, and what was before: recitals, history.
    Recitals,
}

/// Where each sentence is one of what is asked for.
pub(super) const REQUIREMENTS: &[SectionKind] = &[SectionKind::Requirements];

/// Where what the vendor delivers is listed.
pub(super) const LISTED: &[SectionKind] =
    &[SectionKind::Requirements, SectionKind::Scope, SectionKind::Titled, SectionKind::Described];

const REQUIRED: &[&str] = &[
    "requirement", "deliverable", "order form", "statement of work", "service description", "work package",
    "commitment", "specification", "functionality", "functional scope", "scope of function",
    "function delivered", "included function", "function included", "item ordered", "items ordered",
    "ordered item", "ordered module", "module ordered", "what you get", "what you are getting",
    "what we deliver", "what we supply", "what we provide", "what is delivered", "what is included",
    "what will be delivered", "what is ordered", "what you receive", "what the service include",
    "what the subscription include", "promise", "promised",
];
/// What else than software a document orders: "Training order form".
const GOODS: &[&str] = &[
    "training order", "course order", "workshop order", "hardware order", "order form for training",
    "order form for hardware",
];
/// Headings under which each sentence asks for something.
pub(super) const ASKS: &[&str] = &["requirement", "specification", "functionality"];
/// Headings under which all is delivered that is listed.
const LISTS: &[&str] = &[
    "deliverable", "commitment", "in scope", "included feature", "included function", "what you get",
    "what we deliver", "what is included",
];
const SCOPE: &[&str] = &["scope", "feature", "service to be provided", "order", "description of service"];
const DESCRIBED: &[&str] = &[
    "measure", "function added", "functions added", "new in", "what is new", "improved", "improvement",
    "release note", "service level", "enhancement",
];
/// What there is on one day, and may be gone on the next: "Annex 2: state of measures at signature".
const AS_IS: &[&str] =
    &["at signature", "at the time of signature", "state of measure", "current state", "status quo"];
const EXCLUDED: &[&str] = &[
    "not included", "not ordered", "not purchased", "not covered", "not in scope", "out of scope",
    "exclusion", "excluded", "assumption", "definition", "outlook", "product direction", "forward looking",
    "future development", "roadmap", "optional", "option", "at extra charge", "at an extra charge",
    "at additional charge", "at an additional charge", "retired", "discontinued", "deprecated",
    "end of life", "dependencie", "prerequisite", "award criteria", "evaluation criteria",
    "evaluation of tender", "evaluation of offer", "evaluation of the offer", "evaluation of the tender",
    "training schedule", "training agenda", "training plan", "training programme", "training program",
    "course outline", "course content", "customer obligation", "obligation of customer",
    "obligation of the customer", "customer responsibilitie", "client responsibilitie",
];
/// What they are called as well, with nothing beside it: "Background checks" are none.
const HISTORIES: &[&str] = &[
    "background", "background information", "project background", "history", "history of change",
    "revision history", "document history", "background and purpose", "purpose and background",
    "background and objective", "background of the agreement", "background to the agreement",
    "background to this agreement", "introduction and background",
];
const NEITHER: &[&str] = &[
    "general", "scope of inspection", "scope of the inspection", "scope of audit", "scope of the audit",
    "scope of cover", "scope of insurance", "categories of data", "nature of the data", "nature of data",
    "data subject", "personal data", "data concerned", "type of data", "kind of data", "payment", "fee",
    "charge", "financial offer", "tariff", "pricing", "governing law", "termination", "miscellaneous",
    "notice", "warranty", "warrantie", "disclaimer", "confidentiality", "indemnification", "indemnity",
    "liability", "limitation", "price", "signature", "invoicing", "acceptance", "commercial",
    "contract term", "contractual", "legal", "penalty", "penaltie", "ownership", "insurance",
    "intellectual property", "license", "change control", "change order", "change management",
    "change request", "personnel", "subcontractor", "subcontracting", "performance standard",
    "responsibilitie", "assumption",
];

/// What recitals are called, whatever stands beside it.
const RECITALS: &[&str] = &["recital", "preamble", "wherea", "whereas"];

/// Words of those that may be what requirements are about: "Functional requirements", and below it "Notices".
const AMONG: &[&str] = &["notice", "permit"];

/// Heads of columns, by what they tell.
const COLUMNS: &[(ColumnRole, &[&str])] = &[
    (
        ColumnRole::Deadline,
        &[
            "date", "due", "deadline", "when", "by", "delivery", "milestone", "available from", "timing",
            "target date", "timeline", "completion", "availability",
        ],
    ),
    (
        ColumnRole::Answer,
        &[
            "response", "answer", "compliance", "conformity", "conformance", "fulfilment", "compliant",
            "supported", "comply", "y/n", "statement", "reply", "fulfilled", "agreed", "complied",
            "yes / no", "confirmed", "met", "in scope",
        ],
    ),
    (ColumnRole::Party, &["responsible", "responsibility", "owner", "party", "who"]),
    (
        ColumnRole::Deliverable,
        &[
            "deliverable", "requirement", "feature", "function", "functionality", "capability", "module",
            "description", "service", "product", "work", "scope", "task", "commitment", "what", "criterion",
            "criteria", "specification", "topic", "must", "shall",
        ],
    ),
    (ColumnRole::Number, &["no", "#", "id", "item", "ref", "number", "nr", "clause", "position", "pos"]),
];

/// The longest head of a column, in bytes.
const LONGEST_HEAD: usize = 60;

pub(super) fn section(heading: &str, level: u8, above: SectionKind) -> SectionKind {
    let words = tokens(heading);
    let is = |list: &'static [&'static str]| says(&words, list);
    // "Confidentiality", among measures, is one of them.
    // "Improve search functionality", as a privacy notice tells what data are for.
    const PURPOSES: [&str; 6] = ["to", "improve", "maintain", "personalise", "personalize", "provide"];
    let is_purpose = !LISTED.contains(&above)
        && words.first().is_some_and(|word| PURPOSES.contains(&&*word.stem))
        && words.get(1).is_none_or(|word| word.stem != "be");
    let is_measure = above == SectionKind::Described && is(&["confidentiality"]);
    if is_measure {
        above
    } else if is(EXCLUDED) {
        SectionKind::Excluded
    } else if is_of_recitals(&words) {
        SectionKind::Recitals
    } else if is(AS_IS) && level > 0 || is_purpose {
        SectionKind::Plain
    } else if is(DESCRIBED) && level > 0 {
        SectionKind::Described
    } else if is(NEITHER) && level > 0 && !(above == SectionKind::Requirements && is(AMONG)) {
        SectionKind::Plain
    } else if is(REQUIRED) || is(SCOPE) || is_of_order(&words) {
        match above {
            // "# Requirements" above a list; "Requirements contract" is a title.
            _ if level == 0 && is(GOODS) => above,
            _ if level == 0 && is_whole(&words, &["scope"]) => SectionKind::Scope,
            _ if level == 0 && !(is(ASKS) || is(LISTS)) => SectionKind::Titled,
            // The scope of an order is what is ordered.
            SectionKind::Titled | SectionKind::Requirements => SectionKind::Requirements,
            _ if is(REQUIRED) || is_of_order(&words) => SectionKind::Requirements,
            _ => SectionKind::Scope,
        }
    } else {
        above
    }
}

/// Whether a heading is of what is bought: "Subscribed modules", "Services included".
fn is_of_order(words: &[WordToken]) -> bool {
    const THINGS: &[&str] = &[
        "service", "subscription", "package", "licence", "license", "module", "function", "feature", "item",
        "component", "product", "application", "option", "capabilitie",
    ];
    const BOUGHT: &[&str] = &[
        "ordered", "subscribed", "included", "purchased", "licensed", "booked", "contracted", "comprised",
        "covered", "delivered", "in scope", "to be delivered", "to be provided", "to be supplied",
    ];
    says(words, THINGS) && says(words, BOUGHT)
}

/// Whether a heading is that of a part of a document, and of no whole one: "Definitions".
pub(super) fn is_of_part(heading: &str) -> bool {
    /// The most words of one.
    const LONGEST: usize = 3;
    const PARTS: &[&str] = &["definition", "out of scope", "exclusion", "assumption", "not included"];
    let words = tokens(heading);
    words.len() <= LONGEST && says(&words, PARTS) || is_of_recitals(&words)
}

/// Whether a text ends the recitals: "NOW, THEREFORE, the parties agree".
pub(super) fn ends_recitals(text: &str) -> bool {
    const AGREE: &[&str] = &[
        "now therefore", "now , therefore", "agree as follow", "partie agree", "therefore agree",
        "it is agreed",
    ];
    says(&tokens(text), AGREE)
}

/// Whether a heading is that of recitals, or of what was.
fn is_of_recitals(words: &[WordToken]) -> bool {
    /// The most words of one.
    const LONGEST: usize = 3;
    let named = words.iter().filter(|word| word.is_word()).count();
    named <= LONGEST && says(words, RECITALS) || is_whole(words, HISTORIES)
}

/// Whether some words are one of these, and nothing else but a number.
fn is_whole(words: &[WordToken], list: &'static [&'static str]) -> bool {
    let start =
        words.iter().take_while(|word| !word.is_word() || word.stem.len() == 1 || is_number(word)).count();
    let end = words.len() - words.iter().rev().take_while(|word| !word.is_word()).count();
    words.get(start..end).is_some_and(|words| phrases(list).at(words, 0) == Some(words.len()))
}

fn is_number(word: &WordToken) -> bool {
    word.stem.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether a line is called as sections are: "Scope of services", "Obligations of Customer".
pub(super) fn is_of_section(title: &str) -> bool {
    let words = tokens(title);
    [REQUIRED, SCOPE, DESCRIBED, EXCLUDED, NEITHER].iter().any(|list| says(&words, list))
        || is_of_order(&words)
}

/// Whether the rows of a table are lessons, which teach what they name, or people, who know of it: "Session | Topic | Date",
/// "Name | Role | Team".
pub(super) fn is_of_people(columns: &[ColumnRole]) -> bool {
    const LESSONS: &[&str] = &["session", "lesson", "trainer", "instructor", "speaker"];
    /// The whole head of a first column, of what nobody answers for.
    const COURSES: [&str; 4] = ["class", "course", "participant", "attendee"];
    let has = |wanted: &'static [&'static str]| {
        columns.iter().any(|column| matches!(column, ColumnRole::Other(head) if says(&tokens(head), wanted)))
    };
    let is_course = |column: &ColumnRole| matches!(column, ColumnRole::Other(head) if COURSES.contains(&&*head.to_ascii_lowercase()));
    has(LESSONS)
        || has(&["role", "job title", "grade"]) && has(&["name", "person", "individual", "consultant"])
        || columns.first().is_some_and(is_course) && !columns.contains(&ColumnRole::Answer)
}

/// The letter by which a document marks what is no more than an option, where it says so: "(O) marks options".
pub(super) fn option_mark<'t>(texts: impl Iterator<Item = &'t str>) -> Option<char> {
    const OPTIONS: [&str; 5] = ["option", "desirable", "desired", "nice to have", "nice-to-have"];
    /// How far behind the letter it says so, in bytes.
    const REACH: usize = 26;
    texts.into_iter().find_map(|text| {
        let letters = text.char_indices().filter(|(_, letter)| letter.is_ascii_uppercase());
        letters.into_iter().find_map(|(at, letter)| {
            let (before, behind) = (&text[..at], &text[at + 1..]);
            let is_mark = before.ends_with('(') && behind.starts_with(')')
                || behind.starts_with([' ', ':']) && !before.ends_with(char::is_alphanumeric) && {
                    let behind = behind.trim_start();
                    behind.starts_with(['=', ':', '–'])
                };
            let end = (0..=REACH.min(behind.len())).rev().find(|end| behind.is_char_boundary(*end))?;
            let said = behind[..end].trim_start_matches([')', ' ', '=', ':', '–']).to_ascii_lowercase();
            let said = ["are ", "is ", "marks ", "means ", "denotes "]
                .iter()
                .find_map(|verb| said.strip_prefix(verb))
                .unwrap_or(&said)
                .to_owned();
            (is_mark && OPTIONS.iter().any(|option| said.starts_with(option))).then_some(letter)
        })
    })
}

/// What the last words before a list make of its items, where they say so: "Here is what we said yes to:".
pub(super) fn led(lead: &str) -> Option<SectionKind> {
    const YES: &[&str] = &[
        "said yes to", "say yes to", "have promised", "we promised", "promised you", "we promise",
        "order the following", "ordered the following", "purchase the following", "purchased the following",
        "subscribe to the following", "following are ordered", "following is ordered",
        "following module are ordered", "following modules are ordered", "following item are ordered",
    ];
    const NO: &[&str] = &[
        "said no to", "say no to", "said maybe to", "said \" maybe \" to", "not include", "not included",
        "not covered", "out of scope", "excluded", "not part of", "not promised", "separate price",
        "at extra charge", "at additional charge", "are optional", "as options", "may be ordered",
        "can be ordered", "be called off", "categorie of data", "categorie of personal data",
        "categorie of data subject", "type of data", "type of personal data", "kind of data",
        "kind of personal data", "personal data are processed", "personal data is processed",
        "data are processed", "data is processed", "data subject",
    ];
    /// What leaves open whether it is delivered.
    const OPEN: &[&str] =
        &["not", "may", "can", "could", "optional", "option", "request", "if", "plan", "intend"];
    /// What a list of functions is announced by.
    const FUNCTIONS: &[&str] = &[
        "following function", "following functionality", "following functionalitie", "following feature",
        "following module", "following capabilitie", "following is included", "following are included",
    ];
    const HAS: &[&str] = &[
        "deliver", "delivered", "provide", "provided", "include", "included", "comprise", "offer", "supply",
        "supplie", "has", "have", "contain", "consist",
    ];
    /// The most words of a lead that stands for a heading.
    const LONGEST_LABEL: usize = 3;
    /// How many words at the end of the lead may say so.
    const LAST: usize = 8;
    let words = tokens(lead);
    let last = &words[words.len().saturating_sub(LAST)..];
    match (says(last, NO), says(last, YES)) {
        (true, _) => Some(SectionKind::Excluded),
        (_, true) => Some(SectionKind::Requirements),
        // "Deliverables:", which stands for a heading.
        _ if words.len() <= LONGEST_LABEL && (says(&words, REQUIRED) || says(&words, LISTS)) => {
            Some(SectionKind::Requirements)
        }
        _ if says(last, FUNCTIONS) && says(&words, HAS) && !says(&words, OPEN) => {
            Some(SectionKind::Requirements)
        }
        _ => None,
    }
}

/// What the columns of a table tell, where its first row says so.
pub(super) fn head(cells: &[String]) -> Option<Vec<ColumnRole>> {
    // "Availability of the Map | 99.7 %" tells no columns.
    let is_value = |cell: &String| cell.starts_with(|first: char| first.is_ascii_digit());
    if cells.len() < 2
        || cells.iter().any(|cell| cell.len() > LONGEST_HEAD)
        || cells.iter().skip(1).any(is_value)
    {
        return None;
    }
    let column = |cell: &String| {
        let words = tokens(cell);
        let has_digit = cell.bytes().any(|byte| byte.is_ascii_digit());
        let known = COLUMNS.iter().filter(|_| !has_digit && words.len() <= 7);
        let mut known = known.filter(|(_, list)| says(&words, list));
        known.next().map_or_else(|| ColumnRole::Other(cell.clone()), |(column, _)| column.clone())
    };
    let mut columns: Vec<ColumnRole> = cells.iter().map(column).collect();
    // "Requirement | Code | Comment", with the codes of answers.
    if !columns.contains(&ColumnRole::Answer)
        && let Some(at) = (1..cells.len()).find(|&at| cells[at].eq_ignore_ascii_case("code"))
    {
        columns[at] = ColumnRole::Answer;
    }
    let is_level = |cell: &String| {
        says(
            &tokens(cell),
            &[
                "level", "service level", "target", "engagement", "guaranteed", "uptime", "response time",
                "latency", "rpo", "rto",
            ],
        )
    };
    let is_known = columns.iter().any(|column| !matches!(column, ColumnRole::Other(_)))
        || cells.iter().skip(1).any(is_level)
        || is_of_people(&columns);
    // "Item" is what is promised where nothing else is.
    if !columns.contains(&ColumnRole::Deliverable)
        && let Some(at) = cells.iter().position(|cell| cell.eq_ignore_ascii_case("item"))
    {
        columns[at] = ColumnRole::Deliverable;
    }
    is_known.then_some(columns)
}
