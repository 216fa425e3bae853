//! Other programs use the same reader.

use crate::counter::{Counter, name, pin};
use madoguchi_port::fault::CardFault;
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::desk::at_own_desk;
use madoguchi_virtual::pcsc_service::READERS;
use pcsc::{Card, Context, Disposition, Protocols, Scope, ShareMode};
use std::ffi::CString;

/// Another program's connection to the card on the first reader.
fn another_program(sharing: ShareMode) -> Card {
    let context = Context::establish(Scope::User).unwrap();
    let reader = CString::new(READERS[0]).unwrap();
    context.connect(&reader, sharing, Protocols::ANY).unwrap()
}

#[test]
fn a_card_that_another_program_keeps_for_itself_is_busy() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let other = another_program(ShareMode::Exclusive);
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::CardBusy));
        other.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
        counter.card.identify(&name(0)).unwrap();
    });
}

#[test]
fn a_card_in_another_programs_transaction_is_busy() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let mut other = another_program(ShareMode::Shared);
        let transaction = other.transaction().unwrap();
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::CardBusy));
        transaction.end(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
        counter.card.identify(&name(0)).unwrap();
    });
}

#[test]
fn reading_bears_another_program_and_the_pin_does_not() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let other = another_program(ShareMode::Shared);
        counter.card.identify(&name(0)).unwrap();
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
        assert_eq!(counter.sign(desk, &pin("1234")), Err(CardFault::CardBusy));
        other.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
        counter.sign(desk, &pin("1234")).unwrap();
    });
}

#[test]
fn a_card_that_another_program_resets_is_read_all_the_same() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        for disposition in [Disposition::ResetCard, Disposition::UnpowerCard, Disposition::LeaveCard] {
            let other = another_program(ShareMode::Shared);
            counter.card.identify(&name(0)).unwrap();
            other.disconnect(disposition).map_err(|(_, error)| error).unwrap();
            counter.card.identify(&name(0)).unwrap();
        }
    });
}
