//! Many seeded worlds, each checked to the point; and proof that the checkers notice when something is
//! broken. A failure prints its seed and how to replay it.

#![allow(clippy::panic)]

use madoguchi_tests::simulator::{Happening, Sabotage, Tally, simulate};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// The seeds of every test run.
const SEEDS: u64 = 200;
/// Within how many seeds each kind of sabotage must be noticed.
const NOTICED_WITHIN: u64 = 60;

#[test]
fn every_promise_is_kept_in_200_worlds() {
    let tally = Mutex::new(Tally::default());
    let next = AtomicU64::new(1);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed > SEEDS {
                        return;
                    }
                    let run = simulate(seed, None).unwrap_or_else(|broken| panic!("{broken}"));
                    tally.lock().unwrap().add(&run.tally);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    println!("{tally}");
    assert_eq!(tally.missing(), Vec::<&str>::new(), "each of these must happen, or it proves nothing");
}

#[test]
fn a_seed_is_a_world_twice_the_same() {
    for seed in [3, 8, 21] {
        let lived = || simulate(seed, None).unwrap_or_else(|broken| panic!("{broken}")).trace;
        let (first, second) = (lived(), lived());
        assert!(first.len() > 100, "seed {seed} is a quiet world");
        assert_eq!(first.lines(), second.lines(), "seed {seed}");
        assert_eq!(first.fingerprint(), second.fingerprint());
    }
}

#[test]
fn two_seeds_are_two_worlds() {
    let trace = |seed| simulate(seed, None).unwrap_or_else(|broken| panic!("{broken}")).trace;
    assert_ne!(trace(1).fingerprint(), trace(2).fingerprint());
}

/// Breaks the system in this way until the checkers say so in these words: several may object, and which
/// of them is first depends on the world.
fn assert_noticed(sabotage: Sabotage, in_these_words: &str) {
    let mut said = Vec::new();
    for seed in 1..=NOTICED_WITHIN {
        let Err(broken) = simulate(seed, Some(sabotage)) else { continue };
        assert!(broken.to_string().contains(&format!("./dev simulate --from {seed} --seeds 1")));
        if broken.what.contains(in_these_words) {
            return;
        }
        said.push(broken.what);
    }
    panic!("{sabotage:?} stays unnoticed in {NOTICED_WITHIN} worlds, or is noticed as {said:#?}");
}

#[test]
fn a_cloud_that_forgets_keys_is_caught() {
    assert_noticed(Sabotage::CloudForgetsKeys, "nobody asked for the");
}

#[test]
fn a_terminal_that_says_not_done_unasked_is_caught() {
    assert_noticed(Sabotage::TerminalSaysNotDoneUnasked, "NotDone");
}

#[test]
fn a_cloud_that_forgets_what_it_resolved_is_caught() {
    assert_noticed(Sabotage::CloudForgetsResolves, "nobody resolved");
}

#[test]
fn a_cloud_that_answers_before_its_commit_is_caught() {
    assert_noticed(Sabotage::CloudAnswersBeforeCommit, "was told as");
}

#[test]
fn books_that_lose_an_entry_are_caught() {
    assert_noticed(Sabotage::BooksLoseAnEntry, "stands in book");
}

#[test]
fn books_that_keep_a_wrong_balance_are_caught() {
    assert_noticed(Sabotage::BooksMiscount, "I2");
}

#[test]
fn lots_that_grow_are_caught() {
    assert_noticed(Sabotage::LotsGrow, "I3");
}

#[test]
fn a_terminal_that_charges_one_more_is_caught() {
    assert_noticed(Sabotage::TerminalChargesOneMore, "stands in book");
}

#[test]
fn a_terminal_that_forgets_its_journal_is_caught() {
    assert_noticed(Sabotage::TerminalForgetsItsJournal, "starts with");
}

#[test]
fn a_terminal_that_forgets_its_first_operation_is_caught() {
    assert_noticed(Sabotage::TerminalForgetsItsFirstOperation, "in its journal");
}

#[test]
fn a_cloud_that_shows_one_point_more_is_caught() {
    assert_noticed(Sabotage::CloudShowsOneMore, "where there is");
}

#[test]
fn a_cloud_that_says_one_point_more_is_caught() {
    assert_noticed(Sabotage::CloudSaysOneMore, "was told as");
}

#[test]
fn a_cloud_that_changes_its_answer_is_caught() {
    assert_noticed(Sabotage::CloudChangesItsAnswer, "I7");
}

#[test]
fn nothing_happens_under_two_names() {
    let mut names: Vec<_> = Happening::ALL.iter().map(|happening| happening.words()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
