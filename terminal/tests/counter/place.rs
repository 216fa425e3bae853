//! What keeps a terminal from working, and what heals it.

use crate::shop::Shop;
use madoguchi_port::device::SourceName;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{DeviceState, Notice, Place};
use std::fs;

async fn barred(shop: &Shop) -> (ErrorCode, bool, String) {
    match shop.opens().await.place().await {
        Place::Barred { failure, may_register } => (failure.code, may_register, failure.what.ja),
        other => panic!("not barred: {other:?}"),
    }
}

#[tokio::test]
async fn a_data_folder_copied_to_another_pc_is_worth_nothing() {
    let shop = Shop::new();
    drop(shop.opens_registered().await);
    let other = shop.copied_to_another_pc();
    let sessions = shop.cloud.calls("open_session");
    let (code, may_register, _) = barred(&other).await;
    assert_eq!((code, may_register), (ErrorCode::DeviceKeyMissing, true));
    assert_eq!(shop.cloud.calls("open_session"), sessions, "nothing was even tried");

    let at = other.opens().await;
    assert_eq!(at.registers().await.unwrap_err().code, ErrorCode::AlreadyRegistered);
    shop.cloud.release();
    at.registers().await.expect("after a release the other PC is registered");
}

#[tokio::test]
async fn a_changed_pc_is_told_which_source_changed() {
    let shop = Shop::new();
    drop(shop.opens_registered().await);
    shop.sources.set(SourceName::BoardName, Some("another board"));
    shop.sources.set(SourceName::CpuModel, None);
    let (code, may_register, what) = barred(&shop).await;
    assert_eq!((code, may_register), (ErrorCode::FingerprintChanged, true));
    assert!(what.contains("CPUの型名、基板の名称"), "{what}");
}

#[tokio::test]
async fn a_locked_keyring_bars_the_terminal_until_it_is_opened() {
    let shop = Shop::new();
    drop(shop.opens_registered().await);
    shop.vault.lock(true);
    let mut at = shop.opens().await;
    assert!(matches!(at.place().await, Place::Barred { failure, may_register: false }
        if failure.code == ErrorCode::VaultAbsent));
    shop.vault.lock(false);
    at.hears_registered().await;
}

#[tokio::test]
async fn a_suspended_terminal_is_told_so_and_works_again_by_itself() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    shop.cloud.close_with(Some(ErrorCode::TerminalSuspended));
    assert!(at.counter.list_operations().await.is_err());
    assert_eq!(at.hears_barred().await, ErrorCode::TerminalSuspended);
    shop.cloud.close_with(None);
    at.hears_registered().await;
}

#[tokio::test]
async fn a_released_terminal_may_register_anew_and_keeps_its_journal() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "100").await.unwrap();
    shop.cloud.release();
    assert!(at.counter.list_operations().await.is_err());
    assert_eq!(at.hears_barred().await, ErrorCode::RegistrationEnded);
    assert!(matches!(at.place().await, Place::Barred { may_register: true, .. }));
    at.registers().await.unwrap();
    assert_eq!(at.last().await.map(|last| last.key), Some(used.key));
}

#[tokio::test]
async fn another_cloud_at_the_same_address_is_not_signed_in_to() {
    let shop = Shop::new();
    drop(shop.opens_registered().await);
    shop.cloud.rename("elsewhere");
    let opened = shop.cloud.calls("open_session");
    let mut at = shop.opens().await;
    assert_eq!(at.hears_barred().await, ErrorCode::OtherCloud);
    assert_eq!(shop.cloud.calls("open_session"), opened, "no signature was given to it");
    shop.cloud.rename("kawasaki");
    at.hears_registered().await;
}

#[tokio::test]
async fn a_damaged_store_is_said_and_left_alone() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    shop.closes(at).await;
    let file = shop.data().join("terminal.sqlite");
    fs::write(&file, b"damaged").unwrap();
    let (code, may_register, _) = barred(&shop).await;
    assert_eq!((code, may_register), (ErrorCode::StoreDamaged, false));
    assert_eq!(fs::read(&file).unwrap(), b"damaged");
}

#[tokio::test]
async fn a_clock_that_is_wrong_by_a_day_is_shown_and_changes_nothing() {
    let mut shop = Shop::new();
    shop.clock_ahead_ms = 86_400_000;
    let mut at = shop.opens().await;
    at.registers().await.unwrap();
    let off = at
        .hears(|notice| match notice {
            Notice::Devices(devices) => devices.clock_off_s,
            _ => None,
        })
        .await;
    assert_eq!(off, 86_400);
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "100").await.unwrap();
    assert_eq!(used.at_ms, crate::cloud::NOW_MS, "the cloud's clock decides");
}

#[tokio::test]
async fn the_networks_mark_follows_the_line() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    shop.cloud.will("list_operations", crate::cloud::Mishap::Unreachable);
    assert!(at.counter.list_operations().await.is_err());
    let network = |wanted: fn(&DeviceState) -> bool| {
        move |notice: &Notice| {
            matches!(notice, Notice::Devices(devices) if wanted(&devices.network)).then_some(())
        }
    };
    at.hears(network(|state| matches!(state, DeviceState::Missing { .. }))).await;
    at.hears(network(|state| matches!(state, DeviceState::Ready { .. }))).await;
}
