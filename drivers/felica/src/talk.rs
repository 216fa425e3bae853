//! What is said to reader and card in one session, and written down where somebody wants a transcript.

use crate::transcript;
use madoguchi_port::apdu::{ResponseApdu, StatusWord};
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::Idm;
use madoguchi_port::session::{CardSession, Disposition};

/// GET DATA of the card's own number, which the reader knows (PC/SC part 3, 3.2.2.1.3).
const GET_IDM: [u8; 5] = [0xFF, 0xCA, 0x00, 0x00, 0x00];
/// What a card by ISO 15693 begins its number of eight bytes with.
const ISO_15693: u8 = 0xE0;

/// One session.
pub(crate) struct Talk {
    session: Box<dyn CardSession>,
    idm: Option<Idm>,
    lines: Option<Vec<String>>,
}

impl Talk {
    pub(crate) fn over(session: Box<dyn CardSession>) -> Self {
        Self { session, idm: None, lines: None }
    }

    /// With a transcript.
    pub(crate) fn recorded(session: Box<dyn CardSession>) -> Self {
        Self { session, idm: None, lines: Some(Vec::new()) }
    }

    /// Ends the session and hands over the transcript.
    pub(crate) fn end(self) -> Vec<String> {
        // What was read stays read, however the card is left.
        let _ = self.session.end(Disposition::Leave);
        self.lines.unwrap_or_default()
    }

    /// A line of the transcript.
    pub(crate) fn note(&mut self, line: String) {
        if let Some(lines) = &mut self.lines {
            lines.push(line);
        }
    }

    /// Says one command to the reader.
    pub(crate) fn say(&mut self, command: &[u8]) -> Result<ResponseApdu, CardFault> {
        let answer = self.session.transmit(command);
        if self.lines.is_some() {
            self.note(transcript::line(command, &answer, self.idm));
        }
        answer
    }

    /// The card's number as the reader gives it; the card itself is not asked.
    pub(crate) fn idm(&mut self) -> Result<Idm, CardFault> {
        let answer = self.say(&GET_IDM)?;
        let idm = match (answer.status, <[u8; 8]>::try_from(answer.data)) {
            (StatusWord::OK, Ok(number)) if number[0] != ISO_15693 => Idm(number),
            (StatusWord::OK, _) => return Err(CardFault::NotFelica),
            // A reader without it has no FeliCa card on it that we could speak to.
            (_, _) => return Err(CardFault::NoFelicaDialect),
        };
        self.idm = Some(idm);
        Ok(idm)
    }

    /// Refuses to go on where another card lies there than at the beginning.
    pub(crate) fn same_card(&mut self) -> Result<(), CardFault> {
        let before = self.idm;
        let now = self.idm()?;
        if before == Some(now) { Ok(()) } else { Err(CardFault::OtherCard) }
    }
}
