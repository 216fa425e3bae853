//! What a clerk can set on this terminal.

use super::merge::StreetFolder;
use super::service_id::HandOver;
use madoguchi_domain::language::Language;
use serde::{Deserialize, Serialize};

/// The settings screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Settings {
    /// The cloud's address, `https://…`; plain `http://` only to this PC itself.
    pub cloud_address: String,
    /// The file with the authority that vouches for the cloud; none only for this PC itself.
    pub cloud_authority: Option<String>,
    /// Where receipts go.
    pub printer: Printer,
    /// Where point tickets go, and on which paper.
    pub ticket_printer: TicketPrinter,
    /// How a number that was looked up reaches the institution's own system.
    pub hand_over: HandOver,
    /// The folders agreed on with shopping streets, one for each street that points are merged into here.
    pub street_folders: Vec<StreetFolder>,
    /// Whether paired programs on this PC may ask for a card.
    pub bridge: bool,
    /// Whether the program starts when its user signs in to the PC, without its window.
    pub start_with_pc: bool,
    /// The screens' language.
    #[cfg_attr(test, ts(type = "'ja' | 'en'"))]
    pub language: Language,
    /// Text size in percent: 100, 125, 150, 175 or 200.
    pub text_size: u16,
    /// Colours.
    pub theme: Theme,
    /// 0 silent, 1 soft, 2 normal, 3 loud.
    pub sound_volume: u8,
    /// The window turned to the resident.
    pub resident_window: ResidentWindow,
    /// Minutes without a key or a touch after which the terminal locks itself: 0 (never), 5, 15, 30, 60.
    pub lock_after_minutes: u16,
}

/// Where the resident's screen is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "shown", rename_all = "snake_case")]
pub enum ResidentWindow {
    /// Nowhere.
    Off,
    /// In a window that can be moved.
    Movable,
    /// Over the whole of a monitor.
    Monitor {
        /// Its name, as [`Monitor::name`] says it.
        name: String,
    },
}

/// A monitor of this PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Monitor {
    /// What tells it from the others: its model, its size and where it stands, `DELL U2415 1920×1080+1280+0`.
    pub name: String,
    /// Whether the clerk's window is on it.
    pub is_clerks: bool,
}

/// Where receipts go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Printer {
    /// As PDF files into a folder.
    Folder {
        /// The folder's path.
        path: String,
    },
    /// As PDF to a printer's queue.
    Queue {
        /// The printer's name.
        name: String,
    },
    /// To a receipt printer, in its own language (ESC/POS).
    Receipt {
        /// The way to it.
        connection: PrinterConnection,
        /// The paper in it.
        roll: PaperRoll,
        /// Whether it has kanji of its own; one without gets every line as a picture.
        kanji: bool,
    },
}

/// Where point tickets go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum TicketPrinter {
    /// Where receipts go, on their roll.
    Roll,
    /// On sheets.
    Sheets {
        /// Their size.
        sheet: TicketSheet,
        /// Where they go.
        printer: SheetPrinter,
    },
}

/// How tickets would be printed, to be tried: as it is being set, kept or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TestTicket {
    /// Where receipts go.
    pub printer: Printer,
    /// Where tickets go.
    pub ticket_printer: TicketPrinter,
}

/// The sheets tickets are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TicketSheet {
    /// One ticket on A6.
    A6,
    /// Up to four on A4, to be cut.
    A4,
}

/// Where sheets go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum SheetPrinter {
    /// As PDF files into a folder.
    Folder {
        /// The folder's path.
        path: String,
    },
    /// As PDF to a printer's queue.
    Queue {
        /// The printer's name.
        name: String,
    },
}

/// The way to a receipt printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PrinterConnection {
    /// Over the network.
    Network {
        /// `host:port`; without a port 9100.
        address: String,
    },
    /// Through a device file.
    Device {
        /// Its path, `/dev/usb/lp0`.
        path: String,
    },
    /// Through a printer's queue that passes bytes on as they are.
    Queue {
        /// The printer's name.
        name: String,
    },
}

/// The width of a receipt printer's paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PaperRoll {
    /// 80 mm.
    Mm80,
    /// 58 mm.
    Mm58,
}

/// Colours of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// 白.
    Light,
    /// 黒.
    Dark,
    /// 白黒 (high contrast).
    Contrast,
}

impl Theme {
    /// Its name in a page and its address, the same as on the wire.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}
