//! The commands of the street's window, in one list.
//!
//! `src-tauri` registers exactly these for a start of the street's software; `ui/src/generated/streetCommands.ts` is
//! written from them. Every command may answer with a [`Failure`](crate::failure::Failure) instead.

use super::{
    AddedMemberId, CardAwaited, CardCharge, CardCharged, CardOnReader, CorrectedMemberId, DropFolderShown,
    HistorySought, KeySheetNamed, MemberHistory, MemberIdNamed, MemberNamed, MembersListed, MembersSought,
    MergeFound, MergeKeysTaken, MergeNamed, MergesReceived, NewStreetPassword, PostingNamed, PurchaseSought,
    PurchaseWorth, SavedHistory, SoughtMember, StreetAct, StreetCounter, StreetDay, StreetMember,
    StreetPassword, StreetPosting, StreetRegistration, StreetSettings, TypedPairingCode,
};
use crate::terminal_api::Contact;
use crate::window::commands::{Command, commands};
use crate::window::{PrintedPaper, Printer, ReceiptPreview};

commands! {
    /// Everything the street's window needs when it opens.
    open_street: OpenStreet (()) -> StreetCounter;
    /// Registers this PC with a street; whoever does is signed in.
    register_street: RegisterStreet (StreetRegistration) -> StreetCounter;
    /// The password, on a new day or after a lock.
    sign_in_to_street: SignInToStreet (StreetPassword) -> ();
    /// The clerk leaves: the password is needed to go on.
    lock_street: LockStreet (()) -> ();
    /// What lies in the agreed folder.
    look_at_drop_folder: LookAtDropFolder (()) -> DropFolderShown;
    /// 合算ポイント受取: takes in what waits, and what lies in quarantine and is good by now.
    receive_merges: ReceiveMerges (()) -> MergesReceived;
    /// What the books know of a merge, by the number that the municipality knows it by.
    find_merge: FindMerge (MergeNamed) -> MergeFound;
    /// Adds nothing under a number that was not received, whenever its file comes, and tells the municipality.
    decline_merge: DeclineMerge (MergeNamed) -> MergeFound;
    /// Tells the municipality once more what became of a merge: the answer was lost.
    answer_merge_again: AnswerMergeAgain (MergeNamed) -> MergeFound;
    /// A new member by the ID that a file in quarantine names; the file is received at the next pass.
    join_set_aside: JoinSetAside (MergeNamed) -> StreetMember;
    /// Who has an ID.
    find_member: FindMember (SoughtMember) -> StreetMember;
    /// A new member by an ID.
    join_member: JoinMember (SoughtMember) -> StreetMember;
    /// Whose card lies on the reader or is put on it next, asked of Madoguchi on this PC (seed 001 §16).
    read_member_card: ReadMemberCard (CardAwaited) -> CardOnReader;
    /// Nobody waits for a card any more.
    cancel_card: CancelCard (()) -> ();
    /// A new member by what the last card said.
    join_by_card: JoinByCard (()) -> StreetMember;
    /// One more ID for a member: a card.
    add_member_id: AddMemberId (AddedMemberId) -> StreetMember;
    /// The same by what the last card said.
    add_id_of_card: AddIdOfCard (MemberNamed) -> StreetMember;
    /// Another ID in the place of a wrong one.
    correct_member_id: CorrectMemberId (CorrectedMemberId) -> StreetMember;
    /// The member is no longer known by an ID; one always stays.
    remove_member_id: RemoveMemberId (MemberIdNamed) -> StreetMember;
    /// A member with what happened to the points.
    show_member: ShowMember (HistorySought) -> MemberHistory;
    /// The members, searched and sorted.
    list_members: ListMembers (MembersSought) -> MembersListed;
    /// Writes a member's history as CSV where papers go.
    save_member_history: SaveMemberHistory (MemberNamed) -> SavedHistory;
    /// What a purchase gives under the street's rate.
    worth_of_purchase: WorthOfPurchase (PurchaseSought) -> PurchaseWorth;
    /// Uses points, adds them for a purchase, or adds a ticket's. The same key again gives what was done then.
    act_on_points: ActOnPoints (StreetAct) -> StreetPosting;
    /// Takes an act of today back.
    void_posting: VoidPosting (PostingNamed) -> StreetPosting;
    /// Books a merge back, whenever it was (row F8); the municipality refunds.
    book_back: BookBack (PostingNamed) -> StreetPosting;
    /// Charges points onto the stored-value card on the reader.
    charge_card: ChargeCard (CardCharge) -> CardCharged;
    /// Today's postings.
    list_street_day: ListStreetDay (()) -> StreetDay;
    /// The receipt of a posting, for the screen.
    preview_street_receipt: PreviewStreetReceipt (PostingNamed) -> ReceiptPreview;
    /// Prints the receipt of a posting.
    print_street_receipt: PrintStreetReceipt (PostingNamed) -> PrintedPaper;
    /// Keeps the settings and follows them.
    save_street_settings: SaveStreetSettings (StreetSettings) -> StreetSettings;
    /// The printers that can be chosen, the system's default first.
    list_street_printers: ListStreetPrinters (()) -> Vec<String>;
    /// Prints a paper that shows how receipts will look.
    print_street_test_paper: PrintStreetTestPaper (Printer) -> ();
    /// The contact details of the registration.
    show_street_contact: ShowStreetContact (()) -> Contact;
    /// Other contact details.
    change_street_contact: ChangeStreetContact (Contact) -> StreetCounter;
    /// Another password.
    change_street_password: ChangeStreetPassword (NewStreetPassword) -> ();
    /// Takes new merge keys from a key sheet, beside those that are kept.
    take_merge_keys: TakeMergeKeys (KeySheetNamed) -> MergeKeysTaken;
    /// Pairs with Madoguchi on this PC, by the code its window shows.
    pair_with_madoguchi: PairWithMadoguchi (TypedPairingCode) -> StreetCounter;
    /// Forgets that pairing; Madoguchi's own list is the clerk's to clear.
    forget_pairing: ForgetPairing (()) -> StreetCounter;
    /// The program starts itself anew as the municipal counter.
    leave_street: LeaveStreet (()) -> ();
}
