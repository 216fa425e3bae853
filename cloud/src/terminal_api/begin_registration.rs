//! `begin_registration`: terminal ID and password are right; what the contact form must show.

use super::caller::Source;
use super::password_check::{Typist, check_password};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::registration::Device;
use crate::identity::terminal::Terminal;
use crate::identity::{id_provider, issuer, registration, site};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::terminal::TerminalKind;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{BeginRegistrationAnswer, BeginRegistrationRequest, Problem};
use std::sync::Arc;

/// Terminal ID and password are right; what the contact form must show. Registers nothing.
#[utoipa::path(
    post, path = "/terminal/v1/begin_registration", request_body = BeginRegistrationRequest,
    responses((status = 200, body = BeginRegistrationAnswer), (status = "default", body = Problem))
)]
pub(super) async fn begin_registration(
    State(cloud): State<Arc<Cloud>>,
    source: Source,
    RequestBody(request): RequestBody<BeginRegistrationRequest>,
) -> Result<Json<BeginRegistrationAnswer>, Declined> {
    cloud.rates.unproven(&source)?;
    let found = check_password(&cloud, request.terminal, request.password, &Typist::Unproven(source)).await?;
    let terminal = found.terminal;
    let offered = request.public_key;
    let answer = cloud.database.read(move |read| form(read, &terminal, offered.as_deref())).await?;
    Ok(Json(answer))
}

fn form(
    read: &Connection,
    terminal: &Terminal,
    offered: Option<&str>,
) -> Result<BeginRegistrationAnswer, Declined> {
    let known = registration::device(read, terminal.id, terminal.generation)?;
    // The device whose key it is has lost the answer; to register it again has the effect of one.
    let is_anothers = |known: Device| offered.is_none_or(|key| key != hex::encode(known.public_key));
    if known.is_some_and(is_anothers) {
        return Err(Declined::because(ErrorCode::AlreadyRegistered));
    }
    let id_providers = match terminal.kind {
        TerminalKind::ServiceIdCounter => id_provider::of_municipality(read, terminal.municipality)?,
        TerminalKind::PointUseCounter | TerminalKind::TicketIssuer | TerminalKind::GrantDesk => Vec::new(),
    };
    let municipality = issuer::find(read, terminal.municipality)?.map(|issuer| issuer.name);
    Ok(BeginRegistrationAnswer {
        municipality: municipality.unwrap_or_default(),
        site: site::name(read, terminal.site)?.unwrap_or_default(),
        kind: terminal.kind,
        id_providers,
    })
}
