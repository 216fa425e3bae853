//! `use_points`: all or nothing, never below zero, never twice.

use crate::actors::{Town, a_key};
use jiff::civil::date;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, OperationKind, Refusal, SignInAnswer};
use serde_json::{Value, json};

#[tokio::test]
async fn points_are_used_and_the_answer_says_what_is_left() {
    let town = Town::open().await;
    let hanako = town.resident_with(1_000).await;
    town.gives(&hanako, town.kawasaki_points(), 2_000, Some(date(2027, 3, 31))).await;
    let shop = town.greengrocer().await.at_work().await;

    let done = shop.uses(1_500).from(&hanako).await.done();
    assert_eq!(done.kind, OperationKind::Use);
    assert!(done.number.starts_with("20261120-"), "{}", done.number);
    let account = &done.accounts[0];
    assert_eq!((account.before, account.points, account.after), (3_000, 1_500, 1_500));
    let next = account.next_lapse.as_ref().unwrap();
    assert_eq!((next.points, next.last_day), (500, Some(date(2027, 3, 31))), "the earliest were used first");
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 1_500);
    assert_eq!(shop.visit(&hanako).await.left_today, 3_500);
}

#[tokio::test]
async fn one_use_takes_city_and_prefecture_points_together_or_not_at_all() {
    let town = Town::open().await;
    let hanako = town.resident_with(1_000).await;
    town.gives(&hanako, town.kanagawa_points(), 500, Some(date(2026, 12, 31))).await;
    let shop = town.greengrocer().await.at_work().await;

    let parts = [(town.kawasaki_points(), 700), (town.kanagawa_points(), 501)];
    let refusal = shop.uses_of(&parts).from(&hanako).await.refused();
    assert_eq!(refusal, Refusal::Insufficient { currency: town.kanagawa_points(), available: 500 });
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 1_000);

    let parts = [(town.kawasaki_points(), 700), (town.kanagawa_points(), 500)];
    let done = shop.uses_of(&parts).from(&hanako).await.done();
    assert_eq!(done.accounts.iter().map(|account| account.after).collect::<Vec<_>>(), [300, 0]);
    assert_eq!(town.balance(&hanako, town.kanagawa_points()).await, 0);
}

#[tokio::test]
async fn a_balance_short_by_one_is_refused() {
    let town = Town::open().await;
    let hanako = town.resident_with(1_499).await;
    let shop = town.greengrocer().await.at_work().await;
    let refusal = shop.uses(1_500).from(&hanako).await.refused();
    assert_eq!(refusal, Refusal::Insufficient { currency: town.kawasaki_points(), available: 1_499 });
    shop.uses(1_499).from(&hanako).await.done();
}

#[tokio::test]
async fn what_is_no_amount_never_reaches_the_books() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let visit = shop.visit(&hanako).await;
    let amounts = [
        "0",
        "-1",
        "9223372036854775808",
        "1.5",
        "1e3",
        "\"100\"",
        "\"１００\"",
        "10000000000",
        "null",
        "[]",
    ];
    for amount in amounts {
        let mut request = shop.uses(1).request(&visit.visit);
        request["parts"][0]["points"] = Value::Null;
        let body = request.to_string().replace("\"points\":null", &format!("\"points\":{amount}"));
        assert_eq!(shop.post_text("use_points", body).await.code(), (422, ErrorCode::Malformed), "{amount}");
    }
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}

#[tokio::test]
async fn what_is_no_use_never_reaches_the_books() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let visit = shop.visit(&hanako).await.visit;
    let city = town.kawasaki_points();
    let good = || shop.uses(1).request(&visit);
    let with = |field: &str, value: Value| {
        let mut request = good();
        request[field] = value;
        request
    };
    let part = json!({ "currency": city, "points": 1 });
    for request in [
        with("parts", json!([])),
        with("parts", json!([part, part])),
        with("parts", Value::Array(vec![part.clone(); 9])),
        with("parts", json!([{ "currency": { "book": "141306", "number": 1 }, "points": 1 }])),
        with("key", json!("not-a-key")),
        with("visit", json!("")),
        with("surprise", json!(1)),
        json!([]),
    ] {
        let reply = shop.post("use_points", &request).await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{request}");
    }
    assert_eq!(shop.post_text("use_points", "{").await.code(), (422, ErrorCode::Malformed));
    assert_eq!(shop.post_text("use_points", "x".repeat(20_000)).await.code(), (422, ErrorCode::Malformed));
    assert_eq!(shop.post_text("use_points", vec![0xff, 0xfe]).await.code(), (422, ErrorCode::Malformed));
    assert_eq!(town.balance(&hanako, city).await, 3_000);
}

#[tokio::test]
async fn a_repeated_request_has_the_effect_and_the_answer_of_one() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (visit, key) = (shop.visit(&hanako).await, a_key());
    let first = shop.uses(1_000).under(key).during(&visit).from(&hanako).await.done();
    for _ in 0..3 {
        assert_eq!(shop.uses(1_000).under(key).during(&visit).from(&hanako).await.done(), first);
    }
    let another_look_up = shop.uses(1_000).under(key).from(&hanako).await.done();
    assert_eq!(another_look_up, first);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
}

#[tokio::test]
async fn a_request_repeated_at_the_same_time_has_the_effect_of_one() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (visit, key) = (shop.visit(&hanako).await, a_key());
    let again = || shop.uses(1_000).under(key).during(&visit).from(&hanako);
    let (a, b, c) = tokio::join!(again(), again(), again());
    assert_eq!(a.done(), b.done());
    assert_eq!(b.done(), c.done());
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
}

#[tokio::test]
async fn a_key_that_asks_for_something_else_is_refused_and_keeps_its_answer() {
    let town = Town::open().await;
    let (hanako, taro) = (town.resident_with(3_000).await, town.resident_with(3_000).await);
    let shop = town.greengrocer().await.at_work().await;
    let key = a_key();
    let first = shop.uses(1_000).under(key).from(&hanako).await.done();
    assert_eq!(shop.uses(999).under(key).from(&hanako).await.refused(), Refusal::KeyReused);
    assert_eq!(shop.uses(1_000).under(key).from(&taro).await.refused(), Refusal::KeyReused);
    assert_eq!(shop.uses(1_000).under(key).from(&hanako).await.done(), first);
    assert_eq!(town.balance(&taro, town.kawasaki_points()).await, 3_000);
}

#[tokio::test]
async fn a_refusal_is_remembered_under_its_key() {
    let town = Town::open().await;
    let hanako = town.resident_with(100).await;
    let shop = town.greengrocer().await.at_work().await;
    let key = a_key();
    let refusal = shop.uses(200).under(key).from(&hanako).await.refused();
    town.gives(&hanako, town.kawasaki_points(), 500, None).await;
    assert_eq!(shop.uses(200).under(key).from(&hanako).await.refused(), refusal);
    shop.uses(200).from(&hanako).await.done();
}

#[tokio::test]
async fn two_terminals_and_one_balance_at_once_use_it_once() {
    let town = Town::open().await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    for _ in 0..10 {
        let hanako = town.resident_with(1_500).await;
        let (first, second) = tokio::join!(shop.uses(1_000).from(&hanako), museum.uses(1_000).from(&hanako));
        let answers = [first.ok::<OperationAnswer>(), second.ok::<OperationAnswer>()];
        let done = answers.iter().filter(|answer| matches!(answer, OperationAnswer::Done(_))).count();
        assert_eq!(done, 1, "{answers:?}");
        assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 500);
    }
}

#[tokio::test]
async fn without_pin_one_use_and_one_day_have_their_limits_over_all_terminals() {
    let town = Town::open().await;
    let hanako = town.resident_with(20_000).await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    assert_eq!(shop.uses(3_001).from(&hanako).await.refused(), Refusal::OverLimitPerUse { limit: 3_000 });
    shop.uses(3_000).from(&hanako).await.done();
    assert_eq!(museum.uses(2_001).from(&hanako).await.refused(), Refusal::OverLimitPerDay { left: 2_000 });
    museum.uses(2_000).from(&hanako).await.done();
    assert_eq!(shop.uses(1).from(&hanako).await.refused(), Refusal::OverLimitPerDay { left: 0 });
    assert_eq!(shop.visit(&hanako).await.left_today, 0);
}

#[tokio::test]
async fn the_days_limit_begins_anew_at_midnight_in_japan() {
    let town = Town::open().await;
    let hanako = town.resident_with(20_000).await;
    town.it_is("2026-11-20T23:55:00+09:00");
    let shop = town.greengrocer().await.at_work().await;
    shop.uses(3_000).from(&hanako).await.done();
    shop.uses(2_000).from(&hanako).await.done();
    town.it_is("2026-11-21T00:00:00+09:00");
    shop.signs_in().await.ok::<SignInAnswer>();
    shop.uses(3_000).from(&hanako).await.done();
}

#[tokio::test]
async fn a_town_sets_its_own_limits() {
    let town = Town::open().await;
    let hanako = town.resident_with(20_000).await;
    let kawasaki = madoguchi_domain::issuer::IssuerCode::parse("141305").unwrap();
    town.write(move |write| {
        madoguchi_cloud::operator::municipality::set_limits(write, kawasaki, 10_000, 15_000)
    })
    .await;
    let shop = town.greengrocer().await.at_work().await;
    shop.uses(10_000).from(&hanako).await.done();
    assert_eq!(shop.uses(5_001).from(&hanako).await.refused(), Refusal::OverLimitPerDay { left: 5_000 });
}

#[tokio::test]
async fn an_event_counts_in_its_period_and_at_its_terminals_only() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    town.gives(&hanako, town.sora_points(), 1_000, None).await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    let sora = [(town.sora_points(), 100)];
    let not_here = Refusal::NotUsableHere { currency: town.sora_points() };

    assert_eq!(museum.uses_of(&sora).from(&hanako).await.refused(), not_here, "not on the event's list");
    shop.uses_of(&sora).from(&hanako).await.done();

    for (time, counts) in [
        ("2026-11-14T23:59:59+09:00", false),
        ("2026-11-15T00:00:00+09:00", true),
        ("2026-11-25T23:59:59+09:00", true),
        ("2026-11-26T00:00:00+09:00", false),
    ] {
        town.it_is(time);
        let mut shop = shop.on(shop.device.clone());
        shop.begins_the_day().await;
        let reply = shop.uses_of(&sora).from(&hanako).await;
        if counts {
            reply.done();
        } else {
            assert_eq!(reply.refused(), not_here, "{time}");
            assert!(!shop.visit(&hanako).await.accounts.iter().any(|a| a.currency == town.sora_points()));
        }
    }
}

#[tokio::test]
async fn another_towns_points_do_not_count_here() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    town.gives(&hanako, town.yokohama_points(), 3_000, None).await;
    let (kawasaki, yokohama) =
        (town.greengrocer().await.at_work().await, town.shop_in_yokohama().await.at_work().await);
    for (shop, foreign) in [(&kawasaki, town.yokohama_points()), (&yokohama, town.kawasaki_points())] {
        let refusal = shop.uses_of(&[(foreign, 100)]).from(&hanako).await.refused();
        assert_eq!(refusal, Refusal::NotUsableHere { currency: foreign });
    }
    yokohama.uses_of(&[(town.yokohama_points(), 100)]).from(&hanako).await.done();
}

#[tokio::test]
async fn a_visit_is_good_at_its_own_terminal_for_five_minutes() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    let (visit, key) = (shop.visit(&hanako).await, a_key());
    let elsewhere = museum.uses(100).during(&visit).from(&hanako).await;
    assert_eq!(elsewhere.code(), (422, ErrorCode::Malformed));
    assert_eq!(elsewhere.problem().field.as_deref(), Some("visit"));

    town.seconds_pass(299);
    let first = shop.uses(100).under(key).during(&visit).from(&hanako).await.done();
    town.seconds_pass(1);
    assert_eq!(shop.uses(100).during(&visit).from(&hanako).await.refused(), Refusal::VisitExpired);
    let repeated = shop.uses(100).under(key).during(&visit).from(&hanako).await.done();
    assert_eq!(repeated, first, "a known key gets its first answer also when its visit is over");
}

#[tokio::test]
async fn points_are_used_through_their_last_day_and_not_after() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    town.gives(&hanako, town.kawasaki_points(), 1_000, Some(date(2026, 11, 20))).await;
    town.it_is("2026-11-20T23:59:59+09:00");
    let shop = town.greengrocer().await.at_work().await;
    let visit = shop.visit(&hanako).await;
    shop.uses(400).during(&visit).from(&hanako).await.done();
    town.it_is("2026-11-21T00:00:00+09:00");
    shop.signs_in().await.ok::<SignInAnswer>();
    let refusal = shop.uses(400).during(&visit).from(&hanako).await.refused();
    assert_eq!(refusal, Refusal::Insufficient { currency: town.kawasaki_points(), available: 0 });
}

#[tokio::test]
async fn a_terminal_without_the_function_uses_nothing() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let library = town.library().await;
    let contact = madoguchi_wire::terminal_api::Contact {
        id_provider: Some("140001".into()),
        ..crate::actors::a_contact()
    };
    let registration =
        madoguchi_wire::terminal_api::RegisterTerminalRequest { contact, ..library.registration() };
    assert!(library.post("register_terminal", &registration).await.status.is_success());
    let mut library = library;
    library.goes_on().await;
    assert_eq!(library.looks_up(&hanako).await.code(), (403, ErrorCode::FunctionNotAllowed));
    let not_allowed = (403, ErrorCode::FunctionNotAllowed);
    assert_eq!(library.post("use_points", &library.uses(1).request("00")).await.code(), not_allowed);
    assert_eq!(library.voids(a_key()).await.code(), not_allowed);
    assert_eq!(library.post("list_operations", &json!({ "date": null })).await.code(), not_allowed);
    let period = json!({ "from": "2026-11-20", "to": "2026-11-20" });
    assert_eq!(library.post("site_statement", &period).await.code(), not_allowed);
}
