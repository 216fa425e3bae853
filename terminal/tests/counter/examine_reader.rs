//! 読取装置を調べる, with everything that can be wrong at a desk; nothing has to be started anew.

use crate::cloud::SERIAL;
use crate::shop::{AtCounter, READER, Shop};
use madoguchi_doubles::Card;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::UsbReader;
use madoguchi_wire::window::{
    BridgeStanding, CardExpectation, CardState, ExamineReaderArguments, OtherCard, ReaderExamination,
    ReaderFinding,
};
use std::time::Duration;

async fn examined(at: &AtCounter, pin_tries: bool) -> ReaderExamination {
    at.counter.examine_reader(ExamineReaderArguments { pin_tries }).await.unwrap()
}

async fn found(at: &AtCounter) -> ReaderFinding {
    examined(at, false).await.finding
}

#[tokio::test]
async fn each_trouble_is_told_apart_and_over_as_soon_as_its_cause_is() {
    let shop = Shop::new();
    let at = shop.opens().await;
    assert_eq!(found(&at).await, ReaderFinding::NoCard);

    shop.desk.stop_service();
    assert_eq!(found(&at).await, ReaderFinding::ServiceStopped);
    shop.desk.start_service();
    assert_eq!(found(&at).await, ReaderFinding::NoCard);

    shop.desk.detach(READER);
    assert_eq!(found(&at).await, ReaderFinding::NoReader);
    let name = "PaSoRi".to_owned();
    shop.desk.plug_in_without_driver(&[UsbReader { name: name.clone(), ids: (1, 2), held_by: None }]);
    assert_eq!(found(&at).await, ReaderFinding::WithoutDriver { name });
    shop.desk.plug_in_without_driver(&[]);
    shop.desk.attach("the same reader in another port");
    assert_eq!(found(&at).await, ReaderFinding::NoCard);
    assert_eq!(examined(&at, false).await.taken.as_deref(), Some("the same reader in another port"));
}

#[tokio::test]
async fn each_card_is_told_apart() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let other = |kind| ReaderFinding::OtherCard { kind };
    let table = [
        (Card::of(SERIAL), ReaderFinding::Ready),
        (Card::that_fails(CardFault::Unresponsive), ReaderFinding::CardMute),
        (Card::that_fails(CardFault::CardBusy), ReaderFinding::CardBusy),
        (Card::that_fails(CardFault::NotMyNumberCard), other(OtherCard::Unknown)),
        (Card::of(SERIAL).on_a_phone(), ReaderFinding::Ready),
    ];
    for (card, finding) in table {
        shop.desk.put_on(READER, card);
        assert_eq!(found(&at).await, finding);
        shop.desk.take_off(READER);
        assert_eq!(found(&at).await, ReaderFinding::NoCard);
    }
}

#[tokio::test]
async fn a_card_that_left_early_is_said_so_until_one_was_seen_whole() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    shop.desk.hold();
    shop.desk.put_on(READER, Card::of(SERIAL));
    let desk = shop.desk.clone();
    tokio::task::spawn_blocking(move || desk.wait_for_a_reading()).await.unwrap();
    shop.desk.take_off(READER);
    at.hears_card_failed().await;
    until("said that it left early", async || found(&at).await == ReaderFinding::CardLeftEarly).await;
    shop.desk.let_go();
    at.counter.expect_card(CardExpectation::None).await.unwrap();
    shop.desk.put_on(READER, Card::of(SERIAL));
    assert_eq!(found(&at).await, ReaderFinding::Ready);
    shop.desk.take_off(READER);
    assert_eq!(found(&at).await, ReaderFinding::NoCard);
}

#[tokio::test]
async fn the_tries_of_a_pin_are_asked_for_only_by_a_person() {
    let shop = Shop::new();
    let at = shop.opens().await;
    shop.desk.put_on(READER, Card::of(SERIAL));
    assert_eq!(examined(&at, false).await.pin_tries_left, None);
    assert_eq!(examined(&at, true).await.pin_tries_left, Some(3));
    shop.desk.put_on(READER, Card::that_fails(CardFault::NotMyNumberCard));
    assert_eq!(examined(&at, true).await.pin_tries_left, None, "another card has none of ours");
}

#[tokio::test]
async fn a_card_that_lay_there_before_anybody_listened_is_in_the_first_answer() {
    let shop = Shop::new();
    shop.desk.put_on(READER, Card::of(SERIAL));
    let at = shop.opens().await;
    let card = async || at.counter.open_counter().await.unwrap().card;
    until("it lies there", async || card().await == CardState::Lying).await;
    shop.desk.take_off(READER);
    until("it is gone", async || card().await == CardState::Absent).await;
}

/// Asks again and again until it is so.
async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let asked = async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), asked).await.expect(what);
}

#[tokio::test]
async fn a_port_that_another_program_took_is_said_beside_the_way_to_the_card_until_it_is_free() {
    let shop = Shop::new();
    let at = shop.opens().await;
    assert!(!examined(&at, false).await.port_taken);
    at.counter.programs().stand(BridgeStanding::PortTaken);
    let seen = examined(&at, false).await;
    assert!(seen.port_taken);
    assert_eq!(seen.finding, ReaderFinding::NoCard, "the reader is in order");
    at.counter.programs().stand(BridgeStanding::Open);
    assert!(!examined(&at, false).await.port_taken);
}
