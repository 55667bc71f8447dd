//! Arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser;
use dealcheck::cli::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(dealcheck::commands::run(&Cli::parse()))
}
