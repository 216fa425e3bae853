//! The status words this card knows (ISO/IEC 7816-4 table 6, and the Japanese JICSAP dialect).

use madoguchi_port::apdu::StatusWord;

pub(super) const WRONG_LENGTH: StatusWord = StatusWord(0x6700);
pub(super) const INCOMPATIBLE_FILE: StatusWord = StatusWord(0x6981);
pub(super) const SECURITY_STATUS_NOT_SATISFIED: StatusWord = StatusWord(0x6982);
/// JICSAP's "the file that holds the password is blocked".
pub(super) const PASSWORD_BLOCKED: StatusWord = StatusWord(0x6984);
pub(super) const CONDITIONS_NOT_SATISFIED: StatusWord = StatusWord(0x6985);
pub(super) const FILE_NOT_FOUND: StatusWord = StatusWord(0x6A82);
pub(super) const WRONG_P1_P2: StatusWord = StatusWord(0x6A86);
/// JICSAP's answer to reading past the end.
pub(super) const OFFSET_PAST_END: StatusWord = StatusWord(0x6B00);
pub(super) const INSTRUCTION_NOT_SUPPORTED: StatusWord = StatusWord(0x6D00);
pub(super) const CLASS_NOT_SUPPORTED: StatusWord = StatusWord(0x6E00);

/// `63Cx`: the password is wrong (or was asked about), x tries are left.
pub(super) fn tries_left(tries: u8) -> StatusWord {
    StatusWord(0x63C0 | u16::from(tries & 0x0F))
}

/// `61xx`: this many bytes wait for GET RESPONSE; 256 are said as `00`.
pub(super) fn bytes_waiting(bytes: usize) -> StatusWord {
    StatusWord(0x6100 | u16::from(u8::try_from(bytes).unwrap_or(0)))
}

/// `6Cxx`: ask again for this many bytes, 255 at most.
pub(super) fn exact_le(bytes: usize) -> StatusWord {
    StatusWord(0x6C00 | u16::from(u8::try_from(bytes).unwrap_or(0xFF)))
}
