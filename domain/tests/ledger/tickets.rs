//! What becomes of tickets and of the points they hold, one sentence each.

use crate::memory::{
    COMMAND, DAY, Memory, NO_LIMITS, NOON, TODAY, asked, city, clear, clear_where, close_day, currency, done,
    face, grant, issue, issue_with, lapse_ticket, person, points, prefecture, refused, reissue, terminal,
    unclear, use_of, use_with, void, void_ticket,
};
use jiff::civil::date;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::ledger::{
    AccountTitle, Actor, Answer, IdentifiedBy, Job, Limits, LotId, Refusal, TicketFace,
};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketNumber, TicketState};

const LAPSE: Actor = Actor::Job(Job::Lapse);

/// A resident of the city with 1,000 points until today and 2,000 for ever.
fn a_town() -> Memory {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here, currency(prefecture(), 1)]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 1_000, Some(TODAY))));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), here, 2_000, None)));
    town.post(NOON, asked(COMMAND, 3, grant(person(1), currency(prefecture(), 1), 500, None)));
    town
}

/// The same with a ticket of 1,200 points until 20 December, issued by terminal 1.
fn with_a_ticket() -> (Memory, TicketFace) {
    let mut town = a_town();
    let answer = town.post(NOON, asked(terminal(1), 10, issue(person(1), currency(city(), 1), 1_200)));
    (town, face(&answer))
}

fn held(town: &Memory) -> i64 {
    town.balance(AccountTitle::held(currency(city(), 1)))
}

#[test]
fn an_issue_takes_the_points_and_holds_them() {
    let (town, ticket) = with_a_ticket();
    assert_eq!((ticket.points.get(), ticket.issued_on, ticket.last_day), (1_200, TODAY, date(2026, 12, 20)));
    assert_eq!(held(&town), 1_200);
    assert_eq!(town.balance(AccountTitle::resident(currency(city(), 1), person(1))), 1_800);
    assert_eq!(town.ticket(ticket.number).state, TicketState::Open);
    assert_eq!(town.violations(), []);
}

#[test]
fn what_a_ticket_holds_does_not_lapse_with_its_lots() {
    let (mut town, ticket) = with_a_ticket();
    let answer = town.post(NOON + 2 * DAY, asked(terminal(2), 11, clear(ticket.number)));
    assert_eq!(face(&answer), ticket);
    assert_eq!(town.balance(AccountTitle::site(currency(city(), 1), SiteId(9))), 1_200);
    assert_eq!(held(&town), 0);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_ticket_is_taken_only_where_its_points_count() {
    let (mut town, ticket) = with_a_ticket();
    let (own, event, common) = (currency(city(), 1), currency(city(), 2), currency(prefecture(), 1));
    let at_the_bath =
        town.post(NOON, asked(terminal(2), 11, clear_where(ticket.number, &[event], &[common])));
    assert_eq!(refused(at_the_bath), Refusal::TicketElsewhere { currency: own });
    assert_eq!(held(&town), 1_200);
    let at_the_grocer = town.post(NOON, asked(terminal(2), 12, clear_where(ticket.number, &[own], &[])));
    assert_eq!(face(&at_the_grocer), ticket);
    let again = town.post(NOON, asked(terminal(2), 13, clear_where(ticket.number, &[], &[])));
    assert_eq!(refused(again), Refusal::TicketElsewhere { currency: own }, "that comes before its state");
    assert_eq!(town.violations(), []);
}

#[test]
fn a_ticket_of_points_that_count_nowhere_here_is_anothers() {
    let mut town = a_town();
    let common = currency(prefecture(), 1);
    let ticket = face(&town.post(NOON, asked(terminal(1), 10, issue(person(1), common, 500))));
    let clearings = [(11, &[][..], &[][..]), (12, &[], &[common]), (13, &[common], &[])];
    let mut answers = clearings
        .map(|(key, here, elsewhere)| {
            town.post(NOON, asked(terminal(2), key, clear_where(ticket.number, here, elsewhere)))
        })
        .into_iter();
    let issuer = IssuerCode::parse("140007").unwrap();
    assert_eq!(answers.next().map(refused), Some(Refusal::TicketOfAnother { issuer }));
    assert_eq!(answers.next().map(refused), Some(Refusal::TicketElsewhere { currency: common }));
    assert_eq!(answers.next().map(|answer| face(&answer)), Some(ticket));
}

#[test]
fn a_ticket_is_good_for_thirty_days_at_most() {
    let mut town = a_town();
    for last_day in [date(2026, 12, 21), date(2026, 11, 19)] {
        let asked_for = issue_with(person(1), currency(city(), 1), 100, last_day, NO_LIMITS);
        let expected = Refusal::LastDayOutOfRange { first: TODAY, last: date(2026, 12, 20) };
        let number = u128::from(last_day.day().unsigned_abs());
        assert_eq!(refused(town.post(NOON, asked(terminal(1), number, asked_for))), expected);
    }
}

#[test]
fn an_issue_counts_towards_the_limits_like_a_use() {
    let mut town = a_town();
    let here = currency(city(), 1);
    let limits = Limits { per_use: Some(points(1_000)), per_day: Some(points(1_500)) };
    let issue = |amount| issue_with(person(1), here, amount, TODAY, limits);
    let over = refused(town.post(NOON, asked(terminal(1), 10, issue(1_001))));
    assert_eq!(over, Refusal::OverLimitPerUse { limit: points(1_000) });
    let ticket = face(&town.post(NOON, asked(terminal(1), 11, issue(1_000))));
    let use_of_more = use_with(person(1), &[(here, 501)], IdentifiedBy::Certificate, limits);
    let over = refused(town.post(NOON, asked(terminal(1), 12, use_of_more)));
    assert_eq!(over, Refusal::OverLimitPerDay { limit: points(1_500), left: 500 });
    town.post(NOON, asked(terminal(1), 13, void_ticket(ticket.number)));
    done(&town.post(NOON, asked(terminal(1), 14, issue(1_000))));
    assert_eq!(town.violations(), [], "the void has given the day back");
}

#[test]
fn a_void_gives_back_to_the_same_lots() {
    let (mut town, ticket) = with_a_ticket();
    let account = AccountTitle::resident(currency(city(), 1), person(1));
    let left: Vec<_> = town.account(account).unwrap().lots.iter().map(|lot| lot.remaining).collect();
    assert_eq!(left, [0, 1_800], "the earliest last day was drawn first");
    let elsewhere = town.post(NOON, asked(terminal(2), 11, void_ticket(ticket.number)));
    assert_eq!(refused(elsewhere), Refusal::NotThisTerminal);
    done(&town.post(NOON, asked(terminal(1), 12, void_ticket(ticket.number))));
    let left: Vec<_> = town.account(account).unwrap().lots.iter().map(|lot| lot.remaining).collect();
    assert_eq!(left, [1_000, 2_000]);
    assert_eq!(town.ticket(ticket.number).state, TicketState::Voided);
    let again = town.post(NOON, asked(terminal(1), 13, void_ticket(ticket.number)));
    assert_eq!(refused(again), Refusal::TicketVoided);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_reissue_moves_the_hold_to_a_new_number_without_entries() {
    let (mut town, old) = with_a_ticket();
    let elsewhere = town.post(NOON, asked(terminal(1), 11, reissue(old.number, 8)));
    assert_eq!(refused(elsewhere), Refusal::NotThisSite);
    let new = face(&town.post(NOON + DAY, asked(terminal(2), 12, reissue(old.number, 7))));
    assert_ne!(new.number, old.number);
    assert_eq!((new.points, new.last_day, new.issued_on), (old.points, old.last_day, old.issued_on));
    assert!(town.operations(city()).last().unwrap().entries.is_empty());
    assert_eq!(
        refused(town.post(NOON + DAY, asked(terminal(2), 13, clear(old.number)))),
        Refusal::TicketReissued
    );
    face(&town.post(NOON + DAY, asked(terminal(2), 14, clear(new.number))));
    assert_eq!((held(&town), town.violations()), (0, vec![]));
}

#[test]
fn a_ticket_printed_anew_is_voided_by_the_terminal_that_issued_it() {
    let (mut town, old) = with_a_ticket();
    let new = face(&town.post(NOON, asked(terminal(2), 11, reissue(old.number, 7))));
    let reissuer = town.post(NOON, asked(terminal(2), 12, void_ticket(new.number)));
    assert_eq!(refused(reissuer), Refusal::NotThisTerminal);
    done(&town.post(NOON, asked(terminal(1), 13, void_ticket(new.number))));
    assert_eq!((held(&town), town.violations()), (0, vec![]));
}

#[test]
fn a_ticket_is_cleared_once_and_the_second_is_told_when_and_where() {
    let (mut town, ticket) = with_a_ticket();
    let number = done(&town.post(NOON, asked(terminal(2), 11, clear(ticket.number))));
    let second = town.post(NOON + DAY, asked(terminal(3), 12, clear(ticket.number)));
    let expected = Refusal::TicketCleared { number, at_ms: NOON, by: terminal(2), site: Some(SiteId(9)) };
    assert_eq!(refused(second), expected);
    assert_eq!(refused(town.post(NOON, asked(terminal(1), 13, void_ticket(ticket.number)))), expected);
    assert_eq!(refused(town.post(NOON, asked(terminal(1), 14, reissue(ticket.number, 7)))), expected);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_clearing_taken_back_leaves_the_ticket_open_to_be_cleared_again() {
    let (mut town, ticket) = with_a_ticket();
    let cleared = done(&town.post(NOON, asked(terminal(2), 11, clear(ticket.number))));
    let elsewhere = town.post(NOON, asked(terminal(3), 12, unclear(cleared.seq)));
    assert_eq!(refused(elsewhere), Refusal::NotThisTerminal);
    let back = town.post(NOON, asked(terminal(2), 13, unclear(cleared.seq)));
    assert_eq!(face(&back), ticket);
    assert_eq!((held(&town), town.ticket(ticket.number).state), (1_200, TicketState::Open));
    let twice = town.post(NOON, asked(terminal(2), 14, unclear(cleared.seq)));
    assert_eq!(refused(twice), Refusal::AlreadyVoided { by: done(&back) });
    done(&town.post(NOON, asked(terminal(3), 15, clear(ticket.number))));
    assert_eq!((held(&town), town.violations()), (0, vec![]));
}

#[test]
fn a_clearing_is_not_taken_back_on_another_day_or_by_the_number_of_something_else() {
    let (mut town, ticket) = with_a_ticket();
    let cleared = done(&town.post(NOON, asked(terminal(2), 11, clear(ticket.number))));
    let late = town.post(NOON + DAY, asked(terminal(2), 12, unclear(cleared.seq)));
    assert_eq!(refused(late), Refusal::TooLateToVoid { used_on: TODAY });
    let other = town.post(NOON, asked(terminal(1), 13, unclear(4)));
    assert_eq!(refused(other), Refusal::UnknownTarget, "4 is the issue");
    let as_a_use = town.post(NOON, asked(terminal(2), 14, void(cleared.seq)));
    assert_eq!(refused(as_a_use), Refusal::UnknownTarget);
}

#[test]
fn a_ticket_lapses_once_after_its_last_day_and_is_paid_to_nobody() {
    let (mut town, ticket) = with_a_ticket();
    let early = town.post(NOON + 30 * DAY, asked(LAPSE, 11, lapse_ticket(city(), ticket.number)));
    assert_eq!(refused(early), Refusal::NothingToLapse);
    let late = NOON + 31 * DAY;
    let before_the_job = town.post(late, asked(terminal(2), 12, clear(ticket.number)));
    let lapsed = |waited| Refusal::TicketLapsed { last_day: ticket.last_day, waited };
    assert_eq!(refused(before_the_job), lapsed(true), "scanned in time, come too late");
    assert_eq!(refused(town.post(late, asked(terminal(1), 13, reissue(ticket.number, 7)))), lapsed(false));
    done(&town.post(late, asked(LAPSE, 11, lapse_ticket(city(), ticket.number))));
    assert_eq!((held(&town), town.balance(AccountTitle::lapsed(currency(city(), 1)))), (0, 1_200));
    let again = town.post(late, asked(LAPSE, 14, lapse_ticket(city(), ticket.number)));
    assert_eq!(refused(again), Refusal::NothingToLapse);
    let after_the_job = town.post(late, asked(terminal(2), 15, clear(ticket.number)));
    assert_eq!(refused(after_the_job), lapsed(true));
    assert_eq!(town.violations(), []);
}

#[test]
fn a_cleared_ticket_never_lapses() {
    let (mut town, ticket) = with_a_ticket();
    done(&town.post(NOON, asked(terminal(2), 11, clear(ticket.number))));
    let late = town.post(NOON + 31 * DAY, asked(LAPSE, 12, lapse_ticket(city(), ticket.number)));
    assert_eq!(refused(late), Refusal::NothingToLapse);
}

#[test]
fn an_unknown_number_is_said_to_be_one() {
    let mut town = a_town();
    let number = TicketNumber::parse("987654321012").unwrap();
    for (key, asked_for) in [(10, clear(number)), (11, reissue(number, 7)), (12, void_ticket(number))] {
        assert_eq!(refused(town.post(NOON, asked(terminal(1), key, asked_for))), Refusal::TicketUnknown);
    }
}

#[test]
fn a_day_close_ends_what_can_be_undone_and_is_numbered_per_terminal() {
    let (mut town, ticket) = with_a_ticket();
    let used = done(&town.post(NOON, asked(terminal(1), 11, use_of(person(1), &[(currency(city(), 1), 5)]))));
    let cleared = done(&town.post(NOON, asked(terminal(1), 12, clear(ticket.number))));
    let close = |answer: &Answer| match answer {
        Answer::Done(done) => done.close,
        other => panic!("{other:?}"),
    };
    let first = asked(terminal(1), 13, close_day());
    assert_eq!(close(&town.post(NOON, first.clone())), Some(1));
    assert_eq!(close(&town.post(NOON, first)), Some(1), "its first answer again");
    assert_eq!(close(&town.post(NOON, asked(terminal(2), 14, close_day()))), Some(1));
    for (key, undoing) in [(15, void(used.seq)), (16, unclear(cleared.seq))] {
        let answer = town.post(NOON, asked(terminal(1), key, undoing));
        assert_eq!(refused(answer), Refusal::DayClosed { close: 1 });
    }
    let after =
        done(&town.post(NOON, asked(terminal(1), 17, use_of(person(1), &[(currency(city(), 1), 6)]))));
    done(&town.post(NOON, asked(terminal(1), 18, void(after.seq))));
    assert_eq!(close(&town.post(NOON, asked(terminal(1), 19, close_day()))), Some(2));
    assert_eq!(town.violations(), []);
}

#[test]
fn an_issue_behind_a_day_close_stays() {
    let (mut town, ticket) = with_a_ticket();
    done(&town.post(NOON, asked(terminal(1), 11, close_day())));
    let answer = town.post(NOON, asked(terminal(1), 12, void_ticket(ticket.number)));
    assert_eq!(refused(answer), Refusal::DayClosed { close: 1 });
    assert_eq!(town.ticket(ticket.number).state, TicketState::Open);
}

#[test]
fn a_ticket_of_another_book_is_one_act_in_both() {
    let mut town = a_town();
    let common = currency(prefecture(), 1);
    let old = face(&town.post(NOON, asked(terminal(1), 10, issue(person(1), common, 300))));
    let new = face(&town.post(NOON, asked(terminal(1), 11, reissue(old.number, 7))));
    let cleared = done(&town.post(NOON, asked(terminal(2), 12, clear(new.number))));
    done(&town.post(NOON, asked(terminal(2), 13, unclear(cleared.seq))));
    assert_eq!(town.balance(AccountTitle::held(common)), 300);
    done(&town.post(NOON, asked(terminal(1), 14, void_ticket(new.number))));
    assert_eq!(town.balance(AccountTitle::resident(common, person(1))), 500);
    let in_prefecture: Vec<_> =
        town.operations(prefecture()).iter().skip(1).map(|posted| posted.operation.kind.code()).collect();
    assert_eq!(in_prefecture, ["ticket_issue", "reissue", "clear", "unclear", "ticket_void"]);
    assert_eq!(town.violations(), []);
}

#[test]
fn of_two_who_clear_at_once_one_does() {
    let (mut town, ticket) = with_a_ticket();
    let race = [
        asked(terminal(2), 11, clear(ticket.number)),
        asked(terminal(1), 12, reissue(ticket.number, 7)),
        asked(terminal(3), 13, clear(ticket.number)),
    ];
    let answers: Vec<_> = town.post_all(NOON, &race).into_iter().map(|one| one.unwrap().answer).collect();
    let number = done(&answers[0]);
    let cleared = Refusal::TicketCleared { number, at_ms: NOON, by: terminal(2), site: Some(SiteId(9)) };
    assert_eq!(refused(answers[1].clone()), cleared);
    assert_eq!(refused(answers[2].clone()), cleared);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_lot_that_a_ticket_emptied_has_nothing_to_lapse() {
    let (mut town, _) = with_a_ticket();
    let account = town.account(AccountTitle::resident(currency(city(), 1), person(1))).unwrap().id;
    let lapse = madoguchi_domain::ledger::Asked::Lapse(madoguchi_domain::ledger::LapseLot {
        currency: currency(city(), 1),
        person: person(1),
        account,
        lot: LotId(1),
    });
    assert_eq!(refused(town.post(NOON + DAY, asked(LAPSE, 11, lapse))), Refusal::NothingToLapse);
    assert_eq!(held(&town), 1_200);
}
