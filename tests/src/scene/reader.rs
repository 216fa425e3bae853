//! The virtual reader and its sample cards, in a PC/SC service of its own.

use super::program::{Program, Start, own_program};
use super::trouble::Trouble;
use madoguchi_virtual::card::{FelicaReader, LengthDialect};
use madoguchi_virtual::control::{self, Answer, Request, ServiceOrder};
use madoguchi_virtual::reader::Vanish;
use std::path::{Path, PathBuf};

/// A reader on the counter and the cards beside it.
pub struct Reader {
    control: PathBuf,
    pcsc_socket: PathBuf,
    _program: Program,
}

impl Reader {
    /// Starts the PC/SC service with its files in `folder`.
    pub fn plug_in(folder: &Path) -> Result<Self, Trouble> {
        let control = folder.join("reader.control");
        let program = Start::of("reader", own_program("madoguchi-virtual")?, folder)
            .args(["serve", "--cards"])
            .args([&sample_cards()])
            .args(["--control".as_ref(), control.as_os_str()])
            .args(["--state-dir".as_ref(), folder.join("pcsc").as_os_str()])
            .start()?;
        let pcsc_socket = program.hears("that it is ready", |line| {
            let ready = line.strip_prefix("READY ")?;
            ready.split_once("pcscd=").map(|(_, socket)| PathBuf::from(socket))
        })?;
        Ok(Self { control, pcsc_socket, _program: program })
    }

    /// Where programs find the PC/SC service (`PCSCLITE_CSOCK_NAME`).
    pub fn pcsc_socket(&self) -> &Path {
        &self.pcsc_socket
    }

    /// The sample cards, their ids and their names.
    pub fn cards(&self) -> Result<Vec<(String, String)>, Trouble> {
        let cards = self.ask(&Request::Cards)?.cards.unwrap_or_default();
        Ok(cards.into_iter().map(|card| (card.id, card.name)).collect())
    }

    /// The card on the reader.
    pub fn card_on_it(&self) -> Result<Option<String>, Trouble> {
        let readers = self.ask(&Request::State)?.readers.unwrap_or_default();
        Ok(readers.into_iter().next().and_then(|reader| reader.card))
    }

    /// Puts a card on it, in the place of the one that lies there.
    pub fn put_on(&self, card: &str) -> Result<(), Trouble> {
        self.ask(&Request::Insert { card: card.to_owned(), reader: 0 }).map(drop)
    }

    /// Puts a card on the second reader beside it.
    pub fn put_on_the_second(&self, card: &str) -> Result<(), Trouble> {
        self.ask(&Request::Insert { card: card.to_owned(), reader: 1 }).map(drop)
    }

    /// Takes the card off the second reader.
    pub fn take_off_the_second(&self) -> Result<(), Trouble> {
        self.ask(&Request::Remove { reader: 1 }).map(drop)
    }

    /// Takes the card off.
    pub fn take_off(&self) -> Result<(), Trouble> {
        self.ask(&Request::Remove { reader: 0 }).map(drop)
    }

    /// From now on every card leaves instead of answering its `command`th command.
    pub fn cards_leave_at(&self, command: u32) -> Result<(), Trouble> {
        self.behave(Some(Vanish::InsteadOfAnswer(command)), false)
    }

    /// From now on cards stay until they are taken off.
    pub fn cards_stay(&self) -> Result<(), Trouble> {
        self.behave(None, false)
    }

    /// From now on cards do not answer to power, as if they lay upside down.
    pub fn cards_are_mute(&self) -> Result<(), Trouble> {
        self.behave(None, true)
    }

    /// What passed between reader and card since the card was put on, one line each; commands contain
    /// ` -> `.
    pub fn passed(&self) -> Result<Vec<String>, Trouble> {
        Ok(self.ask(&Request::Log { reader: 0 })?.log.unwrap_or_default())
    }

    /// Stops the PC/SC service.
    pub fn stop_service(&self) -> Result<(), Trouble> {
        self.ask(&Request::Service { to: ServiceOrder::Stop }).map(drop)
    }

    /// Pulls the reader out of the PC.
    pub fn pull_out(&self) -> Result<(), Trouble> {
        self.ask(&Request::Service { to: ServiceOrder::PullReaders }).map(drop)
    }

    /// Plugs it in again.
    pub fn plug_in_again(&self) -> Result<(), Trouble> {
        self.ask(&Request::Service { to: ServiceOrder::PlugReaders }).map(drop)
    }

    /// Plugs it in at another port of the PC, where it has another name.
    pub fn plug_in_elsewhere(&self) -> Result<(), Trouble> {
        self.ask(&Request::Service { to: ServiceOrder::PlugReadersElsewhere }).map(drop)
    }

    /// Plugs in a second reader, one with the slot of a security module, in which a card always lies.
    pub fn plug_in_a_security_module(&self) -> Result<(), Trouble> {
        self.ask(&Request::Service { to: ServiceOrder::PlugSecurityModule }).map(drop)
    }

    /// The municipal office gives every card that lies on no reader all its tries again.
    pub fn cards_are_renewed(&self) -> Result<(), Trouble> {
        self.ask(&Request::Renew).map(drop)
    }

    /// Starts the PC/SC service again.
    pub fn start_service(&self) -> Result<(), Trouble> {
        self.ask(&Request::Service { to: ServiceOrder::Start }).map(drop)
    }

    fn behave(&self, vanish: Option<Vanish>, mute: bool) -> Result<(), Trouble> {
        let (dialect, felica) = (LengthDialect::Plain, FelicaReader::default());
        let behave = Request::Behave { reader: 0, delay_ms: 0, vanish, dialect, felica, mute };
        self.ask(&behave).map(drop)
    }

    fn ask(&self, request: &Request) -> Result<Answer, Trouble> {
        let answer = control::ask(&self.control, request)?;
        match answer.error {
            Some(error) => Err(Trouble::not_started("reader", &error)),
            None => Ok(answer),
        }
    }
}

/// The sample cards of this source tree.
fn sample_cards() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cards")
}
