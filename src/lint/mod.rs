//! What a lint is: a name, a level, an explanation, and one pure function.

pub(crate) mod active;
pub(crate) mod case;
pub(crate) mod context;
pub(crate) mod document_case;
pub(crate) mod extent;
pub(crate) mod finding;
pub(crate) mod obstacle;
pub(crate) mod portfolio;
pub(crate) mod said;
pub(crate) mod settings;
pub(crate) mod waiver_case;

use std::fmt;

use rust_decimal::Decimal;

use crate::delivery::Row;
use crate::diagnostic::Problem;
use crate::input::discover::UnlistedFile;
use crate::model::acceptance::AcceptanceKind;
use crate::model::waiver::Waiver;

use case::{Case, PromiseCase, TermCase};
use context::{JudgedContract, LintContext};
use document_case::{ClaimsCase, DocumentsCase};
use finding::Finding;
use portfolio::Portfolio;
use waiver_case::{ContractPlace, WaiverCase};

/// A named check. Everything that anybody says of a lint (the explanation, the book's table and pages, the
/// configuration's keys) is read from here.
#[derive(Debug)]
pub struct Lint {
    /// Its name, in kebab-case; the file in `lints/` is called the same.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Its level where nobody set another.
    pub level: Level,
    /// The explanation, in markdown: what it finds, why it matters, an example, and what to write instead.
    pub docs: &'static str,
    /// What can be set besides the level.
    pub options: &'static [LintOption],
    /// What a waiver can accept of its findings, where that is no day.
    pub(crate) accepts: Option<AcceptanceKind>,
    /// Whether it asks what older versions of the roadmap tell of a target, which takes a while to read.
    pub rests_on_history: bool,
    /// Whether it tells how likely a promise is kept: that is for product and the desk, and in no comment.
    pub tells_chances: bool,
    /// What it looks at, and how.
    pub check: Check,
    /// What it looks at of promises that the table of deliveries does not judge.
    pub(crate) of_services: Option<OfPromise>,
}

impl Lint {
    /// What a waiver can accept of its findings: a day is that of delivery, or the last one.
    pub fn accepts(&self) -> Option<AcceptanceKind> {
        let is_about_a_day =
            matches!(self.check, Check::Delivery(row, _) if row.is_about_a_date() || row == Row::Sunset);
        if is_about_a_day { Some(AcceptanceKind::Day) } else { self.accepts }
    }

    /// Whether its findings are about a promise that cannot be kept as it stands.
    pub fn breaks_a_promise(&self) -> bool {
        matches!(self.check, Check::Delivery(row, _) if row > Row::Tight)
    }

    /// Whether its findings hold for some of a promise's scope.
    pub fn has_cells(&self) -> bool {
        matches!(self.check, Check::Delivery(..))
    }

    /// Whether its findings are about what is gone before it need no longer hold.
    pub fn is_about_the_end(&self) -> bool {
        matches!(self.check, Check::Delivery(Row::Sunset, _))
    }
}

/// How a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not looked for.
    Allow,
    /// Reported.
    Warn,
    /// Reported, and the run fails.
    Deny,
    /// As deny, and nothing lowers it.
    Forbid,
}

impl Level {
    /// All levels, from the mildest.
    pub const ALL: [Self; 4] = [Self::Allow, Self::Warn, Self::Deny, Self::Forbid];

    /// The level as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
            Self::Forbid => "forbid",
        }
    }

    /// The level that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == word)
    }

    /// Whether a finding of this level makes the run fail.
    pub fn is_denied(self) -> bool {
        self >= Self::Deny
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a lint looks at, and so what may run in parallel.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Words a row of the table of deliveries.
    Delivery(Row, Word),
    /// A promise as a whole, besides its delivery.
    Promise(OfPromise),
    /// One feature of a promise, besides its delivery: none may hide another's finding.
    Feature(OfFeature),
    /// A contract with all its promises judged. Amounts that cannot be compared are a problem.
    Contract(OfContract),
    /// The documents of a contract.
    Documents(OfDocuments),
    /// Promises as a whole, and the documents besides.
    Prose(OfProse, OfDocuments),
    /// A commercial term of a contract.
    Term(OfTerm),
    /// All contracts of a group together.
    Portfolio(OfPortfolio),
    /// The roadmap, or those of its features that the contracts reach.
    Roadmap(OfRoadmap),
    /// Collateral: what it says is available.
    Claims(OfClaims),
    /// A file that looks like a contract and that nobody checks.
    Unlisted(OfUnlisted),
    /// A waiver that is about a finding: what makes it cover nothing.
    Waiver(OfWaiverCase),
    /// A waiver that covers a finding: what is still to be put right about it.
    CoveringWaiver(OfWaiverCase),
    /// A waiver that is about no finding, and where its contract is if it is for other waivers to cover.
    UnusedWaiver(OfWaiver),
}

/// Puts a judgement of a promise into words.
pub(crate) type Word = fn(&Case<'_, '_>) -> Finding;
/// See [`Check::Promise`].
pub(crate) type OfPromise = fn(&PromiseCase<'_, '_>) -> Option<Finding>;
/// See [`Check::Prose`].
pub(crate) type OfProse = fn(&PromiseCase<'_, '_>) -> Vec<Finding>;
/// See [`Check::Feature`]. The cells are all those of the feature.
pub(crate) type OfFeature = fn(&Case<'_, '_>) -> Option<Finding>;
/// See [`Check::Contract`].
pub(crate) type OfContract = fn(&JudgedContract<'_>, &LintContext<'_>) -> Result<Vec<Finding>, Problem>;
/// See [`Check::Documents`].
pub(crate) type OfDocuments = fn(&DocumentsCase<'_, '_>) -> Vec<Finding>;
/// See [`Check::Term`].
pub(crate) type OfTerm = fn(&TermCase<'_, '_>) -> Option<Finding>;
/// See [`Check::Portfolio`].
pub(crate) type OfPortfolio = fn(&Portfolio<'_>, &LintContext<'_>) -> Vec<Finding>;
/// See [`Check::Roadmap`].
pub(crate) type OfRoadmap = fn(&LintContext<'_>, &[usize]) -> Vec<Finding>;
/// See [`Check::Claims`].
pub(crate) type OfClaims = fn(&ClaimsCase<'_, '_>) -> Vec<Finding>;
/// See [`Check::Unlisted`].
pub(crate) type OfUnlisted = fn(&UnlistedFile) -> Finding;
/// See [`Check::Waiver`] and [`Check::CoveringWaiver`].
pub(crate) type OfWaiverCase = fn(&WaiverCase<'_, '_>) -> Option<Finding>;
/// See [`Check::UnusedWaiver`].
pub(crate) type OfWaiver = fn(&Waiver, Option<&ContractPlace>) -> Finding;

/// A setting of a lint besides its level.
#[derive(Debug)]
pub struct LintOption {
    /// The key in the lint's table.
    pub name: &'static str,
    /// What it sets.
    pub doc: &'static str,
    /// What kind of value it takes.
    pub kind: OptionKind,
    /// The value where nobody set another.
    pub default: u32,
}

/// What kind of value an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `"30 days"`
    Days,
    /// `"20 %"`
    Percent,
    /// `5`
    Count,
}

impl LintOption {
    /// An option in days.
    pub const fn days(name: &'static str, default: u32, doc: &'static str) -> Self {
        Self { name, doc, kind: OptionKind::Days, default }
    }

    /// An option in percent.
    pub const fn percent(name: &'static str, default: u32, doc: &'static str) -> Self {
        Self { name, doc, kind: OptionKind::Percent, default }
    }

    /// An option that counts something.
    pub const fn count(name: &'static str, default: u32, doc: &'static str) -> Self {
        Self { name, doc, kind: OptionKind::Count, default }
    }

    /// The default as the configuration writes it.
    pub fn default_text(&self) -> String {
        self.show(self.default.into())
    }

    /// A value as the configuration writes it.
    pub fn show(&self, value: Decimal) -> String {
        match self.kind {
            OptionKind::Days => format!("\"{value} days\""),
            OptionKind::Percent => format!("\"{value} %\""),
            OptionKind::Count => value.to_string(),
        }
    }
}

/// Declares a lint. The documentation comment is its explanation.
macro_rules! declare_lint {
    (
        $(#[doc = $doc:literal])+
        pub(super) static $lint:ident = {
            name: $name:literal,
            summary: $summary:literal,
            level: $level:expr,
            $(options: $options:expr,)?
            $(accepts: $accepts:expr,)?
            $(rests_on_history: $history:literal,)?
            $(tells_chances: $chances:literal,)?
            check: $check:expr,
            $(of_services: $of_services:expr,)?
        }
    ) => {
        $(#[doc = $doc])+
        pub(super) static $lint: $crate::lint::Lint = $crate::lint::Lint {
            name: $name,
            summary: $summary,
            level: $level,
            docs: concat!($($doc, "\n"),+),
            // Without `options:` an empty list, whose type nothing else would tell.
            options: { let options: &[$crate::lint::LintOption] = &[]; $(let options = { let _ = options; $options };)? options },
            accepts: { let accepts: Option<$crate::model::acceptance::AcceptanceKind> = None; $(let accepts = { let _ = accepts; Some($accepts) };)? accepts },
            rests_on_history: false $(|| $history)?,
            tells_chances: false $(|| $chances)?,
            check: $check,
            of_services: { let check: Option<$crate::lint::OfPromise> = None; $(let check = { let _ = check; Some($of_services as $crate::lint::OfPromise) };)? check },
        };
    };
}
pub(crate) use declare_lint;
