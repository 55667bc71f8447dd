//! Arguments in, exit status out.

use std::process::ExitCode;

use git_version::git_version;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `0.1.0 (6fcaf8354)`, or `0.1.0` where no commit is known. Asked for here, so that a commit rebuilds this file only.
const VERSION: &str = git_version!(
    args = ["--always", "--abbrev=9", "--exclude=*", "--dirty=, modified"],
    prefix = concat!(env!("CARGO_PKG_VERSION"), " ("),
    suffix = ")",
    fallback = env!("CARGO_PKG_VERSION")
);

fn main() -> ExitCode {
    ExitCode::from(dealcheck::main(VERSION))
}
