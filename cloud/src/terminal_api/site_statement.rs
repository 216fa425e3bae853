//! `site_statement`: what this terminal's site is owed for a period of Japan dates, line by line.
//!
//! Source: seed 001, 参考 86–88. A cleared ticket is a line of the site whose stamp it bears, at the time of
//! clearing. What was voided or taken back the same day stands in neither count nor sum; the MyKey ID is masked.

use super::caller::Caller;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::{self, Connection};
use crate::identity::currency::{self, Currency};
use crate::identity::person;
use crate::ledger::read::{self, StatementLine};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use madoguchi_domain::ledger::{AccountTitle, Answer, Done, OperationKind, OperationNumber};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    Problem, SiteStatementAnswer, SiteStatementLine, SiteStatementRequest, SiteTotal,
};
use std::collections::HashSet;
use std::sync::Arc;

/// The longest period shown at a counter, in days.
const LONGEST_PERIOD: i32 = 366;

/// What this terminal's site is owed for a period, total and line by line.
#[utoipa::path(
    post, path = "/terminal/v1/site_statement", request_body = SiteStatementRequest,
    responses((status = 200, body = SiteStatementAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn site_statement(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<SiteStatementRequest>,
) -> Result<Json<SiteStatementAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::OwnTotals).await?;
    let days = (request.to - request.from).get_days();
    if !(0..=LONGEST_PERIOD).contains(&days) {
        return Err(Declined::field(ErrorCode::Malformed, "to"));
    }
    let site = session.site;
    let answer = cloud.database.read(move |read| statement(read, site, request.from, request.to)).await?;
    Ok(Json(answer))
}

fn statement(read: &Connection, site: SiteId, from: Date, to: Date) -> Result<SiteStatementAnswer, Declined> {
    let mut answer = SiteStatementAnswer { from, to, totals: Vec::new(), lines: Vec::new() };
    for currency in currency::all(read)? {
        let account = AccountTitle::site(currency.code, site);
        let uses = standing_uses(read, read::statement(read, &account, from, to)?)?;
        if uses.is_empty() {
            continue;
        }
        answer.totals.push(SiteTotal {
            currency: currency.name.clone(),
            uses: u32::try_from(uses.len()).unwrap_or(u32::MAX),
            points: uses.iter().map(|(line, _)| line.amount).sum(),
        });
        for (line, done) in uses {
            answer.lines.push(statement_line(read, &currency, &line, &done)?);
        }
    }
    answer.lines.sort_by_key(|line| line.at_ms);
    Ok(answer)
}

/// The uses and clearings that nothing undid, each with its answer.
fn standing_uses(
    read: &Connection,
    lines: Vec<StatementLine>,
) -> database::Result<Vec<(StatementLine, Done)>> {
    let mut uses = Vec::new();
    let mut undone: HashSet<OperationNumber> = HashSet::new();
    for line in lines {
        let Some(Answer::Done(done)) = read::answer_at(read, line.number)? else {
            continue;
        };
        match done.kind {
            OperationKind::Use | OperationKind::Clear => uses.push((line, done)),
            OperationKind::Void | OperationKind::Unclear => undone.extend(done.reverses),
            OperationKind::Grant
            | OperationKind::Lapse
            | OperationKind::TicketIssue
            | OperationKind::Reissue
            | OperationKind::TicketVoid
            | OperationKind::TicketLapse
            | OperationKind::Merge
            | OperationKind::MergeRefund
            | OperationKind::DayClose
            | OperationKind::Abandon => {}
        }
    }
    uses.retain(|(line, _)| !undone.contains(&line.number));
    Ok(uses)
}

fn statement_line(
    read: &Connection,
    currency: &Currency,
    line: &StatementLine,
    done: &Done,
) -> database::Result<SiteStatementLine> {
    // A clearing is told without the ticket's holder; the site's statement has the column for all its lines.
    let whose = match (done.person, &done.ticket) {
        (None, Some(face)) => read::ticket(read, face.number)?.map(|ticket| ticket.person),
        (person, _) => person,
    };
    Ok(SiteStatementLine {
        at_ms: line.at_ms,
        number: line.number.to_string(),
        currency: currency.name.clone(),
        masked_mykey_id: person::masked_mykey_id(read, whose)?,
        points: line.amount,
    })
}
