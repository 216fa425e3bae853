//! The part of the books a batch works on: what was loaded under the lock, and what has changed
//! since.
//!
//! Whatever a request asks about must have been put here, also when it does not exist: "absent"
//! is an answer, "not loaded" is a [`Fault`].

use super::account::{Account, AccountTitle};
use super::actor::Actor;
use super::answer::{Answer, Refusal};
use super::chain::{Block, Hash};
use super::fault::Fault;
use super::lot::{Lot, LotId, LotOrigin};
use super::operation::{Operation, OperationNumber, Outcome, PostedOperation};
use super::request::{Request, RequestHash};
use crate::issuer::BookCode;
use crate::operation_key::OperationKey;
use crate::person::PersonId;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Where a book stands: the row whose lock is the one writer's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last operation's number; 0 = none yet.
    pub seq: i64,
    /// The last block's height; 0 = none yet.
    pub height: i64,
    /// The last block's hash, or the genesis.
    pub hash: Hash,
    /// The last operation's time, below which no later one may fall.
    pub at_ms: i64,
    /// How many accounts were opened.
    pub accounts: i64,
    /// How many lots were granted.
    pub lots: i64,
}

/// What a key has been answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// What was asked then; none for an abandoned key.
    pub hash: Option<RequestHash>,
    /// What became of it.
    pub outcome: Outcome,
    /// The first answer.
    pub answer: Answer,
}

impl Remembered {
    /// The answer to a request under this key.
    pub fn answer_to(&self, request: &Request) -> Answer {
        let resolving = matches!(request.asked, super::request::Asked::Resolve);
        match (resolving, self.outcome, self.hash) {
            (true, ..) => self.answer.clone(),
            (false, Outcome::Abandoned, _) => Answer::Refused(Refusal::Abandoned),
            (false, _, Some(hash)) if hash == request.hash => self.answer.clone(),
            (false, ..) => Answer::Refused(Refusal::KeyReused),
        }
    }
}

/// What a resident has used without a signature at one municipality's terminals on one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayUse {
    /// The Japan date.
    pub date: Date,
    /// Points, voids subtracted.
    pub used: i64,
}

/// An operation that is to be undone, over all the books of its act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its header in the home book.
    pub operation: Operation,
    /// Its numbers in the other books.
    pub others: Vec<(BookCode, i64)>,
    /// All its lines, in (book, line) order: account, lot, amount.
    pub lines: Vec<(AccountTitle, Option<LotId>, i64)>,
    /// The operation that has undone it already.
    pub reversed_by: Option<OperationNumber>,
}

/// Whether a row stands in the store as it stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It must be inserted.
    New,
    /// It must be updated.
    Changed,
}

/// An account to write, without its lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// Insert or update.
    pub mark: Mark,
    /// What it is.
    pub title: AccountTitle,
    /// What it holds; `lots` is empty.
    pub account: Account,
}

/// A lot to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLot {
    /// Its account.
    pub title: AccountTitle,
    /// Its account's number.
    pub account: super::account::AccountId,
    /// The lot.
    pub lot: Lot,
    /// Where it came from: to insert; `None` = only `remaining` changed.
    pub origin: Option<LotOrigin>,
}

/// Everything a batch has changed, to be written in one commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Operations with entries and answers, ascending within each book.
    pub operations: Vec<PostedOperation>,
    /// Accounts.
    pub accounts: Vec<StoredAccount>,
    /// Lots.
    pub lots: Vec<StoredLot>,
    /// Day sums by home book and person.
    pub days: Vec<(BookCode, PersonId, DayUse)>,
    /// One block per book.
    pub blocks: Vec<Block>,
    /// The heads after it.
    pub heads: Vec<(BookCode, Head)>,
}

/// An account with what has changed of it since it was loaded.
#[derive(Debug, Clone)]
pub(super) struct Tracked {
    pub(super) account: Account,
    pub(super) mark: Option<Mark>,
    pub(super) changed_lots: Vec<LotId>,
    pub(super) new_lots: Vec<(LotId, LotOrigin)>,
}

/// A key in its scope.
type Scope = (BookCode, Actor, OperationKey);

/// The loaded part of one or several books.
///
/// It may be kept from batch to batch: accounts that everybody pays into stay, and are trusted again
/// only if the head read under the next lock is the one this process left behind.
#[derive(Debug, Default)]
pub struct Books {
    pub(super) heads: BTreeMap<BookCode, Head>,
    /// The heads as the batches before left them.
    left_behind: BTreeMap<BookCode, Head>,
    /// Residents' accounts of this batch: too many to keep.
    passing: Vec<AccountTitle>,
    accounts: HashMap<AccountTitle, Option<Tracked>>,
    keys: HashMap<Scope, Option<Remembered>>,
    targets: HashMap<(BookCode, i64), Option<Target>>,
    days: HashMap<(BookCode, PersonId), Option<DayUse>>,
    pub(super) touched: Vec<AccountTitle>,
    touched_days: Vec<(BookCode, PersonId)>,
    pub(super) posted: Vec<PostedOperation>,
}

/// Loading: what the store puts in, and what it need not load again.
impl Books {
    /// A book's head, read under its lock. If anybody else has written since, what was kept of the
    /// book is forgotten.
    pub fn put_head(&mut self, book: BookCode, head: Head) {
        if self.left_behind.remove(&book) != Some(head) {
            self.accounts.retain(|title, _| title.book() != book);
        }
        self.heads.insert(book, head);
    }

    /// A head, if the book is open and loaded.
    pub fn head(&self, book: BookCode) -> Option<Head> {
        self.heads.get(&book).copied()
    }

    /// Whether this account has been put in, also as absent.
    pub fn has_account(&self, title: &AccountTitle) -> bool {
        self.accounts.contains_key(title)
    }

    /// An account with its lots that have points left, or that it does not exist.
    pub fn put_account(&mut self, title: AccountTitle, account: Option<Account>) {
        let tracked = account.map(|account| Tracked {
            account,
            mark: None,
            changed_lots: Vec::new(),
            new_lots: Vec::new(),
        });
        self.accounts.insert(title, tracked);
        if title.kind.has_lots() {
            self.passing.push(title);
        }
    }

    /// One more lot of a loaded account, if it is not there yet: a spent one that a void refills.
    pub fn put_lot(&mut self, title: &AccountTitle, lot: Lot) {
        if let Some(Some(tracked)) = self.accounts.get_mut(title)
            && tracked.account.lot(lot.id).is_none()
        {
            tracked.account.lots.push(lot);
        }
    }

    /// What a key has been answered, or that it is unknown.
    pub fn put_key(
        &mut self,
        home: BookCode,
        actor: Actor,
        key: OperationKey,
        remembered: Option<Remembered>,
    ) {
        self.keys.insert((home, actor, key), remembered);
    }

    /// Whether this key has been put in.
    pub fn has_key(&self, home: BookCode, actor: Actor, key: OperationKey) -> bool {
        self.keys.contains_key(&(home, actor, key))
    }

    /// What is to be undone, or that no operation has this number.
    pub fn put_target(&mut self, home: BookCode, seq: i64, target: Option<Target>) {
        self.targets.insert((home, seq), target);
    }

    /// Whether this target has been put in.
    pub fn has_target(&self, home: BookCode, seq: i64) -> bool {
        self.targets.contains_key(&(home, seq))
    }

    /// What a resident last used without a signature in this home book.
    pub fn put_day(&mut self, home: BookCode, person: PersonId, day: Option<DayUse>) {
        self.days.insert((home, person), day);
    }

    /// Whether this day sum has been put in.
    pub fn has_day(&self, home: BookCode, person: PersonId) -> bool {
        self.days.contains_key(&(home, person))
    }
}

/// Deciding: what the decisions read and change.
impl Books {
    pub(super) fn remembered(&self, request: &Request) -> Result<Option<&Remembered>, Fault> {
        self.keys
            .get(&(request.home, request.actor, request.key))
            .map(Option::as_ref)
            .ok_or(Fault::NotLoaded("key"))
    }

    pub(super) fn remember(&mut self, request: &Request, remembered: Remembered) {
        self.keys.insert((request.home, request.actor, request.key), Some(remembered));
    }

    pub(super) fn account(&self, title: &AccountTitle) -> Result<Option<&Account>, Fault> {
        self.accounts
            .get(title)
            .map(|slot| slot.as_ref().map(|tracked| &tracked.account))
            .ok_or(Fault::NotLoaded("account"))
    }

    /// The lots of a resident, none if there is no account.
    pub(super) fn lots(&self, title: &AccountTitle) -> Result<&[Lot], Fault> {
        Ok(self.account(title)?.map_or(&[], |account| &account.lots))
    }

    /// An account about to change; opened if it is not there yet.
    pub(super) fn account_to_change(
        &mut self,
        title: AccountTitle,
        open: impl FnOnce(&mut Head) -> Account,
    ) -> Result<&mut Tracked, Fault> {
        let head = self.heads.get_mut(&title.book()).ok_or(Fault::UnknownBook(title.book()))?;
        let slot = self.accounts.get_mut(&title).ok_or(Fault::NotLoaded("account"))?;
        let (mark, is_new) = match slot {
            None => (Mark::New, true),
            Some(tracked) => (tracked.mark.unwrap_or(Mark::Changed), false),
        };
        if is_new || slot.as_ref().is_some_and(|tracked| tracked.mark.is_none()) {
            self.touched.push(title);
        }
        let tracked = slot.get_or_insert_with(|| Tracked {
            account: open(head),
            mark: None,
            changed_lots: Vec::new(),
            new_lots: Vec::new(),
        });
        tracked.mark = Some(mark);
        Ok(tracked)
    }

    pub(super) fn target(&self, home: BookCode, seq: i64) -> Result<Option<&Target>, Fault> {
        self.targets.get(&(home, seq)).map(Option::as_ref).ok_or(Fault::NotLoaded("target"))
    }

    pub(super) fn mark_reversed(&mut self, home: BookCode, seq: i64, by: OperationNumber) {
        if let Some(Some(target)) = self.targets.get_mut(&(home, seq)) {
            target.reversed_by = Some(by);
        }
    }

    /// What was used without a signature on that date.
    pub(super) fn used_on(&self, home: BookCode, person: PersonId, date: Date) -> Result<i64, Fault> {
        let day = self.days.get(&(home, person)).ok_or(Fault::NotLoaded("day"))?;
        Ok(day.filter(|day| day.date == date).map_or(0, |day| day.used))
    }

    pub(super) fn set_used_on(&mut self, home: BookCode, person: PersonId, day: DayUse) {
        self.days.insert((home, person), Some(day));
        self.touched_days.push((home, person));
    }

    /// Takes everything that changed, without blocks and heads.
    pub(super) fn take_changes(&mut self) -> Changes {
        let mut changes = Changes { operations: std::mem::take(&mut self.posted), ..Changes::default() };
        for title in std::mem::take(&mut self.touched) {
            if let Some(Some(tracked)) = self.accounts.get_mut(&title) {
                tracked.take_changes(title, &mut changes);
            }
        }
        let mut days = std::mem::take(&mut self.touched_days);
        days.sort_unstable();
        days.dedup();
        for (home, person) in days {
            if let Some(Some(day)) = self.days.get(&(home, person)) {
                changes.days.push((home, person, *day));
            }
        }
        changes
    }

    /// Keeps what the next batch may use again, and forgets the rest.
    pub(super) fn end_batch(&mut self) {
        self.left_behind.append(&mut self.heads);
        for title in std::mem::take(&mut self.passing) {
            self.accounts.remove(&title);
        }
        self.keys.clear();
        self.targets.clear();
        self.days.clear();
    }
}

impl Tracked {
    fn take_changes(&mut self, title: AccountTitle, changes: &mut Changes) {
        let Some(mark) = self.mark.take() else { return };
        let account = Account { lots: Vec::new(), ..self.account.clone() };
        let id = account.id;
        changes.accounts.push(StoredAccount { mark, title, account });
        let mut drawn = std::mem::take(&mut self.changed_lots);
        drawn.sort_unstable();
        drawn.dedup();
        for (lot, origin) in std::mem::take(&mut self.new_lots) {
            drawn.retain(|id| *id != lot);
            if let Some(lot) = self.account.lot(lot) {
                changes.lots.push(StoredLot { title, account: id, lot: *lot, origin: Some(origin) });
            }
        }
        for lot in drawn {
            if let Some(lot) = self.account.lot(lot) {
                changes.lots.push(StoredLot { title, account: id, lot: *lot, origin: None });
            }
        }
    }
}
