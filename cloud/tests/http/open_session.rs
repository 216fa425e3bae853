//! `request_challenge` and `open_session`, and what a token is worth afterwards.

use crate::actors::{Device, Town, WITHIN, soon};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::operator::terminal;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OpenSessionAnswer, OpenSessionRequest};

#[tokio::test]
async fn a_session_tells_the_terminal_what_it_is() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let session: OpenSessionAnswer = shop.opens_session().await.ok();
    let profile = session.profile;
    assert_eq!(profile.municipality_name, "川崎市");
    assert_eq!(profile.site_name, "やまだ八百屋");
    assert_eq!(profile.functions[0], TerminalFunction::UsePoints);
    assert_eq!(profile.currencies, ["川崎市ポイント", "宙フェスポイント", "花みどりポイント"]);
    assert_eq!((profile.limits.per_use, profile.limits.per_day), (3_000, 5_000));
    assert_eq!(session.expires_at_ms - session.cloud_time_ms, 15 * 60 * 1000);
}

#[tokio::test]
async fn a_replayed_proof_opens_nothing() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let proof = shop.proof(&shop.challenge().await);
    assert!(shop.post("open_session", &proof).await.status.is_success());
    assert_eq!(shop.post("open_session", &proof).await.code(), (401, ErrorCode::SessionEnded));
}

#[tokio::test]
async fn a_proof_sent_twice_at_once_opens_one_session() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let proof = shop.proof(&shop.challenge().await);
    let (first, second) = tokio::join!(shop.post("open_session", &proof), shop.post("open_session", &proof));
    assert_eq!(usize::from(first.status.is_success()) + usize::from(second.status.is_success()), 1);
}

#[tokio::test]
async fn a_challenge_is_good_for_sixty_seconds() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let (early, late) = (shop.challenge().await, shop.challenge().await);
    town.seconds_pass(59);
    assert!(shop.post("open_session", &shop.proof(&early)).await.status.is_success());
    town.seconds_pass(1);
    assert_eq!(shop.post("open_session", &shop.proof(&late)).await.code(), (401, ErrorCode::SessionEnded));
}

#[tokio::test]
async fn challenges_are_given_for_every_id_alike_and_serve_only_that_one() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let mut other = shop.on(shop.device.clone());
    other.id = TerminalId::from_number(99_999_999).unwrap();
    let foreign = other.challenge().await;
    assert_eq!(shop.post("open_session", &shop.proof(&foreign)).await.code(), (401, ErrorCode::SessionEnded));
    assert_eq!(other.opens_session().await.code(), (401, ErrorCode::RegistrationEnded));
}

#[tokio::test]
async fn a_wrong_signature_opens_nothing() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let thief = shop.on(Device { key: Device::named("another key").key, ..shop.device.clone() });
    assert_eq!(thief.opens_session().await.code(), (401, ErrorCode::RegistrationEnded));
    let proof = shop.proof(&shop.challenge().await);
    for signature in ["00".repeat(64), "zz".repeat(64), String::new()] {
        let reply = shop.post("open_session", &OpenSessionRequest { signature, ..proof.clone() }).await;
        assert!(matches!(reply.problem().code, ErrorCode::RegistrationEnded | ErrorCode::Malformed));
    }
}

#[tokio::test]
async fn the_right_key_on_a_changed_device_is_told_so() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let changed = shop.on(Device { fingerprint: [9; 32], key: shop.device.key.clone() });
    assert_eq!(changed.opens_session().await.code(), (403, ErrorCode::FingerprintChanged));
}

#[tokio::test]
async fn a_signature_for_another_cloud_opens_nothing_here() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let mut challenge = shop.challenge().await;
    challenge.cloud_name = "another-cloud".into();
    let reply = shop.post("open_session", &shop.proof(&challenge)).await;
    assert_eq!(reply.code(), (401, ErrorCode::RegistrationEnded));
}

#[tokio::test]
async fn a_session_lasts_fifteen_minutes() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let mut shop = town.greengrocer().await.at_work().await;
    town.seconds_pass(15 * 60 - 1);
    assert!(shop.looks_up(&hanako).await.status.is_success());
    town.seconds_pass(1);
    assert_eq!(shop.looks_up(&hanako).await.code(), (401, ErrorCode::SessionEnded));
    shop.goes_on().await;
    assert!(shop.looks_up(&hanako).await.status.is_success());
}

#[tokio::test]
async fn without_a_right_token_nothing_is_answered() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let mut shop = town.greengrocer().await.at_work().await;
    for token in
        [None, Some(String::new()), Some("ab".repeat(32)), Some("zz".repeat(32)), Some("ab".repeat(33))]
    {
        shop.token.clone_from(&token);
        assert_eq!(shop.looks_up(&hanako).await.code(), (401, ErrorCode::SessionEnded), "{token:?}");
    }
}

#[tokio::test]
async fn suspending_resuming_and_releasing_take_effect_at_once() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let id = shop.id;
    let looks_up_is = async |expected| soon(expected, async || shop.looks_up(&hanako).await).await;
    looks_up_is(None).await;
    // On connections of its own, as the operator's command line is another process.
    let command_line = town.another_process();
    command_line.write(move |write| terminal::suspend(write, id, 0)).await.unwrap();
    looks_up_is(Some(ErrorCode::TerminalSuspended)).await;
    command_line.write(move |write| terminal::resume(write, id)).await.unwrap();
    looks_up_is(Some(ErrorCode::SignInNeeded)).await;
    let password = TerminalPassword::generate().unwrap();
    command_line.write(move |write| terminal::release(write, id, &password, 0)).await.unwrap();
    looks_up_is(Some(ErrorCode::SessionEnded)).await;
}

#[tokio::test]
async fn a_function_that_was_taken_away_is_refused_within_a_second() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    shop.uses(1).from(&hanako).await.done();
    let id = shop.id;
    town.write(move |write| terminal::set_functions(write, id, &[TerminalFunction::OwnTotals])).await;
    tokio::time::sleep(WITHIN).await;
    assert_eq!(shop.looks_up(&hanako).await.code(), (403, ErrorCode::FunctionNotAllowed));
    let use_request = shop.uses(1).request("00");
    assert_eq!(shop.post("use_points", &use_request).await.code(), (403, ErrorCode::FunctionNotAllowed));
}
