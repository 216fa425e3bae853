//! How a number is written in a card's bytes.

use super::number::NoNumber;

/// How bytes become characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Digits 0 to 9, one a byte.
    AsciiDigits,
    /// Printable ASCII, one character a byte.
    Ascii,
    /// Two digits a byte; `F` fills up behind the last one.
    Bcd,
    /// Shift JIS as Windows has it (CP932); half-width and full-width.
    ShiftJis,
    /// Each byte as two hexadecimal digits, such as a member's IDm written into a block.
    Hex,
}

/// What stands behind a number that does not fill its place, and in blocks nobody has written.
const FILLERS: [u8; 3] = [0x00, 0x20, 0xFF];

impl Encoding {
    /// The characters of these bytes.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<String, NoNumber> {
        if bytes.iter().all(|byte| *byte == 0x00) || bytes.iter().all(|byte| FILLERS[1..].contains(byte)) {
            return Err(NoNumber::Blank);
        }
        match self {
            Self::AsciiDigits => ascii(bytes, u8::is_ascii_digit),
            Self::Ascii => ascii(bytes, |byte| byte.is_ascii_graphic() || *byte == b' '),
            Self::Bcd => bcd(bytes),
            Self::ShiftJis => {
                let text =
                    encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(filled(bytes));
                text.map(Into::into).ok_or(NoNumber::OtherEncoding)
            }
            Self::Hex => Ok(hex::encode_upper(bytes)),
        }
    }
}

/// Without what stands before and behind the characters.
fn filled(bytes: &[u8]) -> &[u8] {
    let is_filler = |byte: &u8| FILLERS.contains(byte);
    let end = bytes.iter().rposition(|byte| !is_filler(byte)).map_or(0, |last| last + 1);
    let start = bytes.iter().position(|byte| *byte != b' ').unwrap_or(end).min(end);
    &bytes[start..end]
}

fn ascii(bytes: &[u8], is_good: impl Fn(&u8) -> bool) -> Result<String, NoNumber> {
    let characters = filled(bytes);
    if characters.iter().all(is_good) {
        Ok(characters.iter().copied().map(char::from).collect())
    } else {
        Err(NoNumber::OtherEncoding)
    }
}

fn bcd(bytes: &[u8]) -> Result<String, NoNumber> {
    let text = hex::encode(bytes);
    let digits = text.trim_end_matches('f');
    if digits.bytes().all(|digit| digit.is_ascii_digit()) {
        Ok(digits.to_owned())
    } else {
        Err(NoNumber::OtherEncoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_encoding_reads_its_own_bytes() {
        let table: [(Encoding, &[u8], Result<&str, NoNumber>); 14] = [
            (Encoding::AsciiDigits, b"0012345678", Ok("0012345678")),
            (Encoding::AsciiDigits, b"12345\0\0\0", Ok("12345")),
            (Encoding::AsciiDigits, b"  12345   ", Ok("12345")),
            (Encoding::AsciiDigits, b"12A45", Err(NoNumber::OtherEncoding)),
            (Encoding::AsciiDigits, b"12\x0045", Err(NoNumber::OtherEncoding)),
            (Encoding::Ascii, b"AB-12\xFF\xFF", Ok("AB-12")),
            (Encoding::Ascii, b"AB\x0712", Err(NoNumber::OtherEncoding)),
            (Encoding::Bcd, &[0x01, 0x23, 0x4F, 0xFF], Ok("01234")),
            (Encoding::Bcd, &[0x00, 0x00, 0x07], Ok("000007")),
            (Encoding::Bcd, &[0x01, 0xA3], Err(NoNumber::OtherEncoding)),
            (Encoding::ShiftJis, &[0x82, 0x50, 0x82, 0x51, 0x81, 0x40], Ok("１２\u{3000}")),
            (Encoding::ShiftJis, &[0xB6, 0x31, 0x00], Ok("ｶ1")),
            (Encoding::ShiftJis, &[0x82], Err(NoNumber::OtherEncoding)),
            (Encoding::Hex, &[0x01, 0x2E], Ok("012E")),
        ];
        for (encoding, bytes, expected) in table {
            assert_eq!(
                encoding.decode(bytes).as_deref(),
                expected.as_ref().copied(),
                "{encoding:?} {bytes:02X?}"
            );
        }
    }

    #[test]
    fn blocks_nobody_has_written_are_blank_in_every_encoding() {
        for encoding in
            [Encoding::AsciiDigits, Encoding::Ascii, Encoding::Bcd, Encoding::ShiftJis, Encoding::Hex]
        {
            for filler in FILLERS {
                assert_eq!(encoding.decode(&[filler; 16]), Err(NoNumber::Blank), "{encoding:?} {filler:02X}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            for encoding in
                [Encoding::AsciiDigits, Encoding::Ascii, Encoding::Bcd, Encoding::ShiftJis, Encoding::Hex]
            {
                let _ = encoding.decode(&bytes);
            }
        }
    }
}
