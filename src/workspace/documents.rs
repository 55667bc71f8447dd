//! The documents of a contract, read with it: of its own file alone, since those of its other files are read there.

use std::collections::HashSet;
use std::path::Path;

use crate::diagnostic::Problem;
use crate::document::{self, TrackedChanges};
use crate::input::discover::{Candidate, FileSet, is_outside};
use crate::input::files::content_hash;
use crate::input::path::{shown, without_dots};
use crate::model::contract::Contract;
use crate::prose::documents::{
    ContractDocument, ContractDocuments, DocumentFile, ReadDocument, UnreadDocument,
};
use crate::source::FileId;

use super::group::Group;

/// The most text that is read of one contract's documents, in bytes: thousands of pages.
const MOST_TEXT: usize = 32 << 20;

/// The ids of documents begin where no other file has one: they are told apart within a contract alone.
const FIRST_ID: u32 = u32::MAX / 4 * 3;

impl Group {
    /// Reads the documents of a contract. Nothing outside of the repository is read: whoever sees the findings may
    /// not be allowed to.
    pub(crate) fn documents(
        &self,
        contract: &Contract,
        file: &Candidate,
        set: &FileSet,
    ) -> ContractDocuments {
        let mut documents = ContractDocuments::default();
        if !contract.status.is_linted() || file.promises || !self.reads_documents {
            return documents;
        }
        let beside = if file.stdin { set.base.join(&file.name) } else { file.path.clone() };
        let folder = beside.parent().unwrap_or(&set.base);
        let mut seen = HashSet::new();
        let mut bytes = 0;
        for (entry, id) in contract.documents.iter().zip(FIRST_ID..) {
            if entry.value.contains("://") {
                documents.unread.push(UnreadDocument::new(
                    entry.clone(),
                    &entry.value,
                    address(&entry.value),
                    None,
                ));
                continue;
            }
            let path = without_dots(&folder.join(entry.value.as_str()));
            // Named twice, its promises would be told twice.
            if !seen.insert(self.files.real(&path)) {
                continue;
            }
            let name = shown(&path, &set.base);
            let is_outside = is_outside(&*self.files, folder, &path);
            let read = match is_outside {
                true => Err(outside(&name)),
                false if bytes > MOST_TEXT => Err(too_many(&name)),
                false => self.read_document(&path, &name, FileId(id)),
            };
            match read {
                Ok(read) => {
                    bytes += read.document.blocks.iter().map(|block| block.text.len()).sum::<usize>();
                    documents.read.push(ContractDocument::new(entry.clone(), read));
                }
                Err(reason) => {
                    let bytes = (!is_outside).then(|| self.files.read(&path).ok()).flatten();
                    let hash = bytes.map(|bytes| content_hash(&bytes));
                    documents.unread.push(UnreadDocument::new(entry.clone(), &name, reason, hash));
                }
            }
            documents.files.push(DocumentFile { path, name, is_outside });
        }
        documents
    }
}

impl Group {
    /// Reads a document, with its changes.
    pub(crate) fn read_document(&self, path: &Path, name: &str, id: FileId) -> Result<ReadDocument, Problem> {
        let document = document::open(&*self.files, path, name, TrackedChanges::Accept)?;
        ReadDocument::new(document, id, self.roadmap.product.as_ref().map(|product| product.value.as_str()))
    }
}

fn address(entry: &str) -> Problem {
    Problem::of_run(format!("{entry} is an address, and only files are read"))
        .help("save it beside the contract as .docx, .md or .txt, and name that file")
}

fn outside(name: &str) -> Problem {
    Problem::in_file(name, format!("{name} lies outside of the repository, and is not read"))
        .note("who sees what is found may not be meant to read that file")
        .help("keep it in the repository")
}

fn too_many(name: &str) -> Problem {
    let title = format!("{name} is not read: the documents before it hold {} MiB of text", MOST_TEXT >> 20);
    Problem::in_file(name, title).help("leave out what is no part of the contract")
}
