//! Profile 2 once more from docs/merge-file.md, for any text, any street and any signer.

use crate::street::{CLOUD_NUMBER, Key2};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use ed25519_dalek::{Signer, SigningKey};
use md5::{Digest, Md5};

/// How long the header is; the sealed part follows.
pub(crate) const HEADER: usize = 24;
/// How long the signature is, at the end.
pub(crate) const SIGNATURE: usize = 64;

/// A file for a street, under a key, signed with the key of this seed.
pub(crate) fn file(street: &str, record: &str, key: Key2, signer: [u8; 32]) -> Vec<u8> {
    signed(sealed(street, record, key), signer)
}

/// Header and sealed part, without a signature. The nonce is a hash of what is sealed: as good as random for a
/// kit whose files shall be the same every time.
pub(crate) fn sealed(street: &str, record: &str, key: Key2) -> Vec<u8> {
    let plaintext = format!("{street},{record}");
    let digest: [u8; 16] = Md5::new_with_prefix(&plaintext).finalize().into();
    let [nonce @ .., _, _, _, _] = digest;
    let header =
        [b"MGCHMRG2".as_slice(), &key.number.to_be_bytes(), &CLOUD_NUMBER.to_be_bytes(), &nonce].concat();
    let payload = Payload { msg: plaintext.as_bytes(), aad: &header };
    let sealed = Aes256Gcm::new(&key.aes.into()).encrypt(&Nonce::from(nonce), payload);
    // A cipher that refuses a line of text makes a file that no receiver takes, and the kit says so.
    [header, sealed.unwrap_or_default()].concat()
}

/// With the signature at its end.
pub(crate) fn signed(body: Vec<u8>, signer: [u8; 32]) -> Vec<u8> {
    let signature =
        SigningKey::from_bytes(&signer).sign(&[b"madoguchi/merge-file/2".as_slice(), &body].concat());
    [body, signature.to_bytes().to_vec()].concat()
}
