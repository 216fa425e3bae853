//! Currencies: a municipality's own points, and events' and prefectures' with their period and the
//! terminals where they count (画面 4, 5-1, 5-2).

use super::OperatorError;
use crate::identity::currency::{self, Currency};
use crate::identity::{issuer, terminal};
use crate::ledger::books;
use jiff::civil::Date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::terminal::TerminalId;
use rusqlite::Connection;

/// A period, both days included (Japan).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServicePeriod {
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
}

/// Adds a municipality's own points; of the same name they are the same.
pub fn add_municipal(
    write: &Connection,
    code: IssuerCode,
    name: &str,
) -> Result<CurrencyCode, OperatorError> {
    let book = BookCode::from(code);
    if let Some(known) = currency::find_by_name(write, book, name)? {
        return Ok(known.code);
    }
    if currency::all(write)?
        .iter()
        .any(|known| known.code.book == book && known.kind == CurrencyKind::Municipal)
    {
        return Err(OperatorError::MunicipalCurrencyExists(book));
    }
    add(write, code, CurrencyKind::Municipal, name, None)
}

/// Adds the points of an event, of a city or a prefecture; of the same name in one book they are the
/// same.
pub fn add_event(
    write: &Connection,
    code: IssuerCode,
    name: &str,
    period: ServicePeriod,
) -> Result<CurrencyCode, OperatorError> {
    add_with_period(write, code, CurrencyKind::Event, name, period)
}

/// Adds a prefecture's common points (県共通ポイント).
pub fn add_common(
    write: &Connection,
    code: IssuerCode,
    name: &str,
    period: ServicePeriod,
) -> Result<CurrencyCode, OperatorError> {
    add_with_period(write, code, CurrencyKind::Common, name, period)
}

fn add_with_period(
    write: &Connection,
    code: IssuerCode,
    kind: CurrencyKind,
    name: &str,
    period: ServicePeriod,
) -> Result<CurrencyCode, OperatorError> {
    if period.last_day < period.first_day {
        return Err(OperatorError::PeriodBackwards);
    }
    if let Some(known) = currency::find_by_name(write, BookCode::from(code), name)? {
        return Ok(known.code);
    }
    add(write, code, kind, name, Some(period))
}

fn add(
    write: &Connection,
    issuer: IssuerCode,
    kind: CurrencyKind,
    name: &str,
    period: Option<ServicePeriod>,
) -> Result<CurrencyCode, OperatorError> {
    if issuer::find(write, issuer)?.is_none() {
        return Err(OperatorError::UnknownIssuer(issuer));
    }
    let book = BookCode::from(issuer);
    let code = CurrencyCode { book, number: currency::next_number(write, book)? };
    let currency = Currency {
        code,
        kind,
        name: name.to_owned(),
        first_day: period.map(|period| period.first_day),
        last_day: period.map(|period| period.last_day),
    };
    currency::add(write, &currency)?;
    books::open_currency(write, code)?;
    Ok(code)
}

/// Lets an event's or a prefecture's points count at these terminals too.
pub fn allow_at(
    write: &Connection,
    code: CurrencyCode,
    terminals: &[TerminalId],
) -> Result<(), OperatorError> {
    if currency::find(write, code)?.is_none() {
        return Err(OperatorError::UnknownCurrency(code));
    }
    for &id in terminals {
        if terminal::find(write, id)?.is_none() {
            return Err(OperatorError::UnknownTerminal(id));
        }
        currency::allow_at(write, code, id)?;
    }
    Ok(())
}
