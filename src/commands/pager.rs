//! Text that is longer than the screen, shown by the program that the user reads with.

use std::io::{self, IsTerminal, Write};

use terminal_size::{Height, Width};

use super::log::stdout;

/// What shows a text where `PAGER` is not set: it ends by itself if the text fits, keeps colours, and leaves what it
/// showed on the screen.
const DEFAULT: &str = "less -FRX";

/// Writes a text to standard output. In a terminal that it does not fit into, `PAGER` shows it, if that is wanted.
pub(super) fn show(text: &str, paged: bool) -> io::Result<()> {
    if paged && io::stdout().is_terminal() && !fits(text, terminal_size::terminal_size()) {
        let pager = std::env::var("PAGER").unwrap_or_else(|_| DEFAULT.to_owned());
        // A pager that cannot be started shows nothing: the text follows as it is.
        through(&pager, text);
    }
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Whether a text fits on a screen, with a line left for the prompt.
fn fits(text: &str, screen: Option<(Width, Height)>) -> bool {
    let (columns, rows) =
        screen.map_or((80, 24), |(Width(columns), Height(rows))| (usize::from(columns), usize::from(rows)));
    let lines = text.lines().map(|line| textwrap::core::display_width(line).div_ceil(columns.max(1)).max(1));
    lines.sum::<usize>() < rows
}

/// Becomes the pager, a command with its arguments, which reads the text from a file without a name. So an
/// interruption is the pager's alone, as the keyboard is. Returns if there is none, or it cannot be started.
#[cfg(unix)]
fn through(pager: &str, text: &str) {
    use std::io::Seek;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    let mut words = pager.split_whitespace();
    // `PAGER=cat` is how people turn paging off.
    let Some(program) = words.next().filter(|program| *program != "cat") else { return };
    let file = tempfile::tempfile().and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.rewind()?;
        Ok(file)
    });
    let Ok(file) = file else { return };
    let mut command = Command::new(program);
    command.args(words).stdin(file);
    if std::env::var_os("LESS").is_none() {
        // What is in colour is read as such by a bare `less`, too.
        command.env("LESS", "FRX");
    }
    let _ = command.exec();
}

#[cfg(not(unix))]
fn through(_: &str, _: &str) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_lines_take_several_rows() {
        let screen = |columns, rows| Some((Width(columns), Height(rows)));
        assert!(fits("one\ntwo\n", screen(80, 3)));
        assert!(!fits("one\ntwo\nthree\n", screen(80, 3)));
        assert!(!fits("one and a half\ntwo\n", screen(10, 3)));
        assert!(fits("\u{1b}[1mone\u{1b}[0m two\n\n", screen(7, 3)));
        assert!(!fits("\n\n\n", screen(7, 3)));
        assert!(!fits(&"line\n".repeat(24), None));
    }
}
