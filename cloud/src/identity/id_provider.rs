//! ID providers (ID付与事業者): library, museum, shopping street … that gave residents a customer number.

use super::column::invalid;
use super::registry;
use crate::database::{self, Connection, Row, params};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_wire::terminal_api::{IdProviderChoice, OwnIdProvider};

/// Adds an ID provider, or changes the name of a known one.
pub fn put(
    write: &Connection,
    municipality: IssuerCode,
    provider: &IdProviderChoice,
    is_street: bool,
) -> database::Result<()> {
    write.execute(
        "insert into id_provider (id, municipality, name, is_street) values ($1, $2, $3, $4)
         on conflict (id) do update set name = excluded.name",
        params![provider.id.as_str(), municipality.as_str(), provider.name, is_street],
    )?;
    registry::mark_changed(write)
}

/// A municipality's ID providers, by their number.
pub fn of_municipality(
    read: &Connection,
    municipality: IssuerCode,
) -> database::Result<Vec<IdProviderChoice>> {
    read.query_all(
        "select id, name from id_provider where municipality = $1 order by id",
        params![municipality.as_str()],
        from_row,
    )
}

/// Whether there is such a provider.
pub fn is_known(read: &Connection, provider: IdProviderId) -> database::Result<bool> {
    read.query_row(
        "select exists (select 1 from id_provider where id = $1)",
        params![provider.as_str()],
        |row| row.get(0),
    )
}

/// Whether it keeps MyKey IDs itself (seed 001, §17).
pub fn keeps_mykey_ids(read: &Connection, provider: IdProviderId) -> database::Result<bool> {
    read.query_row(
        "select keeps_mykey_ids from id_provider where id = $1",
        params![provider.as_str()],
        |row| row.get(0),
    )
}

/// Sets whether residents may let a provider be told that their address is to be checked (row C6).
pub fn set_address_notices(
    write: &Connection,
    provider: IdProviderId,
    address_notices: bool,
) -> database::Result<()> {
    write.execute(
        "update id_provider set address_notices = $1 where id = $2",
        params![address_notices, provider.as_str()],
    )?;
    registry::mark_changed(write)
}

/// A provider as a terminal of its own knows it: ID, name, what it may learn.
pub(super) fn own_from_row(row: &Row<'_>) -> database::Result<OwnIdProvider> {
    let IdProviderChoice { id, name } = from_row(row)?;
    Ok(OwnIdProvider { id, name, keeps_mykey_ids: row.get(2)?, address_notices: row.get(3)? })
}

/// A provider's ID and name.
pub(super) fn from_row(row: &Row<'_>) -> database::Result<IdProviderChoice> {
    let id = IdProviderId::parse(&row.get::<String>(0)?).map_err(|e| invalid(0, e))?;
    Ok(IdProviderChoice { id, name: row.get(1)? })
}
