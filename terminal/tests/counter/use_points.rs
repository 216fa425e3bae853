//! Points are used: once or not at all.

use crate::cloud::{CURRENCY, Mishap, municipal};
use crate::shop::Shop;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::OperationKind;
use madoguchi_wire::window::{OperationNamed, OperationState, UsePointsArguments, VisitPart};

#[tokio::test]
async fn points_are_used_and_what_is_left_is_told() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "１，５００").await.unwrap();
    assert_eq!((used.kind, used.points), (OperationKind::Use, 1_500));
    let OperationState::Done { number, accounts, .. } = &used.state else { panic!("{:?}", used.state) };
    assert_eq!(number, "20261120-1");
    assert_eq!(
        (accounts[0].currency.as_str(), accounts[0].before, accounts[0].after),
        (CURRENCY, 3_000, 1_500)
    );
    assert_eq!(at.last().await, Some(used));
    assert_eq!(at.uses(&visit, "1").await.unwrap_err().code, ErrorCode::VisitExpired, "a visit serves once");
}

#[tokio::test]
async fn what_is_no_amount_is_told_before_anything_is_written_or_sent() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    for typed in ["0", "-1", "1.5", "9223372036854775808", "10000000000", "abc", "", "  "] {
        let failure = at.uses(&visit, typed).await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::AmountInvalid, "{typed:?}");
    }
    let part = |typed: &str| VisitPart { currency: municipal(), typed: typed.into() };
    let twice = UsePointsArguments { visit: visit.visit, parts: vec![part("1"), part("2")] };
    assert_eq!(at.counter.use_points(twice).await.unwrap_err().code, ErrorCode::AmountInvalid);
    let elsewhere = CurrencyCode { number: CurrencyNumber(9), ..municipal() };
    let parts = vec![VisitPart { currency: elsewhere, typed: "1".into() }];
    let not_here = UsePointsArguments { visit: visit.visit, parts };
    assert_eq!(at.counter.use_points(not_here).await.unwrap_err().code, ErrorCode::NotUsableHere);
    assert_eq!((shop.cloud.calls("use_points"), at.last().await), (0, None));
}

#[tokio::test]
async fn a_refused_use_can_be_corrected_without_the_card() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let refused = at.uses(&visit, "3001").await.unwrap();
    let OperationState::Refused { failure } = &refused.state else { panic!("{:?}", refused.state) };
    assert_eq!(failure.what.ja, "残高が足りません。使えるのは 3,000ポイントまでです。");
    let used = at.uses(&visit, "3000").await.unwrap();
    assert!(matches!(used.state, OperationState::Done { .. }));
}

#[tokio::test]
async fn a_use_is_voided_and_the_void_is_an_operation_of_its_own() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "1500").await.unwrap();
    let voided = at.voids(&used).await.unwrap();
    assert_eq!((voided.kind, voided.points), (OperationKind::Void, 1_500));
    let OperationState::Done { voided_number, .. } = &voided.state else { panic!("{:?}", voided.state) };
    assert_eq!(voided_number.as_deref(), Some("20261120-1"));
    assert_eq!(shop.cloud.balance(), 3_000);
    assert_eq!(
        at.voids(&voided).await.unwrap_err().code,
        ErrorCode::UnknownOperation,
        "a void is not voided"
    );
}

#[tokio::test]
async fn an_operation_of_the_days_list_that_is_in_no_journal_can_be_voided() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "1500").await.unwrap();
    drop(at);
    // The PC broke down; another one took its place.
    shop.cloud.release();
    let other = Shop::of_cloud(std::sync::Arc::clone(&shop.cloud));
    let at = other.opens_registered().await;
    assert_eq!(at.voids(&used).await.unwrap_err().code, ErrorCode::UnknownOperation);
    at.counter.list_operations().await.unwrap();
    let receipt = at.counter.preview_receipt(OperationNamed { key: used.key }).await.unwrap();
    assert!(receipt.lines.iter().any(|line| line.value.as_deref() == Some("MY****56")));
    let voided = at.voids(&used).await.unwrap();
    assert!(matches!(voided.state, OperationState::Done { .. }));
    assert_eq!(shop.cloud.balance(), 3_000);
}

#[tokio::test]
async fn a_void_that_is_in_no_journal_has_its_receipt() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "1500").await.unwrap();
    let voided = at.voids(&used).await.unwrap();
    drop(at);
    shop.cloud.release();
    let other = Shop::of_cloud(std::sync::Arc::clone(&shop.cloud));
    let at = other.opens_registered().await;
    at.counter.list_operations().await.unwrap();
    let receipt = at.counter.preview_receipt(OperationNamed { key: voided.key }).await.unwrap();
    assert!(receipt.lines.iter().any(|line| line.text == "ポイントご利用取消"), "{receipt:?}");
}

#[tokio::test]
async fn without_a_session_nothing_is_begun() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.end_sessions();
    shop.cloud.will("list_operations", Mishap::Problem(ErrorCode::SessionEnded));
    for _ in 0..20 {
        shop.cloud.will("request_challenge", Mishap::Unreachable);
    }
    assert_eq!(at.counter.list_operations().await.unwrap_err().code, ErrorCode::CloudUnreachable);
    assert_eq!(at.uses(&visit, "100").await.unwrap_err().code, ErrorCode::CloudUnreachable);
    assert_eq!((shop.cloud.calls("use_points"), at.last().await), (0, None));
    shop.cloud.forget_mishaps();
    let used = at.uses(&visit, "100").await.unwrap();
    assert!(matches!(used.state, OperationState::Done { .. }), "the visit still stands");
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_sent() {
    let mut shop = Shop::new();
    drop(shop.opens_registered().await);
    // From the first write on nothing reaches the disk any more.
    shop.power = 0;
    let mut at = shop.opens().await;
    let visit = at.taps(&shop).await;
    assert!(at.uses(&visit, "100").await.is_err());
    assert_eq!((shop.cloud.calls("use_points"), at.last().await), (0, None));
}
