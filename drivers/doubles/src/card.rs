//! A card that can be put on a reader of the [`Desk`](crate::Desk).

use madoguchi_domain::card_description::FelicaArea;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_port::card_kind::FELICA_WITH_NUMBER;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaReading, Idm};
use madoguchi_port::resident_card::{CardSignature, TypedPassword, TypedPin};
use secrecy::ExposeSecret;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// The PIN of every card.
pub const PIN: &str = "1234";
/// The signing password of every card.
pub const SIGNING_PASSWORD: &str = "ABC123";
/// Tries of an auth PIN.
const TRIES: u8 = 3;
/// Tries of a signing password.
const SIGNING_TRIES: u8 = 5;

type Signer = Arc<dyn Fn(&[u8; 32]) -> Vec<u8> + Send + Sync>;

/// A card. Clones are the same card: they share its tries.
#[derive(Clone)]
pub struct Card {
    answer: Result<CertificateName, CardFault>,
    is_phone: bool,
    tries: Arc<AtomicU8>,
    signing: Option<CertificateName>,
    signing_tries: Arc<AtomicU8>,
    certificate: Vec<u8>,
    signer: Signer,
    felica: Option<FelicaCard>,
}

/// What is on a FeliCa card: its number, and what each area holds.
#[derive(Clone)]
struct FelicaCard {
    idm: Idm,
    areas: Vec<(FelicaArea, Vec<u8>)>,
}

impl Card {
    /// A resident's My Number card with this serial number (hex).
    pub fn of(serial: &str) -> Self {
        Self::named(CertificateName { issuer_der: b"\x30\x00".to_vec(), serial: serial.to_owned() })
    }

    /// A My Number card by the whole name of its certificate. What it signs proves nothing.
    pub fn named(name: CertificateName) -> Self {
        Self::answering(Ok(name))
    }

    /// A FeliCa card with this number and these bytes in these areas.
    pub fn felica(idm: [u8; 8], areas: &[(FelicaArea, &[u8])]) -> Self {
        let areas = areas.iter().map(|(area, bytes)| (*area, bytes.to_vec())).collect();
        let felica = Some(FelicaCard { idm: Idm(idm), areas });
        Self { felica, ..Self::that_fails(CardFault::NotMyNumberCard) }
    }

    /// A card whose reading always ends in this fault.
    pub fn that_fails(fault: CardFault) -> Self {
        Self::answering(Err(fault))
    }

    fn answering(answer: Result<CertificateName, CardFault>) -> Self {
        Self {
            answer,
            is_phone: false,
            tries: Arc::new(AtomicU8::new(TRIES)),
            signing: Some(CertificateName { issuer_der: b"\x30\x00".to_vec(), serial: "51".to_owned() }),
            signing_tries: Arc::new(AtomicU8::new(SIGNING_TRIES)),
            certificate: Vec::new(),
            signer: Arc::new(|digest| digest.to_vec()),
            felica: None,
        }
    }

    /// With a whole certificate (DER) and a key that signs SHA-256 digests.
    #[must_use]
    pub fn signing(
        self,
        certificate: Vec<u8>,
        signer: impl Fn(&[u8; 32]) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        Self { certificate, signer: Arc::new(signer), ..self }
    }

    /// As a phone: its certificate is behind the PIN.
    #[must_use]
    pub fn on_a_phone(self) -> Self {
        Self { is_phone: true, ..self }
    }

    /// With this signing certificate; `None`: with none, as a small child's.
    #[must_use]
    pub fn with_signing_certificate(self, signing: Option<CertificateName>) -> Self {
        Self { signing, ..self }
    }

    /// Tries left.
    pub fn tries_left(&self) -> u8 {
        self.tries.load(Ordering::SeqCst)
    }

    /// The answer to reset: of a FeliCa card its kind's, of others next to nothing.
    pub(crate) fn atr(&self) -> Vec<u8> {
        if self.felica.is_some() { FELICA_WITH_NUMBER.to_vec() } else { vec![0x3B] }
    }

    pub(crate) fn read_felica(&self, areas: &[FelicaArea]) -> Result<FelicaReading, CardFault> {
        let card = self.felica.as_ref().ok_or(CardFault::NotFelica)?;
        let read = |area: &FelicaArea| {
            card.areas.iter().find(|(there, _)| there == area).map(|(_, bytes)| bytes.clone())
        };
        Ok(FelicaReading { idm: card.idm, areas: areas.iter().map(read).collect() })
    }

    pub(crate) fn identify(&self) -> Result<CertificateName, CardFault> {
        if self.is_phone { Err(CardFault::PinFirst) } else { self.answer.clone() }
    }

    /// After the PIN; of the holder only, where one is asked for.
    pub(crate) fn verify(
        &self,
        holder: Option<&CertificateName>,
        pin: &TypedPin,
    ) -> Result<CertificateName, CardFault> {
        let name = self.answer.clone()?;
        let is_other = holder.is_some_and(|holder| *holder != name);
        if is_other && !self.is_phone {
            return Err(CardFault::OtherCard);
        }
        heard(&self.tries, TRIES, pin.digits.expose_secret() == PIN, pin.last_try_agreed)?;
        if is_other { Err(CardFault::OtherCard) } else { Ok(name) }
    }

    pub(crate) fn signing_tries_left(&self) -> Result<u8, CardFault> {
        self.signing.as_ref().ok_or(CardFault::NoSigningCertificate)?;
        Ok(self.signing_tries.load(Ordering::SeqCst))
    }

    /// The signing certificate of the holder, after its password.
    pub(crate) fn signing_certificate(
        &self,
        holder: &CertificateName,
        password: &TypedPassword,
    ) -> Result<CertificateName, CardFault> {
        if self.identify()? != *holder {
            return Err(CardFault::OtherCard);
        }
        let signing = self.signing.clone().ok_or(CardFault::NoSigningCertificate)?;
        let is_right = password.characters.expose_secret().eq_ignore_ascii_case(SIGNING_PASSWORD);
        heard(&self.signing_tries, SIGNING_TRIES, is_right, password.last_try_agreed)?;
        Ok(signing)
    }

    pub(crate) fn sign(&self, digest: &[u8; 32]) -> CardSignature {
        CardSignature { certificate: self.certificate.clone(), signature: (self.signer)(digest) }
    }
}

/// A secret was presented: its tries are counted, and the right one restores them.
fn heard(tries: &AtomicU8, all: u8, is_right: bool, last_try_agreed: bool) -> Result<(), CardFault> {
    match tries.load(Ordering::SeqCst) {
        0 => return Err(CardFault::PinLocked),
        1 if !last_try_agreed => return Err(CardFault::LastPinTry),
        _ => {}
    }
    if is_right {
        tries.store(all, Ordering::SeqCst);
        return Ok(());
    }
    match tries.fetch_sub(1, Ordering::SeqCst) - 1 {
        0 => Err(CardFault::PinLocked),
        tries_left => Err(CardFault::WrongPin { tries_left }),
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("answer", &self.answer).finish_non_exhaustive()
    }
}
