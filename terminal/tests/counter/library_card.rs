//! 画面 23: the library's own card, on a reader or scanned, in place of typing.

use crate::shop::{AtCounter, READER, Shop};
use madoguchi_doubles::Card;
use madoguchi_doubles::contract::{FELICA_AREA, FELICA_BLOCK};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    CardExpectation, CardState, CustomerNumberRead, NumberShown, ReadCustomerNumberArguments,
};
use std::sync::Arc;

const SECOND: &str = "second reader";
const HANAKO: &str = "0a01";
const LIBRARY: &str = "name = \"図書館\"\n[felica]\nsystem = \"FE00\"\nservice = \"3A4B\"\noffset = 2\n\
                       length = 10\nencoding = \"ascii_digits\"\n";
const NW7: &str = "name = \"バーコード\"\n[wedge]\nsymbology = \"nw7\"\n[number]\nlength = 8\n";

impl AtCounter {
    async fn reads_number(&self, scanned: Option<&str>) -> Result<CustomerNumberRead, ErrorCode> {
        let scanned = scanned.map(|typed| NumberShown(typed.to_owned()));
        let read = self.counter.read_customer_number(ReadCustomerNumberArguments { scanned }).await;
        read.map_err(|failure| failure.code)
    }

    async fn hears_that_a_card_lies(&mut self) {
        self.hears(|notice| matches!(notice, madoguchi_wire::window::Notice::CardLies(true)).then_some(()))
            .await;
    }

    async fn hears_that_the_library_card_is_to_go(&mut self) {
        self.hears_of_card(|state| matches!(state, CardState::LibraryCardLies).then_some(())).await;
    }

    async fn hears_of_the_resident(&mut self) {
        self.hears_of_card(|state| matches!(state, CardState::ServiceIdRead { .. }).then_some(())).await;
    }
}

fn number(number: &str, card: Option<&str>) -> CustomerNumberRead {
    CustomerNumberRead::Number { number: NumberShown(number.to_owned()), card: card.map(str::to_owned) }
}

fn library_card() -> Card {
    Card::felica([1, 0xFE, 0, 0, 0, 0, 0, 1], &[(FELICA_AREA, FELICA_BLOCK)])
}

/// A library whose PC has these card descriptions.
async fn with_descriptions(files: &[(&str, &str)]) -> (Shop, AtCounter) {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    let folder = at.counter.make_card_descriptions_folder().await.unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    (shop, at)
}

#[tokio::test]
async fn the_library_card_gives_its_number_and_has_to_go_before_the_residents_card_is_read() {
    let (shop, mut at) = with_descriptions(&[("library.toml", LIBRARY)]).await;
    assert_eq!(at.reads_number(None).await, Ok(CustomerNumberRead::NoCard));
    shop.desk.put_on(READER, library_card());
    at.hears_that_a_card_lies().await;
    assert_eq!(at.reads_number(None).await, Ok(number("2900012345", Some("図書館"))));
    at.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
    at.hears_that_the_library_card_is_to_go().await;
    shop.desk.take_off(READER);
    shop.desk.put_on(READER, Card::of(HANAKO));
    at.hears_of_the_resident().await;
}

#[tokio::test]
async fn both_cards_may_lie_there_in_either_order() {
    for felica_first in [true, false] {
        let (shop, mut at) = with_descriptions(&[("library.toml", LIBRARY)]).await;
        shop.desk.attach(SECOND);
        let (first, then) = if felica_first {
            (library_card(), Card::of(HANAKO))
        } else {
            (Card::of(HANAKO), library_card())
        };
        shop.desk.put_on(READER, first);
        at.hears_that_a_card_lies().await;
        shop.desk.put_on(SECOND, then);
        at.hears_that_a_card_lies().await;
        assert_eq!(at.reads_number(None).await, Ok(number("2900012345", Some("図書館"))));
        at.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
        at.hears_of_the_resident().await;
    }
}

#[tokio::test]
async fn a_card_that_is_pulled_while_it_is_read_gives_no_number() {
    let (shop, at) = with_descriptions(&[("library.toml", LIBRARY)]).await;
    let at = Arc::new(at);
    shop.desk.put_on(READER, library_card());
    shop.desk.hold();
    let reading = tokio::spawn({
        let at = Arc::clone(&at);
        async move { at.reads_number(None).await }
    });
    let desk = shop.desk.clone();
    tokio::task::spawn_blocking(move || desk.wait_for_a_reading()).await.unwrap();
    shop.desk.take_off(READER);
    assert_eq!(reading.await.unwrap(), Err(ErrorCode::CardRemoved));
}

#[tokio::test]
async fn the_residents_card_is_no_library_card_and_stays_where_it_is() {
    let (shop, at) = with_descriptions(&[("library.toml", LIBRARY)]).await;
    shop.desk.put_on(READER, Card::of(HANAKO));
    assert_eq!(at.reads_number(None).await, Ok(CustomerNumberRead::OtherCard));
}

#[tokio::test]
async fn a_scan_is_read_by_the_descriptions_for_scans_and_taken_as_typed_without_any() {
    let (_shop, at) = with_descriptions(&[("library.toml", LIBRARY)]).await;
    assert_eq!(at.reads_number(Some("A00123456B")).await, Ok(number("A00123456B", None)));
    let (_shop, at) = with_descriptions(&[("library.toml", LIBRARY), ("nw7.toml", NW7)]).await;
    assert_eq!(at.reads_number(Some("A00123456B")).await, Ok(number("00123456", Some("バーコード"))));
    assert_eq!(at.reads_number(Some("9784003101018")).await, Err(ErrorCode::CardNotDescribed));
}
