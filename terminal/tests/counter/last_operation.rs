//! What became of the last operation, whatever happened between the click and the answer.

use crate::cloud::Mishap;
use crate::shop::{AtCounter, Shop};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{LastOperation, OperationState, Visit};

fn is_done(operation: &LastOperation) -> bool {
    matches!(operation.state, OperationState::Done { .. })
}

/// Uses points while the counter's time passes; with a line that is silent, until patience ends.
async fn uses_patiently(at: &AtCounter, visit: &Visit, typed: &str) -> LastOperation {
    at.while_time_passes(at.uses(visit, typed)).await.unwrap()
}

#[tokio::test]
async fn each_mishap_on_the_way_ends_in_the_right_word() {
    use Mishap::{AnswerLost, LostOnTheWay, Nonsense, Problem, Unreachable};
    for (mishap, took_place) in [
        (AnswerLost, true),
        (LostOnTheWay, false),
        (Unreachable, false),
        (Nonsense, false),
        (Problem(ErrorCode::TooManyRequests), false),
        (Problem(ErrorCode::CloudFailed), false),
        (Problem(ErrorCode::OperationUnresolved), false),
    ] {
        let shop = Shop::new();
        let mut at = shop.opens_registered().await;
        let visit = at.taps(&shop).await;
        shop.cloud.will("use_points", mishap);
        let used = uses_patiently(&at, &visit, "1500").await;
        if took_place {
            assert!(is_done(&used), "{mishap:?}: {:?}", used.state);
        } else {
            assert_eq!(used.state, OperationState::NotDone, "{mishap:?}");
        }
        assert_eq!(shop.cloud.done(), usize::from(took_place), "{mishap:?}");
    }
}

#[tokio::test]
async fn a_busy_cloud_is_the_reason_once_the_key_is_void() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::Problem(ErrorCode::CloudBusy));
    let used = uses_patiently(&at, &visit, "1500").await;
    let OperationState::Refused { failure } = &used.state else { panic!("{:?}", used.state) };
    assert_eq!(failure.code, ErrorCode::CloudBusy);
    assert_eq!(shop.cloud.calls("resolve_operation"), 1, "only the cloud says that it did not happen");
    let again = uses_patiently(&at, &visit, "1500").await;
    assert!(is_done(&again), "the visit can be used after all");
}

#[tokio::test]
async fn a_delayed_original_after_the_question_has_no_effect() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::Late);
    let used = uses_patiently(&at, &visit, "1500").await;
    assert_eq!(used.state, OperationState::NotDone);
    shop.cloud.deliver_late();
    assert_eq!((shop.cloud.done(), shop.cloud.balance()), (0, 3_000));
}

#[tokio::test]
async fn while_the_cloud_is_silent_it_is_being_checked_and_told_when_known() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::AnswerLost);
    for _ in 0..6 {
        shop.cloud.will("resolve_operation", Mishap::LostOnTheWay);
    }
    let used = uses_patiently(&at, &visit, "1500").await;
    assert_eq!(used.state, OperationState::Checking);
    assert_eq!(
        at.counter.acknowledge_last_operation().await.unwrap_err().code,
        ErrorCode::OperationUnresolved,
        "what is not known cannot have been seen"
    );
    assert_eq!(at.uses(&visit, "1").await.unwrap_err().code, ErrorCode::OperationUnresolved);

    let fate = at.hears_fate().await;
    assert!(is_done(&fate) && fate.key == used.key);
    at.counter.acknowledge_last_operation().await.unwrap();
    assert!(at.last().await.unwrap().acknowledged);
    assert_eq!(shop.cloud.done(), 1);
}

#[tokio::test]
async fn the_clerk_can_have_it_asked_again_at_once() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("use_points", Mishap::AnswerLost);
    for _ in 0..4 {
        shop.cloud.will("resolve_operation", Mishap::Unreachable);
    }
    let used = uses_patiently(&at, &visit, "1500").await;
    assert_eq!(used.state, OperationState::Checking);
    // No time passes here: only the clerk's asking brings it on.
    let mut asked = used;
    while asked.state == OperationState::Checking {
        let asking = at.counter.resolve_last_operation();
        asked = tokio::time::timeout(std::time::Duration::from_secs(20), async {
            tokio::select! {
                answer = asking => answer.unwrap(),
                answer = at.while_time_passes(std::future::pending()) => answer,
            }
        })
        .await
        .unwrap();
    }
    assert!(is_done(&asked));
}

#[tokio::test]
async fn the_power_is_cut_at_every_write_between_the_click_and_the_answer() {
    let mut outcomes = Vec::new();
    for moments in 0..8 {
        let mut shop = Shop::new();
        drop(shop.opens_registered().await);
        shop.power = moments;
        let mut at = shop.opens().await;
        at.hears_registered_or_is().await;
        let visit = at.taps(&shop).await;
        let told = at.while_time_passes(at.uses(&visit, "1500")).await.ok();
        drop(at);
        let took_place = shop.cloud.done() == 1;
        if told.is_some_and(|told| is_done(&told)) {
            assert!(took_place, "nobody is told of a use that is not in the books ({moments})");
        }

        shop.power = i64::MAX;
        let mut at = shop.opens().await;
        let last = match at.last().await {
            Some(last) if last.state == OperationState::Checking => Some(at.hears_fate().await),
            last => last,
        };
        match &last {
            Some(last) => {
                assert_eq!(is_done(last), took_place, "{moments}: {:?}", last.state);
                assert!(!last.acknowledged, "nobody has seen it ({moments})");
            }
            None => assert!(!took_place, "a use without a word ({moments})"),
        }
        assert_eq!(shop.cloud.balance(), if took_place { 1_500 } else { 3_000 });
        outcomes.push((last.is_some(), took_place));
    }
    for expected in [(false, false), (true, false), (true, true)] {
        assert!(outcomes.contains(&expected), "some cut leads to {expected:?}: {outcomes:?}");
    }
}

#[tokio::test]
async fn the_program_is_killed_at_every_point_of_the_exchange() {
    for mishap in [Mishap::Late, Mishap::LostOnTheWay, Mishap::AnswerLost, Mishap::Held] {
        let shop = Shop::new();
        let mut at = shop.opens_registered().await;
        let visit = at.taps(&shop).await;
        shop.cloud.will("use_points", mishap);
        shop.cloud.will("resolve_operation", Mishap::LostOnTheWay);
        {
            let using = at.uses(&visit, "1500");
            tokio::pin!(using);
            let sent = async {
                while shop.cloud.is_expecting("use_points") {
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                }
            };
            tokio::select! {
                _ = &mut using => {}
                () = sent => {}
            }
        }
        drop(at);
        shop.cloud.forget_mishaps();
        shop.cloud.let_go();

        let mut at = shop.opens().await;
        let fate = match at.last().await.expect("the intent stands in the journal") {
            last if last.state == OperationState::Checking => at.hears_fate().await,
            last => last,
        };
        if mishap == Mishap::Late {
            shop.cloud.deliver_late();
        }
        assert_eq!(is_done(&fate), shop.cloud.done() == 1, "{mishap:?}");
        assert_eq!(is_done(&fate), matches!(mishap, Mishap::AnswerLost | Mishap::Held), "{mishap:?}");
    }
}

#[tokio::test]
async fn two_clicks_at_once_are_one_use() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let (one, other) = tokio::join!(at.uses(&visit, "1500"), at.uses(&visit, "1500"));
    assert_eq!([&one, &other].iter().filter(|used| used.is_ok()).count(), 1, "{one:?} {other:?}");
    assert_eq!(shop.cloud.done(), 1);
}
