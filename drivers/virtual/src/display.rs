//! A display of one's own: a real X server that draws where nobody looks, gone with whoever started it.
//!
//! Belongs here: starting and stopping it. Does not belong here: the windows on it, nor what a desktop has besides
//! (`tests/src/scene/desktop.rs`).

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// An X server that lives no longer than this value.
pub struct VirtualDisplay {
    server: Child,
    name: String,
}

impl VirtualDisplay {
    /// Starts one on a free number, 640 × 480; it hears this PC's programs alone.
    pub fn open() -> io::Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let words = server.stdout.take();
        let mut display = Self { server, name: String::new() };
        let mut number = String::new();
        if let Some(words) = words {
            BufReader::new(words).read_line(&mut number)?;
        }
        if number.trim().is_empty() {
            return Err(io::Error::other("the X server ended before it said its display's number"));
        }
        display.name = format!(":{}", number.trim());
        Ok(display)
    }

    /// What programs call it (`DISPLAY`).
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        // Ended already is as good.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
