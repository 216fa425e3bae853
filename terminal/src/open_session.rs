//! `open_session`: the terminal proves itself with its device key (row A5, docs/security.md 5).
//!
//! The key is in memory only while it signs.

use crate::place::{self, Standing, Terminal};
use crate::register_terminal::signing_key;
use crate::running::{Running, lock};
use crate::session::Session;
use ed25519_dalek::Signer;
use madoguchi_domain::session_proof::session_proof;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    OpenSessionAnswer, OpenSessionRequest, RequestChallengeAnswer, RequestChallengeRequest, TerminalProfile,
};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// A clock that is off by more is shown (docs/security.md 19).
const CLOCK_TOLERANCE_S: i64 = 120;

/// A session is kept at least this long, whatever the cloud's answer says.
const SHORTEST: Duration = Duration::from_secs(1);

impl Running {
    /// Opens a session, takes over what the cloud says the terminal is, and lets it work again where
    /// it was barred. One caller at a time; the others wait for `SessionKeeper::opening`.
    pub(crate) async fn open_session(self: &Arc<Self>) -> Result<Session, Failure> {
        let terminal = lock(&self.standing).known_terminal_or_why().cloned()?;
        let challenge = self.challenge_of_our_cloud(&terminal).await?;
        let request = {
            let terminal = Arc::clone(&terminal);
            self.blocking(move |running| proof(running, &terminal, challenge)).await
        }
        .inspect_err(|failure| self.bar_with(failure, &terminal))?;
        let (asked_at, asked_after) = (self.parts.clock.running(), self.sign_in_turns());
        let answer: OpenSessionAnswer = self.ask_outside("open_session", &request).await?;
        let session = self.session_from(&answer, asked_at);
        self.hold_session(session.clone());
        self.note_clock(answer.cloud_time_ms);
        self.note_profile(&terminal, answer.profile).await;
        self.note_sign_in(answer.sign_in, answer.cloud_time_ms, asked_after).await;
        Ok(session)
    }

    /// A challenge, if it comes from a cloud this counter may speak to: a real one outside training, a
    /// training cloud in it. Nothing else is said to a cloud before.
    pub(crate) async fn request_challenge(
        &self,
        terminal: TerminalId,
    ) -> Result<RequestChallengeAnswer, Failure> {
        let request = RequestChallengeRequest { terminal };
        let answer: RequestChallengeAnswer = self.ask_outside("request_challenge", &request).await?;
        let refused = match (self.parts.training, answer.training) {
            (false, true) => ErrorCode::TrainingCloud,
            (true, false) => ErrorCode::NotATrainingCloud,
            (false, false) | (true, true) => return Ok(answer),
        };
        self.bar_for(refused);
        Err(Failure::of(refused))
    }

    async fn challenge_of_our_cloud(&self, terminal: &Terminal) -> Result<[u8; 32], Failure> {
        let answer = self.request_challenge(terminal.registered.terminal).await?;
        if answer.cloud_name != terminal.registered.cloud_name {
            self.bar_for(ErrorCode::OtherCloud);
            return Err(Failure::of(ErrorCode::OtherCloud));
        }
        hex::decode(&answer.challenge)
            .ok()
            .and_then(|challenge| challenge.try_into().ok())
            .ok_or_else(|| Failure::of(ErrorCode::CloudFailed))
    }

    /// What this PC itself finds wrong bars the terminal before the cloud is asked.
    fn bar_with(&self, failure: &Failure, terminal: &Arc<Terminal>) {
        let barring = [ErrorCode::FingerprintChanged, ErrorCode::DeviceKeyMissing, ErrorCode::VaultAbsent];
        if barring.contains(&failure.code) {
            self.stand(Standing::Barred { failure: failure.clone(), terminal: Some(Arc::clone(terminal)) });
        }
    }

    /// The session's span by the cloud's clock, laid on the running clock from before it was asked
    /// for; a wrong clock on this PC changes nothing.
    fn session_from(&self, answer: &OpenSessionAnswer, asked_at: Duration) -> Session {
        let span_ms = answer.expires_at_ms.saturating_sub(answer.cloud_time_ms);
        let span = Duration::from_millis(u64::try_from(span_ms).unwrap_or(0));
        Session {
            token: Zeroizing::new(answer.token.clone()),
            renew_at: asked_at + (span * 2 / 3).max(SHORTEST),
            ends_at: asked_at + span,
            cloud_time_ms: answer.cloud_time_ms,
            opened_at: self.parts.clock.running(),
        }
    }

    fn note_clock(&self, cloud_time_ms: i64) {
        let off_s = self.parts.clock.now_ms().saturating_sub(cloud_time_ms) / 1000;
        let shown = (off_s.abs() > CLOCK_TOLERANCE_S).then_some(off_s);
        self.change_devices(|devices| devices.clock_off_s = shown);
    }

    async fn note_profile(self: &Arc<Self>, terminal: &Arc<Terminal>, profile: TerminalProfile) {
        let registration = terminal.registered.id;
        self.stand(Standing::Registered { terminal: Arc::clone(terminal), profile: Some(profile.clone()) });
        let kept =
            self.blocking(move |running| Ok(running.store()?.keep_profile(registration, &profile)?)).await;
        if let Err(failure) = kept {
            // The session stands all the same; the next start shows the profile of the one before.
            tracing::warn!(code = failure.number, "the terminal's profile could not be kept");
        }
    }
}

/// Signs the challenge with this device's key and fingerprint. Blocks.
fn proof(running: &Running, terminal: &Terminal, challenge: [u8; 32]) -> Result<OpenSessionRequest, Failure> {
    let registered = &terminal.registered;
    let measured = place::same_device(&running.parts, terminal)?;
    let bytes =
        session_proof(&registered.cloud_name, &challenge, registered.terminal, &measured.fingerprint.0)
            .ok_or_else(|| Failure::of(ErrorCode::CloudFailed))?;
    let key = place::kept(&*running.parts.drivers.vault, &registered.device_key)?;
    let key = key.as_deref().and_then(|key| signing_key(key));
    let key = key.ok_or_else(|| Failure::of(ErrorCode::DeviceKeyMissing))?;
    Ok(OpenSessionRequest {
        terminal: registered.terminal,
        fingerprint: hex::encode(measured.fingerprint.0),
        challenge: hex::encode(challenge),
        signature: hex::encode(key.sign(&bytes).to_bytes()),
    })
}
