use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A commercial term in a contract for which the roadmap states no standard.
    ///
    /// ## Why it matters
    ///
    /// Where nobody has said what is normal, nobody can say that this is not. The term is agreed by whoever
    /// happens to negotiate, and the next customer asks for the same.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   paymnt: 30 days
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
    /// approver = "finance"
    /// ```
    ///
    /// ## Instead
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
    pub(super) static LINT = {
        name: "unknown-term",
        summary: "a commercial term for which there is no standard",
        level: Level::Warn,
        check: Check::Term(check),
    }
}

fn check(case: &TermCase<'_, '_>) -> Option<Finding> {
    let roadmap = case.context.roadmap;
    let (name, span) = (case.term.name.value.trim(), case.term.name.span);
    if !roadmap.lacks_term(&case.term.name.value) {
        return None;
    }
    let near = text::nearest(name, roadmap.terms.keys().map(String::as_str));
    let known = roadmap.terms.keys().map(|name| format!("`{name}`"));
    let note = match near {
        Some(_) => None,
        None if roadmap.terms.is_empty() => Some("the roadmap has no standard terms".to_owned()),
        None => Some(format!(
            "the roadmap has standards for {}",
            words::first_of(words::SHOWN, known, roadmap.terms.len())
        )),
    };
    let terms = &case.contract.terms;
    // Of so many, nobody looks through all for each.
    let is_written = |near: &str| {
        terms.len() > MANY || terms.iter().any(|term| !term.is_silent && same(&term.name.value, near))
    };
    let free = |near: &str| (!is_written(near)).then_some(span);
    let or = if near.is_some() { "or " } else { "" };
    let finding = case
        .finding(&LINT, format!("there is no standard for {}", words::quoted(name)))
        .label(span, "nobody has said what is normal for this")
        .notes(note)
        .helps(near.map(|near| Help::from(format!("did you mean `{near}`?")).replacing(free(near), near)))
        .help(format!("{or}add a standard for it to the roadmap, under `[terms.{}]`", text::toml_key(name)));
    Some(finding)
}

/// More terms than any contract has.
const MANY: usize = 1000;
