//! Used tickets that lapsed while their scan waited on a dead line (row E4): the shop has taken them, so the
//! municipality is shown each.
//!
//! Belongs here: the table of `0010_lapsed_waiting.sql`. Does not belong here: that they are refused (the
//! ledger); what the municipality then does (nothing is paid by itself).

use crate::database::{self, Connection, Error, Row, params};
use jiff::civil::Date;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::TicketNumber;

/// A scan that came too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// The terminal that scanned it.
    pub terminal: TerminalId,
    /// The key of its clearing.
    pub key: OperationKey,
    /// The terminal's municipality.
    pub municipality: IssuerCode,
    /// The ticket.
    pub number: TicketNumber,
    /// The site of the stamp.
    pub site: SiteId,
    /// When it was scanned, by the cloud's clock less the time it waited, milliseconds since 1970 (UTC).
    pub scanned_at_ms: i64,
    /// When the cloud refused it, milliseconds since 1970 (UTC).
    pub refused_at_ms: i64,
}

/// Notes one, once.
pub fn note(write: &Connection, late: &Late) -> database::Result<()> {
    write
        .execute(
            "insert into ticket_lapsed_waiting
                 (terminal, key, municipality, number, site, scanned_at_ms, refused_at_ms)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (terminal, key) do nothing",
            params![
                late.terminal.number(),
                late.key.0.as_bytes().to_vec(),
                late.municipality.as_str(),
                i64::try_from(late.number.number()).unwrap_or(i64::MAX),
                late.site.0,
                late.scanned_at_ms,
                late.refused_at_ms
            ],
        )
        .map(drop)
}

/// One of them as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLate {
    /// When the cloud refused it, milliseconds since 1970 (UTC).
    pub refused_at_ms: i64,
    /// When it was scanned, by the cloud's clock less the time it waited, milliseconds since 1970 (UTC).
    pub scanned_at_ms: i64,
    /// The terminal that scanned it.
    pub terminal: TerminalId,
    /// The terminal's municipality.
    pub municipality: IssuerCode,
    /// The ticket.
    pub number: TicketNumber,
    /// Its points.
    pub points: i64,
    /// Its last day, Japan.
    pub last_day: Date,
    /// The name of the site of its stamp.
    pub site_name: String,
}

/// What came too late since a moment (milliseconds since 1970, UTC), the newest first.
pub fn since(read: &Connection, at_ms: i64) -> database::Result<Vec<ListedLate>> {
    read.query_all(
        "select l.refused_at_ms, l.scanned_at_ms, l.terminal, l.municipality, l.number, t.points, t.last_day, s.name
         from ticket_lapsed_waiting l
         join ticket_number n on n.number = l.number
         join ticket t on t.book = n.book and t.number = n.number
         join site s on s.id = l.site
         where l.refused_at_ms >= $1 order by l.refused_at_ms desc, l.number",
        params![at_ms],
        from_row,
    )
}

fn from_row(row: &Row<'_>) -> database::Result<ListedLate> {
    let number = u64::try_from(row.get::<i64>(4)?).map_err(|e| Error::column(4, e))?;
    Ok(ListedLate {
        refused_at_ms: row.get(0)?,
        scanned_at_ms: row.get(1)?,
        terminal: TerminalId::from_number(row.get(2)?).map_err(|e| Error::column(2, e))?,
        municipality: IssuerCode::parse(&row.get::<String>(3)?).map_err(|e| Error::column(3, e))?,
        number: TicketNumber::from_number(number).map_err(|e| Error::column(4, e))?,
        points: row.get(5)?,
        last_day: row.get::<String>(6)?.parse().map_err(|e: jiff::Error| Error::column(6, e))?,
        site_name: row.get(7)?,
    })
}
