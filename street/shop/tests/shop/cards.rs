//! A member's IDs at the counter, and Madoguchi that is not there. With Madoguchi: `tests/tests/counter`.

use crate::scene::{Scene, TARO, code, finds, joins};
use madoguchi_shop::Shop;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::street::{
    AddedMemberId, CorrectedMemberId, HistorySought, MemberId, MemberIdEvent, MemberIdKind, MemberIdNamed,
    StreetMember, TypedPairingCode,
};

const CARD: &str = "2112345678901";
const MISTYPED: &str = "2112345678910";

fn card(id: &str) -> MemberId {
    MemberId { kind: MemberIdKind::Card, id: id.into() }
}

fn named(member: &StreetMember, id: &str) -> MemberIdNamed {
    MemberIdNamed { member: member.member, id: card(id) }
}

async fn with_the_wrong_card(shop: &Shop) -> StreetMember {
    let member = joins(shop, TARO).await;
    let added = AddedMemberId { member: member.member, id: card(MISTYPED) };
    shop.add_member_id(added).await.unwrap()
}

#[tokio::test]
async fn a_wrong_card_number_is_corrected_and_the_history_says_so() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let member = with_the_wrong_card(&shop).await;
    let asked = CorrectedMemberId { wrong: named(&member, MISTYPED), right: "２１１２ 345678901".into() };
    let corrected = shop.correct_member_id(asked.clone()).await.unwrap();
    assert_eq!(corrected.ids[1], card(CARD));
    assert_eq!(finds(&shop, CARD).await.member, member.member);
    assert_eq!(
        code(shop.correct_member_id(asked).await),
        Some(ErrorCode::MemberIdChanged),
        "as it was shown"
    );
    let history = shop.show_member(HistorySought { member: member.member, before: None }).await.unwrap();
    let told: Vec<_> =
        history.id_changes.iter().map(|change| (change.event, change.id.id.as_str())).collect();
    let expected =
        [(MemberIdEvent::Added, CARD), (MemberIdEvent::Removed, MISTYPED), (MemberIdEvent::Added, MISTYPED)];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_removed_number_leads_to_nobody_and_the_last_one_stays() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let member = with_the_wrong_card(&shop).await;
    let left = shop.remove_member_id(named(&member, MISTYPED)).await.unwrap();
    assert_eq!(left.ids.len(), 1);
    let only = MemberIdNamed { member: member.member, id: left.ids[0].clone() };
    assert_eq!(code(shop.remove_member_id(only).await), Some(ErrorCode::MemberIdStays));
    let other = joins(&shop, MISTYPED).await;
    assert_ne!(other.member, member.member);
}

#[tokio::test]
async fn where_madoguchi_does_not_answer_that_is_said_and_no_token_is_kept() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let typed = || TypedPairingCode { code: "123456".into() };
    assert_eq!(code(shop.pair_with_madoguchi(typed()).await), Some(ErrorCode::MadoguchiNotThere));
    assert_eq!(shop.open_street().await.unwrap().pairing, None);
    shop.lock_street().await.unwrap();
    assert_eq!(code(shop.pair_with_madoguchi(typed()).await), Some(ErrorCode::SignInNeeded));
}

#[tokio::test]
async fn another_users_program_at_madoguchis_port_is_told_nothing() {
    let scene = Scene::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let shop = scene.registered_beside(listener.local_addr().unwrap()).await;
    let hears = tokio::spawn(async move {
        use tokio::io::AsyncReadExt;
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        connection.read_to_end(&mut heard).await.unwrap();
        heard
    });
    let asked = shop.pair_with_madoguchi(TypedPairingCode { code: "123456".into() }).await;
    assert_eq!(code(asked), Some(ErrorCode::MadoguchiNotThere));
    assert_eq!(hears.await.unwrap(), b"");
}
