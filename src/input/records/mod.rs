//! The tables of contracts, roadmaps, configurations and waivers, as they are written: every key of every file.

mod config;
mod contract;
mod promises;
mod roadmap;
mod waivers;

pub use config::ConfigRecord;
pub(crate) use config::*;
pub use contract::ContractRecord;
pub(crate) use contract::*;
pub(crate) use promises::*;
pub use roadmap::RoadmapRecord;
pub(crate) use roadmap::*;
pub use waivers::WaiversRecord;
pub(crate) use waivers::*;

#[cfg(test)]
mod tests {
    use super::super::decode::Record;
    use super::*;

    #[track_caller]
    fn unambiguous<R: Record>() {
        let mut seen: Vec<&str> = Vec::new();
        for word in R::KEYS.iter().flat_map(|key| key.also) {
            assert!(R::KEYS.iter().all(|key| key.name != *word), "`{word}` is a key of {}", R::NOUN);
            assert!(!seen.contains(word), "`{word}` stands for two keys of {}", R::NOUN);
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "`{word}` is not in one word");
            seen.push(word);
        }
    }

    #[test]
    fn what_people_write_for_a_key_is_no_other_key() {
        unambiguous::<ContractRecord>();
        unambiguous::<PeriodRecord>();
        unambiguous::<RequirementRecord>();
        unambiguous::<FeatureRecord>();
        unambiguous::<OfferRecord>();
    }
}
