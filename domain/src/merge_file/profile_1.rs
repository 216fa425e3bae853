//! Profile 1, as the manual has it: MD5 with a shared secret inside, AES-128 around.
//!
//! File = IV (16 bytes) ‖ AES-128-CBC with PKCS#7 of `record,md5`, where `md5` is the lower-case hex MD5 of
//! `record,secret`. Compatibility only: there is no authentication outside the encryption, and MD5 is weak;
//! what that means and why it is bearable for a street stands in `docs/merge-file.md`.

use super::record::SEPARATOR;
use super::{LONGEST_FILE, MergeRecord, NotGenuine};
use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use md5::{Digest, Md5};
use subtle::{Choice, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// AES's block and the IV, in bytes.
const BLOCK: usize = 16;
/// An MD5 in hex, in characters.
const HASH: usize = 32;

/// The string that street and cloud share (特定の文字列): 32 to 64 ASCII letters and digits, drawn at random.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SharedSecret(String);

/// The text is too short or not of letters and digits only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a shared secret is 32 to 64 ASCII letters and digits")]
pub struct NotASharedSecret;

impl SharedSecret {
    /// Checks a secret.
    pub fn parse(text: &str) -> Result<Self, NotASharedSecret> {
        let fits = (32..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotASharedSecret) }
    }

    /// The characters, for handing it over to the street.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// One of a street's keys under profile 1; during a change two are valid at once.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Profile1Key {
    /// The AES-128 key.
    pub aes: [u8; 16],
    /// What goes into the MD5.
    pub secret: SharedSecret,
}

/// Seals one record. The IV is random, and new for every file.
pub fn seal_profile_1(record: &MergeRecord, key: &Profile1Key, iv: [u8; BLOCK]) -> Vec<u8> {
    let record = record.to_string();
    let hash = hash(record.as_bytes(), &key.secret);
    let plaintext = format!("{record}{SEPARATOR}{hash}");
    let encryptor = cbc::Encryptor::<Aes128>::new(&key.aes.into(), &iv.into());
    let mut file = iv.to_vec();
    file.extend(encryptor.encrypt_padded_vec::<Pkcs7>(plaintext.as_bytes()));
    file
}

/// Opens a file with whichever of the keys fits.
///
/// Every key is tried to the end, and with each the MD5 is computed and compared whatever the decryption
/// gave, so that neither the answer nor its time tells what was wrong.
pub fn open_profile_1(file: &[u8], keys: &[Profile1Key]) -> Result<MergeRecord, NotGenuine> {
    let whole_blocks = file.len().is_multiple_of(BLOCK);
    if !whole_blocks || file.len() < 2 * BLOCK || file.len() > LONGEST_FILE {
        return Err(NotGenuine);
    }
    let (iv, ciphertext) = file.split_first_chunk::<BLOCK>().ok_or(NotGenuine)?;
    let mut found = None;
    for key in keys {
        let opened = open_with(iv, ciphertext, key);
        found = found.or(opened);
    }
    found.ok_or(NotGenuine)
}

fn open_with(iv: &[u8; BLOCK], ciphertext: &[u8], key: &Profile1Key) -> Option<MergeRecord> {
    let decryptor = cbc::Decryptor::<Aes128>::new(&key.aes.into(), iv.into());
    let decrypted = decryptor.decrypt_padded_vec::<Pkcs7>(ciphertext);
    let opens = Choice::from(u8::from(decrypted.is_ok()));
    let plaintext = decrypted.unwrap_or_else(|_| ciphertext.to_vec());
    let (record, stated) = plaintext.split_at(plaintext.len().saturating_sub(HASH));
    let record = record.strip_suffix(&[SEPARATOR as u8]).unwrap_or_default();
    let genuine = hash(record, &key.secret).as_bytes().ct_eq(stated);
    let parsed = std::str::from_utf8(record).ok().and_then(MergeRecord::parse);
    parsed.filter(|_| bool::from(opens & genuine))
}

fn hash(record: &[u8], secret: &SharedSecret) -> String {
    let mut md5 = Md5::new();
    md5.update(record);
    md5.update([SEPARATOR as u8]);
    md5.update(secret.as_bytes());
    hex::encode(md5.finalize())
}

#[cfg(test)]
mod tests;
