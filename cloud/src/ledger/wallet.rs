//! A wallet's row: all that a book knows of one resident, read and written whole.
//!
//! Belongs here: the row and the JSON in it. Does not belong here: what may become of it
//! (`madoguchi_domain::ledger`).
//! Why it exists: one use of points changes a resident's account, its lots and the day's sum. In rows
//! of their own each of them is a page of its own to find, to change and to flush.

use super::columns::{self, damaged, date_or_none, date_text};
use crate::database::{self, Connection, Optional, Row, params};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyNumber;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Account, AccountId, AccountName, DayUse, EntryPosition, Lot, LotId, Mark, StoredWallet, Wallet,
};
use madoguchi_domain::person::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The columns of a wallet, in the order in which [`wallet_from`] reads them.
pub(super) const WALLET: &str = "business_date, used, accounts";

/// One person's wallet in one book.
pub(super) const WALLET_OF: &str =
    "select business_date, used, accounts from wallet where book = $1 and person = $2";

/// An account as it stands in the row.
#[derive(Serialize, Deserialize)]
struct HeldAccount {
    currency: CurrencyNumber,
    id: i64,
    #[serde(with = "name_in_hex")]
    name: AccountName,
    balance: i64,
    entries: i64,
    /// The newest entry: operation and line.
    last: Option<(i64, i64)>,
    lots: Vec<HeldLot>,
}

/// A lot of which something remains.
#[derive(Serialize, Deserialize)]
struct HeldLot {
    id: i64,
    last_day: Option<Date>,
    origin_seq: i64,
    amount: i64,
    remaining: i64,
}

/// What the book knows of the person, if anything.
pub(super) fn wallet(
    connection: &Connection,
    book: BookCode,
    person: PersonId,
) -> database::Result<Option<Wallet>> {
    connection
        .query_row(WALLET_OF, params![book.as_str(), person.0.as_bytes()], |row| wallet_from(row, 0))
        .optional()
}

/// A wallet whose columns begin with this one.
pub(super) fn wallet_from(row: &Row<'_>, first: usize) -> database::Result<Wallet> {
    let held: Vec<HeldAccount> =
        serde_json::from_str(row.text(first + 2)?).map_err(|_| damaged(first + 2, "a wallet's accounts"))?;
    let day = match date_or_none(row, first)? {
        Some(date) => Some(DayUse { date, used: row.get(first + 1)? }),
        None => None,
    };
    let accounts: BTreeMap<CurrencyNumber, Account> =
        held.into_iter().map(|held| (held.currency, Account::from(held))).collect();
    Ok(Wallet { accounts, day })
}

/// Writes wallets, each whole.
pub(super) fn write_wallets(connection: &Connection, wallets: &[StoredWallet]) -> database::Result<()> {
    let mut update = connection.prepare_many(
        "update wallet set business_date = $1, used = $2, accounts = $3 where book = $4 and person = $5",
    )?;
    let mut insert = connection.prepare_many(
        "insert into wallet (business_date, used, accounts, book, person) values ($1, $2, $3, $4, $5)",
    )?;
    for StoredWallet { mark, book, person, wallet } in wallets {
        let statement = match mark {
            Mark::New => &mut insert,
            Mark::Changed => &mut update,
        };
        statement.add(params![
            wallet.day.map(|day| date_text(day.date)),
            wallet.day.map(|day| day.used),
            accounts_text(wallet)?,
            book.as_str(),
            person.0.as_bytes(),
        ])?;
    }
    insert.done()?;
    update.done()
}

fn accounts_text(wallet: &Wallet) -> database::Result<String> {
    let held: Vec<HeldAccount> =
        wallet.accounts.iter().map(|(currency, account)| HeldAccount::of(*currency, account)).collect();
    columns::json(&held)
}

impl HeldAccount {
    fn of(currency: CurrencyNumber, account: &Account) -> Self {
        let remains = |lot: &&Lot| lot.remaining > 0;
        Self {
            currency,
            id: account.id.0,
            name: account.name,
            balance: account.balance,
            entries: account.entries,
            last: account.last_entry.map(|last| (last.seq, last.line)),
            lots: account.lots.iter().filter(remains).map(HeldLot::of).collect(),
        }
    }
}

impl HeldLot {
    const fn of(lot: &Lot) -> Self {
        let Lot { id, last_day, origin_seq, amount, remaining } = *lot;
        Self { id: id.0, last_day, origin_seq, amount, remaining }
    }
}

impl From<HeldAccount> for Account {
    fn from(held: HeldAccount) -> Self {
        let lot = |held: HeldLot| {
            let HeldLot { id, last_day, origin_seq, amount, remaining } = held;
            Lot { id: LotId(id), last_day, origin_seq, amount, remaining }
        };
        Self {
            id: AccountId(held.id),
            name: held.name,
            balance: held.balance,
            entries: held.entries,
            last_entry: held.last.map(|(seq, line)| EntryPosition { seq, line }),
            lots: held.lots.into_iter().map(lot).collect(),
        }
    }
}

/// An account's name as 32 hexadecimal digits.
mod name_in_hex {
    use madoguchi_domain::ledger::AccountName;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Error as _, Serializer};
    use std::borrow::Cow;

    pub(super) fn serialize<S: Serializer>(name: &AccountName, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = [0; 32];
        hex::encode_to_slice(name.0, &mut digits).map_err(S::Error::custom)?;
        serializer.serialize_str(std::str::from_utf8(&digits).map_err(S::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AccountName, D::Error> {
        let digits = Cow::<str>::deserialize(deserializer)?;
        let mut name = [0; 16];
        hex::decode_to_slice(digits.as_bytes(), &mut name).map_err(D::Error::custom)?;
        Ok(AccountName(name))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn a_wallet() -> Wallet {
        let lot = |id, last_day, remaining| Lot {
            id: LotId(id),
            last_day,
            origin_seq: id,
            amount: 1_000,
            remaining,
        };
        let account = Account {
            balance: 700,
            entries: 3,
            last_entry: Some(EntryPosition { seq: 9, line: 2 }),
            lots: vec![lot(4, Some(date(2027, 3, 31)), 200), lot(5, None, 500), lot(6, None, 0)],
            ..Account::opened(AccountId(7), AccountName([0xab; 16]))
        };
        let day = Some(DayUse { date: date(2026, 11, 20), used: 300 });
        Wallet { accounts: BTreeMap::from([(CurrencyNumber(1), account)]), day }
    }

    #[test]
    fn a_wallet_reads_back_as_it_was_written_without_its_spent_lots() {
        let connection: Connection = rusqlite::Connection::open_in_memory().unwrap().into();
        connection.execute_batch(include_str!("../../migrations/0001_ledger.sql")).unwrap();
        let (book, person) = (BookCode::RESERVED, PersonId(Uuid::from_u128(1)));
        assert_eq!(wallet(&connection, book, person).unwrap(), None);
        for (mark, balance) in [(Mark::New, 700), (Mark::Changed, 650)] {
            let mut whole = a_wallet();
            let account = whole.accounts.get_mut(&CurrencyNumber(1)).unwrap();
            account.balance = balance;
            let stored = StoredWallet { mark, book, person, wallet: whole.clone() };
            write_wallets(&connection, &[stored]).unwrap();
            whole.accounts.get_mut(&CurrencyNumber(1)).unwrap().lots.pop();
            assert_eq!(wallet(&connection, book, person).unwrap(), Some(whole));
        }
    }
}
