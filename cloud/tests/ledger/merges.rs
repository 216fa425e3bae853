//! What every store of the ledger must do with merges, whatever its engine.

use crate::engine::on_every_engine;
use crate::town::{DAY, NOON, TODAY, Town, city, done, merge, person, refused};
use madoguchi_domain::ledger::{Answer, PostedMerge, Refusal};
use madoguchi_domain::merge_file::TakenBack;

on_every_engine!(
    a_merge_is_kept_with_what_its_file_says,
    a_merge_repeated_after_a_restart_is_the_same_merge,
    a_refused_merge_leaves_no_file,
    many_merges_at_once_each_have_a_number_of_their_own,
    a_refund_gives_back_what_a_merge_took_to_the_same_lots,
    a_refund_repeated_after_a_restart_is_the_same_refund,
    a_merge_that_many_refund_at_once_is_refunded_once,
    what_is_refunded_after_its_last_day_lapses,
);

async fn a_merge_is_kept_with_what_its_file_says(town: Town) {
    town.grants(person(1), city(), 3_000, None).await;
    let merged = done(town.post(town.terminal_request(1, merge(person(1), 1_200))).await);
    let file = town.merge_of(&merged).await;
    assert_eq!(file.record.to_string(), "42,1200,20261120143200000002");
    assert_eq!(merged.merge, Some(file.record.number));
    assert_eq!(town.balance(person(1), city()).await, 1_800);
    town.is_in_order().await;
}

async fn a_merge_repeated_after_a_restart_is_the_same_merge(town: Town) {
    town.grants(person(1), city(), 3_000, None).await;
    let request = town.terminal_request(1, merge(person(1), 1_200));
    let first = done(town.post(request.clone()).await);
    let town = town.restart();
    assert_eq!(done(town.post(request).await), first);
    assert_eq!(town.balance(person(1), city()).await, 1_800);
    town.is_in_order().await;
}

async fn a_refused_merge_leaves_no_file(town: Town) {
    town.grants(person(1), city(), 100, None).await;
    let answer = refused(town.post(town.terminal_request(1, merge(person(1), 101))).await);
    assert_eq!(answer, Refusal::Insufficient { currency: city(), usable: 100 });
    assert_eq!(town.merges().await, []);
    town.is_in_order().await;
}

async fn many_merges_at_once_each_have_a_number_of_their_own(town: Town) {
    town.grants(person(1), city(), 50, None).await;
    let merging: Vec<_> = (0..60)
        .map(|_| {
            let (ledger, request) = (town.ledger.clone(), town.terminal_request(1, merge(person(1), 1)));
            tokio::spawn(async move { ledger.post(request).await })
        })
        .collect();
    for merge in merging {
        merge.await.unwrap().unwrap();
    }
    let mut numbers: Vec<_> = town.merges().await.iter().map(|merge| merge.record.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!((numbers.len(), town.balance(person(1), city()).await), (50, 0));
    town.is_in_order().await;
}

/// A resident with 1,000 points until today and 2,000 for ever, of which 1,200 are merged.
async fn merged(town: &Town) -> PostedMerge {
    town.grants(person(1), city(), 1_000, Some(TODAY)).await;
    town.grants(person(1), city(), 2_000, None).await;
    let merged = done(town.post(town.terminal_request(1, merge(person(1), 1_200))).await);
    town.merge_of(&merged).await
}

async fn a_refund_gives_back_what_a_merge_took_to_the_same_lots(town: Town) {
    let merge = merged(&town).await;
    let refund = done(town.post(town.refund_request(&merge, 57)).await);
    assert_eq!(refund.merge, Some(merge.record.number));
    assert_eq!(refund.taken_back, Some(TakenBack::BookedBack { posting: 57 }));
    assert_eq!(town.balance(person(1), city()).await, 3_000);
    town.set_clock(NOON + DAY);
    assert_eq!(
        town.balance(person(1), city()).await,
        2_000,
        "the lot that was drawn first has its day again"
    );
    town.is_in_order().await;
}

async fn a_refund_repeated_after_a_restart_is_the_same_refund(town: Town) {
    let request = town.refund_request(&merged(&town).await, 57);
    let first = done(town.post(request.clone()).await);
    let town = town.restart();
    assert_eq!(done(town.post(request).await), first);
    assert_eq!(town.balance(person(1), city()).await, 3_000);
    town.is_in_order().await;
}

async fn a_merge_that_many_refund_at_once_is_refunded_once(town: Town) {
    let merge = merged(&town).await;
    let refunding: Vec<_> = (0..20)
        .map(|_| {
            let (ledger, request) = (town.ledger.clone(), town.refund_request(&merge, 57));
            tokio::spawn(async move { ledger.post(request).await })
        })
        .collect();
    let mut refunded = 0;
    for one in refunding {
        match one.await.unwrap().unwrap().answer {
            Answer::Done(_) => refunded += 1,
            answer => assert!(matches!(answer, Answer::Refused(Refusal::AlreadyVoided { .. })), "{answer:?}"),
        }
    }
    assert_eq!((refunded, town.balance(person(1), city()).await), (1, 3_000));
    town.is_in_order().await;
}

async fn what_is_refunded_after_its_last_day_lapses(town: Town) {
    let merge = merged(&town).await;
    town.set_clock(NOON + 40 * DAY);
    let refund = done(town.post(town.refund_request(&merge, 57)).await);
    let [moved] = refund.parts.as_slice() else { panic!("one account") };
    assert_eq!((moved.points.get(), moved.after - moved.before), (1_200, 200));
    assert_eq!(town.balance(person(1), city()).await, 2_000);
    town.is_in_order().await;
}
