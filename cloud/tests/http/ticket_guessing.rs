//! Whoever tries numbers gets nowhere, and is seen (row E6).

use crate::actors::{Terminal, Town, a_key};
use madoguchi_cloud::database::params;
use madoguchi_cloud::operator::ticket;
use madoguchi_cloud::ticket::guessing;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, Refusal};
use std::collections::HashSet;

/// The number that comes after so many others: none of them was issued, as good as certainly.
fn guess(place: u64) -> String {
    format!("{:012}", place.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 1_000_000_000_000)
}

/// Tries one number after the other, waiting as long as it is told to, until it is locked; says how many were
/// answered and how long that took.
async fn guesses(town: &Town, terminal: &mut Terminal, site: SiteId) -> (u64, i64) {
    let began = town.cloud.clock.now_ms();
    let mut answered = 0;
    for place in 0..10_000 {
        loop {
            let reply = terminal.clears_typed(&guess(place)).for_site(site).now().await;
            if reply.status.is_success() {
                assert_eq!(reply.refused(), Refusal::TicketUnknown);
                answered += 1;
                break;
            }
            match reply.code() {
                (429, ErrorCode::TicketGuessingSlowed) => {
                    let wait_s = reply.problem().retry_after_s.unwrap();
                    assert_eq!(reply.retry_after, Some(wait_s.to_string()));
                    town.seconds_pass(wait_s.into());
                }
                (401, ErrorCode::SessionEnded) => terminal.goes_on().await,
                (403, ErrorCode::TicketGuessingLocked) => {
                    return (answered, town.cloud.clock.now_ms() - began);
                }
                other => panic!("{other:?}"),
            }
        }
    }
    panic!("ten thousand numbers were tried");
}

#[tokio::test]
async fn ten_thousand_random_numbers_end_at_the_fifteenth() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (mut chamber, mut north) =
        (town.chamber().await.at_work().await, town.chamber_in_the_north().await.at_work().await);
    let paper = chamber.ticket(500, &hanako).await;
    let typed = paper.ticket.number.to_string();
    let (answered, took_ms) = guesses(&town, &mut chamber, site).await;
    assert_eq!(answered, 15);
    assert!(took_ms > 20 * 60 * 1000, "slower and slower: {took_ms} ms");
    let locked = (403, ErrorCode::TicketGuessingLocked);
    assert_eq!(chamber.clears_typed(&typed).for_site(site).now().await.code(), locked, "a real one as well");
    north.goes_on().await;
    assert_eq!(north.clears_typed(&guess(1)).for_site(site).now().await.refused(), Refusal::TicketUnknown);
    chamber.clears(&paper.code).for_site(site).now().await.done();
}

#[tokio::test]
async fn a_lock_ends_when_the_operator_says_so_or_with_the_day() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let (one, other) = (chamber.ticket(500, &hanako).await, chamber.ticket(500, &hanako).await);
    guesses(&town, &mut chamber, site).await;
    let (id, now_ms) = (chamber.id, town.cloud.clock.now_ms());
    let seen = town.cloud.database.read(|read| guessing::since(read, "2026-11-20".parse().unwrap()));
    let seen =
        seen.await.map_err(|_: madoguchi_cloud::database::NotRead<madoguchi_cloud::database::Error>| ());
    let seen = seen.unwrap();
    assert_eq!((seen[0].terminal, seen[0].typed, seen[0].is_locked), (chamber.id, 15, true));
    town.write(move |write| ticket::unlock(write, id, now_ms)).await;
    let number = one.ticket.number.to_string();
    chamber.clears_typed(&number).for_site(site).now().await.done();
    guesses_more(&town, &mut chamber, site).await;
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.begins_the_day().await;
    let number = other.ticket.number.to_string();
    chamber.clears_typed(&number).for_site(site).now().await.done();
}

/// Until it is locked once more, with numbers that were not tried before.
async fn guesses_more(town: &Town, terminal: &mut Terminal, site: SiteId) {
    for place in 20_000..20_100 {
        let reply = terminal.clears_typed(&guess(place)).for_site(site).now().await;
        if reply.status.is_success() {
            continue;
        }
        match (reply.problem().code, reply.problem().retry_after_s) {
            (ErrorCode::SessionEnded, _) => terminal.goes_on().await,
            (ErrorCode::TicketGuessingSlowed, Some(wait_s)) => town.seconds_pass(wait_s.into()),
            (code, _) => return assert_eq!(code, ErrorCode::TicketGuessingLocked),
        }
    }
    panic!("not locked");
}

#[tokio::test]
async fn the_same_paper_scanned_again_and_again_counts_once() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let forged = "T1.141305.000000000001.1.0123456789ABCDEF";
    for _ in 0..50 {
        let refused = chamber.clears(forged).for_site(site).now().await.refused();
        assert_eq!(refused, Refusal::TicketUnknown);
    }
}

#[tokio::test]
async fn a_pile_of_real_tickets_goes_on_however_often_numbers_were_mistyped() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let mut pile = Vec::new();
    for _ in 0..20 {
        pile.push(chamber.ticket(10, &hanako).await);
    }
    guesses(&town, &mut chamber, site).await;
    for paper in &pile {
        chamber.clears(&paper.code).for_site(site).now().await.done();
    }
    let again = chamber.clears(&pile[0].code).for_site(site).now().await.refused();
    assert!(matches!(again, Refusal::TicketCleared(_)), "its own words also while locked: {again:?}");
}

#[tokio::test]
async fn numbers_tried_at_the_same_time_are_counted_as_well() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let mut trying = tokio::task::JoinSet::new();
    for place in 0..64 {
        let chamber = chamber.clone();
        trying.spawn(async move { chamber.clears_typed(&guess(place)).for_site(site).now().await });
    }
    let mut answered = 0;
    while let Some(reply) = trying.join_next().await {
        let reply = reply.unwrap();
        if reply.status.is_success() {
            answered += 1;
        } else {
            assert_eq!(reply.code(), (429, ErrorCode::TicketGuessingSlowed));
        }
    }
    assert_eq!(answered, 5, "four for nothing, and the one that begins the waiting");
}

#[tokio::test]
async fn a_desk_cannot_try_numbers_by_printing_them_anew_or_taking_them_back() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let (chamber, north) =
        (town.chamber().await.at_work().await, town.chamber_in_the_north().await.at_work().await);
    let of_another_desk = north.ticket(100, &hanako).await.ticket.number;
    assert_eq!(chamber.reissues(of_another_desk).await.refused(), Refusal::NotThisSite);
    for place in 0..4 {
        let number = TicketNumber::parse(&guess(place)).unwrap();
        let reply =
            if place % 2 == 0 { chamber.reissues(number).await } else { chamber.voids_ticket(number).await };
        assert_eq!(reply.refused(), Refusal::TicketUnknown);
    }
    assert_eq!(chamber.reissues(of_another_desk).await.code(), (429, ErrorCode::TicketGuessingSlowed));
}

#[tokio::test]
async fn a_locked_desk_still_prints_anew_and_takes_back_what_its_own_site_issued_and_nothing_else() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (mut chamber, north) =
        (town.chamber().await.at_work().await, town.chamber_in_the_north().await.at_work().await);
    let before = chamber.ticket(100, &hanako).await.ticket.number;
    let of_another_desk = north.ticket(200, &hanako).await.ticket.number;
    guesses(&town, &mut chamber, site).await;
    let locked = (403, ErrorCode::TicketGuessingLocked);
    let nobodys = TicketNumber::parse(&guess(70_000)).unwrap();
    for strangers in [of_another_desk, nobodys] {
        let replies = [chamber.reissues(strangers).await, chamber.voids_ticket(strangers).await];
        let [reissued, voided] = replies.map(|reply| (reply.code(), reply.problem().retry_after_s));
        assert_eq!((reissued, voided), ((locked, None), (locked, None)), "in the same words");
    }
    let during = chamber.ticket(300, &hanako).await.ticket.number;
    for own in [before, during] {
        let anew = chamber.reissues(own).await.done().ticket.unwrap().ticket.number;
        chamber.voids_ticket(anew).await.done();
    }
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_800, "only the other desk's is out");
    let typed = chamber.clears_typed(&before.to_string()).for_site(site).now().await;
    assert_eq!(typed.code(), locked, "clearing it by its number is still a guess");
}

#[tokio::test]
async fn hanging_up_and_asking_again_saves_no_count() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let key = a_key();
    let first = chamber.clears_typed(&guess(1)).for_site(site).under(key).now().await.refused();
    assert_eq!(chamber.resolves(key).await.refused(), first);
    for place in 2..=5 {
        chamber.clears_typed(&guess(place)).for_site(site).now().await.refused();
    }
    let slowed = a_key();
    let reply = chamber.clears_typed(&guess(6)).for_site(site).under(slowed).now().await;
    assert_eq!(reply.code(), (429, ErrorCode::TicketGuessingSlowed));
    let resolved: OperationAnswer = chamber.resolves(slowed).await.ok();
    assert_eq!(resolved, OperationAnswer::Refused(Refusal::Abandoned), "it was not even looked for");
}

#[tokio::test]
async fn twelve_digits_that_are_no_ticket_stand_nowhere_in_the_database() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let my_number = "123456789018";
    chamber.clears_typed(my_number).for_site(site).now().await.refused();
    let code = format!("T1.141305.{my_number}.1.0123456789ABCDEF");
    chamber.clears(&code).for_site(site).now().await.refused();
    let texts: Vec<(Option<String>, Option<Vec<u8>>)> = town
        .cloud
        .database
        .read(|read| {
            let everything = "select answer, request_hash from operation";
            read.query_all(everything, params![], |row| Ok((row.get(0)?, row.get(1)?)))
        })
        .await
        .map_err(|_: madoguchi_cloud::database::NotRead<madoguchi_cloud::database::Error>| ())
        .unwrap();
    assert!(!texts.is_empty());
    let hashes: HashSet<Vec<u8>> = texts.iter().filter_map(|(_, hash)| hash.clone()).collect();
    let plain = madoguchi_domain::ledger::RequestHash::of([
        b"clear_ticket".as_slice(),
        my_number.as_bytes(),
        &site.0.to_be_bytes(),
    ]);
    assert!(!hashes.contains(plain.0.as_slice()));
    assert!(texts.iter().flat_map(|(answer, _)| answer).all(|answer| !answer.contains(my_number)));
}
