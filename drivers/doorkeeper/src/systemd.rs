//! systemd: what it hands a start of the program, and asking it for that start.

use listenfd::ListenFd;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;

/// The units that the package brings (installers/debian/madoguchi).
const SOCKET: &str = "madoguchi-bridge.socket";
const SERVICE: &str = "madoguchi-bridge.service";

/// The port that systemd handed this start of the program, where it did. Can be taken once.
pub fn handed_over() -> Option<TcpListener> {
    // The library sees to it that programs which this one starts do not have it, too.
    ListenFd::from_env().take_tcp_listener(0).ok()?
}

/// Somebody sits at the port. Where that is this user's systemd, it is asked to send a doorkeeper with it; where it
/// does not, nothing is done. Returns at once.
pub fn ask_for_the_port() {
    // It may take its time, and where it is not there at all nobody misses it.
    let _ = thread::Builder::new().name("ask-systemd".into()).spawn(|| {
        if says_yes(&["is-active", "--quiet", SOCKET]) {
            says_yes(&["start", "--no-block", SERVICE]);
        }
    });
}

fn says_yes(words: &[&str]) -> bool {
    let mut systemctl = Command::new("systemctl");
    systemctl.arg("--user").args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    systemctl.status().is_ok_and(|status| status.success())
}
