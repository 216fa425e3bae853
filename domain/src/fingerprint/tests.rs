#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const MACHINE_ID: &str = "7d3f2c9a1b5e4c60a8e1d0f2b3c4d5e6";

fn linux(values: [Option<&str>; 4]) -> Vec<SourceReading> {
    SourceName::LINUX
        .into_iter()
        .zip(values)
        .map(|(name, value)| SourceReading { name, value: value.map(str::to_owned) })
        .collect()
}

#[test]
fn texts_written_differently_are_made_alike() {
    for (text, expected) in [
        ("  Intel(R)  Core(TM)\ti5-8250U \n", Some("INTEL(R) CORE(TM) I5-8250U")),
        ("PRIME\0B450M-A\0\0", Some("PRIME B450M-A")),
        ("\u{3000}基板 A1\u{3000}", Some("基板 A1")),
        ("\u{fffd}\u{fffd}x1y2", Some("\u{fffd}\u{fffd}X1Y2")),
        ("", None),
        (" \n\0 ", None),
    ] {
        assert_eq!(normalised(text).as_deref(), expected, "{text:?}");
    }
    assert_eq!(normalised(&"ab".repeat(513)), None, "too long");
}

#[test]
fn what_vendors_leave_in_place_of_a_serial_says_nothing() {
    for junk in [
        "To be filled by O.E.M.",
        "to be  filled by o.e.m.",
        "Default string",
        "None",
        "0",
        "00000000",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "xxxxxxx",
        "........",
        "System Serial Number",
        "123456789",
        "0123456789",
        "03000200-0400-0500-0006-000700080009",
        "Not Applicable",
        "uninitialized",
    ] {
        assert_eq!(normalised(junk), None, "{junk:?}");
    }
    for good in [MACHINE_ID, "B450M", "0x1234", "12", "1234567891"] {
        assert!(normalised(good).is_some(), "{good:?}");
    }
}

#[test]
fn one_good_source_is_not_enough_and_the_others_are_named() {
    let weak = measure(&linux([Some(MACHINE_ID), None, Some("Default string"), Some("0")]));
    assert_eq!(
        weak,
        Err(TooWeak {
            missing: vec![SourceName::CpuModel, SourceName::BoardName, SourceName::InstallationValue]
        })
    );
    assert!(measure(&linux([Some(MACHINE_ID), None, None, Some("5f1e")])).is_ok());
}

#[test]
fn a_missing_source_is_said_and_keeps_its_place() {
    let one = measure(&linux([Some("a1"), Some("b2"), None, Some("c3")])).unwrap();
    let other = measure(&linux([Some("a1"), Some("b2"), Some("c3"), None])).unwrap();
    assert_eq!(one.missing, [SourceName::BoardName]);
    assert_ne!(one.fingerprint, other.fingerprint);
}

#[test]
fn the_changed_source_can_be_named() {
    let before = measure(&linux([Some(MACHINE_ID), Some("cpu x"), None, Some("i1")])).unwrap();
    let same = measure(&linux([Some(MACHINE_ID), Some(" CPU  X"), Some("None"), Some("I1")])).unwrap();
    assert_eq!(changed_sources(&before.digests, &same.digests), []);
    assert_eq!(before.fingerprint, same.fingerprint);

    let other = measure(&linux([Some(MACHINE_ID), Some("cpu y"), Some("board"), None])).unwrap();
    assert_eq!(
        changed_sources(&before.digests, &other.digests),
        [SourceName::CpuModel, SourceName::BoardName, SourceName::InstallationValue]
    );
}

#[test]
fn stored_names_lead_back_to_their_sources() {
    for name in SourceName::LINUX.into_iter().chain(SourceName::WINDOWS) {
        assert_eq!(SourceName::parse(name.as_str()), Some(name));
    }
    assert_eq!(SourceName::parse("mac_address"), None);
}

fn vectors() -> Vec<serde_json::Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/fingerprint/vectors.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn readings(vector: &serde_json::Value) -> Vec<SourceReading> {
    vector["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| SourceReading {
            name: SourceName::parse(source["name"].as_str().unwrap()).unwrap(),
            value: source["value"].as_str().map(str::to_owned),
        })
        .collect()
}

#[test]
fn the_published_vectors_hold() {
    let vectors = vectors();
    assert!(vectors.len() >= 4);
    for vector in vectors {
        let title = vector["title"].as_str().unwrap();
        let measured = measure(&readings(&vector));
        let named = |sources: &[SourceName]| {
            serde_json::Value::from(sources.iter().map(|name| name.as_str()).collect::<Vec<_>>())
        };
        match measured {
            Ok(measurement) => {
                assert_eq!(vector["fingerprint"], hex::encode(measurement.fingerprint.0), "{title}");
                assert_eq!(vector["missing"], named(&measurement.missing), "{title}");
                for SourceDigest { name, digest } in measurement.digests {
                    assert_eq!(vector["digests"][name.as_str()], hex::encode(digest), "{title}");
                }
            }
            Err(TooWeak { missing }) => {
                assert!(vector["fingerprint"].is_null(), "{title}");
                assert_eq!(vector["missing"], named(&missing), "{title}");
            }
        }
    }
}

/// Runs a line of shell as `docs/fingerprint.md` prints it.
fn shell(line: &str) -> String {
    let mut child =
        Command::new("sh").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell starts");
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn sha256sum_alone_reproduces_the_documented_vector() {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/fingerprint.md"))
        .expect("the document stands");
    let commands: Vec<&str> =
        docs.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let documented = &vectors()[0];
    let expected =
        [documented["fingerprint"].as_str().unwrap(), documented["digests"]["machine_id"].as_str().unwrap()];
    assert_eq!(commands.len(), expected.len());
    for (command, digest) in commands.into_iter().zip(expected) {
        assert_eq!(shell(command).split_whitespace().next(), Some(digest), "{command}");
    }
}
