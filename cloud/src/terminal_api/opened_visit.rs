//! Opening a visit once a card is known: the sealed token, and the look-up in the audit (docs/security.md 3).

use super::problem::Declined;
use crate::cloud::Cloud;
use crate::identity::look_up_audit::{self, LookUp};
use crate::identity::visit::{self, ShownCard, Visit};
use madoguchi_domain::person::PersonId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use std::sync::Arc;

/// A visit as the terminal carries it.
pub(super) struct OpenedVisit {
    /// It, sealed.
    pub(super) sealed: String,
    /// When it ends, milliseconds since 1970 (UTC).
    pub(super) expires_at_ms: i64,
}

/// Opens a visit of a card at a terminal.
pub(super) fn open(
    cloud: &Arc<Cloud>,
    terminal: TerminalId,
    person: PersonId,
    card: ShownCard,
    now_ms: i64,
) -> Result<OpenedVisit, Declined> {
    let visit = Visit { terminal, person, card, expires_at_ms: now_ms + visit::LIFETIME_MS };
    note(cloud, LookUp { at_ms: now_ms, terminal, person });
    Ok(OpenedVisit { sealed: sealed(cloud, &visit)?, expires_at_ms: visit.expires_at_ms })
}

fn sealed(cloud: &Cloud, visit: &Visit) -> Result<String, Declined> {
    let mut nonce = [0; 12];
    getrandom::fill(&mut nonce).map_err(|e| Declined::failed(&e))?;
    cloud.visits.seal(visit, nonce).ok_or(Declined::because(ErrorCode::CloudFailed))
}

/// Writes the look-up down beside the answer: the clerk does not wait for the disk.
pub(super) fn note(cloud: &Arc<Cloud>, look_up: LookUp) {
    let cloud = Arc::clone(cloud);
    tokio::spawn(async move {
        let written = cloud.database.write(move |write| look_up_audit::append(write, &look_up)).await;
        if let Err(error) = written {
            tracing::error!(%error, terminal = %look_up.terminal, "a look-up is missing in the audit");
        }
    });
}
