//! How files look: short, with a header, with names that say something.

use crate::tree::{Source, all_sources, root};

/// Lines beyond which nobody holds a file in mind.
const LONGEST_FILE: usize = 600;

/// Names that fit everything and therefore say nothing.
const VAGUE: [&str; 7] = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Info"];
/// As an ending, `Data` says no more than the type's being one.
const VAGUE_ENDINGS: [&str; 6] = ["Manager", "Helper", "Util", "Utils", "Data", "Info"];
/// Names of the field that happen to end so: pcscd is a service of the operating system, and the token
/// information (TokenInfo) is a file of PKCS#15.
const OF_THE_FIELD: [&str; 2] = ["PcscService", "TokenInfo"];

/// What is written by a program and not read by a person.
fn is_generated(source: &Source) -> bool {
    source.path.components().any(|part| part.as_os_str() == "generated")
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    for source in all_sources(&["rs", "ts", "svelte", "css", "sh"]) {
        let lines = source.text.lines().count();
        assert!(is_generated(&source) || lines <= LONGEST_FILE, "{}: {lines} lines", source.path.display());
    }
}

#[test]
fn every_rust_file_begins_by_saying_what_belongs_in_it() {
    for source in all_sources(&["rs"]) {
        assert!(source.text.starts_with("//! "), "{} has no header", source.path.display());
    }
}

#[test]
fn every_script_and_screen_script_begins_by_saying_what_it_is_for() {
    for source in all_sources(&["sh"]) {
        let first = source.text.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
        assert!(first.starts_with("# "), "{} has no header", source.path.display());
    }
    for source in all_sources(&["ts"]) {
        let begins = source.text.trim_start();
        let has_header = begins.starts_with("/**") || begins.starts_with("//");
        assert!(has_header, "{} has no header", source.path.display());
    }
}

#[test]
fn no_type_has_a_name_that_fits_everything() {
    for source in all_sources(&["rs", "ts", "svelte"]) {
        for name in declared_types(&source.code()) {
            let vague = VAGUE.contains(&name) || VAGUE_ENDINGS.iter().any(|ending| name.ends_with(ending));
            assert!(!vague || OF_THE_FIELD.contains(&name), "{}: {name}", source.path.display());
        }
    }
}

/// The names after `struct`, `enum`, `trait`, `type`, `class` and `interface`.
fn declared_types(code: &str) -> Vec<&str> {
    let words: Vec<&str> = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let declares = |word: &str| matches!(word, "struct" | "enum" | "trait" | "type" | "class" | "interface");
    words.windows(2).filter(|pair| declares(pair[0])).map(|pair| pair[1]).collect()
}

#[test]
fn nothing_is_left_half_done() {
    // Put together here, so that this file does not find itself.
    let marks = ["TO", "FIX", "X"].map(|begin| match begin {
        "TO" => "TODO",
        "FIX" => "FIXME",
        _ => "XXX",
    });
    let stubs = ["todo!(", "unimplemented!("];
    for source in all_sources(&["rs", "ts", "svelte", "sh"]) {
        if source.path == root().join("tests/tests/house/files.rs") {
            continue;
        }
        for left in marks.iter().chain(&stubs) {
            assert!(!source.text.contains(left), "{}: {left}", source.path.display());
        }
    }
}
