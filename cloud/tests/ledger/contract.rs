//! What every store of the ledger must do, whatever its engine.

use crate::engine::on_every_engine;
use crate::town::{DAY, NO_LIMITS, NOON, TODAY, Town, city, done, person, prefecture, refused, terminal};
use jiff::civil::date;
use madoguchi_cloud::ledger::{Ledger, read};
use madoguchi_domain::ledger::{AccountTitle, Actor, Answer, Limits, OperationKind, Refusal, Request};
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;

on_every_engine!(
    a_use_moves_points_from_the_resident_to_the_site,
    a_repeated_request_has_the_effect_of_one,
    a_repeated_request_gets_the_first_answer_after_a_restart,
    many_requests_at_once_for_the_last_point_give_one_use,
    two_terminals_with_one_person_never_use_more_than_there_is,
    one_use_in_two_books_is_one_act,
    a_void_puts_points_back_where_they_came_from,
    a_spent_lot_is_refilled_by_a_void,
    a_void_of_two_books_is_whole,
    resolving_an_unknown_key_makes_it_dead,
    resolving_and_posting_at_once_agree,
    refusals_are_remembered,
    the_day_limit_is_kept,
    a_clock_set_back_does_not_turn_time_back,
    a_statement_leaves_nothing_out,
    a_terminals_day_lists_its_own_operations,
    balances_show_points_by_last_day,
    two_ledgers_on_one_database_see_each_others_postings,
    two_processes_with_one_person_never_use_more_than_there_is,
);

async fn a_use_moves_points_from_the_resident_to_the_site(town: Town) {
    town.grants(person(1), city(), 3_000, None).await;
    let used = town.uses(person(1), 1_500).await;
    assert_eq!((used.parts[0].before, used.parts[0].after), (3_000, 1_500));
    assert_eq!(used.number.to_string(), "20261120-2");
    assert_eq!(town.balance(person(1), city()).await, 1_500);
    town.is_in_order().await;
}

async fn a_repeated_request_has_the_effect_of_one(town: Town) {
    town.grants(person(1), city(), 3_000, None).await;
    let request = town.use_request(1, person(1), &[(city(), 1_000)]);
    let first = town.post(request.clone()).await.unwrap();
    let again = town.post(request.clone()).await.unwrap();
    assert_eq!((first.first, again.first), (true, false));
    assert_eq!(first.answer, again.answer);
    let other_content = Request { hash: madoguchi_domain::ledger::RequestHash([9; 32]), ..request };
    assert_eq!(refused(town.post(other_content).await), Refusal::KeyReused);
    assert_eq!(town.balance(person(1), city()).await, 2_000);
    town.is_in_order().await;
}

async fn a_repeated_request_gets_the_first_answer_after_a_restart(town: Town) {
    town.grants(person(1), city(), 3_000, None).await;
    let request = town.use_request(1, person(1), &[(city(), 1_000)]);
    let first = town.post(request.clone()).await.unwrap();
    let town = town.restart();
    assert_eq!(town.post(request).await.unwrap().answer, first.answer);
    town.is_in_order().await;
}

async fn many_requests_at_once_for_the_last_point_give_one_use(town: Town) {
    town.grants(person(1), city(), 1, None).await;
    let posting: Vec<_> = (0..50)
        .map(|at| {
            let (ledger, request) = (town.ledger.clone(), town.use_request(at, person(1), &[(city(), 1)]));
            tokio::spawn(async move { ledger.post(request).await.unwrap().answer })
        })
        .collect();
    let mut used = 0;
    for posted in posting {
        match posted.await.unwrap() {
            Answer::Done(_) => used += 1,
            answer => {
                assert_eq!(answer, Answer::Refused(Refusal::Insufficient { currency: city(), usable: 0 }));
            }
        }
    }
    assert_eq!(used, 1);
    town.is_in_order().await;
}

async fn two_terminals_with_one_person_never_use_more_than_there_is(town: Town) {
    town.grants(person(1), city(), 100, Some(TODAY)).await;
    town.grants(person(1), city(), 100, None).await;
    let mut used = 0;
    for round in 0..30 {
        let ask = |at| {
            let (ledger, request) = (town.ledger.clone(), town.use_request(at, person(1), &[(city(), 7)]));
            tokio::spawn(async move { ledger.post(request).await })
        };
        let (one, two) = (ask(1), ask(2));
        for posted in [one.await.unwrap(), two.await.unwrap()] {
            used += if matches!(posted.unwrap().answer, Answer::Done(_)) { 7 } else { 0 };
        }
        assert_eq!(town.balance(person(1), city()).await, 200 - used, "round {round}");
    }
    assert_eq!(used, 196);
    town.is_in_order().await;
}

async fn one_use_in_two_books_is_one_act(town: Town) {
    town.grants(person(1), city(), 300, None).await;
    town.grants(person(1), prefecture(), 200, None).await;
    let both = town.use_request(1, person(1), &[(city(), 250), (prefecture(), 150)]);
    let used = done(town.post(both).await);
    assert_eq!(used.number.book, city().book);
    assert_eq!(town.balance(person(1), prefecture()).await, 50);
    let too_much = town.use_request(1, person(1), &[(city(), 50), (prefecture(), 51)]);
    let refusal = refused(town.post(too_much).await);
    assert_eq!(refusal, Refusal::Insufficient { currency: prefecture(), usable: 50 });
    assert_eq!(town.balance(person(1), city()).await, 50, "all or nothing");
    town.is_in_order().await;
}

async fn a_void_puts_points_back_where_they_came_from(town: Town) {
    let march = date(2027, 3, 31);
    town.grants(person(1), city(), 300, Some(march)).await;
    town.grants(person(1), city(), 700, None).await;
    let used = town.uses(person(1), 500).await;
    let voided = done(town.post(town.void_request(1, &used)).await);
    assert_eq!((voided.kind, voided.reverses), (OperationKind::Void, Some(used.number)));
    assert_eq!(voided.parts[0].next_lapse.map(|next| (next.points, next.last_day)), Some((300, march)));
    let twice = refused(town.post(town.void_request(1, &used)).await);
    assert_eq!(twice, Refusal::AlreadyVoided { by: voided.number });
    let elsewhere = town.uses(person(1), 1).await;
    assert_eq!(refused(town.post(town.void_request(2, &elsewhere)).await), Refusal::NotThisTerminal);
    town.set_clock(NOON + DAY);
    let too_late = refused(town.post(town.void_request(1, &elsewhere)).await);
    assert_eq!(too_late, Refusal::TooLateToVoid { used_on: TODAY });
    town.is_in_order().await;
}

async fn a_spent_lot_is_refilled_by_a_void(town: Town) {
    town.grants(person(1), city(), 100, Some(TODAY)).await;
    let used = town.uses(person(1), 100).await;
    let town = town.restart();
    done(town.post(town.void_request(1, &used)).await);
    assert_eq!(town.balance(person(1), city()).await, 100);
    town.is_in_order().await;
}

async fn a_void_of_two_books_is_whole(town: Town) {
    town.grants(person(1), prefecture(), 200, None).await;
    town.grants(person(1), city(), 200, None).await;
    let used = done(town.post(town.use_request(1, person(1), &[(prefecture(), 20), (city(), 30)])).await);
    done(town.post(town.void_request(1, &used)).await);
    assert_eq!(town.balance(person(1), prefecture()).await, 200);
    assert_eq!(town.balance(person(1), city()).await, 200);
    let only_the_prefectures = done(town.post(town.use_request(1, person(1), &[(prefecture(), 20)])).await);
    done(town.post(town.void_request(1, &only_the_prefectures)).await);
    assert_eq!(town.balance(person(1), prefecture()).await, 200);
    town.is_in_order().await;
}

async fn resolving_an_unknown_key_makes_it_dead(town: Town) {
    town.grants(person(1), city(), 100, None).await;
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    let (actor, home, key) = (request.actor, request.home, request.key);
    assert_eq!(town.ledger.resolve(actor, home, key).await.unwrap().answer, Answer::Abandoned);
    assert_eq!(refused(town.post(request).await), Refusal::Abandoned, "the delayed original");
    assert_eq!(town.ledger.resolve(actor, home, key).await.unwrap().answer, Answer::Abandoned);
    assert_eq!(town.balance(person(1), city()).await, 100);

    let arrived = town.use_request(1, person(1), &[(city(), 10)]);
    let first = town.post(arrived.clone()).await.unwrap();
    let resolved = town.ledger.resolve(arrived.actor, arrived.home, arrived.key).await.unwrap();
    assert_eq!(resolved.answer, first.answer);
    town.is_in_order().await;
}

async fn resolving_and_posting_at_once_agree(town: Town) {
    town.grants(person(1), city(), 1_000, None).await;
    for round in 0..40 {
        let request = town.use_request(1, person(1), &[(city(), 1)]);
        let (actor, home, key) = (request.actor, request.home, request.key);
        let before = town.balance(person(1), city()).await;
        let (ledger, other) = (town.ledger.clone(), town.ledger.clone());
        let posting = tokio::spawn(async move { ledger.post(request).await.unwrap().answer });
        let resolved = other.resolve(actor, home, key).await.unwrap().answer;
        let posted = posting.await.unwrap();
        let used = before - town.balance(person(1), city()).await;
        match resolved {
            Answer::Abandoned => {
                assert_eq!((posted, used), (Answer::Refused(Refusal::Abandoned), 0), "round {round}");
            }
            done => assert_eq!((posted, used), (done, 1), "round {round}"),
        }
    }
    town.is_in_order().await;
}

async fn refusals_are_remembered(town: Town) {
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    let first = town.post(request.clone()).await.unwrap();
    assert!(first.first);
    town.grants(person(1), city(), 100, None).await;
    let again = town.post(request).await.unwrap();
    assert_eq!((again.answer, again.first), (first.answer, false));
    assert_eq!(town.balance(person(1), city()).await, 100);
    town.is_in_order().await;
}

async fn the_day_limit_is_kept(town: Town) {
    let limit = Points::new(500).unwrap();
    let limits = Limits { per_day: Some(limit), ..NO_LIMITS };
    let use_of = |points| town.limited_use(1, person(1), &[(city(), points)], limits);
    town.grants(person(1), city(), 5_000, None).await;
    let first = done(town.post(use_of(400)).await);
    let over = refused(town.post(use_of(101)).await);
    assert_eq!(over, Refusal::OverLimitPerDay { limit, left: 100 });
    let left = town.ledger.database();
    let left = left.read(move |read| read::left_today(read, city().book, person(1), limits, TODAY)).await;
    assert_eq!(left.unwrap(), Some(100));
    done(town.post(town.void_request(1, &first)).await);
    done(town.post(use_of(500)).await);
    town.set_clock(NOON + DAY);
    done(town.post(use_of(500)).await);
    town.is_in_order().await;
}

async fn a_clock_set_back_does_not_turn_time_back(town: Town) {
    town.grants(person(1), city(), 100, None).await;
    town.set_clock(NOON - DAY);
    let used = town.uses(person(1), 1).await;
    assert_eq!((used.at_ms, used.number.business_date), (NOON, TODAY));
    town.is_in_order().await;
}

async fn a_statement_leaves_nothing_out(town: Town) {
    town.grants(person(1), city(), 1_000, None).await;
    town.grants(person(2), city(), 1_000, None).await;
    for _ in 0..3 {
        town.uses(person(1), 10).await;
        town.uses(person(2), 20).await;
    }
    town.set_clock(NOON + DAY);
    town.uses(person(1), 5).await;
    let tomorrow = date(2026, 11, 21);
    let statement_of = |title: AccountTitle, first, last| {
        let lines = town.ledger.database().read(move |read| read::statement(read, &title, first, last));
        async { lines.await.unwrap() }
    };
    let resident = AccountTitle::resident(city(), person(1));
    let lines = statement_of(resident, TODAY, tomorrow).await;
    let amounts: Vec<_> =
        lines.iter().map(|line| (line.account_seq, line.amount, line.balance_after)).collect();
    assert_eq!(amounts, [(1, 1_000, 1_000), (2, -10, 990), (3, -10, 980), (4, -10, 970), (5, -5, 965)]);
    assert_eq!(lines[4].number.to_string(), "20261121-9");
    let second_day = statement_of(resident, tomorrow, tomorrow).await;
    assert_eq!(second_day, lines[4..]);
    let site = AccountTitle::site(city(), SiteId(7));
    let owed: Vec<_> = statement_of(site, TODAY, TODAY).await.iter().map(|line| line.amount).collect();
    assert_eq!(owed, [10, 20, 10, 20, 10, 20]);
    assert_eq!(statement_of(site, date(2026, 11, 22), date(2026, 12, 31)).await, []);
    let nobody = AccountTitle::resident(city(), person(99));
    assert_eq!(statement_of(nobody, TODAY, tomorrow).await, []);
}

async fn a_terminals_day_lists_its_own_operations(town: Town) {
    town.grants(person(1), city(), 1_000, None).await;
    let first = town.uses(person(1), 10).await;
    done(town.post(town.use_request(2, person(1), &[(city(), 5)])).await);
    let voided = done(town.post(town.void_request(1, &first)).await);
    refused(town.post(town.use_request(1, person(1), &[(city(), 5_000)])).await);
    let lines = town
        .ledger
        .database()
        .read(|read| read::operations_of_terminal(read, city().book, terminal(1), TODAY, 10))
        .await
        .unwrap();
    let kinds: Vec<_> =
        lines.iter().map(|line| (line.kind, matches!(line.answer, Answer::Done(_)))).collect();
    let expected = [(OperationKind::Use, false), (OperationKind::Void, true), (OperationKind::Use, true)];
    assert_eq!(kinds, expected, "newest first");
    assert_eq!(lines[2].reversed_by, Some(voided.number));
    let key = lines[2].key;
    let actor = Actor::Terminal(terminal(1));
    let found =
        town.ledger.database().read(move |read| read::first_answer(read, city().book, actor, key)).await;
    assert_eq!(found.unwrap().map(|first| first.answer), Some(Answer::Done(first)));
}

async fn balances_show_points_by_last_day(town: Town) {
    let march = Some(date(2027, 3, 31));
    town.grants(person(1), city(), 500, None).await;
    town.grants(person(1), city(), 200, march).await;
    town.grants(person(1), city(), 100, march).await;
    town.grants(person(1), city(), 50, Some(TODAY)).await;
    let balance = |day| town.ledger.database().read(move |read| read::balance(read, person(1), city(), day));
    let today = balance(TODAY).await.unwrap();
    let by_day: Vec<_> = today.by_last_day.iter().map(|dated| (dated.last_day, dated.points)).collect();
    assert_eq!((today.usable, by_day), (850, vec![(Some(TODAY), 50), (march, 300), (None, 500)]));
    let tomorrow = balance(date(2026, 11, 21)).await.unwrap();
    assert_eq!(tomorrow.usable, 800);
    assert_eq!(town.balance(person(2), city()).await, 0);
}

async fn two_ledgers_on_one_database_see_each_others_postings(town: Town) {
    town.grants(person(1), city(), 1_000, None).await;
    let other = Ledger::new(town.ledger.database().clone(), town.clock());
    for round in 0..10 {
        done(town.post(town.use_request(1, person(1), &[(city(), 1)])).await);
        done(other.post(town.use_request(2, person(1), &[(city(), 2)])).await);
        assert_eq!(town.balance(person(1), city()).await, 1_000 - 3 * (round + 1));
    }
    town.is_in_order().await;
}

async fn two_processes_with_one_person_never_use_more_than_there_is(town: Town) {
    town.grants(person(1), city(), 50, None).await;
    let other = town.another_process();
    let posting: Vec<_> = (0..80)
        .map(|number| {
            let process = if number % 2 == 0 { &town.ledger } else { &other }.clone();
            let request = town.use_request(number % 7, person(1), &[(city(), 1)]);
            tokio::spawn(async move { process.post(request).await })
        })
        .collect();
    let mut used = 0;
    for posted in posting {
        used += usize::from(matches!(posted.await.unwrap().unwrap().answer, Answer::Done(_)));
    }
    assert_eq!((used, town.balance(person(1), city()).await), (50, 0));
    town.is_in_order().await;
}
