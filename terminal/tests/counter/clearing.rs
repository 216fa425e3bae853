//! Used tickets cleared by the pile: whatever happens between the scan and the answer, none is lost.

mod afterwards;
mod given_up;

use crate::cloud::{Mishap, NOW_MS};
use crate::shop::{AtCounter, Shop};
use crate::ticket_book::{code, number, site};
use madoguchi_domain::ticket::ClearedPile;
use madoguchi_port::paper::PaperFault;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{TicketCleared, TicketFate};
use madoguchi_wire::window::{
    ClearedToday, Notice, Pile, PileNamed, PileOfSite, PrintedPaper, Scan, ScanHeard, ScanNamed, ScanState,
    ScannedText, SeenScans, StampOf,
};
use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

const POINTS: i64 = 500;

fn text(text: &str) -> ScannedText {
    ScannedText { text: text.into() }
}

impl AtCounter {
    async fn begins_pile(&self) -> Pile {
        self.counter.open_pile(StampOf { site: None }).await.unwrap()
    }

    async fn scans(&self, typed: &str) -> Scan {
        match self.counter.scan_ticket(text(typed)).await.unwrap() {
            ScanHeard::Taken { told } => told.scan,
            ScanHeard::Again { .. } => panic!("it is in the pile already"),
        }
    }

    /// The pile as it stands; opening it changes nothing.
    async fn pile(&self) -> Pile {
        self.begins_pile().await
    }

    async fn hears_scan(&mut self, wanted: impl Fn(&Scan) -> bool) -> Scan {
        self.hears(|notice| match notice {
            Notice::Scan(told) => wanted(&told.scan).then(|| told.scan.clone()),
            _ => None,
        })
        .await
    }

    /// The same while the counter's time stands still: nothing is sent again and nobody loses patience,
    /// however slow this machine is.
    async fn hears_scan_at_once(&mut self, wanted: impl Fn(&Scan) -> bool) -> Scan {
        self.hears_at_once(|notice| match notice {
            Notice::Scan(told) => wanted(&told.scan).then(|| told.scan.clone()),
            _ => None,
        })
        .await
    }

    /// Waits until the cloud has said its word to every scan.
    async fn hears_all_answered(&mut self) {
        while self.counter.look_at_clearing().await.unwrap().unconfirmed > 0 {
            self.hears_scan(|_| true).await;
        }
    }
}

fn is_cleared(scan: &Scan) -> bool {
    matches!(scan.state, ScanState::Cleared { .. })
}

fn refused_with(scan: &Scan) -> Option<ErrorCode> {
    match &scan.state {
        ScanState::Refused { failure, .. } => Some(failure.code),
        _ => None,
    }
}

fn with_tickets(count: u64) -> Shop {
    let shop = Shop::new();
    shop.cloud.tickets(|tickets| (1..=count).for_each(|small| tickets.issue(number(small), POINTS)));
    shop
}

fn elsewhere() -> TicketCleared {
    TicketCleared {
        at_ms: NOW_MS, site_name: "佐藤クリーニング店".into(), cleared_at: "みなみ商工会".into()
    }
}

#[tokio::test]
async fn a_pile_is_cleared_and_adds_up() {
    let shop = with_tickets(3);
    let mut at = shop.opens_registered().await;
    let pile = at.begins_pile().await;
    assert_eq!((pile.site.name.as_str(), pile.scans.len()), ("やまだ八百屋", 0));
    for small in 1..=3 {
        let scan = at.scans(&code(small)).await;
        assert_eq!(scan.state, ScanState::UnderWay);
        assert_eq!(scan.number, Some(number(small).spaced()));
        let told = at.hears_scan_at_once(|told| told.key == scan.key).await;
        assert!(is_cleared(&told) && told.points == Some(POINTS), "{told:?}");
    }
    let done = at.counter.finish_pile().await.unwrap();
    assert_eq!((done.sums.cleared, done.sums.points, done.sums.sites.len()), (3, 3 * POINTS, 1));
    assert_eq!(
        done.scans.first().and_then(|scan| scan.number.clone()),
        Some(number(3).spaced()),
        "newest first"
    );
    assert_eq!(shop.cloud.tickets(|tickets| tickets.cleared()), 3);
}

#[tokio::test]
async fn what_was_cleared_today_is_added_up_over_all_piles_of_the_day() {
    let shop = with_tickets(4);
    let sato = site(7, "佐藤クリーニング店");
    shop.cloud.tickets(|tickets| tickets.sites = vec![site(1, "やまだ八百屋"), sato.clone()]);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    at.scans(&code(1)).await;
    let back = at.scans(&code(2)).await;
    at.hears_all_answered().await;
    at.counter.take_back_scan(ScanNamed { key: back.key }).await.unwrap();
    at.hears_scan(|scan| scan.state == ScanState::TakenBack).await;
    at.counter.finish_pile().await.unwrap();
    at.counter.open_pile(StampOf { site: Some(sato) }).await.unwrap();
    at.scans(&code(3)).await;
    at.hears_all_answered().await;
    shop.closes(at).await;
    let at = shop.opens().await;
    let today = at.counter.look_at_clearing().await.unwrap().today;
    assert_eq!(today, ClearedToday { tickets: 2, points: 2 * POINTS, sites: 2 });
    at.clock.pass(Duration::from_hours(24));
    assert_eq!(at.counter.look_at_clearing().await.unwrap().today, ClearedToday::default());
}

/// The list of a finished pile for a site; how often it is printed now.
async fn prints(at: &AtCounter, of: PileOfSite) -> Result<u32, ErrorCode> {
    match at.counter.print_pile(of).await {
        Ok(
            PrintedPaper::File { printed, .. }
            | PrintedPaper::Queue { printed, .. }
            | PrintedPaper::Paper { printed, .. },
        ) => Ok(printed),
        Err(failure) => Err(failure.code),
    }
}

#[tokio::test]
async fn the_list_of_a_finished_pile_is_printed_as_often_as_wanted_and_says_so() {
    let shop = with_tickets(3);
    let mut at = shop.opens_registered().await;
    let site = at.begins_pile().await.site.site;
    for small in 1..=3 {
        at.scans(&code(small)).await;
    }
    at.hears_all_answered().await;
    let pile = at.pile().await;
    let of = PileOfSite { pile: pile.sums.pile, site };
    assert_eq!(prints(&at, of).await, Err(ErrorCode::UnknownOperation), "it is not finished");
    let last = pile.scans[0].key;
    at.counter.take_back_scan(ScanNamed { key: last }).await.unwrap();
    at.hears_scan(|scan| scan.key == last && scan.state == ScanState::TakenBack).await;
    at.counter.finish_pile().await.unwrap();

    shop.tray.refuse(Some(PaperFault::PaperOut));
    assert_eq!(prints(&at, of).await, Err(ErrorCode::PaperOut));
    shop.tray.refuse(None);
    assert_eq!((prints(&at, of).await, prints(&at, of).await), (Ok(1), Ok(2)));
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(prints(&at, of).await, Ok(3));
    assert_eq!(prints(&at, PileOfSite { pile: 7, ..of }).await, Err(ErrorCode::UnknownOperation));

    let lists: Vec<ClearedPile> = shop.tray.piles().into_iter().map(|taken| taken.pile).collect();
    assert_eq!(lists.iter().map(|list| list.printed_before).collect::<Vec<_>>(), [0, 1, 2]);
    let numbers: Vec<_> = lists[0].tickets.iter().map(|ticket| ticket.number).collect();
    assert_eq!((numbers, lists[0].points()), (vec![number(1), number(2)], 2 * POINTS));
    assert_eq!(lists[0].site, "やまだ八百屋");
}

#[tokio::test]
async fn a_ticket_that_is_in_the_pile_already_is_said_to_be_so_and_not_sent() {
    let shop = with_tickets(1);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    shop.cloud.will("clear_ticket", Mishap::Held);
    let first = at.scans(&code(1)).await;
    for typed in [code(1), code(1).to_lowercase(), number(1).spaced()] {
        let again = at.counter.scan_ticket(text(&typed)).await.unwrap();
        assert!(matches!(again, ScanHeard::Again { first: scan } if scan.key == first.key), "{typed}");
    }
    shop.cloud.let_go();
    at.hears_scan(is_cleared).await;
    let again = at.counter.scan_ticket(text(&code(1))).await.unwrap();
    assert!(matches!(again, ScanHeard::Again { .. }));
    assert_eq!(shop.cloud.calls("clear_ticket"), 1);
}

#[tokio::test]
async fn what_is_no_ticket_is_neither_sent_nor_kept() {
    let shop = with_tickets(0);
    let at = shop.opens_registered().await;
    at.begins_pile().await;
    for typed in ["https://example.jp/a", "4901234567894", "123456", "T1.141305.1"] {
        let refused = at.counter.scan_ticket(text(typed)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotATicket, "{typed}");
    }
    assert_eq!((shop.cloud.calls("clear_ticket"), at.pile().await.scans.len()), (0, 0));
}

#[tokio::test]
async fn no_scan_waits_for_the_one_before_it() {
    let shop = with_tickets(2);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    shop.cloud.will("clear_ticket", Mishap::Held);
    let slow = at.scans(&code(1)).await;
    let fast = at.scans(&code(2)).await;
    let told = at.hears_scan(is_cleared).await;
    assert_eq!(told.key, fast.key);
    shop.cloud.let_go();
    let told = at.hears_scan(|scan| is_cleared(scan) && scan.key == slow.key).await;
    assert_eq!(told.key, slow.key);
}

#[tokio::test]
async fn each_mishap_on_the_way_leaves_it_unconfirmed_until_it_is_known() {
    use Mishap::{AnswerLost, LostOnTheWay, Nonsense, Problem, Unreachable};
    for mishap in [
        AnswerLost,
        LostOnTheWay,
        Unreachable,
        Nonsense,
        Problem(ErrorCode::TooManyRequests),
        Problem(ErrorCode::CloudFailed),
    ] {
        let shop = with_tickets(1);
        let mut at = shop.opens_registered().await;
        at.begins_pile().await;
        shop.cloud.will("clear_ticket", mishap);
        let scan = at.scans(&code(1)).await;
        let told = at.hears_scan_at_once(|told| told.key == scan.key).await;
        assert!(matches!(told.state, ScanState::Unconfirmed { failure: Some(_) }), "{mishap:?} {told:?}");
        let told = at.hears_scan(is_cleared).await;
        assert_eq!((told.key, shop.cloud.done()), (scan.key, 1), "{mishap:?}");
        assert_eq!(shop.cloud.calls("resolve_operation"), 0, "asking would make the key void");
    }
}

#[tokio::test]
async fn while_one_waits_the_next_wait_behind_it_and_all_arrive_in_order() {
    let shop = with_tickets(4);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    for _ in 0..1_000 {
        shop.cloud.will("clear_ticket", Mishap::Unreachable);
    }
    let mut scanned = Vec::new();
    for small in 1..=4 {
        let scan = at.scans(&code(small)).await;
        if scan.state == ScanState::UnderWay {
            at.hears_scan(|told| told.key == scan.key && told.state != ScanState::UnderWay).await;
        }
        scanned.push(scan.key);
    }
    shop.cloud.forget_mishaps();
    let mut cleared = Vec::new();
    while cleared.len() < 4 {
        cleared.push(at.hears_scan(is_cleared).await.key);
    }
    assert_eq!(cleared, scanned);
    assert_eq!(at.pile().await.sums.points, 4 * POINTS);
}

#[tokio::test]
async fn a_conflict_that_becomes_known_after_the_pile_was_finished_is_listed_until_it_is_seen() {
    let shop = with_tickets(1);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    for _ in 0..100 {
        shop.cloud.will("clear_ticket", Mishap::Unreachable);
    }
    at.scans(&code(1)).await;
    at.hears_scan(|scan| matches!(scan.state, ScanState::Unconfirmed { .. })).await;
    let done = at.counter.finish_pile().await.unwrap();
    assert_eq!((done.sums.cleared, done.sums.unconfirmed), (0, 1));
    shop.cloud.tickets(|tickets| tickets.becomes(number(1), TicketFate::Cleared(elsewhere())));
    shop.closes(at).await;

    shop.cloud.forget_mishaps();
    let mut at = shop.opens().await;
    at.hears_all_answered().await;
    let standing = at.counter.look_at_clearing().await.unwrap();
    let [found] = &standing.found_later[..] else { panic!("{standing:?}") };
    let ScanState::Refused { cleared, .. } = &found.state else { panic!("{found:?}") };
    assert_eq!(cleared.as_ref(), Some(&elsewhere()), "it says when and where");
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(at.counter.look_at_clearing().await.unwrap().found_later.len(), 1, "nobody has seen it");
    let seen = |keys| SeenScans { keys };
    at.counter.acknowledge_found_later(seen(Vec::new())).await.unwrap();
    assert_eq!(at.counter.look_at_clearing().await.unwrap().found_later.len(), 1, "nobody was shown it");
    at.counter.acknowledge_found_later(seen(vec![found.key])).await.unwrap();
    assert!(at.counter.look_at_clearing().await.unwrap().found_later.is_empty());
}

#[tokio::test]
async fn the_power_may_fail_around_every_write_and_no_scan_is_lost_or_cleared_twice() {
    let mut outlived = 0;
    for moments in 0..40 {
        let mut shop = with_tickets(3);
        let at = shop.opens_registered().await;
        at.begins_pile().await;
        shop.closes(at).await;
        shop.power = moments;
        let mut at = shop.opens().await;
        let mut taken = BTreeSet::new();
        for small in 1..=3 {
            if let Ok(ScanHeard::Taken { told }) = at.counter.scan_ticket(text(&code(small))).await {
                taken.insert(told.scan.key);
            }
        }
        if taken.len() == 3 {
            let back = *taken.first().unwrap();
            let told = at.counter.take_back_scan(ScanNamed { key: back }).await;
            outlived += usize::from(told.is_ok());
        }
        shop.closes(at).await;

        shop.power = i64::MAX;
        at = shop.opens().await;
        at.hears_all_answered().await;
        let pile = at.pile().await;
        let kept: BTreeSet<_> = pile.scans.iter().map(|scan| scan.key).collect();
        assert!(kept.is_superset(&taken), "after {moments}: what the clerk saw is in the pile");
        let cleared = pile.scans.iter().filter(|scan| is_cleared(scan)).count();
        assert_eq!(cleared, shop.cloud.tickets(|tickets| tickets.cleared()), "after {moments}");
        assert_eq!(usize::try_from(pile.sums.cleared).unwrap(), cleared, "after {moments}");
    }
    assert!(outlived > 0, "the power lasted to the end at least once");
}

#[tokio::test]
async fn a_pile_goes_on_after_a_restart() {
    let shop = with_tickets(2);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    shop.closes(at).await;

    let mut at = shop.opens().await;
    let open = at.counter.look_at_clearing().await.unwrap().open.expect("the pile is open");
    assert_eq!((open.sums.cleared, open.sums.points), (1, POINTS));
    at.begins_pile().await;
    let again = at.counter.scan_ticket(text(&code(1))).await.unwrap();
    assert!(matches!(again, ScanHeard::Again { .. }), "what was scanned before the restart counts");
    at.scans(&code(2)).await;
    at.hears_scan(is_cleared).await;
    assert_eq!(at.pile().await.sums.cleared, 2);
}

#[tokio::test]
async fn a_clearing_taken_back_may_be_scanned_anew() {
    let shop = with_tickets(1);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    let scan = at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    shop.cloud.will("unclear_ticket", Mishap::AnswerLost);
    let told = at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap();
    assert_eq!(told.scan.state, ScanState::TakingBack);
    let told = at.hears_scan(|scan| scan.state == ScanState::TakenBack).await;
    assert_eq!((told.key, shop.cloud.tickets(|tickets| tickets.cleared())), (scan.key, 0));
    assert_eq!(at.pile().await.sums.cleared, 0);
    let refused = at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ScanNotCleared);
    at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    assert_eq!(at.pile().await.sums.cleared, 1);
}

#[tokio::test]
async fn what_cannot_be_taken_back_after_the_pile_was_finished_is_listed_until_it_is_seen() {
    use Mishap::{Problem, Unreachable};
    let declined = [
        (vec![Problem(ErrorCode::FunctionNotAllowed)], ErrorCode::ClearingNotAllowed),
        (vec![Unreachable, Problem(ErrorCode::Malformed)], ErrorCode::ClearingNotUnderstood),
    ];
    for (mishaps, code_told) in declined {
        let shop = with_tickets(2);
        let mut at = shop.opens_registered().await;
        at.begins_pile().await;
        at.scans(&code(2)).await;
        at.hears_scan(is_cleared).await;
        let scan = at.scans(&code(1)).await;
        at.hears_scan(is_cleared).await;
        shop.cloud.will("unclear_ticket", Mishap::Held);
        at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap();
        let done = at.counter.finish_pile().await.unwrap();
        assert_eq!((done.sums.cleared, done.sums.unconfirmed), (1, 1), "its answer is awaited");
        while shop.cloud.is_expecting("unclear_ticket") {
            tokio::task::yield_now().await;
        }
        for mishap in &mishaps {
            shop.cloud.will("unclear_ticket", *mishap);
        }
        shop.closes(at).await;

        let mut at = shop.opens().await;
        at.hears_all_answered().await;
        for _ in 0..2 {
            let standing = at.counter.look_at_clearing().await.unwrap();
            let [found] = &standing.found_later[..] else { panic!("{standing:?}") };
            let ScanState::Cleared { not_taken_back: Some(failure) } = &found.state else {
                panic!("{found:?}")
            };
            assert_eq!((found.key, failure.code), (scan.key, code_told));
            let last = standing.last.unwrap().sums;
            assert_eq!((last.cleared, last.points, last.unconfirmed), (2, 2 * POINTS, 0), "it counts again");
            let listed = at.counter.list_piles().await.unwrap();
            assert_eq!((listed[0].sums.cleared, listed[0].sums.points), (2, 2 * POINTS));
            shop.closes(at).await;
            at = shop.opens().await;
        }
        at.counter.acknowledge_found_later(SeenScans { keys: vec![scan.key] }).await.unwrap();
        assert!(at.counter.look_at_clearing().await.unwrap().found_later.is_empty());
        // Tried once more it can still be taken back.
        at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap();
        at.hears_scan(|told| told.state == ScanState::TakenBack).await;
        let standing = at.counter.look_at_clearing().await.unwrap();
        assert_eq!((standing.last.unwrap().sums.cleared, standing.found_later.len()), (1, 0));
    }
}

#[tokio::test]
async fn what_cannot_be_taken_back_while_the_pile_is_open_is_said_there_and_not_listed() {
    let shop = with_tickets(1);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    let scan = at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    shop.cloud.will("unclear_ticket", Mishap::Problem(ErrorCode::FunctionNotAllowed));
    at.counter.take_back_scan(ScanNamed { key: scan.key }).await.unwrap();
    at.hears_scan(|told| matches!(told.state, ScanState::Cleared { not_taken_back: Some(_) })).await;
    let done = at.counter.finish_pile().await.unwrap();
    assert_eq!((done.sums.cleared, done.sums.unconfirmed), (1, 0));
    assert!(at.counter.look_at_clearing().await.unwrap().found_later.is_empty());
}

#[tokio::test]
async fn each_scan_goes_to_the_site_whose_stamp_was_chosen_before_it() {
    let shop = with_tickets(2);
    let sato = site(7, "佐藤クリーニング店");
    shop.cloud.tickets(|tickets| tickets.sites = vec![site(1, "やまだ八百屋"), sato.clone()]);
    let mut at = shop.opens_registered().await;
    assert!(at.counter.list_clearing_sites().await.unwrap().recent.is_empty());
    at.begins_pile().await;
    at.scans(&code(1)).await;
    at.hears_scan(is_cleared).await;
    at.counter.open_pile(StampOf { site: Some(sato.clone()) }).await.unwrap();
    at.scans(&code(2)).await;
    at.hears_scan(is_cleared).await;
    let sums = at.counter.finish_pile().await.unwrap().sums;
    let listed: Vec<_> =
        sums.sites.iter().map(|sum| (sum.site.name.as_str(), sum.cleared, sum.points)).collect();
    assert_eq!(listed, [("やまだ八百屋", 1, POINTS), ("佐藤クリーニング店", 1, POINTS)]);
    assert_eq!(
        at.counter.list_clearing_sites().await.unwrap().recent.first(),
        Some(&sato),
        "the last one first"
    );
}

/// Of no scan on the disk the number is kept.
fn assert_only_hashes_are_kept(shop: &Shop) {
    let connection = rusqlite::Connection::open(shop.data().join("terminal.sqlite")).unwrap();
    let mut asked = connection.prepare("select named, unmatched from scan").unwrap();
    let mut kept = 0;
    let mut rows = asked.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (named, unmatched): (Option<Vec<u8>>, Option<Vec<u8>>) =
            (row.get(0).unwrap(), row.get(1).unwrap());
        assert_eq!((named, unmatched.map(|hash| hash.len())), (None, Some(32)));
        kept += 1;
    }
    assert!(kept > 0);
}

#[tokio::test]
async fn a_number_that_no_ticket_has_is_kept_only_as_a_keyed_hash() {
    let shop = with_tickets(0);
    let mut at = shop.opens_registered().await;
    at.begins_pile().await;
    at.scans("1234 5678 9012").await;
    let told = at.hears_scan(|scan| refused_with(scan).is_some()).await;
    assert_eq!(told.number, None, "it may be somebody's My Number");
    assert_eq!(at.pile().await.scans.first().map(|scan| scan.number.clone()), Some(None));
    shop.closes(at).await;
    assert_only_hashes_are_kept(&shop);
    for file in fs::read_dir(shop.data()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(12).any(|window| window == b"123456789012"));
    }
}

#[tokio::test]
async fn a_typed_number_is_shown_before_it_is_cleared() {
    let shop = with_tickets(2);
    let at = shop.opens_registered().await;
    at.begins_pile().await;
    let looked = at.counter.look_up_ticket(text("1000 0000 0001")).await.unwrap();
    assert_eq!((looked.points, looked.failure), (POINTS, None));
    shop.cloud.tickets(|tickets| tickets.becomes(number(2), TicketFate::Cleared(elsewhere())));
    let looked = at.counter.look_up_ticket(text(&number(2).to_string())).await.unwrap();
    assert!(looked.failure.is_some() && looked.cleared == Some(elsewhere()));
    at.counter.look_up_ticket(text("999999999999")).await.unwrap_err();
    assert_eq!((shop.cloud.calls("clear_ticket"), at.pile().await.scans.len()), (0, 0));
}

#[tokio::test]
async fn what_the_cloud_does_not_hear_of_becomes_a_conflict_and_is_not_asked_for_ever() {
    let refusals = [
        (Mishap::Problem(ErrorCode::FunctionNotAllowed), ErrorCode::ClearingNotAllowed),
        (Mishap::Nonsense, ErrorCode::ClearingNotUnderstood),
    ];
    for (mishap, code_told) in refusals {
        let shop = with_tickets(2);
        let mut at = shop.opens_registered().await;
        at.begins_pile().await;
        for _ in 0..100 {
            shop.cloud.will("clear_ticket", mishap);
        }
        let scan = at.scans(&code(1)).await;
        let told = at.hears_scan(|told| refused_with(told).is_some()).await;
        assert_eq!((told.key, refused_with(&told)), (scan.key, Some(code_told)), "{mishap:?}");
        assert!(told.number.is_some(), "the clerk can find the paper");
        let asked = shop.cloud.calls("clear_ticket");
        shop.cloud.forget_mishaps();
        at.scans(&code(2)).await;
        at.hears_scan(is_cleared).await;
        assert_eq!(shop.cloud.calls("clear_ticket"), asked + 1, "{mishap:?}: it is not asked again");
        shop.closes(at).await;

        let mut at = shop.opens().await;
        assert_eq!(
            (at.pile().await.sums.refused, shop.cloud.calls("clear_ticket")),
            (1, asked + 1),
            "{mishap:?}"
        );
        at.scans(&code(1)).await;
        at.hears_scan(is_cleared).await;
    }
}

#[tokio::test]
async fn finished_piles_are_found_again_and_their_lists_printed() {
    let shop = with_tickets(3);
    let mut at = shop.opens_registered().await;
    assert!(at.counter.list_piles().await.unwrap().is_empty());
    for small in 1..=2 {
        at.begins_pile().await;
        at.scans(&code(small)).await;
        at.hears_scan(is_cleared).await;
        at.counter.finish_pile().await.unwrap();
    }
    at.begins_pile().await;
    at.scans(&code(3)).await;
    at.hears_scan(is_cleared).await;
    shop.closes(at).await;

    let at = shop.opens().await;
    let piles = at.counter.list_piles().await.unwrap();
    assert_eq!(
        piles.iter().map(|pile| pile.sums.cleared).collect::<Vec<_>>(),
        [1, 1],
        "the open one is gone on with"
    );
    let oldest = piles.last().unwrap().sums.pile;
    let shown = at.counter.show_pile(PileNamed { pile: oldest }).await.unwrap();
    assert_eq!(shown.scans[0].number, Some(number(1).spaced()));
    let of = PileOfSite { pile: oldest, site: shown.site.site };
    assert_eq!(prints(&at, of).await, Ok(1));
    let open = PileNamed { pile: piles[0].sums.pile + 1 };
    assert_eq!(at.counter.show_pile(open).await.unwrap_err().code, ErrorCode::UnknownOperation);
}
