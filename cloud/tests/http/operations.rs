//! `list_operations`: what this terminal did on one Japan day.

use crate::actors::{Town, a_key};
use madoguchi_wire::terminal_api::{ListOperationsAnswer, OperationKind};
use serde_json::json;

#[tokio::test]
async fn a_terminal_sees_its_own_day_newest_first() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    let key = a_key();
    let used = shop.uses(1_000).under(key).from(&hanako).await.done();
    let voided = shop.voids(key).await.done();
    let kept = shop.uses(300).from(&hanako).await.done();
    shop.uses(9_999).from(&hanako).await.refused();
    museum.uses(200).from(&hanako).await.done();

    let day: ListOperationsAnswer = shop.post("list_operations", &json!({ "date": null })).await.ok();
    let seen: Vec<_> = day.operations.iter().map(|o| (o.kind, o.number.clone(), o.points)).collect();
    let expected = [
        (OperationKind::Use, kept.number.clone(), 300),
        (OperationKind::Void, voided.number.clone(), 1_000),
        (OperationKind::Use, used.number.clone(), 1_000),
    ];
    assert_eq!(seen, expected);
    let linked: Vec<_> = day.operations.iter().map(|o| o.linked_number.clone()).collect();
    assert_eq!(linked, [None, Some(used.number), Some(voided.number)]);
    let can_be_voided: Vec<_> = day.operations.iter().map(|o| o.can_be_voided).collect();
    assert_eq!(can_be_voided, [true, false, false]);
    assert_eq!(day.operations[0].currencies, ["川崎市ポイント"]);
    assert_eq!(day.operations[0].masked_mykey_id, hanako.mykey_id.masked());
    assert_eq!((day.uses, day.voids, day.points), (2, 1, 300));
}

#[tokio::test]
async fn yesterday_can_be_seen_but_not_voided() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let mut shop = town.greengrocer().await.at_work().await;
    shop.uses(1_000).from(&hanako).await.done();
    town.it_is("2026-11-21T09:00:00+09:00");
    shop.begins_the_day().await;
    let today: ListOperationsAnswer = shop.post("list_operations", &json!({})).await.ok();
    assert_eq!((today.date.to_string().as_str(), today.operations.len()), ("2026-11-21", 0));
    let yesterday: ListOperationsAnswer =
        shop.post("list_operations", &json!({ "date": "2026-11-20" })).await.ok();
    assert_eq!(yesterday.operations.len(), 1);
    assert!(!yesterday.operations[0].can_be_voided);
}
