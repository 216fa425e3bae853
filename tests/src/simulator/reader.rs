//! A reader without a PC/SC service: cards come, go, and are pulled away at a chosen command.
//!
//! The card is the virtual one; what talks to it is the shipped driver (`drivers/mynumber`).

use super::town::CardOf;
use madoguchi_port::apdu::ResponseApdu;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen, UsbReader, UsbReaders};
use madoguchi_port::reader::{
    CardReaders, ReaderEvent, ReaderEventSender, ReaderEvents, ReaderName, reader_events,
};
use madoguchi_port::session::{CardSession, Disposition, Sharing};
use madoguchi_virtual::card::VirtualCard;
use madoguchi_virtual::sample::SampleCard;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The reader of one terminal; clones are the same.
#[derive(Clone, Default)]
pub struct Reader(Arc<Mutex<Slot>>);

#[derive(Default)]
struct Slot {
    watches: Vec<ReaderEventSender>,
    card: Option<Lying>,
    /// Counts the cards put on, so that a session knows when its own has gone.
    put_on: u64,
}

struct Lying {
    of: CardOf,
    card: VirtualCard,
    /// Before which command it is pulled away, counted from 0.
    yanked_before: Option<u32>,
}

fn name() -> ReaderName {
    ReaderName("Reader of the run".into())
}

impl Reader {
    /// Puts a card on; it may be pulled away before a certain command, counted from 0.
    pub fn put(&self, of: CardOf, sample: &SampleCard, yanked_before: Option<u32>) {
        let mut slot = self.slot();
        slot.put_on += 1;
        slot.card = Some(Lying { of, card: VirtualCard::of(sample), yanked_before });
        slot.tell(&ReaderEvent::CardInserted { reader: name(), at: Instant::now() });
    }

    /// Takes the card away. Says whose it was, if one lay there.
    pub fn take(&self) -> Option<CardOf> {
        self.slot().take()
    }

    /// Whether the terminal has dealt with everything that happened here.
    pub fn is_followed(&self) -> bool {
        self.slot().watches.iter().all(ReaderEventSender::is_followed)
    }

    /// Whose card lies there.
    pub fn lying(&self) -> Option<CardOf> {
        self.slot().card.as_ref().map(|lying| lying.of)
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    fn tell(&mut self, event: &ReaderEvent) {
        self.watches.retain(ReaderEventSender::is_wanted);
        for watch in &self.watches {
            watch.send(event.clone());
        }
    }

    fn take(&mut self) -> Option<CardOf> {
        let taken = self.card.take()?;
        self.tell(&ReaderEvent::CardRemoved { reader: name() });
        Some(taken.of)
    }
}

impl UsbReaders for Reader {
    fn attached(&self) -> Option<Vec<UsbReader>> {
        None
    }
}

impl CardReaders for Reader {
    fn watch(&self) -> ReaderEvents {
        let (sender, events) = reader_events();
        let mut slot = self.slot();
        sender.send(ReaderEvent::ServiceReady);
        sender.send(ReaderEvent::ReaderAttached(name()));
        if slot.card.is_some() {
            sender.send(ReaderEvent::CardInserted { reader: name(), at: Instant::now() });
        }
        slot.watches.push(sender);
        events
    }

    fn look(&self) -> Result<Vec<SlotSeen>, CardFault> {
        let lies = || CardSeen::Card { atr: vec![0x3B], kept_by_another_program: false };
        let card = self.lying().map_or(CardSeen::Nothing, |_| lies());
        Ok(vec![SlotSeen { reader: name(), takes_residents_cards: true, card }])
    }

    fn open(&self, _reader: &ReaderName, _sharing: Sharing) -> Result<Box<dyn CardSession>, CardFault> {
        let mut slot = self.slot();
        let put_on = slot.put_on;
        let lying = slot.card.as_mut().ok_or(CardFault::NoCard)?;
        lying.card.power_up();
        Ok(Box::new(Session { reader: self.clone(), put_on, commands: 0 }))
    }
}

struct Session {
    reader: Reader,
    put_on: u64,
    commands: u32,
}

impl CardSession for Session {
    fn transmit(&mut self, command: &[u8]) -> Result<ResponseApdu, CardFault> {
        let mut slot = self.reader.slot();
        let is_mine = slot.put_on == self.put_on;
        let lying = slot.card.as_mut().filter(|_| is_mine).ok_or(CardFault::CardRemoved)?;
        if lying.yanked_before == Some(self.commands) {
            slot.take();
            return Err(CardFault::CardRemoved);
        }
        self.commands += 1;
        ResponseApdu::parse(lying.card.respond(command)).ok_or(CardFault::CardRemoved)
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), CardFault> {
        if let Some(lying) = &mut self.reader.slot().card
            && disposition == Disposition::Unpower
        {
            lying.card.power_down();
        }
        Ok(())
    }
}
