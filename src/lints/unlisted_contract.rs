use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A file that looks like a contract and that nobody checks: `contracts` in dealcheck.toml passes over it, though it
    /// lies below the folder where one of the patterns begins, and `exclude` does not name it.
    ///
    /// ## Why it matters
    ///
    /// A pattern such as `contracts/*.yaml` names neither `contracts/acme.yml` nor `contracts/2027/acme.yaml`. Whoever
    /// writes such a file sees that nothing is found, and takes it for approval.
    ///
    /// ## Example
    ///
    /// ```toml dealcheck.toml
    /// contracts = ["contracts/*.yaml"]
    /// ```
    ///
    /// ```yaml contracts/acme.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-01-31
    /// ```
    ///
    /// ```yaml contracts/initech.yml
    /// contract: INITECH-2026-003
    /// customer: Initech
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-01-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-05-04
    /// ```
    ///
    /// ## Instead
    ///
    /// Name the folder: all contracts in it are checked, whatever they are called.
    ///
    /// ```toml dealcheck.toml
    /// contracts = ["contracts"]
    /// ```
    pub(super) static LINT = {
        name: "unlisted-contract",
        summary: "a file beside the contracts looks like one and is not checked",
        level: Level::Warn,
        check: Check::Unlisted(check),
    }
}

fn check(unlisted: &UnlistedFile) -> Finding {
    let name = &unlisted.file.name;
    Finding::of_files(&LINT, format!("{name} looks like a contract, and nobody checks it"))
        .label(unlisted.pattern, "neither this pattern nor another one names it")
        .about(name.clone())
        .help("name the folder instead, as in `contracts = [\"contracts\"]`, and every contract in it is checked")
        .help("if it is not to be checked, name it in `exclude`")
}
