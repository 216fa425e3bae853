//! FeliCa's commands as instructions: FF 46 reads blocks, FF 4A lists a card's systems (Identiv and SCM:
//! SCL3711, CLOUD 3700 F, CLOUD 4700 F, uTrust 4701 F).
//!
//! The reader puts in the IDm it polled. A card without the list of systems, such as Lite-S, is read
//! without that check.

use super::{Speech, refuses_the_command};
use crate::frame;
use crate::talk::Talk;
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::Idm;

/// FeliCa Lite's readable service, and its first block; another card refuses it and is heard refusing.
const SOME_AREA: FelicaArea = FelicaArea { system: 0x88B4, service: 0x000B, first_block: 0, blocks: 1 };
const REQUEST_SYSTEM_CODE: [u8; 5] = [0xFF, 0x4A, 0x00, 0x00, 0x00];

pub(super) fn is_spoken(talk: &mut Talk, idm: Idm) -> Result<bool, CardFault> {
    match read_one(talk, idm, SOME_AREA) {
        Ok(answered) => Ok(answered != Speech::NotSpoken),
        Err(CardFault::Unexpected { .. }) => Ok(false),
        Err(fault) => Err(fault),
    }
}

pub(super) fn read(
    talk: &mut Talk,
    idm: Idm,
    areas: &[FelicaArea],
) -> Result<Speech<Vec<Option<Vec<u8>>>>, CardFault> {
    let systems = systems(talk, idm)?;
    let mut read = Vec::with_capacity(areas.len());
    for &area in areas {
        if systems.as_ref().is_some_and(|systems| !systems.contains(&area.system)) {
            read.push(None);
            continue;
        }
        match read_one(talk, idm, area)? {
            Speech::Answered(bytes) => read.push(bytes),
            Speech::NotSpoken => return Ok(Speech::NotSpoken),
        }
    }
    Ok(Speech::Answered(read))
}

fn read_one(talk: &mut Talk, idm: Idm, area: FelicaArea) -> Result<Speech<Option<Vec<u8>>>, CardFault> {
    let list = frame::service_and_blocks(area, false);
    let blocks = u8::try_from(area.blocks).unwrap_or(u8::MAX);
    let mut command = vec![0xFF, 0x46, 0x01, blocks, u8::try_from(list.len()).unwrap_or(u8::MAX)];
    command.extend(list);
    let answer = talk.say(&command)?;
    match answer.status {
        StatusWord::OK => Ok(Speech::Answered(frame::blocks(&answer.data, idm, area)?)),
        status if refuses_the_command(status) => Ok(Speech::NotSpoken),
        StatusWord(0x6300 | 0x6400 | 0x6401 | 0x6F00) => Err(CardFault::CardRemoved),
        status => Err(CardFault::Unexpected { step: "reading blocks", status: status.0 }),
    }
}

/// The card's systems; `None` where it does not list them.
fn systems(talk: &mut Talk, idm: Idm) -> Result<Option<Vec<u16>>, CardFault> {
    let answer = talk.say(&REQUEST_SYSTEM_CODE)?;
    if answer.status != StatusWord::OK {
        return Ok(None);
    }
    let listed = answer.data.split_first_chunk::<8>().and_then(|(answered, rest)| {
        let (count, codes) = rest.split_first()?;
        (codes.len() == usize::from(*count) * 2).then_some((Idm(*answered), codes))
    });
    let (answered, codes) = listed.ok_or_else(|| frame::nonsense("listing systems"))?;
    if !answered.is_of_the_same_card(idm) {
        return Err(CardFault::OtherCard);
    }
    Ok(Some(codes.chunks_exact(2).map(|code| u16::from_be_bytes([code[0], code[1]])).collect()))
}
