use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A feature whose status and dates contradict each other:
    ///
    /// - it is marked as shipped or deprecated, and the day it shipped is still to come;
    /// - it is marked as shipped or deprecated, and its target is still to begin;
    /// - it is marked as not shipped yet, and has a day on which it shipped;
    /// - it is marked as retired or rejected, and has a target that has not passed;
    /// - it is marked as being in beta, and its beta is still to begin.
    ///
    /// ## Why it matters
    ///
    /// One of the two is wrong, and every contract that names the feature is judged by the status. If that is the
    /// wrong one, what does not exist is sold, or what exists is not.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-06-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2027-01-31
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "in-progress"
    /// target = 2027-01-31
    /// ```
    pub(super) static LINT = {
        name: "contradictory-status",
        summary: "a feature's status and its dates cannot both be true",
        level: Level::Warn,
        check: Check::Roadmap(check),
    }
}

fn check(context: &LintContext<'_>, features: &[usize]) -> Vec<Finding> {
    let shipped = words::stated(context, features, |offer| offer.shipped);
    let target = words::stated(context, features, |offer| offer.target);
    let beta = words::stated(context, features, |offer| offer.beta);
    let shipped = shipped.iter().filter_map(|shipped| word_shipped(shipped, context));
    let target = target.iter().filter_map(|target| word_target(target, context));
    let beta = beta.iter().filter_map(|beta| word_beta(beta, context));
    shipped.chain(target).chain(beta).collect()
}

fn word_shipped(shipped: &words::StatedDay<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let status = shipped.offer.status;
    let window = shipped.window.value;
    let marked = format!("{} is marked as {}", shipped.subject(), state(status.value));
    if window.earliest > context.today && status.is_released() {
        return Some(word_released(shipped, &marked, context));
    }
    if !status.is_before_release() {
        return None;
    }
    let by = format!("this says that it shipped by {}", window.latest);
    let (but, label) =
        match (days_between(context.today, window.earliest), days_between(window.latest, context.today)) {
            (from_now @ 1.., _) => (
                format!("gives a `shipped` day {} from now", text::days(from_now)),
                "this day is for what has shipped, not for a plan".to_owned(),
            ),
            (_, ago @ 1..) => (format!("says that it shipped {} ago", text::days(ago)), by),
            (_, 0) => ("says that it shipped today".to_owned(), by),
            _ => (format!("says that it shipped by {}", window.latest), by),
        };
    let if_not = match shipped.offer.target_text {
        Some(_) => "if not, remove `shipped`: its `target` says when it is planned".to_owned(),
        None if window.has_passed(context.today) => "if not, remove `shipped`, and set a `target`".to_owned(),
        None => format!("if not, write `target = {}` instead of `shipped`", window.latest),
    };
    let finding = shipped
        .finding(&LINT, format!("{marked}, but {but}"), "shipped")
        .label(status.span, "this says that it has not shipped")
        .label(shipped.window.span, label)
        .note("the status counts: promises of it are judged as if it had not shipped")
        .help("if it has shipped, write `status = \"shipped\"` with the day on which it did")
        .help(if_not);
    Some(finding)
}

fn word_released(shipped: &words::StatedDay<'_>, marked: &str, context: &LintContext<'_>) -> Finding {
    let window = shipped.window.value;
    let from_now = text::days(days_between(context.today, window.earliest));
    let if_not = match shipped.offer.target_text {
        Some(_) => "if not, write `status = \"in-progress\"`, and remove `shipped`".to_owned(),
        None => format!(
            "if not, write `status = \"in-progress\"`, and `target = {}` instead of `shipped`",
            window.latest
        ),
    };
    shipped
        .finding(&LINT, format!("{marked}, but ships {from_now} from now"), "shipped")
        .label(shipped.offer.status.span, "this says that it is available today")
        .label(shipped.window.span, format!("this says that it is not before {}", window.earliest))
        .note("the status counts: promises of it are judged as if it were available today")
        .help("if it can be used today, correct the day in `shipped`")
        .help(if_not)
}

fn state(status: Status) -> &'static str {
    match status {
        Status::Idea => "an idea",
        Status::Beta => "in beta",
        other => other.words(),
    }
}

fn word_target(target: &words::StatedDay<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let status = target.offer.status;
    let stated = match status.value {
        Status::Retired => "this says that it is gone",
        Status::Rejected => "this says that it will not be built",
        // What shipped early may have done so within its target.
        Status::Shipped | Status::Deprecated if target.window.value.earliest > context.today => {
            "this says that it is available today"
        }
        _ => return None,
    };
    if target.window.has_passed(context.today) {
        return None;
    }
    let is_out = status.is_released();
    let latest = target.window.latest;
    let title =
        format!("{} is marked as {}, but is planned to ship by {latest}", target.subject(), status.words());
    let finding = target
        .finding(&LINT, title, "target")
        .label(status.span, stated)
        .label(target.window.span, format!("this says that it ships by {latest}"))
        .note(match is_out {
            true => "the status counts: promises of it are judged as if it were available today",
            false => "the status counts: promises of it are judged as dropped",
        })
        .help(match is_out {
            true => "if it can be used today, remove the target",
            false => "if it is not coming, remove the target",
        })
        .help(
            Help::from(match is_out {
                true => "if not, write `status = \"planned\"`",
                false => "if it is, write `status = \"planned\"`",
            })
            .replacing(status.span, "planned"),
        );
    Some(finding)
}

fn word_beta(beta: &words::StatedDay<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let status = beta.offer.status;
    let begins = beta.window.earliest;
    if status.value != Status::Beta || begins <= context.today {
        return None;
    }
    let from_now = text::days(days_between(context.today, begins));
    let title = format!("{} is marked as in beta, but the beta begins {from_now} from now", beta.subject());
    let finding = beta
        .finding(&LINT, title, "beta")
        .label(status.span, "this says that its beta has begun")
        .label(beta.window.span, format!("this says that it has not, before {begins}"))
        .note("the status counts: contracts that accept a beta are judged as if it had begun")
        .help("if customers use it already, correct the day in `beta`")
        .help(Help::from("if not, write `status = \"in-progress\"`").replacing(status.span, "in-progress"));
    Some(finding)
}
