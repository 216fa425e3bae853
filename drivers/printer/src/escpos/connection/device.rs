//! A printer behind a device file: `/dev/usb/lp0`, or a serial line.
//!
//! The file is opened without blocking and waited for with `poll`, since a plain write to a printer
//! that is off line waits for ever.

use super::Line;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

pub(super) fn open(path: &Path) -> io::Result<Box<dyn Line>> {
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if file.metadata()?.is_file() {
        // Bytes for a printer in a plain file would be a paper that nobody gets.
        return Err(ErrorKind::InvalidInput.into());
    }
    Ok(Box::new(Device(file)))
}

struct Device(File);

impl Device {
    /// Whether the file can be written or read before the patience ends.
    fn wait(&self, until: PollFlags, patience: Duration) -> io::Result<bool> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let left = Timespec::try_from(left).map_err(|_| ErrorKind::InvalidInput)?;
            match poll(&mut [PollFd::new(&self.0, until)], Some(&left)) {
                Ok(ready) => return Ok(ready > 0),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Line for Device {
    fn write(&mut self, mut bytes: &[u8], patience: Duration) -> io::Result<()> {
        // Once more after the last byte: the file takes bytes again when the printer has them, and
        // closing it before that would take them back.
        loop {
            if !self.wait(PollFlags::OUT, patience)? {
                return Err(ErrorKind::TimedOut.into());
            }
            if bytes.is_empty() {
                return Ok(());
            }
            match self.0.write(bytes) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn read(&mut self, patience: Duration) -> io::Result<Option<u8>> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if !self.wait(PollFlags::IN, left)? {
                return Ok(None);
            }
            let mut byte = [0];
            match self.0.read(&mut byte) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => return Ok(Some(byte[0])),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(error) => return Err(error),
            }
        }
    }
}
