//! Many seeded worlds, each checked to the point; and proof that the checkers notice when something is
//! broken. A failure prints its seed and how to replay it.

#![allow(clippy::panic)]

use madoguchi_tests::simulator::{Engine, Happening, Run, Sabotage, Tally, simulate};
use std::sync::Mutex;

/// The seeds of every test run, by what keeps the books.
const SEEDS: [(Engine, u64); 2] = [(Engine::Postgres, 75), (Engine::Sqlite, 925)];
/// Within how many seeds each kind of sabotage must be noticed: in a fifth of a test run.
const NOTICED_WITHIN: u64 = 200;

fn lives(seed: u64, engine: Engine) -> Run {
    simulate(seed, engine, None).unwrap_or_else(|broken| panic!("{broken}"))
}

#[test]
fn every_promise_is_kept_in_1000_worlds() {
    let worlds = SEEDS.iter().flat_map(|(engine, seeds)| (1..=*seeds).map(|seed| (seed, *engine)));
    let (next, tally) = (Mutex::new(worlds), Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some((seed, engine)) = next.lock().unwrap().next() else { return };
                    let run = lives(seed, engine);
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
    for (seed, engine) in [
        (3, Engine::Sqlite),
        (8, Engine::Sqlite),
        (21, Engine::Sqlite),
        (3, Engine::Postgres),
        (8, Engine::Postgres),
    ] {
        let (first, second) = (lives(seed, engine).trace, lives(seed, engine).trace);
        assert!(first.len() > 100, "seed {seed} is a quiet world");
        assert_eq!(first.lines(), second.lines(), "seed {seed} on {engine:?}");
        assert_eq!(first.fingerprint(), second.fingerprint());
    }
}

#[test]
fn two_seeds_are_two_worlds() {
    let trace = |seed| lives(seed, Engine::Sqlite).trace;
    assert_ne!(trace(1).fingerprint(), trace(2).fingerprint());
}

fn assert_noticed(sabotage: Sabotage, in_these_words: &str) {
    assert_noticed_on(Engine::Sqlite, sabotage, in_these_words);
}

/// Breaks the system in this way until the checkers say so in these words: several may object, and which
/// of them is first depends on the world.
fn assert_noticed_on(engine: Engine, sabotage: Sabotage, in_these_words: &str) {
    let mut said = Vec::new();
    for seed in 1..=NOTICED_WITHIN {
        let Err(broken) = simulate(seed, engine, Some(sabotage)) else { continue };
        let replay = format!("./dev simulate --on {} --from {seed} --seeds 1", engine.name());
        assert!(broken.to_string().contains(&replay));
        if broken.what.contains(in_these_words) {
            return;
        }
        said.push(broken.what);
    }
    panic!("{sabotage:?} stays unnoticed in {NOTICED_WITHIN} worlds, or is noticed as {said:#?}");
}

#[test]
fn whatever_is_broken_on_postgresql_is_caught_there() {
    for (sabotage, in_these_words) in [
        (Sabotage::CloudForgetsKeys, "nobody asked for the"),
        (Sabotage::CloudForgetsResolves, "nobody resolved"),
        (Sabotage::BooksLoseAnEntry, "stands in book"),
        (Sabotage::BooksMiscount, "I2"),
        (Sabotage::LotsGrow, "where there is"),
    ] {
        assert_noticed_on(Engine::Postgres, sabotage, in_these_words);
    }
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
fn a_signature_that_gets_lost_is_caught() {
    assert_noticed(Sabotage::SignatureIsLost, "over_limit");
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
fn a_terminal_that_forgets_its_lock_is_caught() {
    assert_noticed(Sabotage::TerminalForgetsItsLock, "nobody typed the password");
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
fn books_that_forget_a_clearing_are_caught() {
    assert_noticed(Sabotage::BooksForgetAClearing, "I4");
}

#[test]
fn a_cloud_that_forgets_scans_is_caught() {
    assert_noticed(Sabotage::CloudForgetsScans, "nobody asked for the clear");
}

#[test]
fn a_cloud_that_says_one_point_more_of_a_ticket_is_caught() {
    assert_noticed(Sabotage::CloudSaysOneMoreOfATicket, "was told as");
}

#[test]
fn a_cloud_that_declines_to_take_back_what_it_never_heard_is_caught() {
    assert_noticed(Sabotage::CloudDeclinesUnheard, "was told as");
}

#[test]
fn a_terminal_that_forgets_a_scan_is_caught() {
    assert_noticed(Sabotage::TerminalForgetsAScan, "scan");
}

#[test]
fn a_terminal_that_forgets_what_was_found_later_is_caught() {
    assert_noticed(Sabotage::TerminalForgetsWhatWasFoundLater, "lists it nowhere");
}

#[test]
fn a_counter_that_loses_files_is_caught() {
    assert_noticed(Sabotage::TerminalLosesFiles, "are nowhere");
}

#[test]
fn a_street_that_adds_one_more_is_caught() {
    assert_noticed(Sabotage::StreetAddsOneMore, "do not add up");
}

#[test]
fn a_street_that_forgets_a_number_is_caught() {
    assert_noticed(Sabotage::StreetForgetsANumber, "are nowhere");
}

#[test]
fn a_street_that_forgets_what_it_declined_is_caught() {
    assert_noticed(Sabotage::StreetForgetsWhatItDeclined, "said it took");
}

#[test]
fn a_cloud_that_invents_a_streets_word_is_caught() {
    assert_noticed(Sabotage::CloudInventsAWord, "without the street's word");
}

#[test]
fn a_cloud_that_forgets_a_streets_answers_is_caught() {
    assert_noticed(Sabotage::CloudForgetsAnswers, "has the street's word and is not refunded");
}

#[test]
fn nothing_happens_under_two_names() {
    let mut names: Vec<_> = Happening::ALL.iter().map(|happening| happening.words()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
