//! The same hostile texts in every place of a contract, a roadmap, a configuration and a waiver, through every format.

use clap::ValueEnum;
use dealcheck::Format;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::json;

use super::common::{Folder, Ran};

/// What a text is made of: what moves a terminal's cursor, turns writing round, cannot be seen, is a command to a
/// build log, ends what it stands in, is markdown, HTML or a spreadsheet's formula.
const PARTS: [&str; 9] = [
    "\u{1b}[2J\u{1b}]8;;https://evil.example\u{7}\u{9b}31m\u{0}\u{8}\u{7f}\t",
    "\u{202e}\u{2066}\u{2069}\u{61c}\u{200e}\u{200f}",
    "\u{200b}\u{2060}\u{feff}\u{e0041}\u{fff9}\u{85}\u{2028}\u{2029}",
    "\r\n::error::FORGED\n  ::stop-commands::FORGED\r##vso[task.complete]FORGED ##[error]FORGED",
    "]]></testcase>\u{fffe}\u{ffff}",
    "<script>FORGED</script><img src=x onerror=a></summary></details><!--",
    "![i](https://evil.example/i.png) [l](javascript:a) `a` ```b *c* _d_ **e** ~~f~~ | g | \\",
    "@priya #12 GH-12 !12 a@evil.example www.evil.example https://evil.example",
    "=cmd|' /C calc'!A0\"',\"",
];

/// What no output may hold. A text that was planted and is not shown is no danger, so all of them are looked for.
fn is_forbidden(character: char) -> bool {
    let planted = || PARTS.iter().flat_map(|part| part.chars());
    let is_plain = character.is_ascii_graphic() || matches!(character, ' ' | '\n');
    // Those two are dangerous to XML alone.
    !is_plain && planted().any(|part| part == character) && !matches!(character, '\u{fffe}' | '\u{ffff}')
        || character.is_control() && character != '\n'
}

/// A hostile text that begins in some way, and differs from others.
fn text(beginning: &str, rest: &str) -> String {
    format!("{beginning}FORGED {rest} {}", PARTS.concat())
}

fn workspace() -> Folder {
    let folder = Folder::new();
    let feature = |id: &str| {
        (
            text("::error::", id),
            json!({ "name": text("::error::", "name"), "status": "planned",
        "target": "2027-Q2", "team": text("=", "team") }),
        )
    };
    let scoped = json!({ "status": "planned", "target": "2027-Q2", "for": { text("", "dimension"): [text("", "value")] } });
    let (one, other) = (feature("one"), feature("other"));
    let roadmap = json!({ "product": { "name": text("", "product") },
        "terms": { text("::error::", "off"): { "standard": "never" } }, "features": { one.0: one.1, other.0: other.1, text("-", "scoped"): scoped } });
    folder.write("roadmap.json", json(&roadmap));
    let id = text("::error::", "contract");
    let contract = json!({ "contract": id, "customer": text("", "customer"), "value": "480000 EUR",
        "seller": text("@", "seller"), "terms": { text("::error::", "term"): text("::error::", "term"), text("::error::", "off"): "always" },
        "requirements": [
            { "id": text("::error::", "R1"), "feature": text("::error::", "one"), "due": "2027-01-31",
                "clause": text("", "clause"), "text": text("", "text") },
            { "id": text("::error::", "R2"), "feature": text("::error::", "other"), "due": "2027-01-31" },
            { "id": text("", "R3"), "feature": text("-", "scoped"), "due": "2027-01-31",
                "for": { text("", "dimension"): text("", "another") } },
            { "feature": text("::error::", "unknown") },
            { "id": "R5", "text": text("::error::", "unmapped") },
            { "feature": "FORGED".repeat(20_000) },
            // Short, so that the line is shown whole.
            { "id": "R7", "feature": "\u{202e}\u{200e}\u{61c}\u{200b}" },
        ] });
    // Most of it in the lines of the file as it is, where JSON allows that.
    folder.write(&path(), json(&contract));
    let waiver = json!({ "waivers": [{ "contract": id, "requirement": text("::error::", "R2"), "lint": "late-feature",
        "reason": text("::error::", "reason"), "approved-by": text("::error::", "approver"), "expires": "2027-09-30" }] });
    folder.write("waivers.json", json(&waiver));
    let vague = json!({ "contract": text("::error::", "vague"), "customer": "A", text("::error::", "key"): 1,
        "requirements": [{ "feature": "a", "due": text("::error::", "due") }] });
    folder.write("deals/vague.json", json(&vague));
    folder.write(
        "deals/surrogate.json",
        r#"{ "contract": "\ud800::error::FORGED", "customer": "\udfff", "requirements": [] }"#,
    );
    folder.write(
        "dealcheck.toml",
        format!("[lints]\n{} = \"warn\"\n", json(&text("::error::", "lint").into())),
    );
    folder
}

/// A path that is hostile where a path can be; its folder, too, begins a line.
fn path() -> String {
    if cfg!(unix) {
        "::error::FORGED\u{202e}/::error::FORGED\u{1b}[2J\n##vso[a]<b>|`@priya`]]>.json".to_owned()
    } else {
        "deals/forged.json".to_owned()
    }
}

/// A file with as much of its texts as it is as readers of JSON and YAML take.
fn json(value: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap();
    let is_refused =
        |character| matches!(character, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    let escape = |character: char| {
        if is_refused(character) { format!("\\u{:04x}", u32::from(character)) } else { character.to_string() }
    };
    text.chars().map(escape).collect()
}

#[test]
fn no_format_lets_a_file_speak_for_it() {
    let folder = workspace();
    let formats = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let mut found = 0;
    let mut names: Vec<String> = formats.map(|format| format.get_name().to_owned()).collect();
    // What is found is counted first.
    names.sort_by_key(|name| name != "json");
    for name in names {
        let ran = folder.run(&["lint", "--show-waived", "--format", &name]);
        assert_eq!(ran.status, Some(2), "{name}: {}", ran.stderr);
        assert!(ran.stdout.contains("FORGED"), "{name} shows nothing: {} {}", ran.stdout, ran.stderr);
        holds_nothing_dangerous(&name, &ran);
        if ran.stdout.starts_with(['{', '[']) {
            let output: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
            if name == "json" {
                found =
                    ["findings", "problems"].iter().map(|key| output[key].as_array().unwrap().len()).sum();
            }
        } else if ran.stdout.starts_with("<?xml") {
            is_sound_xml(&ran.stdout);
        } else if name == "markdown" {
            is_sound_markdown(&ran.stdout);
        } else if name == "github" {
            let commands = ran.stdout.lines().filter(|line| line.trim_start().starts_with("::"));
            assert!(commands.count() <= found + 1, "commands that nothing was found for: {}", ran.stdout);
        }
    }
    assert!(found > 10, "only {found} messages were drawn");
}

#[track_caller]
fn holds_nothing_dangerous(name: &str, ran: &Ran) {
    for (stream, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        if let Some(character) = text.chars().find(|&character| is_forbidden(character)) {
            panic!("{name}: {character:?} in {stream}: {text}");
        }
        // The agents of GitHub and Azure look for these anywhere in a line, and for `::` at its beginning.
        for command in ["##vso[", "##["] {
            assert!(!text.contains(command), "{name}: {command} in {stream}: {text}");
        }
        let writes_commands = name == "github" && stream == "stdout";
        let own = ["::error ", "::warning ", "::notice "];
        let is_forged = |line: &&str| {
            let line = line.trim_start();
            // `:::` is how a further file is drawn, and no command.
            line.starts_with("::")
                && !line.starts_with("::: ")
                && !(writes_commands && own.iter().any(|own| line.starts_with(own)))
        };
        assert_eq!(text.lines().find(is_forged), None, "{name}: a command in {stream}");
    }
}

fn is_sound_xml(xml: &str) {
    assert!(!xml.contains(['\u{fffe}', '\u{ffff}']), "a character that XML has no way to write");
    let report = quick_junit::Report::deserialize_from_str(xml).unwrap();
    let tests: usize = report.test_suites.iter().map(|suite| suite.test_cases.len()).sum();
    assert_eq!(tests, xml.matches("<testcase ").count());
    assert_eq!(tests, report.tests);
}

/// Nothing in it is made by the texts of files: no link, no picture, no HTML, no code; no mention and no address that
/// the sites would find in what is left.
fn is_sound_markdown(markdown: &str) {
    const OWN: [&str; 9] = [
        "<!-- -->", "<details>", "</details>", "<summary>", "</summary>", "<b>", "</b>", "<code>", "</code>",
    ];
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let rest = OWN.iter().fold(html.to_string(), |rest, own| rest.replace(own, ""));
                assert!(!rest.contains(['<', '>']), "{rest}");
            }
            Event::Code(code) => panic!("code: {code}"),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::Rule => {
                panic!("{event:?}")
            }
            Event::Start(tag) => {
                let is_own = matches!(
                    tag,
                    Tag::Paragraph
                        | Tag::Heading { .. }
                        | Tag::HtmlBlock
                        | Tag::List(None)
                        | Tag::Item
                        | Tag::Strong
                        | Tag::Table(_)
                        | Tag::TableHead
                        | Tag::TableRow
                        | Tag::TableCell
                );
                assert!(is_own, "{tag:?}");
            }
            _ => {}
        }
    }
    let shown = without_entities(markdown);
    for address in ["@priya", "@evil", "#12", "GH-12", "://", "www."] {
        assert!(!shown.contains(address), "{address}");
    }
}

/// What the sites look through: no entity is left in it.
fn without_entities(markdown: &str) -> String {
    let mut parts = markdown.split("&#");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap();
        text.push(char::from_u32(number.parse().unwrap()).unwrap());
        text += rest;
    }
    text
}
