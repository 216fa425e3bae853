//! `begin_registration`: terminal ID and password are right; what the contact form must show.

use super::caller::Source;
use super::password_check::check_password;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::identity::terminal::Terminal;
use crate::identity::{id_provider, issuer, registration, site};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::terminal::TerminalKind;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{BeginRegistrationAnswer, BeginRegistrationRequest, Problem};
use rusqlite::Connection;
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
    let found = check_password(&cloud, request.terminal, request.password, &source).await?;
    let terminal = found.terminal;
    let answer = cloud.database.read(move |read| form(read, &terminal)).await?;
    Ok(Json(answer))
}

fn form(read: &Connection, terminal: &Terminal) -> Result<BeginRegistrationAnswer, Declined> {
    if registration::device(read, terminal.id, terminal.generation)?.is_some() {
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
