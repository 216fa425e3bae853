//! What a resident has used today without a signature, and what the limit leaves.

use crate::database::{self, Connection};
use crate::ledger::wallet::wallet;
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::Limits;
use madoguchi_domain::person::PersonId;

/// What the person used on that Japan date at the terminals of `home`, voids subtracted.
pub fn used_today(read: &Connection, home: BookCode, person: PersonId, today: Date) -> database::Result<i64> {
    let day = wallet(read, home, person)?.and_then(|wallet| wallet.day);
    Ok(day.filter(|day| day.date == today).map_or(0, |day| day.used))
}

/// What the limits still allow this person in one use without a signature; `None` = any amount.
pub fn left_today(
    read: &Connection,
    home: BookCode,
    person: PersonId,
    limits: Limits,
    today: Date,
) -> database::Result<Option<i64>> {
    let left_of_day = match limits.per_day {
        Some(limit) => Some((limit.get() - used_today(read, home, person, today)?).max(0)),
        None => None,
    };
    let per_use = limits.per_use.map(madoguchi_domain::points::Points::get);
    Ok([left_of_day, per_use].into_iter().flatten().min())
}
