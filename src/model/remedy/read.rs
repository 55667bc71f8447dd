//! What a contract says is owed, to what it means.

use std::cmp::Ordering;

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

    /// What contradicts itself, or says half of something.
    fn contradictions(&mut self, record: &RemedyRecord) {
        let RemedyRecord { credit, per, grace, if_over, steps, cap, terminate, refund, tiers, .. } = record;
        let mut tell = |span: Span, title: &str, label: &str, help: &str| {
            self.problems.push(Problem::at(span, title, label).help(help));
        };
        if let (Some(credit), Some(Items(_, _))) = (credit.given(), steps.given()) {
            tell(
                credit.span,
                "`credit` and `steps` both say what is owed",
                "beside the steps",
                "leave one of them out, or write two remedies, which add up",
            );
        }
        if let (Some(credit), true) = (credit.given(), per.is_absent()) {
            tell(
                credit.span,
                "a `credit` needs the key `per`",
                "for what?",
                "add `per`: `week` or such, for each that has started, or `once`",
            );
        }
        if let (Some(per), true) = (per.given(), credit.is_absent()) {
            tell(
                per.span,
                "`per` says for what a `credit` is, and there is none",
                "how much?",
                "add `credit`, such as `2 %` or `500 EUR`, or leave `per` out",
            );
        }
        for free in [grace, if_over].into_iter().filter_map(Field::given) {
            if credit.is_absent() {
                tell(
                    free.span,
                    "only a `credit` has a delay that is free",
                    "free of what?",
                    "add `credit`, or leave it out; steps say themselves after which delay they hold",
                );
            }
        }
        if let (Some(_), Some(if_over)) = (grace.given(), if_over.given()) {
            tell(
                if_over.span,
                "`grace` is free for good, and of `if-over` all days count",
                "beside a grace",
                "leave one of them out",
            );
        }
        if let (Some(refund), true) = (refund.given(), terminate.is_absent()) {
            tell(
                refund.span,
                "a `refund` is paid back where the customer ends the contract",
                "when?",
                "add `terminate`, such as `60 days`: the delay from which on the customer may",
            );
        }
        let is_empty = credit.is_absent() && steps.is_absent() && tiers.is_absent();
        if let (Some(cap), true) = (cap.given(), is_empty) {
            tell(
                cap.span,
                "a `cap` bounds a `credit`, `steps` or `tiers`, and there are none",
                "the most of what?",
                "add what is owed, or leave it out",
            );
        }
        if is_empty && terminate.is_absent() && per.is_absent() && cap.is_absent() && refund.is_absent() {
            tell(
                record.anchor,
                "this remedy says nothing that is owed",
                "what is owed?",
                "add `credit` and `per`, `steps`, `tiers` or `terminate`",
            );
        }
    }

    /// Whether some portions can be held against one another: shares and sums together need what the shares are of, and
    /// all sums are of its currency.
    fn comparable(
        &mut self,
        portions: impl Iterator<Item = Spanned<Portion>>,
        base: &RemedyBase,
        of: Option<Span>,
    ) -> Option<()> {
        if self.promise.is_none() {
            return Some(());
        }
        let portions: Vec<Spanned<Portion>> = portions.collect();
        let shares = portions.iter().find(|portion| matches!(portion.value, Portion::Share(_)));
        let mut known = base.amount.filter(|_| shares.is_some()).map(|money| (money.currency, of));
        for portion in &portions {
            let Portion::Sum(sum) = portion.value else { continue };
            if let (Some(share), None) = (shares, base.amount) {
                let title = "a share and a sum cannot be held against one another";
                self.problems.push(
                    Problem::at(share.span, title, "a share of what?")
                        .label(portion.span, "a sum")
                        .help("add the contract's `value`, or say with `of` what the share is of"),
                );
                return None;
            }
            match known {
                Some((currency, place)) if currency != sum.currency => {
                    let title = format!("`{sum}` cannot be held against an amount in {currency}");
                    let problem = Problem::at(portion.span, title, format!("this is in {}", sum.currency))
                        .help(format!("write it in {currency}"));
                    self.problems.push(match place {
                        Some(place) => problem.label(place, format!("this is in {currency}")),
                        None => problem,
                    });
                    return None;
                }
                Some(_) => {}
                None => known = Some((sum.currency, Some(portion.span))),
            }
        }
        Some(())
    }

    /// Whether each step holds later than the one before it, and owes no less.
    fn rising(&mut self, steps: &[(Step, Spanned<Portion>)], base: &RemedyBase) -> Option<()> {
        for pair in steps.windows(2) {
            let [(before, _), (step, credit)] = pair else { continue };
            let falls = step.credit.min(before.credit, base).is_some_and(|least| least == step.credit)
                && step.credit != before.credit;
            let title = match step.last.cmp(&before.last) {
                Ordering::Less | Ordering::Equal => "this step holds no later than the one before it",
                Ordering::Greater if falls => "this step owes less than the one before it",
                Ordering::Greater => continue,
            };
            self.problems.push(
                Problem::at(credit.span, title, "of this step")
                    .note("steps do not add up: the last one that was reached holds")
                    .help(
                        "write steps in the order in which they are reached, each with all that is owed then",
                    ),
            );
            return None;
        }
        Some(())
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
