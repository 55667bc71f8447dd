//! What waits for what.

use std::collections::{HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::DfsPostOrder;

use super::{Dependency, Feature, Reference, Roadmap};

/// Which feature depends on which, cycles cut.
#[derive(Debug, Default)]
pub struct Dependencies {
    /// Edges that are part of no cycle.
    graph: DiGraph<(), ()>,
    /// The cycles, each in the order of the files.
    pub cycles: Vec<Vec<usize>>,
    component: Vec<usize>,
    has_any: Vec<bool>,
    is_limited: Vec<bool>,
}

impl Dependencies {
    pub(in crate::model) fn new(features: &[Feature]) -> Self {
        let mut graph = DiGraph::<(), ()>::with_capacity(features.len(), 0);
        features.iter().for_each(|_| {
            graph.add_node(());
        });
        for (from, to) in features.iter().enumerate().flat_map(|(from, feature)| edges(from, feature)) {
            graph.update_edge(NodeIndex::new(from), NodeIndex::new(to), ());
        }
        let mut component = vec![0; features.len()];
        let mut cycles = Vec::new();
        for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
            let mut members: Vec<usize> = members.into_iter().map(NodeIndex::index).collect();
            members.sort_unstable();
            members.iter().for_each(|&member| component[member] = number);
            let itself = |&at: &usize| graph.contains_edge(NodeIndex::new(at), NodeIndex::new(at));
            if members.len() > 1 || members.iter().any(itself) {
                cycles.push(members);
            }
        }
        cycles.sort();
        graph.retain_edges(|graph, edge| {
            graph
                .edge_endpoints(edge)
                .is_some_and(|(from, to)| component[from.index()] != component[to.index()])
        });
        let has_any = graph.node_indices().map(|node| graph.neighbors(node).next().is_some()).collect();
        let is_limited = limited(features, &graph);
        Self { graph, cycles, component, has_any, is_limited }
    }

    /// Whether a feature, or anything that it waits for, is limited to some scope.
    pub fn is_limited(&self, feature: usize) -> bool {
        self.is_limited.get(feature).copied().unwrap_or_default()
    }

    /// Whether one feature waits for the other and the other for it, so that the edge between them says nothing.
    pub fn in_cycle(&self, one: usize, other: usize) -> bool {
        self.component(one) == self.component(other)
    }

    /// The number of the features that wait for a feature and for which it waits, itself included: what is reached from one
    /// of them is reached from each.
    pub fn component(&self, feature: usize) -> usize {
        self.component[feature]
    }

    /// Whether a feature waits for any other.
    pub fn has_any(&self, feature: usize) -> bool {
        self.has_any.get(feature).copied().unwrap_or_default()
    }

    /// What a feature waits for, over any number of steps, each before what waits for it; the feature itself
    /// is last.
    pub fn before(&self, feature: usize) -> Vec<usize> {
        if !self.has_any(feature) {
            return vec![feature];
        }
        let mut walk = DfsPostOrder::new(&self.graph, NodeIndex::new(feature));
        std::iter::from_fn(|| walk.next(&self.graph)).map(NodeIndex::index).collect()
    }
}

/// For each feature whether it, or anything that it waits for, is limited to some scope.
fn limited(features: &[Feature], graph: &DiGraph<(), ()>) -> Vec<bool> {
    let own = |feature: &Feature| feature.offers.iter().any(|offer| !offer.scope.is_empty());
    let mut limited: Vec<bool> = features.iter().map(own).collect();
    // What a feature waits for comes before it, and each feature once, whichever walk comes to it first.
    let mut walk = DfsPostOrder::empty(graph);
    for start in graph.node_indices() {
        walk.move_to(start);
        while let Some(node) = walk.next(graph) {
            limited[node.index()] |= graph.neighbors(node).any(|before| limited[before.index()]);
        }
    }
    limited
}

fn edges(from: usize, feature: &Feature) -> impl Iterator<Item = (usize, usize)> + '_ {
    feature.offers.iter().flat_map(|offer| &offer.depends_on).filter_map(move |dependency| {
        match dependency.target {
            Reference::Feature(to) => Some((from, to)),
            Reference::Unknown | Reference::Unreadable | Reference::Ambiguous => None,
        }
    })
}

impl Roadmap {
    /// The shortest way from the first feature of a cycle back to itself: each feature with what it depends on
    /// next.
    pub fn way_around(&self, cycle: &[usize]) -> Vec<(usize, &Dependency)> {
        let Some(&first) = cycle.first() else {
            return Vec::new();
        };
        let mut came: HashMap<usize, (usize, &Dependency)> = HashMap::new();
        let mut open = VecDeque::from([first]);
        while let Some(at) = open.pop_front() {
            for dependency in self.features[at].offers.iter().flat_map(|offer| &offer.depends_on) {
                let Reference::Feature(to) = dependency.target else { continue };
                if to == first {
                    let back = std::iter::successors(Some((at, dependency)), |(at, _)| came.get(at).copied());
                    let mut way: Vec<(usize, &Dependency)> = back.collect();
                    way.reverse();
                    return way;
                }
                if self.dependencies.in_cycle(first, to) && !came.contains_key(&to) {
                    came.insert(to, (at, dependency));
                    open.push_back(to);
                }
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use crate::input::read;
    use crate::input::records::RoadmapRecord;
    use crate::model::assemble::{Vocabulary, assemble};
    use crate::source::{FileId, Source};

    use super::*;

    fn roadmap(text: &str) -> Roadmap {
        let source = Source::new(FileId(0), "roadmap.toml", text);
        let mut problems = Vec::new();
        let record = read::record::<RoadmapRecord>(&source, &mut problems);
        let roadmap = assemble(&[(FileId(0), record)], &Vocabulary::default(), false, &mut problems);
        assert_eq!(problems, []);
        roadmap
    }

    fn ways(edges: &[(&str, &[&str])]) -> Vec<String> {
        let features =
            edges.iter().map(|(id, on)| format!("[features.{id}]\nstatus = \"idea\"\ndepends-on = {on:?}\n"));
        let roadmap = roadmap(&features.collect::<String>());
        let cycles = roadmap.dependencies().cycles.iter();
        let ways = cycles.map(|cycle| roadmap.way_around(cycle));
        ways.map(|way| way.iter().map(|(_, next)| next.text.value.as_str()).collect()).collect()
    }

    #[test]
    fn the_way_around_a_cycle_is_the_shortest() {
        assert_eq!(ways(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"])]), ["bca"]);
        assert_eq!(ways(&[("a", &["b", "c"]), ("b", &["c", "x"]), ("c", &["a"]), ("x", &["b"])]), ["ca"]);
        assert_eq!(ways(&[("x", &["a"]), ("a", &["a", "b"]), ("b", &["a"])]), ["a"]);
        assert_eq!(ways(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]), ["cb"]);
        assert!(ways(&[("a", &["b"]), ("b", &[])]).is_empty());
    }
}
