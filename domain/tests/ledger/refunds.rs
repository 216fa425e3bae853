//! What becomes of a merge that its street has taken back, one sentence each (rows F8, K8).

use crate::memory::{
    COMMAND, DAY, Memory, NOON, STREET, TODAY, asked, city, currency, done, grant, merge, merge_with, person,
    points, refused, terminal, use_of,
};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::invariants::Invariant;
use madoguchi_domain::ledger::{
    AccountTitle, Answer, Asked, IdentifiedBy, Limits, OperationKind, PostedMerge, RefundMerge, Refusal,
};
use madoguchi_domain::merge_file::TakenBack;

/// The refund of a merge that the street has booked back under this number of its own books.
fn refund(merge: &PostedMerge, posting: i64) -> Asked {
    refund_on(merge, TakenBack::BookedBack { posting })
}

/// The refund of a merge on this word of the street's.
pub fn refund_on(merge: &PostedMerge, taken_back: TakenBack) -> Asked {
    Asked::RefundMerge(RefundMerge { target_seq: merge.seq, number: merge.record.number, taken_back })
}

fn here() -> CurrencyCode {
    currency(city(), 1)
}

fn residents() -> AccountTitle {
    AccountTitle::resident(here(), person(1))
}

/// A resident with 1,000 points until today and 2,000 for ever, of which 1,200 were merged.
fn a_merge() -> (Memory, PostedMerge) {
    let mut town = Memory::with(&[here()]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here(), 1_000, Some(TODAY))));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), here(), 2_000, None)));
    town.post(NOON, asked(terminal(1), 10, merge(person(1), here(), 1_200)));
    let merged = town.merges()[0].clone();
    (town, merged)
}

#[test]
fn a_refund_gives_the_points_back_to_the_lots_they_came_from() {
    let (mut town, merged) = a_merge();
    let answer = town.post(NOON, asked(COMMAND, 11, refund(&merged, 57)));
    let remaining = |town: &Memory| -> Vec<_> {
        town.account(residents()).unwrap().lots.iter().map(|lot| (lot.last_day, lot.remaining)).collect()
    };
    assert_eq!(remaining(&town), [(Some(TODAY), 1_000), (None, 2_000)]);
    assert_eq!(town.balance(AccountTitle::street(here(), STREET)), 0);
    let Answer::Done(refunded) = answer else { panic!("{answer:?}") };
    assert_eq!(refunded.kind, OperationKind::MergeRefund);
    assert_eq!(refunded.reverses.map(|number| number.seq), Some(merged.seq));
    assert_eq!(refunded.merge, Some(merged.record.number));
    assert_eq!(refunded.taken_back, Some(TakenBack::BookedBack { posting: 57 }));
    assert_eq!(town.violations(), []);
}

#[test]
fn what_would_have_lapsed_meanwhile_lapses_in_the_refund() {
    let (mut town, merged) = a_merge();
    done(&town.post(NOON + 40 * DAY, asked(COMMAND, 11, refund(&merged, 57))));
    assert_eq!(town.balance(residents()), 2_000);
    assert_eq!(town.balance(AccountTitle::lapsed(here())), 1_000);
    assert_eq!(town.balance(AccountTitle::street(here(), STREET)), 0);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_merge_is_refunded_once() {
    let (mut town, merged) = a_merge();
    let request = asked(COMMAND, 11, refund(&merged, 57));
    let first = town.post(NOON, request.clone());
    assert_eq!(town.post(NOON, request.clone()), first, "the same key is the same refund");
    town.forget_what_was_kept();
    assert_eq!(town.post(NOON, request), first);
    let again = town.post(NOON, asked(COMMAND, 12, refund_on(&merged, TakenBack::Declined)));
    assert_eq!(refused(again), Refusal::AlreadyVoided { by: done(&first) });
    assert_eq!(town.balance(residents()), 3_000);
    assert_eq!(town.violations(), []);
}

#[test]
fn two_refunds_in_one_batch_are_one() {
    let (mut town, merged) = a_merge();
    let requests = [11, 12].map(|number| asked(COMMAND, number, refund(&merged, 57)));
    let [first, second]: [Answer; 2] = town
        .post_all(NOON, &requests)
        .into_iter()
        .map(|one| one.unwrap().answer)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    assert_eq!(refused(second), Refusal::AlreadyVoided { by: done(&first) });
    assert_eq!(town.balance(residents()), 3_000);
    assert_eq!(town.violations(), []);
}

#[test]
fn only_a_merge_is_refunded() {
    let (mut town, merged) = a_merge();
    let used = done(&town.post(NOON, asked(terminal(1), 11, use_of(person(1), &[(here(), 100)]))));
    for target_seq in [1, used.seq, 999] {
        let Asked::RefundMerge(asking) = refund(&merged, 57) else { unreachable!() };
        let number = 20 + u128::try_from(target_seq).unwrap();
        let elsewhere = Asked::RefundMerge(RefundMerge { target_seq, ..asking });
        assert_eq!(refused(town.post(NOON, asked(COMMAND, number, elsewhere))), Refusal::UnknownTarget);
    }
    assert_eq!(town.balance(AccountTitle::street(here(), STREET)), 1_200);
    assert_eq!(town.violations(), []);
}

#[test]
fn the_days_limit_is_given_back_on_the_same_day_alone() {
    for (later, left) in [(0, 500), (DAY, 500)] {
        let mut town = Memory::with(&[here()]);
        let limits = Limits { per_use: None, per_day: Some(points(500)) };
        let limited = |amount| merge_with(person(1), here(), amount, IdentifiedBy::Certificate, limits);
        town.post(NOON, asked(COMMAND, 1, grant(person(1), here(), 3_000, None)));
        done(&town.post(NOON, asked(terminal(1), 10, limited(500))));
        let merged = town.merges()[0].clone();
        if later > 0 {
            done(&town.post(NOON + later, asked(terminal(1), 11, limited(200))));
        }
        done(&town.post(NOON + later, asked(COMMAND, 12, refund(&merged, 57))));
        let used = if later > 0 { 200 } else { 0 };
        let over = town.post(NOON + later, asked(terminal(1), 13, limited(left - used + 1)));
        assert_eq!(refused(over), Refusal::OverLimitPerDay { limit: points(500), left: left - used });
        assert_eq!(town.violations(), []);
    }
}

/// What is found wrong with the books, by its name.
fn found(town: &Memory) -> Vec<Invariant> {
    town.violations().into_iter().map(|found| found.invariant).collect()
}

#[test]
fn a_refund_that_names_another_file_than_its_merges_is_found() {
    let (mut town, merged) = a_merge();
    done(&town.post(NOON, asked(terminal(1), 11, merge(person(1), here(), 100))));
    let misnamed = PostedMerge { record: town.merges()[1].record.clone(), ..merged };
    done(&town.post(NOON, asked(COMMAND, 12, refund(&misnamed, 57))));
    assert_eq!(found(&town), [Invariant::Merged]);
}

#[test]
fn two_refunds_on_one_booking_back_are_found() {
    let (mut town, merged) = a_merge();
    done(&town.post(NOON, asked(terminal(1), 11, merge(person(1), here(), 100))));
    let other = town.merges()[1].clone();
    done(&town.post(NOON, asked(COMMAND, 12, refund(&merged, 57))));
    assert_eq!(found(&town), []);
    done(&town.post(NOON, asked(COMMAND, 13, refund(&other, 57))));
    assert_eq!(found(&town), [Invariant::Merged]);
}

#[test]
fn a_terminal_that_refunds_is_found() {
    let (mut town, merged) = a_merge();
    done(&town.post(NOON, asked(terminal(1), 11, refund(&merged, 57))));
    assert_eq!(found(&town), [Invariant::Mirrored]);
}
