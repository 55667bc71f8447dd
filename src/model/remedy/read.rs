//! What a contract says is owed, to what it means.

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{RemedyRecord, StepRecord};
use crate::source::{Span, Spanned};

use super::super::calendar::Calendar;
use super::super::constraint::Constraint;
use super::super::deadline::Offset;
use super::super::fees::{Fees, NamedFee, VALUE};
use super::super::misread::meaning;
use super::super::money::Money;
use super::super::scope::same;
use super::super::window::Date;
use super::{
    Accrual, FreeDelay, Per, PeriodCredit, Portion, Remedy, RemedyBase, RemedyPart, Step, Termination, Tier,
};

/// What remedies are read with.
pub(crate) struct RemedyReading<'a> {
    /// What shares may be of, and the levels that the promise needs; none where a decision says what was owed, apart from
    /// any contract.
    pub promise: Option<(&'a Fees, &'a [&'a str])>,
    /// What business days are.
    pub calendar: &'a Calendar,
    /// The last day on which the promise is kept.
    pub due: Date,
    /// Where what is wrong is told.
    pub problems: &'a mut Vec<Problem>,
}

/// What a record says of a base, and where.
struct ReadBase {
    base: RemedyBase,
    span: Option<Span>,
}

impl RemedyReading<'_> {
    /// Reads what is owed; nothing where a part of it could not be read.
    pub(crate) fn remedy(&mut self, records: &Field<Items<RemedyRecord>>) -> Option<Remedy> {
        let Items(records, _) = records.given()?;
        let mut remedy = Remedy { is_sole: !records.is_empty(), ..Remedy::default() };
        let mut sound = true;
        for record in records {
            sound &= record.as_ref().is_some_and(|record| self.add(&mut remedy, record).is_some());
        }
        sound.then_some(remedy).filter(|remedy| *remedy != Remedy::default())
    }

    /// Adds what one record says. Nothing where it could not be read.
    fn add(&mut self, remedy: &mut Remedy, record: &RemedyRecord) -> Option<()> {
        let before = self.problems.len();
        let base = self.base(record);
        let credit = meaning(&record.credit, self.problems, Portion::parse);
        let per = meaning(&record.per, self.problems, Per::parse);
        let cap = meaning(&record.cap, self.problems, Portion::parse);
        let refund = meaning(&record.refund, self.problems, Portion::parse);
        let free = self.free(record);
        let steps = self.steps(&record.steps);
        let terminate = self.delay(&record.terminate);
        let tiers = record.tiers.and_then(|table| self.tiers(table));
        self.contradictions(record);
        // All of it is read before any of it fails, so that each mistake is told at once.
        let broken = [
            base.is_none(),
            credit.is_broken() || per.is_broken() || cap.is_broken() || refund.is_broken(),
            free.is_none() || steps.is_broken() || terminate.is_broken() || tiers.is_broken(),
            record.sole.is_broken(),
        ];
        if broken.contains(&true) || self.problems.len() > before {
            return None;
        }
        let ReadBase { base, span } = base?;
        let portions = [credit.given(), cap.given(), refund.given()];
        self.comparable(portions.into_iter().flatten().copied(), &base, span)?;
        let cap_place = cap.given().copied();
        let cap = cap_place.map(|cap| cap.value);
        let accrual = match (credit.given(), per.given(), steps.given()) {
            (Some(credit), Some(per), _) => {
                let (credit, per) = (credit.value, per.value);
                Some(Accrual::Rate(PeriodCredit { credit, per, due: self.due, free: free.flatten() }))
            }
            (_, _, Some(steps)) => {
                self.comparable(steps.iter().map(|(_, credit)| *credit).chain(cap_place), &base, span)?;
                self.rising(steps, &base)?;
                Some(Accrual::Steps(steps.iter().map(|(step, _)| *step).collect()))
            }
            _ => None,
        };
        if let Some(tiers) = tiers.given() {
            self.comparable(tiers.iter().map(|(_, _, credit)| *credit).chain(cap_place), &base, span)?;
            for (level, bound, credit) in tiers {
                // Apart from a contract, what cannot be compared stays as it is written.
                let capped = cap.and_then(|cap| credit.value.min(cap, &base));
                let credit = capped.unwrap_or(credit.value);
                let (level, bound) = (level.clone(), bound.clone());
                remedy.tiers.push(Tier { level, bound, credit, base: base.clone() });
            }
        }
        let owes = accrual.is_some() || tiers.given().is_some();
        remedy.is_sole &= !owes || record.sole.given().is_some_and(|sole| sole.value);
        if let Some(&(after, first)) = terminate.given() {
            let refund = refund.given().map(|refund| refund.value);
            let termination = Termination { after, first, refund, base: base.clone() };
            // The customer may leave as soon as any of them allows it.
            let is_sooner = remedy.termination.as_ref().is_none_or(|known| termination.first < known.first);
            if is_sooner {
                remedy.termination = Some(termination);
            }
        }
        remedy.parts.extend(accrual.map(|accrual| RemedyPart { accrual, base, cap }));
        Some(())
    }

    /// What shares are of.
    fn base(&mut self, record: &RemedyRecord) -> Option<ReadBase> {
        let of = match &record.of {
            Field::Broken => return None,
            Field::Given(of) => of,
            Field::Absent => {
                let amount = match self.promise.map(|(fees, _)| fees.find(VALUE)) {
                    Some(NamedFee::Known(money)) => Some(money),
                    Some(NamedFee::Unreadable) => return None,
                    Some(NamedFee::Unknown) | None => None,
                };
                return Some(ReadBase { base: RemedyBase { name: None, amount }, span: None });
            }
        };
        let (name, span) = (of.value.trim(), Some(of.span));
        if let Ok(sum) = Money::parse(name) {
            let base = RemedyBase { name: Some(name.into()), amount: Some(sum) };
            return Some(ReadBase { base, span });
        }
        let Some((fees, _)) = self.promise else {
            self.problems.push(
                Problem::at(of.span, format!("`{name}` is no sum"), "expected a sum, such as `4000 EUR`")
                    .note("what a contract calls a fee may change; a decision was about a sum"),
            );
            return None;
        };
        match fees.find(name) {
            NamedFee::Known(money) => {
                let base = RemedyBase { name: Some(name.into()), amount: Some(money) };
                Some(ReadBase { base, span })
            }
            NamedFee::Unreadable => None,
            NamedFee::Unknown => {
                self.problems.push(fees.unknown(name).at(of));
                None
            }
        }
    }

    /// A delay, with the day until which it lasts.
    fn delay(&mut self, field: &Field<Text>) -> Field<(Offset, Date)> {
        let length = meaning(field, self.problems, Offset::parse_delay);
        length.and_then(|length| {
            // A holiday that could not be read may be one of its days.
            if length.value.counts_business_days() && self.calendar.holidays.is_broken() {
                return None;
            }
            let last = length.value.day_after(self.due, self.calendar);
            if last.is_none() {
                self.problems.push(
                    Problem::at(length.span, "this delay ends on no day that can be told", "too long")
                        .help("write a shorter one"),
                );
            }
            Some((length.value, last?))
        })
    }

    fn free(&mut self, record: &RemedyRecord) -> Option<Option<FreeDelay>> {
        let (grace, if_over) = (self.delay(&record.grace), self.delay(&record.if_over));
        let free = |is_lost| move |&(length, last): &(Offset, Date)| FreeDelay { length, last, is_lost };
        match (&grace, &if_over) {
            (Field::Broken, _) | (_, Field::Broken) => None,
            _ => Some(grace.given().map(free(false)).or(if_over.given().map(free(true)))),
        }
    }

    fn steps(&mut self, field: &Field<Items<StepRecord>>) -> Field<Vec<(Step, Spanned<Portion>)>> {
        field.and_then(|Items(records, _)| {
            let steps: Vec<Option<(Step, Spanned<Portion>)>> = records
                .iter()
                .map(|record| {
                    let record = record.as_ref()?;
                    let after = self.delay(&record.after);
                    let credit = meaning(&record.credit, self.problems, Portion::parse);
                    let (&(after, last), &credit) = (after.given()?, credit.given()?);
                    Some((Step { after, last, credit: credit.value }, credit))
                })
                .collect();
            steps.into_iter().collect()
        })
    }

    fn tiers(
        &mut self,
        table: &Table<Table<Text>>,
    ) -> Option<Vec<(CompactString, Constraint, Spanned<Portion>)>> {
        let mut tiers = Vec::new();
        let mut sound = !table.cut;
        for (level, field) in &table.entries {
            if let Some((_, needs)) = self.promise
                && !needs.iter().any(|need| same(need, &level.value))
            {
                sound = false;
                let title = format!(
                    "there is a service credit for `{}`, which the requirement does not need",
                    level.value
                );
                let problem = Problem::at(level.span, title, "no such level under `needs`");
                let otherwise = format!("say under `needs` which `{}` is promised", level.value);
                self.problems.push(problem.help_nearest(&level.value, needs.iter().copied(), otherwise));
                continue;
            }
            let Some(entries) = field.given() else {
                sound = false;
                continue;
            };
            sound &= !entries.cut;
            for (bound, credit) in &entries.entries {
                let read = meaning(&Field::Given(bound.clone()), self.problems, Constraint::parse);
                let credit = meaning(credit, self.problems, Portion::parse);
                match (read.given(), credit.given()) {
                    (Some(bound), Some(credit)) => {
                        tiers.push((level.value.clone(), bound.value.clone(), *credit));
                    }
                    _ => sound = false,
                }
            }
        }
        sound.then_some(tiers)
    }
}

/// The most that all remedies of a contract together can come to.
pub(in crate::model) fn remedy_cap(
    field: &Field<Text>,
    fees: &Fees,
    problems: &mut Vec<Problem>,
) -> Option<Money> {
    let cap = meaning(field, problems, Portion::parse);
    let cap = cap.given()?;
    match (cap.value, fees.find(VALUE)) {
        (Portion::Share(share), NamedFee::Known(value)) => value.percent(share),
        (Portion::Share(_), NamedFee::Unknown) => {
            let text = field.given()?;
            problems.push(fees.unknown(VALUE).at(text));
            None
        }
        (Portion::Share(_), NamedFee::Unreadable) => None,
        (Portion::Sum(sum), NamedFee::Known(value)) if value.currency != sum.currency => {
            let title = format!(
                "`remedy-cap` is in {}, and the contract's value in {}",
                sum.currency, value.currency
            );
            problems.push(
                Problem::at(cap.span, title, format!("in {}", sum.currency))
                    .help(format!("write it in {}, or as a share of the value", value.currency)),
            );
            None
        }
        (Portion::Sum(sum), _) => Some(sum),
    }
}
