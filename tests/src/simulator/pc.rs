//! The PC of one terminal: the shipped counter over stand-ins for its devices, and its disk, which
//! outlives every power cut.

use super::chance::Chance;
use super::files::copy_folder;
use super::line::Mailbag;
use super::power::Power;
use super::randomness::SeededEntropy;
use super::reader::Reader;
use super::time::Time;
use madoguchi_doubles::{
    MemoryClipboard, MemoryFolders, MemoryKeyboard, MemoryVault, PaperTray, WrittenSources,
};
use madoguchi_felica::FelicaOnReaders;
use madoguchi_mynumber::MyNumberCard;
use madoguchi_terminal::{Counter, Drivers, Folders, Parts};
use madoguchi_wire::window::Notice;
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;

/// The store's file in the data folder.
const STORE: &str = "terminal.sqlite";

/// The PC of one terminal.
pub struct Pc {
    place: usize,
    folder: PathBuf,
    /// Counts the times it was switched on; each finds the disk as the time before left it.
    life: u32,
    vault: Arc<MemoryVault>,
    /// Its reader.
    pub reader: Reader,
    /// Its printer.
    pub papers: Arc<PaperTray>,
    time: Time,
    clock_off_ms: i64,
    entropy: Arc<SeededEntropy>,
    bag: Mailbag,
    power: Arc<Power>,
    state: State,
}

enum State {
    Off,
    Starting(JoinHandle<Counter>),
    On(On),
}

struct On {
    counter: Arc<Counter>,
    notices: UnboundedReceiver<Notice>,
}

/// What a PC is made of.
pub struct Make {
    /// Its place among the terminals.
    pub place: usize,
    /// Where its disk is.
    pub folder: PathBuf,
    /// The world's time.
    pub time: Time,
    /// How far its clock is off, in milliseconds.
    pub clock_off_ms: i64,
    /// Its randomness.
    pub chance: Chance,
    /// Where its letters go.
    pub bag: Mailbag,
}

impl Pc {
    /// A PC that is switched off, with its credential store.
    pub fn make(make: Make, vault: Arc<MemoryVault>) -> Self {
        Self {
            place: make.place,
            folder: make.folder,
            life: 0,
            vault,
            reader: Reader::default(),
            papers: Arc::default(),
            time: make.time,
            clock_off_ms: make.clock_off_ms,
            entropy: Arc::new(SeededEntropy::from(make.chance)),
            bag: make.bag,
            power: Arc::default(),
            state: State::Off,
        }
    }

    /// The running counter; none while the PC is off or starting.
    pub const fn counter(&self) -> Option<&Arc<Counter>> {
        match &self.state {
            State::On(on) => Some(&on.counter),
            State::Off | State::Starting(_) => None,
        }
    }

    /// Whether it is switched off.
    pub const fn is_off(&self) -> bool {
        matches!(self.state, State::Off)
    }

    /// Whether the program is being started.
    pub const fn is_starting(&self) -> bool {
        matches!(self.state, State::Starting(_))
    }

    /// Its power supply.
    pub fn power(&self) -> &Power {
        &self.power
    }

    /// How far its clock is off, in milliseconds.
    pub const fn clock_off_ms(&self) -> i64 {
        self.clock_off_ms
    }

    /// The next thing the counter tells, if it has told anything.
    pub fn next_notice(&mut self) -> Option<Notice> {
        match &mut self.state {
            State::On(on) => on.notices.try_recv().ok(),
            State::Off | State::Starting(_) => None,
        }
    }

    /// The program is started; it is there when [`Pc::has_started`] says so.
    pub fn switch_on(&mut self) {
        self.power = Arc::default();
        self.state = State::Starting(tokio::spawn(Counter::open(self.parts())));
    }

    /// Whether the program that was being started is there now.
    pub async fn has_started(&mut self) -> bool {
        let State::Starting(opening) = &mut self.state else { return false };
        if !opening.is_finished() {
            return false;
        }
        let counter = Arc::new(opening.await.expect("opening a counter never fails"));
        let notices = counter.notices();
        self.state = State::On(On { counter, notices });
        true
    }

    /// The program is closed in good order.
    pub fn close(&mut self) {
        self.stop();
    }

    /// The power goes: the next start finds what was on the disk at this moment.
    pub fn cut_power(&mut self) {
        self.power.goes();
        let left_behind = self.disk();
        self.life += 1;
        copy_folder(&left_behind, &self.disk());
        self.stop();
        fs::remove_dir_all(left_behind).expect("the old life's folder");
    }

    fn stop(&mut self) {
        if let State::Starting(opening) = &self.state {
            opening.abort();
        }
        self.state = State::Off;
    }

    /// The keys in its journal with what became of them, while it is off.
    pub fn journal(&self) -> rusqlite::Result<Vec<(String, String)>> {
        let store = Connection::open(self.disk().join("data").join(STORE))?;
        let mut intents = store.prepare("select key, state from intent order by seq")?;
        intents.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// The keys in its journal of scans with what became of them, while it is off.
    pub fn scan_journal(&self) -> rusqlite::Result<Vec<(String, String)>> {
        let store = Connection::open(self.disk().join("data").join(STORE))?;
        let mut scans = store.prepare("select key, state from scan order by seq")?;
        scans.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// Runs statements on its store while it is off.
    pub fn run_on_its_store(&self, statements: &str) {
        let store = Connection::open(self.disk().join("data").join(STORE)).expect("the terminal's store");
        store.execute_batch(statements).expect("statements of the run itself");
    }

    /// Where its files lie now.
    pub fn disk(&self) -> PathBuf {
        self.folder.join(format!("life-{}", self.life))
    }

    fn parts(&self) -> Parts {
        let disk = self.disk();
        let drivers = Drivers {
            readers: Arc::new(self.reader.clone()),
            usb: Arc::new(self.reader.clone()),
            card: Arc::new(MyNumberCard::on(Arc::new(self.reader.clone()))),
            felica: Arc::new(FelicaOnReaders::on(Arc::new(self.reader.clone()))),
            vault: self.vault.clone(),
            clipboard: Arc::new(MemoryClipboard::default()),
            keyboard: Arc::new(MemoryKeyboard::default()),
            sources: Arc::new(WrittenSources::of_pc(&format!("pc-{}", self.place))),
            drop_folders: Arc::new(MemoryFolders::default()),
            printer: self.papers.clone(),
        };
        let folders = Folders {
            settings: disk.join("settings.toml"),
            settings_for_all: None,
            papers: disk.join("papers"),
            data: disk.join("data"),
        };
        Parts {
            lines: Arc::new(self.bag.lines_of(self.place, self.power.clone())),
            power: self.power.clone(),
            clock: Arc::new(self.time.for_a_terminal(self.clock_off_ms)),
            entropy: self.entropy.clone(),
            ..Parts::new(drivers, folders)
        }
    }
}
