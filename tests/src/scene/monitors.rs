//! The monitors of a display that has several, and can lose one: those of a VNC server, which has as many
//! outputs as whoever looks at it asks for.
//!
//! Belongs here: plugging monitors in and pulling them out, so that the X server says so as it does of real
//! ones. Does not: what is shown on them.

use super::trouble::Trouble;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;

/// One after the other from left to right, each as large as the counter's page.
const SIZE: (u16, u16) = (1280, 800);
/// RFB 3.8 (RFC 6143), 7.1.1.
const VERSION: &[u8; 12] = b"RFB 003.008\n";
/// Security type None, and: share the display with others (7.1.2, 7.3.1).
const NOTHING_SECRET: u8 = 1;
const SHARED: u8 = 1;
/// `SetEncodings` with `ExtendedDesktopSize` alone, which is -308: who looks on knows of several monitors.
const KNOWS_SEVERAL_MONITORS: [u8; 8] = [2, 0, 0, 1, 0xFF, 0xFF, 0xFE, 0xCC];
/// The number of `SetDesktopSize`.
const SET_DESKTOP_SIZE: u8 = 251;

/// Whoever looks at a display, and says how many monitors it has.
pub struct Monitors {
    line: UnixStream,
}

impl Monitors {
    /// Looks at the display whose server listens at this socket.
    pub fn seen_through(socket: &Path) -> Result<Self, Trouble> {
        let mut line = UnixStream::connect(socket)?;
        hear(&mut line, VERSION.len())?;
        line.write_all(VERSION)?;
        let kinds = hear(&mut line, 1)?;
        hear(&mut line, kinds.first().copied().unwrap_or_default().into())?;
        line.write_all(&[NOTHING_SECRET])?;
        if hear(&mut line, 4)? != [0; 4] {
            return Err(Trouble::new("the display's server lets nobody look"));
        }
        line.write_all(&[SHARED])?;
        line.write_all(&KNOWS_SEVERAL_MONITORS)?;
        // What is to be seen is of no interest here; unheard, it would hold the server up.
        let mut heard = line.try_clone()?;
        thread::spawn(move || std::io::copy(&mut heard, &mut std::io::sink()));
        Ok(Self { line })
    }

    /// From now on there are so many, side by side.
    pub fn are(&self, count: u8) -> Result<(), Trouble> {
        let (width, height) = SIZE;
        let mut message = vec![SET_DESKTOP_SIZE, 0];
        message.extend((width * u16::from(count)).to_be_bytes());
        message.extend(height.to_be_bytes());
        message.extend([count, 0]);
        for number in 0..count {
            message.extend(u32::from(number + 1).to_be_bytes());
            message.extend((width * u16::from(number)).to_be_bytes());
            message.extend(0_u16.to_be_bytes());
            message.extend(width.to_be_bytes());
            message.extend(height.to_be_bytes());
            message.extend(0_u32.to_be_bytes());
        }
        Ok((&self.line).write_all(&message)?)
    }
}

fn hear(line: &mut UnixStream, count: usize) -> Result<Vec<u8>, Trouble> {
    let mut heard = vec![0; count];
    line.read_exact(&mut heard)?;
    Ok(heard)
}
