//! Whether a card signed: its whole chain to a trust anchor, then its signature (docs/security.md 2, 4).
//!
//! The path is short and fixed: the card's certificate stands directly under an authority that the
//! settings name. There is nothing to build or to fetch, so the check is a list, from RFC 5280 §6.1 as
//! far as it concerns such a path. Revocation is not asked: that answer comes from the platform that the
//! real authority opens to registered parties only.

use super::certificate::{self, CertificateFile, NotACertificate};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use madoguchi_domain::certificate::CertificateName;
use x509_cert::Certificate;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::oid::AssociatedOid;
use x509_cert::der::{Decode, Reader, SliceReader};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, ExtendedKeyUsage, KeyUsage};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// Extensions that say nothing against a path of one step where they are critical.
const UNDERSTOOD: [ObjectIdentifier; 4] =
    [KeyUsage::OID, BasicConstraints::OID, ExtendedKeyUsage::OID, CertificatePolicies::OID];

/// The whole auth certificate of a card that says it signed.
pub struct AuthCertificate {
    certificate: Certificate,
    /// The bytes its issuer signed, as they came.
    signed_part: Vec<u8>,
    file: CertificateFile,
}

impl AuthCertificate {
    /// Reads a certificate, DER.
    pub fn parse(der: &[u8]) -> Result<Self, NotACertificate> {
        let certificate = Certificate::from_der(der)?;
        let mut outer = SliceReader::new(der)?;
        x509_cert::der::Header::decode(&mut outer)?;
        let signed_part = outer.tlv_bytes()?.to_vec();
        Ok(Self { certificate, signed_part, file: certificate::parse(der)? })
    }

    /// Issuer and serial, as certificates are found by.
    pub const fn name(&self) -> &CertificateName {
        &self.file.name
    }

    /// Whether the instant lies in its period.
    pub const fn is_valid_at(&self, at_ms: i64) -> bool {
        self.file.is_valid_at(at_ms)
    }

    /// Whether one of the anchors issued it, for signatures such as this one, and could do so now.
    pub fn is_issued_by_one_of(&self, anchors: &[Certificate], now_ms: i64) -> bool {
        self.is_for_digital_signatures()
            && anchors.iter().any(|anchor| is_authority_at(anchor, now_ms) && self.is_signed_by(anchor))
    }

    /// Whether its key signed these bytes (RSASSA-PKCS1-v1_5 with SHA-256).
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        has_signed(self.certificate.tbs_certificate().subject_public_key_info(), bytes, signature)
    }

    fn is_for_digital_signatures(&self) -> bool {
        let tbs = self.certificate.tbs_certificate();
        let key_usage = tbs.get_extension::<KeyUsage>();
        let constraints = tbs.get_extension::<BasicConstraints>();
        matches!(key_usage, Ok(Some((_, usage))) if usage.digital_signature())
            && matches!(constraints, Ok(None | Some((_, BasicConstraints { ca: false, .. }))))
            && is_understood(&self.certificate)
    }

    fn is_signed_by(&self, anchor: &Certificate) -> bool {
        let tbs = self.certificate.tbs_certificate();
        let authority = anchor.tbs_certificate();
        tbs.issuer() == authority.subject()
            && tbs.signature() == self.certificate.signature_algorithm()
            && tbs.signature().oid == SHA256_WITH_RSA
            && self.certificate.signature().as_bytes().is_some_and(|signature| {
                has_signed(authority.subject_public_key_info(), &self.signed_part, signature)
            })
    }
}

/// Whether the anchor may issue certificates, and is not over.
fn is_authority_at(anchor: &Certificate, now_ms: i64) -> bool {
    let tbs = anchor.tbs_certificate();
    let constraints = tbs.get_extension::<BasicConstraints>();
    let key_usage = tbs.get_extension::<KeyUsage>();
    let validity = tbs.validity();
    let period = certificate::millis(validity.not_before)..=certificate::millis(validity.not_after);
    matches!(constraints, Ok(Some((_, BasicConstraints { ca: true, .. }))))
        && matches!(key_usage, Ok(Some((_, usage))) if usage.key_cert_sign())
        && is_understood(anchor)
        && period.contains(&now_ms)
}

fn is_understood(certificate: &Certificate) -> bool {
    let extensions: &[Extension] =
        certificate.tbs_certificate().extensions().map_or(&[], |extensions| extensions.as_slice());
    extensions.iter().all(|extension| !extension.critical || UNDERSTOOD.contains(&extension.extn_id))
}

fn has_signed(key: &SubjectPublicKeyInfoOwned, bytes: &[u8], signature: &[u8]) -> bool {
    key.algorithm.oid == RSA
        && key.subject_public_key.as_bytes().is_some_and(|key| {
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(bytes, signature).is_ok()
        })
}

#[cfg(test)]
mod tests;
