//! `merge_file` and the street's keys: a lost file is fetched again, also after its key was changed.

use crate::actors::{Town, a_key, ginza, wrapping};
use madoguchi_cloud::database::Connection;
use madoguchi_cloud::keys::wrapped::street::MergeProfile;
use madoguchi_cloud::operator::{OperatorError, street};
use madoguchi_domain::merge_file::NotGenuine;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::MergeFile;

const NUMBER: &str = "30010100000017";

#[tokio::test]
async fn a_lost_file_is_fetched_again_with_the_same_record_and_no_second_debit() {
    let town = Town::open().await;
    let street = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let key = a_key();
    let first = shop.merges(1_500).under(key).of_the(&hanako).await.done().merge.unwrap();
    let again: MergeFile = shop.fetches_file(key).await.ok();
    assert_eq!(again.number, first.number);
    assert_eq!(street.opens(&again), street.opens(&first));
    assert_eq!(town.balance(&hanako, town.kawasaki_points()).await, 1_500);
}

#[tokio::test]
async fn nothing_is_fetched_under_a_key_that_merged_nothing_here() {
    let town = Town::open().await;
    town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let (merged, used) = (a_key(), a_key());
    shop.merges(100).under(merged).of_the(&hanako).await.done();
    shop.uses(100).under(used).from(&hanako).await.done();
    let second = town.merging(town.greengrocers_second().await).await;
    for (terminal, key) in [(&shop, used), (&shop, a_key()), (&second, merged)] {
        assert_eq!(terminal.fetches_file(key).await.code(), (404, ErrorCode::UnknownOperation));
    }
    let never_asked = a_key();
    assert_eq!(shop.fetches_file(never_asked).await.code(), (404, ErrorCode::UnknownOperation));
    shop.merges(100).under(never_asked).of_the(&hanako).await.done();
}

#[tokio::test]
async fn a_changed_key_seals_once_the_old_one_is_retired() {
    let town = Town::open().await;
    let old = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, NUMBER, &shop).await;
    let key = a_key();
    shop.merges(1_500).under(key).of_the(&hanako).await.done();
    let new = town.next_street_key().await;
    let file: MergeFile = shop.fetches_file(key).await.ok();
    assert!(old.opens(&file).is_ok() && new.opens(&file) == Err(NotGenuine));
    town.retires_street_key(old.number).await;
    let file: MergeFile = shop.fetches_file(key).await.ok();
    assert!(new.opens(&file).is_ok() && old.opens(&file) == Err(NotGenuine));
}

#[tokio::test]
async fn two_keys_are_good_at_once_no_more_and_each_is_handed_over_once() {
    let town = Town::open().await;
    let first = town.ginza().await;
    let refused = |refused: Result<(), OperatorError>| refused.unwrap_err().to_string();
    let retire =
        |number: u32| town.cloud.database.write(move |write| street::retire_key(write, ginza(), number, 0));
    let only = refused(retire(first.number).await.map_err(OperatorError::from));
    assert!(only.contains("the only one"), "{only}");
    let second = town.next_street_key().await;
    let (made, handed) = {
        let wrapping = crate::actors::wrapping;
        let make = town.cloud.database.write(move |write| street::make_key(write, &wrapping(), ginza(), 0));
        let export = town.cloud.database.write(move |write| {
            street::export_key(write, &wrapping(), ginza(), (second.number, None), 0).map(drop)
        });
        (make.await.map(drop), export.await)
    };
    let made = refused(made.map_err(OperatorError::from));
    assert!(made.contains("two keys already"), "{made}");
    let handed = refused(handed.map_err(OperatorError::from));
    assert!(handed.contains("for this profile already"), "{handed}");
}

#[tokio::test]
async fn a_street_changes_its_profile_and_opens_every_file_with_what_it_was_handed() {
    let town = Town::open().await;
    let first = town.ginza().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.shop_of_the_street().await;
    town.street_knows(&hanako, "30010100000017", &shop).await;
    let set = |write: &Connection| street::set(write, ginza(), MergeProfile::Two, false);
    let too_early = town.cloud.database.write(set).await.map_err(OperatorError::from).unwrap_err();
    assert!(too_early.to_string().contains("no key for that profile"), "{too_early}");
    let number = town.write(|write| street::make_key(write, &wrapping(), ginza(), 0)).await;
    let second = town.hands_over_for(number, MergeProfile::Two).await;
    // Handed over for the other profile it seals nothing before the street changes.
    let before = shop.merges(500).of_the(&hanako).await.done().merge.unwrap();
    assert!(first.opens(&before).is_ok());
    let retired = town.cloud.database.write(move |write| street::retire_key(write, ginza(), first.number, 0));
    assert!(retired.await.is_err(), "the street has no other key for the profile in use");
    town.street_is(MergeProfile::Two, false).await;
    let after = shop.merges(700).of_the(&hanako).await.done().merge.unwrap();
    assert!(
        second.opens_signed(&after).is_ok(),
        "and not under the older key, which the street has not got for it"
    );
    town.retires_street_key(first.number).await;
    let last = shop.merges(100).of_the(&hanako).await.done().merge.unwrap();
    assert!(second.opens_signed(&last).is_ok());
}
