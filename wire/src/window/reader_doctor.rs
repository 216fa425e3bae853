//! 読取装置を調べる: where the way from this PC to the card is broken, and what is known of it.

use serde::{Deserialize, Serialize};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ExamineReaderArguments {
    /// Whether the card is asked how many tries its PIN has left. Costs none; done only where a person
    /// wants to know.
    pub pin_tries: bool,
}

/// One examination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReaderExamination {
    /// What was found.
    pub finding: ReaderFinding,
    /// The part of the way it concerns: those before it are in order, those behind it were not reached.
    pub part: ReadingPart,
    /// How that part is.
    pub mark: FindingMark,
    /// The readers a resident's card can be put on, as the PC/SC service names them.
    pub readers: Vec<String>,
    /// The one whose card counts: where a card lies, else the first.
    pub taken: Option<String>,
    /// Tries left for the PIN, where they were asked for and the card said.
    pub pin_tries_left: Option<u8>,
    /// Another program sits at the port of the bridge (row C4): beside the way to the card, not on it.
    pub port_taken: bool,
    /// The operating system, which decides how its service is started.
    pub system: OperatingSystem,
    /// What whoever helps on the telephone asks for. Nothing of what is on a card.
    pub technical: Vec<TechnicalLine>,
}

/// What was found, one variant per sentence a person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum ReaderFinding {
    /// The PC/SC service does not run.
    ServiceStopped,
    /// The PC/SC service does not let this user in.
    ServiceRefused,
    /// No reader is attached.
    NoReader,
    /// A reader hangs on the USB and the PC/SC service does not know it: a driver is missing, or another
    /// part of the operating system holds it.
    WithoutDriver {
        /// What it calls itself.
        name: String,
    },
    /// All is in order; no card lies there.
    NoCard,
    /// The last card left before it was read.
    CardLeftEarly,
    /// What lies there does not answer.
    CardMute,
    /// Another program keeps the card for itself.
    CardBusy,
    /// Another card than a My Number card.
    OtherCard {
        /// What it is.
        kind: OtherCard,
    },
    /// A FeliCa card, on a reader that can be asked for its blocks in no way we know.
    FelicaUnread,
    /// A My Number card that can be read.
    Ready,
    /// It can be read, and its PIN has one try left.
    LastTry,
    /// It can be read, and its PIN is locked.
    PinLocked,
}

/// A card that is no My Number card, as far as can be told without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OtherCard {
    /// FeliCa: transit, electronic money, members' cards.
    Felica,
    /// 運転免許証.
    DrivingLicence,
    /// 在留カード.
    ResidenceCard,
    /// A bank or credit card.
    BankCard,
    /// パスポート.
    Passport,
    /// None of these.
    Unknown,
}

/// The parts of the way from this PC to the card, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReadingPart {
    /// 読取サービス.
    Service,
    /// 読取装置.
    Reader,
    /// 読取装置のドライバー.
    Driver,
    /// カード.
    Card,
    /// カードの種類.
    Kind,
    /// 暗証番号の残り回数.
    Pin,
}

/// 〇 △ ×.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FindingMark {
    /// In order.
    Ok,
    /// Something has to be looked at.
    Check,
    /// It does not go on.
    Stop,
}

/// The operating systems the program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OperatingSystem {
    /// Linux: pcscd.
    Linux,
    /// Windows: Smart Card (`SCardSvr`).
    Windows,
}

/// One technical detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TechnicalLine {
    /// What it is about.
    pub about: TechnicalDetail,
    /// The detail, in the words of PC/SC.
    pub said: String,
}

/// What a technical detail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TechnicalDetail {
    /// The PC/SC service.
    Service,
    /// A reader it lists.
    Reader,
    /// A reader on the USB.
    Usb,
    /// The answer to reset of the card that lies there.
    Atr,
    /// Why a card could not be read the last time.
    LastFault,
    /// Program and operating system.
    Version,
}
