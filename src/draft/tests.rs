use std::path::Path;

use crate::document::{self, TrackedChanges};
use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::model::assemble::{Vocabulary, assemble};
use crate::source::{FileId, Source};

use super::*;
use crate::prose::conditions::Ruling;
use crate::prose::rules::rules;

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
    let mut problems = Vec::new();
    let record = read::record::<RoadmapRecord>(&source, &mut problems);
    let roadmap = assemble(&[(FileId(0), record)], &Vocabulary::default(), false, &mut problems);
    assert_eq!(problems, []);
    roadmap
}

fn drafted(text: &str) -> DraftedContract {
    let document = document::read(Path::new("a.md"), "a.md", text.into(), TrackedChanges::Accept).unwrap();
    draft(&[document], &["a.md".to_owned()], &roadmap(), &Calendar::default()).unwrap()
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
    let wrong = rules().filter_map(|rule| {
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
            "feature: audit-log; for: Table([(\"platform\", List([\"linux\", \"windows\"]))]); \
             # says `tell us about it`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log and SSO by 1 May 2027.",
            "feature: List([\"audit-log\", \"sso\"]); due: 2027-05-01",
        ),
        (
            "Subject to payment, Vendor will use commercially reasonable efforts to deliver SSO by 1 May 2027.",
            "feature: sso; due: 2027-05-01; strength: efforts; # conditional: `Subject to payment`",
        ),
        (
            "Vendor shall provide SSO on 03/04/2027.",
            "feature: sso; # a day that can be read in two ways: `03/04/2027`",
        ),
        ("Vendor shall offer a beta of SSO by 1 May 2027.", "feature: sso; due: 2027-05-01; accept: beta"),
        ("Vendor shall not remove SSO.", "feature: sso; # holds until the contract ends"),
        ("Vendor shall not discontinue SSO before 2028.", "feature: sso; until: 2027-12-31"),
        (
            "Vendor shall provide SSO from 1 May 2027 through 2028.",
            "feature: sso; due: 2027-05-01; until: 2028-12-31",
        ),
        (
            "Vendor shall provide SSO until 2028.",
            "feature: sso; # until may be `2028`: say which day is the last",
        ),
        ("Vendor will provide SSO if and when available.", "feature: sso; due: when available"),
    ] {
        assert_eq!(promises(text), [expected], "{text}");
    }
    assert_eq!(
        promises("Vendor shall deliver the Audit log by 31 March 2027 and SSO by 30 June 2027."),
        ["feature: audit-log; due: 2027-03-31", "feature: sso; due: 2027-06-30"]
    );
}

/// A day, a level or a scope of a part alone is in no field.
#[test]
fn what_stands_with_a_part_alone_is_not_certain() {
    for text in [
        "provide the Audit log for Linux and, from 2028, for Windows",
        "provide the Audit log for Linux and, by 2028, for Windows",
        "provide the Audit log on Linux; on Windows by 31 January 2028",
        "provide the Audit log on Linux, and on Windows by 31 January 2028",
        "provide the Audit log for Windows by 31 January 2028 and for Linux",
        "provide the Audit log for Linux by 31 January 2027 and for Windows by 31 January 2028",
        "keep the Audit log for at least 365 days and, for customers in the US, for at least 730 days",
        "use best efforts to provide the Audit log and shall provide SSO by 31 March 2027",
        "provide the Audit log in beta by 31 January 2027 and generally available by 30 June 2027",
        "provide the Audit log by 31 March 2027 or 31 January 2027",
        "provide the Audit log by 31 March 2027 31 January 2027",
        "provide the Audit log and, by 1 May 2027, SSO",
        "provide the Audit log by 1 May 2027 and SSO",
        "provide the Audit log and, in the US, a retention of at least 730 days",
    ] {
        let drafted = promises(&format!("Vendor shall {text}."));
        for field in ["due: ", "for: ", "needs: ", "strength: ", "accept: "] {
            let is_field = drafted.iter().any(|line| line.split("; ").any(|part| part.starts_with(field)));
            assert!(!is_field, "{text}: {drafted:?}");
        }
        assert!(
            drafted.iter().any(|line| line.contains("may be") || line.contains("may need")),
            "{drafted:?}"
        );
    }
    // What stands with all of it is.
    for text in [
        "by 1 May 2027 provide the Audit log for Linux and Windows",
        "provide the Audit log for Linux and for Windows by 1 May 2027",
        "provide the Audit log by 1 May 2027 for Linux and Windows, in the EU",
        "provide the Audit log, in the EU, by 1 May 2027",
        "provide the Audit log and SSO by 1 May 2027",
    ] {
        assert!(promises(&format!("Vendor shall {text}."))[0].contains("due: 2027-05-01"), "{text}");
    }
}

/// A day, an end, a beta, a platform or efforts that are said of something else, that are denied or past, or that follow on
/// what is there at once, are in no field.
#[test]
fn what_is_said_of_something_else_stands_in_no_field() {
    let begin = "The term begins on 1 January 2027 and ends on 31 December 2029.\n\n";
    let mut wrong = Vec::new();
    for (text, fields) in [
        ("free of charge until 31 March 2027", ""),
        ("at no extra cost until 31 March 2027", ""),
        ("with free support until 31 March 2027", ""),
        ("in beta until 31 March 2027", ""),
        ("for Linux now and for Windows by 30 June 2027", "for"),
        ("for Linux today, and for Windows by 30 June 2027", ""),
        ("for Linux; Windows follows by 30 September 2027", ""),
        ("for Linux, and Windows follows by 30 September 2027", "for"),
        ("immediately, and shall train users by 30 September 2027", ""),
        ("immediately, and trains users by 30 September 2027", ""),
        ("at once; the training takes place by 30 June 2027", ""),
        ("at once, whereas the training takes place by 30 June 2027", ""),
        ("from the first day, and train users by 30 June 2027", ""),
        ("and train users by 30 June 2027", ""),
        ("and deliver the manual by 30 June 2027", ""),
        ("and deliver training by 30 June 2027", ""),
        ("and onboard all teams by 30 June 2027", ""),
        ("while training users by 30 June 2027", ""),
        ("which allows users to order by 30 June 2027", ""),
        ("with users trained by 30 June 2027", ""),
        ("(training by 30 June 2027)", ""),
        ("– training by 30 June 2027", ""),
        ("not before 31 March 2027", ""),
        ("but not by 31 March 2027", ""),
        ("not until 31 March 2027", ""),
        ("as agreed on 12 January 2027", ""),
        ("as first shipped in May 2026", ""),
        ("first shipped in May 2026", ""),
        ("which was shipped in May 2026", ""),
        ("with all entries from 1 January 2025", ""),
        ("for orders placed by 30 September 2027", ""),
        ("for orders by 30 September 2027", ""),
        ("for all data received from 1 January 2025", ""),
        ("free of charge from 1 May 2028", ""),
        ("at the price valid on 1 May 2028", ""),
        ("not as a beta, by 31 March 2027", "due"),
        ("as a release and not as a beta by 31 March 2027", "due"),
        ("and, rather than as a beta, at once", ""),
        ("from the first day and at the latest in 2028 for users trained in May 2028", ""),
        ("for Linux, and shall train users on Windows", ""),
        ("and shall train users on Windows", ""),
        ("and train the users who work on Windows", ""),
        ("on all platforms, among others on Linux", ""),
        ("on platforms such as Linux", ""),
        ("by 31 March 2027 until 31 December 2028", "due until"),
        ("no later than 31 March 2027 until 31 December 2028", "due until"),
        ("without undue delay, but no later than 31 March 2027", "due"),
        ("by 31 March 2027, and train users by 30 June 2027", ""),
        ("by 31 March 2027, free of charge", "due"),
        ("for all users located in the EU by 31 March 2027", ""),
        ("for all users in the EU by 31 March 2027", "due for"),
        ("by 31 March 2027 and use reasonable efforts to train users", "due"),
    ] {
        let found = promises(&format!("{begin}Vendor shall provide the Audit log {text}."));
        let mut keys: Vec<&str> = found
            .iter()
            .flat_map(|line| line.split("; "))
            .filter_map(|part| part.split_once(": "))
            .map(|(key, _)| key)
            .collect();
        keys.retain(|key| !key.starts_with('#') && *key != "feature");
        if keys.join(" ") != fields {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    for (sentence, expected) in [
        ("Vendor shall operate the Audit log during 2028.", "due: 2028-01-01"),
        ("Vendor shall maintain the Audit log in H2 2028.", "due: 2028-07-01"),
        (
            "Vendor shall deliver two modules by 1 May 2027: Audit log.",
            "due: 2027-05-01; # says `two modules`, which stands in no field",
        ),
        ("The Audit log shall be operated in H2 2028.", "due: 2028-07-01"),
        ("Vendor shall provide the Audit log during 2028.", "# due may be `during 2028`, or its first day"),
        ("Vendor shall deliver the Audit log during Q2 2027.", "due: 2027-06-30"),
        (
            "Vendor shall train users by 30 June 2027 and provide the Audit log.",
            "# a day that may belong to it: `by 30 June 2027`; # says `train users`, which stands in no field",
        ),
        (
            "By 30 June 2027 the training takes place, and Vendor shall provide the Audit log.",
            "# a day that may belong to it: `By 30 June 2027`; # says `the training takes place`, which stands in no field",
        ),
        (
            "Vendor shall, as agreed on 12 January 2027, provide the Audit log.",
            "# a day that may belong to it: `on 12 January 2027`; # says `agreed`, which stands in no field",
        ),
        (
            "Vendor shall train users on Windows and provide the Audit log.",
            "# may be for platform windows, and for more: say what it is for; # says `train users`, which stands in no field",
        ),
        (
            "Until 31 March 2027 Vendor shall provide the Audit log free of charge.",
            "# a day that may belong to it: `Until 31 March 2027`; # says `free of charge`, which stands in no field",
        ),
        (
            "Vendor shall provide the successor of the beta version of the Audit log.",
            "# accept may be beta: `beta version of`; # says `the successor`, which stands in no field",
        ),
        (
            "The Audit log shall be extended by 1 May 2027.",
            "due: 2027-05-01; # says `extended`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log, which will be available by 1 May 2027.",
            "due: 2027-05-01; # says `which`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log and make it available to Customer by 1 May 2027.",
            "due: 2027-05-01",
        ),
        (
            "By 1 May 2027 Vendor shall train users and provide the Audit log.",
            "due: 2027-05-01; # says `train users`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log by 1 May 2027, using commercially reasonable efforts.",
            "due: 2027-05-01; strength: efforts; # says `using`, which stands in no field",
        ),
        ("Vendor shall keep the Audit log for all users until 31 December 2028.", "until: 2028-12-31"),
    ] {
        let found = promises(&format!("{begin}{sentence}"));
        if found != [format!("feature: audit-log; {expected}")] {
            wrong.push(format!("{sentence}: {found:?}"));
        }
    }
    // Efforts, and the day, are those of one verb alone.
    let split = "Vendor will use reasonable efforts to add SSO, and provides the Audit log by 30 June 2027.";
    let found = promises(&format!("{begin}{split}"));
    if found.iter().any(|lines| lines.contains("strength: ") || lines.contains("due: ")) {
        wrong.push(format!("{split}: {found:?}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a column says that is called as a dimension is.
#[test]
fn a_column_of_platforms_says_what_a_row_is_for() {
    for (cell, expected) in [
        ("Windows", "; for: Table([(\"platform\", List([\"windows\"]))])"),
        ("Linux, Windows", "; for: Table([(\"platform\", List([\"linux\", \"windows\"]))])"),
        (
            "Windows, Mac",
            "; # names windows and more that the roadmap does not have as platform: say what it is for; # says `Mac`, which stands in no field",
        ),
    ] {
        let table = format!(
            "# Order form\n\n## Deliverables\n\n| Module | Platform | Date |\n|--|--|--|\n| Audit log | {cell} | 1 May 2027 |\n"
        );
        assert_eq!(promises(&table), [format!("feature: audit-log; due: 2027-05-01{expected}")], "{cell}");
    }
}

#[test]
fn the_end_of_a_month_is_not_that_of_the_contract() {
    let term = "The term begins on 1 January 2027 and ends on 31 December 2029.\n\n";
    for (when, due) in [
        ("by the end of March", "# says `by the end of March`, which stands in no field"),
        ("by the end of Q1", "# says `by the end of Q1`, which stands in no field"),
        ("by the end of the Quarter", "# says `by the end of the Quarter`, which stands in no field"),
        ("by the start of March", "# says `by the start of March`, which stands in no field"),
        (
            "by 1 May 2027, or by the end of April",
            "# due may be `2027-05-01`, or another day that it says; \
             # says `by the end of April`, which stands in no field",
        ),
        ("by the end of this Agreement", "due: end"),
        (
            "by the end of the Initial Term",
            "due: end; # says `of the Initial Term`, which stands in no field",
        ),
        ("by the end of March 2027", "due: 2027-03-31"),
    ] {
        let promised = promises(&format!("{term}Vendor shall provide SSO {when}."));
        assert_eq!(promised, [format!("feature: sso; {due}")], "{when}");
    }
}

#[test]
fn what_neither_nor_is_said_of_is_not_promised() {
    for text in [
        "Neither the Audit log nor Single sign-on will be delivered in 2027.",
        "None of the Audit log and SSO will be delivered in 2027.",
        "Neither Vendor nor its affiliates shall provide SSO by 1 May 2027.",
    ] {
        assert_eq!(promises(text), [""; 0], "{text}");
    }
    for text in [
        "Although neither is there today, Vendor shall provide SSO by 1 May 2027.",
        "Neither party shall be late, and Vendor shall provide SSO by 1 May 2027.",
    ] {
        assert_eq!(promises(text).len(), 1, "{text}");
    }
}

#[test]
fn what_is_taken_out_is_not_what_it_is_for() {
    for (text, expected) in [
        (
            "Vendor shall provide the Audit log in the EU, but not in the US.",
            "feature: audit-log; for: Table([(\"region\", List([\"eu\"]))]); \
             # says `not`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log on Linux, but not on Windows.",
            "feature: audit-log; for: Table([(\"platform\", List([\"linux\"]))]); \
             # says `not on Windows`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log for the EU except for the US.",
            "feature: audit-log; for: Table([(\"region\", List([\"eu\"]))]); # conditional: `except for the US`",
        ),
        (
            "Vendor shall provide the Audit log in the EU, not yet available in the US.",
            "feature: audit-log; # says `in the EU, not yet`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log not only in the EU but also in the US.",
            "feature: audit-log; for: Table([(\"region\", List([\"eu\", \"us\"]))]); \
             # says `not only`, which stands in no field",
        ),
    ] {
        assert_eq!(promises(text), [expected], "{text}");
    }
}

#[test]
fn the_day_of_a_quoted_mail_is_none_of_what_it_promises() {
    for text in [
        "> On 12 Nov 2026 Petra wrote:\n> We will provide SSO.",
        "> On 12 Nov 2026 Petra wrote:\n>\n> We will provide SSO.",
        "> On 12 Nov 2026 Petra wrote:\n>\n> - We will provide SSO.",
    ] {
        assert_eq!(promises(text), ["feature: sso"], "{text}");
    }
}

#[test]
fn what_is_promised_in_spite_of_a_denial_is_promised() {
    for (text, expected) in [
        (
            "SSO is not part of the Services today; Vendor shall, however, provide SSO no later than 1 July 2027.",
            "feature: sso; due: 2027-07-01; # says `however`, which stands in no field",
        ),
        (
            "Vendor shall not be liable for delays; nevertheless Vendor shall provide SSO by 1 August 2027.",
            "feature: sso; due: 2027-08-01; # says `nevertheless Vendor`, which stands in no field",
        ),
        // What limits a promise stands in its own sentence.
        (
            "Vendor shall provide SSO by 1 May 2027; provided, however, that Customer has paid.",
            "feature: sso; due: 2027-05-01; # says `however, that Customer has paid`, which stands in no field",
        ),
    ] {
        assert_eq!(promises(text), [expected], "{text}");
    }
}

#[test]
fn what_is_said_of_another_hides_no_promise() {
    for (text, number) in [
        ("Vendor shall provide the Audit log by 31 March 2027, for which Customer need not pay.", 1),
        ("Vendor shall provide the Audit log, which Customer may use at its discretion.", 1),
        ("Vendor shall deliver the Audit log, save that it gives no undertaking as to its colour.", 1),
        ("Vendor excludes any warranty that is implied, and shall deliver the Audit log.", 1),
        ("Vendor shall deliver the Audit log to the demo environment and to production.", 1),
        ("Customer agrees that Vendor shall deliver the Audit log by 31 March 2027.", 1),
        ("Customer confirms that the Audit log will be delivered by 31 March 2027.", 1),
        ("# Agreement\n\n## Evaluation period\n\nVendor shall provide the Audit log.", 1),
        ("# Agreement\n\n## At no extra charge\n\nVendor shall provide the Audit log.", 1),
        ("# Order form\n\n| Module | Date |\n|--|--|\n| Audit log, exportable by users | 31 March 2027 |", 1),
        ("# Agreement\n\n## 1. Deliverables\n\n1. Search by 31 March 2027\n2. Audit log by 31 March 2027", 2),
        ("Vendor will return the tapes of Customer and deliver the Audit log by 31 March 2027.", 1),
        ("We will move our servers to Oslo and deliver the Audit log by 31 March 2027.", 1),
        ("Vendor shall deliver the Audit log, and the tapes shall be sent back by Customer.", 1),
        ("# Agreement\n\n## Cooperation of the parties\n\nVendor shall provide the Audit log.", 1),
        ("Vendor shall provide the Audit log before users can log in.", 1),
        ("Vendor shall deliver the Audit log, of which the entries shall be treated as confidential.", 1),
        ("# Order\n\n| Topic | Date |\n|--|--|\n| Audit log | 31 March 2027 |", 1),
        (
            "# Requirements\n\nWhat is marked (M) is mandatory; (O) means optional.\n\n- (M) Audit log by user",
            1,
        ),
        (
            "# Requirements\n\nWhat is marked (M) is mandatory; (O) means optional.\n\n- (O) Audit log by user",
            0,
        ),
        (
            "# Requirements\n\nWhat is marked (O) is optional.\n\n1. Audit log (O) by user\n\n2. Search by 1 May 2027",
            2,
        ),
        ("# Requirements\n\n- It shall be possible to filter the Audit log by user.", 1),
        ("# Order form\n\n| Item | Price |\n|--|--|\n| Audit log | included |", 1),
        ("# Prices\n\n| Item | Price |\n|--|--|\n| Audit log | included |", 0),
        ("# Training\n\n| Session | Topic | Date |\n|--|--|--|\n| 1 | Audit log | 31 March 2027 |", 0),
        ("Customer shall ensure that each user can log in to the Audit log.", 0),
        ("# Agreement\n\n## Available at extra charge\n\nVendor shall provide the Audit log.", 0),
    ] {
        assert_eq!(promises(text).len(), number, "{text}");
    }
}

#[test]
fn what_is_to_be_delivered_by_the_vendor_is_promised() {
    for text in [
        "SSO is to be delivered by Vendor by 1 May 2027.",
        "SSO is to be made available by the Supplier by 1 May 2027.",
        "We'll provide SSO by 1 May 2027.",
        "Vendor shall ensure that SSO is available by 1 May 2027.",
    ] {
        assert_eq!(promises(text).len(), 1, "{text}");
    }
    assert_eq!(promises("SSO is to be delivered by Customer by 1 May 2027."), [""; 0]);
}

#[test]
fn a_group_of_three_digits_is_no_number_of_its_own() {
    for days in ["1 000 days", "1'000 days", "1 000 days"] {
        let promised = promises(&format!("Vendor shall keep the Audit log for at least {days}."));
        assert!(!promised[0].contains("need"), "{promised:?}");
    }
}

/// What stands in documents that promise nothing of the kind, or of which it is not known when they hold.
#[test]
fn clauses_of_ordinary_agreements_are_no_requirements() {
    let agreement = "# Services Agreement\n\n**Acme Ltd**, organized under the laws of England and Wales (“**Acme**”, the “**Client**” or the “**Company**”)\n\nand\n\n**Vend Inc** (the “**Vendor**”), as of the “**Effective Date**” (the “**Agreement**”).\n\n\
        ## Article 2 – Scope of services\n\n\
        2.1 **Overview.** Vendor shall perform the work described here.\n\n\
        2.2 **Acceptance of Deliverables.** Any deliverable is accepted in writing.\n\n\
        2.3 **Connections.** Vendor shall connect to Client's existing systems (SSO, Audit log).\n\n\
        2.4 **Term.** The term begins on the Effective Date and continues until 1 May 2028.\n\n\
        2.5 **Documents.** Vendor shall write an Audit log strategy, and the Solution represents the SSO of the future.\n\n\
        2.6 **SSO and Audit log.**\n\n2.6.1 Client shall pay.\n\n\
        2.7 **Deliverables.** Vendor shall provide:  \n(a) SSO; and  \n(b) Offline mode.\n";
    let draft = drafted(agreement);
    let fields: Vec<&DraftLine> =
        draft.fields.iter().filter(|line| matches!(line, DraftLine::Field("period", _))).collect();
    assert_eq!(fields, [] as [&DraftLine; 0]);
    assert_eq!(draft.fields[1], DraftLine::Field("customer", DraftValue::Text("Acme Ltd".to_owned())));
    let taken: Vec<&str> = draft
        .coverage
        .iter()
        .filter(|covered| covered.taken.is_ok())
        .map(|covered| covered.text.as_str())
        .collect();
    assert_eq!(taken, ["SSO; and", "Offline mode."]);
    let request =
        "# Invitation\n\n## 3. Functional requirements\n\n3.1 The system shall have an offline mode.\n";
    assert_eq!(
        promises(request),
        ["# names no feature of the roadmap: write `feature: …`, or `kind: service`"]
    );
}

#[test]
fn words_of_services_make_no_service_of_software() {
    for (row, is_service) in [
        ("Automatic logout of users after ten minutes of inactivity", false),
        ("Calculation of the penalty for a late return", false),
        ("Lists of what is shown in the course of a day", false),
        ("Minutes of the meeting of each month", true),
        ("Training course in French", true),
    ] {
        let text =
            format!("# Requirements\n\n| No. | Requirement | Compliant |\n|--|--|--|\n| 1 | {row} | Yes |");
        let service = "kind: service".to_owned();
        assert_eq!(promises(&text).contains(&service), is_service, "{row}");
    }
}

#[test]
fn what_is_too_much_for_a_sentence_is_told_and_not_judged() {
    for (text, reason) in [
        (
            "Vendor shall provide ".to_owned() + &"SSO shall ".repeat(65),
            "names features more than 64 times: for a person to read",
        ),
        (
            "Vendor shall provide SSO ".to_owned() + &"x ".repeat(17_000),
            "longer than 32 KiB: for a person to read",
        ),
    ] {
        assert_eq!(drafted(&text).coverage[0].taken, Err(reason.to_owned()));
    }
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

/// All words of the sentence but those of grammar and of delivery are in a field or in a comment.
#[test]
fn what_a_sentence_says_besides_is_never_dropped() {
    let begin = "# Contract A-1\n\nMade as of 15 December 2026.\n\n";
    let says = |words: &str| format!("# says `{words}`, which stands in no field");
    for (sentence, expected) in [
        (
            "Vendor shall provide the Audit log for Windows and Mac by 31 December 2027.",
            "feature: audit-log; due: 2027-12-31; # names windows and more that the roadmap does not have as platform: \
             say what it is for; # says `Mac`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log for Linux, Mac and Windows by 31 December 2027.",
            "feature: audit-log; due: 2027-12-31; # names linux and more that the roadmap does not have as platform: \
             say what it is for; # says `Mac and Windows`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log for Linux, and Customer shall test it by 31 December 2027.",
            "feature: audit-log; for: Table([(\"platform\", List([\"linux\"]))]); \
             # says `Customer shall test it by 31 December 2027`, which stands in no field",
        ),
        (
            "Vendor shall provide SSO within thirty (300) days after signing.",
            "feature: sso; # says `within thirty (300) days after signing`, which stands in no field",
        ),
        (
            "Vendor shall provide the Audit log within 30 days and within 200 days after signing.",
            "feature: audit-log; # due may be `200 days after signing`, or another day that it says; \
             # says `within 30 days`, which stands in no field",
        ),
        (
            "Subject to payment of all fees, Vendor shall provide SSO by 1 May 2027, unless Customer objects by 1 March 2027.",
            "feature: sso; due: 2027-05-01; # conditional: `Subject to payment of all fees`; \
             # conditional: `unless Customer objects by 1 March 2027`",
        ),
        (
            "Vendor shall deliver the Audit log for Linux by 1 May 2027 and SSO for Windows by 1 June 2027, free of charge.",
            "feature: audit-log; due: 2027-05-01; for: Table([(\"platform\", List([\"linux\"]))]); \
             # says `free of charge`, which stands in no field|\
             feature: sso; due: 2027-06-01; # says `for Windows`, which stands in no field; \
             # says `free of charge`, which stands in no field",
        ),
        (
            "Vendor shall deliver SSO or the Audit log.",
            "feature: List([\"sso\", \"audit-log\"]); # says `or` between them: one of them may do",
        ),
    ] {
        assert_eq!(promises(&format!("{begin}{sentence}")).join("|"), expected, "{sentence}");
    }
    let mut wrong = Vec::new();
    for (sentence, words) in [
        ("Vendor shall deliver SSO and the Teleporter.", &["the Teleporter"][..]),
        ("Vendor shall deliver SSO as well as the Teleporter.", &["the Teleporter"]),
        ("Vendor shall deliver SSO, including the Teleporter.", &["including the Teleporter"]),
        ("Vendor and Partner Ltd shall deliver SSO.", &["Partner Ltd"]),
        ("Vendor shall certify SSO.", &["certify"]),
        ("Vendor shall deliver SSO, but not to users in Asia.", &["not to users in Asia"]),
        (
            "Vendor shall deliver SSO with an uptime of 99.95 % monthly.",
            &["with an uptime of 99.95 % monthly"],
        ),
        ("Vendor shall deliver SSO (see Annex 2) to ten users.", &["(see Annex 2) to ten users"]),
        (
            "Vendor shall deliver SSO and answer questions on the Audit log.",
            &["answer questions on the Audit log"],
        ),
        ("For the SSO, Vendor shall provide a test system.", &["a test system"]),
        ("For the Teleporter and the SSO, Vendor shall provide keys.", &["For the Teleporter", "keys"]),
    ] {
        let comments: Vec<String> = words.iter().map(|words| says(words)).collect();
        let (expected, found) =
            (format!("feature: sso; {}", comments.join("; ")), promises(sentence).join("|"));
        if found != expected {
            wrong.push(format!("{sentence}: {found}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    let row = "# O\n\n## Deliverables\n\n| No. | Deliverable | Date | Answer | Price |\n|--|--|--|--|--|\n\
               | 1 | SSO; Teleporter | 1 May 2027 | Yes, later | EUR 5 |\n";
    let expected = ["Teleporter", "later", "EUR 5"].map(says).join("; ");
    assert_eq!(promises(row), [format!("feature: sso; due: 2027-05-01; {expected}")]);
    let noted = "Vendor shall deliver SSO[^1].\n\n[^1]: Not on Mac.\n";
    assert_eq!(promises(noted), ["feature: sso; # has a footnote: `Not on Mac.`"]);
}

#[test]
fn a_sentence_about_the_whole_contract_may_promise_as_well() {
    let text = "Signed on 1 December 2026.\n\nVendor shall make SSO available as of 1 May 2027.\n\n\
                Within 30 days of receipt of payment, Vendor shall provide the Audit log.\n";
    let draft = drafted(text);
    let fields: Vec<&str> = draft
        .fields
        .iter()
        .filter_map(|line| match line {
            DraftLine::Field(key, _) => Some(*key),
            DraftLine::Comment(_) => None,
        })
        .collect();
    assert_eq!(fields, ["contract", "customer", "signing", "documents"]);
    assert_eq!(draft.requirements.len(), 2);
    assert_eq!(
        promises("# O\n\n## Deliverables\n\n- SSO: 1 May 2027\n"),
        ["feature: sso; # a day that may belong to it: `1 May 2027`"]
    );
}

#[test]
fn a_quick_look_passes_over_no_name() {
    let names = FeatureNames::new(&roadmap());
    for text in [
        "the audit logs", "AUDIT-LOG", "(Audit log)", "Au\u{ad}dit log", "SSOs", "single sign-on",
        "\u{201c}SSO\u{201d}", "sso's", "an auditlog? no: audit log",
    ] {
        let is_named = !names.mentions(text, &crate::prose::words::tokens(text)).is_empty();
        assert!(names.may_be_in(text) || !is_named, "{text}");
    }
    assert!(!names.may_be_in("Vendor shall keep what it has in confidence."));
}

#[test]
fn a_denial_that_asks_for_it_in_time_is_a_promise() {
    for text in [
        "Vendor shall not deliver the Audit log later than 31 March 2027.",
        "In no event shall the Audit log be delivered later than 31 March 2027.",
        "The Audit log shall in no event be delivered later than 31 March 2027.",
        "Under no circumstances will Vendor deliver the Audit log later than 31 March 2027.",
        "Vendor commits to have the Audit log ready by 31 March 2027.",
        "Vendor provides the Audit log by 31 March 2027.",
        "The Audit log is guaranteed by 31 March 2027.",
        "Vendor shall not fail to provide the Audit log by 31 March 2027.",
        "Vendor shall, by no later than 31 March 2027, furnish the Audit log.",
        "Vendor shall, at no charge, provide the Audit log by 31 March 2027.",
        "The Audit log: you'll have it by 31 March 2027.",
        "Vendor shall deliver, and Customer shall accept, the Audit log by 31 March 2027.",
        "Customer wants the Audit log, which Vendor shall deliver by 31 March 2027.",
    ] {
        let fields = promises(text);
        assert!(
            matches!(&fields[..], [one] if one.contains("feature: audit-log; due: 2027-03-31")),
            "{text}: {fields:?}"
        );
    }
    for text in [
        "Vendor won't provide the Audit log.",
        "In no event shall the Audit log be delivered by 31 March 2027.",
        "Vendor shall at no time be obliged to provide the Audit log.",
        "Vendor shall not provide the Audit log after 31 March 2027.",
        "If the Audit log is late, Vendor shall pay a credit for it.",
    ] {
        assert_eq!(promises(text), [""; 0], "{text}");
    }
}

#[test]
fn who_sells_is_known_by_a_definition_or_by_what_it_does() {
    for text in [
        "The parties, Papertrail GmbH (\"Papertrail\") and Ostmark AG (\"Ostmark\"), agree:\n\nPapertrail shall provide the Audit log. Ostmark shall pay for it.",
        "This is between Papertrail Ltd (\"Vendor\") and Ostmark Inc (\"Reseller\").\n\nVendor shall provide the Audit log. Reseller shall promote the Audit log.",
        "Papertrail GmbH, hereinafter \"Papertrail\", and Ostmark AG, hereinafter \"Ostmark\", agree:\n\nPapertrail will deliver the Audit log. Ostmark shall keep an Audit log of its own.",
    ] {
        assert_eq!(promises(text).len(), 1, "{text}: {:?}", promises(text));
    }
}

#[test]
fn lists_and_tables_go_on_with_what_leads_them_in() {
    for (text, expected) in [
        ("- Vendor confirms the delivery of:\n  - SSO\n  - Audit log\n- Customer confirms:\n  - SSO\n", 2),
        ("Vendor has the following:\n\n| Function | Remark |\n|--|--|\n| SSO | all users |\n", 0),
        ("The Platform has the following:\n\n| Function | Remark |\n|--|--|\n| SSO | all users |\n", 1),
        ("The Platform does not have:\n\n| Function | Remark |\n|--|--|\n| SSO | all users |\n", 0),
        // A table goes on with no list before it.
        (
            "Vendor shall provide:\n\n- the Audit log\n\nKnown:\n\n| Function | Remark |\n|--|--|\n| SSO | all users |\n",
            1,
        ),
        // Whose names stand right before the clauses.
        (
            "between Vend BV (the “Vendor”) and Acme NV (the “Client”)\n\n1. The following shall be delivered: (a) SSO; (b) Audit log.\n",
            2,
        ),
        // A party that is called by the first word of its name.
        ("Vendor: Lumina Systems BV\n\nLumina will provide SSO.\n", 1),
        ("Customer: Lumina Systems BV\n\nLumina will provide SSO.\n", 0),
    ] {
        assert_eq!(promises(text).len(), expected, "{text}");
    }
}

/// How legal, tender, mail and questionnaire prose says that a product does something, and what looks like it.
#[test]
fn what_a_product_does_is_promised_and_what_people_do_is_not() {
    let parties = "Agreement between Acme Ltd (the “Customer”) and Papertrail BV (the “Vendor”).\n\n";
    let is_promised = |text: &str| !promises(&format!("{parties}{text}")).is_empty();
    for text in [
        // What the product does, in present and in old words, and with what stands between.
        "The Vendor covenants that the said programs do and shall throughout the Term enable the Customer's staff, by means of an Audit log, to see each change.",
        "The mobile application shall keep an Audit log in all places, and the data so captured shall get synchronised automatically.",
        "Papertrail ships with Single sign-on at no extra cost.",
        // What a feature does, is, or comes to.
        "Approval of orders, along with the Audit log, is available in the offered solution and shall be demonstrated.",
        "The Audit log and Single sign-on have been part of the product since 2024.",
        "The Audit log remains readable for the Customer.",
        "There shall be provided in the Solution, at all times, an Audit log.",
        // The same where it is listed what is delivered, with a term, or ensured.
        "# Service description\n\nThe Audit log has a filter for each site.",
        "There is an Audit log for each tenant throughout the Term.",
        "The Vendor ensures that the Audit log exposes all changes.",
        // What users do with it.
        // What shall stay, by the product or by its vendor.
        "The Vendor shall not during the Initial Term withdraw the Audit log.",
        "The Audit log shall not be capable of erasure by any person.",
        "In no event shall the Vendor switch off the Audit log before the end of the Term.",
        // Answers.
        "Confirmed on Single sign-on: the app knows it.",
        "Audit log: live by 15 May 2027, promise.",
        "We can confirm that Single sign-on ships on 1 May 2027.",
        "The Vendor shall not deliver Single sign-on later than 30 June 2027.",
        "Single sign-on? Yes, that is in.",
        "Audit log down to each field: compliant.",
        "# What you get\n\nWe said yes to:\n\n- Keyboards in the Audit log",
    ] {
        assert!(is_promised(text), "{text}");
    }
    for text in [
        // What people do.
        "The Vendor will provide the following Services:\n\n- configure Single sign-on against the Customer's directory;\n- train eight users in the Audit log",
        "The Vendor's consultants will help to set up Single sign-on.",
        "The Vendor shall configure Single sign-on against the Customer's directory.",
        // What is there, said where nothing is listed or ensured, and with no day and no term: a description.
        "The system hands over users to the directory via Single sign-on.",
        "Changes are drawn from the Audit log and pushed to the phones.",
        "In any case the Audit log exposes all changes, and you are free to build on it.",
        "The Audit log has a filter for each site.",
        "Hosting is in Oslo, and Single sign-on applies to all plants.",
        "Single sign-on works with Okta today, nothing extra to buy.",
        "There is an Audit log for each tenant.",
        "The Audit log is emitted by the service as a stream.",
        "Each site gets its own Audit log, so that nobody touches that of another one.",
        "Traceability: the Customer may at any time export the Audit log of the past 24 months.",
        "With it you can export the Audit log and build your own reports.",
        "With Single sign-on, technicians log in underground.",
        // What is said about it, and its price.
        "The Audit log is under evaluation by the Vendor's product team.",
        "The Audit log is priced at € 900 a year.",
        "The Audit log was delivered to another client in 2024.",
        "The fee for Single sign-on and the Audit log are in Annex 4.",
        "The price list contains the Audit log.",
        "# Discounts\n\n| Product | Discount |\n|--|--|\n| Audit log | 30 % |",
        "# Rates\n\n| Product | List | Net |\n|--|--|--|\n| Audit log | 1 200 | 960 |",
        "No Audit log is included.",
        "Neither Single sign-on nor, at present, the Audit log is included.",
        "The Vendor cannot confirm that Single sign-on ships on 1 May 2027.",
        "Our personnel access production systems by Single sign-on.",
        "No, the Audit log is left to the data centre.",
        // Rights, wishes, and what is the customer's.
        "The Vendor grants the Customer a right to access and use the Service and the Audit log.",
        "Users may export the Audit log solely for internal purposes.",
        "The Customer's legacy system supports Single sign-on.",
        "The Audit log of the Customer remains unchanged.",
        "We would also like the Audit log on the big screen.",
        "# Out\n\nWe said no to:\n\n- the Audit log by 1 May 2027",
    ] {
        assert!(!is_promised(text), "{text}");
    }
}

/// A function that no feature of the roadmap is, and what is none.
#[test]
fn what_software_alone_does_is_taken_without_a_feature() {
    let parties = "Agreement between Acme Ltd (the “Customer”) and Papertrail BV (the “Vendor”).\n\n";
    for text in [
        "The Vendor will deliver, by 15 October 2027, a large-button layout of the mobile app.",
        "The Vendor will provide the Customer with a service-level dashboard inside the Platform.",
        "The said software shall, when used at sea, continue to accept entries.",
        "The Vendor covenants that the weight shall be computed by the said Software.",
        "# Service description\n\nResults are anonymised by the Platform without any action of an operator.",
        "# Functional requirements\n\n- The incident list can be exported by the Customer as CSV.",
        "# Functional requirements\n\n- By means of the Platform the Customer can itself find and erase the data of one person.",
        "It does not read maps yet; we will add that by 31 March 2027.",
        "# Terms\n\nThe Software has the following functions:\n\n- Labels in three sizes",
        "# Bid\n\n| Specification | Complied (Yes/No) |\n|--|--|\n| SMS to the officer | Yes |",
        "# Functional requirements\n\n- Booked seats shall be cancellable by the citizen.",
        "# Functional requirements\n\n- A run of 50,000 records must be finished within four hours.",
        "# Functional requirements\n\n- The System shall be operable in German and in English.",
        "# Terms\n\nThe Vendor delivers the following functions:\n\n- Calculation of rights and edition of the card",
        "# Terms\n\n## Deliverables\n\n- Side-by-side view of the estimate and the policy limits",
    ] {
        let promised = promises(&format!("{parties}{text}"));
        assert!(promised.iter().any(|lines| lines.contains("names no feature")), "{text}: {promised:?}");
    }
    for text in [
        "The Vendor will provide the Customer with monthly reports.",
        "The Vendor will provide the Customer with an API key and its documentation.",
        "The Platform shall perform materially in accordance with the Documentation.",
        "We need the system to print labels, which our current one does badly.",
        "If the Customer wishes it, the Vendor will add a dashboard to the Platform.",
        "The Customer's legacy system exports text files.",
        "# Order\n\n| Item | Qty | Unit price |\n|--|--|--|\n| Enterprise edition | 220 | $312.00 |",
        "# Scope of services\n\n- Project plan and training materials\n- Workshops with all teams",
        "The Services include the following:\n\n- Assessment of what there is",
        "# Functional requirements\n\n- The Vendor must have an office within 100 km.",
        "# Functional requirements\n\n- Faults must be remedied within four hours.",
        "# Functional requirements\n\n- No claim can be derived from this.",
        "# Terms\n\n1. The service comprises the following functions:\n\n1.1 Search\n\n2. Support\n\n2.1 The desk is open.",
    ] {
        assert_eq!(promises(&format!("{parties}{text}")), [""; 0], "{text}");
    }
}
