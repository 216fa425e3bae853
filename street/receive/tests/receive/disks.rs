//! A disk that is full and one that may only be read, both real: in memory, in a mount namespace that nobody else sees.

use crate::office::{Office, complained, said};
use std::process::{Command, Output};

/// Runs a script with the office's folder, or that of its lists, on a disk of its own. `"$@"` in it is the receiver,
/// `$folder` and `$lists` are the folders.
fn on_a_disk(office: &Office, script: &str) -> Output {
    std::fs::create_dir(office.at("lists")).unwrap();
    let list = office.at("lists/credits.csv");
    let to_the_list = ["--list", list.to_str().unwrap()];
    let mut receiver = office.command(if script.contains("$lists") { &to_the_list } else { &[] });
    receiver.env("LC_ALL", "C");
    let mut seeing = Command::new("unshare");
    seeing.args(["--map-root-user", "--mount", "sh", "-euc", script, "sh"]);
    seeing.arg(receiver.get_program()).args(receiver.get_args());
    seeing.env("folder", office.at("drop")).env("file", office.at("file.dat"));
    seeing.env("lists", office.at("lists")).output().unwrap()
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

#[test]
fn a_list_on_a_full_disk_is_left_as_it_was_and_has_the_credit_whole_once_there_is_room() {
    // Room for 22 bytes more: a write gets that far, in the middle of the line.
    let script = r#"mount -t tmpfs -o size=4k small "$lists"
        { echo posting,point_id,points,number,received_at
          head -c 4030 /dev/zero | tr '\0' x
          echo; } > "$lists/credits.csv"
        cp "$lists/credits.csv" "$folder/../before.csv"
        cp "$file" "$folder"
        "$@" || echo "exit $?"
        cmp "$folder/../before.csv" "$lists/credits.csv" && echo as it was
        mount -o remount,size=64k "$lists"
        "$@"
        tail -n 1 "$lists/credits.csv"
        wc -l < "$lists/credits.csv""#;
    let output = on_a_disk(&with_a_file(), script);
    let (said, complained) = (said(&output), complained(&output));
    let credit = "exit 13\nas it was\n1,30010100000017,1500,20261121093015000042,";
    assert!(said.starts_with(credit) && said.ends_with("\n3\n"), "{said}{complained}");
}

#[test]
fn a_file_that_cannot_be_moved_has_an_exit_code_of_its_own_and_its_points_are_added_once() {
    // What another disk hangs in has its name held by the system, as Windows holds one that a program has open.
    let script = r#"cp "$file" "$folder/held.dat"
        mount --bind "$folder/held.dat" "$folder/held.dat"
        "$@" || echo "exit $?"
        "$@" || echo "exit $?"
        umount "$folder/held.dat"
        "$@""#;
    let output = on_a_disk(&with_a_file(), script);
    let (said, complained) = (said(&output), complained(&output));
    assert!(output.status.success(), "{said}{complained}");
    assert_eq!((said.matches(",1500,").count(), said.matches("exit 5\n").count()), (1, 2), "{said}");
    assert_eq!(complained.matches("1: The file cannot be read or moved now.").count(), 2, "{complained}");
}
