//! Currencies (ポイントの種類): which there are, and which count at a terminal on a day (row D1).
//!
//! A municipality's own points count at all its terminals; an event's and a prefecture's common points
//! count at the terminals chosen for them, within their service period.

use super::column::{UnknownValue, invalid};
use super::registry;
use crate::database::{self, Connection, Optional, Row, params};
use jiff::civil::Date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind, CurrencyNumber};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;

/// One currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// Its book and number.
    pub code: CurrencyCode,
    /// What kind of points.
    pub kind: CurrencyKind,
    /// Its name (川崎市ポイント).
    pub name: String,
    /// First day of the service period (Japan), where there is one.
    pub first_day: Option<Date>,
    /// Last day of the service period (Japan), where there is one.
    pub last_day: Option<Date>,
}

impl Currency {
    /// Whether the day lies in the service period.
    pub fn is_in_service(&self, day: Date) -> bool {
        self.first_day.is_none_or(|first| first <= day) && self.last_day.is_none_or(|last| day <= last)
    }
}

const COLUMNS: &str = "c.book, c.number, c.kind, c.name, c.first_day, c.last_day";

/// Adds a currency.
pub fn add(write: &Connection, currency: &Currency) -> database::Result<()> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    write.execute(
        "insert into currency (book, number, kind, name, first_day, last_day)
         values ($1, $2, $3, $4, $5, $6)",
        params![
            currency.code.book.as_str(),
            currency.code.number.0,
            kind_name(currency.kind),
            currency.name,
            day(currency.first_day),
            day(currency.last_day)
        ],
    )?;
    registry::mark_changed(write)
}

/// The number the next new currency of a book gets.
pub fn next_number(write: &Connection, book: BookCode) -> database::Result<CurrencyNumber> {
    write
        .query_row(
            "select cast(coalesce(max(number), 0) + 1 as bigint) from currency where book = $1",
            params![book.as_str()],
            |row| row.get(0),
        )
        .map(CurrencyNumber)
}

/// Lets a currency count at a terminal; saying it twice changes nothing.
pub fn allow_at(write: &Connection, code: CurrencyCode, terminal: TerminalId) -> database::Result<()> {
    write.execute(
        "insert into currency_terminal (book, number, terminal) values ($1, $2, $3)
         on conflict (book, number, terminal) do nothing",
        params![code.book.as_str(), code.number.0, terminal.number()],
    )?;
    registry::mark_changed(write)
}

/// Lets an event's tickets be cleared for a site, whether or not it has a terminal; saying it twice changes
/// nothing.
pub fn allow_at_site(write: &Connection, code: CurrencyCode, site: SiteId) -> database::Result<()> {
    write.execute(
        "insert into currency_site (book, number, site) values ($1, $2, $3)
         on conflict (book, number, site) do nothing",
        params![code.book.as_str(), code.number.0, site.0],
    )?;
    registry::mark_changed(write)
}

/// The points that count at any site of a municipality, by code, and whether at this one: its own at all of
/// them, others where they are listed, the site itself or a terminal of it. A terminal that was deleted since still
/// speaks for its site: the tickets that were paid with there have its stamp, and the shop took them in good faith.
pub fn counting_in(
    read: &Connection,
    municipality: IssuerCode,
    site: SiteId,
) -> database::Result<Vec<(CurrencyCode, bool)>> {
    read.query_all(
        "select book, number, cast(max(case when site = $1 then 1 else 0 end) as bigint)
         from (select book, number, cast($1 as bigint) as site from currency
               where book = $2 and kind = 'municipal'
               union all
               select l.book, l.number, l.site from currency_site l join site s on s.id = l.site
               where s.municipality = $2
               union all
               select l.book, l.number, t.site from currency_terminal l join terminal t on t.id = l.terminal
               where t.municipality = $2) counting
         group by book, number order by book, number",
        params![site.0, municipality.as_str()],
        |row| Ok((code_in(row)?, row.get::<i64>(2)? == 1)),
    )
}

/// Finds a currency by its code.
pub fn find(read: &Connection, code: CurrencyCode) -> database::Result<Option<Currency>> {
    read.query_row(
        &format!("select {COLUMNS} from currency c where c.book = $1 and c.number = $2"),
        params![code.book.as_str(), code.number.0],
        from_row,
    )
    .optional()
}

/// Finds a currency of a book by its name.
pub fn find_by_name(read: &Connection, book: BookCode, name: &str) -> database::Result<Option<Currency>> {
    read.query_row(
        &format!("select {COLUMNS} from currency c where c.book = $1 and c.name = $2"),
        params![book.as_str(), name],
        from_row,
    )
    .optional()
}

/// Every currency, by book and number.
pub fn all(read: &Connection) -> database::Result<Vec<Currency>> {
    read.query_all(
        &format!("select {COLUMNS} from currency c order by c.book, c.number"),
        params![],
        from_row,
    )
}

/// What can ever be used at a terminal of this municipality: its own points first, then those that
/// list the terminal, by the end of their period. The day is for the caller to check.
pub fn listed_at(
    read: &Connection,
    municipality: IssuerCode,
    terminal: TerminalId,
) -> database::Result<Vec<Currency>> {
    let mut statement = read.prepare(&format!(
        "select {COLUMNS} from currency c
         where (c.book = $1 and c.kind = 'municipal')
            or exists (select 1 from currency_terminal t
                       where t.terminal = $2 and t.book = c.book and t.number = c.number)
         order by case when c.kind = 'municipal' then 0 else 1 end, c.last_day, c.book, c.number"
    ))?;
    statement.query_all(params![municipality.as_str(), terminal.number()], from_row)
}

fn from_row(row: &Row<'_>) -> database::Result<Currency> {
    let day = |column: usize| -> database::Result<Option<Date>> {
        row.get::<Option<String>>(column)?
            .map(|text| text.parse().map_err(|e: jiff::Error| invalid(column, e)))
            .transpose()
    };
    Ok(Currency {
        code: code_in(row)?,
        kind: parse_kind(&row.get::<String>(2)?).ok_or_else(|| invalid(2, UnknownValue))?,
        name: row.get(3)?,
        first_day: day(4)?,
        last_day: day(5)?,
    })
}

/// The book and number in the first two columns.
fn code_in(row: &Row<'_>) -> database::Result<CurrencyCode> {
    let book = BookCode::parse(&row.get::<String>(0)?).map_err(|e| invalid(0, e))?;
    Ok(CurrencyCode { book, number: CurrencyNumber(row.get(1)?) })
}

const KINDS: [(CurrencyKind, &str); 4] = [
    (CurrencyKind::Municipal, "municipal"),
    (CurrencyKind::Event, "event"),
    (CurrencyKind::Common, "common"),
    (CurrencyKind::Reserved, "reserved"),
];

fn kind_name(kind: CurrencyKind) -> &'static str {
    match kind {
        CurrencyKind::Municipal => KINDS[0].1,
        CurrencyKind::Event => KINDS[1].1,
        CurrencyKind::Common => KINDS[2].1,
        CurrencyKind::Reserved => KINDS[3].1,
    }
}

fn parse_kind(name: &str) -> Option<CurrencyKind> {
    KINDS.into_iter().find(|(_, known)| *known == name).map(|(kind, _)| kind)
}
