//! The cloud told to end under load, as each of its updates does: it answers whom it has heard, hears nobody
//! more, and ends in time. Whoever was not answered is not in the books.

use crate::actors::{Terminal, Town};
use crate::killed::{
    Answered, CutOff, Intent, RESIDENTS, all_begin_the_day, assert_the_books_hold_each_use_once,
    find_out_what_became_of_unanswered, many_terminals_in, uses_until_cut_off,
};
use crate::process::{Process, prints, settle};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, Refusal};
use std::time::Duration;

const ENDS: usize = 5;
/// So many are answered before the next end, however slow the computer is.
const USES_PER_ROUND: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_end_under_load_it_answers_whom_it_has_heard_and_books_nothing_for_anybody_else() {
    let (folder, mut terminals, residents) = many_terminals_in(Town::open().await).await;
    settle(folder.path());
    let mut intents: Vec<Intent> = Vec::new();
    for round in 0..ENDS {
        let cloud = Process::serves(folder.path());
        all_begin_the_day(&mut terminals, &cloud).await;
        nobody_unanswered_was_heard(&terminals, &mut intents).await;
        let uses = Answered::default();
        let working: Vec<_> = (0..terminals.len())
            .map(|index| {
                let (terminal, resident) = (terminals[index].clone(), index % RESIDENTS);
                let by = residents[resident].clone();
                tokio::spawn(uses_until_cut_off(terminal, by, index, resident, uses.clone()))
            })
            .collect();
        uses.are(USES_PER_ROUND).await;
        // Another moment each time, so that every phase of a batch gets its turn.
        tokio::time::sleep(Duration::from_millis(round as u64 * 37 % 100)).await;
        let (status, log) = cloud.told_to_end().await;
        assert!(status.success(), "{status}");
        assert!(!log.iter().any(|line| line.contains("ERROR")), "{log:#?}");
        for work in working {
            let (asked, cut_off) = work.await.unwrap();
            assert_whole_or_none(&cut_off);
            intents.extend(asked);
        }
    }

    let cloud = Process::serves(folder.path());
    all_begin_the_day(&mut terminals, &cloud).await;
    nobody_unanswered_was_heard(&terminals, &mut intents).await;
    cloud.told_to_end().await;
    assert_the_books_hold_each_use_once(folder.path(), &residents, &intents, ENDS * USES_PER_ROUND).await;
    let report = prints(folder.path(), &["check-books"]);
    assert!(report.contains("book 141305"), "{report}");
}

/// Refused in so many words, or never heard: no half of an answer, and no waiting in vain.
fn assert_whole_or_none(cut_off: &CutOff) {
    match cut_off {
        Ok(reply) => assert_eq!(reply.code(), (503, ErrorCode::CloudBusy)),
        Err(error) => {
            assert!(!error.is_body() && !error.is_decode() && !error.is_timeout(), "{error:?}");
        }
    }
}

/// Whose last request had no answer is told that nothing came of it.
async fn nobody_unanswered_was_heard(terminals: &[Terminal], intents: &mut [Intent]) {
    let is_unanswered: Vec<_> = intents.iter().map(|intent| intent.answer.is_none()).collect();
    find_out_what_became_of_unanswered(terminals, intents).await;
    for (intent, was_unanswered) in intents.iter().zip(is_unanswered) {
        let abandoned = Some(OperationAnswer::Refused(Refusal::Abandoned));
        assert!(!was_unanswered || intent.answer == abandoned, "posted, and nobody was told: {intent:?}");
    }
}
