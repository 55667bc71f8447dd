//! Arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser;
use dealcheck::cli::Cli;

fn main() -> ExitCode {
    ExitCode::from(dealcheck::commands::run(&Cli::parse()))
}
