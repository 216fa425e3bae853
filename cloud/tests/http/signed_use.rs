//! Above the limits without PIN the card signs this very use (row D5, docs/security.md 2).

use crate::actors::{Resident, SampleCard, Terminal, Town, a_key};
use madoguchi_cloud::database::params;
use madoguchi_cloud::ledger::check;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{LookUpPointsAnswer, RequestUseNonceAnswer, RequestUseNonceRequest};
use madoguchi_wire::terminal_api::{OperationDone, Refusal};
use serde_json::{Value, json};

/// A shop, and Hanako before it with her card.
struct Scene {
    town: Town,
    shop: Terminal,
    card: SampleCard,
    hanako: Resident,
    visit: LookUpPointsAnswer,
}

impl Scene {
    async fn open() -> Self {
        Self::in_town(Town::of_sample_cards().await).await
    }

    async fn in_town(town: Town) -> Self {
        let card = SampleCard::named("hanako");
        let hanako = town.holder_of(&card, 20_000).await;
        let shop = town.greengrocer().await.at_work().await;
        let visit = shop.visit(&hanako).await;
        Self { town, shop, card, hanako, visit }
    }

    /// A use of so many points, signed with a nonce of its own.
    async fn signed(&self, points: i64) -> Value {
        let used = self.shop.uses(points);
        let nonce = used.nonce(&self.visit).await;
        used.signed_by(&self.card, &self.visit, &nonce)
    }

    async fn done(&self, request: &Value) -> OperationDone {
        self.shop.post("use_points", request).await.done()
    }

    /// Refused, without effect, and refused again in the same words.
    async fn refused(&self, request: &Value) -> Refusal {
        let refusal = self.shop.post("use_points", request).await.refused();
        assert_eq!(self.shop.post("use_points", request).await.refused(), refusal, "remembered");
        assert_eq!(self.balance().await, 20_000);
        refusal
    }

    async fn balance(&self) -> i64 {
        self.town.balance(&self.hanako, self.town.kawasaki_points()).await
    }
}

#[tokio::test]
async fn with_a_signature_the_limits_do_not_hold_and_the_day_is_not_counted() {
    let scene = Scene::open().await;
    assert_eq!(scene.visit.per_use, 3_000);
    let done = scene.done(&scene.signed(9_000).await).await;
    assert_eq!(done.accounts[0].after, 11_000);
    assert_eq!(scene.shop.visit(&scene.hanako).await.left_today, 5_000);
    scene.shop.uses(3_000).during(&scene.visit).from(&scene.hanako).await.done();
    let identified: Vec<String> = scene
        .town
        .cloud
        .database
        .read(|read| {
            let identified = "select identified_by from operation where kind = 'use' order by seq";
            read.query_all(identified, params![], |row| row.get(0))
        })
        .await
        .unwrap();
    assert_eq!(identified, ["signature", "certificate"]);
    let report = scene.town.cloud.database.read(check::check_books).await.unwrap();
    assert!(report.is_clean(), "{:?}", report.violations);
}

#[tokio::test]
async fn one_signature_covers_points_of_city_and_prefecture() {
    let scene = Scene::open().await;
    let (city, prefecture) = (scene.town.kawasaki_points(), scene.town.kanagawa_points());
    scene.town.gives(&scene.hanako, prefecture, 500, None).await;
    let used = scene.shop.uses_of(&[(prefecture, 500), (city, 4_000)]);
    let nonce = used.nonce(&scene.visit).await;
    scene.done(&used.signed_by(&scene.card, &scene.visit, &nonce)).await;
    assert_eq!(scene.balance().await, 16_000);
}

#[tokio::test]
async fn a_repeated_request_gets_its_first_answer_long_after_the_nonce_is_over() {
    let scene = Scene::open().await;
    let request = scene.signed(4_000).await;
    let first = scene.done(&request).await;
    scene.town.seconds_pass(121);
    assert_eq!(scene.done(&request).await, first);
    scene.town.seconds_pass(600);
    assert_eq!(scene.done(&request).await, first);
    assert_eq!(scene.balance().await, 16_000);
}

#[tokio::test]
async fn a_nonce_is_good_for_120_seconds() {
    let scene = Scene::open().await;
    let (in_time, late) = (scene.signed(4_000).await, scene.signed(4_000).await);
    scene.town.seconds_pass(119);
    scene.done(&in_time).await;
    scene.town.seconds_pass(1);
    assert_eq!(scene.shop.post("use_points", &late).await.refused(), Refusal::NonceExpired);
    assert_eq!(scene.shop.post("use_points", &late).await.refused(), Refusal::NonceExpired);
    assert_eq!(scene.balance().await, 16_000);
}

#[tokio::test]
async fn a_nonce_serves_one_key_and_the_newest_only() {
    let scene = Scene::open().await;
    let used = scene.shop.uses(4_000);
    let (first, second) = (used.nonce(&scene.visit).await, used.nonce(&scene.visit).await);
    assert_ne!(first.nonce, second.nonce);
    let replaced = used.signed_by(&scene.card, &scene.visit, &first);
    assert_eq!(scene.refused(&replaced).await, Refusal::NonceVoid);

    let spent = scene.shop.uses(100);
    let nonce = spent.nonce(&scene.visit).await;
    scene.done(&spent.signed_by(&scene.card, &scene.visit, &nonce)).await;
    let again = scene.shop.uses(4_000).signed_by(&scene.card, &scene.visit, &nonce);
    assert_eq!(scene.shop.post("use_points", &again).await.refused(), Refusal::NonceVoid);
    assert_eq!(scene.balance().await, 19_900);
}

#[tokio::test]
async fn a_nonce_of_another_visit_or_made_up_is_void() {
    let scene = Scene::open().await;
    let used = scene.shop.uses(4_000);
    let nonce = used.nonce(&scene.visit).await;
    let another_visit = scene.shop.visit(&scene.hanako).await;
    let request = used.signed_by(&scene.card, &another_visit, &nonce);
    assert_eq!(scene.refused(&request).await, Refusal::NonceVoid);
    let made_up = RequestUseNonceAnswer { nonce: "ab".repeat(32), expires_at_ms: i64::MAX };
    let request = scene.shop.uses(4_000).signed_by(&scene.card, &scene.visit, &made_up);
    assert_eq!(scene.refused(&request).await, Refusal::NonceVoid);
}

#[tokio::test]
async fn another_card_cannot_sign_for_this_one() {
    let scene = Scene::open().await;
    let taro = SampleCard::named("taro");
    let used = scene.shop.uses(4_000);
    let nonce = used.nonce(&scene.visit).await;
    // Taro's card belongs to nobody here, then to somebody else.
    assert_eq!(scene.refused(&used.signed_by(&taro, &scene.visit, &nonce)).await, Refusal::OtherCard);
    scene.town.holder_of(&taro, 20_000).await;
    let used = scene.shop.uses(4_000);
    let nonce = used.nonce(&scene.visit).await;
    assert_eq!(scene.refused(&used.signed_by(&taro, &scene.visit, &nonce)).await, Refusal::OtherCard);
    // Nor can Taro's key under Hanako's certificate.
    let forger = SampleCard { certificate: scene.card.certificate.clone(), ..taro };
    let used = scene.shop.uses(4_000);
    let nonce = used.nonce(&scene.visit).await;
    assert_eq!(scene.refused(&used.signed_by(&forger, &scene.visit, &nonce)).await, Refusal::SignatureWrong);
}

#[tokio::test]
async fn a_changed_amount_account_or_signature_is_noticed() {
    let scene = Scene::open().await;
    let changes = [
        ("/parts/0/points", json!(4_001)),
        ("/parts/0/currency", json!({ "book": "140007", "number": 1 })),
        ("/signature/signature", json!("00".repeat(256))),
        ("/signature/signature", json!("")),
    ];
    for (place, other) in changes {
        let mut request = scene.signed(4_000).await;
        *request.pointer_mut(place).unwrap() = other;
        assert_eq!(scene.refused(&request).await, Refusal::SignatureWrong, "{place}");
    }
    let (mut request, other) = (scene.signed(4_000).await, scene.signed(4_000).await);
    request["signature"]["signature"] = other["signature"]["signature"].clone();
    assert_eq!(scene.refused(&request).await, Refusal::SignatureWrong, "another use's");
}

#[tokio::test]
async fn a_card_past_its_last_day_cannot_sign() {
    let scene = Scene::open().await;
    // The sample cards are valid through the first second of 2045 (UTC).
    scene.town.it_is("2045-01-01T08:59:30+09:00");
    let mut shop = scene.shop.on(scene.shop.device.clone());
    shop.begins_the_day().await;
    let scene = Scene { visit: shop.visit(&scene.hanako).await, shop, ..scene };
    let request = scene.signed(4_000).await;
    scene.town.seconds_pass(60);
    assert_eq!(scene.refused(&request).await, Refusal::CardExpired);
}

#[tokio::test]
async fn nobody_signs_where_no_authority_is_trusted() {
    let scene = Scene::in_town(Town::of_sample_cards_that_trusts_nobody().await).await;
    assert_eq!(scene.refused(&scene.signed(4_000).await).await, Refusal::CardUntrusted);
    scene.shop.uses(3_000).during(&scene.visit).from(&scene.hanako).await.done();
}

#[tokio::test]
async fn a_visit_that_is_over_gets_no_nonce_and_its_signature_no_points() {
    let scene = Scene::open().await;
    scene.town.seconds_pass(299);
    let request = scene.signed(4_000).await;
    scene.town.seconds_pass(1);
    assert_eq!(scene.refused(&request).await, Refusal::VisitExpired);
    let ask = RequestUseNonceRequest { key: a_key(), visit: scene.visit.visit.clone() };
    assert_eq!(scene.shop.post("request_use_nonce", &ask).await.code(), (410, ErrorCode::VisitExpired));
    let museum = scene.town.museum().await.at_work().await;
    assert_eq!(museum.post("request_use_nonce", &ask).await.code(), (422, ErrorCode::Malformed));
}

#[tokio::test]
async fn a_signature_is_part_of_what_its_key_asks_for() {
    let scene = Scene::open().await;
    let request = scene.signed(100).await;
    let first = scene.done(&request).await;
    let mut unsigned = request.clone();
    unsigned.as_object_mut().unwrap().remove("signature");
    assert_eq!(scene.shop.post("use_points", &unsigned).await.refused(), Refusal::KeyReused);
    assert_eq!(scene.done(&request).await, first);
}

#[tokio::test]
async fn what_is_no_signature_never_reaches_the_books() {
    let scene = Scene::open().await;
    for (field, value) in [
        ("nonce", json!("00")),
        ("nonce", json!("zz".repeat(32))),
        ("certificate", json!("")),
        ("certificate", json!("3003020101")),
        ("certificate", json!(7)),
        ("signature", json!("0")),
        ("surprise", json!(1)),
    ] {
        let mut request = scene.signed(4_000).await;
        request["signature"][field] = value.clone();
        let reply = scene.shop.post("use_points", &request).await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{field}: {value}");
    }
    assert_eq!(scene.balance().await, 20_000);
}

#[tokio::test]
async fn nonces_are_limited_per_terminal() {
    let town = Town::with_look_ups_per_minute(3).await;
    let hanako = town.resident().await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    let ask = RequestUseNonceRequest { key: a_key(), visit: shop.visit(&hanako).await.visit };
    for _ in 0..3 {
        shop.post("request_use_nonce", &ask).await.ok::<RequestUseNonceAnswer>();
    }
    let slowed = shop.post("request_use_nonce", &ask).await;
    assert_eq!(slowed.code(), (429, ErrorCode::TooManyRequests));
    assert!(slowed.retry_after.is_some());
    let elsewhere = RequestUseNonceRequest { key: a_key(), visit: museum.visit(&hanako).await.visit };
    museum.post("request_use_nonce", &elsewhere).await.ok::<RequestUseNonceAnswer>();
}
