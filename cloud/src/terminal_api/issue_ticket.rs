//! `issue_ticket`: points of one account become a ticket (row E1, 画面 32–34), at most once per key.

use super::answer::operation_answer;
use super::caller::Caller;
use super::operation_request::{self, Asking};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::signed_use::{Said, SignedUse};
use super::use_points::{identified, visit_here};
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::keys::wrapped::{self, WrappedFor};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{IssueTicketRequest, OperationAnswer, Problem};
use std::sync::Arc;

/// Issues a ticket: the points leave the account and are held until the ticket's day. The answer holds what
/// goes to the printer, once.
#[utoipa::path(
    post, path = "/terminal/v1/issue_ticket", request_body = IssueTicketRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn issue_ticket(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<IssueTicketRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::IssueTickets).await?;
    let visit = visit_here(&cloud, &session, &request.visit)?;
    let now_ms = cloud.clock.now_ms();
    let parts = [request.part];
    let becomes = Becomes::Ticket { last_day: request.last_day };
    let said = Said { key: request.key, visit: &request.visit, parts: &parts, becomes };
    let signed = request.signature.as_ref().map(SignedUse::read).transpose()?;
    let identified = identified(&cloud, signed.as_ref(), &visit, &said, now_ms).await?;
    let asking = Asking { session: &session, visit: &visit, signed: signed.as_ref(), identified };
    let asked = operation_request::issue_ticket(asking, &request, now_ms, japan_date(now_ms));
    make_key(&cloud, request.part.currency.book, now_ms).await?;
    let posted = cloud.ledger.post(asked).await?;
    operation_answer(&cloud, &session, posted.answer).await.map(Json)
}

/// The issuer's key has to be there before the ticket is: which one made its tag follows from the time.
async fn make_key(cloud: &Cloud, book: BookCode, now_ms: i64) -> Result<(), Declined> {
    let issuer =
        IssuerCode::parse(book.as_str()).map_err(|_| Declined::field(ErrorCode::Malformed, "part"))?;
    let of = WrappedFor::TicketTag(issuer);
    let known = cloud.database.read(move |read| wrapped::in_use(read, of).map_err(Declined::from)).await?;
    if known.is_none() {
        let wrapping = cloud.wrapping.clone();
        cloud.database.write(move |write| wrapped::made_in_use(write, &wrapping, of, now_ms)).await?;
    }
    Ok(())
}
