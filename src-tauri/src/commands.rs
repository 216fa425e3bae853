//! The windows' commands: one adapter each, from Tauri to the counter.
//!
//! Belongs here: nothing but the passing on. Arguments and answers are those of
//! [`madoguchi_wire::window`], by type, so that an adapter cannot differ from the declared command.
//! Does not belong here: any decision; the counter takes it.

use crate::restart::{self, Mode};
use crate::{autostart, bridge, folder_window, monitors, resident_window};
use madoguchi_terminal::Counter;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::{
    AcknowledgeFoundLater, AcknowledgeLastOperation, AskAddressNotice, BeginAddressNotice, BeginPin,
    BeginRegistrationCommand, CheckCustomerNumber, CloseDay, Command, DropScan, EndTraining, ExamineReader,
    ExpectCard, FindTickets, FinishPile, HandOverServiceId, IssueTicket, IssueTicketWithPin, LeaveVisit,
    ListClearingSites, ListDayCloses, ListMergeStreets, ListMerges, ListMonitors, ListOperations, ListPiles,
    ListPrinters, ListTickets, Lock, LookAtBridge, LookAtClearing, LookUpTicket, MergePoints,
    MergePointsWithPin, OfferPairing, OpenCardDescriptions, OpenCounter, OpenPile, PreviewDay,
    PreviewReceipt, PreviewTicket, PrintDayClose, PrintPile, PrintReceipt, PrintTestPaper, PrintTestTicket,
    PrintTicket, PutMergeFile, ReadCustomerNumber, ReadWithPin, RegisterServiceId, RegisterTerminalCommand,
    ReissueTicket, ResidentScreen, ResolveLastOperation, SaveSettings, ScanStreetCard, ScanTicket, ShowPile,
    ShowResident, SignInCommand, SiteStatement, StartStreet, StartTraining, StopAddressNotice, TakeBackScan,
    TryCardDescriptionsCommand, TryHandOver, Unpair, UsePoints, UsePointsWithPin, VisitPainted, VoidTicket,
    VoidUse, WithdrawPairing,
};
use tauri::ipc::{Channel, Invoke};
use tauri::{AppHandle, Manager, State, command};

type At<'counter> = State<'counter, Counter>;
type Arguments<C> = <C as Command>::Arguments;
type Answer<C> = Result<<C as Command>::Answer, Failure>;

#[command]
async fn open_counter(counter: At<'_>) -> Answer<OpenCounter> {
    counter.open_counter().await
}

#[command]
async fn begin_registration(
    counter: At<'_>,
    arguments: Arguments<BeginRegistrationCommand>,
) -> Answer<BeginRegistrationCommand> {
    counter.begin_registration(arguments).await
}

#[command]
async fn register_terminal(
    counter: At<'_>,
    arguments: Arguments<RegisterTerminalCommand>,
) -> Answer<RegisterTerminalCommand> {
    counter.register_terminal(arguments).await
}

#[command]
async fn sign_in(counter: At<'_>, arguments: Arguments<SignInCommand>) -> Answer<SignInCommand> {
    counter.sign_in(arguments).await
}

#[command]
async fn lock(counter: At<'_>) -> Answer<Lock> {
    counter.lock().await
}

#[command]
async fn expect_card(counter: At<'_>, arguments: Arguments<ExpectCard>) -> Answer<ExpectCard> {
    counter.expect_card(arguments).await
}

#[command]
async fn examine_reader(counter: At<'_>, arguments: Arguments<ExamineReader>) -> Answer<ExamineReader> {
    counter.examine_reader(arguments).await
}

#[command]
async fn leave_visit(counter: At<'_>) -> Answer<LeaveVisit> {
    counter.leave_visit().await
}

#[command]
async fn scan_street_card(counter: At<'_>, arguments: Arguments<ScanStreetCard>) -> Answer<ScanStreetCard> {
    counter.scan_street_card(arguments).await
}

#[command]
async fn use_points(counter: At<'_>, arguments: Arguments<UsePoints>) -> Answer<UsePoints> {
    counter.use_points(arguments).await
}

#[command]
async fn begin_pin(counter: At<'_>, arguments: Arguments<BeginPin>) -> Answer<BeginPin> {
    counter.begin_pin(arguments).await
}

#[command]
async fn use_points_with_pin(
    counter: At<'_>,
    arguments: Arguments<UsePointsWithPin>,
) -> Answer<UsePointsWithPin> {
    counter.use_points_with_pin(arguments).await
}

#[command]
async fn read_with_pin(counter: At<'_>, arguments: Arguments<ReadWithPin>) -> Answer<ReadWithPin> {
    counter.read_with_pin(arguments).await
}

#[command]
async fn void_use(counter: At<'_>, arguments: Arguments<VoidUse>) -> Answer<VoidUse> {
    counter.void_use(arguments).await
}

#[command]
async fn resolve_last_operation(counter: At<'_>) -> Answer<ResolveLastOperation> {
    counter.resolve_last_operation().await
}

#[command]
async fn acknowledge_last_operation(counter: At<'_>) -> Answer<AcknowledgeLastOperation> {
    counter.acknowledge_last_operation().await
}

#[command]
async fn list_merge_streets(
    counter: At<'_>,
    arguments: Arguments<ListMergeStreets>,
) -> Answer<ListMergeStreets> {
    counter.list_merge_streets(arguments).await
}

#[command]
async fn merge_points(counter: At<'_>, arguments: Arguments<MergePoints>) -> Answer<MergePoints> {
    counter.merge_points(arguments).await
}

#[command]
async fn merge_points_with_pin(
    counter: At<'_>,
    arguments: Arguments<MergePointsWithPin>,
) -> Answer<MergePointsWithPin> {
    counter.merge_points_with_pin(arguments).await
}

#[command]
async fn list_merges(counter: At<'_>) -> Answer<ListMerges> {
    counter.list_merges().await
}

#[command]
async fn put_merge_file(counter: At<'_>, arguments: Arguments<PutMergeFile>) -> Answer<PutMergeFile> {
    counter.put_merge_file(arguments).await
}

#[command]
async fn issue_ticket(counter: At<'_>, arguments: Arguments<IssueTicket>) -> Answer<IssueTicket> {
    counter.issue_ticket(arguments).await
}

#[command]
async fn issue_ticket_with_pin(
    counter: At<'_>,
    arguments: Arguments<IssueTicketWithPin>,
) -> Answer<IssueTicketWithPin> {
    counter.issue_ticket_with_pin(arguments).await
}

#[command]
async fn reissue_ticket(counter: At<'_>, arguments: Arguments<ReissueTicket>) -> Answer<ReissueTicket> {
    counter.reissue_ticket(arguments).await
}

#[command]
async fn void_ticket(counter: At<'_>, arguments: Arguments<VoidTicket>) -> Answer<VoidTicket> {
    counter.void_ticket(arguments).await
}

#[command]
async fn list_tickets(counter: At<'_>, arguments: Arguments<ListTickets>) -> Answer<ListTickets> {
    counter.list_tickets(arguments).await
}

#[command]
async fn find_tickets(counter: At<'_>, arguments: Arguments<FindTickets>) -> Answer<FindTickets> {
    counter.find_tickets(arguments).await
}

#[command]
async fn print_ticket(counter: At<'_>, arguments: Arguments<PrintTicket>) -> Answer<PrintTicket> {
    counter.print_ticket(arguments).await
}

#[command]
async fn preview_ticket(counter: At<'_>, arguments: Arguments<PreviewTicket>) -> Answer<PreviewTicket> {
    counter.preview_ticket(arguments).await
}

#[command]
async fn preview_day(counter: At<'_>) -> Answer<PreviewDay> {
    counter.preview_day().await
}

#[command]
async fn close_day(counter: At<'_>) -> Answer<CloseDay> {
    counter.close_day().await
}

#[command]
async fn list_day_closes(counter: At<'_>) -> Answer<ListDayCloses> {
    counter.list_day_closes().await
}

#[command]
async fn print_day_close(counter: At<'_>, arguments: Arguments<PrintDayClose>) -> Answer<PrintDayClose> {
    counter.print_day_close(arguments).await
}

#[command]
async fn list_operations(counter: At<'_>) -> Answer<ListOperations> {
    counter.list_operations().await
}

#[command]
async fn site_statement(counter: At<'_>, arguments: Arguments<SiteStatement>) -> Answer<SiteStatement> {
    counter.site_statement(arguments).await
}

#[command]
async fn preview_receipt(counter: At<'_>, arguments: Arguments<PreviewReceipt>) -> Answer<PreviewReceipt> {
    counter.preview_receipt(arguments).await
}

#[command]
async fn print_receipt(counter: At<'_>, arguments: Arguments<PrintReceipt>) -> Answer<PrintReceipt> {
    counter.print_receipt(arguments).await
}

#[command]
async fn look_at_clearing(counter: At<'_>) -> Answer<LookAtClearing> {
    counter.look_at_clearing().await
}

#[command]
async fn list_clearing_sites(counter: At<'_>) -> Answer<ListClearingSites> {
    counter.list_clearing_sites().await
}

#[command]
async fn open_pile(counter: At<'_>, arguments: Arguments<OpenPile>) -> Answer<OpenPile> {
    counter.open_pile(arguments).await
}

#[command]
async fn scan_ticket(counter: At<'_>, arguments: Arguments<ScanTicket>) -> Answer<ScanTicket> {
    counter.scan_ticket(arguments).await
}

#[command]
async fn look_up_ticket(counter: At<'_>, arguments: Arguments<LookUpTicket>) -> Answer<LookUpTicket> {
    counter.look_up_ticket(arguments).await
}

#[command]
async fn take_back_scan(counter: At<'_>, arguments: Arguments<TakeBackScan>) -> Answer<TakeBackScan> {
    counter.take_back_scan(arguments).await
}

#[command]
async fn drop_scan(counter: At<'_>, arguments: Arguments<DropScan>) -> Answer<DropScan> {
    counter.drop_scan(arguments).await
}

#[command]
async fn finish_pile(counter: At<'_>) -> Answer<FinishPile> {
    counter.finish_pile().await
}

#[command]
async fn print_pile(counter: At<'_>, arguments: Arguments<PrintPile>) -> Answer<PrintPile> {
    counter.print_pile(arguments).await
}

#[command]
async fn list_piles(counter: At<'_>) -> Answer<ListPiles> {
    counter.list_piles().await
}

#[command]
async fn show_pile(counter: At<'_>, arguments: Arguments<ShowPile>) -> Answer<ShowPile> {
    counter.show_pile(arguments).await
}

#[command]
async fn acknowledge_found_later(
    counter: At<'_>,
    arguments: Arguments<AcknowledgeFoundLater>,
) -> Answer<AcknowledgeFoundLater> {
    counter.acknowledge_found_later(arguments).await
}

#[command]
async fn check_customer_number(
    counter: At<'_>,
    arguments: Arguments<CheckCustomerNumber>,
) -> Answer<CheckCustomerNumber> {
    counter.check_customer_number(arguments).await
}

#[command]
async fn read_customer_number(
    counter: At<'_>,
    arguments: Arguments<ReadCustomerNumber>,
) -> Answer<ReadCustomerNumber> {
    counter.read_customer_number(arguments).await
}

#[command]
async fn register_service_id(
    counter: At<'_>,
    arguments: Arguments<RegisterServiceId>,
) -> Answer<RegisterServiceId> {
    counter.register_service_id(arguments).await
}

#[command]
async fn begin_address_notice(
    counter: At<'_>,
    arguments: Arguments<BeginAddressNotice>,
) -> Answer<BeginAddressNotice> {
    counter.begin_address_notice(arguments).await
}

#[command]
async fn ask_address_notice(
    counter: At<'_>,
    arguments: Arguments<AskAddressNotice>,
) -> Answer<AskAddressNotice> {
    counter.ask_address_notice(arguments).await
}

#[command]
async fn stop_address_notice(
    counter: At<'_>,
    arguments: Arguments<StopAddressNotice>,
) -> Answer<StopAddressNotice> {
    counter.stop_address_notice(arguments).await
}

#[command]
async fn hand_over_service_id(
    counter: At<'_>,
    arguments: Arguments<HandOverServiceId>,
) -> Answer<HandOverServiceId> {
    counter.hand_over_service_id(arguments).await
}

#[command]
async fn try_hand_over(counter: At<'_>, arguments: Arguments<TryHandOver>) -> Answer<TryHandOver> {
    counter.try_hand_over(arguments).await
}

#[command]
async fn start_training(program: AppHandle, counter: At<'_>) -> Answer<StartTraining> {
    counter.start_training().await?;
    restart::into(&program, Mode::Training);
    Ok(())
}

#[command]
async fn end_training(program: AppHandle) -> Answer<EndTraining> {
    restart::into(&program, Mode::Real);
    Ok(())
}

#[command]
async fn start_street(program: AppHandle) -> Answer<StartStreet> {
    restart::into(&program, Mode::Street);
    Ok(())
}

#[command]
async fn save_settings(
    program: AppHandle,
    counter: At<'_>,
    arguments: Arguments<SaveSettings>,
) -> Answer<SaveSettings> {
    let kept = counter.save_settings(arguments).await?;
    resident_window::follow(&program, &kept);
    bridge::follow(&program, &kept);
    autostart::follow(&kept, *program.state::<Mode>())?;
    Ok(kept)
}

#[command]
async fn look_at_bridge(counter: At<'_>) -> Answer<LookAtBridge> {
    counter.look_at_bridge().await
}

#[command]
async fn offer_pairing(counter: At<'_>, arguments: Arguments<OfferPairing>) -> Answer<OfferPairing> {
    counter.offer_pairing(arguments).await
}

#[command]
async fn withdraw_pairing(counter: At<'_>) -> Answer<WithdrawPairing> {
    counter.withdraw_pairing().await
}

#[command]
async fn unpair(counter: At<'_>, arguments: Arguments<Unpair>) -> Answer<Unpair> {
    counter.unpair(arguments).await
}

#[command]
async fn list_printers(counter: At<'_>) -> Answer<ListPrinters> {
    counter.list_printers().await
}

#[command]
async fn print_test_paper(counter: At<'_>, arguments: Arguments<PrintTestPaper>) -> Answer<PrintTestPaper> {
    counter.print_test_paper(arguments).await
}

#[command]
async fn print_test_ticket(
    counter: At<'_>,
    arguments: Arguments<PrintTestTicket>,
) -> Answer<PrintTestTicket> {
    counter.print_test_ticket(arguments).await
}

#[command]
async fn try_card_descriptions(
    counter: At<'_>,
    arguments: Arguments<TryCardDescriptionsCommand>,
) -> Answer<TryCardDescriptionsCommand> {
    counter.try_card_descriptions(arguments).await
}

#[command]
async fn open_card_descriptions(counter: At<'_>) -> Answer<OpenCardDescriptions> {
    folder_window::open(&counter.make_card_descriptions_folder().await?)
}

#[command]
async fn list_monitors(program: AppHandle) -> Answer<ListMonitors> {
    Ok(monitors::listed(&program))
}

#[command]
async fn show_resident(counter: At<'_>, arguments: Arguments<ShowResident>) -> Answer<ShowResident> {
    counter.show_resident(arguments).await
}

/// The resident's window asks to be told what it shows, now and whenever that changes.
#[command]
async fn follow_resident_screen(program: AppHandle, screen: Channel<ResidentScreen>) -> Result<(), Failure> {
    resident_window::tell(&program, screen);
    Ok(())
}

#[command]
async fn visit_painted(counter: At<'_>, arguments: Arguments<VisitPainted>) -> Answer<VisitPainted> {
    counter.visit_painted(arguments).await
}

/// Registers commands with Tauri and keeps their names for the test that compares the lists.
macro_rules! registered {
    ($($command:ident),* $(,)?) => {
        /// What answers the window.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($command),*]
        }

        #[cfg(test)]
        pub(crate) const REGISTERED: &[&str] = &[$(stringify!($command)),*];
    };
}

registered![
    open_counter,
    begin_registration,
    register_terminal,
    sign_in,
    lock,
    expect_card,
    examine_reader,
    leave_visit,
    scan_street_card,
    use_points,
    begin_pin,
    use_points_with_pin,
    read_with_pin,
    void_use,
    resolve_last_operation,
    acknowledge_last_operation,
    issue_ticket,
    issue_ticket_with_pin,
    reissue_ticket,
    void_ticket,
    list_tickets,
    find_tickets,
    print_ticket,
    preview_ticket,
    list_merge_streets,
    merge_points,
    merge_points_with_pin,
    list_merges,
    put_merge_file,
    preview_day,
    close_day,
    list_day_closes,
    print_day_close,
    list_operations,
    site_statement,
    preview_receipt,
    print_receipt,
    look_at_clearing,
    list_clearing_sites,
    open_pile,
    scan_ticket,
    look_up_ticket,
    take_back_scan,
    drop_scan,
    finish_pile,
    print_pile,
    list_piles,
    show_pile,
    acknowledge_found_later,
    check_customer_number,
    read_customer_number,
    register_service_id,
    begin_address_notice,
    ask_address_notice,
    stop_address_notice,
    hand_over_service_id,
    try_hand_over,
    start_training,
    end_training,
    start_street,
    save_settings,
    list_printers,
    print_test_paper,
    print_test_ticket,
    try_card_descriptions,
    open_card_descriptions,
    look_at_bridge,
    offer_pairing,
    withdraw_pairing,
    unpair,
    list_monitors,
    show_resident,
    visit_painted,
    follow_resident_screen,
];
