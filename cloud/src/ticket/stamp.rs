//! The stamp on a used ticket: the site that is paid, and whose tickets it takes (rows D1, E3, E6, I8).

use crate::database::{self, Connection};
use crate::identity::currency;
use crate::identity::site;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::ledger::TakenTickets;
use madoguchi_domain::site::SiteId;
use std::sync::Arc;

/// A site that takes tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The site's name.
    pub site_name: String,
    /// Whose tickets it takes.
    pub taken: Arc<TakenTickets>,
}

/// The stamp of a municipality's site; none where it is no site of it or takes no tickets.
pub fn find(read: &Connection, municipality: IssuerCode, site: SiteId) -> database::Result<Option<Stamp>> {
    let takes_tickets = |found: &site::Site| found.municipality == municipality && found.takes_tickets;
    let Some(found) = site::find(read, site)?.filter(takes_tickets) else { return Ok(None) };
    let mut taken =
        TakenTickets { own: BookCode::from(municipality), at_site: Vec::new(), elsewhere: Vec::new() };
    for (code, counts_at_site) in currency::counting_in(read, municipality, site)? {
        if counts_at_site { taken.at_site.push(code) } else { taken.elsewhere.push(code) }
    }
    Ok(Some(Stamp { site_name: found.name, taken: Arc::new(taken) }))
}
