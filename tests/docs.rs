//! What the README says of the program is what the program says of itself. `UPDATE=1 cargo test` writes it.

use std::path::Path;

const README: &str = "README.md";

#[test]
fn the_readme_lists_every_lint() {
    hold("lints", &dealcheck::explain::table());
}

/// Holds the part of the README between two marks equal to a text.
fn hold(mark: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(README);
    let readme = std::fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let marked = readme.split_once(&open).and_then(|(before, rest)| {
        let (now, after) = rest.split_once(&close)?;
        Some((before, now, after))
    });
    let (before, now, after) = marked.unwrap_or_else(|| panic!("{README} has no {open}… {close}"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{open}{expected}{close}{after}")).unwrap();
        return;
    }
    assert_eq!(now, expected, "{README} is out of date between {open}and {close}: run `UPDATE=1 cargo test`");
}
