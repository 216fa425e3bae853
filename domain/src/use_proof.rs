//! The bytes a resident's card signs to use points above the limit without PIN, or to have them made into a
//! ticket or a shopping street's own (docs/security.md 2).
//!
//! The card is given their SHA-256 and signs it (RSASSA-PKCS1-v1_5), so `openssl dgst -sha256 -verify`
//! over these bytes proves a signature. They name one use and no other: the cloud's nonce, the
//! terminal, the operation's key, every account with its amount, a ticket's last day or the street. What is signed in
//! training has another purpose and proves nothing where points are real: the card's key is the same there.
//!
//! Fields, each after its length as 4 bytes (big-endian):
//! purpose · nonce (32) · terminal ID (8 ASCII digits) · operation key (16 bytes of the
//! UUID) · number of parts · then for each part, in the request's order: book (6 ASCII digits) ·
//! currency's number · points · for a ticket its last day (`2026-12-20`), for a merge the street (6 ASCII digits).
//! Numbers are 8 bytes, big-endian. The purpose is `"madoguchi/use/1"`, `"madoguchi/issue/1"` or
//! `"madoguchi/merge/1"`, in training `"madoguchi/training/use/1"` and so on.

use crate::canonical::Canonical;
use crate::id_provider::IdProviderId;
use crate::ledger::Part;
use crate::operation_key::OperationKey;
use crate::terminal::TerminalId;
use jiff::civil::Date;

/// What the points become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A payment.
    Payment,
    /// A ticket that is good until its last day.
    Ticket {
        /// That day, Japan date.
        last_day: Date,
    },
    /// A shopping street's own points.
    StreetPoints(IdProviderId),
}

/// What a card signs: one use, the issue of one ticket, or one merge.
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
    /// What the points become.
    pub becomes: Becomes,
    /// Whether it is signed in training.
    pub training: bool,
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
        let mut bytes = Canonical::tagged(self.purpose());
        bytes.bytes(&self.nonce).text(&self.terminal.to_string()).bytes(self.key.0.as_bytes());
        bytes.number(i64::try_from(self.parts.len()).unwrap_or(i64::MAX));
        for Part { currency, points } in self.parts {
            bytes.text(currency.book.as_str());
            bytes.number(i64::from(currency.number.0)).number(points.get());
        }
        match self.becomes {
            Becomes::Payment => &mut bytes,
            Becomes::Ticket { last_day } => bytes.text(&last_day.to_string()),
            Becomes::StreetPoints(street) => bytes.text(street.as_str()),
        };
        bytes
    }

    /// The name of the proof; a signature for one purpose is none for another.
    const fn purpose(&self) -> &'static str {
        match (self.training, self.becomes) {
            (false, Becomes::Payment) => "madoguchi/use/1",
            (false, Becomes::Ticket { .. }) => "madoguchi/issue/1",
            (false, Becomes::StreetPoints(_)) => "madoguchi/merge/1",
            (true, Becomes::Payment) => "madoguchi/training/use/1",
            (true, Becomes::Ticket { .. }) => "madoguchi/training/issue/1",
            (true, Becomes::StreetPoints(_)) => "madoguchi/training/merge/1",
        }
    }
}
