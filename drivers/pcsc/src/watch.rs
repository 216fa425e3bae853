//! The watch over the readers, healing itself when the PC/SC service goes and comes.
//!
//! A context of a service that has gone never works again and still calls itself valid, so every
//! error ends it and a new one is made (pcsc-rust issue 21).

use crate::slots::{Slot, Slots, holds_residents_cards};
use madoguchi_port::reader::{ReaderEvent, ReaderEventSender, ReaderName};
use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, Scope, State};
use std::collections::BTreeMap;
use std::ffi::CString;
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for a change: some services do not report new readers by themselves, and
/// whether the watch is still wanted is asked as often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// The first and the longest wait before knocking again at a service that is not there.
const KNOCK_AGAIN: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));
/// What a reader that was pulled out looks like.
const GONE: State = State::UNKNOWN.union(State::UNAVAILABLE).union(State::IGNORE);

/// Watches until nobody wants the events any more.
pub(crate) fn watch(sender: &ReaderEventSender) {
    let mut knock_again = KNOCK_AGAIN.0;
    let mut absence_told = false;
    while sender.is_wanted() {
        if let Ok(context) = Context::establish(Scope::User) {
            sender.send(ReaderEvent::ServiceReady);
            absence_told = false;
            knock_again = KNOCK_AGAIN.0;
            let error = follow(&context, sender);
            tracing::debug!(?error, "the PC/SC context has ended");
        }
        if !absence_told {
            sender.send(ReaderEvent::ServiceAbsent);
            absence_told = true;
        }
        thread::sleep(knock_again);
        knock_again = (knock_again * 2).min(KNOCK_AGAIN.1);
    }
}

/// Reports changes until the context ends with an error, or with `None` when nobody wants them.
fn follow(context: &Context, sender: &ReaderEventSender) -> Option<Error> {
    let mut slots = Slots::default();
    let mut states = vec![ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)];
    while sender.is_wanted() {
        if let Err(error) = list(context, &mut states) {
            return Some(error);
        }
        for state in &mut states {
            state.sync_current_state();
        }
        match context.get_status_change(LOOK_AGAIN, &mut states) {
            // A reader that was pulled out just now: it is missing from the next list.
            Ok(()) | Err(Error::Timeout | Error::UnknownReader) => {}
            Err(error) => return Some(error),
        }
        let at = Instant::now();
        for event in slots.look(&seen(&states), at) {
            sender.send(event);
        }
    }
    None
}

/// Brings the list of states up to the readers there are.
fn list(context: &Context, states: &mut Vec<ReaderState>) -> Result<(), Error> {
    let names: Vec<CString> = match context.list_readers_owned() {
        Ok(names) => names,
        Err(Error::NoReadersAvailable) => Vec::new(),
        Err(error) => return Err(error),
    };
    states.retain(|state| {
        let listed = names.iter().any(|name| name.as_c_str() == state.name());
        is_pnp(state) || (listed && !state.event_state().intersects(GONE))
    });
    for name in names {
        let known = states.iter().any(|state| state.name() == name.as_c_str());
        if !known && holds_residents_cards(&name.to_string_lossy()) {
            states.push(ReaderState::new(name, State::UNAWARE));
        }
    }
    Ok(())
}

fn seen(states: &[ReaderState]) -> BTreeMap<ReaderName, Slot> {
    let here = states.iter().filter(|state| !is_pnp(state) && !state.event_state().intersects(GONE));
    here.map(|state| {
        let name = ReaderName(state.name().to_string_lossy().into_owned());
        let card = state.event_state().contains(State::PRESENT);
        (name, Slot { card, count: state.event_count() })
    })
    .collect()
}

fn is_pnp(state: &ReaderState) -> bool {
    state.name() == PNP_NOTIFICATION()
}
