//! `register_service_id`: a number at this terminal's ID provider for the person of a visit (row C1,
//! 画面 23–24), or in the place of exactly the one that was shown.

use super::caller::Caller;
use super::look_up_service_id::{provider_of, registered};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::use_points::visit_here;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::service_id::{self, Bond, Registrar};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::service_id::{Asked, Verdict, decide};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{Problem, RegisterServiceIdAnswer, RegisterServiceIdRequest};
use std::sync::Arc;

/// A registration as it is carried out.
struct Registration {
    request: RegisterServiceIdRequest,
    of: Bond,
    by: Registrar,
    is_expired: bool,
    now_ms: i64,
}

/// Registers the number, unless it is somebody else's or something else stands than was shown.
#[utoipa::path(
    post, path = "/terminal/v1/register_service_id", request_body = RegisterServiceIdRequest,
    responses((status = 200, body = RegisterServiceIdAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn register_service_id(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<RegisterServiceIdRequest>,
) -> Result<Json<RegisterServiceIdAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::ServiceIds).await?;
    let provider = provider_of(&session)?.id;
    cloud.rates.registration(session.terminal)?;
    let visit = visit_here(&cloud, &session, &request.visit)?;
    let now_ms = cloud.clock.now_ms();
    let registration = Registration {
        request,
        of: Bond { provider, person: visit.person },
        by: Registrar { terminal: session.terminal, generation: session.generation },
        is_expired: now_ms >= visit.expires_at_ms,
        now_ms,
    };
    Ok(Json(cloud.database.write(move |write| registration.carry_out(write)).await?))
}

impl Registration {
    /// In one transaction, on what stands now: writers of this kind take turns.
    fn carry_out(&self, write: &Connection) -> Result<RegisterServiceIdAnswer, Declined> {
        let Self { request, of, by, now_ms, .. } = self;
        if let Some(answer) = self.answered_before(write)? {
            return Ok(answer);
        }
        // Decided after the key, so that a repeated request gets its first answer however late it comes.
        if self.is_expired {
            return Err(Declined::because(ErrorCode::VisitExpired));
        }
        let standing = service_id::standing(write, *of)?;
        let holder = service_id::holder(write, of.provider, &request.number)?;
        let asked = Asked {
            number: &request.number,
            shown: request.replaces.as_ref(),
            standing: standing.as_ref().map(|standing| &standing.number),
            is_somebody_elses: holder.is_some_and(|holder| holder != of.person),
        };
        match decide(&asked) {
            Verdict::Register => {
                service_id::register(write, request.key, *of, &request.number, *by, *now_ms)?;
                self.standing(write)
            }
            Verdict::Stands => self.standing(write),
            Verdict::NotAsShown => {
                Ok(RegisterServiceIdAnswer::NotAsShown { registered: standing.map(registered) })
            }
            Verdict::SomebodyElses => Ok(RegisterServiceIdAnswer::SomebodyElses),
        }
    }

    /// What the same request came to before: the number stands, or was corrected since.
    fn answered_before(&self, read: &Connection) -> Result<Option<RegisterServiceIdAnswer>, Declined> {
        let Some(known) = service_id::under(read, self.request.key)? else { return Ok(None) };
        if known.of != self.of || known.number != self.request.number {
            return Err(Declined::field(ErrorCode::Malformed, "key"));
        }
        self.standing(read).map(Some)
    }

    /// What stands now, by whether it is the number that was asked for.
    fn standing(&self, read: &Connection) -> Result<RegisterServiceIdAnswer, Declined> {
        Ok(match service_id::standing(read, self.of)?.map(registered) {
            Some(standing) if standing.number == self.request.number => {
                RegisterServiceIdAnswer::Registered { registered: standing }
            }
            registered => RegisterServiceIdAnswer::NotAsShown { registered },
        })
    }
}
