//! The pages that people read, and the parts of them that the program writes.

use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use walkdir::WalkDir;

use super::{is_update, root};

/// A page of markdown: words and fenced blocks, which together give its text again.
pub(crate) struct Page {
    /// Its path from the root.
    pub(crate) name: String,
    pub(crate) pieces: Vec<Piece>,
}

pub(crate) enum Piece {
    Words(String),
    Block(Block),
}

/// A fenced block.
pub(crate) struct Block {
    indent: String,
    pub(crate) language: String,
    /// The file that it shows, as in `toml roadmap.toml`.
    pub(crate) file: Option<String>,
    pub(crate) text: String,
}

const FENCE: &str = "```";

impl Page {
    pub(crate) fn read(name: &str) -> Self {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut lines = text
            .replace("\r\n", "\n")
            .split_inclusive('\n')
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .into_iter();
        while let Some(line) = lines.next() {
            let Some(info) = line.trim_start().strip_prefix(FENCE) else {
                words += &line;
                continue;
            };
            let indent = line[..line.len() - line.trim_start().len()].to_owned();
            let inside: Vec<String> = lines.by_ref().take_while(|line| line.trim() != FENCE).collect();
            let text = inside.iter().map(|line| line.strip_prefix(&indent).unwrap_or(line)).collect();
            let mut info = info.split_whitespace().map(str::to_owned);
            let (language, file) = (info.next().unwrap_or_default(), info.next());
            pieces.push(Piece::Words(std::mem::take(&mut words)));
            pieces.push(Piece::Block(Block { indent, language, file, text }));
        }
        pieces.push(Piece::Words(words));
        Self { name: name.to_owned(), pieces }
    }

    pub(crate) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Block(block) => Some(block),
        })
    }
}

impl Display for Page {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Words(words) => out.write_str(words),
            Piece::Block(block) => block.fmt(out),
        })
    }
}

impl Display for Block {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { indent, language, file, text } = self;
        let file = file.iter().map(|file| format!(" {file}")).collect::<String>();
        writeln!(out, "{indent}{FENCE}{language}{file}")?;
        for line in text.lines() {
            let indent = if line.is_empty() { "" } else { indent };
            writeln!(out, "{indent}{line}")?;
        }
        writeln!(out, "{indent}{FENCE}")
    }
}

/// The names of the pages of `docs`, in order.
pub(crate) fn docs() -> Vec<String> {
    let files = WalkDir::new(root().join("docs")).sort_by_file_name().into_iter().map(Result::unwrap);
    let pages = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "md"));
    pages.map(|file| name_of(file.path())).collect()
}

/// All pages: those of `docs`, and those at the root.
pub(crate) fn pages() -> Vec<Page> {
    let at_the_root = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned);
    at_the_root.into_iter().chain(docs()).map(|name| Page::read(&name)).collect()
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Waits for the other tests of a file that write pages: with `UPDATE=1` no page may change while another is at it.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    static WRITER: Mutex<()> = Mutex::new(());
    WRITER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds a file equal to a text, or with `UPDATE=1` writes it. The error is how they differ.
pub(crate) fn hold(name: &str, actual: &str) -> Result<(), String> {
    let path = root().join(name);
    if is_update() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        return fs::write(path, actual).map_err(|error| format!("{name}: {error}"));
    }
    let expected = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
    let expected = snapbox::Data::text(expected.replace("\r\n", "\n")).raw();
    let actual = snapbox::Data::text(actual).raw();
    let compared = snapbox::Assert::new().try_eq(Some(&name), actual, expected);
    compared.map_err(|difference| format!("{difference}\n`UPDATE=1 cargo test` writes {name}"))
}

/// Holds the part of a page between `<!-- mark -->` and `<!-- /mark -->` equal to a text.
pub(crate) fn hold_part(name: &str, mark: &str, actual: &str) {
    let _turn = turn();
    let page = fs::read_to_string(root().join(name)).unwrap().replace("\r\n", "\n");
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let marked = page.split_once(&open).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&close)?;
        Some((before, after))
    });
    let (before, after) = marked.unwrap_or_else(|| panic!("{name} has no {open}… {close}"));
    if let Err(difference) = hold(name, &format!("{before}{open}{actual}{close}{after}")) {
        panic!("{difference}");
    }
}
