//! A transparent session: the reader hands frames on as they are, until the session ends.
//!
//! Data objects of PC/SC part 3 supplement 2.02, 3.2.2.1.12. The standard's instruction is C2; Sony's
//! readers take the same objects behind 50. The card loses the field for a moment at the beginning.

use super::{Carried, Carrier, refuses_the_command};
use crate::frame::{self, nonsense};
use crate::talk::Talk;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;

/// See the module.
pub(super) struct TransparentSession {
    instruction: u8,
}

/// P2: which sort of command.
const MANAGE_SESSION: u8 = 0x00;
const TRANSPARENT_EXCHANGE: u8 = 0x01;
const SWITCH_PROTOCOL: u8 = 0x02;

const START: [u8; 2] = [0x81, 0x00];
const END: [u8; 2] = [0x82, 0x00];
const FIELD_OFF: [u8; 2] = [0x83, 0x00];
const FIELD_ON: [u8; 2] = [0x84, 0x00];
/// FeliCa, its first layer.
const TO_FELICA: [u8; 4] = [0x8F, 0x02, 0x03, 0x00];
/// How long the card may think, in microseconds: 100 ms, low byte first. A card answers in a tenth of it.
const TIMER: [u8; 7] = [0x5F, 0x46, 0x04, 0xA0, 0x86, 0x01, 0x00];
/// A frame into the field, and one out of it.
const TRANSMIT: u8 = 0x95;
const RECEIVED: u8 = 0x97;
/// How a command went: the place of the faulty object, and a status word.
const OUTCOME: u8 = 0xC0;
/// Nobody answered in time, as the outcome's status word.
const NO_ANSWER: [u8; 2] = [0x64, 0x01];

impl TransparentSession {
    pub(super) const SONY: Self = Self { instruction: 0x50 };
    pub(super) const STANDARD: Self = Self { instruction: 0xC2 };

    /// The objects answered; `None` where the reader does not know the command.
    fn say(&self, talk: &mut Talk, sort: u8, objects: &[u8]) -> Result<Option<Vec<u8>>, CardFault> {
        let length = u8::try_from(objects.len()).unwrap_or(u8::MAX);
        let mut command = vec![0xFF, self.instruction, 0x00, sort, length];
        command.extend(objects);
        command.push(0x00);
        let answer = talk.say(&command)?;
        match answer.status {
            StatusWord::OK => Ok(Some(answer.data)),
            status if refuses_the_command(status) => Ok(None),
            status => Err(CardFault::Unexpected { step: "transparent session", status: status.0 }),
        }
    }

    /// Whether the reader did it.
    fn was_done(&self, talk: &mut Talk, sort: u8, objects: &[u8]) -> Result<bool, CardFault> {
        let answered = self.say(talk, sort, objects)?;
        Ok(answered.is_some_and(|objects| outcome(&objects) == Some(StatusWord::OK.0.to_be_bytes())))
    }
}

impl Carrier for TransparentSession {
    fn begin(&self, talk: &mut Talk) -> Result<bool, CardFault> {
        let steps: [(u8, &[u8]); 4] = [
            (MANAGE_SESSION, &START),
            (MANAGE_SESSION, &FIELD_OFF),
            (MANAGE_SESSION, &FIELD_ON),
            (SWITCH_PROTOCOL, &TO_FELICA),
        ];
        for (sort, objects) in steps {
            match self.was_done(talk, sort, objects) {
                Ok(true) => {}
                Ok(false) | Err(CardFault::Unexpected { .. }) => return Ok(false),
                Err(fault) => return Err(fault),
            }
        }
        Ok(true)
    }

    fn poll(&self, talk: &mut Talk, system: u16) -> Result<Carried, CardFault> {
        self.carry(talk, &frame::polling(system))
    }

    fn carry(&self, talk: &mut Talk, frame: &[u8]) -> Result<Carried, CardFault> {
        let mut objects = TIMER.to_vec();
        objects.extend([TRANSMIT, u8::try_from(frame.len()).unwrap_or(u8::MAX)]);
        objects.extend(frame);
        let Some(answered) = self.say(talk, TRANSPARENT_EXCHANGE, &objects)? else {
            return Ok(Carried::NotSpoken);
        };
        match (outcome(&answered), object(&answered, RECEIVED)) {
            (Some([0x90, 0x00]), Some(frame)) => Ok(Carried::Frame(frame.to_vec())),
            (Some(NO_ANSWER), _) => Ok(Carried::Nobody),
            _ => Err(nonsense("transparent exchange")),
        }
    }

    fn end(&self, talk: &mut Talk) {
        let _ = self.say(talk, MANAGE_SESSION, &END);
    }
}

fn outcome(objects: &[u8]) -> Option<[u8; 2]> {
    match object(objects, OUTCOME)? {
        [_, sw1, sw2] => Some([*sw1, *sw2]),
        _ => None,
    }
}

/// The value of the first object with this tag of one byte.
pub(crate) fn object(mut objects: &[u8], wanted: u8) -> Option<&[u8]> {
    loop {
        let [tag, length, rest @ ..] = objects else { return None };
        let (value, others) = rest.split_at_checked(usize::from(*length))?;
        if *tag == wanted {
            return Some(value);
        }
        objects = others;
    }
}
