//! The page of `report`: it is sound HTML, shows nothing of a file as anything but text, needs nothing from anywhere
//! else, and has the numbers of `lint`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use common::{Folder, command, root};
use serde_json::Value;
use snapbox::{assert_data_eq, file};

/// Elements that have no end.
const VOID: [&str; 3] = ["!doctype", "meta", "br"];

/// What a page is made of. Anything else came out of a file.
const ELEMENTS: &str = "!doctype html head meta title style body a svg defs pattern rect circle symbol line use text path desc \
    header main footer section nav article h1 h2 h3 h4 p b q span time bdi code pre strong ul li dl dt dd div details summary \
    table caption thead tbody tfoot tr th td";

/// A tag or a text of a page.
#[derive(Debug)]
enum Piece {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
}

/// A page, taken apart.
struct Page {
    html: String,
    pieces: Vec<Piece>,
}

impl Page {
    fn of(html: String) -> Self {
        let mut pieces = Vec::new();
        let mut rest = html.as_str();
        while !rest.is_empty() {
            let Some(inner) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                assert!(!rest[..end].contains('>'), "a `>` that is not escaped: {}", &rest[..end]);
                pieces.push(Piece::Text(unescape(&rest[..end])));
                rest = &rest[end..];
                continue;
            };
            let end = end_of_tag(inner);
            let tag = &inner[..end];
            rest = &inner[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                pieces.push(Piece::End(name.to_lowercase()));
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            pieces.push(Piece::Start(name.to_lowercase(), attributes_of(attributes)));
            if name == "style" {
                let end = rest.find("</").unwrap();
                pieces.push(Piece::Text(rest[..end].to_owned()));
                rest = &rest[end..];
            }
        }
        Self { html, pieces }
    }

    fn starts(&self) -> impl Iterator<Item = (&str, &[(String, String)])> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Start(name, attributes) => Some((name.as_str(), attributes.as_slice())),
            _ => None,
        })
    }

    fn attributes(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.starts().flat_map(|(element, attributes)| {
            attributes.iter().map(move |(name, value)| (element, name.as_str(), value.as_str()))
        })
    }

    fn count(&self, element: &str) -> usize {
        self.starts().filter(|(name, _)| *name == element).count()
    }

    /// What is read, a line for each element that begins one.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut in_style = false;
        for piece in &self.pieces {
            match piece {
                Piece::Start(name, _) if name == "style" => in_style = true,
                Piece::End(name) if name == "style" => in_style = false,
                Piece::Start(name, _)
                    if !["span", "time", "bdi", "b", "code", "strong"].contains(&name.as_str()) =>
                {
                    text.push('\n');
                }
                Piece::Text(words) if !in_style => text.push_str(words),
                _ => {}
            }
        }
        // Groups of digits, and blanks that do not break.
        text.replace('\u{202f}', "").replace('\u{a0}', " ")
    }
}

fn end_of_tag(inner: &str) -> usize {
    let mut quoted = false;
    let end = inner.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    end.unwrap_or_else(|| panic!("a tag without an end: {}", &inner[..inner.len().min(80)]))
}

fn attributes_of(mut text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return attributes;
        }
        let end = text.find([' ', '=']).unwrap_or(text.len());
        let name = text[..end].to_owned();
        text = &text[end..];
        let mut value = String::new();
        if let Some(quoted) = text.strip_prefix('=') {
            let quoted = quoted.strip_prefix('"').unwrap_or_else(|| panic!("{name} is not quoted"));
            let end = quoted.find('"').unwrap();
            value = unescape(&quoted[..end]);
            text = &quoted[end + 1..];
        }
        attributes.push((name, value));
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn report(folder: &Folder, paths: &[&str]) -> Page {
    let mut arguments = vec!["report", "--format", "html"];
    arguments.extend(paths);
    let ran = folder.run(&arguments);
    assert!(ran.stdout.starts_with("<!DOCTYPE html>"), "{ran:#?}");
    Page::of(ran.stdout)
}

fn examples() -> Folder {
    Folder::copy_of(&root().join("examples"))
}

/// A contract with this in every place where a text may stand.
fn hostile(text: &str) -> Folder {
    let folder = Folder::new();
    let quoted = serde_json::to_string(text).unwrap();
    folder.write(
        "roadmap.toml",
        format!(
            "[product]\nname = {quoted}\n[features.audit-log]\nname = {quoted}\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n\
             team = {quoted}\nfor = {{ platform = [{quoted}] }}\n[terms.payment]\nstandard = {quoted}\n"
        ),
    );
    folder.write("waivers.toml", format!(
        "[[waivers]]\ncontract = {quoted}\nrequirement = {quoted}\nlint = \"late-feature\"\nreason = {quoted}\n\
         approved-by = {quoted}\napproved-on = 2026-11-20\nexpires = 2027-09-30\n"
    ));
    folder.write("dealcheck.toml", "waivers = [\"waivers.toml\"]\n");
    folder.write("deal.json", format!(
        "{{\"contract\": {quoted}, \"customer\": {quoted}, \"seller\": {quoted}, \"value\": \"5000 EUR\",\n\
         \"for\": {{\"platform\": {quoted}}}, \"terms\": {{\"payment\": {quoted}, {quoted}: \"x\"}},\n\"requirements\": [\n\
         {{\"id\": {quoted}, \"clause\": {quoted}, \"text\": {quoted}, \"feature\": {quoted}, \"due\": \"2027-01-31\"}},\n\
         {{\"id\": \"R2\", \"feature\": {}, \"due\": \"2027-01-31\"}},\n\
         {{\"id\": \"R3\", \"kind\": \"service\", \"text\": {quoted}}}]}}\n",
        serde_json::to_string(&format!("no such {text}")).unwrap(),
    ));
    folder
}

/// A folder with so many contracts, each with a promise that is late and one that is kept.
fn portfolio(contracts: usize) -> Folder {
    let folder = Folder::new();
    let mut roadmap = String::new();
    for at in 0..contracts {
        let _ = write!(roadmap, "[features.late-{at}]\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n");
        let _ = write!(roadmap, "[features.kept-{at}]\nstatus = \"shipped\"\nshipped = 2025-06-02\n");
        folder.write(
            &format!("deals/{at}.yaml"),
            format!(
                "contract: DEAL-{at:04}\ncustomer: Acme\nstatus: signed\nvalue: 5000 EUR\nrequirements:\n  \
                 - {{ feature: late-{at}, due: 2027-01-31 }}\n  - {{ feature: kept-{at}, due: 2027-01-31 }}\n"
            ),
        );
    }
    folder.write("roadmap.toml", roadmap);
    folder
}

/// Every element ends where it should, places have one name each, and links lead to places of the page.
#[track_caller]
fn sound(page: &Page) {
    let allowed: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    let mut open: Vec<&str> = Vec::new();
    for piece in &page.pieces {
        match piece {
            Piece::Start(name, _) => {
                assert!(allowed.contains(name.as_str()), "<{name}> is no element of the page");
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Piece::End(name) => assert_eq!(open.pop(), Some(name.as_str()), "</{name}>"),
            Piece::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "not ended: {open:?}");
    let mut ids = BTreeSet::new();
    for (_, _, id) in page.attributes().filter(|(_, name, _)| *name == "id") {
        assert!(ids.insert(id), "two places are called {id}");
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "a text became a place: {id}");
    }
    for (element, name, value) in page.attributes() {
        match name {
            "href" => {
                assert!(value.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{element} {value}")
            }
            "aria-labelledby" => value.split(' ').for_each(|id| assert!(ids.contains(id), "{id}")),
            _ => assert!(!name.starts_with("on") && name != "src" && name != "style", "{element} {name}"),
        }
    }
    assert_eq!(page.count("style"), 1);
    assert!(!page.html.contains("http:") && !page.html.contains("https:") && !page.html.contains("@import"));
    assert!(page.html.split("url(").skip(1).all(|after| after.starts_with('#')), "something is fetched");
}

#[test]
fn the_page_of_every_example_is_sound() {
    let page = report(&examples(), &["."]);
    sound(&page);
    for (element, name, needed) in [("html", "lang", "en"), ("meta", "charset", "utf-8")] {
        assert!(page.attributes().any(|attribute| attribute == (element, name, needed)), "{element} {name}");
    }
    let policy = page.attributes().find(|(_, _, value)| value.starts_with("default-src 'none'"));
    assert!(policy.is_some(), "nothing may be loaded");
}

#[test]
fn the_page_can_be_heard() {
    let page = report(&examples(), &["."]);
    assert_eq!(page.count("table"), page.count("caption"), "every table says what it shows");
    let mut depth = 0;
    let mut pieces = page.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        let Piece::Start(name, attributes) = piece else { continue };
        let has = |wanted: &str| attributes.iter().any(|(name, _)| name == wanted);
        match name.as_str() {
            "th" => assert!(has("scope"), "{attributes:?}"),
            "svg" if !has("aria-hidden") && has("role") => {
                assert!(
                    matches!(pieces.peek(), Some(Piece::Start(name, _)) if name == "title"),
                    "{attributes:?}"
                );
            }
            "h1" | "h2" | "h3" | "h4" => {
                let level: usize = name[1..].parse().unwrap();
                assert!(level <= depth + 1, "<{name}> after a heading of level {depth}");
                depth = level;
            }
            _ => {}
        }
    }
    // What a drawing or a colour says stands in words, too.
    let text = page.text();
    for words in ["✕ late", "▲ tight", "◐ on track", "● shipped", "○ naming no feature", "– service"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("R5: due 2027-01-31, expected 2027-04-01 to 2027-06-30: late, 150 days late"));
}

#[test]
fn texts_of_files_stay_texts() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "--></style></title></textarea><svg onload=alert(1)>",
        "javascript:alert(1)",
        "&lt;b&gt; &#x3c;b&#x3e; ]]>",
        "`<b>` ${x} {{x}}",
    ] {
        let page = report(&hostile(text), &["deal.json"]);
        sound(&page);
        assert_eq!(page.count("h1"), 1);
        // The customer, the seller, the requirement, what it says, who waived it and why, the lines of the file …
        assert!(page.text().matches(text).count() > 10, "{text} is not shown:\n{}", page.text());
    }
}

#[test]
fn texts_that_turn_around_are_made_visible() {
    let page = report(&hostile("a\u{202e}b\u{2066}c\u{200b}d\u{7}e\u{1b}[31mf"), &["deal.json"]);
    sound(&page);
    assert!(!page.html.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{7}', '\u{1b}']));
    assert!(page.text().contains("a\\u{202e}b\\u{2066}c"));
}

#[test]
fn a_name_without_an_end_is_cut() {
    let page = report(&hostile(&"long ".repeat(20_000)), &["deal.json"]);
    sound(&page);
    assert!(page.html.len() < 120_000, "{} bytes", page.html.len());
}

#[test]
fn the_numbers_are_those_of_lint() {
    let folder = examples();
    let page = report(&folder, &["."]);
    let text = page.text();
    let full = folder.run(&["lint", "."]).stdout;
    let json: Value = serde_json::from_str(&folder.run(&["lint", ".", "--format", "json"]).stdout).unwrap();
    let summary = &json["summary"];
    let headline = full.lines().find(|line| line.contains(" contain one")).unwrap().replace('\u{202f}', "");
    assert!(text.contains(&format!("\n{headline}.\n")), "{headline}");
    let number = |name: &str| summary[name].as_u64().unwrap();
    let plural = |count: u64, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    for expected in [
        format!("\nContracts\n{}\n", json["contracts"].as_array().unwrap().len()),
        format!("\n{}, {}\n", plural(number("denied"), "error"), plural(number("warned"), "warning")),
        format!("accepted: {}\n", plural(number("waived"), "finding")),
    ] {
        assert!(text.contains(&expected), "{expected} in\n{}", &text[..3000]);
    }
    for (name, label) in
        [("value", "Value"), ("value-at-risk", "Value at risk"), ("remedies", "Late promises would owe")]
    {
        for sum in summary[name].as_array().unwrap() {
            let (amount, currency) = (sum["amount"].as_str().unwrap(), sum["currency"].as_str().unwrap());
            let after = text.split(&format!("\n{label}\n")).nth(1).unwrap();
            let figure = &after[..after.find('\n').unwrap()];
            assert!(
                figure.contains(&format!("{amount} {currency}")),
                "{label}: {figure}, not {amount} {currency}"
            );
        }
    }
    let by_delivery = summary["by-delivery"].as_object().unwrap();
    assert!(by_delivery.len() > 5);
    let table = text.split("\nDelivery\n").nth(1).unwrap().split("\nContract\n").next().unwrap();
    for (name, count) in by_delivery.iter().filter(|(_, count)| **count != 0) {
        let words = dealcheck::internals::Delivery::WORST_FIRST
            .into_iter()
            .find(|known| known.name() == name)
            .unwrap()
            .words();
        // What breaks some of them where the verdict does not say so has a line of its own.
        let is_of_verdict = |name: &str| {
            let name = name.split_once(' ').and_then(|(_, name)| name.strip_prefix(words));
            name.is_some_and(|rest| {
                ["", "on time, with little to spare"].contains(&rest) || rest.starts_with(" but ")
            })
        };
        let lines = table.lines().zip(table.lines().skip(1)).filter(|(name, _)| is_of_verdict(name));
        let sum: u64 = lines.map(|(_, number)| number.parse::<u64>().unwrap()).sum();
        assert_eq!(Some(sum), count.as_u64(), "{words}");
    }
}

#[test]
fn what_is_waived_says_by_whom_and_why() {
    let text = report(&examples(), &["terms-felt-wrong"]).text();
    assert!(text.contains("◇ waived payment of 60 days is 15 days longer than the standard allows accepted by finn@vendor.example until 2027-11-30"));
    assert!(text.contains("The customer pays a year in advance; 60 days are for what comes on top."));
}

#[test]
fn a_large_portfolio_is_cut_and_says_so() {
    let page = report(&portfolio(250), &["deals"]);
    sound(&page);
    let text = page.text();
    assert_eq!(page.count("article"), 100);
    for words in [
        "250 of 500 promises cannot be kept",
        "50 further contracts are not listed; the last line counts them. All are in dealcheck report --format csv",
        "190 further promises of these contracts and 190 more are not drawn.",
        "210 further features are not shown.",
        "250 further features have shipped for every contract that promises them.",
        "238 further contracts have no column.",
        "150 further contracts are not shown one by one; 150 of them have a promise that cannot be kept.",
        "1 further requirement is shipped, or a service.",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(page.html.len() < 1_500_000, "{} bytes", page.html.len());
}

#[test]
fn the_same_deals_give_the_same_bytes() {
    let folder = portfolio(40);
    let with = |threads: &str| {
        command(folder.path(), &["report", "--format", "html", "deals"])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap()
            .stdout
    };
    let one = with("1");
    assert!(one.len() > 10_000 && one == with("4"));
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = examples();
    folder.write(
        "it-works-on-linux/broken.yaml",
        "contract: X\ncustomer: Y\nstatus: maybe\nrequirements:\n  - feature: x\n",
    );
    let text = report(&folder, &["it-works-on-linux"]).text();
    assert!(text.contains("Not everything could be read. 1 mistake left something out of these numbers."));
}

#[test]
fn no_contract_is_a_page_too() {
    let folder = Folder::new();
    folder.write("roadmap.toml", "[features.audit-log]\nstatus = \"idea\"\n");
    folder.write(
        "deal.yaml",
        "contract: X\ncustomer: Y\nstatus: ended\nrequirements:\n  - feature: audit-log\n",
    );
    let page = report(&folder, &["deal.yaml"]);
    sound(&page);
    assert!(page.text().contains("No contract to check: 1 is ended or lost."));
}

/// The whole page of one story but its style, a line for each element that begins one.
#[test]
fn the_page_of_a_story_is_as_recorded() {
    let page = report(&examples(), &["three-months-said-sales"]);
    let (before, after) = page.html.split_once("<style>").unwrap();
    let (_, after) = after.split_once("</style>").unwrap();
    let mut lines = format!("{before}{after}");
    for element in ELEMENTS
        .split_whitespace()
        .filter(|name| !["b", "q", "a", "span", "time", "bdi", "code", "strong"].contains(name))
    {
        for end in [' ', '>'] {
            lines = lines.replace(&format!("<{element}{end}"), &format!("\n<{element}{end}"));
        }
    }
    assert_data_eq!(lines, file!["page/three-months-said-sales.html"].raw());
}

/// What is read stands out from its ground as WCAG 2.2 asks for text (1.4.3, level AA), in both themes.
#[test]
fn every_colour_can_be_read() {
    let style = std::fs::read_to_string(root().join("src/report/html/style.css")).unwrap();
    let themes: Vec<&str> =
        style.split(":root {").skip(1).map(|rest| &rest[..rest.find('}').unwrap()]).take(2).collect();
    assert_eq!(themes.len(), 2);
    for theme in themes {
        let colour = |name: &str| luminance(&theme.split(&format!("--{name}: #")).nth(1).unwrap()[..6]);
        for ink in ["ink", "soft", "link", "broken", "risk", "coming", "kept", "unjudged", "service"] {
            for ground in ["paper", "ground"] {
                let (one, other) = (colour(ink), colour(ground));
                let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(contrast >= 4.5, "{ink} on {ground}: {contrast:.2}");
            }
        }
    }
}

/// The relative luminance of a colour, as WCAG 2.2 defines it.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

/// Each amount by chance has its deals beside it, and each of these its reasons.
#[test]
fn values_by_chance_show_their_cases() {
    let folder = Folder::copy_of(&root().join("tests/reports/chance/portfolio"));
    let page = report(&folder, &["."]);
    sound(&page);
    let text = page.text();
    for words in [
        "not a revenue forecast",
        "Plans like its own are kept",
        "1 deal waiting for no feature",
        "plans like it are kept: mostly (committed to, and confirmed on 2026-11-02; no day to spare)",
        "plans like it are kept: seldom (not confirmed since 2026-02-01; 184 days (about 6 months) to spare)",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // A percentage would tell more than is known.
    let chance = page.html.split("id=\"chance\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(!chance.contains('%') && !chance.contains("0."), "{chance}");
    for name in ["SHARED-1", "SHARED-2", "LATER-1", "UNVALUED-1"] {
        assert!(chance.contains(name), "{name}");
    }
    for name in ["KEPT-1", "LATE-1", "dana"] {
        assert!(!chance.contains(name), "{name}");
    }
}

/// What has shipped and is gone too soon cannot be kept, and no mark of the page says otherwise.
#[test]
fn what_is_gone_too_soon_is_not_green() {
    let folder = Folder::new();
    folder.write(
        "roadmap.toml",
        "[features.old]\nstatus = \"shipped\"\nshipped = 2025-06-02\nsunset = 2027-06-30\n\
         [features.new]\nstatus = \"shipped\"\nshipped = 2025-06-02\n",
    );
    folder.write(
        "deal.yaml",
        "contract: ACME-1\ncustomer: Acme\nstatus: signed\nperiod: { start: 2026-01-01, end: 2029-12-31 }\nrequirements:\n  \
         - { feature: old, due: 2027-01-31 }\n  - { feature: new, due: 2027-01-31 }\n",
    );
    let text = report(&folder, &["deal.yaml"]).text();
    assert!(text.contains("\n✕ shipped but gone before the contract ends\n1\n"), "{text}");
    assert!(text.contains("\n● shipped\n1\n"), "{text}");
}

/// Two teams build offers of one feature: it is one line of the matrix.
#[test]
fn a_feature_of_two_teams_is_one_line() {
    let folder = Folder::new();
    folder.write(
        "roadmap.toml",
        "[features.agent]\nname = \"Agent\"\nteam = \"one\"\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n\
         for = { platform = [\"linux\"] }\n[[features.agent.offers]]\nfor = { platform = [\"windows\"] }\n\
         team = \"other\"\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n",
    );
    for (name, platform) in [("A-1", "linux"), ("B-1", "windows")] {
        folder.write(
            &format!("{name}.yaml"),
            format!(
                "contract: {name}\ncustomer: Acme\nrequirements:\n  \
                 - {{ feature: agent, due: 2027-01-31, for: {{ platform: {platform} }} }}\n"
            ),
        );
    }
    let text = report(&folder, &["A-1.yaml", "B-1.yaml"]).text();
    let matrix = text.split("The verdict on each feature").nth(1).unwrap();
    let matrix = matrix.split("\nContract by contract").next().unwrap();
    assert_eq!(matrix.matches("\nAgent").count(), 1, "{matrix}");
}
