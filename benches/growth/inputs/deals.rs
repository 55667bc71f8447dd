//! Many contracts, and much in one.

use std::path::Path;

use super::*;

pub(super) fn contracts_of_one_feature(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    put(folder, "other.toml", &planned(0, "").replace("Q3", "Q2"));
    for at in 0..number {
        contract(folder, at, at, &requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
    }
}

pub(super) fn contracts_of_a_feature_each(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    put(folder, "other.toml", &each(number, |at| planned(at, "")).replace("Q3", "Q2"));
    for at in 0..number {
        contract(folder, at, at, &requirements(1, |_| format!("feature: feature-{at}, due: 2027-03-31")));
    }
}

pub(super) fn contracts_of_one_customer(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        let status = if at % 2 == 0 { "signed" } else { "draft" };
        let promise = requirements(1, |_| format!("feature: feature-0, due: 2027-0{}-28", 1 + at % 6));
        contract(folder, at, 0, &format!("status: {status}\n{promise}"));
    }
}

pub(super) fn contracts_of_one_id(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        put(
            folder,
            &format!("{at}.yaml"),
            "contract: ACME-1\ncustomer: Acme\nrequirements: [{ feature: feature-0, due: 2027-03-31 }]\n",
        );
    }
}

pub(super) fn broken_contracts(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        put(
            folder,
            &format!("{at}.yaml"),
            &format!("contract: ACME-{at}\ncustomer: Acme\nrequirements: [{{ feature: \n"),
        );
    }
}

pub(super) fn configurations(folder: &Path, number: usize) {
    for at in 0..number {
        put(folder, &format!("{at}/dealcheck.toml"), "roadmap = [\"roadmap.toml\"]\n");
        put(folder, &format!("{at}/roadmap.toml"), &planned(0, ""));
        let promise = format!(
            "contract: ACME-{at}\ncustomer: Customer {at}\nrequirements: [{{ feature: feature-0, due: 2027-03-31 }}]\n"
        );
        put(folder, &format!("{at}/a.yaml"), &promise);
    }
}

pub(super) fn nested_configurations(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    put(folder, "dealcheck.toml", "nested = [\"n*\"]\n");
    for at in 0..number {
        put(folder, &format!("n{at}/dealcheck.toml"), "roadmap = [\"../roadmap.toml\"]\n");
        let promise = format!(
            "contract: ACME-{at}\ncustomer: Customer {at}\nrequirements: [{{ feature: feature-0, due: 2027-03-31 }}]\n"
        );
        put(folder, &format!("n{at}/a.yaml"), &promise);
    }
}

pub(super) fn configurations_below_one_another(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        let (below, up) = ("below/".repeat(at), "../".repeat(at));
        let config = format!("nested = [\"below\"]\nroadmap = [\"{up}roadmap.toml\"]\n");
        put(folder, &format!("{below}dealcheck.toml"), &config);
        let promise = format!(
            "contract: ACME-{at}\ncustomer: Customer {at}\nrequirements: [{{ feature: feature-0, due: 2027-03-31 }}]\n"
        );
        put(folder, &format!("{below}a.yaml"), &promise);
    }
}

pub(super) fn left_out(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    one_promise(folder);
    put(folder, "dealcheck.toml", "exclude = [\"old/**\"]\n");
    for at in 0..number {
        put(folder, &format!("other/{at}.yaml"), "name: nothing of a contract\n");
        put(folder, &format!("old/{at}.yaml"), "contract: A\ncustomer: B\n");
        put(folder, &format!("other/.{at}.yaml"), "contract: A\ncustomer: B\n");
    }
}

pub(super) fn unlisted(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    put(folder, "dealcheck.toml", "contracts = [\"deals/000/0.yaml\"]\n");
    for at in 0..number {
        contract(
            folder,
            100 * at,
            at,
            &requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned()),
        );
    }
}

pub(super) fn links(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    one_promise(folder);
    for at in 0..number {
        link("deals", &folder.join(format!("link-{at}")));
    }
}

/// Folders each of which has two links to the next one.
pub(super) fn links_in_a_row(folder: &Path, number: usize) {
    put(
        folder,
        "dealcheck.toml",
        "roadmap = [\"rows/**/roadmap.toml\"]\ncontracts = [\"deals/**\"]\nwaivers = [\"rows/**/waivers.toml\"]\n",
    );
    for at in 0..number {
        put(folder, &format!("rows/{at}/note"), "");
        if at + 1 < number {
            link(&format!("../{}", at + 1), &folder.join(format!("rows/{at}/one")));
            link(&format!("../{}", at + 1), &folder.join(format!("rows/{at}/two")));
        }
    }
    put(folder, &format!("rows/{}/roadmap.toml", number - 1), &planned(0, ""));
    put(folder, &format!("rows/{}/waivers.toml", number - 1), "waivers = []\n");
    one_promise(folder);
}

pub(super) fn requirements_of_one_feature(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    put(folder, "other.toml", &planned(0, "").replace("Q3", "Q2"));
    contract(folder, 0, 0, &requirements(number, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
}

pub(super) fn requirements_of_a_feature_each(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    put(folder, "other.toml", &each(number, |at| planned(at, "")).replace("Q3", "Q2"));
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

pub(super) fn features_of_a_requirement(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    let all = each(number, |at| format!("feature-{at}, "));
    contract(folder, 0, 0, &requirements(1, |_| format!("feature: [{all}], due: 2027-03-31")));
}

pub(super) fn requirements_of_one_id(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(
        folder,
        0,
        0,
        &format!("requirements:\n{}", "  - { id: R1, feature: feature-0, due: 2027-03-31 }\n".repeat(number)),
    );
}

pub(super) fn unmapped(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    let promise =
        |at| format!("text: Vendor shall deliver feature number {at} to all users., due: 2027-03-31");
    contract(folder, 0, 0, &requirements(number, promise));
}

pub(super) fn milestones(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    let all = each(number, |at| format!("  event-{at}: 2027-03-31\n"));
    let promises = requirements(number, |at| format!("feature: feature-0, due: 30 days after event-{at}"));
    contract(folder, 0, 0, &format!("milestones:\n{all}{promises}"));
}

pub(super) fn holidays(folder: &Path, number: usize) {
    let day = |at: usize| format!("\"{}-{:02}-{:02}\", ", 2000 + at / 336, 1 + at / 28 % 12, 1 + at % 28);
    put(
        folder,
        "dealcheck.toml",
        &format!("contracts = [\"deals/**\"]\nholidays = [{}]\n", each(number, day)),
    );
    roadmap(folder, &planned(0, ""));
    contract(
        folder,
        0,
        0,
        &requirements(number, |_| "feature: feature-0, due: 10 business days after signing".to_owned()),
    );
}

/// A signed amendment, one after another, of one contract, with what it states.
fn signed_amendment(folder: &Path, at: usize, base: usize, rest: &str) {
    let signing = format!("20{:02}-{:02}-{:02}", 12 + at / 336, 1 + at / 28 % 12, 1 + at % 28);
    let head = format!("contract: ACME-{at}\namends: ACME-{base}\nstatus: signed\nsigning: {signing}\n");
    put(folder, &format!("deals/a{at}.yaml"), &format!("{head}{rest}"));
}

fn own_requirement(at: usize, due: &str) -> String {
    format!("requirements: [{{ id: A{at}, feature: feature-0, due: {due} }}]\n")
}

fn one_signed_promise(folder: &Path) {
    roadmap(folder, &planned(0, ""));
    put(folder, "other.toml", &planned(0, "").replace("Q3", "Q2"));
    let promise = requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned());
    contract(folder, 0, 0, &format!("status: signed\n{promise}"));
}

pub(super) fn amendments_of_one(folder: &Path, number: usize) {
    one_signed_promise(folder);
    for at in 1..=number {
        signed_amendment(folder, at, 0, &own_requirement(at, "2027-03-31"));
    }
}

pub(super) fn amendments_in_a_chain(folder: &Path, number: usize) {
    one_signed_promise(folder);
    for at in 1..=number {
        signed_amendment(folder, at, at - 1, &own_requirement(at, "2027-03-31"));
    }
}

pub(super) fn amendments_that_state_much(folder: &Path, number: usize) {
    one_signed_promise(folder);
    for at in 1..=number {
        let tables = format!(
            "milestones: {{ event-{at}: 2027-03-31 }}\nterms: {{ term-{at}: 30 days }}\nfees: {{ fee-{at}: 10 EUR }}\nvalue: {at} EUR\n"
        );
        let promise = own_requirement(at, &format!("30 days after event-{at}"));
        signed_amendment(folder, at, 0, &format!("{tables}{promise}"));
    }
}

/// Amendments that nobody has signed, of a contract that they leave as it is.
pub(super) fn drafts_of_one(folder: &Path, number: usize) {
    one_signed_promise(folder);
    for at in 1..=number {
        let head = format!("contract: ACME-{at}\namends: ACME-0\nmilestones: {{ event-{at}: 2027-03-31 }}\n");
        let promise = own_requirement(at, &format!("30 days after event-{at}"));
        put(folder, &format!("deals/a{at}.yaml"), &format!("{head}{promise}"));
    }
}

pub(super) fn orders(folder: &Path, number: usize) {
    one_signed_promise(folder);
    for at in 1..=number {
        let promise = requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned());
        contract(folder, at, at, &format!("under: ACME-0\nstatus: signed\n{promise}"));
    }
}

/// Half as many amendments as orders.
pub(super) fn amendments_of_an_agreement(folder: &Path, number: usize) {
    orders(folder, number);
    for at in 1..=number / 2 {
        signed_amendment(folder, number + at, 0, "value: 1000 EUR\n");
    }
}

pub(super) fn amendments_of_each(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        contract(folder, at, at, &requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
        let text = format!(
            "contract: ACME-{at}-A\namends: ACME-{at}\nrequirements: [{{ id: R0, feature: feature-0, due: 2027-04-30 }}]\n"
        );
        put(folder, &format!("deals/{:03}/{at}-a.yaml", at % 100), &text);
    }
}

pub(super) fn requirements_amended(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(folder, 0, 0, &requirements(number, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
    let replaced = requirements(number, |_| "feature: feature-0, due: 2027-04-30".to_owned());
    put(folder, "deals/a.yaml", &format!("contract: ACME-A\namends: ACME-0\n{replaced}"));
}

pub(super) fn dropped(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(
        folder,
        0,
        0,
        &format!(
            "status: signed\n{}",
            requirements(number, |_| "feature: feature-0, due: 2027-03-31".to_owned())
        ),
    );
    let all = each(number, |at| format!("R{at}, "));
    put(
        folder,
        "deals/a.yaml",
        &format!("contract: ACME-A\namends: ACME-0\nstatus: signed\nsigning: 2026-11-20\ndrop: [{all}]\n"),
    );
}

pub(super) fn amendments_of_nothing(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    for at in 0..number {
        contract(folder, at, at, &requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
        put(
            folder,
            &format!("deals/a{at}.yaml"),
            &format!("contract: A-{at}\namends: ACEM-{at}\ndrop: [R0]\n"),
        );
    }
}

pub(super) fn yaml_aliases(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    let anchor = "x: &due 2027-03-31\n".replace("x:", "  event:");
    contract(
        folder,
        0,
        0,
        &format!(
            "milestones:\n{anchor}{}",
            requirements(number, |_| "feature: feature-0, due: *due".to_owned())
        ),
    );
}

pub(super) fn comments(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(
        folder,
        0,
        0,
        &format!(
            "{}{}",
            "# a comment\n\n".repeat(number),
            requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned())
        ),
    );
}

pub(super) fn long_text(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    let text = "Vendor shall deliver it to all users. ".repeat(number);
    contract(
        folder,
        0,
        0,
        &requirements(1, |_| format!("feature: feature-0, due: 2027-03-31, text: \"{text}\"")),
    );
}

pub(super) fn terms(folder: &Path, number: usize) {
    let standard = each(number, |at| format!("[terms.term-{at}]\nstandard = \"<= 45 days\"\n"));
    roadmap(folder, &format!("{}{standard}", planned(0, "")));
    let all = each(number, |at| format!("  term-{at}: 90 days\n"));
    contract(
        folder,
        0,
        0,
        &format!("terms:\n{all}{}", requirements(1, |_| "feature: feature-0, due: 2027-03-31".to_owned())),
    );
}
