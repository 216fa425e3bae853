//! Characters as a Japanese receipt printer's ROM has them.
//!
//! Belongs here: which characters may be sent as letters, and as which bytes. Does not: what becomes
//! of the others (they are drawn).
//!
//! Bytes are those of CP932. Of its characters only JIS X 0201 and JIS X 0208 are sent: the rows
//! Microsoft took over from NEC and IBM (①, 髙, 﨑) are in some ROMs and not in others, and one that
//! lacks a character prints a blank without a word.

use encoding_rs::SHIFT_JIS;

/// First bytes of JIS X 0208's rows. Left out: 0x87 (NEC's row 13), 0xED and above (NEC's and IBM's
/// additions, users' own characters).
const JIS_ROWS: [std::ops::RangeInclusive<u8>; 3] = [0x81..=0x84, 0x88..=0x9f, 0xe0..=0xea];

/// The same sign of JIS X 0208 by the code point that JIS's own table gives it, where Microsoft's
/// gives another: 〜 is U+301C there and U+FF5E (～) here.
const SAME_SIGN: [(char, [u8; 2]); 6] = [
    ('\u{301c}', [0x81, 0x60]),
    ('\u{2016}', [0x81, 0x61]),
    ('\u{2212}', [0x81, 0x7c]),
    ('\u{00a2}', [0x81, 0x91]),
    ('\u{00a3}', [0x81, 0x92]),
    ('\u{00ac}', [0x81, 0xca]),
];

/// One character as the printer takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// Half-width: one column.
    Half(u8),
    /// Full-width: two columns.
    Full([u8; 2]),
}

impl Letter {
    /// The character's bytes; `None` for one that every ROM cannot be relied on to have.
    pub(super) fn of(c: char) -> Option<Self> {
        // In JIS X 0201 these two bytes are ¥ and ‾.
        if matches!(c, '\\' | '~') {
            return None;
        }
        if let Some((_, bytes)) = SAME_SIGN.iter().find(|(sign, _)| *sign == c) {
            return Some(Self::Full(*bytes));
        }
        let mut utf8 = [0; 4];
        let (bytes, _, unmappable) = SHIFT_JIS.encode(c.encode_utf8(&mut utf8));
        match *bytes {
            _ if unmappable => None,
            [byte @ (0x20..=0x7e | 0xa1..=0xdf)] => Some(Self::Half(byte)),
            [first, second] if JIS_ROWS.iter().any(|row| row.contains(&first)) => {
                Some(Self::Full([first, second]))
            }
            _ => None,
        }
    }

    /// How many half-width columns it takes.
    pub(super) const fn columns(self) -> usize {
        match self {
            Self::Half(_) => 1,
            Self::Full(_) => 2,
        }
    }

    /// Appends its bytes.
    pub(super) fn push_to(self, bytes: &mut Vec<u8>) {
        match self {
            Self::Half(byte) => bytes.push(byte),
            Self::Full(pair) => bytes.extend(pair),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_the_bytes_of_cp932() {
        for (c, letter) in [
            ('1', Letter::Half(b'1')),
            (' ', Letter::Half(b' ')),
            ('ﾎ', Letter::Half(0xce)),
            ('ﾟ', Letter::Half(0xdf)),
            ('¥', Letter::Half(0x5c)),
            ('あ', Letter::Full([0x82, 0xa0])),
            ('崎', Letter::Full([0x8d, 0xe8])),
            ('熙', Letter::Full([0xea, 0xa4])),
            ('ソ', Letter::Full([0x83, 0x5c])),
            ('　', Letter::Full([0x81, 0x40])),
            ('～', Letter::Full([0x81, 0x60])),
            ('〜', Letter::Full([0x81, 0x60])),
            ('−', Letter::Full([0x81, 0x7c])),
            ('－', Letter::Full([0x81, 0x7c])),
            ('‖', Letter::Full([0x81, 0x61])),
            ('∥', Letter::Full([0x81, 0x61])),
        ] {
            assert_eq!(Letter::of(c), Some(letter), "{c}");
        }
    }

    #[test]
    fn what_some_roms_lack_is_no_letter() {
        for c in "①№Ⅰ髙﨑𠮷葛\u{e0100}🍅é한\\~\u{e000}\u{80}\n\0".chars().filter(|&c| c != '葛')
        {
            assert_eq!(Letter::of(c), None, "{c:?}");
        }
    }

    #[test]
    fn every_letter_reads_back_as_itself_or_as_the_same_sign() {
        for c in ('\0'..=char::MAX).filter(|c| !SAME_SIGN.iter().any(|(sign, _)| sign == c)) {
            let Some(letter) = Letter::of(c) else { continue };
            let mut bytes = Vec::new();
            letter.push_to(&mut bytes);
            let (read, _) = SHIFT_JIS.decode_without_bom_handling(&bytes);
            let expected = match c {
                '¥' => "\\".to_owned(), // the same byte; Microsoft's table has no ¥
                '‾' => "~".to_owned(),
                c => c.to_string(),
            };
            assert_eq!(read, expected);
            assert_eq!(bytes.len(), letter.columns());
        }
    }
}
