//! What the counter does to points: use, purchase, ticket, void, charge, the day's list, papers.

use crate::scene::{HOUR, Scene, TARO, acts, code, finds, joins};
use madoguchi_shop::Shop;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::PrintedPaper;
use madoguchi_wire::window::street::{
    ActAsked, CardCharge, ChargeFate, MemberNamed, MemberOrder, MembersSought, PostingNamed, PurchaseSought,
    SoughtMember, StreetMember,
};

const TICKET: &str = "9876 5432 1012";
const SCANNED: &str = "T1.141305.987654321012.7.0123456789ABCDEF";

async fn with_points(scene: &Scene, points: i64) -> (Shop, StreetMember) {
    let shop = scene.registered().await;
    joins(&shop, TARO).await;
    scene.drops(TARO, points, 1);
    shop.receive_merges().await.unwrap();
    let member = finds(&shop, TARO).await;
    (shop, member)
}

fn uses(points: &str) -> ActAsked {
    ActAsked::Use { points: points.into() }
}

#[tokio::test]
async fn points_are_used_once_under_their_key_and_never_more_than_there_are() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1_500).await;
    let used = acts(&shop, &member, uses("1,000")).await.unwrap();
    assert_eq!((used.change, used.balance), (-1_000, 500));
    assert_eq!(acts(&shop, &member, uses("1,000")).await.unwrap().posting, used.posting);
    assert_eq!(code(acts(&shop, &member, uses("400")).await), Some(ErrorCode::StreetActMixedUp));
    let member = finds(&shop, TARO).await;
    assert_eq!(member.balance, 500);
    assert_eq!(code(acts(&shop, &member, uses("501")).await), Some(ErrorCode::StreetPointsShort));
    assert_eq!(code(acts(&shop, &member, uses("1.5")).await), Some(ErrorCode::AmountInvalid));
}

#[tokio::test]
async fn a_purchase_gives_a_point_for_every_hundred_yen() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1).await;
    let worth = shop.worth_of_purchase(PurchaseSought { yen: "２，５９９".into() }).await.unwrap();
    assert_eq!((worth.yen, worth.points), (2_599, 25));
    let given = acts(&shop, &member, ActAsked::Purchase { yen: "2599".into() }).await.unwrap();
    assert_eq!((given.change, given.balance), (25, 26));
    let member = finds(&shop, TARO).await;
    let nothing = acts(&shop, &member, ActAsked::Purchase { yen: "99".into() }).await;
    assert_eq!(code(nothing), Some(ErrorCode::PurchaseGivesNothing));
}

#[tokio::test]
async fn a_ticket_is_added_once_typed_or_scanned() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1).await;
    let ticket = |ticket: &str| ActAsked::Ticket { ticket: ticket.into(), points: "1000".into() };
    assert_eq!(acts(&shop, &member, ticket(TICKET)).await.unwrap().balance, 1_001);
    let member = finds(&shop, TARO).await;
    assert_eq!(code(acts(&shop, &member, ticket(SCANNED)).await), Some(ErrorCode::TicketAddedBefore));
    assert_eq!(code(acts(&shop, &member, ticket("12345")).await), Some(ErrorCode::NotATicket));
    let practised = SCANNED.replacen("T1", "K1", 1);
    assert_eq!(code(acts(&shop, &member, ticket(&practised)).await), Some(ErrorCode::TicketOfTraining));
}

#[tokio::test]
async fn a_use_is_taken_back_on_its_day_and_not_on_the_next() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1_000).await;
    let used = acts(&shop, &member, uses("300")).await.unwrap();
    assert!(used.can_be_voided);
    let back = shop.void_posting(PostingNamed { posting: used.posting }).await.unwrap();
    assert_eq!((back.change, back.balance, back.voids), (300, 1_000, Some(used.posting)));
    let day = shop.list_street_day().await.unwrap();
    assert_eq!((day.postings.len(), day.came, day.went), (3, 1_000, 0));
    let member = finds(&shop, TARO).await;
    let used = acts(&shop, &member, uses("200")).await.unwrap();
    scene.turns_the_clock(15 * HOUR);
    let password = crate::scene::PASSWORD.into();
    shop.sign_in_to_street(madoguchi_wire::window::street::StreetPassword { password }).await.unwrap();
    let late = shop.void_posting(PostingNamed { posting: used.posting }).await;
    assert_eq!(code(late), Some(ErrorCode::PostingNotVoidable));
    assert!(shop.list_street_day().await.unwrap().postings.is_empty());
}

#[tokio::test]
async fn a_charge_that_the_card_did_not_answer_is_found_out_with_the_same_card() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1_000).await;
    scene.card.leaves_after_the_charge();
    let charge = |member: &StreetMember, key| CardCharge { key, member: member.member, points: "400".into() };
    let unclear = shop.charge_card(charge(&member, member.key)).await.unwrap();
    assert_eq!(unclear.fate, ChargeFate::Unclear);
    scene.card.is_away(false);
    let member = finds(&shop, TARO).await;
    assert_eq!((member.balance, member.open_charges.len()), (600, 1));
    let told = shop.charge_card(charge(&member, member.open_charges[0].key)).await.unwrap();
    assert_eq!((told.fate, scene.card.amount()), (ChargeFate::OnTheCard, 400));
    assert!(finds(&shop, TARO).await.open_charges.is_empty());
}

#[tokio::test]
async fn a_receipt_says_when_it_is_not_the_first_also_after_a_restart() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1_000).await;
    let used = PostingNamed { posting: acts(&shop, &member, uses("300")).await.unwrap().posting };
    let Ok(PrintedPaper::File { printed: 1, .. }) = shop.print_street_receipt(used).await else {
        panic!("the first paper")
    };
    drop(shop);
    let shop = scene.shop().await;
    assert_eq!(shop.preview_street_receipt(used).await.unwrap().printed, 1);
    shop.print_street_receipt(used).await.unwrap();
    let papers = scene.printer.papers();
    let said = |paper: usize| format!("{:?}", papers[paper].lines);
    assert!(!said(0).contains("再発行") && said(1).contains("再発行"));
    assert!(said(0).contains("川崎銀座街") && said(0).contains("こむぎベーカリー"));
}

#[tokio::test]
async fn members_are_found_by_a_part_of_a_number_and_a_number_is_nobodys_twice() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    for id in [TARO, "30010100000025", "G-77"] {
        joins(&shop, id).await;
    }
    assert_eq!(
        code(shop.join_member(SoughtMember { id: "ｇ-77".into() }).await),
        None,
        "case tells IDs apart"
    );
    assert_eq!(
        code(shop.join_member(SoughtMember { id: "Ｇ-77 ".into() }).await),
        Some(ErrorCode::MemberIdTaken)
    );
    assert_eq!(
        code(shop.join_member(SoughtMember { id: "a,b".into() }).await),
        Some(ErrorCode::MemberIdInvalid)
    );
    let sought = MembersSought { part: "300101".into(), order: MemberOrder::Id };
    let listed = shop.list_members(sought).await.unwrap();
    assert_eq!((listed.found, listed.all), (2, 4));
    assert_eq!(listed.members[0].id, TARO);
}

#[tokio::test]
async fn a_history_is_written_as_a_file_that_names_nobody() {
    let scene = Scene::new();
    let (shop, member) = with_points(&scene, 1_000).await;
    let saved = shop.save_member_history(MemberNamed { member: member.member }).await.unwrap();
    assert!(!saved.path.contains(TARO));
    assert!(std::fs::read_to_string(saved.path).unwrap().contains("合算ポイント受取"));
}
