//! What the books keep beside what was posted: balances, and what is left of each lot.

use super::{Side, book_of, currency, side};
use madoguchi_cloud::database::{self, Connection, params};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ticket::TicketNumber;
use serde_json::Value;
use std::collections::BTreeMap;

/// Balances and lots as the books keep them.
pub struct Kept {
    /// What each account holds.
    pub balances: BTreeMap<(CurrencyCode, Side), i64>,
    /// What is left of each lot, by book and number.
    pub lots: BTreeMap<(BookCode, i64), i64>,
    /// What has become of each ticket.
    pub tickets: BTreeMap<TicketNumber, String>,
}

/// An account by its book and number.
type Accounts = BTreeMap<(BookCode, i64), (CurrencyCode, Side)>;
/// The accounts in a resident's wallet, by book and whose it is.
type Wallets = BTreeMap<(BookCode, Side), Vec<Value>>;

impl Kept {
    pub(super) fn read(read: &Connection) -> database::Result<Self> {
        let (accounts, wallets) = (accounts(read)?, wallets(read)?);
        let mut balances: BTreeMap<_, _> = shared(read)?
            .into_iter()
            .filter_map(|(account, balance)| Some((*accounts.get(&account)?, balance)))
            .collect();
        for ((book, _), held) in &wallets {
            for held in held {
                let account = held["id"].as_i64().and_then(|id| accounts.get(&(*book, id)));
                if let (Some(account), Some(balance)) = (account, held["balance"].as_i64()) {
                    balances.insert(*account, balance);
                }
            }
        }
        let mut left = BTreeMap::new();
        for (book, lot, owner) in lots(read)? {
            if let Some(held) = wallets.get(&(book, owner)) {
                left.insert((book, lot), left_of(lot, held));
            }
        }
        Ok(Self { balances, lots: left, tickets: tickets(read)? })
    }
}

fn tickets(read: &Connection) -> database::Result<BTreeMap<TicketNumber, String>> {
    let all = read.query_all("select number, state from ticket", params![], |row| {
        let number = u64::try_from(row.get::<i64>(0)?).unwrap_or_default();
        Ok((TicketNumber::from_number(number).expect("twelve digits"), row.get(1)?))
    })?;
    Ok(all.into_iter().collect())
}

/// A lot that is in no account is used up.
fn left_of(lot: i64, held: &[Value]) -> i64 {
    let lots = held.iter().filter_map(|account| account["lots"].as_array()).flatten();
    lots.filter(|held| held["id"].as_i64() == Some(lot)).filter_map(|held| held["remaining"].as_i64()).sum()
}

fn accounts(read: &Connection) -> database::Result<Accounts> {
    let all = read.query_all("select book, id, currency, kind, owner from account", params![], |row| {
        let book = book_of(row, 0)?;
        let account = (currency(book, row.get(2)?), side(row.text(3)?, row.bytes(4)?));
        Ok(((book, row.get(1)?), account))
    })?;
    Ok(all.into_iter().collect())
}

/// The accounts that are no resident's, by book and number.
fn shared(read: &Connection) -> database::Result<Vec<((BookCode, i64), i64)>> {
    read.query_all("select book, account, balance from balance", params![], |row| {
        Ok(((book_of(row, 0)?, row.get(1)?), row.get(2)?))
    })
}

fn wallets(read: &Connection) -> database::Result<Wallets> {
    let all = read.query_all("select book, person, accounts from wallet", params![], |row| {
        let held = serde_json::from_str(row.text(2)?).unwrap_or_default();
        Ok(((book_of(row, 0)?, side("resident", row.bytes(1)?)), held))
    })?;
    Ok(all.into_iter().collect())
}

fn lots(read: &Connection) -> database::Result<Vec<(BookCode, i64, Side)>> {
    let sql = "select l.book, l.id, a.kind, a.owner
         from lot l join account a on a.book = l.book and a.id = l.account";
    read.query_all(sql, params![], |row| {
        Ok((book_of(row, 0)?, row.get(1)?, side(row.text(2)?, row.bytes(3)?)))
    })
}
