//! The questions of `dealcheck draft` on a terminal.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use dialoguer::console::{Term, set_colors_enabled_stderr};
use dialoguer::theme::ColorfulTheme;
use dialoguer::{FuzzySelect, Input, MultiSelect, Select};

use crate::model::roadmap::{Feature, Roadmap};
use crate::model::scope::same;
use crate::text::{clean, clean_rendered};
use crate::workspace::group::Group;

use super::super::replace::existing;
use super::deal::{DealTerms, TypedPromise, verdicts};

/// What may be done about a promise that is no plain yes.
const CHOICES: [&str; 3] = ["keep it all the same", "change it", "leave it out"];

/// Whether somebody is there to answer.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for what is not known yet, and for the file to write to where none is named; nothing where the questions were
/// broken off.
pub(super) fn ask(
    terms: DealTerms,
    output: Option<PathBuf>,
    group: &Group,
    colour: bool,
) -> io::Result<Option<(DealTerms, PathBuf)>> {
    set_colors_enabled_stderr(colour);
    let mut questions = Questions { theme: ColorfulTheme::default(), group, terms };
    let answered = questions.all().and_then(|()| output.map_or_else(|| questions.file(), Ok));
    match answered {
        Ok(output) => Ok(Some((questions.terms, output))),
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
            Term::stderr().show_cursor()?;
            Ok(None)
        }
        Err(dialoguer::Error::IO(error)) => Err(error),
    }
}

struct Questions<'g> {
    theme: ColorfulTheme,
    group: &'g Group,
    terms: DealTerms,
}

type TermField = fn(&mut DealTerms) -> &mut Option<String>;

impl Questions<'_> {
    fn all(&mut self) -> dialoguer::Result<()> {
        let needed: [(&str, TermField); 2] =
            [("Customer", |terms| &mut terms.customer), ("Id of the contract", |terms| &mut terms.contract)];
        let further: [(&str, TermField); 5] = [
            ("Mail address of who sells (Enter leaves it out)", |terms| &mut terms.seller),
            ("Planned day of signature (Enter leaves it out)", |terms| &mut terms.signing),
            ("First day of its term (Enter leaves it out)", |terms| &mut terms.start),
            ("Last day of its term (Enter leaves it out)", |terms| &mut terms.end),
            ("What it is worth, such as 480000 EUR (Enter leaves it out)", |terms| &mut terms.value),
        ];
        for (is_needed, (question, place)) in
            needed.map(|it| (true, it)).into_iter().chain(further.map(|it| (false, it)))
        {
            if place(&mut self.terms).is_none() {
                *place(&mut self.terms) = self.text(question, is_needed, |terms, text| {
                    *place(terms) = Some(text);
                })?;
            }
        }
        if self.terms.promises.is_empty() {
            self.promises()?;
        }
        Ok(())
    }

    /// A text that a contract with it can be read with; none where it is left out.
    fn text(
        &self,
        question: &str,
        is_needed: bool,
        set: impl Fn(&mut DealTerms, String),
    ) -> dialoguer::Result<Option<String>> {
        let check = |text: &String| {
            let text = text.trim();
            if text.is_empty() {
                return if is_needed { Err("this is needed".to_owned()) } else { Ok(()) };
            }
            let mut terms = self.terms.clone();
            set(&mut terms, text.to_owned());
            // What is still to be asked is no fault.
            terms.contract.get_or_insert_with(|| "draft".to_owned());
            terms.customer.get_or_insert_with(|| "a customer".to_owned());
            terms.fault(self.group).map_or(Ok(()), |fault| Err(clean(&fault).into_owned()))
        };
        let text = Input::<String>::with_theme(&self.theme)
            .with_prompt(question)
            .allow_empty(true)
            .validate_with(check)
            .interact_text()?;
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn promises(&mut self) -> dialoguer::Result<()> {
        let roadmap = &self.group.roadmap;
        let names = roadmap.features.iter().map(shown);
        let names: Vec<String> = std::iter::once("that is all".to_owned()).chain(names).collect();
        loop {
            let (question, first) = match self.terms.promises.is_empty() {
                true => ("What is promised", 1),
                false => ("What else", 0),
            };
            let chosen = FuzzySelect::with_theme(&self.theme)
                .with_prompt(format!("{question} (letters of its name find it)"))
                .items(&names[first..])
                .default(0)
                .max_length(10)
                .interact()?;
            let Some(at) = (chosen + first).checked_sub(1) else { return Ok(()) };
            while !self.promise(&roadmap.features[at])? {}
        }
    }

    /// Asks how a feature is promised; false where that is to be asked once more.
    fn promise(&mut self, feature: &Feature) -> dialoguer::Result<bool> {
        let mut promise =
            TypedPromise { feature: feature.id.value.to_string(), due: None, scope: Vec::new() };
        let asked = promise.clone();
        promise.due = self.text(
            "By when: a day, or such as `90 days after signing` (Enter: from the first day)",
            false,
            move |terms, due| terms.promises.push(TypedPromise { due: Some(due), ..asked.clone() }),
        )?;
        for (dimension, values) in open_dimensions(feature, &self.group.roadmap, &self.terms) {
            let chosen = MultiSelect::with_theme(&self.theme)
                .with_prompt(format!(
                    "For which {} (the space bar marks; none: for whatever there is)",
                    clean(&dimension)
                ))
                .items(values.iter().map(|value| clean(value)))
                .interact()?;
            let chosen: Vec<String> = chosen.into_iter().map(|at| values[at].clone()).collect();
            if !chosen.is_empty() {
                promise.scope.push((dimension, chosen));
            }
        }
        self.terms.promises.push(promise);
        let (contract, ..) = self.terms.read(self.group);
        let verdict = contract.and_then(|contract| verdicts(&contract, self.group).pop());
        let Some((is_plain, sentence)) = verdict else { return Ok(true) };
        Term::stderr().write_line(&clean_rendered(&sentence))?;
        if is_plain {
            return Ok(true);
        }
        let choice =
            Select::with_theme(&self.theme).with_prompt("What then").items(CHOICES).default(1).interact()?;
        if choice > 0 {
            self.terms.promises.pop();
        }
        Ok(choice != 1)
    }

    /// Asks for a file that is not there yet.
    fn file(&self) -> dialoguer::Result<PathBuf> {
        let id = self.terms.contract.as_deref().unwrap_or("contract").to_lowercase();
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
        let name: String = id.chars().map(plain).collect();
        let is_free = |path: &String| match existing(path.as_ref()) {
            Some(problem) => Err(problem.diagnostic.title),
            None => Ok(()),
        };
        let path = Input::<String>::with_theme(&self.theme)
            .with_prompt("The file to write it to")
            .default(format!("{name}.yaml"))
            .validate_with(is_free)
            .interact_text()?;
        Ok(PathBuf::from(path))
    }
}

fn shown(feature: &Feature) -> String {
    let (name, id) = (clean(feature.title()), clean(&feature.id.value));
    if name == id { id.into_owned() } else { format!("{name} ({id})") }
}

/// The dimensions by which a feature is limited and of which the contract says nothing, with their values.
fn open_dimensions(feature: &Feature, roadmap: &Roadmap, terms: &DealTerms) -> Vec<(String, Vec<String>)> {
    let is_said = |name: &str| terms.scope.iter().any(|(said, _)| same(said, name));
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in feature.offers.iter().flat_map(|offer| offer.scope.iter()) {
        if !is_said(name) && !names.iter().any(|known| same(known, name)) {
            names.push(name);
        }
    }
    let known = names.into_iter().filter_map(|name| roadmap.dimension(name));
    known
        .map(|dimension| {
            (dimension.name.to_string(), dimension.values.iter().map(ToString::to_string).collect())
        })
        .collect()
}
