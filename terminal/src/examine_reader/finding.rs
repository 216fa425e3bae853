//! From what is seen to what a person is told, pure.
//!
//! The parts are judged in the order of the way: the first that is broken is the finding, since nothing
//! behind it can be known.

use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen, UsbReader};
use madoguchi_wire::window::{FindingMark, OtherCard, ReaderFinding, ReadingPart};

/// Everything seen at one moment.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// What the PC/SC service lists, or why it does not.
    pub(super) slots: Result<Vec<SlotSeen>, CardFault>,
    /// The readers on the USB, where the operating system says.
    pub(super) usb: Option<Vec<UsbReader>>,
    /// What lies in the slot taken, where something does that could be asked.
    pub(super) recognised: Option<Result<CardKind, CardFault>>,
    /// Why the last card that was put on could not be read.
    pub(super) last_fault: Option<CardFault>,
    /// Tries left for the PIN, where they were asked for.
    pub(super) pin_tries_left: Option<u8>,
    /// Another program sits at the bridge's port.
    pub(super) port_taken: bool,
}

/// The slot whose card counts: where something lies, else the first.
pub(super) fn slot_taken(slots: &[SlotSeen]) -> Option<&SlotSeen> {
    let taking = || slots.iter().filter(|slot| slot.takes_residents_cards);
    taking().find(|slot| slot.card != CardSeen::Nothing).or_else(|| taking().next())
}

/// The readers a resident's card can be put on.
pub(super) fn readers(facts: &Facts) -> Vec<String> {
    let slots = facts.slots.iter().flatten().filter(|slot| slot.takes_residents_cards);
    slots.map(|slot| slot.reader.to_string()).collect()
}

/// What is wrong, or that nothing is.
pub(super) fn find(facts: &Facts) -> ReaderFinding {
    match &facts.slots {
        Err(CardFault::ServiceRefused) => ReaderFinding::ServiceRefused,
        Err(_) => ReaderFinding::ServiceStopped,
        Ok(slots) => match slot_taken(slots) {
            Some(slot) => at_the_slot(slot, facts),
            None => without_a_slot(facts.usb.as_deref().unwrap_or_default()),
        },
    }
}

fn without_a_slot(usb: &[UsbReader]) -> ReaderFinding {
    match usb.first() {
        Some(reader) => ReaderFinding::WithoutDriver { name: reader.name.clone() },
        None => ReaderFinding::NoReader,
    }
}

fn at_the_slot(slot: &SlotSeen, facts: &Facts) -> ReaderFinding {
    match (&slot.card, &facts.recognised) {
        (CardSeen::Nothing, _) => without_a_card(facts.last_fault.as_ref()),
        (CardSeen::Mute, _) => ReaderFinding::CardMute,
        (CardSeen::Card { kept_by_another_program: true, .. }, _) => ReaderFinding::CardBusy,
        (CardSeen::Card { .. }, Some(Ok(kind))) => of_kind(*kind, facts.pin_tries_left),
        (CardSeen::Card { .. }, Some(Err(fault))) => of_fault(fault),
        // Not asked what it is: it came since the look.
        (CardSeen::Card { .. }, None) => ReaderFinding::NoCard,
    }
}

fn without_a_card(last_fault: Option<&CardFault>) -> ReaderFinding {
    match last_fault {
        Some(CardFault::CardRemoved | CardFault::NoCard) => ReaderFinding::CardLeftEarly,
        _ => ReaderFinding::NoCard,
    }
}

/// Why a card did not say what it is.
fn of_fault(fault: &CardFault) -> ReaderFinding {
    match fault {
        CardFault::CardRemoved | CardFault::NoCard => ReaderFinding::CardLeftEarly,
        CardFault::CardBusy => ReaderFinding::CardBusy,
        CardFault::ServiceAbsent => ReaderFinding::ServiceStopped,
        CardFault::ServiceRefused => ReaderFinding::ServiceRefused,
        CardFault::ReaderGone => ReaderFinding::NoReader,
        CardFault::NotMyNumberCard | CardFault::NotFelica => {
            ReaderFinding::OtherCard { kind: OtherCard::Unknown }
        }
        CardFault::NoFelicaDialect => ReaderFinding::FelicaUnread,
        // Nothing presents a PIN here, and nothing is read: these say at most that a card lies there.
        CardFault::PinFirst
        | CardFault::WrongPin { .. }
        | CardFault::LastPinTry
        | CardFault::PinLocked
        | CardFault::MalformedPin
        | CardFault::MalformedPassword
        | CardFault::NoSigningCertificate
        | CardFault::OtherCard => ReaderFinding::Ready,
        CardFault::Unresponsive | CardFault::Unexpected { .. } | CardFault::Pcsc { .. } => {
            ReaderFinding::CardMute
        }
    }
}

fn of_kind(kind: CardKind, pin_tries_left: Option<u8>) -> ReaderFinding {
    let other = |kind| ReaderFinding::OtherCard { kind };
    match kind {
        // A phone is read after its PIN.
        CardKind::MyNumber | CardKind::MyNumberOnPhone => match pin_tries_left {
            Some(0) => ReaderFinding::PinLocked,
            Some(1) => ReaderFinding::LastTry,
            Some(_) | None => ReaderFinding::Ready,
        },
        CardKind::Felica => other(OtherCard::Felica),
        CardKind::DrivingLicence => other(OtherCard::DrivingLicence),
        CardKind::ResidenceCard => other(OtherCard::ResidenceCard),
        CardKind::BankCard => other(OtherCard::BankCard),
        CardKind::Passport => other(OtherCard::Passport),
        CardKind::Memory | CardKind::Unknown => other(OtherCard::Unknown),
    }
}

/// The part of the way a finding concerns.
pub(super) fn part_of(finding: &ReaderFinding) -> ReadingPart {
    match finding {
        ReaderFinding::ServiceStopped | ReaderFinding::ServiceRefused => ReadingPart::Service,
        ReaderFinding::NoReader => ReadingPart::Reader,
        ReaderFinding::WithoutDriver { .. } => ReadingPart::Driver,
        ReaderFinding::NoCard
        | ReaderFinding::CardLeftEarly
        | ReaderFinding::CardMute
        | ReaderFinding::CardBusy => ReadingPart::Card,
        ReaderFinding::OtherCard { .. } | ReaderFinding::FelicaUnread => ReadingPart::Kind,
        ReaderFinding::Ready | ReaderFinding::LastTry | ReaderFinding::PinLocked => ReadingPart::Pin,
    }
}

/// 〇 where work can go on, △ where something in the hands helps, × where not.
pub(super) fn mark_of(finding: &ReaderFinding) -> FindingMark {
    match finding {
        ReaderFinding::NoCard | ReaderFinding::Ready => FindingMark::Ok,
        ReaderFinding::CardLeftEarly | ReaderFinding::CardMute | ReaderFinding::LastTry => FindingMark::Check,
        ReaderFinding::ServiceStopped
        | ReaderFinding::ServiceRefused
        | ReaderFinding::NoReader
        | ReaderFinding::WithoutDriver { .. }
        | ReaderFinding::CardBusy
        | ReaderFinding::OtherCard { .. }
        | ReaderFinding::FelicaUnread
        | ReaderFinding::PinLocked => FindingMark::Stop,
    }
}
