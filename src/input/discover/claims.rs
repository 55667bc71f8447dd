//! Collateral: documents that are held against the roadmap.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::Problem;

use super::super::files::Files;
use super::super::path::slashes;
use super::super::pattern::Pattern;
use super::Request;
use super::walk::unwalkable;

/// The collateral that a request names, each file once, in the order in which it is named.
pub(super) fn claims(
    files: &dyn Files,
    request: &Request,
    base: &Path,
    problems: &mut Vec<Problem>,
) -> Vec<PathBuf> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for path in &request.claims {
        let absolute = base.join(path);
        let (named, errors) = match files.kind(&absolute) {
            Ok(_) => (vec![absolute], Vec::new()),
            Err(_) => match Pattern::new(files, base, &slashes(path)) {
                Ok(pattern) => pattern.named(files, is_document),
                Err(_) => (Vec::new(), Vec::new()),
            },
        };
        if named.is_empty() && errors.is_empty() {
            let text = slashes(path);
            let problem = Problem::in_file(&text, format!("`{text}` matches no document"));
            let help =
                "documents are .md, .txt and .docx files; `**` goes into folders, as in `site/**/*.md`";
            problems.push(problem.help(help));
        }
        problems.extend(errors.iter().map(|error| unwalkable(error, base)));
        found.extend(named.into_iter().filter(|path| seen.insert(files.real(path))));
    }
    found
}

/// Whether a file is a document by its name.
fn is_document(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ["md", "markdown", "txt", "text", "docx"].contains(&&*ending))
}
