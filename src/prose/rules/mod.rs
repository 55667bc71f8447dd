//! The second and the third gate: what is a promise, and what is none, as one table.
//!
//! A sentence is taken apart at its modal verbs (`shall`, `agrees to`): each has a subject before it, a verb after it, and
//! reaches as far as the next one. For each feature that is named within reach, the first rule of the table whose
//! conditions all hold decides; where none does, it is no promise. Each rule has the sentence that made it necessary.

mod customers;
mod denials;
mod duties;
mod lists;
mod neighbours;
mod places;
mod work;

use super::conditions::{Rule, Ruling};

/// The rules, in the order in which they are asked.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        places::RULES,
        denials::RULES,
        customers::RULES,
        neighbours::RULES,
        work::RULES,
        duties::RULES,
        lists::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The table, for the book: what each rule says, and the sentence that made it necessary.
pub fn rules_table() -> String {
    let mut out = String::from("| rule | its sentence | a promise |\n| --- | --- | --- |\n");
    for Rule { name, ruling, sentence, .. } in rules() {
        let lines = sentence
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("|--") && *line != "# Document");
        let lines: Vec<String> = lines.map(|line| format!("`{}`", line.replace('|', "\\|"))).collect();
        let is_promise = match ruling {
            Ruling::Promise => "yes",
            Ruling::PromiseToKeep => "until the contract ends",
            Ruling::None => "no",
        };
        out += &format!("| {name} | {} | {is_promise} |\n", lines.join(" "));
    }
    out
}
