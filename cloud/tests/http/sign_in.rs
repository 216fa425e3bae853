//! `sign_in` and `sign_out`: the terminal password before everything about points (row A8).

use crate::actors::{Device, Terminal, Town, WITHIN, a_key, kawasaki, soon};
use madoguchi_cloud::identity::password::TerminalPassword;
use madoguchi_cloud::identity::sign_in::{self, SignIn};
use madoguchi_cloud::operator::{municipality, terminal};
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule, StaffName, StaffNameAsked};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    ListOperationsAnswer, OpenSessionAnswer, OperationAnswer, Refusal, SignInAnswer, SignOutAnswer, SignedIn,
};
use serde_json::json;

const NEEDED: (u16, ErrorCode) = (401, ErrorCode::SignInNeeded);
const WRONG: (u16, ErrorCode) = (401, ErrorCode::WrongTerminalPassword);
const SLOWED: (u16, ErrorCode) = (429, ErrorCode::PasswordSlowed);

/// A shop with an open session in which nobody has signed in.
async fn unsigned(town: &Town) -> Terminal {
    let mut shop = town.greengrocer().await;
    assert!(shop.registers().await.status.is_success());
    shop.goes_on().await;
    shop
}

async fn signed_in(shop: &Terminal) -> SignedIn {
    shop.signs_in().await.ok::<SignInAnswer>().sign_in
}

async fn session_of(shop: &Terminal) -> OpenSessionAnswer {
    shop.opens_session().await.ok()
}

fn rule(password: PasswordAsked, staff_name: StaffNameAsked) -> SignInRule {
    SignInRule { password, staff_name }
}

async fn set_rule(town: &Town, rule: SignInRule) {
    town.write(move |write| municipality::set_sign_in(write, kawasaki(), rule)).await;
    // From each terminal's next session on, and from its next request a moment later.
    tokio::time::sleep(WITHIN).await;
}

#[tokio::test]
async fn everything_about_points_wants_the_password() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = unsigned(&town).await;
    assert_eq!(shop.looks_up(&hanako).await.code(), NEEDED);
    assert_eq!(shop.post("use_points", &shop.uses(1).request("00")).await.code(), NEEDED);
    assert_eq!(shop.voids(a_key()).await.code(), NEEDED);
    assert_eq!(shop.post("list_operations", &json!({})).await.code(), NEEDED);
    let period = json!({ "from": "2026-11-20", "to": "2026-11-20" });
    assert_eq!(shop.post("site_statement", &period).await.code(), NEEDED);
    signed_in(&shop).await;
    shop.uses(1_000).from(&hanako).await.done();
}

#[tokio::test]
async fn what_was_declined_for_want_of_a_sign_in_is_not_remembered() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (key, visit) = (a_key(), shop.visit(&hanako).await);
    shop.signs_out(&signed_in(&shop).await).await.ok::<SignOutAnswer>();
    assert_eq!(shop.uses(1_000).under(key).during(&visit).from(&hanako).await.code(), NEEDED);
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
    signed_in(&shop).await;
    shop.uses(1_000).under(key).during(&visit).from(&hanako).await.done();
}

#[tokio::test]
async fn a_terminal_learns_what_became_of_its_keys_without_a_password() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let key = a_key();
    let done = shop.uses(1_000).under(key).from(&hanako).await.done();
    shop.signs_out(&signed_in(&shop).await).await.ok::<SignOutAnswer>();
    assert_eq!(shop.resolves(key).await.done(), done);
    assert_eq!(
        shop.resolves(a_key()).await.ok::<OperationAnswer>(),
        OperationAnswer::Refused(Refusal::Abandoned)
    );
}

#[tokio::test]
async fn a_sign_in_lasts_until_midnight_in_japan_however_often_the_session_is_renewed() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let mut shop = town.greengrocer().await.at_work().await;
    for time in ["2026-11-20T12:16:00+09:00", "2026-11-20T23:50:00+09:00"] {
        town.it_is(time);
        shop.goes_on().await;
        assert!(shop.looks_up(&hanako).await.status.is_success(), "{time}");
    }
    town.it_is("2026-11-20T23:59:59.999+09:00");
    assert!(shop.looks_up(&hanako).await.status.is_success());
    town.it_is("2026-11-21T00:00:00+09:00");
    assert_eq!(shop.looks_up(&hanako).await.code(), NEEDED);
    signed_in(&shop).await;
    assert!(shop.looks_up(&hanako).await.status.is_success());
}

#[tokio::test]
async fn a_new_session_says_whether_somebody_is_signed_in() {
    let town = Town::open().await;
    let shop = unsigned(&town).await;
    let before = session_of(&shop).await;
    assert_eq!((before.sign_in, before.profile.sign_in), (None, SignInRule::default()));
    let sign_in = signed_in(&shop).await;
    assert_eq!(sign_in.until_ms - sign_in.from_ms, 12 * 60 * 60 * 1000, "from noon to midnight");
    assert_eq!(session_of(&shop).await.sign_in, Some(sign_in.clone()));
    shop.signs_out(&sign_in).await.ok::<SignOutAnswer>();
    assert_eq!(session_of(&shop).await.sign_in, None);
}

#[tokio::test]
async fn a_lock_ends_its_own_sign_in_and_no_later_one() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = unsigned(&town).await;
    let morning = signed_in(&shop).await;
    shop.signs_out(&morning).await.ok::<SignOutAnswer>();
    assert_eq!(shop.looks_up(&hanako).await.code(), NEEDED);
    town.seconds_pass(60);
    signed_in(&shop).await;
    shop.signs_out(&morning).await.ok::<SignOutAnswer>();
    assert!(shop.looks_up(&hanako).await.status.is_success(), "a lock that arrives late locks nobody out");
}

#[tokio::test]
async fn wrong_passwords_are_slowed_more_and_more() {
    let town = Town::open().await;
    let shop = unsigned(&town).await;
    for _ in 0..3 {
        assert_eq!(shop.signs_in_with("wrong2345").await.code(), WRONG);
    }
    let slowed = shop.signs_in().await;
    assert_eq!((slowed.code(), slowed.retry_after.as_deref()), (SLOWED, Some("2")));
    town.seconds_pass(2);
    assert_eq!(shop.signs_in_with("wrong2345").await.code(), WRONG);
    assert_eq!(shop.signs_in().await.retry_after.as_deref(), Some("4"));
    town.seconds_pass(4);
    signed_in(&shop).await;
    assert_eq!(
        shop.signs_in_with("wrong2345").await.code(),
        WRONG,
        "the right password forgets the wrong ones"
    );
}

#[tokio::test]
async fn wrong_passwords_end_no_sign_in() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    for _ in 0..4 {
        shop.signs_in_with("wrong2345").await.problem();
    }
    assert!(shop.looks_up(&hanako).await.status.is_success());
}

#[tokio::test]
async fn an_outsider_with_the_password_signs_in_nowhere_and_keeps_nobody_out() {
    let town = Town::open().await;
    let shop = unsigned(&town).await;
    let mut outsider = shop.on(Device::named("another PC"));
    assert_eq!(outsider.signs_in().await.code(), (401, ErrorCode::SessionEnded));
    outsider.token = Some("ab".repeat(32));
    assert_eq!(outsider.signs_in().await.code(), (401, ErrorCode::SessionEnded));
    // From the shop's own address, too: a router has one for everybody behind it.
    outsider.source.clone_from(&shop.source);
    for _ in 0..5 {
        outsider.begins_registration("wrong2345").await.problem();
    }
    assert_eq!(outsider.begins_registration("yaoya2345").await.code(), SLOWED);
    signed_in(&shop).await;
}

#[tokio::test]
async fn a_sign_in_is_one_terminals() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let mut second = town.greengrocers_second().await;
    assert!(second.registers().await.status.is_success());
    second.goes_on().await;
    assert_eq!(second.looks_up(&hanako).await.code(), NEEDED);
    let of_the_shop = signed_in(&shop).await;
    second.signs_out(&of_the_shop).await.ok::<SignOutAnswer>();
    assert!(shop.looks_up(&hanako).await.status.is_success(), "no terminal signs another one out");
}

#[tokio::test]
async fn a_suspension_and_a_release_end_the_sign_in() {
    let town = Town::open().await;
    let mut shop = town.greengrocer().await.at_work().await;
    let (id, now_ms) = (shop.id, town.cloud.clock.now_ms());
    town.write(move |write| terminal::suspend(write, id, now_ms)).await;
    town.write(move |write| terminal::resume(write, id)).await;
    assert_eq!(session_of(&shop).await.sign_in, None);
    signed_in(&shop).await;
    town.write(move |write| {
        terminal::release(write, id, &TerminalPassword::chosen("yaoya2345").unwrap(), now_ms)
    })
    .await;
    assert!(shop.registers().await.status.is_success());
    shop.goes_on().await;
    assert_eq!(session_of(&shop).await.sign_in, None, "a new registration begins without a sign-in");
    assert_eq!(shop.looks_up(&town.resident().await).await.code(), NEEDED);
}

#[tokio::test]
async fn a_municipality_that_wants_no_password_is_asked_for_none() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = unsigned(&town).await;
    assert_eq!(shop.looks_up(&hanako).await.code(), NEEDED);
    set_rule(&town, rule(PasswordAsked::Never, StaffNameAsked::No)).await;
    shop.uses(1_000).from(&hanako).await.done();
    assert_eq!(session_of(&shop).await.profile.sign_in.password, PasswordAsked::Never);
    set_rule(&town, rule(PasswordAsked::EveryStart, StaffNameAsked::No)).await;
    assert_eq!(shop.looks_up(&hanako).await.code(), NEEDED);
}

#[tokio::test]
async fn the_staff_name_stands_in_the_days_list_where_the_municipality_wants_it() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = unsigned(&town).await;
    let unwanted: SignInAnswer = shop.signs_in_as("佐藤").await.ok();
    assert_eq!(unwanted.sign_in.staff_name, None, "a name nobody wants is not kept");

    set_rule(&town, rule(PasswordAsked::EveryDay, StaffNameAsked::Required)).await;
    assert_eq!(shop.signs_in().await.code(), (422, ErrorCode::StaffNameMissing));
    for (staff_name, points) in [("佐藤", 100), ("鈴木", 200)] {
        town.seconds_pass(60);
        let answer: SignInAnswer = shop.signs_in_as(staff_name).await.ok();
        assert_eq!(answer.sign_in.staff_name.as_ref().map(StaffName::as_str), Some(staff_name));
        town.seconds_pass(60);
        shop.uses(points).from(&hanako).await.done();
    }
    let day: ListOperationsAnswer = shop.post("list_operations", &json!({})).await.ok();
    let named: Vec<_> =
        day.operations.iter().map(|o| (o.points, o.staff_name.as_ref().map(StaffName::as_str))).collect();
    assert_eq!(named, [(200, Some("鈴木")), (100, Some("佐藤"))]);

    set_rule(&town, rule(PasswordAsked::EveryDay, StaffNameAsked::No)).await;
    let day: ListOperationsAnswer = shop.post("list_operations", &json!({})).await.ok();
    assert!(day.operations.iter().all(|operation| operation.staff_name.is_none()));
}

#[tokio::test]
async fn a_name_that_is_none_is_not_taken() {
    let town = Town::open().await;
    let shop = unsigned(&town).await;
    for name in ["", "　", "a\nb", &"あ".repeat(31)] {
        assert_eq!(shop.signs_in_as(name).await.code(), (422, ErrorCode::Malformed), "{name:?}");
    }
}

#[tokio::test]
async fn another_processs_sign_in_holds_at_once_and_its_lock_within_a_second() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = unsigned(&town).await;
    let (id, now_ms) = (shop.id, town.cloud.clock.now_ms());
    assert_eq!(shop.looks_up(&hanako).await.code(), NEEDED);
    let elsewhere = town.another_process();
    let begun = SignIn { from_ms: now_ms, until_ms: now_ms + 60_000, staff_name: None };
    elsewhere.write(move |write| sign_in::begin(write, id, 1, &begun)).await.unwrap();
    assert!(shop.looks_up(&hanako).await.status.is_success());
    elsewhere.write(move |write| sign_in::end(write, id, now_ms, now_ms)).await.unwrap();
    soon(Some(ErrorCode::SignInNeeded), async || shop.looks_up(&hanako).await).await;
}
