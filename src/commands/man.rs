//! `dealcheck man`: the manual page, from the command line as it is declared. One page holds all commands, so that
//! one file is installed and one page is searched.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::cli::Cli;

use super::{Exit, UntilClosed};

/// What `roff` begins each part with; a page needs it once.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// What `clap_mangen` writes for an empty line, and how it is written.
const EMPTY_LINE: (&str, &str) = (".br\n\n.br\n", ".sp\n");

/// Writes the page.
pub(super) fn run() -> io::Result<Exit> {
    let mut out = UntilClosed::new(io::stdout());
    out.write_all(page()?.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

fn page() -> io::Result<String> {
    let root = Cli::command();
    let man = Man::new(root.clone());
    let mut page = Page(format!(
        "{PREAMBLE}.TH DEALCHECK 1 \"\" \"dealcheck {}\" \"User Commands\"\n",
        env!("CARGO_PKG_VERSION")
    ));
    let mut bytes = Vec::new();
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    page.add(&bytes, str::to_owned);
    page.closing(&root, "SH");
    for command in root.get_subcommands() {
        page.command(command)?;
    }
    Ok(page.0)
}

/// The page as it grows.
struct Page(String);

impl Page {
    fn add(&mut self, part: &[u8], line: impl Fn(&str) -> String) {
        let part = String::from_utf8_lossy(part).replace(PREAMBLE, "").replace(EMPTY_LINE.0, EMPTY_LINE.1);
        self.0.extend(part.lines().map(|text| line(text.trim_end()) + "\n"));
    }

    /// A section for a command, whose parts are headed one step lower.
    fn command(&mut self, command: &Command) -> io::Result<()> {
        let name = format!("dealcheck {}", command.get_name());
        let mut head = Roff::new();
        head.control("SH", [name.to_uppercase().as_str()]);
        if let Some(about) = command.get_about() {
            head.text([roman(format!("{about}."))]);
        }
        self.add(head.render().as_bytes(), str::to_owned);
        // What holds for every command is said once, in front.
        let own = command.clone().bin_name(name).disable_help_flag(true).disable_help_subcommand(true);
        let mut bytes = Vec::new();
        let man = Man::new(own);
        man.render_synopsis_section(&mut bytes)?;
        if command.get_arguments().next().is_some() {
            man.render_options_section(&mut bytes)?;
        }
        self.add(&bytes, |line| match line.strip_prefix(".SH ") {
            Some(heading) => format!(".SS {}", capitalised(heading)),
            None => line.to_owned(),
        });
        self.closing(command, "SS");
        Ok(())
    }

    /// What a command's help ends with: a line that ends in a colon is a heading, what is indented stays as it is.
    fn closing(&mut self, command: &Command, heading: &str) {
        let Some(text) = command.get_after_long_help().or(command.get_after_help()) else { return };
        let mut roff = Roff::new();
        let (mut verbatim, mut apart) = (false, true);
        for line in text.to_string().lines() {
            let indented = line.strip_prefix("  ");
            match (indented.is_some(), verbatim) {
                (true, false) => roff.control("RS", ["4"]).control("nf", []),
                (false, true) => roff.control("fi", []).control("RE", []),
                _ => &mut roff,
            };
            verbatim = indented.is_some();
            match (indented, line.strip_suffix(':')) {
                (Some(line), _) => roff.text([roman(line)]),
                (None, Some(title)) if heading == "SH" => roff.control("SH", [title.to_uppercase().as_str()]),
                (None, Some(title)) => roff.control(heading, [title]),
                (None, None) if line.is_empty() => &mut roff,
                (None, None) if apart => roff.control("PP", []).text([roman(line)]),
                (None, None) => roff.text([roman(line)]),
            };
            apart = line.is_empty() || verbatim;
        }
        if verbatim {
            roff.control("fi", []).control("RE", []);
        }
        self.add(roff.render().as_bytes(), str::to_owned);
    }
}

fn capitalised(heading: &str) -> String {
    let lower = heading.to_lowercase();
    match lower.char_indices().find(|(_, character)| character.is_alphabetic()) {
        Some((at, first)) => {
            let rest = &lower[at + first.len_utf8()..];
            format!("{}{}{rest}", &lower[..at], first.to_uppercase())
        }
        None => lower,
    }
}
