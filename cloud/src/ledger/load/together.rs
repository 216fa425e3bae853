//! What the requests of a batch need, asked for all of them at once: their keys, the wallets of their
//! residents, the accounts of their shops and issuers. Where each question is a round trip, that saves nearly
//! all of them; elsewhere a statement is taken out once for the batch.

use crate::database::{self, Connection, Value};
use crate::ledger::wallet::{WALLET_OF, wallet_from};
use crate::ledger::{columns, read};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{AccountKind, AccountTitle, Asked, Books, Request};
use madoguchi_domain::person::PersonId;
use std::collections::BTreeSet;

/// Puts keys and wallets into the books; what is not there is noted as such.
pub(super) fn load(
    connection: &Connection,
    books: &mut Books,
    requests: &[&Request],
) -> database::Result<()> {
    load_keys(connection, books, requests)?;
    load_wallets(connection, books, requests)?;
    // No route closes a day yet.
    for request in requests {
        books.put_close(request.home, request.actor, None);
    }
    load_shared_accounts(connection, books, requests)
}

fn load_keys(connection: &Connection, books: &mut Books, requests: &[&Request]) -> database::Result<()> {
    let unknown = |request: &&Request| !books.has_key(request.home, request.actor, request.key);
    let unknown: Vec<&Request> = requests.iter().copied().filter(unknown).collect();
    let actors: Vec<String> = unknown.iter().map(|request| request.actor.to_string()).collect();
    let keys: Vec<[Value<'_>; 3]> = unknown
        .iter()
        .zip(&actors)
        .map(|(request, actor)| {
            [Value::Text(request.home.as_str()), Value::Bytes(request.key.0.as_bytes()), Value::Text(actor)]
        })
        .collect();
    let mut found = Vec::new();
    connection.query_many(super::REMEMBERED, &rows(&keys), |index, row| {
        found.push((index, read::remembered(row)?));
        Ok(())
    })?;
    for request in &unknown {
        books.put_key(request.home, request.actor, request.key, None);
    }
    for (index, remembered) in found {
        if let Some(request) = unknown.get(index) {
            books.put_key(request.home, request.actor, request.key, Some(remembered));
        }
    }
    Ok(())
}

fn load_wallets(connection: &Connection, books: &mut Books, requests: &[&Request]) -> database::Result<()> {
    let wanted: BTreeSet<(BookCode, PersonId)> =
        requests.iter().flat_map(|request| wallets(request)).collect();
    let unknown: Vec<(BookCode, PersonId)> =
        wanted.into_iter().filter(|(book, person)| !books.has_wallet(*book, *person)).collect();
    let keys: Vec<[Value<'_>; 2]> = unknown
        .iter()
        .map(|(book, person)| [Value::Text(book.as_str()), Value::Bytes(person.0.as_bytes())])
        .collect();
    let mut found = Vec::new();
    connection.query_many(WALLET_OF, &rows(&keys), |index, row| {
        found.push((index, wallet_from(row, 0)?));
        Ok(())
    })?;
    for (book, person) in &unknown {
        books.put_wallet(*book, *person, None);
    }
    for (index, wallet) in found {
        if let Some((book, person)) = unknown.get(index) {
            books.put_wallet(*book, *person, Some(wallet));
        }
    }
    Ok(())
}

fn load_shared_accounts(
    connection: &Connection,
    books: &mut Books,
    requests: &[&Request],
) -> database::Result<()> {
    let wanted: BTreeSet<AccountTitle> =
        requests.iter().flat_map(|request| shared_accounts(request)).collect();
    let unknown: Vec<(AccountTitle, Vec<u8>)> = wanted
        .into_iter()
        .filter(|title| !books.has_account(title))
        .map(|title| (title, columns::owner(title.kind)))
        .collect();
    let keys: Vec<[Value<'_>; 4]> = unknown
        .iter()
        .map(|(title, owner)| {
            [
                Value::Text(title.currency.book.as_str()),
                Value::Text(title.kind.code()),
                Value::Bytes(owner),
                Value::Integer(title.currency.number.0.into()),
            ]
        })
        .collect();
    let mut found = Vec::new();
    connection.query_many(super::SHARED_ACCOUNT, &rows(&keys), |index, row| {
        found.push((index, super::shared_account_from(row)?));
        Ok(())
    })?;
    for (title, _) in &unknown {
        books.put_account(*title, None);
    }
    for (index, account) in found {
        if let Some((title, _)) = unknown.get(index) {
            books.put_account(*title, Some(account));
        }
    }
    Ok(())
}

/// The accounts that a request moves points to or from and that are no resident's; those of a void stand
/// in what it undoes.
fn shared_accounts(request: &Request) -> Vec<AccountTitle> {
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
        Asked::Void(_)
        | Asked::ReissueTicket(_)
        | Asked::VoidTicket(_)
        | Asked::ClearTicket(_)
        | Asked::UnclearTicket(_)
        | Asked::LapseTicket(_)
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
        Asked::Void(_)
        | Asked::ReissueTicket(_)
        | Asked::VoidTicket(_)
        | Asked::ClearTicket(_)
        | Asked::UnclearTicket(_)
        | Asked::LapseTicket(_)
        | Asked::CloseDay(_)
        | Asked::Resolve
        | Asked::Barred(_) => Vec::new(),
    }
}

fn rows<'a, const N: usize>(keys: &'a [[Value<'a>; N]]) -> Vec<&'a [Value<'a>]> {
    keys.iter().map(<[Value<'a>; N]>::as_slice).collect()
}
