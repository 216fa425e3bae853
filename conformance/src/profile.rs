//! Which profile of the merge file a receiver is examined for, and what its files and key sheet look like.

use crate::street::{CLOUD, CLOUD_NUMBER, Key2, NEW, NEW_2, OLD, OLD_2, STREET};
use crate::{damaged_1, damaged_2, grammar, seal_1, seal_2};
use ed25519_dalek::SigningKey;

/// A profile (docs/merge-file.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// MD5 and AES-128-CBC, the default.
    One,
    /// AES-256-GCM and the cloud's signature.
    Two,
}

/// Whose key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Under {
    New,
    Old,
}

/// A file that must be refused, and what it is.
pub(crate) type Damaged = (&'static str, Vec<u8>);

impl Profile {
    /// A file with any record, otherwise as the cloud makes it.
    pub(crate) fn file(self, record: &str, under: Under) -> Vec<u8> {
        match (self, under) {
            (Self::One, Under::New) => seal_1::file(record, NEW),
            (Self::One, Under::Old) => seal_1::file(record, OLD),
            (Self::Two, Under::New) => seal_2::file(STREET, record, NEW_2, CLOUD),
            (Self::Two, Under::Old) => seal_2::file(STREET, record, OLD_2, CLOUD),
        }
    }

    /// Everything that is wrong with a file.
    pub(crate) fn damaged(self) -> Vec<Damaged> {
        let mut damaged = match self {
            Self::One => damaged_1::files(),
            Self::Two => damaged_2::files(),
        };
        damaged.extend(grammar::broken(self));
        damaged
    }

    /// Files of one length that are damaged in different ways.
    pub(crate) fn alike(self) -> Vec<Damaged> {
        match self {
            Self::One => damaged_1::alike(),
            Self::Two => damaged_2::alike(),
        }
    }

    /// The street's key sheet, the newest key first.
    pub(crate) fn key_sheet(self) -> String {
        let secrets = [NEW.secret, OLD.secret];
        match self {
            Self::One => {
                let key = |aes: [u8; 16], secret| {
                    format!("\n[[key]]\naes = \"{}\"\nsecret = \"{secret}\"\n", hex::encode(aes))
                };
                format!(
                    "street = \"{STREET}\"\nprofile = 1\n{}{}",
                    key(NEW.aes, secrets[0]),
                    key(OLD.aes, secrets[1])
                )
            }
            Self::Two => {
                let key = |key: Key2, secret| {
                    let (number, aes) = (key.number, hex::encode(key.aes));
                    format!("\n[[key]]\nnumber = {number}\naes = \"{aes}\"\nsecret = \"{secret}\"\n")
                };
                let cloud = hex::encode(SigningKey::from_bytes(&CLOUD).verifying_key());
                format!(
                    "street = \"{STREET}\"\nprofile = 2\n{}{}\n[[signer]]\nnumber = {CLOUD_NUMBER}\ned25519 = \"{cloud}\"\n",
                    key(NEW_2, secrets[0]),
                    key(OLD_2, secrets[1])
                )
            }
        }
    }
}
