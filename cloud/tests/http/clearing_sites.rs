//! `list_clearing_sites`: the sites that take tickets, for whoever clears for others.

use crate::actors::Town;
use madoguchi_cloud::operator::{OperatorError, site};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::ListClearingSitesAnswer;
use serde_json::json;

async fn names(chamber: &crate::actors::Terminal) -> Vec<String> {
    let answer: ListClearingSitesAnswer = chamber.post("list_clearing_sites", &json!({})).await.ok();
    answer.sites.into_iter().map(|site| site.name).collect()
}

#[tokio::test]
async fn a_chamber_sees_the_sites_that_take_tickets_with_or_without_a_terminal() {
    let town = Town::open().await;
    let chamber = town.chamber().await.at_work().await;
    town.greengrocer().await;
    assert_eq!(names(&chamber).await, Vec::<String>::new());
    let grocer = town.takes_tickets("やまだ八百屋").await;
    town.takes_tickets("銭湯 たまの湯").await;
    town.site("図書館").await;
    assert_eq!(names(&chamber).await, ["やまだ八百屋", "銭湯 たまの湯"]);
    town.write(move |write| site::set_takes_tickets(write, grocer, false)).await;
    assert_eq!(names(&chamber).await, ["銭湯 たまの湯"]);
}

#[tokio::test]
async fn another_towns_sites_and_other_functions_see_nothing() {
    let town = Town::open().await;
    town.takes_tickets("やまだ八百屋").await;
    let in_yokohama = town.chamber_in_yokohama().await.at_work().await;
    assert_eq!(names(&in_yokohama).await, Vec::<String>::new());
    let shop = town.greengrocer().await.at_work().await;
    let refused = (403, ErrorCode::FunctionNotAllowed);
    assert_eq!(shop.post("list_clearing_sites", &json!({})).await.code(), refused);
    let id = shop.id;
    town.write(move |write| {
        madoguchi_cloud::operator::terminal::set_functions(
            write,
            id,
            &[TerminalFunction::ClearTicketsForOthers],
        )
    })
    .await;
    let mut shop = shop;
    shop.goes_on().await;
    assert_eq!(names(&shop).await, ["やまだ八百屋"]);
}

#[tokio::test]
async fn a_site_that_is_not_there_takes_nothing() {
    let town = Town::open().await;
    let refused = town.cloud.database.write(|write| site::set_takes_tickets(write, SiteId(999), true)).await;
    assert!(matches!(refused.map_err(OperatorError::from), Err(OperatorError::UnknownSite(SiteId(999)))));
}
