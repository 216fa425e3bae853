//! Which PC is let in as which terminal.

use crate::counter::{FIRST, Pc, SECOND, Sheet, is_done};
use crate::town::Town;
use madoguchi_tests::scene::line::{Line, Passage};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{BeginRegistration, OperationNamed, Place};

#[tokio::test(flavor = "multi_thread")]
async fn a_password_serves_one_registration() {
    let town = Town::open().await;
    let at = Pc::named("first").opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    let thief = Pc::named("elsewhere").opens_in(&town).await;
    assert_eq!(thief.registers(FIRST).await.unwrap_err().code, ErrorCode::AlreadyRegistered);
    at.counter.list_operations().await.expect("the terminal itself works on");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_pc_is_one_terminal() {
    let town = Town::open().await;
    let (first, second_user) = (Pc::named("the same"), Pc::named("the same"));
    first.opens_in(&town).await.registers(FIRST).await.unwrap();
    let at = second_user.opens_in(&town).await;
    assert_eq!(at.registers(SECOND).await.unwrap_err().code, ErrorCode::FingerprintTaken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_to_a_registration_is_asked_for_again() {
    let town = Town::open().await;
    let line = Line::to(town.address).unwrap();
    let pc = Pc::named("first");
    let at = pc.opens(&line.address()).await;
    let typed = BeginRegistration { terminal: FIRST.terminal.into(), password: FIRST.password.into() };
    at.counter.begin_registration(typed).await.unwrap();
    line.becomes(Passage::AnswersLost);
    assert_eq!(at.registers(FIRST).await.unwrap_err().code, ErrorCode::CloudUnreachable);
    line.becomes(Passage::Open);
    at.registers(FIRST).await.expect("the same device is let in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_folder_copied_to_another_pc_is_not_let_in() {
    let town = Town::open().await;
    let (first, other) = (Pc::named("first"), Pc::named("other"));
    drop(first.opens_in(&town).await.registers(FIRST).await.unwrap());
    first.copied_to(&other);
    let at = other.opens_in(&town).await;
    let Place::Barred { failure, .. } = at.place().await else { panic!("not barred") };
    assert_eq!(failure.code, ErrorCode::DeviceKeyMissing);
    assert_eq!(at.registers(FIRST).await.unwrap_err().code, ErrorCode::AlreadyRegistered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_terminal_works_again_when_it_is_resumed() {
    let town = Town::open().await;
    let mut at = Pc::named("first").opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    town.suspends(FIRST.id()).await;
    at.is_soon_refused().await;
    assert_eq!(at.hears_barred().await, ErrorCode::TerminalSuspended);
    town.resumes(FIRST.id()).await;
    at.hears_registered().await;
    at.signs_in(FIRST.password).await.unwrap();
    at.counter.list_operations().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_terminal_registers_anew_under_its_new_password() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let mut at = pc.opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    let visit = at.taps("hanako").await;
    let used = at.uses(&visit, &["100"]).await.unwrap();
    town.releases(FIRST.id(), "newpass23").await;
    at.is_soon_refused().await;
    assert_eq!(at.hears_barred().await, ErrorCode::RegistrationEnded);
    assert_eq!(at.registers(FIRST).await.unwrap_err().code, ErrorCode::WrongPassword);
    at.registers(Sheet { password: "newpass23", ..FIRST }).await.unwrap();
    let voided = at.counter.void_use(OperationNamed { key: used.key }).await.unwrap();
    assert!(is_done(&voided), "the journal goes on: {:?}", voided.state);
    assert!(town.books_are_right().await);
}
