//! What a book keeps beside its entries: what wallets and balances say of accounts and lots, brought
//! together with the accounts that were opened and the lots that were granted.
//!
//! What is kept of an account or a lot that is not there, or not so, is a violation of its own.

use super::super::columns::{self, account_kind, date_or_none, position};
use super::super::wallet::{WALLET, wallet_from};
use crate::database::{self, Connection, Row, params};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::invariants::{BookAudit, LotRow};
use madoguchi_domain::ledger::{Account, AccountId, AccountKind, AccountName, AccountTitle, Lot, LotId};
use madoguchi_domain::person::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// Everything kept of one book, by number.
pub(super) struct Kept {
    /// What wallets hold, and whose and of which currency they say it is.
    held: HashMap<AccountId, (PersonId, CurrencyNumber, Account)>,
    /// What other accounts hold.
    balances: HashMap<AccountId, (String, Account)>,
    /// Lots of which something remains.
    lots: HashMap<LotId, (AccountId, Lot)>,
    /// What is kept twice.
    twice: Vec<AccountId>,
}

impl Kept {
    pub(super) fn of(read: &Connection, book: BookCode) -> database::Result<Self> {
        let mut kept =
            Self { held: HashMap::new(), balances: HashMap::new(), lots: HashMap::new(), twice: Vec::new() };
        let mut wallets = read.prepare(&format!("select {WALLET}, person from wallet where book = $1"))?;
        wallets.for_each(params![book.as_str()], |row| kept.add_wallet(row))?;
        let mut balances = read.prepare(
            "select account, kind, balance, entries, last_seq, last_line from balance where book = $1",
        )?;
        balances.for_each(params![book.as_str()], |row| kept.add_balance(row))?;
        Ok(kept)
    }

    fn add_wallet(&mut self, row: &Row<'_>) -> database::Result<()> {
        let person = PersonId(Uuid::from_bytes(row.get(3)?));
        for (number, account) in wallet_from(row, 0)?.accounts {
            let id = account.id;
            self.lots.extend(account.lots.iter().map(|lot| (lot.id, (id, *lot))));
            if self.held.insert(id, (person, number, account)).is_some() {
                self.twice.push(id);
            }
        }
        Ok(())
    }

    fn add_balance(&mut self, row: &Row<'_>) -> database::Result<()> {
        let id = columns::account_id(row, 0)?;
        let account = Account {
            balance: row.get(2)?,
            entries: row.get(3)?,
            last_entry: position(row, 4, 5)?,
            ..Account::opened(id, AccountName([0; 16]))
        };
        self.balances.insert(id, (row.get(1)?, account));
        Ok(())
    }

    /// Every account that was opened, with what is kept of it; none = nothing has happened in it.
    pub(super) fn feed_accounts(
        &mut self,
        read: &Connection,
        book: BookCode,
        audit: &mut BookAudit,
    ) -> database::Result<()> {
        let mut statement =
            read.prepare("select id, name, kind, owner, currency from account where book = $1")?;
        statement.for_each(params![book.as_str()], |row| {
            let (id, name) = (columns::account_id(row, 0)?, columns::account_name(row, 1)?);
            let kind = account_kind(2, row.text(2)?, row.bytes(3)?)?;
            let currency = CurrencyCode { book, number: CurrencyNumber(row.get(4)?) };
            let title = AccountTitle { currency, kind };
            let holds = self.take(title, id).unwrap_or_else(|| Account::opened(id, name));
            if title.kind.has_lots() && holds.name != name {
                audit.stray_account(id);
            }
            audit.account(title, Account { name, ..holds });
            Ok(())
        })?;
        let strays = self.held.keys().chain(self.balances.keys()).chain(&self.twice);
        strays.for_each(|id| audit.stray_account(*id));
        Ok(())
    }

    fn take(&mut self, title: AccountTitle, id: AccountId) -> Option<Account> {
        if let AccountKind::Resident(person) = title.kind {
            let (whose, number, _) = self.held.get(&id)?;
            let is_so = (*whose, *number) == (person, title.currency.number);
            return is_so.then(|| self.held.remove(&id)).flatten().map(|(_, _, account)| account);
        }
        let is_so = self.balances.get(&id)?.0 == title.kind.code();
        is_so.then(|| self.balances.remove(&id)).flatten().map(|(_, account)| account)
    }

    /// Every lot that was granted, with what remains of it.
    pub(super) fn feed_lots(
        &mut self,
        read: &Connection,
        book: BookCode,
        audit: &mut BookAudit,
    ) -> database::Result<()> {
        let mut statement =
            read.prepare("select id, last_day, origin_seq, amount, account from lot where book = $1")?;
        statement.for_each(params![book.as_str()], |row| {
            let id = LotId(row.get(0)?);
            let account = columns::account_id(row, 4)?;
            let held = self.lots.remove(&id);
            let lot = Lot {
                id,
                last_day: date_or_none(row, 1)?,
                origin_seq: row.get(2)?,
                amount: row.get(3)?,
                remaining: held.map_or(0, |(_, lot)| lot.remaining),
            };
            if held.is_some_and(|held| held != (account, lot)) {
                audit.stray_lot(id);
            }
            audit.lot(LotRow { account, lot });
            Ok(())
        })?;
        self.lots.keys().for_each(|id| audit.stray_lot(*id));
        Ok(())
    }
}
