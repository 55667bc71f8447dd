use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a level (an uptime, a retention, a rate) that every offer of the feature states and that
    /// none reaches.
    ///
    /// ## Why it matters
    ///
    /// The feature is there, so nobody looks twice; the number in the contract is the customer's, not the
    /// product's.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-03-31
    ///     needs: { retention: ">= 365 days" }
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// levels = { retention = "90 days" }
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-03-31
    ///     needs: { retention: ">= 90 days" }
    /// ```
    pub(super) static LINT = {
        name: "level-gap",
        summary: "it does not reach the level that the contract needs",
        level: Level::Deny,
        check: Check::Delivery(Row::LevelGap, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let Some((need, level)) = case.judgement.shortfall else {
        let title = format!("{} does not reach what the contract needs", case.subject());
        return case.close(case.at_feature(&LINT, title, "promised here"));
    };
    let name = &need.name.value;
    let (needed, stated) = (&need.constraint.value, &level.value.value);
    let title = format!("the {name} of {} is {stated}", case.subject());
    let title = match needed.shortfall(stated) {
        Some(distance) => {
            let beside = match needed.relation {
                Relation::AtLeast | Relation::MoreThan => "short of",
                Relation::AtMost | Relation::LessThan => "over",
                Relation::Equal => "away from",
            };
            format!("{title}, {distance} {beside} what the contract needs")
        }
        None => format!("{title}; the contract needs {}", needed.words()),
    };
    let id = case.judgement.feature.map_or("", |feature| &feature.id.value);
    let finding = Finding::new(&LINT, title)
        .feature(id)
        .about(format!("{name} {}", case.judgement.cell.with_names()))
        .label(need.constraint.span, format!("needs {}", needed.words()))
        .label(case.judgement.written.span, "promised here")
        .label(level.value.span, format!("reaches {stated}"));
    case.close(finding)
        .help(
            case.reword(format!("ask for what there is: `{name}: \"{} {stated}\"`", needed.relation.sign())),
        )
        .help(format!(
            "or ask the team for a date for {}, and have it added to the roadmap as an offer",
            needed.words()
        ))
}
