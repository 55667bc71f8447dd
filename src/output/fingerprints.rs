//! Fingerprints that no other of the run has. What they name is drawn in parallel, each knowing nothing of the others,
//! and is told apart when all are known, in order.

use std::collections::HashMap;

/// The fingerprints so far, with how often each came.
#[derive(Default)]
pub(super) struct Fingerprints(HashMap<String, usize>);

impl Fingerprints {
    /// A fingerprint as it is the first time; the second one of the same is `…:2`, the third `…:3`.
    pub(super) fn unique(&mut self, fingerprint: String) -> String {
        let count = self.0.entry(fingerprint.clone()).or_default();
        *count += 1;
        if *count == 1 { fingerprint } else { format!("{fingerprint}:{count}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fingerprints_are_the_same() {
        let mut fingerprints = Fingerprints::default();
        let unique = ["0a", "0b", "0a", "0a"].map(|fingerprint| fingerprints.unique(fingerprint.to_owned()));
        assert_eq!(unique, ["0a", "0b", "0a:2", "0a:3"]);
    }
}
