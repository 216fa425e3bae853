//! This PC becomes a terminal.

use crate::cloud::{Mishap, TERMINAL};
use crate::shop::{AtCounter, Shop, contact};
use madoguchi_port::device::SourceName;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::Contact;
use madoguchi_wire::window::{BeginRegistration, Place, RegisterTerminal};
use std::fs;

async fn begins(at: &AtCounter, terminal: &str, password: &str) -> Option<ErrorCode> {
    let typed = BeginRegistration { terminal: terminal.into(), password: password.into() };
    at.counter.begin_registration(typed).await.err().map(|failure| failure.code)
}

#[tokio::test]
async fn a_new_pc_is_registered_and_stays_registered() {
    let shop = Shop::new();
    let at = shop.opens().await;
    assert_eq!(at.place().await, Place::Unregistered);
    let profile = at.registers().await.unwrap();
    assert_eq!(profile.site_name, "やまだ八百屋");
    assert!(matches!(at.place().await, Place::Registered { .. }));
    drop(at);

    let at = shop.opens().await;
    assert_eq!(at.place().await, Place::Registered { profile });
}

#[tokio::test]
async fn the_form_shows_where_the_terminal_will_stand() {
    let at = Shop::new().opens().await;
    let typed = BeginRegistration {
        terminal: "１４１３ 0001".into(),
        password: " ｙａｏｙａ２３４５ ".into(),
    };
    let form = at.counter.begin_registration(typed).await.unwrap();
    assert_eq!((form.terminal.as_str(), form.site.as_str()), ("1413 0001", "やまだ八百屋"));
}

#[tokio::test]
async fn a_wrong_password_and_something_that_is_no_terminal_id_sound_alike() {
    let at = Shop::new().opens().await;
    assert_eq!(begins(&at, TERMINAL, "wrong2345").await, Some(ErrorCode::WrongPassword));
    assert_eq!(begins(&at, "1413", "yaoya2345").await, Some(ErrorCode::WrongPassword));
}

#[tokio::test]
async fn without_a_credential_store_nothing_is_registered() {
    let shop = Shop::new();
    shop.vault.lock(true);
    let at = shop.opens().await;
    assert_eq!(begins(&at, TERMINAL, "yaoya2345").await, Some(ErrorCode::VaultAbsent));
    assert_eq!(shop.cloud.calls("begin_registration"), 0, "the password is not even sent");
}

#[tokio::test]
async fn a_pc_that_cannot_be_told_from_others_is_refused_and_the_sources_named() {
    let shop = Shop::new();
    for (source, junk) in [
        (SourceName::MachineId, None),
        (SourceName::BoardName, Some("Default string")),
        (SourceName::CpuModel, Some("0")),
    ] {
        shop.sources.set(source, junk);
    }
    let at = shop.opens().await;
    let failure = at.types_id_and_password().await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::FingerprintTooWeak);
    assert!(failure.what.ja.contains("システムのID、CPUの型名、基板の名称"), "{}", failure.what.ja);
    assert!(failure.what.en.contains("machine ID, CPU model, mainboard name"), "{}", failure.what.en);
}

#[tokio::test]
async fn a_missing_contact_detail_is_named_in_both_languages() {
    let at = Shop::new().opens().await;
    at.types_id_and_password().await.unwrap();
    let contact = Contact { mail: String::new(), ..contact() };
    let failure = at.counter.register_terminal(RegisterTerminal { contact }).await.unwrap_err();
    assert!(failure.what.ja.starts_with("メールアドレス"), "{}", failure.what.ja);
    assert!(failure.what.en.contains("mail address"), "{}", failure.what.en);
    at.counter
        .register_terminal(RegisterTerminal { contact: crate::shop::contact() })
        .await
        .expect("the form can be sent again");
}

#[tokio::test]
async fn the_answer_got_lost_and_the_clerk_tries_again() {
    let shop = Shop::new();
    let at = shop.opens().await;
    shop.cloud.will("register_terminal", Mishap::AnswerLost);
    assert_eq!(at.registers().await.unwrap_err().code, ErrorCode::CloudUnreachable);
    drop(at);

    // The password is used up; only the key made the first time is let in.
    let at = shop.opens().await;
    assert_eq!(at.place().await, Place::Unregistered);
    at.registers().await.expect("the same key is offered again");
}

#[tokio::test]
async fn the_power_is_cut_at_every_write_of_a_registration() {
    for moments in 0..12 {
        let mut shop = Shop::new();
        shop.power = moments;
        let at = shop.opens().await;
        let registered = at.registers().await.is_ok();
        drop(at);
        shop.power = i64::MAX;
        let mut at = shop.opens().await;
        if at.place().await == Place::Unregistered {
            assert!(!registered, "what was confirmed stands ({moments})");
            at.registers().await.unwrap_or_else(|failure| panic!("{moments}: {failure:?}"));
        }
        at.hears_registered_or_is().await;
    }
}

#[tokio::test]
async fn keys_are_in_the_credential_store_and_nowhere_on_the_disk() {
    let shop = Shop::new();
    drop(shop.opens_registered().await);
    let names = shop.vault.names();
    assert_eq!(names.len(), 2, "a device key and a store key: {names:?}");
    let files: Vec<u8> =
        fs::read_dir(shop.data()).unwrap().flat_map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    for name in names {
        let secret = madoguchi_port::vault::Vault::get(&*shop.vault, &name).unwrap().unwrap();
        let hex = hex::encode(&*secret);
        assert!(!files.windows(32).any(|window| window == &secret[..]), "{name} stands on the disk");
        assert!(!files.windows(64).any(|window| window == hex.as_bytes()), "{name} stands on the disk");
    }
}
