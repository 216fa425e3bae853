//! `acknowledge_merge`: the street's answer is proven, and what was not received is seen.

use crate::actors::{Terminal, Town, a_key};
use madoguchi_domain::merge_file::{Reception, TransactionNumber};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{AcknowledgeMergeAnswer, MergeAnswered, MergeReception, MergeReceptions};

const NUMBER: &str = "30010100000017";

#[tokio::test]
async fn what_was_not_received_is_listed_until_it_is() {
    let town = Town::open().await;
    let street = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let one = shop.merges(100).of_the(&hanako).await.done().merge.unwrap().number;
    let other = shop.merges(200).of_the(&hanako).await.done().merge.unwrap().number;
    assert_eq!(town.waiting().await, [(one, None), (other, None)]);
    let unknown = Reception::UnknownMember;
    let acknowledged = |reception| AcknowledgeMergeAnswer::Acknowledged { number: one, reception };
    assert_eq!(
        shop.carries_answer(&street.answers(one, unknown)).await.ok::<AcknowledgeMergeAnswer>(),
        acknowledged(MergeReception::UnknownMember)
    );
    assert_eq!(town.waiting().await, [(one, Some(unknown)), (other, None)]);
    for _ in 0..2 {
        let answer = street.answers(one, Reception::Received);
        let carried: AcknowledgeMergeAnswer = shop.carries_answer(&answer).await.ok();
        assert_eq!(carried, acknowledged(MergeReception::Received));
    }
    assert_eq!(town.waiting().await, [(other, None)]);
}

#[tokio::test]
async fn an_answer_that_is_not_the_streets_changes_nothing() {
    let town = Town::open().await;
    let street = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let number = shop.merges(100).under(a_key()).of_the(&hanako).await.done().merge.unwrap().number;
    let genuine = street.answers(number, Reception::Received);
    let flipped = genuine.replace(&hex::encode("received"), &hex::encode("receiveD"));
    let nobodys =
        street.answers(TransactionNumber::parse("20261120120000999999").unwrap(), Reception::Received);
    for answer in [flipped, nobodys, String::new(), "00".repeat(320)] {
        let answer: AcknowledgeMergeAnswer = shop.carries_answer(&answer).await.ok();
        assert_eq!(answer, AcknowledgeMergeAnswer::NotGenuine);
    }
    for malformed in ["zz".to_owned(), "00".repeat(321)] {
        assert_eq!(shop.carries_answer(&malformed).await.code(), (422, ErrorCode::Malformed));
    }
    assert_eq!(town.waiting().await, [(number, None)]);
    town.next_street_key().await;
    town.retires_street_key(street.number).await;
    let late: AcknowledgeMergeAnswer = shop.carries_answer(&genuine).await.ok();
    let received = AcknowledgeMergeAnswer::Acknowledged { number, reception: MergeReception::Received };
    assert_eq!(late, received, "an old key proves what it sealed");
}

#[tokio::test]
async fn whoever_carried_the_answer_the_terminal_that_merged_can_ask_for_it_and_no_other() {
    let town = Town::open().await;
    let street = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let (shop, other) = (town.shop_of_the_street().await, town.baker_at_work().await);
    town.street_knows(&hanako, NUMBER, &shop).await;
    let keys = [a_key(), a_key()];
    let merged = shop.merges(100).under(keys[0]).of_the(&hanako).await.done().merge.unwrap().number;
    shop.merges(200).under(keys[1]).of_the(&hanako).await.done();
    let asks =
        async |terminal: &Terminal| terminal.asks_receptions(&keys).await.ok::<MergeReceptions>().receptions;
    assert_eq!(asks(&shop).await, []);
    for reception in [Reception::UnknownMember, Reception::Received] {
        other.carries_answer(&street.answers(merged, reception)).await.ok::<AcknowledgeMergeAnswer>();
        town.seconds_pass(1);
    }
    let answered = |reception| MergeAnswered { key: keys[0], reception };
    let told = [answered(MergeReception::UnknownMember), answered(MergeReception::Received)];
    assert_eq!(asks(&shop).await, told);
    assert_eq!(asks(&other).await, [], "they are not its merges");
    let too_many = shop.asks_receptions(&[a_key(); 51]).await;
    assert_eq!(too_many.code(), (422, ErrorCode::Malformed));
}
