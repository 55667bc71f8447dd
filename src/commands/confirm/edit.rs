//! A day of confirmation, written into the text of a roadmap: nothing else of it changes.

use crate::input::parse::FileFormat;
use crate::model::roadmap::Offer;
use crate::model::window::Date;
use crate::source::Source;

const KEY: &str = "confirmed";

/// The ways to write `confirmed` beside the target of an offer. Which of them means what it should is for whoever reads the
/// text again: nothing here knows what stands around.
pub(super) fn ways(source: &Source, format: FileFormat, offer: &Offer, day: Date) -> Vec<String> {
    let text = source.text();
    let value = match format {
        FileFormat::Json => format!("\"{day}\""),
        FileFormat::Toml | FileFormat::Yaml => day.to_string(),
    };
    if let Some(known) = offer.confirmed {
        return vec![with(text, known.span.range().start, known.span.range().end, &value)];
    }
    let Some(target) = &offer.target_text else { return Vec::new() };
    let at = target.span.range();
    let line = text[..at.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[at.end..].find(['\n', '\r']).map_or(text.len(), |end| at.end + end);
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let before = &text[line..at.start];
    let indent: String = before
        .chars()
        .take_while(|letter| letter.is_whitespace() || *letter == '-')
        .map(|letter| if letter == '-' { ' ' } else { letter })
        .collect();
    // `target: ` and `audit-log.target = `, up to the key itself.
    let path = before.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '-');
    let path = path.trim_end().trim_end_matches(['=', ':']).trim_end().trim_end_matches(|letter: char| {
        letter.is_alphanumeric() || matches!(letter, '"' | '\'' | '_' | '-')
    });
    let (line_of_its_own, inline) = match format {
        FileFormat::Toml => (format!("{eol}{indent}{path}{KEY} = {value}"), format!(", {KEY} = {value}")),
        FileFormat::Yaml => (format!("{eol}{indent}{path}{KEY}: {value}"), format!(", {KEY}: {value}")),
        FileFormat::Json => (format!(",{eol}{indent}\"{KEY}\": {value}"), format!(", \"{KEY}\": {value}")),
    };
    // In JSON a comma may follow what stands before the end of the line.
    let own = if format == FileFormat::Json { at.end } else { end };
    let own = with(text, own, own, &line_of_its_own);
    let inline = with(text, at.end, at.end, &inline);
    if before.contains(['{', ',']) { vec![inline, own] } else { vec![own, inline] }
}

fn with(text: &str, from: usize, to: usize, new: &str) -> String {
    format!("{}{new}{}", &text[..from], &text[to..])
}
