//! `unclear_ticket`: the terminal that cleared a ticket takes it back; the ticket is open again.

use crate::actors::{Terminal, Town, a_key};
use madoguchi_wire::terminal_api::{ListOperationsAnswer, OperationKind, Refusal, SiteStatementAnswer};
use serde_json::json;

#[tokio::test]
async fn taken_back_it_stands_in_neither_count_nor_sum_and_can_be_cleared_again() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    let bath = town.takes_tickets("銭湯 たまの湯").await;
    town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let key = a_key();
    let clearing = shop.clears(&paper.code).under(key).now().await.done();
    let done = shop.takes_back(key).await.done();
    assert_eq!((done.kind, done.voided_number), (OperationKind::UnclearTicket, Some(clearing.number)));
    assert_eq!(done.cleared.unwrap().ticket, paper.ticket);
    let period = json!({ "from": "2026-11-20", "to": "2026-11-20" });
    let statement: SiteStatementAnswer = shop.post("site_statement", &period).await.ok();
    assert!(statement.totals.is_empty() && statement.lines.is_empty());
    let listed: ListOperationsAnswer = shop.post("list_operations", &json!({})).await.ok();
    let kinds: Vec<_> = listed.operations.iter().map(|operation| operation.kind).collect();
    assert_eq!(kinds, [OperationKind::UnclearTicket, OperationKind::ClearTicket]);
    let again = shop.takes_back(key).await.refused();
    assert!(matches!(again, Refusal::AlreadyVoided { .. }), "{again:?}");
    chamber.clears(&paper.code).for_site(bath).now().await.done();
}

#[tokio::test]
async fn only_the_terminal_that_cleared_it_on_that_day_before_its_day_close() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (mut chamber, second) =
        (town.chamber().await.at_work().await, town.chambers_second().await.at_work().await);
    let (before, after, late) = (a_key(), a_key(), a_key());
    let clear = async |chamber: &Terminal, key| {
        let paper = chamber.ticket(100, &hanako).await;
        chamber.clears(&paper.code).for_site(site).under(key).now().await.done();
    };
    clear(&chamber, before).await;
    assert_eq!(second.takes_back(before).await.refused(), Refusal::NotThisTerminal);
    assert_eq!(chamber.takes_back(a_key()).await.refused(), Refusal::UnknownOperation);
    chamber.closes_day().await.done();
    assert_eq!(chamber.takes_back(before).await.refused(), Refusal::DayClosed { number: 1 });
    clear(&chamber, after).await;
    chamber.takes_back(after).await.done();
    clear(&chamber, late).await;
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.begins_the_day().await;
    assert_eq!(chamber.takes_back(late).await.refused(), Refusal::TooLateToVoid);
}
