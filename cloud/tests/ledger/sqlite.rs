//! What is SQLite's own: crashes inside a batch, commits that fail, jobs side by side, durability.

use crate::engine::Engine;
use crate::town::{Town, city, done, person};
use madoguchi_cloud::database::{self, Connection, Database, NotWritten, params};
use madoguchi_cloud::ledger::NotPosted;

/// A table whose rows make the commit itself fail.
const COMMIT_BREAKER: &str = "create table broken (of bigint references head_of_nothing (id) \
                              deferrable initially deferred); create table head_of_nothing (id bigint primary key);";

#[tokio::test]
async fn what_was_answered_is_on_the_disk() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 100, None).await;
    town.uses(person(1), 30).await;
    // What a crash leaves: the files as they are, without anybody closing them.
    let folder = tempfile::tempdir().unwrap();
    for name in ["cloud.sqlite", "cloud.sqlite-wal"] {
        std::fs::copy(town.file().with_file_name(name), folder.path().join(name)).unwrap();
    }
    let survived = rusqlite::Connection::open(folder.path().join("cloud.sqlite")).unwrap();
    let balance: i64 = survived
        .query_row("select json_extract(accounts, '$[0].balance') from wallet", [], |row| row.get(0))
        .unwrap();
    assert_eq!(balance, 70);
}

#[tokio::test]
async fn a_batch_that_dies_leaves_nothing() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 100, None).await;
    let died = town
        .ledger
        .database()
        .write(|write| -> database::Result<()> {
            write.execute("update wallet set accounts = json_set(accounts, '$[0].balance', 0)", params![])?;
            write.execute("update head set seq = 99", params![])?;
            Err(database::Error::NoRow)
        })
        .await;
    assert!(matches!(died, Err(NotWritten::Failed(_))));
    town.uses(person(1), 1).await;
    town.is_in_order().await;
}

#[tokio::test]
async fn a_commit_that_fails_is_unknown_and_resolving_tells() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 100, None).await;
    let database = town.ledger.database().clone();
    database.write(|write| write.execute_batch(COMMIT_BREAKER)).await.unwrap();
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    let breaker = commit_breaker(&database);
    let posted = town.post(request.clone()).await;
    let broken = breaker.await.unwrap();
    assert!(matches!(broken, Err(NotWritten::Unknown)), "{broken:?}");
    match posted {
        // The post shared the broken commit, or came after it.
        Err(error) => assert_eq!(error, NotPosted::Unknown),
        Ok(posted) => assert!(posted.first),
    }
    let resolved = town.ledger.resolve(request.actor, request.home, request.key).await.unwrap().answer;
    let used = 100 - town.balance(person(1), city()).await;
    let happened = matches!(resolved, madoguchi_domain::ledger::Answer::Done(_));
    assert_eq!(used, if happened { 10 } else { 0 });
    town.is_in_order().await;
}

fn commit_breaker(
    database: &Database,
) -> tokio::task::JoinHandle<Result<usize, NotWritten<database::Error>>> {
    let database = database.clone();
    tokio::spawn(async move {
        database.write(|write| write.execute("insert into broken values (1)", params![])).await
    })
}

#[tokio::test]
async fn a_request_that_cannot_be_written_does_not_take_the_others_with_it() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 100, None).await;
    town.grants(person(2), city(), 100, None).await;
    let database = town.ledger.database().clone();
    let refuse_five = "create trigger no_five before insert on entry when new.amount = -5
                       begin select raise(abort, 'not five'); end";
    database.write(move |write| write.execute_batch(refuse_five)).await.unwrap();
    let posting: Vec<_> = (1..=20)
        .map(|points| {
            let request =
                town.use_request(1, person(if points == 5 { 2 } else { 1 }), &[(city(), points.min(6))]);
            let ledger = town.ledger.clone();
            tokio::spawn(async move { ledger.post(request).await })
        })
        .collect();
    for (points, posted) in (1..=20).zip(posting) {
        let posted = posted.await.unwrap();
        if points == 5 {
            assert_eq!(posted, Err(NotPosted::Failed));
        } else {
            done(posted);
        }
    }
    database.write(|write| write.execute_batch("drop trigger no_five")).await.unwrap();
    assert_eq!(town.balance(person(2), city()).await, 100);
    town.is_in_order().await;
}

#[tokio::test]
async fn other_writing_shares_commits_with_the_ledger_and_fails_alone() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 1_000, None).await;
    let database = town.ledger.database().clone();
    database.write(|write| write.execute_batch("create table note (of bigint primary key)")).await.unwrap();
    let mut writing = Vec::new();
    let mut posting = Vec::new();
    for number in 0..40_i64 {
        let database = database.clone();
        // Every other number twice: the second insert fails.
        let insert =
            move |write: &Connection| write.execute("insert into note values ($1)", params![number / 2]);
        writing.push(tokio::spawn(async move { database.write(insert).await }));
        let (ledger, request) = (town.ledger.clone(), town.use_request(1, person(1), &[(city(), 1)]));
        posting.push(tokio::spawn(async move { ledger.post(request).await }));
    }
    let mut written = 0;
    for result in writing {
        written += usize::from(result.await.unwrap().is_ok());
    }
    for posted in posting {
        done(posted.await.unwrap());
    }
    assert_eq!(written, 20);
    assert_eq!(town.balance(person(1), city()).await, 960);
    town.is_in_order().await;
}

#[tokio::test]
async fn while_another_process_holds_the_lock_the_ledger_is_busy_and_remembers_nothing() {
    let town = Town::on(Engine::Sqlite).await;
    town.grants(person(1), city(), 100, None).await;
    let other = rusqlite::Connection::open(town.file()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    assert_eq!(town.post(request.clone()).await, Err(NotPosted::Busy));
    other.execute_batch("rollback").unwrap();
    assert!(town.post(request).await.unwrap().first);
    assert_eq!(town.balance(person(1), city()).await, 90);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cloud.sqlite");
    std::fs::write(&file, "this is a text and no database at all, and longer than a header").unwrap();
    assert!(Database::open(&file).is_err());
}
