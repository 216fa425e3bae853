//! Sealed columns: AES-256-GCM under a key that lies in the credential store (docs/security.md 13).
//!
//! A sealed value is its random nonce (12 bytes) and the ciphertext with its tag. Table, row, column
//! and form are bound to it, so a value moved elsewhere does not open.

use crate::StoreFault;
use crate::entropy::{Entropy, random};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE: usize = 12;

/// What sealed values look like. Not the tables' version: a store that is brought up keeps its values.
const FORM: i64 = 1;

/// Where a sealed value stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The table.
    pub table: &'static str,
    /// What names the row.
    pub row: &'a str,
    /// The column.
    pub column: &'static str,
}

impl Place<'_> {
    /// Length-prefixed, so that no two places share their bytes.
    fn associated(&self) -> Vec<u8> {
        let mut bytes = FORM.to_be_bytes().to_vec();
        for part in [self.table, self.row, self.column] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

/// The key of a store's sealed columns. Wiped from memory with the program.
#[derive(Clone)]
pub struct StoreKey {
    name: String,
    key: Zeroizing<[u8; 32]>,
}

impl StoreKey {
    /// A key that was kept under `name` in the credential store.
    pub fn new(name: &str, bytes: &[u8]) -> Option<Self> {
        Some(Self { name: name.to_owned(), key: Zeroizing::new(bytes.try_into().ok()?) })
    }

    /// Its name in the credential store.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seals a value for one place.
    pub fn seal<T: Serialize>(
        &self,
        entropy: &dyn Entropy,
        place: Place<'_>,
        value: &T,
    ) -> Result<Vec<u8>, StoreFault> {
        let plain = Zeroizing::new(serde_json::to_vec(value)?);
        let nonce = random::<NONCE>(entropy).map_err(|_| StoreFault::NoEntropy)?;
        let payload = Payload { msg: &plain, aad: &place.associated() };
        let sealed = self.cipher()?.encrypt(&Nonce::from(nonce), payload).map_err(|_| StoreFault::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens a value sealed for this place.
    pub fn open<T: DeserializeOwned>(&self, place: Place<'_>, sealed: &[u8]) -> Result<T, StoreFault> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(StoreFault::Sealed)?;
        let payload = Payload { msg: sealed, aad: &place.associated() };
        let plain = self.cipher()?.decrypt(&Nonce::from(*nonce), payload).map_err(|_| StoreFault::Sealed)?;
        Ok(serde_json::from_slice(&Zeroizing::new(plain))?)
    }

    /// A keyed hash: the same bytes for the same purpose have the same one in this store, and nobody
    /// without the key can find the bytes by trying.
    pub fn hash(&self, purpose: &str, bytes: &[u8]) -> Result<[u8; 32], StoreFault> {
        let of_purpose = hmac(&self.key, format!("madoguchi/store/{purpose}/1").as_bytes())?;
        hmac(&of_purpose, bytes)
    }

    fn cipher(&self) -> Result<Aes256Gcm, StoreFault> {
        Aes256Gcm::new_from_slice(self.key.as_slice()).map_err(|_| StoreFault::Sealed)
    }
}

fn hmac(key: &[u8; 32], bytes: &[u8]) -> Result<[u8; 32], StoreFault> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|_| StoreFault::Sealed)?;
    mac.update(bytes);
    Ok(mac.finalize().into_bytes().into())
}
