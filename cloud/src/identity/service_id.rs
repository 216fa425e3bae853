//! Service IDs: by which number an ID provider knows a person, now and before (rows C1, C2).

use super::column::invalid;
use crate::database::{self, Connection, Optional, Row, params};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::terminal::TerminalId;
use uuid::Uuid;

/// Whose number at which provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bond {
    /// The provider.
    pub provider: IdProviderId,
    /// The person.
    pub person: PersonId,
}

/// One registration, standing or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceId {
    /// Whose, and at which provider.
    pub of: Bond,
    /// 顧客ID.
    pub number: CustomerNumber,
    /// Where it was registered.
    pub terminal: TerminalId,
    /// Since when, milliseconds since 1970 (UTC).
    pub from_ms: i64,
    /// When it was ended by a correction.
    pub until_ms: Option<i64>,
}

/// Who registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registrar {
    /// The terminal.
    pub terminal: TerminalId,
    /// In which generation.
    pub generation: u32,
}

const COLUMNS: &str = "provider, person, number, terminal, from_ms, until_ms";

/// What is registered for a person at a provider now.
pub fn standing(read: &Connection, of: Bond) -> database::Result<Option<ServiceId>> {
    let sql =
        format!("select {COLUMNS} from service_id where person = $1 and provider = $2 and until_ms is null");
    read.query_row(&sql, params![of.person.0.as_bytes(), of.provider.as_str()], from_row).optional()
}

/// Who has a number at a provider now.
pub fn holder(
    read: &Connection,
    provider: IdProviderId,
    number: &CustomerNumber,
) -> database::Result<Option<PersonId>> {
    read.query_row(
        "select person from service_id where provider = $1 and number = $2 and until_ms is null",
        params![provider.as_str(), number.expose()],
        |row| row.get(0).map(|bytes| PersonId(Uuid::from_bytes(bytes))),
    )
    .optional()
}

/// What was registered under a key, standing or ended.
pub fn under(read: &Connection, key: OperationKey) -> database::Result<Option<ServiceId>> {
    let sql = format!("select {COLUMNS} from service_id where key = $1");
    read.query_row(&sql, params![key.0.as_bytes()], from_row).optional()
}

/// Registers a number, ending what stands.
pub fn register(
    write: &Connection,
    key: OperationKey,
    of: Bond,
    number: &CustomerNumber,
    by: Registrar,
    now_ms: i64,
) -> database::Result<()> {
    let (provider, person) = (of.provider.as_str(), of.person.0.as_bytes());
    // The clock may have been set back since.
    write.execute(
        "update service_id set until_ms = case when from_ms > $1 then from_ms else $1 end
         where person = $2 and provider = $3 and until_ms is null",
        params![now_ms, person, provider],
    )?;
    write
        .execute(
            "insert into service_id (key, provider, person, number, terminal, generation, from_ms)
             values ($1, $2, $3, $4, $5, $6, $7)",
            params![
                key.0.as_bytes(),
                provider,
                person,
                number.expose(),
                by.terminal.number(),
                by.generation,
                now_ms
            ],
        )
        .map(drop)
}

/// Everything ever registered for a person, oldest first.
pub fn history(read: &Connection, person: PersonId) -> database::Result<Vec<ServiceId>> {
    let sql = format!("select {COLUMNS} from service_id where person = $1 order by from_ms, provider");
    read.query_all(&sql, params![person.0.as_bytes()], from_row)
}

/// How many persons have a number at a provider now.
pub fn count(read: &Connection, provider: IdProviderId) -> database::Result<i64> {
    read.query_row(
        "select count(*) from service_id where provider = $1 and until_ms is null",
        params![provider.as_str()],
        |row| row.get(0),
    )
}

fn from_row(row: &Row<'_>) -> database::Result<ServiceId> {
    Ok(ServiceId {
        of: Bond {
            provider: IdProviderId::parse(&row.get::<String>(0)?).map_err(|e| invalid(0, e))?,
            person: PersonId(Uuid::from_bytes(row.get(1)?)),
        },
        number: CustomerNumber::parse(&row.get::<String>(2)?).map_err(|e| invalid(2, e))?,
        terminal: TerminalId::from_number(row.get(3)?).map_err(|e| invalid(3, e))?,
        from_ms: row.get(4)?,
        until_ms: row.get(5)?,
    })
}
