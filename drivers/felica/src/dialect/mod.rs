//! The ways readers are asked for blocks of a FeliCa card, and which of them a reader speaks.
//!
//! A reader is asked; its name decides nothing. Dialects that carry FeliCa's frames stand first: with them
//! the system is chosen and the card names itself in every answer. Where a reader speaks several, the first
//! in [`IN_ORDER`] is taken.

mod card_frames;
mod pn532;
mod selected_service;
mod service_commands;
mod session;

use crate::frame::{self, ANY_SYSTEM};
use crate::talk::Talk;
use card_frames::CardFrames;
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaDialect, Idm};
use pn532::Pn532;
use session::TransparentSession;

/// Asked first to last: those that only the reader answers stand before those the card has to answer, and
/// what interrupts the card's power stands behind what does not.
const IN_ORDER: [FelicaDialect; 6] = [
    FelicaDialect::Pn532,
    FelicaDialect::CardFrames,
    FelicaDialect::SonySession,
    FelicaDialect::StandardSession,
    FelicaDialect::SelectedService,
    FelicaDialect::ServiceCommands,
];

/// What comes of speaking a dialect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Speech<T> {
    /// It was understood.
    Answered(T),
    /// The reader does not know these commands.
    NotSpoken,
}

/// What comes of sending a frame into the field.
#[derive(Debug, PartialEq, Eq)]
enum Carried {
    /// A card answered with this frame.
    Frame(Vec<u8>),
    /// No card answered.
    Nobody,
    /// The reader does not know the command.
    NotSpoken,
}

/// A dialect that carries FeliCa's frames.
trait Carrier {
    /// Makes the reader ready; whether it speaks the dialect as far as that shows without a card.
    fn begin(&self, talk: &mut Talk) -> Result<bool, CardFault>;
    /// Polls a system.
    fn poll(&self, talk: &mut Talk, system: u16) -> Result<Carried, CardFault>;
    /// Carries any other frame.
    fn carry(&self, talk: &mut Talk, frame: &[u8]) -> Result<Carried, CardFault>;
    /// Leaves the reader as it was. It fails only where the card has gone, which was said before.
    fn end(&self, talk: &mut Talk);
}

fn carrier(dialect: FelicaDialect) -> Option<Box<dyn Carrier>> {
    match dialect {
        FelicaDialect::Pn532 => Some(Box::new(Pn532)),
        FelicaDialect::CardFrames => Some(Box::new(CardFrames)),
        FelicaDialect::SonySession => Some(Box::new(TransparentSession::SONY)),
        FelicaDialect::StandardSession => Some(Box::new(TransparentSession::STANDARD)),
        FelicaDialect::SelectedService | FelicaDialect::ServiceCommands => None,
    }
}

/// The first dialect in which the reader brings an answer of this card.
pub(crate) fn ask(talk: &mut Talk, idm: Idm) -> Result<FelicaDialect, CardFault> {
    for dialect in IN_ORDER {
        if is_spoken(dialect, talk, idm)? {
            return Ok(dialect);
        }
    }
    Err(CardFault::NoFelicaDialect)
}

fn is_spoken(dialect: FelicaDialect, talk: &mut Talk, idm: Idm) -> Result<bool, CardFault> {
    match (dialect, carrier(dialect)) {
        (_, Some(carrier)) => {
            let spoken = carrier.begin(talk).and_then(|begun| Ok(begun && finds(&*carrier, talk, idm)?));
            carrier.end(talk);
            spoken
        }
        (FelicaDialect::ServiceCommands, None) => service_commands::is_spoken(talk, idm),
        (_, None) => selected_service::is_spoken(talk),
    }
}

/// Whether polling brings this card's own answer. Nonsense is no answer: the bytes may mean something
/// else to this reader.
fn finds(carrier: &dyn Carrier, talk: &mut Talk, idm: Idm) -> Result<bool, CardFault> {
    match carrier.poll(talk, ANY_SYSTEM) {
        Ok(Carried::Frame(frame)) => {
            Ok(frame::polled(&frame, ANY_SYSTEM).is_ok_and(|polled| polled.is_of_the_same_card(idm)))
        }
        Ok(Carried::Nobody | Carried::NotSpoken) | Err(CardFault::Unexpected { .. }) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Reads areas in a dialect.
pub(crate) fn read(
    dialect: FelicaDialect,
    talk: &mut Talk,
    idm: Idm,
    areas: &[FelicaArea],
) -> Result<Speech<Vec<Option<Vec<u8>>>>, CardFault> {
    match (dialect, carrier(dialect)) {
        (_, Some(carrier)) => {
            let read = match carrier.begin(talk) {
                Ok(true) => read_by_frames(&*carrier, talk, idm, areas),
                Ok(false) => Ok(Speech::NotSpoken),
                Err(fault) => Err(fault),
            };
            carrier.end(talk);
            read
        }
        (FelicaDialect::ServiceCommands, None) => service_commands::read(talk, idm, areas),
        (_, None) => selected_service::read(talk, areas),
    }
}

/// Each system is polled once, however many of its areas are wanted.
fn read_by_frames(
    carrier: &dyn Carrier,
    talk: &mut Talk,
    idm: Idm,
    areas: &[FelicaArea],
) -> Result<Speech<Vec<Option<Vec<u8>>>>, CardFault> {
    let mut read = vec![None; areas.len()];
    let mut polled: Option<(u16, Option<Idm>)> = None;
    // Areas of one system one after the other: a PN532 speaks to the target polled last.
    let mut in_order: Vec<usize> = (0..areas.len()).collect();
    in_order.sort_by_key(|place| areas[*place].system);
    for place in in_order {
        let area = areas[place];
        let of_the_system = match polled {
            Some((system, found)) if system == area.system => found,
            _ => match carrier.poll(talk, area.system)? {
                Carried::Frame(frame) => Some(frame::polled(&frame, area.system)?),
                Carried::Nobody => None,
                Carried::NotSpoken => return Ok(Speech::NotSpoken),
            },
        };
        polled = Some((area.system, of_the_system));
        let Some(of_the_system) = of_the_system else { continue };
        if !of_the_system.is_of_the_same_card(idm) {
            return Err(CardFault::OtherCard);
        }
        read[place] = match carrier.carry(talk, &frame::read(of_the_system, area))? {
            Carried::Frame(frame) => frame::was_read(&frame, of_the_system, area)?,
            // It answered to polling just now.
            Carried::Nobody => return Err(CardFault::CardRemoved),
            Carried::NotSpoken => return Ok(Speech::NotSpoken),
        };
    }
    Ok(Speech::Answered(read))
}

/// Every dialect in turn, for a transcript: what is not spoken is the news. A card that leaves ends it.
pub(crate) fn try_all(talk: &mut Talk, idm: Idm, areas: &[FelicaArea]) {
    for dialect in IN_ORDER {
        talk.note(format!("{dialect:?}"));
        let said = match is_spoken(dialect, talk, idm) {
            Ok(true) if !areas.is_empty() => read(dialect, talk, idm, areas).map(|read| match read {
                Speech::Answered(areas) => {
                    let there = areas.iter().filter(|area| area.is_some()).count();
                    format!("spoken, {there} of {} areas read", areas.len())
                }
                Speech::NotSpoken => "spoken, reading refused".to_owned(),
            }),
            Ok(true) => Ok("spoken".to_owned()),
            Ok(false) => Ok("not spoken".to_owned()),
            Err(fault) => Err(fault),
        };
        match said {
            Ok(said) => talk.note(format!("= {said}")),
            Err(CardFault::CardRemoved | CardFault::NoCard | CardFault::ReaderGone) => {
                talk.note("= the card was removed".to_owned());
                return;
            }
            Err(fault) => talk.note(format!("= {fault}")),
        }
    }
}

/// Whether the reader refuses the command itself: class, instruction, parameters, length.
fn refuses_the_command(status: StatusWord) -> bool {
    matches!(status.0.to_be_bytes(), [0x67 | 0x68 | 0x6B | 0x6D | 0x6E, _] | [0x6A, 0x81 | 0x86])
}
