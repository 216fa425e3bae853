//! Opening books and the accounts of a currency: before the first point is put out.
//!
//! To be called inside the writer's transaction (`Database::write`), beside whatever else makes an
//! issuer or a currency known.

use super::{random_account_name, write};
use crate::database::{self, Connection, params};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::chain::genesis;
use madoguchi_domain::ledger::{Account, AccountId, AccountTitle, Mark, OpenedAccount, StoredAccount};

/// Opens a book; opening it again changes nothing.
pub fn open_book(connection: &Connection, book: BookCode) -> database::Result<()> {
    connection.execute(
        "insert into head (book, seq, height, hash, at_ms, accounts, lots) values ($1, 0, 0, $2, 0, 0, 0)
         on conflict (book) do nothing",
        params![book.as_str(), genesis(book).0],
    )?;
    Ok(())
}

/// Opens a currency's accounts in its book, and the book if need be; again changes nothing. Only a
/// currency opened here can be granted.
pub fn open_currency(connection: &Connection, currency: CurrencyCode) -> database::Result<()> {
    open_book(connection, currency.book)?;
    for title in [AccountTitle::issued(currency), AccountTitle::lapsed(currency)] {
        open_account(connection, title)?;
    }
    Ok(())
}

fn open_account(connection: &Connection, title: AccountTitle) -> database::Result<()> {
    let is_open: bool = connection.query_row(
        "select count(*) > 0 from account where book = $1 and kind = $2 and currency = $3 and length(owner) = 0",
        params![title.book().as_str(), title.kind.code(), title.currency.number.0],
        |row| row.get(0),
    )?;
    if is_open {
        return Ok(());
    }
    connection
        .execute("update head set accounts = accounts + 1 where book = $1", params![title.book().as_str()])?;
    let id = connection.query_row(
        "select accounts from head where book = $1",
        params![title.book().as_str()],
        |row| row.get(0).map(AccountId),
    )?;
    let name = random_account_name();
    write::open_accounts(connection, &[OpenedAccount { title, id, name }])?;
    let account = Account::opened(id, name);
    write::write_balances(connection, &[StoredAccount { mark: Mark::New, title, account }])
}
