//! A portfolio that is the same each time: a roadmap, and contracts of which one promise in twenty cannot be kept.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) const REQUIREMENTS: usize = 30;
const FEATURES: usize = 400;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Writes a roadmap and a folder of contracts against it; gives the paths of the contracts, and how many of their
/// promises name a feature that has not shipped.
pub(crate) fn write(folder: &Path, contracts: usize) -> (Vec<PathBuf>, usize) {
    fs::create_dir_all(folder.join("contracts")).expect("a folder for contracts");
    fs::write(folder.join("roadmap.toml"), roadmap()).expect("a roadmap");
    let path = |number: usize| folder.join(format!("contracts/deal-{number:05}.yaml"));
    let paths: Vec<PathBuf> = (0..contracts).map(path).collect();
    let mut missing = 0;
    for (number, path) in paths.iter().enumerate() {
        fs::write(path, contract(number, &mut missing)).expect("a contract");
    }
    (paths, missing)
}

/// Features that have not shipped.
const MISSING: [usize; 3] = [7, 31, 53];

/// Nearly all of it has shipped.
fn roadmap() -> String {
    let mut text = String::from("[product]\nname = \"Fleetwise\"\nreviewed = 2026-11-16\n");
    for at in 0..FEATURES {
        let state = match at {
            7 => "status = \"planned\"\ntarget = \"2029-Q4\"",
            31 => "status = \"idea\"",
            53 => "status = \"in-progress\"\ntarget = \"2027-03\"",
            _ => "status = \"shipped\"\nshipped = 2025-06-02",
        };
        let levels = "levels = { retention = \"400 days\", availability = \"99.95 %\" }";
        let _ = write!(text, "\n[features.{}]\nname = \"Feature {at}\"\n{state}\n{levels}\n", feature(at));
        if at % 40 == 1 {
            let _ =
                writeln!(text, "for = {{ platform = [\"linux\", \"windows\"], region = [\"eu\", \"us\"] }}");
        }
    }
    text
}

fn feature(at: usize) -> String {
    const THINGS: [&str; 12] = [
        "audit-log", "sso", "drift", "export", "alerts", "backup", "billing", "search", "roles", "api",
        "reports", "patching",
    ];
    format!("{}-{}", THINGS[at % THINGS.len()], at / THINGS.len())
}

fn contract(number: usize, missing: &mut usize) -> String {
    let mut dice = Dice(number as u64 + 1);
    let customer = dice.one_of(&["Acme Robotics GmbH", "Initech Ltd", "Müller & Söhne KG", "Globex Inc."]);
    let seller = dice.one_of(&["dana", "kim", "robin"]);
    // Most deals of a portfolio are signed.
    let status = if dice.below(20) == 0 { "draft" } else { "signed" };
    let mut text = format!(
        "# Agreed with {customer} in the call of the week before\n\
         contract: DEAL-2026-{number:05}\ncustomer: {customer}\nseller: {seller}@vendor.example\nstatus: {status}\n\
         signing: 2026-12-15\nperiod: {{ start: 2027-01-01, end: 2029-12-31 }}\nvalue: {} EUR\nrequirements:\n",
        10_000 + 500 * dice.below(900),
    );
    for at in 0..REQUIREMENTS {
        let is_missing = dice.below(20) == 0;
        let at_feature = match is_missing {
            true => MISSING[dice.below(MISSING.len())],
            false => MISSING[2] + 1 + dice.below(FEATURES - MISSING[2] - 1),
        };
        *missing += usize::from(is_missing);
        let feature = feature(at_feature);
        let due = match dice.below(20) {
            0..=12 => format!("{}-{:02}-{:02}", 2027 + dice.below(2), 6 + dice.below(6), 1 + dice.below(28)),
            13 | 14 => format!("Q{} 2027", 3 + dice.below(2)),
            15 => "31 December 2027".to_owned(),
            16 => format!("end of Q{} 2028", 1 + dice.below(4)),
            _ => format!("{} days after signing", 30 * (7 + dice.below(3))),
        };
        let subject = dice.one_of(&["Vendor shall", "The platform shall", "Upon activation, Vendor will"]);
        let verb = dice.one_of(&["detect", "record", "report", "restore", "export and keep"]);
        let object =
            dice.one_of(&["every change of a managed server", "all access of its users", "each job"]);
        let _ = write!(
            text,
            "  - id: R{}\n    clause: \"Exhibit B, {}.{}\"\n    text: {subject} {verb} {object} as described in the order form.\n    \
             feature: {feature}\n    due: {due}\n",
            at + 1,
            1 + at / 10,
            1 + at % 10,
        );
        if dice.below(5) == 0 {
            let platform = dice.one_of(&["linux", "[linux, windows]", "windows"]);
            let _ = writeln!(text, "    for: {{ platform: {platform}, region: eu }}");
        }
        if dice.below(6) == 0 {
            let need = dice.one_of(&["retention: \">= 365 days\"", "availability: \">= 99.9 %\""]);
            let _ = writeln!(text, "    needs: {{ {need} }}");
        }
    }
    text
}
