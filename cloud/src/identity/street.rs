//! Shopping streets with a point system of their own: ID providers that municipal points are merged into
//! (rows F2–F5), and by which ID each knows a resident.

use super::column::{UnknownValue, invalid};
use super::service_id::{self, Bond};
use super::{id_provider, person, registry};
use crate::database::{self, Connection, Optional, Row, params};
use crate::keys::wrapped::street::MergeProfile;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_domain::person::PersonId;

/// A street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Street {
    /// Its ID as an ID provider.
    pub id: IdProviderId,
    /// Its name.
    pub name: String,
    /// How its files are sealed.
    pub profile: MergeProfile,
    /// Whether it knows residents by their MyKey IDs (row F4) and not by a service ID.
    pub keeps_mykey_ids: bool,
}

const COLUMNS: &str = "id, name, merge_profile, keeps_mykey_ids";

/// A street has a key once points can be merged into it.
const HAS_A_KEY: &str = "exists (select 1 from wrapped_key where purpose = 'merge_file_1' and owner = id
                         and retired_ms is null)";

/// The streets of a municipality that points can be merged into, by their number.
pub fn taking_merges(read: &Connection, municipality: IssuerCode) -> database::Result<Vec<Street>> {
    let sql = format!(
        "select {COLUMNS} from id_provider where municipality = $1 and is_street = 1 and {HAS_A_KEY}
         order by id"
    );
    read.query_all(&sql, params![municipality.as_str()], from_row)
}

/// A street, whether or not it has a key.
pub fn find(read: &Connection, id: IdProviderId) -> database::Result<Option<Street>> {
    let sql = format!("select {COLUMNS} from id_provider where id = $1 and is_street = 1");
    read.query_row(&sql, params![id.as_str()], from_row).optional()
}

/// Sets how a street's files are sealed and by which ID it knows residents.
pub fn set(
    write: &Connection,
    id: IdProviderId,
    profile: MergeProfile,
    keeps_mykey_ids: bool,
) -> database::Result<()> {
    write.execute(
        "update id_provider set merge_profile = $1, keeps_mykey_ids = $2 where id = $3",
        params![profile_number(profile), keeps_mykey_ids, id.as_str()],
    )?;
    // Its terminals' programs may ask for MyKey IDs from now on, or no more.
    registry::mark_changed(write)
}

/// By which ID the street knows a person; none where the person has no service ID of it.
pub fn point_id(
    read: &Connection,
    street: &Street,
    person: PersonId,
) -> database::Result<Option<StreetPointId>> {
    let text = if street.keeps_mykey_ids {
        person::mykey_id(read, person)?.map(|mykey_id| mykey_id.expose().to_owned())
    } else {
        let of = Bond { provider: street.id, person };
        service_id::standing(read, of)?.map(|standing| standing.number.into())
    };
    text.map(|text| StreetPointId::parse(&text).map_err(|e| invalid(0, e))).transpose()
}

const fn profile_number(profile: MergeProfile) -> i64 {
    match profile {
        MergeProfile::One => 1,
        MergeProfile::Two => 2,
    }
}

fn from_row(row: &Row<'_>) -> database::Result<Street> {
    let known = id_provider::from_row(row)?;
    let profile = match row.get::<i64>(2)? {
        1 => MergeProfile::One,
        2 => MergeProfile::Two,
        _ => return Err(invalid(2, UnknownValue)),
    };
    Ok(Street { id: known.id, name: known.name, profile, keeps_mykey_ids: row.get(3)? })
}
