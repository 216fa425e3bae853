//! FeliCa frames inside commands of the PN532, behind `FF 00 00 00` (ACS: ACR122).

use super::card_frames::direct_transmit;
use super::{Carried, Carrier, refuses_the_command};
use crate::frame::nonsense;
use crate::talk::Talk;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;

/// See the module.
pub(super) struct Pn532;

/// Commands of the PN532 (its user manual, 7.2 and 7.3), and what their answers begin with.
const GET_FIRMWARE_VERSION: [u8; 2] = [0xD4, 0x02];
const IN_LIST_PASSIVE_TARGET: [u8; 2] = [0xD4, 0x4A];
const IN_DATA_EXCHANGE: [u8; 2] = [0xD4, 0x40];

/// What the PN532 says to a command; `None` where nobody understands it.
fn say(talk: &mut Talk, command: [u8; 2], rest: &[u8]) -> Result<Option<Vec<u8>>, CardFault> {
    let answer = talk.say(&direct_transmit(&[&command[..], rest].concat()))?;
    if refuses_the_command(answer.status) {
        return Ok(None);
    }
    let [_, code] = command;
    let is_its_answer = answer.status == StatusWord::OK && answer.data.starts_with(&[0xD5, code + 1]);
    Ok(is_its_answer.then(|| answer.data[2..].to_vec()))
}

impl Carrier for Pn532 {
    fn begin(&self, talk: &mut Talk) -> Result<bool, CardFault> {
        Ok(say(talk, GET_FIRMWARE_VERSION, &[])?.is_some())
    }

    /// One target of 212 kbit/s, with its system code. It is target 1 from then on.
    fn poll(&self, talk: &mut Talk, system: u16) -> Result<Carried, CardFault> {
        let [high, low] = system.to_be_bytes();
        match say(talk, IN_LIST_PASSIVE_TARGET, &[1, 0x01, 0x00, high, low, 0x01, 0x00])?.as_deref() {
            Some([1, 1, frame @ ..]) => Ok(Carried::Frame(frame.to_vec())),
            Some([0]) => Ok(Carried::Nobody),
            Some(_) => Err(nonsense("listing targets")),
            None => Ok(Carried::NotSpoken),
        }
    }

    fn carry(&self, talk: &mut Talk, frame: &[u8]) -> Result<Carried, CardFault> {
        match say(talk, IN_DATA_EXCHANGE, &[&[1], frame].concat())?.as_deref() {
            Some([0, frame @ ..]) => Ok(Carried::Frame(frame.to_vec())),
            // The target did not answer in time, or its answer was garbled.
            Some([_]) => Ok(Carried::Nobody),
            Some(_) => Err(nonsense("exchanging data")),
            None => Ok(Carried::NotSpoken),
        }
    }

    fn end(&self, _talk: &mut Talk) {}
}
