//! JUnit's XML, so that a pipeline's list of tests is the list of promises: one suite a contract, one test a
//! requirement.
//!
//! A test fails where something denied is found. It is skipped where nobody could judge the promise, and where a
//! waiver accepts what would fail: that is no promise kept, nor one to hold a build up. Warnings stand in its output.

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite, XmlString};

use crate::check::outcome::Outcome;
use crate::delivery::{Delivery, Promise};
use crate::diagnostic::{Diagnostic, Problem};
use crate::lint::finding::Finding;
use crate::model::waiver::Subject;
use crate::source::Sources;
use crate::text::clean;

use super::full;
use super::promises;
use super::view::{View, waiver_note};

/// What the suite is called of findings that are about no contract.
const ROADMAP: &str = "roadmap";

/// What the suite is called of problems that are in no file.
const RUN: &str = "dealcheck";

/// The tests of one file.
#[derive(Debug, Default)]
pub(crate) struct Tests {
    /// The suite of its contract: its name, and a test for each requirement.
    pub(super) suite: Option<(String, SuiteTests)>,
    /// Tests that belong to other suites, or to none so far.
    pub(super) further: Vec<(Suite, Test)>,
}

/// Which suite.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Suite {
    Contract(String),
    Roadmap,
    File(String),
}

/// The tests of a suite, in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct SuiteTests {
    tests: Vec<Test>,
    /// The first that is about each part of a contract.
    by_subject: HashMap<Subject, usize>,
}

/// One test.
#[derive(Debug)]
pub(super) struct Test {
    /// What of the contract it is about; nothing for what is about no contract.
    subject: Option<Subject>,
    name: String,
    place: Option<(String, usize)>,
    /// Why it says nothing of the promise.
    skipped: Option<&'static str>,
    messages: Vec<TestMessage>,
}

/// A message of a test.
#[derive(Debug)]
struct TestMessage {
    kind: TestKind,
    about: &'static str,
    title: String,
    text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum TestKind {
    Problem,
    Denied,
    Warned,
    /// Would be denied, if it were not for the waiver that is described.
    Waived(String),
}

pub(super) fn part(outcome: &Outcome<'_>) -> Tests {
    let sources = outcome.sources;
    let mut tests = Tests::default();
    if let Some(judged) = outcome.judged() {
        let promises = judged.promises.iter().map(|promise| Test::of_promise(promise, sources));
        let mut own = SuiteTests::default();
        promises.for_each(|test| own.add(test));
        tests.suite = Some((promises::contract(judged, sources), own));
    }
    for finding in outcome.findings {
        // All that is found beside a judged contract is about it, also where its id could not be read.
        let test = Test::of_finding(finding, tests.suite.is_some() || finding.contract.is_some(), sources);
        match (&mut tests.suite, &finding.contract) {
            (Some((_, own)), _) => own.join(test),
            (None, Some(id)) => tests.further.push((Suite::Contract(id.clone()), test)),
            (None, None) => tests.further.push((Suite::Roadmap, test)),
        }
    }
    for problem in outcome.problems {
        let test = Test::of_problem(problem, sources);
        let file = test.place.as_ref().map(|(file, _)| file).or(problem.file.as_ref());
        let suite = Suite::File(file.map_or(RUN, String::as_str).to_owned());
        tests.further.push((suite, test));
    }
    tests
}

impl Test {
    fn of_promise(promise: &Promise<'_>, sources: Sources<'_>) -> Self {
        let requirement = promise.requirement;
        let skipped = match promise.delivery() {
            _ if requirement.is_service => Some("a service, which needs no feature"),
            None => Some("it names no feature, so nobody has checked it"),
            Some(Delivery::Unresolved) => Some("it could not be judged: what it rests on could not be read"),
            Some(_) => None,
        };
        let name = clean(&requirement.name);
        let name = match promises::feature(promise) {
            feature if feature.is_empty() || feature == *name => name.into_owned(),
            feature => format!("{name}: {feature}"),
        };
        Self {
            subject: Some(Subject::Requirement(requirement.name.to_string())),
            name,
            place: sources.place(requirement.place).map(|(file, position)| (file, position.line)),
            skipped,
            messages: Vec::new(),
        }
    }

    /// A test with nothing but this finding, for where there is no other that is about the same.
    fn of_finding(finding: &Finding, of_contract: bool, sources: Sources<'_>) -> Self {
        let lint = finding.lint.name;
        let kind = match waiver_note(finding) {
            Some(waiver) if finding.level.is_denied() => TestKind::Waived(waiver),
            None if finding.level.is_denied() => TestKind::Denied,
            _ => TestKind::Warned,
        };
        let title = finding.diagnostic.title.clone();
        let name = match &finding.subject {
            _ if !of_contract => format!("{lint}: {}", finding.feature.as_deref().unwrap_or(&title)),
            Subject::Contract => "the contract as a whole".to_owned(),
            Subject::Requirement(name) => clean(name).into_owned(),
            Subject::Term(name) => format!("term {}", clean(name)),
        };
        let text = full::plain(&View::of_finding(finding, sources));
        Self {
            subject: of_contract.then(|| finding.subject.clone()),
            name,
            place: place(&finding.diagnostic, sources),
            skipped: None,
            messages: vec![TestMessage { kind, about: lint, title, text }],
        }
    }

    fn of_problem(problem: &Problem, sources: Sources<'_>) -> Self {
        let title = problem.diagnostic.title.clone();
        let text = full::plain(&View::of_problem(problem, sources));
        Self {
            subject: None,
            name: title.clone(),
            place: place(&problem.diagnostic, sources),
            skipped: None,
            messages: vec![TestMessage { kind: TestKind::Problem, about: "problem", title, text }],
        }
    }

    fn xml(&self, suite: &str) -> TestCase {
        let mut case = TestCase::new(xml(&self.name), self.status());
        // No time was measured: the same files give the same bytes.
        case.set_classname(xml(suite)).set_time(Duration::ZERO);
        if let Some((file, line)) = &self.place {
            case.extra.insert("file".into(), xml(file));
            case.extra.insert("line".into(), line.to_string().into());
        }
        let beside = |message: &&TestMessage| matches!(message.kind, TestKind::Warned | TestKind::Waived(_));
        let beside: Vec<&str> =
            self.messages.iter().filter(beside).map(|message| message.text.as_str()).collect();
        if !beside.is_empty() {
            case.set_system_out(xml(&beside.join("\n\n")));
        }
        case
    }

    /// What came of it. JUnit knows one reason for a test: several are put together.
    fn status(&self) -> TestCaseStatus {
        let of =
            |kind: TestKind| self.messages.iter().filter(|message| message.kind == kind).collect::<Vec<_>>();
        for (kind, as_kind) in
            [(TestKind::Problem, NonSuccessKind::Error), (TestKind::Denied, NonSuccessKind::Failure)]
        {
            let messages = of(kind);
            if !messages.is_empty() {
                let together = |part: fn(&TestMessage) -> &str, between: &str| {
                    let mut parts: Vec<&str> = messages.iter().map(|message| part(message)).collect();
                    parts.dedup();
                    xml(&parts.join(between))
                };
                let mut status = TestCaseStatus::non_success(as_kind);
                status
                    .set_type(together(|message| message.about, ", "))
                    .set_message(together(|message| &message.title, "; "))
                    .set_description(together(|message| &message.text, "\n\n"));
                return status;
            }
        }
        let waived = self.messages.iter().find_map(|message| match &message.kind {
            TestKind::Waived(note) => Some(("waived", note.as_str())),
            _ => None,
        });
        match waived.or(self.skipped.map(|why| ("not judged", why))) {
            None => TestCaseStatus::success(),
            Some((about, why)) => {
                let mut status = TestCaseStatus::skipped();
                status.set_type(about).set_message(xml(why));
                status
            }
        }
    }
}

fn place(diagnostic: &Diagnostic, sources: Sources<'_>) -> Option<(String, usize)> {
    let (file, position) = sources.place(diagnostic.primary()?.span)?;
    Some((file, position.line))
}

impl SuiteTests {
    fn add(&mut self, test: Test) {
        if let Some(subject) = &test.subject {
            self.by_subject.entry(subject.clone()).or_insert(self.tests.len());
        }
        self.tests.push(test);
    }

    /// Adds a test's messages to the test of the same subject, or the test itself.
    fn join(&mut self, test: Test) {
        let same = test.subject.as_ref().and_then(|subject| self.by_subject.get(subject));
        match same {
            Some(&at) => self.tests[at].messages.extend(test.messages),
            None => self.add(test),
        }
    }
}

/// Text for XML, which knows no way to write two characters that are no characters; other dangerous ones are
/// visible by now.
fn xml(text: &str) -> XmlString {
    XmlString::new(text.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}"))
}

/// Writes the suites. One finding about all contracts together belongs to the suite of one of them, so all must be known.
pub(super) fn whole(parts: impl Iterator<Item = Tests>, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("dealcheck");
    for (name, tests) in suites(parts) {
        let mut suite = TestSuite::new(xml(&name));
        suite.set_time(Duration::ZERO);
        suite.add_test_cases(tests.tests.iter().map(|test| test.xml(&name)));
        report.add_test_suite(suite);
    }
    let text = report.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// The suites by name, in the order in which each is first heard of.
fn suites(parts: impl Iterator<Item = Tests>) -> Vec<(String, SuiteTests)> {
    let mut suites: Vec<(String, SuiteTests)> = Vec::new();
    let mut places: HashMap<Suite, usize> = HashMap::new();
    for Tests { suite, further } in parts {
        if let Some((name, tests)) = suite {
            // Two contracts of one id are a problem; what is found later is about the first.
            places.entry(Suite::Contract(name.clone())).or_insert(suites.len());
            suites.push((name, tests));
        }
        for (suite, test) in further {
            let name = match &suite {
                Suite::Contract(name) | Suite::File(name) => name.clone(),
                Suite::Roadmap => ROADMAP.to_owned(),
            };
            let at = *places.entry(suite).or_insert_with(|| {
                suites.push((name, SuiteTests::default()));
                suites.len() - 1
            });
            suites[at].1.join(test);
        }
    }
    suites
}
