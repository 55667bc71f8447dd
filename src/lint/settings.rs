//! How each lint is set: its level, who set that, its options, and who may waive what it finds.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::input::decode::Text;
use crate::source::Span;

use super::{Level, Lint};

/// Who set a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody: it is the lint's own.
    Default,
    /// The configuration, at this place.
    Config(Span),
    /// A flag of the command line, such as `-D late-feature`.
    Flag(String),
    /// `--deny-warnings`
    DenyWarnings,
}

/// How one lint is set.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its level.
    pub level: Level,
    /// Who set the level.
    pub origin: Origin,
    /// The values of its options, in the order in which the lint declares them.
    pub options: Vec<Decimal>,
    /// The roles that may waive its findings.
    pub waived_by: Vec<Text>,
}

/// How every lint is set.
#[derive(Clone, Debug)]
pub struct Settings {
    lints: &'static [&'static Lint],
    /// In the order of the lints.
    settings: Vec<Setting>,
}

impl Settings {
    /// Every lint as it is where nobody sets anything. The lints must be in the order of their names.
    pub fn of_lints(lints: &'static [&'static Lint]) -> Self {
        let by_itself = |lint: &&Lint| Setting {
            level: lint.level,
            origin: Origin::Default,
            options: lint.options.iter().map(|option| Decimal::from(option.default)).collect(),
            waived_by: Vec::new(),
        };
        Self { lints, settings: lints.iter().map(by_itself).collect() }
    }

    /// How a lint is set.
    pub fn of(&self, lint: &Lint) -> &Setting {
        &self.settings[self.place(lint)]
    }

    /// How a lint is set, to be set otherwise.
    pub fn of_mut(&mut self, lint: &Lint) -> &mut Setting {
        let place = self.place(lint);
        &mut self.settings[place]
    }

    /// How each lint is set, to be set otherwise.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Setting> {
        self.settings.iter_mut()
    }

    /// The level of a lint.
    pub fn level(&self, lint: &Lint) -> Level {
        self.of(lint).level
    }

    /// The value of a lint's option.
    #[expect(clippy::expect_used, reason = "a lint asks for its own options by the names that it declares")]
    pub fn option(&self, lint: &Lint, name: &str) -> Decimal {
        let at = lint.options.iter().position(|option| option.name == name);
        self.of(lint).options[at.expect("a lint declares its options")]
    }

    /// The value of a lint's option that counts days or things.
    pub fn number(&self, lint: &Lint, name: &str) -> i64 {
        self.option(lint, name).to_i64().unwrap_or(i64::MAX)
    }

    #[expect(
        clippy::expect_used,
        reason = "another lint's settings are worse than an end: a test holds the registry"
    )]
    fn place(&self, lint: &Lint) -> usize {
        self.lints
            .binary_search_by(|known| known.name.cmp(lint.name))
            .expect("every lint is in the registry, by name")
    }
}

impl Setting {
    /// Sets the level. Nothing lowers a `forbid`.
    pub fn set(&mut self, level: Level, origin: Origin) {
        // As in rustc: a `forbid` that a later flag could lower would forbid nothing.
        if self.level != Level::Forbid {
            self.level = level;
            self.origin = origin;
        }
    }
}
