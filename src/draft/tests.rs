use std::path::Path;

use crate::document::{self, TrackedChanges};
use crate::input::parse::{Arena, FileFormat, parse};
use crate::input::read;
use crate::model::assemble::{Vocabulary, assemble};
use crate::source::{FileId, Source};

use super::rules::RULES;
use super::*;

const ROADMAP: &str = "
[product]
name = 'Papertrail'
[features.audit-log]
name = 'Audit log'
status = 'planned'
target = '2027-Q1'
for = { platform = ['linux', 'windows'], region = ['eu', 'us'] }
levels = { retention = '90 days', uptime = '99.5 %' }
[features.sso]
name = 'Single sign-on'
aliases = ['SSO']
status = 'shipped'
[features.search]
name = 'Search'
status = 'shipped'
[terms.payment]
standard = '<= 30 days'
";

fn roadmap() -> Roadmap {
    let source = Source::new(FileId(0), "roadmap.toml", ROADMAP);
    let arena = Arena::of(&source);
    let (node, problems) = parse(&source, FileFormat::Toml, &arena);
    let (record, mut problems) = read::record(node.as_ref(), problems);
    let roadmap = assemble(&[(FileId(0), record)], &Vocabulary::default(), false, &mut problems);
    assert_eq!(problems, []);
    roadmap
}

fn drafted(text: &str) -> DraftedContract {
    let document = document::read(Path::new("a.md"), "a.md", text.into(), TrackedChanges::Accept).unwrap();
    draft(&[document], &["a.md".to_owned()], &roadmap(), &Calendar::default())
}

/// The fields of the promises of a text, and the comments beside them.
fn promises(text: &str) -> Vec<String> {
    let line = |line: &DraftLine| match line {
        DraftLine::Field("id" | "clause" | "text", _) => None,
        DraftLine::Field(key, DraftValue::Text(value)) => Some(format!("{key}: {value}")),
        DraftLine::Field(key, value) => Some(format!("{key}: {value:?}")),
        DraftLine::Comment(words) => Some(format!("# {words}")),
    };
    drafted(text)
        .requirements
        .iter()
        .map(|lines| lines.iter().filter_map(line).collect::<Vec<_>>().join("; "))
        .collect()
}

#[test]
fn each_rule_decides_on_its_own_sentence() {
    let wrong = RULES.iter().filter_map(|rule| {
        let taken = drafted(rule.sentence).coverage.last()?.taken.clone();
        let is_right = match rule.ruling {
            Ruling::None => taken == Err(rule.name.to_owned()),
            _ => taken.is_ok(),
        };
        (!is_right).then(|| format!("{}: {} is {taken:?}", rule.name, rule.sentence))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn days_levels_and_scopes_are_fields_where_they_are_certain() {
    for (text, expected) in [
        ("Vendor shall provide the Audit log by 31 March 2027.", "feature: audit-log; due: 2027-03-31"),
        ("By Q2 2027 Vendor shall provide SSO.", "feature: sso; due: Q2 2027"),
        ("Vendor shall provide SSO in January 2027.", "feature: sso; due: 2027-01-31"),
        (
            "Vendor shall provide SSO within thirty (30) days after the Effective Date.",
            "feature: sso; # due: 30 days after signing (give `signing` a day first)",
        ),
        (
            "Signed on 1 December 2026.\n\nVendor shall provide SSO within thirty (30) days after the date of this Agreement.",
            "feature: sso; due: 30 days after signing",
        ),
        (
            "Vendor shall keep the Audit log for at least ten (10) years.",
            "feature: audit-log; needs: Table([(\"retention\", Text(\">= 10 years\"))])",
        ),
        (
            "Vendor shall provide the Audit log on Windows and Linux, and tell us about it.",
            "feature: audit-log; for: Table([(\"platform\", List([\"linux\", \"windows\"]))])",
        ),
        (
            "Vendor shall provide the Audit log and SSO by 1 May 2027.",
            "feature: List([\"audit-log\", \"sso\"]); due: 2027-05-01",
        ),
        (
            "Subject to payment, Vendor will use commercially reasonable efforts to deliver SSO by 1 May 2027.",
            "feature: sso; due: 2027-05-01; # conditional: says `subject to`; # promises efforts only",
        ),
        (
            "Vendor shall provide SSO on 03/04/2027.",
            "feature: sso; # a day that can be read in two ways: `03/04/2027`",
        ),
        ("Vendor shall offer a beta of SSO by 1 May 2027.", "feature: sso; due: 2027-05-01; accept: beta"),
        ("Vendor shall not remove SSO.", "feature: sso; # holds until the contract ends"),
    ] {
        assert_eq!(promises(text), [expected], "{text}");
    }
    assert_eq!(
        promises("Vendor shall deliver the Audit log by 31 March 2027 and SSO by 30 June 2027."),
        ["feature: audit-log; due: 2027-03-31", "feature: sso; due: 2027-06-30"]
    );
}

#[test]
fn subjects_are_carried_across_the_items_of_a_list() {
    let text = "Vendor shall:\n\n1. provide the Audit log by 1 May 2027; and\n2. enable SSO.\n";
    assert_eq!(promises(text), ["feature: audit-log; due: 2027-05-01", "feature: sso"]);
    let inline = "Vendor shall: (a) provide the Audit log by 1 May 2027; and (b) enable SSO.";
    assert_eq!(promises(inline), ["feature: audit-log; due: 2027-05-01", "feature: sso"]);
    let customer = "Customer shall:\n\n1. use the Audit log with care; and\n2. switch SSO on.\n";
    assert_eq!(promises(customer), [""; 0]);
}

#[test]
fn parties_are_called_as_the_document_says() {
    let text = "Agreement between Acme Robotics GmbH (“Acme”) and Papertrail BV, a company of the Netherlands (the “Maker”).\n\n";
    let with = |sentence: &str| promises(&format!("{text}{sentence}"));
    assert_eq!(with("The Maker shall provide SSO."), ["feature: sso"]);
    assert_eq!(with("Acme shall provide SSO."), [""; 0]);
    assert_eq!(with("Papertrail will provide SSO."), ["feature: sso"]);
    let draft = drafted(text);
    assert_eq!(
        draft.fields[1],
        DraftLine::Field("customer", DraftValue::Text("Acme Robotics GmbH".to_owned()))
    );
}

#[test]
fn a_common_word_is_a_feature_only_where_it_is_written_as_a_name() {
    assert_eq!(promises("Vendor shall search for a solution."), [""; 0]);
    assert_eq!(promises("Vendor shall deliver Search by 1 May 2027."), ["feature: search; due: 2027-05-01"]);
    assert_eq!(
        promises("# O\n\n## Deliverables\n\n- search by 1 May 2027"),
        ["feature: search; due: 2027-05-01"]
    );
}

#[test]
fn every_statement_is_accounted_for_and_every_quote_is_verbatim() {
    let text = "# Order\n\nOne. Two shall be.\n\n| A | Date |\n|--|--|\n| SSO | Q1 2027 |\n\n- Vendor shall provide SSO.\n";
    let draft = drafted(text);
    let told: Vec<&str> = draft.coverage.iter().map(|covered| covered.text.as_str()).collect();
    assert_eq!(
        told,
        ["Order", "One.", "Two shall be.", "A | Date", "SSO | Q1 2027", "Vendor shall provide SSO."]
    );
}

#[test]
fn what_comes_from_a_document_leaves_no_comment_and_no_quotes() {
    let text = "Vendor shall \"provide\" SSO\u{202e} # x\\. ##[error]y\n";
    let draft = drafted(text);
    for format in [DraftFormat::Yaml, DraftFormat::Toml] {
        let out = write(&draft, format);
        assert!(!out.contains('\u{202e}') && out.contains("\\u202e"), "{out}");
    }
}

#[test]
fn what_a_sentence_says_besides_is_never_dropped() {
    let begin = "# Contract A-1\n\nMade as of 15 December 2026.\n\n";
    for (sentence, expected) in [
        (
            "Vendor shall provide the Audit log for Windows and Mac by 31 December 2027.",
            "feature: audit-log; due: 2027-12-31; # names windows and more that the roadmap does not have as platform: \
             say what it is for",
        ),
        (
            "Vendor shall provide the Audit log for Linux, Mac and Windows by 31 December 2027.",
            "feature: audit-log; due: 2027-12-31; # names linux and more that the roadmap does not have as platform: \
             say what it is for",
        ),
        (
            "Vendor shall provide the Audit log for Linux, and Customer shall test it by 31 December 2027.",
            "feature: audit-log; due: 2027-12-31; for: Table([(\"platform\", List([\"linux\"]))])",
        ),
        (
            "Vendor shall provide the Audit log with an uptime of 99.95 % monthly by 31 December 2027.",
            "feature: audit-log; due: 2027-12-31; # says `99.95 %`, which stands in no field",
        ),
        (
            "Vendor shall provide SSO within thirty (300) days after signing.",
            "feature: sso; # says `300`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log within 30 days and within 200 days after signing.",
            "feature: audit-log; # due may be `200 days after signing`, or another day that it says; \
             # says `30 days`, which stands in no field",
        ),
    ] {
        assert_eq!(promises(&format!("{begin}{sentence}")), [expected], "{sentence}");
    }
}
