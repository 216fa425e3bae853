//! Sites (端末設置場所・利用店舗): the unit of settlement. A site has several terminals, one or none.

use super::registry;
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;

/// One site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its number.
    pub id: SiteId,
    /// The municipality it belongs to.
    pub municipality: IssuerCode,
    /// Its name, as it stands on screens and papers.
    pub name: String,
}

/// The number the next new site gets.
pub fn next_id(write: &Connection) -> database::Result<SiteId> {
    write
        .query_row("select cast(coalesce(max(id), 0) + 1 as bigint) from site", params![], |row| row.get(0))
        .map(SiteId)
}

/// Adds a site.
pub fn add(write: &Connection, site: &Site) -> database::Result<()> {
    write.execute(
        "insert into site (id, municipality, name) values ($1, $2, $3)",
        params![site.id.0, site.municipality.as_str(), site.name],
    )?;
    registry::mark_changed(write)
}

/// Finds a municipality's site by its name.
pub fn find_by_name(
    read: &Connection,
    municipality: IssuerCode,
    name: &str,
) -> database::Result<Option<SiteId>> {
    read.query_row(
        "select id from site where municipality = $1 and name = $2",
        params![municipality.as_str(), name],
        |row| row.get(0).map(SiteId),
    )
    .optional()
}

/// The municipality a site belongs to.
pub fn municipality_of(read: &Connection, site: SiteId) -> database::Result<Option<String>> {
    read.query_row("select municipality from site where id = $1", params![site.0], |row| row.get(0))
        .optional()
}

/// A site's name.
pub fn name(read: &Connection, site: SiteId) -> database::Result<Option<String>> {
    read.query_row("select name from site where id = $1", params![site.0], |row| row.get(0)).optional()
}
