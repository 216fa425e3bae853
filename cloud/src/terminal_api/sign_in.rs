//! `sign_in`: the terminal password besides the device key, until the Japan day ends (row A8).

use super::caller::Caller;
use super::password_check::{Typist, check_password};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::sign_in::{self, SignIn};
use crate::identity::terminal::{self, TerminalStatus, TerminalWithPassword};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use madoguchi_domain::day;
use madoguchi_domain::sign_in::{StaffName, StaffNameAsked, ends_at};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{Problem, SignInAnswer, SignInRequest, SignedIn};
use std::sync::Arc;

/// Signs in at a terminal that has proven its device key. A new sign-in ends the one before.
#[utoipa::path(
    post, path = "/terminal/v1/sign_in", request_body = SignInRequest,
    responses((status = 200, body = SignInAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn sign_in(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<SignInRequest>,
) -> Result<Json<SignInAnswer>, Declined> {
    let session = caller.session();
    let staff_name = wanted_name(session.sign_in_rule.staff_name, request.staff_name)?;
    let typist = Typist::AtTheDevice { generation: session.generation };
    let proven = check_password(&cloud, session.terminal, request.password, &typist).await?;
    let now_ms = cloud.clock.now_ms();
    let begun = SignIn { from_ms: now_ms, until_ms: end_of_day(now_ms)?, staff_name };
    let (generation, sign_in) = (session.generation, begun.clone());
    cloud.database.write(move |write| begin(write, &proven, generation, &sign_in)).await?;
    tracing::info!(terminal = %session.terminal, "signed in");
    Ok(Json(SignInAnswer {
        sign_in: SignedIn { from_ms: begun.from_ms, until_ms: begun.until_ms, staff_name: begun.staff_name },
        cloud_time_ms: now_ms,
    }))
}

/// The name to keep: none where the municipality wants none, whatever was sent.
fn wanted_name(asked: StaffNameAsked, given: Option<StaffName>) -> Result<Option<StaffName>, Declined> {
    match (asked, given) {
        (StaffNameAsked::No, _) => Ok(None),
        (StaffNameAsked::Required, None) => Err(Declined::because(ErrorCode::StaffNameMissing)),
        (StaffNameAsked::Optional | StaffNameAsked::Required, given) => Ok(given),
    }
}

fn end_of_day(now_ms: i64) -> Result<i64, Declined> {
    let ends = day::from_millis(now_ms).and_then(ends_at);
    ends.map(Timestamp::as_millisecond).ok_or(Declined::because(ErrorCode::CloudFailed))
}

/// Begins the sign-in, unless the password was replaced, or the terminal suspended, while it was
/// checked.
fn begin(
    write: &Connection,
    proven: &TerminalWithPassword,
    generation: u32,
    sign_in: &SignIn,
) -> Result<(), Declined> {
    let id = proven.terminal.id;
    let now = terminal::find(write, id)?
        .filter(|now| now.password_hash == proven.password_hash && now.terminal.generation == generation);
    match now.map(|now| now.terminal.status) {
        Some(TerminalStatus::Active) => Ok(sign_in::begin(write, id, generation, sign_in)?),
        Some(TerminalStatus::Suspended) => Err(Declined::because(ErrorCode::TerminalSuspended)),
        Some(TerminalStatus::Deleted) | None => Err(Declined::because(ErrorCode::RegistrationEnded)),
    }
}
