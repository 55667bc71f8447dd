use jiff::civil::date;
use proptest::prelude::*;

use crate::input::read;
use crate::input::records::RoadmapRecord;
use crate::model::assemble::{Vocabulary, assemble};
use crate::source::{FileId, Source};

use super::*;

const TODAY: Date = date(2026, 11, 22);
const FIRST: Date = date(2025, 1, 1);

fn roadmap(text: &str) -> Roadmap {
    let source = Source::new(FileId(0), "roadmap.toml", text);
    let mut problems = Vec::new();
    let record = read::record::<RoadmapRecord>(&source, &mut problems);
    assemble(&[(FileId(0), record)], &Vocabulary::default(), false, &mut problems)
}

/// What somebody does to a roadmap.
#[derive(Clone, Copy, Debug)]
enum Edit {
    /// The feature gets this target.
    Target(u8),
    /// The feature gets this effort.
    Effort(u8),
    /// Another feature is edited.
    Neighbour(u8),
    /// The features change places.
    Order,
    /// The same is written in other words.
    Words,
    /// What is written cannot be read.
    Unreadable,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        (0..8u8).prop_map(Edit::Target),
        (0..3u8).prop_map(Edit::Effort),
        (0..8u8).prop_map(Edit::Neighbour),
        Just(Edit::Order),
        Just(Edit::Words),
        Just(Edit::Unreadable),
    ];
    proptest::collection::vec(edit, 1..24)
}

/// A roadmap that is edited.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    target: u8,
    effort: u8,
    neighbour: u8,
    is_turned: bool,
    in_words: bool,
}

impl Written {
    fn target(self) -> (u16, u8) {
        (2027 + u16::from(self.target / 4), self.target % 4 + 1)
    }

    fn last_day(self) -> Date {
        let (year, quarter) = self.target();
        date(i16::try_from(year).unwrap(), i8::try_from(quarter * 3).unwrap(), 1).last_of_month()
    }

    fn text(self) -> String {
        let (year, quarter) = self.target();
        let effort = self.effort + 1;
        let feature = if self.in_words {
            format!(
                "[features]\naudit.effort = \"{effort} days\" # so much\naudit.target = \"Q{quarter} {year}\"\naudit.status = \"scheduled\"\n"
            )
        } else {
            format!(
                "[features.audit]\nstatus = \"planned\"\ntarget = \"{year}-Q{quarter}\"\neffort = \"{effort} days\"\n"
            )
        };
        let neighbour = format!("[features.sso]\nstatus = \"planned\"\ntarget = \"203{}\"\n", self.neighbour);
        if self.is_turned && !self.in_words { neighbour + &feature } else { feature + &neighbour }
    }
}

/// What is written after each edit, with the day, from the first to the last.
fn history(edits: &[Edit]) -> Vec<(Date, Written, bool)> {
    let mut now = Written::default();
    let mut all = vec![(FIRST, now, true)];
    for (at, edit) in (1..).zip(edits) {
        match *edit {
            Edit::Target(target) => now.target = target,
            Edit::Effort(effort) => now.effort = effort,
            Edit::Neighbour(target) => now.neighbour = target,
            Edit::Order => now.is_turned ^= true,
            Edit::Words => now.in_words ^= true,
            Edit::Unreadable => {}
        }
        let day = add_days(FIRST, 3 * at).unwrap();
        all.push((day, now, !matches!(edit, Edit::Unreadable)));
    }
    all
}

proptest! {
    /// Whatever stands between, the slips are those that were made, and the day is that of the last change.
    #[test]
    fn slips_and_confirmations_are_those_that_were_made(edits in edits()) {
        let history = history(&edits);
        let today = roadmap(&history.last().unwrap().1.text());
        let mut builder = EvidenceBuilder::new(&today, &(0..today.features.len()).collect());
        for (day, written, is_read) in history.iter().rev() {
            let mut text = written.text();
            if !is_read {
                // What stands after it is lost.
                text.insert_str(0, "[features.audit]\nstatus = \"planned\"\n[[[\n");
            }
            let version = roadmap(&text);
            // As what reads them does, versions that cannot be read are passed over.
            if *is_read {
                builder.add(&RoadmapVersion::new(&version, *day));
            }
        }
        let evidence = builder.build(TODAY);
        let audit = evidence.of(today.find("audit").feature().unwrap(), 0).unwrap();

        let read: Vec<&(Date, Written, bool)> = history.iter().filter(|(.., is_read)| *is_read).collect();
        let changes = read.windows(2);
        let key = |written: Written| (written.target, written.effort);
        let last = changes.clone().rev().find(|pair| key(pair[0].1) != key(pair[1].1)).map_or(FIRST, |pair| pair[1].0);
        prop_assert_eq!(audit.confirmation, Some(Confirmation { on: last, by: ConfirmationSource::Commit }));

        let slips = changes.filter(|pair| pair[1].1.target > pair[0].1.target);
        let slips: Vec<(Option<Date>, i64)> = slips
            .map(|pair| (Some(pair[1].0), days_between(pair[0].1.last_day(), pair[1].1.last_day())))
            .collect();
        let found: Vec<(Option<Date>, i64)> = audit.slips().iter().map(|slip| (slip.on, slip.days)).collect();
        prop_assert_eq!(found, slips);
    }
}

/// The targets of a feature, by its own history and versions of the roadmap, the last one first.
fn targets(today: &str, versions: &[(Date, &str)]) -> Vec<(Option<Date>, String)> {
    let today = roadmap(today);
    let mut builder = EvidenceBuilder::new(&today, &(0..today.features.len()).collect());
    for (day, text) in versions {
        builder.add(&RoadmapVersion::new(&roadmap(text), *day));
    }
    let evidence = builder.build(TODAY);
    evidence.of(0, 0).unwrap().targets.iter().map(|target| (target.since, target.text.clone())).collect()
}

fn planned(target: &str, history: &str) -> String {
    format!("[features.audit]\nstatus = \"planned\"\ntarget = \"{target}\"\nhistory = [{history}]\n")
}

#[test]
fn both_histories_are_one() {
    let day = |month, day| Some(date(2026, month, day));
    let text = |text: &str| text.to_owned();
    let history = "{ on = 2025-06-01, target = \"2026-Q2\" }, { on = 2026-05-02, target = \"2026-Q4\" }";
    let now = planned("2027-Q1", history);
    // The import of May 2 was committed on that day; the target of 2025 was in no commit.
    let versions = [(date(2026, 5, 2), now.as_str()), (date(2026, 1, 10), &planned("2026-Q3", ""))];
    assert_eq!(
        targets(&now, &versions),
        [
            (Some(date(2025, 6, 1)), text("2026-Q2")),
            (day(1, 10), text("2026-Q3")),
            (day(5, 2), text("2026-Q4")),
            (day(5, 2), text("2027-Q1")),
        ]
    );
    // What both tell is one move.
    let history = "{ on = 2026-01-10, target = \"2026-Q3\" }";
    let now = planned("2026-Q4", history);
    let versions = [(date(2026, 1, 11), now.as_str()), (date(2026, 1, 9), &planned("Q3 2026", ""))];
    assert_eq!(targets(&now, &versions), [(day(1, 9), text("Q3 2026")), (day(1, 11), text("2026-Q4"))]);
    // Without versions nobody knows since when today's target holds.
    assert_eq!(targets(&now, &[]), [(day(1, 10), text("2026-Q3")), (None, text("2026-Q4"))]);
}

#[test]
fn further_offers_are_known_by_their_scopes() {
    let offer = |platform: &str, target: &str| {
        format!(
            "[[features.drift.offers]]\nfor = {{ platform = \"{platform}\" }}\nstatus = \"planned\"\ntarget = \"{target}\"\n"
        )
    };
    let own = "[features.drift]\nstatus = \"shipped\"\nfor = { platform = \"linux\" }\n";
    let now = format!("{own}{}{}", offer("macos", "2027-Q1"), offer("windows", "2027-Q3"));
    let then = format!("{own}{}{}", offer("Windows", "2027-Q2"), offer("macos", "2027-Q1"));
    let today = roadmap(&now);
    let mut builder = EvidenceBuilder::new(&today, &(0..today.features.len()).collect());
    builder.add(&RoadmapVersion::new(&today, date(2026, 5, 1)));
    builder.add(&RoadmapVersion::new(&roadmap(&then), date(2026, 2, 1)));
    builder.add(&RoadmapVersion::new(&roadmap("[features.other]\nstatus = \"idea\"\n"), FIRST));
    let evidence = builder.build(TODAY);
    let known = [0, 1, 2].map(|offer| {
        let known = evidence.of(0, offer).unwrap();
        (known.confirmation.unwrap().on, known.slips().len())
    });
    assert_eq!(known, [(date(2026, 2, 1), 0), (date(2026, 2, 1), 0), (date(2026, 5, 1), 1)]);
}
