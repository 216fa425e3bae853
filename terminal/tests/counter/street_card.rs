//! 画面 37 by the street's own card, on a reader or scanned: its points go into that street, and nothing else is
//! done by it (row F3).

use crate::cloud::{SERIAL, STREET_NUMBER, municipal, street};
use crate::shop::{AtCounter, READER, STREET_FOLDER, Shop, typed_pin};
use madoguchi_doubles::Card;
use madoguchi_doubles::contract::{FELICA_AREA, FELICA_BLOCK};
use madoguchi_port::drop_folder::DropFolders;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    CardExpectation, MergePointsArguments, MergePointsWithPinArguments, NumberShown, OperationState,
    Settings, StreetFolder, Visit, VisitNamed, VisitPart,
};
use std::path::Path;

const SECOND: &str = "second reader";
const DESCRIPTION: &str = "name = \"商店街カード\"\n[felica]\nsystem = \"FE00\"\nservice = \"3A4B\"\n\
                           offset = 2\nlength = 10\nencoding = \"ascii_digits\"\n";

fn street_card() -> Card {
    Card::felica([1, 0xFE, 0, 0, 0, 0, 0, 1], &[(FELICA_AREA, FELICA_BLOCK)])
}

/// A shop of the street, whose PC can read the street's cards and has the street's folder.
async fn shop_of_the_street(descriptions: &[&str]) -> (Shop, AtCounter) {
    let shop = Shop::new();
    shop.cloud.is_of_the_street();
    let at = shop.opens_registered().await;
    let folder = at.counter.make_card_descriptions_folder().await.unwrap();
    for (index, text) in descriptions.iter().enumerate() {
        std::fs::write(folder.join(format!("{index}.toml")), text).unwrap();
    }
    let named = StreetFolder { street: street().to_string(), folder: STREET_FOLDER.into() };
    let settings = at.counter.open_counter().await.unwrap().settings;
    at.counter.save_settings(Settings { street_folders: vec![named], ..settings }).await.unwrap();
    (shop, at)
}

impl AtCounter {
    async fn awaits_a_card_for_a_merge(&self) {
        self.counter.expect_card(CardExpectation::MergeCardNow).await.unwrap();
    }

    async fn scans_a_street_card(&self, typed: &str) {
        self.counter.scan_street_card(NumberShown(typed.into())).await.unwrap();
    }
}

fn merge_of(visit: &Visit, typed: &str) -> MergePointsArguments {
    let part = VisitPart { currency: municipal(), typed: typed.into() };
    MergePointsArguments { visit: visit.visit, street: street(), part }
}

fn is_of_the_street(visit: &Visit) -> bool {
    visit.by_card_of.as_ref().is_some_and(|known| known.street == street() && known.has_folder)
}

#[tokio::test]
async fn the_streets_card_on_the_reader_leads_to_the_balance_and_its_points_into_the_folder() {
    let (shop, mut at) = shop_of_the_street(&[DESCRIPTION]).await;
    at.awaits_a_card_for_a_merge().await;
    shop.desk.put_on(READER, street_card());
    let visit = at.hears_visit().await;
    assert!(is_of_the_street(&visit), "{visit:?}");
    at.counter.merge_points(merge_of(&visit, "1500")).await.unwrap();
    assert_eq!(shop.drop_folders.names(Path::new(STREET_FOLDER)).unwrap().len(), 1);
    assert_eq!(shop.cloud.balance(), 1_500);
}

#[tokio::test]
async fn a_scanned_card_leads_there_as_well_and_only_while_one_is_awaited() {
    let (shop, mut at) = shop_of_the_street(&[]).await;
    at.scans_a_street_card(STREET_NUMBER).await;
    at.awaits_a_card_for_a_merge().await;
    at.scans_a_street_card(STREET_NUMBER).await;
    assert!(is_of_the_street(&at.hears_visit().await));
    assert_eq!(shop.cloud.calls("look_up_street_card"), 1);
}

#[tokio::test]
async fn the_residents_card_does_as_before() {
    let (shop, mut at) = shop_of_the_street(&[DESCRIPTION]).await;
    at.awaits_a_card_for_a_merge().await;
    shop.desk.put_on(READER, Card::of(SERIAL));
    assert_eq!(at.hears_visit().await.by_card_of, None);
    assert_eq!(shop.cloud.calls("look_up_street_card"), 0);
}

#[tokio::test]
async fn a_card_whose_number_is_nobodys_or_cannot_be_read_is_said() {
    let (_shop, mut at) = shop_of_the_street(&[DESCRIPTION]).await;
    at.awaits_a_card_for_a_merge().await;
    at.scans_a_street_card("G-404").await;
    assert_eq!(at.hears_card_failed().await, ErrorCode::StreetCardUnknown);
    at.scans_a_street_card("1,2").await;
    assert_eq!(at.hears_card_failed().await, ErrorCode::StreetCardUnread);
    let (shop, mut at) = shop_of_the_street(&[]).await;
    at.awaits_a_card_for_a_merge().await;
    shop.desk.put_on(READER, street_card());
    assert_eq!(at.hears_card_failed().await, ErrorCode::StreetCardUnread, "nobody described it");
}

#[tokio::test]
async fn at_a_terminal_of_no_street_it_is_no_card_to_be_read() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    at.awaits_a_card_for_a_merge().await;
    shop.desk.put_on(READER, street_card());
    assert_eq!(at.hears_card_failed().await, ErrorCode::NotMyNumberCard);
    assert_eq!(shop.cloud.calls("look_up_street_card"), 0);
}

#[tokio::test]
async fn beside_a_card_of_neither_the_residents_is_read() {
    let (shop, mut at) = shop_of_the_street(&[]).await;
    shop.desk.attach(SECOND);
    shop.desk.put_on(READER, Card::of(SERIAL));
    shop.desk.put_on(SECOND, street_card());
    at.awaits_a_card_for_a_merge().await;
    assert_eq!(at.hears_visit().await.by_card_of, None);
}

#[tokio::test]
async fn it_can_neither_pay_nor_sign_and_above_the_limit_nothing_is_merged() {
    let (shop, mut at) = shop_of_the_street(&[]).await;
    shop.cloud.holds(9_000);
    at.awaits_a_card_for_a_merge().await;
    at.scans_a_street_card(STREET_NUMBER).await;
    let visit = at.hears_visit().await;
    let paid = at.uses(&visit, "100").await.unwrap_err();
    assert_eq!(paid.code, ErrorCode::NotMyNumberCard);
    let asked = at.counter.begin_pin(VisitNamed { visit: visit.visit }).await.unwrap_err();
    assert_eq!(asked.code, ErrorCode::NotMyNumberCard);
    let MergePointsArguments { visit: number, street, part } = merge_of(&visit, "4000");
    let pin = typed_pin("1234", false);
    let signed = MergePointsWithPinArguments { visit: number, street, part, pin };
    let signed = at.counter.merge_points_with_pin(signed).await.unwrap_err();
    assert_eq!(signed.code, ErrorCode::NotMyNumberCard);
    let merged = at.counter.merge_points(merge_of(&visit, "4000")).await.unwrap();
    assert!(
        matches!(&merged.state, OperationState::Refused { failure } if failure.code == ErrorCode::OverLimitPerUse),
        "{merged:?}"
    );
    assert_eq!(shop.cloud.balance(), 9_000);
}
