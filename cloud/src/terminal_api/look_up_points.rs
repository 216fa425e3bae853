//! `look_up_points`: a card becomes a visit with the balances usable at this terminal (row D1).

use super::caller::{AT_A_CARD, Caller};
use super::known_card;
use super::opened_visit;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::{self, Connection};
use crate::identity::currency::Currency;
use crate::identity::session_cache::Session;
use crate::identity::visit::ShownCard;
use crate::identity::{issuer, person};
use crate::ledger::read;
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyKind;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::person::PersonId;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    LookUpPointsAnswer, LookUpPointsRequest, PointsByLastDay, Problem, UsableAccount,
};
use std::sync::Arc;

/// What a look-up finds in one state of the database.
pub(super) struct Found {
    person: PersonId,
    card: ShownCard,
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
    let name = known_card::named(&cloud, &request.issuer, &request.serial)?;
    let now_ms = cloud.clock.now_ms();
    let asking = Arc::clone(&session);
    let found = known_card::read_of_card(&cloud, name, now_ms, move |read, card| {
        find(read, &asking, (card.person, ShownCard::Certificate(card.id)), now_ms, |_| true)
    });
    opened(&cloud, &session, found.await?, now_ms).map(Json)
}

/// The visit of what was found, as it is told.
pub(super) fn opened(
    cloud: &Arc<Cloud>,
    session: &Session,
    found: Found,
    now_ms: i64,
) -> Result<LookUpPointsAnswer, Declined> {
    let visit = opened_visit::open(cloud, session.terminal, found.person, found.card, now_ms)?;
    Ok(LookUpPointsAnswer {
        visit: visit.sealed,
        expires_at_ms: visit.expires_at_ms,
        masked_mykey_id: found.mykey_id.masked(),
        accounts: found.accounts,
        left_today: (session.limits.per_day - found.used_today).max(0),
        per_use: session.limits.per_use,
    })
}

/// What the person of a card holds of the currencies that count here.
pub(super) fn find(
    read: &Connection,
    session: &Session,
    (person, card): (PersonId, ShownCard),
    now_ms: i64,
    counts: impl Fn(CurrencyKind) -> bool,
) -> Result<Found, Declined> {
    let Some(mykey_id) = person::mykey_id(read, person)? else {
        return Err(Declined::because(ErrorCode::CardWithoutMykeyId));
    };
    let today = japan_date(now_ms);
    let mut accounts = session
        .currencies_on(today)
        .filter(|currency| counts(currency.kind))
        .map(|currency| usable_account(read, person, currency, today))
        .collect::<database::Result<Vec<_>>>()?;
    // An event in which the resident holds nothing is no choice, only a line more to read.
    accounts.retain(|account| account.kind == CurrencyKind::Municipal || account.balance > 0);
    if accounts.is_empty() {
        return Err(Declined::because(ErrorCode::NothingUsable));
    }
    let own = BookCode::from(session.municipality);
    for account in accounts.iter_mut().filter(|account| account.currency.book != own) {
        account.issuer_name = issuer::name_of_book(read, account.currency.book)?;
    }
    let used_today = read::used_today(read, own, person, today)?;
    Ok(Found { person, card, mykey_id, accounts, used_today })
}

fn usable_account(
    read: &Connection,
    person: PersonId,
    currency: &Currency,
    today: Date,
) -> database::Result<UsableAccount> {
    let balance = read::balance(read, person, currency.code, today)?;
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
        issuer_name: None,
    })
}
