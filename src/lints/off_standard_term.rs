use crate::input::decode::Scalar;
use crate::model::shortfall::Shortfall;
use crate::model::term::{AgreedTerm, OutOfBounds, PricedTerm, Term, TermReach, TermStanding};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A commercial term outside its standard: a number beyond the bound that the roadmap states under
    /// `[terms]`, or words that are none of the standard ones. `unlimited` is beyond every upper bound. Where the standard
    /// says what silence means (`absent = "unlimited"`), a contract that does not state the term is held to that.
    ///
    /// `bands` of a standard say who may approve how much. Beyond the last band nobody may: no waiver covers it.
    ///
    /// ## Why it matters
    ///
    /// Payment, liability and support hours are where a deal is quietly paid for. Each is somebody's to decide:
    /// finance waits for the money, legal answers for the risk, support gets up at night. Terms that felt wrong
    /// at the signature feel worse afterwards.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   payment: 90 days
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    ///
    /// [terms.payment]
    /// standard = "<= 45 days"
    /// approver = "finance"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   payment: 45 days
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "off-standard-term",
        summary: "a commercial term outside the standard",
        level: Level::Deny,
        check: Check::Term(check),
    }
}

fn check(case: &TermCase<'_, '_>) -> Option<Finding> {
    let TermCase { term, contract, context } = case;
    let (name, value) = (&term.name.value, term.value.as_ref()?);
    let standard = context.roadmap.term(name)?;
    // What cannot be held against the standard was reported when the contract was read.
    let title = title(term, value, standard.stand(value, &contract.fees).ok()?)?;
    let allowed: Vec<String> =
        standard.standard.iter().map(|part| words::standard_in_words(standard, part)).collect();
    let excess = standard.excess(PricedTerm { value, fees: &contract.fees }).map(Box::new);
    let finding = Finding { excess, ..case.finding(&LINT, title).naming([words::written(value)]) };
    let deciders = Deciders::of(&finding, context);
    let ask = match standard.standard.as_slice() {
        [] => None,
        [only] => Some(ask(term, standard, only, ": write")),
        [first, ..] => Some(ask(term, standard, first, ", such as")),
    };
    let approve = match &deciders {
        Deciders::Nobody => None,
        Deciders::Anybody => Some("have the exception approved".to_owned()),
        Deciders::Groups(_) => Some(format!("have {deciders} approve the exception")),
    };
    let record = contract.id.as_ref().zip(approve).map(|(id, approve)| {
        let command = waive_command(&id.value, name, &deciders, context);
        format!("or {approve}, and record it: `{command}`")
    });
    let place = standard.place();
    let finding = if term.is_silent {
        let absent = standard.absent.as_ref().map(|absent| (absent.span(), words::silence_means(value)));
        finding.label(term.name.span, format!("says nothing about {}", name.trim())).labels(absent)
    } else {
        finding.label(value.span(), format!("standard: {}", text::or_list(&allowed)))
    };
    let band = band(standard, finding.reach, &deciders);
    let note = match (&band, &deciders) {
        (Some((_, note)), _) => Some(note.clone()),
        (None, Deciders::Anybody | Deciders::Nobody) => None,
        (None, Deciders::Groups(_)) => Some(format!("{} on exceptions", deciders.decide())),
    };
    let finding = finding
        .label(place, "the standard is stated here")
        .labels(band.map(|(place, _)| {
            (place, if deciders == Deciders::Nobody { "the last band" } else { "its band" })
        }))
        .notes(note)
        .helps(ask.map(|help| words::reword(contract.status, help)))
        .helps(record);
    Some(finding)
}

/// The band that an exception lies in, or is beyond, and who decides.
fn band(standard: &Term, reach: Option<TermReach>, deciders: &Deciders<'_>) -> Option<(Span, String)> {
    let count = standard.bands.len();
    match reach? {
        TermReach::Anywhere => None,
        TermReach::Band(at) => {
            let band = standard.bands.get(at)?;
            let accepts = if band.is_any() {
                "whatever lies beyond the others".to_owned()
            } else {
                accepted(standard, &band.accept)
            };
            Some((
                band.place(),
                format!("it lies in band {} of {count}, {accepts}: {}", at + 1, deciders.decide()),
            ))
        }
        TermReach::Beyond => {
            let last = standard.bands.last()?;
            let beyond = format!(
                "it lies beyond every band, the last of which is {}",
                accepted(standard, &last.accept)
            );
            Some((last.place(), format!("{beyond}: nobody may waive it")))
        }
    }
}

fn accepted(term: &Term, values: &[Scalar]) -> String {
    text::or_list(&values.iter().map(|part| words::standard_in_words(term, part)).collect::<Vec<_>>())
}

fn title(term: &AgreedTerm, value: &Scalar, standing: TermStanding) -> Option<String> {
    let (name, written) = (term.name.value.trim(), words::written(value));
    // What follows the value, after `is` and after `of`.
    let (is, of) = match standing {
        TermStanding::Standard => return None,
        TermStanding::Other => (Some(", which is not standard".to_owned()), String::new()),
        TermStanding::OutOfBounds(missed) => {
            let OutOfBounds { bound, is_unlimited, is_more, distance } = *missed;
            match distance {
                Some(distance) => {
                    let beyond = beyond(is_more, &distance);
                    let than = if bound.relation() == Relation::Equal {
                        "the standard"
                    } else {
                        "the standard allows"
                    };
                    (None, format!("{distance} {beyond} than {than}"))
                }
                None if is_unlimited => (Some(format!("; the standard is {}", bound.words())), String::new()),
                None => (None, format!("outside the standard of {}", bound.words())),
            }
        }
    };
    Some(match (is, term.is_silent) {
        (Some(is), false) => format!("{name} is {written}{is}"),
        (Some(is), true) => format!("{name} is not stated, and so {written}{is}"),
        (None, false) => format!("{name} of {written} is {of}"),
        (None, true) => format!("{name} is not stated, and so {written}: {of}"),
    })
}

/// On which side of the bound it lies.
fn beyond(is_more: bool, distance: &Shortfall) -> &'static str {
    match (distance.is_time(), is_more) {
        (true, true) => "longer",
        (true, false) => "shorter",
        (_, true) => "more",
        (_, false) => "less",
    }
}

/// What to ask for instead.
fn ask(term: &AgreedTerm, standard: &Term, part: &Scalar, example: &str) -> Help {
    let Some(value) = words::standard_value(standard, part) else {
        return format!("ask for the standard: {}", words::standard_in_words(standard, part)).into();
    };
    let help = Help::from(format!("ask for the standard{example} \"{}: {value}\"", term.name.value.trim()));
    let place = term.value.as_ref().filter(|_| !term.is_silent).map(Scalar::span);
    help.replacing(place, value)
}

/// The command that records an exception, with all of it that is known.
fn waive_command(contract: &str, term: &str, deciders: &Deciders<'_>, context: &LintContext<'_>) -> String {
    // Of several nobody is named: who decides is not for a command to choose.
    let approver = match deciders.people(context).as_slice() {
        [only] => text::shell_quote(only),
        _ => "…".to_owned(),
    };
    format!(
        "dealcheck waive {} --term {} {} --reason \"…\" --approved-by {approver} --expires …",
        text::shell_quote(contract),
        text::shell_quote(term),
        LINT.name
    )
}
