//! What every implementation of [`FelicaCards`] does.

use madoguchi_domain::card_description::FelicaArea;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::FelicaCards;
use madoguchi_port::reader::ReaderName;

/// Where the contract's card holds [`FELICA_BLOCK`].
pub const FELICA_AREA: FelicaArea = FelicaArea { system: 0xFE00, service: 0x3A4B, first_block: 0, blocks: 1 };
/// What stands there.
pub const FELICA_BLOCK: &[u8; 16] = b"012900012345    ";

/// The hands at a reader, and what is read there.
pub trait FelicaHands {
    /// The cards under test.
    fn cards(&self) -> &dyn FelicaCards;
    /// The reader the hands work at.
    fn reader(&self) -> ReaderName;
    /// Puts a card with [`FELICA_BLOCK`] at [`FELICA_AREA`] on the reader; returns when it can be read.
    fn put_on_a_felica_card(&mut self);
    /// Puts a resident's card there.
    fn put_on_a_my_number_card(&mut self);
    /// Takes the card off; returns when the reader has missed it.
    fn take_off(&mut self);
}

/// The contract of [`FelicaCards`]: run against the real service and against the desk in memory.
///
/// # Panics
/// Where the cards break the contract.
pub fn felica(hands: &mut dyn FelicaHands) {
    let reader = hands.reader();
    let elsewhere = FelicaArea { system: 0x88B4, ..FELICA_AREA };
    let other_block = FelicaArea { first_block: 9, ..FELICA_AREA };
    assert!(
        matches!(hands.cards().read(&reader, &[FELICA_AREA]), Err(CardFault::NoCard)),
        "nothing lies there"
    );

    hands.put_on_a_felica_card();
    let read = hands.cards().read(&reader, &[elsewhere, FELICA_AREA, other_block]);
    assert!(read.is_ok(), "{read:?}");
    let areas = read.as_ref().map(|read| read.areas.clone()).unwrap_or_default();
    assert!(
        areas == [None, Some(FELICA_BLOCK.to_vec()), None],
        "in the order asked for, absent ones as such"
    );
    let alone = hands.cards().read(&reader, &[]);
    assert_eq!(alone.map(|read| read.idm), read.map(|read| read.idm), "the card's own number stays");
    assert!(hands.cards().dialect(&reader).is_ok(), "the reader is known to be asked somehow");
    hands.take_off();
    assert!(matches!(hands.cards().read(&reader, &[FELICA_AREA]), Err(CardFault::NoCard)), "it has gone");

    hands.put_on_a_my_number_card();
    let read = hands.cards().read(&reader, &[FELICA_AREA]);
    assert!(matches!(read, Err(CardFault::NotFelica | CardFault::NoFelicaDialect)), "{read:?}");
    hands.take_off();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Card, Desk};

    struct AtTheDouble(Desk);

    impl FelicaHands for AtTheDouble {
        fn cards(&self) -> &dyn FelicaCards {
            &self.0
        }
        fn reader(&self) -> ReaderName {
            ReaderName("Reader 0".to_owned())
        }
        fn put_on_a_felica_card(&mut self) {
            let card = Card::felica([1, 0xFE, 0x4D, 0x41, 0x44, 0x4F, 0, 1], &[(FELICA_AREA, FELICA_BLOCK)]);
            self.0.put_on("Reader 0", card);
        }
        fn put_on_a_my_number_card(&mut self) {
            self.0.put_on("Reader 0", Card::of("2b01"));
        }
        fn take_off(&mut self) {
            self.0.take_off("Reader 0");
        }
    }

    #[test]
    fn the_desk_in_memory_keeps_the_contract() {
        felica(&mut AtTheDouble(Desk::with_reader("Reader 0")));
    }
}
