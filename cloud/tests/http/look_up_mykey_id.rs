//! `look_up_mykey_id`: told to a provider that keeps MyKey IDs itself, and to nobody else.

use crate::actors::{GINZA, Town};
use madoguchi_cloud::database::{Connection, params};
use madoguchi_cloud::keys::wrapped::street::MergeProfile;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::LookUpMykeyIdAnswer;
use std::time::Duration;

#[tokio::test]
async fn a_street_that_keeps_mykey_ids_is_told_whose_card_it_is() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let baker = town.baker_of_the_street().await.of_provider(GINZA).at_work().await;
    town.street_is(MergeProfile::One, true).await;
    let told: LookUpMykeyIdAnswer = baker.looks_up_mykey_id(&hanako).await.ok();
    assert_eq!(told.mykey_id, hanako.mykey_id.expose());
}

#[tokio::test]
async fn nobody_else_is_told_and_no_answer_holds_it() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let baker = town.baker_of_the_street().await.of_provider(GINZA).at_work().await;
    let library = town.library().await.of_provider("140001").at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    for terminal in [&baker, &library] {
        let reply = terminal.looks_up_mykey_id(&hanako).await;
        assert!(!reply.body.contains(hanako.mykey_id.expose()), "{}", reply.body);
        assert_eq!(reply.code(), (403, ErrorCode::NoMykeyIdsHere));
    }
    assert_eq!(shop.looks_up_mykey_id(&hanako).await.code(), (403, ErrorCode::FunctionNotAllowed));
}

#[tokio::test]
async fn it_ends_at_once_where_the_street_keeps_them_no_longer() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let baker = town.baker_of_the_street().await.of_provider(GINZA).at_work().await;
    town.street_is(MergeProfile::One, true).await;
    assert!(baker.looks_up_mykey_id(&hanako).await.status.is_success());
    town.street_is(MergeProfile::One, false).await;
    assert_eq!(baker.looks_up_mykey_id(&hanako).await.code(), (403, ErrorCode::NoMykeyIdsHere));
}

#[tokio::test]
async fn each_stands_in_the_audit_and_counts_as_a_look_up() {
    let town = Town::with_look_ups_per_minute(2).await;
    let hanako = town.resident().await;
    let baker = town.baker_of_the_street().await.of_provider(GINZA).at_work().await;
    town.street_is(MergeProfile::One, true).await;
    for _ in 0..2 {
        assert!(baker.looks_up_mykey_id(&hanako).await.status.is_success());
    }
    assert_eq!(baker.looks_up_mykey_id(&hanako).await.code(), (429, ErrorCode::TooManyRequests));
    let person = hanako.person;
    let rows = async || -> i64 {
        let count = "select count(*) from look_up_audit where terminal = 14130005 and person = $1";
        let read =
            move |read: &Connection| read.query_row(count, params![person.0.as_bytes()], |row| row.get(0));
        town.cloud.database.read(read).await.unwrap()
    };
    // Written beside the answer: wait for it.
    let written = async { while rows().await < 2 {} };
    tokio::time::timeout(Duration::from_secs(10), written).await.expect("the audit lacks a look-up");
}

#[tokio::test]
async fn a_card_that_leads_to_nobody_is_told_so() {
    let town = Town::open().await;
    let mut stranger = town.resident().await;
    let baker = town.baker_of_the_street().await.of_provider(GINZA).at_work().await;
    town.street_is(MergeProfile::One, true).await;
    stranger.card.serial = "deadbeef".into();
    assert_eq!(baker.looks_up_mykey_id(&stranger).await.code(), (404, ErrorCode::CardWithoutMykeyId));
}
