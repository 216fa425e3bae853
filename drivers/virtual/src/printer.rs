//! A receipt printer in software: it takes ESC/POS over TCP or through a device file and draws it.
//!
//! Belongs here: switching it on and off, the paper it has, the faults it is told to have, and the
//! papers that fell out. The language is read in `command`, followed in `interpreter`, drawn in
//! `paper` with the letters of `rom`.
//! Does not belong here: sending anything to a printer.
//! Why it exists: what reaches a printer is looked at as a printer takes it. It knows exactly the
//! commands a receipt needs; any other byte is a fault that it never forgets.

mod command;
mod device_file;
mod interpreter;
mod network;
mod paper;
mod rom;
mod state;

pub use interpreter::Build;
pub use paper::Paper;

use device_file::DeviceFile;
use madoguchi_port::paper::{Connection, PaperRoll, ReceiptPrinter};
use network::Network;
use state::{Inside, State};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a paper is waited for.
const LIMIT: Duration = Duration::from_secs(20);

impl Build {
    /// 80 mm, with kanji.
    pub const MM80: Self = Self { head: 576, kanji: true };
    /// 58 mm, with kanji.
    pub const MM58: Self = Self { head: 384, kanji: true };

    /// The same without kanji of its own.
    #[must_use]
    pub const fn without_kanji(self) -> Self {
        Self { kanji: false, ..self }
    }
}

/// A receipt printer. It is switched off when it is dropped.
pub struct VirtualPrinter {
    build: Build,
    inside: Arc<Inside>,
    way: Way,
}

enum Way {
    Network(Network),
    DeviceFile(DeviceFile),
}

impl VirtualPrinter {
    /// One at a TCP port of this PC alone, switched on.
    pub fn on_the_network(build: Build) -> io::Result<Self> {
        let inside = Arc::new(Inside::new(build)?);
        let way = Way::Network(Network::listen(&inside)?);
        Ok(Self { build, inside, way })
    }

    /// One behind the device file `lp0` in a folder, switched on.
    pub fn behind_a_device_file(build: Build, folder: &Path) -> io::Result<Self> {
        let inside = Arc::new(Inside::new(build)?);
        let way = Way::DeviceFile(DeviceFile::open(folder, &inside)?);
        Ok(Self { build, inside, way })
    }

    /// The printer as a sender knows it.
    pub fn known_as(&self) -> ReceiptPrinter {
        let connection = match &self.way {
            Way::Network(network) => Connection::Network {
                host: network.address().ip().to_string(),
                port: network.address().port(),
            },
            Way::DeviceFile(file) => Connection::Device(file.path().to_owned()),
        };
        let roll = if self.build.head == Build::MM58.head { PaperRoll::Mm58 } else { PaperRoll::Mm80 };
        ReceiptPrinter { connection, roll, kanji: self.build.kanji }
    }

    /// Where it listens, if it is on the network.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.way {
            Way::Network(network) => Some(network.address()),
            Way::DeviceFile(_) => None,
        }
    }

    /// Draws every paper that is cut off from now on into a folder: `receipt-1.png` and so on.
    pub fn keeps_pictures_in(&self, folder: &Path) {
        self.inside.change(|state| state.keep_pictures_in(folder));
    }

    /// Switches it off: nothing answers any more, what it had not printed is lost.
    pub fn switch_off(&mut self) {
        self.close();
        self.inside.change(State::restart);
    }

    /// Switches it on again, at the same place.
    pub fn switch_on(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Network(network) => network.listen_again(&self.inside),
            Way::DeviceFile(file) => file.open_again(&self.inside),
        }
    }

    /// Pulls its line and puts it back; the printer itself stays on and keeps what it was sent.
    pub fn unplug_and_plug_in(&mut self) -> io::Result<()> {
        self.close();
        self.switch_on()
    }

    fn close(&mut self) {
        match &mut self.way {
            Way::Network(network) => network.close(&self.inside),
            Way::DeviceFile(file) => file.close(&self.inside),
        }
    }

    /// Takes its paper away, or puts new paper in.
    pub fn has_paper(&self, has: bool) {
        self.inside.change(|state| state.set_paper_out(!has));
    }

    /// Opens or closes its cover.
    pub fn cover_is_open(&self, open: bool) {
        self.inside.change(|state| state.set_cover_open(open));
    }

    /// Jams its cutter, or frees it.
    pub fn cutter_is_jammed(&self, jammed: bool) {
        self.inside.change(|state| state.set_cutter_jammed(jammed));
    }

    /// From now on it takes everything and answers nothing, or answers again.
    pub fn is_silent(&self, silent: bool) {
        self.inside.change(|state| state.set_silent(silent));
    }

    /// Its paper ends after so many more bytes.
    pub fn paper_ends_after(&self, bytes: usize) {
        self.inside.change(|state| state.end_paper_after(bytes));
    }

    /// Its line is cut after so many more bytes, once.
    pub fn line_is_cut_after(&self, bytes: usize) {
        self.inside.change(|state| state.cut_line_after(bytes));
    }

    /// The papers that were cut off so far.
    ///
    /// # Panics
    ///
    /// Where it was sent anything it does not understand.
    pub fn papers(&self) -> Vec<Paper> {
        self.inside.papers()
    }

    /// Waits until so many papers were cut off.
    ///
    /// # Panics
    ///
    /// Where they do not come, or where it was sent anything it does not understand.
    pub fn wait_for_papers(&self, count: usize) -> Vec<Paper> {
        self.inside.wait_for_papers(count, LIMIT)
    }

    /// What hangs out of it, printed and not cut off.
    pub fn uncut(&self) -> Option<Paper> {
        self.inside.uncut()
    }
}

impl Drop for VirtualPrinter {
    fn drop(&mut self) {
        self.switch_off();
    }
}
