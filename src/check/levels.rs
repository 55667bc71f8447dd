//! The level of each finding, and who set it.

use crate::lint::context::LintContext;
use crate::lint::finding::Finding;

/// Gives findings their levels, says who set those, and puts them in the order of the files.
pub(super) fn set_levels(findings: &mut [Finding], context: &LintContext<'_>) {
    for finding in findings.iter_mut() {
        let setting = context.settings.of(finding.lint);
        finding.level = setting.level;
        finding.origin = setting.origin.clone();
    }
    // By name at one place, so that the order in which lints run does not show.
    findings.sort_by(|one, other| {
        let place = |finding: &Finding| finding.diagnostic.primary().map(|label| label.span);
        (place(one), one.lint.name).cmp(&(place(other), other.lint.name))
    });
}
