//! Signing in and locking, at the real cloud.

use crate::counter::{FIRST, Pc};
use crate::town::Town;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{OperationState, SignInState};

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_terminal_uses_points_again_after_its_password() {
    let town = Town::open().await;
    let mut at = Pc::named("first").opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    assert_eq!(at.sign_in_state().await, SignInState::SignedIn);
    at.counter.lock().await.unwrap();
    assert_eq!(at.counter.list_operations().await.unwrap_err().code, ErrorCode::SignInNeeded);
    assert_eq!(at.signs_in("wrong2345").await.unwrap_err().code, ErrorCode::WrongTerminalPassword);
    at.signs_in(FIRST.password).await.unwrap();
    let visit = at.taps("hanako").await;
    let used = at.uses(&visit, &["100"]).await.unwrap();
    assert!(matches!(used.state, OperationState::Done { .. }));
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_started_anew_is_signed_in_as_before_and_locked_as_before() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let at = pc.opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    drop(at);
    let at = pc.opens_in(&town).await;
    assert_eq!(at.sign_in_state().await, SignInState::SignedIn);
    at.counter.list_operations().await.unwrap();
    at.counter.lock().await.unwrap();
    drop(at);
    let at = pc.opens_in(&town).await;
    assert_eq!(at.sign_in_state().await, SignInState::Locked);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_at_the_counter_are_told_how_long_to_wait() {
    let town = Town::open().await;
    let at = Pc::named("first").opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    at.counter.lock().await.unwrap();
    for _ in 0..3 {
        assert_eq!(at.signs_in("wrong2345").await.unwrap_err().code, ErrorCode::WrongTerminalPassword);
    }
    let slowed = at.signs_in(FIRST.password).await.unwrap_err();
    assert_eq!(slowed.code, ErrorCode::PasswordSlowed);
    assert!(slowed.now.en.contains("2 seconds"), "{}", slowed.now.en);
}
