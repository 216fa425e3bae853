//! `open_session`: the device key proves the terminal on its device; a token stands for it.

use super::caller::{Source, standing_or_declined};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::{self, Connection};
use crate::identity::registration::{self, Device};
use crate::identity::session::{self, SessionRow, TokenHash};
use crate::identity::session_cache::{Session, terminal_session};
use crate::identity::{challenge, terminal};
use axum::Json;
use axum::extract::State;
use ed25519_dalek::{Signature, VerifyingKey};
use madoguchi_domain::session_proof::session_proof;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OpenSessionAnswer, OpenSessionRequest, Problem};
use std::sync::Arc;

/// A session's proof, out of its hex digits.
struct Proof {
    terminal: TerminalId,
    fingerprint: [u8; 32],
    challenge: [u8; 32],
    challenge_ends_at_ms: i64,
    signature: Signature,
}

/// Opens a session of 15 minutes for a terminal that proves its key and its device.
#[utoipa::path(
    post, path = "/terminal/v1/open_session", request_body = OpenSessionRequest,
    responses((status = 200, body = OpenSessionAnswer), (status = "default", body = Problem))
)]
pub(super) async fn open_session(
    State(cloud): State<Arc<Cloud>>,
    source: Source,
    RequestBody(request): RequestBody<OpenSessionRequest>,
) -> Result<Json<OpenSessionAnswer>, Declined> {
    cloud.rates.unproven(&source)?;
    let now_ms = cloud.clock.now_ms();
    let proof = read_proof(&cloud, &request, now_ms)?;
    let device = registered_device(&cloud, proof.terminal).await?;
    let Some(device) = device.filter(|device| is_signed(&cloud.name, &proof, device)) else {
        return Err(Declined::because(ErrorCode::RegistrationEnded));
    };
    let mut token = [0; 32];
    getrandom::fill(&mut token).map_err(|e| Declined::failed(&e))?;
    let hash = TokenHash::of(&token);
    let session = cloud.database.write(move |write| open(write, &proof, &device, hash, now_ms)).await?;
    Ok(Json(OpenSessionAnswer {
        token: hex::encode(token),
        expires_at_ms: session.expires_at_ms,
        cloud_time_ms: now_ms,
        profile: session.profile(japan_date(now_ms)),
        sign_in: session.sign_in(now_ms),
    }))
}

/// The proof's bytes. A challenge that is over, foreign or made up asks for a new one.
fn read_proof(cloud: &Cloud, request: &OpenSessionRequest, now_ms: i64) -> Result<Proof, Declined> {
    let mut proof = Proof {
        terminal: request.terminal,
        fingerprint: [0; 32],
        challenge: [0; 32],
        challenge_ends_at_ms: 0,
        signature: Signature::from_bytes(&[0; 64]),
    };
    let mut signature = [0; 64];
    hex::decode_to_slice(&request.fingerprint, &mut proof.fingerprint)
        .and_then(|()| hex::decode_to_slice(&request.challenge, &mut proof.challenge))
        .and_then(|()| hex::decode_to_slice(&request.signature, &mut signature))
        .map_err(|_| Declined::because(ErrorCode::Malformed))?;
    proof.signature = Signature::from_bytes(&signature);
    proof.challenge_ends_at_ms = cloud
        .challenges
        .ends_at_ms(&proof.challenge, proof.terminal, now_ms)
        .ok_or(Declined::because(ErrorCode::SessionEnded))?;
    Ok(proof)
}

/// The device of the terminal's current generation.
async fn registered_device(cloud: &Cloud, id: TerminalId) -> Result<Option<Device>, Declined> {
    let found = cloud.database.read(move |read| device_now(read, id).map_err(Declined::from)).await?;
    Ok(found)
}

fn device_now(read: &Connection, id: TerminalId) -> database::Result<Option<Device>> {
    match terminal::find(read, id)? {
        Some(found) => registration::device(read, id, found.terminal.generation),
        None => Ok(None),
    }
}

/// Opens the session of a device whose signature was right, unless it is no longer that of the
/// terminal, the terminal is not let in, or the challenge was answered before.
fn open(
    write: &Connection,
    proof: &Proof,
    device: &Device,
    token: TokenHash,
    now_ms: i64,
) -> Result<Arc<Session>, Declined> {
    if device_now(write, proof.terminal)?.as_ref() != Some(device) {
        return Err(Declined::because(ErrorCode::RegistrationEnded));
    }
    let expires_at_ms = now_ms + session::LIFETIME_MS;
    let session = standing_or_declined(terminal_session(write, proof.terminal, expires_at_ms)?)?;
    if proof.fingerprint != device.fingerprint {
        return Err(Declined::because(ErrorCode::FingerprintChanged));
    }
    if !challenge::answer_once(write, &proof.challenge, proof.challenge_ends_at_ms, now_ms)? {
        return Err(Declined::because(ErrorCode::SessionEnded));
    }
    let row = SessionRow { terminal: proof.terminal, generation: session.generation, expires_at_ms };
    session::open(write, token, row, now_ms)?;
    Ok(session)
}

fn is_signed(cloud_name: &str, proof: &Proof, device: &Device) -> bool {
    let Some(bytes) = session_proof(cloud_name, &proof.challenge, proof.terminal, &proof.fingerprint) else {
        return false;
    };
    VerifyingKey::from_bytes(&device.public_key)
        .is_ok_and(|key| key.verify_strict(&bytes, &proof.signature).is_ok())
}
