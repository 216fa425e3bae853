//! The first bytes of a certificate: how long it is, who issued it, its serial.
//!
//! Reads headers one after the other instead of parsing the whole, because only the beginning is at
//! hand (RFC 5280 §4.1: version, serial, signature algorithm, issuer come first). Takes any bytes.

use der::{Decode, ErrorKind, Header, Length, Reader, SliceReader, Tag, TagNumber};
use madoguchi_domain::certificate::CertificateName;

/// READ BINARY reaches no further.
const LONGEST: usize = 0x7FFF;

/// Why the beginning of a certificate cannot be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It goes on behind the bytes at hand.
    Truncated,
    /// It is no certificate.
    Malformed,
}

impl From<der::Error> for Unreadable {
    fn from(error: der::Error) -> Self {
        match error.kind() {
            ErrorKind::Incomplete { .. } => Self::Truncated,
            _ => Self::Malformed,
        }
    }
}

/// The whole certificate's length in bytes, header included. Files on the card may be padded behind.
pub(crate) fn length(beginning: &[u8]) -> Result<usize, Unreadable> {
    let mut reader = SliceReader::new(beginning)?;
    let content = enter(&mut reader, Tag::Sequence)?;
    let length = usize::try_from((reader.position() + content)?).map_err(|_| Unreadable::Malformed)?;
    if length <= LONGEST { Ok(length) } else { Err(Unreadable::Malformed) }
}

/// Issuer and serial.
pub(crate) fn name(beginning: &[u8]) -> Result<CertificateName, Unreadable> {
    let mut reader = SliceReader::new(beginning)?;
    enter(&mut reader, Tag::Sequence)?;
    enter(&mut reader, Tag::Sequence)?;
    let version = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };
    if Tag::peek(&reader)? == version {
        reader.tlv_bytes()?;
    }
    let serial_length = enter(&mut reader, Tag::Integer)?;
    let serial = reader.read_slice(serial_length)?;
    if serial.is_empty() {
        return Err(Unreadable::Malformed);
    }
    let signature_algorithm_length = enter(&mut reader, Tag::Sequence)?;
    reader.read_slice(signature_algorithm_length)?;
    if Tag::peek(&reader)? != Tag::Sequence {
        return Err(Unreadable::Malformed);
    }
    let issuer = reader.tlv_bytes()?;
    Ok(CertificateName { issuer_der: issuer.to_vec(), serial: hex::encode(serial) })
}

/// Reads a header and stands before its content, which need not be at hand.
fn enter(reader: &mut SliceReader<'_>, tag: Tag) -> Result<Length, Unreadable> {
    let header = Header::decode(reader)?;
    if header.tag() == tag { Ok(header.length()) } else { Err(Unreadable::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs;
    use std::path::Path;

    fn fixture(card: &str) -> Vec<u8> {
        let cards = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cards");
        fs::read(cards.join(card).join("auth.crt.der")).expect("a fixture")
    }

    #[test]
    fn the_first_256_bytes_are_enough() {
        let certificate = fixture("hanako");
        let name = name(&certificate[..256]).expect("a name");
        assert_eq!(length(&certificate[..256]), Ok(certificate.len()));
        assert!(name.issuer_der.windows(9).any(|part| part == b"JPKI-TEST"));
        assert_eq!(name.serial.len(), 18, "9 bytes");
        assert_eq!(hex::decode(&name.serial).expect("hex"), certificate[15..24]);
    }

    #[test]
    fn a_serial_keeps_its_leading_zero_byte() {
        let name = name(&fixture("taro")).expect("a name");
        assert_eq!(&name.serial[..4], "00c7");
    }

    #[test]
    fn what_is_cut_is_truncated_and_what_is_wrong_is_malformed() {
        let certificate = fixture("hanako");
        let whole = name(&certificate).expect("a name");
        for cut in 0..300 {
            match name(&certificate[..cut]) {
                Ok(name) => assert!(name == whole, "at {cut}"),
                Err(unreadable) => assert_eq!(unreadable, Unreadable::Truncated, "at {cut}"),
            }
        }
        for other in [&[0xFF; 64][..], b"\x04\x82\x01\x00", b"\x30\x82\xFF\xFF\x30", b"\x30\x80\x30\x80"] {
            assert_eq!(
                length(other).and(name(other).map(|_| ())),
                Err(Unreadable::Malformed),
                "{other:02X?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = name(&bytes);
            if let Ok(length) = length(&bytes) {
                prop_assert!(length <= LONGEST);
            }
        }

        #[test]
        fn a_damaged_certificate_is_read_or_refused(place in 0_usize..256, byte in any::<u8>(), cut in 0_usize..=256) {
            let mut beginning = fixture("hanako");
            beginning[place] = byte;
            if let Ok(name) = name(&beginning[..cut]) {
                prop_assert!(name.issuer_der.len() + name.serial.len() / 2 <= cut);
            }
        }
    }
}
