//! The probability of each amount that may be kept of what several deals are worth.
//!
//! A feature ships on one day for all deals. Where a deal that needs it early is kept, so are those that need it later.
//! Different features are taken to be independent.

use std::collections::{BTreeMap, HashMap};

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::deals::WorkKey;
use crate::model::forecast::ChanceBand;

/// The most steps in which a distribution is worked out exactly: some hundredths of a second.
const MOST_STEPS: usize = 1 << 21;

/// Monte Carlo samples, where the exact computation takes more than [`MOST_STEPS`]: a probability near one half is then right
/// within 0.02 in 95 of 100 runs.
pub(super) const SAMPLES: u64 = 4_000;

/// Tolerance for floating-point error in a sum of probabilities.
const ROUNDING: f64 = 1e-9;

/// What is at stake with one deal: its value, and for each feature it waits for, the chance that it ships in time.
#[derive(Clone, Debug)]
pub(super) struct Stake<'d> {
    pub(super) value: Decimal,
    pub(super) features: &'d BTreeMap<WorkKey, Decimal>,
}

/// The amounts that may be kept, each with its probability.
#[derive(Clone, Debug)]
pub(super) struct Distribution {
    probabilities: BTreeMap<Decimal, f64>,
    /// Whether each probability was worked out; else it was simulated, with the same numbers in each run.
    pub(super) is_exact: bool,
}

/// Stakes whose features are known by their indices.
struct IndexedStakes {
    /// Of each feature the chances of those who wait for it, from the lowest.
    chances: Vec<Vec<f64>>,
    stakes: Vec<IndexedStake>,
}

/// A stake, with the index of each feature that it waits for, and the rank of its chance among those of the feature.
struct IndexedStake {
    value: Decimal,
    features: Vec<(usize, usize)>,
}

impl Distribution {
    /// What comes of some deals together.
    pub(super) fn of(stakes: &[Stake<'_>]) -> Self {
        let pool = IndexedStakes::new(stakes);
        let exact = pool.exact().map(|probabilities| Self { probabilities, is_exact: true });
        exact.unwrap_or_else(|| Self { probabilities: pool.simulated(), is_exact: false })
    }

    /// The amount that is mostly reached.
    pub(super) fn mostly_at_least(&self) -> Decimal {
        self.quantile(ChanceBand::MOSTLY)
    }

    /// The amount that is seldom exceeded: in fewer than 35 of 100 cases, so the highest that is reached in 35.
    pub(super) fn seldom_more_than(&self) -> Decimal {
        self.quantile(ChanceBand::ABOUT_HALF)
    }

    /// The most that is reached with a probability.
    fn quantile(&self, least: Decimal) -> Decimal {
        let least = least.to_f64().unwrap_or(1.0) - ROUNDING;
        let mut probability = 0.0;
        let reached = self.probabilities.iter().rev().find(|(_, of_amount)| {
            probability += **of_amount;
            probability >= least
        });
        reached.map(|(amount, _)| *amount).unwrap_or_default()
    }
}

impl IndexedStakes {
    fn new(stakes: &[Stake<'_>]) -> Self {
        let mut numbers: HashMap<&WorkKey, usize> = HashMap::new();
        let mut all_chances: Vec<Vec<Decimal>> = Vec::new();
        for (key, chance) in stakes.iter().flat_map(|stake| stake.features) {
            let number = *numbers.entry(key).or_insert_with(|| {
                all_chances.push(Vec::new());
                all_chances.len() - 1
            });
            all_chances[number].push(*chance);
        }
        for of_feature in &mut all_chances {
            of_feature.sort();
            of_feature.dedup();
        }
        let rank = |(key, chance): (&WorkKey, &Decimal)| {
            let number = numbers[key];
            (number, all_chances[number].partition_point(|other| other < chance))
        };
        let indexed = |stake: &Stake<'_>| IndexedStake {
            value: stake.value,
            features: stake.features.iter().map(rank).collect(),
        };
        let stakes = stakes.iter().map(indexed).collect();
        let binary = |chance: &Decimal| chance.to_f64().unwrap_or_default();
        let chances = all_chances.iter().map(|of_feature| of_feature.iter().map(binary).collect()).collect();
        Self { chances, stakes }
    }

    /// Each amount with its probability, worked out for what shares features and then put together; none where that takes
    /// too long.
    fn exact(&self) -> Option<BTreeMap<Decimal, f64>> {
        let mut steps = 0;
        let mut all = BTreeMap::from([(Decimal::ZERO, 1.0)]);
        for stakes in self.components() {
            let probabilities = self.component(&stakes, &mut steps)?;
            steps += all.len() * probabilities.len();
            if steps > MOST_STEPS {
                return None;
            }
            let mut convolved = BTreeMap::new();
            for (one, probability) in &all {
                for (other, of_other) in &probabilities {
                    *convolved.entry(sum(*one, *other)).or_default() += probability * of_other;
                }
            }
            all = convolved;
        }
        Some(all)
    }

    /// Stakes that have to do with each other over the features that they share.
    fn components(&self) -> Vec<Vec<&IndexedStake>> {
        let mut features = UnionFind::new(self.chances.len());
        for stake in &self.stakes {
            for pair in stake.features.windows(2) {
                features.union(pair[0].0, pair[1].0);
            }
        }
        let mut components: BTreeMap<Option<usize>, Vec<&IndexedStake>> = BTreeMap::new();
        for stake in &self.stakes {
            let component = stake.features.first().map(|(feature, _)| features.find(*feature));
            components.entry(component).or_default().push(stake);
        }
        components.into_values().collect()
    }

    /// Goes through all that may become of the features of some stakes. A feature with chances of 0.2 and 0.5 ships early,
    /// or in time for those alone who need it late, or too late for all.
    fn component(&self, stakes: &[&IndexedStake], steps: &mut usize) -> Option<BTreeMap<Decimal, f64>> {
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
        let mut probabilities = BTreeMap::new();
        let mut ranks = vec![0; self.chances.len()];
        for outcome in 0..outcomes {
            // `outcome` is a number of mixed radix: each digit is the rank of one feature's day.
            let (mut rest, mut probability) = (outcome, 1.0);
            for &feature in &features {
                let chances = &self.chances[feature];
                let rank = rest % (chances.len() + 1);
                rest /= chances.len() + 1;
                let until = chances.get(rank).copied().unwrap_or(1.0);
                probability *= until - if rank == 0 { 0.0 } else { chances[rank - 1] };
                ranks[feature] = rank;
            }
            if probability > 0.0 {
                let kept = stakes.iter().filter(|stake| stake.is_kept(&ranks));
                *probabilities.entry(kept.map(|stake| stake.value).fold(Decimal::ZERO, sum)).or_default() +=
                    probability;
            }
        }
        Some(probabilities)
    }

    /// Each amount with how often it came in the samples. Each sample has its own numbers, whichever thread takes it.
    fn simulated(&self) -> BTreeMap<Decimal, f64> {
        let sample = |number: u64| {
            let mut random = fastrand::Rng::with_seed(number);
            let rank = |chances: &Vec<f64>| {
                let number = random.f64();
                chances.partition_point(|chance| *chance <= number)
            };
            let ranks: Vec<usize> = self.chances.iter().map(rank).collect();
            let kept = self.stakes.iter().filter(|stake| stake.is_kept(&ranks));
            kept.map(|stake| stake.value).fold(Decimal::ZERO, sum)
        };
        let amounts: Vec<Decimal> = (0..SAMPLES).into_par_iter().map(sample).collect();
        let mut probabilities = BTreeMap::new();
        for amount in amounts {
            *probabilities.entry(amount).or_default() += 1.0 / SAMPLES as f64;
        }
        probabilities
    }
}

impl IndexedStake {
    /// Whether each feature ships in time, given the rank of its day among the chances.
    fn is_kept(&self, ranks: &[usize]) -> bool {
        self.features.iter().all(|(feature, rank)| ranks[*feature] <= *rank)
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

    fn simulated(deals: &[WrittenDeal]) -> Distribution {
        of(deals, |stakes| Distribution {
            probabilities: IndexedStakes::new(stakes).simulated(),
            is_exact: false,
        })
    }

    /// Each of 20 parts of what may become of each feature is as likely as any other.
    fn enumerated(deals: &[WrittenDeal], features: usize) -> BTreeMap<Decimal, f64> {
        let all = 20_u32.pow(u32::try_from(features).unwrap());
        let mut probabilities = BTreeMap::new();
        for outcome in 0..all {
            let ships = |(feature, chance): (&usize, &u32)| {
                outcome / 20_u32.pow(u32::try_from(*feature).unwrap()) % 20 < *chance
            };
            let kept = deals.iter().filter(|deal| deal.1.iter().all(ships)).map(|deal| deal.0);
            *probabilities.entry(Decimal::from(kept.sum::<u32>())).or_default() += 1.0 / f64::from(all);
        }
        probabilities
    }

    fn probability(probabilities: &BTreeMap<Decimal, f64>, least: Decimal) -> f64 {
        probabilities.range(least..).map(|(_, of_amount)| of_amount).sum()
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
            prop_assert!((known.probabilities.values().sum::<f64>() - 1.0).abs() < ROUNDING);
            let simulated = simulated(&deals);
            prop_assert!((simulated.probabilities.values().sum::<f64>() - 1.0).abs() < ROUNDING);
            for amount in expected.keys().chain(known.probabilities.keys()).chain(simulated.probabilities.keys()) {
                let right = probability(&expected, *amount);
                prop_assert!((probability(&known.probabilities, *amount) - right).abs() < ROUNDING);
                prop_assert!((probability(&simulated.probabilities, *amount) - right).abs() < 0.05);
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
            for amount in before.probabilities.keys().chain(after.probabilities.keys()) {
                let [before, after] = [&before, &after].map(|known| probability(&known.probabilities, *amount));
                prop_assert!(after >= before - ROUNDING);
            }
            prop_assert!(after.mostly_at_least() >= before.mostly_at_least());
        }
    }

    #[test]
    fn features_that_deals_share_count_once() {
        let deal = (100, BTreeMap::from([(0, 10)]));
        let probabilities = distribution(&[deal.clone(), deal]).probabilities;
        assert_eq!(
            probabilities.into_iter().collect::<Vec<_>>(),
            [(Decimal::ZERO, 0.5), (Decimal::from(200), 0.5)]
        );
    }

    #[test]
    fn what_is_too_large_is_simulated_alike_each_time() {
        let many: Vec<WrittenDeal> =
            (0..40).map(|at| (1 << at.min(20), BTreeMap::from([(at, 10), (at + 1, 14)]))).collect();
        let (one, other) = (distribution(&many), distribution(&many));
        assert!(!one.is_exact);
        assert_eq!(one.probabilities, other.probabilities);
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
