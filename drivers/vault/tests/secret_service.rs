//! The vault against the real Secret Service: gnome-keyring on a session bus and in a home of its
//! own, and without any bus.
//!
//! The store is found through the environment, which a running test cannot change safely; so each
//! test starts this same test program again inside the environment it is about.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use madoguchi_doubles::contract;
use madoguchi_port::vault::{Vault, VaultFault};
use madoguchi_vault::OsVault;
use std::env;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Set inside the environment a test has made, so that the test knows it is there.
const INSIDE: &str = "MADOGUCHI_VAULT_TEST_INSIDE";
/// Opens the keyring with a password, then runs the rest of the command line.
const UNLOCKED: &str =
    "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\"";
/// Runs the rest of the command line; the bus starts the keyring when it is asked for, locked.
const AS_IT_IS: &str = "exec \"$@\"";

fn is_inside() -> bool {
    env::var_os(INSIDE).is_some()
}

/// Runs one test of this program again, on a bus of its own with an empty home.
fn again_on_a_bus(test: &str, preparation: &str) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", preparation, "sh"]).arg(env::current_exe().unwrap());
    run(command.env("HOME", home.path()).env("XDG_RUNTIME_DIR", home.path()), test);
}

fn run(command: &mut Command, test: &str) {
    let output = command
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .env_remove("XDG_DATA_HOME")
        .env_remove("DISPLAY")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Fails instead of hanging where the store does not answer.
fn within_ten_seconds<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(Duration::from_secs(10)).expect("the store answers in time")
}

#[test]
fn an_unlocked_keyring_keeps_the_contract() {
    if !is_inside() {
        return again_on_a_bus("an_unlocked_keyring_keeps_the_contract", UNLOCKED);
    }
    within_ten_seconds(|| {
        contract::vault(&OsVault::new("madoguchi-test"));
        let (one, other) = (OsVault::new("madoguchi-one"), OsVault::new("madoguchi-other"));
        assert_eq!(one.put("key", b"secret"), Ok(()));
        assert_eq!(other.get("key"), Ok(None), "services are apart");
        assert_eq!(one.put("another", b"secret"), Ok(()));
        assert_eq!(other.put("key", b"kept"), Ok(()));
        assert_eq!(one.forget_all(), Ok(2));
        assert_eq!((one.get("key"), one.get("another")), (Ok(None), Ok(None)));
        assert_eq!(other.get("key").map(|kept| kept.is_some()), Ok(true), "and only this part is forgotten");
        assert_eq!(one.forget_all(), Ok(0));
    });
}

#[test]
fn a_keyring_that_nobody_opened_is_absent() {
    if !is_inside() {
        return again_on_a_bus("a_keyring_that_nobody_opened_is_absent", AS_IT_IS);
    }
    within_ten_seconds(|| assert_eq!(OsVault::new("madoguchi-test").probe(), Err(VaultFault::Absent)));
}

#[test]
fn without_a_session_bus_the_store_is_absent() {
    if !is_inside() {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("XDG_RUNTIME_DIR", home.path());
        return run(command.env("HOME", home.path()), "without_a_session_bus_the_store_is_absent");
    }
    within_ten_seconds(|| {
        let vault = OsVault::new("madoguchi-test");
        assert_eq!(vault.probe(), Err(VaultFault::Absent));
        assert_eq!(vault.get("key"), Err(VaultFault::Absent));
        assert_eq!(vault.put("key", b"secret"), Err(VaultFault::Absent));
    });
}
