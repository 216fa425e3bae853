//! The password: once a day, after a lock, slowed when wrong, and nothing without it.

use crate::scene::{HOUR, PASSWORD, Scene, TARO, code};
use madoguchi_shop::Shop;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::SignInState;
use madoguchi_wire::window::street::{NewStreetPassword, SoughtMember, StreetPassword};

async fn types(shop: &Shop, password: &str) -> Result<(), Failure> {
    shop.sign_in_to_street(StreetPassword { password: password.into() }).await
}

async fn state(shop: &Shop) -> SignInState {
    shop.open_street().await.unwrap().sign_in
}

#[tokio::test]
async fn it_is_asked_for_once_a_day_and_after_a_lock_also_through_a_restart() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    drop(shop);
    let shop = scene.shop().await;
    assert_eq!(state(&shop).await, SignInState::SignedIn);
    shop.lock_street().await.unwrap();
    drop(shop);
    let shop = scene.shop().await;
    assert_eq!(state(&shop).await, SignInState::Locked);
    assert_eq!(code(shop.find_member(SoughtMember { id: TARO.into() }).await), Some(ErrorCode::SignInNeeded));
    assert_eq!(code(shop.receive_merges().await), Some(ErrorCode::SignInNeeded));
    types(&shop, "ｇｉｎｚａ-2345 ").await.unwrap();
    assert_eq!(state(&shop).await, SignInState::SignedIn);
    scene.turns_the_clock(15 * HOUR);
    assert_eq!(state(&shop).await, SignInState::Needed);
}

#[tokio::test]
async fn wrong_ones_wait_longer_and_longer_also_through_a_restart() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    shop.lock_street().await.unwrap();
    for _ in 0..3 {
        assert_eq!(code(types(&shop, "wrong-one").await), Some(ErrorCode::WrongTerminalPassword));
    }
    assert_eq!(code(types(&shop, PASSWORD).await), Some(ErrorCode::PasswordSlowed));
    drop(shop);
    let shop = scene.shop().await;
    assert_eq!(code(types(&shop, PASSWORD).await), Some(ErrorCode::PasswordSlowed));
    scene.turns_the_clock(2_000);
    types(&shop, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn another_password_takes_its_place_where_the_one_before_is_known() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let change = |before: &str| NewStreetPassword { before: before.into(), password: "new-one-9".into() };
    let refused = shop.change_street_password(change("guessed-1")).await;
    assert_eq!(code(refused), Some(ErrorCode::WrongTerminalPassword));
    shop.change_street_password(change(PASSWORD)).await.unwrap();
    shop.lock_street().await.unwrap();
    assert_eq!(code(types(&shop, PASSWORD).await), Some(ErrorCode::WrongTerminalPassword));
    types(&shop, "new-one-9").await.unwrap();
}
