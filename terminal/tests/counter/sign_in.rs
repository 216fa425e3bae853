//! Signing in and locking: the password before the points, and what holds while the line is cut.

use crate::cloud::{Mishap, PASSWORD, SERIAL};
use crate::shop::{AtCounter, READER, Shop};
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule, StaffNameAsked};
use madoguchi_doubles::Card;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    CardExpectation, OperationNamed, OperationState, Printer, Settings, SignInState, Theme,
};
use std::fs;
use std::time::Duration;

fn rule(password: PasswordAsked, staff_name: StaffNameAsked) -> SignInRule {
    SignInRule { password, staff_name }
}

/// A counter at which the day's sign-in is over.
async fn unsigned(shop: &Shop) -> AtCounter {
    let mut at = shop.opens_registered().await;
    shop.cloud.end_sign_in();
    assert_eq!(at.counter.list_operations().await.unwrap_err().code, ErrorCode::SignInNeeded);
    at.hears_sign_in_is(SignInState::Needed).await;
    at
}

/// Waits until the cloud has heard of a lock.
async fn the_cloud_hears(shop: &Shop, at: &AtCounter) {
    at.while_time_passes(async {
        while shop.cloud.is_signed_in() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_has_just_registered_is_signed_in() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
    let visit = at.taps(&shop).await;
    assert!(matches!(at.uses(&visit, "1500").await.unwrap().state, OperationState::Done { .. }));
}

#[tokio::test]
async fn without_a_sign_in_nothing_about_points_is_asked_for() {
    let shop = Shop::new();
    let mut at = unsigned(&shop).await;
    let calls = shop.cloud.calls("list_operations");
    assert_eq!(at.counter.list_operations().await.unwrap_err().code, ErrorCode::SignInNeeded);
    assert_eq!(shop.cloud.calls("list_operations"), calls, "what is known here is not asked of the cloud");
    at.counter.expect_card(CardExpectation::NextCard).await.unwrap();
    shop.desk.put_on(READER, Card::of(SERIAL));
    assert_eq!(at.hears_card_failed().await, ErrorCode::SignInNeeded);
}

#[tokio::test]
async fn the_right_password_signs_in_however_it_was_typed() {
    for typed in [PASSWORD, " yaoya2345 ", "ｙａｏｙａ２３４５"] {
        let shop = Shop::new();
        let at = unsigned(&shop).await;
        assert_eq!(at.signs_in("wrong2345", "").await.unwrap_err().code, ErrorCode::WrongTerminalPassword);
        assert_eq!(at.sign_in().await.state, SignInState::Needed);
        at.signs_in(typed, "").await.unwrap();
        assert_eq!(at.sign_in().await.state, SignInState::SignedIn, "{typed}");
        at.counter.list_operations().await.unwrap();
    }
}

#[tokio::test]
async fn a_lock_forgets_the_visit_and_wants_the_password() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    at.counter.lock().await.unwrap();
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
    assert_eq!(at.uses(&visit, "1500").await.unwrap_err().code, ErrorCode::SignInNeeded);
    the_cloud_hears(&shop, &at).await;
    at.signs_in(PASSWORD, "").await.unwrap();
    assert_eq!(at.uses(&visit, "1500").await.unwrap_err().code, ErrorCode::VisitExpired);
    let visit = at.taps(&shop).await;
    assert!(matches!(at.uses(&visit, "1500").await.unwrap().state, OperationState::Done { .. }));
}

#[tokio::test]
async fn a_locked_terminal_that_is_restarted_is_still_locked() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    at.counter.lock().await.unwrap();
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
    at.signs_in(PASSWORD, "").await.unwrap();
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn, "a restart alone asks for nothing");
}

#[tokio::test]
async fn a_lock_holds_while_the_line_is_cut_and_the_cloud_is_told_afterwards() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    shop.cloud.will("sign_out", Mishap::Unreachable);
    at.counter.lock().await.unwrap();
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
    the_cloud_hears(&shop, &at).await;
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
}

#[tokio::test]
async fn a_lock_the_cloud_never_heard_of_is_told_at_the_next_start() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    shop.cloud.will("sign_out", Mishap::LostOnTheWay);
    at.counter.lock().await.unwrap();
    at.while_time_passes(async {
        while shop.cloud.is_expecting("sign_out") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    shop.closes(at).await;
    let at = shop.opens().await;
    the_cloud_hears(&shop, &at).await;
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
}

#[tokio::test]
async fn a_locked_terminal_is_made_readable_but_not_led_elsewhere() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    at.counter.lock().await.unwrap();
    let before = at.counter.open_counter().await.unwrap().settings;
    for elsewhere in [
        Settings { cloud_address: "https://elsewhere.example".into(), ..before.clone() },
        Settings { printer: Printer::Queue { name: "elsewhere".into() }, ..before.clone() },
        Settings { lock_after_minutes: 60, ..before.clone() },
    ] {
        assert_eq!(at.counter.save_settings(elsewhere).await.unwrap_err().code, ErrorCode::SignInNeeded);
    }
    assert_eq!(at.counter.open_counter().await.unwrap().settings, before);
    at.counter.save_settings(Settings { text_size: 200, theme: Theme::Dark, ..before }).await.unwrap();
}

#[tokio::test]
async fn an_unanswered_use_is_resolved_while_the_terminal_is_locked() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::AnswerLost);
    for _ in 0..4 {
        shop.cloud.will("resolve_operation", Mishap::Unreachable);
    }
    let checking = at.while_time_passes(at.uses(&visit, "1500")).await.unwrap();
    assert_eq!(checking.state, OperationState::Checking);
    at.counter.lock().await.unwrap();
    assert!(matches!(at.hears_fate().await.state, OperationState::Done { .. }));
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
}

#[tokio::test]
async fn nothing_is_locked_in_the_middle_of_a_use() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::Held);
    let (used, ()) = tokio::join!(at.uses(&visit, "1500"), async {
        while shop.cloud.is_expecting("use_points") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(at.counter.lock().await.unwrap_err().code, ErrorCode::OperationUnresolved);
        shop.cloud.let_go();
    });
    assert!(matches!(used.unwrap().state, OperationState::Done { .. }));
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
}

#[tokio::test]
async fn the_window_hears_when_the_day_is_over() {
    let shop = Shop::new();
    shop.cloud.sign_ins_last(Duration::from_mins(1));
    let mut at = shop.opens_registered().await;
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
    at.hears_sign_in_is(SignInState::Needed).await;
}

#[tokio::test]
async fn the_window_hears_when_the_day_is_over_also_after_a_restart_in_its_middle() {
    let shop = Shop::new();
    shop.cloud.sign_ins_last(Duration::from_mins(1));
    let at = shop.opens_registered().await;
    shop.closes(at).await;
    let mut at = shop.opens().await;
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
    at.hears_sign_in_is(SignInState::Needed).await;
}

#[tokio::test]
async fn a_use_the_cloud_wants_a_password_for_did_not_take_place() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.end_sign_in();
    let OperationState::Refused { failure } = at.uses(&visit, "1500").await.unwrap().state else {
        panic!("it was not refused");
    };
    assert_eq!(failure.code, ErrorCode::SignInNeeded);
    assert_eq!((shop.cloud.balance(), shop.cloud.done()), (3_000, 0));
    assert_eq!(at.sign_in().await.state, SignInState::Needed);
}

#[tokio::test]
async fn the_staff_name_stands_on_the_receipt_where_the_municipality_wants_it() {
    let shop = Shop::new();
    shop.cloud.rule(rule(PasswordAsked::EveryDay, StaffNameAsked::Required));
    let mut at = shop.opens_registered().await;
    assert_eq!(at.sign_in().await.state, SignInState::Needed, "a name is asked for after the registration");
    assert_eq!(at.signs_in(PASSWORD, " ").await.unwrap_err().code, ErrorCode::StaffNameMissing);
    at.signs_in(PASSWORD, "佐藤").await.unwrap();
    at.signs_in(PASSWORD, "鈴木").await.unwrap();
    let sign_in = at.sign_in().await;
    assert_eq!(
        (sign_in.signed_in_as.as_deref(), sign_in.names),
        (Some("鈴木"), vec!["鈴木".into(), "佐藤".into()])
    );
    let visit = at.taps(&shop).await;
    let key = at.uses(&visit, "1500").await.unwrap().key;
    shop.closes(at).await;
    let at = shop.opens().await;
    let receipt = at.counter.preview_receipt(OperationNamed { key }).await.unwrap();
    let staff = receipt.lines.iter().find(|line| line.text == "担当").expect("the staff's line");
    assert_eq!(staff.value.as_deref(), Some("鈴木"));
}

#[tokio::test]
async fn no_staff_name_is_kept_where_nobody_wants_it() {
    let shop = Shop::new();
    let mut at = unsigned(&shop).await;
    at.signs_in(PASSWORD, "佐藤").await.unwrap();
    assert!(at.sign_in().await.names.is_empty());
    let visit = at.taps(&shop).await;
    let key = at.uses(&visit, "1500").await.unwrap().key;
    let receipt = at.counter.preview_receipt(OperationNamed { key }).await.unwrap();
    assert!(receipt.lines.iter().all(|line| line.text != "担当"));
}

#[tokio::test]
async fn where_the_municipality_wants_it_every_start_asks_for_the_password() {
    let shop = Shop::new();
    shop.cloud.rule(rule(PasswordAsked::EveryStart, StaffNameAsked::No));
    let at = shop.opens_registered().await;
    assert_eq!(at.sign_in().await.state, SignInState::SignedIn);
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(at.sign_in().await.state, SignInState::Locked);
}

#[tokio::test]
async fn where_no_password_is_wanted_there_is_nothing_to_lock() {
    let shop = Shop::new();
    shop.cloud.rule(rule(PasswordAsked::Never, StaffNameAsked::No));
    let at = shop.opens_registered().await;
    assert_eq!(at.sign_in().await.state, SignInState::NotNeeded);
    at.counter.lock().await.unwrap();
    at.counter.list_operations().await.unwrap();
}

#[tokio::test]
async fn neither_password_nor_staff_name_stands_in_a_file() {
    let shop = Shop::new();
    shop.cloud.rule(rule(PasswordAsked::EveryDay, StaffNameAsked::Optional));
    let at = shop.opens_registered().await;
    at.signs_in(PASSWORD, "佐藤次郎").await.unwrap();
    at.counter.lock().await.unwrap();
    shop.closes(at).await;
    for file in fs::read_dir(shop.data()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for secret in [PASSWORD, "佐藤次郎"] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
        }
    }
}
