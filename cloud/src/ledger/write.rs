//! Writing what a batch changed, with few statements, each prepared once.

use super::columns::{date_text, owner};
use crate::database::{self, Connection, params};
use madoguchi_domain::ledger::{Account, Changes, Mark, Operation, StoredAccount, StoredLot};

/// Writes all of it; the caller commits.
pub(super) fn write(connection: &Connection, changes: &Changes) -> database::Result<()> {
    write_operations(connection, changes)?;
    write_entries(connection, changes)?;
    write_accounts(connection, &changes.accounts)?;
    write_lots(connection, &changes.lots)?;
    write_days(connection, changes)?;
    write_blocks(connection, changes)
}

fn write_operations(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut insert = connection.prepare(
        "insert into operation (book, seq, kind, outcome, actor, key, request_hash, answer, at_ms, business_date,
                                site, identified_by, reverses, act_book, act_seq)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )?;
    for posted in &changes.operations {
        let operation: &Operation = &posted.operation;
        let answer = posted
            .answer
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| database::Error::Unwritable(Box::new(error)))?;
        insert.execute(params![
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
    Ok(())
}

fn write_entries(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut insert = connection.prepare(
        "insert into entry (book, seq, line, account, lot, amount, account_seq, balance_after,
                            previous_seq, previous_line)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )?;
    for posted in &changes.operations {
        let operation = &posted.operation;
        for entry in &posted.entries {
            insert.execute(params![
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
    Ok(())
}

fn write_accounts(connection: &Connection, accounts: &[StoredAccount]) -> database::Result<()> {
    let mut update = connection.prepare(
        "update account set balance = $1, entries = $2, last_seq = $3, last_line = $4
         where book = $5 and kind = $6 and owner = $7 and currency = $8",
    )?;
    for stored in accounts {
        let StoredAccount { mark, title, account } = stored;
        if *mark == Mark::New {
            insert_account(connection, stored)?;
            continue;
        }
        update.execute(params![
            account.balance,
            account.entries,
            account.last_entry.map(|last| last.seq),
            account.last_entry.map(|last| last.line),
            title.book().as_str(),
            title.kind.code(),
            owner(title.kind),
            title.currency.number.0,
        ])?;
    }
    Ok(())
}

/// A new account, with or without entries.
pub(super) fn insert_account(connection: &Connection, stored: &StoredAccount) -> database::Result<()> {
    let StoredAccount { title, account, .. } = stored;
    let Account { id, name, balance, entries, last_entry, .. } = account;
    connection.execute(
        "insert into account (book, kind, owner, currency, id, name, balance, entries, last_seq, last_line)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            title.book().as_str(),
            title.kind.code(),
            owner(title.kind),
            title.currency.number.0,
            id.0,
            name.0,
            balance,
            entries,
            last_entry.map(|last| last.seq),
            last_entry.map(|last| last.line),
        ],
    )?;
    Ok(())
}

fn write_lots(connection: &Connection, lots: &[StoredLot]) -> database::Result<()> {
    let mut update =
        connection.prepare("update lot set remaining = $1 where book = $2 and account = $3 and id = $4")?;
    for stored in lots {
        let (lot, book) = (&stored.lot, stored.title.book());
        let Some(origin) = &stored.origin else {
            update.execute(params![lot.remaining, book.as_str(), stored.account.0, lot.id.0])?;
            continue;
        };
        connection.execute(
            "insert into lot (book, account, id, last_day, origin_kind, origin_reference, origin_seq,
                                  amount, remaining)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![
                book.as_str(),
                stored.account.0,
                lot.id.0,
                lot.last_day.map(date_text),
                origin.kind.code(),
                origin.reference,
                lot.origin_seq,
                lot.amount,
                lot.remaining,
            ],
        )?;
    }
    Ok(())
}

fn write_days(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut upsert = connection.prepare(
        "insert into resident_day (book, person, business_date, used) values ($1, $2, $3, $4)
         on conflict (book, person) do update set business_date = excluded.business_date, used = excluded.used",
    )?;
    for (home, person, day) in &changes.days {
        upsert.execute(params![home.as_str(), person.0.as_bytes(), date_text(day.date), day.used])?;
    }
    Ok(())
}

fn write_blocks(connection: &Connection, changes: &Changes) -> database::Result<()> {
    let mut insert = connection.prepare(
        "insert into block (book, height, first_seq, last_seq, root, at_ms, hash)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )?;
    for block in &changes.blocks {
        insert.execute(params![
            block.book.as_str(),
            block.height,
            block.first_seq,
            block.last_seq,
            block.root.0,
            block.at_ms,
            block.hash.0,
        ])?;
    }
    let mut update = connection.prepare(
        "update head set seq = $1, height = $2, hash = $3, at_ms = $4, accounts = $5, lots = $6 where book = $7",
    )?;
    for (book, head) in &changes.heads {
        update.execute(params![
            head.seq,
            head.height,
            head.hash.0,
            head.at_ms,
            head.accounts,
            head.lots,
            book.as_str(),
        ])?;
    }
    Ok(())
}
