//! How long something is late, or may be.

use crate::model::calendar::Calendar;
use crate::model::date::quoted;
use crate::model::misread::Misread;
use crate::model::window::Date;

use super::{Distance, Offset, distance};

impl Offset {
    /// Reads a delay: a number and a unit, such as `10 business days`.
    pub fn parse_delay(text: &str) -> Result<Self, Misread> {
        match distance(text, text.trim())? {
            Some((Some(amount), unit, "")) => Ok(Self(Distance::By { amount, unit })),
            _ => {
                let title = format!("`{}` is no length of a delay", quoted(text));
                let label = "expected a number of days, business days, weeks, months or years";
                Err(Misread::new(title, label).help("write how long, such as `10 days`"))
            }
        }
    }

    /// The day that lies so far after another.
    pub fn day_after(self, day: Date, calendar: &Calendar) -> Option<Date> {
        match self.0 {
            Distance::By { amount, unit } => unit.add(amount, day, calendar),
            Distance::Before => day.yesterday().ok(),
        }
    }

    /// The distance without its direction: `10 days`.
    pub fn length(self) -> String {
        let words = self.to_string();
        let length = words.strip_suffix(" after").or_else(|| words.strip_suffix(" before"));
        length.unwrap_or(&words).to_owned()
    }
}
