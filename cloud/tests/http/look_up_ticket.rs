//! `look_up_ticket`: what a ticket is, before anything is done to it.

use crate::actors::Town;
use madoguchi_wire::terminal_api::{LookUpTicketAnswer, Refusal, TicketFate};
use serde_json::json;

#[tokio::test]
async fn a_clerk_sees_what_it_is_and_what_has_become_of_it() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    town.takes_tickets("やまだ八百屋").await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let fate = async || match shop.looks_up_code(&paper.code).await.ok() {
        LookUpTicketAnswer::Ticket { ticket, fate } => {
            assert_eq!(ticket, paper.ticket);
            fate
        }
        LookUpTicketAnswer::Refused { refusal } => panic!("refused: {refusal:?}"),
    };
    assert_eq!(fate().await, TicketFate::Open);
    assert_eq!(fate().await, TicketFate::Open, "looking changes nothing");
    shop.clears(&paper.code).now().await.done();
    assert!(matches!(fate().await, TicketFate::Cleared(cleared) if cleared.cleared_at == "やまだ八百屋"));
}

#[tokio::test]
async fn what_a_clearing_would_be_refused_with_is_said_beforehand() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    let shop = town.greengrocer().await.at_work().await;
    let paper = chamber.ticket(1_000, &hanako).await;
    let refusal = async |named: serde_json::Value| match shop
        .post("look_up_ticket", &json!({ "ticket": named, "site": null }))
        .await
        .ok()
    {
        LookUpTicketAnswer::Refused { refusal } => refusal,
        LookUpTicketAnswer::Ticket { .. } => panic!("not refused"),
    };
    let code = json!({ "by": "code", "code": paper.code });
    assert_eq!(refusal(code).await, Refusal::SiteTakesNoTickets);
    town.takes_tickets("やまだ八百屋").await;
    let forged = json!({ "by": "code", "code": paper.code.replacen(".1.", ".9.", 1) });
    assert_eq!(refusal(forged).await, Refusal::TicketForged);
    let unknown = json!({ "by": "number", "number": "000000000000" });
    assert_eq!(refusal(unknown).await, Refusal::TicketUnknown);
}
