//! What a clerk sets, and what follows from it.

use crate::shop::Shop;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{DeviceState, Notice, Printer, Settings, Theme};

async fn settings(at: &crate::shop::AtCounter) -> Settings {
    at.counter.open_counter().await.unwrap().settings
}

#[tokio::test]
async fn settings_are_there_at_the_next_start() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let chosen = Settings { text_size: 200, theme: Theme::Dark, ..settings(&at).await };
    assert_eq!(at.counter.save_settings(chosen.clone()).await, Ok(chosen.clone()));
    drop(at);
    assert_eq!(settings(&shop.opens().await).await, chosen);
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_of_it_is_kept() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let before = settings(&at).await;
    let wrong = Settings { text_size: 7, theme: Theme::Dark, ..before.clone() };
    assert_eq!(at.counter.save_settings(wrong).await.unwrap_err().code, ErrorCode::SettingsInvalid);
    assert_eq!(settings(&at).await, before);
}

#[tokio::test]
async fn an_address_out_of_order_keeps_nobody_from_larger_letters() {
    let shop = Shop::new();
    shop.cloud.refuse_addresses(true);
    let at = shop.opens().await;
    let before = settings(&at).await;
    let larger = Settings { text_size: 150, ..before.clone() };
    at.counter.save_settings(larger.clone()).await.unwrap();
    let elsewhere = Settings { cloud_address: "http://elsewhere.example.jp".into(), ..larger.clone() };
    let refused = at.counter.save_settings(elsewhere).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CloudAddressInsecure);
    assert_eq!(settings(&at).await, larger);
}

#[tokio::test]
async fn another_address_is_signed_in_to_at_once() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    let sessions = shop.cloud.calls("open_session");
    let moved = Settings { cloud_address: "https://moved.example.jp".into(), ..settings(&at).await };
    at.counter.save_settings(moved).await.unwrap();
    at.counter.list_operations().await.unwrap();
    assert!(shop.cloud.calls("open_session") > sessions);
}

#[tokio::test]
async fn a_printer_that_is_not_there_is_marked() {
    let shop = Shop::new();
    let mut at = shop.opens().await;
    assert_eq!(at.counter.list_printers().await.unwrap(), ["counter"]);
    for (queue, is_there) in [("gone", false), ("counter", true)] {
        let printer = Printer::Queue { name: queue.into() };
        let chosen = Settings { printer, ..settings(&at).await };
        at.counter.save_settings(chosen).await.unwrap();
        at.hears(|notice| match notice {
            Notice::Devices(devices) => {
                let state = &devices.printer;
                let found = matches!(state, DeviceState::Ready { name } if name.as_deref() == Some(queue));
                let missing = matches!(state, DeviceState::Missing { failure }
                    if failure.code == ErrorCode::PrinterUnknown && failure.what.ja.contains(queue));
                (found == is_there && missing != is_there).then_some(())
            }
            _ => None,
        })
        .await;
    }
}
