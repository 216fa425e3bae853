//! Every fact and what follows from it, as one table.

use super::examination;
use super::finding::{Facts, find};
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen, UsbReader};
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::window::{FindingMark, OtherCard, ReaderFinding, ReadingPart, TechnicalDetail};

fn slot(name: &str, card: CardSeen) -> SlotSeen {
    SlotSeen { reader: ReaderName(name.to_owned()), takes_residents_cards: !name.contains("SAM"), card }
}

fn card() -> CardSeen {
    CardSeen::Card { atr: vec![0x3B, 0x80], kept_by_another_program: false }
}

fn kept() -> CardSeen {
    CardSeen::Card { atr: vec![0x3B, 0x80], kept_by_another_program: true }
}

/// A counter with one reader and nothing on it.
fn calm() -> Facts {
    Facts {
        slots: Ok(vec![slot("A", CardSeen::Nothing)]),
        usb: Some(Vec::new()),
        recognised: None,
        last_fault: None,
        pin_tries_left: None,
        port_taken: false,
    }
}

fn with_slots(slots: Vec<SlotSeen>) -> Facts {
    Facts { slots: Ok(slots), ..calm() }
}

fn with_service_fault(fault: CardFault) -> Facts {
    Facts { slots: Err(fault), ..calm() }
}

fn with_card(recognised: Result<CardKind, CardFault>) -> Facts {
    Facts { recognised: Some(recognised), ..with_slots(vec![slot("A", card())]) }
}

fn pasori() -> UsbReader {
    UsbReader { name: "PaSoRi".into(), ids: (0x054C, 0x06C3), held_by: Some("port100".into()) }
}

fn other(kind: OtherCard) -> ReaderFinding {
    ReaderFinding::OtherCard { kind }
}

#[test]
#[allow(clippy::too_many_lines)] // one table over all facts
fn every_fact_has_its_finding() {
    let usb = Some(vec![pasori()]);
    let without_driver = || ReaderFinding::WithoutDriver { name: "PaSoRi".into() };
    let left = |fault| Facts { last_fault: Some(fault), ..calm() };
    let tries = |tries| Facts { pin_tries_left: Some(tries), ..with_card(Ok(CardKind::MyNumber)) };
    let table = [
        // the service
        (with_service_fault(CardFault::ServiceAbsent), ReaderFinding::ServiceStopped),
        (with_service_fault(CardFault::Pcsc { code: 0x8010_0001 }), ReaderFinding::ServiceStopped),
        (with_service_fault(CardFault::ServiceRefused), ReaderFinding::ServiceRefused),
        (
            Facts { usb: usb.clone(), ..with_service_fault(CardFault::ServiceAbsent) },
            ReaderFinding::ServiceStopped,
        ),
        // the reader and its driver
        (with_slots(vec![]), ReaderFinding::NoReader),
        (Facts { usb: None, ..with_slots(vec![]) }, ReaderFinding::NoReader),
        (Facts { usb: usb.clone(), ..with_slots(vec![]) }, without_driver()),
        (with_slots(vec![slot("A SAM", card())]), ReaderFinding::NoReader),
        (Facts { usb: usb.clone(), ..with_slots(vec![slot("A SAM", card())]) }, without_driver()),
        (Facts { usb, ..calm() }, ReaderFinding::NoCard),
        // the card
        (calm(), ReaderFinding::NoCard),
        (with_slots(vec![slot("A", CardSeen::Nothing), slot("B", CardSeen::Nothing)]), ReaderFinding::NoCard),
        (left(CardFault::CardRemoved), ReaderFinding::CardLeftEarly),
        (left(CardFault::NoCard), ReaderFinding::CardLeftEarly),
        (left(CardFault::NotMyNumberCard), ReaderFinding::NoCard),
        (left(CardFault::CardBusy), ReaderFinding::NoCard),
        (with_slots(vec![slot("A", CardSeen::Mute)]), ReaderFinding::CardMute),
        (with_slots(vec![slot("A", kept())]), ReaderFinding::CardBusy),
        (with_slots(vec![slot("A", card())]), ReaderFinding::NoCard),
        (with_card(Err(CardFault::CardRemoved)), ReaderFinding::CardLeftEarly),
        (with_card(Err(CardFault::NoCard)), ReaderFinding::CardLeftEarly),
        (with_card(Err(CardFault::CardBusy)), ReaderFinding::CardBusy),
        (with_card(Err(CardFault::Unresponsive)), ReaderFinding::CardMute),
        (with_card(Err(CardFault::Unexpected { step: "SELECT", status: 0x6F00 })), ReaderFinding::CardMute),
        (with_card(Err(CardFault::Pcsc { code: 0x8010_0001 })), ReaderFinding::CardMute),
        (with_card(Err(CardFault::ReaderGone)), ReaderFinding::NoReader),
        (with_card(Err(CardFault::ServiceAbsent)), ReaderFinding::ServiceStopped),
        (with_card(Err(CardFault::ServiceRefused)), ReaderFinding::ServiceRefused),
        // its kind
        (with_card(Ok(CardKind::Felica)), other(OtherCard::Felica)),
        (with_card(Ok(CardKind::DrivingLicence)), other(OtherCard::DrivingLicence)),
        (with_card(Ok(CardKind::ResidenceCard)), other(OtherCard::ResidenceCard)),
        (with_card(Ok(CardKind::BankCard)), other(OtherCard::BankCard)),
        (with_card(Ok(CardKind::Passport)), other(OtherCard::Passport)),
        (with_card(Ok(CardKind::MyNumberOnPhone)), ReaderFinding::Ready),
        (with_card(Ok(CardKind::Memory)), other(OtherCard::Unknown)),
        (with_card(Ok(CardKind::Unknown)), other(OtherCard::Unknown)),
        (with_card(Err(CardFault::NotMyNumberCard)), other(OtherCard::Unknown)),
        (with_card(Err(CardFault::NotFelica)), other(OtherCard::Unknown)),
        (with_card(Err(CardFault::NoFelicaDialect)), ReaderFinding::FelicaUnread),
        (with_card(Err(CardFault::PinFirst)), ReaderFinding::Ready),
        // its PIN
        (with_card(Ok(CardKind::MyNumber)), ReaderFinding::Ready),
        (tries(3), ReaderFinding::Ready),
        (tries(2), ReaderFinding::Ready),
        (tries(1), ReaderFinding::LastTry),
        (tries(0), ReaderFinding::PinLocked),
    ];
    for (facts, finding) in table {
        assert_eq!(find(&facts), finding, "{facts:?}");
    }
}

#[test]
fn a_finding_stands_at_its_part_of_the_way() {
    let table = [
        (with_service_fault(CardFault::ServiceAbsent), ReadingPart::Service, FindingMark::Stop),
        (with_slots(vec![]), ReadingPart::Reader, FindingMark::Stop),
        (Facts { usb: Some(vec![pasori()]), ..with_slots(vec![]) }, ReadingPart::Driver, FindingMark::Stop),
        (calm(), ReadingPart::Card, FindingMark::Ok),
        (with_slots(vec![slot("A", CardSeen::Mute)]), ReadingPart::Card, FindingMark::Check),
        (with_slots(vec![slot("A", kept())]), ReadingPart::Card, FindingMark::Stop),
        (with_card(Ok(CardKind::Felica)), ReadingPart::Kind, FindingMark::Stop),
        (with_card(Err(CardFault::NoFelicaDialect)), ReadingPart::Kind, FindingMark::Stop),
        (with_card(Ok(CardKind::MyNumber)), ReadingPart::Pin, FindingMark::Ok),
    ];
    for (facts, part, mark) in table {
        let examined = examination(&facts);
        assert_eq!((examined.part, examined.mark), (part, mark), "{facts:?}");
    }
}

#[test]
fn of_two_readers_the_one_with_a_card_is_taken_and_a_security_module_never() {
    let taken = |slots: Vec<SlotSeen>| {
        let examined = examination(&with_slots(slots));
        (examined.taken, examined.readers.len())
    };
    let empty = || CardSeen::Nothing;
    assert_eq!(taken(vec![slot("A", empty()), slot("B", card())]), (Some("B".into()), 2));
    assert_eq!(taken(vec![slot("A", empty()), slot("B", empty())]), (Some("A".into()), 2));
    assert_eq!(taken(vec![slot("A SAM", card()), slot("B", empty())]), (Some("B".into()), 1));
    assert_eq!(taken(vec![slot("A SAM", card())]), (None, 0));
}

#[test]
fn a_cards_own_number_is_not_told() {
    let atr =
        [&[0x3B, 0x8C, 0x80, 0x01, 0x04, 0x43, 0xFD][..], &[0x01, 0x2E, 0x4C, 0xDE, 0xAD, 0xBE, 0xEF, 0x42]]
            .concat();
    let felica = CardSeen::Card { atr, kept_by_another_program: false };
    let lines = examination(&with_slots(vec![slot("A", felica)])).technical;
    let atr = lines.iter().find(|line| line.about == TechnicalDetail::Atr).map(|line| line.said.as_str());
    assert_eq!(atr, Some("3B8C80010443FD"));
}

#[test]
fn the_technical_part_names_service_readers_and_codes() {
    let facts = Facts {
        usb: Some(vec![pasori()]),
        last_fault: Some(CardFault::Pcsc { code: 0x8010_0016 }),
        ..with_slots(vec![slot("A", card()), slot("A SAM", CardSeen::Nothing)])
    };
    let lines = examination(&facts).technical;
    let said: Vec<_> = lines.iter().map(|line| (line.about, line.said.as_str())).collect();
    assert_eq!(
        said[..6],
        [
            (TechnicalDetail::Service, "PC/SC: 2 slots"),
            (TechnicalDetail::Reader, "A (card)"),
            (TechnicalDetail::Reader, "A SAM (empty, not used)"),
            (TechnicalDetail::Usb, "PaSoRi (054C:06C3, held by port100)"),
            (TechnicalDetail::Atr, "3B80"),
            (TechnicalDetail::LastFault, "PC/SC error 80100016"),
        ]
    );
}
