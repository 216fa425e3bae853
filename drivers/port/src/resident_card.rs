//! What a resident's card can say and do, whatever its commands look like.

use crate::fault::CardFault;
use crate::reader::ReaderName;
use madoguchi_domain::certificate::CertificateName;
use secrecy::SecretString;

/// The person-identifying side of a My Number card (公的個人認証, JPKI).
///
/// Every operation opens a session of its own, starts with SELECT and ends it: nothing is kept on
/// the card between two calls. All calls block.
pub trait ResidentCard: Send + Sync {
    /// Issuer and serial of the auth certificate, from its first bytes; two APDUs on a card as we know
    /// them, no PIN. This identifies, it does not prove.
    fn identify(&self, reader: &ReaderName) -> Result<CertificateName, CardFault>;

    /// The whole auth certificate, DER encoded.
    fn certificate(&self, reader: &ReaderName) -> Result<Vec<u8>, CardFault>;

    /// Tries left for the auth PIN (暗証番号, 4 digits); 0 = locked. Costs no try.
    fn pin_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault>;

    /// Verifies the PIN and signs a SHA-256 digest with the auth key (RSASSA-PKCS1-v1_5), in one
    /// exclusive session that ends with power-down. Never tries a PIN twice by itself, and never
    /// sends one that is not 4 digits (`CardFault::MalformedPin`).
    fn sign(&self, reader: &ReaderName, pin: &SecretString, digest: &[u8; 32]) -> Result<Vec<u8>, CardFault>;
}
