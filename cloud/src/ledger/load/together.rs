//! What the requests of a batch need, asked for all of them at once: the heads of their books, which are locked
//! by it, their keys, the wallets of their residents, the accounts of their shops and issuers. Where asking is a
//! round trip, it is one; elsewhere a statement is taken out once for the batch.

use crate::database::{self, Connection, Question, Row, Value};
use crate::ledger::wallet::{WALLET_OF, wallet_from};
use crate::ledger::{columns, read};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Account, AccountKind, AccountTitle, Asked, Books, Head, Remembered, Request, Ticket, Wallet,
};
use madoguchi_domain::person::PersonId;
use madoguchi_domain::ticket::TicketNumber;
use std::collections::{BTreeSet, HashMap};

/// Locks the heads of these books, in this order, and then puts heads, keys, wallets and accounts into the
/// books; what is not there is noted as such.
pub(super) fn lock_and_load(
    connection: &Connection,
    books: &mut Books,
    touched: &BTreeSet<BookCode>,
    requests: &[&Request],
) -> database::Result<()> {
    let heads = Heads::of(touched);
    let keys = Keys::unknown_to(books, requests);
    let wallets = Wallets::unknown_to(books, requests);
    let accounts = SharedAccounts::unknown_to(books, requests, &HashMap::new());
    let (mut found_heads, mut remembered) = (Vec::new(), Vec::new());
    let (mut found_wallets, mut found_accounts) = (Vec::new(), Vec::new());
    let lock = format!("{}{}", super::HEAD, connection.row_lock());
    let head_rows = heads.rows();
    let (key_rows, wallet_rows, account_rows) = (keys.rows(), wallets.rows(), accounts.rows());
    connection.ask(&mut [
        Question {
            sql: &lock,
            locks: true,
            rows: &slices(&head_rows),
            take: &mut |index, row| {
                found_heads.push((index, super::head_from(row)?));
                Ok(())
            },
        },
        Question {
            sql: super::REMEMBERED,
            locks: false,
            rows: &slices(&key_rows),
            take: &mut |index, row| {
                remembered.push((index, read::remembered(row)?));
                Ok(())
            },
        },
        Question {
            sql: WALLET_OF,
            locks: false,
            rows: &slices(&wallet_rows),
            take: &mut |index, row| {
                found_wallets.push((index, wallet_from(row, 0)?));
                Ok(())
            },
        },
        SharedAccounts::question(&slices(&account_rows), &mut |index, row| {
            found_accounts.push((index, super::shared_account_from(row)?));
            Ok(())
        }),
    ])?;
    heads.put(books, found_heads);
    keys.put(books, remembered);
    wallets.put(books, found_wallets);
    accounts.put(books, found_accounts);
    Ok(())
}

/// Puts the accounts into the books that are not there yet: those that the tickets name, and what was kept of a
/// book and forgotten when its head turned out to be another's.
pub(super) fn load_accounts(
    connection: &Connection,
    books: &mut Books,
    requests: &[&Request],
    tickets: &HashMap<TicketNumber, Ticket>,
) -> database::Result<()> {
    let accounts = SharedAccounts::unknown_to(books, requests, tickets);
    let rows = accounts.rows();
    let mut found = Vec::new();
    connection.ask(&mut [SharedAccounts::question(&slices(&rows), &mut |index, row| {
        found.push((index, super::shared_account_from(row)?));
        Ok(())
    })])?;
    accounts.put(books, found);
    Ok(())
}

/// The books whose heads are locked, ascending.
struct Heads(Vec<BookCode>);

impl Heads {
    fn of(touched: &BTreeSet<BookCode>) -> Self {
        Self(touched.iter().copied().collect())
    }

    fn rows(&self) -> Vec<[Value<'_>; 1]> {
        self.0.iter().map(|book| [Value::Text(book.as_str())]).collect()
    }

    fn put(&self, books: &mut Books, found: Vec<(usize, Head)>) {
        for (index, head) in found {
            if let Some(book) = self.0.get(index) {
                books.put_head(*book, head);
            }
        }
    }
}

/// The keys nobody has asked about yet.
struct Keys<'r> {
    requests: Vec<&'r Request>,
    actors: Vec<String>,
}

impl<'r> Keys<'r> {
    fn unknown_to(books: &Books, requests: &[&'r Request]) -> Self {
        let unknown = |request: &&Request| !books.has_key(request.home, request.actor, request.key);
        let requests: Vec<&Request> = requests.iter().copied().filter(unknown).collect();
        let actors = requests.iter().map(|request| request.actor.to_string()).collect();
        Self { requests, actors }
    }

    fn rows(&self) -> Vec<[Value<'_>; 3]> {
        self.requests
            .iter()
            .zip(&self.actors)
            .map(|(request, actor)| {
                [
                    Value::Text(request.home.as_str()),
                    Value::Bytes(request.key.0.as_bytes()),
                    Value::Text(actor),
                ]
            })
            .collect()
    }

    fn put(&self, books: &mut Books, found: Vec<(usize, Remembered)>) {
        for request in &self.requests {
            books.put_key(request.home, request.actor, request.key, None);
        }
        for (index, remembered) in found {
            if let Some(request) = self.requests.get(index) {
                books.put_key(request.home, request.actor, request.key, Some(remembered));
            }
        }
    }
}

/// The residents whose wallets are not there yet.
struct Wallets(Vec<(BookCode, PersonId)>);

impl Wallets {
    fn unknown_to(books: &Books, requests: &[&Request]) -> Self {
        let wanted: BTreeSet<(BookCode, PersonId)> =
            requests.iter().flat_map(|request| wallets(request)).collect();
        Self(wanted.into_iter().filter(|(book, person)| !books.has_wallet(*book, *person)).collect())
    }

    fn rows(&self) -> Vec<[Value<'_>; 2]> {
        self.0
            .iter()
            .map(|(book, person)| [Value::Text(book.as_str()), Value::Bytes(person.0.as_bytes())])
            .collect()
    }

    fn put(&self, books: &mut Books, found: Vec<(usize, Wallet)>) {
        for (book, person) in &self.0 {
            books.put_wallet(*book, *person, None);
        }
        for (index, wallet) in found {
            if let Some((book, person)) = self.0.get(index) {
                books.put_wallet(*book, *person, Some(wallet));
            }
        }
    }
}

/// The accounts that are no resident's and not there yet, each with its owner as stored.
struct SharedAccounts(Vec<(AccountTitle, Vec<u8>)>);

impl SharedAccounts {
    fn unknown_to(books: &Books, requests: &[&Request], tickets: &HashMap<TicketNumber, Ticket>) -> Self {
        let wanted: BTreeSet<AccountTitle> =
            requests.iter().flat_map(|request| shared_accounts(request, tickets)).collect();
        let unknown = wanted.into_iter().filter(|title| !books.has_account(title));
        Self(unknown.map(|title| (title, columns::owner(title.kind))).collect())
    }

    fn rows(&self) -> Vec<[Value<'_>; 4]> {
        self.0
            .iter()
            .map(|(title, owner)| {
                [
                    Value::Text(title.currency.book.as_str()),
                    Value::Text(title.kind.code()),
                    Value::Bytes(owner),
                    Value::Integer(title.currency.number.0.into()),
                ]
            })
            .collect()
    }

    fn question<'q>(
        rows: &'q [&'q [Value<'q>]],
        take: &'q mut dyn FnMut(usize, &Row<'_>) -> database::Result<()>,
    ) -> Question<'q> {
        Question { sql: super::SHARED_ACCOUNT, locks: false, rows, take }
    }

    fn put(&self, books: &mut Books, found: Vec<(usize, Account)>) {
        for (title, _) in &self.0 {
            books.put_account(*title, None);
        }
        for (index, account) in found {
            if let Some((title, _)) = self.0.get(index) {
                books.put_account(*title, Some(account));
            }
        }
    }
}

/// The accounts that a request moves points to or from and that are no resident's; those of a void and of
/// the taking back of a clearing stand in what it undoes.
fn shared_accounts(request: &Request, tickets: &HashMap<TicketNumber, Ticket>) -> Vec<AccountTitle> {
    let currency = |number| tickets.get(number).map(|ticket: &Ticket| ticket.face.currency);
    match &request.asked {
        Asked::Grant(grant) => {
            let partner = grant.partner.map(|partner| AccountTitle {
                currency: grant.currency,
                kind: AccountKind::Partner(partner),
            });
            [AccountTitle::issued(grant.currency)].into_iter().chain(partner).collect()
        }
        Asked::Use(used) => {
            used.parts().iter().map(|part| AccountTitle::site(part.currency, used.site())).collect()
        }
        Asked::Lapse(lapse) => vec![AccountTitle::lapsed(lapse.currency)],
        Asked::IssueTicket(issue) => vec![AccountTitle::held(issue.part.currency)],
        Asked::Merge(merge) => vec![AccountTitle::street(merge.part.currency, merge.street)],
        Asked::ClearTicket(clear) => currency(&clear.ticket).map_or_else(Vec::new, |currency| {
            vec![AccountTitle::held(currency), AccountTitle::site(currency, clear.site)]
        }),
        Asked::LapseTicket(lapse) => currency(&lapse.ticket).map_or_else(Vec::new, |currency| {
            vec![AccountTitle::held(currency), AccountTitle::lapsed(currency)]
        }),
        Asked::Void(_)
        | Asked::ReissueTicket(_)
        | Asked::VoidTicket(_)
        | Asked::UnclearTicket(_)
        | Asked::RefundMerge(_)
        | Asked::CloseDay(_)
        | Asked::Resolve
        | Asked::Barred(_) => Vec::new(),
    }
}

/// The wallets that a request looks into for certain; a void says only under the lock.
fn wallets(request: &Request) -> Vec<(BookCode, PersonId)> {
    match &request.asked {
        Asked::Grant(grant) => vec![(grant.currency.book, grant.person)],
        Asked::Use(used) => {
            let parts = used.parts().iter().map(|part| (part.currency.book, used.person()));
            parts.chain([(request.home, used.person())]).collect()
        }
        Asked::Lapse(lapse) => vec![(lapse.currency.book, lapse.person)],
        Asked::IssueTicket(issue) => {
            vec![(issue.part.currency.book, issue.person), (request.home, issue.person)]
        }
        Asked::Merge(merge) => {
            vec![(merge.part.currency.book, merge.person), (request.home, merge.person)]
        }
        Asked::Void(_)
        | Asked::ReissueTicket(_)
        | Asked::VoidTicket(_)
        | Asked::ClearTicket(_)
        | Asked::UnclearTicket(_)
        | Asked::LapseTicket(_)
        | Asked::RefundMerge(_)
        | Asked::CloseDay(_)
        | Asked::Resolve
        | Asked::Barred(_) => Vec::new(),
    }
}

pub(super) fn slices<'a, const N: usize>(keys: &'a [[Value<'a>; N]]) -> Vec<&'a [Value<'a>]> {
    keys.iter().map(<[Value<'a>; N]>::as_slice).collect()
}
