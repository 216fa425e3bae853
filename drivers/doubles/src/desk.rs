//! A desk with readers, cards and a PC/SC service, worked by hand.

use crate::card::{Card, PIN};
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaCards, FelicaDialect, FelicaReading};
use madoguchi_port::look::{CardSeen, SlotSeen, UsbReader, UsbReaders};
use madoguchi_port::reader::{
    CardReaders, ReaderEvent, ReaderEventSender, ReaderEvents, ReaderName, reader_events,
};
use madoguchi_port::resident_card::{CardSignature, ResidentCard, TypedPassword, TypedPin};
use madoguchi_port::session::{CardSession, Sharing};
use secrecy::ExposeSecret;
use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The desk. It is the port's readers and the port's card at once, since both look at the same
/// readers.
#[derive(Clone, Default)]
pub struct Desk {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Default)]
struct Inside {
    service: bool,
    readers: Vec<ReaderName>,
    cards: HashMap<ReaderName, (u64, Card)>,
    put_on: u64,
    /// Readers on the USB that have no driver.
    without_driver: Vec<UsbReader>,
    watches: Vec<ReaderEventSender>,
    /// The readers know a FeliCa card's number and cannot be asked for its blocks.
    reads_no_felica_blocks: bool,
    /// While set, a card keeps its reader waiting in the middle of being read.
    held: bool,
    /// How many readings wait in the middle.
    waiting: usize,
}

impl Desk {
    /// A desk with the service running and one reader attached.
    pub fn with_reader(name: &str) -> Self {
        let desk = Self::default();
        desk.start_service();
        desk.attach(name);
        desk
    }

    /// The PC/SC service starts. Readers attached before are there again, without their cards.
    pub fn start_service(&self) {
        let mut inside = self.inside();
        inside.service = true;
        inside.tell(&ReaderEvent::ServiceReady);
        for reader in inside.readers.clone() {
            inside.tell(&ReaderEvent::ReaderAttached(reader));
        }
    }

    /// The PC/SC service stops; whoever reads a card is told at once.
    pub fn stop_service(&self) {
        let mut inside = self.inside();
        inside.service = false;
        inside.cards.clear();
        inside.tell(&ReaderEvent::ServiceAbsent);
        self.shared.changed.notify_all();
    }

    /// A reader is plugged in.
    pub fn attach(&self, name: &str) {
        let mut inside = self.inside();
        let reader = ReaderName(name.to_owned());
        inside.readers.push(reader.clone());
        inside.tell(&ReaderEvent::ReaderAttached(reader));
    }

    /// A reader is pulled out, with its card.
    pub fn detach(&self, name: &str) {
        let mut inside = self.inside();
        let reader = ReaderName(name.to_owned());
        inside.readers.retain(|attached| *attached != reader);
        inside.cards.remove(&reader);
        inside.tell(&ReaderEvent::ReaderDetached(reader));
        self.shared.changed.notify_all();
    }

    /// Readers that hang on the USB and are out of the PC/SC service's reach, in the place of earlier ones.
    pub fn plug_in_without_driver(&self, readers: &[UsbReader]) {
        self.inside().without_driver = readers.to_vec();
    }

    /// A card is put on a reader.
    pub fn put_on(&self, name: &str, card: Card) {
        let mut inside = self.inside();
        let reader = ReaderName(name.to_owned());
        inside.put_on += 1;
        let which = inside.put_on;
        inside.cards.insert(reader.clone(), (which, card));
        inside.tell(&ReaderEvent::CardInserted { reader, at: Instant::now() });
    }

    /// The card is taken off a reader.
    pub fn take_off(&self, name: &str) {
        let mut inside = self.inside();
        let reader = ReaderName(name.to_owned());
        inside.cards.remove(&reader);
        inside.tell(&ReaderEvent::CardRemoved { reader });
        self.shared.changed.notify_all();
    }

    /// From now on the readers know a FeliCa card's number and nothing else of it.
    pub fn read_no_felica_blocks(&self) {
        self.inside().reads_no_felica_blocks = true;
    }

    /// From now on a reading stops in its middle until [`Desk::let_go`], or until its card is gone.
    pub fn hold(&self) {
        self.inside().held = true;
    }

    /// Readings go on.
    pub fn let_go(&self) {
        self.inside().held = false;
        self.shared.changed.notify_all();
    }

    /// Waits until a reading stands in its middle.
    pub fn wait_for_a_reading(&self) {
        let mut inside = self.inside();
        while inside.waiting == 0 {
            inside = self.shared.changed.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.shared.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn tell(&mut self, event: &ReaderEvent) {
        self.watches.retain(ReaderEventSender::is_wanted);
        for watch in &self.watches {
            watch.send(event.clone());
        }
    }

    fn card_on(&self, reader: &ReaderName) -> Result<(u64, Card), CardFault> {
        if !self.service {
            return Err(CardFault::ServiceAbsent);
        }
        if !self.readers.contains(reader) {
            return Err(CardFault::ReaderGone);
        }
        self.cards.get(reader).cloned().ok_or(CardFault::NoCard)
    }
}

impl CardReaders for Desk {
    fn watch(&self) -> ReaderEvents {
        let (sender, events) = reader_events();
        let mut inside = self.inside();
        if inside.service {
            sender.send(ReaderEvent::ServiceReady);
            for reader in inside.readers.clone() {
                let lies = inside.cards.contains_key(&reader);
                sender.send(ReaderEvent::ReaderAttached(reader.clone()));
                if lies {
                    sender.send(ReaderEvent::CardInserted { reader, at: Instant::now() });
                }
            }
        } else {
            sender.send(ReaderEvent::ServiceAbsent);
        }
        inside.watches.push(sender);
        events
    }

    fn look(&self) -> Result<Vec<SlotSeen>, CardFault> {
        let inside = self.inside();
        if !inside.service {
            return Err(CardFault::ServiceAbsent);
        }
        let seen = |reader: &ReaderName| match inside.cards.get(reader) {
            None => CardSeen::Nothing,
            Some((_, card)) => match card.identify() {
                Err(CardFault::Unresponsive) => CardSeen::Mute,
                answer => CardSeen::Card {
                    atr: card.atr(),
                    kept_by_another_program: answer == Err(CardFault::CardBusy),
                },
            },
        };
        let slot = |reader: &ReaderName| SlotSeen {
            card: seen(reader),
            reader: reader.clone(),
            takes_residents_cards: true,
        };
        Ok(inside.readers.iter().map(slot).collect())
    }

    /// The stand-in speaks no APDUs: its cards answer whole questions only.
    fn open(&self, reader: &ReaderName, _sharing: Sharing) -> Result<Box<dyn CardSession>, CardFault> {
        self.inside().card_on(reader).and(Err(CardFault::Unresponsive))
    }
}

impl UsbReaders for Desk {
    fn attached(&self) -> Option<Vec<UsbReader>> {
        Some(self.inside().without_driver.clone())
    }
}

impl Desk {
    /// Works on the card that lies there; it waits in its middle while the desk is held, and a card
    /// that leaves meanwhile is removed.
    fn work<T>(
        &self,
        reader: &ReaderName,
        work: impl FnOnce(&Card) -> Result<T, CardFault>,
    ) -> Result<T, CardFault> {
        let mut inside = self.inside();
        let (which, card) = inside.card_on(reader)?;
        inside.waiting += 1;
        self.shared.changed.notify_all();
        while inside.held && inside.card_on(reader).is_ok_and(|(now, _)| now == which) {
            inside = self.shared.changed.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.waiting -= 1;
        match inside.card_on(reader) {
            Ok((now, _)) if now == which => work(&card),
            Ok(_) | Err(CardFault::NoCard) => Err(CardFault::CardRemoved),
            Err(fault) => Err(fault),
        }
    }
}

/// What is no PIN never reaches a card.
fn check_form(pin: &TypedPin) -> Result<(), CardFault> {
    let digits = pin.digits.expose_secret();
    let is_pin = digits.len() == PIN.len() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_pin { Ok(()) } else { Err(CardFault::MalformedPin) }
}

impl FelicaCards for Desk {
    fn read(&self, reader: &ReaderName, areas: &[FelicaArea]) -> Result<FelicaReading, CardFault> {
        let reads_no_blocks = self.inside().reads_no_felica_blocks;
        self.work(reader, |card| match card.read_felica(areas) {
            Ok(_) if reads_no_blocks && !areas.is_empty() => Err(CardFault::NoFelicaDialect),
            read => read,
        })
    }

    fn dialect(&self, reader: &ReaderName) -> Result<FelicaDialect, CardFault> {
        let inside = self.inside();
        let (_, card) = inside.card_on(reader)?;
        card.read_felica(&[])?;
        if inside.reads_no_felica_blocks {
            Err(CardFault::NoFelicaDialect)
        } else {
            Ok(FelicaDialect::CardFrames)
        }
    }

    /// The stand-in's cards are asked whole questions; there is nothing to write down.
    fn transcript(&self, reader: &ReaderName, areas: &[FelicaArea]) -> Result<Vec<String>, CardFault> {
        self.read(reader, areas).map(|_| Vec::new())
    }
}

impl ResidentCard for Desk {
    fn recognise(&self, reader: &ReaderName) -> Result<CardKind, CardFault> {
        let (_, card) = self.inside().card_on(reader)?;
        match card.identify() {
            Ok(_) => Ok(CardKind::MyNumber),
            Err(CardFault::PinFirst) => Ok(CardKind::MyNumberOnPhone),
            Err(CardFault::NotMyNumberCard) => Ok(CardKind::Unknown),
            Err(fault) => Err(fault),
        }
    }

    fn identify(&self, reader: &ReaderName) -> Result<CertificateName, CardFault> {
        self.work(reader, Card::identify)
    }

    fn identify_with_pin(&self, reader: &ReaderName, pin: &TypedPin) -> Result<CertificateName, CardFault> {
        check_form(pin)?;
        self.work(reader, |card| match card.identify() {
            Err(CardFault::PinFirst) => card.verify(None, pin),
            identified => identified,
        })
    }

    fn certificate(&self, reader: &ReaderName) -> Result<Vec<u8>, CardFault> {
        self.inside().card_on(reader).and(Err(CardFault::Unresponsive))
    }

    fn pin_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault> {
        self.inside().card_on(reader).map(|(_, card)| card.tries_left())
    }

    fn sign(
        &self,
        reader: &ReaderName,
        holder: &CertificateName,
        pin: &TypedPin,
        digest: &[u8; 32],
    ) -> Result<CardSignature, CardFault> {
        check_form(pin)?;
        self.work(reader, |card| card.verify(Some(holder), pin).map(|_| card.sign(digest)))
    }

    fn signing_tries_left(&self, reader: &ReaderName) -> Result<u8, CardFault> {
        self.inside().card_on(reader)?.1.signing_tries_left()
    }

    fn signing_certificate(
        &self,
        reader: &ReaderName,
        holder: &CertificateName,
        password: &TypedPassword,
    ) -> Result<CertificateName, CardFault> {
        let characters = password.characters.expose_secret();
        if !(6..=16).contains(&characters.len()) || !characters.bytes().all(|one| one.is_ascii_alphanumeric())
        {
            return Err(CardFault::MalformedPassword);
        }
        self.work(reader, |card| card.signing_certificate(holder, password))
    }
}
