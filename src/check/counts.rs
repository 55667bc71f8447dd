//! Promises, counted once each: by their verdicts, which are facts, and by what they come to once waivers and levels
//! are settled.

use crate::delivery::{Delivery, Row};
use crate::lint::obstacle::Standing;
use crate::model::contract::Strength;
use crate::text;

const DELIVERIES: usize = Delivery::WORST_FIRST.len();

/// What a promise adds to the counts.
#[derive(Clone, Copy, Debug)]
pub struct CountedPromise {
    /// The verdict; none for services and where no feature is named.
    pub delivery: Option<Delivery>,
    /// What breaks it where the verdict does not.
    pub fault: Option<Row>,
    /// What it comes to.
    pub standing: Standing,
    /// Whether it needs no feature.
    pub is_service: bool,
    /// How much the clause promises, where that is not the thing itself.
    pub strength: Option<Strength>,
}

/// Promises, counted.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Requirements, services included.
    pub requirements: usize,
    /// Requirements that need no feature.
    pub services: usize,
    /// Requirements that need a feature and name none.
    pub unmapped: usize,
    by_delivery: [OfDelivery; DELIVERIES],
    by_standing: [usize; Standing::ALL.len()],
    /// Requirements whose clauses promise efforts, or a target; and those of them that are broken.
    by_strength: [[usize; 2]; Strength::ALL.len()],
}

/// Promises with one verdict.
#[derive(Clone, Copy, Debug, Default)]
struct OfDelivery {
    all: usize,
    /// Those that are due before today or before the signing.
    past: usize,
    /// Those that are gone before they need no longer hold.
    gone: usize,
}

impl OfDelivery {
    /// What breaks some of them where the verdict does not say so.
    fn faults(self) -> Vec<(&'static str, usize)> {
        let faults =
            [("due before today or the signing", self.past), ("gone before the contract ends", self.gone)];
        faults.into_iter().filter(|&(_, count)| count > 0).collect()
    }
}

impl Counts {
    /// Counts a promise.
    pub fn add(&mut self, promise: CountedPromise) {
        self.requirements += 1;
        self.services += usize::from(promise.is_service);
        self.unmapped += usize::from(promise.delivery.is_none() && !promise.is_service);
        self.by_standing[promise.standing as usize] += 1;
        if let Some(strength) = promise.strength {
            let [all, broken] = &mut self.by_strength[strength as usize];
            *all += 1;
            *broken += usize::from(promise.standing == Standing::Broken);
        }
        let Some(delivery) = promise.delivery else { return };
        if let Some(at) = Delivery::WORST_FIRST.iter().position(|other| *other == delivery) {
            let counted = &mut self.by_delivery[at];
            counted.all += 1;
            counted.past += usize::from(matches!(promise.fault, Some(Row::Past | Row::Missed)));
            counted.gone += usize::from(promise.fault == Some(Row::Sunset));
        }
    }

    /// Adds the counts of a part.
    pub fn add_all(&mut self, other: &Self) {
        self.requirements += other.requirements;
        self.services += other.services;
        self.unmapped += other.unmapped;
        for (sum, more) in self.by_standing.iter_mut().zip(other.by_standing) {
            *sum += more;
        }
        let strengths = self.by_strength.iter_mut().flatten();
        for (sum, more) in strengths.zip(other.by_strength.into_iter().flatten()) {
            *sum += more;
        }
        for (sum, more) in self.by_delivery.iter_mut().zip(other.by_delivery) {
            sum.all += more.all;
            sum.past += more.past;
            sum.gone += more.gone;
        }
    }

    /// Promises that are about features.
    pub fn promises(&self) -> usize {
        self.requirements - self.services
    }

    /// Promises that come to this.
    pub fn of(&self, standing: Standing) -> usize {
        self.by_standing[standing as usize]
    }

    /// Requirements whose clauses promise so much, and how many of them are broken.
    pub fn of_strength(&self, strength: Strength) -> [usize; 2] {
        self.by_strength[strength as usize]
    }

    /// The same in words, where there are any: `2 promise efforts alone (1 of them cannot be kept)`.
    pub fn strengths(&self) -> Option<String> {
        let parts = Strength::ALL.map(|strength| {
            let [all, broken] = self.of_strength(strength);
            let promise = text::plural(all, "promises", "promise");
            let broken = match (broken, all) {
                (0, _) => String::new(),
                (1, 1) => " (it cannot be kept)".to_owned(),
                (broken, _) => format!(" ({broken} of them cannot be kept)"),
            };
            (all > 0).then(|| format!("{promise} {}{broken}", strength.words()))
        });
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| text::and_list(&parts))
    }

    /// Promises about features that can be kept, and with time to spare.
    pub fn kept(&self) -> usize {
        self.of(Standing::Fine) - self.services
    }

    /// Promises with this verdict.
    pub fn delivered(&self, delivery: Delivery) -> usize {
        self.by_delivery().find(|(other, _)| *other == delivery).map_or(0, |(_, count)| count)
    }

    /// How many promises have each verdict that any has, worst first.
    pub fn by_delivery(&self) -> impl Iterator<Item = (Delivery, usize)> {
        self.counted().map(|(delivery, counted)| (delivery, counted.all))
    }

    /// How many promises with each verdict are broken by their term alone: a term is no row of the table, so the verdict
    /// does not show it.
    pub fn gone(&self) -> impl Iterator<Item = (Delivery, usize)> {
        let counts = self.counted().map(|(delivery, counted)| (delivery, counted.gone));
        counts.filter(|&(_, count)| count > 0)
    }

    /// Each verdict in words with how many have it: `shipped, of which 1 is gone before the contract ends`.
    pub fn by_words(&self) -> impl Iterator<Item = (Delivery, String, usize)> {
        self.counted().map(|(delivery, counted)| {
            let but = match counted.faults().as_slice() {
                [] => String::new(),
                [(fault, count)] if *count == counted.all => format!(" but {fault}"),
                faults => {
                    let are = |(fault, count): &(&str, usize)| {
                        format!("{} {fault}", text::plural(*count, "is", "are"))
                    };
                    format!(", of which {}", faults.iter().map(are).collect::<Vec<_>>().join(" and "))
                }
            };
            (delivery, format!("{}{but}", delivery.words()), counted.all)
        })
    }

    /// How many promises have each verdict, worst first: those that nothing else breaks, and apart from them those that something
    /// breaks, with what that is.
    pub(crate) fn by_fault(&self) -> impl Iterator<Item = (Delivery, Option<&'static str>, usize)> {
        self.counted().flat_map(|(delivery, counted)| {
            let faults = counted.faults();
            let others = counted.all - faults.iter().map(|(_, count)| count).sum::<usize>();
            let faults = faults.into_iter().map(move |(fault, count)| (delivery, Some(fault), count));
            faults.chain((others > 0).then_some((delivery, None, others)))
        })
    }

    fn counted(&self) -> impl Iterator<Item = (Delivery, OfDelivery)> {
        Delivery::WORST_FIRST.into_iter().zip(self.by_delivery).filter(|(_, counted)| counted.all > 0)
    }

    /// All requirements in words: `1 naming no feature, 3 late, 2 shipped, 1 service`.
    pub fn words(&self) -> String {
        let unmapped = (self.unmapped > 0).then(|| format!("{} naming no feature", self.unmapped));
        let judged = self.by_words().map(|(_, words, count)| format!("{count} {words}"));
        let services = (self.services > 0).then(|| text::count(self.services, "service"));
        unmapped.into_iter().chain(judged).chain(services).collect::<Vec<_>>().join(", ")
    }
}
