//! The page that tells what was measured: each bench writes its part of it where `UPDATE=1` asks for that.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Whether the page is to be written.
pub(crate) fn is_asked() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// The path of a file beside the page.
pub(crate) fn beside(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).join(name)
}

/// Replaces a part of the page, which stands between two comments with its name.
pub(crate) fn write(name: &str, part: &str) {
    let path = beside("performance.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (head, rest) = page.split_once(&format!("<!-- {name} -->\n")).expect("where the part begins");
    let (_, tail) = rest.split_once(&format!("<!-- end of {name} -->\n")).expect("where the part ends");
    let part = format!("{head}<!-- {name} -->\n{}\n\n<!-- end of {name} -->\n{tail}", part.trim_end());
    fs::write(&path, part).expect("the page, written");
}

/// When and where it was measured, and of what.
pub(crate) fn setting() -> String {
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().ok();
        output.map_or_else(String::new, |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unnamed processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned();
    format!(
        "Measured on {}, with {}, built by {}, on {model}, {cores} cores, {}; the load before it was {load}.",
        jiff::Zoned::now().date(),
        said(env!("CARGO_BIN_EXE_dealcheck"), &["--version"]),
        said("rustc", &["--version"]),
        said("uname", &["-sr"]),
    )
}
