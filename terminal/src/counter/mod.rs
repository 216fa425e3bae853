//! The running program: what the window's commands come to.
//!
//! Belongs here: opening and closing the counter, the card's way through it, one method per command.
//! Does not: what a command does; each verb has its file beside this folder.

mod card_flow;
mod card_watch;
mod identify;
mod notices;
mod parts;
mod timing;

pub(crate) use notices::Notices;
pub use parts::{Drivers, Folders, Parts};
pub use timing::{LookUpObserver, LookUpTiming};

use crate::place::{self, Standing};
use crate::programs::Programs;
use crate::resident_screen::ResidentMonitor;
use crate::running::{Running, lock};
use crate::settings::Preferences;
use crate::store::Store;
use crate::use_points_with_pin::typed;
use card_flow::CardEvent;
use card_watch::CardWatch;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{AddressNotice, DayClose, TerminalProfile, TicketsListed};
use madoguchi_wire::window::{
    self as wire, AskAddressNoticeArguments, BeginRegistration, BridgeShown, CardDescriptionsTried,
    CardExpectation, Clearing, ClearingSites, CustomerNumberRead, DayCloseNamed, DayCloseShown, DeviceState,
    Devices, ExamineReaderArguments, FinishedPile, HandOver, HandedOver, IssueTicketArguments,
    IssueTicketWithPinArguments, LastOperation, MergeOfOperation, MergePointsArguments,
    MergePointsWithPinArguments, MergeStreets, MergesOfTheTerminal, Notice, NumberShown,
    OfferPairingArguments, OperationNamed, OperationsOfTheDay, PairingNamed, Period, Pile, PileNamed,
    PileOfSite, PinTries, PrintedPaper, PrintedTicket, Printer, ReadCustomerNumberArguments,
    ReaderExamination, ReceiptPreview, RegisterServiceIdArguments, RegisterTerminal, RegistrationForm,
    ResidentScreen, ResidentStep, ResidentView, ScanHeard, ScanNamed, ScanTold, ScannedText, SeenScans,
    ServiceIdRegistered, Settings, SigningTries, StampOf, StatementOfPeriod, TestTicket, TicketLookedUp,
    TicketNamed, TicketPreview, TicketsOfTheDesk, TicketsSought, TryCardDescriptions, TypedNumber, TypedPin,
    TypedSignIn, UsePointsArguments, UsePointsWithPinArguments, VisitNamed,
};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// The counter, running. Dropping it stops everything it does; what it was about to do stands in its
/// journal.
pub struct Counter {
    running: Arc<Running>,
    cards: CardWatch,
}

impl Counter {
    /// Opens the counter inside a tokio runtime. Never fails: what keeps it from working is in
    /// [`Counter::open_counter`]'s answer.
    pub async fn open(parts: Parts) -> Self {
        let looked = tokio::task::spawn_blocking(move || look(parts)).await;
        let running = Arc::new(looked.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())));
        if let Err(failure) = running.take_up_journal().await {
            running.stand(Standing::Barred { failure, terminal: None });
        }
        if let Err(failure) = running.take_up_piles().await {
            running.stand(Standing::Barred { failure, terminal: None });
        }
        running.take_up_sign_in().await;
        running.take_up_pairings().await;
        let cards = CardWatch::start(&running);
        running.start(Arc::clone(&running).keep_session());
        running.start(Arc::clone(&running).keep_sign_in());
        running.start(Arc::clone(&running).send_what_waits());
        running.start(Arc::clone(&running).look_after_merges());
        running.start(Arc::clone(&running).wait_for_printer());
        running.start_looking_at_printer();
        Self { running, cards }
    }

    /// What the program tells without being asked, from now on. Every call makes a listener of its
    /// own; none misses anything while it lives, and what was told before stands in
    /// [`Counter::open_counter`]'s answer.
    pub fn notices(&self) -> mpsc::UnboundedReceiver<Notice> {
        self.running.notices.listen()
    }

    /// Everything the window needs when it opens.
    #[allow(clippy::unused_async)] // every command is async, so that all adapters look alike
    pub async fn open_counter(&self) -> Result<wire::Counter, Failure> {
        // Before the locks below: it takes them itself.
        let sign_in = self.running.sign_in_shown();
        Ok(wire::Counter {
            place: lock(&self.running.standing).place(),
            sign_in,
            settings: lock(&self.running.preferences).settings.clone(),
            devices: lock(&self.running.devices).clone(),
            card: lock(&self.running.card).clone(),
            last_operation: self.running.operation.last(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// 画面 9: checks terminal ID and password, and that this PC can become a terminal.
    pub async fn begin_registration(&self, typed: BeginRegistration) -> Result<RegistrationForm, Failure> {
        self.running.begin_registration(typed).await
    }

    /// 画面 10: registers this PC.
    pub async fn register_terminal(&self, typed: RegisterTerminal) -> Result<TerminalProfile, Failure> {
        self.running.register_terminal(typed).await
    }

    /// 画面 2: the terminal password, and a staff name where one is asked for.
    pub async fn sign_in(&self, typed: TypedSignIn) -> Result<(), Failure> {
        self.running.sign_in(typed).await
    }

    /// The clerk leaves: the visit is forgotten, and the password is needed to go on.
    pub async fn lock(&self) -> Result<(), Failure> {
        self.running.lock().await?;
        self.cards.tell(CardEvent::Expect(CardExpectation::None));
        self.cards.tell(CardEvent::Left);
        Ok(())
    }

    /// The window is closed while the program goes on for others: the visit is over, and no card is the clerk's.
    pub fn window_closed(&self) {
        self.running.forget_visit();
        self.running.show_resident(ResidentStep::Rest);
        self.cards.tell(CardEvent::Expect(CardExpectation::None));
        self.cards.tell(CardEvent::Left);
    }

    /// Says what the next card is for.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn expect_card(&self, expectation: CardExpectation) -> Result<(), Failure> {
        self.cards.tell(CardEvent::Expect(expectation));
        Ok(())
    }

    /// Looks where the way to the card is broken.
    pub async fn examine_reader(&self, asked: ExamineReaderArguments) -> Result<ReaderExamination, Failure> {
        self.running.examine_reader(asked).await
    }

    /// The visit is over: its balances are forgotten.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn leave_visit(&self) -> Result<(), Failure> {
        // At once, so that a use sent after this finds nothing.
        self.running.forget_visit();
        self.cards.tell(CardEvent::Left);
        Ok(())
    }

    /// Uses points of the visit. Answers when the fate is known, or with `checking` after ten seconds.
    pub async fn use_points(&self, arguments: UsePointsArguments) -> Result<LastOperation, Failure> {
        self.running.use_points(arguments).await
    }

    /// How often the PIN of the visit's card can still be tried; asked before the PIN is typed.
    pub async fn begin_pin(&self, named: VisitNamed) -> Result<PinTries, Failure> {
        self.running.begin_pin(named.visit).await
    }

    /// Uses points above the limits without PIN: the card signs. Answers like
    /// [`Counter::use_points`].
    pub async fn use_points_with_pin(
        &self,
        arguments: UsePointsWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        self.running.use_points_with_pin(arguments).await
    }

    /// Reads the phone that wants its PIN first; what comes of it is told as the card's state.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn read_with_pin(&self, pin: TypedPin) -> Result<(), Failure> {
        self.cards.read_with_pin(typed(&pin));
        Ok(())
    }

    /// The card of this terminal's street, scanned; what comes of it is told as the card's state.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn scan_street_card(&self, scanned: NumberShown) -> Result<(), Failure> {
        self.cards.scan_street_card(scanned);
        Ok(())
    }

    /// Voids a use of today; answers like [`Counter::use_points`].
    pub async fn void_use(&self, named: OperationNamed) -> Result<LastOperation, Failure> {
        self.running.void_use(named).await
    }

    /// Asks again now what became of the last operation.
    pub async fn resolve_last_operation(&self) -> Result<LastOperation, Failure> {
        self.running.resolve_last_operation().await
    }

    /// The clerk has seen the last operation's fate.
    pub async fn acknowledge_last_operation(&self) -> Result<(), Failure> {
        self.running.acknowledge_last_operation().await
    }

    /// Points of the visit become a ticket; answers like [`Counter::use_points`].
    pub async fn issue_ticket(&self, arguments: IssueTicketArguments) -> Result<LastOperation, Failure> {
        self.running.issue_ticket(arguments).await
    }

    /// The same above the limits without PIN: the card signs.
    pub async fn issue_ticket_with_pin(
        &self,
        arguments: IssueTicketWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        self.running.issue_ticket_with_pin(arguments).await
    }

    /// Into which streets the points of a visit can be merged here.
    pub async fn list_merge_streets(&self, named: VisitNamed) -> Result<MergeStreets, Failure> {
        self.running.list_merge_streets(named.visit).await
    }

    /// Points of the visit become a street's own; answers like [`Counter::use_points`].
    pub async fn merge_points(&self, arguments: MergePointsArguments) -> Result<LastOperation, Failure> {
        self.running.merge_points(arguments).await
    }

    /// The same above the limits without PIN: the card signs.
    pub async fn merge_points_with_pin(
        &self,
        arguments: MergePointsWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        self.running.merge_points_with_pin(arguments).await
    }

    /// The newest merges, each with what became of its file.
    pub async fn list_merges(&self) -> Result<MergesOfTheTerminal, Failure> {
        self.running.list_merges().await
    }

    /// Lays the file of a merge into its folder once more.
    pub async fn put_merge_file(&self, named: OperationNamed) -> Result<MergeOfOperation, Failure> {
        self.running.put_merge_file(named.key).await
    }

    /// A new number takes a ticket's place; answers like [`Counter::use_points`].
    pub async fn reissue_ticket(&self, named: TicketNamed) -> Result<LastOperation, Failure> {
        self.running.reissue_ticket(named).await
    }

    /// Takes a ticket back; answers like [`Counter::use_points`].
    pub async fn void_ticket(&self, named: TicketNamed) -> Result<LastOperation, Failure> {
        self.running.void_ticket(named).await
    }

    /// The tickets of this terminal's site.
    pub async fn list_tickets(&self, which: TicketsListed) -> Result<TicketsOfTheDesk, Failure> {
        self.running.list_tickets(which).await
    }

    /// Tickets of a list by a part of their number.
    pub async fn find_tickets(&self, sought: TicketsSought) -> Result<TicketsOfTheDesk, Failure> {
        self.running.find_tickets(sought).await
    }

    /// Hands a ticket to the printer, once and never again.
    pub async fn print_ticket(&self, named: OperationNamed) -> Result<PrintedTicket, Failure> {
        self.running.print_ticket(named).await
    }

    /// The paper of a ticket before it is issued.
    pub async fn preview_ticket(&self, arguments: IssueTicketArguments) -> Result<TicketPreview, Failure> {
        self.running.preview_ticket(arguments).await
    }

    /// What a day close would say now.
    pub async fn preview_day(&self) -> Result<DayClose, Failure> {
        self.running.preview_day().await
    }

    /// Closes the day of this terminal; answers like [`Counter::use_points`].
    pub async fn close_day(&self) -> Result<LastOperation, Failure> {
        self.running.close_day().await
    }

    /// The closes of this terminal, newest first.
    pub async fn list_day_closes(&self) -> Result<Vec<DayCloseShown>, Failure> {
        self.running.list_day_closes().await
    }

    /// Prints a close and counts it.
    pub async fn print_day_close(&self, named: DayCloseNamed) -> Result<PrintedPaper, Failure> {
        self.running.print_day_close(named).await
    }

    /// This terminal's operations of today.
    pub async fn list_operations(&self) -> Result<OperationsOfTheDay, Failure> {
        self.running.list_operations().await
    }

    /// The site's statement for a period.
    pub async fn site_statement(&self, period: Period) -> Result<StatementOfPeriod, Failure> {
        self.running.site_statement(period).await
    }

    /// The receipt of an operation, for the screen.
    pub async fn preview_receipt(&self, named: OperationNamed) -> Result<ReceiptPreview, Failure> {
        self.running.preview_receipt(named).await
    }

    /// Prints the receipt of an operation and counts it.
    pub async fn print_receipt(&self, named: OperationNamed) -> Result<PrintedPaper, Failure> {
        self.running.print_receipt(named).await
    }

    /// Where clearing stands at this terminal.
    pub async fn look_at_clearing(&self) -> Result<Clearing, Failure> {
        self.running.look_at_clearing().await
    }

    /// The sites whose stamp a ticket can bear.
    pub async fn list_clearing_sites(&self) -> Result<ClearingSites, Failure> {
        self.running.list_clearing_sites().await
    }

    /// Whose stamp the next tickets bear; begins a pile, or goes on with the open one.
    pub async fn open_pile(&self, stamp: StampOf) -> Result<Pile, Failure> {
        self.running.open_pile(stamp).await
    }

    /// Writes a scanned ticket down and sends it; a notice tells its fate.
    pub async fn scan_ticket(&self, scanned: ScannedText) -> Result<ScanHeard, Failure> {
        self.running.scan_ticket(scanned).await
    }

    /// 画面 35: what a ticket is, before it is cleared.
    pub async fn look_up_ticket(&self, typed: ScannedText) -> Result<TicketLookedUp, Failure> {
        self.running.look_up_ticket(typed).await
    }

    /// Takes a clearing back; a notice tells the fate.
    pub async fn take_back_scan(&self, named: ScanNamed) -> Result<ScanTold, Failure> {
        self.running.take_back_scan(named).await
    }

    /// Gives up a scan that waits for the cloud's word.
    pub async fn drop_scan(&self, named: ScanNamed) -> Result<ScanTold, Failure> {
        self.running.drop_scan(named).await
    }

    /// The pile is done.
    pub async fn finish_pile(&self) -> Result<Pile, Failure> {
        self.running.finish_pile().await
    }

    /// Prints the list of a finished pile for one site and counts it.
    pub async fn print_pile(&self, of: PileOfSite) -> Result<PrintedPaper, Failure> {
        self.running.print_pile(of).await
    }

    /// The piles that were finished last, the latest first.
    pub async fn list_piles(&self) -> Result<Vec<FinishedPile>, Failure> {
        self.running.list_piles().await
    }

    /// A finished pile with its scans.
    pub async fn show_pile(&self, named: PileNamed) -> Result<Pile, Failure> {
        self.running.show_pile(named).await
    }

    /// The clerk has seen these of what became known of finished piles.
    pub async fn acknowledge_found_later(&self, seen: SeenScans) -> Result<(), Failure> {
        self.running.acknowledge_found_later(seen).await
    }

    /// Reads a customer number as typed or scanned; says how it was understood.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn check_customer_number(&self, typed: TypedNumber) -> Result<TypedNumber, Failure> {
        Running::check_customer_number(&typed)
    }

    /// 画面 23: the number of the institution's own card, from a reader or a scanner. The card it was read
    /// from is nobody's My Number card.
    pub async fn read_customer_number(
        &self,
        asked: ReadCustomerNumberArguments,
    ) -> Result<CustomerNumberRead, Failure> {
        let from = self.running.read_customer_number(asked).await?;
        if let Some(card) = from.library_card {
            self.cards.tell(CardEvent::IsLibraryCard(card));
        }
        Ok(from.read)
    }

    /// 画面 23–24: registers a number for the card of a visit.
    pub async fn register_service_id(
        &self,
        arguments: RegisterServiceIdArguments,
    ) -> Result<ServiceIdRegistered, Failure> {
        self.running.register_service_id(arguments).await
    }

    /// How often the signing password of the visit's card can still be tried.
    pub async fn begin_address_notice(&self, named: VisitNamed) -> Result<SigningTries, Failure> {
        self.running.begin_address_notice(named.visit).await
    }

    /// 画面 23: the resident wishes for address notices.
    pub async fn ask_address_notice(
        &self,
        arguments: AskAddressNoticeArguments,
    ) -> Result<AddressNotice, Failure> {
        self.running.ask_address_notice(arguments).await
    }

    /// The resident wishes for them no more, or the address was checked.
    pub async fn stop_address_notice(&self, named: VisitNamed) -> Result<AddressNotice, Failure> {
        self.running.stop_address_notice(named.visit).await
    }

    /// 画面 26: hands the number of a visit over.
    pub async fn hand_over_service_id(&self, named: VisitNamed) -> Result<HandedOver, Failure> {
        self.running.hand_over_service_id(named.visit).await
    }

    /// Hands a made-up number over, as it is being set.
    pub async fn try_hand_over(&self, way: HandOver) -> Result<HandedOver, Failure> {
        self.running.try_hand_over(way).await
    }

    /// The counter is left, locked, for training. The program ends after this.
    pub async fn start_training(&self) -> Result<(), Failure> {
        self.running.start_training().await
    }

    /// Keeps the settings and follows them.
    pub async fn save_settings(&self, settings: Settings) -> Result<Settings, Failure> {
        self.running.save_settings(settings).await
    }

    /// The printers that can be chosen, the system's default first.
    pub async fn list_printers(&self) -> Result<Vec<String>, Failure> {
        self.running.list_printers().await
    }

    /// What each card description makes of the card on the reader, or of a scan.
    pub async fn try_card_descriptions(
        &self,
        asked: TryCardDescriptions,
    ) -> Result<CardDescriptionsTried, Failure> {
        self.running.try_card_descriptions(asked).await
    }

    /// The folder of card descriptions, made where it is missing.
    pub async fn make_card_descriptions_folder(&self) -> Result<PathBuf, Failure> {
        self.running.make_card_descriptions_folder().await
    }

    /// The counter as other programs on this PC meet it.
    pub fn programs(&self) -> Programs {
        Programs::of(Arc::clone(&self.running))
    }

    /// Whether other programs on this PC can ask for a card, and which may.
    pub async fn look_at_bridge(&self) -> Result<BridgeShown, Failure> {
        self.running.look_at_bridge().await
    }

    /// Shows a code by which a program is paired, in the place of any shown before.
    pub async fn offer_pairing(&self, arguments: OfferPairingArguments) -> Result<BridgeShown, Failure> {
        self.running.offer_pairing(arguments).await
    }

    /// The code shown is no longer good.
    pub async fn withdraw_pairing(&self) -> Result<BridgeShown, Failure> {
        self.running.withdraw_pairing().await
    }

    /// A program may ask no more; what it waits for is cancelled.
    pub async fn unpair(&self, named: PairingNamed) -> Result<BridgeShown, Failure> {
        self.running.unpair(named).await
    }

    /// Prints a paper that shows how receipts will look, on a printer as it is being set.
    pub async fn print_test_paper(&self, printer: Printer) -> Result<(), Failure> {
        self.running.print_test_paper(printer).await
    }

    /// Prints a ticket that shows how tickets will look, where it is being set.
    pub async fn print_test_ticket(&self, test: TestTicket) -> Result<(), Failure> {
        self.running.print_test_ticket(test).await
    }

    /// The settings in force.
    pub fn settings(&self) -> Settings {
        lock(&self.running.preferences).settings.clone()
    }

    /// Where the clerk's window stands with a visit; the resident's screen follows.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn show_resident(&self, step: ResidentStep) -> Result<(), Failure> {
        self.running.show_resident(step);
        Ok(())
    }

    /// What the windows found of the monitor that the settings name for the resident's screen.
    pub fn resident_monitor_is(&self, monitor: ResidentMonitor) {
        self.running.resident_monitor_is(monitor);
    }

    /// The resident's screen as it stands.
    pub fn resident_screen(&self) -> ResidentScreen {
        self.running.resident_screen()
    }

    /// Hears of every change of [`Counter::resident_screen`] from now on.
    pub fn follow_resident_screen(&self) -> watch::Receiver<ResidentView> {
        self.running.resident.follow()
    }

    /// The window has painted a visit's balances; ends the measured time of a look-up, and gives the printer
    /// time to read what the visit's paper will need.
    #[allow(clippy::unused_async)] // see open_counter
    pub async fn visit_painted(&self, visit: u32) -> Result<(), Failure> {
        let timing = self.cards.painted(visit);
        if let (Some(timing), Some(observer)) = (timing, &self.running.parts.observer) {
            observer.painted(&timing);
        }
        self.running.prepare_printer();
        Ok(())
    }
}

impl Counter {
    /// The program ends: whatever the counter does, stops, and no number stays in the clipboard. Dropping the
    /// counter is the same; a process that exits drops nothing.
    pub fn close(&self) {
        self.running.stop();
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.close();
    }
}

/// Reads what is on this PC's disk and in its credential store.
fn look(parts: Parts) -> Running {
    let folders = &parts.folders;
    let preferences = Preferences::read(folders, &*parts.lines);
    let store = Store::open(&folders.data, &*parts.entropy, Arc::clone(&parts.power)).map(Arc::new);
    if let Err(fault) = &store {
        tracing::error!(%fault, "the store cannot be opened");
    }
    let standing = place::look(&parts, &store);
    let network = match &preferences.line {
        Ok(_) => DeviceState::Looking,
        Err(failure) => DeviceState::Missing { failure: failure.clone() },
    };
    let devices = Devices {
        reader: DeviceState::Looking,
        printer: DeviceState::Looking,
        network,
        resident_screen: None,
        clock_off_s: None,
    };
    Running::new(parts, store, preferences, standing, devices)
}
