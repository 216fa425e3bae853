//! The session is opened, renewed and opened again by itself.

use crate::cloud::{CURRENCY, Mishap};
use crate::shop::Shop;
use madoguchi_wire::window::{Notice, OperationState};
use std::time::Duration;

#[tokio::test]
async fn a_session_that_the_cloud_ended_is_opened_again_without_a_word() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    shop.cloud.end_sessions();
    let visit = at.taps(&shop).await;
    assert_eq!(visit.accounts[0].name, CURRENCY);
}

#[tokio::test]
async fn a_session_is_renewed_before_it_ends() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let before = shop.cloud.calls("open_session");
    let renewed = async {
        while shop.cloud.calls("open_session") == before {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let patience = Duration::from_secs(30);
    tokio::time::timeout(patience, at.while_time_passes(renewed)).await.expect("it is renewed");
    at.taps(&shop).await;
}

#[tokio::test]
async fn a_cloud_that_is_away_at_start_is_found_later() {
    let shop = Shop::new();
    drop(shop.opens_registered().await);
    for _ in 0..3 {
        shop.cloud.will("request_challenge", Mishap::Unreachable);
    }
    let mut at = shop.opens().await;
    at.hears(|notice| {
        let Notice::Devices(devices) = notice else { return None };
        matches!(devices.network, madoguchi_wire::window::DeviceState::Ready { .. }).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_use_whose_session_ended_under_way_is_sent_again_under_its_key() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.end_sessions();
    let used = at.uses(&visit, "1500").await.unwrap();
    assert!(matches!(used.state, OperationState::Done { .. }));
    assert_eq!((shop.cloud.calls("use_points"), shop.cloud.balance()), (2, 1_500));
    assert_eq!(shop.cloud.calls("resolve_operation"), 0);
}
