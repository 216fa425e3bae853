//! `list_operations`: what this terminal did on one Japan day, newest first.

use super::answer;
use super::caller::{ABOUT_POINTS, Caller};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::ticket_words::currency_name;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::person;
use crate::identity::session_cache::Session;
use crate::identity::sign_in::{self, SignIn};
use crate::ledger::read::{self, OperationLine};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::Answer;
use madoguchi_domain::sign_in::StaffNameAsked;
use madoguchi_wire::terminal_api::{
    ListOperationsAnswer, ListOperationsRequest, ListedOperation, OperationKind, Problem,
};
use std::sync::Arc;

/// A terminal's operations of one day: more than any counter has.
const MOST_LISTED: usize = 5_000;
/// A day in milliseconds; Japan has no longer or shorter ones.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What this terminal did on one Japan day, newest first, with the day's totals.
#[utoipa::path(
    post, path = "/terminal/v1/list_operations", request_body = ListOperationsRequest,
    responses((status = 200, body = ListOperationsAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn list_operations(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<ListOperationsRequest>,
) -> Result<Json<ListOperationsAnswer>, Declined> {
    let session = caller.with_one_of(&cloud, &ABOUT_POINTS).await?;
    let today = japan_date(cloud.clock.now_ms());
    let date = request.date.unwrap_or(today);
    let operations = cloud.database.read(move |read| list(read, &session, date, today)).await?;
    Ok(Json(with_totals(date, operations)))
}

fn list(
    read: &Connection,
    session: &Session,
    date: Date,
    today: Date,
) -> Result<Vec<ListedOperation>, Declined> {
    let (home, terminal) = (BookCode::from(session.municipality), session.terminal);
    let lines = read::operations_of_terminal(read, home, terminal, date, MOST_LISTED)?;
    let sign_ins = match (session.sign_in_rule.staff_name, lines.last().zip(lines.first())) {
        (StaffNameAsked::No, _) | (_, None) => Vec::new(),
        // An operation belongs to a sign-in of its own day, the last before it.
        (_, Some((first, last))) => sign_in::begun_between(read, terminal, first.at_ms - DAY_MS, last.at_ms)?,
    };
    let last_close = read::last_close(read, home, terminal)?;
    // What lies before a day close, or on another day, stays.
    let voidable_after = if date == today { last_close.map_or(0, |close| close.seq) } else { i64::MAX };
    let mut listed = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(operation) = listed_operation(read, line, &sign_ins, voidable_after)? {
            listed.push(operation);
        }
    }
    Ok(listed)
}

/// A line that took place; refusals and abandoned keys moved nothing and are not listed.
fn listed_operation(
    read: &Connection,
    line: OperationLine,
    sign_ins: &[SignIn],
    voidable_after: i64,
) -> Result<Option<ListedOperation>, Declined> {
    let (Answer::Done(done), Some(kind)) = (line.answer, answer::kind(line.kind)) else {
        return Ok(None);
    };
    let linked = match kind {
        OperationKind::Use | OperationKind::IssueTicket | OperationKind::ClearTicket => line.reversed_by,
        OperationKind::Void | OperationKind::VoidTicket | OperationKind::UnclearTicket => done.reverses,
        OperationKind::ReissueTicket | OperationKind::MergePoints | OperationKind::CloseDay => None,
    };
    let amounts = answer::amounts(&done);
    let is_standing_use = kind == OperationKind::Use && line.reversed_by.is_none();
    Ok(Some(ListedOperation {
        key: line.key,
        kind,
        number: line.number.to_string(),
        at_ms: line.at_ms,
        points: amounts.iter().map(|(_, points)| points).sum(),
        currencies: amounts.iter().map(|(code, _)| currency_name(read, *code)).collect::<Result<_, _>>()?,
        masked_mykey_id: person::masked_mykey_id(read, done.person)?,
        linked_number: linked.map(|number| number.to_string()),
        staff_name: sign_in::staff_name_at(sign_ins, line.at_ms).cloned(),
        can_be_voided: is_standing_use && line.number.seq > voidable_after,
    }))
}

fn with_totals(date: Date, operations: Vec<ListedOperation>) -> ListOperationsAnswer {
    let of = |kind| operations.iter().filter(move |operation| operation.kind == kind);
    let count = |kind| u32::try_from(of(kind).count()).unwrap_or(u32::MAX);
    let sum = |kind| of(kind).map(|operation| operation.points).sum::<i64>();
    ListOperationsAnswer {
        date,
        uses: count(OperationKind::Use),
        voids: count(OperationKind::Void),
        points: sum(OperationKind::Use) - sum(OperationKind::Void),
        operations,
    }
}
