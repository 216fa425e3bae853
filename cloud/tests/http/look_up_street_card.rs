//! `look_up_street_card`: by the number on the street's own card points are merged into that street, and nothing
//! else is done.

use crate::actors::{GINZA, Resident, SampleCard, Street, Terminal, Town, a_key};
use madoguchi_cloud::operator::id_provider;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{LookUpStreetCardAnswer, Refusal};
use serde_json::{Value, json};

const NUMBER: &str = "30010100000017";

/// A shop of 銀座街, and 花子, whom the street knows.
struct Scene {
    town: Town,
    street: Street,
    shop: Terminal,
    hanako: Resident,
}

impl Scene {
    async fn open() -> Self {
        let town = Town::open().await;
        let street = town.ginza().await;
        let hanako = town.resident_with(9_000).await;
        let shop = town.baker_at_work().await;
        town.street_knows(&hanako, NUMBER, &shop).await;
        Self { town, street, shop, hanako }
    }

    async fn balance(&self) -> i64 {
        self.town.balance(&self.hanako, self.town.kawasaki_points()).await
    }
}

async fn shows(shop: &Terminal, number: &str) -> LookUpStreetCardAnswer {
    shop.post("look_up_street_card", &json!({ "number": number })).await.ok()
}

#[tokio::test]
async fn the_streets_card_leads_to_the_balance_and_its_points_into_the_streets_file() {
    let scene = Scene::open().await;
    let found = shows(&scene.shop, NUMBER).await;
    assert_eq!((found.street.as_str(), found.street_name.as_str()), (GINZA, "銀座街"));
    assert_eq!(found.points.masked_mykey_id, scene.hanako.mykey_id.masked());
    assert_eq!((found.points.per_use, found.points.left_today), (3_000, 5_000));
    let balances: Vec<_> = found.points.accounts.iter().map(|account| account.balance).collect();
    assert_eq!(balances, [9_000]);
    let done = scene.shop.merges(1_500).during(&found.points).of_the(&scene.hanako).await.done();
    let file = done.merge.unwrap();
    assert_eq!(scene.street.opens(&file).unwrap().to_string(), format!("{NUMBER},1500,{}", file.number));
    assert_eq!(scene.balance().await, 7_500);
}

#[tokio::test]
async fn only_the_municipal_points_are_shown_to_it() {
    let scene = Scene::open().await;
    scene.town.gives(&scene.hanako, scene.town.sora_points(), 500, None).await;
    let accounts = shows(&scene.shop, NUMBER).await.points.accounts;
    let shown: Vec<_> = accounts.iter().map(|account| account.currency).collect();
    assert_eq!(shown, [scene.town.kawasaki_points()]);
}

#[tokio::test]
async fn it_is_written_down_that_a_streets_card_was_shown_and_it_counts_towards_the_limits() {
    let scene = Scene::open().await;
    let found = shows(&scene.shop, NUMBER).await;
    let merges = |points| scene.shop.merges(points).during(&found.points);
    let refused = merges(3_001).of_the(&scene.hanako).await.refused();
    assert_eq!(refused, Refusal::OverLimitPerUse { limit: 3_000 });
    merges(3_000).of_the(&scene.hanako).await.done();
    let refused = merges(2_001).of_the(&scene.hanako).await.refused();
    assert_eq!(refused, Refusal::OverLimitPerDay { left: 2_000 });
    let by_card = scene.shop.uses(2_001).from(&scene.hanako).await.refused();
    assert_eq!(by_card, Refusal::OverLimitPerDay { left: 2_000 }, "one day for all cards");
    let how = scene.town.cloud.database.read(|read| {
        read.query_all("select identified_by from operation where kind = 'merge'", &[], |row| {
            row.get::<Option<String>>(0)
        })
    });
    let how: Vec<_> = how.await.unwrap().into_iter().flatten().collect();
    assert_eq!(how, ["street_card"], "a refusal moved nobody's points");
}

#[tokio::test]
async fn nothing_but_a_merge_into_that_street_is_done_by_it() {
    let scene = Scene::open().await;
    let visit = shows(&scene.shop, NUMBER).await.points;
    let part = json!({ "currency": scene.town.kawasaki_points(), "points": 100 });
    let uses = json!({ "key": a_key(), "visit": visit.visit, "parts": [part] });
    let registers = json!({ "key": a_key(), "visit": visit.visit, "number": "G-2", "replaces": NUMBER });
    let signs = json!({ "key": a_key(), "visit": visit.visit });
    for (route, request) in
        [("use_points", &uses), ("register_service_id", &registers), ("request_use_nonce", &signs)]
    {
        let refused = scene.shop.post(route, request).await.code();
        assert_eq!(refused, (422, ErrorCode::NotMyNumberCard), "{route}");
    }
    let other = scene.shop.merges(100).during(&visit).into_street("140003");
    assert_eq!(other.of_the(&scene.hanako).await.code(), (403, ErrorCode::StreetTakesNoMerges));
    assert_eq!(scene.balance().await, 9_000);
}

#[tokio::test]
async fn a_signature_beside_a_streets_card_is_none() {
    let scene = Scene::open().await;
    let visit = shows(&scene.shop, NUMBER).await.points;
    let card = SampleCard::named("hanako");
    let mut signed = scene.shop.merges(4_000).request(&visit.visit);
    signed["signature"] = json!({ "nonce": "00".repeat(32), "certificate": hex::encode(&card.certificate), "signature": "00".repeat(256) });
    let refused = scene.shop.post("merge_points", &signed).await.code();
    assert_eq!(refused, (422, ErrorCode::NotMyNumberCard));
}

#[tokio::test]
async fn only_the_streets_own_terminals_may_ask_and_only_for_its_own_numbers() {
    let scene = Scene::open().await;
    let Scene { town, shop, .. } = &scene;
    let asks = |terminal: Terminal| async move {
        terminal.post("look_up_street_card", &json!({ "number": NUMBER })).await.code()
    };
    assert_eq!(asks(town.museum().await.at_work().await).await, (403, ErrorCode::FunctionNotAllowed));
    assert_eq!(asks(town.shop_of_the_street().await).await, (403, ErrorCode::NoIdProvider));
    let library = town.merging(town.library().await.of_provider("140001")).await;
    assert_eq!(asks(library).await, (403, ErrorCode::StreetTakesNoMerges));
    town.write(|write| id_provider::add(write, crate::actors::kawasaki(), "140003", "仲見世", true)).await;
    let unknown = shop.post("look_up_street_card", &json!({ "number": "G-404" })).await;
    assert_eq!(unknown.code(), (404, ErrorCode::StreetCardUnknown));
    for number in [json!("1,2"), json!(""), json!(17), Value::Null] {
        let refused = shop.post("look_up_street_card", &json!({ "number": number })).await.code();
        assert_eq!(refused, (422, ErrorCode::Malformed), "{number}");
    }
}

#[tokio::test]
async fn the_visit_is_good_at_its_terminal_for_five_minutes_and_tells_of_no_other_street() {
    let scene = Scene::open().await;
    let visit = shows(&scene.shop, NUMBER).await.points;
    let streets = scene.shop.merge_streets(&visit).await.streets;
    let told: Vec<_> = streets.iter().map(|street| (street.street.as_str(), street.is_member)).collect();
    assert_eq!(told, [(GINZA, true)]);
    let elsewhere = scene.town.shop_of_the_street().await;
    let stolen = elsewhere.merges(100).during(&visit).of_the(&scene.hanako).await;
    assert_eq!(stolen.code(), (422, ErrorCode::Malformed));
    scene.town.seconds_pass(301);
    let late = scene.shop.merges(100).during(&visit).of_the(&scene.hanako).await.refused();
    assert_eq!(late, Refusal::VisitExpired);
}

#[tokio::test]
async fn a_number_that_was_corrected_leads_to_nobody_and_the_new_one_to_its_owner() {
    let scene = Scene::open().await;
    scene.town.street_knows(&scene.hanako, "G-2", &scene.shop).await;
    let old = scene.shop.post("look_up_street_card", &json!({ "number": NUMBER })).await;
    assert_eq!(old.code(), (404, ErrorCode::StreetCardUnknown));
    assert_eq!(shows(&scene.shop, "G-2").await.points.masked_mykey_id, scene.hanako.mykey_id.masked());
}
