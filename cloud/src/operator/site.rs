//! Sites (端末設置場所・利用店舗).

use super::OperatorError;
use crate::database::Connection;
use crate::identity::issuer;
use crate::identity::site::{self, Site};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;

/// Adds a site of a municipality and says its number; one of the same name is the same site.
pub fn add(write: &Connection, municipality: IssuerCode, name: &str) -> Result<SiteId, OperatorError> {
    if issuer::find(write, municipality)?.is_none() {
        return Err(OperatorError::UnknownIssuer(municipality));
    }
    if let Some(known) = site::find_by_name(write, municipality, name)? {
        return Ok(known);
    }
    let site = Site { id: site::next_id(write)?, municipality, name: name.to_owned(), takes_tickets: false };
    site::add(write, &site)?;
    Ok(site.id)
}

/// Says whether a site takes point tickets: with its stamp one can be cleared, and is paid. A site needs
/// no terminal for that.
pub fn set_takes_tickets(write: &Connection, site: SiteId, takes_tickets: bool) -> Result<(), OperatorError> {
    if site::set_takes_tickets(write, site, takes_tickets)? {
        Ok(())
    } else {
        Err(OperatorError::UnknownSite(site))
    }
}
