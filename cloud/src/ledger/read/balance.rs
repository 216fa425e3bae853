//! What a resident can use, currency by currency.

use crate::database::{self, Connection};
use crate::ledger::wallet::wallet;
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::person::PersonId;
use std::collections::BTreeMap;

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
    let wallet = wallet(read, currency.book, person)?;
    let account = wallet.as_ref().and_then(|wallet| wallet.accounts.get(&currency.number));
    let usable = account.into_iter().flat_map(|account| &account.lots).filter(|lot| lot.is_usable_on(today));
    // Those that never lapse come last.
    let mut by_last_day: BTreeMap<(bool, Option<Date>), i64> = BTreeMap::new();
    for lot in usable {
        *by_last_day.entry((lot.last_day.is_none(), lot.last_day)).or_default() += lot.remaining;
    }
    let by_last_day: Vec<DatedPoints> =
        by_last_day.into_iter().map(|((_, last_day), points)| DatedPoints { last_day, points }).collect();
    Ok(Balance { currency, usable: by_last_day.iter().map(|dated| dated.points).sum(), by_last_day })
}
