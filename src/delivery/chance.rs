//! How likely a promise is kept that is on time by plan: by plans like it, of which it is known how many were kept.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::model::evidence::{Confirmation, Evidence, OfferEvidence};
use crate::model::forecast::{ChanceBand, FRESH, ForecastTable, Standby, column};
use crate::model::measured::ENOUGH;
use crate::model::window::{Date, days_between};
use crate::text;

use super::{Delivery, Judgement, Promise};

/// What chances are worked out with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forecaster<'r> {
    /// What is known of targets.
    pub(crate) evidence: &'r Evidence,
    /// How often plans are kept.
    pub(crate) table: &'r ForecastTable,
    /// The day of the check.
    pub(crate) today: Date,
}

/// How likely something is kept that rests on features which have not shipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chance {
    /// By the places of features and of their offers: two promises of one feature are kept together.
    features: BTreeMap<(usize, usize), FeatureChance>,
}

/// How likely a feature ships in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FeatureChance {
    /// The share of plans like this one that were kept.
    pub(crate) value: Decimal,
    /// What its team says of its target.
    pub(crate) standby: Standby,
    /// The last confirmation, if anybody knows of one.
    pub(crate) confirmation: Option<Confirmation>,
    /// Why, in words.
    pub(crate) reasons: Vec<String>,
    /// What table says so, in words.
    pub(crate) source: &'static str,
}

impl Forecaster<'_> {
    /// How likely a feature ships in time; nothing of one that has shipped, or is not on time by plan.
    pub(crate) fn of_feature(&self, judgement: &Judgement<'_>) -> Option<((usize, usize), FeatureChance)> {
        let is_on_time = matches!(judgement.delivery, Delivery::OnTrack | Delivery::Tight);
        let offer = judgement.offer.filter(|_| is_on_time && judgement.lapse.is_none())?;
        let ((at, place), to_spare) = (judgement.place()?, -judgement.days?);
        let evidence = self.evidence.of(at, place);
        let confirmation = evidence.and_then(|evidence: &OfferEvidence| evidence.confirmation);
        let is_fresh = confirmation.is_some_and(|said| days_between(said.on, self.today) <= FRESH);
        // What git would tell, and does not, may be of yesterday.
        let is_untold = confirmation.is_none() && self.evidence.caveat.is_some();
        let standby = Standby::of(is_fresh || is_untold, offer.committed);
        let said = match (standby, confirmation) {
            (_, None) if is_untold => {
                "git does not tell when its target was last confirmed, so it counts as confirmed".to_owned()
            }
            (Standby::Committed, Some(said)) => format!("committed to, and confirmed on {}", said.on),
            (Standby::Confirmed, Some(said)) => format!("confirmed on {}, and not committed to", said.on),
            (_, Some(said)) => format!("not confirmed since {}", said.on),
            (_, None) => "nothing tells when its target was last confirmed".to_owned(),
        };
        let spare = match to_spare {
            days if days <= 0 => "no day to spare".to_owned(),
            days => format!("{} to spare", text::days(days)),
        };
        let value = self.table.chance(standby, to_spare);
        let record = self.evidence.record.cells[standby as usize][column(to_spare)];
        // Of fewer cases a share says nothing, and would be quoted all the same.
        let counted = (record.cases >= ENOUGH)
            .then(|| format!("of {} plans of ours like it, {} were kept", record.cases, record.kept));
        let reasons = [Some(said), Some(spare), counted].into_iter().flatten().collect();
        let source = self.table.source();
        Some(((at, place), FeatureChance { value, standby, confirmation, reasons, source }))
    }

    /// The chance of a promise; none where it is kept, broken by plan, or due on no day.
    pub(crate) fn of_promise(&self, promise: &Promise<'_>) -> Option<Chance> {
        let is_on_time = matches!(promise.delivery(), Some(Delivery::OnTrack | Delivery::Tight));
        let mut chance = Chance::default();
        for (key, feature) in promise.judgements.iter().filter_map(|judgement| self.of_feature(judgement)) {
            chance.add(key, feature);
        }
        (is_on_time && promise.fault().is_none() && !chance.features.is_empty()).then_some(chance)
    }

    /// How likely all promises of a contract are kept; nothing where one of them cannot be by plan, or was not judged.
    pub(crate) fn of_contract(&self, promises: &[Promise<'_>]) -> Option<Chance> {
        let mut all = Chance::default();
        for promise in promises.iter().filter(|promise| !promise.requirement.is_service) {
            match promise.delivery()? {
                _ if promise.fault().is_some() => return None,
                Delivery::Shipped | Delivery::Unscheduled => {}
                Delivery::OnTrack | Delivery::Tight => {
                    let chance = self.of_promise(promise)?;
                    chance.features.into_iter().for_each(|(key, feature)| all.add(key, feature));
                }
                _ => return None,
            }
        }
        Some(all)
    }
}

impl Chance {
    /// Whether anything has to ship first.
    pub(crate) fn waits(&self) -> bool {
        !self.features.is_empty()
    }

    /// What has to ship, by the places of features and of their offers.
    pub(crate) fn features(&self) -> impl Iterator<Item = ((usize, usize), Decimal)> {
        self.features.iter().map(|(place, feature)| (*place, feature.value))
    }

    /// Adds what has to ship. Of several days by which one feature is needed the earliest decides.
    fn add(&mut self, key: (usize, usize), feature: FeatureChance) {
        let known = self.features.entry(key).or_insert_with(|| feature.clone());
        if feature.value < known.value {
            *known = feature;
        }
    }

    /// From 0 to 1. Features are taken to ship independently of each other.
    pub(crate) fn value(&self) -> Decimal {
        self.features.values().map(|feature| feature.value).product()
    }

    /// The same in words.
    pub(crate) fn band(&self) -> ChanceBand {
        ChanceBand::of(self.value())
    }

    /// What tables say so, in words, each once.
    pub(crate) fn sources(&self) -> BTreeSet<&'static str> {
        self.features.values().map(|feature| feature.source).collect()
    }

    /// Why, in words, each once.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let mut reasons: Vec<String> = Vec::new();
        for reason in self.features.values().flat_map(|feature| &feature.reasons) {
            if !reasons.contains(reason) {
                reasons.push(reason.clone());
            }
        }
        reasons
    }
}
