//! `resolve_operation`: after it, and only after it, may a clerk be told what happened.

use crate::actors::{Town, a_key};
use madoguchi_cloud::operator::terminal;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, Refusal};

#[tokio::test]
async fn a_known_key_gets_its_first_answer() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (used, refused) = (a_key(), a_key());
    let done = shop.uses(1_000).under(used).from(&hanako).await.done();
    let refusal = shop.uses(2_001).under(refused).from(&hanako).await.refused();
    assert_eq!(shop.resolves(used).await.done(), done);
    assert_eq!(shop.resolves(refused).await.refused(), refusal);
}

#[tokio::test]
async fn an_unknown_key_is_void_for_ever_by_asking() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let key = a_key();
    assert_eq!(shop.resolves(key).await.refused(), Refusal::Abandoned);
    let delayed_original = shop.uses(1_000).under(key).from(&hanako).await;
    assert_eq!(delayed_original.refused(), Refusal::Abandoned);
    assert_eq!(shop.resolves(key).await.refused(), Refusal::Abandoned);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
}

#[tokio::test]
async fn a_delayed_void_is_refused_after_its_key_was_resolved() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (used, void) = (a_key(), a_key());
    shop.uses(1_000).under(used).from(&hanako).await.done();
    assert_eq!(shop.resolves(void).await.refused(), Refusal::Abandoned);
    assert_eq!(shop.voids_under(void, used).await.refused(), Refusal::Abandoned);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000);
}

#[tokio::test]
async fn one_terminals_asking_touches_no_other_terminals_key() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let (shop, museum) = (town.greengrocer().await.at_work().await, town.museum().await.at_work().await);
    let key = a_key();
    assert_eq!(museum.resolves(key).await.refused(), Refusal::Abandoned);
    shop.uses(1_000).under(key).from(&hanako).await.done();
    assert_eq!(museum.resolves(key).await.refused(), Refusal::Abandoned);
}

#[tokio::test]
async fn a_terminal_that_may_use_nothing_any_more_still_learns_what_happened() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (id, key) = (shop.id, a_key());
    let done = shop.uses(1_000).under(key).from(&hanako).await.done();
    town.write(move |write| terminal::set_functions(write, id, &[])).await;
    let mut shop = shop.on(shop.device.clone());
    shop.goes_on().await;
    assert_eq!(shop.looks_up(&hanako).await.code(), (403, ErrorCode::FunctionNotAllowed));
    assert_eq!(shop.resolves(key).await.done(), done);
}

#[tokio::test]
async fn asking_and_the_original_at_once_agree() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    for _ in 0..20 {
        let hanako = town.resident_with(1_000).await;
        let (visit, key) = (shop.visit(&hanako).await, a_key());
        let (used, resolved) =
            tokio::join!(shop.uses(400).under(key).during(&visit).from(&hanako), shop.resolves(key));
        assert_eq!(used.ok::<OperationAnswer>(), resolved.ok::<OperationAnswer>());
        let left = match used.ok() {
            OperationAnswer::Done(_) => 600,
            OperationAnswer::Refused(refusal) => {
                assert_eq!(refusal, Refusal::Abandoned);
                1_000
            }
        };
        assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, left);
    }
}
