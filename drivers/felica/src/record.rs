//! One transcript over all readers, for a first user of a reader nobody here has seen.

use crate::FelicaOnReaders;
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::FelicaCards;
use madoguchi_port::look::{CardSeen, SlotSeen};

/// Public places that many cards have: FeliCa Lite's first block, and the common area of students' cards. A
/// card without them is heard refusing, which shows the dialect as well.
const SOME_AREAS: [FelicaArea; 2] = [
    FelicaArea { system: 0x88B4, service: 0x000B, first_block: 0, blocks: 1 },
    FelicaArea { system: 0xFE00, service: 0x1A8B, first_block: 0, blocks: 1 },
];

impl FelicaOnReaders {
    /// What each reader with a card on it and that card say, in every dialect; without a card's number and
    /// without what stands in its blocks.
    pub fn transcript_of_all(&self) -> Result<Vec<String>, CardFault> {
        let slots = self.readers.look()?;
        Ok(slots.iter().flat_map(|slot| self.lines_of(slot)).collect())
    }

    fn lines_of(&self, slot: &SlotSeen) -> Vec<String> {
        let nothing = |why: &str| vec![format!("reader: {} ({why})", slot.reader)];
        match &slot.card {
            _ if !slot.takes_residents_cards => nothing("not used"),
            CardSeen::Nothing => nothing("empty"),
            CardSeen::Mute => nothing("the card does not answer"),
            CardSeen::Card { .. } => {
                self.transcript(&slot.reader, &SOME_AREAS).unwrap_or_else(|fault| nothing(&fault.to_string()))
            }
        }
    }
}
