//! What every store of the ledger must do with merges, whatever its engine.

use crate::engine::on_every_engine;
use crate::town::{Town, city, done, merge, person, refused};
use madoguchi_domain::ledger::Refusal;

on_every_engine!(
    a_merge_is_kept_with_what_its_file_says,
    a_merge_repeated_after_a_restart_is_the_same_merge,
    a_refused_merge_leaves_no_file,
    many_merges_at_once_each_have_a_number_of_their_own,
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
