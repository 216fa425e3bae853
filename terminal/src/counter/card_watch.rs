//! Follows the readers and does what the card flow asks for: reads, looks up, shows, forgets.

use super::card_flow::{CardEffect, CardEvent, CardFlow};
use super::timing::{LookUpClock, LookUpTiming};
use crate::running::{Running, lock};
use crate::visit::HeldVisit;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::{ReaderEvents, ReaderName};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{CardState, Notice, Visit};
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
}

/// What a reading led to.
struct Found {
    held: HeldVisit,
    shown: Visit,
    clock: LookUpClock,
    timing: LookUpTiming,
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
        let (event, found) = match word {
            Word::Event(event) => (event, None),
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
        for effect in effects {
            watch.bring_about(&running, effect);
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
        let (sleep, watch, keeper) = (running.parts.clock.sleep(lasts), self.clone(), Arc::clone(running));
        running.start(async move {
            sleep.await;
            if keeper.held_visit(visit).is_ok() {
                watch.tell(CardEvent::Expired { visit });
            }
        });
    }

    fn bring_about(&self, running: &Arc<Running>, effect: CardEffect) {
        match effect {
            CardEffect::Read { number, reader, at } => {
                let (running, watch) = (Arc::clone(running), self.clone());
                let task = Arc::clone(&running);
                task.start(async move {
                    let word = match read(&running, number, reader, at).await {
                        Ok(found) => Word::Visit(found),
                        Err(failure) => Word::Event(CardEvent::Read { number, outcome: Err(failure) }),
                    };
                    let _ = watch.words.send(word);
                });
            }
            CardEffect::Show(state) => running.notices.tell(&Notice::Card(state)),
            CardEffect::ShowReader(state) => running.change_devices(|devices| devices.reader = state),
            CardEffect::ForgetVisit => running.forget_visit(),
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

/// Reads issuer and serial, then asks the cloud.
async fn read(
    running: &Arc<Running>,
    number: u32,
    reader: ReaderName,
    at: Instant,
) -> Result<Found, Failure> {
    let clock = LookUpClock::since(at);
    let (name, card_begun, card_done) = running
        .blocking(move |running| {
            let begun = clock.elapsed();
            let name = running.parts.drivers.card.identify(&reader).map_err(|fault| told(&fault))?;
            Ok((name, begun, clock.elapsed()))
        })
        .await?;
    let cloud_begun = clock.elapsed();
    let (held, shown) = running.look_up_points(number, &name).await?;
    let cloud_done = clock.elapsed();
    let timing = LookUpTiming {
        visit: number,
        card_begun,
        card_done,
        cloud_begun,
        cloud_done,
        told: Duration::ZERO,
        painted: Duration::ZERO,
    };
    Ok(Found { held, shown, clock, timing })
}

/// How a person is told of a card's fault.
fn told(fault: &CardFault) -> Failure {
    let code = match fault {
        CardFault::ServiceAbsent => ErrorCode::CardServiceAbsent,
        CardFault::ServiceRefused => ErrorCode::CardServiceRefused,
        CardFault::ReaderGone => ErrorCode::ReaderAbsent,
        CardFault::NoCard | CardFault::CardRemoved => ErrorCode::CardRemoved,
        CardFault::CardBusy => ErrorCode::CardBusy,
        CardFault::NotMyNumberCard => ErrorCode::NotMyNumberCard,
        CardFault::PinFirst => ErrorCode::PinFirst,
        CardFault::PinLocked => ErrorCode::PinLocked,
        CardFault::WrongPin { tries_left } => {
            return Failure::with(ErrorCode::WrongPin, &[("tries", tries_left.to_string().into())]);
        }
        CardFault::Unresponsive
        | CardFault::Unexpected { .. }
        | CardFault::Pcsc { .. }
        // A look-up presents no PIN.
        | CardFault::MalformedPin => {
            tracing::warn!(%fault, "a card could not be read");
            ErrorCode::CardUnresponsive
        }
    };
    Failure::of(code)
}
