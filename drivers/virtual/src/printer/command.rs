//! The ESC/POS commands this printer knows, read from bytes.
//!
//! Belongs here: how long each command is and what its parameters say. Does not: what it does. What
//! is not listed here is a fault of the sender, not something to skip.

use std::fmt::Write as _;

/// One command, or one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// A byte that does nothing.
    Nothing,
    /// `LF`.
    LineFeed,
    /// `ESC @`.
    Initialise,
    /// `ESC R 8`.
    JapaneseSet,
    /// `ESC t 1`.
    Katakana,
    /// `ESC E n`.
    Strong(bool),
    /// `GS ! n`.
    Letters { wide: usize, high: usize },
    /// `FS &`.
    KanjiMode,
    /// `FS C 1`.
    ShiftJis,
    /// `GS a 0`.
    NoAutomaticStatus,
    /// `GS v 0`.
    Picture { bytes_across: usize, rows: Vec<u8> },
    /// `GS V 66 n`.
    FeedAndCut,
    /// `GS r 1`.
    AskWhenPrinted,
    /// `DLE EOT n`.
    AskAtOnce(u8),
    /// A half-width letter.
    Half(u8),
    /// A full-width letter.
    Full([u8; 2]),
}

/// What the next bytes are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// This command, in so many bytes.
    Command(Command, usize),
    /// The beginning of one; more bytes must come.
    Beginning,
    /// Nothing this printer knows.
    Unknown(String),
}

/// Reads the command at the beginning of `bytes`.
pub(super) fn read(bytes: &[u8]) -> Read {
    let done = |command, length| Read::Command(command, length);
    match *bytes {
        [] => Read::Beginning,
        [0, ..] => done(Command::Nothing, 1),
        [b'\n', ..] => done(Command::LineFeed, 1),
        [0x10, 0x04, n @ 1..=4, ..] => done(Command::AskAtOnce(n), 3),
        [0x1b, b'@', ..] => done(Command::Initialise, 2),
        [0x1b, b'R', 8, ..] => done(Command::JapaneseSet, 3),
        [0x1b, b't', 1, ..] => done(Command::Katakana, 3),
        [0x1b, b'E', n, ..] => done(Command::Strong(n & 1 == 1), 3),
        [0x1c, b'&', ..] => done(Command::KanjiMode, 2),
        [0x1c, b'C', 1, ..] => done(Command::ShiftJis, 3),
        [0x1d, b'!', n, ..] => {
            done(Command::Letters { wide: usize::from(n >> 4) + 1, high: usize::from(n & 7) + 1 }, 3)
        }
        [0x1d, b'a', 0, ..] => done(Command::NoAutomaticStatus, 3),
        [0x1d, b'r', 1, ..] => done(Command::AskWhenPrinted, 3),
        [0x1d, b'V', 66, _, ..] => done(Command::FeedAndCut, 4),
        [0x1d, b'v', b'0', 0, a, b, c, d, ref rest @ ..] => {
            let bytes_across = usize::from(u16::from_le_bytes([a, b]));
            let length = bytes_across * usize::from(u16::from_le_bytes([c, d]));
            match rest.get(..length) {
                Some(rows) => done(Command::Picture { bytes_across, rows: rows.to_vec() }, 8 + length),
                None => Read::Beginning,
            }
        }
        [first @ (0x81..=0x9f | 0xe0..=0xfc), second @ 0x40..=0xfc, ..] => {
            done(Command::Full([first, second]), 2)
        }
        [byte @ (0x20..=0x7e | 0xa1..=0xdf), ..] => done(Command::Half(byte), 1),
        _ if may_begin(bytes) => Read::Beginning,
        _ => Read::Unknown(shown(bytes)),
    }
}

/// Whether so few bytes can still become a command.
fn may_begin(bytes: &[u8]) -> bool {
    match *bytes {
        [0x10 | 0x1b | 0x1c | 0x1d | 0x81..=0x9f | 0xe0..=0xfc]
        | [0x10, 0x04]
        | [0x1b, b'R' | b't' | b'E']
        | [0x1c, b'C']
        | [0x1d, b'!' | b'a' | b'r' | b'V' | b'v']
        | [0x1d, b'V', 66] => true,
        [0x1d, b'v', b'0', ref rest @ ..] => rest.len() < 5 && rest.first().is_none_or(|mode| *mode == 0),
        _ => false,
    }
}

fn shown(bytes: &[u8]) -> String {
    bytes.iter().take(8).fold("bytes".to_owned(), |mut text, byte| {
        let _ = write!(text, " {byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_in_pieces_is_waited_for() {
        let picture = b"\x1dv0\0\x01\0\x02\0\xff\x0f";
        for end in 0..picture.len() {
            assert_eq!(read(&picture[..end]), Read::Beginning, "{end}");
        }
        let whole = Command::Picture { bytes_across: 1, rows: vec![0xff, 0x0f] };
        assert_eq!(read(picture), Read::Command(whole, picture.len()));
    }

    #[test]
    fn what_it_does_not_know_it_does_not_skip() {
        for bytes in
            [b"\x1bp\0\x19\xfa".as_slice(), b"\x1bR\0", b"\x1dv1\0", b"\x07", b"\x80", b"\xff", b"\x10\x05"]
        {
            assert!(matches!(read(bytes), Read::Unknown(_)), "{bytes:x?}");
        }
    }
}
