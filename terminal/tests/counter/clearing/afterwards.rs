//! What happens to a pile after its tickets were scanned: papers scanned again, clearings taken back from a finished
//! pile, clearings that became known after the list was printed, words that could not be written down.

use super::{POINTS, is_cleared, prints, refused_with, with_tickets};
use crate::cloud::Mishap;
use crate::shop::Shop;
use crate::ticket_book::{code, number, site};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::TicketFate;
use madoguchi_wire::window::{PileNamed, PileOfSite, ScanNamed, ScanState, SeenScans, StampOf};

#[tokio::test]
async fn a_refused_paper_that_is_scanned_again_is_set_aside_once() {
    let shop = with_tickets(1);
    shop.cloud.tickets(|tickets| tickets.becomes(number(1), TicketFate::Voided));
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    let mut keys = Vec::new();
    for typed in [code(1), code(1), "9999 9999 9999".into(), "9999 9999 9999".into()] {
        let scan = at.scans(&typed).await;
        at.hears_scan(|told| told.key == scan.key && refused_with(told).is_some()).await;
        keys.push(scan.key);
    }
    let pile = at.pile().await;
    assert_eq!((pile.sums.refused, pile.sums.sites[0].refused, pile.scans.len()), (2, 2, 4));
    let replaced: Vec<_> = pile.scans.iter().filter(|scan| scan.is_replaced).map(|scan| scan.key).collect();
    assert_eq!(replaced, [keys[2], keys[0]], "the later scan stands for the paper");

    shop.cloud.tickets(|tickets| tickets.becomes(number(1), TicketFate::Open));
    at.scans(&code(1)).await;
    at.hears_scan(|told| told.key == keys[1] && told.is_replaced).await;
    at.hears_all_answered().await;
    let sums = at.counter.finish_pile().await.unwrap().sums;
    assert_eq!((sums.cleared, sums.refused), (1, 1));
    shop.closes(at).await;
    let at = shop.opens().await;
    let listed = at.counter.list_piles().await.unwrap();
    assert_eq!((listed[0].sums.cleared, listed[0].sums.refused), (1, 1), "also from the disk");
}

#[tokio::test]
async fn a_clearing_of_a_finished_pile_is_taken_back_and_its_list_printed_anew() {
    let shop = with_tickets(3);
    let mut at = shop.opens_registered().await;
    for pile in [&[1, 2][..], &[3]] {
        at.begins_pile().await;
        for small in pile {
            at.scans(&code(*small)).await;
        }
        at.hears_all_answered().await;
        at.counter.finish_pile().await.unwrap();
    }
    shop.closes(at).await;

    let mut at = shop.opens().await;
    let first = at.counter.list_piles().await.unwrap().pop().unwrap().sums.pile;
    let shown = at.counter.show_pile(PileNamed { pile: first }).await.unwrap();
    let of = PileOfSite { pile: first, site: shown.site.site };
    assert_eq!(prints(&at, of).await, Ok(1));
    let scan = &shown.scans[0];
    let told = at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap();
    assert_eq!((told.scan.pile, &told.scan.state), (first, &ScanState::TakingBack));
    at.hears_scan(|told| told.key == scan.key && told.state == ScanState::TakenBack).await;
    assert_eq!(shop.cloud.tickets(|tickets| tickets.cleared()), 2);
    let shown = at.counter.show_pile(PileNamed { pile: first }).await.unwrap();
    assert_eq!((shown.sums.cleared, shown.sums.points), (1, POINTS));
    assert_eq!(prints(&at, of).await, Ok(2));
    let papers = shop.tray.piles();
    let said: Vec<_> = papers.iter().map(|taken| (taken.pile.revised, taken.pile.tickets.len())).collect();
    assert_eq!(said, [(false, 2), (true, 1)]);
    shop.closes(at).await;

    let at = shop.opens().await;
    assert_eq!(at.counter.show_pile(PileNamed { pile: first }).await.unwrap().sums.cleared, 1);
    assert_eq!(at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap_err().code, {
        ErrorCode::ScanNotCleared
    });
}

#[tokio::test]
async fn what_is_cleared_after_the_list_was_printed_is_listed_until_it_is_seen() {
    for is_printed in [true, false] {
        let shop = with_tickets(2);
        let mut at = shop.opens_registered().await;
        let site = at.begins_pile().await.site.site;
        at.scans(&code(1)).await;
        at.hears_scan(is_cleared).await;
        for _ in 0..1_000 {
            shop.cloud.will("clear_ticket", Mishap::Unreachable);
        }
        let late = at.scans(&code(2)).await;
        at.hears_scan(|scan| matches!(scan.state, ScanState::Unconfirmed { .. })).await;
        let pile = at.counter.finish_pile().await.unwrap().sums.pile;
        let of = PileOfSite { pile, site };
        if is_printed {
            assert_eq!(prints(&at, of).await, Ok(1));
        }
        shop.cloud.forget_mishaps();
        at.hears_all_answered().await;
        shop.closes(at).await;

        let at = shop.opens().await;
        let found = at.counter.look_at_clearing().await.unwrap().found_later;
        if is_printed {
            assert_eq!(found.iter().map(|scan| scan.key).collect::<Vec<_>>(), [late.key]);
            assert_eq!(found[0].state, ScanState::Cleared { not_taken_back: None });
            assert_eq!(prints(&at, of).await, Ok(2));
            at.counter.acknowledge_found_later(SeenScans { keys: vec![late.key] }).await.unwrap();
            assert!(at.counter.look_at_clearing().await.unwrap().found_later.is_empty());
        } else {
            assert!(found.is_empty(), "a list that is printed later has it");
            assert_eq!(prints(&at, of).await, Ok(1));
        }
        let last = shop.tray.piles().pop().unwrap().pile;
        assert_eq!((last.revised, last.tickets.len(), last.unconfirmed), (is_printed, 2, 0));
    }
}

#[tokio::test]
async fn a_clearing_whose_word_could_not_be_written_is_taken_back_only_once_it_is_written() {
    let shop = with_tickets(2);
    let at = shop.opens_registered().await;
    at.begins_pile().await;
    shop.closes(at).await;
    // No word to a scan goes onto this disk while the pile's stamp is the shop's own.
    let disk = rusqlite::Connection::open(shop.data().join("terminal.sqlite")).unwrap();
    let refuses = "create trigger full before update of answer on scan
                   when (select is_own from pile where pile = new.pile) = 1
                   begin select raise(abort, 'full'); end";
    disk.execute_batch(refuses).unwrap();
    drop(disk);

    let mut at = shop.opens().await;
    let scan = at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    let named = || ScanNamed { key: scan.key };
    at.counter.take_back_scan(named()).await.unwrap_err();
    assert_eq!(
        shop.cloud.calls("unclear_ticket"),
        0,
        "nothing is sent that the next start would not know of"
    );
    assert!(is_cleared(&at.pile().await.scans[0]));
    // What cannot be written of one scan holds no other up.
    let next = at.scans(&code(2)).await;
    at.hears_scan(|told| told.key == next.key && is_cleared(told)).await;

    at.counter.open_pile(StampOf { site: Some(site(7, "佐藤クリーニング店")) }).await.unwrap();
    at.counter.take_back_scan(named()).await.unwrap();
    at.hears_scan(|told| told.state == ScanState::TakenBack).await;
    shop.closes(at).await;
    let at = shop.opens().await;
    let standing = at.counter.look_at_clearing().await.unwrap();
    assert_eq!((standing.open.unwrap().sums.cleared, standing.unconfirmed), (1, 0));
    assert_eq!(shop.cloud.tickets(|tickets| tickets.cleared()), 1);
}

/// Has the disk do something by itself.
fn lays_down(shop: &Shop, trigger: &str) {
    let disk = rusqlite::Connection::open(shop.data().join("terminal.sqlite")).unwrap();
    disk.execute_batch(trigger).unwrap();
}

#[tokio::test]
async fn what_is_written_only_once_the_disk_has_room_again_is_told_then() {
    let shop = with_tickets(3);
    let at = shop.opens_registered().await;
    shop.closes(at).await;
    // No word goes onto this disk from the printing of a list to the next pile.
    lays_down(
        &shop,
        "create trigger full before update of answer on scan
         when (select count(*) from pile_paper) = 1 and (select count(*) from pile) = 1
         begin select raise(abort, 'full'); end",
    );

    let mut at = shop.opens().await;
    let site = at.begins_pile().await.site.site;
    at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    for _ in 0..1_000 {
        shop.cloud.will("clear_ticket", Mishap::Unreachable);
    }
    let late = at.scans(&code(2)).await;
    at.hears_scan(|scan| matches!(scan.state, ScanState::Unconfirmed { .. })).await;
    let pile = at.counter.finish_pile().await.unwrap().sums.pile;
    assert_eq!(prints(&at, PileOfSite { pile, site }).await, Ok(1));
    shop.cloud.forget_mishaps();
    at.hears_scan(|told| told.key == late.key && is_cleared(told)).await;

    at.begins_pile().await;
    let next = at.scans(&code(3)).await;
    at.hears_scan(|told| told.key == next.key && is_cleared(told)).await;
    let found = at.counter.look_at_clearing().await.unwrap().found_later;
    assert_eq!(
        found.iter().map(|scan| scan.key).collect::<Vec<_>>(),
        [late.key],
        "the list is to be printed anew"
    );
    at.counter.acknowledge_found_later(SeenScans { keys: vec![late.key] }).await.unwrap();
    assert!(at.counter.look_at_clearing().await.unwrap().found_later.is_empty());
    shop.closes(at).await;
    let at = shop.opens().await;
    assert!(at.counter.look_at_clearing().await.unwrap().found_later.is_empty());
    assert_eq!(prints(&at, PileOfSite { pile, site }).await, Ok(2));
    let last = shop.tray.piles().pop().unwrap().pile;
    assert_eq!((last.revised, last.tickets.len()), (true, 2));
}

#[tokio::test]
async fn what_changes_while_a_list_is_being_counted_stands_on_it() {
    let shop = with_tickets(2);
    let mut at = shop.opens_registered().await;
    let site = at.begins_pile().await.site.site;
    at.scans(&code(1)).await;
    at.scans(&code(2)).await;
    at.hears_all_answered().await;
    let pile = at.counter.finish_pile().await.unwrap().sums.pile;
    shop.closes(at).await;
    lays_down(
        &shop,
        "create trigger meanwhile after insert on pile_paper begin
             update scan set state = 'open', answer = null where seq = (select max(seq) from scan);
         end",
    );
    let at = shop.opens().await;
    assert_eq!(prints(&at, PileOfSite { pile, site }).await, Ok(1));
    let paper = shop.tray.piles().pop().unwrap().pile;
    assert_eq!((paper.tickets.len(), paper.unconfirmed), (1, 1));
}

#[tokio::test]
async fn a_scan_that_is_taken_back_from_a_finished_pile_is_not_acknowledged_away_under_way() {
    let shop = with_tickets(8);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    let mut keys = Vec::new();
    for small in 1..=8 {
        keys.push(at.scans(&code(small)).await.key);
    }
    at.hears_all_answered().await;
    at.counter.finish_pile().await.unwrap();
    at.begins_pile().await;
    for key in keys {
        let (told, seen) = tokio::join!(
            at.counter.take_back_scan(ScanNamed { key }),
            at.counter.acknowledge_found_later(SeenScans { keys: Vec::new() }),
        );
        seen.unwrap();
        assert_eq!(told.unwrap().scan.state, ScanState::TakingBack);
        at.hears_scan(|told| told.key == key && told.state == ScanState::TakenBack).await;
    }
    assert_eq!(shop.cloud.tickets(|tickets| tickets.cleared()), 0);
}
