//! How files look: short, with a header, with names that say something.

use crate::tree::{Source, all_sources, root, sources};

/// Lines beyond which nobody holds a file in mind.
const LONGEST_FILE: usize = 600;

/// Names that fit everything and therefore say nothing.
const VAGUE: [&str; 7] = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Info"];
/// As an ending, `Data` says no more than the type's being one.
const VAGUE_ENDINGS: [&str; 6] = ["Manager", "Helper", "Util", "Utils", "Data", "Info"];
/// Names of the field that happen to end so: pcscd is a service of the operating system, and the token
/// information (`TokenInfo`) is a file of PKCS#15.
const OF_THE_FIELD: [&str; 2] = ["PcscService", "TokenInfo"];

/// What stands where something is still to come.
const HALF_DONE: [&str; 5] = ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("];

/// What is written by a program and not read by a person.
fn is_generated(source: &Source) -> bool {
    source.path.components().any(|part| part.as_os_str() == "generated")
}

/// Every offender is named at once, so that one run shows all there is to do.
fn none_offends(rule: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{rule}:\n{}", offenders.join("\n"));
}

fn offenders(sources: Vec<Source>, offence: impl Fn(&Source) -> Option<String>) -> Vec<String> {
    let named = |source: Source| offence(&source).map(|what| format!("{}: {what}", source.path.display()));
    sources.into_iter().filter_map(named).collect()
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let too_long = offenders(all_sources(&["rs", "ts", "svelte", "css", "sh", "sql"]), |source| {
        let lines = source.text.lines().count();
        (!is_generated(source) && lines > LONGEST_FILE).then(|| format!("{lines} lines"))
    });
    none_offends("at most 600 lines", &too_long);
}

#[test]
fn every_rust_file_begins_by_saying_what_belongs_in_it() {
    let without = offenders(all_sources(&["rs"]), |source| {
        (!source.is_tests() && !source.text.starts_with("//! ")).then(|| "no header".to_owned())
    });
    none_offends("a header", &without);
}

#[test]
fn every_script_begins_by_saying_what_it_is_for() {
    let scripts = offenders(all_sources(&["sh"]), |source| {
        let first = source.text.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
        (!first.starts_with("# ")).then(|| "no header".to_owned())
    });
    let screens = offenders(sources("ui/src", &["ts"]), |source| {
        let begins = source.text.trim_start();
        (!begins.starts_with("/**") && !begins.starts_with("//")).then(|| "no header".to_owned())
    });
    none_offends("a header", &[scripts, screens].concat());
}

#[test]
fn no_type_has_a_name_that_fits_everything() {
    let vague = offenders(all_sources(&["rs", "ts", "svelte"]), |source| {
        let code = source.code();
        let is_vague = |name: &&str| {
            let fits_all = VAGUE.contains(name) || VAGUE_ENDINGS.iter().any(|ending| name.ends_with(ending));
            fits_all && !OF_THE_FIELD.contains(name)
        };
        let found: Vec<_> = declared_types(&code).into_iter().filter(is_vague).collect();
        (!found.is_empty()).then(|| found.join(", "))
    });
    none_offends("names that say something", &vague);
}

/// The names after `struct`, `enum`, `trait`, `type`, `class` and `interface`.
fn declared_types(code: &str) -> Vec<&str> {
    let words: Vec<&str> = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let declares = |word: &str| matches!(word, "struct" | "enum" | "trait" | "type" | "class" | "interface");
    words.windows(2).filter(|pair| declares(pair[0])).map(|pair| pair[1]).collect()
}

#[test]
fn nothing_is_left_half_done() {
    // This file names what it looks for.
    let here = root().join("tests/tests/house/files.rs");
    let left = offenders(all_sources(&["rs", "ts", "svelte", "sh"]), |source| {
        let mark = HALF_DONE.iter().find(|mark| source.path != here && source.text.contains(**mark));
        mark.map(|mark| (*mark).to_owned())
    });
    none_offends("nothing half done", &left);
}
