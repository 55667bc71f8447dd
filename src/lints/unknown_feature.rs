use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is not in the roadmap under any id, name or alias.
    ///
    /// ## Why it matters
    ///
    /// Nobody has planned it, so nobody is building it. Often it is a feature by another name, and the roadmap
    /// lacks the alias that customers use; as often somebody said yes to a list of requirements without reading
    /// it.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: sso-sml
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "unknown-feature",
        summary: "the roadmap has no such feature",
        level: Level::Deny,
        check: Check::Delivery(Row::Unknown, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let written = case.judgement.written.value.as_str();
    let title = format!("the roadmap has no feature {}", words::quoted(written));
    let finding = case.at_feature(&LINT, title, "no such feature").notes(case.clause());
    if let Some(near) = case.context.roadmap.nearest(written) {
        let help = format!("did you mean `{}` ({})?", near.id.value, words::quoted(near.title()));
        return finding
            .help(Help::from(help).replacing(case.place_for(near, case.judgement), near.id.value.as_str()))
            .help("if not, ask the team whether they will build it");
    }
    let text = case.promise.requirement.text.as_ref().map_or(written, |text| &text.value);
    let candidates = case.context.roadmap.candidates(text);
    let meant = candidates.iter().take(3).map(|candidate| {
        let (name, id) = (words::quoted(candidate.title()), candidate.id.value.as_str());
        Help::from(format!("if {name} is what is meant, write `{id}`"))
            .replacing(case.place_for(candidate, case.judgement), id)
    });
    finding.helps(meant).help(if case.is_draft() {
        "take the promise out, or ask the team whether they will build it and have it added to the roadmap"
    } else {
        "the contract is signed: have the feature added to the roadmap, with a team and a date"
    })
}
