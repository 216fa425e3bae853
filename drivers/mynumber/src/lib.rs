//! The My Number card (個人番号カード) behind the port.
//!
//! Belongs here: the JPKI application (公的個人認証): how it is recognised, which bytes lead to the
//! auth certificate, what its status words mean; what another card is that was put on in its place. The
//! card's specification is not public; this is what third parties measured on real cards, phones and
//! test cards.
//! Does not belong here: PC/SC, who the certificate belongs to, whether it is valid.
//! Why it exists: whoever looks up a resident asks for issuer and serial and knows no APDU.

mod certificate;
mod exchange;
mod jpki;
mod other_cards;
mod pin;

use jpki::{Certificate, JpkiApplication, Secret};
use madoguchi_domain::certificate::CertificateName;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::{CardReaders, ReaderName};
use madoguchi_port::resident_card::{CardSignature, ResidentCard, TypedPassword, TypedPin};
use madoguchi_port::session::{Disposition, Sharing};
use pin::{Password, Pin};
use std::sync::Arc;

/// My Number cards on the readers of a PC/SC service, or of whatever stands in for one.
pub struct MyNumberCard {
    readers: Arc<dyn CardReaders>,
}

impl MyNumberCard {
    /// Cards on these readers.
    pub fn on(readers: Arc<dyn CardReaders>) -> Self {
        Self { readers }
    }

    /// What is free to read: others may be connected, and the card is left as it is.
    fn read<T>(
        &self,
        reader: &ReaderName,
        work: impl FnOnce(&mut JpkiApplication) -> Result<T, CardFault>,
    ) -> Result<T, CardFault> {
        let mut jpki = JpkiApplication::over(self.readers.open(reader, Sharing::Shared)?);
        let outcome = jpki.select().and_then(|()| work(&mut jpki));
        // What was read stays read, however the card is left.
        let _ = jpki.end(Disposition::Leave);
        outcome
    }

    /// What needs the PIN: nobody else may be connected, and the card loses power on every way out.
    fn with_pin<T>(
        &self,
        reader: &ReaderName,
        work: impl FnOnce(&mut JpkiApplication) -> Result<T, CardFault>,
    ) -> Result<T, CardFault> {
        let mut jpki = JpkiApplication::over(self.readers.open(reader, Sharing::Exclusive)?);
        let outcome = jpki.select().and_then(|()| work(&mut jpki));
        let powered_down = jpki.end(Disposition::Unpower);
        let value = outcome?;
        // A card that may still know the PIN is not left on the reader unnoticed.
        powered_down?;
        Ok(value)
    }
}

impl ResidentCard for MyNumberCard {
    fn recognise(&self, reader: &ReaderName) -> Result<CardKind, CardFault> {
        let mut jpki = JpkiApplication::over(self.readers.open(reader, Sharing::Shared)?);
        let kind = other_cards::recognise(&mut jpki);
        // What was recognised stays so, however the card is left.
        let _ = jpki.end(Disposition::Leave);
        kind
    }

    fn identify(&self, reader: &ReaderName) -> Result<CertificateName, CardFault> {
        self.read(reader, |jpki| jpki.certificate_name(Certificate::Auth))
    }

    fn identify_with_pin(&self, reader: &ReaderName, pin: &TypedPin) -> Result<CertificateName, CardFault> {
        let digits = Pin::parse(&pin.digits)?;
        self.with_pin(reader, |jpki| {
            match jpki.certificate_name(Certificate::Auth) {
                Err(CardFault::PinFirst) => {
                    jpki.verify(Secret::AuthPin, digits.as_bytes(), pin.last_try_agreed)?;
                }
                // A card in the phone's place: it says whose it is and hears no PIN.
                identified => return identified,
            }
            jpki.certificate_name(Certificate::Auth)
        })
    }

    fn certificate(&self, reader: &ReaderName) -> Result<Vec<u8>, CardFault> {
        self.read(reader, JpkiApplication::auth_certificate)
    }

    fn pin_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault> {
        self.read(reader, |jpki| jpki.tries_left(Secret::AuthPin))
    }

    fn sign(
        &self,
        reader: &ReaderName,
        holder: &CertificateName,
        pin: &TypedPin,
        digest: &[u8; 32],
    ) -> Result<CardSignature, CardFault> {
        let digits = Pin::parse(&pin.digits)?;
        self.with_pin(reader, |jpki| {
            let before_the_pin = match jpki.certificate_of(holder) {
                Ok(certificate) => Some(certificate),
                // A phone; a card shows whose it is before it hears a PIN.
                Err(CardFault::PinFirst) => None,
                Err(fault) => return Err(fault),
            };
            jpki.verify(Secret::AuthPin, digits.as_bytes(), pin.last_try_agreed)?;
            let certificate = match before_the_pin {
                Some(certificate) => certificate,
                None => jpki.certificate_of(holder)?,
            };
            Ok(CardSignature { certificate, signature: jpki.sign(digest)? })
        })
    }

    fn signing_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault> {
        self.read(reader, |jpki| {
            if !jpki.has_signing_certificate()? {
                return Err(CardFault::NoSigningCertificate);
            }
            jpki.tries_left(Secret::SigningPassword)
        })
    }

    fn signing_certificate(
        &self,
        reader: &ReaderName,
        holder: &CertificateName,
        password: &TypedPassword,
    ) -> Result<CertificateName, CardFault> {
        let characters = Password::parse(&password.characters)?;
        self.with_pin(reader, |jpki| {
            // A phone does not say whose it is before its PIN: its signing password is not asked for.
            if jpki.certificate_name(Certificate::Auth)? != *holder {
                return Err(CardFault::OtherCard);
            }
            if !jpki.has_signing_certificate()? {
                return Err(CardFault::NoSigningCertificate);
            }
            jpki.verify(Secret::SigningPassword, characters.as_bytes(), password.last_try_agreed)?;
            jpki.certificate_name(Certificate::Signing)
        })
    }
}

#[cfg(test)]
mod tests;
