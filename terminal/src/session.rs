//! The session with the cloud: kept open in the background, renewed before it ends.
//!
//! Belongs here: holding the token, asking within a session, keeping it. Does not: how a session is
//! opened (`open_session`).

use crate::cloud::{CloudFault, CloudLine, ask};
use crate::place::{self, Standing};
use crate::running::{Running, lock};
use jiff::civil::Date;
use madoguchi_domain::day::{business_date, from_millis};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::DeviceState;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use zeroize::Zeroizing;

/// The first and the longest pause between two tries to reach the cloud.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A session that is open.
#[derive(Clone)]
pub(crate) struct Session {
    /// What proves it.
    pub(crate) token: Zeroizing<String>,
    /// When it is renewed, on the running clock.
    pub(crate) renew_at: Duration,
    /// When it ends, on the running clock.
    pub(crate) ends_at: Duration,
    /// The cloud's clock when the session was opened, milliseconds since 1970 (UTC) …
    pub(crate) cloud_time_ms: i64,
    /// … and the running clock at that moment.
    pub(crate) opened_at: Duration,
}

/// Holds the session and lets one caller at a time open it.
#[derive(Default)]
pub(crate) struct SessionKeeper {
    current: Mutex<Option<Session>>,
    /// Held while a session is being opened, so that many callers make one, and while a registration
    /// takes the place of another, so that nobody signs with a key that is being replaced.
    pub(crate) opening: tokio::sync::Mutex<()>,
    /// Wakes the keeper: registered, settings changed, session ended.
    pub(crate) wake: Notify,
}

/// Why a question to the cloud has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// No session came about; the question was not sent.
    NotSignedIn(Failure),
    /// It was sent, or may have been.
    Fault(CloudFault),
}

impl From<Unanswered> for Failure {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::NotSignedIn(failure) => failure,
            Unanswered::Fault(fault) => Self::from(&fault),
        }
    }
}

impl Running {
    /// The line the settings lead to.
    pub(crate) fn line(&self) -> Result<Arc<dyn CloudLine>, Failure> {
        lock(&self.preferences).line.clone()
    }

    /// The token of an open session; opens one where there is none.
    pub(crate) async fn token(self: &Arc<Self>) -> Result<Zeroizing<String>, Failure> {
        if let Some(session) = self.open_now() {
            return Ok(session.token);
        }
        let _one_at_a_time = self.session.opening.lock().await;
        if let Some(session) = self.open_now() {
            return Ok(session.token);
        }
        self.open_session().await.map(|session| session.token)
    }

    fn open_now(&self) -> Option<Session> {
        let now = self.parts.clock.running();
        lock(&self.session.current).clone().filter(|session| now < session.ends_at)
    }

    /// Takes a session over.
    pub(crate) fn hold_session(&self, session: Session) {
        *lock(&self.session.current) = Some(session);
    }

    /// The session is over: the cloud said so, or the terminal's place changed.
    pub(crate) fn end_session(&self) {
        *lock(&self.session.current) = None;
        self.session.wake.notify_one();
    }

    /// The cloud's time now, milliseconds since 1970 (UTC), where a session told it.
    pub(crate) fn cloud_now_ms(&self) -> Option<i64> {
        let session = lock(&self.session.current).clone()?;
        let since = self.parts.clock.running().saturating_sub(session.opened_at);
        Some(session.cloud_time_ms.saturating_add(i64::try_from(since.as_millis()).ok()?))
    }

    /// Today in Japan, by the cloud's clock; by this PC's where no session told the cloud's.
    pub(crate) fn today(&self) -> Date {
        let now_ms = self.cloud_now_ms().unwrap_or_else(|| self.parts.clock.now_ms());
        from_millis(now_ms).map(business_date).unwrap_or_default()
    }

    /// Asks the cloud outside of any session.
    pub(crate) async fn ask_outside<Q: Serialize + Sync, A: DeserializeOwned>(
        &self,
        route: &'static str,
        request: &Q,
    ) -> Result<A, Failure> {
        let answer = ask(&*self.line()?, route, None, request).await;
        self.heed(answer.as_ref().err());
        answer.map_err(|fault| Failure::from(&fault))
    }

    /// Asks once within the session.
    pub(crate) async fn ask_once<Q: Serialize + Sync, A: DeserializeOwned>(
        self: &Arc<Self>,
        route: &'static str,
        request: &Q,
    ) -> Result<A, Unanswered> {
        let token = self.token().await.map_err(Unanswered::NotSignedIn)?;
        let line = self.line().map_err(Unanswered::NotSignedIn)?;
        let asked_after = self.sign_in_turns();
        let answer = ask(&*line, route, Some(token), request).await;
        self.heed(answer.as_ref().err());
        if answer.as_ref().is_err_and(|fault: &CloudFault| fault.code() == ErrorCode::SignInNeeded) {
            self.sign_in_is_over(asked_after).await;
        }
        answer.map_err(Unanswered::Fault)
    }

    /// Asks within the session, in a new one where the cloud says that it ended. For questions that
    /// change nothing however often they arrive.
    pub(crate) async fn ask<Q: Serialize + Sync, A: DeserializeOwned>(
        self: &Arc<Self>,
        route: &'static str,
        request: &Q,
    ) -> Result<A, Unanswered> {
        match self.ask_once(route, request).await {
            Err(Unanswered::Fault(fault)) if fault.code() == ErrorCode::SessionEnded => {
                self.ask_once(route, request).await
            }
            answer => answer,
        }
    }

    /// Draws the consequences of how an exchange ended: for the network's mark, the session, and the
    /// terminal's place.
    fn heed(&self, fault: Option<&CloudFault>) {
        let network = match fault {
            Some(fault @ CloudFault::Line(_)) => DeviceState::Missing { failure: fault.into() },
            _ => DeviceState::Ready { name: None },
        };
        let was_ready = matches!(lock(&self.devices).network, DeviceState::Ready { .. });
        let is_ready = matches!(network, DeviceState::Ready { .. });
        self.change_devices(|devices| devices.network = network);
        match fault.map(CloudFault::code) {
            Some(ErrorCode::SessionEnded) => self.end_session(),
            Some(code) => self.bar_for(code),
            None => {}
        }
        match (was_ready, is_ready) {
            (true, false) => self.session.wake.notify_one(),
            (false, true) => self.queue.wake.notify_one(),
            _ => {}
        }
    }

    /// Bars the terminal where the cloud's word means that it cannot work.
    pub(crate) fn bar_for(&self, code: ErrorCode) {
        let failure = match code {
            ErrorCode::FingerprintChanged => place::changed_for_the_cloud(),
            ErrorCode::TerminalSuspended
            | ErrorCode::RegistrationEnded
            | ErrorCode::OtherCloud
            | ErrorCode::TrainingCloud
            | ErrorCode::NotATrainingCloud => Failure::of(code),
            _ => return,
        };
        let (terminal, works) = {
            let standing = lock(&self.standing);
            (standing.known_terminal().cloned(), matches!(&*standing, Standing::Registered { .. }))
        };
        if terminal.is_none() {
            return;
        }
        *lock(&self.session.current) = None;
        self.stand(Standing::Barred { failure, terminal });
        if works {
            self.session.wake.notify_one();
        }
    }

    /// Keeps a session open as long as the counter runs; heals what bars the terminal once its cause
    /// is gone.
    pub(crate) async fn keep_session(self: Arc<Self>) {
        let mut pause = FIRST_PAUSE;
        loop {
            let wait = match self.renewal_due_in() {
                Some(wait) => wait,
                None if self.renew().await => {
                    pause = FIRST_PAUSE;
                    continue;
                }
                None => {
                    let wait = pause;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    wait
                }
            };
            tokio::select! {
                // What wakes it begins anew, also at the end of a pause.
                biased;
                () = self.session.wake.notified() => pause = FIRST_PAUSE,
                () = self.parts.clock.sleep(wait) => {}
            }
        }
    }

    /// How long the session needs no care; `None` = it needs care now.
    fn renewal_due_in(&self) -> Option<Duration> {
        if matches!(&*lock(&self.standing), Standing::Unregistered) {
            return Some(LONGEST_PAUSE);
        }
        if !matches!(lock(&self.devices).network, DeviceState::Ready { .. }) {
            return None;
        }
        let renew_at = lock(&self.session.current).as_ref()?.renew_at;
        renew_at.checked_sub(self.parts.clock.running()).filter(|wait| !wait.is_zero())
    }

    /// Looks at this PC again where it is barred, then opens a new session beside the old one.
    async fn renew(self: &Arc<Self>) -> bool {
        let _one_at_a_time = self.session.opening.lock().await;
        if matches!(&*lock(&self.standing), Standing::Barred { .. }) && self.look_again().await.is_err() {
            return false;
        }
        self.open_session().await.is_ok()
    }

    /// Looks at store, credential store and fingerprint again. What the cloud barred stays barred
    /// until the cloud opens a session.
    async fn look_again(self: &Arc<Self>) -> Result<(), Failure> {
        let standing = self.blocking(|running| Ok(place::look(&running.parts, &running.store))).await?;
        match (&standing, &*lock(&self.standing)) {
            (Standing::Registered { .. }, Standing::Barred { failure, .. }) if !heals_here(failure.code) => {
                return Ok(());
            }
            (Standing::Barred { failure, .. }, Standing::Barred { failure: before, .. })
                if failure == before =>
            {
                return Err(failure.clone());
            }
            _ => {}
        }
        let failure = match &standing {
            Standing::Barred { failure, .. } => Some(failure.clone()),
            Standing::Registered { .. } | Standing::Unregistered => None,
        };
        self.stand(standing);
        self.take_up_journal().await?;
        self.take_up_piles().await?;
        failure.map_or(Ok(()), Err)
    }
}

/// Whether the terminal may work again as soon as this PC finds nothing wrong. Everything else waits
/// for the cloud to open a session.
const fn heals_here(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::VaultAbsent | ErrorCode::DeviceKeyMissing | ErrorCode::FingerprintTooWeak)
}
