//! `issue_ticket`: points become a ticket, once, for a resident whose card is there.

use crate::actors::{LAST_DAY, SampleCard, Town, a_key};
use jiff::civil::date;
use madoguchi_domain::ticket::TicketCode;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationKind, Refusal};
use serde_json::{Value, json};

#[tokio::test]
async fn points_leave_the_balance_and_become_a_paper_with_everything_on_it() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let done = chamber.issues(1_000).to(&hanako).await.done();
    assert_eq!(done.kind, OperationKind::IssueTicket);
    assert_eq!(
        (done.accounts[0].points, done.accounts[0].before, done.accounts[0].after),
        (1_000, 3_000, 2_000)
    );
    let paper = done.ticket.unwrap();
    let code = TicketCode::scanned(&paper.code).unwrap();
    assert_eq!((code.number, code.issuer.as_str(), code.key.0), (paper.ticket.number, "141305", 1));
    let ticket = paper.ticket;
    assert_eq!((ticket.points, ticket.currency), (1_000, town.kawasaki_points()));
    assert_eq!((ticket.currency_name.as_str(), ticket.issuer_name.as_str()), ("川崎市ポイント", "川崎市"));
    assert_eq!((ticket.event_name, ticket.issued_at.as_str()), (None, "みなみ商工会"));
    assert_eq!((ticket.issued_on, ticket.last_day), (date(2026, 11, 20), LAST_DAY));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
}

#[tokio::test]
async fn a_ticket_is_good_until_today_at_least_and_thirty_days_at_most() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let (first, last) = (date(2026, 11, 20), date(2026, 12, 20));
    for day in [date(2026, 11, 19), date(2026, 12, 21)] {
        let refusal = chamber.issues(100).until(day).to(&hanako).await.refused();
        assert_eq!(refusal, Refusal::LastDayOutOfRange { first, last }, "{day}");
    }
    for day in [first, last] {
        chamber.issues(100).until(day).to(&hanako).await.done();
    }
}

#[tokio::test]
async fn pressed_twice_there_is_one_ticket_and_one_answer() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let (visit, key) = (chamber.visit(&hanako).await, a_key());
    let again = || chamber.issues(1_000).under(key).during(&visit).to(&hanako);
    let (a, b, c) = tokio::join!(again(), again(), again());
    let first = a.done();
    assert_eq!((b.done(), c.done()), (first.clone(), first.clone()));
    assert_eq!(again().await.done(), first);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
    let other_day = chamber.issues(1_000).under(key).during(&visit).until(date(2026, 12, 1));
    assert_eq!(other_day.to(&hanako).await.refused(), Refusal::KeyReused);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_resolved_with_the_whole_ticket() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let key = a_key();
    let first = chamber.issues(1_000).under(key).to(&hanako).await.done();
    town.next_ticket_key().await;
    assert_eq!(chamber.resolves(key).await.done(), first, "also when there is a newer key");
    let never_arrived = a_key();
    assert_eq!(chamber.resolves(never_arrived).await.refused(), Refusal::Abandoned);
    let too_late = chamber.issues(1_000).under(never_arrived).to(&hanako).await;
    assert_eq!(too_late.refused(), Refusal::Abandoned);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
}

#[tokio::test]
async fn a_ticket_counts_towards_the_limits_like_a_use() {
    let town = Town::open().await;
    let hanako = town.resident_with(20_000).await;
    let (chamber, shop) = (town.chamber().await.at_work().await, town.greengrocer().await.at_work().await);
    assert_eq!(chamber.issues(3_001).to(&hanako).await.refused(), Refusal::OverLimitPerUse { limit: 3_000 });
    chamber.issues(3_000).to(&hanako).await.done();
    shop.uses(1_500).from(&hanako).await.done();
    assert_eq!(chamber.issues(501).to(&hanako).await.refused(), Refusal::OverLimitPerDay { left: 500 });
}

#[tokio::test]
async fn above_the_limits_the_card_signs_this_very_ticket() {
    let town = Town::of_sample_cards().await;
    let card = SampleCard::named("hanako");
    let hanako = town.holder_of(&card, 20_000).await;
    let chamber = town.chamber().await.at_work().await;
    let visit = chamber.visit(&hanako).await;
    let mut other_amount = chamber.issues(7_999).signed_by(&card, &visit).await;
    other_amount["part"]["points"] = json!(8_000);
    assert_eq!(chamber.post("issue_ticket", &other_amount).await.refused(), Refusal::SignatureWrong);
    let mut other_key = chamber.issues(8_000).signed_by(&card, &visit).await;
    other_key["key"] = json!(a_key());
    assert_eq!(chamber.post("issue_ticket", &other_key).await.refused(), Refusal::NonceVoid);
    let mut other_day = chamber.issues(8_000).signed_by(&card, &visit).await;
    other_day["last_day"] = json!("2026-12-01");
    assert_eq!(chamber.post("issue_ticket", &other_day).await.refused(), Refusal::SignatureWrong);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 20_000);
}

#[tokio::test]
async fn a_signed_ticket_is_issued_above_the_limits_and_leaves_them_untouched() {
    let town = Town::of_sample_cards().await;
    let card = SampleCard::named("hanako");
    let hanako = town.holder_of(&card, 20_000).await;
    let chamber = town.chamber().await.at_work().await;
    let visit = chamber.visit(&hanako).await;
    let request = chamber.issues(8_000).signed_by(&card, &visit).await;
    chamber.post("issue_ticket", &request).await.done();
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 12_000);
    assert_eq!(chamber.visit(&hanako).await.left_today, 5_000);
}

#[tokio::test]
async fn an_events_ticket_says_so_and_other_points_are_none() {
    let town = Town::open().await;
    let hanako = town.resident_with(100).await;
    town.gives(&hanako, town.sora_points(), 500, None).await;
    town.gives(&hanako, town.kanagawa_points(), 500, None).await;
    let chamber = town.chamber().await.at_work().await;
    let paper = chamber.issues(300).of(town.sora_points()).to(&hanako).await.done().ticket.unwrap();
    assert_eq!(paper.ticket.event_name.as_deref(), Some("宙フェスポイント"));
    let paper = chamber.issues(300).of(town.kanagawa_points()).to(&hanako).await.done().ticket.unwrap();
    assert_eq!(paper.ticket.issuer_name, "神奈川県");
    assert!(paper.code.starts_with("T1.140007."), "{}", paper.code);
    let foreign = town.yokohama_points();
    let refusal = chamber.issues(100).of(foreign).to(&hanako).await.refused();
    assert_eq!(refusal, Refusal::NotUsableHere { currency: foreign });
    let city = town.kawasaki_points();
    let refusal = chamber.issues(101).to(&hanako).await.refused();
    assert_eq!(refusal, Refusal::Insufficient { currency: city, available: 100 });
}

#[tokio::test]
async fn only_a_desk_with_the_function_and_somebody_signed_in_issues_tickets() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let visit = shop.visit(&hanako).await.visit;
    let refused = shop.post("issue_ticket", &shop.issues(100).request(&visit)).await;
    assert_eq!(refused.code(), (403, ErrorCode::FunctionNotAllowed));
    let mut chamber = town.chamber().await.at_work().await;
    let visit = chamber.visit(&hanako).await.visit;
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.goes_on().await;
    let refused = chamber.post("issue_ticket", &chamber.issues(100).request(&visit)).await;
    assert_eq!(refused.code(), (401, ErrorCode::SignInNeeded));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}

#[tokio::test]
async fn what_is_no_ticket_never_reaches_the_books() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let visit = chamber.visit(&hanako).await.visit;
    let with = |field: &str, value: Value| {
        let mut request = chamber.issues(100).request(&visit);
        request[field] = value;
        request
    };
    let part = |points: Value| json!({ "currency": town.kawasaki_points(), "points": points });
    for request in [
        with("last_day", json!("2026-02-30")),
        with("last_day", json!("tomorrow")),
        with("part", part(json!(0))),
        with("part", part(json!(-1))),
        with("part", part(json!(1.5))),
        with("part", json!([])),
        with("visit", json!("00")),
        with("key", json!("1")),
        with("surprise", json!(1)),
    ] {
        let reply = chamber.post("issue_ticket", &request).await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{request}");
    }
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}
