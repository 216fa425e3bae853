//! Tickets lapse (row E4): once, at the end of their day in Japan, whatever the clock does and whoever pays meanwhile.

use crate::engine::on_every_engine;
use crate::town::{DAY, LAST_DAY, NOON, Town, city, clear, done, face, issue, person, refused};
use jiff::civil::Date;
use madoguchi_cloud::database::{Connection, params};
use madoguchi_cloud::ledger::lapse_job::lapse_due_tickets;
use madoguchi_domain::ledger::{Refusal, TicketFace};

on_every_engine!(
    many_tickets_lapse_once_though_two_jobs_run,
    a_clock_set_back_over_a_lapse_brings_no_ticket_back,
    a_clock_set_back_before_the_job_ran_leaves_the_tickets_lapsed,
    points_are_used_between_the_turns_of_a_mass_lapse,
);

fn after_the_last_day() -> Date {
    LAST_DAY.tomorrow().unwrap()
}

/// So many tickets of ten points, made at once.
async fn issued(town: &Town, count: usize) -> Vec<TicketFace> {
    town.grants(person(1), city(), 10_000, None).await;
    let issuing: Vec<_> = (0..count)
        .map(|_| {
            let (ledger, request) =
                (town.ledger.clone(), town.terminal_request(1, issue(person(1), city(), 10)));
            tokio::spawn(async move { face(&done(ledger.post(request).await)) })
        })
        .collect();
    let mut issued = Vec::new();
    for one in issuing {
        issued.push(one.await.unwrap());
    }
    issued
}

/// A pile of the ticket's own day, sent only now, hears that its day is over.
async fn is_refused_as_lapsed(town: &Town, ticket: &TicketFace) {
    let late = refused(town.post(town.terminal_request(2, clear(ticket.number))).await);
    assert_eq!(late, Refusal::TicketLapsed { last_day: LAST_DAY, waited: true });
}

async fn many_tickets_lapse_once_though_two_jobs_run(town: Town) {
    let issued = issued(&town, 450).await;
    done(town.post(town.terminal_request(2, clear(issued[0].number))).await);
    assert_eq!(lapse_due_tickets(&town.ledger, LAST_DAY).await.unwrap(), 0, "through its last day");
    let after = after_the_last_day();
    assert_eq!(lapse_due_tickets(&town.ledger, after).await.unwrap(), 0, "the books' clock decides");
    town.set_clock(NOON + 31 * DAY);
    let other = town.another_process();
    let (one, two) = tokio::join!(lapse_due_tickets(&town.ledger, after), lapse_due_tickets(&other, after));
    assert_eq!(one.unwrap() + two.unwrap(), 449);
    assert_eq!(lapse_due_tickets(&town.ledger, after).await.unwrap(), 0);
    is_refused_as_lapsed(&town, &issued[1]).await;
    town.is_in_order().await;
}

async fn a_clock_set_back_over_a_lapse_brings_no_ticket_back(town: Town) {
    let issued = issued(&town, 3).await;
    town.set_clock(NOON + 31 * DAY);
    assert_eq!(lapse_due_tickets(&town.ledger, after_the_last_day()).await.unwrap(), 3);
    town.set_clock(NOON);
    is_refused_as_lapsed(&town, &issued[0]).await;
    assert_eq!(lapse_due_tickets(&town.ledger, LAST_DAY).await.unwrap(), 0);
    assert_eq!(lapse_due_tickets(&town.ledger, after_the_last_day()).await.unwrap(), 0);
    assert_eq!(town.balance(person(1), city()).await, 9_970, "lapsed points are not returned");
    town.is_in_order().await;
}

async fn some_lapsed(town: &Town) -> bool {
    let lapsed = |read: &Connection| {
        read.query_row("select count(*) from ticket where state = 'lapsed'", params![], |row| {
            row.get::<i64>(0)
        })
    };
    town.ledger.database().read(lapsed).await.unwrap() > 0
}

/// The books' own time never falls: what they have seen of a day stays seen.
async fn a_clock_set_back_before_the_job_ran_leaves_the_tickets_lapsed(town: Town) {
    let issued = issued(&town, 2).await;
    town.set_clock(NOON + 31 * DAY);
    town.uses(person(1), 10).await;
    town.set_clock(NOON);
    is_refused_as_lapsed(&town, &issued[0]).await;
    assert_eq!(lapse_due_tickets(&town.ledger, after_the_last_day()).await.unwrap(), 2);
    is_refused_as_lapsed(&town, &issued[1]).await;
    town.is_in_order().await;
}

async fn points_are_used_between_the_turns_of_a_mass_lapse(town: Town) {
    issued(&town, 900).await;
    town.set_clock(NOON + 31 * DAY);
    let lapsing = {
        let ledger = town.ledger.clone();
        tokio::spawn(async move { lapse_due_tickets(&ledger, after_the_last_day()).await.unwrap() })
    };
    while !some_lapsed(&town).await {}
    let used = town.uses(person(1), 10).await;
    assert_eq!(lapsing.await.unwrap(), 900);
    let last = town.uses(person(1), 10).await;
    let lapsed_after_it = last.number.seq - used.number.seq - 1;
    assert!(lapsed_after_it > 0, "the use waited for the whole lapse");
    assert_eq!(town.balance(person(1), city()).await, 980);
    town.is_in_order().await;
}
