//! How much of what several deals are worth is kept, by chance: each amount that it may be, and how likely that is.
//!
//! A feature ships by one day, which is the same for every deal that waits for it: whoever needs it later is kept wherever
//! somebody is who needs it earlier. Features are taken to ship independently of each other.

use std::collections::{BTreeMap, HashMap};

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::deals::WorkKey;
use crate::model::forecast::ChanceBand;

/// The most steps in which a distribution is worked out exactly: some hundredths of a second.
const MOST_STEPS: usize = 1 << 21;

/// How often chance is asked where that would take more steps: a share of one half is then right within two hundredths.
pub(super) const DRAWS: u64 = 4_000;

/// As much as binary fractions are wrong by where they are added up.
const ROUNDING: f64 = 1e-9;

/// A deal with its value, of whatever is counted, and the features that it waits for with the chance that each ships in
/// time.
#[derive(Clone, Debug)]
pub(super) struct Stake<'d> {
    pub(super) value: Decimal,
    pub(super) features: &'d BTreeMap<WorkKey, Decimal>,
}

/// The amounts that may be kept, each with its probability.
#[derive(Clone, Debug)]
pub(super) struct Distribution {
    shares: BTreeMap<Decimal, f64>,
    /// Whether each probability was worked out; else it was drawn, with the same numbers in each run.
    pub(super) is_exact: bool,
}

/// Stakes whose features are known by their numbers.
struct StakePool {
    /// Of each feature the chances of those who wait for it, from the lowest.
    chances: Vec<Vec<f64>>,
    stakes: Vec<NumberedStake>,
}

/// A stake, and of each feature that it waits for the number, and the place of the chance among those of the feature.
struct NumberedStake {
    value: Decimal,
    features: Vec<(usize, usize)>,
}

impl Distribution {
    /// What comes of some deals together.
    pub(super) fn of(stakes: &[Stake<'_>]) -> Self {
        let pool = StakePool::new(stakes);
        let exact = pool.exact().map(|shares| Self { shares, is_exact: true });
        exact.unwrap_or_else(|| Self { shares: pool.drawn(), is_exact: false })
    }

    /// The amount that is mostly reached.
    pub(super) fn mostly_at_least(&self) -> Decimal {
        self.reached(ChanceBand::MOSTLY)
    }

    /// The amount that is seldom exceeded.
    pub(super) fn seldom_more_than(&self) -> Decimal {
        self.reached(ChanceBand::ABOUT_HALF)
    }

    /// The most that is reached with a probability.
    fn reached(&self, least: Decimal) -> Decimal {
        let least = least.to_f64().unwrap_or(1.0) - ROUNDING;
        let mut probability = 0.0;
        let reached = self.shares.iter().rev().find(|(_, share)| {
            probability += **share;
            probability >= least
        });
        reached.map(|(amount, _)| *amount).unwrap_or_default()
    }
}

impl StakePool {
    fn new(stakes: &[Stake<'_>]) -> Self {
        let mut numbers: HashMap<&WorkKey, usize> = HashMap::new();
        let mut known: Vec<Vec<Decimal>> = Vec::new();
        for (key, chance) in stakes.iter().flat_map(|stake| stake.features) {
            let number = *numbers.entry(key).or_insert(known.len());
            known.resize(known.len().max(number + 1), Vec::new());
            known[number].push(*chance);
        }
        for chances in &mut known {
            chances.sort();
            chances.dedup();
        }
        let place = |(key, chance): (&WorkKey, &Decimal)| {
            let number = numbers[key];
            (number, known[number].partition_point(|other| other < chance))
        };
        let numbered = |stake: &Stake<'_>| NumberedStake {
            value: stake.value,
            features: stake.features.iter().map(place).collect(),
        };
        let stakes = stakes.iter().map(numbered).collect();
        let share = |chance: &Decimal| chance.to_f64().unwrap_or_default();
        let chances = known.iter().map(|chances| chances.iter().map(share).collect()).collect();
        Self { chances, stakes }
    }

    /// Each amount with its probability, worked out for what shares features and then put together; none where that takes
    /// too long.
    fn exact(&self) -> Option<BTreeMap<Decimal, f64>> {
        let mut steps = 0;
        let mut all = BTreeMap::from([(Decimal::ZERO, 1.0)]);
        for stakes in self.components() {
            let shares = self.component(&stakes, &mut steps)?;
            steps += all.len() * shares.len();
            if steps > MOST_STEPS {
                return None;
            }
            let mut together = BTreeMap::new();
            for (one, probability) in &all {
                for (other, share) in &shares {
                    *together.entry(sum(*one, *other)).or_default() += probability * share;
                }
            }
            all = together;
        }
        Some(all)
    }

    /// Stakes that have to do with each other over the features that they share.
    fn components(&self) -> Vec<Vec<&NumberedStake>> {
        let mut features = UnionFind::new(self.chances.len());
        for stake in &self.stakes {
            for pair in stake.features.windows(2) {
                features.union(pair[0].0, pair[1].0);
            }
        }
        let mut components: BTreeMap<Option<usize>, Vec<&NumberedStake>> = BTreeMap::new();
        for stake in &self.stakes {
            let component = stake.features.first().map(|(feature, _)| features.find(*feature));
            components.entry(component).or_default().push(stake);
        }
        components.into_values().collect()
    }

    /// Goes through all that may become of the features of some stakes. A feature with chances of 0.2 and 0.5 ships early,
    /// or in time for those alone who need it late, or too late for all.
    fn component(&self, stakes: &[&NumberedStake], steps: &mut usize) -> Option<BTreeMap<Decimal, f64>> {
        let mut features: Vec<usize> =
            stakes.iter().flat_map(|stake| &stake.features).map(|(number, _)| *number).collect();
        features.sort_unstable();
        features.dedup();
        let waits: usize = stakes.iter().map(|stake| 1 + stake.features.len()).sum();
        let outcomes = |so_far: usize, feature: &usize| so_far.checked_mul(self.chances[*feature].len() + 1);
        let outcomes = features.iter().try_fold(1, outcomes)?;
        *steps = outcomes.checked_mul(waits)?.checked_add(*steps)?;
        if *steps > MOST_STEPS {
            return None;
        }
        let mut shares = BTreeMap::new();
        let mut places = vec![0; self.chances.len()];
        for outcome in 0..outcomes {
            let (mut rest, mut probability) = (outcome, 1.0);
            for &feature in &features {
                let chances = &self.chances[feature];
                let place = rest % (chances.len() + 1);
                rest /= chances.len() + 1;
                let until = chances.get(place).copied().unwrap_or(1.0);
                probability *= until - if place == 0 { 0.0 } else { chances[place - 1] };
                places[feature] = place;
            }
            if probability > 0.0 {
                let kept = stakes.iter().filter(|stake| stake.is_kept(&places));
                *shares.entry(kept.map(|stake| stake.value).fold(Decimal::ZERO, sum)).or_default() +=
                    probability;
            }
        }
        Some(shares)
    }

    /// Each amount with how often it came where chance was asked. Each draw has its own numbers, whichever thread takes it.
    fn drawn(&self) -> BTreeMap<Decimal, f64> {
        let draw = |number: u64| {
            let mut random = fastrand::Rng::with_seed(number);
            let place = |chances: &Vec<f64>| {
                let drawn = random.f64();
                chances.partition_point(|chance| *chance <= drawn)
            };
            let places: Vec<usize> = self.chances.iter().map(place).collect();
            let kept = self.stakes.iter().filter(|stake| stake.is_kept(&places));
            kept.map(|stake| stake.value).fold(Decimal::ZERO, sum)
        };
        let drawn: Vec<Decimal> = (0..DRAWS).into_par_iter().map(draw).collect();
        let mut shares = BTreeMap::new();
        for amount in drawn {
            *shares.entry(amount).or_default() += 1.0 / DRAWS as f64;
        }
        shares
    }
}

impl NumberedStake {
    /// Whether all features ship in time, by the places of the days on which they do among those of who waits.
    fn is_kept(&self, places: &[usize]) -> bool {
        self.features.iter().all(|(feature, place)| places[*feature] <= *place)
    }
}

/// Adds amounts. What 28 digits do not hold is no money.
fn sum(one: Decimal, other: Decimal) -> Decimal {
    one.checked_add(other).unwrap_or(Decimal::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deals::FeatureKey;

    /// A deal's value, and the chance of each feature by twentieths.
    type WrittenDeal = (u32, BTreeMap<usize, u32>);

    fn features(deal: &WrittenDeal) -> BTreeMap<WorkKey, Decimal> {
        let feature = |(number, chance): (&usize, &u32)| {
            let feature = FeatureKey { id: number.to_string(), roadmap: None };
            (WorkKey::of_feature(feature, 0), Decimal::new(i64::from(*chance) * 5, 2))
        };
        deal.1.iter().map(feature).collect()
    }

    fn of<T>(deals: &[WrittenDeal], made: impl Fn(&[Stake<'_>]) -> T) -> T {
        let features: Vec<_> = deals.iter().map(features).collect();
        let stakes = deals.iter().zip(&features);
        let stakes = stakes.map(|(deal, features)| Stake { value: Decimal::from(deal.0), features });
        made(&stakes.collect::<Vec<_>>())
    }

    fn distribution(deals: &[WrittenDeal]) -> Distribution {
        of(deals, Distribution::of)
    }

    fn drawn(deals: &[WrittenDeal]) -> Distribution {
        of(deals, |stakes| Distribution { shares: StakePool::new(stakes).drawn(), is_exact: false })
    }

    /// Each of 20 parts of what may become of each feature is as likely as any other.
    fn enumerated(deals: &[WrittenDeal], features: usize) -> BTreeMap<Decimal, f64> {
        let all = 20_u32.pow(u32::try_from(features).unwrap());
        let mut shares = BTreeMap::new();
        for outcome in 0..all {
            let ships = |(feature, chance): (&usize, &u32)| {
                outcome / 20_u32.pow(u32::try_from(*feature).unwrap()) % 20 < *chance
            };
            let kept = deals.iter().filter(|deal| deal.1.iter().all(ships)).map(|deal| deal.0);
            *shares.entry(Decimal::from(kept.sum::<u32>())).or_default() += 1.0 / f64::from(all);
        }
        shares
    }

    fn probability(shares: &BTreeMap<Decimal, f64>, least: Decimal) -> f64 {
        shares.range(least..).map(|(_, share)| share).sum()
    }

    const FEATURES: usize = 3;

    fn deals() -> impl Strategy<Value = Vec<WrittenDeal>> {
        let features = prop::collection::btree_map(0..FEATURES, 0..=20_u32, 0..=FEATURES);
        prop::collection::vec((0..6_u32, features), 0..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_distribution_agrees_with_enumeration(deals in deals()) {
            let (known, expected) = (distribution(&deals), enumerated(&deals, FEATURES));
            prop_assert!(known.is_exact);
            prop_assert!((known.shares.values().sum::<f64>() - 1.0).abs() < ROUNDING);
            let drawn = drawn(&deals);
            prop_assert!((drawn.shares.values().sum::<f64>() - 1.0).abs() < ROUNDING);
            for amount in expected.keys().chain(known.shares.keys()).chain(drawn.shares.keys()) {
                let right = probability(&expected, *amount);
                prop_assert!((probability(&known.shares, *amount) - right).abs() < ROUNDING);
                prop_assert!((probability(&drawn.shares, *amount) - right).abs() < 0.05);
            }
            let least = known.mostly_at_least();
            prop_assert!(probability(&expected, least) >= 0.65 - ROUNDING);
            let more = probability(&expected, known.seldom_more_than() + Decimal::new(1, 1));
            prop_assert!(more < 0.35, "{more}");
        }

        /// What makes one feature likelier makes no amount less likely.
        #[test]
        fn more_is_never_less(deals in deals(), at in 0..6_usize, feature in 0..FEATURES, more in 0..=20_u32) {
            let mut better = deals.clone();
            if let Some(chance) = better.get_mut(at).and_then(|deal| deal.1.get_mut(&feature)) {
                *chance = more.max(*chance);
            }
            let (before, after) = (distribution(&deals), distribution(&better));
            for amount in before.shares.keys().chain(after.shares.keys()) {
                let [before, after] = [&before, &after].map(|known| probability(&known.shares, *amount));
                prop_assert!(after >= before - ROUNDING);
            }
            prop_assert!(after.mostly_at_least() >= before.mostly_at_least());
        }
    }

    #[test]
    fn features_that_deals_share_count_once() {
        let deal = (100, BTreeMap::from([(0, 10)]));
        let shares = distribution(&[deal.clone(), deal]).shares;
        assert_eq!(shares.into_iter().collect::<Vec<_>>(), [(Decimal::ZERO, 0.5), (Decimal::from(200), 0.5)]);
    }

    #[test]
    fn what_is_too_large_is_drawn_alike_each_time() {
        let many: Vec<WrittenDeal> =
            (0..40).map(|at| (1 << at.min(20), BTreeMap::from([(at, 10), (at + 1, 14)]))).collect();
        let (one, other) = (distribution(&many), distribution(&many));
        assert!(!one.is_exact);
        assert_eq!(one.shares, other.shares);
        // Deals of one value each are many, and not large.
        let plain: Vec<WrittenDeal> = (0..400).map(|at| (1, BTreeMap::from([(at, 10)]))).collect();
        let known = distribution(&plain);
        assert!(known.is_exact);
        assert_eq!(
            [known.mostly_at_least(), known.seldom_more_than()],
            [Decimal::from(196), Decimal::from(204)]
        );
    }
}
