//! `look_up_points`: who a card is to this terminal, and nothing more.

use crate::actors::Town;
use jiff::civil::date;
use madoguchi_cloud::database::params;
use madoguchi_cloud::identity::certificate;
use madoguchi_domain::currency::CurrencyKind;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::LookUpPointsRequest;
use std::time::Duration;

#[tokio::test]
async fn a_card_shows_the_balances_that_count_here_by_last_day() {
    let town = Town::open().await;
    let hanako = town.resident_with(1_000).await;
    town.gives(&hanako, town.kawasaki_points(), 2_000, Some(date(2027, 3, 31))).await;
    town.gives(&hanako, town.kanagawa_points(), 500, Some(date(2026, 12, 31))).await;
    town.gives(&hanako, town.yokohama_points(), 7_777, None).await;
    let shop = town.greengrocer().await.at_work().await;

    let visit = shop.visit(&hanako).await;
    let shown: Vec<_> =
        visit.accounts.iter().map(|account| (account.name.as_str(), account.kind, account.balance)).collect();
    assert_eq!(
        shown,
        [("川崎市ポイント", CurrencyKind::Municipal, 3_000), ("花みどりポイント", CurrencyKind::Event, 500),]
    );
    let by_last_day: Vec<_> =
        visit.accounts[0].by_last_day.iter().map(|dated| (dated.points, dated.last_day)).collect();
    assert_eq!(by_last_day, [(2_000, Some(date(2027, 3, 31))), (1_000, None)]);
    assert_eq!(visit.accounts[0].usable_until, None);
    assert_eq!(visit.accounts[1].usable_until, Some(date(2026, 12, 31)));
    let issuers: Vec<_> = visit.accounts.iter().map(|account| account.issuer_name.as_deref()).collect();
    assert_eq!(issuers, [None, Some("神奈川県")], "only another issuer's name is said");
    assert_eq!((visit.per_use, visit.left_today), (3_000, 5_000));
}

#[tokio::test]
async fn the_municipal_account_is_shown_even_when_it_is_empty_and_empty_events_are_not() {
    let town = Town::open().await;
    let newcomer = town.resident().await;
    let shop = town.greengrocer().await.at_work().await;
    let accounts = shop.visit(&newcomer).await.accounts;
    let shown: Vec<_> = accounts.iter().map(|account| (account.kind, account.balance)).collect();
    assert_eq!(shown, [(CurrencyKind::Municipal, 0)]);
}

#[tokio::test]
async fn where_nothing_can_be_used_that_is_said() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let museum = town.museum_of_the_prefecture().await.at_work().await;
    assert_eq!(museum.looks_up(&hanako).await.code(), (404, ErrorCode::NothingUsable));
}

#[tokio::test]
async fn a_shop_sees_a_masked_mykey_id_and_nothing_else_of_the_person() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let reply = shop.looks_up(&hanako).await;
    assert_eq!(shop.visit(&hanako).await.masked_mykey_id, hanako.mykey_id.masked());
    for secret in
        [hanako.mykey_id.expose(), &hanako.person.0.to_string(), &hex::encode(hanako.person.0.as_bytes())]
    {
        assert!(!reply.body.contains(secret), "{}", reply.body);
    }
}

#[tokio::test]
async fn the_serial_may_come_in_capitals_and_with_its_zero_byte() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let card = hanako.card();
    let sent = LookUpPointsRequest { serial: format!("00{}", card.serial.to_uppercase()), ..card };
    assert!(shop.post("look_up_points", &sent).await.status.is_success());
}

#[tokio::test]
async fn an_unknown_card_has_no_mykey_id() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let mut stranger = town.resident().await;
    stranger.card.serial = "deadbeef".into();
    assert_eq!(shop.looks_up(&stranger).await.code(), (404, ErrorCode::CardWithoutMykeyId));
}

#[tokio::test]
async fn the_same_serial_of_another_issuer_is_another_card() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let mut hanako = town.resident_with(3_000).await;
    hanako.card.issuer_der.push(0);
    assert_eq!(shop.looks_up(&hanako).await.code(), (404, ErrorCode::CardWithoutMykeyId));
}

#[tokio::test]
async fn an_expired_card_is_told_apart() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    town.it_is("2030-01-01T09:00:01+09:00");
    let shop = town.greengrocer().await.at_work().await;
    assert_eq!(shop.looks_up(&hanako).await.code(), (404, ErrorCode::CardExpired));
}

#[tokio::test]
async fn published_sample_cards_lead_to_nobody_outside_a_demonstration() {
    let town = Town::open().await;
    let card = include_bytes!("../../../fixtures/cards/hanako/auth.crt.der");
    let mut hanako = town.resident().await;
    hanako.card = certificate::parse(card).unwrap().name;
    let person = hanako.person;
    town.write(move |write| Ok(certificate::add(write, person, &certificate::parse(card)?)?)).await;
    let shop = town.greengrocer().await.at_work().await;
    assert_eq!(shop.looks_up(&hanako).await.code(), (404, ErrorCode::CardWithoutMykeyId));
}

#[tokio::test]
async fn what_names_no_certificate_is_malformed() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    for (issuer, serial) in [("", "01"), ("30", ""), ("30", "xyz"), ("3", "01")] {
        let request = LookUpPointsRequest { issuer: issuer.into(), serial: serial.into() };
        assert_eq!(shop.post("look_up_points", &request).await.code(), (422, ErrorCode::Malformed));
    }
}

#[tokio::test]
async fn look_ups_are_limited_per_terminal() {
    let town = Town::with_look_ups_per_minute(3).await;
    let hanako = town.resident_with(3_000).await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    for _ in 0..3 {
        assert!(shop.looks_up(&hanako).await.status.is_success());
    }
    let limited = shop.looks_up(&hanako).await;
    assert_eq!(limited.code(), (429, ErrorCode::TooManyRequests));
    assert!(limited.problem().retry_after_s.is_some());
    assert!(museum.looks_up(&hanako).await.status.is_success(), "another terminal is not concerned");
}

#[tokio::test]
async fn every_look_up_stands_in_the_audit_which_nobody_can_change() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    shop.visit(&hanako).await;
    shop.visit(&hanako).await;
    let database = &town.cloud.database;
    // Written beside the answer: wait for it.
    let rows = async || -> i64 {
        let person = hanako.person;
        let count = "select count(*) from look_up_audit where terminal = 14130001 and person = $1";
        database
            .read(move |read| read.query_row(count, params![person.0.as_bytes()], |row| row.get(0)))
            .await
            .unwrap()
    };
    let written = async { while rows().await < 2 {} };
    tokio::time::timeout(Duration::from_secs(10), written).await.expect("the audit lacks a look-up");
    assert_eq!(rows().await, 2);
    for change in ["update look_up_audit set terminal = 1", "delete from look_up_audit"] {
        assert!(database.write(move |write| write.execute(change, params![])).await.is_err(), "{change}");
    }
}
