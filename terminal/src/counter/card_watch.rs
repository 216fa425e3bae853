//! Follows the readers and does what the card flow asks for: reads, looks up, shows, forgets.

use super::card_flow::{CardEffect, CardEvent, CardFlow, Wanted};
use super::identify::{NotIdentified, identify};
use super::timing::{LookUpClock, LookUpTiming};
use crate::card_fault::{is_another_card, told};
use crate::look_up_service_id::HeldServiceId;
use crate::programs::ClerksTurn;
use crate::running::{Running, lock};
use crate::visit::HeldVisit;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::{ReaderEvents, ReaderName};
use madoguchi_port::resident_card::TypedPin;
use madoguchi_wire::window::{CardState, Notice, NumberShown, Visit};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long readers have to come forward after the PC/SC service answers, before it is said that
/// there is none.
const LOOKING: Duration = Duration::from_secs(1);
/// How often the thread that waits for the readers looks whether anybody still listens.
const STILL_WANTED: Duration = Duration::from_millis(250);

/// What comes to the card's task.
enum Word {
    /// Something the card flow knows how to answer.
    Event(CardEvent),
    /// A reading led to a visit.
    Visit(Found),
    /// A reading led to what the card is at this terminal's ID provider.
    ServiceId(HeldServiceId),
    /// The PIN of a phone was typed.
    Pin(TypedPin),
    /// A street's card was scanned.
    Scanned(NumberShown),
}

/// What a reading led to.
struct Found {
    held: HeldVisit,
    shown: Visit,
    clock: LookUpClock,
    timing: LookUpTiming,
}

impl Found {
    /// What no card was read for; its time is nobody's measure.
    fn at_once(held: HeldVisit, shown: Visit) -> Self {
        let clock = LookUpClock::since(Instant::now());
        let timing = LookUpTiming::unmeasured(held.number);
        Self { held, shown, clock, timing }
    }
}

/// The way to the card's task.
#[derive(Clone)]
pub(super) struct CardWatch {
    words: UnboundedSender<Word>,
    /// The look-up that was shown last and is not painted yet.
    unpainted: Arc<Mutex<Option<(LookUpClock, LookUpTiming)>>>,
}

impl CardWatch {
    /// Starts watching the readers.
    pub(super) fn start(running: &Arc<Running>) -> Self {
        let (words, incoming) = unbounded_channel();
        let watch = Self { words, unpainted: Arc::default() };
        let events = running.parts.drivers.readers.watch();
        let forward = watch.words.clone();
        std::thread::spawn(move || follow_readers(&events, &forward));
        running.start(follow_cards(Arc::clone(running), watch.clone(), incoming));
        watch
    }

    /// Tells the card flow.
    pub(super) fn tell(&self, event: CardEvent) {
        // Nobody listens any more only when the counter is closing.
        let _ = self.words.send(Word::Event(event));
    }

    /// The PIN of the phone that wants it was typed.
    pub(super) fn read_with_pin(&self, pin: TypedPin) {
        let _ = self.words.send(Word::Pin(pin));
    }

    /// A card of this terminal's street was scanned.
    pub(super) fn scan_street_card(&self, scanned: NumberShown) {
        let _ = self.words.send(Word::Scanned(scanned));
    }

    /// The window has painted a visit.
    pub(super) fn painted(&self, visit: u32) -> Option<LookUpTiming> {
        let mut unpainted = lock(&self.unpainted);
        let (clock, timing) = unpainted.take_if(|(_, timing)| timing.visit == visit)?;
        Some(LookUpTiming { painted: clock.elapsed(), ..timing })
    }
}

/// Carries the readers' events from their own thread into the card's task.
fn follow_readers(events: &ReaderEvents, words: &UnboundedSender<Word>) {
    loop {
        match events.recv_timeout(STILL_WANTED) {
            Ok(event) => {
                if words.send(Word::Event(CardEvent::Reader(event))).is_err() {
                    return;
                }
            }
            Err(RecvTimeoutError::Timeout) if !words.is_closed() => {}
            Err(_) => return,
        }
    }
}

async fn follow_cards(running: Arc<Running>, watch: CardWatch, mut words: UnboundedReceiver<Word>) {
    let mut flow = CardFlow::default();
    while let Some(word) = words.recv().await {
        let lay_there = flow.cards().to_vec();
        let mut held = None;
        // Lives for this one word: a PIN that nobody waits for is forgotten at once.
        let mut pin = None;
        let mut scanned = None;
        let (event, found) = match word {
            Word::Event(event) => (event, None),
            Word::ServiceId(service_id) => {
                let event = CardEvent::ServiceIdRead { number: service_id.number, found: service_id.shown() };
                held = Some(service_id);
                (event, None)
            }
            Word::Pin(typed) => {
                pin = Some(typed);
                (CardEvent::PinTyped, None)
            }
            Word::Scanned(number) => {
                scanned = Some(number);
                (CardEvent::StreetCardScanned, None)
            }
            Word::Visit(found) => {
                let outcome = Ok(found.shown.clone());
                (CardEvent::Read { number: found.held.number, outcome }, Some(found))
            }
        };
        let (next, effects) = flow.step(event);
        flow = next;
        let is_shown = |effect: &CardEffect| matches!(effect, CardEffect::Show(CardState::Read { .. }));
        if let Some(found) = found.filter(|_| effects.iter().any(is_shown)) {
            watch.hold(&running, found);
        }
        let is_service_id =
            |effect: &CardEffect| matches!(effect, CardEffect::Show(CardState::ServiceIdRead { .. }));
        if let Some(held) = held.filter(|_| effects.iter().any(is_service_id)) {
            watch.hold_service_id(&running, held);
        }
        for effect in effects {
            if let CardEffect::LookUpScanned { number } = effect {
                watch.look_up_scanned(&running, number, scanned.take());
            } else {
                watch.bring_about(&running, effect, &mut pin);
            }
        }
        // Where the clerk wants this card, that is known before any program hears of it.
        running.lying.lie(flow.cards().to_vec());
        let came = flow.cards().iter().any(|card| !lay_there.contains(card));
        if came || flow.has_card() == lay_there.is_empty() {
            running.notices.tell(&Notice::CardLies(flow.has_card()));
        }
    }
}

impl CardWatch {
    /// Keeps a visit until it is over, before the window hears of it.
    fn hold(&self, running: &Arc<Running>, found: Found) {
        let Found { held, clock, timing, .. } = found;
        let (visit, lasts) = (held.number, held.lasts);
        *lock(&running.visit) = Some(held);
        *lock(&self.unpainted) = Some((clock, LookUpTiming { told: clock.elapsed(), ..timing }));
        let keeper = Arc::clone(running);
        self.expires(running, visit, lasts, move || keeper.held_visit(visit).is_ok());
    }

    /// The same for what a card is at this terminal's ID provider.
    fn hold_service_id(&self, running: &Arc<Running>, held: HeldServiceId) {
        let (visit, lasts) = (held.number, held.lasts);
        *lock(&running.service_id) = Some(held);
        let keeper = Arc::clone(running);
        self.expires(running, visit, lasts, move || keeper.held_service_id(visit).is_ok());
    }

    fn expires(
        &self,
        running: &Running,
        visit: u32,
        lasts: Duration,
        is_held: impl Fn() -> bool + Send + 'static,
    ) {
        let (sleep, watch) = (running.parts.clock.sleep(lasts), self.clone());
        running.start(async move {
            sleep.await;
            if is_held() {
                watch.tell(CardEvent::Expired { visit });
            }
        });
    }

    fn look_up_scanned(&self, running: &Arc<Running>, number: u32, scanned: Option<NumberShown>) {
        let Some(scanned) = scanned else { return };
        let (running, watch) = (Arc::clone(running), self.clone());
        let task = Arc::clone(&running);
        task.start(async move {
            let word = match running.scanned_street_card(number, scanned).await {
                Ok((held, shown)) => Word::Visit(Found::at_once(held, shown)),
                Err(failure) => Word::Event(CardEvent::Read { number, outcome: Err(failure) }),
            };
            let _ = watch.words.send(word);
        });
    }

    fn bring_about(&self, running: &Arc<Running>, effect: CardEffect, pin: &mut Option<TypedPin>) {
        match effect {
            CardEffect::Read { number, reader, at, with_pin, wanted } => {
                let (running, watch) = (Arc::clone(running), self.clone());
                let task = Arc::clone(&running);
                let pin = pin.take_if(|_| with_pin);
                let mut turn = running.turns.clerks();
                task.start(async move {
                    turn.begin().await;
                    let word = read(&running, number, reader, at, pin, wanted, turn).await;
                    let _ = watch.words.send(word);
                });
            }
            // Brought about with what was scanned.
            CardEffect::LookUpScanned { .. } => {}
            CardEffect::Show(state) => running.tell_card(state),
            CardEffect::ShowReader(state) => running.change_devices(|devices| devices.reader = state),
            CardEffect::ForgetVisit => running.forget_visit(),
            CardEffect::CardLeft => running.card_of_service_id_left(),
            CardEffect::LookAWhile => {
                let (sleep, watch) = (running.parts.clock.sleep(LOOKING), self.clone());
                running.start(async move {
                    sleep.await;
                    watch.tell(CardEvent::LookedLongEnough);
                });
            }
        }
    }
}

/// What kept a card from being read, for whoever looks at the reader later; waiting for a PIN is no fault.
fn fault_of(not_identified: Option<&NotIdentified>) -> Option<CardFault> {
    match not_identified? {
        NotIdentified::Fault(fault) => Some(fault.clone()),
        NotIdentified::WantsPin { .. } => None,
    }
}

/// Reads issuer and serial, then asks the cloud.
async fn read(
    running: &Arc<Running>,
    number: u32,
    reader: ReaderName,
    at: Instant,
    pin: Option<TypedPin>,
    wanted: Wanted,
    turn: ClerksTurn,
) -> Word {
    let failed = |failure| Word::Event(CardEvent::Read { number, outcome: Err(failure) });
    let clock = LookUpClock::since(at);
    let on_card = running
        .blocking(move |running| {
            let begun = clock.elapsed();
            let identified = identify(&*running.parts.drivers.card, reader.clone(), pin.as_ref());
            *lock(&running.card_fault) = fault_of(identified.as_ref().err());
            let street_card = match &identified {
                Err(NotIdentified::Fault(fault)) if wanted == Wanted::Merge && is_another_card(fault) => {
                    running.street_card_on(&reader)
                }
                _ => Ok(None),
            };
            drop(turn);
            Ok((identified, street_card, begun, clock.elapsed()))
        })
        .await;
    let (identified, street_card, card_begun, card_done) = match on_card {
        Ok(on_card) => on_card,
        Err(failure) => return failed(failure),
    };
    let found = match street_card {
        Ok(None) => None,
        Ok(Some(on_card)) => Some(running.look_up_street_card(number, on_card).await),
        Err(failure) => Some(Err(failure)),
    };
    match found {
        None => {}
        Some(Ok((held, shown))) => return Word::Visit(Found::at_once(held, shown)),
        Some(Err(failure)) => return failed(failure),
    }
    let card = match identified {
        Ok(card) => card,
        Err(NotIdentified::WantsPin { tries_left, failure }) => {
            return Word::Event(CardEvent::WantsPin { number, tries_left, failure });
        }
        Err(NotIdentified::Fault(fault)) => return failed(told(&fault)),
    };
    if wanted == Wanted::ServiceId {
        return match running.look_up_service_id(number, card).await {
            Ok(held) => Word::ServiceId(held),
            Err(failure) => failed(failure),
        };
    }
    let cloud_begun = clock.elapsed();
    let (held, shown) = match running.look_up_points(number, card).await {
        Ok(found) => found,
        Err(failure) => return failed(failure),
    };
    let timing = LookUpTiming {
        visit: number,
        card_begun,
        card_done,
        cloud_begun,
        cloud_done: clock.elapsed(),
        told: Duration::ZERO,
        painted: Duration::ZERO,
    };
    Word::Visit(Found { held, shown, clock, timing })
}
