//! A merge that its street has taken back, and the municipality's refund: each names the other, and where only one of
//! the two was done it is listed (rows F8, K8).

use crate::actors::{Resident, Street, Terminal, Town, a_key, ginza};
use madoguchi_cloud::ledger::check::check_books;
use madoguchi_cloud::ledger::read::MergeStanding;
use madoguchi_cloud::operator::{OperatorError, street};
use madoguchi_domain::ledger::{Done, OperationKind};
use madoguchi_domain::merge_file::{Reception, TakenBack, TransactionNumber};
use madoguchi_wire::terminal_api::{AcknowledgeMergeAnswer, MergeFile, MergeReception};

const NUMBER: &str = "30010100000017";
const DECLINED: Reception = Reception::TakenBack(TakenBack::Declined);

const fn booked_back(posting: i64) -> Reception {
    Reception::TakenBack(TakenBack::BookedBack { posting })
}

/// A street with its shop, and a resident with 3,000 points.
struct Scene {
    town: Town,
    street: Street,
    shop: Terminal,
    hanako: Resident,
}

impl Scene {
    async fn new() -> Self {
        let town = Town::open().await;
        let street = town.ginza().await;
        let hanako = town.resident_with(3_000).await;
        let shop = town.shop_of_the_street().await;
        town.street_knows(&hanako, NUMBER, &shop).await;
        Self { town, street, shop, hanako }
    }

    async fn merges(&self, points: i64) -> TransactionNumber {
        self.shop.merges(points).of_the(&self.hanako).await.done().merge.unwrap().number
    }

    /// The street answers and the shop's terminal carries it.
    async fn says(&self, number: TransactionNumber, reception: Reception) -> AcknowledgeMergeAnswer {
        self.shop.carries_answer(&self.street.answers(number, reception)).await.ok()
    }

    async fn refund(&self, number: TransactionNumber) -> Result<Done, OperatorError> {
        street::refund(&self.town.cloud.ledger, ginza(), number).await
    }

    async fn balance(&self) -> i64 {
        self.town.balance(&self.hanako, self.town.kawasaki_points()).await
    }

    /// What is listed as to be done: number, all that was said by its words, whether it was refunded.
    async fn waiting(&self) -> Vec<(TransactionNumber, Vec<Reception>, bool)> {
        let waiting = self.town.cloud.database.read(|read| street::waiting(read, ginza())).await.unwrap();
        let listed = |mut one: MergeStanding| {
            one.said.sort_by_key(|said| said.code());
            (one.merge.record.number, one.said, one.refund.is_some())
        };
        waiting.into_iter().map(listed).collect()
    }
}

#[tokio::test]
async fn what_the_street_booked_back_is_refunded_once_and_each_names_the_other() {
    let scene = Scene::new().await;
    let number = scene.merges(1_500).await;
    scene.says(number, Reception::Received).await;
    assert_eq!(scene.waiting().await, []);
    assert_eq!(
        scene.says(number, booked_back(57)).await,
        AcknowledgeMergeAnswer::Acknowledged { number, reception: MergeReception::BookedBack }
    );
    assert_eq!(scene.waiting().await, [(number, vec![booked_back(57), Reception::Received], false)]);
    let refund = scene.refund(number).await.unwrap();
    assert_eq!((refund.kind, refund.merge), (OperationKind::MergeRefund, Some(number)));
    assert_eq!(refund.taken_back, Some(TakenBack::BookedBack { posting: 57 }));
    assert_eq!((scene.balance().await, scene.waiting().await), (3_000, vec![]));
    for _ in 0..2 {
        assert_eq!(scene.refund(number).await.unwrap(), refund, "asked for again it is the same");
    }
    assert_eq!(scene.balance().await, 3_000);
    let listed = scene.town.cloud.database.read(|read| street::taken_back(read, ginza())).await.unwrap();
    let [listed] = listed.as_slice() else { panic!("one merge was taken back") };
    assert_eq!((listed.refund, listed.taken_back()), (Some(refund.number), refund.taken_back));
    let report = scene.town.cloud.database.read(check_books).await.unwrap();
    assert_eq!(report.violations, []);
}

#[tokio::test]
async fn nothing_is_refunded_that_may_still_be_received() {
    let scene = Scene::new().await;
    let number = scene.merges(1_500).await;
    let mut said = Vec::new();
    for word in
        [None, Some(Reception::UnknownMember), Some(Reception::Received), Some(Reception::OtherContent)]
    {
        if let Some(word) = word {
            scene.says(number, word).await;
            said.push(word);
        }
        let refused = scene.refund(number).await.unwrap_err();
        assert!(matches!(refused, OperatorError::NotTakenBack(..)), "{said:?}: {refused}");
    }
    assert_eq!(scene.balance().await, 1_500);
    let nobodys = TransactionNumber::parse("20261120120000999999").unwrap();
    assert!(matches!(scene.refund(nobodys).await, Err(OperatorError::UnknownMerge(..))));
}

#[tokio::test]
async fn a_declined_number_is_refunded_and_its_file_fetched_again_says_the_same_as_before() {
    let scene = Scene::new().await;
    let key = a_key();
    let first = scene.shop.merges(1_500).under(key).of_the(&scene.hanako).await.done().merge.unwrap();
    scene.says(first.number, Reception::UnknownMember).await;
    scene.says(first.number, DECLINED).await;
    scene.refund(first.number).await.unwrap();
    assert_eq!((scene.balance().await, scene.waiting().await), (3_000, vec![]));
    let again: MergeFile = scene.shop.fetches_file(key).await.ok();
    assert_eq!(
        scene.street.opens(&again),
        scene.street.opens(&first),
        "its number is what the street declined"
    );
}

#[tokio::test]
async fn a_street_that_says_both_is_listed_before_and_after_the_refund() {
    let scene = Scene::new().await;
    let (early, late) = (scene.merges(100).await, scene.merges(200).await);
    for word in [Reception::Received, DECLINED] {
        scene.says(early, word).await;
    }
    let refused = scene.refund(early).await.unwrap_err();
    assert!(matches!(refused, OperatorError::StreetContradictsItself(..)), "{refused}");
    scene.says(late, DECLINED).await;
    scene.refund(late).await.unwrap();
    scene.says(late, Reception::Received).await;
    let both = vec![DECLINED, Reception::Received];
    assert_eq!(scene.waiting().await, [(early, both.clone(), false), (late, both, true)]);
    scene.says(early, booked_back(9)).await;
    scene.refund(early).await.unwrap();
    assert_eq!(scene.balance().await, 3_000);
}

#[tokio::test]
async fn one_booking_back_refunds_one_merge() {
    let scene = Scene::new().await;
    let (first, second) = (scene.merges(100).await, scene.merges(200).await);
    scene.says(first, booked_back(57)).await;
    scene.refund(first).await.unwrap();
    scene.says(second, booked_back(57)).await;
    let refused = scene.refund(second).await.unwrap_err();
    assert!(matches!(refused, OperatorError::StreetContradictsItself(..)), "{refused}");
    let said = vec![booked_back(57)];
    assert_eq!(scene.waiting().await, [(first, said.clone(), true), (second, said, false)]);
    assert_eq!(scene.balance().await, 2_800);
    let report = scene.town.cloud.database.read(check_books).await.unwrap();
    assert_eq!(report.violations, []);
}

#[tokio::test]
async fn two_operators_who_refund_at_once_refund_once() {
    let scene = Scene::new().await;
    let number = scene.merges(1_500).await;
    scene.says(number, booked_back(57)).await;
    let (one, other) = tokio::join!(scene.refund(number), scene.refund(number));
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(scene.balance().await, 3_000);
}
