//! Profile 2, for streets that can: AES-256-GCM around the record, the cloud's Ed25519 signature over all.
//!
//! File = header (24 bytes) ‖ AES-256-GCM of `street,record` with the header as associated data (its tag of
//! 16 bytes last) ‖ Ed25519 signature (64 bytes) over `"madoguchi/merge-file/2"` ‖ header ‖ what was sealed.
//! Header = `MGCHMRG2` ‖ number of the street's key ‖ number of the cloud's signature key (both 2 bytes,
//! big-endian) ‖ nonce (12 bytes). The signature is checked first: without it nothing is decrypted, and
//! a street that has lost its key can still not make files.

use super::record::SEPARATOR;
use super::{LONGEST_FILE, MergeRecord, NotGenuine};
use crate::id_provider::IdProviderId;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::{Zeroize, ZeroizeOnDrop};

const MAGIC: [u8; 8] = *b"MGCHMRG2";
const PURPOSE: &[u8] = b"madoguchi/merge-file/2";
const HEADER: usize = 24;
const NONCE: usize = 12;
const SIGNATURE: usize = 64;

/// What stands before the sealed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile2Header {
    /// The street's key that opens it.
    pub key: u16,
    /// The cloud's key that signed it.
    pub signer: u16,
    /// Random, and new for every file.
    pub nonce: [u8; NONCE],
}

/// A street's key under profile 2.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Profile2Key {
    /// The AES-256 key.
    pub aes: [u8; 32],
}

impl Profile2Header {
    /// Whether a file begins as one of profile 2, and with which keys. Proves nothing.
    pub fn read(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(&MAGIC)?;
        let (key, rest) = rest.split_first_chunk()?;
        let (signer, rest) = rest.split_first_chunk()?;
        let (nonce, _) = rest.split_first_chunk()?;
        Some(Self { key: u16::from_be_bytes(*key), signer: u16::from_be_bytes(*signer), nonce: *nonce })
    }

    fn bytes(self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..10].copy_from_slice(&self.key.to_be_bytes());
        bytes[10..12].copy_from_slice(&self.signer.to_be_bytes());
        bytes[12..].copy_from_slice(&self.nonce);
        bytes
    }
}

/// Seals and signs one record for a street.
pub fn seal_profile_2(
    street: IdProviderId,
    record: &MergeRecord,
    header: Profile2Header,
    key: &Profile2Key,
    signer: &SigningKey,
) -> Result<Vec<u8>, NotGenuine> {
    let plaintext = format!("{street}{SEPARATOR}{record}");
    let mut file = header.bytes().to_vec();
    let payload = Payload { msg: plaintext.as_bytes(), aad: &file };
    let sealed = cipher(key).encrypt(&Nonce::from(header.nonce), payload).map_err(|_| NotGenuine)?;
    file.extend(sealed);
    let signature = signer.sign(&signed(&file));
    file.extend(signature.to_bytes());
    Ok(file)
}

/// Opens a file of this street: signature, seal, street, grammar, with one answer for all that is wrong.
///
/// `key` and `signer` are those the file's header names ([`Profile2Header::read`]).
pub fn open_profile_2(
    street: IdProviderId,
    file: &[u8],
    key: &Profile2Key,
    signer: &VerifyingKey,
) -> Result<MergeRecord, NotGenuine> {
    let header = Profile2Header::read(file).ok_or(NotGenuine)?;
    if file.len() > LONGEST_FILE {
        return Err(NotGenuine);
    }
    let (body, signature) = file.split_last_chunk::<SIGNATURE>().ok_or(NotGenuine)?;
    signer.verify_strict(&signed(body), &Signature::from_bytes(signature)).map_err(|_| NotGenuine)?;
    let (aad, sealed) = body.split_at_checked(HEADER).ok_or(NotGenuine)?;
    let payload = Payload { msg: sealed, aad };
    let plaintext = cipher(key).decrypt(&Nonce::from(header.nonce), payload).map_err(|_| NotGenuine)?;
    let text = std::str::from_utf8(&plaintext).map_err(|_| NotGenuine)?;
    let (stated, record) = text.split_once(SEPARATOR).ok_or(NotGenuine)?;
    if stated != street.as_str() {
        return Err(NotGenuine);
    }
    MergeRecord::parse(record).ok_or(NotGenuine)
}

fn cipher(key: &Profile2Key) -> Aes256Gcm {
    Aes256Gcm::new(&key.aes.into())
}

fn signed(body: &[u8]) -> Vec<u8> {
    [PURPOSE, body].concat()
}

#[cfg(test)]
mod tests;
