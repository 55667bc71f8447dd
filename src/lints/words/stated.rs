//! What the roadmap states of days and periods, for the lints that look at nothing else.

use std::collections::HashMap;

use crate::lint::Lint;
use crate::lint::context::LintContext;
use crate::lint::finding::Finding;
use crate::model::roadmap::{Feature, Offer};
use crate::model::scope::Scope;
use crate::model::window::Window;
use crate::source::{Span, Spanned};
use crate::text;

use super::{quoted, values_of};

/// A day or a period that a feature states, with the offers that it holds for: a further offer inherits the
/// words of the feature, and what is wrong with them is said once.
pub(in crate::lints) struct StatedDay<'r> {
    /// The feature.
    pub(in crate::lints) feature: &'r Feature,
    /// What is stated.
    pub(in crate::lints) window: Spanned<Window>,
    /// The first of the offers that state it.
    pub(in crate::lints) offer: &'r Offer,
    offers: Vec<&'r Offer>,
}

/// What the readable ones of these features state, each statement once.
pub(in crate::lints) fn stated<'r>(
    context: &LintContext<'r>,
    features: &[usize],
    of: impl Fn(&Offer) -> Option<Spanned<Window>>,
) -> Vec<StatedDay<'r>> {
    let mut all: Vec<StatedDay<'r>> = Vec::new();
    for feature in features.iter().filter_map(|&at| context.roadmap.features.get(at)) {
        if feature.unreadable {
            continue;
        }
        let mut places: HashMap<(Span, Span), usize> = HashMap::new();
        for offer in &feature.offers {
            let Some(window) = of(offer) else { continue };
            let place = *places.entry((window.span, offer.status.span)).or_insert(all.len());
            match all.get_mut(place) {
                Some(stated) => stated.offers.push(offer),
                None => all.push(StatedDay { feature, window, offer, offers: vec![offer] }),
            }
        }
    }
    all
}

impl StatedDay<'_> {
    /// The feature, with its scopes where only some of its offers state it: `"Audit log" for windows`.
    pub(in crate::lints) fn subject(&self) -> String {
        let name = quoted(self.feature.title());
        let scopes: Vec<&Scope> = self.offers.iter().map(|offer| &offer.scope).collect();
        if self.offers.len() == self.feature.offers.len() || scopes.iter().any(|scope| scope.is_empty()) {
            return name;
        }
        let mut dimensions: Vec<&str> =
            scopes.iter().flat_map(|scope| scope.iter()).map(|(name, _)| name).collect();
        dimensions.dedup_by(|one, other| crate::model::scope::same(one, other));
        let scopes = match dimensions.as_slice() {
            [only] => text::and_list(&values_of(scopes.into_iter(), only)),
            _ => scopes.iter().map(|scope| scope.to_string()).collect::<Vec<_>>().join("; "),
        };
        format!("{name} for {scopes}")
    }

    /// A finding about it; `contradicts` tells apart several about one offer.
    pub(in crate::lints) fn finding(&self, lint: &'static Lint, title: String, contradicts: &str) -> Finding {
        let scope = self.offer.scope.to_string();
        let about = [contradicts, &scope].into_iter().filter(|part| !part.is_empty());
        let about: Vec<&str> = about.collect();
        let finding = Finding::of_feature(self.feature, lint, title).about(about.join(" "));
        finding.refs(&self.subject(), self.offer.annotations.as_deref())
    }
}
