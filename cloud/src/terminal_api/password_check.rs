//! Checking a terminal password for the routes that take one: slowly for whoever guesses, in equal time
//! whether or not the terminal exists.
//!
//! Who holds the device key is counted, and takes turns, apart from everybody else: whatever outsiders
//! try, a working terminal can sign in (docs/security.md 7).

use super::caller::Source;
use super::problem::Declined;
use crate::cloud::Cloud;
use crate::identity::password;
use crate::identity::password_tries::{self, Try};
use crate::identity::terminal::{self, TerminalStatus, TerminalWithPassword};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long a check waits for its turn; argon2 is heavy on purpose.
const TURN_WITHIN: Duration = Duration::from_secs(5);

/// Who types a password.
pub(super) enum Typist {
    /// Somebody who has shown nothing yet: about to register, or guessing.
    Unproven(Source),
    /// Somebody at the terminal's own device, which was registered in this generation.
    AtTheDevice {
        /// Of the terminal.
        generation: u32,
    },
}

impl Typist {
    /// The name under which tries are counted; no source address looks like a device's.
    fn counted_as(&self) -> String {
        match self {
            Self::Unproven(source) => source.0.clone(),
            Self::AtTheDevice { generation } => format!("device of generation {generation}"),
        }
    }

    const fn turns<'c>(&self, cloud: &'c Cloud) -> &'c Semaphore {
        match self {
            Self::Unproven(_) => &cloud.password_checks.unproven,
            Self::AtTheDevice { .. } => &cloud.password_checks.at_the_device,
        }
    }

    const fn wrong(&self) -> ErrorCode {
        match self {
            Self::Unproven(_) => ErrorCode::WrongPassword,
            Self::AtTheDevice { .. } => ErrorCode::WrongTerminalPassword,
        }
    }
}

/// The terminal whose password was right.
pub(super) async fn check_password(
    cloud: &Cloud,
    id: TerminalId,
    typed: String,
    typist: &Typist,
) -> Result<TerminalWithPassword, Declined> {
    let now_ms = cloud.clock.now_ms();
    let counted_as = typist.counted_as();
    let from = counted_as.clone();
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
            tracing::warn!(alarm = "password_tries", terminal = %id, source = counted_as, tries);
        }
        Try::Counted { .. } => {}
    }
    let known = found.filter(|found| found.terminal.status != TerminalStatus::Deleted);
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let is_right = in_turn(typist.turns(cloud), move || password::is_right(&typed, hash.as_deref())).await?;
    let Some(known) = known.filter(|_| is_right) else {
        return Err(Declined::because(typist.wrong()));
    };
    cloud
        .database
        .write(move |write| password_tries::forget(write, id, &counted_as).map_err(Declined::from))
        .await?;
    match known.terminal.status {
        TerminalStatus::Suspended => Err(Declined::because(ErrorCode::TerminalSuspended)),
        TerminalStatus::Active | TerminalStatus::Deleted => Ok(known),
    }
}

/// Runs heavy work apart from the requests, a few at a time.
async fn in_turn<T: Send + 'static>(
    turns: &Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Declined> {
    let turn = tokio::time::timeout(TURN_WITHIN, turns.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(Declined::for_now(ErrorCode::CloudBusy, 5));
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Declined::failed(&e))
}
