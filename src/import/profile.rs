//! What a tool calls the columns of its exports: data, one file a tool.

use std::borrow::Cow;

use crate::input::decode::in_one_word;

/// The export of a tool.
#[derive(Debug)]
pub(crate) struct Profile {
    /// As `--profile` takes it.
    pub name: &'static str,
    /// As the tool calls itself.
    pub title: &'static str,
    /// Headers by which it is known: all of one of these. In them and in those of the columns a `*` stands for what a
    /// company calls its records.
    pub marks: &'static [&'static [&'static str]],
    /// For each key the headers that may hold it; the first of those that says something counts.
    pub columns: &'static [(&'static str, &'static [&'static str])],
    /// The headers below which bare numbers are seconds of work.
    pub in_seconds: &'static [&'static str],
    /// Whether it has a column for each month, in which what is planned until then is marked.
    pub months: bool,
}

impl Profile {
    /// The headers that may hold a key.
    pub(super) fn headers(&self, key: &str) -> &'static [&'static str] {
        self.columns.iter().find(|(known, _)| *known == key).map_or(&[], |(_, headers)| headers)
    }
}

/// Whether a header is one that a profile names.
pub(super) fn is_called(header: &str, wanted: &str, record: Option<&str>) -> bool {
    let wanted: Cow<'_, str> = match (wanted.strip_prefix('*'), record) {
        (None, _) => wanted.into(),
        (Some(rest), Some(record)) => format!("{record}{rest}").into(),
        (Some(_), None) => return false,
    };
    in_one_word(header) == in_one_word(&wanted)
}

/// The records that an export is about, in the words of its header: the `Feature` of `Feature reference #`. Those that
/// a feature belongs to may have columns, too.
pub(super) fn record(header: &[String]) -> Option<String> {
    const RANK: [&str; 3] = ["feature", "epic", "initiative"];
    let named = header.iter().filter_map(|header| {
        let header = in_one_word(header);
        header.strip_suffix("reference#").filter(|record| !record.is_empty()).map(str::to_owned)
    });
    let has_name =
        |record: &String| header.iter().any(|header| in_one_word(header) == format!("{record}name"));
    let rank = |record: &String| RANK.iter().position(|known| known == record).unwrap_or(RANK.len());
    named.filter(has_name).min_by_key(|record| (rank(record), record.clone()))
}
