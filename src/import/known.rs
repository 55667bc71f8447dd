//! What a roadmap that is updated says of the features that a table is about.

use std::collections::HashMap;

use crate::input::records::RoadmapRecord;
use crate::model::assemble::Vocabulary;
use crate::model::status::Status;
use crate::text::fold;

/// The statuses of the features of a roadmap. What a table leaves empty stays, so that a row without a status is about a
/// feature with one.
#[derive(Debug, Default)]
pub(crate) struct KnownStatuses {
    /// By the keys of tools, and by what features are called; none where several claim it.
    by_key: HashMap<String, Option<Status>>,
    by_name: HashMap<String, Option<Status>>,
}

impl KnownStatuses {
    /// Those of a roadmap.
    pub(crate) fn of(record: &RoadmapRecord, vocabulary: &Vocabulary) -> Self {
        let mut statuses = Self::default();
        let entries = record.features.given().map_or(&[][..], |table| &table.entries);
        for feature in entries.iter().filter_map(|(_, field)| field.given()) {
            let text = feature.own.status.given();
            let status = text.and_then(|text| Status::parse(&text.value, &vocabulary.statuses).ok());
            let add = |known: &mut HashMap<String, Option<Status>>, text: &str| {
                let entry = known.entry(fold(text.trim()).into_owned());
                entry.and_modify(|status| *status = None).or_insert(status);
            };
            for key in feature.own.refs.given().into_iter().flatten() {
                add(&mut statuses.by_key, &key.value);
            }
            if let Some(name) = feature.name.given() {
                add(&mut statuses.by_name, &name.value);
            }
        }
        statuses
    }

    /// That of the feature which a row is about: it is known by its key, and without one by its name.
    pub(super) fn find(&self, key: Option<&str>, name: &str) -> Option<Status> {
        let (known, text) = key.map_or((&self.by_name, name), |key| (&self.by_key, key));
        *known.get(&*fold(text.trim()))?
    }
}
