//! Above the limit the card signs this use after its PIN (row D5), and a phone wants its PIN first.

use crate::cloud::{Mishap, SERIAL};
use crate::shop::{AtCounter, READER, Shop, typed_pin};
use madoguchi_doubles::Card;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    CardExpectation, CardState, LastOperation, Notice, OperationNamed, OperationState, Visit,
};

/// Hanako with 9,000 points; her card lies on the reader.
async fn hanako_before(shop: &Shop) -> (AtCounter, Visit, Card) {
    shop.cloud.holds(9_000);
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::NextCard).await.unwrap();
    let card = Card::of(SERIAL);
    shop.desk.put_on(READER, card.clone());
    let visit = at.hears_visit().await;
    (at, visit, card)
}

fn is_done(last: &LastOperation) -> bool {
    matches!(last.state, OperationState::Done { .. })
}

#[tokio::test]
async fn with_the_pin_the_card_signs_and_the_receipt_says_so() {
    let shop = Shop::new();
    let (at, visit, _) = hanako_before(&shop).await;
    let refused = at.uses(&visit, "4000").await.unwrap();
    let OperationState::Refused { failure } = refused.state else { panic!("{refused:?}") };
    assert_eq!(failure.code, ErrorCode::OverLimitPerUse, "the cloud decides");
    assert_eq!(at.begins_pin(&visit).await, Ok(3));
    let done = at.uses_with_pin(&visit, "4000", "1234", false).await.unwrap();
    assert!(is_done(&done), "{done:?}");
    assert_eq!(shop.cloud.balance(), 5_000);
    let receipt = at.counter.preview_receipt(OperationNamed { key: done.key }).await.unwrap();
    assert!(receipt.lines.iter().any(|line| line.text == "暗証番号により本人確認"));
    let voided = at.voids(&done).await.unwrap();
    let receipt = at.counter.preview_receipt(OperationNamed { key: voided.key }).await.unwrap();
    assert!(!receipt.lines.iter().any(|line| line.text == "暗証番号により本人確認"));
}

#[tokio::test]
async fn a_wrong_pin_moves_nothing_and_the_last_try_needs_a_yes() {
    let shop = Shop::new();
    let (at, visit, card) = hanako_before(&shop).await;
    let wrong = at.uses_with_pin(&visit, "4000", "0000", false).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::WrongPin);
    assert!(wrong.what.ja.contains("あと2回"), "{}", wrong.what.ja);
    assert_eq!(at.begins_pin(&visit).await, Ok(2));
    at.uses_with_pin(&visit, "4000", "0000", false).await.unwrap_err();
    assert_eq!(at.begins_pin(&visit).await, Ok(1));
    let unasked = at.uses_with_pin(&visit, "4000", "1234", false).await.unwrap_err();
    assert_eq!((unasked.code, card.tries_left()), (ErrorCode::LastPinTry, 1));
    assert_eq!(shop.cloud.calls("use_points"), 0);
    assert!(at.last().await.is_none(), "nothing was written down");
    let locked = at.uses_with_pin(&visit, "4000", "0000", true).await.unwrap_err();
    assert_eq!(locked.code, ErrorCode::PinLocked);
    assert_eq!(at.begins_pin(&visit).await, Err(ErrorCode::PinLocked));
    assert_eq!(at.uses_with_pin(&visit, "4000", "1234", true).await.unwrap_err().code, ErrorCode::PinLocked);
    assert_eq!(shop.cloud.balance(), 9_000);
    assert!(is_done(&at.uses(&visit, "3000").await.unwrap()), "within the limit nothing is locked");
}

#[tokio::test]
async fn what_is_no_pin_costs_no_try() {
    let shop = Shop::new();
    let (at, visit, card) = hanako_before(&shop).await;
    for digits in ["", "123", "12345", "abcd", "１２３４"] {
        let refused = at.uses_with_pin(&visit, "4000", digits, false).await.unwrap_err();
        assert_eq!((refused.code, card.tries_left()), (ErrorCode::PinMalformed, 3), "{digits}");
    }
}

#[tokio::test]
async fn a_card_taken_away_or_swapped_hears_no_pin() {
    let shop = Shop::new();
    let (mut at, visit, _) = hanako_before(&shop).await;
    shop.desk.take_off(READER);
    at.hears(|notice| (*notice == Notice::CardLies(false)).then_some(())).await;
    assert_eq!(at.begins_pin(&visit).await, Err(ErrorCode::CardAbsent));
    let absent = at.uses_with_pin(&visit, "4000", "1234", false).await.unwrap_err();
    assert_eq!(absent.code, ErrorCode::CardAbsent);
    let taros = Card::of("ffff");
    shop.desk.put_on(READER, taros.clone());
    at.hears(|notice| (*notice == Notice::CardLies(true)).then_some(())).await;
    assert_eq!(at.begins_pin(&visit).await, Err(ErrorCode::OtherCard));
    let swapped = at.uses_with_pin(&visit, "4000", "0000", false).await.unwrap_err();
    assert_eq!((swapped.code, taros.tries_left()), (ErrorCode::OtherCard, 3));
    assert_eq!(shop.cloud.calls("use_points"), 0);
}

#[tokio::test]
async fn a_visit_left_while_the_card_signs_is_not_used() {
    let shop = Shop::new();
    let (at, visit, _) = hanako_before(&shop).await;
    shop.desk.hold();
    let desk = shop.desk.clone();
    let leaves = async {
        tokio::task::spawn_blocking(move || desk.wait_for_a_reading()).await.unwrap();
        at.counter.leave_visit().await.unwrap();
        shop.desk.let_go();
    };
    let (used, ()) = tokio::join!(at.uses_with_pin(&visit, "4000", "1234", false), leaves);
    assert_eq!(used.unwrap_err().code, ErrorCode::VisitExpired);
    assert_eq!(shop.cloud.balance(), 9_000);
}

#[tokio::test]
async fn an_answer_lost_after_the_card_signed_is_found_out_like_any_other() {
    let shop = Shop::new();
    let (at, visit, _) = hanako_before(&shop).await;
    shop.cloud.will("use_points", Mishap::AnswerLost);
    let found = at.while_time_passes(at.uses_with_pin(&visit, "4000", "1234", false)).await.unwrap();
    assert!(is_done(&found), "{found:?}");
    assert_eq!((shop.cloud.balance(), shop.cloud.done()), (5_000, 1));
}

#[tokio::test]
async fn a_session_that_ends_in_between_is_renewed_and_the_same_signature_sent() {
    let shop = Shop::new();
    let (at, visit, _) = hanako_before(&shop).await;
    shop.cloud.will("use_points", Mishap::Problem(ErrorCode::SessionEnded));
    let done = at.while_time_passes(at.uses_with_pin(&visit, "4000", "1234", false)).await.unwrap();
    assert!(is_done(&done), "{done:?}");
    assert_eq!(shop.cloud.calls("request_use_nonce"), 1);
    assert_eq!(shop.cloud.balance(), 5_000);
}

#[tokio::test]
async fn without_a_nonce_no_pin_is_sent() {
    let shop = Shop::new();
    let (at, visit, card) = hanako_before(&shop).await;
    shop.cloud.will("request_use_nonce", Mishap::Problem(ErrorCode::VisitExpired));
    let refused = at.uses_with_pin(&visit, "4000", "0000", false).await.unwrap_err();
    assert_eq!((refused.code, card.tries_left()), (ErrorCode::VisitExpired, 3));
}

#[tokio::test]
async fn a_phone_wants_its_pin_first_and_then_leads_to_balances_and_a_signed_use() {
    let shop = Shop::new();
    shop.cloud.holds(9_000);
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    shop.desk.put_on(READER, Card::of(SERIAL).on_a_phone());
    assert_eq!(wants_pin(&mut at).await, (3, None));
    at.counter.read_with_pin(typed_pin("0000", false)).await.unwrap();
    assert_eq!(wants_pin(&mut at).await, (2, Some(ErrorCode::WrongPin)));
    at.counter.read_with_pin(typed_pin("0000", false)).await.unwrap();
    assert_eq!(wants_pin(&mut at).await, (1, Some(ErrorCode::WrongPin)));
    at.counter.read_with_pin(typed_pin("1234", false)).await.unwrap();
    assert_eq!(wants_pin(&mut at).await, (1, Some(ErrorCode::LastPinTry)));
    at.counter.read_with_pin(typed_pin("1234", true)).await.unwrap();
    let visit = at.hears_visit().await;
    assert_eq!(at.begins_pin(&visit).await, Ok(3));
    assert!(is_done(&at.uses_with_pin(&visit, "4000", "1234", false).await.unwrap()));
}

#[tokio::test]
async fn a_phone_whose_pin_is_locked_is_told_where_to_go() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::CardNow).await.unwrap();
    shop.desk.put_on(READER, Card::of(SERIAL).on_a_phone());
    for _ in 0..3 {
        wants_pin(&mut at).await;
        at.counter.read_with_pin(typed_pin("0000", true)).await.unwrap();
    }
    assert_eq!(at.hears_card_failed().await, ErrorCode::PinLocked);
}

async fn wants_pin(at: &mut AtCounter) -> (u8, Option<ErrorCode>) {
    at.hears_of_card(|state| match state {
        CardState::WantsPin { tries_left, failure } => {
            Some((*tries_left, failure.as_ref().map(|failure| failure.code)))
        }
        _ => None,
    })
    .await
}
