//! A card on the reader is seen, identified and read.

use crate::counter::{Counter, apdus, name};
use crate::openssl;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::ReaderEvent;
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::card::LengthDialect;
use madoguchi_virtual::desk::at_own_desk;
use madoguchi_virtual::reader::Behaviour;
use std::time::{Duration, Instant};

#[test]
fn readers_and_cards_that_are_there_already_are_told_first() {
    at_own_desk(|desk| {
        let hanako = desk.card("hanako");
        Counter::open().lay(desk, "taro");
        desk.readers[1].insert(hanako);
        Counter::open().wait_for_card(1);
        let counter = Counter::open();
        assert_eq!(counter.next_event(), ReaderEvent::ServiceReady);
        assert_eq!(counter.next_event(), ReaderEvent::ReaderAttached(name(0)));
        assert!(
            matches!(counter.next_event(), ReaderEvent::CardInserted { reader, .. } if reader == name(0))
        );
        assert_eq!(counter.next_event(), ReaderEvent::ReaderAttached(name(1)));
        assert!(
            matches!(counter.next_event(), ReaderEvent::CardInserted { reader, .. } if reader == name(1))
        );
    });
}

#[test]
fn a_card_that_comes_and_goes_is_told_each_time() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.wait_for(&ReaderEvent::ReaderAttached(name(1)));
        for _ in 0..3 {
            let before = Instant::now();
            let card = desk.card("hanako");
            desk.readers[0].insert(card);
            let event = counter.next_event();
            let ReaderEvent::CardInserted { reader, at } = event else { panic!("{event:?}") };
            assert_eq!(reader, name(0));
            assert!(before <= at && at <= Instant::now(), "the time is that of the report");
            desk.readers[0].remove();
            assert_eq!(counter.next_event(), ReaderEvent::CardRemoved { reader: name(0) });
        }
    });
}

#[test]
fn two_commands_lead_to_the_serial_that_openssl_prints() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        for sample in ["hanako", "taro", "ichiro"] {
            counter.lay(desk, sample);
            let found = counter.card.identify(&name(0)).unwrap();
            let certificate = desk.folder(sample).join("auth.crt.pem");
            // A serial whose highest bit is set stands behind a zero byte.
            let serial = found.serial.strip_prefix("00").unwrap_or(&found.serial);
            assert_eq!(serial, openssl::serial(&certificate), "{sample}");
            assert_eq!(apdus(desk), ["00 A4 04 0C -> 9000", "00 B0 8A 00 -> 9000"], "{sample}");
            let whole = std::fs::read(desk.folder(sample).join("auth.crt.der")).unwrap();
            assert!(whole.windows(found.issuer_der.len()).any(|part| part == found.issuer_der));
            let authority = desk.folder(sample).join("../../ca/auth-ca.crt.pem");
            assert!(openssl::issuer_is_subject_of(&certificate, &authority), "{sample}");
        }
    });
}

#[test]
fn the_whole_certificate_is_the_file() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "taro");
        let file = std::fs::read(desk.folder("taro").join("auth.crt.der")).unwrap();
        assert!(counter.card.certificate(&name(0)).unwrap() == file);
        let chunks = file.len().div_ceil(256);
        assert_eq!(apdus(desk).len(), 1 + chunks, "SELECT and one command per 256 bytes");
    });
}

#[test]
fn a_card_that_words_lengths_otherwise_is_read_alike() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let name_before = counter.card.identify(&name(0)).unwrap();
        let file = std::fs::read(desk.folder("hanako").join("auth.crt.der")).unwrap();
        for dialect in [LengthDialect::GetResponse, LengthDialect::ExactLe] {
            desk.readers[0].behave(Behaviour { dialect, ..Behaviour::default() });
            assert!(counter.card.identify(&name(0)).unwrap() == name_before, "{dialect:?}");
            assert!(counter.card.certificate(&name(0)).unwrap() == file, "{dialect:?}");
        }
    });
}

#[test]
fn a_slow_card_is_waited_for() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let delay = Duration::from_millis(300);
        desk.readers[0].behave(Behaviour { delay, ..Behaviour::default() });
        let asked = Instant::now();
        counter.card.identify(&name(0)).unwrap();
        assert!(asked.elapsed() >= 2 * delay, "both commands waited");
    });
}

#[test]
fn a_card_that_hangs_is_given_up_and_the_next_one_works() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        desk.readers[0].behave(Behaviour { delay: Duration::from_mins(1), ..Behaviour::default() });
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::Unresponsive));
        desk.readers[0].behave(Behaviour::default());
        counter.lay(desk, "taro");
        counter.card.identify(&name(0)).unwrap();
    });
}

#[test]
fn a_phone_wants_the_pin_first() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "phone");
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::PinFirst));
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
    });
}

#[test]
fn another_card_is_said_to_be_another() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "library");
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::NotMyNumberCard));
        assert_eq!(counter.card.certificate(&name(0)), Err(CardFault::NotMyNumberCard));
    });
}

#[test]
fn no_card_and_no_reader_are_told_apart() {
    at_own_desk(|_desk| {
        let counter = Counter::open();
        counter.wait_for(&ReaderEvent::ReaderAttached(name(0)));
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::NoCard));
        let nowhere = madoguchi_port::reader::ReaderName("No such reader 0".to_owned());
        assert_eq!(counter.card.identify(&nowhere), Err(CardFault::ReaderGone));
        let malformed = madoguchi_port::reader::ReaderName("with\0zero".to_owned());
        assert_eq!(counter.card.identify(&malformed), Err(CardFault::ReaderGone));
    });
}

#[test]
fn two_readers_hold_two_cards() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let (hanako, taro) = (desk.card("hanako"), desk.card("taro"));
        desk.readers[0].insert(hanako);
        counter.wait_for_card(0);
        desk.readers[1].insert(taro);
        counter.wait_for_card(1);
        let on_first = counter.card.identify(&name(0)).unwrap();
        let on_second = counter.card.identify(&name(1)).unwrap();
        assert!(on_first.serial != on_second.serial);
        desk.readers[0].remove();
        counter.wait_for_no_card(0);
        assert!(counter.card.identify(&name(1)).unwrap() == on_second);
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::NoCard));
    });
}
