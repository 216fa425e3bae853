//! One look at everything the PC/SC service lists, in a context of its own that ends with it.

use crate::fault::from_pcsc;
use crate::slots::holds_residents_cards;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::ReaderName;
use pcsc::{Context, Error, ReaderState, Scope, State};
use std::time::Duration;

/// What is listed now, in the service's order.
pub(crate) fn look() -> Result<Vec<SlotSeen>, CardFault> {
    let context = Context::establish(Scope::User).map_err(from_pcsc)?;
    let names = match context.list_readers_owned() {
        Ok(names) => names,
        Err(Error::NoReadersAvailable) => return Ok(Vec::new()),
        Err(error) => return Err(from_pcsc(error)),
    };
    let mut states: Vec<_> = names.into_iter().map(|name| ReaderState::new(name, State::UNAWARE)).collect();
    match context.get_status_change(Duration::ZERO, &mut states) {
        // A reader pulled out since it was listed says so in its own state.
        Ok(()) | Err(Error::Timeout | Error::UnknownReader) => {}
        Err(error) => return Err(from_pcsc(error)),
    }
    Ok(states.iter().filter(|state| !is_gone(state)).map(slot).collect())
}

fn is_gone(state: &ReaderState) -> bool {
    state.event_state().intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE)
}

fn slot(state: &ReaderState) -> SlotSeen {
    let name = state.name().to_string_lossy().into_owned();
    SlotSeen {
        takes_residents_cards: holds_residents_cards(&name),
        reader: ReaderName(name),
        card: card(state.event_state(), state.atr()),
    }
}

fn card(state: State, atr: &[u8]) -> CardSeen {
    if !state.contains(State::PRESENT) {
        CardSeen::Nothing
    } else if state.contains(State::MUTE) {
        CardSeen::Mute
    } else {
        CardSeen::Card { atr: atr.to_vec(), kept_by_another_program: state.contains(State::EXCLUSIVE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slots_state_says_what_lies_there() {
        let lies = |kept| CardSeen::Card { atr: vec![0x3B], kept_by_another_program: kept };
        let table = [
            (State::EMPTY, CardSeen::Nothing),
            (State::EMPTY | State::CHANGED, CardSeen::Nothing),
            (State::PRESENT, lies(false)),
            (State::PRESENT | State::INUSE, lies(false)),
            (State::PRESENT | State::EXCLUSIVE | State::INUSE, lies(true)),
            (State::PRESENT | State::UNPOWERED, lies(false)),
            (State::PRESENT | State::MUTE, CardSeen::Mute),
        ];
        for (state, seen) in table {
            assert_eq!(card(state, &[0x3B]), seen, "{state:?}");
        }
    }
}
