//! What the resident sees, and what of the clerk's work the resident never sees.

use crate::cloud::{CURRENCY, municipal};
use crate::shop::{AtCounter, Shop};
use madoguchi_domain::language::Language;
use madoguchi_terminal::ResidentMonitor;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    DeviceState, LastOperation, Notice, ResidentBalance, ResidentStep, ResidentSum, ResidentView, Settings,
    Theme, UsePointsArguments, Visit, VisitPart,
};

impl AtCounter {
    async fn shows(&self, step: ResidentStep) -> ResidentView {
        self.counter.show_resident(step).await.unwrap();
        self.seen()
    }

    fn seen(&self) -> ResidentView {
        self.counter.resident_screen().view
    }

    async fn hears_residents_screen(&mut self, wanted: impl Fn(&Option<DeviceState>) -> bool) {
        self.hears(|notice| match notice {
            Notice::Devices(devices) => wanted(&devices.resident_screen).then_some(()),
            _ => None,
        })
        .await;
    }
}

fn confirm(visit: u32, typed: &str, sending: bool) -> ResidentStep {
    let parts = vec![VisitPart { currency: municipal(), typed: typed.into() }];
    ResidentStep::Confirm { parts: UsePointsArguments { visit, parts }, last_day: None, sending }
}

fn amount(visit: &Visit) -> ResidentStep {
    ResidentStep::Amount { visit: visit.visit }
}

fn done(used: &LastOperation) -> ResidentStep {
    ResidentStep::Done { key: used.key }
}

fn of_1500() -> Vec<ResidentSum> {
    vec![ResidentSum { currency: CURRENCY.into(), before: 3_000, points: 1_500, after: 1_500 }]
}

#[tokio::test]
async fn a_use_is_shown_from_the_card_to_what_is_left() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    assert_eq!(at.seen(), ResidentView::Rest);
    assert_eq!(at.shows(ResidentStep::Card).await, ResidentView::Card);
    assert_eq!(at.shows(ResidentStep::Reading).await, ResidentView::Reading);
    let visit = at.taps(&shop).await;
    let accounts = vec![ResidentBalance { currency: CURRENCY.into(), points: 3_000 }];
    assert_eq!(at.shows(amount(&visit)).await, ResidentView::Balances { accounts });
    let asked = ResidentView::Ask { sums: of_1500(), last_day: None, sending: false };
    assert_eq!(at.shows(confirm(visit.visit, "１，５００", false)).await, asked);
    let answered = ResidentView::Ask { sums: of_1500(), last_day: None, sending: true };
    assert_eq!(at.shows(confirm(visit.visit, "1500", true)).await, answered);
    let used = at.uses(&visit, "1500").await.unwrap();
    assert_eq!(at.shows(done(&used)).await, ResidentView::Done { sums: of_1500(), last_day: None });
    assert_eq!(at.shows(ResidentStep::Rest).await, ResidentView::Rest);
}

#[tokio::test]
async fn what_is_not_the_visit_in_hand_is_never_shown() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let another = Visit { visit: visit.visit + 1, ..visit.clone() };
    assert_eq!(at.shows(amount(&another)).await, ResidentView::Rest);
    assert_eq!(at.shows(confirm(another.visit, "1500", false)).await, ResidentView::Rest);
}

#[tokio::test]
async fn an_amount_that_is_none_is_never_asked_about() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    for typed in ["", "0", "-1", "abc"] {
        assert_eq!(at.shows(confirm(visit.visit, typed, false)).await, ResidentView::Rest, "{typed:?}");
    }
}

#[tokio::test]
async fn a_void_shows_the_resident_nothing_of_the_clerks_work() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "1500").await.unwrap();
    let voided = at.voids(&used).await.unwrap();
    assert_eq!(at.shows(done(&voided)).await, ResidentView::Rest);
    assert_eq!(at.shows(done(&used)).await, ResidentView::Rest, "no longer the last operation");
}

#[tokio::test]
async fn balances_go_when_their_visit_ends() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    assert!(matches!(at.shows(amount(&visit)).await, ResidentView::Balances { .. }));
    at.counter.leave_visit().await.unwrap();
    assert_eq!(at.seen(), ResidentView::Rest);
    assert_eq!(at.shows(amount(&visit)).await, ResidentView::Rest);
}

#[tokio::test]
async fn the_screen_carries_the_shop_and_follows_language_and_colours() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    let mut changes = at.counter.follow_resident_screen();
    changes.mark_unchanged();
    let settings = Settings { language: Language::En, theme: Theme::Dark, ..at.counter.settings() };
    at.counter.save_settings(settings).await.unwrap();
    assert!(changes.has_changed().unwrap(), "whoever shows it is told");
    let screen = at.counter.resident_screen();
    assert!(!screen.shop.is_empty());
    assert_eq!((screen.language, screen.theme), (Language::En, Theme::Dark));
}

#[tokio::test]
async fn how_the_residents_monitor_is_stands_in_the_head_while_one_is_chosen() {
    let shop = Shop::new();
    let mut at = shop.opens().await;
    let name = || "EIZO 1280×800+1280+0".to_owned();
    at.counter.resident_monitor_is(ResidentMonitor::There(name()));
    at.hears_residents_screen(|state| *state == Some(DeviceState::Ready { name: Some(name()) })).await;
    at.counter.resident_monitor_is(ResidentMonitor::Gone(name()));
    at.hears_residents_screen(|state| match state {
        Some(DeviceState::Missing { failure }) => {
            failure.code == ErrorCode::ResidentMonitorGone && failure.what.ja.contains(&name())
        }
        _ => false,
    })
    .await;
    at.counter.resident_monitor_is(ResidentMonitor::NotChosen);
    at.hears_residents_screen(Option::is_none).await;
}
