//! Verdicts, and the rows of the table of deliveries that lints put into words.

/// The verdict on a promise, from best to worst: the order of the variants is the table's, and decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// Available: shipped or deprecated, or a beta that the contract accepts.
    Shipped,
    /// On time, not shipped.
    OnTrack,
    /// Not shipped, and no day is promised: when it is available, or after an event for which there is no day yet.
    Unscheduled,
    /// By the strict reading of the deadline, less than the margin to spare.
    Tight,
    /// Only a beta covers the cell by the deadline, and the contract does not accept one.
    Beta,
    /// Late or undated only because of what it depends on.
    LateByDependency,
    /// The target's latest day is after the deadline's.
    Late,
    /// An idea, paused, with no target, or with one that has passed.
    Undated,
    /// Covered, but every offer states a level and it is too low.
    LevelGap,
    /// No offer covers the cell.
    ScopeGap,
    /// Retired, rejected, or its sunset is on or before the deadline.
    Dropped,
    /// No such feature.
    Unknown,
    /// What the verdict rests on could not be read, which has been reported.
    Unresolved,
}

impl Delivery {
    /// All verdicts, from worst to best, as a summary lists them.
    pub const WORST_FIRST: [Self; 13] = [
        Self::Unresolved,
        Self::Unknown,
        Self::Dropped,
        Self::ScopeGap,
        Self::LevelGap,
        Self::Undated,
        Self::Late,
        Self::LateByDependency,
        Self::Beta,
        Self::Tight,
        Self::Unscheduled,
        Self::OnTrack,
        Self::Shipped,
    ];

    /// The verdict's name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::OnTrack => "on-track",
            Self::Unscheduled => "unscheduled",
            Self::Tight => "tight",
            Self::Beta => "beta",
            Self::LateByDependency => "late-by-dependency",
            Self::Late => "late",
            Self::Undated => "undated",
            Self::LevelGap => "level-gap",
            Self::ScopeGap => "scope-gap",
            Self::Dropped => "dropped",
            Self::Unknown => "unknown",
            Self::Unresolved => "unresolved",
        }
    }

    /// The verdict as a summary says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OnTrack => "on track",
            Self::LateByDependency => "late by dependency",
            Self::LevelGap => "with a level gap",
            Self::ScopeGap => "with a scope gap",
            Self::Beta => "in beta only",
            Self::Unresolved => "not judged",
            other => other.name(),
        }
    }

    /// The row that tells of it; none for what is well or could not be read.
    pub(super) fn row(self) -> Option<Row> {
        match self {
            Self::Tight => Some(Row::Tight),
            Self::Beta => Some(Row::Beta),
            Self::LateByDependency => Some(Row::LateByDependency),
            Self::Late => Some(Row::Late),
            Self::Undated => Some(Row::Undated),
            Self::LevelGap => Some(Row::LevelGap),
            Self::ScopeGap => Some(Row::ScopeGap),
            Self::Dropped => Some(Row::Dropped),
            Self::Unknown => Some(Row::Unknown),
            Self::Shipped | Self::OnTrack | Self::Unscheduled | Self::Unresolved => None,
        }
    }

    /// Whether something has not shipped, that may yet: what is on time, late or without a date.
    pub fn is_unshipped(self) -> bool {
        (Self::OnTrack..=Self::Undated).contains(&self)
    }

    /// Whether there is such a thing at all; where there is not, nothing else is asked of it.
    pub fn exists(self) -> bool {
        !matches!(self, Self::Unresolved | Self::Unknown | Self::Dropped | Self::ScopeGap)
    }

    /// Whether the promise cannot be kept as it stands.
    pub fn is_broken(self) -> bool {
        (Self::Beta..=Self::Unknown).contains(&self)
    }
}

// Apart from `Delivery`: a promise has one verdict, and several rows may hold of it. `Unshipped` holds beside worse
// ones, and `Past` and `Missed` stand in their place.
/// A row of the table of deliveries that a lint puts into words; of one kind the greater is the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// Not available today; holds for what is late or undated, too, and is the mildest row.
    Unshipped,
    /// See [`Delivery::Tight`].
    Tight,
    /// See [`Delivery::Beta`].
    Beta,
    /// See [`Delivery::LateByDependency`].
    LateByDependency,
    /// See [`Delivery::Late`].
    Late,
    /// See [`Delivery::Undated`].
    Undated,
    /// See [`Delivery::LevelGap`].
    LevelGap,
    /// See [`Delivery::ScopeGap`].
    ScopeGap,
    /// See [`Delivery::Dropped`].
    Dropped,
    /// See [`Delivery::Unknown`].
    Unknown,
    /// A draft promises a day that is over, or before the signature.
    Past,
    /// The deadline of a signed contract has passed, and the promise is not kept.
    Missed,
    /// Gone before the promise need no longer hold.
    Sunset,
}

/// What an obstacle is about. Obstacles of different kinds do not depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Whether there is such a thing at all; where there is not, nothing else is asked.
    Existence,
    /// Whether it reaches the levels that are needed.
    Level,
    /// Whether it is there in time.
    Time,
    /// Whether it stays as long as it must.
    Term,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Existence, Self::Level, Self::Time, Self::Term];

    /// The kind as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Existence => "existence",
            Self::Level => "level",
            Self::Time => "time",
            Self::Term => "term",
        }
    }
}

impl Row {
    /// What it is about. What is over stands in place of rows of existence, too.
    pub fn kind(self) -> Kind {
        match self {
            Self::Unknown | Self::Dropped | Self::ScopeGap => Kind::Existence,
            Self::LevelGap => Kind::Level,
            Self::Sunset => Kind::Term,
            _ => Kind::Time,
        }
    }

    /// Whether the row is about when something comes, rather than about whether it does.
    pub fn is_about_a_date(self) -> bool {
        match self {
            Self::Unshipped
            | Self::Tight
            | Self::Beta
            | Self::LateByDependency
            | Self::Late
            | Self::Past
            | Self::Missed => true,
            Self::Undated
            | Self::LevelGap
            | Self::ScopeGap
            | Self::Dropped
            | Self::Unknown
            | Self::Sunset => false,
        }
    }

    /// Whether a promise with it cannot be kept as it stands, or was not kept.
    pub fn is_broken(self) -> bool {
        !matches!(self, Self::Unshipped | Self::Tight)
    }
}
