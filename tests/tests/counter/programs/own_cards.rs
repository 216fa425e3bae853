//! Cards of the ID provider's own on the reader: which card counts beside a resident's, and who is told what stands
//! on one.

use super::library::{Library, Program, said};
use super::own_street::{AREA, DESCRIPTION, ON_THE_CARD};
use crate::counter::READER;
use madoguchi_doubles::Card;
use madoguchi_wire::window::PairingShown;
use serde_json::{Value, json};

const SECOND: &str = "second reader";

fn own_card() -> Card {
    Card::felica([1; 8], &[(AREA, ON_THE_CARD.as_bytes())])
}

fn number_of_taro() -> (u16, Value) {
    (200, json!({ "result": "customer_number", "number": "0012345678" }))
}

async fn asks_with_own_cards(program: &Program) -> (u16, Value) {
    said(program.asks(&json!({ "wait_s": 10, "own_cards": true })).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_residents_card_and_the_librarys_the_residents_counts_in_whichever_order_they_came() {
    let library = Library::opens().await;
    library.describes_a_card(DESCRIPTION);
    let program = library.pairs("図書館システム", None).await;
    let also_own = library.pairs_with_own_cards("own cards, too").await;
    library.at.desk.attach(SECOND);
    for residents_first in [true, false] {
        if residents_first {
            library.puts_on("taro");
            library.sees_cards(1).await;
        }
        library.at.desk.put_on(SECOND, own_card());
        library.sees_cards(1 + usize::from(residents_first)).await;
        if !residents_first {
            library.puts_on("taro");
        }
        library.sees_cards(2).await;
        assert_eq!(program.reads(10).await, number_of_taro());
        assert_eq!(asks_with_own_cards(&also_own).await, number_of_taro());
        library.at.desk.take_off(READER);
        library.at.desk.take_off(SECOND);
        library.sees_cards(0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_on_an_own_card_is_told_to_who_was_paired_for_it_and_refused_to_everybody_else() {
    let library = Library::opens().await;
    library.describes_a_card(DESCRIPTION);
    let program = library.pairs("図書館システム", None).await;
    let also_own = library.pairs_with_own_cards("own cards, too").await;
    library.at.desk.put_on(READER, own_card());
    let told = json!({ "result": "card_number", "number": ON_THE_CARD });
    assert_eq!(asks_with_own_cards(&also_own).await, (200, told.clone()));
    let (status, problem) = asks_with_own_cards(&program).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("own_cards_not_paired")));
    for one in [&program, &also_own] {
        let (status, problem) = one.reads(10).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (409, Some("not_my_number_card")),
            "nobody asked for it"
        );
    }
    let library = library.opens_again().await;
    let shown = library.at.counter.look_at_bridge().await.unwrap().pairings;
    let own_cards: Vec<bool> = shown.iter().map(|PairingShown { own_cards, .. }| *own_cards).collect();
    assert_eq!(own_cards, [false, true], "the clerk sees it ever after");
    library.at.desk.put_on(READER, own_card());
    assert_eq!(asks_with_own_cards(&also_own).await, (200, told));
}
