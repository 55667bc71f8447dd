//! What a promise would owe, with the formula.

use rust_decimal::Decimal;

use crate::delivery::{Delivery, Owed, Row};
use crate::lint::case::Case;
use crate::model::period::Period;
use crate::model::remedy::{
    Accrual, Credit, FreeDelay, Per, PeriodCredit, Portion, RemedyBase, RemedyPart, Tier,
};
use crate::text;

impl Case<'_, '_> {
    /// What the promise would owe, with the formula. Where there is no date, the most that it can come to.
    pub(super) fn remedy(&self) -> Vec<String> {
        let tiers = (self.row == Some(Row::LevelGap)).then(|| self.promise.service_credits());
        let tiers = tiers.into_iter().flatten().map(service_credit);
        self.owed().into_iter().chain(self.termination()).chain(tiers).collect()
    }

    fn owed(&self) -> Option<String> {
        let remedy = self.promise.requirement.remedy.as_ref()?;
        let is_nothing = |part: &RemedyPart| part.accrual.credits().all(Portion::is_zero);
        let mut parts = remedy.parts.iter().filter(|part| !is_nothing(part)).peekable();
        let first = parts.peek().map(|part| &part.base)?;
        let unnamed = match (first.amount, &first.name) {
            (Some(_), None)
                if remedy.parts.iter().flat_map(|it| it.accrual.credits()).any(Portion::is_share) =>
            {
                "; of the whole value, since no base is named"
            }
            _ => "",
        };
        if self.judgement.expected.is_some() {
            let Owed { by, credits, money, cap, at_least, .. } = self.promise.owed()?;
            let least = if at_least { "at least " } else { "" };
            let total = match (money, credits.as_slice()) {
                (Some(money), _) => money.rounded().to_string(),
                (None, [(part, credit)]) => in_money(credit.owed, &part.base),
                (None, _) => "what adds up".to_owned(),
            };
            let formulas: Vec<String> = credits.iter().map(|(part, credit)| formula(part, *credit)).collect();
            let cap =
                cap.map(|cap| format!(", and all remedies of the contract together are capped at {cap}"));
            let (formulas, cap) = (formulas.join(", plus "), cap.unwrap_or_default());
            return Some(format!("would owe {least}{total} by {by}: {formulas}{cap}{unnamed}"));
        }
        let delivery = self.judgement.delivery;
        if !delivery.is_broken() || delivery == Delivery::Unknown {
            return None;
        }
        let bounds: Vec<String> = parts.map(bound).collect();
        let cap = self.promise.contract.remedy_cap;
        let cap = cap.map(|cap| format!("; all remedies of the contract together are capped at {cap}"));
        Some(format!("may owe {}{}{unnamed}", bounds.join(", plus "), cap.unwrap_or_default()))
    }

    fn termination(&self) -> Option<String> {
        let termination = self.promise.termination()?;
        let refund = termination.refund.map(|refund| {
            let comes_to = match refund {
                Portion::Share(_) if termination.base.amount.is_some() => {
                    format!(", {}", of_base(refund, &termination.base))
                }
                _ => String::new(),
            };
            format!(" and is paid back {}{comes_to}", in_money(refund, &termination.base))
        });
        let (first, after) = (termination.first, termination.after.length());
        Some(format!(
            "from {first} on, {after} after the deadline, the customer may end the contract{}",
            refund.unwrap_or_default()
        ))
    }
}

/// The most that a level can cost, where it is missed.
fn service_credit(tier: &Tier) -> String {
    let Tier { level, bound, credit, base } = tier;
    let per = bound.quantity.window().map_or_else(|| "a period".to_owned(), |window| format!("a {window}"));
    let share = match credit {
        Portion::Share(_) if base.amount.is_some() => format!(", {}", of_base(*credit, base)),
        _ => String::new(),
    };
    format!(
        "{} of {} costs {} at most{share}: {per} can cost no more, and this is no forecast",
        level,
        bound.words(),
        in_money(*credit, base)
    )
}

/// A portion as a sum, where that can be worked out.
fn in_money(portion: Portion, base: &RemedyBase) -> String {
    portion.of(base).map_or_else(|| of_base(portion, base), |money| money.rounded().to_string())
}

/// A portion with what it is of: `2 % of 640000 EUR`, `2 % of monthly (4000 EUR)`, `500 EUR`.
fn of_base(portion: Portion, base: &RemedyBase) -> String {
    match (portion, base.amount, &base.name) {
        (Portion::Sum(_), ..) => portion.to_string(),
        (Portion::Share(_), Some(amount), Some(name)) if !name.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{portion} of {name} ({amount})")
        }
        (Portion::Share(_), Some(amount), _) => format!("{portion} of {amount}"),
        (Portion::Share(_), None, _) => format!("{portion} of the contract's value"),
    }
}

/// How what is owed comes about: `2 % of 640000 EUR for each of 22 started weeks is 44 %, capped at 10 %`.
fn formula(part: &RemedyPart, credit: Credit) -> String {
    let Credit { count, sum, owed } = credit;
    let capped = if owed == sum {
        String::new()
    } else {
        let cap = part.cap.map_or_else(|| owed.to_string(), |cap| cap.to_string());
        format!(" is {sum}, capped at {cap}")
    };
    match &part.accrual {
        Accrual::Rate(PeriodCredit { credit, per, free, .. }) => {
            let free = free.map(|FreeDelay { length, is_lost, .. }| match is_lost {
                false => format!(" after a grace of {}", length.length()),
                true => format!(" (late by more than {}, so all count)", length.length()),
            });
            format!(
                "{}{}{}{capped}",
                of_base(*credit, &part.base),
                periods(*per, count),
                free.unwrap_or_default()
            )
        }
        Accrual::Steps(steps) => {
            let after =
                usize::try_from(count - 1).ok().and_then(|at| steps.get(at)).map(|step| step.after.length());
            let after = after.map(|after| format!(" after {after} of delay"));
            format!("{}{}{capped}", of_base(sum, &part.base), after.unwrap_or_default())
        }
    }
}

/// For how many periods: ` for each of 22 started weeks`.
fn periods(per: Per, count: i64) -> String {
    let (kind, period) = match per {
        Per::Once => return ", once".to_owned(),
        // Days are whole; a longer period counts in full once it has started.
        Per::Started(Period::Day) | Per::Full(Period::Day) => ("", Period::Day),
        Per::Started(period) => ("started ", period),
        Per::Full(period) => ("full ", period),
    };
    match count {
        1 => format!(" for 1 {kind}{period}"),
        several => format!(" for each of {several} {kind}{period}s"),
    }
}

/// The most that a delay without an end comes to.
fn bound(part: &RemedyPart) -> String {
    let most = part.most().map(|most| in_money(most, &part.base));
    match (&part.accrual, most) {
        (Accrual::Rate(PeriodCredit { credit, per: Per::Once, .. }), Some(most)) => match credit {
            Portion::Share(_) if part.base.amount.is_some() => {
                format!("{most}: {}, once", of_base(*credit, &part.base))
            }
            _ => format!("{most}, once"),
        },
        (Accrual::Rate(PeriodCredit { credit, per, .. }), most) => {
            let credit = of_base(*credit, &part.base);
            let each = match per {
                Per::Started(period) if *period != Period::Day => format!("started {period}"),
                per => per.to_string(),
            };
            let Some((most, cap)) = most.zip(part.cap) else {
                return format!("{credit} for each {each} of delay, without a cap");
            };
            let reached = part.periods_to_cap().map(|periods| {
                let periods = periods.normalize();
                let plural = if periods == Decimal::ONE { "" } else { "s" };
                let period = match per {
                    Per::Started(period) | Per::Full(period) => period.to_string(),
                    Per::Once => per.to_string(),
                };
                format!(" after {periods} {period}{plural}")
            });
            format!(
                "{most}: {credit} for each {each} of delay reaches the cap of {cap}{}",
                reached.unwrap_or_default()
            )
        }
        (Accrual::Steps(steps), most) => {
            let last = steps.last().map(|step| step.after.length()).unwrap_or_default();
            let most = most.unwrap_or_else(|| "what adds up".to_owned());
            format!("{most}: what is owed after {last} of delay, in {}", text::count(steps.len(), "step"))
        }
    }
}
