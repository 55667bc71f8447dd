use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A contract that does not state a commercial term of which the roadmap says `required = true`. For an amendment silence
    /// is what the contract says that it amends.
    ///
    /// ## Why it matters
    ///
    /// Where a contract says nothing of liability, the law decides, and usually there is no cap. Silence is agreed to like
    /// anything else, but nobody looks at it.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   payment: 30 days
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    ///
    /// [terms.payment]
    /// standard = "<= 45 days"
    ///
    /// [terms.liability-cap]
    /// standard = "<= 1000000 EUR"
    /// required = true
    /// approver = "legal"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   payment: 30 days
    ///   liability-cap: 500000 EUR
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "missing-term",
        summary: "no word on a commercial term that is required",
        level: Level::Deny,
        check: Check::Term(check),
    }
}

fn check(case: &TermCase<'_, '_>) -> Option<Finding> {
    let TermCase { term, contract, context } = case;
    let standard = context.roadmap.term(&term.name.value)?;
    if !term.is_silent || !standard.is_required {
        return None;
    }
    let name = term.name.value.trim();
    let near = contract
        .terms
        .iter()
        .filter(|other| !other.is_silent && context.roadmap.lacks_term(&other.name.value));
    let near = text::nearest(name, near.map(|other| other.name.value.as_str())).map(str::to_owned);
    let finding = case.finding(&LINT, format!("the contract says nothing about {name}, which is required"));
    let deciders = Deciders::of(&finding, context);
    let approve = match &deciders {
        Deciders::Nobody | Deciders::Anybody => None,
        Deciders::Groups(_) => Some(format!("{} on exceptions", deciders.decide())),
    };
    let value = standard
        .standard
        .first()
        .and_then(|part| words::standard_value(standard, part))
        .unwrap_or_else(|| "…".to_owned());
    let finding = finding
        .label(term.name.span, format!("no word on {name}"))
        .label(standard.place(), "the standard is stated here")
        .notes(standard.absent.as_ref().map(words::silence_means))
        .notes(approve)
        .helps(near.map(|near| format!("was `{near}` meant as `{name}`?")))
        .help(words::reword(contract.status, format!("state it under `terms`, such as \"{name}: {value}\"")));
    Some(finding)
}
