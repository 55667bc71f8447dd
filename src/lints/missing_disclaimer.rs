use crate::prose::disclaimers::disclaims_some_future;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A feature that is not available today and that the contract's `documents` name, where no sentence in them disclaims
    /// future functionality.
    ///
    /// ## Why it matters
    ///
    /// Who names what is to come, be it as an outlook, is asked for it later. Many houses have a sentence for that: what was
    /// bought does not depend on what is to come.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// documents: [agreement.md]
    /// requirements:
    ///   - feature: sso
    ///     due: 2027-12-31
    /// ```
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide Single sign-on.
    /// 2. Vendor is working on the Audit log, and may offer it to Customer.
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso]
    /// name = "Single sign-on"
    /// status = "shipped"
    ///
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide Single sign-on.
    /// 2. Vendor is working on the Audit log, and may offer it to Customer.
    /// 3. Customer's purchase is not contingent on the delivery of any future functionality or features.
    /// ```
    pub(super) static LINT = {
        name: "missing-disclaimer",
        summary: "an outlook in a document, and no disclaimer of the future",
        level: Level::Allow,
        check: Check::Documents(|case| check(case).into_iter().collect()),
    }
}

fn check(case: &DocumentsCase<'_, '_>) -> Option<Finding> {
    let roadmap = case.context.roadmap;
    let read = &case.documents().read;
    let sentences =
        || read.iter().flat_map(|document| document.sentences().map(move |statement| (document, statement)));
    if sentences().any(|(_, statement)| disclaims_some_future(statement)) {
        return None;
    }
    let is_unshipped = |at: &&usize| {
        let is_to_come = |offer: &Offer| offer.status.is_before_release();
        roadmap.features.get(**at).is_some_and(|feature| feature.offers.iter().all(is_to_come))
    };
    let names = case.context.names.features(roadmap);
    let mut found = sentences().filter_map(|(document, statement)| {
        let named = names.named_in(&statement.text);
        let first = named.iter().flat_map(|mention| &mention.features).find(is_unshipped)?;
        Some((document, statement, *first))
    });
    let (document, statement, feature) = found.next()?;
    let feature = &roadmap.features[feature];
    let place = document.place_in_words(statement);
    let name = words::quoted(feature.title());
    let title = format!("{place} names {name}, which is not available, and no document disclaims the future");
    let finding = case
        .feature_finding(feature, &LINT, title, [&statement.text])
        .label(document.place(statement), "named here")
        .labels([case.entry(document)])
        .label(feature.id.span, "in the roadmap")
        .help(words::reword(
            case.contract().status,
            "add that the purchase does not depend on future functionality, or leave the outlook out",
        ));
    Some(finding)
}
