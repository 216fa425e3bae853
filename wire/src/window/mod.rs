//! What crosses between the window and its program: commands with their arguments and answers, and
//! events. One declaration; `ui/src/generated` is written from it and a test fails when it drifts.
//!
//! No visit token, key material, certificate or whole MyKey ID is in any of these types: the window
//! shows, the program keeps.

mod bridge;
mod card;
mod card_descriptions;
mod clearing;
mod commands;
mod counter;
mod day_close;
mod devices;
mod last_operation;
mod merge;
mod paper;
mod pin;
mod reader_doctor;
mod registration;
mod resident;
mod service_id;
mod settings;
mod sign_in;
pub mod street;
mod ticket;
#[cfg(test)]
mod typescript;
mod visit;

pub use bridge::{
    BridgeShown, BridgeStanding, OfferPairingArguments, OfferedPairing, PairingNamed, PairingShown,
};
pub use card::{CardExpectation, CardState};
pub use card_descriptions::{
    CardDescriptionsTried, DescriptionFault, DescriptionSaid, DescriptionTried, NoNumber, NumberMade,
    NumberShown, NumberSource, SortOfValue, TryCardDescriptions, WhatWasTried,
};
pub use clearing::{
    BegunPile, ClearedToday, Clearing, ClearingSites, FinishedPile, Pile, PileNamed, PileOfSite, PileSums,
    Scan, ScanHeard, ScanNamed, ScanState, ScanTold, ScannedText, SeenScans, SiteSum, StampOf,
    TicketLookedUp,
};
pub use commands::*;
pub use counter::{Counter, Place};
pub use day_close::{DayCloseNamed, DayCloseShown};
pub use devices::{DeviceState, Devices};
pub use last_operation::{LastOperation, MovedHere, OperationState};
pub use merge::{
    MergeFileState, MergeOfOperation, MergePointsArguments, MergePointsWithPinArguments, MergeShown,
    MergeStreetShown, MergeStreets, MergesOfTheTerminal, StreetFolder,
};
pub use paper::{PaperLine, PaperLineKind, PaperMark, PrintedPaper, ReceiptPreview, TicketPreview};
pub use pin::{
    PasswordCharacters, PinDigits, PinTries, SigningTries, TypedPassword, TypedPin, UsePointsWithPinArguments,
};
pub use reader_doctor::{
    ExamineReaderArguments, FindingMark, OperatingSystem, OtherCard, ReaderExamination, ReaderFinding,
    ReadingPart, TechnicalDetail, TechnicalLine,
};
pub use registration::{BeginRegistration, RegisterTerminal, RegistrationForm};
pub use resident::{
    RESIDENT_COMMANDS, ResidentBalance, ResidentScreen, ResidentStep, ResidentSum, ResidentView,
};
pub use service_id::{
    AskAddressNoticeArguments, CustomerNumberRead, HandOver, HandedOver, ReadCustomerNumberArguments,
    RegisterServiceIdArguments, ServiceIdFound, ServiceIdRegistered, TypedEnd, TypedNumber,
};
pub use settings::{
    Monitor, PaperRoll, Printer, PrinterConnection, ResidentWindow, Settings, SheetPrinter, TestTicket,
    Theme, TicketPrinter, TicketSheet,
};
pub use sign_in::{SignIn, SignInState, TypedSignIn};
pub use ticket::{
    IssueTicketArguments, IssueTicketWithPinArguments, PrintedTicket, TicketNamed, TicketOfOperation,
    TicketSeries, TicketsOfTheDesk, TicketsSought,
};
pub use visit::{Visit, VisitPart};

/// The name of the event that carries a [`Notice`].
pub const NOTICE_EVENT: &str = "notice";

use serde::{Deserialize, Serialize};

/// What the program tells the window without being asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "notice", content = "content", rename_all = "snake_case")]
pub enum Notice {
    /// The card's state changed.
    Card(CardState),
    /// A card was put on, or the last one taken away: whether any lies on a reader, whatever it is for;
    /// while a PIN is asked for the card must.
    CardLies(bool),
    /// A reader, printer or the way to the cloud changed.
    Devices(Devices),
    /// The last operation's fate became known, or is being found out.
    LastOperation(LastOperation),
    /// The terminal's place changed: a new session, functions added or taken, suspended.
    Place(Place),
    /// Somebody signed in, or the password is needed again.
    SignIn(SignIn),
    /// What has become of a scanned ticket.
    Scan(ScanTold),
    /// What a street has answered to a merge is known, or a file was laid down: the list as it stands.
    Merges(MergesOfTheTerminal),
}
