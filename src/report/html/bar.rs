//! Bars of marks, one beside the other.

use maud::{Markup, html};

use super::scale::css_percent;
use super::words::Mark;

/// The segments of a bar: each mark as wide as its part of the whole.
pub(super) fn segments(counts: impl Iterator<Item = (Mark, usize)>, whole: usize) -> Markup {
    let part = |count: usize| css_percent(count as f64 / whole.max(1) as f64);
    let mut so_far = 0;
    html! {
        @for (mark, count) in counts {
            @if count > 0 {
                rect class={ "piece " (mark.class()) } height="100%" x=(part(so_far)) width=(part(count)) {}
            }
            @let () = so_far += count;
        }
    }
}
