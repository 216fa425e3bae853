//! Readers that are more than one, or not where they were.

use crate::counter::{Counter, PATIENCE, name};
use madoguchi_pcsc::PcscReaders;
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::{CardReaders, ReaderEvent, ReaderName};
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::desk::at_own_desk;
use madoguchi_virtual::pcsc_service::{PcscService, READERS_ELSEWHERE, SECURITY_MODULE};
use madoguchi_virtual::reader::{Behaviour, VirtualReader};
use std::thread;
use std::time::Instant;

/// What lies in the security module's slot, once the service has said that something does.
fn security_module() -> SlotSeen {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let seen = PcscReaders.look().unwrap_or_default();
        match seen.iter().find(|slot| slot.reader.0 == SECURITY_MODULE) {
            Some(slot) if slot.card != CardSeen::Nothing => return slot.clone(),
            _ => assert!(Instant::now() < deadline, "{seen:?}"),
        }
        thread::yield_now();
    }
}

#[test]
fn of_two_readers_the_slot_of_a_security_module_is_never_taken_for_one() {
    at_own_desk(|desk| {
        desk.service.plug_security_module().unwrap();
        let mut module = VirtualReader::at(PcscService::security_module_slot());
        module.insert(desk.card("library"));
        assert!(!security_module().takes_residents_cards);

        let counter = Counter::open();
        let card = desk.card("hanako");
        desk.readers[0].insert(card);
        counter.wait_until(|event| {
            assert!(!format!("{event:?}").contains("SAM"), "{event:?}");
            matches!(event, ReaderEvent::CardInserted { .. })
        });
        counter.card.identify(&name(0)).unwrap();
        desk.readers[0].remove();
        counter.wait_until(|event| {
            assert!(!format!("{event:?}").contains("SAM"), "{event:?}");
            *event == ReaderEvent::CardRemoved { reader: name(0) }
        });
        assert_eq!(module.apdu_count(), 0, "not a word was said to it");
    });
}

#[test]
fn a_security_module_that_answers_nothing_is_in_nobodys_way() {
    at_own_desk(|desk| {
        desk.service.plug_security_module().unwrap();
        let mut module = VirtualReader::at(PcscService::security_module_slot());
        module.behave(Behaviour { mute: true, ..Behaviour::default() });
        module.insert(desk.card("library"));
        security_module();
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        counter.card.identify(&name(0)).unwrap();
    });
}

#[test]
fn a_reader_put_into_another_port_is_taken_under_its_new_name() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let before = counter.card.identify(&name(0)).unwrap();
        let card = desk.readers[0].remove().expect("the card in the hand");
        desk.service.pull_readers().unwrap();
        desk.service.plug_readers_elsewhere().unwrap();
        let elsewhere = ReaderName(READERS_ELSEWHERE[0].to_owned());
        counter.wait_for(&ReaderEvent::ReaderAttached(elsewhere.clone()));
        desk.readers[0].insert(card);
        counter.wait_until(
            |event| matches!(event, ReaderEvent::CardInserted { reader, .. } if *reader == elsewhere),
        );
        assert!(counter.card.identify(&elsewhere).unwrap() == before);
        assert!(counter.card.identify(&name(0)).is_err(), "the old name is nobody's");
    });
}
