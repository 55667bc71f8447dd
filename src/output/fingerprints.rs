//! JSON objects with a fingerprint that no other of the run has. They are drawn in parallel, each knowing nothing
//! of the others, and get their last key when they are written, in order.

use std::collections::HashMap;

use serde::Serialize;

/// Adds an object to what is drawn: a line of its own, behind its fingerprint. JSON has no bare line break.
pub(super) fn add(out: &mut Vec<u8>, fingerprint: &str, object: &impl Serialize) {
    out.extend_from_slice(fingerprint.as_bytes());
    // These types hold only texts and numbers: they always serialize, and a vector takes all that is written.
    let _ = serde_json::to_writer(&mut *out, object);
    out.push(b'\n');
}

/// The fingerprints so far, with how often each came.
#[derive(Default)]
pub(super) struct Fingerprints(HashMap<String, usize>);

impl Fingerprints {
    /// The objects of what was drawn, each open at its end for the fingerprint: a second one of the same is
    /// `…:2`, the third `…:3`.
    pub(super) fn of<'d>(&mut self, drawn: &'d [u8]) -> impl Iterator<Item = (&'d [u8], String)> {
        drawn.split(|&byte| byte == b'\n').filter_map(|line| {
            let start = line.iter().position(|&byte| byte == b'{')?;
            let fingerprint = String::from_utf8_lossy(&line[..start]).into_owned();
            let object = line[start..].strip_suffix(b"}")?;
            let count = self.0.entry(fingerprint.clone()).or_default();
            *count += 1;
            let number = if *count == 1 { String::new() } else { format!(":{count}") };
            Some((object, fingerprint + &number))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fingerprints_are_the_same() {
        #[derive(Serialize)]
        struct Object(#[serde(serialize_with = "text")] &'static str);
        fn text<S: serde::Serializer>(text: &&str, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("text", text)])
        }
        let mut drawn = Vec::new();
        for (fingerprint, text) in [("0a", "x}\n{y"), ("0b", "}"), ("0a", "z"), ("0a", "")] {
            add(&mut drawn, fingerprint, &Object(text));
        }
        let mut fingerprints = Fingerprints::default();
        let mut objects = Vec::new();
        for (object, fingerprint) in fingerprints.of(&drawn) {
            objects.push(format!("{}|{fingerprint}", String::from_utf8_lossy(object)));
        }
        assert_eq!(
            objects,
            ["{\"text\":\"x}\\n{y\"|0a", "{\"text\":\"}\"|0b", "{\"text\":\"z\"|0a:2", "{\"text\":\"\"|0a:3"]
        );
    }
}
