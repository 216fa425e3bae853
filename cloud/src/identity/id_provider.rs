//! ID providers (ID付与事業者): library, museum, shopping street … that gave residents a customer number.

use super::registry;
use crate::database::{self, Connection, params};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_wire::terminal_api::IdProviderChoice;

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
        params![provider.id, municipality.as_str(), provider.name, is_street],
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
        |row| Ok(IdProviderChoice { id: row.get(0)?, name: row.get(1)? }),
    )
}
