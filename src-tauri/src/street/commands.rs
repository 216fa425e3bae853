//! The commands of the street's window: one adapter each, from Tauri to the street's counter.
//!
//! Belongs here: nothing but the passing on, by the types of [`madoguchi_wire::window::street`]. Does not: any decision.

use crate::restart::{self, Mode};
use madoguchi_shop::Shop;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::Command;
use madoguchi_wire::window::street::{
    ActOnPoints, AddIdOfCard, AddMemberId, AnswerMergeAgain, BookBack, CancelCard, ChangeStreetContact,
    ChangeStreetPassword, ChargeCard, CorrectMemberId, DeclineMerge, FindMember, FindMerge, ForgetPairing,
    JoinByCard, JoinMember, JoinSetAside, LeaveStreet, ListMembers, ListStreetDay, ListStreetPrinters,
    LockStreet, LookAtDropFolder, OpenStreet, PairWithMadoguchi, PreviewStreetReceipt, PrintStreetReceipt,
    PrintStreetTestPaper, ReadMemberCard, ReceiveMerges, RegisterStreet, RemoveMemberId, SaveMemberHistory,
    SaveStreetSettings, ShowMember, ShowStreetContact, SignInToStreet, TakeMergeKeys, VoidPosting,
    WorthOfPurchase,
};
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, command};

type Arguments<C> = <C as Command>::Arguments;
type Answer<C> = Result<<C as Command>::Answer, Failure>;

#[command]
async fn open_street(shop: State<'_, Shop>) -> Answer<OpenStreet> {
    shop.open_street().await
}

#[command]
async fn register_street(
    shop: State<'_, Shop>,
    arguments: Arguments<RegisterStreet>,
) -> Answer<RegisterStreet> {
    shop.register_street(arguments).await
}

#[command]
async fn sign_in_to_street(
    shop: State<'_, Shop>,
    arguments: Arguments<SignInToStreet>,
) -> Answer<SignInToStreet> {
    shop.sign_in_to_street(arguments).await
}

#[command]
async fn lock_street(shop: State<'_, Shop>) -> Answer<LockStreet> {
    shop.lock_street().await
}

#[command]
async fn look_at_drop_folder(shop: State<'_, Shop>) -> Answer<LookAtDropFolder> {
    shop.look_at_drop_folder().await
}

#[command]
async fn receive_merges(shop: State<'_, Shop>) -> Answer<ReceiveMerges> {
    shop.receive_merges().await
}

#[command]
async fn find_merge(shop: State<'_, Shop>, arguments: Arguments<FindMerge>) -> Answer<FindMerge> {
    shop.find_merge(arguments).await
}

#[command]
async fn decline_merge(shop: State<'_, Shop>, arguments: Arguments<DeclineMerge>) -> Answer<DeclineMerge> {
    shop.decline_merge(arguments).await
}

#[command]
async fn answer_merge_again(
    shop: State<'_, Shop>,
    arguments: Arguments<AnswerMergeAgain>,
) -> Answer<AnswerMergeAgain> {
    shop.answer_merge_again(arguments).await
}

#[command]
async fn join_set_aside(shop: State<'_, Shop>, arguments: Arguments<JoinSetAside>) -> Answer<JoinSetAside> {
    shop.join_set_aside(arguments).await
}

#[command]
async fn find_member(shop: State<'_, Shop>, arguments: Arguments<FindMember>) -> Answer<FindMember> {
    shop.find_member(arguments).await
}

#[command]
async fn join_member(shop: State<'_, Shop>, arguments: Arguments<JoinMember>) -> Answer<JoinMember> {
    shop.join_member(arguments).await
}

#[command]
async fn read_member_card(
    shop: State<'_, Shop>,
    arguments: Arguments<ReadMemberCard>,
) -> Answer<ReadMemberCard> {
    shop.read_member_card(arguments).await
}

#[command]
async fn cancel_card(shop: State<'_, Shop>) -> Answer<CancelCard> {
    shop.cancel_card();
    Ok(())
}

#[command]
async fn join_by_card(shop: State<'_, Shop>) -> Answer<JoinByCard> {
    shop.join_by_card().await
}

#[command]
async fn add_member_id(shop: State<'_, Shop>, arguments: Arguments<AddMemberId>) -> Answer<AddMemberId> {
    shop.add_member_id(arguments).await
}

#[command]
async fn add_id_of_card(shop: State<'_, Shop>, arguments: Arguments<AddIdOfCard>) -> Answer<AddIdOfCard> {
    shop.add_id_of_card(arguments).await
}

#[command]
async fn correct_member_id(
    shop: State<'_, Shop>,
    arguments: Arguments<CorrectMemberId>,
) -> Answer<CorrectMemberId> {
    shop.correct_member_id(arguments).await
}

#[command]
async fn remove_member_id(
    shop: State<'_, Shop>,
    arguments: Arguments<RemoveMemberId>,
) -> Answer<RemoveMemberId> {
    shop.remove_member_id(arguments).await
}

#[command]
async fn show_member(shop: State<'_, Shop>, arguments: Arguments<ShowMember>) -> Answer<ShowMember> {
    shop.show_member(arguments).await
}

#[command]
async fn list_members(shop: State<'_, Shop>, arguments: Arguments<ListMembers>) -> Answer<ListMembers> {
    shop.list_members(arguments).await
}

#[command]
async fn save_member_history(
    shop: State<'_, Shop>,
    arguments: Arguments<SaveMemberHistory>,
) -> Answer<SaveMemberHistory> {
    shop.save_member_history(arguments).await
}

#[command]
async fn worth_of_purchase(
    shop: State<'_, Shop>,
    arguments: Arguments<WorthOfPurchase>,
) -> Answer<WorthOfPurchase> {
    shop.worth_of_purchase(arguments).await
}

#[command]
async fn act_on_points(shop: State<'_, Shop>, arguments: Arguments<ActOnPoints>) -> Answer<ActOnPoints> {
    shop.act_on_points(arguments).await
}

#[command]
async fn void_posting(shop: State<'_, Shop>, arguments: Arguments<VoidPosting>) -> Answer<VoidPosting> {
    shop.void_posting(arguments).await
}

#[command]
async fn book_back(shop: State<'_, Shop>, arguments: Arguments<BookBack>) -> Answer<BookBack> {
    shop.book_back(arguments).await
}

#[command]
async fn charge_card(shop: State<'_, Shop>, arguments: Arguments<ChargeCard>) -> Answer<ChargeCard> {
    shop.charge_card(arguments).await
}

#[command]
async fn list_street_day(shop: State<'_, Shop>) -> Answer<ListStreetDay> {
    shop.list_street_day().await
}

#[command]
async fn preview_street_receipt(
    shop: State<'_, Shop>,
    arguments: Arguments<PreviewStreetReceipt>,
) -> Answer<PreviewStreetReceipt> {
    shop.preview_street_receipt(arguments).await
}

#[command]
async fn print_street_receipt(
    shop: State<'_, Shop>,
    arguments: Arguments<PrintStreetReceipt>,
) -> Answer<PrintStreetReceipt> {
    shop.print_street_receipt(arguments).await
}

#[command]
async fn save_street_settings(
    shop: State<'_, Shop>,
    arguments: Arguments<SaveStreetSettings>,
) -> Answer<SaveStreetSettings> {
    shop.save_street_settings(arguments).await
}

#[command]
async fn list_street_printers(shop: State<'_, Shop>) -> Answer<ListStreetPrinters> {
    shop.list_street_printers().await
}

#[command]
async fn print_street_test_paper(
    shop: State<'_, Shop>,
    arguments: Arguments<PrintStreetTestPaper>,
) -> Answer<PrintStreetTestPaper> {
    shop.print_street_test_paper(arguments).await
}

#[command]
async fn show_street_contact(shop: State<'_, Shop>) -> Answer<ShowStreetContact> {
    shop.show_street_contact().await
}

#[command]
async fn change_street_contact(
    shop: State<'_, Shop>,
    arguments: Arguments<ChangeStreetContact>,
) -> Answer<ChangeStreetContact> {
    shop.change_street_contact(arguments).await
}

#[command]
async fn change_street_password(
    shop: State<'_, Shop>,
    arguments: Arguments<ChangeStreetPassword>,
) -> Answer<ChangeStreetPassword> {
    shop.change_street_password(arguments).await
}

#[command]
async fn take_merge_keys(
    shop: State<'_, Shop>,
    arguments: Arguments<TakeMergeKeys>,
) -> Answer<TakeMergeKeys> {
    shop.take_merge_keys(arguments).await
}

#[command]
async fn pair_with_madoguchi(
    shop: State<'_, Shop>,
    arguments: Arguments<PairWithMadoguchi>,
) -> Answer<PairWithMadoguchi> {
    shop.pair_with_madoguchi(arguments).await
}

#[command]
async fn forget_pairing(shop: State<'_, Shop>) -> Answer<ForgetPairing> {
    shop.forget_pairing().await
}

#[command]
async fn leave_street(program: AppHandle) -> Answer<LeaveStreet> {
    restart::into(&program, Mode::Real);
    Ok(())
}

/// Registers commands with Tauri and keeps their names for the test that compares the lists.
macro_rules! registered {
    ($($command:ident),* $(,)?) => {
        /// What answers the street's window.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($command),*]
        }

        #[cfg(test)]
        pub(crate) const REGISTERED: &[&str] = &[$(stringify!($command)),*];
    };
}

registered![
    open_street,
    register_street,
    sign_in_to_street,
    lock_street,
    look_at_drop_folder,
    receive_merges,
    find_merge,
    decline_merge,
    answer_merge_again,
    join_set_aside,
    find_member,
    join_member,
    read_member_card,
    cancel_card,
    join_by_card,
    add_member_id,
    add_id_of_card,
    correct_member_id,
    remove_member_id,
    show_member,
    list_members,
    save_member_history,
    worth_of_purchase,
    act_on_points,
    void_posting,
    book_back,
    charge_card,
    list_street_day,
    preview_street_receipt,
    print_street_receipt,
    save_street_settings,
    list_street_printers,
    print_street_test_paper,
    show_street_contact,
    change_street_contact,
    change_street_password,
    take_merge_keys,
    pair_with_madoguchi,
    forget_pairing,
    leave_street,
];
