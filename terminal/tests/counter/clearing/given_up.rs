//! Scans that are not asked for again: because nothing proves their number and too many were no ticket's, or because
//! the clerk does not want them any more.

use super::{POINTS, assert_only_hashes_are_kept, is_cleared, refused_with, with_tickets};
use crate::cloud::Mishap;
use crate::ticket_book::{code, number};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{Scan, ScanNamed, ScanState};

const NO_TICKET: &str = "9999 9999 9999";

#[tokio::test]
async fn a_number_that_may_not_be_tried_now_holds_up_no_ticket_behind_it() {
    let shop = with_tickets(2);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    shop.cloud.will("clear_ticket", Mishap::Problem(ErrorCode::TicketGuessingSlowed));
    let typed = at.scans(NO_TICKET).await;
    let told = at.hears_scan_at_once(|told| told.key == typed.key).await;
    let ScanState::Unconfirmed { failure: Some(failure) } = &told.state else { panic!("{told:?}") };
    assert_eq!(failure.code, ErrorCode::TicketGuessingSlowed);
    for small in 1..=2 {
        let scan = at.scans(&code(small)).await;
        assert_eq!(scan.state, ScanState::UnderWay, "it is sent at once");
        let told = at.hears_scan_at_once(|told| told.key == scan.key).await;
        assert!(is_cleared(&told), "{told:?}");
    }
    assert_eq!(shop.cloud.calls("clear_ticket"), 2, "what is held is not sent meanwhile");
    let told = at.hears_scan(|told| told.key == typed.key && refused_with(told).is_some()).await;
    assert_eq!(refused_with(&told), Some(ErrorCode::TicketUnknown), "it is tried once more by itself");
}

#[tokio::test]
async fn a_number_that_may_not_be_tried_any_more_is_given_up_and_kept_only_as_a_hash() {
    use ErrorCode::{TicketGuessingLocked, TicketGuessingSlowed};
    for (problems, why) in [
        (vec![TicketGuessingLocked], TicketGuessingLocked),
        (vec![TicketGuessingSlowed, TicketGuessingSlowed], TicketGuessingSlowed),
        (vec![TicketGuessingSlowed, TicketGuessingLocked], TicketGuessingLocked),
    ] {
        let shop = with_tickets(0);
        let mut at = shop.opens_registered().await;
        at.begins_pile().await;
        for problem in &problems {
            shop.cloud.will("clear_ticket", Mishap::Problem(*problem));
        }
        let typed = at.scans(NO_TICKET).await;
        let told = at.hears_scan(|told| told.key == typed.key && refused_with(told).is_some()).await;
        assert_eq!((refused_with(&told), told.number), (Some(why), None));
        assert_eq!(at.counter.look_at_clearing().await.unwrap().unconfirmed, 0);
        let asked = shop.cloud.calls("clear_ticket");
        shop.closes(at).await;
        assert_only_hashes_are_kept(&shop);

        let mut at = shop.opens().await;
        assert_eq!(at.counter.look_at_clearing().await.unwrap().unconfirmed, 0);
        at.begins_pile().await;
        let again = at.scans(NO_TICKET).await;
        let told = at.hears_scan(|told| told.key == again.key && refused_with(told).is_some()).await;
        assert_eq!(refused_with(&told), Some(ErrorCode::TicketUnknown), "scanned again it is asked for");
        assert_eq!(
            shop.cloud.calls("clear_ticket"),
            asked + 1,
            "{why:?}: what was given up is not asked again"
        );
        assert_eq!(at.pile().await.sums.refused, 1, "{why:?}: it is one paper");
    }
}

#[tokio::test]
async fn what_took_place_before_it_was_given_up_is_said_to_have_taken_place() {
    let shop = with_tickets(1);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    shop.cloud.will("clear_ticket", Mishap::AnswerLost);
    shop.cloud.will("clear_ticket", Mishap::Problem(ErrorCode::TicketGuessingLocked));
    at.scans(&number(1).spaced()).await;
    at.hears_scan(is_cleared).await;
    let sums = at.pile().await.sums;
    assert_eq!((sums.cleared, sums.points, shop.cloud.tickets(|tickets| tickets.cleared())), (1, POINTS, 1));
}

#[tokio::test]
async fn a_clerk_gives_up_a_scan_that_waits() {
    let shop = with_tickets(2);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    for _ in 0..1_000 {
        shop.cloud.will("clear_ticket", Mishap::Unreachable);
    }
    let scan = at.scans(&code(1)).await;
    at.hears_scan(|told| matches!(told.state, ScanState::Unconfirmed { .. })).await;
    let named = || ScanNamed { key: scan.key };
    shop.cloud.will("resolve_operation", Mishap::Unreachable);
    let told = loop {
        match at.counter.drop_scan(named()).await {
            Ok(told) => break told,
            // While the line is dead nothing is decided, and just now it may be on its way.
            Err(failure) => {
                let passes = [ErrorCode::CloudUnreachable, ErrorCode::ScanNotWaiting];
                assert!(passes.contains(&failure.code), "{failure:?}");
                tokio::task::yield_now().await;
            }
        }
    };
    assert!(!shop.cloud.is_expecting("resolve_operation"), "the first try found no line");
    assert_eq!(refused_with(&told.scan), Some(ErrorCode::ScanDropped));
    assert!(told.scan.number.is_some(), "the clerk can find the paper");
    assert_eq!(at.counter.drop_scan(named()).await.unwrap_err().code, ErrorCode::ScanNotWaiting);
    at.counter.finish_pile().await.unwrap();
    let standing = at.counter.look_at_clearing().await.unwrap();
    assert_eq!((standing.unconfirmed, standing.found_later.len()), (0, 0), "whoever gave it up knows");
    shop.cloud.forget_mishaps();
    let sent = shop.cloud.calls("clear_ticket");
    shop.closes(at).await;

    let mut at = shop.opens().await;
    at.begins_pile().await;
    at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    assert_eq!(shop.cloud.calls("clear_ticket"), sent + 1, "only what was scanned anew is asked for");
}

#[tokio::test]
async fn a_scan_that_an_older_cloud_does_not_understand_waits_until_the_cloud_is_brought_up() {
    let shop = with_tickets(1);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    for _ in 0..1_000 {
        shop.cloud.will("clear_ticket", Mishap::Problem(ErrorCode::Malformed));
    }
    let scan = at.scans(&code(1)).await;
    let says_why = |told: &Scan| matches!(told.state, ScanState::Unconfirmed { failure: Some(_) });
    let told = at.hears_scan(says_why).await;
    let ScanState::Unconfirmed { failure: Some(failure) } = &told.state else { panic!("{told:?}") };
    assert_eq!((told.key, failure.code), (scan.key, ErrorCode::CloudOlder));
    shop.closes(at).await;

    let mut at = shop.opens().await;
    at.hears_scan(says_why).await;
    shop.cloud.forget_mishaps();
    let told = at.hears_scan(is_cleared).await;
    assert_eq!(told.key, scan.key, "it goes by itself");
    assert_eq!(shop.cloud.tickets(|tickets| tickets.cleared()), 1);
}
