//! `close_day`, `preview_day`, `list_day_closes`: numbered, never changed, reprintable.

use crate::actors::{Town, a_key};
use madoguchi_cloud::database::params;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{DayClose, OperationKind, Refusal};
use serde_json::json;

/// Kind, currency, count and points of each line.
fn lines(close: &DayClose) -> Vec<(OperationKind, &str, u32, i64)> {
    close.lines.iter().map(|line| (line.kind, line.currency.as_str(), line.count, line.points)).collect()
}

#[tokio::test]
async fn a_close_counts_what_the_terminal_did_since_the_one_before() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    town.gives(&hanako, town.sora_points(), 500, None).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (chamber, shop) = (town.chamber().await.at_work().await, town.greengrocer().await.at_work().await);
    let (first, second) = (chamber.ticket(1_000, &hanako).await, chamber.ticket(200, &hanako).await);
    chamber.voids_ticket(second.ticket.number).await.done();
    let new = chamber.reissues(first.ticket.number).await.done().ticket.unwrap();
    chamber.issues(300).of(town.sora_points()).to(&hanako).await.done();
    let clearing = a_key();
    chamber.clears(&new.code).for_site(site).under(clearing).now().await.done();
    chamber.takes_back(clearing).await.done();
    shop.uses(100).from(&hanako).await.done();
    let expected = [
        (OperationKind::IssueTicket, "川崎市ポイント", 2, 1_200),
        (OperationKind::IssueTicket, "宙フェスポイント", 1, 300),
        (OperationKind::ReissueTicket, "川崎市ポイント", 1, 1_000),
        (OperationKind::VoidTicket, "川崎市ポイント", 1, 200),
        (OperationKind::ClearTicket, "川崎市ポイント", 1, 1_000),
        (OperationKind::UnclearTicket, "川崎市ポイント", 1, 1_000),
    ];
    let preview = chamber.previews_day().await;
    assert_eq!((preview.number, preview.since_ms, lines(&preview)), (0, None, expected.to_vec()));
    let done = chamber.closes_day().await.done();
    assert_eq!(done.kind, OperationKind::CloseDay);
    let close = done.day_close.unwrap();
    assert_eq!((close.number, close.date.to_string().as_str(), close.at_ms), (1, "2026-11-20", done.at_ms));
    assert_eq!(lines(&close), expected);
    assert_eq!(close.head.len(), 64);
    assert!(chamber.previews_day().await.lines.is_empty());
    let of_the_shop = shop.previews_day().await;
    assert_eq!(lines(&of_the_shop), [(OperationKind::Use, "川崎市ポイント", 1, 100)]);
    town.seconds_pass(60);
    chamber.ticket(50, &hanako).await;
    let second = chamber.closes_day().await.done().day_close.unwrap();
    assert_eq!((second.number, second.since_ms), (2, Some(close.at_ms)));
    assert_eq!(lines(&second), [(OperationKind::IssueTicket, "川崎市ポイント", 1, 50)]);
    assert_eq!(chamber.day_closes().await, [second, close]);
}

#[tokio::test]
async fn a_close_stays_as_it_was_said_whatever_is_called_otherwise_later() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    chamber.ticket(100, &hanako).await;
    let key = a_key();
    let first = chamber.closes_day_under(key).await.done();
    town.write(|write| {
        write.execute("update currency set name = 'かわさきコイン' where number = 1", params![])?;
        Ok(())
    })
    .await;
    chamber.ticket(100, &hanako).await;
    assert_eq!(chamber.closes_day_under(key).await.done(), first, "pressed twice it is one close");
    assert_eq!(chamber.resolves(key).await.done(), first);
    assert_eq!(chamber.day_closes().await, [first.day_close.unwrap()]);
}

#[tokio::test]
async fn a_close_whose_answer_was_lost_before_it_was_drawn_is_drawn_when_it_is_asked_for() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    chamber.ticket(100, &hanako).await;
    let close = chamber.closes_day().await.done().day_close.unwrap();
    chamber.ticket(200, &hanako).await;
    town.write(|write| {
        write.execute("delete from day_close_paper", params![])?;
        Ok(())
    })
    .await;
    assert_eq!(chamber.day_closes().await, [close]);
}

#[tokio::test]
async fn a_use_before_a_close_is_not_voided_any_more() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (before, after) = (a_key(), a_key());
    shop.uses(100).under(before).from(&hanako).await.done();
    shop.closes_day().await.done();
    shop.uses(200).under(after).from(&hanako).await.done();
    let listed: madoguchi_wire::terminal_api::ListOperationsAnswer =
        shop.post("list_operations", &json!({})).await.ok();
    let voidable: Vec<_> =
        listed.operations.iter().filter(|operation| operation.can_be_voided).map(|o| o.key).collect();
    assert_eq!(voidable, [after]);
    assert_eq!(shop.voids(before).await.refused(), Refusal::DayClosed { number: 1 });
    shop.voids(after).await.done();
}

#[tokio::test]
async fn closing_needs_a_function_about_points_and_somebody_signed_in() {
    let town = Town::open().await;
    let mut shop = town.greengrocer().await.at_work().await;
    town.it_is("2026-11-21T00:00:00+09:00");
    shop.goes_on().await;
    assert_eq!(shop.closes_day().await.code(), (401, ErrorCode::SignInNeeded));
}
