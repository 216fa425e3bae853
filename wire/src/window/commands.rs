//! The window's commands: their names, arguments and answers, in one list.
//!
//! `src-tauri` registers exactly these; `ui/src/generated/commands.ts` is written from them. Every
//! command may answer with a [`Failure`](crate::failure::Failure) instead.

use super::{
    AskAddressNoticeArguments, BeginRegistration, BridgeShown, CardDescriptionsTried, CardExpectation,
    Clearing, ClearingSites, Counter, CustomerNumberRead, DayCloseNamed, DayCloseShown,
    ExamineReaderArguments, FinishedPile, HandOver, HandedOver, IssueTicketArguments,
    IssueTicketWithPinArguments, LastOperation, MergeOfOperation, MergePointsArguments,
    MergePointsWithPinArguments, MergeStreets, MergesOfTheTerminal, Monitor, NumberShown,
    OfferPairingArguments, PairingNamed, Pile, PileNamed, PileOfSite, PinTries, PrintedPaper, PrintedTicket,
    Printer, ReadCustomerNumberArguments, ReaderExamination, ReceiptPreview, RegisterServiceIdArguments,
    RegisterTerminal, RegistrationForm, ResidentStep, ScanHeard, ScanNamed, ScanTold, ScannedText, SeenScans,
    ServiceIdRegistered, Settings, SigningTries, StampOf, TestTicket, TicketLookedUp, TicketNamed,
    TicketPreview, TicketsOfTheDesk, TicketsSought, TryCardDescriptions, TypedNumber, TypedPin, TypedSignIn,
    UsePointsWithPinArguments, VisitPart,
};
use crate::terminal_api::{
    AddressNotice, DayClose, ListedOperation, SiteStatementLine, SiteTotal, TerminalProfile, TicketsListed,
};
use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

#[cfg(not(test))]
mod bounds {
    /// Nothing beyond serde.
    pub trait Shown {}
    impl<T> Shown for T {}
}
#[cfg(test)]
mod bounds {
    /// In tests a type can be written as TypeScript.
    pub trait Shown: ts_rs::TS {}
    impl<T: ts_rs::TS> Shown for T {}
}

/// A command of the window.
pub trait Command {
    /// Its name, the same in every layer.
    const NAME: &'static str;
    /// What the window sends.
    type Arguments: DeserializeOwned + bounds::Shown;
    /// What it gets back.
    type Answer: Serialize + bounds::Shown;
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident: $type:ident ($arguments:ty) -> $answer:ty;)*) => {
        $($(#[$doc])* pub struct $type;
        impl Command for $type {
            const NAME: &'static str = stringify!($name);
            type Arguments = $arguments;
            type Answer = $answer;
        })*

        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($name),)*];

        #[cfg(test)]
        pub(crate) fn typescript_rows(config: &ts_rs::Config) -> Vec<String> {
            use ts_rs::TS;
            vec![$(format!(
                "  {}: {{ arguments: {}; answer: {} }};",
                stringify!($name),
                <$arguments as TS>::name(config),
                <$answer as TS>::name(config),
            ),)*]
        }
    };
}

pub(super) use commands;

commands! {
    /// Everything the window needs when it opens.
    open_counter: OpenCounter (()) -> Counter;
    /// 画面 9: checks terminal ID and password.
    begin_registration: BeginRegistrationCommand (BeginRegistration) -> RegistrationForm;
    /// 画面 10: registers this PC.
    register_terminal: RegisterTerminalCommand (RegisterTerminal) -> TerminalProfile;
    /// 画面 2: the terminal password, and a staff name where one is asked for.
    sign_in: SignInCommand (TypedSignIn) -> ();
    /// The clerk leaves: the password is needed to go on.
    lock: Lock (()) -> ();
    /// Says what the next card is for.
    expect_card: ExpectCard (CardExpectation) -> ();
    /// Looks where the way to the card is broken.
    examine_reader: ExamineReader (ExamineReaderArguments) -> ReaderExamination;
    /// The visit is over: its balances are forgotten.
    leave_visit: LeaveVisit (()) -> ();
    /// The card of the street that this terminal is of, scanned while a card for a merge is awaited; what comes of
    /// it is told as the card's state.
    scan_street_card: ScanStreetCard (NumberShown) -> ();
    /// Uses points of the visit. Answers when the fate is known, or with `checking` after ten seconds.
    use_points: UsePoints (UsePointsArguments) -> LastOperation;
    /// How often the PIN of the visit's card can still be tried; asked before the PIN is typed.
    begin_pin: BeginPin (VisitNamed) -> PinTries;
    /// Uses points above the limits without PIN: the card signs. Answers like `use_points`.
    use_points_with_pin: UsePointsWithPin (UsePointsWithPinArguments) -> LastOperation;
    /// Reads the phone that wants its PIN first; what comes of it is told as the card's state.
    read_with_pin: ReadWithPin (TypedPin) -> ();
    /// Voids a use of today.
    void_use: VoidUse (OperationNamed) -> LastOperation;
    /// Asks again now what became of the last operation.
    resolve_last_operation: ResolveLastOperation (()) -> LastOperation;
    /// The clerk has seen the last operation's fate.
    acknowledge_last_operation: AcknowledgeLastOperation (()) -> ();
    /// Points of the visit become a ticket (画面 32–34). Answers like `use_points`.
    issue_ticket: IssueTicket (IssueTicketArguments) -> LastOperation;
    /// The same above the limits without PIN: the card signs.
    issue_ticket_with_pin: IssueTicketWithPin (IssueTicketWithPinArguments) -> LastOperation;
    /// A new number takes a ticket's place; the old one is dead. Pressed twice it is one reissue.
    reissue_ticket: ReissueTicket (TicketNamed) -> LastOperation;
    /// Takes a ticket back: its points are the resident's again.
    void_ticket: VoidTicket (TicketNamed) -> LastOperation;
    /// The tickets of this terminal's site.
    list_tickets: ListTickets (TicketsListed) -> TicketsOfTheDesk;
    /// Those of them that come first in an order, or hold some digits, however many there are.
    find_tickets: FindTickets (TicketsSought) -> TicketsOfTheDesk;
    /// Hands a ticket to the printer, once and never again. It fails where nothing was handed over.
    print_ticket: PrintTicket (OperationNamed) -> PrintedTicket;
    /// The paper of a ticket before it is issued, for the screen.
    preview_ticket: PreviewTicket (IssueTicketArguments) -> TicketPreview;
    /// 画面 37: into which streets the points of the visit can be merged.
    list_merge_streets: ListMergeStreets (VisitNamed) -> MergeStreets;
    /// 画面 38: points of the visit become a street's own. Answers like `use_points`.
    merge_points: MergePoints (MergePointsArguments) -> LastOperation;
    /// The same above the limits without PIN: the card signs.
    merge_points_with_pin: MergePointsWithPin (MergePointsWithPinArguments) -> LastOperation;
    /// 画面 39: the newest merges, each with what became of its file.
    list_merges: ListMerges (()) -> MergesOfTheTerminal;
    /// Lays the file of a merge into its folder once more, never as a second merge.
    put_merge_file: PutMergeFile (OperationNamed) -> MergeOfOperation;
    /// What a day close would say now.
    preview_day: PreviewDay (()) -> DayClose;
    /// Closes the day of this terminal. Answers like `use_points`.
    close_day: CloseDay (()) -> LastOperation;
    /// The closes of this terminal, newest first.
    list_day_closes: ListDayCloses (()) -> Vec<DayCloseShown>;
    /// Prints a close, and says on the paper when it is not the first.
    print_day_close: PrintDayClose (DayCloseNamed) -> PrintedPaper;
    /// This terminal's operations of today.
    list_operations: ListOperations (()) -> OperationsOfTheDay;
    /// The site's statement for a period.
    site_statement: SiteStatement (Period) -> StatementOfPeriod;
    /// The receipt of an operation, for the screen.
    preview_receipt: PreviewReceipt (OperationNamed) -> ReceiptPreview;
    /// Prints the receipt of an operation.
    print_receipt: PrintReceipt (OperationNamed) -> PrintedPaper;
    /// Where clearing stands at this terminal.
    look_at_clearing: LookAtClearing (()) -> Clearing;
    /// The sites whose stamp a ticket can bear.
    list_clearing_sites: ListClearingSites (()) -> ClearingSites;
    /// Whose stamp the next tickets bear; begins a pile, or goes on with the open one.
    open_pile: OpenPile (StampOf) -> Pile;
    /// Writes a scanned ticket down and sends it; a notice tells its fate.
    scan_ticket: ScanTicket (ScannedText) -> ScanHeard;
    /// 画面 35: what a ticket is, before it is cleared.
    look_up_ticket: LookUpTicket (ScannedText) -> TicketLookedUp;
    /// Takes a clearing back: the ticket is open again. A notice tells the fate.
    take_back_scan: TakeBackScan (ScanNamed) -> ScanTold;
    /// Gives up a scan that waits for the cloud's word: it is never asked for again. What took place already stands.
    drop_scan: DropScan (ScanNamed) -> ScanTold;
    /// The pile is done.
    finish_pile: FinishPile (()) -> Pile;
    /// Prints the list of a finished pile for one site, and says on the paper when it is not the first.
    print_pile: PrintPile (PileOfSite) -> PrintedPaper;
    /// The piles that were finished last, the latest first.
    list_piles: ListPiles (()) -> Vec<FinishedPile>;
    /// A finished pile with its scans.
    show_pile: ShowPile (PileNamed) -> Pile;
    /// The clerk has seen these of what became known of finished piles.
    acknowledge_found_later: AcknowledgeFoundLater (SeenScans) -> ();
    /// Reads a customer number as typed or scanned; says how it was understood.
    check_customer_number: CheckCustomerNumber (TypedNumber) -> TypedNumber;
    /// 画面 23: the number of the institution's own card, from a reader or a scanner.
    read_customer_number: ReadCustomerNumber (ReadCustomerNumberArguments) -> CustomerNumberRead;
    /// 画面 23–24: registers a number for the card of a visit. Asked for again, it has the effect of one.
    register_service_id: RegisterServiceId (RegisterServiceIdArguments) -> ServiceIdRegistered;
    /// How often the signing password of the visit's card can still be tried; asked before it is typed.
    begin_address_notice: BeginAddressNotice (VisitNamed) -> SigningTries;
    /// 画面 23: the resident wishes for address notices; asked for again it has the effect of one.
    ask_address_notice: AskAddressNotice (AskAddressNoticeArguments) -> AddressNotice;
    /// The resident wishes for them no more, or the address was checked.
    stop_address_notice: StopAddressNotice (VisitNamed) -> AddressNotice;
    /// 画面 26: hands the number of a visit over, as the settings say.
    hand_over_service_id: HandOverServiceId (VisitNamed) -> HandedOver;
    /// Hands a made-up number over, as it is being set.
    try_hand_over: TryHandOver (HandOver) -> HandedOver;
    /// The counter is left, locked, and the program starts itself anew in training (docs/terminal.md).
    start_training: StartTraining (()) -> ();
    /// The program starts itself anew where points are real.
    end_training: EndTraining (()) -> ();
    /// The program starts itself anew as a shopping street's own software.
    start_street: StartStreet (()) -> ();
    /// Keeps the settings and follows them.
    save_settings: SaveSettings (Settings) -> Settings;
    /// The printers that can be chosen, the system's default first.
    list_printers: ListPrinters (()) -> Vec<String>;
    /// Prints a paper that shows how receipts will look, on a printer as it is being set.
    print_test_paper: PrintTestPaper (Printer) -> ();
    /// Prints a ticket that shows how tickets will look, as it is being set.
    print_test_ticket: PrintTestTicket (TestTicket) -> ();
    /// What each card description makes of the card on the reader, or of a scan.
    try_card_descriptions: TryCardDescriptionsCommand (TryCardDescriptions) -> CardDescriptionsTried;
    /// Opens the folder of card descriptions, made where it is missing, in the system's own window.
    open_card_descriptions: OpenCardDescriptions (()) -> ();
    /// Whether other programs on this PC can ask for a card, and which may.
    look_at_bridge: LookAtBridge (()) -> BridgeShown;
    /// Shows a code by which a program is paired, in the place of any shown before.
    offer_pairing: OfferPairing (OfferPairingArguments) -> BridgeShown;
    /// The code shown is no longer good.
    withdraw_pairing: WithdrawPairing (()) -> BridgeShown;
    /// A program may ask no more; what it waits for is cancelled.
    unpair: Unpair (PairingNamed) -> BridgeShown;
    /// The monitors of this PC.
    list_monitors: ListMonitors (()) -> Vec<Monitor>;
    /// Says where the visit stands; the screen turned to the resident follows.
    show_resident: ShowResident (ResidentStep) -> ();
    /// The window has painted a visit's balances; ends the measured time of a look-up.
    visit_painted: VisitPainted (u32) -> ();
}

/// What is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UsePointsArguments {
    /// The visit whose balances were on the screen.
    pub visit: u32,
    /// What was typed, one part per account with an amount.
    pub parts: Vec<VisitPart>,
}

/// A visit by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VisitNamed {
    /// Its number.
    pub visit: u32,
}

/// An operation by its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OperationNamed {
    /// Its key.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
}

/// The day's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OperationsOfTheDay {
    /// The Japan date, by the cloud's clock.
    #[cfg_attr(test, ts(type = "string"))]
    pub date: Date,
    /// Newest first.
    pub operations: Vec<ListedOperation>,
    /// Uses, voided ones included.
    pub uses: u32,
    /// Voids.
    pub voids: u32,
    /// Points used less points voided.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}

/// A period of Japan dates, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Period {
    /// First day.
    #[cfg_attr(test, ts(type = "string"))]
    pub from: Date,
    /// Last day.
    #[cfg_attr(test, ts(type = "string"))]
    pub to: Date,
}

/// The site's statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StatementOfPeriod {
    /// One per currency.
    pub totals: Vec<SiteTotal>,
    /// Ascending by time.
    pub lines: Vec<SiteStatementLine>,
}
