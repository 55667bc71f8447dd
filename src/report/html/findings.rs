//! What the lints found, with the lines that they point at.

use maud::{Markup, PreEscaped, html};

use crate::deals::DrawnFinding;
use crate::lint::finding::{Finding, FindingStatus};
use crate::model::acceptance::Acceptance;
use crate::model::waiver::Waiver;
use crate::output::lines::{Ink, draw_lines, level_note};
use crate::source::Sources;
use crate::text;

use super::selection::{MAX_FINDINGS, left_out};
use super::words::{Mark, given, sentence, window};

/// Draws what only its source can show of a finding, for [`Page`](super::Page): its lines, and who set its
/// level.
pub(crate) fn draw(finding: &Finding, sources: Sources<'_>) -> String {
    let pieces = draw_lines(finding, sources);
    let drawn = html! {
        @if !pieces.is_empty() {
            pre tabindex="0" role="group" aria-label="The lines that it is about" {
                code { @for (ink, text) in &pieces { (piece(*ink, text)) } }
            }
        }
        @if let Some(note) = level_note(finding, sources) { p.level { (prose(&sentence(&note))) } }
    };
    drawn.into_string()
}

fn piece(ink: Ink, text: &str) -> Markup {
    let class = match ink {
        Ink::Plain => return html! { (text) },
        Ink::Frame => "f",
        Ink::Error => "e",
        Ink::Warning => "w",
        Ink::Context => "c",
    };
    html! { span class=(class) { (text) } }
}

/// Findings about no contract; none where there are none.
pub(super) fn rest(findings: &[DrawnFinding], unfolded: bool) -> Option<Markup> {
    (!findings.is_empty()).then(|| {
        html! {
            p.intro {
                "What was found in the roadmap and in the waivers, and what is about several contracts together."
            }
            (list(findings, unfolded))
        }
    })
}

/// Findings, the errors first and the waived last.
pub(super) fn list(findings: &[DrawnFinding], unfolded: bool) -> Markup {
    let mut sorted: Vec<&DrawnFinding> = findings.iter().collect();
    sorted.sort_by_key(|drawn| (drawn.finding.waived.is_some(), !drawn.finding.is_denied()));
    let left = sorted.len().saturating_sub(MAX_FINDINGS);
    sorted.truncate(MAX_FINDINGS);
    html! {
        ul.findings { @for finding in sorted { li { (one(finding, unfolded)) } } }
        (left_out(left, "further findings are not shown here"))
    }
}

fn one(DrawnFinding { finding, drawn }: &DrawnFinding, unfolded: bool) -> Markup {
    let (mark, word) = match finding.status() {
        FindingStatus::Denied => (Mark::Broken, "error"),
        FindingStatus::Warned => (Mark::Risk, "warning"),
        FindingStatus::Waived => (Mark::Waived, "waived"),
    };
    html! {
        details.finding.(mark.class()) open[unfolded] {
            summary {
                span class={ "mark " (mark.class()) } { (mark.sign()) " " (word) }
                " " span.title { (prose(&finding.diagnostic.title)) }
                @if let Some(waiver) = &finding.waived { span.by { " " (decided(waiver)) } }
            }
            @if let Some(waiver) = &finding.waived { (decision(waiver)) }
            // From `draw`, which escapes.
            (PreEscaped(drawn))
            (advice(finding))
        }
    }
}

fn decided(waiver: &Waiver) -> Markup {
    html! { "accepted by " (given(&waiver.approvers())) " until " time { (waiver.expires.value) } }
}

fn decision(waiver: &Waiver) -> Markup {
    html! {
        p.decision {
            strong { "Accepted by " (given(&waiver.approvers())) }
            " on " (window(waiver.approved_on.value))
            ", until " time { (waiver.expires.value) }
            @match waiver.accepts.as_ref().map(|accepts| &accepts.value) {
                Some(Acceptance::Day(day)) => { ", as far as " time { (day.latest) } },
                Some(Acceptance::Levels(levels)) => {
                    ", as far as "
                    (given(&text::and_list(&levels.iter().map(|(name, level)| format!("{} of {level}", name.value)).collect::<Vec<_>>())))
                },
                Some(Acceptance::Names(names)) => {
                    ", for "
                    (given(&text::and_list(&names.iter().map(|name| &*name.value).collect::<Vec<_>>())))
                },
                None => {},
            }
            ": " q { (given(&waiver.reason.value)) }
        }
    }
}

/// A message, with what stands in backticks as code.
fn prose(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (at, part) in parts.into_iter().enumerate() {
            @if at.is_multiple_of(2) { (part) } @else { code { (part) } }
        }
    }
}

fn advice(finding: &Finding) -> Markup {
    let diagnostic = &finding.diagnostic;
    let helps: Vec<String> = diagnostic.helps.iter().map(|help| help.text.clone()).collect();
    html! {
        @if !diagnostic.notes.is_empty() || !diagnostic.helps.is_empty() {
            dl.advice {
                @for (name, texts) in [("Why", &diagnostic.notes), ("What to do", &helps)] {
                    @if !texts.is_empty() { div { dt { (name) } @for text in texts { dd { (prose(text)) } } } }
                }
            }
        }
        p.lint { code { (finding.lint.name) } ": " (finding.lint.summary) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_backticks_is_code() {
        assert_eq!(prose("set `due` to a <day>").into_string(), "set <code>due</code> to a &lt;day&gt;");
        assert_eq!(prose("a ` alone").into_string(), "a ` alone");
        assert_eq!(prose("plain").into_string(), "plain");
    }
}
