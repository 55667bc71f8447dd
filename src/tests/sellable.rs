//! `sellable` is the inverse of `lint`: what it says may be promised is written into a contract, and linted.
use super::worlds::{CONFIGURATIONS, TODAY, any_roadmap, day, group};
use crate::check;
use crate::lint::Check;
use crate::model::contract::Contract;
use crate::model::window::{Date, Window, add_days};
use crate::prose::documents::ContractDocuments;
use crate::sellable::{Answer, Question, QuestionArgs, QuestionReading, Sellability, answer};
use crate::source::{FileId, Source};
use crate::workspace::group::Group;
use proptest::prelude::*;

/// A promise without its date.
#[derive(Clone, Debug, Default)]
struct Wanted {
    by: Option<String>,
    /// Dimensions with their values.
    scope: Vec<(String, String)>,
    needs: Vec<(String, String)>,
    beta: bool,
}

impl Wanted {
    fn question(&self, group: &Group) -> Question {
        let pair = |(name, value): &(String, String)| format!("{name}={value}");
        let typed = QuestionArgs {
            features: &[],
            by: self.by.as_deref(),
            scope: &self.scope.iter().map(pair).collect::<Vec<_>>(),
            needs: &self.needs.iter().map(pair).collect::<Vec<_>>(),
            beta: self.beta,
        };
        let read = QuestionReading::new(typed, group.reading());
        assert!(read.problems.is_empty(), "{:#?}", read.problems);
        read.question.unwrap()
    }

    /// The contract that promises a feature by a day or a period, as somebody writes it.
    fn contract(&self, feature: &str, due: &str, end: Date) -> String {
        let mut scope: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, value) in &self.scope {
            match scope.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => values.push(value),
                None => scope.push((name, vec![value])),
            }
        }
        let scope: serde_json::Map<_, _> =
            scope.into_iter().map(|(name, values)| (name.to_owned(), values.into())).collect();
        let needs: serde_json::Map<_, _> =
            self.needs.iter().map(|(name, bound)| (name.clone(), bound.as_str().into())).collect();
        serde_json::json!({
            "contract": "ACME-1",
            "customer": "Acme",
            "period": { "start": TODAY.to_string(), "end": end.to_string() },
            "for": scope,
            "requirements": [{
                "feature": feature, "due": due, "needs": needs, "accept": if self.beta { "beta" } else { "ga" },
            }],
        })
        .to_string()
    }

    /// Whether lint takes the promise: nothing denied, and no deadline that is tight.
    fn is_clean(&self, group: &Group, feature: &str, due: &str, end: Date) -> bool {
        let contract = self.read(group, feature, due, end);
        let checked = check::contract(&contract, ContractDocuments::NONE, &group.waivers, &group.context());
        let facts = checked.shared_facts(true);
        let mut findings = checked.findings;
        findings.extend(check::alone(group, &facts));
        let feature = group.roadmap.features.iter().position(|known| known.id.value == feature);
        findings.extend(check::of_roadmap(group, feature.unwrap()));
        // Nobody asks about terms.
        findings.retain(|finding| !matches!(finding.lint.check, Check::Term(_)));
        !findings.iter().any(|finding| finding.is_denied() || finding.lint.name == "tight-deadline")
    }

    fn read(&self, group: &Group, feature: &str, due: &str, end: Date) -> Contract {
        let text = self.contract(feature, due, end);
        let file = group.contract_of(Source::new(FileId(9), "contract.json", text.clone()), true);
        assert!(file.problems.is_empty(), "{:#?}\n{text}", file.problems);
        file.contracts.into_iter().next().unwrap()
    }

    fn is_clean_on(&self, group: &Group, feature: &str, day: Date) -> bool {
        self.is_clean(group, feature, &day.to_string(), day)
    }

    fn answers(&self, group: &Group) -> (Question, Vec<Answer>) {
        let question = self.question(group);
        let answers = answer(&question, group);
        assert!(answers.problems.is_empty());
        (question, answers.answers)
    }
}

/// Holds every answer to lint. Comes with how many there were of each kind.
fn hold(group: &Group, wanted: &Wanted) -> [usize; 3] {
    let (question, answers) = wanted.answers(group);
    let Window { earliest, latest } = question.deadline;
    let due = wanted.by.clone().unwrap_or(TODAY.to_string());
    let mut kinds = [0; 3];
    for answer in answers {
        let id = answer.id.as_str();
        let clean = wanted.is_clean(group, id, &due, latest);
        let told = || format!("{wanted:?}\n{answer:#?}");
        assert_eq!(clean, answer.sellability == Sellability::Yes, "by {due}: {}", told());
        if let Some(day) = answer.first {
            assert!(wanted.is_clean_on(group, id, day), "on {day}: {}", told());
            let before = add_days(day, -1).unwrap();
            // Nothing before the first day that was asked for is told, where all of them do only one by one.
            let is_first = before < TODAY || (answer.sellability != Sellability::Yes && day == earliest);
            assert!(is_first || !wanted.is_clean_on(group, id, before), "before {day}: {}", told());
        }
        match answer.sellability {
            Sellability::Yes => kinds[0] += 1,
            Sellability::From(day) => {
                assert!(day >= earliest);
                kinds[1] += 1;
            }
            Sellability::No => {
                assert_eq!(answer.first, None);
                for quarters in 0..8 {
                    let day = add_days(latest, 90 * quarters).unwrap();
                    assert!(!wanted.is_clean_on(group, id, day), "on {day}: {}", told());
                }
                kinds[2] += 1;
            }
            Sellability::Unread => panic!("{}", told()),
        }
        assert!(!answer.why.is_empty(), "{}", told());
        hold_unlimited(group, wanted, &answer, &due, latest);
    }
    kinds
}

/// A yes holds for all that it is not limited to, whatever the roadmap names: for a customer of whom nobody has thought.
fn hold_unlimited(group: &Group, wanted: &Wanted, answer: &Answer, due: &str, end: Date) {
    if answer.sellability != Sellability::Yes || answer.only.iter().any(|(_, values)| values.is_empty()) {
        return;
    }
    let mut named = wanted.clone();
    for (dimension, values) in &answer.only {
        named.scope.extend(values.iter().map(|value| (dimension.clone(), value.clone())));
    }
    for dimension in ["platform", "region"] {
        let is_named = named.scope.iter().any(|(name, _)| name == dimension);
        if !is_named && group.roadmap.dimension(dimension).is_some() {
            named.scope.push((dimension.to_owned(), "nobody-names-it".to_owned()));
        }
    }
    assert!(named.is_clean(group, &answer.id, due, end), "{wanted:?}\n{named:?}\n{answer:#?}");
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Names with what is asked of each.
type Pairs = &'static [(&'static str, &'static str)];

/// The example roadmaps, each with scopes and levels to ask for.
const EXAMPLES: [(&str, &str, &[Pairs], &[Pairs]); 5] = [
    ("half-the-contract", "roadmap.toml", &[&[]], &[&[]]),
    ("three-months-said-sales", "roadmap.toml", &[&[]], &[&[]]),
    (
        "it-works-on-linux",
        "roadmap.yaml",
        &[
            &[],
            &[("platform", "linux")],
            &[("platform", "windows")],
            &[("platform", "linux"), ("platform", "windows")],
            &[("edition", "enterprise"), ("platform", "macos")],
        ],
        &[&[], &[("retention", ">= 180 days")], &[("uptime", ">= 99.95 % monthly")]],
    ),
    ("roadmap-nobody-reads", "roadmap.toml", &[&[]], &[&[]]),
    ("terms-felt-wrong", "roadmap.toml", &[&[]], &[&[("uptime", ">= 99.9 % monthly")]]),
];

#[test]
fn lint_takes_what_may_be_promised_of_the_examples() {
    let mut kinds = [0; 3];
    for (example, roadmap, scopes, levels) in EXAMPLES {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
        let text = std::fs::read_to_string(folder.join(roadmap)).unwrap();
        let config = std::fs::read_to_string(folder.join("dealcheck.toml")).ok();
        let group = group((roadmap, &text), config.as_deref());
        let by = [
            "", "2026-11-22", "2027-03-31", "2027-07-29", "2027-07-30", "Q2 2027", "Q3 2027", "2028",
            "Q4 2026",
        ];
        for by in by {
            for scope in scopes {
                for needs in levels {
                    for beta in [false, true] {
                        let by = (!by.is_empty()).then(|| by.to_owned());
                        let wanted = Wanted { by, scope: pairs(scope), needs: pairs(needs), beta };
                        let more = hold(&group, &wanted);
                        kinds.iter_mut().zip(more).for_each(|(kind, more)| *kind += more);
                    }
                }
            }
        }
    }
    assert!(kinds.iter().all(|&kind| kind > 50), "too few of a kind: {kinds:?}");
}

#[test]
fn the_first_day_is_the_first_of_several_beginnings() {
    let roadmap = "[features.back-again]\nstatus = \"planned\"\ntarget = 2026-12-10\nsunset = 2026-12-20\n\
        [[features.back-again.offers]]\nstatus = \"planned\"\nbeta = 2027-01-05\ntarget = 2027-02-10\n";
    let group = group(("roadmap.toml", roadmap), Some(CONFIGURATIONS[1]));
    for (by, first) in [("2026-12-01", "2026-12-10"), ("2026-12-20", "2027-02-10"), ("2026-12", "2026-12-10")]
    {
        let wanted = Wanted { by: Some(by.to_owned()), ..Wanted::default() };
        assert_eq!(
            wanted.answers(&group).1[0].sellability,
            Sellability::From(first.parse().unwrap()),
            "{by}"
        );
        hold(&group, &wanted);
    }
}

#[test]
fn days_that_do_one_by_one_are_told_from_the_first_that_does_after_a_gap() {
    let by = |sunset: &str| {
        let roadmap = format!(
            "[features.f]\nstatus = \"planned\"\ntarget = 2026-12-03\n\
             [[features.f.offers]]\nstatus = \"shipped\"\nsunset = {sunset}\n"
        );
        let group = group(("roadmap.toml", &roadmap), None);
        let wanted =
            Wanted { by: Some("Q1 2027".to_owned()), scope: Vec::new(), needs: Vec::new(), beta: false };
        hold(&group, &wanted);
        wanted.answers(&group).1.remove(0).sellability
    };
    assert_eq!(by("2027-01-02"), Sellability::From(jiff::civil::date(2027, 1, 1)));
    assert_eq!(by("2026-12-31"), Sellability::From(jiff::civil::date(2027, 1, 2)));
}

fn any_wanted() -> impl Strategy<Value = Wanted> {
    let by = prop_oneof![
        Just(None),
        (0i64..80).prop_map(|offset| Some(day(offset))),
        prop::sample::select(vec!["2026-12", "2027-01", "Q4 2026", "Q1 2027"])
            .prop_map(|by| Some(by.to_owned())),
    ];
    let platform = |name: &&str| ("platform".to_owned(), (*name).to_owned());
    let scope = prop::sample::subsequence(vec!["linux", "windows", "nobody-names-it"], 0..=2)
        .prop_map(move |names| names.iter().map(platform).collect::<Vec<_>>());
    let needs = prop::option::of(1i64..4).prop_map(|level| {
        level.map(|level| ("retention".to_owned(), format!(">= {level} days"))).into_iter().collect()
    });
    (by, scope, needs, any::<bool>()).prop_map(|(by, scope, needs, beta)| Wanted { by, scope, needs, beta })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lint_takes_what_may_be_promised(
        roadmap in any_roadmap(), wanted in any_wanted(), config in prop::sample::select(CONFIGURATIONS.to_vec()),
    ) {
        let group = group(("roadmap.toml", &roadmap), Some(config));
        hold(&group, &wanted);
        let (question, answers) = wanted.answers(&group);
        let start = question.deadline.earliest.max(TODAY);
        // The first day is the first of all: every day is tried.
        for answer in answers {
            let id = answer.id.as_str();
            let days = |from: Date| (0..125).filter_map(move |offset| add_days(from, offset));
            let from = if answer.sellability == Sellability::Yes { TODAY } else { start };
            // What is there on the first day that was asked for and gone on a later one is told after that.
            let mut asked_for = days(from).take_while(|&day| day <= question.deadline.latest);
            let gone = match answer.sellability {
                Sellability::Yes => None,
                _ => asked_for.find(|&day| !wanted.is_clean_on(&group, id, day)),
            };
            let first = days(gone.unwrap_or(from)).find(|&day| wanted.is_clean_on(&group, id, day));
            prop_assert_eq!(first, answer.first, "{:#?}\n{}", answer, roadmap);
        }
    }
}
