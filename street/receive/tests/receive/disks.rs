//! A disk that is full and one that may only be read, both real: in memory, in a mount namespace that nobody else sees.

use crate::office::{Office, complained, said};
use std::process::{Command, Output};

/// Runs a script with the office's folder on a disk of its own. `"$@"` in it is the receiver, `$folder` the folder.
fn on_a_disk(office: &Office, script: &str) -> Output {
    let mut receiver = office.command(&[]);
    receiver.env("LC_ALL", "C");
    let mut seeing = Command::new("unshare");
    seeing.args(["--map-root-user", "--mount", "sh", "-euc", script, "sh"]);
    seeing.arg(receiver.get_program()).args(receiver.get_args());
    seeing.env("folder", office.at("drop")).env("file", office.at("file.dat")).output().unwrap()
}

fn with_a_file() -> Office {
    let office = Office::new();
    office.is_given("30010100000017,1500,20261121093015000042");
    let laid = office.at("drop/merge_300101_20261121093015000042.dat");
    std::fs::rename(laid, office.at("file.dat")).unwrap();
    office
}

#[test]
fn a_full_disk_stops_it_before_anything_is_added_and_room_lets_it_go_on() {
    let script = r#"mount -t tmpfs -o size=64k small "$folder"
        cp "$file" "$folder"
        dd if=/dev/zero of="$folder/.filler" bs=4096 2> /dev/null || true
        "$@" || echo "exit $?"
        rm "$folder/.filler"
        "$@""#;
    let output = on_a_disk(&with_a_file(), script);
    let (said, complained) = (said(&output), complained(&output));
    assert!(said.starts_with("exit 10\n") && said.contains(",1500,"), "{said}{complained}");
    assert!(complained.contains("The folder's disk is full."), "{complained}");
}

#[test]
fn a_disk_that_may_only_be_read_stops_it_before_anything_is_added() {
    let script = r#"mount -t tmpfs small "$folder"
        cp "$file" "$folder"
        mount -o remount,ro "$folder"
        "$@" || echo "exit $?"
        mount -o remount,rw "$folder"
        "$@""#;
    let output = on_a_disk(&with_a_file(), script);
    let (said, complained) = (said(&output), complained(&output));
    assert!(said.starts_with("exit 10\n") && said.contains(",1500,"), "{said}{complained}");
    assert!(complained.contains("The folder cannot be written."), "{complained}");
}
