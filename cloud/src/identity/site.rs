//! Sites (端末設置場所・利用店舗): the unit of settlement. A site has several terminals, one or none.

use super::column::invalid;
use super::registry;
use crate::database::{self, Connection, Optional, Row, params};
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
    /// Whether its stamp makes a used ticket good (row I8).
    pub takes_tickets: bool,
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
        "insert into site (id, municipality, name, takes_tickets) values ($1, $2, $3, $4)",
        params![site.id.0, site.municipality.as_str(), site.name, site.takes_tickets],
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

/// Finds a site.
pub fn find(read: &Connection, id: SiteId) -> database::Result<Option<Site>> {
    read.query_row(
        "select id, municipality, name, takes_tickets from site where id = $1",
        params![id.0],
        from_row,
    )
    .optional()
}

/// The sites of a municipality that take tickets, by name.
pub fn taking_tickets(read: &Connection, municipality: IssuerCode) -> database::Result<Vec<Site>> {
    read.query_all(
        "select id, municipality, name, takes_tickets from site
         where municipality = $1 and takes_tickets = 1 order by name, id",
        params![municipality.as_str()],
        from_row,
    )
}

/// Says whether a site takes tickets. `false`: there is no such site.
pub fn set_takes_tickets(write: &Connection, id: SiteId, takes_tickets: bool) -> database::Result<bool> {
    let changed =
        write.execute("update site set takes_tickets = $1 where id = $2", params![takes_tickets, id.0])?;
    registry::mark_changed(write)?;
    Ok(changed == 1)
}

fn from_row(row: &Row<'_>) -> database::Result<Site> {
    Ok(Site {
        id: SiteId(row.get(0)?),
        municipality: IssuerCode::parse(&row.get::<String>(1)?).map_err(|e| invalid(1, e))?,
        name: row.get(2)?,
        takes_tickets: row.get(3)?,
    })
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
