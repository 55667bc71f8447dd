//! A roadmap in TOML, cut before each line that begins a table.

use super::Entries;

/// Cuts a text; none where features may stand elsewhere, or where a line that begins with `[` need not begin a table.
pub(super) fn cut(text: &str) -> Option<Entries> {
    let is_indented = |line: &str| line.starts_with([' ', '\t']) && line.trim_start().starts_with('[');
    if text.lines().any(is_indented) || text.contains("\"\"\"") || text.contains("'''") {
        return None;
    }
    let mut entries = Entries::default();
    let mut rest = text;
    let mut is_first = true;
    while !rest.is_empty() {
        let end = rest.find("\n[").map_or(rest.len(), |at| at + 1);
        let (part, after) = rest.split_at(end);
        rest = after;
        match TomlTable::begun_by(part) {
            Some(TomlTable::Feature(id)) => {
                let entry = entries.of_features.entry(id.to_owned()).or_default();
                entry.push_str(part);
                if !entry.ends_with('\n') {
                    entry.push('\n');
                }
            }
            Some(TomlTable::Other("releases" | "scales")) => entries.words.push(format!("{part}\n")),
            Some(TomlTable::Other("product")) => entries.product.push(format!("{part}\n")),
            Some(TomlTable::Other(_)) => {}
            // Keys before the first table may be features, too.
            None if is_first && part.lines().all(is_blank) => {}
            None => return None,
        }
        is_first = false;
    }
    Some(entries)
}

/// What a table is about.
enum TomlTable<'t> {
    Feature(&'t str),
    Other(&'t str),
}

impl<'t> TomlTable<'t> {
    /// The table whose name a text begins with; none where it begins with no table, or with one that may hold features.
    fn begun_by(text: &'t str) -> Option<Self> {
        let name = text.strip_prefix("[[").or_else(|| text.strip_prefix('['))?;
        let first = name.find(['.', ']'])?;
        let (word, rest) = name.split_at(first);
        if !word.bytes().all(is_bare) || word.is_empty() {
            return None;
        }
        if word != "features" {
            return Some(Self::Other(word));
        }
        let id = rest.strip_prefix('.')?;
        let id = &id[..id.find(['.', ']'])?];
        (!id.is_empty() && id.bytes().all(is_bare)).then_some(Self::Feature(id))
    }
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn entries_are_what_tables_of_one_feature_say() {
        let text = "# x\n\n[product]\nname = 'P'\n[teams.a]\n[releases]\nr = '1'\n[features.a]\nx = 1\n[features.b]\n[[features.a.offers]]\ny = 2\n[features.a.levels]\nz = 3";
        let entries = cut(text).unwrap();
        assert_eq!(
            (entries.product.concat(), entries.words.concat()),
            ("[product]\nname = 'P'\n\n".to_owned(), "[releases]\nr = '1'\n\n".to_owned())
        );
        let a = "[features.a]\nx = 1\n[[features.a.offers]]\ny = 2\n[features.a.levels]\nz = 3\n";
        assert_eq!(
            entries.of_features,
            BTreeMap::from([("a".to_owned(), a.to_owned()), ("b".to_owned(), "[features.b]\n".to_owned())])
        );
    }

    #[test]
    fn where_features_may_stand_elsewhere_nothing_is_cut() {
        for text in [
            "features.a.x = 1\n",
            "[features]\na = {}\n",
            "[features.'a.b']\n",
            "['features'.a]\n",
            "[ features.a ]\n",
            "[features.a]\nx = 1\n  [features.b]\n",
            "[features.a]\nnote = \"\"\"\n[features.b]\n\"\"\"\n",
            "[features.a]\nnote = '''\n[features.b]\n'''\n",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
        assert!(cut("").is_some());
    }
}
