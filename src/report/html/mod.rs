//! The deals as one page for those who sign, and for those they answer to: it reads without a network and
//! without a script, on a telephone and on paper.
//!
//! Nothing on it is a link but to places of the page itself, and those are numbered: no text of a file becomes
//! a link, a name of a place, or a style. `maud` escapes all text; what goes in as it is are the style sheet
//! and drawings that were made here.

mod bar;
mod contracts;
mod detail;
mod findings;
mod legend;
mod matrix;
mod outlook;
mod scale;
mod selection;
mod summary;
mod timeline;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::check::tally::Tally;
use crate::deals::{Deal, DrawnFinding};
use crate::model::window::Date;
use crate::output::provenance::ProvenanceJson;

use selection::PageSelection;
use words::{given, plain};

pub(crate) use findings::draw;

/// The only rules: our own style sheet, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// What the page is made of.
pub(crate) struct Page<'a> {
    /// The day of the check.
    pub today: Date,
    /// The product, where the roadmap names it.
    pub product: Option<&'a str>,
    /// The deals, their findings drawn by [`draw`].
    pub deals: &'a [Deal],
    /// Findings about no contract.
    pub rest: &'a [DrawnFinding],
    /// The numbers of the run.
    pub tally: &'a Tally,
    /// What the page is, and is not.
    pub notice: &'a str,
    /// What it was made from, and by what.
    pub provenance: &'a ProvenanceJson,
}

/// Writes the page. The same deals give the same bytes.
pub(crate) fn page(page: &Page<'_>) -> String {
    let selection = PageSelection::of(page.deals, page.today);
    let sections = [
        Section { id: "contracts", title: "Contracts", body: contracts::table(page, &selection) },
        Section { id: "chance", title: "Value by chance", body: outlook::tables(&selection) },
        Section { id: "timeline", title: "Timeline", body: timeline::chart(&selection) },
        Section { id: "features", title: "Features", body: matrix::table(&selection) },
        Section { id: "detail", title: "Contract by contract", body: detail::all(&selection) },
        Section {
            id: "roadmap",
            title: "Roadmap and waivers",
            body: findings::rest(page.rest, selection.unfolded),
        },
        Section { id: "reading", title: "How to read this page", body: Some(legend::legend()) },
    ];
    let sections: Vec<(&Section, &Markup)> =
        sections.iter().filter_map(|section| Some((section, section.body.as_ref()?))).collect();
    let title = match page.product {
        Some(product) => format!("{}: promises and deliveries", plain(product)),
        None => "Promises and deliveries".to_owned(),
    };
    let content = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) ", " (page.today) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                a.skip href="#main" { "Skip to the summary" }
                (timeline::patterns())
                (head(page))
                main #main tabindex="-1" {
                    (summary::summary(page, &selection))
                    (contents(&sections))
                    @for (section, body) in &sections {
                        section #(section.id) aria-labelledby={ (section.id) "-title" } {
                            h2 id={ (section.id) "-title" } { (section.title) }
                            (body)
                        }
                    }
                }
                footer {
                    p { (page.notice) }
                    p {
                        "Made by " (page.provenance.program) ", for " (page.today) ", with the numbers of "
                        code { "dealcheck lint" } "."
                    }
                    (sources(page.provenance))
                }
            }
        }
    };
    content.into_string()
}

/// The files behind the page, for comparison with one's own.
fn sources(provenance: &ProvenanceJson) -> Markup {
    html! {
        details {
            summary { "The files that were read, with their SHA-256" }
            @if let Some(commit) = &provenance.commit { p { "The commit that was checked out: " code { (commit) } } }
            ul {
                @for file in &provenance.files {
                    li {
                        (given(&file.file)) " "
                        code { @if let Some(hash) = &file.sha256 { (hash) } @else { "unread" } }
                        @if provenance.commit.is_some() && !file.committed { " (not as the commit has it)" }
                    }
                }
            }
        }
    }
}

/// A part of the page; none where there is nothing to say.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Option<Markup>,
}

fn head(page: &Page<'_>) -> Markup {
    html! {
        header.masthead {
            p.over { @if let Some(product) = page.product { (given(product)) } @else { "Sales contracts" } }
            h1 { "Promises and deliveries" }
            p.day { "What contracts promise, held against the roadmap, on " time { (page.today) } }
        }
    }
}

fn contents(sections: &[(&Section, &Markup)]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul { @for (section, _) in sections { li { a href={ "#" (section.id) } { (section.title) } } } }
        }
    }
}
