//! A smart card as its contacts see it: power, commands, answers. No transport, no clock.
//!
//! Belongs here: what a My Number card or a FeliCa card on its reader answers to a byte string, including what it forgets and what
//! it keeps when power goes. Source: the behaviour third parties measured on real cards; the card's
//! own specification is not public.
//! Does not belong here: sockets, delays, cards pulled out ([`crate::reader`]).
//! Why it exists: the card's answers can be tested as tables, without any reader.

mod command;
mod felica;
mod jpki;
mod password;
mod status;

use crate::sample::{Application, SampleCard};
use command::Command;
use felica::FelicaOnReader;
pub use felica::{FelicaContents, FelicaReader, FelicaService, FelicaSystem};
use jpki::JpkiApplication;
use madoguchi_port::apdu::StatusWord;

/// How a card words answers that are longer or shorter than expected (ISO/IEC 7816-4, 5.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LengthDialect {
    /// Hands the data over at once. What My Number cards do without contacts.
    #[default]
    Plain,
    /// Says `61xx` and waits for GET RESPONSE, as cards with the T=0 protocol do.
    GetResponse,
    /// Refuses the Le `00` of READ BINARY with `6Cxx` and wants the command again with `xx`.
    ExactLe,
}

/// The most GET RESPONSE hands over at once in [`LengthDialect::GetResponse`]; less than a whole
/// signature, so that a reader has to ask more than once.
const GET_RESPONSE_CHUNK: usize = 0xC0;

/// A card in software. Its tries left outlive power, like a real card's.
pub struct VirtualCard {
    id: String,
    atr: Vec<u8>,
    application: Option<JpkiApplication>,
    felica: Option<FelicaOnReader>,
    /// Other applications that can be selected.
    others: Vec<Vec<u8>>,
    dialect: LengthDialect,
    /// What GET RESPONSE will hand over, and the status word that ends it.
    waiting: Option<(Vec<u8>, StatusWord)>,
}

impl VirtualCard {
    /// A fresh card of this sample: all tries left, no power.
    pub fn of(sample: &SampleCard) -> Self {
        let mut card = Self {
            id: sample.id.clone(),
            atr: sample.atr.clone(),
            application: None,
            felica: None,
            others: Vec::new(),
            dialect: LengthDialect::Plain,
            waiting: None,
        };
        match &sample.application {
            Application::Jpki(contents) => card.application = Some(JpkiApplication::new(contents.clone())),
            Application::Felica(contents) => card.felica = Some(FelicaOnReader::new(contents.clone())),
            Application::None => {}
            Application::Others(names) => card.others.clone_from(names),
        }
        card
    }

    /// The sample this card was made from.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The answer to reset.
    pub fn atr(&self) -> &[u8] {
        &self.atr
    }

    /// Switches the wording of lengths.
    pub fn speak(&mut self, dialect: LengthDialect) {
        self.dialect = dialect;
    }

    /// Lays a FeliCa card on such a reader.
    pub fn lie_on(&mut self, reader: FelicaReader) {
        if let Some(felica) = &mut self.felica {
            felica.lie_on(reader);
        }
    }

    /// Power comes: nothing is selected.
    pub fn power_up(&mut self) {
        self.deselect();
    }

    /// A warm reset: nothing is selected, but verified passwords stay verified.
    pub fn reset(&mut self) {
        self.deselect();
    }

    /// Power goes: nothing is selected and verified passwords are forgotten.
    pub fn power_down(&mut self) {
        self.deselect();
        if let Some(application) = &mut self.application {
            application.forget_verified();
        }
    }

    fn deselect(&mut self) {
        self.waiting = None;
        if let Some(application) = &mut self.application {
            application.deselect();
        }
        if let Some(felica) = &mut self.felica {
            felica.reset();
        }
    }

    /// Answers one command APDU with data and status word. Any bytes may come.
    pub fn respond(&mut self, apdu: &[u8]) -> Vec<u8> {
        let (data, status) = match (&mut self.felica, Command::parse(apdu)) {
            (Some(felica), _) => felica.answer(apdu),
            (None, Ok(command)) => self.answer(&command),
            (None, Err(status)) => (Vec::new(), status),
        };
        let mut response = data;
        response.extend(status.0.to_be_bytes());
        response
    }

    fn answer(&mut self, command: &Command<'_>) -> (Vec<u8>, StatusWord) {
        if command.ins == command::GET_RESPONSE {
            return self.get_response(command);
        }
        self.waiting = None;
        let refused_le = self.dialect == LengthDialect::ExactLe
            && command.ins == command::READ_BINARY
            && command.expected == Some(256);
        let (data, status) = match &mut self.application {
            Some(application) => application.answer(command),
            None => (Vec::new(), select_alone(command, &self.others)),
        };
        if refused_le && status == StatusWord::OK {
            return (Vec::new(), status::exact_le(data.len()));
        }
        if self.dialect == LengthDialect::GetResponse && !data.is_empty() {
            let announced = status::bytes_waiting(data.len().min(GET_RESPONSE_CHUNK));
            self.waiting = Some((data, status));
            return (Vec::new(), announced);
        }
        (data, status)
    }

    fn get_response(&mut self, command: &Command<'_>) -> (Vec<u8>, StatusWord) {
        let Some((mut data, status)) = self.waiting.take() else {
            return (Vec::new(), status::CONDITIONS_NOT_SATISFIED);
        };
        let wanted = command.expected.unwrap_or(0).min(GET_RESPONSE_CHUNK).min(data.len());
        let rest = data.split_off(wanted);
        if rest.is_empty() {
            return (data, status);
        }
        let announced = status::bytes_waiting(rest.len().min(GET_RESPONSE_CHUNK));
        self.waiting = Some((rest, status));
        (data, announced)
    }
}

/// A card without any application we know, such as a library's own: of its applications it says at most
/// that they are there.
fn select_alone(command: &Command<'_>, applications: &[Vec<u8>]) -> StatusWord {
    match command.ins {
        command::SELECT if applications.iter().any(|name| name == command.data) => StatusWord::OK,
        command::SELECT => status::FILE_NOT_FOUND,
        _ => status::INSTRUCTION_NOT_SUPPORTED,
    }
}
