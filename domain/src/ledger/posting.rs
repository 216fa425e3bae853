//! Posting: the one place where balances, lots and numbers change.
//!
//! Everything is checked before anything changes, so a request is posted whole or not at all.

use super::account::{Account, AccountId, AccountName, AccountTitle, EntryPosition};
use super::batch::{At, Randoms};
use super::changes::GrantedLot;
use super::fault::Fault;
use super::lot::{Lot, LotId, LotOrigin};
use super::operation::{ActId, Entry, IdentifiedBy, Operation, OperationKind, Outcome, PostedOperation};
use super::request::Request;
use super::state::{Books, Head};
use crate::currency::CurrencyCode;
use crate::issuer::BookCode;
use crate::site::SiteId;
use jiff::civil::Date;

/// One line to post.
#[derive(Debug, Clone)]
pub(super) struct Leg {
    pub(super) title: AccountTitle,
    pub(super) lot: LegLot,
    pub(super) amount: i64,
}

/// The lot of a line.
#[derive(Debug, Clone)]
pub(super) enum LegLot {
    /// Not a resident's account.
    None,
    /// One that is there.
    Of(LotId),
    /// One that this line grants.
    New { last_day: Option<Date>, origin: LotOrigin },
}

impl Leg {
    pub(super) const fn plain(title: AccountTitle, amount: i64) -> Self {
        Self { title, lot: LegLot::None, amount }
    }

    pub(super) const fn of_lot(title: AccountTitle, lot: LotId, amount: i64) -> Self {
        Self { title, lot: LegLot::Of(lot), amount }
    }
}

/// An operation to post, over all its books.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: OperationKind,
    pub(super) outcome: Outcome,
    pub(super) site: Option<SiteId>,
    pub(super) identified_by: Option<IdentifiedBy>,
    /// What it undoes, per book.
    pub(super) reverses: Vec<(BookCode, i64)>,
    /// A book that it concerns without a line there: what a ticket of that book holds gets another number.
    pub(super) touches: Option<BookCode>,
    pub(super) legs: Vec<Leg>,
}

impl Draft {
    /// An operation without entries, in the home book alone; or what of one goes without saying.
    pub(super) const fn empty(kind: OperationKind, outcome: Outcome) -> Self {
        Self {
            kind,
            outcome,
            site: None,
            identified_by: None,
            reverses: Vec::new(),
            touches: None,
            legs: Vec::new(),
        }
    }
}

/// Posts the draft and returns its number in the home book.
pub(super) fn post(
    books: &mut Books,
    request: &Request,
    draft: &Draft,
    at: At,
    randoms: &mut dyn Randoms,
) -> Result<i64, Fault> {
    let all_books = books_of(request.home, draft);
    for book in &all_books {
        books.head(*book).ok_or(Fault::UnknownBook(*book))?;
    }
    check(books, &draft.legs)?;
    let mut act = ActId { book: request.home, seq: 0 };
    for book in all_books {
        let seq = next_seq(books, book)?;
        let is_home = book == request.home;
        if is_home {
            act.seq = seq;
        }
        let operation = Operation {
            book,
            seq,
            kind: draft.kind,
            outcome: draft.outcome,
            actor: request.actor,
            key: is_home.then_some(request.key),
            request_hash: (is_home && draft.outcome != Outcome::Abandoned).then_some(request.hash),
            at_ms: at.at_ms,
            business_date: at.date,
            site: draft.site,
            identified_by: draft.identified_by,
            reverses: draft.reverses.iter().find(|(of, _)| *of == book).map(|(_, seq)| *seq),
            act,
        };
        let legs = draft.legs.iter().filter(|leg| leg.title.book() == book);
        let mut entries = Vec::with_capacity(draft.legs.len());
        for (line, leg) in (1_i64..).zip(legs) {
            entries.push(apply(books, leg, EntryPosition { seq, line }, randoms)?);
        }
        books.posted.push(PostedOperation { operation, entries, answer: None });
    }
    Ok(act.seq)
}

/// The home book first (its number names the act), then the others in ascending order.
fn books_of(home: BookCode, draft: &Draft) -> Vec<BookCode> {
    let of_lines = draft.legs.iter().map(|leg| leg.title.book());
    let mut others: Vec<BookCode> = of_lines.chain(draft.touches).filter(|book| *book != home).collect();
    others.sort_unstable();
    others.dedup();
    others.insert(0, home);
    others
}

fn next_seq(books: &mut Books, book: BookCode) -> Result<i64, Fault> {
    let head = books.heads.get_mut(&book).ok_or(Fault::UnknownBook(book))?;
    head.seq += 1;
    Ok(head.seq)
}

/// A balance or a lot while the lines of one draft are tried on it.
struct Tried<K> {
    of: K,
    value: i64,
}

fn try_on<K: PartialEq>(
    tried: &mut Vec<Tried<K>>,
    of: K,
    start: i64,
    amount: i64,
    allowed: impl Fn(i64) -> bool,
) -> Option<bool> {
    let index = tried.iter().position(|one| one.of == of).unwrap_or_else(|| {
        tried.push(Tried { of, value: start });
        tried.len() - 1
    });
    let after = tried[index].value.checked_add(amount)?;
    tried[index].value = after;
    Some(allowed(after))
}

/// Everything that must hold before the first change: sums, balances, lots (I1, I3, I5 of `docs/ledger.md`).
fn check(books: &Books, legs: &[Leg]) -> Result<(), Fault> {
    let mut sums: Vec<Tried<CurrencyCode>> = Vec::with_capacity(1);
    let mut balances: Vec<Tried<AccountTitle>> = Vec::with_capacity(legs.len());
    let mut lots: Vec<Tried<(AccountTitle, LotId)>> = Vec::with_capacity(legs.len());
    for leg in legs {
        let title = leg.title;
        if leg.amount == 0 {
            return Err(Fault::Unbalanced);
        }
        try_on(&mut sums, title.currency, 0, leg.amount, |_| true).ok_or(Fault::OutOfRange)?;
        let account = books.account(&title)?;
        let balance = account.map_or(0, |account| account.balance);
        let may_be = |after: i64| after >= 0 || title.kind.may_be_negative();
        if !try_on(&mut balances, title, balance, leg.amount, may_be).ok_or(Fault::OutOfRange)? {
            return Err(Fault::BelowZero(title));
        }
        match &leg.lot {
            LegLot::None if title.kind.has_lots() => return Err(Fault::LotMisplaced),
            LegLot::None => {}
            _ if !title.kind.has_lots() => return Err(Fault::LotMisplaced),
            LegLot::New { .. } if leg.amount < 0 => return Err(Fault::LotMisplaced),
            LegLot::New { .. } => {}
            LegLot::Of(id) => {
                let lot = account.and_then(|account| account.lot(*id)).ok_or(Fault::NotLoaded("lot"))?;
                let in_range = |after: i64| (0..=lot.amount).contains(&after);
                if !try_on(&mut lots, (title, *id), lot.remaining, leg.amount, in_range)
                    .ok_or(Fault::OutOfRange)?
                {
                    return Err(Fault::LotOutOfRange(*id));
                }
            }
        }
    }
    if sums.iter().all(|sum| sum.value == 0) { Ok(()) } else { Err(Fault::Unbalanced) }
}

/// Changes the account and the lot, and writes the entry.
fn apply(
    books: &mut Books,
    leg: &Leg,
    position: EntryPosition,
    randoms: &mut dyn Randoms,
) -> Result<Entry, Fault> {
    let title = leg.title;
    let new_lot = match &leg.lot {
        LegLot::New { last_day, .. } => {
            let head = books.heads.get_mut(&title.book()).ok_or(Fault::UnknownBook(title.book()))?;
            head.lots += 1;
            Some(Lot {
                id: LotId(head.lots),
                last_day: *last_day,
                origin_seq: position.seq,
                amount: leg.amount,
                remaining: leg.amount,
            })
        }
        LegLot::None | LegLot::Of(_) => None,
    };
    let account = books.account_to_change(title, |head| open(head, randoms.account_name()))?;
    let lot = match (&leg.lot, new_lot) {
        (LegLot::New { .. }, Some(lot)) => {
            account.lots.push(lot);
            Some(lot.id)
        }
        (LegLot::Of(id), _) => {
            if let Some(lot) = account.lots.iter_mut().find(|lot| lot.id == *id) {
                lot.remaining += leg.amount;
            }
            Some(*id)
        }
        _ => None,
    };
    account.balance += leg.amount;
    account.entries += 1;
    let previous = account.last_entry.replace(position);
    let entry = Entry {
        line: position.line,
        account: account.id,
        name: account.name,
        currency: title.currency.number,
        lot,
        amount: leg.amount,
        account_seq: account.entries,
        balance_after: account.balance,
        previous,
    };
    if let (LegLot::New { origin, .. }, Some(lot)) = (&leg.lot, new_lot) {
        let origin = origin.clone();
        books.granted.push(GrantedLot { book: title.book(), account: entry.account, lot, origin });
    }
    Ok(entry)
}

fn open(head: &mut Head, name: AccountName) -> Account {
    head.accounts += 1;
    Account::opened(AccountId(head.accounts), name)
}
