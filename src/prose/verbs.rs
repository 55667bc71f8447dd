//! The verbs and nouns of promises: what a sentence is taken apart at, and what its subjects are called.

use super::conditions::ModalSubject;

/// Verbs that oblige, after `shall` and without it.
pub(crate) const OBLIGES: &[&str] = &[
    "shall", "will", "must", "agree", "undertake", "commit", "guarantee", "warrant", "represent", "covenant",
    "is obliged", "is obligated", "is required", "are required", "promise", "ensure", "is committed",
    "are committed", "is committing", "are committing", "confirm that", "confirm the delivery",
    "confirm delivery", "confirmed the delivery", "confirmed delivery", "confirmed the availability",
    "promised the delivery", "promised delivery", "confirm the availability",
    "accept responsibility for delivering", "assume responsibility for delivering",
    "accept responsibility for the delivery", "assume responsibility for the delivery", "has to", "have to",
    "is to", "are to", "remain obliged", "remain bound", "remain committed", "take upon itself",
    "take it upon itself", "is bound", "are bound", "is going to", "are going to", "need to", "agreed to",
    "agreed that", "committed to", "undertook", "agreed not", "promised not", "committed not", "promised to",
    "promised that", "confirmed that", "has agreed", "have agreed", "has committed", "have committed",
    "has undertaken", "have undertaken", "is under an obligation", "are under an obligation",
    "is responsible for the delivery", "is responsible for delivering", "is responsible for providing",
    "is responsible for the provision", "responsibility for the timely", "responsibility for the delivery",
    "responsibility for the provision", "owe", "assure", "engage itself to", "engages itself to", "stand by",
    "is pleased to", "are pleased to", "is happy to", "are happy to",
];

/// Verbs that oblige a thing.
pub(crate) const OBLIGES_THINGS: &[&str] = &[
    "shall", "will", "must", "has to", "have to", "need to", "is to", "are to", "is required", "are required",
];

/// What the vendor does, where agreements leave `shall` out.
const VENDOR_DOES: &[&str] = &[
    "provide", "deliver", "supply", "supplie", "maintain", "keep", "make", "offer", "support", "include",
    "store", "host", "enable", "implement", "furnish", "grant", "give", "ship", "release", "hand over",
    "activate", "develop", "build", "extend", "encrypt", "set up", "configure", "install", "add", "turn on",
    "switch on", "complete", "retain", "introduce", "launch", "roll out", "operate", "throw in", "bring",
    "have enabled", "have got", "have activated", "have switched on", "have included", "are adding",
    "is adding", "are delivering", "is delivering", "are enabling", "are including", "are introducing",
    "are releasing", "is releasing", "are rolling out", "are shipping", "is shipping",
];

/// What the product does, and what is bought.
const PRODUCT_DOES: &[&str] = &[
    "provide", "offer", "include", "contain", "comprise", "cover", "support", "allow", "enable", "permit",
    "let", "come with", "come complete with", "ship with", "give", "consist of", "run in", "work in",
    "work with", "keep", "record", "write", "encrypt", "store", "send", "retain", "show", "display",
    "calculate", "notify", "remind", "alert", "import", "export", "log", "track", "enforce", "prevent",
    "protect", "check", "verify", "detect", "create", "generate", "control", "govern", "manage", "handle",
    "is extended", "are extended", "is the supply of", "is the delivery of", "is the provision of",
    "is the development of", "is the introduction of", "is equipped with", "are equipped with",
    "is delivered with", "are delivered with", "is supplied with", "are supplied with", "is provided with",
    "are provided with", "accept", "go down to", "hand over", "pass on", "is having", "are having",
    "goe down to", "aggregate", "analyse", "analyze", "anonymise", "anonymize", "apply", "applie", "assign",
    "authenticate", "capture", "collect", "compare", "compute", "connect", "continue to", "convert",
    "cope with", "deliver", "distribute", "emit", "expose", "forecast", "forward", "incorporate",
    "integrate", "mask", "operate in", "predict", "print", "produce", "push", "read", "recognise",
    "recognize", "render", "replicate", "restrict", "route", "run on", "run without", "scan", "separate",
    "stream", "suggest", "synchronise", "synchronize", "sync", "synce", "translate", "transmit", "trigger",
    "update", "validate", "warn", "work on", "work without",
];

/// What is said of a feature that is there, or to be there, behind `is` and `be`.
pub(crate) const DELIVERED: &[&str] = &[
    "included", "part of", "a part of", "an integral part of", "in your", "in scope", "in place",
    "in the scope", "in the price", "in the package", "due", "mandatory", "standard", "required",
    "available", "made available", "provided", "delivered", "supplied", "furnished", "offered", "supported",
    "enabled", "activated", "active", "live", "ready", "added", "kept", "retained", "maintained", "recorded",
    "stored", "archived", "logged", "written", "implemented", "installed", "configured", "deployed",
    "integrated", "handed over", "released", "launched", "rolled out", "completed", "complete", "built",
    "possible", "guaranteed", "assured", "warranted", "covered", "introduced", "traceable", "owed",
    "free of charge", "free", "at no charge", "yours", "switched on", "turned on", "operational",
    "registered", "usable", "generally", "accessible", "built in", "built into", "bundled", "catered for",
    "comprised", "embedded", "emitted", "exposed", "fitted", "inbuilt", "in the standard", "contained",
    "native", "natively", "present", "provided for", "shipped", "shipping", "there", "up and running",
    "in by",
];

/// What else is said of a feature that is there, or to be there.
const FEATURE_IS: &[&str] = &[
    "form part of", "form a part of", "form an integral part", "form integral part", "come at no",
    "come free", "come without", "belong to", "go live", "goes live", "stay part of", "come as", "follow on",
    "follow by", "follow in", "follow within", "take place", "is moved to", "is postponed to",
    "is brought forward to", "is extended to", "is agreed to be", "apply to", "applie to", "arrive in",
    "arrive on", "come in", "come on", "ship by", "ship in", "ship on", "has been a part of",
    "has been available", "has been included", "has been part of", "has been supported",
    "have been available", "have been included", "have been part of", "have been supported", "work on",
    "work without",
];

/// What has a feature.
const HAS: &[&str] = &["has", "have", "possess", "possesse"];

/// What the customer gets.
const CUSTOMER_GETS: &[&str] = &[
    "receive", "get", "enjoy", "has access", "have access", "is granted", "are granted", "is given",
    "are given", "is supplied with", "are supplied with", "is provided with", "are provided with",
];

/// What people are taught by.
pub(crate) const LESSONS: &[&str] = &[
    "agenda", "class", "classe", "coaching", "course", "curriculum", "demonstration", "documentation",
    "handbook", "handout", "lecture", "lesson", "manual", "presentation", "seminar", "session", "training",
    "tutorial", "webinar", "workbook", "workshop",
];

/// What is done with lessons and papers that are about something, and what they do.
pub(crate) const TEACHES: &[&str] = &[
    "address", "be conducted", "be delivered", "be dedicated", "be given", "be held", "be offered",
    "be organised", "be organized", "be provided", "be run", "be taught", "consist", "contain", "comprise",
    "cover", "deal", "demonstrate", "explain", "focus", "include", "introduce", "show", "take place",
    "teach", "treat", "is held", "are held", "is delivered", "are delivered", "is provided", "are provided",
    "is included", "are included", "be about", "be devoted", "be on", "present", "touch", "extend to",
];

/// What else is written or held by people, and may name what it is about.
pub(crate) const PAPERS: &[&str] = &[
    "day 1", "day 2", "day 3", "day one", "day two", "exercise", "first day", "second day", "third day",
    "insurance", "introduction", "invoice", "price list", "price sheet", "project plan", "test plan",
    "trainer",
];

/// What the customer shall do where it gets something.
pub(crate) const RECEIVES: &[&str] = &[
    "have use", "have it", "have them", "receive", "have access", "be given", "get", "be able", "have the",
    "be provided", "be entitled", "enjoy", "have full", "benefit", "see the", "be getting", "be receiving",
    "have .", "have by", "have on", "be supplied", "be granted", "be furnished",
];

/// Verbs that promise without a modal verb, by whom they are said of.
pub(crate) const PRESENT: [(&[ModalSubject], &[&str]); 6] = [
    (&[ModalSubject::Vendor], VENDOR_DOES),
    (&[ModalSubject::Product, ModalSubject::Offer, ModalSubject::Feature], PRODUCT_DOES),
    (&[ModalSubject::Product, ModalSubject::Offer], HAS),
    (&[ModalSubject::Feature], HAS),
    (&[ModalSubject::Feature, ModalSubject::Offer], FEATURE_IS),
    (&[ModalSubject::Customer], CUSTOMER_GETS),
];

/// What denies a verb from within an aside, or before it.
pub(super) const DENIALS: &[&str] = &["at no time", "under no circumstance", "in no event", "in no case"];

/// Verbs of what can be done.
pub(crate) const CAN: &[&str] = &["can", "is able", "are able", "is capable", "are capable"];

/// What is said of a feature, and tells neither that it is there nor how it works: behind `is`.
pub(crate) const ABOUT_IT: &[&str] = &[
    "a preview", "hardware", "indicative", "approximate", "illustrative", "informational", "provisional",
    "tentative", "accepted", "allowed", "cancelled", "canceled", "deemed", "deleted", "exempt",
    "experimental", "forbidden", "left", "permitted", "prohibited", "unchanged", "used by", "used in",
    "used for", "to blame", "his", "their", "yours to", "your own", "new to", "at risk", "a risk",
    "a danger", "worth", "essential to", "also of", "of", "not", "with", "without charge for",
    "without prejudice", "therefore not", "owned by", "a registered", "a matter", "a must", "a prerequisite",
    "a separate", "a trademark", "absent", "affected", "an add on", "an option", "an optional", "at",
    "audited", "based", "billed", "being", "called", "charged", "chargeable", "confidential", "considered",
    "covered by a separate", "critical", "declined", "defective", "defined", "delayed", "demonstrated",
    "deprecated", "described", "desired", "developed", "discontinued", "discussed", "down", "estimated",
    "excluded", "expected", "extra", "for", "governed", "important", "impossible", "in beta",
    "in development", "in early", "in preview", "incomplete", "incumbent", "intended", "interrupted",
    "invoiced", "known", "lacking", "late", "licensed", "likely", "limited", "listed", "measured",
    "mentioned", "missing", "named", "needed", "no longer", "no option", "no part", "no substitute",
    "on hold", "on our roadmap", "on the roadmap", "only", "open", "optional", "out", "outside", "owned",
    "paid", "pending", "planned", "postponed", "priced", "property", "published", "put on hold", "queued",
    "quoted", "referred", "removed", "requested", "responsible", "retired", "reviewed", "scheduled",
    "separate", "similar", "sold", "stated", "subject", "such", "suspended", "targeted", "tested",
    "the property", "the responsibility", "unavailable", "unclear", "under", "unknown", "unlikely",
    "unusable", "used", "wanted", "what", "where", "why", "withdrawn",
];

/// What is about a feature, and is none: a plan for it, its documentation.
pub(crate) const ABOUT: &[&str] = &[
    "handbook", "workbook", "worksheet", "handout", "booklet", "brochure", "leaflet", "deck", "slide",
    "demonstration", "day", "course", "refresher", "exercise", "reference", "reference card", "strategy",
    "plan", "planning", "document", "documentation", "runbook", "report", "specification", "template",
    "policy", "policie", "telemetry", "approach", "approache", "consideration", "requirement", "guide",
    "manual", "training", "workshop", "webinar", "seminar", "lesson", "tutorial", "e learning", "assessment",
    "test", "testing", "provider", "vendor", "consultant", "team", "fee", "cost", "metric", "review",
    "design", "roadmap", "checklist", "catalog", "catalogue", "inventory", "summary", "readiness", "session",
    "matrix", "verification", "committee", "manager", "engineer", "specialist", "management", "expertise",
    "best practice", "standard", "data", "concept", "estimate", "timetable", "schedule", "progress",
    "status", "prototype", "mock up", "demo", "presentation", "description", "material", "quote",
    "quotation", "proposal", "question", "recommendation", "opinion", "price", "analysis", "study",
    "consulting", "consultancy", "advice", "coaching", "kickoff", "survey", "draft", "defect", "error",
    "bug", "fault", "problem", "issue", "incident", "change", "modification", "announcement", "certificate",
    "metadata", "update", "upgrade", "patch", "workaround", "audit",
];

/// What is done to something by software alone, behind `can be`.
pub(crate) const DONE: &[&str] = &[
    "be accessed from", "be displayed", "be downloaded", "be edited", "be exported", "be filtered",
    "be imported", "be moved by", "be printed", "be scanned", "be searched", "be sorted", "be switched on",
    "be uploaded",
];

/// What is done to data by a product.
pub(crate) const HANDLED: &[&str] = &[
    "accepted", "aggregated", "anonymised", "anonymized", "archived", "assigned", "attached", "averaged",
    "blocked", "calculated", "captured", "collected", "compared", "computed", "converted", "copied",
    "created", "deduplicated", "derived", "detected", "displayed", "documented", "drawn", "encrypted",
    "entered", "escalated", "exported", "filed", "flagged", "forwarded", "generated", "grouped", "hashed",
    "hidden", "highlighted", "imported", "indexed", "kept", "linked", "listed", "locked", "logged", "mapped",
    "marked", "masked", "matched", "merged", "monitored", "moved", "plotted", "posted", "printed",
    "processed", "produced", "pseudonymised", "pseudonymized", "recognised", "recognized", "recorded",
    "reflected", "refreshed", "registered", "rendered", "reproduced", "routed", "saved", "scanned", "sent",
    "shown", "signed", "split", "stored", "synced", "synchronised", "synchronized", "traced", "tracked",
    "transferred", "transmitted", "triggered", "undone", "updated", "uploaded", "validated", "versioned",
    "visualised", "written",
];

/// What stands before a feature where what is in it is spoken of, or how it is reached.
pub(crate) const CONTENTS: &[&str] = &[
    "created in", "uploaded to", "filed in", "placed in", "recorded in", "data in", "document in",
    "entrie in", "entrie of", "entry in", "entry of", "field in", "field of", "record of", "item of",
    "item in", "list of", "message of", "message from", "page in", "page of", "position in", "position of",
    "reading in", "reading of", "record in", "reply of", "answer of", "response of", "result in",
    "result of", "screen in", "screen of", "view of",
];

/// What can be done to a feature that is there.
pub(crate) const USED: &[&str] = &[
    "be accessed", "be adapted", "be adjusted", "be approved", "be assigned", "be browsed", "be changed",
    "be combined", "be configured", "be connected", "be created", "be customised", "be customized",
    "be defined", "be downloaded", "be edited", "be embedded", "be exported", "be extended", "be filtered",
    "be generated", "be grouped", "be imported", "be limited", "be managed", "be operated", "be opened",
    "be printed", "be reset", "be restricted", "be run", "be scheduled", "be searched", "be set",
    "be shared", "be shown", "be sorted", "be used", "be viewed",
];

/// What people do who help to use a product.
pub(crate) const WORK: &[&str] = &[
    "advise", "analyse", "analyze", "assist", "attend", "coach", "conduct", "configure", "connect",
    "document", "facilitate", "help", "hold", "install", "integrate", "lead", "load", "map", "migrate",
    "plan", "prepare", "review", "run", "set up", "support", "test", "train", "write",
];

/// Nouns that oblige whose they are: "Vendor's obligation to provide …".
pub(crate) const DUTIES: &[&str] = &[
    "obligation to", "obligation is to", "obligation include", "duty to", "duty include", "dutie include",
    "duty is to", "commitment to", "commitment is to", "commitment extend to", "commitment include",
    "promise to", "promise that", "undertaking to", "undertaking that", "assurance that", "guarantee that",
    "word that",
];

/// Verbs that leave it open.
pub(crate) const LEAVES_OPEN: &[&str] = &[
    "may", "might", "could", "should", "would", "hope", "intend", "plan", "expect", "aim", "anticipate",
    "want", "is considering", "are considering", "is planning", "are planning", "are exploring",
    "is exploring", "is planned", "are planned", "is expected", "are expected", "is intended",
    "are intended", "believe", "is scheduled", "seek",
];

/// All verbs that a sentence is taken apart at.
pub(crate) const MODALS: [&[&str]; 5] =
    [OBLIGES, DUTIES, LEAVES_OPEN, CAN, &["is entitled", "are entitled", "has the right", "have the right"]];

/// What is bought as a whole.
pub(crate) const OFFER: &[&str] = &[
    "subscription", "package", "offer", "order", "scope", "edition", "license", "licence", "fee", "price",
    "obligation", "deliverable", "delivery", "quality", "plan", "entitlement", "object", "subject matter",
    "feature", "functionality", "function", "module",
];

/// What the product is called where it has no name.
pub(crate) const PRODUCT: &[&str] = &[
    "service", "software", "system", "platform", "solution", "product", "application", "saas service",
    "licensed software", "offering", "hosted service", "tool", "app", "interface", "user interface",
    "web interface", "front end", "console", "portal", "said program", "mobile client", "desktop client",
    "web client", "licensed program", "computer program", "program product", "software suite",
];

/// Words for what a product does, which are the thing itself: "the function of electronic signature".
pub(crate) const FUNCTIONS: &[&str] =
    &["function", "functionality", "facility", "capability", "feature", "possibility", "module", "tool"];

/// Words for a delivery, of which a feature is not what it is about, but what it is.
pub(crate) const DELIVERIES: &[&str] = &[
    "delivery", "provision", "release", "completion", "implementation", "availability", "introduction",
    "rollout", "roll out", "handover", "hand over", "launch", "installation", "activation", "date",
    "deadline", "setup", "set up", "configuration", "integration", "development", "go live",
];

/// What behind a name of one word makes another thing of it: people, places, hardware, what is written or said.
pub(crate) const OTHER_THINGS: &[&str] = &[
    "account", "accountant", "agency", "agent", "amount", "analyst", "appliance", "architect", "assistant",
    "auditor", "book", "broker", "building", "bureau", "cable", "card", "cartridge", "centre", "clerk",
    "coach", "colleague", "committee", "company", "connection", "consultant", "contractor", "coordinator",
    "crew", "customer", "department", "desk", "developer", "device", "disk", "document", "employee",
    "engineer", "equipment", "expert", "firm", "gateway", "group", "hardware", "index", "invoice",
    "keyboard", "lead", "lesson", "letter", "machine", "manager", "market", "meeting", "member",
    "newsletter", "office", "officer", "operation", "operator", "owner", "paper", "partner", "party",
    "people", "person", "personnel", "printer", "professional", "project", "provider", "pupil", "query",
    "room", "screen", "seminar", "shelf", "shop", "site", "skill", "specialist", "staff", "storage",
    "subcontractor", "supplier", "talk", "tape", "team", "technician", "tenant", "term", "trainer",
    "transaction", "tutorial", "user", "vehicle", "vendor", "warehouse", "webinar", "worker",
];
