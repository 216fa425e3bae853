//! The code in a ticket's QR: version, municipality, number, key number, tag.
//!
//! `T1.141305.987654321012.7.0123456789ABCDEF`: five fields between full stops, in QR alphanumeric mode. A
//! ticket of a training cloud begins with `K1` (訓練), and its tag is made over other bytes: the two never pass
//! for each other, and a clerk is told which of them lies there.
//! Capitals, digits and full stops are typed alike by scanners on Japanese and on American keyboards;
//! a scanner under Caps Lock turns capitals into small letters, which are understood. The tag is the first
//! 64 bits of HMAC-SHA-256 under the key of that number over [`tagged_bytes`]; only the cloud has the key
//! (`docs/security.md` 9).

use super::number::TicketNumber;
use crate::canonical::Canonical;
use crate::issuer::IssuerCode;
use std::fmt;

/// How long a tag is.
pub const TAG_BYTES: usize = 8;

/// The first field: what this code is, and in which version.
const VERSION: &str = "T1";
/// The same for a ticket issued in training.
const TRAINING_VERSION: &str = "K1";

/// The number of the key that made a tag, 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketKeyNumber(pub u16);

/// A ticket's code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TicketCode {
    /// Whether it was issued in training and is worth nothing.
    pub training: bool,
    /// The municipality (or prefecture) whose points it stands for.
    pub issuer: IssuerCode,
    /// The ticket's number.
    pub number: TicketNumber,
    /// Which key made the tag.
    pub key: TicketKeyNumber,
    /// The tag; whether it is right only the cloud knows.
    pub tag: [u8; TAG_BYTES],
}

/// The text is no ticket's code: a web link, another bar code, half a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a ticket's code")]
pub struct NotATicketCode;

/// What the tag is made over.
pub fn tagged_bytes(training: bool, issuer: IssuerCode, number: TicketNumber) -> Vec<u8> {
    let purpose = if training { "madoguchi/training/ticket/1" } else { "madoguchi/ticket/1" };
    let mut bytes = Canonical::tagged(purpose);
    bytes.text(issuer.as_str()).text(&number.to_string());
    bytes.as_slice().to_vec()
}

impl TicketCode {
    /// Reads a code as a scanner typed it: either case, surrounding white space, full-width characters.
    pub fn scanned(text: &str) -> Result<Self, NotATicketCode> {
        let text: String = text.trim().chars().map(half_width).collect();
        let fields: Vec<&str> = text.split('.').collect();
        let [version, issuer, number, key, tag] = fields[..] else { return Err(NotATicketCode) };
        let training = is_training(version)?;
        if tag.len() != 2 * TAG_BYTES {
            return Err(NotATicketCode);
        }
        let issuer = IssuerCode::parse(issuer).map_err(|_| NotATicketCode)?;
        let number = TicketNumber::parse(number).map_err(|_| NotATicketCode)?;
        let key = key_number(key).ok_or(NotATicketCode)?;
        let mut bytes = [0; TAG_BYTES];
        hex::decode_to_slice(tag, &mut bytes).map_err(|_| NotATicketCode)?;
        Ok(Self { training, issuer, number, key, tag: bytes })
    }
}

fn is_training(version: &str) -> Result<bool, NotATicketCode> {
    match version.to_ascii_uppercase().as_str() {
        VERSION => Ok(false),
        TRAINING_VERSION => Ok(true),
        _ => Err(NotATicketCode),
    }
}

fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c),
        '。' | '｡' => '.',
        other => other,
    }
}

fn key_number(text: &str) -> Option<TicketKeyNumber> {
    let canonical =
        (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    canonical.then(|| text.parse().ok().map(TicketKeyNumber)).flatten()
}

impl fmt::Display for TicketCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = if self.training { TRAINING_VERSION } else { VERSION };
        let (issuer, key) = (self.issuer.as_str(), self.key.0);
        write!(f, "{version}.{issuer}.{}.{key}.{}", self.number, hex::encode_upper(self.tag))
    }
}

impl fmt::Debug for TicketCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketCode(..)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn code() -> TicketCode {
        TicketCode {
            training: false,
            issuer: IssuerCode::parse("141305").unwrap(),
            number: TicketNumber::parse("987654321012").unwrap(),
            key: TicketKeyNumber(7),
            tag: [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF],
        }
    }

    #[test]
    fn a_code_reads_as_the_document_says() {
        assert_eq!(code().to_string(), "T1.141305.987654321012.7.0123456789ABCDEF");
    }

    #[test]
    fn a_code_of_training_says_so_and_reads_back_as_one() {
        let training = TicketCode { training: true, ..code() };
        assert_eq!(training.to_string(), "K1.141305.987654321012.7.0123456789ABCDEF");
        for text in [training.to_string(), training.to_string().to_ascii_lowercase()] {
            assert_eq!(TicketCode::scanned(&text), Ok(training), "{text}");
        }
        let bytes = |training| tagged_bytes(training, code().issuer, code().number);
        assert_ne!(bytes(true), bytes(false), "a tag for one is none for the other");
    }

    #[test]
    fn whatever_a_scanner_makes_of_the_letters_is_understood() {
        let written = code().to_string();
        let full_width: String =
            written.chars().map(|c| char::from_u32(c as u32 - '!' as u32 + '！' as u32).unwrap()).collect();
        for text in
            [written.to_ascii_lowercase(), format!(" {written}\r"), full_width, written.replace('.', "。")]
        {
            assert_eq!(TicketCode::scanned(&text), Ok(code()), "{text}");
        }
    }

    #[test]
    fn other_things_that_people_scan_are_no_ticket() {
        let table = [
            "",
            "https://example.jp/T1.141305.987654321012.7.0123456789ABCDEF",
            "4901234567894",
            "987654321012",
            "T2.141305.987654321012.7.0123456789ABCDEF",
            "T1.141306.987654321012.7.0123456789ABCDEF",
            "T1.141305.98765432101.7.0123456789ABCDEF",
            "T1.141305.987654321012.07.0123456789ABCDEF",
            "T1.141305.987654321012.0.0123456789ABCDEF",
            "T1.141305.987654321012.7.0123456789ABCDE",
            "T1.141305.987654321012.7.0123456789ABCDEG",
            "T1.141305.987654321012.7.0123456789ABCDEF.",
        ];
        for text in table {
            assert_eq!(TicketCode::scanned(text), Err(NotATicketCode), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_at_all_breaks_the_reading(text in any::<String>()) {
            let _ = TicketCode::scanned(&text);
        }
    }
}
