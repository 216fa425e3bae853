//! What readers and residents' cards do, whoever stands behind the port.

use madoguchi_domain::certificate::CertificateName;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::CardSeen;
use madoguchi_port::reader::{CardReaders, ReaderEvent, ReaderEvents, ReaderName};
use madoguchi_port::resident_card::{ResidentCard, TypedPassword, TypedPin};
use secrecy::SecretString;
use std::time::{Duration, Instant};

/// A real PC/SC service tells of a card within half a second and starts within a few.
const PATIENCE: Duration = Duration::from_secs(20);

/// The hands at a desk: what a person does there, and what stands on it. At the beginning the service
/// runs and no card lies on the reader.
pub trait Hands {
    /// The readers on the desk.
    fn readers(&self) -> &dyn CardReaders;
    /// The card, on whatever reader it lies.
    fn card(&self) -> &dyn ResidentCard;
    /// The reader that the hands use.
    fn reader(&self) -> ReaderName;
    /// Puts the same My Number card on it each time.
    fn put_on_a_my_number_card(&mut self);
    /// Puts on a card that is none.
    fn put_on_another_card(&mut self);
    /// Takes the card off.
    fn take_off(&mut self);
    /// Stops the PC/SC service.
    fn stop_the_service(&mut self);
    /// Starts it again.
    fn start_the_service(&mut self);
}

/// The contract of [`CardReaders`] and [`ResidentCard`]. Every card's PIN is 1234, its signing password ABC123.
///
/// # Panics
/// Where it is broken.
pub fn cards(hands: &mut dyn Hands) {
    let reader = hands.reader();
    let watch = Watch { events: hands.readers().watch(), reader: reader.clone() };
    watch.sees(&Seen::Ready);
    watch.sees(&Seen::Attached);

    cards_come_and_go(hands, &watch);
    a_pin_is_heard_by_the_right_card_and_its_tries_are_counted(hands, &watch);
    a_signing_certificate_is_named_after_its_password_alone(hands, &watch);
    a_later_watch_is_told_what_is_there(hands, &watch);
    a_service_that_stops_is_followed(hands, &watch);

    let nowhere = ReaderName("no such reader".to_owned());
    assert_eq!(hands.card().identify(&nowhere), Err(CardFault::ReaderGone), "a reader that is not there");
}

fn cards_come_and_go(hands: &mut dyn Hands, watch: &Watch) {
    let reader = &watch.reader;
    assert_eq!(hands.card().identify(reader), Err(CardFault::NoCard), "nothing lies there");
    assert_eq!(seen(hands), CardSeen::Nothing);
    assert_eq!(hands.card().recognise(reader), Err(CardFault::NoCard));

    hands.put_on_a_my_number_card();
    watch.sees(&Seen::Inserted);
    let first = hands.card().identify(reader);
    assert!(first.is_ok(), "a card is identified: {first:?}");
    assert_eq!(hands.card().identify(reader), first, "and again, alike");
    assert_eq!(hands.card().pin_tries_left(reader), Ok(3), "asking costs no try");
    assert_eq!(hands.card().recognise(reader), Ok(CardKind::MyNumber));
    let kept = matches!(seen(hands), CardSeen::Card { kept_by_another_program: false, .. });
    assert!(kept, "a card lies there for everybody: {:?}", seen(hands));

    hands.take_off();
    watch.sees(&Seen::Removed);
    assert_eq!(hands.card().identify(reader), Err(CardFault::NoCard), "it is gone");

    hands.put_on_another_card();
    watch.sees(&Seen::Inserted);
    assert_eq!(hands.card().identify(reader), Err(CardFault::NotMyNumberCard));
    let kind = hands.card().recognise(reader);
    assert!(kind.as_ref().is_ok_and(|kind| *kind != CardKind::MyNumber), "it is another card: {kind:?}");
    hands.take_off();
    watch.sees(&Seen::Removed);
}

fn a_pin_is_heard_by_the_right_card_and_its_tries_are_counted(hands: &mut dyn Hands, watch: &Watch) {
    let reader = &watch.reader;
    hands.put_on_a_my_number_card();
    watch.sees(&Seen::Inserted);
    let identified = hands.card().identify(reader);
    assert!(identified.is_ok(), "a card is identified: {identified:?}");
    let Ok(holder) = identified else { return };
    let other = CertificateName { serial: "00".to_owned(), ..holder.clone() };
    let sign = |holder: &CertificateName, digits: &str, last_try_agreed: bool| {
        let pin = TypedPin { digits: SecretString::from(digits), last_try_agreed };
        hands.card().sign(reader, holder, &pin, &[7; 32]).map(drop)
    };
    assert_eq!(sign(&holder, "123", false), Err(CardFault::MalformedPin), "no PIN");
    assert_eq!(sign(&holder, "0000", false), Err(CardFault::WrongPin { tries_left: 2 }));
    assert_eq!(sign(&other, "0000", false), Err(CardFault::OtherCard), "nobody else's card hears it");
    assert_eq!(sign(&holder, "0000", false), Err(CardFault::WrongPin { tries_left: 1 }));
    assert_eq!(sign(&holder, "1234", false), Err(CardFault::LastPinTry), "not without a yes");
    assert_eq!(hands.card().pin_tries_left(reader), Ok(1));
    assert_eq!(sign(&holder, "1234", true), Ok(()));
    assert_eq!(hands.card().pin_tries_left(reader), Ok(3), "the right one restores them");
    let pin = TypedPin { digits: SecretString::from("1234"), last_try_agreed: false };
    assert_eq!(hands.card().identify_with_pin(reader, &pin), Ok(holder.clone()));
    for _ in 0..2 {
        assert!(sign(&holder, "0000", true).is_err());
    }
    assert_eq!(sign(&holder, "0000", true), Err(CardFault::PinLocked), "the last try locks");
    assert_eq!(sign(&holder, "1234", true), Err(CardFault::PinLocked), "for good");
    assert_eq!(hands.card().identify(reader), Ok(holder.clone()), "and is still readable");
    hands.take_off();
    watch.sees(&Seen::Removed);
}

fn a_signing_certificate_is_named_after_its_password_alone(hands: &mut dyn Hands, watch: &Watch) {
    let reader = &watch.reader;
    hands.put_on_a_my_number_card();
    watch.sees(&Seen::Inserted);
    let identified = hands.card().identify(reader);
    assert!(identified.is_ok(), "a card is identified: {identified:?}");
    let Ok(holder) = identified else { return };
    let other = CertificateName { serial: "00".to_owned(), ..holder.clone() };
    let read = |holder: &CertificateName, typed: &str, last_try_agreed: bool| {
        let password = TypedPassword { characters: SecretString::from(typed), last_try_agreed };
        hands.card().signing_certificate(reader, holder, &password)
    };
    assert_eq!(hands.card().signing_tries_left(reader), Ok(5), "asking costs no try");
    assert_eq!(read(&holder, "ABC12", false), Err(CardFault::MalformedPassword), "too short");
    assert_eq!(read(&other, "ABC123", false), Err(CardFault::OtherCard), "nobody else's card hears it");
    assert_eq!(read(&holder, "XYZ789", false), Err(CardFault::WrongPin { tries_left: 4 }));
    let signing = read(&holder, "abc123", false);
    assert!(
        signing.as_ref().is_ok_and(|signing| *signing != holder),
        "it is another certificate: {signing:?}"
    );
    assert_eq!(read(&holder, "ABC123", false), signing, "and again, alike");
    assert_eq!(hands.card().signing_tries_left(reader), Ok(5), "the right one restores them");
    for tries_left in [4, 3, 2, 1] {
        assert_eq!(read(&holder, "XYZ789", false), Err(CardFault::WrongPin { tries_left }));
    }
    assert_eq!(read(&holder, "ABC123", false), Err(CardFault::LastPinTry), "not without a yes");
    assert_eq!(read(&holder, "XYZ789", true), Err(CardFault::PinLocked), "the last try locks");
    assert_eq!(hands.card().signing_tries_left(reader), Ok(0));
    assert_eq!(hands.card().pin_tries_left(reader), Ok(3), "the PIN is another secret");
    hands.take_off();
    watch.sees(&Seen::Removed);
}

/// What lies on the hands' reader, by one look.
fn seen(hands: &dyn Hands) -> CardSeen {
    let reader = hands.reader();
    let slots = hands.readers().look();
    let slot = slots.iter().flatten().find(|slot| slot.reader == reader);
    assert!(slot.is_some_and(|slot| slot.takes_residents_cards), "the reader is listed: {slots:?}");
    slot.map_or(CardSeen::Nothing, |slot| slot.card.clone())
}

fn a_later_watch_is_told_what_is_there(hands: &mut dyn Hands, watch: &Watch) {
    hands.put_on_a_my_number_card();
    watch.sees(&Seen::Inserted);
    let later = Watch { events: hands.readers().watch(), reader: watch.reader.clone() };
    later.sees(&Seen::Ready);
    later.sees(&Seen::Attached);
    later.sees(&Seen::Inserted);
    drop(later);
    hands.take_off();
    watch.sees(&Seen::Removed);
}

fn a_service_that_stops_is_followed(hands: &mut dyn Hands, watch: &Watch) {
    hands.stop_the_service();
    watch.sees(&Seen::Absent);
    assert_eq!(hands.card().identify(&watch.reader), Err(CardFault::ServiceAbsent));
    assert_eq!(hands.readers().look(), Err(CardFault::ServiceAbsent));
    let meanwhile = Watch { events: hands.readers().watch(), reader: watch.reader.clone() };
    meanwhile.sees(&Seen::Absent);

    hands.start_the_service();
    for watch in [watch, &meanwhile] {
        watch.sees(&Seen::Ready);
        watch.sees(&Seen::Attached);
    }
    hands.put_on_a_my_number_card();
    for watch in [watch, &meanwhile] {
        watch.sees(&Seen::Inserted);
    }
    assert!(hands.card().identify(&watch.reader).is_ok(), "and works again");
    hands.take_off();
    watch.sees(&Seen::Removed);
}

/// An event without its reader and its time.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Ready,
    Absent,
    Attached,
    Detached,
    Inserted,
    Removed,
}

struct Watch {
    events: ReaderEvents,
    reader: ReaderName,
}

impl Watch {
    /// The next event, of the service or of this reader, is this one.
    fn sees(&self, expected: &Seen) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left);
            assert!(event.is_ok(), "{expected:?} is told: {event:?}");
            if let Some(seen) = event.ok().and_then(|event| self.seen(&event)) {
                assert_eq!(seen, *expected);
                return;
            }
        }
    }

    /// `None` for what happens at other readers.
    fn seen(&self, event: &ReaderEvent) -> Option<Seen> {
        let (seen, reader) = match event {
            ReaderEvent::ServiceReady => return Some(Seen::Ready),
            ReaderEvent::ServiceAbsent => return Some(Seen::Absent),
            ReaderEvent::ReaderAttached(reader) => (Seen::Attached, reader),
            ReaderEvent::ReaderDetached(reader) => (Seen::Detached, reader),
            ReaderEvent::CardInserted { reader, .. } => (Seen::Inserted, reader),
            ReaderEvent::CardRemoved { reader } => (Seen::Removed, reader),
        };
        (*reader == self.reader).then_some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Card, Desk};

    struct AtTheDouble(Desk);

    impl Hands for AtTheDouble {
        fn readers(&self) -> &dyn CardReaders {
            &self.0
        }
        fn card(&self) -> &dyn ResidentCard {
            &self.0
        }
        fn reader(&self) -> ReaderName {
            ReaderName("Reader 0".to_owned())
        }
        fn put_on_a_my_number_card(&mut self) {
            self.0.put_on("Reader 0", Card::of("2b01"));
        }
        fn put_on_another_card(&mut self) {
            self.0.put_on("Reader 0", Card::that_fails(CardFault::NotMyNumberCard));
        }
        fn take_off(&mut self) {
            self.0.take_off("Reader 0");
        }
        fn stop_the_service(&mut self) {
            self.0.stop_service();
        }
        fn start_the_service(&mut self) {
            self.0.start_service();
        }
    }

    #[test]
    fn the_desk_in_memory_keeps_the_contract() {
        cards(&mut AtTheDouble(Desk::with_reader("Reader 0")));
    }
}
