//! `--since`: what a git revision was found to have, by the same check.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use crate::check::group::{Asked, Group};
use crate::check::known::{Known, Place};
use crate::diagnostic::Problem;
use crate::input::discover::{self, Discovery, Request, discover_in};
use crate::input::revision::{OldRequest, Revision};
use crate::lint::finding::Finding;
use crate::text::clean;

use super::UntilClosed;

/// What was there before.
pub(super) struct Since {
    /// The revision.
    pub(super) revision: Revision,
    known: Known,
}

impl Since {
    /// Checks a revision, as the request says and on the same day.
    ///
    /// # Errors
    ///
    /// The revision cannot be had. What cannot be read of it is no error: its findings are unknown, and so new.
    pub(super) fn new(
        revision: &str,
        request: &Request,
        folder: &Path,
        asked: &Asked,
    ) -> Result<Self, Problem> {
        let old = OldRequest::new(revision, request, folder)?;
        let mut known = Known::default();
        if !old.is_empty {
            let discovery = discover_in(&old.files, &old.request, folder);
            known.unread.extend(discovery.problems.iter().map(|problem| problem.diagnostic.title.clone()));
            for found in &discovery.groups {
                let group = Group::read(found, asked);
                known.add(Place::of(found), found, &group);
            }
        }
        Ok(Self { revision: old.revision, known })
    }

    /// Says in a line that not all of the revision could be read; everything that it hides, where that is asked for.
    pub(super) fn warn(&self, verbose: bool) -> io::Result<()> {
        let (revision, unread) = (&self.revision.name, &self.known.unread);
        let mut lines = Vec::new();
        if let Some((first, rest)) = unread.split_first() {
            let more = if rest.is_empty() || verbose {
                String::new()
            } else {
                format!(" (and {} more)", rest.len())
            };
            lines.push(format!(
                "warning: {revision} cannot be read in full, so what was there before may be shown as new: {first}{more}"
            ));
            lines.extend(rest.iter().filter(|_| verbose).map(|title| format!("  also: {title}")));
        }
        let mut err = UntilClosed::new(io::stderr());
        lines.iter().try_for_each(|line| writeln!(err, "{}", clean(line)))
    }

    /// Learns which groups there are today.
    pub(super) fn settle_places(&mut self, discovery: &Discovery) {
        let places: BTreeSet<Place> = discovery.groups.iter().map(Place::of).collect();
        self.known.settle_places(&places);
    }

    /// Takes what was there before away from the findings of a contract; returns it.
    pub(super) fn take_from_contract(&self, id: Option<&str>, findings: &mut Vec<Finding>) -> Vec<Finding> {
        self.known.take_from_contract(id, findings)
    }

    /// Takes what was there before away from the findings of what a group shares; returns it.
    pub(super) fn take_from_shared(
        &mut self,
        group: &discover::Group,
        findings: &mut Vec<Finding>,
    ) -> Vec<Finding> {
        self.known.take_from_shared(&Place::of(group), findings)
    }
}
