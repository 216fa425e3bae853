//! Currencies: a municipality's own points, and events' and prefectures' with their period and the
//! terminals where they count (画面 4, 5-1, 5-2).

use super::OperatorError;
use crate::database::Connection;
use crate::identity::currency::{self, Currency};
use crate::identity::{issuer, site, terminal};
use crate::ledger::books;
use jiff::civil::Date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;

/// A period, both days included (Japan).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServicePeriod {
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
}

/// Adds a municipality's own points; said again they are the same.
pub fn add_municipal(
    write: &Connection,
    code: IssuerCode,
    name: &str,
) -> Result<CurrencyCode, OperatorError> {
    add(write, code, CurrencyKind::Municipal, name, None)
}

/// Adds the points of an event, of a city or a prefecture; said again they are the same.
pub fn add_event(
    write: &Connection,
    code: IssuerCode,
    name: &str,
    period: ServicePeriod,
) -> Result<CurrencyCode, OperatorError> {
    add(write, code, CurrencyKind::Event, name, Some(period))
}

/// Adds a prefecture's common points (県共通ポイント); said again they are the same.
pub fn add_common(
    write: &Connection,
    code: IssuerCode,
    name: &str,
    period: ServicePeriod,
) -> Result<CurrencyCode, OperatorError> {
    add(write, code, CurrencyKind::Common, name, Some(period))
}

fn add(
    write: &Connection,
    issuer: IssuerCode,
    kind: CurrencyKind,
    name: &str,
    period: Option<ServicePeriod>,
) -> Result<CurrencyCode, OperatorError> {
    if period.is_some_and(|period| period.last_day < period.first_day) {
        return Err(OperatorError::PeriodBackwards);
    }
    if issuer::find(write, issuer)?.is_none() {
        return Err(OperatorError::UnknownIssuer(issuer));
    }
    let book = BookCode::from(issuer);
    let new = Currency {
        code: CurrencyCode { book, number: currency::next_number(write, book)? },
        kind,
        name: name.to_owned(),
        first_day: period.map(|period| period.first_day),
        last_day: period.map(|period| period.last_day),
    };
    if let Some(known) = currency::find_by_name(write, book, name)? {
        let is_the_same = known == Currency { code: known.code, ..new };
        return if is_the_same { Ok(known.code) } else { Err(OperatorError::CurrencyDiffers(book)) };
    }
    let has_its_own = |known: &Currency| known.code.book == book && known.kind == CurrencyKind::Municipal;
    if kind == CurrencyKind::Municipal && currency::all(write)?.iter().any(has_its_own) {
        return Err(OperatorError::MunicipalCurrencyExists(book));
    }
    currency::add(write, &new)?;
    books::open_currency(write, new.code)?;
    Ok(new.code)
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

/// Lets an event's or a prefecture's tickets be cleared for these sites too. Those whose terminals take
/// the points need not be named.
pub fn allow_at_sites(write: &Connection, code: CurrencyCode, sites: &[SiteId]) -> Result<(), OperatorError> {
    if currency::find(write, code)?.is_none() {
        return Err(OperatorError::UnknownCurrency(code));
    }
    for &id in sites {
        if site::find(write, id)?.is_none() {
            return Err(OperatorError::UnknownSite(id));
        }
        currency::allow_at_site(write, code, id)?;
    }
    Ok(())
}
