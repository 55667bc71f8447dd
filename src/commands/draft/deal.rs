//! What a contract needs, as options or answers have it, and the contract file that it makes.

use crate::check;
use crate::cli::DealTermArgs;
use crate::delivery::Promise;
use crate::diagnostic::{Diagnostic, Problem};
use crate::draft::{DraftFormat, DraftLine, DraftValue, DraftedContract, write};
use crate::lint::context::LintContext;
use crate::lint::finding::Finding;
use crate::model::contract::Contract;
use crate::model::deadline::DueDay;
use crate::model::roadmap::Reference;
use crate::model::waiver::Subject;
use crate::prose::documents::ContractDocuments;
use crate::sellable::{self, QuestionArgs, QuestionReading};
use crate::source::{FileId, Source};
use crate::text::{and_list, clean_truncated};
use crate::workspace::group::Group;

/// The id of a draft's text: none of the roadmap's, none of the command line's.
const DRAFT: FileId = FileId(u32::MAX / 2);

/// What is known of a contract that is still to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct DealTerms {
    pub(super) contract: Option<String>,
    pub(super) customer: Option<String>,
    pub(super) seller: Option<String>,
    pub(super) signing: Option<String>,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) value: Option<String>,
    pub(super) scope: Vec<(String, Vec<String>)>,
    pub(super) promises: Vec<TypedPromise>,
}

/// A promise as somebody typed it.
#[derive(Clone, Debug)]
pub(super) struct TypedPromise {
    /// The feature, by id, name or alias.
    pub(super) feature: String,
    /// The deadline, if there is one.
    pub(super) due: Option<String>,
    /// What it is for, beside what the contract is for.
    pub(super) scope: Vec<(String, Vec<String>)>,
}

impl TypedPromise {
    /// Reads `audit-log=2027-03-31`.
    fn of(text: &str) -> Self {
        let (feature, due) = text.split_once('=').map_or((text, None), |(feature, due)| (feature, Some(due)));
        let due = due.map(|due| due.trim().to_owned()).filter(|due| !due.is_empty());
        Self { feature: feature.trim().to_owned(), due, scope: Vec::new() }
    }
}

impl DealTerms {
    /// What the command line says; what it says in another form than is asked for is a problem.
    pub(super) fn of(args: &DealTermArgs) -> Result<Self, Problem> {
        let mut scope: Vec<(String, Vec<String>)> = Vec::new();
        for part in args.scope.iter().flat_map(|typed| typed.split(',')) {
            let pair = part.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
            let Some((name, value)) = pair.filter(|(name, value)| !name.is_empty() && !value.is_empty())
            else {
                let title = format!("`--for {part}` is no dimension with its value");
                let help = "write it as in `--for platform=windows,region=eu`";
                return Err(Problem::of_run(title).help(help));
            };
            match scope.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => values.push(value.to_owned()),
                None => scope.push((name.to_owned(), vec![value.to_owned()])),
            }
        }
        Ok(Self {
            contract: args.contract.clone(),
            customer: args.customer.clone(),
            seller: args.seller.clone(),
            signing: args.signing.clone(),
            start: args.start.clone(),
            end: args.end.clone(),
            value: args.value.clone(),
            scope,
            promises: args.promises.iter().map(|typed| TypedPromise::of(typed)).collect(),
        })
    }

    /// The options that are missing for a contract.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let needed = [
            (self.contract.is_none(), "--contract <ID>"),
            (self.customer.is_none(), "--customer <NAME>"),
            (self.promises.is_empty(), "--promise <FEATURE=DAY>"),
        ];
        needed.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, option)| option).collect()
    }

    /// The contract file.
    pub(super) fn text(&self, format: DraftFormat) -> String {
        let text = |text: &String| DraftValue::Text(text.clone());
        let mut fields = Vec::new();
        let mut add =
            |key, value: Option<DraftValue>| fields.extend(value.map(|it| DraftLine::Field(key, it)));
        add("contract", self.contract.as_ref().map(text));
        add("customer", self.customer.as_ref().map(text));
        add("seller", self.seller.as_ref().map(text));
        add("signing", self.signing.as_ref().map(text));
        let days = [("start", &self.start), ("end", &self.end)];
        let days = days.into_iter().filter_map(|(key, day)| Some((key.to_owned(), text(day.as_ref()?))));
        let days: Vec<_> = days.collect();
        add("period", (!days.is_empty()).then_some(DraftValue::Table(days)));
        add("value", self.value.as_ref().map(text));
        add("for", scope(&self.scope));
        let requirements = self.promises.iter().enumerate().map(|(at, promise)| {
            let fields = [
                ("id", Some(DraftValue::Text(format!("R{}", at + 1)))),
                ("feature", Some(text(&promise.feature))),
                ("due", promise.due.as_ref().map(text)),
                ("for", scope(&promise.scope)),
            ];
            fields.into_iter().filter_map(|(key, value)| Some(DraftLine::Field(key, value?))).collect()
        });
        let requirements = requirements.collect();
        write(&DraftedContract { fields, requirements, ..DraftedContract::default() }, format)
    }

    /// The contract as `lint` reads it, with what is wrong with it and the text that this points into.
    pub(super) fn read(&self, group: &Group) -> (Option<Contract>, Vec<Problem>, Source) {
        let source = Source::new(DRAFT, "the draft", self.text(DraftFormat::Yaml));
        let read = group.contract_of(source.clone(), true);
        let contract = read.contracts.into_iter().next();
        let promised = contract.iter().flat_map(|contract| &contract.requirements);
        let promised = promised.flat_map(|requirement| &requirement.features);
        let unknown = promised.filter(|promised| matches!(promised.target, Reference::Unknown));
        let unknown = unknown.map(|promised| {
            let written = &promised.text;
            let title = format!("the roadmap has no feature \"{}\"", written.value);
            let near = group.roadmap.nearest(&written.value).map(|near| near.id.value.as_str());
            let otherwise = "`dealcheck sellable` lists what may be promised";
            Problem::at(written.span, title, "no such feature").help_near(near, otherwise)
        });
        let problems = read.problems.into_iter().chain(unknown).collect();
        (contract, problems, source)
    }

    /// What is wrong with it, on a line.
    pub(super) fn fault(&self, group: &Group) -> Option<String> {
        let (_, problems, _) = self.read(group);
        let Diagnostic { title, helps, .. } = problems.into_iter().next()?.diagnostic;
        Some(match helps.into_iter().next() {
            Some(help) => format!("{title}: {}", help.text),
            None => title,
        })
    }
}

fn scope(scope: &[(String, Vec<String>)]) -> Option<DraftValue> {
    let entries = scope.iter().map(|(name, values)| {
        let values = match values.as_slice() {
            [only] => DraftValue::Text(only.clone()),
            values => DraftValue::List(values.to_vec()),
        };
        (name.clone(), values)
    });
    (!scope.is_empty()).then(|| DraftValue::Table(entries.collect()))
}

/// What may be said of each promise of a contract, and whether that is a plain yes: what `sellable` says, and what `lint`
/// would beside it.
pub(super) fn verdicts(contract: &Contract, group: &Group) -> Vec<(bool, String)> {
    let context = group.context();
    let checked = check::contract(contract, ContractDocuments::NONE, &group.waivers, &context);
    let verdict = |promise: &Promise<'_>| {
        let (is_yes, sentence) = sentence(promise, group, &context);
        let name = &promise.requirement.name;
        let is_about =
            |finding: &&Finding| matches!(&finding.subject, Subject::Requirement(of) if *of == **name);
        let found = checked.findings.iter().filter(is_about);
        // That it has not shipped yet is what the sentence says.
        let found = found.filter(|finding| finding.lint.name != "unshipped-feature" || finding.is_denied());
        let found: Vec<&Finding> = found.collect();
        let is_refused = found.iter().any(|finding| finding.is_denied());
        let found = found.into_iter();
        let found: Vec<String> =
            found.map(|finding| format!("\n  {}: {}", finding.lint.name, finding.diagnostic.title)).collect();
        let sentence = match is_yes && is_refused {
            true => format!("{} may not be promised as it stands", feature_names(promise)),
            false => sentence,
        };
        (is_yes && found.is_empty(), sentence + &found.concat())
    };
    checked.judged.promises.iter().map(verdict).collect()
}

/// The features of a promise, as `sellable` names them.
fn feature_names(promise: &Promise<'_>) -> String {
    let judged = promise.judgements.iter().map(|judgement| match judgement.feature {
        Some(feature) => feature.title(),
        None => judgement.written.value.as_str(),
    });
    let mut names: Vec<String> = judged.map(|name| format!("\"{}\"", clean_truncated(name, 300))).collect();
    names.dedup();
    and_list(&names)
}

fn sentence(promise: &Promise<'_>, group: &Group, context: &LintContext<'_>) -> (bool, String) {
    let requirement = promise.requirement;
    if matches!(requirement.due.day, DueDay::WhenAvailable) {
        return (
            true,
            format!("{} may be promised for when it is available, which is no day", feature_names(promise)),
        );
    }
    let names: Vec<String> =
        requirement.features.iter().map(|promised| promised.text.value.to_string()).collect();
    let scope: Vec<String> = requirement
        .scope
        .iter()
        .flat_map(|(dimension, values)| values.iter().map(move |value| format!("{dimension}={value}")))
        .collect();
    let said = |by: Option<&str>| {
        let beta = requirement.accepts_beta;
        let typed = QuestionArgs { features: &names, by, scope: &scope, needs: &[], beta };
        let question = QuestionReading::new(typed, group.reading()).question?;
        sellable::sentence(&question, &sellable::answer(&question, group), context.today)
    };
    // A period may mean its first day; what counts from an event is a day by now.
    let written = requirement.due.span.and_then(|_| said(Some(&requirement.due.words)));
    let by = requirement.due.window().map(|due| due.latest.max(context.today).to_string());
    let sentence = written.or_else(|| said(by.as_deref()));
    sentence
        .unwrap_or_else(|| (false, format!("nobody can say whether {} may be promised", names.join(", "))))
}
