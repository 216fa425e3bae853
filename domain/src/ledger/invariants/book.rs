//! One book, row by row.

use super::across::Checked;
use super::day_closes::DayCloses;
use super::merges::Merges;
use super::reversal;
use super::{Invariant, Violation};
use crate::currency::CurrencyNumber;
use crate::day::{business_date, from_millis};
use crate::issuer::BookCode;
use crate::ledger::account::{Account, AccountId, AccountKind, AccountTitle, EntryPosition};
use crate::ledger::answer::Answer;
use crate::ledger::chain::{self, Block, Hash};
use crate::ledger::changes::PostedMerge;
use crate::ledger::lot::{Lot, LotId};
use crate::ledger::operation::{Entry, Operation, OperationKind, Outcome, PostedOperation};
use crate::ledger::state::Head;
use crate::ledger::ticket::{DayClose, Ticket};
use crate::ticket::TicketState;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;

/// A lot's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotRow {
    /// Its account.
    pub account: AccountId,
    /// The lot.
    pub lot: Lot,
}

struct AuditedAccount {
    title: AccountTitle,
    row: Account,
    entries: i64,
    balance: i64,
    last_entry: Option<EntryPosition>,
    remaining: i64,
}

struct AuditedLot {
    row: LotRow,
    granted: bool,
    remaining: i64,
}

/// The audit of one book.
pub struct BookAudit {
    book: BookCode,
    accounts: HashMap<AccountId, AuditedAccount>,
    lots: HashMap<LotId, AuditedLot>,
    keys: HashSet<(crate::ledger::Actor, crate::operation_key::OperationKey)>,
    reversed: HashSet<i64>,
    /// What open tickets hold, as they are kept.
    held: HashMap<CurrencyNumber, i64>,
    day_closes: DayCloses,
    merges: Merges,
    last_seq: i64,
    last_at_ms: i64,
    height: i64,
    hash: Hash,
    first_unclosed: i64,
    leaves: Vec<Hash>,
    checked: Checked,
}

impl BookAudit {
    /// Begins with an empty book.
    pub fn of(book: BookCode) -> Self {
        Self {
            book,
            accounts: HashMap::new(),
            lots: HashMap::new(),
            keys: HashSet::new(),
            reversed: HashSet::new(),
            held: HashMap::new(),
            day_closes: DayCloses::default(),
            merges: Merges::default(),
            last_seq: 0,
            last_at_ms: i64::MIN,
            height: 0,
            hash: chain::genesis(book),
            first_unclosed: 1,
            leaves: Vec::new(),
            checked: Checked::default(),
        }
    }

    fn violated(&mut self, invariant: Invariant, row: impl Display) {
        self.checked.violations.push(Violation { invariant, book: self.book, row: row.to_string() });
    }

    fn hold(&mut self, holds: bool, invariant: Invariant, row: impl FnOnce() -> String) {
        if !holds {
            self.violated(invariant, row());
        }
    }

    /// An account's row.
    pub fn account(&mut self, title: AccountTitle, row: Account) {
        let id = row.id;
        let audited = AuditedAccount { title, row, entries: 0, balance: 0, last_entry: None, remaining: 0 };
        let known = self.accounts.insert(id, audited).is_some();
        self.hold(!known, Invariant::Running, || format!("account {}: twice", id.0));
    }

    /// A lot's row.
    pub fn lot(&mut self, row: LotRow) {
        let (id, lot) = (row.lot.id, row.lot);
        let known = self.lots.insert(id, AuditedLot { row, granted: false, remaining: 0 }).is_some();
        self.hold(!known, Invariant::Lots, || format!("lot {}: twice", id.0));
        self.hold((0..=lot.amount).contains(&lot.remaining), Invariant::Lots, || {
            format!("lot {}: {} of {} remain", id.0, lot.remaining, lot.amount)
        });
        match self.accounts.get_mut(&row.account) {
            Some(account) => account.remaining = account.remaining.saturating_add(lot.remaining),
            None => {
                self.violated(Invariant::Lots, format_args!("lot {}: no account {}", id.0, row.account.0));
            }
        }
    }

    /// A ticket's row.
    pub fn ticket(&mut self, ticket: &Ticket) {
        let home = ticket.book();
        self.hold(home == self.book, Invariant::Held, || format!("a ticket of book {home} stands here"));
        if ticket.state == TicketState::Open {
            let held = self.held.entry(ticket.face.currency.number).or_default();
            *held = held.saturating_add(ticket.face.points.get());
        }
        self.checked.of_tickets.keep(ticket);
        self.checked.tickets += 1;
    }

    /// A day close's row.
    pub fn day_close(&mut self, close: DayClose) {
        self.day_closes.keep(close);
    }

    /// What is kept of a merge.
    pub fn merge(&mut self, merge: PostedMerge) {
        let (seq, once) = (merge.seq, self.merges.keep(merge));
        self.hold(once, Invariant::Merged, || format!("merge {seq}: a second file of one number"));
    }

    /// An operation with its entries, in the order of `seq`; for a reversal also what it undoes.
    pub fn operation(&mut self, posted: &PostedOperation, target: Option<&PostedOperation>) {
        let operation = &posted.operation;
        let seq = operation.seq;
        let before = std::mem::replace(&mut self.last_seq, seq);
        self.hold(seq == before + 1, Invariant::Chained, || format!("operation {seq}: follows {before}"));
        self.time(operation);
        self.answer(posted);
        self.sums(posted);
        for (line, entry) in (1..).zip(&posted.entries) {
            self.hold(entry.line == line, Invariant::Balanced, || {
                format!("entry {seq}/{}: not line {line}", entry.line)
            });
            self.entry(operation, entry);
        }
        if let Some(of) = operation.reverses {
            let once = self.reversed.insert(of);
            self.hold(once, Invariant::Mirrored, || format!("operation {seq}: undoes {of} a second time"));
            let faults =
                reversal::faults(posted, target, |id| self.accounts.get(&id).map(|account| account.title));
            for fault in faults {
                self.violated(Invariant::Mirrored, format_args!("operation {seq}: {fault}"));
            }
        }
        self.count_for_the_day(posted, target);
        self.checked.of_tickets.hear(posted);
        if operation.act.book == self.book {
            if let Some(fault) = self.day_closes.fault(posted) {
                self.violated(Invariant::DayClosed, format_args!("operation {seq}: {fault}"));
            }
            let title = |id| self.accounts.get(&id).map(|account| account.title);
            if let Some(fault) = self.merges.fault(posted, title) {
                self.violated(Invariant::Merged, format_args!("operation {seq}: {fault}"));
            }
        } else {
            self.checked.others.push(*operation);
        }
        self.checked.operations += 1;
        self.checked.entries += posted.entries.len();
        chain::push_leaves(posted, &mut self.leaves);
    }

    /// An entry whose operation is not there.
    pub fn stray_entry(&mut self, seq: i64, line: i64) {
        self.violated(Invariant::Balanced, format_args!("entry {seq}/{line}: of no operation"));
    }

    /// What a wallet or a balance says of an account that was never opened so.
    pub fn stray_account(&mut self, id: AccountId) {
        self.violated(Invariant::Running, format_args!("account {}: kept, but not opened so", id.0));
    }

    /// What a wallet says of a lot that was never granted so.
    pub fn stray_lot(&mut self, id: LotId) {
        self.violated(Invariant::Lots, format_args!("lot {}: kept, but not granted so", id.0));
    }

    fn time(&mut self, operation: &Operation) {
        let seq = operation.seq;
        self.hold(operation.at_ms >= self.last_at_ms, Invariant::Chained, || {
            format!("operation {seq}: time falls")
        });
        self.last_at_ms = operation.at_ms;
        let date = from_millis(operation.at_ms).map(business_date);
        self.hold(date == Some(operation.business_date), Invariant::Chained, || {
            format!(
                "operation {seq}: {} is not the Japan date of {}",
                operation.business_date, operation.at_ms
            )
        });
    }

    fn answer(&mut self, posted: &PostedOperation) {
        let operation = &posted.operation;
        let seq = operation.seq;
        let is_home = operation.act.book == self.book && operation.act.seq == seq;
        let has_key = operation.key.is_some();
        self.hold(is_home == has_key && is_home == posted.answer.is_some(), Invariant::OneAnswer, || {
            format!("operation {seq}: key and answer belong to the home book, and only there")
        });
        let agrees = match (&posted.answer, operation.outcome) {
            (None, _) => !is_home,
            (Some(Answer::Done(done)), Outcome::Done) => {
                (done.number.book, done.number.seq, done.kind, done.at_ms)
                    == (self.book, seq, operation.kind, operation.at_ms)
            }
            (Some(Answer::Refused(_)), Outcome::Refused) | (Some(Answer::Abandoned), Outcome::Abandoned) => {
                true
            }
            (Some(_), _) => false,
        };
        self.hold(agrees, Invariant::OneAnswer, || format!("operation {seq}: the answer says otherwise"));
        self.hold(
            operation.outcome == Outcome::Done || posted.entries.is_empty(),
            Invariant::OneAnswer,
            || format!("operation {seq}: {} with entries", operation.outcome.code()),
        );
        if let Some(key) = operation.key {
            let once = self.keys.insert((operation.actor, key));
            self.hold(once, Invariant::OneAnswer, || format!("operation {seq}: its key was answered before"));
        }
    }

    fn sums(&mut self, posted: &PostedOperation) {
        let mut sums: HashMap<_, i128> = HashMap::new();
        for entry in &posted.entries {
            *sums.entry(entry.currency).or_default() += i128::from(entry.amount);
        }
        let seq = posted.operation.seq;
        let balanced = sums.values().all(|sum| *sum == 0);
        self.hold(balanced, Invariant::Balanced, || format!("operation {seq}: its lines do not sum to 0"));
    }

    fn entry(&mut self, operation: &Operation, entry: &Entry) {
        let row = format!("entry {}/{}", operation.seq, entry.line);
        let Some(account) = self.accounts.get_mut(&entry.account) else {
            self.violated(Invariant::Running, format_args!("{row}: no account {}", entry.account.0));
            return;
        };
        account.entries += 1;
        account.balance = account.balance.saturating_add(entry.amount);
        let previous = account.last_entry.replace(EntryPosition { seq: operation.seq, line: entry.line });
        let runs_on = account.entries == entry.account_seq
            && account.balance == entry.balance_after
            && previous == entry.previous
            && account.row.name == entry.name
            && account.title.currency.number == entry.currency;
        let (kind, balance) = (account.title.kind, account.balance);
        self.hold(runs_on, Invariant::Running, || format!("{row}: does not run on from the one before"));
        self.hold(balance >= 0 || kind.may_be_negative(), Invariant::NotNegative, || {
            format!("{row}: account {} falls to {balance}", entry.account.0)
        });
        self.hold(entry.lot.is_some() == kind.has_lots(), Invariant::Lots, || {
            format!("{row}: a resident's line names its lot, no other does")
        });
        if let Some(lot) = entry.lot {
            self.lot_entry(operation, entry, lot);
        }
    }

    fn lot_entry(&mut self, operation: &Operation, entry: &Entry, id: LotId) {
        let row = format!("entry {}/{}", operation.seq, entry.line);
        let Some(lot) = self.lots.get_mut(&id) else {
            self.violated(Invariant::Lots, format_args!("{row}: no lot {}", id.0));
            return;
        };
        let granted_here = !lot.granted;
        lot.granted = true;
        lot.remaining = lot.remaining.saturating_add(entry.amount);
        let begins_right =
            !granted_here || (entry.amount == lot.row.lot.amount && operation.seq == lot.row.lot.origin_seq);
        let stays_right =
            (0..=lot.row.lot.amount).contains(&lot.remaining) && lot.row.account == entry.account;
        let drawn_too_late = entry.amount < 0
            && matches!(
                operation.kind,
                OperationKind::Use | OperationKind::TicketIssue | OperationKind::Merge
            )
            && lot.row.lot.is_past_on(operation.business_date);
        self.hold(begins_right && stays_right, Invariant::Lots, || {
            format!("{row}: lot {} cannot be so", id.0)
        });
        self.hold(!drawn_too_late, Invariant::Lots, || format!("{row}: lot {} after its last day", id.0));
    }

    /// What a use without a signature adds to its day, and its void takes back.
    fn count_for_the_day(&mut self, posted: &PostedOperation, target: Option<&PostedOperation>) {
        let operation = &posted.operation;
        let counted_by = match operation.kind {
            OperationKind::Use | OperationKind::TicketIssue | OperationKind::Merge => operation.identified_by,
            OperationKind::Void | OperationKind::TicketVoid | OperationKind::MergeRefund => {
                let of_the_day =
                    target.filter(|target| target.operation.business_date == operation.business_date);
                of_the_day.and_then(|target| target.operation.identified_by)
            }
            OperationKind::Grant
            | OperationKind::Lapse
            | OperationKind::Reissue
            | OperationKind::Clear
            | OperationKind::Unclear
            | OperationKind::TicketLapse
            | OperationKind::DayClose
            | OperationKind::Abandon => None,
        };
        if !counted_by.is_some_and(crate::ledger::use_points::counts_towards_the_day) {
            return;
        }
        for entry in &posted.entries {
            let title = self.accounts.get(&entry.account).map(|account| account.title);
            if let Some(AccountTitle { kind: AccountKind::Resident(person), .. }) = title {
                self.checked.add_day(operation.act.book, person, operation.business_date, -entry.amount);
            }
        }
    }

    /// The block that closes the operations fed since the one before.
    pub fn block(&mut self, block: &Block) {
        let height = block.height;
        let leaves = std::mem::take(&mut self.leaves);
        let numbers = (self.first_unclosed, self.last_seq);
        let dense = height == self.height + 1 && (block.first_seq, block.last_seq) == numbers;
        self.hold(dense, Invariant::Chained, || format!("block {height}: out of order"));
        let expected = Block::close(self.book, self.height + 1, self.hash, numbers, &leaves, block.at_ms);
        self.hold(block.root == expected.root && block.hash == expected.hash, Invariant::Chained, || {
            format!("block {height}: its operations do not hash to it")
        });
        self.hold(block.at_ms == self.last_at_ms, Invariant::Chained, || {
            format!("block {height}: not of its operations' time")
        });
        (self.height, self.hash, self.first_unclosed) = (block.height, block.hash, self.last_seq + 1);
        self.checked.blocks += 1;
    }

    /// The head and every kept value, after all rows.
    pub fn finish(mut self, head: &Head) -> Checked {
        self.hold(self.leaves.is_empty(), Invariant::Chained, || "operations outside any block".into());
        let at_ms = if self.last_seq == 0 { head.at_ms } else { self.last_at_ms };
        let stands =
            (head.seq, head.height, head.hash, head.at_ms) == (self.last_seq, self.height, self.hash, at_ms);
        self.hold(stands, Invariant::Chained, || {
            format!("head: {} and {} are not the last", head.seq, head.height)
        });
        let counts = (i64::try_from(self.accounts.len()), i64::try_from(self.lots.len()));
        self.hold(counts == (Ok(head.accounts), Ok(head.lots)), Invariant::Chained, || {
            "head: does not count its accounts and lots".into()
        });
        for (id, account) in std::mem::take(&mut self.accounts) {
            let row = &account.row;
            let kept = (row.balance, row.entries, row.last_entry)
                == (account.balance, account.entries, account.last_entry);
            self.hold(kept, Invariant::Running, || {
                format!("account {}: is not the sum of its entries", id.0)
            });
            self.hold(
                !account.title.kind.has_lots() || row.balance == account.remaining,
                Invariant::Lots,
                || format!("account {}: is not the sum of its lots", id.0),
            );
            let open = match account.title.kind {
                AccountKind::Held => self.held.remove(&account.title.currency.number).unwrap_or_default(),
                _ => account.balance,
            };
            self.hold(account.balance == open, Invariant::Held, || {
                format!("account {}: open tickets hold {open}, not {}", id.0, account.balance)
            });
            self.checked.accounts += 1;
        }
        for (currency, held) in std::mem::take(&mut self.held) {
            self.violated(Invariant::Held, format_args!("currency {}: {held} held nowhere", currency.0));
        }
        let strays = self.day_closes.strays();
        self.hold(strays == 0, Invariant::DayClosed, || {
            format!("{strays} day closes: kept, but nobody made them")
        });
        let strays = self.merges.strays();
        self.hold(strays == 0, Invariant::Merged, || format!("{strays} merges: kept, but nobody made them"));
        for (id, lot) in std::mem::take(&mut self.lots) {
            self.hold(lot.granted && lot.remaining == lot.row.lot.remaining, Invariant::Lots, || {
                format!("lot {}: its entries leave {}, not {}", id.0, lot.remaining, lot.row.lot.remaining)
            });
            self.checked.lots += 1;
        }
        self.checked
    }
}
