//! A sample card that signs, as `fixtures/cards` has it.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use std::fs;
use std::path::{Path, PathBuf};
use x509_cert::der::Document;

/// The folder of everything invented.
pub(crate) fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path)
}

/// A card with its auth certificate and key.
pub(crate) struct SampleCard {
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: RsaKeyPair,
}

impl SampleCard {
    pub(crate) fn named(name: &str) -> Self {
        let certificate = fs::read(fixtures(&format!("cards/{name}/auth.crt.der"))).unwrap();
        let pem = fs::read_to_string(fixtures(&format!("cards/{name}/auth.key.pem"))).unwrap();
        let (_, key) = Document::from_pem(&pem).unwrap();
        Self { certificate, key: RsaKeyPair::from_pkcs8(key.as_bytes()).unwrap() }
    }

    /// What the card answers when it is given the SHA-256 of these bytes.
    pub(crate) fn signs(&self, bytes: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut signature).unwrap();
        signature
    }
}
