//! A roadmap in JSON, cut into the values of its keys.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Entries;

/// Cuts a text; none where it is no object, or a key comes twice.
pub(super) fn cut(text: &str) -> Option<Entries> {
    let whole: RawMap<'_> = serde_json::from_str(text).ok()?;
    let mut entries = Entries::default();
    for (key, value) in whole.entries()? {
        let part = format!("{}:{value}", serde_json::to_string(key).ok()?);
        match key.as_str() {
            "features" => {
                let features: RawMap<'_> = serde_json::from_str(value).ok()?;
                for (id, feature) in features.entries()? {
                    let entry = format!("{}:{feature}", serde_json::to_string(id).ok()?);
                    entries.of_features.insert(id.clone(), entry);
                }
            }
            "product" => entries.product.push(part),
            _ => entries.words.push(part),
        }
    }
    Some(entries)
}

/// The values of an object as they are written.
struct RawMap<'t>(Vec<(String, &'t RawValue)>);

impl<'t> RawMap<'t> {
    /// The keys with their values; none where a key comes twice.
    fn entries(&self) -> Option<impl Iterator<Item = (&String, &'t str)>> {
        let mut keys: Vec<&String> = self.0.iter().map(|(key, _)| key).collect();
        keys.sort();
        let is_sound = keys.windows(2).all(|pair| pair[0] != pair[1]);
        is_sound.then(|| self.0.iter().map(|(key, value)| (key, value.get())))
    }
}

impl<'de> Deserialize<'de> for RawMap<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawMapVisitor)
    }
}

struct RawMapVisitor;

impl<'de> Visitor<'de> for RawMapVisitor {
    type Value = RawMap<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(RawMap(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_values_as_they_are_written() {
        let entries =
            cut(r#"{"product": {}, "x": [1], "features": {"a": {"status": "idea"}, "b": 2}}"#).unwrap();
        assert_eq!(
            (entries.product, entries.words),
            (vec![r#""product":{}"#.to_owned()], vec![r#""x":[1]"#.to_owned()])
        );
        let features: Vec<&str> = entries.of_features.values().map(String::as_str).collect();
        assert_eq!(features, [r#""a":{"status": "idea"}"#, r#""b":2"#]);
        for text in [
            "[]", r#"{"features": [], "x": 1}"#, r#"{"x": 1, "x": 2}"#, r#"{"features": {"a": 1, "a": 2}}"#,
            "{",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
