//! Random roadmaps, in memory, and groups of contracts that are held against one.

use std::path::Path;
use std::sync::Arc;

use crate::input::discover::Request;
use crate::input::files::{Files, Memory};
use crate::model::window::{Date, add_days};
use crate::workspace::group::Group;
use crate::workspace::{CheckOptions, Workspace};
use jiff::civil::date;
use proptest::prelude::*;

/// The day of the checks.
pub(super) const TODAY: Date = date(2026, 11, 22);

/// Configurations that change what is late, tight or denied.
pub(super) const CONFIGURATIONS: [&str; 5] = [
    "[lints]\n",
    "[lints]\ntight-deadline = { margin = \"0 days\" }\n",
    "bare-period = \"end\"\n[lints]\ntight-deadline = { margin = \"7 days\" }\n",
    "[lints]\nunscoped-promise = \"deny\"\nunknown-level = \"deny\"\n",
    "[lints]\nunshipped-feature = \"deny\"\n",
];

/// A roadmap, by its file's name and its text, with a configuration.
pub(super) fn group(roadmap: (&str, &str), config: Option<&str>) -> Group {
    let texts =
        [roadmap, ("waivers.toml", "")].into_iter().chain(config.map(|text| ("dealcheck.toml", text)));
    let texts = texts.map(|(name, text)| (Path::new("/").join(name), text.as_bytes().to_vec()));
    let files: Arc<dyn Files> = Arc::new(Memory::alone(texts));
    let options = CheckOptions::on(TODAY);
    let request = Request { paths: vec![roadmap.0.into()], ..Request::default() };
    let workspace = Workspace::find_in(&files, &request, Path::new("/"), options);
    let group = Group::read(&workspace.found.groups[0], &workspace.options);
    assert!(group.problems.is_empty(), "{:#?}\n{}", group.problems, roadmap.1);
    group
}

/// A day close enough to today that every day around it can be tried.
pub(super) fn day(offset: i64) -> String {
    add_days(TODAY, offset).unwrap().to_string()
}

fn any_offer(features: usize) -> impl Strategy<Value = String> {
    let platform = prop::sample::select(vec!["", "linux", "windows", "both"]);
    let region = prop::sample::select(vec!["", "", "", "eu", "us"]);
    let status = prop::sample::select(vec![
        "idea", "planned", "planned", "planned", "in-progress", "beta", "shipped", "paused", "deprecated",
        "retired",
    ]);
    let window = |chance| prop::option::weighted(chance, (-10i64..90, 0i64..20));
    let depends = prop::collection::vec(0..features + 1, 0..2);
    let level = prop::option::of(1i64..4);
    (platform, region, status, window(0.8), window(0.3), window(0.3), depends, level).prop_map(
        |(platform, region, status, target, beta, sunset, depends, level)| {
            let mut lines = vec![format!("status = \"{status}\"")];
            let mut scope = match platform {
                "" => Vec::new(),
                "both" => vec!["platform = [\"linux\", \"windows\"]".to_owned()],
                one => vec![format!("platform = [\"{one}\"]")],
            };
            if !region.is_empty() {
                scope.push(format!("region = \"{region}\""));
            }
            if !scope.is_empty() {
                lines.push(format!("for = {{ {} }}", scope.join(", ")));
            }
            // A day: windows are made of months, which are too long to be tried day by day.
            let dates = [("target", target), ("beta", beta), ("sunset", sunset)];
            for (key, (start, _)) in dates.into_iter().filter_map(|(key, window)| Some((key, window?))) {
                lines.push(format!("{key} = \"{}\"", day(start)));
            }
            let depends: Vec<String> = depends.iter().map(|feature| format!("\"f{feature}\"")).collect();
            lines.push(format!("depends-on = [{}]", depends.join(", ")));
            lines.extend(level.map(|level| format!("levels = {{ retention = \"{level} days\" }}")));
            lines.join("\n")
        },
    )
}

/// A roadmap of the features `f0`, `f1` …, and `all`, which names every scope and level.
pub(super) fn any_roadmap() -> impl Strategy<Value = String> {
    (1usize..5).prop_flat_map(|features| {
        let offers = prop::collection::vec(any_offer(features), 1..4);
        let next = prop::option::of(0..features);
        prop::collection::vec((offers, next), features).prop_map(|features| {
            let mut text = String::new();
            for (at, (offers, next)) in features.iter().enumerate() {
                text += &format!("[features.f{at}]\n{}\n", offers[0]);
                if let Some(next) = next.filter(|&next| next != at) {
                    text += &format!("replaced-by = \"f{next}\"\n");
                }
                for offer in &offers[1..] {
                    text += &format!("[[features.f{at}.offers]]\n{offer}\n");
                }
            }
            // So that every scope and level can be asked for.
            text += "[features.all]\nstatus = \"shipped\"\n";
            text += "for = { platform = [\"linux\", \"windows\"], region = [\"eu\", \"us\"] }\n";
            text + "levels = { retention = \"9 days\" }\n"
        })
    })
}
