//! A FeliCa card and the reader it lies on: what the reader makes of a command, in its dialect.
//!
//! vpcd hands the reader's own commands (class FF) to the card, so the virtual card plays the reader's part
//! as well. Written from the makers' manuals, apart from our driver; `docs/cards.md` names them.

mod chip;

use super::{command, status};
use chip::FelicaChip;
use madoguchi_port::apdu::StatusWord;

pub use chip::{FelicaContents, FelicaService, FelicaSystem};

/// What reader a FeliCa card lies on, by how it is asked for blocks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum FelicaReader {
    /// Hands FeliCa frames on as they are, as an ACR1252.
    #[default]
    CardFrames,
    /// Hands commands on to its PN532, as an ACR122.
    Pn532,
    /// Opens transparent sessions by Sony's instruction 50, as an RC-S300.
    SonySession,
    /// Opens transparent sessions by the standard's instruction C2.
    StandardSession,
    /// Reads the blocks of a selected service, as Sony's readers on Windows.
    SelectedService,
    /// Has an instruction for each FeliCa command, as Identiv's.
    ServiceCommands,
    /// Knows the card's number and nothing else.
    NumberOnly,
}

/// Nobody answered in the field, as ACS's readers say it.
const OPERATION_FAILED: StatusWord = StatusWord(0x6300);

type Answer = (Vec<u8>, StatusWord);

/// The card, and what its reader remembers.
pub(super) struct FelicaOnReader {
    chip: FelicaChip,
    reader: FelicaReader,
    /// A transparent session is open, the field is on and set to FeliCa.
    session: Session,
    /// The service that was selected.
    selected: Option<u16>,
    /// The PN532 has listed a target.
    has_target: bool,
}

/// How far a transparent session has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Session {
    None,
    Begun,
    FieldOff,
    FieldOn,
    Felica,
}

impl FelicaOnReader {
    pub(super) fn new(contents: FelicaContents) -> Self {
        Self {
            chip: FelicaChip::new(contents),
            reader: FelicaReader::default(),
            session: Session::None,
            selected: None,
            has_target: false,
        }
    }

    pub(super) fn lie_on(&mut self, reader: FelicaReader) {
        if reader != self.reader {
            self.reader = reader;
            self.reset();
        }
    }

    pub(super) fn reset(&mut self) {
        self.session = Session::None;
        self.selected = None;
        self.has_target = false;
    }

    /// What the reader answers to a command, its own or one it hands on.
    pub(super) fn answer(&mut self, apdu: &[u8]) -> Answer {
        let [class, instruction, p1, p2, body @ ..] = apdu else { return refusal(status::WRONG_LENGTH) };
        if *class != 0xFF {
            // A FeliCa card has no applications: what is selected is not there, the rest means nothing.
            let selects = *instruction == command::SELECT;
            return refusal(if selects { status::FILE_NOT_FOUND } else { status::INSTRUCTION_NOT_SUPPORTED });
        }
        match (instruction, self.reader) {
            (0xCA, _) => self.get_data(*p1, *p2),
            (0x00, FelicaReader::CardFrames) => with_data(body, |frame| self.frame(frame)),
            (0x00, FelicaReader::Pn532) => with_data(body, |command| self.pn532(command)),
            (0x50, FelicaReader::SonySession) | (0xC2, FelicaReader::StandardSession) => {
                with_data_and_le(body, |objects| self.transparent(*p2, objects))
            }
            (0xA4, FelicaReader::SelectedService) => with_data(body, |code| self.select(*p1, *p2, code)),
            (0xB0, FelicaReader::SelectedService) => self.read_block(u16::from_be_bytes([*p1, *p2])),
            (0x46, FelicaReader::ServiceCommands) => with_data(body, |list| self.read(*p1, *p2, list)),
            (0x4A, FelicaReader::ServiceCommands) => self.system_codes(),
            _ => refusal(status::INSTRUCTION_NOT_SUPPORTED),
        }
    }

    fn get_data(&self, p1: u8, p2: u8) -> Answer {
        match (p1, p2) {
            (0, 0) => (self.chip.first_idm().to_vec(), StatusWord::OK),
            _ => refusal(status::WRONG_P1_P2),
        }
    }

    /// ACR1252: whatever the data is, it goes into the field.
    fn frame(&self, frame: &[u8]) -> Answer {
        match self.chip.answer(frame) {
            Some(answer) => (answer, StatusWord::OK),
            None => refusal(OPERATION_FAILED),
        }
    }

    /// PN532 user manual, 7.2.2, 7.3.5 and 7.3.8.
    fn pn532(&mut self, command: &[u8]) -> Answer {
        let answer = match command {
            [0xD4, 0x02] => vec![0xD5, 0x03, 0x32, 0x01, 0x06, 0x07],
            // One target at 212 or 424 kbit/s: the payload is a polling frame without its length.
            [0xD4, 0x4A, 1, 0x01 | 0x02, payload @ ..] => {
                let frame = [&[u8::try_from(payload.len() + 1).unwrap_or(0)], payload].concat();
                let polled = self.chip.answer(&frame);
                self.has_target = polled.is_some();
                match polled {
                    Some(frame) => [&[0xD5, 0x4B, 1, 1][..], &frame].concat(),
                    None => vec![0xD5, 0x4B, 0],
                }
            }
            // 01: the target did not answer in time; 27: no such target.
            [0xD4, 0x40, 1, frame @ ..] if self.has_target => match self.chip.answer(frame) {
                Some(frame) => [&[0xD5, 0x41, 0][..], &frame].concat(),
                None => vec![0xD5, 0x41, 0x01],
            },
            [0xD4, 0x40, ..] => vec![0xD5, 0x41, 0x27],
            _ => return refusal(OPERATION_FAILED),
        };
        (answer, StatusWord::OK)
    }

    /// PC/SC part 3, supplement 2.02: objects in, objects out.
    fn transparent(&mut self, sort: u8, objects: &[u8]) -> Answer {
        const DONE: [u8; 5] = [0xC0, 0x03, 0x00, 0x90, 0x00];
        // 6985 in the outcome: the session is not that far.
        const NOT_NOW: [u8; 5] = [0xC0, 0x03, 0x01, 0x69, 0x85];
        const NO_ANSWER: [u8; 5] = [0xC0, 0x03, 0x02, 0x64, 0x01];
        let next = match (sort, objects, self.session) {
            (0x00, [0x82, 0x00], _) => Some(Session::None),
            (0x00, [0x81, 0x00], Session::None) => Some(Session::Begun),
            (0x00, [0x83, 0x00], Session::Begun | Session::FieldOn | Session::Felica) => {
                Some(Session::FieldOff)
            }
            (0x00, [0x84, 0x00], Session::FieldOff) => Some(Session::FieldOn),
            (0x02, [0x8F, 0x02, 0x03, 0x00], Session::FieldOn) => Some(Session::Felica),
            _ => None,
        };
        if let Some(next) = next {
            self.session = next;
            return (DONE.to_vec(), StatusWord::OK);
        }
        let answer = match (sort, objects) {
            // The timer has to be there.
            (0x01, [0x5F, 0x46, 0x04, _, _, _, _, 0x95, length, frame @ ..])
                if self.session == Session::Felica && usize::from(*length) == frame.len() =>
            {
                match self.chip.answer(frame) {
                    Some(frame) => {
                        let length = u8::try_from(frame.len()).unwrap_or(u8::MAX);
                        let went_well = [0x92, 0x01, 0x00, 0x96, 0x02, 0x00, 0x00, 0x97, length];
                        [&DONE[..], &went_well, &frame].concat()
                    }
                    None => NO_ANSWER.to_vec(),
                }
            }
            _ => NOT_NOW.to_vec(),
        };
        (answer, StatusWord::OK)
    }

    fn select(&mut self, areas: u8, services: u8, code: &[u8]) -> Answer {
        let ([low, high], (0, 1)) = (code, (areas, services)) else { return refusal(status::WRONG_P1_P2) };
        let service = u16::from_le_bytes([*low, *high]);
        self.selected = self.chip.has_service(service).then_some(service);
        match self.selected {
            Some(_) => (Vec::new(), StatusWord::OK),
            None => refusal(status::FILE_NOT_FOUND),
        }
    }

    fn read_block(&self, block: u16) -> Answer {
        let Some(service) = self.selected else { return refusal(status::CONDITIONS_NOT_SATISFIED) };
        match self.chip.block(service, block) {
            Some(bytes) => (bytes.to_vec(), StatusWord::OK),
            None => refusal(status::FILE_NOT_FOUND),
        }
    }

    /// The reader puts length, IDm and the numbers of services and blocks around the lists.
    fn read(&self, services: u8, blocks: u8, list: &[u8]) -> Answer {
        let idm = self.chip.first_idm();
        let Some((codes, blocks_listed)) = list.split_at_checked(usize::from(services) * 2) else {
            return refusal(status::WRONG_LENGTH);
        };
        let mut frame = [&[0, 0x06], &idm[..], &[services], codes, &[blocks], blocks_listed].concat();
        frame[0] = u8::try_from(frame.len()).unwrap_or(0);
        self.without_length_and_code(&frame)
    }

    fn system_codes(&self) -> Answer {
        self.without_length_and_code(&[&[10, 0x0C], &self.chip.first_idm()[..]].concat())
    }

    fn without_length_and_code(&self, frame: &[u8]) -> Answer {
        match self.chip.answer(frame) {
            Some(answer) => (answer[2..].to_vec(), StatusWord::OK),
            None => refusal(OPERATION_FAILED),
        }
    }
}

fn with_data(body: &[u8], answer: impl FnOnce(&[u8]) -> Answer) -> Answer {
    match body {
        [length, data @ ..] if usize::from(*length) == data.len() => answer(data),
        _ => refusal(status::WRONG_LENGTH),
    }
}

fn with_data_and_le(body: &[u8], answer: impl FnOnce(&[u8]) -> Answer) -> Answer {
    match body {
        [before @ .., 0x00] => with_data(before, answer),
        _ => refusal(status::WRONG_LENGTH),
    }
}

fn refusal(status: StatusWord) -> Answer {
    (Vec::new(), status)
}
