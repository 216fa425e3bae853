//! One command and its whole answer, however the card words lengths (ISO/IEC 7816-4, 5.3.4).
//!
//! Without contacts a My Number card hands everything over at once; on contacts, and through some
//! readers, an answer may have to be fetched (`61xx`) or asked for anew (`6Cxx`).

use madoguchi_port::apdu::{ResponseApdu, StatusWord};
use madoguchi_port::fault::CardFault;
use madoguchi_port::session::CardSession;
use zeroize::Zeroizing;

/// So often an answer may go on. No answer we ask for is longer than 256 bytes, and a card that never
/// ends its answer is given up.
const MOST_FETCHES: usize = 8;

/// A short command APDU. Its data may be a PIN, so the bytes are wiped and there is no `Debug`.
pub(crate) struct Command {
    header: [u8; 4],
    data: Zeroizing<Vec<u8>>,
    expected: Option<u8>,
}

impl Command {
    /// A command without data and without an expected answer.
    pub(crate) fn new(header: [u8; 4]) -> Self {
        Self { header, data: Zeroizing::new(Vec::new()), expected: None }
    }

    /// With a data field of at most 255 bytes.
    pub(crate) fn with_data(mut self, data: &[u8]) -> Self {
        debug_assert!(data.len() <= 255);
        self.data = Zeroizing::new(data.to_vec());
        self
    }

    /// Expecting so many bytes; `0` means 256 (Le of the short form).
    pub(crate) fn expecting(mut self, le: u8) -> Self {
        self.expected = Some(le);
        self
    }

    fn bytes(&self) -> Zeroizing<Vec<u8>> {
        // As long as it can get, so that a PIN is not left behind by a growing vector.
        let mut bytes = Zeroizing::new(Vec::with_capacity(6 + self.data.len()));
        bytes.extend(self.header);
        if let Ok(length @ 1..) = u8::try_from(self.data.len()) {
            bytes.push(length);
            bytes.extend(self.data.iter());
        }
        bytes.extend(self.expected);
        bytes
    }
}

/// Sends a command and gathers its answer. A command is sent again only where the card has refused
/// it for its Le alone.
pub(crate) fn exchange(session: &mut dyn CardSession, command: Command) -> Result<ResponseApdu, CardFault> {
    let class = command.header[0];
    let mut answer = session.transmit(&command.bytes())?;
    if let Some(le) = wrong_le(answer.status) {
        answer = session.transmit(&command.expecting(le).bytes())?;
    }
    let mut data = answer.data;
    let mut status = answer.status;
    for _ in 0..MOST_FETCHES {
        let Some(waiting) = bytes_waiting(status) else { return Ok(ResponseApdu { data, status }) };
        // GET RESPONSE, on the command's own logical channel.
        let fetch = Command::new([class & 0x03, 0xC0, 0x00, 0x00]).expecting(waiting);
        let rest = session.transmit(&fetch.bytes())?;
        data.extend(rest.data);
        status = rest.status;
    }
    match bytes_waiting(status) {
        None => Ok(ResponseApdu { data, status }),
        Some(_) => Err(CardFault::Unexpected { step: "GET RESPONSE", status: status.0 }),
    }
}

fn wrong_le(status: StatusWord) -> Option<u8> {
    let [sw1, sw2] = status.0.to_be_bytes();
    (sw1 == 0x6C).then_some(sw2)
}

fn bytes_waiting(status: StatusWord) -> Option<u8> {
    let [sw1, sw2] = status.0.to_be_bytes();
    (sw1 == 0x61).then_some(sw2)
}
