//! The tag in a ticket's code (docs/security.md 9): the first 64 bits of HMAC-SHA-256 over the issuer and
//! the number, under the issuer's key of the number that stands in the code.

use crate::keys::wrapped::OpenKey;
use hmac::{Hmac, KeyInit, Mac};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::ticket::{TAG_BYTES, TicketCode, TicketKeyNumber, TicketNumber, tagged_bytes};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The tag of a ticket.
pub fn tag(key: &OpenKey, training: bool, issuer: IssuerCode, number: TicketNumber) -> [u8; TAG_BYTES] {
    let mut tag = [0; TAG_BYTES];
    // A key of any length is taken by HMAC.
    if let Ok(mac) = Hmac::<Sha256>::new_from_slice(&key.0) {
        let whole = mac.chain_update(tagged_bytes(training, issuer, number)).finalize().into_bytes();
        tag.copy_from_slice(&whole[..TAG_BYTES]);
    }
    tag
}

/// What stands in a ticket's QR.
pub fn code(
    key: &OpenKey,
    key_number: TicketKeyNumber,
    training: bool,
    issuer: IssuerCode,
    number: TicketNumber,
) -> TicketCode {
    TicketCode { training, issuer, number, key: key_number, tag: tag(key, training, issuer, number) }
}

/// Whether the tag of a code was made under this key.
pub fn is_right(key: &OpenKey, code: &TicketCode) -> bool {
    bool::from(tag(key, code.training, code.issuer, code.number).ct_eq(&code.tag))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    //! Against the published vectors (`fixtures/tickets/tag-vectors.json`), which `openssl` alone computes
    //! (`tag_vectors.sh`).

    use super::*;
    use serde_json::Value;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    fn fixtures(path: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/tickets").join(path)
    }

    fn vectors() -> Vec<Value> {
        serde_json::from_slice(&fs::read(fixtures("tag-vectors.json")).unwrap()).unwrap()
    }

    fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
        vector[name].as_str().unwrap()
    }

    /// Key, and the code that is printed under it.
    fn printed(vector: &Value) -> (OpenKey, TicketCode) {
        let key = OpenKey(hex::decode(text(vector, "key")).unwrap().try_into().unwrap());
        let number = TicketKeyNumber(u16::try_from(vector["key_number"].as_u64().unwrap()).unwrap());
        let issuer = IssuerCode::parse(text(vector, "issuer")).unwrap();
        let training = vector["training"].as_bool().unwrap();
        let code = code(&key, number, training, issuer, TicketNumber::parse(text(vector, "number")).unwrap());
        (key, code)
    }

    #[test]
    fn the_codes_are_those_of_the_vectors() {
        for vector in vectors() {
            let (key, code) = printed(&vector);
            let bytes = tagged_bytes(code.training, code.issuer, code.number);
            assert_eq!(hex::encode(bytes), text(&vector, "bytes"), "{}", vector["name"]);
            assert_eq!(code.to_string(), text(&vector, "code"), "{}", vector["name"]);
            assert!(is_right(&key, &TicketCode::scanned(text(&vector, "code")).unwrap()));
        }
    }

    #[test]
    fn openssl_alone_computes_the_same_vectors() {
        let output = Command::new("sh").arg(fixtures("tag_vectors.sh")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let published = fs::read_to_string(fixtures("tag-vectors.json")).unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), published);
    }

    #[test]
    fn a_code_with_anything_else_in_it_is_not_right() {
        let (key, code) = printed(&vectors()[0]);
        let other_number = TicketNumber::from_number(code.number.number() + 1).unwrap();
        let mut other_tag = code;
        other_tag.tag[7] ^= 1;
        let others = [
            TicketCode { number: other_number, ..code },
            TicketCode { issuer: IssuerCode::parse("141003").unwrap(), ..code },
            TicketCode { training: true, ..code },
            other_tag,
        ];
        for other in others {
            assert!(!is_right(&key, &other));
        }
        assert!(!is_right(&OpenKey([0; 32]), &code));
    }
}
