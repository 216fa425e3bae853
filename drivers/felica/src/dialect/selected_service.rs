//! A service is selected, then its blocks are read like a file's (Sony's readers on Windows).
//!
//! The system is the one the reader polled by itself, and the card does not name itself in its answers:
//! whether it is still the same is asked of the reader at the end.

use super::{Speech, refuses_the_command};
use crate::talk::Talk;
use madoguchi_domain::card_description::{BLOCK, FelicaArea};
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;

const NO_SUCH_SERVICE: StatusWord = StatusWord(0x6A82);
/// A service that FeliCa Lite has; every reader that knows the command either finds it or does not.
const SOME_SERVICE: u16 = 0x000B;

fn select(talk: &mut Talk, service: u16) -> Result<StatusWord, CardFault> {
    let [low, high] = service.to_le_bytes();
    // P2 01: services; P1 00: no areas.
    Ok(talk.say(&[0xFF, 0xA4, 0x00, 0x01, 0x02, low, high])?.status)
}

pub(super) fn is_spoken(talk: &mut Talk) -> Result<bool, CardFault> {
    Ok(matches!(select(talk, SOME_SERVICE)?, StatusWord::OK | NO_SUCH_SERVICE))
}

pub(super) fn read(talk: &mut Talk, areas: &[FelicaArea]) -> Result<Speech<Vec<Option<Vec<u8>>>>, CardFault> {
    let mut read = Vec::with_capacity(areas.len());
    for &area in areas {
        match select(talk, area.service)? {
            StatusWord::OK => read.push(blocks(talk, area)?),
            NO_SUCH_SERVICE => read.push(None),
            status if refuses_the_command(status) => return Ok(Speech::NotSpoken),
            status => return Err(CardFault::Unexpected { step: "selecting a service", status: status.0 }),
        }
    }
    talk.same_card()?;
    Ok(Speech::Answered(read))
}

fn blocks(talk: &mut Talk, area: FelicaArea) -> Result<Option<Vec<u8>>, CardFault> {
    let mut bytes = Vec::with_capacity(usize::from(area.blocks * BLOCK));
    for block in (area.first_block..).take(usize::from(area.blocks)) {
        let [high, low] = block.to_be_bytes();
        let answer = talk.say(&[0xFF, 0xB0, high, low, 0x00])?;
        match answer.status {
            StatusWord::OK if answer.data.len() == usize::from(BLOCK) => bytes.extend(answer.data),
            // No such block.
            StatusWord(0x6A82 | 0x6A83 | 0x6B00) => return Ok(None),
            // Nobody answered.
            StatusWord(0x6300 | 0x6400 | 0x6401 | 0x6F00) => return Err(CardFault::CardRemoved),
            status => return Err(CardFault::Unexpected { step: "reading a block", status: status.0 }),
        }
    }
    Ok(Some(bytes))
}
