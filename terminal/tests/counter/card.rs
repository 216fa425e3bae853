//! The card's way through the counter, with everything that can happen to a card.

use crate::cloud::{Mishap, SERIAL};
use crate::shop::{READER, Shop};
use madoguchi_doubles::Card;
use madoguchi_port::fault::CardFault;
use madoguchi_terminal::{LookUpObserver, LookUpTiming};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{CardExpectation, CardState};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[tokio::test]
async fn a_card_leads_to_the_balances() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    assert_eq!((visit.masked_mykey_id.as_str(), visit.accounts[0].balance), ("MY****56", 3_000));
}

#[tokio::test]
async fn a_card_pulled_while_it_is_read_is_told_and_putting_it_back_goes_on() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    shop.desk.hold();
    shop.desk.put_on(READER, Card::of(SERIAL));
    let desk = shop.desk.clone();
    tokio::task::spawn_blocking(move || desk.wait_for_a_reading()).await.unwrap();
    shop.desk.take_off(READER);
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardRemoved);
    shop.desk.let_go();
    shop.desk.put_on(READER, Card::of(SERIAL));
    at.hears_visit().await;
}

#[tokio::test]
async fn a_card_pulled_while_the_cloud_is_asked_shows_no_balances() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    shop.cloud.will("look_up_points", Mishap::Held);
    shop.desk.put_on(READER, Card::of(SERIAL));
    let asked = async {
        while shop.cloud.calls("look_up_points") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asked).await.expect("the cloud is asked");
    shop.desk.take_off(READER);
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardRemoved);
    shop.cloud.let_go();

    shop.desk.put_on(READER, Card::of(SERIAL));
    let visit = at.hears_visit().await;
    assert_eq!(visit.visit, 2, "the first card's balances never came up");
}

#[tokio::test]
async fn a_card_swapped_for_another_is_never_charged() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let first = at.taps(&shop).await;
    let second = at.taps(&shop).await;
    assert_eq!(at.uses(&first, "100").await.unwrap_err().code, ErrorCode::VisitExpired);
    assert_eq!(shop.cloud.calls("use_points"), 0);
    at.uses(&second, "100").await.unwrap();
}

#[tokio::test]
async fn every_fault_of_a_card_has_its_own_word() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    for (fault, code) in [
        (CardFault::NotMyNumberCard, ErrorCode::NotMyNumberCard),
        (CardFault::CardBusy, ErrorCode::CardBusy),
        (CardFault::Unresponsive, ErrorCode::CardUnresponsive),
        (CardFault::ServiceRefused, ErrorCode::CardServiceRefused),
        (CardFault::Unexpected { step: "select", status: 0x6f00 }, ErrorCode::CardUnresponsive),
        (CardFault::Pcsc { code: 0x8010_0001 }, ErrorCode::CardUnresponsive),
    ] {
        shop.desk.put_on(READER, Card::that_fails(fault.clone()));
        assert_eq!(at.hears_card_failed().await, code, "{fault:?}");
        shop.desk.take_off(READER);
    }
    shop.desk.put_on(READER, Card::of("ffff"));
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardWithoutMykeyId);
    shop.desk.take_off(READER);
    shop.cloud.will("look_up_points", Mishap::LostOnTheWay);
    shop.desk.put_on(READER, Card::of(SERIAL));
    assert_eq!(at.hears_card_failed().await, ErrorCode::CloudUnreachable);
    shop.desk.take_off(READER);
    shop.desk.put_on(READER, Card::of(SERIAL));
    at.hears_visit().await;
}

#[tokio::test]
async fn the_service_restarts_in_the_middle_and_the_next_card_is_read() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    shop.desk.hold();
    shop.desk.put_on(READER, Card::of(SERIAL));
    at.hears_of_card(|state| (*state == CardState::Reading).then_some(())).await;
    shop.desk.stop_service();
    assert_eq!(at.hears_card_failed().await, ErrorCode::CardServiceAbsent);
    shop.desk.let_go();
    shop.desk.start_service();
    shop.desk.put_on(READER, Card::of(SERIAL));
    at.hears_visit().await;
}

#[tokio::test]
async fn a_visit_ends_after_five_minutes() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    at.clock.pass(Duration::from_mins(5));
    assert_eq!(at.hears_card_failed().await, ErrorCode::VisitExpired);
    assert_eq!(at.uses(&visit, "100").await.unwrap_err().code, ErrorCode::VisitExpired);
}

#[tokio::test]
async fn a_visit_that_was_left_cannot_be_used() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    at.counter.leave_visit().await.unwrap();
    assert_eq!(at.uses(&visit, "100").await.unwrap_err().code, ErrorCode::VisitExpired);
}

#[derive(Default)]
struct Notebook(Mutex<Vec<LookUpTiming>>);

impl LookUpObserver for Notebook {
    fn painted(&self, timing: &LookUpTiming) {
        self.0.lock().unwrap().push(*timing);
    }
}

#[tokio::test]
async fn a_look_up_is_measured_from_the_card_to_the_paint() {
    let notebook = Arc::new(Notebook::default());
    let mut shop = Shop::new();
    shop.observer = Some(Arc::clone(&notebook) as _);
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    at.counter.visit_painted(visit.visit + 1).await.unwrap();
    at.counter.visit_painted(visit.visit).await.unwrap();
    at.counter.visit_painted(visit.visit).await.unwrap();
    let measured = notebook.0.lock().unwrap().clone();
    let [timing] = measured.as_slice() else { panic!("one look-up was painted once: {measured:?}") };
    let steps = [
        timing.card_begun,
        timing.card_done,
        timing.cloud_begun,
        timing.cloud_done,
        timing.told,
        timing.painted,
    ];
    assert!(steps.is_sorted(), "{timing:?}");
    assert!(timing.ours() <= timing.painted);
}
