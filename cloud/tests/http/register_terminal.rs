//! `register_terminal`: a password is good for one device, once, until a release.

use crate::actors::{Device, Town, a_contact};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::operator::terminal;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    BeginRegistrationAnswer, Contact, RegisterTerminalAnswer, RegisterTerminalRequest,
};

#[tokio::test]
async fn a_registered_device_opens_a_session() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let answer: RegisterTerminalAnswer = shop.registers().await.ok();
    assert_eq!(answer, RegisterTerminalAnswer { cloud_name: "kawasaki-test".into(), generation: 1 });
    assert!(shop.opens_session().await.status.is_success());
}

#[tokio::test]
async fn a_stolen_password_is_worth_nothing_on_another_device() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let thief = shop.on(Device::named("the thief's PC"));
    assert_eq!(thief.begins_registration("yaoya2345").await.code(), (409, ErrorCode::AlreadyRegistered));
    assert_eq!(thief.registers().await.code(), (409, ErrorCode::AlreadyRegistered));
    assert_eq!(thief.opens_session().await.code(), (401, ErrorCode::RegistrationEnded));
    assert!(shop.opens_session().await.status.is_success(), "the shop goes on working");
}

#[tokio::test]
async fn a_registration_whose_answer_was_lost_is_repeated_with_the_same_answer() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let first: RegisterTerminalAnswer = shop.registers().await.ok();
    assert_eq!(shop.registers().await.ok::<RegisterTerminalAnswer>(), first);
}

#[tokio::test]
async fn a_device_that_lost_the_answer_and_its_screen_may_begin_again() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let first: RegisterTerminalAnswer = shop.registers().await.ok();
    let form: BeginRegistrationAnswer = shop.begins_registration_again("yaoya2345").await.ok();
    assert_eq!(form.site, "やまだ八百屋");
    assert_eq!(shop.registers().await.ok::<RegisterTerminalAnswer>(), first);

    let other = shop.on(Device::named("another PC of the shop"));
    assert_eq!(
        other.begins_registration_again("yaoya2345").await.code(),
        (409, ErrorCode::AlreadyRegistered)
    );
    assert_eq!(
        shop.begins_registration_again("yaoya2346").await.code(),
        (401, ErrorCode::WrongPassword),
        "the key alone opens nothing"
    );
}

#[tokio::test]
async fn of_two_devices_at_once_one_becomes_the_terminal() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let other = shop.on(Device::named("another PC of the shop"));
    let (first, second) = tokio::join!(shop.registers(), other.registers());
    let refused = if first.status.is_success() { second } else { first };
    assert_eq!(refused.code(), (409, ErrorCode::AlreadyRegistered));
}

#[tokio::test]
async fn one_device_is_one_terminal() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let mut museum = town.museum().await;
    museum.device.fingerprint = shop.device.fingerprint;
    assert_eq!(museum.registers().await.code(), (409, ErrorCode::FingerprintTaken));

    let id = shop.id;
    let password = TerminalPassword::generate().unwrap();
    town.write(move |write| terminal::release(write, id, &password, 0)).await;
    assert!(museum.registers().await.status.is_success(), "a released device is free again");
}

#[tokio::test]
async fn the_contacts_wrong_field_is_named() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let with = |contact| RegisterTerminalRequest { contact, ..shop.registration() };
    for (contact, field) in [
        (Contact { staff_name: String::new(), ..a_contact() }, "staff_name"),
        (Contact { postal_code: "210".into(), ..a_contact() }, "postal_code"),
        (Contact { mail: "yamada".into(), ..a_contact() }, "mail"),
        (Contact { id_provider: Some("140001".into()), ..a_contact() }, "id_provider"),
    ] {
        let reply = shop.post("register_terminal", &with(contact)).await;
        assert_eq!(reply.code(), (422, ErrorCode::ContactIncomplete));
        assert_eq!(reply.problem().field.as_deref(), Some(field));
    }
    assert!(shop.registers().await.status.is_success(), "the password is still good");
}

#[tokio::test]
async fn a_service_id_counter_names_a_provider_of_its_own_town() {
    let town = Town::open().await;
    let library = town.library().await;
    let with = |id_provider: Option<&str>| {
        let contact = Contact { id_provider: id_provider.map(str::to_owned), ..a_contact() };
        RegisterTerminalRequest { contact, ..library.registration() }
    };
    for wrong in [None, Some("140101"), Some("999999")] {
        let reply = library.post("register_terminal", &with(wrong)).await;
        assert_eq!(reply.problem().field.as_deref(), Some("id_provider"), "{wrong:?}");
    }
    assert!(library.post("register_terminal", &with(Some("140001"))).await.status.is_success());
}

#[tokio::test]
async fn keys_and_fingerprints_that_are_none_are_refused() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    // The curve's neutral element: with it as key anybody can make a signature.
    let weak = format!("01{}", "00".repeat(31));
    for public_key in [String::new(), "zz".repeat(32), "ab".repeat(31), weak] {
        let request = RegisterTerminalRequest { public_key, ..shop.registration() };
        let reply = shop.post("register_terminal", &request).await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed));
        assert_eq!(reply.problem().field.as_deref(), Some("public_key"));
    }
    let request = RegisterTerminalRequest { fingerprint: "ab".repeat(33), ..shop.registration() };
    let reply = shop.post("register_terminal", &request).await;
    assert_eq!(reply.problem().field.as_deref(), Some("fingerprint"));
}

#[tokio::test]
async fn a_release_lets_a_new_device_in_and_the_old_one_out() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let id = shop.id;
    let password = TerminalPassword::chosen("again2345").unwrap();
    town.write(move |write| terminal::release(write, id, &password, 0)).await;
    assert_eq!(shop.opens_session().await.code(), (401, ErrorCode::RegistrationEnded));
    assert_eq!(shop.registers().await.code(), (401, ErrorCode::WrongPassword), "the old password is spent");

    let new_pc = shop.on(Device::named("the shop's new PC"));
    let request = RegisterTerminalRequest { password: "again2345".into(), ..new_pc.registration() };
    let answer: RegisterTerminalAnswer = new_pc.post("register_terminal", &request).await.ok();
    assert_eq!(answer.generation, 2);
    assert!(new_pc.opens_session().await.status.is_success());
    assert_eq!(shop.opens_session().await.code(), (401, ErrorCode::RegistrationEnded));
}
