//! The bytes a resident's card signs to use points above the limit without PIN (docs/security.md 2).
//!
//! The card is given their SHA-256 and signs it (RSASSA-PKCS1-v1_5), so `openssl dgst -sha256 -verify`
//! over these bytes proves a signature. They name one use and no other: the cloud's nonce, the
//! terminal, the operation's key, and every account with its amount.
//!
//! Fields, each after its length as 4 bytes (big-endian):
//! `"madoguchi/use/1"` · nonce (32) · terminal ID (8 ASCII digits) · operation key (16 bytes of the
//! UUID) · number of parts · then for each part, in the request's order: book (6 ASCII digits) ·
//! currency's number · points. Numbers are 8 bytes, big-endian.

use crate::canonical::Canonical;
use crate::ledger::Part;
use crate::operation_key::OperationKey;
use crate::terminal::TerminalId;

/// The name of this proof; a signature for one purpose is none for another.
const PURPOSE: &str = "madoguchi/use/1";

/// What a card signs: one use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseProof<'a> {
    /// What the cloud handed out for this operation; good once.
    pub nonce: [u8; 32],
    /// Where the points are used.
    pub terminal: TerminalId,
    /// The operation.
    pub key: OperationKey,
    /// From which accounts how much, in the request's order.
    pub parts: &'a [Part],
}

impl UseProof<'_> {
    /// The bytes whose SHA-256 is signed.
    pub fn bytes(&self) -> Vec<u8> {
        self.canonical().as_slice().to_vec()
    }

    /// What the card is given to sign.
    pub fn digest(&self) -> [u8; 32] {
        self.canonical().sha256()
    }

    fn canonical(&self) -> Canonical {
        let mut bytes = Canonical::tagged(PURPOSE);
        bytes.bytes(&self.nonce).text(&self.terminal.to_string()).bytes(self.key.0.as_bytes());
        bytes.number(i64::try_from(self.parts.len()).unwrap_or(i64::MAX));
        for Part { currency, points } in self.parts {
            bytes.text(currency.book.as_str());
            bytes.number(i64::from(currency.number.0)).number(points.get());
        }
        bytes
    }
}
