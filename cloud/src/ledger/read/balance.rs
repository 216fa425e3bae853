//! What a resident can use, currency by currency.

use crate::database::{self, Connection, params};
use crate::ledger::columns::{date_or_none, owner};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::AccountKind;
use madoguchi_domain::person::PersonId;

/// What can be used of one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The currency.
    pub currency: CurrencyCode,
    /// All of it, in points; 0 where the person has no account.
    pub usable: i64,
    /// The same by last day, in the order of drawing.
    pub by_last_day: Vec<DatedPoints>,
}

/// Points that share a last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedPoints {
    /// The last day; `None` = they never lapse.
    pub last_day: Option<Date>,
    /// How many.
    pub points: i64,
}

/// What the person can use of each of these currencies on that Japan date, in the order asked.
pub fn balances(
    read: &Connection,
    person: PersonId,
    currencies: &[CurrencyCode],
    today: Date,
) -> database::Result<Vec<Balance>> {
    currencies.iter().map(|currency| balance(read, person, *currency, today)).collect()
}

/// What the person can use of one currency on that Japan date: lots past their last day count no
/// more, whether or not their lapse has been booked.
pub fn balance(
    read: &Connection,
    person: PersonId,
    currency: CurrencyCode,
    today: Date,
) -> database::Result<Balance> {
    let mut by_last_day = read.query_all(
        "select l.last_day, cast(sum(l.remaining) as bigint)
         from account a join lot l on l.book = a.book and l.account = a.id
         where a.book = $1 and a.kind = 'resident' and a.owner = $2 and a.currency = $3 and l.remaining > 0
         group by l.last_day
         order by l.last_day is null, l.last_day",
        params![currency.book.as_str(), owner(AccountKind::Resident(person)), currency.number.0],
        |row| Ok(DatedPoints { last_day: date_or_none(row, 0)?, points: row.get(1)? }),
    )?;
    by_last_day.retain(|dated| dated.last_day.is_none_or(|day| day >= today));
    Ok(Balance { currency, usable: by_last_day.iter().map(|dated| dated.points).sum(), by_last_day })
}
