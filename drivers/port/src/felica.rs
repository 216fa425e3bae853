//! What a FeliCa card says to everybody: its number, and blocks that need no key.

use crate::fault::CardFault;
use crate::reader::ReaderName;
use madoguchi_domain::card_description::FelicaArea;
use std::fmt;

/// 製造ID (IDm): the number by which a card is spoken to. It can be copied; it identifies and proves
/// nothing. It may be a person's, so `Debug` does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Idm(pub [u8; 8]);

impl Idm {
    /// Whether both are one card's: each of its systems has an IDm of its own, which differs in the
    /// system's number, the upper four bits.
    pub fn is_of_the_same_card(self, other: Self) -> bool {
        let [first, rest @ ..] = self.0;
        let [other_first, other_rest @ ..] = other.0;
        first & 0x0F == other_first & 0x0F && rest == other_rest
    }
}

impl fmt::Debug for Idm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Idm(..)")
    }
}

/// How a reader is asked for blocks of a FeliCa card. PC/SC names no way of its own, so makers have
/// theirs; `docs/cards.md` says which readers speak which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FelicaDialect {
    /// FeliCa frames inside commands to the reader's PN532 (ACR122).
    Pn532,
    /// FeliCa frames as they are, behind `FF 00 00 00` (ACR1252 and its family).
    CardFrames,
    /// A transparent session with Sony's instruction 50 (RC-S300).
    SonySession,
    /// A transparent session with the standard's instruction C2 (PC/SC part 3).
    StandardSession,
    /// A service is selected, then blocks are read like a file's (Sony on Windows).
    SelectedService,
    /// FeliCa commands as instructions 44 to 4A (Identiv, SCM).
    ServiceCommands,
}

/// What a card said in one session.
#[derive(Clone, PartialEq, Eq)]
pub struct FelicaReading {
    /// Its IDm as the reader gives it.
    pub idm: Idm,
    /// The bytes of each area asked for, in their order; `None` where the card does not have it or does
    /// not hand it out.
    pub areas: Vec<Option<Vec<u8>>>,
}

impl fmt::Debug for FelicaReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there = self.areas.iter().filter(|area| area.is_some()).count();
        write!(f, "FelicaReading({there} of {} areas)", self.areas.len())
    }
}

/// The side of a FeliCa card that is open to everybody. Nothing is written, no key is used.
///
/// Every call opens a session of its own and ends it; all calls block.
pub trait FelicaCards: Send + Sync {
    /// Reads the IDm and these areas. Without areas the card itself hears nothing: the reader knows its
    /// IDm. `CardFault::NotFelica` for another card, `CardFault::NoFelicaDialect` where the reader can be
    /// asked in no way we know; `CardFault::CardRemoved` or `CardFault::OtherCard` where the card moved.
    fn read(&self, reader: &ReaderName, areas: &[FelicaArea]) -> Result<FelicaReading, CardFault>;

    /// How the reader is asked: found out by asking, with the card that lies there, and remembered.
    fn dialect(&self, reader: &ReaderName) -> Result<FelicaDialect, CardFault>;

    /// Tries every dialect on the card that lies there and writes down what was said, without IDm and
    /// without what stands in blocks: for whoever adds a reader that nobody here has seen. Where that ends early,
    /// what was said until then and why stands there; only a reader that cannot be spoken to is a fault.
    fn transcript(&self, reader: &ReaderName, areas: &[FelicaArea]) -> Result<Vec<String>, CardFault>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_of_one_card_differ_in_four_bits() {
        let first = Idm([0x01, 0x2E, 1, 2, 3, 4, 5, 6]);
        assert!(first.is_of_the_same_card(Idm([0x11, 0x2E, 1, 2, 3, 4, 5, 6])));
        assert!(!first.is_of_the_same_card(Idm([0x02, 0x2E, 1, 2, 3, 4, 5, 6])));
        assert!(!first.is_of_the_same_card(Idm([0x01, 0x2E, 1, 2, 3, 4, 5, 7])));
    }

    #[test]
    fn debug_output_shows_neither_number_nor_blocks() {
        let reading = FelicaReading { idm: Idm([0xAB; 8]), areas: vec![Some(b"12345".to_vec()), None] };
        assert_eq!(format!("{reading:?} {:?}", reading.idm), "FelicaReading(1 of 2 areas) Idm(..)");
    }
}
