//! The keyboard of a PC, and what plugs in as one: a scanner.
//!
//! Belongs here: keys that go the whole way of a real keyboard's, through the X server, the desktop and
//! its input method. Does not belong here: keys that WebDriver brings to the web view
//! ([`super::window`]).

use super::desktop::Desktop;
use super::trouble::Trouble;
use std::process::Command;

/// A scanner sends letters and digits, and Enter at their end, without a pause: a scanner's own rhythm is
/// kept by its hardware, here it would be lost on a busy machine.
pub fn scan(desktop: &Desktop, text: &str) -> Result<(), Trouble> {
    let characters = text.chars().map(String::from);
    send(desktop, characters.chain(["Return".to_owned()]))
}

/// Presses and releases a key by its X name, such as `F1`.
pub fn press(desktop: &Desktop, key: &str) -> Result<(), Trouble> {
    send(desktop, [key.to_owned()])
}

fn send(desktop: &Desktop, keys: impl IntoIterator<Item = String>) -> Result<(), Trouble> {
    let sent = Command::new("xdotool")
        .args(["key", "--delay", "0"])
        .args(keys)
        .envs(desktop.environment())
        .output()?;
    if sent.status.success() {
        return Ok(());
    }
    Err(Trouble::new(format!("no key was sent: {}", String::from_utf8_lossy(&sent.stderr))))
}
