//! `site_statement`: what a site is owed (参考 86–88).

use crate::actors::{Town, a_key};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::SiteStatementAnswer;
use serde_json::json;

#[tokio::test]
async fn a_site_sees_all_its_terminals_uses_by_currency_without_voided_ones() {
    let town = Town::open().await;
    let hanako = town.resident_with(20_000).await;
    town.gives(&hanako, town.kanagawa_points(), 500, None).await;
    let (first, second) =
        (town.greengrocer().await.at_work().await, town.greengrocers_second().await.at_work().await);
    let museum = town.museum().await.at_work().await;
    let voided = a_key();
    first.uses_of(&[(town.kawasaki_points(), 700), (town.kanagawa_points(), 500)]).from(&hanako).await.done();
    second.uses(300).from(&hanako).await.done();
    second.uses(999).under(voided).from(&hanako).await.done();
    second.voids(voided).await.done();
    museum.uses(123).from(&hanako).await.done();

    let period = json!({ "from": "2026-11-01", "to": "2026-11-30" });
    let statement: SiteStatementAnswer = first.post("site_statement", &period).await.ok();
    let totals: Vec<_> =
        statement.totals.iter().map(|total| (total.currency.as_str(), total.uses, total.points)).collect();
    assert_eq!(totals, [("花みどりポイント", 1, 500), ("川崎市ポイント", 2, 1_000)]);
    let points: Vec<_> = statement.lines.iter().map(|line| line.points).collect();
    assert_eq!(points.len(), 3);
    assert!(statement.lines.iter().all(|line| line.masked_mykey_id == hanako.mykey_id.masked()));
    assert!(statement.lines.is_sorted_by_key(|line| line.at_ms));
}

#[tokio::test]
async fn only_the_days_asked_for_are_counted() {
    let town = Town::open().await;
    let hanako = town.resident_with(20_000).await;
    let mut shop = town.greengrocer().await.at_work().await;
    shop.uses(100).from(&hanako).await.done();
    town.it_is("2026-11-21T00:00:00+09:00");
    shop.begins_the_day().await;
    shop.uses(20).from(&hanako).await.done();
    for (from, to, expected) in [
        ("2026-11-20", "2026-11-20", Some(100)),
        ("2026-11-21", "2026-11-21", Some(20)),
        ("2026-11-20", "2026-11-21", Some(120)),
        ("2026-11-22", "2026-11-30", None),
    ] {
        let statement: SiteStatementAnswer =
            shop.post("site_statement", &json!({ "from": from, "to": to })).await.ok();
        assert_eq!(statement.totals.first().map(|total| total.points), expected, "{from} to {to}");
    }
}

#[tokio::test]
async fn a_period_that_is_none_is_malformed() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    for (from, to) in
        [("2026-11-21", "2026-11-20"), ("2020-01-01", "2026-11-20"), ("2026-02-30", "2026-03-01")]
    {
        let reply = shop.post("site_statement", &json!({ "from": from, "to": to })).await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{from} to {to}");
    }
}
