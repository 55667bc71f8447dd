//! What was checked, and by what: hashes of files, and the commit that they are in.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::repository::{Repository, git, run};
use serde_json::Value;

const ROADMAP: &str = "[features.sso]\nstatus = \"shipped\"\n";
const CONTRACT: &str = "contract: A-1\ncustomer: A\nrequirements:\n  - { feature: sso, due: 2027-01-31 }\n";

fn provenance(repository: &Repository, args: &[&str]) -> Value {
    let ran = run(repository.path(), args);
    let output: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    output["provenance"].clone()
}

fn committed(provenance: &Value) -> Vec<(String, bool)> {
    let files = provenance["files"].as_array().unwrap().iter();
    files.map(|it| (it["file"].as_str().unwrap().to_owned(), it["committed"].as_bool().unwrap())).collect()
}

#[test]
fn files_are_committed_where_they_are_what_the_commit_has() {
    let repository = Repository::new();
    repository.write("roadmap.toml", ROADMAP);
    repository.write("deals/a.yaml", CONTRACT);
    repository.commit();
    let all = [("roadmap.toml".to_owned(), true), ("deals/a.yaml".to_owned(), true)];
    for args in [&["lint", "deals", "--format", "json"][..], &["report", "deals", "--format", "json"]] {
        let found = provenance(&repository, args);
        assert_eq!(committed(&found), all, "{found}");
        assert_eq!(found["program"], concat!("dealcheck ", env!("CARGO_PKG_VERSION")));
        let head = git(repository.path(), &["rev-parse", "HEAD"]);
        assert_eq!(found["commit"].as_str().unwrap(), head.trim());
    }
    // As `sha256sum` has it.
    let hash = "536ce3340f9015b4db369b61f182cfede53a21026a924fd0e5c8ce39a0f495fa";
    let found = provenance(&repository, &["lint", "deals", "--format", "json"]);
    assert_eq!(found["files"][0]["sha256"], hash);

    repository.write("deals/a.yaml", CONTRACT.replace("2027-01-31", "2027-02-28"));
    repository.write("deals/b.yaml", CONTRACT.replace("A-1", "B-1"));
    let found = provenance(&repository, &["lint", "deals", "--format", "json"]);
    let now = [("roadmap.toml", true), ("deals/a.yaml", false), ("deals/b.yaml", false)];
    assert_eq!(committed(&found), now.map(|(name, is)| (name.to_owned(), is)));
}

#[test]
fn no_filter_makes_a_file_what_the_commit_has() {
    let repository = Repository::new();
    repository.write("roadmap.toml", ROADMAP);
    repository.write("deals/a.yaml", CONTRACT);
    repository.commit();
    let ran = repository.path().join("ran");
    git(
        repository.path(),
        &["config", "filter.old.clean", &format!("touch {}; git show HEAD:deals/a.yaml", ran.display())],
    );
    repository.write(".gitattributes", "*.yaml filter=old\n");
    repository.write("deals/a.yaml", CONTRACT.replace("2027-01-31", "2027-02-28"));
    let found = provenance(&repository, &["lint", "deals", "--format", "json"]);
    assert_eq!(committed(&found)[1], ("deals/a.yaml".to_owned(), false));
    assert!(!ran.exists());
}

#[test]
fn the_page_says_what_it_was_made_from() {
    let repository = Repository::new();
    repository.write("roadmap.toml", ROADMAP);
    repository.write("deals/a.yaml", CONTRACT);
    let page = run(repository.path(), &["report", "deals", "--format", "html"]).stdout;
    assert!(page.contains(concat!("Made by dealcheck ", env!("CARGO_PKG_VERSION"))));
    assert!(page.contains("deals/a.yaml") && page.contains("SHA-256") && !page.contains("not as the commit"));
}
