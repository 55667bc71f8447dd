//! Sentences that were judged wrongly once, with what they promise.

use std::path::Path;

use crate::document::{self, TrackedChanges};
use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::model::assemble::{Vocabulary, assemble};
use crate::model::roadmap::Roadmap;
use crate::source::{FileId, Source};

use super::claims::claims;
use super::conditions::Ruling;
use super::documents::ReadDocument;
use super::names::FeatureNames;
use super::rules::rules;
use super::statement::Form;
use super::verdict::StatementVerdict;

const ROADMAP: &str = "
[features.planner]
name = 'Planner'
[features.audit-log]
name = 'Audit log'
[features.sso]
name = 'SSO'
[features.plan-board]
name = 'Plan board'
[features.search]
name = 'Search'
";

fn roadmap() -> Roadmap {
    let source = Source::new(FileId(0), "roadmap.toml", ROADMAP);
    let mut problems = Vec::new();
    let record = read::record::<RoadmapRecord>(&source, &mut problems);
    assemble(&[(FileId(0), record)], &Vocabulary::default(), false, &mut problems)
}

fn taken_apart(text: &str) -> ReadDocument {
    read("a.md", text)
}

fn read(file: &str, text: &str) -> ReadDocument {
    let document = document::read(Path::new(file), file, text.into(), TrackedChanges::Accept).unwrap();
    ReadDocument::new(document, FileId(1), None).unwrap()
}

/// The names of the rules by which a text promises something.
fn rules_of(text: &str) -> Vec<&'static str> {
    let (document, roadmap) = (taken_apart(text), roadmap());
    let names = FeatureNames::new(&roadmap);
    let verdicts = document
        .sentences()
        .map(|statement| StatementVerdict::on_named(statement, &names, document.parties()));
    let promised = verdicts.filter_map(|verdict| match verdict {
        StatementVerdict::Promise(_, promised) => Some(promised),
        _ => None,
    });
    promised.flatten().map(|(_, rule)| rule.name).collect()
}

#[test]
fn each_promise_is_one_by_the_rule_that_was_made_for_it() {
    let promises = rules().filter(|rule| rule.ruling != Ruling::None);
    let by_others = promises.map(|rule| (rule, rules_of(rule.sentence)));
    let by_others = by_others.filter(|(rule, by)| !by.contains(&rule.name));
    let by_others = by_others.map(|(rule, by)| format!("{} is one by {by:?}: {}", rule.name, rule.sentence));
    assert_eq!(by_others.collect::<Vec<_>>(), [""; 0]);
}

/// The ids of the features that a text promises.
fn promised(text: &str) -> String {
    promised_in(&taken_apart(text))
}

fn promised_in(document: &ReadDocument) -> String {
    let roadmap = roadmap();
    let names = FeatureNames::new(&roadmap);
    let mut all: Vec<usize> = Vec::new();
    for statement in document.sentences() {
        if let StatementVerdict::Promise(_, promised) =
            StatementVerdict::on_named(statement, &names, document.parties())
        {
            all.extend(promised.into_iter().flat_map(|(mention, _)| mention.features));
        }
    }
    all.sort_unstable();
    all.dedup();
    let ids: Vec<&str> = all.iter().map(|&at| roadmap.features[at].id.value.as_str()).collect();
    ids.join(" ")
}

/// The ids of the features of which a text says that they are there.
fn claimed(text: &str) -> String {
    let roadmap = roadmap();
    let (names, document) = (FeatureNames::new(&roadmap), taken_apart(text));
    let said = document.sentences().flat_map(|statement| claims(statement, &names));
    let ids = said
        .flat_map(|(mention, _)| mention.features)
        .map(|at| roadmap.features[at].id.value.as_str().to_owned());
    ids.collect::<Vec<_>>().join(" ")
}

fn assert_all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, promised(text)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}\n    promises `{expected}`, found `{found}`"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_follows_a_name_of_one_word_hides_no_promise() {
    let tails = "hereunder|herein|under this Agreement|throughout the Term|subject to Annex A|pursuant to Exhibit B|\
        together with a guide|including updates|plus updates|alongside it|despite delays|notwithstanding clause 3|\
        unless terminated|prior to May 2027|following signing|since May|beyond the Term|worldwide|online|everywhere|\
        always|again|too|forthwith|set out in Annex A|set forth in Annex A|specified in Annex A|listed in Annex A|\
        required by Customer|compliant with Annex A|based on Annex A|v2|version 2|release 2|system|tool|software|\
        application|starting May 2027|beginning May 2027|commencing May 2027|effective May 2027|\
        latest by May 2027|described in Annex A by 31 March 2027";
    for name in ["Planner", "SSO", "Search"] {
        for tail in tails.split('|') {
            let text = format!("Vendor shall provide the {name} {}.", tail.trim());
            assert_eq!(promised(&text), name.to_lowercase(), "{text}");
        }
    }
    assert_all(&[
        ("Vendor shall provide Search staff.", ""),
        ("Vendor shall provide an SSO provider.", ""),
        ("Vendor shall train the Planner team by 31 March 2027.", ""),
        ("Vendor shall store the Search tapes.", ""),
    ]);
}

#[test]
fn a_name_of_one_word_at_the_beginning_is_one_where_a_promise_a_day_or_nothing_follows() {
    assert_all(&[
        ("Planner shall be available by 31 March 2027.", "planner"),
        ("- Planner by 31 March 2027", "planner"),
        ("Included: Planner.", "planner"),
        ("Vendor shall provide: Planner; Search.", "planner search"),
        ("Vendor shall provide the following feature: Planner.", "planner"),
        ("Search the list before 31 March 2027.", ""),
    ]);
    assert_eq!(claimed("Planner is available."), "planner");
    assert_eq!(claimed("Now available: Planner."), "planner");
    assert_eq!(claimed("Search for what is available."), "");
}

#[test]
fn what_is_said_first_decides_not_on_what_is_promised_later() {
    assert_all(&[
        ("The Plan board is not available today but shall be delivered by 31 March 2027.", "plan-board"),
        ("The Audit log is not optional and will be delivered by 31 March 2027.", "audit-log"),
        ("The Audit log is not part of release 4, and will be delivered by 31 March 2027.", "audit-log"),
        (
            "The Audit log, without which Customer would not sign, shall be delivered by 31 March 2027.",
            "audit-log",
        ),
        ("The Audit log (which Customer may not export) shall be delivered by 31 March 2027.", "audit-log"),
        ("Vendor shall deliver the Planner, which is no longer a beta, by 31 March 2027.", "planner"),
        (
            "Vendor will make no less than commercially reasonable efforts, and in any case shall deliver the Audit \
             log by 31 March 2027.",
            "audit-log",
        ),
        (
            "Vendor acknowledges that the Audit log is missing today and shall deliver it by 31 March 2027.",
            "audit-log",
        ),
        ("The System is offered as is, and Vendor shall deliver the Audit log by May 2027.", "audit-log"),
        ("Vendor shall provide the Audit log and shall not be required to train users.", "audit-log"),
        ("Vendor shall provide SSO but shall not be liable for delays.", "sso"),
        ("Vendor shall provide SSO and does not warrant that it is free of errors.", "sso"),
        // What takes the promise back.
        ("Vendor shall deliver the Audit log in 2027 but does not guarantee this.", ""),
        ("Vendor shall deliver the Audit log in 2027, but this is not a commitment.", ""),
        ("The Audit log shall not be part of this order.", ""),
    ]);
}

#[test]
fn what_is_said_of_one_feature_is_not_said_of_another() {
    assert_all(&[
        ("Vendor shall provide SSO; Search is optional.", "sso"),
        ("Vendor shall provide SSO; the Audit log is not part of this order.", "sso"),
        ("Vendor shall provide SSO, and the Audit log is not included in this order.", "sso"),
        ("SSO and the Audit log are not included in this order.", ""),
        ("Vendor shall provide neither SSO nor the Audit log.", ""),
        ("Vendor shall provide SSO but not the Audit log.", "sso"),
        ("Vendor shall provide SSO, excluding the Audit log.", "sso"),
        ("Except for the Audit log, Vendor shall provide all reports.", ""),
        ("The Audit log will be made available by 31 March 2027.", "audit-log"),
        ("Vendor shall provide SSO, but not the Audit log and the Plan board.", "sso"),
        ("Vendor shall not only provide SSO but also the Audit log.", "audit-log sso"),
    ]);
}

#[test]
fn what_is_listed_before_a_verb_is_promised_whole() {
    assert_all(&[
        ("Audit log and SSO shall be delivered by 1 May 2027.", "audit-log sso"),
        (
            "The Audit log, the Plan board and SSO are included in the Enterprise edition.",
            "audit-log sso plan-board",
        ),
        (
            "Acme Ltd and Bolt Ltd agree:\n\n1. Audit log and SSO are delivered by 1 May 2027.",
            "audit-log sso",
        ),
        ("Audit log and SSO: 1 May 2027", "audit-log sso"),
        ("Vendor shall provide SSO, and the Audit log is included.", "audit-log sso"),
    ]);
}

#[test]
fn a_promise_is_found_in_other_words() {
    assert_all(&[
        ("Customer may terminate if the Audit log is not available by 31 March 2027.", "audit-log"),
        ("Customer can rely on the Audit log being delivered in March 2027.", "audit-log"),
        ("The Audit log needs to be in place by 31 March 2027.", "audit-log"),
        ("Vendor shall ensure Audit log works by May 2027.", "audit-log"),
        ("Vendor commits to Audit log by May 2027.", "audit-log"),
        ("Vendor shall deliver the Audit\u{ad}log by 31 March 2027.", "audit-log"),
        ("Q: Will the Audit log be there by March 2027?\n\nA: Yes, certainly.", "audit-log"),
        ("Q: Will the Audit log be there by March 2027?\n\nA: No.", ""),
    ]);
}

#[test]
fn what_a_verb_is_done_to_is_no_subject_of_the_next_alone() {
    assert_all(&[
        ("Vendor shall provide the Audit log including updates.", "audit-log"),
        ("Vendor shall provide the Audit log together with exports of the last month.", "audit-log"),
        ("Vendor shall provide the Audit log and does not warrant its accuracy.", "audit-log"),
        ("Vendor shall provide SSO and the Audit log is tested once a year.", "sso"),
    ]);
}

#[test]
fn what_may_not_end_is_promised_whoever_ends_it() {
    for end in
        ["retired before 2029", "deprecated", "suspended", "turned off", "limited to some users", "removed"]
    {
        assert_eq!(promised(&format!("The Audit log shall not be {end}.")), "audit-log", "{end}");
    }
    assert_eq!(promised("The Audit log may not be retired during the Term."), "audit-log");
    assert_eq!(promised("The Audit log shall be retired in 2029."), "");
}

#[test]
fn a_clause_ends_where_the_next_number_stands_whatever_its_heading_looks_like() {
    let plain = |text: &str| promised_in(&read("a.txt", text));
    let deliver = "Vendor shall deliver the Audit log by 31 March 2027.";
    // The heading of the second clause is none by its looks.
    let text = format!(
        "1. Definitions\n\n1.1 \"Data\" means all that is kept.\n\n2. New clause 4A (deliveries)\n\n{deliver}"
    );
    assert_eq!(plain(&text), "audit-log");
    let text = format!(
        "Definitions\n\n\"Data\" means all that is kept.\n\nDeliveries until the end of March\n\n{deliver}"
    );
    assert_eq!(plain(&text), "audit-log");
    // A list below a heading is numbered from the start.
    let text = "1. Out of scope\n\n1. Audit log of other tenants by 31 March 2027\n2. SSO by 31 March 2027\n";
    assert_eq!(plain(text), "");
    let text = "1. Ordered services\n\n1. Audit log, 20 users\n2. SSO\n3. Plan Board\n\n2. Prices\n\n2.1 Search for all, EUR 20";
    assert_eq!(plain(text), "audit-log sso plan-board");
    for (first, second) in [("II.", "III."), ("A.", "B."), ("1.", "3."), ("3.1", "4.")] {
        let text =
            format!("{first} Out of scope\n\nAll else.\n\n{second} What the supplier brings\n\n{deliver}");
        assert_eq!(plain(&text), "audit-log", "{first} {second}");
    }
    // What leads a list in leads no clause behind it.
    let text = "1. Functions comprised\n\nThe Service comprises the following functions:\n\n1.1 SSO for all users\n\n\
                2. Use of the service\n\n2.1 Audit log, as a rule\n";
    assert_eq!(plain(text), "sso");
}

#[test]
fn a_title_and_what_stands_right_below_it_are_two() {
    let text = "MINUTES\n\nVendor (Routa BV): Ms Lee, Mr Bose\n\n3.1 Plan Board\n\
                Mr Bose confirmed that Routa will deliver a new view of the Plan board in June 2027.\n";
    assert_eq!(promised_in(&read("a.txt", text)), "plan-board");
    let text =
        "The modules are:\n\n  - Audit log of all users\n  - SSO and Search\n\nVendor shall deliver them.";
    assert!(read("a.txt", text).sentences().all(|statement| !matches!(statement.form, Form::Heading)));
}

#[test]
fn tasks_name_who_does_them() {
    assert_all(&[
        (
            "Acme Ltd (\"Vendor\")\n\n- Vendor / Ms Lee: enable the Audit log for Linz - due 30 June",
            "audit-log",
        ),
        ("Acme Ltd (\"Vendor\")\n\n- Vendor (Mr Bose): provide SSO in the test system", "sso"),
        ("Acme Ltd (\"Vendor\")\n\n- Vendor / Ms Lee: send the invoice for the Audit log", ""),
        ("Acme Ltd (\"Vendor\")\n\n- Customer (Mr Dvorak): enable the Audit log", ""),
    ]);
    let text = "Vendor (Routa BV): Ms Lee\n\nCustomer (Kess SE): Mr Dvorak\n\n\
                A1  Routa / Ms Lee: enable the Audit log\nA2  Kess / Mr Dvorak: test SSO\nA3  Routa: add Search\n";
    assert_eq!(promised_in(&read("a.txt", text)), "audit-log search");
}

#[test]
fn letters_answer_as_the_document_says() {
    let table = "| No. | Requirement | Answer |\n|--|--|--|\n| 1 | Audit log | R |\n| 2 | SSO | C |\n| 3 | Search | O |\n";
    let legend = "- C: Compliant\n- R: Compliant with a release named in the remark\n- O: Optional module\n- N: Not compliant\n\n";
    assert_eq!(promised(&format!("{legend}{table}")), "audit-log sso");
    let legend = "Answers: S = standard, N = not available\n\n";
    let codes = "| No. | Requirement | S/N |\n|--|--|--|\n| 1 | Audit log | S |\n| 2 | SSO | N |\n";
    assert_eq!(promised(&format!("{legend}{codes}")), "audit-log");
    let legend = "C = not compliant; R = on the roadmap; O = our standard; F = fully compliant\n\n";
    assert_eq!(promised(&format!("{legend}{table}")), "");
}

#[test]
fn recitals_tell_why_a_contract_is_made() {
    let text = "RECITALS\n\nB. In 2025 Vendor was to deliver the Audit log by October 2026, which was postponed.\n\n\
                NOW, THEREFORE, the parties agree:\n\n1. TERM. The Platform includes SSO.\n";
    assert_eq!(promised_in(&read("a.txt", text)), "sso");
}

#[test]
fn what_is_asked_taught_or_wished_for_is_not_promised() {
    assert_all(&[
        ("Fatima asks when the depot can start with the Audit log.", ""),
        ("Customer is responsible for determining who among its staff may view the Audit log.", ""),
        ("The workshop will cover the Audit log.", ""),
        ("A webinar on the Audit log will be held in May 2027.", ""),
        ("We must have the Audit log running in May.", ""),
    ]);
}

#[test]
fn what_stands_beside_a_promise_does_not_hide_it() {
    assert_all(&[
        (
            "Vendor shall, without limitation of the foregoing:\n\n(a) keep SSO, and\n\n(b) ensure that Search is fast.",
            "sso search",
        ),
        (
            "All accesses shall be registered in the Audit log, which will be kept for five years.",
            "audit-log",
        ),
        ("After the beta the Audit log stays included at no extra cost, that we guarantee.", "audit-log"),
        (
            "The following modules are included in Customer's subscription from May:\n\n- Audit log for all users",
            "audit-log",
        ),
        ("All entries shall be downloadable as PDF from the Audit log.", "audit-log"),
        ("# Specification\n\n- Minutes shall be closed by the clerk with the Audit log.", "audit-log"),
        ("# Specification\n\n- It shall be possible to print a report of the Audit log.", "audit-log"),
    ]);
}

#[test]
fn what_is_no_lesson_hides_no_promise() {
    assert_all(&[
        ("Of course the Audit log will be available, too, within ____ days of your order.", "audit-log"),
        ("Of course the Audit log is included from the first day.", "audit-log"),
        ("In due course the Audit log will be delivered, by 31 March 2027 at the latest.", "audit-log"),
        ("All manual changes shall be logged in the Audit log.", "audit-log"),
        ("According to the project plan the Audit log will be delivered by 31 March 2027.", "audit-log"),
        ("On request of the Customer, Vendor shall provide the Audit log.", "audit-log"),
        ("According to the documentation the Audit log shall be provided for all users.", "audit-log"),
    ]);
}

#[test]
fn it_is_the_party_that_the_sentence_before_begins_with() {
    assert_all(&[
        (
            "Vendor shall deliver SSO by May 2027. It shall also extend the Audit log to all users.",
            "audit-log sso",
        ),
        (
            "Vendor shall deliver SSO. It will keep the Audit log in operation for the whole term.",
            "audit-log sso",
        ),
        ("Customer shall test SSO. It shall also provide the data of the Audit log.", ""),
        ("Customer shall see that each user can sign in through SSO.", ""),
        ("The Audit log is available as a paid add-on, not in your quote.", ""),
    ]);
}

#[test]
fn who_ensures_that_something_is_so_promises_it() {
    assert_all(&[
        ("Vendor shall ensure that the Audit log records all changes.", "audit-log"),
        ("Vendor will see to it that Search is back within two hours.", "search"),
        ("Vendor shall not guarantee that the Audit log records all changes.", ""),
        ("Customer shall ensure that the Audit log is not misused.", ""),
        ("Vendor expects that Search will be ready by May.", ""),
        ("We hope Search will be ready by May.", ""),
        ("The Audit log includes a filter and shall run offline.", "audit-log"),
        ("Vendor shall provide SSO. The same applies to Search.", "sso search"),
        ("Customer may terminate if Vendor fails to deliver the Audit log by 1 May 2027.", "audit-log"),
    ]);
}

#[test]
fn a_section_ends_where_one_of_its_own_numbering_begins() {
    let behind = [
        "1. Definitions\n\n1.1 \"Day\" means a working day.\n\n2. Provision of what was agreed by the vendor\n\n2.1 {}",
        "# 1. Definitions\n\nA day is a working day.\n\n## 2. Services\n\n{}",
        "## 3.1 Out of scope\n\n- Training\n\n3.2 {}",
        "## 1. Definitions\n\n- A day is a working day.\n\n2. {}",
        "## 4. Assumptions\n\n4.1 Users have a browser.\n\n## 5. What will be delivered and when\n\n5.1 {}",
    ];
    for text in behind {
        let text = text.replace("{}", "Vendor shall deliver the Audit log.");
        assert_eq!(promised(&text), "audit-log", "{text}");
    }
    assert_all(&[
        ("## 3. Out of scope\n\n3.1 Vendor shall deliver the Audit log.", ""),
        ("## 1. Out of scope\n\n1. Training\n2. Vendor shall deliver the Audit log.", ""),
        ("## Background\n\nSince May 2025 the Audit log is included in the Service.", ""),
        ("## Background\n\nVendor shall deliver the Audit log by May 2027.", "audit-log"),
    ]);
}

#[test]
fn what_the_customer_does_something_for_is_no_promise() {
    assert_all(&[
        ("Customer shall provide its metadata so that SSO can be configured.", ""),
        ("Customer will open the port in order that the Audit log can be exported.", ""),
        ("Customer shall receive a connector so that SSO can be used.", "sso"),
        ("Vendor shall extend the list so that the Audit log can be exported.", "audit-log"),
        ("Customer is responsible for deciding who may export the Audit log.", ""),
        ("Customer shall determine which users may export the Audit log.", ""),
        ("We must have the Audit log by 1 May 2027.", ""),
        ("We must deliver the Audit log by 1 May 2027.", "audit-log"),
    ]);
}

#[test]
fn what_is_taught_held_and_written_by_people_is_no_promise() {
    assert_all(&[
        ("The workshops shall cover the Audit log and SSO.", ""),
        ("Day 1 will cover the Audit log.", ""),
        ("A webinar on the Audit log will be held in May 2027.", ""),
        ("The handbook shall include the Audit log.", ""),
        ("The price sheet shall include the Audit log.", ""),
        ("Until then Vendor will export the Audit log by hand.", ""),
        ("Vendor shall name a contact for the Audit log.", ""),
        ("The bidder shall state whether the Audit log is available.", ""),
        ("The Audit log will probably be released in 2027.", ""),
        ("The subscription shall cover the Audit log.", "audit-log"),
    ]);
}

#[test]
fn tasks_are_promises_of_whose_they_are() {
    let minutes = "Present for Silo Ltd: Owen Hallam\n\nSilo will deliver the exports.\n\n";
    assert_all(&[
        ("Vendor: extend the Audit log by a filter", "audit-log"),
        ("Vendor to extend the Audit log by a filter", "audit-log"),
        (&format!("{minutes}Owen (Silo): make the Audit log show who signed"), "audit-log"),
        ("Customer: provide users for the Audit log", ""),
        ("Anna (Customer): make a list of users for the Audit log", ""),
    ]);
}

#[test]
fn a_month_and_a_limit_leave_nothing_open() {
    assert_all(&[
        ("Vendor will add filters to the Audit log in the May release.", "audit-log"),
        (
            "Vendor shall keep the Audit log available until Customer has confirmed that it no longer needs it.",
            "audit-log",
        ),
        ("Vendor may add filters to the Audit log.", ""),
        ("Vendor confirmed that it would deliver the Audit log by 1 May 2027.", "audit-log"),
        ("Vendor confirmed the Audit log for 1 May 2027.", "audit-log"),
        ("We can commit to SSO by 1 May 2027.", "sso"),
        ("You'll have SSO on the first day.", "sso"),
    ]);
}

#[test]
fn what_is_named_again_is_what_was_promised() {
    let promised = |text: &str| {
        let roadmap = roadmap();
        let (names, document) = (FeatureNames::new(&roadmap), taken_apart(text));
        let verdicts = document
            .sentences()
            .map(|statement| StatementVerdict::on_named(statement, &names, document.parties()));
        verdicts.filter(|verdict| matches!(verdict, StatementVerdict::Promise(..))).count()
    };
    for text in [
        "The Audit log shall be live by May 2027. From then on it will keep entries for a year.",
        "The Audit log shall be live by May 2027. Thereafter it will keep entries for a year.",
        "The Audit log shall produce reports. Such reports shall bear Customer's name.",
    ] {
        assert_eq!(promised(text), 2, "{text}");
    }
    let text = "Vendor shall provide the Audit log for a fee. Such fee shall be paid in May.";
    assert_eq!(promised(text), 1, "{text}");
}

#[test]
fn what_a_document_is_about_is_no_promise() {
    assert_all(&[
        ("1. \"Planner\" means a natural person who plans.\n\n2. Vendor shall provide a Planner.", ""),
        ("1. \"Planner\" means the module that plans.\n\n2. Vendor shall provide the Planner.", "planner"),
        ("Confidential Information is what is marked so. It includes screenshots of the Audit log.", ""),
        ("The Recipient attends a briefing at which the product team will talk about the Audit log.", ""),
        (
            "# Staff\n\n## Scope\n\n| Name | Role | Area | From |\n|--|--|--|--|\n| R. Desh | Engineer | Audit log | 5 May 2027 |",
            "",
        ),
        ("| No | Item | Due |\n|--|--|--|\n| R-2 | Audit log | 5 May 2027 |", "audit-log"),
        ("### To improve search functionality\n\nYou can look at the Audit log.", ""),
        ("Vendor shall in particular keep secret the data used for the Audit log.", ""),
        ("Vendor shall keep the Audit log and treat its data as a secret.", "audit-log"),
        (
            "The following invoices are treated as shown:\n\n| No | What |\n|--|--|\n| 22 | Audit log, May |",
            "",
        ),
        (
            "3.1 Customer shall release its staff.\n\n3.2 It shall also ensure that the Audit log is available.",
            "",
        ),
        (
            "Questions about the Audit log go to your employer; if you send them to us, we'll pass them on.",
            "",
        ),
    ]);
}

#[test]
fn ordinary_words_hide_no_promise() {
    assert_all(&[
        ("1. \"SSO\" means sign-on by certificate.\n\n2. Vendor shall provide SSO by 31 March 2027.", "sso"),
        ("Vendor ensures that Customer can export the Audit log at any time.", "audit-log"),
        ("Vendor shall provide the Audit log by May 2027; it shall find words like 'pump'.", "audit-log"),
        ("| Requirement | Class | Compliant |\n|--|--|--|\n| Audit log | A | yes |", "audit-log"),
        ("# Offer\n\n## Scope\n\n- Audit log\n- SSO", "audit-log sso"),
        ("# Offer\n\n## Scope\n\n| What | Users |\n|--|--|\n| Audit log | 20 |", "audit-log"),
        ("It is your choice when to start, but we will deliver the Audit log by 31 March 2027.", "audit-log"),
        ("Vendor shall write the Audit log to unalterable storage by 31 March 2027.", "audit-log"),
        ("Vendor shall provide each tenant with an Audit log to itself.", "audit-log"),
        (
            "Vendor shall provide the Audit log for the fee in Annex 3, which does not include VAT.",
            "audit-log",
        ),
        ("# Offer\n\n## Service description\n\nThe Platform has the Audit log.", "audit-log"),
        ("# Requirements\n\n## To be delivered in phase 1\n\n- Audit log", "audit-log"),
        (
            "The delivery consists of:\n\n| No | Item | Due |\n|--|--|--|\n| R-2 | Audit log | 5 May 2027 |",
            "audit-log",
        ),
        ("| Area | Topic | Outcome |\n|--|--|--|\n| Security | Audit log | included |", "audit-log"),
        ("| Site | Module | Live |\n|--|--|--|\n| North | Audit log | 31 March 2027 |", "audit-log"),
        ("Access to the Audit log shall be granted to Customer.", "audit-log"),
        ("Auditors shall be given the Audit log.", "audit-log"),
        ("Our product team will ship the Audit log by March.", "audit-log"),
        ("Our engineers will build the Audit log by March.", "audit-log"),
        ("Except for planned maintenance, Vendor shall provide the Audit log.", "audit-log"),
        ("Except for SSO, Vendor shall provide the Audit log.", "audit-log"),
        ("I would like to confirm that the Audit log will be delivered by 31 March 2027.", "audit-log"),
        ("All user actions will be recorded in the Audit log.", "audit-log"),
        ("Vendor shall not withhold the Audit log.", "audit-log"),
        ("The Audit log will be delivered by your account team by 31 March 2027.", "audit-log"),
        ("The Audit log will be loaded by your own team by 31 March 2027.", ""),
        ("# Scope\n\n- Audit log\n- Training", "audit-log"),
        ("# In scope\n\n- Audit log\n- Training", "audit-log"),
        ("Deliverables:\n\n- Audit log\n- Training", "audit-log"),
        ("What is included:\n\n- Audit log", "audit-log"),
        ("| Feature | Supported |\n|--|--|\n| Audit log | ✅ |", "audit-log"),
        ("Yes — the Audit log is included.", "audit-log"),
        ("The Platform includes the Audit log.", "audit-log"),
    ]);
}
