//! Used tickets cleared at a chamber's counter by the real cloud: numbers that are no ticket's are slowed,
//! then stopped, and hold up no ticket (row E6).

use crate::counter::{AtCounter, CHAMBER, Pc};
use crate::town::Town;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    IssueTicketArguments, Notice, OperationNamed, Scan, ScanHeard, ScanState, ScannedText, StampOf, VisitPart,
};
use std::time::Duration;

/// What a terminal may mistype for nothing on a day, and the number with which it is locked.
const FREE: u32 = 4;
const LOCKED_AT: u32 = 15;

impl AtCounter {
    /// A resident's points become a ticket; the code on its paper.
    async fn issues_a_ticket(&mut self, pc: &Pc, points: &str) -> String {
        let visit = self.taps("taro").await;
        let part = VisitPart { currency: visit.accounts[0].currency, typed: points.into() };
        let last_day = visit.ticket_days.to;
        let issue = IssueTicketArguments { visit: visit.visit, part, last_day, count: 1 };
        let issued = self.counter.issue_ticket(issue).await.unwrap();
        self.counter.print_ticket(OperationNamed { key: issued.key }).await.unwrap();
        pc.tray().tickets().last().unwrap().ticket.code.clone()
    }

    async fn begins_a_pile(&self) {
        let sites = self.counter.list_clearing_sites().await.unwrap().all;
        self.counter.open_pile(StampOf { site: sites.into_iter().next() }).await.unwrap();
    }

    /// What becomes of a scan as the clerk first sees it, after the moment in which it is under way.
    async fn scans(&mut self, text: &str) -> Scan {
        let heard = self.counter.scan_ticket(ScannedText { text: text.into() }).await.unwrap();
        let ScanHeard::Taken { told } = heard else { panic!("it is in the pile already") };
        self.hears_of(&told.scan).await
    }

    /// The next that is told of a scan.
    async fn hears_of(&mut self, scan: &Scan) -> Scan {
        self.hears(|notice| match notice {
            Notice::Scan(told) if told.scan.key == scan.key => Some(told.scan),
            _ => None,
        })
        .await
    }
}

/// A number no ticket of the town has; that one of a few was drawn is as likely as a hit of a guess.
fn no_ticket(place: u32) -> String {
    format!("{:012}", 314_159_000_000_u64 + u64::from(place))
}

fn is_cleared(scan: &Scan) -> bool {
    matches!(scan.state, ScanState::Cleared { .. })
}

/// Why it is refused, or waits.
fn why(scan: &Scan) -> Option<ErrorCode> {
    match &scan.state {
        ScanState::Refused { failure, .. } | ScanState::Unconfirmed { failure: Some(failure) } => {
            Some(failure.code)
        }
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mistyped_numbers_are_slowed_and_no_ticket_with_them() {
    let town = Town::open().await;
    let pc = Pc::named("chamber");
    let mut at = pc.opens_in(&town).await;
    at.registers(CHAMBER).await.unwrap();
    let codes = [at.issues_a_ticket(&pc, "300").await, at.issues_a_ticket(&pc, "200").await];
    at.begins_a_pile().await;
    for place in 0..=FREE {
        assert_eq!(why(&at.scans(&no_ticket(place)).await), Some(ErrorCode::TicketUnknown), "{place}");
    }
    let held = at.scans(&no_ticket(FREE + 1)).await;
    assert_eq!(why(&held), Some(ErrorCode::TicketGuessingSlowed));
    assert!(is_cleared(&at.scans(&codes[0]).await), "a ticket that proves itself is not slowed");
    assert!(is_cleared(&at.scans(&codes[1]).await));

    town.time_passes(Duration::from_mins(5));
    let known = at.hears_of(&held).await;
    assert_eq!(why(&known), Some(ErrorCode::TicketUnknown), "it was tried again by itself");
    assert_eq!(at.counter.look_at_clearing().await.unwrap().unconfirmed, 0);
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_guesses_is_locked_until_it_is_unlocked_and_still_clears_tickets() {
    let town = Town::open().await;
    let pc = Pc::named("chamber");
    let mut at = pc.opens_in(&town).await;
    at.registers(CHAMBER).await.unwrap();
    let code = at.issues_a_ticket(&pc, "300").await;
    at.begins_a_pile().await;
    for place in 0..LOCKED_AT {
        assert_eq!(why(&at.scans(&no_ticket(place)).await), Some(ErrorCode::TicketUnknown), "{place}");
        town.time_passes(Duration::from_mins(5));
    }
    let locked = at.scans(&no_ticket(LOCKED_AT)).await;
    assert_eq!(why(&locked), Some(ErrorCode::TicketGuessingLocked));
    let answer = at.counter.look_up_ticket(ScannedText { text: no_ticket(LOCKED_AT + 1) }).await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::TicketGuessingLocked);
    assert!(is_cleared(&at.scans(&code).await));

    town.unlocks_tickets(CHAMBER.id()).await;
    let again = at.scans(&no_ticket(LOCKED_AT)).await;
    assert_eq!(why(&again), Some(ErrorCode::TicketUnknown), "scanned again it is asked for");
}

/// A bundle of papers with another scheme's bar code of twelve digits.
#[tokio::test]
async fn what_was_scanned_at_a_locked_terminal_does_not_lock_it_again_by_itself() {
    const BUNDLE: u32 = 20;
    let town = Town::open().await;
    let pc = Pc::named("chamber");
    let mut at = pc.opens_in(&town).await;
    at.registers(CHAMBER).await.unwrap();
    at.begins_a_pile().await;
    for place in 0..LOCKED_AT {
        assert_eq!(why(&at.scans(&no_ticket(place)).await), Some(ErrorCode::TicketUnknown), "{place}");
        town.time_passes(Duration::from_mins(5));
    }
    for place in LOCKED_AT..LOCKED_AT + BUNDLE {
        let scan = at.scans(&no_ticket(place)).await;
        assert!(matches!(scan.state, ScanState::Refused { .. }), "{scan:?}");
        assert_eq!((why(&scan), scan.number), (Some(ErrorCode::TicketGuessingLocked), None));
    }
    assert_eq!(at.counter.look_at_clearing().await.unwrap().unconfirmed, 0);

    town.unlocks_tickets(CHAMBER.id()).await;
    town.time_passes(Duration::from_hours(1));
    drop(at);
    let mut at = pc.opens_in(&town).await;
    at.begins_a_pile().await;
    let scan = at.scans(&no_ticket(LOCKED_AT + BUNDLE)).await;
    assert_eq!(why(&scan), Some(ErrorCode::TicketUnknown), "it is not locked again");
    assert_eq!(at.counter.look_at_clearing().await.unwrap().unconfirmed, 0);
    assert_eq!(town.misses_at(CHAMBER.id()).await, LOCKED_AT + 1, "nothing was tried that nobody scanned");
    assert!(town.books_are_right().await);
}
