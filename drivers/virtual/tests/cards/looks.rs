//! One look at the readers says what a person has to be told, each brought about for real.

use crate::counter::{Counter, PATIENCE, name};
use madoguchi_mynumber::MyNumberCard;
use madoguchi_pcsc::PcscReaders;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::{CardReaders, ReaderEvent};
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::card::VirtualCard;
use madoguchi_virtual::desk::{Desk, at_own_desk};
use madoguchi_virtual::pcsc_service::READERS;
use madoguchi_virtual::reader::Behaviour;
use madoguchi_virtual::sample::{Application, SampleCard};
use pcsc::{Context, Disposition, Protocols, Scope, ShareMode};
use std::ffi::CString;
use std::thread;
use std::time::Instant;

/// Looks until it is so: what the service says of a card follows within its next round.
fn until_seen(so: impl Fn(&[SlotSeen]) -> bool) -> Vec<SlotSeen> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let seen = PcscReaders.look();
        match &seen {
            Ok(slots) if so(slots) => return slots.clone(),
            _ => assert!(Instant::now() < deadline, "{seen:?}"),
        }
        thread::yield_now();
    }
}

fn on_the_first_reader(slots: &[SlotSeen]) -> Option<&CardSeen> {
    slots.iter().find(|slot| slot.reader == name(0)).map(|slot| &slot.card)
}

fn is_kept(card: Option<&CardSeen>, expected: bool) -> bool {
    matches!(card, Some(CardSeen::Card { kept_by_another_program, .. }) if *kept_by_another_program == expected)
}

#[test]
fn a_service_that_does_not_run_says_nothing_else() {
    at_own_desk(|desk| {
        desk.service.stop().unwrap();
        assert_eq!(PcscReaders.look(), Err(CardFault::ServiceAbsent));
        desk.service.start_again().unwrap();
        assert_eq!(until_seen(|slots| slots.len() == READERS.len())[0].card, CardSeen::Nothing);
        desk.service.kill();
        assert_eq!(PcscReaders.look(), Err(CardFault::ServiceAbsent));
    });
}

#[test]
fn readers_pulled_out_are_gone_and_plugged_in_are_there_again() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.wait_for(&ReaderEvent::ReaderAttached(name(0)));
        desk.service.pull_readers().unwrap();
        until_seen(<[SlotSeen]>::is_empty);
        desk.service.plug_readers().unwrap();
        until_seen(|slots| slots.len() == READERS.len());
        counter.wait_for(&ReaderEvent::ReaderAttached(name(0)));
        counter.lay(desk, "hanako");
        counter.card.identify(&name(0)).unwrap();
    });
}

#[test]
fn a_card_that_does_not_answer_to_power_is_mute() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        desk.readers[0].behave(Behaviour { mute: true, ..Behaviour::default() });
        counter.lay(desk, "hanako");
        until_seen(|slots| on_the_first_reader(slots) == Some(&CardSeen::Mute));
        assert_eq!(counter.card.recognise(&name(0)), Err(CardFault::Unresponsive));

        let card = desk.readers[0].remove().expect("the card in the hand");
        counter.wait_for_no_card(0);
        desk.readers[0].behave(Behaviour::default());
        desk.readers[0].insert(card);
        until_seen(|slots| is_kept(on_the_first_reader(slots), false));
        assert_eq!(counter.card.recognise(&name(0)), Ok(CardKind::MyNumber));
    });
}

#[test]
fn a_card_that_another_program_keeps_for_itself_is_seen_as_kept() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let context = Context::establish(Scope::User).unwrap();
        let reader = CString::new(READERS[0]).unwrap();
        let other = context.connect(&reader, ShareMode::Exclusive, Protocols::ANY).unwrap();
        until_seen(|slots| is_kept(on_the_first_reader(slots), true));
        other.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
        until_seen(|slots| is_kept(on_the_first_reader(slots), false));
        assert_eq!(counter.card.recognise(&name(0)), Ok(CardKind::MyNumber));
    });
}

/// A card with these applications and none of a My Number card's.
fn other_card(atr: &[u8], applications: &[&[u8]]) -> VirtualCard {
    let applications = applications.iter().map(|name| name.to_vec()).collect();
    VirtualCard::of(&SampleCard {
        id: "other".to_owned(),
        name: "another card".to_owned(),
        atr: atr.to_vec(),
        application: Application::Others(applications),
    })
}

fn check_recognised(desk: &mut Desk, counter: &Counter, card: VirtualCard, kind: CardKind) {
    desk.readers[0].insert(card);
    counter.wait_for_card(0);
    assert_eq!(counter.card.recognise(&name(0)), Ok(kind));
    desk.readers[0].remove();
    counter.wait_for_no_card(0);
}

#[test]
fn other_cards_are_recognised_by_their_applications() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let plain = [0x3B, 0x80, 0x80, 0x01, 0x01];
        let licence: [u8; 16] = [0xA0, 0, 0, 2, 0x31, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let table: [(&[&[u8]], CardKind); 3] = [
            (&[&licence], CardKind::DrivingLicence),
            (&[b"2PAY.SYS.DDF01", &[0xA0, 0, 0, 0, 3, 0x10, 0x10]], CardKind::BankCard),
            (&[&[0xA0, 0, 0, 0, 4]], CardKind::Unknown),
        ];
        for (applications, kind) in table {
            check_recognised(desk, &counter, other_card(&plain, applications), kind);
        }
        let phone = desk.card("phone");
        check_recognised(desk, &counter, phone, CardKind::MyNumberOnPhone);
    });
}

#[test]
fn a_memory_card_is_told_by_its_answer_to_reset_alone() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "library");
        let seen = until_seen(|slots| is_kept(on_the_first_reader(slots), false));
        let Some(CardSeen::Card { atr, .. }) = on_the_first_reader(&seen) else { panic!("{seen:?}") };
        assert_eq!(CardKind::of_memory_card(atr), Some(CardKind::Felica));
        assert_eq!(desk.readers[0].apdu_count(), 0, "not a word was said to it");
    });
}

#[test]
fn a_card_pulled_while_it_is_recognised_is_said_to_have_left() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        desk.readers[0]
            .behave(crate::counter::vanishing(madoguchi_virtual::reader::Vanish::InsteadOfAnswer(1)));
        let fault = MyNumberCard::recognise(&counter.card, &name(0)).expect_err("the card is gone");
        assert!(matches!(fault, CardFault::CardRemoved | CardFault::NoCard), "{fault:?}");
        until_seen(|slots| on_the_first_reader(slots) == Some(&CardSeen::Nothing));
    });
}
