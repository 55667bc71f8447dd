//! Which level a lint has, and who set it: `[lints]`, then the command line, then `--deny-warnings`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Scalar, Table, Text};
use crate::input::records::{ConfigRecord, LintSetting};
use crate::input::source::Span;
use crate::lint::{Level, Lint, LintOption, OptionKind};
use crate::lints::{self, LINTS};
use crate::model::misread::{Misread, value};
use crate::model::quantity::Quantity;
use crate::text;

/// The key that every lint's table may have besides `level` and its own options.
pub const WAIVED_BY: &str = "waived-by";

/// The key of the level in a lint's table.
pub const LEVEL: &str = "level";

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

/// A level given on the command line, in the order of the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelFlag {
    /// The flag as typed: `-D`.
    pub flag: &'static str,
    /// The level it gives.
    pub level: Level,
    /// The lint's name as typed.
    pub lint: String,
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
pub struct Settings(Vec<Setting>);

impl Default for Settings {
    fn default() -> Self {
        Self(
            LINTS
                .iter()
                .map(|lint| Setting {
                    level: lint.level,
                    origin: Origin::Default,
                    options: lint.options.iter().map(|option| Decimal::from(option.default)).collect(),
                    waived_by: Vec::new(),
                })
                .collect(),
        )
    }
}

impl Settings {
    /// Reads the levels and options of a run. What is wrong with `[lints]` is added to `problems`; names on the
    /// command line have been checked by [`resolve_flag`].
    pub fn new(
        config: Option<&ConfigRecord>,
        flags: &[LevelFlag],
        deny_warnings: bool,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut settings = Self::default();
        let roles: Vec<&str> = config
            .and_then(|config| config.roles.given())
            .map(|roles| roles.entries.iter().map(|(name, _)| name.value.as_str()).collect())
            .unwrap_or_default();
        for (name, field) in
            config.and_then(|config| config.lints.given()).iter().flat_map(|table| &table.entries)
        {
            match lints::find(&name.value) {
                Some(lint) => {
                    if let (Some(setting), Field::Given(written)) = (settings.get_mut(lint), field) {
                        configure(setting, lint, name, written, &roles, problems);
                    }
                }
                None => problems.push(unknown_lint(name)),
            }
        }
        for flag in flags {
            if let Some(setting) = lints::find(&flag.lint).and_then(|lint| settings.get_mut(lint)) {
                setting.set(flag.level, Origin::Flag(format!("{} {}", flag.flag, flag.lint)));
            }
        }
        if deny_warnings {
            for setting in settings.0.iter_mut().filter(|setting| setting.level == Level::Warn) {
                setting.set(Level::Deny, Origin::DenyWarnings);
            }
        }
        settings
    }

    /// How a lint is set.
    pub fn of(&self, lint: &Lint) -> &Setting {
        // Every lint is in the registry, which is sorted; a test holds it to that.
        &self.0[lints::index(lint)]
    }

    /// The level of a lint.
    pub fn level(&self, lint: &Lint) -> Level {
        self.of(lint).level
    }

    /// The value of a lint's option; zero for one that it does not declare, which a test rules out.
    pub fn option(&self, lint: &Lint, name: &str) -> Decimal {
        let at = lint.options.iter().position(|option| option.name == name);
        at.and_then(|at| self.of(lint).options.get(at)).copied().unwrap_or_default()
    }

    /// The value of a lint's option that counts days or things.
    pub fn number(&self, lint: &Lint, name: &str) -> i64 {
        self.option(lint, name).to_i64().unwrap_or(i64::MAX)
    }

    fn get_mut(&mut self, lint: &Lint) -> Option<&mut Setting> {
        self.0.get_mut(lints::index(lint))
    }
}

impl Setting {
    /// Nothing lowers a `forbid`.
    fn set(&mut self, level: Level, origin: Origin) {
        if self.level != Level::Forbid {
            self.level = level;
            self.origin = origin;
        }
    }
}

/// The lint that a flag names, or what to say of it.
pub fn resolve_flag(name: &str) -> Result<&'static Lint, String> {
    lints::find(name).ok_or_else(|| match nearest_lint(name) {
        Some(near) => format!("there is no lint `{}`; did you mean `{near}`?", text::clean(name)),
        None => format!("there is no lint `{}`; `dealcheck explain` lists them all", text::clean(name)),
    })
}

fn configure(
    setting: &mut Setting,
    lint: &Lint,
    name: &Text,
    written: &LintSetting,
    roles: &[&str],
    problems: &mut Vec<Problem>,
) {
    match written {
        LintSetting::Level(text) => {
            if let Some(level) = value(text, problems, parse_level) {
                setting.set(level.value, Origin::Config(name.span));
            }
        }
        LintSetting::Table(table) => configure_table(setting, lint, table, roles, problems),
    }
}

fn configure_table(
    setting: &mut Setting,
    lint: &Lint,
    table: &Table<Vec<Scalar>>,
    roles: &[&str],
    problems: &mut Vec<Problem>,
) {
    for (key, field) in &table.entries {
        let Some(values) = field.given() else { continue };
        if key.value == WAIVED_BY {
            setting.waived_by = known_roles(values, roles, problems);
            continue;
        }
        let option = lint.options.iter().position(|option| option.name == key.value);
        if option.is_none() && key.value != LEVEL {
            problems.push(unknown_option(lint, key));
            continue;
        }
        let [Scalar::Text(text)] = values.as_slice() else {
            let title = format!("`{}` takes one text", key.value);
            problems.push(Problem::at(key.span, title, "expected one text here"));
            continue;
        };
        match option {
            Some(at) => {
                let option = &lint.options[at];
                if let Some(read) = value(text, problems, |text| parse_option(option, text)) {
                    setting.options[at] = read.value;
                }
            }
            None => {
                if let Some(level) = value(text, problems, parse_level) {
                    setting.set(level.value, Origin::Config(text.span));
                }
            }
        }
    }
}

fn known_roles(values: &[Scalar], roles: &[&str], problems: &mut Vec<Problem>) -> Vec<Text> {
    let mut known = Vec::new();
    for value in values {
        match value {
            Scalar::Text(text) if roles.contains(&text.value.as_str()) => known.push(text.clone()),
            Scalar::Text(text) => {
                let problem =
                    Problem::at(text.span, format!("there is no role `{}`", text.value), "unknown role");
                problems.push(match text::nearest(&text.value, roles.iter().copied()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => {
                        problem.help(format!("say who it is, under `[roles]`: `{} = [\"…\"]`", text.value))
                    }
                });
            }
            Scalar::Bool(value) => {
                problems.push(Problem::at(
                    value.span,
                    "`waived-by` takes the names of roles",
                    "expected a role",
                ));
            }
        }
    }
    known
}

fn parse_level(text: &str) -> Result<Level, Misread> {
    Level::parse(text).ok_or_else(|| {
        let misread =
            Misread::new(format!("`{text}` is not a level"), "expected `allow`, `warn`, `deny` or `forbid`");
        match text::nearest(text, Level::ALL.map(Level::name)) {
            Some(near) => misread.help(format!("did you mean `{near}`?")),
            None => misread,
        }
    })
}

fn parse_option(option: &LintOption, text: &str) -> Result<Decimal, Misread> {
    let expected = |example: &str| {
        Misread::new(format!("`{text}` is not a value for `{}`", option.name), format!("expected {example}"))
    };
    match option.kind {
        OptionKind::Days => {
            let days = Quantity::parse(text)?.days().filter(Decimal::is_integer);
            days.ok_or_else(|| expected("a number of days such as `30 days`"))
        }
        OptionKind::Percent => {
            let percent = Quantity::parse(text)?.percent().filter(|percent| *percent <= Decimal::ONE_HUNDRED);
            percent.ok_or_else(|| expected("a share from `0 %` to `100 %`"))
        }
        OptionKind::Count => {
            text.parse::<u32>().map(Decimal::from).map_err(|_| expected("a whole number such as `5`"))
        }
    }
}

fn unknown_lint(name: &Text) -> Problem {
    let problem = Problem::at(name.span, format!("there is no lint `{}`", name.value), "unknown lint");
    match nearest_lint(&name.value) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("`dealcheck explain` lists all lints"),
    }
}

fn unknown_option(lint: &Lint, key: &Text) -> Problem {
    let names: Vec<&str> =
        [LEVEL, WAIVED_BY].into_iter().chain(lint.options.iter().map(|option| option.name)).collect();
    let title = format!("`{}` has no option `{}`", lint.name, key.value);
    let problem = Problem::at(key.span, title, "unknown option");
    match text::nearest(&key.value, names.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            problem.help(format!("`{}` takes {}", lint.name, text::and_list(&names)))
        }
    }
}

fn nearest_lint(name: &str) -> Option<&'static str> {
    text::nearest(name, LINTS.iter().map(|lint| lint.name))
}
