//! What a decision is about, as it stood when it was taken. A waiver covers that and what is milder, and nothing worse.

mod read;
mod toml;

use crate::input::decode::{Scalar, Text};
use crate::source::{Span, Spanned};

use crate::model::constraint::Relation;
use crate::model::contract::{Contract, Need, Requirement, Strength};
use crate::model::fees::Fees;
use crate::model::level::LevelConstraint;
use crate::model::money::Money;
use crate::model::remedy::{Remedy, caps_as_much};
use crate::model::roadmap::Roadmap;
use crate::model::scope::{Dimension, Scope, same};
use crate::model::term::{PricedTerm, Term, term_fees};
use crate::model::window::Window;

pub(super) use read::{requirement_matter, term_matter, words_matter};
pub(crate) use toml::{fees_in_toml, list};
pub(super) use toml::{one_or_list, scope_in_toml, table};

/// What a decision is about.
#[derive(Clone, Debug)]
pub enum Matter {
    /// The value of a commercial term.
    Term(TermMatter),
    /// A requirement.
    Requirement(Box<RequirementMatter>),
    /// Words of the contract's documents, each as a hash.
    Words(Vec<Text>),
}

/// What of a term a decision is about.
#[derive(Clone, Debug)]
pub struct TermMatter {
    /// Its value.
    pub value: Scalar,
    /// The fees that the value, or its standard, is a multiple of, and no others.
    pub fees: Fees,
}

/// What of a requirement a decision is about.
#[derive(Clone, Debug)]
pub struct RequirementMatter {
    /// What it promises: features by their ids, or as they were written.
    pub features: Vec<Text>,
    /// The days by which it must be met. A decision that names none was about a promise from the first day, or for no day.
    pub due: Option<Spanned<Window>>,
    /// How long it must hold, where the decision is about that.
    pub until: Option<Spanned<Window>>,
    /// What it is for.
    pub scope: Spanned<Scope>,
    /// The levels that it must reach.
    pub needs: Vec<Need>,
    /// Whether the customer takes a beta.
    pub accepts_beta: bool,
    /// How much the clause promises, where that is not the thing itself.
    pub strength: Option<Strength>,
    /// What is owed when it is missed.
    pub remedy: Option<Remedy>,
    /// The most that all remedies of the contract can come to.
    pub remedy_cap: Option<Money>,
}

/// One way in which something is worse than what was decided on.
#[derive(Clone, Debug)]
pub enum Growth<'a> {
    /// The term has another value, which is not nearer to the standard.
    Value {
        /// The value that was decided on.
        was: &'a TermMatter,
        /// The value now.
        is: &'a TermMatter,
    },
    /// One more feature is promised.
    Feature(&'a Text),
    /// It is due earlier.
    Deadline {
        /// When it was due; none where the decision names no day.
        was: Option<Spanned<Window>>,
        /// When it is due now.
        is: Spanned<Window>,
    },
    /// It must hold for longer.
    End {
        /// Until when it had to hold.
        was: Spanned<Window>,
        /// Until when it must hold now; for ever where there is none.
        is: Option<Spanned<Window>>,
    },
    /// It is for more: these values of a dimension, or any where there are none.
    Scope {
        /// The dimension that was decided on.
        was: &'a Dimension,
        /// The values that came to it.
        values: Vec<&'a str>,
        /// Where the scope is written now.
        span: Span,
    },
    /// A level must be higher.
    Level {
        /// What was asked of the level, if anything.
        was: Option<&'a Need>,
        /// What is asked of it now.
        is: &'a Need,
    },
    /// The customer no longer takes a beta.
    Release,
    /// The clause promises more than efforts, or than a target.
    Strength(Strength),
    /// More is owed.
    Remedy {
        /// What was owed, if anything.
        was: Option<&'a Remedy>,
    },
}

impl Matter {
    /// What a decision about a term would be about today, by the standard of this day.
    pub fn of_term(contract: &Contract, value: &Scalar, standard: Option<&Term>) -> Self {
        let names = term_fees(value, standard);
        Self::Term(TermMatter { value: value.clone(), fees: contract.fees.only(&names) })
    }

    /// The worse of two terms by the standard: a decision about both is about that.
    #[must_use]
    pub fn worse_term(self, other: Self, standard: Option<&Term>) -> Self {
        match (&self, &other) {
            (Self::Term(one), Self::Term(another)) if !another.is_no_worse(one, standard) => other,
            _ => self,
        }
    }

    /// What a decision about a requirement would be about today; nothing where it could not be read.
    pub fn of_requirement(contract: &Contract, requirement: &Requirement) -> Option<Self> {
        if requirement.unreadable || requirement.scope_unreadable {
            return None;
        }
        let contract = requirement.contract(contract);
        let place = requirement.id_span.unwrap_or(requirement.place);
        let features = requirement.features.iter();
        Some(Self::Requirement(Box::new(RequirementMatter {
            features: features.map(|it| Text::new(it.id.clone(), it.text.span)).collect(),
            due: (requirement.due.window())
                .map(|due| Spanned::new(due, requirement.due.span.unwrap_or(place))),
            until: requirement.end(contract).given().copied(),
            scope: Spanned::new(requirement.scope.clone(), requirement.scope_span.unwrap_or(place)),
            needs: requirement.needs.clone(),
            accepts_beta: requirement.accepts_beta,
            strength: requirement.strength,
            remedy: requirement.remedy.clone(),
            remedy_cap: contract.remedy_cap.filter(|_| requirement.remedy.is_some()),
        })))
    }

    /// The same without what only decisions about the end of a promise are about, where this is none.
    #[must_use]
    pub fn bound(&self, is_about_the_end: bool) -> Self {
        match self {
            Self::Requirement(matter) if !is_about_the_end => {
                Self::Requirement(Box::new(RequirementMatter { until: None, ..(**matter).clone() }))
            }
            other => other.clone(),
        }
    }

    /// In which ways something is worse than this. Features may be called by any of their names; a term is worse where
    /// it is no nearer to the standard.
    pub fn growth<'a>(
        &'a self,
        now: &'a Self,
        roadmap: &Roadmap,
        standard: Option<&Term>,
    ) -> Vec<Growth<'a>> {
        match (self, now) {
            (Self::Term(was), Self::Term(is)) => {
                let grown = !is.is_no_worse(was, standard);
                grown.then_some(Growth::Value { was, is }).into_iter().collect()
            }
            (Self::Requirement(was), Self::Requirement(is)) => was.growth(is, roadmap),
            // Other words are another finding, which a decision about these is not about.
            _ => Vec::new(),
        }
    }
}

impl TermMatter {
    /// Whether a term is what another one is, or nearer to what is standard. Of fees that the other one does not state, its
    /// own are taken.
    fn is_no_worse(&self, was: &Self, standard: Option<&Term>) -> bool {
        let fees = &was.fees.or(&self.fees);
        let is_alike = match (&self.value, &was.value) {
            (Scalar::Bool(is), Scalar::Bool(was)) => return is.value == was.value,
            (Scalar::Text(is), Scalar::Text(was)) => same(is.value.trim(), was.value.trim()),
            _ => return false,
        };
        let is_as_priced = self.fees == *fees || self.fees.is_empty();
        let priced = |value, fees| PricedTerm { value, fees };
        is_alike && is_as_priced
            || standard.is_some_and(|term| {
                term.is_no_worse(priced(&self.value, &self.fees), priced(&was.value, fees))
            })
    }
}

impl RequirementMatter {
    /// What shares of the remedy are of today, where the decision names none: then it is about any.
    pub fn unnamed_base(&self, now: &Self) -> Option<Money> {
        self.remedy.as_ref()?.unnamed_base(now.remedy.as_ref()?)
    }

    fn growth<'a>(&'a self, now: &'a Self, roadmap: &Roadmap) -> Vec<Growth<'a>> {
        let mut growth = Vec::new();
        let is_known = |text: &Text| self.features.iter().any(|known| is_feature(known, text, roadmap));
        growth.extend(now.features.iter().filter(|text| !is_known(text)).map(Growth::Feature));
        if let Some(is) = now.due {
            let is_later = |was: Spanned<Window>| {
                // By both readings: a period that begins earlier asks for more, though it ends on the same day.
                was.value.earliest <= is.value.earliest && was.value.latest <= is.value.latest
            };
            if !self.due.is_some_and(is_later) {
                growth.push(Growth::Deadline { was: self.due, is });
            }
        }
        if let Some(was) = self.until
            && now.until.is_none_or(|is| is.value.latest > was.value.latest)
        {
            growth.push(Growth::End { was, is: now.until });
        }
        for was in self.scope.value.dimensions() {
            let is = now.scope.value.get(was.name());
            let values: Vec<&str> =
                is.into_iter().flat_map(Dimension::values).filter(|value| !was.contains(value)).collect();
            if is.is_none() || !values.is_empty() {
                growth.push(Growth::Scope { was, values, span: now.scope.span });
            }
        }
        for is in &now.needs {
            let mut same = self.needs.iter().filter(|was| self::same(&was.name.value, &is.name.value));
            let is_no_more = |was: &Need| demands_no_more(&is.constraint.value, &was.constraint.value);
            if !same.clone().any(is_no_more) {
                growth.push(Growth::Level { was: same.next(), is });
            }
        }
        if self.accepts_beta && !now.accepts_beta {
            growth.push(Growth::Release);
        }
        if let Some(was) = self.strength.filter(|was| now.strength.is_none_or(|is| is.binds_more(*was))) {
            growth.push(Growth::Strength(was));
        }
        let is_as_capped = caps_as_much(now.remedy_cap, self.remedy_cap);
        if let Some(is) = &now.remedy
            && !(is_as_capped && self.remedy.as_ref().is_some_and(|was| is.owes_no_more(was)))
        {
            growth.push(Growth::Remedy { was: self.remedy.as_ref() });
        }
        growth
    }
}

/// Whether two texts name one feature.
pub(crate) fn is_feature(one: &str, other: &str, roadmap: &Roadmap) -> bool {
    let known = roadmap.find(one).feature();
    same(one.trim(), other.trim()) || known.is_some() && known == roadmap.find(other).feature()
}

/// Whether everything that keeps one bound keeps another one.
fn demands_no_more(is: &LevelConstraint, was: &LevelConstraint) -> bool {
    use Relation::{AtLeast, AtMost, Equal, LessThan, MoreThan};
    if let (LevelConstraint::Texts(_), LevelConstraint::Texts(_)) = (is, was) {
        return is.missing(&was.least()).is_empty();
    }
    let Some((is_relation, was_relation, order)) = is.compare(was) else {
        return is == was;
    };
    match (was_relation, is_relation) {
        (AtLeast, AtLeast) | (MoreThan, MoreThan | AtLeast) => order.is_le(),
        (AtLeast, MoreThan) => order.is_lt(),
        (AtMost, AtMost) | (LessThan, LessThan | AtMost) => order.is_ge(),
        (AtMost, LessThan) => order.is_gt(),
        (Equal, _) => is_relation.admits(order.reverse()),
        (AtLeast | MoreThan, AtMost | LessThan | Equal) | (AtMost | LessThan, AtLeast | MoreThan | Equal) => {
            false
        }
    }
}
