//! The source tree, read for its rules: every file a person writes, nothing that is built.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders of things that are built, fetched or made by a run.
const NOT_WRITTEN: [&str; 8] =
    ["target", "node_modules", "dist", "out", ".git", "gen", "test-results", ".svelte-kit"];

/// A file and its text.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Source {
    /// Whether it holds the tests of the file beside it, under whose header it stands.
    pub(crate) fn is_tests(&self) -> bool {
        self.path.file_name().is_some_and(|name| name == "tests.rs")
    }

    /// The text without comment lines.
    pub(crate) fn code(&self) -> String {
        let is_comment = |line: &&str| {
            let line = line.trim_start();
            ["//", "*", "/*"].iter().any(|begin| line.starts_with(begin))
        };
        self.text.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n")
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the workspace").to_path_buf()
}

/// The files under a folder with these endings. There is at least one, or the rule asks in vain.
pub(crate) fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    assert!(!found.is_empty(), "no {endings:?} under {folder:?}");
    found
}

/// All files a person writes with these endings.
pub(crate) fn all_sources(endings: &[&str]) -> Vec<Source> {
    sources("", endings)
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder that can be read").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let has_ending =
            path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted));
        if path.is_dir() {
            if !NOT_WRITTEN.iter().any(|built| name == *built) {
                walk(&path, endings, found);
            }
        } else if has_ending {
            let text = fs::read_to_string(&path).expect("a text in UTF-8");
            found.push(Source { path, text });
        }
    }
}
