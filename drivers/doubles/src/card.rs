//! A card that can be put on a reader of the [`Desk`](crate::Desk).

use madoguchi_domain::card_description::FelicaArea;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_port::card_kind::FELICA_WITH_NUMBER;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaReading, Idm};
use madoguchi_port::resident_card::{CardSignature, TypedPin};
use secrecy::ExposeSecret;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// The PIN of every card.
pub const PIN: &str = "1234";
/// Tries of an auth PIN.
const TRIES: u8 = 3;

type Signer = Arc<dyn Fn(&[u8; 32]) -> Vec<u8> + Send + Sync>;

/// A card. Clones are the same card: they share its tries.
#[derive(Clone)]
pub struct Card {
    answer: Result<CertificateName, CardFault>,
    is_phone: bool,
    tries: Arc<AtomicU8>,
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
        match self.tries_left() {
            0 => return Err(CardFault::PinLocked),
            1 if !pin.last_try_agreed => return Err(CardFault::LastPinTry),
            _ => {}
        }
        if pin.digits.expose_secret() != PIN {
            return match self.tries.fetch_sub(1, Ordering::SeqCst) - 1 {
                0 => Err(CardFault::PinLocked),
                tries_left => Err(CardFault::WrongPin { tries_left }),
            };
        }
        self.tries.store(TRIES, Ordering::SeqCst);
        if is_other { Err(CardFault::OtherCard) } else { Ok(name) }
    }

    pub(crate) fn sign(&self, digest: &[u8; 32]) -> CardSignature {
        CardSignature { certificate: self.certificate.clone(), signature: (self.signer)(digest) }
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("answer", &self.answer).finish_non_exhaustive()
    }
}
