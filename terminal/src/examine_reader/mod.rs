//! `examine_reader`: where the way from this PC to the card is broken.
//!
//! Belongs here: gathering what service, USB and card say now. What follows from it is `finding`, what
//! is told on the telephone is `technical`; both are pure.

mod finding;
mod technical;
#[cfg(test)]
mod tests;

use crate::running::{Running, lock};
use finding::{Facts, find, mark_of, part_of, slot_taken};
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::{BridgeStanding, ExamineReaderArguments, OperatingSystem, ReaderExamination};
use std::sync::Arc;

/// Where this program runs. Everything that is no Windows has pcscd.
const SYSTEM: OperatingSystem = if cfg!(windows) { OperatingSystem::Windows } else { OperatingSystem::Linux };

impl Running {
    /// Looks once. Says nothing to a card beyond asking what it is, and, where a person wants to know, how
    /// many tries its PIN has left.
    pub(crate) async fn examine_reader(
        self: &Arc<Self>,
        asked: ExamineReaderArguments,
    ) -> Result<ReaderExamination, Failure> {
        // No program begins meanwhile; a reading that hangs is what is looked for, so it is not waited for.
        let turn = self.turns.clerks();
        self.blocking(move |running| {
            let examined = examination(&running.facts(asked));
            drop(turn);
            Ok(examined)
        })
        .await
    }

    fn facts(&self, asked: ExamineReaderArguments) -> Facts {
        let drivers = &self.parts.drivers;
        let slots = drivers.readers.look();
        let taken = slots.as_deref().ok().and_then(slot_taken);
        let recognised = taken.and_then(|slot| self.recognised(slot));
        if matches!(recognised, Some(Ok(_))) {
            *lock(&self.card_fault) = None;
        }
        let is_my_number = matches!(recognised, Some(Ok(CardKind::MyNumber | CardKind::MyNumberOnPhone)));
        let pin_tries_left = taken
            .filter(|_| asked.pin_tries && is_my_number)
            .and_then(|slot| drivers.card.pin_tries_left(&slot.reader).ok());
        Facts {
            usb: drivers.usb.attached(),
            last_fault: lock(&self.card_fault).clone(),
            slots,
            recognised,
            pin_tries_left,
            port_taken: self.programs.standing() == BridgeStanding::PortTaken,
        }
    }

    /// A FeliCa card, if this reader can be asked for its blocks; of interest only where a card description
    /// wants some. The card is asked only until the reader is known.
    fn felica_read(&self, reader: &ReaderName) -> Result<CardKind, CardFault> {
        self.parts.drivers.felica.dialect(reader).map(|_| CardKind::Felica)
    }

    /// What lies in the slot; `None` where nothing does that could be asked.
    fn recognised(&self, slot: &SlotSeen) -> Option<Result<CardKind, CardFault>> {
        match &slot.card {
            CardSeen::Card { atr, kept_by_another_program: false } => match CardKind::of_memory_card(atr) {
                Some(CardKind::Felica) if self.wants_felica_blocks() => Some(self.felica_read(&slot.reader)),
                Some(kind) => Some(Ok(kind)),
                None => Some(self.parts.drivers.card.recognise(&slot.reader)),
            },
            CardSeen::Card { .. } | CardSeen::Mute | CardSeen::Nothing => None,
        }
    }
}

fn examination(facts: &Facts) -> ReaderExamination {
    let finding = find(facts);
    ReaderExamination {
        part: part_of(&finding),
        mark: mark_of(&finding),
        readers: finding::readers(facts),
        taken: facts.slots.as_deref().ok().and_then(slot_taken).map(|slot| slot.reader.to_string()),
        pin_tries_left: facts.pin_tries_left,
        port_taken: facts.port_taken,
        system: SYSTEM,
        technical: technical::lines(facts),
        finding,
    }
}
