//! What a waiver covers: what was decided on, and what is milder in every way.

use proptest::prelude::*;
use proptest::sample::subsequence;
use toml_edit::{DocumentMut, InlineTable};

use crate::delivery::tests::with_files;
use crate::input::read;
use crate::input::records::WaiversRecord;
use crate::model::matter::Matter;
use crate::model::waiver::waivers;
use crate::source::{FileId, Source};

const ROADMAP: &str = "[features.f]\nname = 'Eff'\nstatus = 'planned'\nfor = { p = ['l', 'm', 'w'], q = ['x', 'y'] }\n\
    [features.g]\nstatus = 'idea'\n[features.h]\nstatus = 'idea'\n[terms.t]\nstandard = '<= 30 days'\n";

/// What a requirement asks for.
#[derive(Clone, Debug)]
struct Ask {
    features: Vec<&'static str>,
    /// The day of January 2027; without it the first, on which the contract starts.
    due: Option<u8>,
    platforms: Option<Vec<&'static str>>,
    qualities: Option<Vec<&'static str>>,
    retention: Option<u8>,
    beta: bool,
    /// The credit, and the cap.
    remedy: Option<(u8, Option<u8>)>,
}

impl Ask {
    /// What a decision about it would be about.
    fn matter(&self) -> Matter {
        let mut text =
            "contract: C\ncustomer: C\nperiod: { start: 2027-01-01 }\nrequirements:\n  - id: R\n".to_owned();
        let mut line = |words: String| text += &format!("    {words}\n");
        line(format!("feature: [{}]", self.features.join(", ")));
        if let Some(day) = self.due {
            line(format!("due: 2027-01-{day:02}"));
        }
        let dimensions = [("p", &self.platforms), ("q", &self.qualities)];
        let dimensions = dimensions.iter().filter_map(|(name, values)| Some((name, values.as_ref()?)));
        let dimensions: Vec<String> =
            dimensions.map(|(name, values)| format!("{name}: [{}]", values.join(", "))).collect();
        if !dimensions.is_empty() {
            line(format!("for: {{ {} }}", dimensions.join(", ")));
        }
        if let Some(days) = self.retention {
            line(format!("needs: {{ retention: '>= {days} days' }}"));
        }
        if self.beta {
            line("accept: beta".to_owned());
        }
        if let Some((credit, cap)) = self.remedy {
            let cap = cap.map(|cap| format!(", cap: {cap} %")).unwrap_or_default();
            line(format!("remedy: {{ per: week, credit: {credit} %{cap} }}"));
        }
        with_files(&text, ROADMAP, |_, contract| {
            Matter::of_requirement(contract, &contract.requirements[0]).expect("it can be read")
        })
    }

    /// Whether it is worse than another one in some way.
    fn is_worse_than(&self, was: &Self) -> bool {
        let wider = |is: &Option<Vec<&str>>, was: &Option<Vec<&str>>| match (is, was) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(is), Some(was)) => is.iter().any(|value| !was.contains(value)),
        };
        let owes_more = match (self.remedy, was.remedy) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some((credit, cap)), Some((before, most))) => {
                credit > before || most.is_some_and(|most| cap.is_none_or(|cap| cap > most))
            }
        };
        self.features.iter().any(|feature| !was.features.contains(feature))
            || self.due.unwrap_or(1) < was.due.unwrap_or(1)
            || wider(&self.platforms, &was.platforms)
            || wider(&self.qualities, &was.qualities)
            || self.retention.is_some_and(|days| was.retention.is_none_or(|before| days > before))
            || was.beta && !self.beta
            || owes_more
    }
}

fn ask() -> impl Strategy<Value = Ask> {
    let some_of =
        |values: &'static [&'static str]| prop::option::of(subsequence(values.to_vec(), 1..=values.len()));
    let remedy = (1..4u8, prop::option::of(4..7u8));
    (
        subsequence(vec!["f", "g", "h"], 1..=3),
        prop::option::of(1..5u8),
        some_of(&["l", "m", "w"]),
        some_of(&["x", "y"]),
        prop::option::of(1..4u8),
        any::<bool>(),
        prop::option::of(remedy),
    )
        .prop_map(|(features, due, platforms, qualities, retention, beta, remedy)| Ask {
            features,
            due,
            platforms,
            qualities,
            retention,
            beta,
            remedy,
        })
}

/// What a waiver with this `of` was decided on.
fn decided(about: &str, of: &str) -> Matter {
    let text = format!(
        "[[waivers]]\ncontract = 'C'\n{about}\nlint = 'late-feature'\nreason = 'r'\napproved-by = 'p'\n\
         approved-on = 2026-11-20\nexpires = 2027-12-31\nof = {of}\n"
    );
    let source = Source::new(FileId(2), "waivers.toml", &*text);
    let mut problems = Vec::new();
    let record = read::record::<WaiversRecord>(&source, &mut problems).expect("it is a table");
    let read = waivers(&record, |_| None, &Default::default(), &Default::default(), &mut problems);
    assert_eq!(problems, [], "{text}");
    read[0].of.clone().expect("it is bound").value
}

/// In how many ways something is worse than what was decided on.
fn growth(was: &Matter, is: &Matter) -> usize {
    with_files("contract: C\ncustomer: C\nrequirements: []\n", ROADMAP, |roadmap, _| {
        was.growth(is, roadmap, roadmap.term("t")).len()
    })
}

/// A table with its keys, and those of the tables in it, the other way round.
fn reversed(of: &str) -> String {
    fn turned(table: &InlineTable) -> InlineTable {
        let entries: Vec<_> = table.iter().collect();
        let entries = entries.into_iter().rev();
        entries
            .map(|(key, value)| (key, value.as_inline_table().map_or(value.clone(), |it| turned(it).into())))
            .collect()
    }
    let document: DocumentMut = format!("of = {of}").parse().expect("it is TOML");
    turned(document["of"].as_inline_table().expect("it is a table")).to_string()
}

proptest! {
    #[test]
    fn it_covers_what_was_decided_on_and_nothing_worse(was in ask(), is in ask()) {
        let of = was.matter().to_string();
        let (before, now) = (decided("requirement = 'R'", &of), is.matter());
        prop_assert_eq!(growth(&before, &was.matter()), 0, "{}", of);
        prop_assert_eq!(growth(&before, &now) > 0, is.is_worse_than(&was), "{}\n{}", of, now);
        let turned = decided("requirement = 'R'", &reversed(&of));
        prop_assert_eq!(growth(&turned, &now), growth(&before, &now), "{}", of);
    }

    #[test]
    fn a_term_may_come_nearer_to_the_standard(was in 31..60u8, is in 0..90u8) {
        let days = |days: u8| decided("term = 't'", &format!("{{ value = '{days} days' }}"));
        prop_assert_eq!(growth(&days(was), &days(is)) > 0, is > was);
        let unlimited = decided("term = 't'", "{ value = 'unlimited' }");
        prop_assert_eq!((growth(&days(was), &unlimited), growth(&unlimited, &days(was))), (1, 0));
    }
}

#[test]
fn what_is_of_another_kind_is_worse() {
    let value = |value: &str| decided("term = 't'", &format!("{{ value = {value} }}"));
    for (was, is) in
        [("'90 days'", "'5 %'"), ("'90 days'", "true"), ("true", "false"), ("'soon'", "'90 days'")]
    {
        assert_eq!(growth(&value(was), &value(is)), 1, "{was} {is}");
    }
    assert_eq!(growth(&value("'3 months'"), &value("'90 days'")), 0);
}

#[test]
fn a_feature_goes_by_any_of_its_names() {
    let ask = Ask {
        features: vec!["Eff", "G"],
        due: None,
        platforms: None,
        qualities: None,
        retention: None,
        beta: false,
        remedy: None,
    };
    let of = |of: &str| decided("requirement = 'R'", of);
    assert_eq!(growth(&of("{ feature = ['F', 'g'], due = 2027-01-01 }"), &ask.matter()), 0);
    assert_eq!(growth(&of("{ feature = 'eff', due = 2027-01-01 }"), &ask.matter()), 1);
    assert_eq!(growth(&of("{ feature = ['f', 'g'] }"), &ask.matter()), 1, "no day was accepted");
}
