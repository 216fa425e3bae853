//! Profile 1 once more from docs/merge-file.md, for any text: also for those that no cloud would seal.

use crate::street::Key;
use aes::Aes128;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use md5::{Digest, Md5};

/// A genuine file with this record.
pub(crate) fn file(record: &str, key: Key) -> Vec<u8> {
    let bytes = record.as_bytes();
    plaintext([bytes, b",", hash(bytes, key.secret).as_bytes()].concat().as_slice(), key)
}

/// Any plaintext under the key. The IV is the plaintext's own hash: as good as random for a kit whose files
/// shall be the same every time.
pub(crate) fn plaintext(plaintext: &[u8], key: Key) -> Vec<u8> {
    let mut digest = Md5::new();
    digest.update(plaintext);
    let iv: [u8; 16] = digest.finalize().into();
    let encryptor = cbc::Encryptor::<Aes128>::new(&key.aes.into(), &iv.into());
    let mut file = iv.to_vec();
    file.extend(encryptor.encrypt_padded_vec::<Pkcs7>(plaintext));
    file
}

/// Lower-case hex MD5 of the record, a comma and the secret.
pub(crate) fn hash(record: &[u8], secret: &str) -> String {
    let mut md5 = Md5::new();
    md5.update(record);
    md5.update(b",");
    md5.update(secret.as_bytes());
    hex::encode(md5.finalize())
}
