//! What becomes of points that are merged into a street's own, one sentence each.

use crate::memory::{
    COMMAND, DAY, Memory, NOON, STREET, TODAY, asked, city, currency, done, grant, merge, merge_with, person,
    points, prefecture, refused, terminal, use_of, void,
};
use madoguchi_domain::ledger::invariants::Invariant;
use madoguchi_domain::ledger::{AccountTitle, Answer, IdentifiedBy, Limits, Refusal};
use madoguchi_domain::merge_file::TransactionNumber;

/// A resident of the city with 1,000 points until today and 2,000 for ever, and 500 of the prefecture.
fn a_town() -> Memory {
    let here = currency(city(), 1);
    let mut town = Memory::with(&[here, currency(prefecture(), 1)]);
    town.post(NOON, asked(COMMAND, 1, grant(person(1), here, 1_000, Some(TODAY))));
    town.post(NOON, asked(COMMAND, 2, grant(person(1), here, 2_000, None)));
    town.post(NOON, asked(COMMAND, 3, grant(person(1), currency(prefecture(), 1), 500, None)));
    town
}

/// The number of a merge's file, as its answer says.
fn file_number(answer: &Answer) -> Option<TransactionNumber> {
    match answer {
        Answer::Done(done) => done.merge,
        _ => None,
    }
}

#[test]
fn a_merge_takes_the_points_and_owes_them_to_the_street() {
    let mut town = a_town();
    let here = currency(city(), 1);
    let answer = town.post(NOON, asked(terminal(1), 10, merge(person(1), here, 1_200)));
    assert_eq!(town.balance(AccountTitle::resident(here, person(1))), 1_800);
    assert_eq!(town.balance(AccountTitle::street(here, STREET)), 1_200);
    let [merged] = town.merges() else { panic!("one file") };
    assert_eq!(merged.record.to_string(), "1,1200,20261120143200000004");
    assert_eq!(file_number(&answer), Some(merged.record.number));
    assert_eq!(town.violations(), []);
}

#[test]
fn two_merges_of_one_second_have_two_numbers() {
    let mut town = a_town();
    let here = currency(city(), 1);
    let requests = [10, 11].map(|number| asked(terminal(1), number, merge(person(1), here, 100)));
    let answers = town.post_all(NOON, &requests);
    let numbers = answers.into_iter().map(|decision| file_number(&decision.unwrap().answer));
    let numbers: Vec<_> = numbers.map(|number| number.unwrap().to_string()).collect();
    assert_eq!(numbers, ["20261120143200000004", "20261120143200000005"]);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_clock_that_is_set_back_a_day_gives_no_number_twice() {
    let mut town = a_town();
    let here = currency(city(), 1);
    for (number, at_ms) in [(10, NOON), (11, NOON - DAY), (12, NOON)] {
        done(&town.post(at_ms, asked(terminal(1), number, merge(person(1), here, 100))));
    }
    let numbers: Vec<_> = town.merges().iter().map(|merge| merge.record.number.to_string()).collect();
    assert_eq!(numbers, ["20261120143200000004", "20261120143200000005", "20261120143200000006"]);
    assert_eq!(town.violations(), []);
}

#[test]
fn a_merge_asked_for_again_is_the_same_merge() {
    let mut town = a_town();
    let request = asked(terminal(1), 10, merge(person(1), currency(city(), 1), 1_200));
    let first = town.post(NOON, request.clone());
    assert_eq!(town.post(NOON, request), first);
    assert_eq!(town.merges().len(), 1);
}

#[test]
fn more_than_there_is_cannot_be_merged() {
    let mut town = a_town();
    let here = currency(city(), 1);
    let answer = town.post(NOON, asked(terminal(1), 10, merge(person(1), here, 3_001)));
    assert_eq!(refused(answer), Refusal::Insufficient { currency: here, usable: 3_000 });
    assert!(town.merges().is_empty());
    assert_eq!(town.violations(), []);
}

#[test]
fn points_of_another_issuer_are_not_merged() {
    let mut town = a_town();
    let elsewhere = currency(prefecture(), 1);
    let answer = town.post(NOON, asked(terminal(1), 10, merge(person(1), elsewhere, 100)));
    assert_eq!(refused(answer), Refusal::NotUsableHere { currency: elsewhere });
    assert_eq!(town.violations(), []);
}

#[test]
fn a_merge_counts_towards_the_days_limit_unless_the_card_signs() {
    let mut town = a_town();
    let here = currency(city(), 1);
    let limits = Limits { per_use: None, per_day: Some(points(1_000)) };
    let by = |identified_by, amount| merge_with(person(1), here, amount, identified_by, limits);
    done(&town.post(NOON, asked(terminal(1), 10, by(IdentifiedBy::Certificate, 700))));
    let answer = town.post(NOON, asked(terminal(1), 11, by(IdentifiedBy::Certificate, 301)));
    assert_eq!(refused(answer), Refusal::OverLimitPerDay { limit: points(1_000), left: 300 });
    done(&town.post(NOON, asked(terminal(1), 12, by(IdentifiedBy::Signature, 301))));
    assert_eq!(town.violations(), []);
}

#[test]
fn no_terminal_takes_a_merge_back() {
    let mut town = a_town();
    let here = currency(city(), 1);
    let merged = done(&town.post(NOON, asked(terminal(1), 10, merge(person(1), here, 1_200))));
    let answer = town.post(NOON, asked(terminal(1), 11, void(merged.seq)));
    assert_eq!(refused(answer), Refusal::UnknownTarget);
    assert_eq!(town.balance(AccountTitle::street(here, STREET)), 1_200);
}

#[test]
fn what_a_file_says_and_what_is_owed_are_the_same_or_it_is_found() {
    let spoil: [fn(&mut Memory); 4] = [
        |town| drop(town.merges_mut().pop()),
        |town| town.merges_mut()[0].record.points = points(1_201),
        |town| town.merges_mut()[0].seq = 5,
        |town| {
            let again = town.merges_mut()[0].clone();
            town.merges_mut().push(again);
        },
    ];
    for (index, spoil) in spoil.into_iter().enumerate() {
        let mut town = a_town();
        town.post(NOON, asked(terminal(1), 10, merge(person(1), currency(city(), 1), 1_200)));
        town.post(NOON, asked(terminal(1), 11, use_of(person(1), &[(currency(city(), 1), 10)])));
        spoil(&mut town);
        let found = town.violations();
        assert!(found.iter().any(|found| found.invariant == Invariant::Merged), "{index}: {found:?}");
    }
}
