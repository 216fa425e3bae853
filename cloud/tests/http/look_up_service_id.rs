//! `look_up_service_id`: the number of this terminal's provider, and nobody else's.

use crate::actors::{Town, registered};
use madoguchi_cloud::database::params;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::LookUpServiceIdRequest;
use std::time::Duration;

const LIBRARY: &str = "140001";
const STREET: &str = "140002";

#[tokio::test]
async fn nothing_registered_is_an_answer_and_names_the_provider() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    let visit = library.service_id_visit(&hanako).await;
    assert_eq!((visit.provider_name.as_str(), visit.registered), ("川崎市立図書館", None));
}

#[tokio::test]
async fn every_counter_of_a_provider_sees_its_number_and_no_other_provider_does() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    let second = town.librarys_second().await.of_provider(LIBRARY).at_work().await;
    let baker = town.baker_of_the_street().await.of_provider(STREET).at_work().await;
    assert_eq!(library.registers_number("0012345678").for_the(&hanako).await, registered("0012345678"));
    assert_eq!(second.number_of(&hanako).await.as_deref(), Some("0012345678"));
    let seen_by_the_baker = baker.looks_up_service_id(&hanako).await;
    assert_eq!(seen_by_the_baker.ok::<serde_json::Value>()["registered"], serde_json::Value::Null);
    assert!(!seen_by_the_baker.body.contains("0012345678"), "{}", seen_by_the_baker.body);
    assert_eq!(baker.registers_number("G-1").for_the(&hanako).await, registered("G-1"));
    assert_eq!(library.number_of(&hanako).await.as_deref(), Some("0012345678"));
}

#[tokio::test]
async fn a_terminal_sees_nothing_of_the_person_but_the_number() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    let reply = library.looks_up_service_id(&hanako).await;
    for secret in [hanako.mykey_id.expose(), &hanako.mykey_id.masked(), &hanako.person.0.to_string()] {
        assert!(!reply.body.contains(secret), "{}", reply.body);
    }
}

#[tokio::test]
async fn a_terminal_without_the_function_or_without_a_session_is_told_nothing() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let shop = town.greengrocer().await.at_work().await;
    assert_eq!(shop.looks_up_service_id(&hanako).await.code(), (403, ErrorCode::FunctionNotAllowed));
    let nobody = town.library().await;
    assert_eq!(nobody.looks_up_service_id(&hanako).await.code(), (401, ErrorCode::SessionEnded));
}

#[tokio::test]
async fn a_terminal_of_no_provider_is_told_so() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let shop = town.greengrocer().await.at_work().await;
    let id = shop.id;
    town.write(move |write| {
        let functions = [madoguchi_domain::terminal::TerminalFunction::ServiceIds];
        madoguchi_cloud::operator::terminal::set_functions(write, id, &functions)
    })
    .await;
    let declined = async {
        loop {
            let code = shop.looks_up_service_id(&hanako).await.code();
            if code.1 != ErrorCode::FunctionNotAllowed {
                return code;
            }
        }
    };
    let code = tokio::time::timeout(Duration::from_secs(10), declined).await.unwrap();
    assert_eq!(code, (403, ErrorCode::NoIdProvider));
}

#[tokio::test]
async fn cards_that_lead_to_nobody_are_told_apart() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    let mut stranger = hanako.clone();
    stranger.card.serial = "deadbeef".into();
    assert_eq!(library.looks_up_service_id(&stranger).await.code(), (404, ErrorCode::CardWithoutMykeyId));
    let malformed = LookUpServiceIdRequest { issuer: "zz".into(), serial: "01".into() };
    assert_eq!(library.post("look_up_service_id", &malformed).await.code(), (422, ErrorCode::Malformed));
    town.it_is("2030-01-01T09:00:01+09:00");
    let tomorrow = {
        let mut library = library.clone();
        library.goes_on().await;
        library
    };
    assert_eq!(tomorrow.looks_up_service_id(&hanako).await.code(), (404, ErrorCode::CardExpired));
}

#[tokio::test]
async fn look_ups_are_limited_per_terminal_and_stand_in_the_audit() {
    let town = Town::with_look_ups_per_minute(2).await;
    let hanako = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    for _ in 0..2 {
        library.service_id_visit(&hanako).await;
    }
    assert_eq!(library.looks_up_service_id(&hanako).await.code(), (429, ErrorCode::TooManyRequests));
    let person = hanako.person;
    let rows = async || -> i64 {
        let count = "select count(*) from look_up_audit where terminal = 14130004 and person = $1";
        let read = move |read: &madoguchi_cloud::database::Connection| {
            read.query_row(count, params![person.0.as_bytes()], |row| row.get(0))
        };
        town.cloud.database.read(read).await.unwrap()
    };
    // Written beside the answer: wait for it.
    let written = async { while rows().await < 2 {} };
    tokio::time::timeout(Duration::from_secs(10), written).await.expect("the audit lacks a look-up");
    assert_eq!(rows().await, 2);
}

#[tokio::test]
async fn no_password_is_asked_for() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let mut library = town.library().await.of_provider(LIBRARY);
    assert!(library.registers().await.status.is_success());
    library.goes_on().await;
    assert_eq!(library.number_of(&hanako).await, None);
}
