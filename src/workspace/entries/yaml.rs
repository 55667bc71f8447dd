//! A roadmap in YAML, cut before each key of the outermost mapping, and before each of `features`.

use super::Entries;

/// Cuts a text; none where keys are not plain words in lines of their own.
pub(super) fn cut(text: &str) -> Option<Entries> {
    let mut entries = Entries::default();
    let mut parts: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if indent(line) == Some(0) {
            let key = key(line)?;
            if parts.iter().any(|(known, _)| *known == key) {
                return None;
            }
            parts.push((key, String::new()));
        }
        match parts.last_mut() {
            Some((_, part)) => push(part, line),
            None if indent(line).is_some() => return None,
            None => {}
        }
    }
    for (key, part) in parts {
        match key {
            "features" => features(&part, &mut entries)?,
            // What may go on beyond its lines is read each time.
            "product" if !part.contains(['"', '\'', '{', '[', '&', '*']) => entries.product.push(part),
            _ => entries.words.push(part),
        }
    }
    Some(entries)
}

fn features(part: &str, entries: &mut Entries) -> Option<()> {
    let (head, rest) = part.split_once('\n')?;
    let after = head.strip_prefix("features:")?.trim_start();
    if !after.is_empty() && !after.starts_with('#') {
        return None;
    }
    let own = rest.split_inclusive('\n').find_map(indent)?;
    let mut id = None;
    for line in rest.split_inclusive('\n') {
        match indent(line) {
            Some(spaces) if spaces < own => return None,
            Some(spaces) if spaces == own => {
                let key = key(&line[own..])?;
                if entries.of_features.insert(key.to_owned(), String::new()).is_some() {
                    return None;
                }
                id = Some(key);
            }
            _ => {}
        }
        if let Some(entry) = id.and_then(|id| entries.of_features.get_mut(id)) {
            push(entry, line);
        }
    }
    Some(())
}

/// Adds a line, and ends it.
fn push(part: &mut String, line: &str) {
    part.push_str(line);
    if !line.ends_with('\n') {
        part.push('\n');
    }
}

/// How many spaces a line begins with; none of one that holds nothing, or a comment.
fn indent(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    (!rest.trim().is_empty() && !rest.starts_with('#')).then_some(line.len() - rest.len())
}

/// The key that a line begins with, a plain word.
fn key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (is_plain && !key.is_empty() && (rest.trim().is_empty() || rest.starts_with(' '))).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_lines_of_one_feature() {
        let text = "# x\nproduct:\n  name: P\nx-b: &b { a: 1 }\nfeatures: # all\n  a:\n    note: |\n      b:\n# y\n  b: { <<: *b }";
        let entries = cut(text).unwrap();
        assert_eq!(entries.product, ["product:\n  name: P\n"]);
        assert_eq!(entries.words, ["x-b: &b { a: 1 }\n"]);
        let features: Vec<(&str, &str)> =
            entries.of_features.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        assert_eq!(features, [("a", "  a:\n    note: |\n      b:\n# y\n"), ("b", "  b: { <<: *b }\n")]);
    }

    #[test]
    fn where_keys_are_not_plain_nothing_is_cut() {
        for text in [
            "---\nfeatures:\n  a: 1\n", "features: { a: 1 }\n", "\"features\":\n  a: 1\n",
            "features:\n  'a': 1\n", "features:\n  a: 1\n  a: 2\n", "features:\n  a: 1\nfeatures:\n  b: 1\n",
            "features:\n   a: 1\n  b: 1\n", "features:\n  ? a\n", "features:\n  a:1\n", "[1, 2]\n",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
