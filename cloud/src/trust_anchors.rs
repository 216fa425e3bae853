//! Trust anchors: the certificate authorities whose cards this cloud takes (docs/security.md 4).
//!
//! Belongs here: reading the folder the settings name, and refusing the authority in `fixtures/`, whose
//! private key is published. Does not belong here: checking a chain; that happens where a card signs (`identity::card_proof`).
//! Why it exists: without a folder nobody is trusted.

use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use x509_cert::Certificate;
use x509_cert::der::{Decode, DecodePem, Encode};

/// SHA-256 of the public keys (DER, `SubjectPublicKeyInfo`) of the authorities in `fixtures/ca`.
const PUBLISHED_KEYS: [&str; 2] = [
    "d315328ceb4026e001d13d03b5cc7fd55d6775e72156b29a32542c7403bbfff0",
    "894c92c8eb3193f419853f4e028dc6b93cfe160357dcd3160f129ba39534ca82",
];

/// The organisation in the names of the authorities in `fixtures/ca`; the real one's is `JPKI`.
const PUBLISHED_ORGANISATION: &[u8] = b"JPKI-TEST";

/// Why a folder of trust anchors cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustAnchorError {
    /// The folder or a file in it cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file holds no certificate.
    #[error("{path} holds no X.509 certificate: {source}")]
    NotACertificate {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: x509_cert::der::Error,
    },
    /// The authority's private key is published: whoever trusts it trusts everybody.
    #[error("{0} is the published test authority; only a demonstration (`--demo`) may trust it")]
    Published(PathBuf),
}

/// Reads every `.pem`, `.crt`, `.cer` and `.der` file of a folder; no folder, no anchors.
pub fn load(folder: Option<&Path>, demo: bool) -> Result<Vec<Certificate>, TrustAnchorError> {
    let Some(folder) = folder else {
        return Ok(Vec::new());
    };
    let unreadable = |source| TrustAnchorError::Unreadable { path: folder.to_owned(), source };
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
        })
        .map_err(unreadable)?;
    paths.retain(|path| {
        path.extension().is_some_and(|end| ["pem", "crt", "cer", "der"].iter().any(|known| end == *known))
    });
    paths.sort();
    paths.iter().map(|path| anchor(path, demo)).collect()
}

fn anchor(path: &Path, demo: bool) -> Result<Certificate, TrustAnchorError> {
    let bytes =
        fs::read(path).map_err(|source| TrustAnchorError::Unreadable { path: path.to_owned(), source })?;
    let not_a_certificate = |source| TrustAnchorError::NotACertificate { path: path.to_owned(), source };
    let certificate = if bytes.starts_with(b"-----BEGIN") {
        Certificate::from_pem(&bytes)
    } else {
        Certificate::from_der(&bytes)
    }
    .map_err(not_a_certificate)?;
    let key = certificate.tbs_certificate().subject_public_key_info().to_der().map_err(not_a_certificate)?;
    let is_published = PUBLISHED_KEYS.contains(&hex::encode(Sha256::digest(key)).as_str());
    if is_published && !demo {
        return Err(TrustAnchorError::Published(path.to_owned()));
    }
    Ok(certificate)
}

/// Whether an issuer's name (DER) is that of the published authorities: outside a demonstration their
/// cards lead to nobody, whatever the database holds.
pub fn is_published_issuer(issuer_der: &[u8]) -> bool {
    issuer_der.windows(PUBLISHED_ORGANISATION.len()).any(|part| part == PUBLISHED_ORGANISATION)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::identity::certificate;

    fn fixtures(path: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path)
    }

    #[test]
    fn nobody_is_trusted_by_default() {
        assert!(load(None, false).unwrap().is_empty());
    }

    #[test]
    fn the_published_authorities_are_trusted_by_a_demonstration_only() {
        for authority in ["auth-ca", "sign-ca"] {
            for form in ["pem", "der"] {
                let folder = tempfile::tempdir().unwrap();
                let file = format!("{authority}.crt.{form}");
                fs::copy(fixtures(&format!("ca/{file}")), folder.path().join(&file)).unwrap();
                let refused = load(Some(folder.path()), false);
                assert!(matches!(refused, Err(TrustAnchorError::Published(_))), "{file}");
                assert_eq!(load(Some(folder.path()), true).unwrap().len(), 1, "{file}");
            }
        }
    }

    #[test]
    fn a_file_without_a_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.pem"), "hello").unwrap();
        let refused = load(Some(folder.path()), false);
        assert!(
            matches!(refused, Err(TrustAnchorError::NotACertificate { path, .. }) if path.ends_with("a.pem"))
        );
        assert!(matches!(
            load(Some(&folder.path().join("none")), false),
            Err(TrustAnchorError::Unreadable { .. })
        ));
    }

    #[test]
    fn sample_cards_are_known_by_their_issuer() {
        let card = fs::read(fixtures("cards/hanako/auth.crt.der")).unwrap();
        assert!(is_published_issuer(&certificate::parse(&card).unwrap().name.issuer_der));
        assert!(!is_published_issuer(b"O=JPKI"));
    }
}
