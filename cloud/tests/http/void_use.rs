//! `void_use`: the same terminal, the same Japan day, once.

use crate::actors::{Town, a_key};
use jiff::civil::date;
use madoguchi_wire::terminal_api::{OperationKind, Refusal, SignInAnswer};

#[tokio::test]
async fn a_void_gives_the_points_back_to_the_lots_they_came_from() {
    let town = Town::open().await;
    let hanako = town.resident_with(1_000).await;
    town.gives(&hanako, town.kawasaki_points(), 2_000, Some(date(2027, 3, 31))).await;
    town.gives(&hanako, town.kanagawa_points(), 500, Some(date(2026, 12, 31))).await;
    let shop = town.greengrocer().await.at_work().await;
    let before = shop.visit(&hanako).await.accounts;
    let key = a_key();
    let parts = [(town.kawasaki_points(), 2_500), (town.kanagawa_points(), 300)];
    let used = shop.uses_of(&parts).under(key).from(&hanako).await.done();

    let voided = shop.voids(key).await.done();
    assert_eq!(voided.kind, OperationKind::Void);
    assert_eq!(voided.voided_number.as_deref(), Some(used.number.as_str()));
    let returned: Vec<_> = voided.accounts.iter().map(|a| (a.before, a.points, a.after)).collect();
    assert_eq!(returned, [(500, 2_500, 3_000), (200, 300, 500)]);
    let visit = shop.visit(&hanako).await;
    assert_eq!(visit.accounts, before, "lots and their days are as they were");
    assert_eq!(visit.left_today, 5_000, "a voided use takes nothing off the day's limit");
}

#[tokio::test]
async fn a_use_is_voided_once() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (key, void) = (a_key(), a_key());
    shop.uses(1_000).under(key).from(&hanako).await.done();
    let first = shop.voids_under(void, key).await.done();
    assert_eq!(shop.voids_under(void, key).await.done(), first, "a repeated void is the same void");
    let again = shop.voids(key).await.refused();
    assert_eq!(again, Refusal::AlreadyVoided { number: first.number });
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}

#[tokio::test]
async fn two_voids_at_once_give_back_once() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let key = a_key();
    shop.uses(1_000).under(key).from(&hanako).await.done();
    tokio::join!(shop.voids(key), shop.voids(key));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}

#[tokio::test]
async fn only_the_terminal_that_made_the_use_can_void_it() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let (shop, second) =
        (town.greengrocer().await.at_work().await, town.greengrocers_second().await.at_work().await);
    let yokohama = town.shop_in_yokohama().await.at_work().await;
    let key = a_key();
    shop.uses(1_000).under(key).from(&hanako).await.done();
    assert_eq!(second.voids(key).await.refused(), Refusal::NotThisTerminal);
    assert_eq!(yokohama.voids(key).await.refused(), Refusal::UnknownOperation, "another town's book");
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
}

#[tokio::test]
async fn the_day_of_the_use_ends_at_midnight_in_japan() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    town.it_is("2026-11-20T23:59:00+09:00");
    let shop = town.greengrocer().await.at_work().await;
    let (in_time, too_late) = (a_key(), a_key());
    shop.uses(1_000).under(in_time).from(&hanako).await.done();
    shop.uses(1_000).under(too_late).from(&hanako).await.done();
    town.it_is("2026-11-20T23:59:59+09:00");
    shop.voids(in_time).await.done();
    town.it_is("2026-11-21T00:00:00+09:00");
    shop.signs_in().await.ok::<SignInAnswer>();
    assert_eq!(shop.voids(too_late).await.refused(), Refusal::TooLateToVoid);
}

#[tokio::test]
async fn what_moved_nothing_cannot_be_voided() {
    let town = Town::open().await;
    let hanako = town.resident_with(100).await;
    let shop = town.greengrocer().await.at_work().await;
    let (refused, used, void) = (a_key(), a_key(), a_key());
    shop.uses(200).under(refused).from(&hanako).await.refused();
    shop.uses(50).under(used).from(&hanako).await.done();
    shop.voids_under(void, used).await.done();
    for nothing in [a_key(), refused, void] {
        assert_eq!(shop.voids(nothing).await.refused(), Refusal::UnknownOperation);
    }
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 100);
}

#[tokio::test]
async fn a_void_that_overtakes_its_use_is_refused_and_the_use_stands() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (used, early_void) = (a_key(), a_key());
    assert_eq!(shop.voids_under(early_void, used).await.refused(), Refusal::UnknownOperation);
    shop.uses(1_000).under(used).from(&hanako).await.done();
    assert_eq!(shop.voids_under(early_void, used).await.refused(), Refusal::UnknownOperation);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
    shop.voids(used).await.done();
}

#[tokio::test]
async fn points_whose_day_has_passed_do_not_come_back_usable() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    // The void on the same day can only meet a passed last day across midnight; it is refused then, so
    // a lapsed lot is never refilled by a terminal.
    town.gives(&hanako, town.kawasaki_points(), 500, Some(date(2026, 11, 20))).await;
    let shop = town.greengrocer().await.at_work().await;
    let key = a_key();
    shop.uses(500).under(key).from(&hanako).await.done();
    town.it_is("2026-11-21T00:00:00+09:00");
    let mut shop = shop;
    shop.begins_the_day().await;
    assert_eq!(shop.voids(key).await.refused(), Refusal::TooLateToVoid);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 0);
}
