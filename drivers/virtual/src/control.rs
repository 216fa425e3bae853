//! The socket through which other programs, such as the card tray, put cards on the readers.
//!
//! One JSON object per line in, one per line out, over a unix socket; any number of connections, any
//! number of requests on each.
//!
//! | request | answer |
//! |---|---|
//! | `{"do":"cards"}` | `{"ok":true,"cards":[{"id":"hanako","name":"見本 川崎 花子"},…]}` |
//! | `{"do":"state"}` | `{"ok":true,"service":true,"readers":[{"name":"Virtual PCD 00 00","card":"hanako"},{"name":"…","card":null}]}` |
//! | `{"do":"insert","card":"hanako","reader":0}` | `{"ok":true}`; a card that lies there leaves first |
//! | `{"do":"remove","reader":0}` | `{"ok":true}` |
//! | `{"do":"behave","reader":0,"delay_ms":20,"vanish":{"before":3},"dialect":"get_response","mute":false}` | `{"ok":true}`; what is left out is normal again; the third command from now on; `vanish` also `{"instead_of_answer":3}`, `dialect` also `plain`, `exact_le`; `felica` how the reader is asked for FeliCa blocks, such as `pn532` |
//! | `{"do":"log","reader":0}` | `{"ok":true,"log":["power up","00 A4 04 0C -> 9000",…]}` since the card was put there |
//! | `{"do":"service","to":"stop"}` | `{"ok":true}`; also `start`, `kill`; `pull_readers`, `plug_readers`, `plug_readers_elsewhere`, `plug_security_module` |
//! | `{"do":"renew"}` | `{"ok":true}`; cards off the readers have all tries again |
//! | `{"do":"quit"}` | `{"ok":true}`; everything ends |
//!
//! `reader` may be left out: 0. What does not work is answered by `{"ok":false,"error":"…"}`.
//! A card keeps its tries while it is off the reader, like a real one.

use crate::card::{FelicaReader, LengthDialect, VirtualCard};
use crate::desk::Desk;
use crate::pcsc_service::{READERS, ServiceError};
use crate::reader::{Behaviour, Vanish};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Which sample cards there are.
    Cards,
    /// What lies where.
    State,
    /// Put a card on a reader.
    Insert {
        /// The sample's id.
        card: String,
        /// The reader's place.
        #[serde(default)]
        reader: usize,
    },
    /// Take the card from a reader.
    Remove {
        /// The reader's place.
        #[serde(default)]
        reader: usize,
    },
    /// Make the cards on a reader behave so.
    Behave {
        /// The reader's place.
        #[serde(default)]
        reader: usize,
        /// Milliseconds before each answer.
        #[serde(default)]
        delay_ms: u64,
        /// When the card leaves by itself.
        #[serde(default)]
        vanish: Option<Vanish>,
        /// How lengths are worded.
        #[serde(default)]
        dialect: LengthDialect,
        /// How the reader is asked for a FeliCa card's blocks.
        #[serde(default)]
        felica: FelicaReader,
        /// Whether a card answers to power as one that lies upside down: not at all.
        #[serde(default)]
        mute: bool,
    },
    /// What passed between reader and card.
    Log {
        /// The reader's place.
        #[serde(default)]
        reader: usize,
    },
    /// Stop, kill or start the PC/SC service, or take its readers from it.
    Service {
        /// What to do to it.
        to: ServiceOrder,
    },
    /// Replace every card that lies on no reader by a fresh one.
    Renew,
    /// End everything.
    Quit,
}

/// What can be done to the PC/SC service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceOrder {
    /// Start it, if it does not run.
    Start,
    /// Let it end.
    Stop,
    /// End it as a crash would.
    Kill,
    /// Pull all readers out of the computer.
    PullReaders,
    /// Plug them in again.
    PlugReaders,
    /// Plug them in at another port of the computer, where they have other names.
    PlugReadersElsewhere,
    /// Add a reader with the slot of a security module, in which a card always lies.
    PlugSecurityModule,
}

/// A sample card, for the tray.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardEntry {
    /// The sample's id.
    pub id: String,
    /// The name to show.
    pub name: String,
}

/// A reader and what lies on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderEntry {
    /// The reader's name as PC/SC gives it.
    pub name: String,
    /// The sample's id.
    pub card: Option<String>,
}

/// An answer; of the lists, those that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it was done.
    pub ok: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// To `cards`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<Vec<CardEntry>>,
    /// To `state`: whether the PC/SC service runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<bool>,
    /// To `state`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<Vec<ReaderEntry>>,
    /// To `log`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Vec<String>>,
}

impl Answer {
    fn done() -> Self {
        Self { ok: true, ..Self::default() }
    }

    fn refused(error: String) -> Self {
        Self { ok: false, error: Some(error), ..Self::default() }
    }
}

/// A desk and the cards beside its readers.
struct Tray {
    desk: Desk,
    beside: BTreeMap<String, VirtualCard>,
}

impl Tray {
    fn answer(&mut self, request: Request) -> Answer {
        self.obey(request).unwrap_or_else(Answer::refused)
    }

    fn obey(&mut self, request: Request) -> Result<Answer, String> {
        match request {
            Request::Cards => Ok(self.cards()),
            Request::State => Ok(self.state()),
            Request::Insert { card, reader } => self.insert(&card, reader),
            Request::Remove { reader } => self.remove(reader),
            Request::Behave { reader, delay_ms, vanish, dialect, felica, mute } => {
                let delay = Duration::from_millis(delay_ms);
                let behaviour = Behaviour { delay, vanish, dialect, felica, mute };
                self.desk.readers.get(reader).ok_or("no such reader")?.behave(behaviour);
                Ok(Answer::done())
            }
            Request::Log { reader } => {
                let passed = self.desk.readers.get(reader).ok_or("no such reader")?.passed();
                Ok(Answer { log: Some(passed.iter().map(ToString::to_string).collect()), ..Answer::done() })
            }
            Request::Service { to } => self.order(to),
            Request::Renew => {
                self.beside.clear();
                Ok(Answer::done())
            }
            Request::Quit => Ok(Answer::done()),
        }
    }

    fn cards(&self) -> Answer {
        let entry = |(id, sample): (&String, &crate::sample::SampleCard)| CardEntry {
            id: id.clone(),
            name: sample.name.clone(),
        };
        Answer { cards: Some(self.desk.samples().iter().map(entry).collect()), ..Answer::done() }
    }

    fn state(&mut self) -> Answer {
        let entry = |(name, reader): (&&str, &crate::reader::VirtualReader)| ReaderEntry {
            name: (*name).to_owned(),
            card: reader.card_id().map(ToOwned::to_owned),
        };
        let readers = READERS.iter().zip(&self.desk.readers).map(entry).collect();
        let service = self.desk.service.is_running();
        Answer { service: Some(service), readers: Some(readers), ..Answer::done() }
    }

    fn insert(&mut self, id: &str, place: usize) -> Result<Answer, String> {
        let sample = self.desk.samples().get(id).ok_or_else(|| format!("no sample card {id}"))?;
        let fresh = VirtualCard::of(sample);
        if place >= self.desk.readers.len() {
            return Err("no such reader".to_owned());
        }
        // One card lies in one place only.
        for reader in 0..self.desk.readers.len() {
            if reader == place || self.desk.readers[reader].card_id() == Some(id) {
                self.remove(reader)?;
            }
        }
        let card = self.beside.remove(id).unwrap_or(fresh);
        self.desk.readers[place].insert(card);
        Ok(Answer::done())
    }

    fn remove(&mut self, place: usize) -> Result<Answer, String> {
        let reader = self.desk.readers.get_mut(place).ok_or("no such reader")?;
        if let Some(card) = reader.remove() {
            self.beside.insert(card.id().to_owned(), card);
        }
        Ok(Answer::done())
    }

    fn order(&mut self, order: ServiceOrder) -> Result<Answer, String> {
        let service = &mut self.desk.service;
        match order {
            ServiceOrder::Start => service.start_again(),
            ServiceOrder::Stop => service.stop(),
            ServiceOrder::Kill => {
                service.kill();
                Ok(())
            }
            ServiceOrder::PullReaders => service.pull_readers(),
            ServiceOrder::PlugReaders => service.plug_readers(),
            ServiceOrder::PlugReadersElsewhere => service.plug_readers_elsewhere(),
            ServiceOrder::PlugSecurityModule => self.desk.plug_security_module(),
        }
        .map(|()| Answer::done())
        .map_err(|error| error.to_string())
    }
}

/// A control socket that listens; requests are answered by [`Control::serve`].
pub struct Control {
    listener: UnixListener,
}

impl Control {
    /// Listens at `socket`; one that a dead process left behind is replaced.
    pub fn listen(socket: &Path) -> io::Result<Self> {
        if UnixStream::connect(socket).is_err() && socket.exists() {
            std::fs::remove_file(socket)?;
        }
        Ok(Self { listener: UnixListener::bind(socket)? })
    }

    /// Answers until `quit` is asked, and clears the desk away.
    pub fn serve(self, desk: Desk) -> Result<(), ServiceError> {
        let tray = Arc::new(Mutex::new(Tray { desk, beside: BTreeMap::new() }));
        let (quit, asked_to_quit) = mpsc::channel();
        let listener = self.listener;
        let trays = Arc::clone(&tray);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let tray = Arc::clone(&trays);
                let quit = quit.clone();
                thread::spawn(move || attend(&connection, &tray, &quit));
            }
        });
        // Fails when the listening thread is gone, which is the end as well.
        let _ = asked_to_quit.recv();
        // The threads above hold the tray until the process ends, so nothing is cleared away by itself.
        tray.lock().unwrap_or_else(PoisonError::into_inner).desk.clear_away()
    }
}

fn attend(connection: &UnixStream, tray: &Mutex<Tray>, quit: &mpsc::Sender<()>) {
    let mut writer = connection;
    for line in BufReader::new(connection).lines().map_while(Result::ok) {
        let request = serde_json::from_str::<Request>(&line);
        let quits = matches!(request, Ok(Request::Quit));
        let answer = match request {
            Ok(request) => tray.lock().unwrap_or_else(PoisonError::into_inner).answer(request),
            Err(error) => Answer::refused(error.to_string()),
        };
        if write_line(&mut writer, &answer).is_err() {
            return;
        }
        if quits {
            // Ending already is as good.
            let _ = quit.send(());
        }
    }
}

/// Asks one thing over a control socket.
pub fn ask(socket: &Path, request: &Request) -> io::Result<Answer> {
    let mut connection = UnixStream::connect(socket)?;
    write_line(&mut connection, request)?;
    let mut line = String::new();
    BufReader::new(connection).read_line(&mut line)?;
    serde_json::from_str(&line).map_err(io::Error::other)
}

fn write_line(stream: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_string(value).map_err(io::Error::other)?;
    line.push('\n');
    stream.write_all(line.as_bytes())
}
