//! Keys in a real credential store: gnome-keyring on a session bus and in a home of its own.

use crate::office::{Office, PROGRAM, complained, said};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a script beside an unlocked keyring. `$1` in it is the program.
fn beside_a_keyring(home: &Path, office: &Office, script: &str) -> Output {
    let unlocked = "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets > /dev/null";
    let mut command = Command::new("timeout");
    // A keyring that does not answer fails the test instead of holding it up.
    command.args([
        "300",
        "dbus-run-session",
        "--",
        "sh",
        "-c",
        &format!("{unlocked}\n{script}"),
        "sh",
        PROGRAM,
    ]);
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("LC_ALL", "C.UTF-8");
    command
        .env("folder", office.at("drop"))
        .env("data", office.at("data"))
        .env("sheet", office.at("keys.toml"));
    command.env_remove("XDG_DATA_HOME").env_remove("DISPLAY").stdin(Stdio::null()).output().unwrap()
}

const TAKE_IN: &str = r#""$1" --language en take-in --folder "$folder" --data "$data" --street 300101"#;

#[test]
fn keys_are_kept_in_the_credential_store_and_the_books_open_with_it_alone() {
    let (office, home) = (Office::new(), tempfile::tempdir().unwrap());
    office.is_given("30010100000017,1500,20261121093015000042");
    let keep = r#""$1" keep-keys --from "$sheet" && rm "$sheet""#;
    let output = beside_a_keyring(home.path(), &office, &format!("{keep} && {TAKE_IN}"));
    assert!(said(&output).contains("30010100000017,1500,"), "{}", complained(&output));
    assert!(!office.at("data/keys").exists(), "no key lies in a file");

    let elsewhere = tempfile::tempdir().unwrap();
    let output = beside_a_keyring(elsewhere.path(), &office, TAKE_IN);
    assert_eq!(output.status.code(), Some(12), "{}", complained(&output));
    assert!(complained(&output).contains("This PC has no keys of this street."));
}
