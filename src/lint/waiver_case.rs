//! A waiver held against a finding, and who may decide about one.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use crate::model::acceptance::lies_in;
use crate::model::matter::{Growth, Matter};
use crate::model::scope::{Cell, Scope};
use crate::model::term::TermReach;
use crate::model::waiver::{Subject, Waiver, address_key, same_address};
use crate::text;

use super::Lint;
use super::context::LintContext;
use super::finding::Finding;
use super::portfolio::Party;

/// A waiver held against a finding that it is about.
pub struct WaiverCase<'a, 'r> {
    /// The waiver.
    pub waiver: &'a Waiver,
    /// The finding.
    pub finding: &'a Finding,
    /// The contract.
    pub party: &'a Party,
    /// Another waiver about the same lint and the same part of the contract.
    pub beside: Option<&'a Waiver>,
    /// What the contract is checked with.
    pub context: &'a LintContext<'r>,
}

impl<'a> WaiverCase<'a, '_> {
    /// What the waiver is about, as it stands today; nothing for the contract as a whole, and where it could not be read.
    pub fn matter(&self) -> Option<&'a Matter> {
        self.party.matters.get(&self.waiver.subject)
    }

    /// The ways in which it is worse than the decision. Of a requirement only the waiver's features count.
    pub fn growth(&self) -> Vec<Growth<'a>> {
        let (Some(of), Some(now)) = (&self.waiver.of, self.matter()) else {
            return Vec::new();
        };
        let roadmap = self.context.roadmap;
        let standard = match &self.waiver.subject {
            Subject::Term(name) => roadmap.term(name),
            Subject::Contract | Subject::Requirement(_) => None,
        };
        let mut growth = of.value.growth(now, roadmap, standard);
        growth.retain(|growth| match growth {
            Growth::Feature(text) => self.waiver.is_for(&text.value, roadmap),
            _ => true,
        });
        growth
    }

    /// What of the requirement's scope the finding holds for and the waiver is not for.
    pub fn uncovered(&self) -> Vec<&'a Cell> {
        let scopes = &self.waiver.scopes;
        let asked = self.asked();
        let is_covered =
            |cell: &Cell| scopes.is_empty() || scopes.iter().any(|it| lies_in(cell, asked, &it.value));
        self.finding.cells.iter().filter(|cell| !is_covered(cell)).collect()
    }

    /// The scope that the requirement asks for.
    pub fn asked(&self) -> &'a Scope {
        const NOTHING: &Scope = &Scope::new();
        match self.matter() {
            Some(Matter::Requirement(matter)) => &matter.scope.value,
            Some(Matter::Term(_) | Matter::Words(_)) | None => NOTHING,
        }
    }

    /// A finding about the waiver, at no place yet: it is about what the waiver is for.
    pub fn finding(&self, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        let Finding { contract, subject, refs, .. } = self.finding;
        let finding = Finding::of_contracts(contract.as_deref(), lint, title);
        let finding = Finding { subject: subject.clone(), refs: refs.clone(), ..finding };
        finding.refs("the waiver", self.waiver.annotations.as_deref())
    }

    /// Who may decide about the finding.
    pub fn deciders(&self) -> Deciders<'_> {
        Deciders::of(self.finding, self.context)
    }
}

/// Who may decide about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deciders<'r> {
    /// Anybody but the seller.
    Anybody,
    /// Any of these groups, the nearest first: together, somebody in each of its roles.
    Groups(Vec<Vec<&'r str>>),
    /// Nobody: it lies beyond what may be excepted.
    Nobody,
}

impl<'r> Deciders<'r> {
    /// The people who may decide about a finding: by the lint's `waived-by`, and by the standard of its term. Bands
    /// of a standard decide alone.
    pub fn of(finding: &Finding, context: &LintContext<'r>) -> Self {
        let lint = context.settings.of(finding.lint).waived_by.iter();
        let mut groups: Vec<Vec<&str>> = lint.map(|role| vec![role.value.as_str()]).collect();
        let standard = match &finding.subject {
            Subject::Term(name) => context.roadmap.term(name),
            Subject::Contract | Subject::Requirement(_) => None,
        };
        if let Some((standard, reach)) = standard.zip(finding.reach) {
            let Some(own) = standard.deciders(reach) else { return Self::Nobody };
            if reach != TermReach::Anywhere {
                groups.clear();
            }
            for roles in own {
                groups.push(roles.iter().map(|role| role.value.as_str()).collect());
            }
        }
        let mut seen = BTreeSet::new();
        groups.retain(|roles| seen.insert(roles.clone()));
        if groups.is_empty() { Self::Anybody } else { Self::Groups(groups) }
    }

    /// Whether those who approved may: in each role of a group was one of them on the day of approval, and they are as
    /// many as its roles.
    pub fn include(&self, waiver: &Waiver, context: &LintContext<'_>) -> bool {
        let Self::Groups(groups) = self else { return *self == Self::Anybody };
        // On the day of the approval: who has changed roles since decided rightly then.
        let holds = |role: &str, approver: &str| context.roles.hold(role, approver, waiver.approved_on.value);
        groups.iter().any(|roles| {
            let mut counted: Vec<&str> = Vec::new();
            let approvers = waiver.approved_by.iter().map(|who| who.value.as_str());
            for approver in approvers.filter(|approver| roles.iter().any(|role| holds(role, approver))) {
                if !counted.iter().any(|known| same_address(known, approver)) {
                    counted.push(approver);
                }
            }
            let is_filled = |role: &str| counted.iter().any(|approver| holds(role, approver));
            // One person in two roles does not decide together with anybody.
            counted.len() >= roles.len() && roles.iter().all(|role| is_filled(role))
        })
    }

    /// The people in their roles today.
    pub fn people<'c>(&self, context: &LintContext<'c>) -> Vec<&'c str> {
        let mut seen = HashSet::new();
        let people = self.roles().into_iter().flat_map(|role| context.roles.people(role, context.today));
        people.filter(|person| seen.insert(address_key(person))).collect()
    }

    /// The roles that are named, each once.
    pub fn roles(&self) -> BTreeSet<&'r str> {
        match self {
            Self::Groups(groups) => groups.iter().flatten().copied().collect(),
            Self::Anybody | Self::Nobody => BTreeSet::new(),
        }
    }
}

impl Deciders<'_> {
    /// Who decides, as a sentence begins: `finance or cfo decides`, `cfo and legal decide together`.
    pub fn decide(&self) -> String {
        match self {
            Self::Groups(groups) => match groups.as_slice() {
                [first, rest @ ..] if first.len() > 1 => {
                    let rest: String = rest.iter().map(|roles| format!(", or {}", group(roles))).collect();
                    format!("{} decide together{rest}", text::and_list(first))
                }
                [first, rest @ ..] if rest.iter().any(|roles| roles.len() > 1) => {
                    let rest: String = rest.iter().map(|roles| format!(", or {}", group(roles))).collect();
                    format!("{} decides{rest}", group(first))
                }
                _ => format!("{self} decides"),
            },
            Self::Anybody | Self::Nobody => format!("{self} decides"),
        }
    }
}

/// A group of roles: `finance`, `cfo and legal together`.
fn group(roles: &Vec<&str>) -> String {
    match roles.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("{} together", text::and_list(several)),
    }
}

impl fmt::Display for Deciders<'_> {
    /// The roles: `finance`, `cfo or legal`, `finance, or cfo and legal together`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anybody => f.write_str("anybody but the seller"),
            Self::Nobody => f.write_str("nobody"),
            Self::Groups(groups) => {
                let names: Vec<String> = groups.iter().map(group).collect();
                let are_single = groups.iter().all(|roles| roles.len() == 1);
                f.write_str(&if are_single { text::or_list(&names) } else { names.join(", or ") })
            }
        }
    }
}

/// Where a contract is that the waivers of another group are for.
#[derive(Debug)]
pub struct ContractPlace {
    /// Its file.
    pub file: String,
    /// The waivers that are for it, in words.
    pub waivers: String,
}
