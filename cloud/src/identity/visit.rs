//! Visits: this terminal, this card, for five minutes (docs/security.md 3).
//!
//! A visit is kept nowhere: what it says is sealed into it with AES-256-GCM under a key only the cloud
//! has, so every process of a cloud can open it and none has to remember it.

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::terminal::TerminalId;
use uuid::Uuid;
use zeroize::Zeroize;

/// How long a visit lasts, in milliseconds.
pub const LIFETIME_MS: i64 = 5 * 60 * 1000;

const PURPOSE: &[u8] = b"madoguchi/visit/2";
const NONCE: usize = 12;
const BODY: usize = 4 + 16 + CARD + 8;
const CARD: usize = 9;
const TAG: usize = 16;
const SEALED: usize = NONCE + BODY + TAG;

/// By which card the person is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownCard {
    /// The resident's own: the certificate's number.
    Certificate(i64),
    /// A shopping street's: it carries a number of that street, which proves nothing (row F3).
    StreetCard(IdProviderId),
}

impl ShownCard {
    fn bytes(self) -> [u8; CARD] {
        let mut bytes = [0; CARD];
        match self {
            Self::Certificate(number) => bytes[1..].copy_from_slice(&number.to_be_bytes()),
            Self::StreetCard(street) => {
                bytes[0] = 1;
                bytes[1..7].copy_from_slice(street.as_str().as_bytes());
            }
        }
        bytes
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (0, number) => Some(Self::Certificate(i64::from_be_bytes(number.try_into().ok()?))),
            (1, street) => {
                let digits = std::str::from_utf8(street.get(..6)?).ok()?;
                Some(Self::StreetCard(IdProviderId::parse(digits).ok()?))
            }
            _ => None,
        }
    }
}

/// What a visit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The terminal whose reader saw the card; the visit is good there only.
    pub terminal: TerminalId,
    /// Whose card.
    pub person: PersonId,
    /// By which card.
    pub card: ShownCard,
    /// When it ends, milliseconds since 1970 (UTC).
    pub expires_at_ms: i64,
}

/// Seals and opens visits. No `Debug`.
pub struct VisitKey(Aes256Gcm);

impl VisitKey {
    /// From a key derived for this purpose.
    pub fn new(mut key: [u8; 32]) -> Self {
        let cipher = Aes256Gcm::new(&key.into());
        key.zeroize();
        Self(cipher)
    }

    /// The visit as the terminal carries it, hex. `nonce` is fresh and random for each.
    pub fn seal(&self, visit: &Visit, nonce: [u8; NONCE]) -> Option<String> {
        let mut bytes = [0; SEALED];
        bytes[..NONCE].copy_from_slice(&nonce);
        let body = &mut bytes[NONCE..NONCE + BODY];
        body[..4].copy_from_slice(&visit.terminal.number().to_be_bytes());
        body[4..20].copy_from_slice(visit.person.0.as_bytes());
        body[20..20 + CARD].copy_from_slice(&visit.card.bytes());
        body[20 + CARD..].copy_from_slice(&visit.expires_at_ms.to_be_bytes());
        let tag = self.0.encrypt_inout_detached(&Nonce::from(nonce), PURPOSE, body.into()).ok()?;
        bytes[NONCE + BODY..].copy_from_slice(&tag);
        Some(hex::encode(bytes))
    }

    /// What a visit says; `None` for anything this cloud did not seal.
    pub fn open(&self, sealed: &str) -> Option<Visit> {
        let mut bytes = [0; SEALED];
        hex::decode_to_slice(sealed, &mut bytes).ok()?;
        let nonce: [u8; NONCE] = *bytes.first_chunk()?;
        let tag: [u8; TAG] = *bytes.last_chunk()?;
        let body = &mut bytes[NONCE..NONCE + BODY];
        self.0
            .decrypt_inout_detached(&Nonce::from(nonce), PURPOSE, (&mut *body).into(), &Tag::from(tag))
            .ok()?;
        Some(Visit {
            terminal: TerminalId::from_number(u32::from_be_bytes(body[..4].try_into().ok()?)).ok()?,
            person: PersonId(Uuid::from_slice(&body[4..20]).ok()?),
            card: ShownCard::of(&body[20..20 + CARD])?,
            expires_at_ms: i64::from_be_bytes(body[20 + CARD..].try_into().ok()?),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn a_visit() -> Visit {
        Visit {
            terminal: TerminalId::from_number(14_130_001).unwrap(),
            person: PersonId(Uuid::from_u128(42)),
            card: ShownCard::Certificate(7),
            expires_at_ms: 1_795_152_720_000,
        }
    }

    #[test]
    fn a_sealed_visit_says_what_was_put_in() {
        let key = VisitKey::new([3; 32]);
        let sealed = key.seal(&a_visit(), [1; 12]).unwrap();
        assert_eq!(key.open(&sealed), Some(a_visit()));
        let street = ShownCard::StreetCard(IdProviderId::parse("140002").unwrap());
        let by_street_card = Visit { card: street, ..a_visit() };
        let sealed = key.seal(&by_street_card, [2; 12]).unwrap();
        assert_eq!(key.open(&sealed), Some(by_street_card));
    }

    #[test]
    fn a_changed_cut_or_foreign_visit_does_not_open() {
        let key = VisitKey::new([3; 32]);
        let sealed = key.seal(&a_visit(), [1; 12]).unwrap();
        for position in 0..SEALED {
            let mut bytes = hex::decode(&sealed).unwrap();
            bytes[position] ^= 1;
            assert_eq!(key.open(&hex::encode(bytes)), None, "byte {position}");
        }
        for text in ["", "zz", &sealed[2..], &sealed.to_uppercase()[..10]] {
            assert_eq!(key.open(text), None);
        }
        assert_eq!(VisitKey::new([4; 32]).open(&sealed), None);
    }
}
