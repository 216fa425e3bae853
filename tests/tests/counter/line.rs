//! The line between counter and cloud breaks at the worst moment.

use crate::counter::{FIRST, Pc, is_done};
use crate::town::Town;
use madoguchi_tests::scene::line::{Line, Passage};
use madoguchi_wire::window::OperationState;

#[tokio::test(flavor = "multi_thread")]
async fn a_use_whose_answer_was_lost_took_place_once() {
    let town = Town::open().await;
    let line = Line::to(town.address).unwrap();
    let pc = Pc::named("first");
    let mut at = pc.opens(&line.address()).await;
    at.registers(FIRST).await.unwrap();
    let visit = at.taps("hanako").await;
    line.becomes(Passage::AnswersLost);
    let used = at.uses(&visit, &["1500"]).await.unwrap();
    assert_eq!(used.state, OperationState::Checking);
    line.becomes(Passage::Open);
    let fate = at.hears_fate().await;
    assert!(is_done(&fate) && fate.key == used.key, "{:?}", fate.state);
    assert_eq!(at.taps("hanako").await.accounts[0].balance, 1_500);
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_the_cloud_never_heard_of_did_not_take_place() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let line = Line::to(town.address).unwrap();
    let mut at = pc.opens(&line.address()).await;
    at.registers(FIRST).await.unwrap();
    let visit = at.taps("hanako").await;
    line.becomes(Passage::Cut);
    let used = at.uses(&visit, &["1500"]).await.unwrap();
    assert_eq!(used.state, OperationState::Checking);
    line.becomes(Passage::Open);
    assert_eq!(at.hears_fate().await.state, OperationState::NotDone);
    assert_eq!(at.taps("hanako").await.accounts[0].balance, 3_000);
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_ends_before_the_fate_is_known_and_finds_out_at_its_next_start() {
    let town = Town::open().await;
    let line = Line::to(town.address).unwrap();
    let pc = Pc::named("first");
    let mut at = pc.opens(&line.address()).await;
    at.registers(FIRST).await.unwrap();
    let visit = at.taps("hanako").await;
    line.becomes(Passage::AnswersLost);
    let used = at.uses(&visit, &["1500"]).await.unwrap();
    assert_eq!(used.state, OperationState::Checking);
    drop(at);
    line.becomes(Passage::Open);
    let mut at = pc.opens(&line.address()).await;
    let fate = at.hears_fate().await;
    assert!(is_done(&fate) && fate.key == used.key && !fate.acknowledged, "{fate:?}");
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cloud_is_away_for_a_while_and_the_counter_goes_on_by_itself() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let at = pc.opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    town.stops_serving();
    drop(at);
    let mut at = pc.opens_in(&town).await;
    town.serves_again().await;
    assert_eq!(at.taps("hanako").await.accounts[0].balance, 3_000);
}
