//! Canonical bytes: fields one after the other, each after its length, so that no two different
//! sequences of fields have the same bytes.
//!
//! A field is its length as 4 bytes (big-endian) and then its bytes. A number is 8 bytes
//! (big-endian, two's complement); text is UTF-8; a field that is absent has length 0, which no
//! present field has.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Fields being written.
#[derive(Clone)]
pub(crate) struct Canonical {
    bytes: Vec<u8>,
}

impl Canonical {
    /// Starts with a tag that says what these bytes are.
    pub(crate) fn tagged(tag: &str) -> Self {
        let mut canonical = Self { bytes: Vec::with_capacity(512) };
        canonical.bytes(tag.as_bytes());
        canonical
    }

    /// A field of bytes.
    pub(crate) fn bytes(&mut self, field: &[u8]) -> &mut Self {
        // A field longer than 4 GiB cannot occur; its length would be written as the largest.
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(field);
        self
    }

    /// A field of text.
    pub(crate) fn text(&mut self, field: &str) -> &mut Self {
        self.bytes(field.as_bytes())
    }

    /// A number.
    pub(crate) fn number(&mut self, field: i64) -> &mut Self {
        self.bytes(&field.to_be_bytes())
    }

    /// A number that may be absent.
    pub(crate) fn number_or_none(&mut self, field: Option<i64>) -> &mut Self {
        match field {
            Some(number) => self.number(number),
            None => self.bytes(&[]),
        }
    }

    /// A date as eight digits, `20261120`.
    pub(crate) fn date(&mut self, field: Date) -> &mut Self {
        let (year, month, day) = (i32::from(field.year()), i32::from(field.month()), i32::from(field.day()));
        let mut digits = [b'0'; 8];
        let mut number = year * 10_000 + month * 100 + day;
        for digit in digits.iter_mut().rev() {
            *digit += u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
        }
        self.bytes(&digits)
    }

    /// How many bytes there are so far: a place to come back to.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Goes back to an earlier place.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    /// Everything so far.
    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes
    }

    /// The SHA-256 of everything so far.
    pub(crate) fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }
}
