//! What a resident's card can say and do, whatever its commands look like.

use crate::card_kind::CardKind;
use crate::fault::CardFault;
use crate::reader::ReaderName;
use madoguchi_domain::certificate::CertificateName;
use secrecy::SecretString;
use std::fmt;

/// An auth PIN (暗証番号) as it was typed. Its digits are wiped after use and shown nowhere.
#[derive(Debug, Clone)]
pub struct TypedPin {
    /// The digits, as typed.
    pub digits: SecretString,
    /// Whether the person has said yes to spending the last try.
    pub last_try_agreed: bool,
}

/// A signing password (署名用パスワード) as it was typed. It is wiped after use and shown nowhere.
#[derive(Debug, Clone)]
pub struct TypedPassword {
    /// The letters and digits, as typed.
    pub characters: SecretString,
    /// Whether the person has said yes to spending the last try.
    pub last_try_agreed: bool,
}

/// What a card signed, with the certificate that proves it.
#[derive(Clone, PartialEq, Eq)]
pub struct CardSignature {
    /// The whole auth certificate, DER encoded.
    pub certificate: Vec<u8>,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    pub signature: Vec<u8>,
}

impl fmt::Debug for CardSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardSignature(..)")
    }
}

/// The person-identifying side of a My Number card (公的個人認証, JPKI).
///
/// Every operation opens a session of its own, starts with SELECT and ends it: nothing is kept on
/// the card between two calls. All calls block.
pub trait ResidentCard: Send + Sync {
    /// What kind of card it is, by the applications it lets select; for the person who wonders why a
    /// card cannot be used. Reads nothing that says whose it is.
    fn recognise(&self, reader: &ReaderName) -> Result<CardKind, CardFault>;

    /// Issuer and serial of the auth certificate, from its first bytes; two APDUs on a card as we know
    /// them, no PIN. This identifies, it does not prove.
    fn identify(&self, reader: &ReaderName) -> Result<CertificateName, CardFault>;

    /// As [`ResidentCard::identify`], after the PIN: for a phone, whose certificate is behind it. A card
    /// that shows whose it is hears no PIN; else like [`ResidentCard::sign`].
    fn identify_with_pin(&self, reader: &ReaderName, pin: &TypedPin) -> Result<CertificateName, CardFault>;

    /// The whole auth certificate, DER encoded.
    fn certificate(&self, reader: &ReaderName) -> Result<Vec<u8>, CardFault>;

    /// Tries left for the auth PIN (暗証番号, 4 digits); 0 = locked. Costs no try.
    fn pin_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault>;

    /// Verifies the PIN and signs a SHA-256 digest with the auth key, in one exclusive session that
    /// ends with power-down.
    ///
    /// No PIN is sent to another card than `holder`'s (`CardFault::OtherCard`; a phone shows whose it is
    /// only after the PIN, and then signs nothing), none that is not 4 digits (`CardFault::MalformedPin`),
    /// none to a card with one try left where that was not agreed to (`CardFault::LastPinTry`), and none
    /// twice.
    fn sign(
        &self,
        reader: &ReaderName,
        holder: &CertificateName,
        pin: &TypedPin,
        digest: &[u8; 32],
    ) -> Result<CardSignature, CardFault>;

    /// Tries left for the signing password (署名用パスワード, 6 to 16 letters and digits); 0 = locked. Costs no
    /// try. `CardFault::NoSigningCertificate` where the card has nothing behind it.
    fn signing_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault>;

    /// Issuer and serial of the signing certificate (署名用電子証明書), after its password, in one exclusive
    /// session that ends with power-down. The certificate says name and address: only its first bytes are
    /// read, and nothing is signed.
    ///
    /// The password goes to the holder's card only (`CardFault::OtherCard`), and to no phone
    /// (`CardFault::PinFirst`); otherwise as the PIN in [`ResidentCard::sign`].
    fn signing_certificate(
        &self,
        reader: &ReaderName,
        holder: &CertificateName,
        password: &TypedPassword,
    ) -> Result<CertificateName, CardFault>;
}
