//! `list_tickets`: what a desk has issued today, and what lapses soon.

use crate::actors::{Terminal, Town};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{ListTicketsAnswer, TicketFate};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::task::JoinSet;

#[tokio::test]
async fn todays_tickets_of_the_site_with_what_can_still_be_done() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (chamber, second) =
        (town.chamber().await.at_work().await, town.chambers_second().await.at_work().await);
    let north = town.chamber_in_the_north().await.at_work().await;
    north.ticket(50, &hanako).await;
    let mut numbers = Vec::new();
    for points in [100, 200, 300] {
        numbers.push(chamber.ticket(points, &hanako).await);
        town.seconds_pass(1);
    }
    chamber.clears(&numbers[0].code).for_site(site).now().await.done();
    let new = chamber.reissues(numbers[1].ticket.number).await.done().ticket.unwrap();
    let listed = chamber.tickets("issued_today").await;
    assert_eq!(listed.count, 4);
    let shown: Vec<_> = listed
        .tickets
        .iter()
        .map(|ticket| (ticket.ticket.points, ticket.can_be_reissued, ticket.can_be_voided))
        .collect();
    assert_eq!(shown, [(200, true, true), (300, true, true), (200, false, false), (100, false, false)]);
    assert_eq!(listed.tickets[0].ticket.number, new.ticket.number);
    assert_eq!(listed.tickets[2].fate, TicketFate::Reissued);
    assert!(matches!(listed.tickets[3].fate, TicketFate::Cleared(_)));
    assert_eq!(listed.tickets[0].masked_mykey_id, hanako.mykey_id.masked());
    let by_second = second.tickets("issued_today").await;
    assert!(by_second.tickets.iter().all(|ticket| !ticket.can_be_voided), "another terminal issued them");
    chamber.closes_day().await.done();
    let closed = chamber.tickets("issued_today").await;
    assert!(closed.tickets.iter().all(|ticket| !ticket.can_be_voided), "the day is closed");
    assert!(closed.tickets[0].can_be_reissued);
}

#[tokio::test]
async fn open_tickets_that_lapse_within_seven_days_the_earliest_first() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let mut codes = Vec::new();
    for day in ["2026-11-27", "2026-11-28", "2026-11-22", "2026-11-20"] {
        let issue = chamber.issues(100).until(day.parse().unwrap());
        codes.push(issue.to(&hanako).await.done().ticket.unwrap().code);
    }
    let days = async |chamber: &Terminal| {
        let listed = chamber.tickets("lapsing_soon").await;
        let days: Vec<_> = listed.tickets.iter().map(|ticket| ticket.ticket.last_day.to_string()).collect();
        assert_eq!(listed.count as usize, days.len());
        days
    };
    assert_eq!(days(&chamber).await, ["2026-11-20", "2026-11-22", "2026-11-27"]);
    chamber.clears(&codes[2]).for_site(site).now().await.done();
    assert_eq!(days(&chamber).await, ["2026-11-20", "2026-11-27"]);
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.begins_the_day().await;
    assert_eq!(days(&chamber).await, ["2026-11-27", "2026-11-28"], "what has lapsed lapses no more");
}

#[tokio::test]
async fn a_shop_has_no_such_list() {
    let town = Town::open().await;
    let shop = town.greengrocer().await.at_work().await;
    let refused = shop.post("list_tickets", &json!({ "which": "issued_today" })).await;
    assert_eq!(refused.code(), (403, ErrorCode::FunctionNotAllowed));
}

#[tokio::test]
async fn all_open_tickets_whenever_they_were_issued() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let mut papers = Vec::new();
    for points in [100, 200, 300] {
        papers.push(chamber.ticket(points, &hanako).await);
    }
    town.it_is("2026-11-24T09:00:00+09:00");
    chamber.begins_the_day().await;
    chamber.clears(&papers[1].code).for_site(site).now().await.done();
    chamber.issues(400).until("2026-12-24".parse().unwrap()).to(&hanako).await.done();
    let listed = chamber.tickets("open").await;
    let points: BTreeSet<_> = listed.tickets.iter().map(|listed| listed.ticket.points).collect();
    assert_eq!((points, listed.count), (BTreeSet::from([100, 300, 400]), 3));
    assert_eq!(listed.tickets[2].ticket.points, 400, "the earliest last day first");
    assert!(listed.tickets.iter().all(|listed| listed.can_be_reissued));
}

#[tokio::test]
async fn a_part_of_a_number_is_looked_for_in_all_and_is_digits() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let numbers = [chamber.ticket(100, &hanako).await, chamber.ticket(200, &hanako).await]
        .map(|paper| paper.ticket.number.to_string());
    for which in ["issued_today", "open"] {
        for number in &numbers {
            let found = chamber.post("list_tickets", &json!({ "which": which, "digits": number[3..] })).await;
            let found: ListTicketsAnswer = found.ok();
            assert!(
                found.tickets.iter().any(|listed| listed.ticket.number.to_string() == *number),
                "{which}"
            );
        }
    }
    for digits in ["", "1234567890123", "%", "12a"] {
        let malformed = chamber.post("list_tickets", &json!({ "which": "open", "digits": digits })).await;
        assert_eq!(malformed.code(), (422, ErrorCode::Malformed), "{digits}");
    }
}

/// 1,099 tickets of one point that lapse early, and, issued after them, 301 larger ones that lapse late.
async fn more_than_a_list_shows(town: &Town) -> Terminal {
    let hanako = town.resident_with(5_000).await;
    let chamber = town.chamber().await.at_work().await;
    let visit = chamber.visit(&hanako).await;
    for (count, points, last_day) in
        [(1_099, 1, "2026-11-25"), (300, 7, "2026-12-20"), (1, 483, "2026-12-20")]
    {
        let mut issuing = JoinSet::new();
        for _ in 0..count {
            let (chamber, hanako, visit) = (chamber.clone(), hanako.clone(), visit.clone());
            issuing.spawn(async move {
                let issue = chamber.issues(points).until(last_day.parse().unwrap()).during(&visit);
                issue.to(&hanako).await.done();
            });
        }
        issuing.join_all().await;
        town.seconds_pass(1);
    }
    chamber
}

#[tokio::test]
async fn a_list_that_ends_early_begins_with_those_its_order_asks_for() {
    let town = Town::open().await;
    let chamber = more_than_a_list_shows(&town).await;
    let asked = async |request: serde_json::Value| -> ListTicketsAnswer {
        chamber.post("list_tickets", &request).await.ok()
    };
    let points = |listed: &ListTicketsAnswer, from: usize, to: usize| -> BTreeSet<i64> {
        listed.tickets[from..to].iter().map(|one| one.ticket.points).collect()
    };
    for (which, order, first) in [
        ("open", None, (1, 1)),
        ("open", Some("earliest"), (1, 1)),
        ("open", Some("newest"), (483, 7)),
        ("open", Some("largest"), (483, 7)),
        ("issued_today", None, (483, 7)),
        ("issued_today", Some("earliest"), (1, 1)),
    ] {
        let listed = asked(json!({ "which": which, "order": order })).await;
        assert_eq!((listed.tickets.len(), listed.count), (1_000, 1_400), "it says that it ends early");
        let (one, others) = first;
        assert_eq!(points(&listed, 0, 1), [one].into(), "{which} {order:?}");
        assert_eq!(points(&listed, 1, 301), [others].into(), "{which} {order:?}");
    }
    let found = asked(json!({ "which": "open", "order": "earliest", "digits": "483" })).await;
    assert!(found.tickets.iter().any(|one| one.ticket.points == 483), "points are looked for in all of them");
    assert_eq!(found.tickets.len(), found.count as usize);
    let found = asked(json!({ "which": "open", "order": "earliest", "digits": "7" })).await;
    assert_eq!(
        (points(&found, 0, found.tickets.len()), found.count),
        ([7].into(), 300),
        "one digit is points"
    );
}
