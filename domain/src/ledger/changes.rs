//! What a batch has changed: everything the store has to write in one commit, and nothing else.

use super::account::{Account, AccountId, AccountName, AccountTitle, StreetId};
use super::chain::Block;
use super::lot::{Lot, LotOrigin};
use super::operation::PostedOperation;
use super::state::{Head, Wallet};
use super::ticket::{DayClose, Ticket};
use crate::issuer::BookCode;
use crate::merge_file::MergeRecord;
use crate::person::PersonId;

/// Whether a row stands in the store as it stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It must be inserted.
    New,
    /// It must be updated.
    Changed,
}

/// An account to insert: what of it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedAccount {
    /// What it is.
    pub title: AccountTitle,
    /// Its number in the book.
    pub id: AccountId,
    /// Its name in the chain.
    pub name: AccountName,
}

/// What an account that is no resident's holds, to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// Insert or update.
    pub mark: Mark,
    /// What it is.
    pub title: AccountTitle,
    /// What it holds; it has no lots.
    pub account: Account,
}

/// A lot to insert: what of it never changes. What remains of it stands in the wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedLot {
    /// Its book.
    pub book: BookCode,
    /// Its account's number.
    pub account: AccountId,
    /// The lot as it was granted.
    pub lot: Lot,
    /// Where it came from.
    pub origin: LotOrigin,
}

/// A wallet to write, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredWallet {
    /// Insert or update.
    pub mark: Mark,
    /// In which book.
    pub book: BookCode,
    /// Whose.
    pub person: PersonId,
    /// What it holds. Lots of which nothing remains need not be kept.
    pub wallet: Wallet,
}

/// A ticket to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredTicket {
    /// Insert it, and its number for all books to know; or update what has become of it.
    pub mark: Mark,
    /// The ticket.
    pub ticket: Ticket,
}

/// A merge that was posted: what its file says, to be kept apart from the ledger's rows, for it names a
/// resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedMerge {
    /// The home book of its operation.
    pub book: BookCode,
    /// The operation's number there.
    pub seq: i64,
    /// The street it is owed to.
    pub street: StreetId,
    /// What the file says.
    pub record: MergeRecord,
}

/// Everything a batch has changed, to be written in one commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Operations with entries and answers, ascending within each book.
    pub operations: Vec<PostedOperation>,
    /// New accounts of every kind.
    pub opened: Vec<OpenedAccount>,
    /// New lots.
    pub granted: Vec<GrantedLot>,
    /// What accounts hold that are no resident's.
    pub accounts: Vec<StoredAccount>,
    /// What residents hold.
    pub wallets: Vec<StoredWallet>,
    /// Tickets.
    pub tickets: Vec<StoredTicket>,
    /// Day closes to insert.
    pub closes: Vec<DayClose>,
    /// Merges to insert.
    pub merges: Vec<PostedMerge>,
    /// One block per book.
    pub blocks: Vec<Block>,
    /// The heads after it.
    pub heads: Vec<(BookCode, Head)>,
}
