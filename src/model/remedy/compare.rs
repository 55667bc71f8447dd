//! Remedies held against one another, and written down, whatever the day that their delays count from.

use super::super::money::Money;
use super::{Accrual, Per, PeriodCredit, Portion, Remedy, RemedyBase, RemedyPart, Termination};

/// What a key of a remedy holds where it is written down.
#[derive(Clone, Debug)]
pub enum RemedyEntry {
    /// A text.
    Text(String),
    /// `true`
    Yes,
    /// A list of tables.
    Tables(Vec<Vec<(&'static str, RemedyEntry)>>),
    /// A table with names of its own.
    Table(Vec<(String, RemedyEntry)>),
}

/// Whether a cap on remedies lets no more come than another one; without any, more may come than under any.
pub(crate) fn caps_as_much(cap: Option<Money>, was: Option<Money>) -> bool {
    was.is_none_or(|was| cap.is_some_and(|is| is.currency == was.currency && is.amount <= was.amount))
}

impl Remedy {
    /// Whether it is never more than another one, whatever the delay. What cannot be compared is taken to be more.
    pub fn owes_no_more(&self, was: &Self) -> bool {
        let parts = self.parts.len() <= was.parts.len()
            && self.parts.iter().zip(&was.parts).all(|(is, was)| is.owes_no_more(was));
        let tiers = self.tiers.iter().all(|is| {
            let alike = was.tiers.iter().filter(|was| was.level == is.level && was.bound == is.bound);
            alike.into_iter().any(|was| is_no_more((is.credit, &is.base), (was.credit, &was.base)))
        });
        let termination = match (&self.termination, &was.termination) {
            (None, _) => true,
            (Some(is), Some(was)) => is.allows_no_more(was),
            (Some(_), None) => false,
        };
        parts && tiers && termination && (self.is_sole || !was.is_sole)
    }

    /// How much another one's base is by now, where this one has shares of a base that it does not name.
    pub fn unnamed_base(&self, now: &Self) -> Option<Money> {
        let is_unnamed = self.bases().any(|base| base.name.is_none() && base.amount.is_none());
        now.bases().find_map(|base| base.amount).filter(|_| is_unnamed)
    }

    /// What shares are of, where there are any.
    fn bases(&self) -> impl Iterator<Item = &RemedyBase> {
        let parts = self.parts.iter().map(|part| {
            let mut credits = part.accrual.credits().chain(part.cap);
            (&part.base, credits.any(Portion::is_share))
        });
        let tiers = self.tiers.iter().map(|tier| (&tier.base, tier.credit.is_share()));
        let refund = self.termination.iter().filter_map(|it| Some((&it.base, it.refund?.is_share())));
        parts.chain(tiers).chain(refund).filter(|(_, has_shares)| *has_shares).map(|(base, _)| base)
    }

    /// What is written down of it, a table for each part.
    pub fn entries(&self) -> Vec<Vec<(&'static str, RemedyEntry)>> {
        let mut tables: Vec<Vec<(&'static str, RemedyEntry)>> =
            self.parts.iter().map(RemedyPart::entries).collect();
        for tier in &self.tiers {
            let credit = vec![(tier.bound.to_string(), RemedyEntry::Text(tier.credit.to_string()))];
            let tiers = vec![(tier.level.to_string(), RemedyEntry::Table(credit))];
            let mut table = vec![("tiers", RemedyEntry::Table(tiers))];
            table.extend(tier.base.entry([tier.credit]));
            tables.push(table);
        }
        if self.is_sole {
            tables.iter_mut().for_each(|table| table.push(("sole", RemedyEntry::Yes)));
        }
        if let Some(termination) = &self.termination {
            let mut table = vec![("terminate", RemedyEntry::Text(termination.after.length()))];
            if let Some(refund) = termination.refund {
                table.push(("refund", RemedyEntry::Text(refund.to_string())));
                table.extend(termination.base.entry([refund]));
            }
            tables.push(table);
        }
        tables
    }
}

impl RemedyPart {
    fn owes_no_more(&self, was: &Self) -> bool {
        let is_no_more =
            |is: Portion, was_portion: Portion| is_no_more((is, &self.base), (was_portion, &was.base));
        let accrual = match (&self.accrual, &was.accrual) {
            (Accrual::Rate(is), Accrual::Rate(was)) => {
                is.counts_no_more(was) && is_no_more(is.credit, was.credit)
            }
            (Accrual::Steps(is), Accrual::Steps(was)) => {
                let pairs = || is.iter().zip(was);
                is.len() == was.len()
                    && pairs().all(|(is, was)| is.after == was.after && is_no_more(is.credit, was.credit))
            }
            _ => false,
        };
        let cap = match (self.cap, was.cap) {
            (_, None) => true,
            (Some(is), Some(was)) => is_no_more(is, was),
            (None, Some(_)) => false,
        };
        accrual && cap
    }

    fn entries(&self) -> Vec<(&'static str, RemedyEntry)> {
        let text = |portion: Portion| RemedyEntry::Text(portion.to_string());
        let mut entries = match &self.accrual {
            Accrual::Rate(PeriodCredit { credit, per, free, .. }) => {
                let mut entries =
                    vec![("per", RemedyEntry::Text(per.to_string())), ("credit", text(*credit))];
                entries.extend(free.map(|free| {
                    (if free.is_lost { "if-over" } else { "grace" }, RemedyEntry::Text(free.length.length()))
                }));
                entries
            }
            Accrual::Steps(steps) => {
                let steps = steps.iter().map(|step| {
                    vec![("after", RemedyEntry::Text(step.after.length())), ("credit", text(step.credit))]
                });
                vec![("steps", RemedyEntry::Tables(steps.collect()))]
            }
        };
        entries.extend(self.base.entry(self.accrual.credits().chain(self.cap)));
        entries.extend(self.cap.map(|cap| ("cap", text(cap))));
        entries
    }
}

impl Accrual {
    /// All that is owed at some time.
    pub(crate) fn credits(&self) -> impl Iterator<Item = Portion> {
        let (rate, steps) = match self {
            Self::Rate(rate) => (Some(rate.credit), &[][..]),
            Self::Steps(steps) => (None, steps.as_slice()),
        };
        rate.into_iter().chain(steps.iter().map(|step| step.credit))
    }
}

impl PeriodCredit {
    /// Whether it counts no more of any delay.
    fn counts_no_more(&self, was: &Self) -> bool {
        // A week that must be full counts no more often than one that need only begin.
        let is_alike = self.per == was.per
            || matches!((self.per, was.per), (Per::Full(is), Per::Started(was)) if is == was);
        let is_as_free = match (self.free, was.free) {
            (_, None) => true,
            (Some(is), Some(was)) => is.length == was.length && (!is.is_lost || was.is_lost),
            (None, Some(_)) => false,
        };
        is_alike && is_as_free
    }
}

impl Termination {
    fn allows_no_more(&self, was: &Self) -> bool {
        let refund = match (self.refund, was.refund) {
            (None, _) => true,
            (Some(is), Some(was_refund)) => is_no_more((is, &self.base), (was_refund, &was.base)),
            (Some(_), None) => false,
        };
        // One month and thirty days: which is longer hangs on the day that they count from.
        self.after == was.after && refund
    }
}

impl RemedyBase {
    /// As a sum, since the name of a fee may come to mean another, and the contract may come to be worth more. Of no
    /// matter where nothing is a share of it and it is not named.
    fn entry(&self, portions: impl IntoIterator<Item = Portion>) -> Option<(&'static str, RemedyEntry)> {
        let is_used = portions.into_iter().any(Portion::is_share);
        if !is_used && self.name.is_none() {
            return None;
        }
        Some(("of", RemedyEntry::Text(self.amount?.to_string())))
    }
}

/// Whether a portion of something is no more than another one of that or of something else: as sums, whichever of them is a
/// share. A decision that says of no base how much it is was about the contract's value, whatever it is.
fn is_no_more((is, base): (Portion, &RemedyBase), (was, was_base): (Portion, &RemedyBase)) -> bool {
    let is_open = was_base.name.is_none() && was_base.amount.is_none();
    let was_base = match (is_open, is) {
        (true, Portion::Share(_)) if was.is_share() && base.name.is_some() => return false,
        (true, _) if base.name.is_none() => base,
        _ => was_base,
    };
    match (is, was, is.of(base), was.of(was_base)) {
        (_, _, Some(is), Some(was)) => is.currency == was.currency && is.amount <= was.amount,
        (Portion::Share(is), Portion::Share(was), ..) => base == was_base && is <= was,
        _ => false,
    }
}
