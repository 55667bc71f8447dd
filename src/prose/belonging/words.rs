//! The words by which it is told what a day, a beta or a platform is said of.

/// Words that say of a feature that it is delivered, and those of grammar: beside them nothing else is spoken of.
pub(super) const PLAIN: &[&str] = &[
    "the", "a", "an", "this", "these", "those", "such", "it", "its", "their", "our", "your", "we", "you",
    "they", "them", "us", "all", "any", "each", "every", "both", "shall", "will", "must", "to", "be", "is",
    "are", "for", "of", "in", "on", "by", "at", "with", "within", "from", "as", "under", "into", "per", "no",
    "later", "than", "latest", "and", "or", "also", "hereby", "then", "deliver", "delivered", "delivery",
    "provide", "provided", "provision", "supply", "supplied", "give", "given", "make", "made", "available",
    "availability", "offer", "offered", "enable", "enabled", "delivering", "providing", "making", "put",
    "operation", "service", "yes", "compliant", "ship", "shipped", "release", "released", "launch",
    "launched", "implement", "implemented", "include", "included", "install", "installed", "complete",
    "completed", "completion", "live", "ready", "active", "activated", "activate", "deploy", "deployed",
    "furnish", "furnished", "introduce", "introduced", "go", "come", "place", "due", "date", "deadline",
    "day", "operational", "usable", "accessible", "receive", "get", "have", "obtain", "access", "rollout",
    "roll", "rolled", "out", "hand", "handed", "over", "feature", "function", "module", "component",
    "deliverable", "new", "whole", "entire", "full", "respectively",
];

/// Verbs of what is kept over a time.
pub(super) const KEEPS: &[&str] = &[
    "keep", "kept", "maintain", "maintained", "operate", "operated", "operating", "host", "hosted", "run",
    "running", "remain", "stay", "retain", "retained", "continue", "continued", "supported", "sustain",
];

/// Words beside them of what is kept, and for whom.
pub(super) const KEPT: &[&str] = &[
    "operation", "production", "unchanged", "user", "tenant", "site", "location", "customer", "client",
    "current", "existing",
];

/// Verbs of what is done at one time.
pub(super) const RELEASES: &[&str] = &[
    "deliver", "delivered", "delivery", "ship", "shipped", "release", "released", "launch", "launched",
    "introduce", "introduced", "complete", "completed", "implement", "implemented", "install", "installed",
    "roll", "rolled", "develop", "developed", "build", "built", "add", "added", "extend", "extended",
];

/// Verbs of delivery, which with another object deliver something else.
pub(super) const DELIVERS: &[&str] = &[
    "deliver", "provide", "supply", "give", "make", "offer", "enable", "ship", "release", "launch",
    "implement", "install", "deploy", "introduce", "activate", "maintain", "operate", "host", "keep", "run",
    "grant", "complete",
];

/// Verbs of something else.
pub(super) const OTHER_VERBS: &[&str] = &[
    "train", "teach", "follow", "take", "begin", "start", "end", "pay", "send", "migrate", "convert", "test",
    "review", "sign", "occur", "expire", "apply", "join", "move", "accept", "report", "inform", "notify",
    "tell", "meet", "assist", "help", "advise", "consult", "answer", "design", "document", "write",
    "configure", "set", "onboard", "invoice", "bill", "order", "transfer", "import", "clean", "perform",
    "conduct", "hold", "visit", "hire", "appoint", "submit", "prepare", "present", "show", "demonstrate",
    "explain", "approve", "agree", "decide", "discuss", "plan", "schedule", "remove", "retire",
    "discontinue", "withdraw", "replace", "switch", "stop", "close", "leave", "return", "repair", "correct",
    "fix", "renew", "increase", "reduce", "lower", "raise", "charge", "develop", "support", "educate",
    "instruct",
];

/// Those of them that are seldom nouns, as they stand behind who does it: "the training takes place".
pub(super) const FINITE: &[&str] = &[
    "follows", "takes", "begins", "starts", "ends", "comes", "becomes", "happens", "occurs", "expires",
    "applies", "trains", "sends", "pays", "joins", "migrates", "remains", "arrives", "teaches", "provides",
    "delivers", "goes",
];

/// Participles of delivery.
pub(super) const PARTICIPLES: &[&str] = &[
    "delivered", "provided", "supplied", "furnished", "released", "shipped", "launched", "enabled",
    "activated", "installed", "implemented", "introduced", "completed", "included", "offered", "granted",
    "deployed", "finished", "rolled", "handed", "added", "integrated", "configured", "built", "supported",
    "maintained", "operated", "hosted", "kept", "retained", "promised", "committed", "guaranteed", "given",
    "extended", "continued",
];

/// Other participles that do not end as most do.
pub(super) const IRREGULAR: &[&str] = &[
    "made", "sent", "paid", "held", "written", "taken", "begun", "sold", "bought", "shown", "seen", "met",
    "done", "known", "drawn", "put", "brought", "led", "found", "taught",
];

/// Words that are no verbs, and behind which a participle or a day goes on.
pub(super) const NO_VERBS: &[&str] = &[
    "including", "plus", "with", "without", "for", "of", "in", "on", "at", "by", "from", "to", "under",
    "within", "between", "among", "during", "after", "before", "over", "per", "via", "through", "across",
    "as", "than", "like", "except", "excluding", "not", "both", "all", "so", "because", "if", "when",
    "while", "where", "which", "that", "who", "also", "only", "even", "well", "namely", "such", "together",
    "along", "alongside", "respectively", "upon", "until", "since", "about", "regarding", "concerning",
    "towards", "against", "and", "or", "but", "no", "later", "prior", "till", "into",
];

/// Words that a verb follows.
pub(super) const BEFORE_VERBS: &[&str] = &[
    "to", "and", "or", ",", ";", "not", "also", "then", "shall", "will", "must", "may", "can", "who",
    "which", "that", "it", "they", "we", "you", "but", "hereby",
];

/// Words that a noun follows.
pub(super) const ARTICLES: &[&str] = &[
    "the", "a", "an", "all", "its", "their", "our", "your", "each", "any", "every", "this", "these", "those",
];

/// Words that open a part of a sentence with a verb of its own.
pub(super) const OPENS: &[&str] = &[
    "which", "who", "whose", "that", "where", "when", "while", "whilst", "whereas", "so", "because",
    "although", "though", "since", "after", "until",
];

/// What has days of its own: "orders by 30 June", "entries from 1 January".
pub(super) const DATED_NOUNS: &[&str] = &[
    "entrie", "entry", "order", "request", "record", "data", "invoice", "transaction", "ticket", "booking",
    "payment", "change", "event", "file", "document", "message", "figure", "contract", "registration",
    "backlog", "history", "archive", "case", "claim", "shipment", "purchase", "training", "workshop",
    "course", "valid", "effective", "current", "applicable", "known", "state", "status",
];

/// What somebody pays.
pub(super) const PRICES: &[&str] = &[
    "free", "charge", "cost", "price", "fee", "discount", "rate", "trial", "payment", "gratis",
    "complimentary", "warranty", "licence", "license",
];

/// What takes back what stands behind it.
pub(super) const NEGATIONS: &[&str] = &["not", "never", "nor", "neither", "than", "without", "unlike"];

/// What makes a delivery one that was.
pub(super) const PAST: &[&str] = &[
    "first", "already", "originally", "initially", "last", "previously", "was", "were", "been", "had", "as",
    "once", "formerly", "earlier", "recently", "when",
];

/// Words that say of a feature that it is there from the first day.
pub(in crate::prose) const AT_ONCE: &[&str] = &[
    "immediately", "at once", "right away", "straight away", "straightaway", "forthwith", "without delay",
    "without undue delay", "with immediate effect", "from the first day", "from the very first day",
    "on the first day", "from day one", "from day 1", "from the outset", "from the beginning",
    "from the start", "instantly", "as of now", "as of today", "from now on", "from today",
];

/// A word of each of these, so rare that most texts have none.
pub(in crate::prose) const IN_AT_ONCE: [&str; 14] = [
    "immediately", "immediate", "once", "away", "straightaway", "forthwith", "delay", "day", "outset",
    "beginning", "start", "instantly", "now", "today",
];

/// Words that say that it is there, where something else follows.
pub(super) const NOW: &[&str] = &["now", "today", "already", "at present", "currently"];

/// Participles of what a document says.
pub(super) const IN_DOCUMENT: &[&str] =
    &["listed", "described", "specified", "set", "defined", "named", "mentioned", "stated", "identified"];
