use crate::input::decode::{Scalar, Text};
use crate::model::contract::Contract;

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

fn check(name: &Text, _: &Scalar, _: &Contract, context: &LintContext<'_>) -> Option<Finding> {
    if !context.roadmap.lacks_term(&name.value) {
        return None;
    }
    let known: Vec<&str> = context.roadmap.terms.keys().map(String::as_str).collect();
    let title = format!("there is no standard for {}", words::quoted(name.value.trim()));
    let finding = Finding::new(&LINT, title).label(name.span, "nobody has said what is normal for this");
    let finding = match text::nearest(name.value.trim(), known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => finding.note("the roadmap has no standard terms"),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            finding.note(format!("the roadmap has standards for {}", words::some_of(&known)))
        }
    };
    let or = if finding.diagnostic.helps.is_empty() { "" } else { "or " };
    let key = toml_key(name.value.trim());
    Some(finding.help(format!("{or}add a standard for it to the roadmap, under `[terms.{key}]`")))
}

/// A name as TOML writes it as a key.
fn toml_key(name: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
