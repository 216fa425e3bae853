//! Every SQL statement numbers its parameters in the order in which they appear.
//!
//! `$2` before `$1` means one thing to SQLite, which counts by appearance, and another to PostgreSQL,
//! which goes by the number; in order of appearance both mean the same.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

/// The parameter numbers of a string literal, each at its first appearance.
fn parameters(literal: &str) -> Vec<usize> {
    let mut seen = Vec::new();
    for part in literal.split('$').skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(number) = digits.parse()
            && !seen.contains(&number)
        {
            seen.push(number);
        }
    }
    seen
}

#[test]
fn parameters_are_numbered_in_order_of_appearance() {
    let mut statements = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        for literal in text.split('"').skip(1).step_by(2) {
            let numbers = parameters(literal);
            // A statement put together of several texts begins elsewhere; `$argon2id$v=…` is none.
            if numbers.contains(&1) {
                statements += 1;
                assert!(numbers.is_sorted(), "{}: {literal}", path.display());
            }
        }
    }
    assert!(statements > 30, "only {statements} statements found: this looks in the wrong place");
}
