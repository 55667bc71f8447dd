//! Which level a lint has, and who set it: `[lints]`, then the command line, then `--deny-warnings`.

use rust_decimal::Decimal;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, KnownTable, Scalar, Table, Text};
use crate::input::records::{ConfigRecord, LintSetting};
use crate::lint::settings::{Origin, Setting, Settings};
use crate::lint::{Level, Lint, LintOption, OptionKind};
use crate::lints::{self, LINTS};
use crate::model::misread::{Misread, value};
use crate::model::quantity::Quantity;
use crate::text;

/// The key that every lint's table may have besides `level` and its own options.
pub(crate) const WAIVED_BY: &str = "waived-by";

/// The key of the level in a lint's table.
pub(crate) const LEVEL: &str = "level";

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

/// Reads the levels and options of a run. What is wrong with `[lints]` is added to `problems`; names on the
/// command line have been checked by [`resolve_flag`].
pub(crate) fn settings(
    config: Option<&ConfigRecord>,
    flags: &[LevelFlag],
    only: &[&'static str],
    deny_warnings: bool,
    problems: &mut Vec<Problem>,
) -> Settings {
    let mut settings = Settings::of_lints(LINTS);
    let roles: Vec<&str> = config
        .and_then(|config| config.roles.given())
        .map(|roles| roles.entries.iter().map(|(name, _)| name.value.as_str()).collect())
        .unwrap_or_default();
    for (name, field) in
        config.and_then(|config| config.lints.given()).iter().flat_map(|KnownTable(table)| &table.entries)
    {
        match lints::find(&name.value) {
            Some(lint) => {
                if let Field::Given(written) = field {
                    configure(settings.of_mut(lint), lint, name, written, &roles, problems);
                }
            }
            None => problems.push(unknown_lint(name)),
        }
    }
    for flag in flags {
        // After the configuration, and in the order typed: the last one wins, save over `forbid`.
        if let Some(lint) = lints::find(&flag.lint) {
            settings.of_mut(lint).set(flag.level, Origin::Flag(format!("{} {}", flag.flag, flag.lint)));
        }
    }
    // To ask for a lint that is allowed and be told nothing would be taken for a yes.
    for name in only {
        if let Some(lint) = lints::find(name).filter(|lint| settings.of(lint).level == Level::Allow) {
            settings.of_mut(lint).set(Level::Warn, Origin::Flag(format!("--only {name}")));
        }
    }
    // Last, so that it raises what a flag has set to `warn`, too.
    if deny_warnings {
        for setting in settings.iter_mut().filter(|setting| setting.level == Level::Warn) {
            setting.set(Level::Deny, Origin::DenyWarnings);
        }
    }
    settings
}

/// The lint that a flag names, or what to say of it.
pub(crate) fn resolve_flag(name: &str) -> Result<&'static Lint, String> {
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
        LintSetting::Table(KnownTable(table)) => configure_table(setting, lint, table, roles, problems),
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
                let otherwise = format!("say who it is, under `[roles]`: `{} = [\"…\"]`", text.value);
                problems.push(problem.help_nearest(&text.value, roles.iter().copied(), otherwise));
            }
            Scalar::Bool(value) => {
                problems
                    .push(Problem::at(value.span, "`waived-by` takes the names of roles", "expected a role"));
            }
        }
    }
    known
}

fn parse_level(text: &str) -> Result<Level, Misread> {
    Level::parse(text).ok_or_else(|| {
        // What other tools call them.
        let other = match text.to_ascii_lowercase().as_str() {
            "error" | "err" | "fail" => Some("deny"),
            "warning" | "info" | "note" | "hint" => Some("warn"),
            "off" | "ignore" | "none" | "disable" | "disabled" | "skip" => Some("allow"),
            _ => None,
        };
        Misread::new(format!("`{text}` is not a level"), "expected `allow`, `warn`, `deny` or `forbid`")
            .did_you_mean(other.or_else(|| text::nearest(text, Level::ALL.map(Level::name))))
    })
}

fn parse_option(option: &LintOption, text: &str) -> Result<Decimal, Misread> {
    let expected = |example: &str| {
        Misread::new(format!("`{text}` is not a value for `{}`", option.name), format!("expected {example}"))
    };
    match option.kind {
        OptionKind::Days => {
            let days = Quantity::parse_measure(text)?.days().filter(Decimal::is_integer);
            days.ok_or_else(|| expected("a number of days such as `30 days`"))
        }
        OptionKind::Percent => {
            let percent =
                Quantity::parse_measure(text)?.percent().filter(|percent| *percent <= Decimal::ONE_HUNDRED);
            percent.ok_or_else(|| expected("a share from `0 %` to `100 %`"))
        }
        OptionKind::Count => {
            text.parse::<u32>().map(Decimal::from).map_err(|_| expected("a whole number such as `5`"))
        }
    }
}

/// The problem of a lint that does not exist.
pub(super) fn unknown_lint(name: &Text) -> Problem {
    Problem::at(name.span, format!("there is no lint `{}`", name.value), "unknown lint")
        .help_near(nearest_lint(&name.value), "`dealcheck explain` lists all lints")
}

fn unknown_option(lint: &Lint, key: &Text) -> Problem {
    let names: Vec<&str> =
        [LEVEL, WAIVED_BY].into_iter().chain(lint.options.iter().map(|option| option.name)).collect();
    let title = format!("`{}` has no option `{}`", lint.name, key.value);
    let quoted = text::in_backticks(&names);
    let otherwise = format!("`{}` takes {}", lint.name, text::and_list(&quoted));
    Problem::at(key.span, title, "unknown option").help_nearest(&key.value, names, otherwise)
}

fn nearest_lint(name: &str) -> Option<&'static str> {
    text::nearest(name, LINTS.iter().map(|lint| lint.name))
}
