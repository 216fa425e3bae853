//! The sources of a Linux system, from files laid out for each case and from this system itself.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use madoguchi_device::{LinuxPaths, LinuxSources};
use madoguchi_domain::fingerprint::measure;
use madoguchi_port::device::{FingerprintSources, SourceName, SourceReading};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// A system whose files are these; `None` = the file is missing.
fn system(
    machine_id: Option<&[u8]>,
    cpuinfo: Option<&[u8]>,
    board: Option<&[u8]>,
) -> (TempDir, LinuxSources) {
    let root = tempfile::tempdir().unwrap();
    let lay = |name: &str, bytes: Option<&[u8]>| {
        let path = root.path().join(name);
        if let Some(bytes) = bytes {
            fs::write(&path, bytes).unwrap();
        }
        path
    };
    let paths = LinuxPaths {
        machine_id: lay("machine-id", machine_id),
        cpuinfo: lay("cpuinfo", cpuinfo),
        board_name: lay("board_name", board),
        installation: root.path().join("lib/madoguchi/installation"),
    };
    (root, LinuxSources::new(paths))
}

fn value(readings: &[SourceReading], name: SourceName) -> Option<&str> {
    readings.iter().find(|reading| reading.name == name).and_then(|reading| reading.value.as_deref())
}

const CPUINFO: &[u8] =
    b"processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Core(TM) i5-8250U\n\n\
processor\t: 1\nmodel name\t: another\n";

#[test]
fn every_source_is_read_in_the_order_of_the_specification() {
    let (_root, sources) = system(Some(b"7d3f2c9a\n"), Some(CPUINFO), Some(b"PRIME B450M-A\n"));
    let readings = sources.read();
    assert_eq!(readings.iter().map(|reading| reading.name).collect::<Vec<_>>(), SourceName::LINUX);
    assert_eq!(value(&readings, SourceName::MachineId), Some("7d3f2c9a\n"));
    assert_eq!(value(&readings, SourceName::CpuModel), Some("Intel(R) Core(TM) i5-8250U"));
    assert_eq!(value(&readings, SourceName::BoardName), Some("PRIME B450M-A\n"));
}

#[test]
fn the_installation_value_is_made_once_and_every_user_can_read_it() {
    let (root, sources) = system(None, None, None);
    let first = sources.read();
    let made = value(&first, SourceName::InstallationValue).expect("it was made").trim().to_owned();
    assert_eq!(made.len(), 64);
    assert_eq!(sources.read(), first);

    let file = root.path().join("lib/madoguchi/installation");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644);
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "no draft is left behind");
}

#[test]
fn programs_that_start_at_once_agree_on_one_value() {
    let (_root, sources) = system(None, None, None);
    let readings: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| sources.read())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let last = sources.read();
    assert!(readings.iter().all(|reading| *reading == last));
}

#[test]
fn a_system_that_cannot_be_written_goes_without_the_installation_value() {
    let (root, _) = system(None, None, None);
    let in_the_way = root.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    let paths = LinuxPaths { installation: in_the_way.join("installation"), ..nothing(root.path()) };
    assert!(LinuxSources::new(paths).read().iter().all(|reading| reading.value.is_none()));
}

fn nothing(root: &Path) -> LinuxPaths {
    let missing = root.join("missing");
    LinuxPaths {
        machine_id: missing.clone(),
        cpuinfo: missing.clone(),
        board_name: missing.clone(),
        installation: missing,
    }
}

#[test]
fn odd_bytes_are_read_without_harm() {
    let endless = vec![0xff; 1_000_000];
    let (_root, sources) = system(Some(b"\xff\xfe\x00"), Some(&endless), Some(b""));
    let readings = sources.read();
    assert_eq!(value(&readings, SourceName::MachineId), Some("\u{fffd}\u{fffd}\0"));
    assert_eq!(value(&readings, SourceName::CpuModel), None);
    assert_eq!(value(&readings, SourceName::BoardName), Some(""));
    let weak = measure(&readings).expect_err("two of four say nothing, one is odd bytes only");
    assert!(weak.missing.contains(&SourceName::CpuModel));
}

#[test]
fn this_system_has_a_fingerprint_that_stays() {
    let root = tempfile::tempdir().unwrap();
    let paths = LinuxPaths { installation: root.path().join("installation"), ..LinuxPaths::default() };
    let sources = LinuxSources::new(paths);
    assert_eq!(measure(&sources.read()).unwrap(), measure(&sources.read()).unwrap());
}
