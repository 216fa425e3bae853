//! What a pairing learns is fixed when it is made: MyKey IDs for a provider that keeps them itself, and nobody
//! else (seed 001, §17 ②).

use super::library::Library;
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::OfferPairingArguments;
use serde_json::json;

fn for_mykey_ids() -> OfferPairingArguments {
    let name = "商店街ポイント".into();
    OfferPairingArguments { name, origin: None, learns: Learns::MykeyId, own_cards: false }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_street_that_keeps_mykey_ids_is_told_them_and_a_pairing_for_numbers_is_not() {
    let street = Library::opens_where_mykey_ids_are_kept().await;
    let ours = street.pairs_to_learn(Learns::MykeyId, "商店街ポイント", None).await;
    let other = street.pairs("会員カード", None).await;
    street.puts_on("taro");
    assert_eq!(ours.reads(10).await, (200, json!({ "result": "mykey_id", "mykey_id": "TAR0MA78" })));
    assert_eq!(other.reads(10).await, (200, json!({ "result": "customer_number", "number": "G-2041766" })));
    let shown = street.at.counter.look_at_bridge().await.unwrap();
    let learn: Vec<Learns> = shown.pairings.iter().map(|pairing| pairing.learns).collect();
    assert_eq!(learn, [Learns::MykeyId, Learns::CustomerNumber]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_pairing_learns_outlives_a_restart() {
    let street = Library::opens_where_mykey_ids_are_kept().await;
    let ours = street.pairs_to_learn(Learns::MykeyId, "商店街ポイント", None).await;
    let street = street.opens_again().await;
    street.puts_on("taro");
    assert_eq!(ours.reads(30).await.1["mykey_id"], "TAR0MA78");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_pairs_nobody_for_mykey_ids() {
    let library = Library::opens().await;
    let refused = library.at.counter.offer_pairing(for_mykey_ids()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoMykeyIdsHere);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_street_that_keeps_mykey_ids_no_longer_is_told_none_from_then_on() {
    let street = Library::opens_where_mykey_ids_are_kept().await;
    let ours = street.pairs_to_learn(Learns::MykeyId, "商店街ポイント", None).await;
    street.puts_on("taro");
    assert_eq!(ours.reads(10).await.0, 200);
    street.town.lets_street_keep_mykey_ids(false).await;
    let (status, problem) = ours.reads(10).await;
    assert_eq!((status, &problem["code"]), (409, &json!("no_mykey_ids_here")));
}
