//! `register_terminal`: this device becomes the terminal, once per generation.

use super::caller::Source;
use super::password_check::{Typist, check_password};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::{self, Connection};
use crate::identity::registration::{self, Device};
use crate::identity::terminal::{self, Terminal, TerminalWithPassword};
use crate::identity::{contact, id_provider};
use axum::Json;
use axum::extract::State;
use ed25519_dalek::VerifyingKey;
use madoguchi_domain::terminal::TerminalKind;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{Contact, Problem, RegisterTerminalAnswer, RegisterTerminalRequest};
use std::sync::Arc;

/// This device becomes the terminal. Repeated with the same fingerprint and key it has the effect of
/// one.
#[utoipa::path(
    post, path = "/terminal/v1/register_terminal", request_body = RegisterTerminalRequest,
    responses((status = 200, body = RegisterTerminalAnswer), (status = "default", body = Problem))
)]
pub(super) async fn register_terminal(
    State(cloud): State<Arc<Cloud>>,
    source: Source,
    RequestBody(request): RequestBody<RegisterTerminalRequest>,
) -> Result<Json<RegisterTerminalAnswer>, Declined> {
    cloud.rates.unproven(&source)?;
    let device = Device {
        fingerprint: thirty_two_bytes(&request.fingerprint, "fingerprint")?,
        public_key: public_key(&request.public_key)?,
    };
    let proven =
        check_password(&cloud, request.terminal, request.password, &Typist::Unproven(source)).await?;
    if let Some(field) = contact::wrong_field(&request.contact) {
        return Err(Declined::field(ErrorCode::ContactIncomplete, field));
    }
    let now_ms = cloud.clock.now_ms();
    let contact = request.contact;
    let generation =
        cloud.database.write(move |write| register(write, &proven, &device, &contact, now_ms)).await?;
    tracing::info!(terminal = %request.terminal, generation, "terminal registered");
    Ok(Json(RegisterTerminalAnswer { cloud_name: cloud.name.clone(), generation }))
}

/// Registers in one transaction, on what stands in the database now.
fn register(
    write: &Connection,
    proven: &TerminalWithPassword,
    device: &Device,
    contact: &Contact,
    now_ms: i64,
) -> Result<u32, Declined> {
    let id = proven.terminal.id;
    // The password was checked outside this transaction; a release meanwhile has made it another one.
    let now = terminal::find(write, id)?.filter(|now| now.password_hash == proven.password_hash);
    let Some(TerminalWithPassword { terminal, .. }) = now else {
        return Err(Declined::because(ErrorCode::WrongPassword));
    };
    match registration::device(write, id, terminal.generation)? {
        Some(known) if known == *device => return Ok(terminal.generation),
        Some(_) => return Err(Declined::because(ErrorCode::AlreadyRegistered)),
        None => {}
    }
    if !id_provider_fits(write, &terminal, contact)? {
        return Err(Declined::field(ErrorCode::ContactIncomplete, "id_provider"));
    }
    if registration::is_taken(write, &device.fingerprint, id)? {
        return Err(Declined::because(ErrorCode::FingerprintTaken));
    }
    registration::add(write, id, terminal.generation, device, contact, now_ms)?;
    Ok(terminal.generation)
}

/// A service-ID counter names an ID provider of its municipality, any other terminal names none.
fn id_provider_fits(write: &Connection, terminal: &Terminal, contact: &Contact) -> database::Result<bool> {
    match (terminal.kind, &contact.id_provider) {
        (TerminalKind::ServiceIdCounter, Some(chosen)) => {
            let providers = id_provider::of_municipality(write, terminal.municipality)?;
            Ok(providers.iter().any(|provider| provider.id.as_str() == chosen))
        }
        (TerminalKind::ServiceIdCounter, None) => Ok(false),
        (TerminalKind::PointUseCounter | TerminalKind::TicketIssuer | TerminalKind::GrantDesk, chosen) => {
            Ok(chosen.is_none())
        }
    }
}

fn thirty_two_bytes(hex_digits: &str, field: &str) -> Result<[u8; 32], Declined> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(hex_digits, &mut bytes).map_err(|_| Declined::field(ErrorCode::Malformed, field))?;
    Ok(bytes)
}

/// A point of the curve that is no weak key: for a weak one anybody can make a signature.
fn public_key(hex_digits: &str) -> Result<[u8; 32], Declined> {
    let bytes = thirty_two_bytes(hex_digits, "public_key")?;
    let is_good = VerifyingKey::from_bytes(&bytes).is_ok_and(|key| !key.is_weak());
    if is_good { Ok(bytes) } else { Err(Declined::field(ErrorCode::Malformed, "public_key")) }
}
