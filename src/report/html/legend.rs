//! What the marks and the words mean.

use maud::{Markup, html};

use super::words::Mark;

/// The legend.
pub(super) fn legend() -> Markup {
    html! {
        dl.legend {
            @for mark in Mark::ALL {
                div { dt { (mark.with(mark.name())) } dd { (mark.meaning()) } }
            }
        }
        p {
            "A promise is late when the last day of its target comes after the last day of its deadline; “up to” "
            "means that it is on time if it comes early in its target. It is at risk when it comes less than the "
            "margin before the first day of its deadline, which is what a strict reader of the contract expects. A "
            "promise for several features, platforms or regions is as good as the worst of them."
        }
        p {
            "Value at risk is what the deals with a broken promise are worth, each counted once. Amounts in "
            "different currencies are never added."
        }
        p { code { "dealcheck explain" } " names every finding, why it matters, and what to write instead." }
    }
}
