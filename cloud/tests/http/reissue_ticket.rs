//! `reissue_ticket`: a second paper is a new number; the old one is dead.

use crate::actors::{Town, a_key};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, OperationKind, Refusal};
use serde_json::json;

#[tokio::test]
async fn the_new_number_holds_what_the_old_one_held_and_the_old_one_does_not_say_it() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop_site = town.takes_tickets("やまだ八百屋").await;
    let chamber = town.chamber().await.at_work().await;
    let old = chamber.ticket(1_000, &hanako).await;
    let done = chamber.reissues(old.ticket.number).await.done();
    assert_eq!(done.kind, OperationKind::ReissueTicket);
    let new = done.ticket.unwrap();
    assert_ne!((new.ticket.number, &new.code), (old.ticket.number, &old.code));
    let same = |paper: &madoguchi_wire::terminal_api::PrintableTicket| {
        (paper.ticket.points, paper.ticket.issued_on, paper.ticket.last_day)
    };
    assert_eq!(same(&new), same(&old));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 2_000, "taken once");
    let refused = chamber.clears(&old.code).for_site(shop_site).now().await;
    assert_eq!(refused.refused(), Refusal::TicketReissued);
    assert!(!refused.body.contains(&new.ticket.number.to_string()));
    chamber.clears(&new.code).for_site(shop_site).now().await.done();
}

#[tokio::test]
async fn pressed_twice_there_is_one_new_number() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let old = chamber.ticket(1_000, &hanako).await.ticket.number;
    let key = a_key();
    let again = || async { chamber.post("reissue_ticket", &json!({ "key": key, "ticket": old })).await };
    let (a, b) = tokio::join!(again(), again());
    let first = a.done();
    assert_eq!(b.done(), first);
    assert_eq!(chamber.resolves(key).await.done(), first);
    assert_eq!(chamber.reissues(old).await.refused(), Refusal::TicketReissued);
}

#[tokio::test]
async fn any_ticket_terminal_of_the_same_site_may_and_no_other() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let number = chamber.ticket(1_000, &hanako).await.ticket.number;
    let north = town.chamber_in_the_north().await.at_work().await;
    assert_eq!(north.reissues(number).await.refused(), Refusal::NotThisSite);
    let shop = town.greengrocer().await.at_work().await;
    assert_eq!(shop.reissues(number).await.code(), (403, ErrorCode::FunctionNotAllowed));
    let second = town.chambers_second().await.at_work().await;
    second.reissues(number).await.done();
}

#[tokio::test]
async fn only_an_open_ticket_is_printed_anew() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let cleared = chamber.ticket(100, &hanako).await;
    chamber.clears(&cleared.code).for_site(site).now().await.done();
    let refused = chamber.reissues(cleared.ticket.number).await.refused();
    assert!(matches!(refused, Refusal::TicketCleared(_)), "{refused:?}");
    let voided = chamber.ticket(100, &hanako).await.ticket.number;
    chamber.voids_ticket(voided).await.done();
    assert_eq!(chamber.reissues(voided).await.refused(), Refusal::TicketVoided);
    let last_day = "2026-11-20".parse().unwrap();
    let lapsed = chamber.issues(100).until(last_day).to(&hanako).await.done().ticket.unwrap();
    town.it_is("2026-11-21T00:00:00+09:00");
    chamber.begins_the_day().await;
    assert_eq!(chamber.reissues(lapsed.ticket.number).await.refused(), Refusal::TicketLapsed { last_day });
}

#[tokio::test]
async fn printed_anew_while_the_old_paper_is_cleared_elsewhere_exactly_one_wins() {
    let town = Town::open().await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (chamber, shop) = (town.chamber().await.at_work().await, town.greengrocer().await.at_work().await);
    for _ in 0..10 {
        let hanako = town.resident_with(1_000).await;
        let old = chamber.ticket(1_000, &hanako).await;
        let (new, cleared) = tokio::join!(chamber.reissues(old.ticket.number), shop.clears(&old.code).now());
        match (new.ok(), cleared.ok()) {
            (OperationAnswer::Done(new), OperationAnswer::Refused(refusal)) => {
                assert_eq!(refusal, Refusal::TicketReissued);
                chamber.clears(&new.ticket.unwrap().code).for_site(site).now().await.done();
            }
            (OperationAnswer::Refused(Refusal::TicketCleared(cleared)), OperationAnswer::Done(_)) => {
                assert_eq!(cleared.cleared_at, "やまだ八百屋");
            }
            (new, cleared) => panic!("{new:?} and {cleared:?}"),
        }
    }
}
