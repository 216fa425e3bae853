//! The lapse job: late, twice, at once, and never too early.

use crate::engine::Engine;
use crate::town::{DAY, NOON, TODAY, Town, city, person, prefecture};
use jiff::civil::date;
use madoguchi_cloud::ledger::lapse_job::lapse_due_lots;

const TOMORROW: jiff::civil::Date = date(2026, 11, 21);

#[tokio::test]
async fn lots_lapse_the_day_after_their_last_and_only_once() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 300, Some(TODAY)).await;
    town.grants(person(1), prefecture(), 20, Some(TODAY)).await;
    town.grants(person(1), city(), 100, None).await;
    town.uses(person(1), 50).await;
    assert_eq!(lapse_due_lots(&town.ledger, TODAY).await.unwrap(), 0, "through its last day");
    town.set_clock(NOON + DAY);
    assert_eq!(lapse_due_lots(&town.ledger, TOMORROW).await.unwrap(), 2);
    assert_eq!(lapse_due_lots(&town.ledger, TOMORROW).await.unwrap(), 0);
    assert_eq!(town.balance(person(1), city()).await, 100);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_job_that_is_ahead_of_the_books_lapses_nothing_and_spoils_nothing() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 300, Some(TODAY)).await;
    assert_eq!(lapse_due_lots(&town.ledger, TOMORROW).await.unwrap(), 0, "the books' clock decides");
    town.uses(person(1), 100).await;
    town.set_clock(NOON + DAY);
    assert_eq!(lapse_due_lots(&town.ledger, TOMORROW).await.unwrap(), 1);
    town.is_in_order().await;
}

#[tokio::test]
async fn two_jobs_at_once_lapse_each_of_many_lots_once() {
    let town = Town::on(Engine::Sqlite).await;
    for resident in 0..450 {
        town.grants(person(resident), city(), 10, Some(TODAY)).await;
    }
    town.set_clock(NOON + DAY);
    let (one, two) = (town.ledger.clone(), town.ledger.clone());
    let one = tokio::spawn(async move { lapse_due_lots(&one, TOMORROW).await.unwrap() });
    let two = tokio::spawn(async move { lapse_due_lots(&two, TOMORROW).await.unwrap() });
    assert_eq!(one.await.unwrap() + two.await.unwrap(), 450);
    town.is_in_order().await;
}
