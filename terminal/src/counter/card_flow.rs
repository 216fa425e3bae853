//! The card's way through the counter, as a pure state machine: what readers, clerk and cloud say
//! becomes what is read, shown and forgotten.
//!
//! Belongs here: deciding. Does not: reading, asking, telling (`card_watch`).
//! A card counts as read only if it lay there from its first byte to the balances: one that leaves
//! earlier is told as removed even where its serial is known already, so that nobody sees the
//! balances of one card while another lies on the reader.

use crate::programs::CardLying;
use madoguchi_port::reader::{ReaderEvent, ReaderName};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{CardExpectation, CardState, DeviceState, ServiceIdFound, Visit};
use std::time::Instant;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CardEvent {
    /// At the readers.
    Reader(ReaderEvent),
    /// The window says what the next card is for.
    Expect(CardExpectation),
    /// A reading ended.
    Read {
        /// Which.
        number: u32,
        /// The visit, or why there is none.
        outcome: Result<Visit, Failure>,
    },
    /// A reading for the service ID ended well.
    ServiceIdRead {
        /// Which.
        number: u32,
        /// What the card leads to.
        found: ServiceIdFound,
    },
    /// A reading found a phone that wants its PIN first.
    WantsPin {
        /// Which reading.
        number: u32,
        /// How often the PIN can still be tried, 1 to 3.
        tries_left: u8,
        /// What was wrong with the PIN typed before, if one was.
        failure: Option<Failure>,
    },
    /// The PIN of the phone that wants it was typed.
    PinTyped,
    /// The card of the street that this terminal is of was scanned.
    StreetCardScanned,
    /// The institution's own card, whose number was read, is the one that lies here.
    IsLibraryCard(CardLying),
    /// The clerk has left the visit.
    Left,
    /// A visit's time is over.
    Expired {
        /// Which.
        visit: u32,
    },
    /// The readers had time to come forward.
    LookedLongEnough,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CardEffect {
    /// Read the card on this reader, then look it up.
    Read {
        /// The reading's number, and that of the visit it may lead to.
        number: u32,
        /// Where.
        reader: ReaderName,
        /// When the card was put on.
        at: Instant,
        /// With the PIN that was typed just now.
        with_pin: bool,
        /// What is asked of the cloud.
        wanted: Wanted,
    },
    /// Look up the street's card that was scanned just now.
    LookUpScanned {
        /// The reading's number, and that of the visit it may lead to.
        number: u32,
    },
    /// Show the card's state.
    Show(CardState),
    /// Show the reader's state.
    ShowReader(DeviceState),
    /// Forget the visit, whichever it is.
    ForgetVisit,
    /// The card whose service ID is shown has left: nothing can be registered for it any more.
    CardLeft,
    /// Come back with `LookedLongEnough` in a moment.
    LookAWhile,
}

/// What a card is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Its balances.
    Points,
    /// Its number at this terminal's ID provider.
    ServiceId,
    /// Its balances for a merge; the card may be that of this terminal's street.
    Merge,
}

impl Wanted {
    const fn by(expectation: CardExpectation) -> Self {
        match expectation {
            CardExpectation::ServiceIdNow | CardExpectation::NextServiceId => Self::ServiceId,
            CardExpectation::MergeCardNow => Self::Merge,
            CardExpectation::None | CardExpectation::NextCard | CardExpectation::CardNow => Self::Points,
        }
    }
}

/// A reading under way.
#[derive(Debug, Clone, PartialEq)]
struct Reading {
    number: u32,
    /// On which reader; none where the card was scanned.
    at: Option<ReaderName>,
}

/// Where the card stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CardFlow {
    expectation: CardExpectation,
    service: bool,
    readers: Vec<ReaderName>,
    /// In the order they were put on.
    cards: Vec<CardLying>,
    reading: Option<Reading>,
    /// Where the institution's own card lies; nobody's number is asked for it.
    library_cards: Vec<ReaderName>,
    /// Where cards lie that turned out not to be a resident's since one was asked for.
    passed_over: Vec<ReaderName>,
    /// The reader of the phone that wants its PIN, while that is shown.
    phone: Option<ReaderName>,
    /// Where the card lies whose service ID is shown.
    service_id_at: Option<ReaderName>,
    /// The visit whose service ID is shown, also where its card has left: it lasts its time.
    service_id: Option<u32>,
    /// The number of the last reading.
    number: u32,
    shown: CardState,
    shown_reader: DeviceState,
}

impl Default for CardFlow {
    fn default() -> Self {
        Self {
            expectation: CardExpectation::None,
            service: false,
            readers: Vec::new(),
            cards: Vec::new(),
            reading: None,
            library_cards: Vec::new(),
            passed_over: Vec::new(),
            phone: None,
            service_id_at: None,
            service_id: None,
            number: 0,
            shown: CardState::Absent,
            shown_reader: DeviceState::Looking,
        }
    }
}

impl CardFlow {
    /// Whether a card lies on any reader.
    pub(super) const fn has_card(&self) -> bool {
        !self.cards.is_empty()
    }

    /// The cards that lie on the readers, in the order they were put on.
    pub(super) fn cards(&self) -> &[CardLying] {
        &self.cards
    }

    /// The next state and what is to be done, in order.
    pub(super) fn step(mut self, event: CardEvent) -> (Self, Vec<CardEffect>) {
        let mut effects = Vec::new();
        match event {
            CardEvent::Reader(event) => self.at_the_readers(event, &mut effects),
            CardEvent::Expect(expectation) => self.expect(expectation, &mut effects),
            CardEvent::Read { number, outcome } => self.read(number, outcome, &mut effects),
            CardEvent::ServiceIdRead { number, found } => {
                if let Some(reader) = self.end(number) {
                    self.expectation = CardExpectation::None;
                    self.service_id = Some(found.visit);
                    self.show(CardState::ServiceIdRead { found }, &mut effects);
                    self.service_id_at = Some(reader);
                }
            }
            CardEvent::WantsPin { number, tries_left, failure } => {
                if let Some(reader) = self.end(number) {
                    self.show(CardState::WantsPin { tries_left, failure }, &mut effects);
                    self.phone = Some(reader);
                }
            }
            CardEvent::PinTyped => {
                let phone = self.cards.iter().find(|lying| Some(&lying.reader) == self.phone.as_ref());
                if let Some(phone) = phone.cloned() {
                    self.begin_reading(phone, true, &mut effects);
                }
            }
            CardEvent::StreetCardScanned => self.scan(&mut effects),
            CardEvent::IsLibraryCard(card) => {
                if self.cards.contains(&card) {
                    self.library_cards.push(card.reader);
                }
            }
            CardEvent::Left => {
                self.forget_visit(&mut effects);
                self.show_resting(&mut effects);
            }
            CardEvent::Expired { visit } => self.expire(visit, &mut effects),
            CardEvent::LookedLongEnough => self.show_reader(&mut effects),
        }
        (self, effects)
    }

    fn at_the_readers(&mut self, event: ReaderEvent, effects: &mut Vec<CardEffect>) {
        match event {
            ReaderEvent::ServiceAbsent => {
                self.service = false;
                self.lose_readers(effects);
                self.show_reader(effects);
            }
            ReaderEvent::ServiceReady => {
                self.service = true;
                self.lose_readers(effects);
                self.set_reader(DeviceState::Looking, effects);
                effects.push(CardEffect::LookAWhile);
            }
            ReaderEvent::ReaderAttached(reader) => {
                if !self.readers.contains(&reader) {
                    self.readers.push(reader);
                }
                self.show_reader(effects);
            }
            ReaderEvent::ReaderDetached(reader) => {
                self.readers.retain(|attached| *attached != reader);
                self.lose_card(&reader, ErrorCode::ReaderAbsent, effects);
                self.show_reader(effects);
            }
            ReaderEvent::CardInserted { reader, at } => self.insert(reader, at, effects),
            ReaderEvent::CardRemoved { reader } => self.lose_card(&reader, ErrorCode::CardRemoved, effects),
        }
    }

    fn insert(&mut self, reader: ReaderName, at: Instant, effects: &mut Vec<CardEffect>) {
        // A card in place of another whose leaving nobody saw.
        self.forget_card(&reader);
        if self.reads_at(&reader) {
            self.reading = None;
        }
        self.cards.push(CardLying { reader, at });
        if self.reading.is_some() {
            return;
        }
        match self.expectation {
            CardExpectation::NextCard
            | CardExpectation::CardNow
            | CardExpectation::ServiceIdNow
            | CardExpectation::MergeCardNow => {
                // The card just put on is one of them.
                self.read_last(effects);
            }
            CardExpectation::NextServiceId => {
                // The customer before has gone: nothing is handed over or registered for that one any more.
                if self.service_id.is_some() {
                    self.forget_visit(effects);
                }
                self.read_last(effects);
            }
            CardExpectation::None => {
                if !self.shows_a_visit() {
                    self.show(CardState::Lying, effects);
                }
            }
        }
    }

    /// Reads the card that was put on last and may be the resident's; `false` where there is none.
    fn read_last(&mut self, effects: &mut Vec<CardEffect>) -> bool {
        let wanted = Wanted::by(self.expectation);
        let may_be_residents = |card: &&CardLying| {
            let is_librarys = wanted == Wanted::ServiceId && self.library_cards.contains(&card.reader);
            !is_librarys && !self.passed_over.contains(&card.reader)
        };
        let last = self.cards.iter().rev().find(may_be_residents).cloned();
        let begins = last.is_some();
        if let Some(last) = last {
            self.begin_reading(last, false, effects);
        }
        begins
    }

    /// Of two cards one is the resident's, in whichever order they were put on.
    fn reads_another(&mut self, reader: ReaderName, effects: &mut Vec<CardEffect>) -> bool {
        self.passed_over.push(reader);
        match self.expectation {
            CardExpectation::CardNow | CardExpectation::ServiceIdNow | CardExpectation::MergeCardNow => {
                self.read_last(effects)
            }
            CardExpectation::None | CardExpectation::NextCard | CardExpectation::NextServiceId => false,
        }
    }

    fn forget_card(&mut self, reader: &ReaderName) {
        self.cards.retain(|lying| lying.reader != *reader);
        self.library_cards.retain(|lying| lying != reader);
        self.passed_over.retain(|lying| lying != reader);
    }

    fn begin_reading(&mut self, card: CardLying, with_pin: bool, effects: &mut Vec<CardEffect>) {
        let CardLying { reader, at } = card;
        self.number += 1;
        self.reading = Some(Reading { number: self.number, at: Some(reader.clone()) });
        self.show(CardState::Reading, effects);
        let wanted = Wanted::by(self.expectation);
        effects.push(CardEffect::Read { number: self.number, reader, at, with_pin, wanted });
    }

    fn lose_card(&mut self, reader: &ReaderName, why: ErrorCode, effects: &mut Vec<CardEffect>) {
        self.forget_card(reader);
        if self.reads_at(reader) {
            self.reading = None;
            self.show(CardState::Failed { failure: Failure::of(why) }, effects);
        } else if self.phone.as_ref() == Some(reader) {
            self.show(CardState::Failed { failure: Failure::of(why) }, effects);
        } else if self.service_id_at.as_ref() == Some(reader) {
            self.lose_service_id(effects);
        } else if matches!(self.shown, CardState::Lying | CardState::LibraryCardLies) {
            self.show_resting(effects);
        }
    }

    fn lose_readers(&mut self, effects: &mut Vec<CardEffect>) {
        self.readers.clear();
        self.cards.clear();
        self.library_cards.clear();
        self.passed_over.clear();
        // What was scanned does not lie on a reader.
        if self.reading.take_if(|reading| reading.at.is_some()).is_some() || self.phone.is_some() {
            self.show(CardState::Failed { failure: Failure::of(ErrorCode::CardServiceAbsent) }, effects);
        } else if self.service_id_at.is_some() {
            self.lose_service_id(effects);
        } else if matches!(self.shown, CardState::Lying | CardState::LibraryCardLies) {
            self.show_resting(effects);
        }
    }

    /// What was registered now would be for a card that nobody sees any more.
    fn lose_service_id(&mut self, effects: &mut Vec<CardEffect>) {
        effects.push(CardEffect::CardLeft);
        self.show(CardState::Failed { failure: Failure::of(ErrorCode::CardAbsent) }, effects);
    }

    fn expect(&mut self, expectation: CardExpectation, effects: &mut Vec<CardEffect>) {
        if Wanted::by(self.expectation) != Wanted::by(expectation) {
            // A reading for something else is given up.
            self.reading = None;
        }
        self.expectation = expectation;
        self.passed_over.clear();
        match expectation {
            CardExpectation::None => {
                // A visit on the screen stays; a reading nobody waits for any more is given up.
                self.reading = None;
                if !self.shows_a_visit() {
                    self.show_resting(effects);
                }
            }
            CardExpectation::NextCard
            | CardExpectation::CardNow
            | CardExpectation::ServiceIdNow
            | CardExpectation::NextServiceId
            | CardExpectation::MergeCardNow
                if self.reading.is_some() => {}
            // The number before stays until the next card is there.
            CardExpectation::NextServiceId if self.service_id.is_some() => {}
            CardExpectation::NextCard | CardExpectation::NextServiceId => self.start_anew(effects),
            CardExpectation::CardNow | CardExpectation::ServiceIdNow | CardExpectation::MergeCardNow => {
                self.start_anew(effects);
                if !self.read_last(effects) && !self.cards.is_empty() {
                    self.show(CardState::LibraryCardLies, effects);
                }
            }
        }
    }

    fn start_anew(&mut self, effects: &mut Vec<CardEffect>) {
        if self.shows_a_visit() || self.service_id.is_some() {
            self.forget_visit(effects);
        }
        self.show_resting(effects);
    }

    fn forget_visit(&mut self, effects: &mut Vec<CardEffect>) {
        self.service_id = None;
        effects.push(CardEffect::ForgetVisit);
    }

    const fn shows_a_visit(&self) -> bool {
        matches!(self.shown, CardState::Read { .. } | CardState::ServiceIdRead { .. })
    }

    fn read(&mut self, number: u32, outcome: Result<Visit, Failure>, effects: &mut Vec<CardEffect>) {
        let Some(reading) = self.reading.take_if(|reading| reading.number == number) else { return };
        match outcome {
            Ok(visit) => {
                // One expectation, one visit: another card put on now does not replace it.
                self.expectation = CardExpectation::None;
                self.show(CardState::Read { visit }, effects);
            }
            Err(failure) => {
                let is_another =
                    matches!(failure.code, ErrorCode::NotMyNumberCard | ErrorCode::StreetCardUnread);
                let reader = reading.at.filter(|_| is_another);
                let reads_on = reader.is_some_and(|reader| self.reads_another(reader, effects));
                if !reads_on {
                    self.show(CardState::Failed { failure }, effects);
                }
            }
        }
    }

    /// Ends a reading, if it is the one under way; where it was.
    fn end(&mut self, number: u32) -> Option<ReaderName> {
        self.reading.take_if(|reading| reading.number == number)?.at
    }

    fn reads_at(&self, reader: &ReaderName) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.at.as_ref() == Some(reader))
    }

    /// A scan counts where a street's card may be shown and no other is being read.
    fn scan(&mut self, effects: &mut Vec<CardEffect>) {
        if self.expectation != CardExpectation::MergeCardNow || self.reading.is_some() {
            return;
        }
        self.number += 1;
        self.reading = Some(Reading { number: self.number, at: None });
        self.show(CardState::Reading, effects);
        effects.push(CardEffect::LookUpScanned { number: self.number });
    }

    fn expire(&mut self, visit: u32, effects: &mut Vec<CardEffect>) {
        let shown = match &self.shown {
            CardState::Read { visit } => Some(visit.visit),
            _ => self.service_id,
        };
        if shown == Some(visit) {
            self.forget_visit(effects);
            self.show(CardState::Failed { failure: Failure::of(ErrorCode::VisitExpired) }, effects);
        }
    }

    fn show_resting(&mut self, effects: &mut Vec<CardEffect>) {
        let resting = if self.cards.is_empty() { CardState::Absent } else { CardState::Lying };
        self.show(resting, effects);
    }

    fn show(&mut self, state: CardState, effects: &mut Vec<CardEffect>) {
        self.phone = None;
        self.service_id_at = None;
        if self.shown != state {
            self.shown = state.clone();
            effects.push(CardEffect::Show(state));
        }
    }

    fn show_reader(&mut self, effects: &mut Vec<CardEffect>) {
        let missing = |code| DeviceState::Missing { failure: Failure::of(code) };
        let state = match self.readers.first() {
            Some(reader) => DeviceState::Ready { name: Some(reader.to_string()) },
            None if self.service => missing(ErrorCode::ReaderAbsent),
            None => missing(ErrorCode::CardServiceAbsent),
        };
        self.set_reader(state, effects);
    }

    fn set_reader(&mut self, state: DeviceState, effects: &mut Vec<CardEffect>) {
        if self.shown_reader != state {
            self.shown_reader = state.clone();
            effects.push(CardEffect::ShowReader(state));
        }
    }
}

#[cfg(test)]
mod tests;
