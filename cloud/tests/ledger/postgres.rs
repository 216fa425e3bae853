//! What is PostgreSQL's own: lines cut in the middle, a server that is slow, read-only or locked.

use crate::engine::Engine;
use crate::town::{Town, city, done, person, prefecture, terminal};
use madoguchi_cloud::ledger::{Ledger, NotPosted, lapse_job::lapse_due_lots};
use madoguchi_domain::ledger::{Answer, Refusal, Request};
use madoguchi_domain::person::PersonId;
use std::time::Duration;

/// Holds every commit that posts something for some seconds, from within.
fn slow_commits(seconds: u32) -> String {
    format!(
        "create function linger() returns trigger language plpgsql as
         $$ begin perform pg_sleep({seconds}); return null; end $$;
         create constraint trigger slow after insert on operation deferrable initially deferred
         for each row execute function linger();"
    )
}

/// Waits until some session is in that state, as the server sees it.
async fn until_some_session(town: &Town, condition: &str) {
    let seen =
        format!("select count(*) from pg_stat_activity where datname = current_database() and {condition}");
    let wait = async {
        while town.administrator(&seen) == "0" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), wait).await.expect("such a session");
}

#[tokio::test]
async fn a_line_cut_in_the_middle_of_a_commit_is_unknown_and_resolving_tells() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    town.administrator(&slow_commits(20));
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    let (ledger, sent) = (town.ledger.clone(), request.clone());
    let posting = tokio::spawn(async move { ledger.post(sent).await });
    until_some_session(&town, "wait_event = 'PgSleep'").await;
    town.administrator("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
    assert_eq!(posting.await.unwrap(), Err(NotPosted::Unknown));
    town.administrator("drop trigger slow on operation");
    let resolved = town.ledger.resolve(request.actor, request.home, request.key).await.unwrap().answer;
    assert_eq!(resolved, Answer::Abandoned);
    let late = town.post(request).await.unwrap().answer;
    assert_eq!(late, Answer::Refused(Refusal::Abandoned));
    assert_eq!(town.balance(person(1), city()).await, 100);
    town.is_in_order().await;
}

#[tokio::test]
async fn lines_that_broke_while_nobody_used_them_are_not_noticed() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    for _ in 0..3 {
        town.administrator(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()",
        );
        town.uses(person(1), 10).await;
    }
    assert_eq!(town.balance(person(1), city()).await, 70);
    town.is_in_order().await;
}

#[tokio::test]
async fn while_the_database_is_read_only_the_ledger_is_busy_and_remembers_nothing() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    let throw_out = "select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()";
    let name = town.administrator("select current_database()");
    town.administrator(&format!("alter database {name} set default_transaction_read_only = on"));
    town.administrator(throw_out);
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    assert_eq!(town.post(request.clone()).await, Err(NotPosted::Busy));
    town.administrator(&format!(
        "set transaction_read_only = off; alter database {name} set default_transaction_read_only = off"
    ));
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    let posted = loop {
        match town.post(request.clone()).await {
            Err(NotPosted::Busy) => assert!(tokio::time::Instant::now() < deadline, "still read-only"),
            posted => break posted,
        }
    };
    assert!(posted.unwrap().first);
    assert_eq!(town.balance(person(1), city()).await, 90);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_database_slow_by_a_second_at_every_commit_still_answers() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    town.administrator(&slow_commits(1));
    let posting: Vec<_> = (0..3)
        .map(|_| {
            let (ledger, request) = (town.ledger.clone(), town.use_request(1, person(1), &[(city(), 10)]));
            tokio::spawn(async move { ledger.post(request).await })
        })
        .collect();
    for posted in posting {
        done(posted.await.unwrap());
    }
    assert_eq!(town.balance(person(1), city()).await, 70);
}

#[tokio::test]
async fn lots_lapse_once_though_two_processes_try() {
    let town = Town::on(Engine::Postgres).await;
    for resident in 0..50 {
        town.grants(person(resident), city(), 10, Some(crate::town::TODAY)).await;
    }
    town.set_clock(crate::town::NOON + crate::town::DAY);
    let other = town.another_process();
    let tomorrow = jiff::civil::date(2026, 11, 21);
    let (one, two) = tokio::join!(lapse_due_lots(&town.ledger, tomorrow), lapse_due_lots(&other, tomorrow));
    assert_eq!(one.unwrap() + two.unwrap(), 50);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_request_that_cannot_be_written_does_not_take_the_others_of_its_batch_with_it() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 200, None).await;
    town.grants(person(2), city(), 100, None).await;
    town.administrator(
        "create function no_five() returns trigger language plpgsql as
         $$ begin raise exception 'not five'; end $$;
         create trigger no_five before insert on entry for each row when (new.amount = -5)
         execute function no_five();",
    );
    let posting: Vec<_> = (1..=20)
        .map(|points| {
            let resident = person(if points == 5 { 2 } else { 1 });
            let request = town.use_request(1, resident, &[(city(), points.min(6))]);
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
    town.administrator("drop trigger no_five on entry");
    assert_eq!(town.balance(person(2), city()).await, 100);
    town.is_in_order().await;
}

/// A use of the prefecture's points at the prefecture's own terminal: it touches no other book.
fn use_in_the_prefecture(town: &Town, by: PersonId) -> Request {
    Request { home: prefecture().book, ..town.use_request(2, by, &[(prefecture(), 10)]) }
}

#[tokio::test]
async fn a_book_has_one_writer_at_a_time_among_all_processes_and_another_book_its_own() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    town.grants(person(2), prefecture(), 100, None).await;
    let (second, third) = (town.another_process(), town.another_process());
    town.administrator(&format!(
        "create function linger() returns trigger language plpgsql as
         $$ begin perform pg_sleep(3600); return null; end $$;
         create constraint trigger slow after insert on operation deferrable initially deferred
         for each row when (new.book = '{}' and new.actor = 'terminal:{}') execute function linger();",
        city().book.as_str(),
        terminal(1)
    ));
    let post = |ledger: &Ledger, request: Request| {
        let ledger = ledger.clone();
        tokio::spawn(async move { ledger.post(request).await })
    };
    let held_up = town.use_request(1, person(1), &[(city(), 10)]);
    let first = post(&town.ledger, held_up.clone());
    until_some_session(&town, "wait_event = 'PgSleep'").await;
    let waits = post(&second, town.use_request(3, person(1), &[(city(), 10)]));
    until_some_session(&town, "wait_event_type = 'Lock' and query like 'select seq, height%for update'")
        .await;
    done(post(&third, use_in_the_prefecture(&town, person(2))).await.unwrap());
    assert!(!waits.is_finished() && !first.is_finished());
    town.administrator("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
    assert_eq!(first.await.unwrap(), Err(NotPosted::Unknown));
    done(waits.await.unwrap());
    town.administrator("drop trigger slow on operation");
    let resolved = second.resolve(held_up.actor, held_up.home, held_up.key).await.unwrap().answer;
    assert_eq!(resolved, Answer::Abandoned);
    assert_eq!(town.balance(person(1), city()).await, 90);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_locked_book_holds_up_no_other_book_of_the_same_process() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    town.grants(person(2), prefecture(), 100, None).await;
    let lock = format!(
        "begin; select from head where book = '{}' for update; select pg_sleep(3600)",
        city().book.as_str()
    );
    let holder = town.administrator_meanwhile(&lock);
    until_some_session(&town, "wait_event = 'PgSleep'").await;
    let (ledger, waiting) = (town.ledger.clone(), town.use_request(1, person(1), &[(city(), 10)]));
    let waits = tokio::spawn(async move { ledger.post(waiting).await });
    until_some_session(&town, "wait_event_type = 'Lock' and query like 'select seq, height%for update'")
        .await;
    for _ in 0..5 {
        done(town.post(use_in_the_prefecture(&town, person(2))).await);
    }
    assert!(!waits.is_finished());
    town.administrator("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
    holder.join().unwrap();
    done(waits.await.unwrap());
    town.is_in_order().await;
}

#[tokio::test]
async fn uses_of_two_books_begun_at_either_of_them_never_stand_in_each_others_way() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 1_000, None).await;
    town.grants(person(1), prefecture(), 1_000, None).await;
    let posting: Vec<_> = (0..200)
        .map(|at| {
            let both = town.use_request(at % 7, person(1), &[(prefecture(), 1), (city(), 2)]);
            let home = if at % 2 == 0 { city().book } else { prefecture().book };
            let ledger = town.ledger.clone();
            tokio::spawn(async move { ledger.post(Request { home, ..both }).await })
        })
        .collect();
    for posted in posting {
        done(posted.await.unwrap());
    }
    assert_eq!(town.balance(person(1), prefecture()).await, 800);
    assert_eq!(town.balance(person(1), city()).await, 600);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_locked_book_turns_all_away_together_and_not_one_after_the_other() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 1_000, None).await;
    let lock = format!(
        "begin; select from head where book = '{}' for update; select pg_sleep(3600)",
        city().book.as_str()
    );
    let holder = town.administrator_meanwhile(&lock);
    until_some_session(&town, "wait_event = 'PgSleep'").await;
    let requests: Vec<_> = (0..20).map(|at| town.use_request(at, person(1), &[(city(), 10)])).collect();
    let posting: Vec<_> = requests
        .iter()
        .cloned()
        .map(|request| {
            let ledger = town.ledger.clone();
            tokio::spawn(async move { ledger.post(request).await })
        })
        .collect();
    let all = async {
        for posted in posting {
            assert_eq!(posted.await.unwrap(), Err(NotPosted::Busy));
        }
    };
    // Two batches wait for the lock, 5 s each; 20 waits would be 100 s.
    tokio::time::timeout(Duration::from_secs(40), all).await.expect("all are turned away");
    town.administrator("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
    holder.join().unwrap();
    for request in requests {
        assert!(town.post(request).await.unwrap().first, "nothing was remembered of being turned away");
    }
    assert_eq!(town.balance(person(1), city()).await, 800);
    town.is_in_order().await;
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_given_up_and_nothing_of_it_remains() {
    let town = Town::on(Engine::Postgres).await;
    town.grants(person(1), city(), 100, None).await;
    town.administrator(
        "create function linger() returns trigger language plpgsql as
         $$ begin perform pg_sleep(3600); return null; end $$;
         create trigger slow after insert on entry for each statement execute function linger();",
    );
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    assert_eq!(town.post(request.clone()).await, Err(NotPosted::Busy));
    assert_eq!(town.administrator("select count(*) from operation where kind = 'use'"), "0");
    town.administrator("drop trigger slow on entry");
    assert!(town.post(request).await.unwrap().first);
    assert_eq!(town.balance(person(1), city()).await, 90);
    town.is_in_order().await;
}
