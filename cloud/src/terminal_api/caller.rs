//! Who calls: the terminal behind a session's token, or the source address of somebody unproven.

use super::problem::Declined;
use crate::cloud::Cloud;
use crate::identity::registry;
use crate::identity::session::TokenHash;
use crate::identity::session_cache::{self, Session, Standing};
use crate::serve::Peer;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::TOKEN_SCHEME;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// The functions for which a resident's card is read.
pub(super) const AT_A_CARD: [TerminalFunction; 3] =
    [TerminalFunction::UsePoints, TerminalFunction::IssueTickets, TerminalFunction::MergePoints];

/// The functions of which a terminal has a list of the day, and a day close (row K7).
pub(super) const ABOUT_POINTS: [TerminalFunction; 5] = [
    TerminalFunction::UsePoints,
    TerminalFunction::IssueTickets,
    TerminalFunction::ClearTickets,
    TerminalFunction::ClearTicketsForOthers,
    TerminalFunction::MergePoints,
];

/// The functions by which tickets are cleared, for the terminal's own site or for others.
pub(super) const CLEARING: [TerminalFunction; 2] =
    [TerminalFunction::ClearTickets, TerminalFunction::ClearTicketsForOthers];

/// A terminal whose session was checked for this very request.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    token: TokenHash,
    session: Arc<Session>,
}

/// Where the log finds the calling terminal once it is known.
#[derive(Debug, Clone, Default)]
pub(super) struct LoggedTerminal(pub(super) Arc<OnceLock<TerminalId>>);

impl Caller {
    /// The session, whatever the terminal may do.
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// The session, if the terminal has the function (row A7) and is signed in where the function wants
    /// that (row A8): the cloud checks both on every call.
    pub(super) async fn with(
        &self,
        cloud: &Cloud,
        function: TerminalFunction,
    ) -> Result<Arc<Session>, Declined> {
        self.with_one_of(cloud, &[function]).await
    }

    /// The same for what belongs to several functions: the first that the terminal has counts.
    pub(super) async fn with_one_of(
        &self,
        cloud: &Cloud,
        functions: &[TerminalFunction],
    ) -> Result<Arc<Session>, Declined> {
        let function = functions.iter().copied().find(|function| self.session.may(*function));
        let function = function.ok_or(Declined::because(ErrorCode::FunctionNotAllowed))?;
        let now_ms = cloud.clock.now_ms();
        if self.session.is_signed_in_for(function, now_ms) {
            return Ok(Arc::clone(&self.session));
        }
        // What is remembered may be older than a sign-in, perhaps at another process.
        let session = loaded_session(cloud, self.token, now_ms).await?;
        if session.is_signed_in_for(function, now_ms) {
            Ok(session)
        } else {
            Err(Declined::because(ErrorCode::SignInNeeded))
        }
    }
}

impl FromRequestParts<Arc<Cloud>> for Caller {
    type Rejection = Declined;

    async fn from_request_parts(parts: &mut Parts, cloud: &Arc<Cloud>) -> Result<Self, Declined> {
        let token = token_in(parts).ok_or(Declined::because(ErrorCode::SessionEnded))?;
        let token = TokenHash::of(&token);
        let session = open_session(cloud, token).await?;
        if let Some(LoggedTerminal(slot)) = parts.extensions.get() {
            // Set once: a request has one caller.
            let _ = slot.set(session.terminal);
        }
        Ok(Self { token, session })
    }
}

fn token_in(parts: &Parts) -> Option<[u8; 32]> {
    let text = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix(TOKEN_SCHEME)?;
    let mut token = [0; 32];
    hex::decode_to_slice(text, &mut token).ok()?;
    Some(token)
}

async fn open_session(cloud: &Arc<Cloud>, token: TokenHash) -> Result<Arc<Session>, Declined> {
    let sessions = &cloud.sessions;
    if let Some(_turn) = sessions.turn_to_ask().await {
        let asked_at = Instant::now();
        let version = cloud.database.read(|read| registry::version(read).map_err(Declined::from)).await?;
        sessions.note_version(version, asked_at);
    }
    let now_ms = cloud.clock.now_ms();
    if let Some(session) = sessions.get(token, now_ms) {
        return Ok(session);
    }
    loaded_session(cloud, token, now_ms).await
}

/// The session as the database has it now, remembered.
async fn loaded_session(cloud: &Cloud, token: TokenHash, now_ms: i64) -> Result<Arc<Session>, Declined> {
    let asked_at = Instant::now();
    let (standing, version) = cloud
        .database
        .read(move |read| session_cache::load(read, token, now_ms).map_err(Declined::from))
        .await?;
    cloud.sessions.note_newer(version, asked_at);
    let session = standing_or_declined(standing)?;
    cloud.sessions.put(token, Arc::clone(&session), version, now_ms);
    Ok(session)
}

/// The session of a standing, or why there is none.
pub(super) fn standing_or_declined(standing: Standing) -> Result<Arc<Session>, Declined> {
    match standing {
        Standing::Open(session) => Ok(session),
        Standing::Ended => Err(Declined::because(ErrorCode::SessionEnded)),
        Standing::RegistrationEnded => Err(Declined::because(ErrorCode::RegistrationEnded)),
        Standing::Suspended => Err(Declined::because(ErrorCode::TerminalSuspended)),
    }
}

/// Where an unproven request comes from, as far as slowing is concerned: an IPv4 address, or the /64
/// network of an IPv6 address, since one computer has all of that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source(pub String);

impl FromRequestParts<Arc<Cloud>> for Source {
    type Rejection = Declined;

    async fn from_request_parts(parts: &mut Parts, cloud: &Arc<Cloud>) -> Result<Self, Declined> {
        let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|ConnectInfo(Peer(peer))| peer.ip());
        // Without a proxy of ours anybody can write the header.
        let forwarded = if cloud.behind_proxy { forwarded_for(&parts.headers) } else { None };
        Ok(Self(forwarded.or(peer).map_or_else(String::new, network_of)))
    }
}

/// The last address in `X-Forwarded-For`: the one our own proxy added; those before it anybody can
/// write.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last_header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last_header.rsplit(',').next()?.trim().parse().ok()
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxy_added_is_believed() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded_for(&headers), None);
        headers.append("x-forwarded-for", "203.0.113.1".parse().unwrap());
        headers.append("x-forwarded-for", "203.0.113.2, 192.0.2.7".parse().unwrap());
        assert_eq!(forwarded_for(&headers), Some("192.0.2.7".parse().unwrap()));
        headers.append("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(forwarded_for(&headers), None);
    }

    #[test]
    fn one_network_is_one_source() {
        let source = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(source("192.0.2.7"), "192.0.2.7");
        assert_eq!(source("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(source("2001:db8:1:2:3:4:5:6"), source("2001:db8:1:2::1"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
    }
}
