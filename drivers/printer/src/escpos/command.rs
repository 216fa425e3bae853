//! The ESC/POS commands a receipt needs, byte by byte.
//!
//! Belongs here: codes and their parameters (Epson's "ESC/POS Command Reference"; other makers follow
//! it in these). Does not: what is sent when.

/// `ESC @`: forget everything a former job left set.
pub(super) const INITIALISE: &[u8] = b"\x1b@";
/// `GS a 0`: send no status without being asked.
pub(super) const NO_AUTOMATIC_STATUS: &[u8] = b"\x1da\0";
/// `FS &`: two bytes that begin a kanji are one character.
pub(super) const KANJI_MODE: &[u8] = b"\x1c&";
/// `FS C 1`: these bytes are Shift JIS.
pub(super) const SHIFT_JIS: &[u8] = b"\x1cC\x01";
/// `ESC R 8`: Japan's set, 0x5C is ¥ and 0x7E is ‾ (JIS X 0201).
pub(super) const JAPANESE_SET: &[u8] = b"\x1bR\x08";
/// `ESC t 1`: single bytes from 0xA1 are half-width katakana.
pub(super) const KATAKANA: &[u8] = b"\x1bt\x01";
/// `LF`: print the line.
pub(super) const LINE_FEED: &[u8] = b"\n";
/// `GS V 66 0`: feed to the cutter and cut, leaving a bridge.
pub(super) const FEED_AND_CUT: &[u8] = b"\x1dVB\0";
/// `GS r 1`: answer one byte when everything before it has been printed.
pub(super) const ASK_WHEN_PRINTED: &[u8] = b"\x1dr\x01";

/// A picture goes in bands of so many rows: small printers hold no more at a time, and what a job cut
/// short leaves unfinished stays small.
pub(super) const BAND: usize = 24;
/// The head of a band, and the widest printer's bytes across.
const BAND_HEAD: usize = 8;
const WIDEST: usize = 72;

/// Finishes what a job cut short left unfinished.
///
/// A printer that lost a job in the middle of a picture takes the next bytes for the picture's rest.
/// Zeros finish it in white; where nothing is unfinished they do nothing.
pub(super) const FINISH: &[u8] = &[0; BAND_HEAD + WIDEST * BAND];

/// `GS ! n`: how many times as wide and high letters are, 1 to 8.
pub(super) fn letters(wide: u8, high: u8) -> [u8; 3] {
    [0x1d, b'!', (wide.clamp(1, 8) - 1) << 4 | (high.clamp(1, 8) - 1)]
}

/// `ESC E n`: strong letters.
pub(super) const fn strong(on: bool) -> [u8; 3] {
    [0x1b, b'E', on as u8]
}

/// `GS v 0`: a picture of `bytes_across` × 8 dots by `dots_down` follows, a set bit a black dot, the
/// highest bit leftmost.
pub(super) fn raster(bytes_across: u16, dots_down: u16) -> [u8; 8] {
    let [across_low, across_high] = bytes_across.to_le_bytes();
    let [down_low, down_high] = dots_down.to_le_bytes();
    [0x1d, b'v', b'0', 0, across_low, across_high, down_low, down_high]
}

/// `DLE EOT n`: answer one byte at once, whatever else there is to do.
pub(super) const fn ask_at_once(question: u8) -> [u8; 3] {
    [0x10, 0x04, question]
}
