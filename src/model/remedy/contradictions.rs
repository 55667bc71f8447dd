//! Where what is owed contradicts itself, says half of something, or cannot be held against one another.

use std::cmp::Ordering;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items};
use crate::input::records::RemedyRecord;
use crate::source::{Span, Spanned};

use super::read::RemedyReading;
use super::{Portion, RemedyBase, Step};

impl RemedyReading<'_> {
    /// What contradicts itself, or says half of something.
    pub(super) fn contradictions(&mut self, record: &RemedyRecord) {
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
    pub(super) fn comparable(
        &mut self,
        portions: impl Iterator<Item = Spanned<Portion>>,
        base: &RemedyBase,
        of: Option<Span>,
    ) -> Option<()> {
        // A waiver's decision stands apart from any contract: what its shares are of is not known there.
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
    pub(super) fn rising(&mut self, steps: &[(Step, Spanned<Portion>)], base: &RemedyBase) -> Option<()> {
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
