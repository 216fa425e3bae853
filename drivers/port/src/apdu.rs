//! Commands to a card and its answers (ISO/IEC 7816-4).

use std::fmt;

/// The two status bytes at the end of every answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusWord(pub u16);

impl StatusWord {
    /// Success.
    pub const OK: Self = Self(0x9000);
}

impl fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

/// An answer: data and status word. `Debug` shows the status word and the length, never the data.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseApdu {
    /// The data field; may be empty.
    pub data: Vec<u8>,
    /// SW1 SW2.
    pub status: StatusWord,
}

impl ResponseApdu {
    /// Splits raw bytes. Fewer than two bytes mean that the card was taken away: `None`.
    pub fn parse(mut raw: Vec<u8>) -> Option<Self> {
        let sw2 = raw.pop()?;
        let sw1 = raw.pop()?;
        Some(Self { data: raw, status: StatusWord(u16::from_be_bytes([sw1, sw2])) })
    }
}

impl fmt::Debug for ResponseApdu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ({} bytes)", self.status, self.data.len())
    }
}

/// The part of a command that may stand in a log: CLA INS P1 P2 and the length, never the body.
pub fn loggable(command: &[u8]) -> String {
    let head: Vec<String> = command.iter().take(4).map(|byte| format!("{byte:02X}")).collect();
    format!("{} ({} bytes)", head.join(" "), command.len())
}
