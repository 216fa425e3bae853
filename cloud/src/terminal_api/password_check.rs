//! Checking a terminal password for the two routes that take one: slowly for whoever guesses, in equal
//! time whether or not the terminal exists.

use super::caller::Source;
use super::problem::Declined;
use crate::cloud::Cloud;
use crate::identity::password;
use crate::identity::password_tries::{self, Try};
use crate::identity::terminal::{self, TerminalStatus, TerminalWithPassword};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use std::time::Duration;

/// How long a check waits for its turn; argon2 is heavy on purpose.
const TURN_WITHIN: Duration = Duration::from_secs(5);

/// The terminal whose password was right.
pub(super) async fn check_password(
    cloud: &Cloud,
    id: TerminalId,
    typed: String,
    source: &Source,
) -> Result<TerminalWithPassword, Declined> {
    let now_ms = cloud.clock.now_ms();
    let from = source.0.clone();
    let (counted, found) = cloud
        .database
        .write(move |write| {
            let counted = password_tries::begin(write, id, &from, now_ms)?;
            Ok::<_, Declined>((counted, terminal::find(write, id)?))
        })
        .await?;
    match counted {
        Try::TooEarly { wait_s } => return Err(Declined::for_now(ErrorCode::PasswordSlowed, wait_s)),
        Try::Counted { tries } if tries.is_multiple_of(password_tries::ALARM_AT) => {
            tracing::warn!(alarm = "password_tries", terminal = %id, source = source.0, tries);
        }
        Try::Counted { .. } => {}
    }
    let known = found.filter(|found| found.terminal.status != TerminalStatus::Deleted);
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let is_right = in_turn(cloud, move || password::is_right(&typed, hash.as_deref())).await?;
    let Some(known) = known.filter(|_| is_right) else {
        return Err(Declined::because(ErrorCode::WrongPassword));
    };
    let from = source.0.clone();
    cloud
        .database
        .write(move |write| password_tries::forget(write, id, &from).map_err(Declined::from))
        .await?;
    match known.terminal.status {
        TerminalStatus::Suspended => Err(Declined::because(ErrorCode::TerminalSuspended)),
        TerminalStatus::Active | TerminalStatus::Deleted => Ok(known),
    }
}

/// Runs heavy work apart from the requests, a few at a time.
async fn in_turn<T: Send + 'static>(
    cloud: &Cloud,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Declined> {
    let turn = tokio::time::timeout(TURN_WITHIN, cloud.password_checks.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(Declined::for_now(ErrorCode::CloudBusy, 5));
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Declined::failed(&e))
}
