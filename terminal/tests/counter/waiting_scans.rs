//! How long a scan waited: told to the cloud as a span, since this PC's clock may be wrong by days.

use crate::cloud::Mishap;
use crate::shop::{AtCounter, Shop};
use crate::ticket_book::{code, number};
use madoguchi_wire::window::{Notice, Scan, ScanState, ScannedText, StampOf};
use std::time::Duration;

const TWO_DAYS_MS: i64 = 2 * 24 * 60 * 60 * 1000;

fn a_shop_two_days_behind() -> Shop {
    let shop = Shop { clock_ahead_ms: -TWO_DAYS_MS, ..Shop::new() };
    shop.cloud.tickets(|tickets| (1..=2).for_each(|small| tickets.issue(number(small), 500)));
    shop
}

impl AtCounter {
    async fn clears(&self, small: u64) {
        self.counter.open_pile(StampOf { site: None }).await.unwrap();
        self.counter.scan_ticket(ScannedText { text: code(small) }).await.unwrap();
    }

    async fn hears_that(&mut self, wanted: impl Fn(&Scan) -> bool) {
        let is_it = |notice: &Notice| match notice {
            Notice::Scan(told) => wanted(&told.scan).then_some(()),
            _ => None,
        };
        self.hears_at_once(is_it).await;
    }

    /// Lets time pass until the cloud has said its word to every scan.
    async fn hears_none_wait(&mut self) {
        while self.counter.look_at_clearing().await.unwrap().unconfirmed > 0 {
            self.hears(|notice| matches!(notice, Notice::Scan(_)).then_some(())).await;
        }
    }
}

fn line_is_dead(shop: &Shop) {
    (0..1_000).for_each(|_| shop.cloud.will("clear_ticket", Mishap::Unreachable));
}

fn waited(shop: &Shop) -> Vec<Duration> {
    shop.cloud.tickets(|tickets| tickets.waited.clone())
}

#[tokio::test]
async fn a_scan_that_is_sent_at_once_has_not_waited_however_wrong_the_clock_is() {
    let shop = a_shop_two_days_behind();
    let mut at = shop.opens_registered().await;
    at.clears(1).await;
    at.hears_that(|scan| matches!(scan.state, ScanState::Cleared { .. })).await;
    assert_eq!(waited(&shop), [Duration::ZERO]);
}

#[tokio::test]
async fn a_scan_that_waited_on_a_dead_line_says_how_long() {
    let shop = a_shop_two_days_behind();
    let mut at = shop.opens_registered().await;
    line_is_dead(&shop);
    at.clears(1).await;
    at.hears_that(|scan| matches!(scan.state, ScanState::Unconfirmed { failure: Some(_) })).await;
    at.clock.pass(Duration::from_hours(3));
    shop.cloud.forget_mishaps();
    at.hears_none_wait().await;
    let waited = waited(&shop);
    assert!(waited.len() == 1 && waited[0] >= Duration::from_hours(3), "{waited:?}");
    assert!(waited[0] < Duration::from_hours(4), "{waited:?}");
}

#[tokio::test]
async fn a_scan_that_waited_over_a_restart_is_counted_from_the_journal() {
    let mut shop = a_shop_two_days_behind();
    let mut at = shop.opens_registered().await;
    line_is_dead(&shop);
    at.clears(1).await;
    at.hears_that(|scan| matches!(scan.state, ScanState::Unconfirmed { failure: Some(_) })).await;
    shop.closes(at).await;
    shop.cloud.forget_mishaps();
    shop.clock_ahead_ms += 8 * 60 * 60 * 1000;
    let mut at = shop.opens().await;
    at.hears_none_wait().await;
    let waited = waited(&shop);
    assert!(waited.len() == 1 && waited[0] >= Duration::from_hours(8), "{waited:?}");
    assert!(waited[0] < Duration::from_hours(9), "{waited:?}");
}
