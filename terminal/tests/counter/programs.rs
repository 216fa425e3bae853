//! Other programs at the counter, where HTTP has no part in it: the lock, the end of a registration.

use crate::shop::Shop;
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::OfferPairingArguments;

pub(crate) fn a_program() -> OfferPairingArguments {
    let name = "図書館システム".into();
    OfferPairingArguments { name, origin: None, learns: Learns::CustomerNumber, own_cards: false }
}

#[tokio::test]
async fn at_a_locked_terminal_nobody_is_let_in() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    at.counter.lock().await.unwrap();
    assert_eq!(at.counter.offer_pairing(a_program()).await.unwrap_err().code, ErrorCode::SignInNeeded);
    assert_eq!(at.counter.look_at_bridge().await.unwrap().offered, None);
}

#[tokio::test]
async fn a_pc_that_is_no_terminal_pairs_nobody() {
    let shop = Shop::new();
    let at = shop.opens().await;
    assert_eq!(at.counter.offer_pairing(a_program()).await.unwrap_err().code, ErrorCode::NotRegistered);
}

#[tokio::test]
async fn a_pairing_outlives_a_restart_and_ends_with_the_registration() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    let code = at.counter.offer_pairing(a_program()).await.unwrap().offered.unwrap().code;
    let token = at.counter.programs().pair(&code, None).await.unwrap().token;
    shop.closes(at).await;
    let at = shop.opens().await;
    assert!(at.counter.programs().paired(&token, None).is_some());
    shop.cloud.release();
    at.registers().await.unwrap();
    assert_eq!(at.counter.programs().paired(&token, None), None);
}

#[tokio::test]
async fn a_provider_that_keeps_no_mykey_ids_pairs_nobody_for_them() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    let asked = OfferPairingArguments { learns: Learns::MykeyId, ..a_program() };
    assert_eq!(at.counter.offer_pairing(asked).await.unwrap_err().code, ErrorCode::NoMykeyIdsHere);
    assert_eq!(at.counter.look_at_bridge().await.unwrap().offered, None);
}
