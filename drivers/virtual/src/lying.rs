//! A card's life on a reader, on a thread of its own: it answers, it is slow, it leaves.

use crate::card::VirtualCard;
use crate::reader::{Passed, Shared, Vanish};
use crate::vpcd::{Line, Request};
use madoguchi_port::apdu::StatusWord;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long to wait before knocking again at a PC/SC service that is not there.
const RECONNECT: Duration = Duration::from_millis(25);
/// Nearly the period of pcscd's regular looks: two looks so far apart have a regular one among them.
const MISSED_FOR: Duration = Duration::from_millis(300);

/// What a mute card answers to power: more than an ATR can be (ISO/IEC 7816-3, 8.1), which the driver
/// refuses. It cannot say nothing: vpcd waits for an empty answer for ever.
const MUTE: [u8; 34] = [0; 34];

/// A card's life on the reader: until it is taken away or vanishes, and has been missed.
pub(crate) fn lie_on_reader(mut card: VirtualCard, slot: SocketAddr, shared: &Shared) -> VirtualCard {
    loop {
        if let Ok(mut line) = Line::connect(slot) {
            match converse(&mut card, &mut line, shared) {
                Ended::LineClosed => {}
                Ended::Left { at_a_look } => {
                    drop(line);
                    be_missed(slot, at_a_look);
                    break;
                }
            }
        }
        if !shared.stays_for(RECONNECT) {
            break;
        }
    }
    card.power_down();
    card
}

/// Keeps the slot empty until the driver has looked in vain over a whole period.
///
/// pcscd looks every 0.4 s, and also whenever it switches a card's power. Only the regular look tells
/// it that the card has gone. If another card lay there at that look, it would be the same card for
/// pcscd, or, when a command or switching the power off has failed before, none at all.
fn be_missed(slot: SocketAddr, at_a_look: bool) {
    let mut first = at_a_look.then(Instant::now);
    loop {
        let Ok(mut line) = Line::connect(slot) else { return };
        loop {
            match line.next_request() {
                Ok(Request::Atr) => break,
                Ok(_) => {}
                Err(_) => return,
            }
        }
        if first.get_or_insert_with(Instant::now).elapsed() >= MISSED_FOR {
            return;
        }
    }
}

enum Ended {
    LineClosed,
    Left { at_a_look: bool },
}

fn converse(card: &mut VirtualCard, line: &mut Line, shared: &Shared) -> Ended {
    // The driver asks for the ATR also as part of power-up and reset.
    let mut is_look = true;
    while let Ok(request) = line.next_request() {
        let answer = match request {
            Request::PowerDown => {
                card.power_down();
                shared.change(|state| state.passed.push(Passed::PowerDown));
                continue;
            }
            Request::PowerUp => {
                card.power_up();
                shared.change(|state| state.passed.push(Passed::PowerUp));
                is_look = false;
                continue;
            }
            Request::Reset => {
                card.reset();
                shared.change(|state| state.passed.push(Passed::Reset));
                is_look = false;
                continue;
            }
            Request::Atr if is_look && shared.lock().leaving => {
                return Ended::Left { at_a_look: true };
            }
            Request::Atr if !is_look && shared.lock().behaviour.mute => {
                is_look = true;
                MUTE.to_vec()
            }
            Request::Atr => {
                is_look = true;
                card.atr().to_vec()
            }
            Request::Command(command) => {
                let answer = obey(card, &command, shared);
                shared.change(|state| {
                    state.busy = false;
                    state.vanished = answer.is_none();
                });
                match answer {
                    Some(answer) => answer,
                    None => return Ended::Left { at_a_look: false },
                }
            }
        };
        if line.answer(&answer).is_err() {
            break;
        }
    }
    Ended::LineClosed
}

/// The answer to one command, or `None` when the card leaves instead.
fn obey(card: &mut VirtualCard, command: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    let (behaviour, number) = shared.change(|state| {
        state.commands += 1;
        state.busy = true;
        (state.behaviour, state.commands)
    });
    if !shared.stays_for(behaviour.delay) {
        return None;
    }
    if behaviour.vanish == Some(Vanish::Before(number)) {
        shared.change(|state| state.behaviour.vanish = None);
        return None;
    }
    card.speak(behaviour.dialect);
    card.lie_on(behaviour.felica);
    let answer = card.respond(command);
    shared.change(|state| state.passed.push(passed(command, &answer)));
    if behaviour.vanish == Some(Vanish::InsteadOfAnswer(number)) {
        shared.change(|state| state.behaviour.vanish = None);
        return None;
    }
    Some(answer)
}

fn passed(command: &[u8], answer: &[u8]) -> Passed {
    let mut header = [0; 4];
    for (place, byte) in header.iter_mut().zip(command) {
        *place = *byte;
    }
    let status = match answer {
        [.., sw1, sw2] => StatusWord(u16::from_be_bytes([*sw1, *sw2])),
        _ => StatusWord(0),
    };
    Passed::Apdu { header, status }
}
