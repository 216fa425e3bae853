//! The line to the virtual reader driver vpcd: a TCP connection with framed bytes.
//!
//! Each frame is a big-endian 16-bit length and so many bytes. One byte is power or a question, more
//! are a command. Only the question for the ATR and commands are answered. The card leaves by
//! closing the connection; an empty frame would hang the driver.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::linux::net::TcpStreamExt;
use std::time::Duration;

/// The driver looks for the card several times a second; one that does not is gone or hangs.
const SILENCE: Duration = Duration::from_secs(10);

/// What the reader wants of the card.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    PowerDown,
    PowerUp,
    Reset,
    Atr,
    Command(Vec<u8>),
}

/// One card's connection to one slot.
pub(crate) struct Line {
    stream: TcpStream,
}

impl Line {
    pub(crate) fn connect(slot: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(slot)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SILENCE))?;
        Ok(Self { stream })
    }

    /// Waits for the next request; an error when the line is closed or silent.
    pub(crate) fn next_request(&mut self) -> io::Result<Request> {
        loop {
            let mut length = [0; 2];
            self.read_exactly(&mut length)?;
            let mut frame = vec![0; usize::from(u16::from_be_bytes(length))];
            self.read_exactly(&mut frame)?;
            return Ok(match frame.as_slice() {
                [0x00] => Request::PowerDown,
                [0x01] => Request::PowerUp,
                [0x02] => Request::Reset,
                [0x04] => Request::Atr,
                [] | [_] => continue,
                _ => Request::Command(frame),
            });
        }
    }

    pub(crate) fn answer(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u16::try_from(bytes.len()).map_err(io::Error::other)?;
        // One write: the driver sends its own frames in two pieces and must not wait for ours.
        let mut frame = Vec::with_capacity(bytes.len() + 2);
        frame.extend(length.to_be_bytes());
        frame.extend(bytes);
        self.stream.write_all(&frame)
    }

    /// The driver sends length and payload as two segments and waits for the first one's
    /// acknowledgement (Nagle). Unless the kernel is told each time to acknowledge at once, every
    /// command costs 44 ms.
    fn read_exactly(&mut self, buffer: &mut [u8]) -> io::Result<()> {
        let mut filled = 0;
        while filled < buffer.len() {
            self.stream.set_quickack(true)?;
            match self.stream.read(&mut buffer[filled..])? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                count => filled += count,
            }
            self.stream.set_quickack(true)?;
        }
        Ok(())
    }
}
