//! FeliCa frames as they are, as the data of `FF 00 00 00` (ACS: ACR1251, ACR1252, ACM1252).

use super::{Carried, Carrier, refuses_the_command};
use crate::frame;
use crate::talk::Talk;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;

/// See the module.
pub(super) struct CardFrames;

/// The command that hands its data on into the field.
pub(super) fn direct_transmit(data: &[u8]) -> Vec<u8> {
    let mut command = vec![0xFF, 0x00, 0x00, 0x00, u8::try_from(data.len()).unwrap_or(u8::MAX)];
    command.extend(data);
    command
}

impl Carrier for CardFrames {
    fn begin(&self, _talk: &mut Talk) -> Result<bool, CardFault> {
        Ok(true)
    }

    fn poll(&self, talk: &mut Talk, system: u16) -> Result<Carried, CardFault> {
        self.carry(talk, &frame::polling(system))
    }

    fn carry(&self, talk: &mut Talk, frame: &[u8]) -> Result<Carried, CardFault> {
        let answer = talk.say(&direct_transmit(frame))?;
        if answer.status != StatusWord::OK {
            let refused = refuses_the_command(answer.status);
            return Ok(if refused { Carried::NotSpoken } else { Carried::Nobody });
        }
        let mut frame = answer.data;
        let Some(length) = frame.first().map(|length| usize::from(*length)) else {
            return Ok(Carried::Nobody);
        };
        // Some of these readers put one more byte behind the frame.
        if frame.len() == length + 1 {
            frame.truncate(length);
        }
        Ok(Carried::Frame(frame))
    }

    fn end(&self, _talk: &mut Talk) {}
}
