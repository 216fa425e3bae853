//! `void_ticket`: the desk that issued a ticket takes it back the same day, before its day close.

use crate::actors::Town;
use jiff::civil::date;
use madoguchi_wire::terminal_api::{OperationKind, Refusal};

#[tokio::test]
async fn the_points_are_back_and_the_paper_is_dead() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let issued = chamber.issues(1_000).to(&hanako).await.done();
    let paper = issued.ticket.unwrap();
    let done = chamber.voids_ticket(paper.ticket.number).await.done();
    assert_eq!((done.kind, done.voided_number), (OperationKind::VoidTicket, Some(issued.number)));
    assert_eq!((done.accounts[0].points, done.accounts[0].after), (1_000, 3_000));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 3_000);
    let refused = chamber.clears(&paper.code).for_site(site).now().await.refused();
    assert_eq!(refused, Refusal::TicketVoided);
    assert_eq!(chamber.voids_ticket(paper.ticket.number).await.refused(), Refusal::TicketVoided);
    assert_eq!(chamber.visit(&hanako).await.left_today, 5_000, "the day's limit is whole again");
}

#[tokio::test]
async fn another_terminal_of_the_desk_cannot_take_it_back() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let (chamber, second) =
        (town.chamber().await.at_work().await, town.chambers_second().await.at_work().await);
    let number = chamber.ticket(1_000, &hanako).await.ticket.number;
    assert_eq!(second.voids_ticket(number).await.refused(), Refusal::NotThisTerminal);
}

#[tokio::test]
async fn the_next_day_is_too_late() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let mut chamber = town.chamber().await.at_work().await;
    town.it_is("2026-11-20T23:59:59+09:00");
    chamber.goes_on().await;
    let number = chamber.ticket(1_000, &hanako).await.ticket.number;
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.begins_the_day().await;
    assert_eq!(chamber.voids_ticket(number).await.refused(), Refusal::TooLateToVoid);
}

#[tokio::test]
async fn after_the_day_close_it_is_too_late_also_on_the_same_day() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let number = chamber.ticket(1_000, &hanako).await.ticket.number;
    chamber.closes_day().await.done();
    assert_eq!(chamber.voids_ticket(number).await.refused(), Refusal::DayClosed { number: 1 });
    let after = chamber.ticket(500, &hanako).await.ticket.number;
    chamber.voids_ticket(after).await.done();
}

#[tokio::test]
async fn a_ticket_is_good_beyond_the_last_day_of_the_points_it_holds() {
    let town = Town::open().await;
    let hanako = town.resident().await;
    town.gives(&hanako, town.kawasaki_points(), 1_000, Some(date(2026, 11, 20))).await;
    let mut chamber = town.chamber().await.at_work().await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.begins_the_day().await;
    chamber.clears(&paper.code).for_site(site).now().await.done();
}
