//! What a counter is made of: devices, folders, the line to the cloud, time and randomness.

use crate::clock::{Clock, SystemClock};
use crate::cloud::{CloudLines, HttpsLines};
use crate::counter::timing::LookUpObserver;
use crate::entropy::{Entropy, SystemEntropy};
use crate::store::{Mains, PowerSupply};
use madoguchi_port::clipboard::Clipboard;
use madoguchi_port::device::FingerprintSources;
use madoguchi_port::drop_folder::DropFolders;
use madoguchi_port::felica::FelicaCards;
use madoguchi_port::keyboard::Keyboard;
use madoguchi_port::look::UsbReaders;
use madoguchi_port::paper::PaperPrinter;
use madoguchi_port::reader::CardReaders;
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_port::vault::Vault;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a terminal keeps what it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The store; belongs to this PC and this user alone.
    pub data: PathBuf,
    /// `settings.toml` and the folder of card descriptions; may be laid down by whoever looks after the PC.
    pub settings: PathBuf,
    /// The `settings.toml` of all users of the PC, if they have one; the user's own goes before it, field by field.
    pub settings_for_all: Option<PathBuf>,
    /// Where receipts go as PDF until a clerk chooses otherwise.
    pub papers: PathBuf,
}

impl Folders {
    /// Those of training on the same PC: below these, and nothing of the one is read by the other.
    #[must_use]
    pub fn in_training(&self) -> Self {
        Self {
            data: self.data.join("training"),
            settings: self.settings.join("training"),
            settings_for_all: self.settings_for_all.as_ref().map(|folder| folder.join("training")),
            papers: self.papers.join("訓練"),
        }
    }
}

/// The devices behind the driver port.
#[derive(Clone)]
pub struct Drivers {
    /// The PC/SC readers.
    pub readers: Arc<dyn CardReaders>,
    /// The readers on the USB, whether PC/SC knows them or not.
    pub usb: Arc<dyn UsbReaders>,
    /// The resident's card on one of them.
    pub card: Arc<dyn ResidentCard>,
    /// FeliCa cards on them.
    pub felica: Arc<dyn FelicaCards>,
    /// The credential store.
    pub vault: Arc<dyn Vault>,
    /// What makes this PC this PC.
    pub sources: Arc<dyn FingerprintSources>,
    /// Through which a number reaches another program.
    pub clipboard: Arc<dyn Clipboard>,
    /// By which a number is typed into one.
    pub keyboard: Arc<dyn Keyboard>,
    /// The folders agreed on with shopping streets.
    pub drop_folders: Arc<dyn DropFolders>,
    /// Where receipts are printed.
    pub printer: Arc<dyn PaperPrinter>,
}

/// Everything a [`Counter`](crate::Counter) is opened with.
#[derive(Clone)]
pub struct Parts {
    /// The devices.
    pub drivers: Drivers,
    /// The folders.
    pub folders: Folders,
    /// The way to the cloud.
    pub lines: Arc<dyn CloudLines>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Power; a test can cut it.
    pub power: Arc<dyn PowerSupply>,
    /// Who wants to know how long look-ups take, if anybody.
    pub observer: Option<Arc<dyn LookUpObserver>>,
    /// Whether this counter is one for training (docs/terminal.md): for as long as it lives, with folders and
    /// a part of the credential store of its own.
    pub training: bool,
}

impl Parts {
    /// The parts of the shipped program: these devices and folders, the network, the system's clock
    /// and randomness, nobody measuring.
    pub fn new(drivers: Drivers, folders: Folders) -> Self {
        Self {
            drivers,
            folders,
            lines: Arc::new(HttpsLines::default()),
            clock: Arc::new(SystemClock::default()),
            entropy: Arc::new(SystemEntropy),
            power: Arc::new(Mains),
            observer: None,
            training: false,
        }
    }
}
