//! Who may decide what, and when.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::MemberSetting;

use super::calendar::Calendar;
use super::date::parse_date;
use super::misread::meaning;
use super::waiver::address_key;
use super::window::{Date, Window};

/// Who is in which role.
#[derive(Clone, Debug, Default)]
pub struct Roles(BTreeMap<String, RoleMembers>);

/// The members of a role, and where each address stands among them.
#[derive(Clone, Debug, Default)]
struct RoleMembers {
    all: Vec<Member>,
    by_address: HashMap<String, Vec<usize>>,
}

/// Somebody in a role, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The mail address.
    pub who: String,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Member {
    /// Whether it was a member on all days of a window.
    pub fn is_in_on(&self, days: Window) -> bool {
        self.from.is_none_or(|from| from <= days.earliest)
            && self.until.is_none_or(|until| days.latest <= until)
    }
}

impl Roles {
    /// Each time for which somebody is in a role.
    pub fn times(&self, role: &str, who: &str) -> impl Iterator<Item = &Member> {
        let times =
            self.0.get(role).and_then(|members| Some((members, members.by_address.get(&address_key(who))?)));
        times.into_iter().flat_map(|(members, places)| places.iter().map(|&at| &members.all[at]))
    }

    /// Those who are in a role on a day.
    pub fn people(&self, role: &str, day: Date) -> impl Iterator<Item = &str> {
        let members = self.0.get(role).into_iter().flat_map(|members| &members.all);
        members.filter(move |it| it.is_in_on(Window::day(day))).map(|it| it.who.as_str())
    }

    /// Whether somebody was in a role on all days of a window.
    pub fn hold(&self, role: &str, who: &str, days: Window) -> bool {
        self.times(role, who).any(|member| member.is_in_on(days))
    }
}

/// Reads who is in which role. Somebody whose days cannot be read is in none.
pub(crate) fn roles(field: &Field<Table<Items<MemberSetting>>>, problems: &mut Vec<Problem>) -> Roles {
    let entries = field.given().into_iter().flat_map(|table| &table.entries);
    let roles = entries.filter_map(|(role, members)| {
        let Items(members, _) = members.given()?;
        let all: Vec<Member> = members.iter().flatten().filter_map(|it| member(it, problems)).collect();
        let mut by_address: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, member) in all.iter().enumerate() {
            by_address.entry(address_key(&member.who)).or_default().push(at);
        }
        Some((role.value.to_string(), RoleMembers { all, by_address }))
    });
    Roles(roles.collect())
}

fn member(setting: &MemberSetting, problems: &mut Vec<Problem>) -> Option<Member> {
    let record = match setting {
        MemberSetting::Always(who) => {
            return Some(Member { who: who.value.to_string(), from: None, until: None });
        }
        MemberSetting::During(record) => record,
    };
    let mut day =
        |field: &Field<Text>| meaning(field, problems, |text| parse_date(text, &Calendar::default()));
    let (from, until) = (day(&record.from), day(&record.until));
    if from.is_broken() || until.is_broken() {
        return None;
    }
    let (from, until) = (from.given().copied(), until.given().copied());
    if let (Some(from), Some(until)) = (from, until)
        && from.value.earliest > until.value.latest
    {
        problems.push(
            Problem::at(until.span, "the last day in a role is before the first", "the last day")
                .label(from.span, "the first day")
                .help("write the earlier day as `from`"),
        );
        return None;
    }
    Some(Member {
        who: record.who.given()?.value.to_string(),
        from: from.map(|from| from.value.earliest),
        until: until.map(|until| until.value.latest),
    })
}
