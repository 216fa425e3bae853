//! Taking a command APDU apart (ISO/IEC 7816-4, 5.1): the four cases, short and extended.

use super::status;
use madoguchi_port::apdu::StatusWord;

pub(super) const VERIFY: u8 = 0x20;
pub(super) const PERFORM_SECURITY_OPERATION: u8 = 0x2A;
pub(super) const SELECT: u8 = 0xA4;
pub(super) const READ_BINARY: u8 = 0xB0;
pub(super) const GET_RESPONSE: u8 = 0xC0;

/// A command, its header and its body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command<'a> {
    pub(super) cla: u8,
    pub(super) ins: u8,
    pub(super) p1: u8,
    pub(super) p2: u8,
    /// The data field; empty where there is none.
    pub(super) data: &'a [u8],
    /// How many bytes are expected back (Le), `None` where the command has no Le.
    pub(super) expected: Option<usize>,
}

impl<'a> Command<'a> {
    /// Splits the bytes, or says `6700` where lengths and bytes disagree.
    pub(super) fn parse(apdu: &'a [u8]) -> Result<Self, StatusWord> {
        let [cla, ins, p1, p2, body @ ..] = apdu else { return Err(status::WRONG_LENGTH) };
        let (data, expected) = split_body(body).ok_or(status::WRONG_LENGTH)?;
        Ok(Self { cla: *cla, ins: *ins, p1: *p1, p2: *p2, data, expected })
    }
}

fn split_body(body: &[u8]) -> Option<(&[u8], Option<usize>)> {
    match body {
        [] => Some((&[], None)),
        [le] => Some((&[], Some(short_le(*le)))),
        [0, high, low] => Some((&[], Some(extended_le(*high, *low)))),
        [0, high, low, rest @ ..] => {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let (data, le) = rest.split_at_checked(length)?;
            match le {
                [] => Some((data, None)),
                [high, low] => Some((data, Some(extended_le(*high, *low)))),
                _ => None,
            }
        }
        [length, rest @ ..] => {
            let (data, le) = rest.split_at_checked(usize::from(*length))?;
            match le {
                [] => Some((data, None)),
                [le] => Some((data, Some(short_le(*le)))),
                _ => None,
            }
        }
    }
}

fn short_le(le: u8) -> usize {
    if le == 0 { 256 } else { usize::from(le) }
}

fn extended_le(high: u8, low: u8) -> usize {
    match u16::from_be_bytes([high, low]) {
        0 => 65_536,
        le => usize::from(le),
    }
}
