//! Writing what a batch changed, with few statements, each prepared once.

use super::columns::{date_text, json, owner};
use super::merge::write_merges;
use super::ticket::{write_closes, write_tickets};
use super::wallet::write_wallets;
use crate::database::{self, Connection, params};
use madoguchi_domain::ledger::{Changes, GrantedLot, Mark, OpenedAccount, Operation, StoredAccount};

/// Writes all of it; the caller commits.
pub(super) fn write(connection: &Connection, changes: &Changes) -> database::Result<()> {
    write_operations(connection, changes)?;
    write_entries(connection, changes)?;
    open_accounts(connection, &changes.opened)?;
    write_lots(connection, &changes.granted)?;
    write_balances(connection, &changes.accounts)?;
    write_wallets(connection, &changes.wallets)?;
    write_tickets(connection, &changes.tickets)?;
    write_closes(connection, &changes.closes)?;
    write_merges(connection, &changes.merges)?;
    write_blocks(connection, changes)
}

fn write_operations(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into operation (book, seq, kind, outcome, actor, key, request_hash, answer, at_ms, business_date,
                                site, identified_by, reverses, act_book, act_seq)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )?;
    for posted in &changes.operations {
        let operation: &Operation = &posted.operation;
        let answer = posted.answer.as_ref().map(json).transpose()?;
        insert.add(params![
            operation.book.as_str(),
            operation.seq,
            operation.kind.code(),
            operation.outcome.code(),
            operation.actor.to_string(),
            operation.key.as_ref().map(|key| key.0.as_bytes()),
            operation.request_hash.as_ref().map(|hash| &hash.0),
            answer,
            operation.at_ms,
            date_text(operation.business_date),
            operation.site.map(|site| site.0),
            operation.identified_by.map(madoguchi_domain::ledger::IdentifiedBy::code),
            operation.reverses,
            operation.act.book.as_str(),
            operation.act.seq,
        ])?;
    }
    insert.done()
}

fn write_entries(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into entry (book, seq, line, account, lot, amount, account_seq, balance_after,
                            previous_seq, previous_line)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )?;
    for posted in &changes.operations {
        let operation = &posted.operation;
        for entry in &posted.entries {
            insert.add(params![
                operation.book.as_str(),
                operation.seq,
                entry.line,
                entry.account.0,
                entry.lot.map(|lot| lot.0),
                entry.amount,
                entry.account_seq,
                entry.balance_after,
                entry.previous.map(|previous| previous.seq),
                entry.previous.map(|previous| previous.line),
            ])?;
        }
    }
    insert.done()
}

/// What of new accounts never changes.
pub(super) fn open_accounts(connection: &Connection, opened: &[OpenedAccount]) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into account (book, kind, owner, currency, id, name) values ($1, $2, $3, $4, $5, $6)",
    )?;
    for OpenedAccount { title, id, name } in opened {
        insert.add(params![
            title.book().as_str(),
            title.kind.code(),
            owner(title.kind),
            title.currency.number.0,
            id.0,
            name.0,
        ])?;
    }
    insert.done()
}

/// What accounts hold that are no resident's.
pub(super) fn write_balances(connection: &Connection, accounts: &[StoredAccount]) -> database::Result<()> {
    let mut update = connection.prepare_many(
        "update balance set balance = $1, entries = $2, last_seq = $3, last_line = $4
         where book = $5 and account = $6 and kind = $7",
    )?;
    let mut insert = connection.prepare_many(
        "insert into balance (balance, entries, last_seq, last_line, book, account, kind)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )?;
    for StoredAccount { mark, title, account } in accounts {
        let statement = match mark {
            Mark::New => &mut insert,
            Mark::Changed => &mut update,
        };
        statement.add(params![
            account.balance,
            account.entries,
            account.last_entry.map(|last| last.seq),
            account.last_entry.map(|last| last.line),
            title.book().as_str(),
            account.id.0,
            title.kind.code(),
        ])?;
    }
    insert.done()?;
    update.done()
}

fn write_lots(connection: &Connection, granted: &[GrantedLot]) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into lot (book, account, id, last_day, origin_kind, origin_reference, origin_seq, amount)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )?;
    for GrantedLot { book, account, lot, origin } in granted {
        insert.add(params![
            book.as_str(),
            account.0,
            lot.id.0,
            lot.last_day.map(date_text),
            origin.kind.code(),
            origin.reference,
            lot.origin_seq,
            lot.amount,
        ])?;
    }
    insert.done()
}

fn write_blocks(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into block (book, height, first_seq, last_seq, root, at_ms, hash)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )?;
    for block in &changes.blocks {
        insert.add(params![
            block.book.as_str(),
            block.height,
            block.first_seq,
            block.last_seq,
            block.root.0,
            block.at_ms,
            block.hash.0,
        ])?;
    }
    let mut update = connection.prepare_many(
        "update head set seq = $1, height = $2, hash = $3, at_ms = $4, accounts = $5, lots = $6 where book = $7",
    )?;
    for (book, head) in &changes.heads {
        update.add(params![
            head.seq,
            head.height,
            head.hash.0,
            head.at_ms,
            head.accounts,
            head.lots,
            book.as_str(),
        ])?;
    }
    insert.done()?;
    update.done()
}
