//! `look_up_points`: a card becomes a visit with the balances usable at this terminal (row D1).

use super::caller::{AT_A_CARD, Caller};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::{self, Connection};
use crate::identity::certificate::{self, CertificateRow};
use crate::identity::currency::Currency;
use crate::identity::look_up_audit::{self, LookUp};
use crate::identity::person;
use crate::identity::session_cache::Session;
use crate::identity::visit::{self, Visit};
use crate::ledger::read;
use crate::trust_anchors;
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::currency::CurrencyKind;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    LookUpPointsAnswer, LookUpPointsRequest, PointsByLastDay, Problem, UsableAccount,
};
use std::sync::Arc;

/// What a look-up finds in one state of the database.
struct Found {
    card: CertificateRow,
    mykey_id: MyKeyId,
    accounts: Vec<UsableAccount>,
    used_today: i64,
}

/// A card becomes a visit of five minutes, with the balances usable at this terminal.
#[utoipa::path(
    post, path = "/terminal/v1/look_up_points", request_body = LookUpPointsRequest,
    responses((status = 200, body = LookUpPointsAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn look_up_points(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<LookUpPointsRequest>,
) -> Result<Json<LookUpPointsAnswer>, Declined> {
    let session = caller.with_one_of(&cloud, &AT_A_CARD).await?;
    cloud.rates.look_up(session.terminal)?;
    let name = certificate::name_from_hex(&request.issuer, &request.serial)
        .ok_or(Declined::because(ErrorCode::Malformed))?;
    if trust_anchors::is_published_issuer(&name.issuer_der) && !cloud.demo {
        return Err(Declined::because(ErrorCode::CardWithoutMykeyId));
    }
    let now_ms = cloud.clock.now_ms();
    let asking = Arc::clone(&session);
    let found = cloud.database.read(move |read| find(read, &asking, &name, now_ms)).await?;
    let visit = Visit {
        terminal: session.terminal,
        person: found.card.person,
        certificate: found.card.id,
        expires_at_ms: now_ms + visit::LIFETIME_MS,
    };
    note(&cloud, LookUp { at_ms: now_ms, terminal: visit.terminal, person: visit.person });
    Ok(Json(LookUpPointsAnswer {
        visit: sealed(&cloud, &visit)?,
        expires_at_ms: visit.expires_at_ms,
        masked_mykey_id: found.mykey_id.masked(),
        accounts: found.accounts,
        left_today: (session.limits.per_day - found.used_today).max(0),
        per_use: session.limits.per_use,
    }))
}

fn find(
    read: &Connection,
    session: &Session,
    name: &CertificateName,
    now_ms: i64,
) -> Result<Found, Declined> {
    let unknown = Declined::because(ErrorCode::CardWithoutMykeyId);
    let Some(card) = certificate::find(read, name)? else {
        return Err(unknown);
    };
    if !card.is_valid_at(now_ms) {
        return Err(Declined::because(ErrorCode::CardExpired));
    }
    let Some(mykey_id) = person::mykey_id(read, card.person)? else {
        return Err(unknown);
    };
    let today = japan_date(now_ms);
    let mut accounts = session
        .currencies_on(today)
        .map(|currency| usable_account(read, card, currency, today))
        .collect::<database::Result<Vec<_>>>()?;
    // An event in which the resident holds nothing is no choice, only a line more to read.
    accounts.retain(|account| account.kind == CurrencyKind::Municipal || account.balance > 0);
    if accounts.is_empty() {
        return Err(Declined::because(ErrorCode::NothingUsable));
    }
    let used_today = read::used_today(read, BookCode::from(session.municipality), card.person, today)?;
    Ok(Found { card, mykey_id, accounts, used_today })
}

fn usable_account(
    read: &Connection,
    card: CertificateRow,
    currency: &Currency,
    today: Date,
) -> database::Result<UsableAccount> {
    let balance = read::balance(read, card.person, currency.code, today)?;
    let by_last_day = balance
        .by_last_day
        .into_iter()
        .map(|dated| PointsByLastDay { points: dated.points, last_day: dated.last_day })
        .collect();
    Ok(UsableAccount {
        currency: currency.code,
        kind: currency.kind,
        name: currency.name.clone(),
        balance: balance.usable,
        by_last_day,
        usable_until: currency.last_day.filter(|_| currency.kind != CurrencyKind::Municipal),
    })
}

fn sealed(cloud: &Cloud, visit: &Visit) -> Result<String, Declined> {
    let mut nonce = [0; 12];
    getrandom::fill(&mut nonce).map_err(|e| Declined::failed(&e))?;
    cloud.visits.seal(visit, nonce).ok_or(Declined::because(ErrorCode::CloudFailed))
}

/// Writes the look-up down beside the answer: the clerk does not wait for the disk.
fn note(cloud: &Arc<Cloud>, look_up: LookUp) {
    let cloud = Arc::clone(cloud);
    tokio::spawn(async move {
        let written = cloud.database.write(move |write| look_up_audit::append(write, &look_up)).await;
        if let Err(error) = written {
            tracing::error!(%error, terminal = %look_up.terminal, "a look-up is missing in the audit");
        }
    });
}
