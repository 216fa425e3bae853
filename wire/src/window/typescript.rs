//! Writes `ui/src/generated/*.ts` and fails when they were not up to date.
//!
//! `REGENERATE=1 cargo test -p madoguchi-wire` rewrites them.

use super::commands::typescript_rows;
use super::street;
use super::{
    AskAddressNoticeArguments, BeginRegistration, BegunPile, BridgeShown, BridgeStanding,
    CardDescriptionsTried, CardExpectation, CardState, ClearedToday, Clearing, ClearingSites, Counter,
    CustomerNumberRead, DayCloseNamed, DayCloseShown, DescriptionFault, DescriptionSaid, DescriptionTried,
    DeviceState, Devices, ExamineReaderArguments, FindingMark, FinishedPile, HandOver, HandedOver,
    IssueTicketArguments, IssueTicketWithPinArguments, LastOperation, MergeFileState, MergeOfOperation,
    MergePointsArguments, MergePointsWithPinArguments, MergeShown, MergeStreetShown, MergeStreets,
    MergesOfTheTerminal, Monitor, MovedHere, NoNumber, Notice, NumberMade, NumberShown, NumberSource,
    OfferPairingArguments, OfferedPairing, OperatingSystem, OperationNamed, OperationState,
    OperationsOfTheDay, OtherCard, PairingNamed, PairingShown, PaperLine, PaperLineKind, PaperMark,
    PaperRoll, Period, Pile, PileNamed, PileOfSite, PileSums, PinTries, Place, PrintedPaper, PrintedTicket,
    Printer, PrinterConnection, ReadCustomerNumberArguments, ReaderExamination, ReaderFinding, ReadingPart,
    ReceiptPreview, RegisterServiceIdArguments, RegisterTerminal, RegistrationForm, ResidentBalance,
    ResidentScreen, ResidentStep, ResidentSum, ResidentView, ResidentWindow, Scan, ScanHeard, ScanNamed,
    ScanState, ScanTold, ScannedText, SeenScans, ServiceIdFound, ServiceIdRegistered, Settings, SheetPrinter,
    SignIn, SignInState, SigningTries, SiteSum, SortOfValue, StampOf, StatementOfPeriod, StreetFolder,
    TechnicalDetail, TechnicalLine, TestTicket, Theme, TicketLookedUp, TicketNamed, TicketOfOperation,
    TicketPreview, TicketPrinter, TicketSeries, TicketSheet, TicketsOfTheDesk, TicketsSought,
    TryCardDescriptions, TypedEnd, TypedNumber, TypedPassword, TypedPin, TypedSignIn, UsePointsArguments,
    UsePointsWithPinArguments, Visit, VisitNamed, VisitPart, WhatWasTried,
};
use crate::bridge::Learns;
use crate::failure::{Bilingual, ErrorCode, Failure, PointsMoved, Tone};
use crate::terminal_api::{
    AddressNotice, ClearingSite, Contact, DayClose, DayCloseLine, DayCloseTickets, IdProviderChoice, Limits,
    ListedOperation, ListedTicket, MergeReception, OperationKind, OwnIdProvider, PointsByLastDay,
    SiteStatementLine, SiteTotal, TerminalProfile, Ticket, TicketCleared, TicketFate, TicketOrder,
    TicketsListed, UsableAccount,
};
use std::path::Path;
use ts_rs::{Config, TS};

const HEAD: &str =
    "// Generated from the wire crate; rewrite with REGENERATE=1 cargo test -p madoguchi-wire\n\n";

macro_rules! declarations {
    ($config:expr, $($type:ty),* $(,)?) => {
        vec![$(format!("export {}\n", <$type as TS>::decl($config)),)*]
    };
}

fn types(config: &Config) -> String {
    let declarations = [
        of_the_terminal_api(config),
        of_merges(config),
        of_the_window(config),
        of_card_descriptions(config),
        of_service_ids(config),
        of_the_bridge(config),
        of_the_street(config),
    ]
    .concat();
    format!("{HEAD}{}", declarations.join("\n"))
}

/// What the terminal API knows as well.
fn of_the_terminal_api(config: &Config) -> Vec<String> {
    declarations!(
        config,
        Bilingual,
        ErrorCode,
        Failure,
        PointsMoved,
        Tone,
        Contact,
        DayClose,
        DayCloseLine,
        DayCloseTickets,
        AddressNotice,
        IdProviderChoice,
        Limits,
        ListedOperation,
        ListedTicket,
        OperationKind,
        OwnIdProvider,
        PointsByLastDay,
        SiteStatementLine,
        SiteTotal,
        TerminalProfile,
        Ticket,
        TicketCleared,
        TicketFate,
        TicketOrder,
        TicketsListed,
        UsableAccount,
    )
}

/// What is merged into a street's points.
fn of_merges(config: &Config) -> Vec<String> {
    declarations!(
        config,
        StreetFolder,
        MergeFileState,
        MergeOfOperation,
        MergePointsArguments,
        MergePointsWithPinArguments,
        MergeShown,
        MergeReception,
        MergeStreetShown,
        MergeStreets,
        MergesOfTheTerminal,
    )
}

/// What only the window knows.
fn of_the_window(config: &Config) -> Vec<String> {
    declarations!(
        config,
        BeginRegistration,
        CardExpectation,
        CardState,
        ClearedToday,
        Clearing,
        ClearingSite,
        ClearingSites,
        FinishedPile,
        BegunPile,
        Pile,
        PileNamed,
        PileOfSite,
        SeenScans,
        PileSums,
        Scan,
        ScanHeard,
        ScanNamed,
        ScanState,
        ScanTold,
        ScannedText,
        SiteSum,
        StampOf,
        TicketLookedUp,
        Counter,
        DayCloseNamed,
        DayCloseShown,
        DeviceState,
        Devices,
        ExamineReaderArguments,
        FindingMark,
        IssueTicketArguments,
        IssueTicketWithPinArguments,
        LastOperation,
        MovedHere,
        Notice,
        OperatingSystem,
        OperationNamed,
        OperationState,
        OperationsOfTheDay,
        OtherCard,
        PaperLine,
        PaperLineKind,
        PaperMark,
        PaperRoll,
        Period,
        PinTries,
        Place,
        PrintedPaper,
        PrintedTicket,
        Printer,
        PrinterConnection,
        ReaderExamination,
        ReaderFinding,
        ReadingPart,
        ReceiptPreview,
        RegisterTerminal,
        RegistrationForm,
        Monitor,
        ResidentBalance,
        ResidentScreen,
        ResidentStep,
        ResidentSum,
        ResidentView,
        ResidentWindow,
        HandOver,
        HandedOver,
        ReadCustomerNumberArguments,
        CustomerNumberRead,
        TypedEnd,
        TypedNumber,
        Settings,
        SheetPrinter,
        SignIn,
        SignInState,
        StatementOfPeriod,
        TechnicalDetail,
        TechnicalLine,
        TestTicket,
        Theme,
        TicketNamed,
        TicketOfOperation,
        TicketPreview,
        TicketPrinter,
        TicketSeries,
        TicketSheet,
        TicketsOfTheDesk,
        TicketsSought,
        TypedPin,
        TypedSignIn,
        UsePointsArguments,
        UsePointsWithPinArguments,
        Visit,
        VisitNamed,
        VisitPart,
    )
}

/// What card descriptions make of a card.
fn of_card_descriptions(config: &Config) -> Vec<String> {
    declarations!(
        config,
        CardDescriptionsTried,
        DescriptionFault,
        DescriptionSaid,
        DescriptionTried,
        NoNumber,
        NumberMade,
        NumberShown,
        NumberSource,
        SortOfValue,
        TryCardDescriptions,
        WhatWasTried,
    )
}

/// Service IDs and address notices.
fn of_service_ids(config: &Config) -> Vec<String> {
    declarations!(
        config,
        AskAddressNoticeArguments,
        RegisterServiceIdArguments,
        ServiceIdFound,
        ServiceIdRegistered,
        SigningTries,
        TypedPassword,
    )
}

/// Other programs on this PC.
fn of_the_bridge(config: &Config) -> Vec<String> {
    declarations!(
        config,
        BridgeShown,
        BridgeStanding,
        Learns,
        OfferPairingArguments,
        OfferedPairing,
        PairingNamed,
        PairingShown,
    )
}

/// A street's own software.
fn of_the_street(config: &Config) -> Vec<String> {
    declarations!(
        config,
        street::ActAsked,
        street::AddedMemberId,
        street::CardAwaited,
        street::CardCharge,
        street::CardChargeOpen,
        street::CardCharged,
        street::CardOnReader,
        street::ChargeFate,
        street::CorrectedMemberId,
        street::DropFolderShown,
        street::FileSetAside,
        street::FileVerdict,
        street::HistorySought,
        street::KeySheetNamed,
        street::ListedMember,
        street::MemberHistory,
        street::MemberId,
        street::MemberIdChange,
        street::MemberIdEvent,
        street::MemberIdKind,
        street::MemberIdNamed,
        street::MemberNamed,
        street::MemberOrder,
        street::MembersListed,
        street::MembersSought,
        street::MergeFound,
        street::MergeKeysTaken,
        street::MergeNamed,
        street::MergeWhereabouts,
        street::MergesReceived,
        street::NewStreetPassword,
        street::PostingNamed,
        street::PurchaseSought,
        street::PurchaseWorth,
        street::ReceivedFile,
        street::SavedHistory,
        street::SoughtMember,
        street::StreetAct,
        street::StreetCounter,
        street::StreetDay,
        street::StreetMember,
        street::StreetNotice,
        street::StreetPairing,
        street::StreetPassword,
        street::StreetPlace,
        street::StreetPosting,
        street::StreetPostingKind,
        street::StreetRate,
        street::StreetRegistration,
        street::StreetSettings,
        street::StreetShown,
        street::TypedPairingCode,
    )
}

fn commands(name: &str, rows: &[String]) -> String {
    format!(
        "{HEAD}import type * as wire from './types';\n\nexport interface {name} {{\n{}\n}}\n",
        rows.iter().map(|row| qualified(row)).collect::<Vec<_>>().join("\n")
    )
}

/// Type names start with a capital; in `commands.ts` they come from the `wire` import. `Array` is TypeScript's.
fn qualified(row: &str) -> String {
    let mut text = String::new();
    let mut previous = ' ';
    for (index, letter) in row.char_indices() {
        let starts_a_name = letter.is_ascii_uppercase() && !previous.is_ascii_alphanumeric();
        if starts_a_name && !row[index..].starts_with("Array<") {
            text.push_str("wire.");
        }
        text.push(letter);
        previous = letter;
    }
    text
}

fn check(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/generated").join(name);
    if std::env::var_os("REGENERATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, generated).expect("the file can be written");
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stands == generated, "{} has drifted; REGENERATE=1 rewrites it", path.display());
}

#[test]
fn the_windows_types_are_generated_from_this_crate() {
    let config = Config::default();
    check("types.ts", &types(&config));
    check("commands.ts", &commands("Commands", &typescript_rows(&config)));
    check("streetCommands.ts", &commands("StreetCommands", &street::typescript_rows(&config)));
}
