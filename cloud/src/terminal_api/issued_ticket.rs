//! What `reissue_ticket` and `void_ticket` have in common: a ticket of this desk, named by its number.

use super::guessing_check::{self, Tried};
use super::problem::Declined;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::session_cache::Session;
use crate::ledger::read;
use crate::ticket::guessing::Way;
use crate::ticket::number_hash::NumberHash;
use madoguchi_domain::ticket::TicketNumber;

/// The number's keyed hash, once it may be asked for: a desk could try numbers here as well, so one that its site
/// has not issued is a miss.
///
/// One of its own site's is no guess, however many were missed: the desk's lists show them, and whoever has the
/// paper that a printer spoiled must be able to print it anew while the terminal is held up or locked.
pub(super) async fn issued_ticket(
    cloud: &Cloud,
    session: &Session,
    number: TicketNumber,
) -> Result<NumberHash, Declined> {
    let hash = cloud.number_hash(number).await?;
    let site = session.site;
    let is_ours = move |read: &Connection| -> Result<bool, Declined> {
        Ok(read::ticket(read, number)?.is_some_and(|ticket| ticket.face.issued_at == site))
    };
    if !cloud.database.read(is_ours).await? {
        let tried = Tried { number: hash, way: Way::Typed, is_miss: true };
        guessing_check::admit(cloud, session, tried).await?;
    }
    Ok(hash)
}
