//! What crosses between the window of a shopping street's own software and its program (row F7).
//!
//! Belongs here: the street's commands, notices and their types. Does not: anything of the municipal counter, which is
//! another start of the program with another window; what both have (a paper, a printer, a theme) is theirs.
//! Why apart: each window is permitted its own commands and nothing of the other's.

mod act;
mod card;
mod commands;
mod member;
mod member_id;
mod place;
mod receiving;
mod settings;

pub use act::{
    ActAsked, CardCharge, CardChargeOpen, CardCharged, ChargeFate, PostingNamed, PurchaseSought,
    PurchaseWorth, StreetAct, StreetDay, StreetPosting, StreetPostingKind,
};
pub use card::{CardAwaited, CardOnReader, StreetPairing, TypedPairingCode};
#[cfg(test)]
pub(crate) use commands::typescript_rows;
pub use commands::{
    ActOnPoints, AddIdOfCard, AddMemberId, AnswerMergeAgain, BookBack, COMMANDS as STREET_COMMANDS,
    CancelCard, ChangeStreetContact, ChangeStreetPassword, ChargeCard, CorrectMemberId, DeclineMerge,
    FindMember, FindMerge, ForgetPairing, JoinByCard, JoinMember, JoinSetAside, LeaveStreet, ListMembers,
    ListStreetDay, ListStreetPrinters, LockStreet, LookAtDropFolder, OpenStreet, PairWithMadoguchi,
    PreviewStreetReceipt, PrintStreetReceipt, PrintStreetTestPaper, ReadMemberCard, ReceiveMerges,
    RegisterStreet, RemoveMemberId, SaveMemberHistory, SaveStreetSettings, ShowMember, ShowStreetContact,
    SignInToStreet, TakeMergeKeys, VoidPosting, WorthOfPurchase,
};
pub use member::{
    HistorySought, ListedMember, MemberHistory, MemberId, MemberIdKind, MemberNamed, MemberOrder,
    MembersListed, MembersSought, SavedHistory, SoughtMember, StreetMember,
};
pub use member_id::{AddedMemberId, CorrectedMemberId, MemberIdChange, MemberIdEvent, MemberIdNamed};
pub use place::{
    KeySheetNamed, MergeKeysTaken, NewStreetPassword, StreetCounter, StreetPassword, StreetPlace,
    StreetRegistration, StreetShown,
};
pub use receiving::{
    DropFolderShown, FileSetAside, FileVerdict, MergeFound, MergeNamed, MergeWhereabouts, MergesReceived,
    ReceivedFile,
};
pub use settings::{StreetRate, StreetSettings};

use serde::{Deserialize, Serialize};

/// The name of the event that carries a [`StreetNotice`].
pub const STREET_NOTICE_EVENT: &str = "street_notice";

/// What the street's program tells its window without being asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "notice", content = "content", rename_all = "snake_case")]
pub enum StreetNotice {
    /// The watched folder was taken in, or something stands in the way of that, or does no more.
    Received(MergesReceived),
    /// The day is over: the password is needed again.
    SignIn(super::SignInState),
}
