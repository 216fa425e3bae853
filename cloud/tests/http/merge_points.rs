//! `merge_points` and `list_merge_streets`: points leave the balance and the street can open its file.

use crate::actors::{GINZA, SampleCard, Town, a_key};
use madoguchi_cloud::keys::wrapped::street::MergeProfile;
use madoguchi_domain::merge_file::NotGenuine;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationKind, Refusal};
use serde_json::{Value, json};

const NUMBER: &str = "30010100000017";

#[tokio::test]
async fn points_leave_the_balance_and_the_street_can_open_the_file() {
    let town = Town::open().await;
    let street = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let done = shop.merges(1_500).of_the(&hanako).await.done();
    assert_eq!(done.kind, OperationKind::MergePoints);
    let moved = &done.accounts[0];
    assert_eq!((moved.points, moved.before, moved.after), (1_500, 3_000, 1_500));
    let file = done.merge.unwrap();
    assert_eq!(street.opens(&file).unwrap().to_string(), format!("{NUMBER},1500,{}", file.number));
    assert!(file.number.to_string().starts_with("20261120120001"), "{}", file.number);
    assert_eq!((file.street.as_str(), file.street_name.as_str()), (GINZA, "銀座街"));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 1_500);
}

#[tokio::test]
async fn a_street_that_keeps_mykey_ids_is_told_those() {
    let town = Town::open().await;
    let street = town.ginza().await;
    town.street_is(MergeProfile::One, true).await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    let file = shop.merges(1_500).of_the(&hanako).await.done().merge.unwrap();
    assert_eq!(street.opens(&file).unwrap().point_id.as_str(), hanako.mykey_id.expose());
}

#[tokio::test]
async fn a_street_of_the_second_profile_gets_a_file_that_the_cloud_has_signed() {
    let town = Town::open().await;
    let street = town.ginza().await;
    town.hands_over_for(street.number, MergeProfile::Two).await;
    town.street_is(MergeProfile::Two, false).await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let file = shop.merges(1_500).of_the(&hanako).await.done().merge.unwrap();
    assert_eq!(street.opens_signed(&file).unwrap().to_string(), format!("{NUMBER},1500,{}", file.number));
    assert_eq!(street.opens(&file), Err(NotGenuine));
}

#[tokio::test]
async fn pressed_twice_there_is_one_merge_and_one_number() {
    let town = Town::open().await;
    let street = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let (visit, key) = (shop.visit(&hanako).await, a_key());
    let again = || shop.merges(1_000).under(key).during(&visit).of_the(&hanako);
    let (a, b, c) = tokio::join!(again(), again(), again());
    let files = [a, b, c, again().await, shop.resolves(key).await].map(|reply| reply.done().merge.unwrap());
    let records = files.map(|file| street.opens(&file).unwrap());
    assert!(records.iter().all(|record| *record == records[0]), "{records:?}");
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
    let other_street = shop.merges(1_000).under(key).during(&visit).into_street("140001");
    assert_eq!(other_street.of_the(&hanako).await.code(), (403, ErrorCode::StreetTakesNoMerges));
    let other_amount = shop.merges(999).under(key).during(&visit).of_the(&hanako).await;
    assert_eq!(other_amount.refused(), Refusal::KeyReused);
}

#[tokio::test]
async fn whoever_has_no_number_of_the_street_keeps_the_points() {
    let town = Town::open().await;
    town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    let key = a_key();
    assert_eq!(shop.merges(1_000).under(key).of_the(&hanako).await.refused(), Refusal::NotAMember);
    town.street_knows(&hanako, NUMBER, &shop).await;
    assert_eq!(shop.resolves(key).await.refused(), Refusal::NotAMember, "a key has one answer");
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
    shop.merges(1_000).of_the(&hanako).await.done();
}

#[tokio::test]
async fn the_streets_of_the_municipality_that_have_a_key_are_told_with_whom_they_know() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    let visit = shop.visit(&hanako).await;
    assert_eq!(shop.merge_streets(&visit).await.streets, []);
    town.ginza().await;
    let told = |answer: madoguchi_wire::terminal_api::ListMergeStreetsAnswer| -> Vec<(String, bool)> {
        answer.streets.into_iter().map(|street| (street.name, street.is_member)).collect()
    };
    assert_eq!(told(shop.merge_streets(&visit).await), [("銀座街".to_owned(), false)]);
    town.street_knows(&hanako, NUMBER, &shop).await;
    assert_eq!(told(shop.merge_streets(&visit).await), [("銀座街".to_owned(), true)]);
    let elsewhere = town.merging(town.shop_in_yokohama().await).await;
    town.gives(&hanako, town.yokohama_points(), 100, None).await;
    let visit = elsewhere.visit(&hanako).await;
    assert_eq!(elsewhere.merge_streets(&visit).await.streets, []);
    let foreign = elsewhere.merges(100).of(town.yokohama_points()).during(&visit).of_the(&hanako).await;
    assert_eq!(foreign.code(), (403, ErrorCode::StreetTakesNoMerges));
}

#[tokio::test]
async fn only_the_municipalitys_own_points_are_merged() {
    let town = Town::open().await;
    town.ginza().await;
    let hanako = town.resident_with(100).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    for currency in [town.sora_points(), town.kanagawa_points(), town.yokohama_points()] {
        town.gives(&hanako, currency, 500, None).await;
        let refused = shop.merges(300).of(currency).of_the(&hanako).await.refused();
        assert_eq!(refused, Refusal::NotUsableHere { currency });
    }
    let city = town.kawasaki_points();
    let refused = shop.merges(101).of_the(&hanako).await.refused();
    assert_eq!(refused, Refusal::Insufficient { currency: city, available: 100 });
}

#[tokio::test]
async fn a_merge_counts_towards_the_limits_like_a_use_and_above_them_the_card_signs() {
    let town = Town::of_sample_cards().await;
    town.ginza().await;
    let card = SampleCard::named("hanako");
    let hanako = town.holder_of(&card, 20_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    assert_eq!(shop.merges(3_001).of_the(&hanako).await.refused(), Refusal::OverLimitPerUse { limit: 3_000 });
    shop.merges(3_000).of_the(&hanako).await.done();
    assert_eq!(shop.uses(2_001).from(&hanako).await.refused(), Refusal::OverLimitPerDay { left: 2_000 });
    let visit = shop.visit(&hanako).await;
    let signed = shop.merges(8_000).signed_by(&card, &visit).await;
    let with = |field: &str, value: Value| {
        let mut request = signed.clone();
        request[field] = value;
        request
    };
    let other_amount = with("part", json!({ "currency": town.kawasaki_points(), "points": 8_001 }));
    assert_eq!(shop.post("merge_points", &other_amount).await.refused(), Refusal::SignatureWrong);
    let signed = shop.merges(8_000).signed_by(&card, &visit).await;
    shop.post("merge_points", &signed).await.done();
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 9_000);
}

#[tokio::test]
async fn a_merge_stands_in_the_days_list_and_in_the_day_close_and_cannot_be_voided() {
    let town = Town::open().await;
    town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let key = a_key();
    shop.merges(1_500).under(key).of_the(&hanako).await.done();
    let listed = shop.post("list_operations", &json!({})).await.ok::<Value>();
    assert_eq!(listed["operations"][0]["kind"], "merge_points");
    assert_eq!(listed["operations"][0]["can_be_voided"], false);
    assert_eq!(listed["points"], 0, "the till's total is of uses");
    assert_eq!(shop.voids(key).await.refused(), Refusal::UnknownOperation);
    let line = shop.previews_day().await.lines.remove(0);
    assert_eq!((line.kind, line.count, line.points), (OperationKind::MergePoints, 1, 1_500));
}

#[tokio::test]
async fn only_a_terminal_with_the_function_merges_and_a_mistake_never_reaches_the_books() {
    let town = Town::open().await;
    town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let visit = chamber.visit(&hanako).await.visit;
    let refused = chamber.post("merge_points", &chamber.merges(100).request(&visit)).await;
    assert_eq!(refused.code(), (403, ErrorCode::FunctionNotAllowed));
    let shop = town.shop_of_the_street().await;
    let visit = shop.visit(&hanako).await.visit;
    let with = |field: &str, value: Value| {
        let mut request = shop.merges(100).request(&visit);
        request[field] = value;
        request
    };
    for request in [
        with("street", json!("14000")),
        with("street", json!(140_002)),
        with("part", json!({ "currency": town.kawasaki_points(), "points": 0 })),
        with("visit", json!("00")),
        with("surprise", json!(1)),
    ] {
        assert_eq!(
            shop.post("merge_points", &request).await.code(),
            (422, ErrorCode::Malformed),
            "{request}"
        );
    }
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}
