//! What the operations do: lots, limits, several books, voids, lapses.

use crate::memory::{
    COMMAND, DAY, Memory, NOON, TODAY, asked, city, currency, done, grant, japan_date, person, points,
    prefecture, refused, terminal, use_of, use_with, void,
};
use jiff::civil::date;
use madoguchi_domain::ledger::{
    AccountTitle, Answer, Asked, IdentifiedBy, LapseLot, Limits, LotId, NextLapse, Refusal,
};
use madoguchi_domain::site::SiteId;

#[test]
fn a_use_takes_the_earliest_lots_and_says_what_is_left() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    let march = date(2027, 3, 31);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 2_000, None)));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), here, 1_000, Some(march))));
    let answer = town.post(NOON, asked(terminal(1), 3, use_of(person(1), &[(here, 400)])));
    let Answer::Done(done) = answer else { panic!("{answer:?}") };
    let part = done.parts[0];
    assert_eq!((part.before, part.points.get(), part.after), (3_000, 400, 2_600));
    assert_eq!(part.next_lapse, Some(NextLapse { points: 600, last_day: march }));
    assert_eq!(done.number.to_string(), "20261120-3");
    assert_eq!(town.balance(AccountTitle::site(here, SiteId(7))), 400);
    assert_eq!(town.balance(AccountTitle::issued(here)), -3_000);
    assert_eq!(town.violations(), []);
}

#[test]
fn points_past_their_last_day_are_neither_shown_nor_used() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 500, Some(TODAY))));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), here, 100, None)));
    let late = town.post(NOON + DAY, asked(terminal(1), 3, use_of(person(1), &[(here, 101)])));
    assert_eq!(refused(late), Refusal::Insufficient { currency: here, usable: 100 });
    let on_time = town.post(NOON, asked(terminal(1), 4, use_of(person(1), &[(here, 101)])));
    assert_eq!(
        refused(on_time),
        Refusal::Insufficient { currency: here, usable: 100 },
        "a clock set back does not bring the day back"
    );
}

#[test]
fn one_use_takes_from_two_books_or_from_none() {
    let (here, common) = (currency(city(), 1), currency(prefecture(), 1));
    let mut town = Memory::with(&[here, common]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 300, None)));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), common, 200, None)));
    let both = use_of(person(1), &[(common, 150), (here, 250)]);
    let number = done(&town.post(NOON, asked(terminal(1), 3, both)));
    let in_city = town.operations(city()).last().unwrap();
    let in_prefecture = town.operations(prefecture()).last().unwrap();
    assert_eq!((in_city.operation.act.book, in_city.operation.act.seq), (city(), number.seq));
    assert_eq!(in_city.operation.act, in_prefecture.operation.act);
    assert_eq!(in_prefecture.operation.key, None);
    let too_much = use_of(person(1), &[(here, 50), (common, 51)]);
    town.post(NOON, asked(terminal(1), 4, too_much));
    assert_eq!(town.balance(AccountTitle::resident(here, person(1))), 50);
    assert_eq!(town.balance(AccountTitle::resident(common, person(1))), 50);

    let voided = town.post(NOON, asked(terminal(1), 5, void(number.seq)));
    assert_eq!(done(&voided).book, city());
    assert_eq!(town.balance(AccountTitle::resident(here, person(1))), 300);
    assert_eq!(town.balance(AccountTitle::resident(common, person(1))), 200);
    assert_eq!(town.violations(), []);
}

#[test]
fn the_home_book_remembers_the_key_even_if_only_another_books_points_move() {
    let common = currency(prefecture(), 1);
    let mut town = Memory::with(&[common]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), common, 200, None)));
    let request = asked(terminal(1), 2, use_of(person(1), &[(common, 150)]));
    let first = town.post(NOON, request.clone());
    assert!(town.operations(city()).last().unwrap().entries.is_empty());
    assert_eq!(town.post(NOON, request), first);
    town.post(NOON, asked(terminal(1), 3, void(done(&first).seq)));
    assert_eq!(town.balance(AccountTitle::resident(common, person(1))), 200);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_void_gives_back_to_the_same_lots_and_to_the_day() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    let limits = Limits { per_use: None, per_day: Some(points(500)) };
    let limited = |amount| use_with(person(1), &[(here, amount)], IdentifiedBy::Certificate, limits);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 300, Some(TODAY))));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), here, 700, None)));
    let account = AccountTitle::resident(here, person(1));
    let lots = town.account(account).unwrap().lots.clone();
    let used = done(&town.post(NOON, asked(terminal(1), 3, limited(500))));
    let over = town.post(NOON, asked(terminal(1), 4, limited(1)));
    assert_eq!(refused(over), Refusal::OverLimitPerDay { limit: points(500), left: 0 });
    town.post(NOON, asked(terminal(1), 5, void(used.seq)));
    assert_eq!(town.account(account).unwrap().lots, lots);
    done(&town.post(NOON, asked(terminal(1), 6, limited(500))));
    assert_eq!(town.violations(), []);
}

#[test]
fn a_signed_use_is_neither_limited_nor_counted() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    let limits = Limits { per_use: Some(points(100)), per_day: Some(points(100)) };
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 1_000, None)));
    let signed = use_with(person(1), &[(here, 900)], IdentifiedBy::Signature, limits);
    let number = done(&town.post(NOON, asked(terminal(1), 2, signed)));
    let unsigned = use_with(person(1), &[(here, 100)], IdentifiedBy::Certificate, limits);
    done(&town.post(NOON, asked(terminal(1), 3, unsigned)));
    town.post(NOON, asked(terminal(1), 4, void(number.seq)));
    assert_eq!(town.violations(), [], "voiding the signed use gives nothing back to the day");
}

#[test]
fn the_daily_limit_begins_anew_at_midnight_in_japan() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    let limits = Limits { per_use: None, per_day: Some(points(500)) };
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 5_000, None)));
    let to_the_limit = || use_with(person(1), &[(here, 500)], IdentifiedBy::Certificate, limits);
    let last_moment = 1_795_186_799_999;
    assert_eq!((japan_date(last_moment), japan_date(last_moment + 1)), (TODAY, date(2026, 11, 21)));
    done(&town.post(last_moment, asked(terminal(1), 2, to_the_limit())));
    refused(town.post(last_moment, asked(terminal(1), 3, to_the_limit())));
    done(&town.post(last_moment + 1, asked(terminal(1), 4, to_the_limit())));
    assert_eq!(town.violations(), []);
}

#[test]
fn a_lot_lapses_once_and_is_booked() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 300, Some(TODAY))));
    town.post(NOON, asked(terminal(1), 2, use_of(person(1), &[(here, 100)])));
    let account = town.account(AccountTitle::resident(here, person(1))).unwrap().id;
    let lapse = Asked::Lapse(LapseLot { currency: here, person: person(1), account, lot: LotId(1) });
    refused(town.post(NOON, asked(COMMAND, 3, lapse.clone())));
    done(&town.post(NOON + DAY, asked(COMMAND, 4, lapse.clone())));
    assert_eq!(town.balance(AccountTitle::lapsed(here)), 200);
    refused(town.post(NOON + DAY, asked(COMMAND, 5, lapse)));
    assert_eq!(town.violations(), []);
}

#[test]
fn two_requests_for_the_last_point_in_one_batch_give_one_use() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 1, None)));
    let race = [
        asked(terminal(1), 2, use_of(person(1), &[(here, 1)])),
        asked(terminal(2), 3, use_of(person(1), &[(here, 1)])),
        asked(terminal(1), 2, use_of(person(1), &[(here, 1)])),
    ];
    let answers: Vec<_> = town.post_all(NOON, &race).into_iter().map(Result::unwrap).collect();
    done(&answers[0].answer);
    assert_eq!(refused(answers[1].answer.clone()), Refusal::Insufficient { currency: here, usable: 0 });
    assert_eq!((answers[2].answer.clone(), answers[2].first), (answers[0].answer.clone(), false));
    assert_eq!(town.violations(), []);
}

#[test]
fn a_fault_leaves_the_rest_of_the_batch_whole() {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 10, None)));
    let mut elsewhere = asked(terminal(1), 2, use_of(person(1), &[(here, 1)]));
    elsewhere.home = madoguchi_domain::issuer::BookCode::parse("131016").unwrap();
    let answers = town.post_all(NOON, &[elsewhere, asked(terminal(1), 3, use_of(person(1), &[(here, 2)]))]);
    assert!(answers[0].is_err(), "a book that is not open");
    done(&answers[1].as_ref().unwrap().answer);
    assert_eq!(town.balance(AccountTitle::resident(here, person(1))), 8);
    assert_eq!(town.violations(), []);
}
