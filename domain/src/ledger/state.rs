//! The part of the books a batch works on: what was loaded under the lock, and what has changed
//! since.
//!
//! Whatever a request asks about must have been put here, also when it does not exist: "absent"
//! is an answer, "not loaded" is a [`Fault`].

mod tickets;

use super::account::{Account, AccountKind, AccountTitle};
use super::actor::Actor;
use super::answer::{Answer, Refusal};
use super::chain::Hash;
use super::changes::{Changes, GrantedLot, Mark, OpenedAccount, PostedMerge, StoredAccount, StoredWallet};
use super::fault::Fault;
use super::lot::{Lot, LotId};
use super::operation::{Operation, OperationNumber, Outcome, PostedOperation};
use super::request::{Request, RequestHash};
use crate::currency::CurrencyNumber;
use crate::issuer::BookCode;
use crate::operation_key::OperationKey;
use crate::person::PersonId;
use crate::ticket::TicketNumber;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use tickets::Tickets;

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
    /// The ticket that its answer is about.
    pub ticket: Option<TicketNumber>,
    /// The operation that has undone it already.
    pub reversed_by: Option<OperationNumber>,
}

/// A key in its scope.
type Scope = (BookCode, Actor, OperationKey);

/// A resident in one book.
type Holder = (BookCode, PersonId);

/// The accounts and the day of one resident in one book: one use of points reads and changes all of it,
/// so it is kept together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wallet {
    /// The accounts by the number of their currency, each with those of its lots that have points left.
    pub accounts: BTreeMap<CurrencyNumber, Account>,
    /// What the resident last used without a signature at the terminals of this book's municipality.
    pub day: Option<DayUse>,
}

/// Something loaded, and whether it must be written.
#[derive(Debug, Clone)]
struct Tracked<T> {
    value: T,
    mark: Option<Mark>,
}

impl<T> Tracked<T> {
    const fn stored(value: T) -> Self {
        Self { value, mark: None }
    }

    /// Marks it as changed; says whether it was not so before.
    fn touch(&mut self, mark: Mark) -> bool {
        let first = self.mark.is_none();
        self.mark.get_or_insert(mark);
        first
    }
}

/// The loaded part of one or several books.
///
/// It may be kept from batch to batch: accounts that everybody pays into stay, and are trusted again
/// only if the head read under the next lock is the one this process left behind. Wallets are too many
/// to keep.
#[derive(Debug, Default)]
pub struct Books {
    pub(super) heads: BTreeMap<BookCode, Head>,
    /// The heads as the batches before left them.
    left_behind: BTreeMap<BookCode, Head>,
    /// The accounts that are no resident's.
    accounts: HashMap<AccountTitle, Option<Tracked<Account>>>,
    wallets: HashMap<Holder, Option<Tracked<Wallet>>>,
    keys: HashMap<Scope, Option<Remembered>>,
    targets: HashMap<(BookCode, i64), Option<Target>>,
    tickets: Tickets,
    touched: Vec<AccountTitle>,
    touched_wallets: Vec<Holder>,
    opened: Vec<OpenedAccount>,
    pub(super) granted: Vec<GrantedLot>,
    pub(super) posted: Vec<PostedOperation>,
    pub(super) merged: Vec<PostedMerge>,
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

    /// Whether this account, which is no resident's, has been put in, also as absent.
    pub fn has_account(&self, title: &AccountTitle) -> bool {
        self.accounts.contains_key(title)
    }

    /// An account that is no resident's, or that it does not exist.
    pub fn put_account(&mut self, title: AccountTitle, account: Option<Account>) {
        self.accounts.insert(title, account.map(Tracked::stored));
    }

    /// Whether what the book knows of this resident has been put in, also as nothing.
    pub fn has_wallet(&self, book: BookCode, person: PersonId) -> bool {
        self.wallets.contains_key(&(book, person))
    }

    /// All that the book knows of a resident, or that it knows nothing.
    pub fn put_wallet(&mut self, book: BookCode, person: PersonId, wallet: Option<Wallet>) {
        self.wallets.insert((book, person), wallet.map(Tracked::stored));
    }

    /// One more lot of a resident's loaded account, if it is not there yet: a spent one that a void
    /// refills.
    pub fn put_lot(&mut self, book: BookCode, person: PersonId, currency: CurrencyNumber, lot: Lot) {
        if let Some(Some(tracked)) = self.wallets.get_mut(&(book, person))
            && let Some(account) = tracked.value.accounts.get_mut(&currency)
            && account.lot(lot.id).is_none()
        {
            account.lots.push(lot);
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
        if let AccountKind::Resident(person) = title.kind {
            let wallet = self.wallet(title.book(), person)?;
            return Ok(wallet.and_then(|wallet| wallet.accounts.get(&title.currency.number)));
        }
        self.accounts
            .get(title)
            .map(|slot| slot.as_ref().map(|tracked| &tracked.value))
            .ok_or(Fault::NotLoaded("account"))
    }

    fn wallet(&self, book: BookCode, person: PersonId) -> Result<Option<&Wallet>, Fault> {
        self.wallets
            .get(&(book, person))
            .map(|slot| slot.as_ref().map(|tracked| &tracked.value))
            .ok_or(Fault::NotLoaded("wallet"))
    }

    fn wallet_to_change(&mut self, holder: Holder) -> Result<&mut Wallet, Fault> {
        let slot = self.wallets.get_mut(&holder).ok_or(Fault::NotLoaded("wallet"))?;
        let mark = if slot.is_some() { Mark::Changed } else { Mark::New };
        let tracked = slot.get_or_insert_with(|| Tracked::stored(Wallet::default()));
        if tracked.touch(mark) {
            self.touched_wallets.push(holder);
        }
        Ok(&mut tracked.value)
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
    ) -> Result<&mut Account, Fault> {
        if self.account(&title)?.is_none() {
            let head = self.heads.get_mut(&title.book()).ok_or(Fault::UnknownBook(title.book()))?;
            let account = open(head);
            self.opened.push(OpenedAccount { title, id: account.id, name: account.name });
            self.put_opened(title, account)?;
        }
        if let AccountKind::Resident(person) = title.kind {
            let wallet = self.wallet_to_change((title.book(), person))?;
            return wallet.accounts.get_mut(&title.currency.number).ok_or(Fault::NotLoaded("account"));
        }
        let tracked = self.accounts.get_mut(&title).and_then(Option::as_mut);
        let tracked = tracked.ok_or(Fault::NotLoaded("account"))?;
        if tracked.touch(Mark::Changed) {
            self.touched.push(title);
        }
        Ok(&mut tracked.value)
    }

    fn put_opened(&mut self, title: AccountTitle, account: Account) -> Result<(), Fault> {
        if let AccountKind::Resident(person) = title.kind {
            let wallet = self.wallet_to_change((title.book(), person))?;
            wallet.accounts.insert(title.currency.number, account);
        } else {
            self.accounts.insert(title, Some(Tracked { value: account, mark: Some(Mark::New) }));
            self.touched.push(title);
        }
        Ok(())
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
        let day = self.wallet(home, person)?.and_then(|wallet| wallet.day);
        Ok(day.filter(|day| day.date == date).map_or(0, |day| day.used))
    }

    pub(super) fn set_used_on(&mut self, home: BookCode, person: PersonId, day: DayUse) -> Result<(), Fault> {
        self.wallet_to_change((home, person))?.day = Some(day);
        Ok(())
    }

    /// Takes everything that changed, without blocks and heads.
    pub(super) fn take_changes(&mut self) -> Changes {
        let mut changes = Changes {
            operations: std::mem::take(&mut self.posted),
            opened: std::mem::take(&mut self.opened),
            granted: std::mem::take(&mut self.granted),
            merges: std::mem::take(&mut self.merged),
            ..Changes::default()
        };
        for title in std::mem::take(&mut self.touched) {
            if let Some(Some(tracked)) = self.accounts.get_mut(&title)
                && let Some(mark) = tracked.mark.take()
            {
                changes.accounts.push(StoredAccount { mark, title, account: tracked.value.clone() });
            }
        }
        for (book, person) in std::mem::take(&mut self.touched_wallets) {
            if let Some(Some(Tracked { value: wallet, mark: Some(mark) })) =
                self.wallets.remove(&(book, person))
            {
                changes.wallets.push(StoredWallet { mark, book, person, wallet });
            }
        }
        self.take_ticket_changes(&mut changes);
        changes
    }

    /// Keeps what the next batch may use again, and forgets the rest.
    pub(super) fn end_batch(&mut self) {
        self.left_behind.append(&mut self.heads);
        self.wallets.clear();
        self.keys.clear();
        self.targets.clear();
        self.tickets = Tickets::default();
    }
}
