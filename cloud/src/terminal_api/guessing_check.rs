//! Numbers that nothing proves are tried as often as guessing allows, and no oftener (row E6).
//!
//! Every route that says anything of a ticket by its number goes through here. The log names the terminal
//! and how often, never a number.

use super::problem::Declined;
use crate::cloud::Cloud;
use crate::identity::session_cache::Session;
use crate::ticket::guessing::{self, Miss, Noted, Standing, Way};
use crate::ticket::number_hash::NumberHash;
use madoguchi_wire::failure::ErrorCode;

/// A number that nothing proves.
pub(super) struct Tried {
    /// It, hashed.
    pub(super) number: NumberHash,
    /// How it came in.
    pub(super) way: Way,
    /// Whether it is no ticket of this municipality.
    pub(super) is_miss: bool,
}

/// Lets a number through, counting it if it is a miss; or says how long to wait.
pub(super) async fn admit(cloud: &Cloud, session: &Session, tried: Tried) -> Result<(), Declined> {
    let (terminal, at_ms, date) = (session.terminal, cloud.clock.now_ms(), cloud.clock.today());
    if !tried.is_miss {
        let standing = cloud
            .database
            .read(move |read| guessing::standing(read, terminal, date, at_ms).map_err(Declined::from));
        return let_through(standing.await?);
    }
    let Tried { number, way, .. } = tried;
    let miss = Miss { terminal, municipality: session.municipality, number, way, at_ms, date };
    let noted =
        cloud.database.write(move |write| guessing::note(write, &miss).map_err(Declined::from)).await?;
    report(session, &noted);
    let_through(noted.before)
}

fn let_through(standing: Standing) -> Result<(), Declined> {
    match standing {
        Standing::Free => Ok(()),
        Standing::Slowed { wait_s } => Err(Declined::for_now(ErrorCode::TicketGuessingSlowed, wait_s)),
        Standing::Locked => Err(Declined::because(ErrorCode::TicketGuessingLocked)),
    }
}

fn report(session: &Session, noted: &Noted) {
    if noted.locks {
        tracing::warn!(alarm = "ticket_guessing", terminal = %session.terminal, "locked for today");
    }
    if noted.alarms_municipality {
        tracing::warn!(alarm = "ticket_guessing", municipality = %session.municipality, "many misses today");
    }
}
