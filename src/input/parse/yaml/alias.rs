//! Aliases repeat what an anchor named before. There is a limit to that, since repeats of repeats grow without one (the
//! "billion laughs" attack).

use std::collections::HashMap;

use crate::diagnostic::Problem;
use crate::source::Span;

use super::super::{Node, NodeKind};
use super::DEPTH_LIMIT;

/// How many nodes aliases may repeat in one file, and anchors keep: enough for any honest file.
const NODE_BUDGET: usize = 100_000;

/// What anchors have named so far, and what aliases have made of it.
#[derive(Default)]
pub(super) struct Anchors<'s> {
    named: HashMap<usize, AnchorTarget<'s>>,
    kept: usize,
    repeated: usize,
    over_budget: bool,
}

/// A finished node that aliases may name.
enum AnchorTarget<'s> {
    Node { node: Node<'s>, nodes: usize, depth: usize },
    TooLarge,
}

impl<'s> Anchors<'s> {
    /// Keeps a finished node for the aliases that name it.
    #[cold]
    pub(super) fn keep(&mut self, anchor: usize, node: Node<'s>) {
        let anchored = match measure(&node, NODE_BUDGET.saturating_sub(self.kept)) {
            Some((nodes, depth)) => {
                self.kept += nodes;
                AnchorTarget::Node { node, nodes, depth }
            }
            None => AnchorTarget::TooLarge,
        };
        self.named.insert(anchor, anchored);
    }

    /// What an alias names, `depth` levels deep; `None` where that has been reported. It is not copied, but whoever
    /// walks the tree meets all of it again, as often as it is named.
    pub(super) fn named_by(
        &mut self,
        id: usize,
        span: Span,
        depth: usize,
        problems: &mut Vec<Problem>,
    ) -> Option<Node<'s>> {
        let problem = match self.named.get(&id) {
            None => {
                Problem::at(span, "a value cannot contain itself", "repeats a value that is not finished yet")
                    .help("write out what is meant instead of the alias")
            }
            Some(AnchorTarget::Node { depth: inner, .. }) if inner + depth > DEPTH_LIMIT => {
                Problem::at(span, "values are nested too deeply", "what is repeated here makes it too deep")
                    .help("write the values with fewer levels")
            }
            Some(AnchorTarget::Node { node, nodes, .. }) if self.repeated + nodes <= NODE_BUDGET => {
                self.repeated += nodes;
                return Some(*node);
            }
            // Told once: every further alias would say the same.
            Some(_) if self.over_budget => return None,
            Some(_) => {
                self.over_budget = true;
                Problem::at(span, "aliases make the file too large", "too much has been repeated up to here")
                    .note(format!("aliases may repeat {NODE_BUDGET} values in a file"))
                    .help("write out what is meant instead of repeating it with aliases")
            }
        };
        problems.push(problem);
        None
    }
}

/// How many nodes a tree has and how deep it is; `None` once there are more than `limit`.
fn measure(node: &Node<'_>, limit: usize) -> Option<(usize, usize)> {
    let mut left = vec![(node, 0)];
    let (mut nodes, mut deepest) = (0, 0);
    while let Some((node, depth)) = left.pop() {
        nodes += 1;
        deepest = deepest.max(depth);
        let inner = match &node.kind {
            NodeKind::List(items) => items.len(),
            NodeKind::Map(map) => map.entries.len(),
            _ => continue,
        };
        // Before they are put down, so that counting takes no more room than the limit.
        if nodes + left.len() + inner > limit {
            return None;
        }
        match &node.kind {
            NodeKind::List(items) => left.extend(items.iter().map(|item| (item, depth + 1))),
            NodeKind::Map(map) => left.extend(map.entries.iter().map(|entry| (&entry.value, depth + 1))),
            _ => {}
        }
        deepest = deepest.max(depth + 1);
    }
    (nodes <= limit).then_some((nodes, deepest))
}
